"""Succession of instruments."""

from __future__ import annotations

import pytest
from figures_sample import ROOM, ROOMS, SHORT, faults, has, instrument, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document.figures.drawing import Room
from briefgen.document.figures.succession import draw_succession

DATES = st.sampled_from(
    [
        "",
        "2004",
        "2010-06",
        "2013-04-12",
        "2022~",
        "1949",
        "1000",
        "2020/..",
        "../2001",
        "2001/2020",
    ]
)
ENDS = st.sampled_from(["", "2026", "9999", "2025/..", "2024~"])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(DATES, SHORT, ENDS, st.booleans()), min_size=3, max_size=30), ROOMS)
def test_a_succession_is_clean_or_a_table_takes_its_place(
    wanted: list[tuple[str, str, str, bool]], room: Room
) -> None:
    instruments = [
        instrument(i, date, short, ends if date else "", (i - 1,) if follows and i else ())
        for i, (date, short, ends, follows) in enumerate(wanted)
    ]

    drawn = draw_succession(instruments, room)

    assert drawn is None or faults(drawn) == []


def test_a_line_leads_from_the_old_to_the_date_of_the_new() -> None:
    drawn = draw_succession(
        [
            instrument(0, "2014-05-06"),
            instrument(1, "2020-06-01", succeeds=(0,)),
            instrument(2, "2023-07-01", ends="2026", succeeds=(1,)),
        ],
        ROOM,
    )

    assert drawn is not None
    lines = [s for s in drawn.strokes if s.weight == 0.5]
    marks = drawn.marks
    assert [(s.x1, s.y1) for s in lines[::2]] == [(m.x, m.y) for m in marks[:2]]
    assert [(s.x2, s.y2) for s in lines[1::2]] == [(m.x, m.y) for m in marks[1:]]
    assert [mark.shape for mark in marks] == ["disc", "disc", "bar"]
    assert has(drawn, "1 July 2023 to 2026").bold


def test_what_has_no_date_stands_last_and_without_a_mark() -> None:
    instruments = [instrument(0), *(instrument(i, f"200{i}") for i in range(1, 4))]
    instruments.append(instrument(9, "2010", succeeds=(1,)))

    drawn = draw_succession(instruments, ROOM)

    assert drawn is not None
    assert len(drawn.marks) == 4
    assert texts(drawn)[8:10] == ["No date given", "Instrument 0"]


@pytest.mark.parametrize(
    "instruments",
    [
        pytest.param([instrument(i, f"200{i}") for i in range(5)], id="nothing replaced"),
        pytest.param([instrument(0, "2001"), instrument(1, "2004", succeeds=(0,))], id="two"),
    ],
)
def test_too_little_is_left_to_a_table(instruments: list[object]) -> None:
    assert draw_succession(instruments, ROOM) is None  # type: ignore[arg-type]

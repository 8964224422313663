"""Bars: the numbers of a table's column, from zero."""

from __future__ import annotations

from figures_sample import ROOM, ROOMS, SHORT, faults, has, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document.figures.bars import Bar, draw_bars
from briefgen.document.figures.drawing import Room

NUMBERS = st.one_of(
    st.none(), st.integers(-9_999_999, 9_999_999), st.sampled_from([0.5, 1e-9, 5.5])
)
BARS = st.builds(
    lambda label, value: Bar(label, value, "" if value is None else f"{value:g}"), SHORT, NUMBERS
)


def bars(*values: float) -> list[Bar]:
    return [Bar(f"Row {i}", value, f"{value:g}") for i, value in enumerate(values)]


@settings(max_examples=80, deadline=None)
@given(st.lists(BARS, min_size=1, max_size=30), SHORT, ROOMS)
def test_bars_are_clean_or_a_table_takes_their_place(
    rows: list[Bar], title: str, room: Room
) -> None:
    drawn = draw_bars(rows, title, room)

    assert drawn is None or faults(drawn) == []


def test_bars_start_at_zero_and_are_as_long_as_their_numbers() -> None:
    drawn = draw_bars(bars(17, 12, 13.5), "Minutes", ROOM)

    assert drawn is not None
    lengths = [mark.end - mark.x for mark in drawn.marks if mark.end is not None]
    assert len({mark.x for mark in drawn.marks}) == 1
    assert [round(length / lengths[0], 4) for length in lengths] == [
        *(1, round(12 / 17, 4), round(13.5 / 17, 4))
    ]
    assert texts(drawn) == ["Minutes", "Row 0", "17", "Row 1", "12", "Row 2", "13.5"]


def test_numbers_below_zero_reach_to_the_left() -> None:
    drawn = draw_bars(bars(4, -2, 0), "Change", ROOM)

    assert drawn is not None
    above, below = drawn.marks
    assert below.end == above.x
    assert above.end is not None
    assert round((below.end - below.x) / (above.end - above.x), 4) == 0.5
    assert has(drawn, "-2").x < below.x


def test_a_long_title_over_bars_that_end_at_the_right_stays_inside() -> None:
    drawn = draw_bars(bars(-3, -2, 0), "Change in the number of vessels that called, a year", ROOM)

    assert drawn is not None
    assert faults(drawn) == []


def test_a_row_without_a_number_keeps_its_label() -> None:
    drawn = draw_bars([*bars(1, 2, 3), Bar("Unknown", None, "")], "Ships", ROOM)

    assert drawn is not None
    assert "Unknown" in texts(drawn)
    assert len(drawn.marks) == 3


def test_two_numbers_or_nothing_but_zero_are_left_to_a_table() -> None:
    assert draw_bars(bars(1, 2), "Ships", ROOM) is None
    assert draw_bars(bars(0, 0, 0), "Ships", ROOM) is None

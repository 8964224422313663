"""Timelines: clean drawings of any events, or a table in their place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from figures_sample import LOCALE, MEASURE, ROOM, ROOMS, WORDS, faults, has, milestone, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document.figures.axis import axis_of, draw_date
from briefgen.document.figures.drawing import Room, Sheet
from briefgen.document.figures.timeline import draw_timeline
from briefgen.dossier.records import Milestone

DATES = st.one_of(
    st.sampled_from(["2022", "2022-06-29", "2022-06-29/2022-06-30", "2022~", "1990-07", "2023/.."]),
    st.sampled_from(["../2019", "2022-05~", "2022-06-29?", "1000", "9999", "1000/..", "../9999"]),
    st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
    st.integers(1989, 2030).map(str),
    st.integers(2000, 2010).map(lambda year: f"{year}/{year + 15}"),
)
EVENTS = st.tuples(
    DATES,
    st.lists(WORDS, min_size=1, max_size=6).map(lambda words: " ".join(words)[:36].strip()),
    st.sampled_from(["happened", "announced", "stalled", "disputed"]),
)


def events(*dates: str) -> list[Milestone]:
    return [milestone(i, date, f"Event {i}") for i, date in enumerate(dates)]


@settings(max_examples=120, deadline=None)
@given(st.lists(EVENTS, min_size=6, max_size=30), ROOMS)
def test_a_timeline_is_clean_or_a_table_takes_its_place(
    wanted: Sequence[tuple[str, str, str]], room: Room
) -> None:
    drawn = draw_timeline([milestone(i, *event) for i, event in enumerate(wanted)], room)

    assert drawn is None or faults(drawn) == []


def test_events_that_crowd_in_one_year_are_drawn_in_order() -> None:
    crowd = events(*(f"2022-06-{day:02}" for day in range(1, 26)))

    drawn = draw_timeline(crowd, ROOM)

    assert drawn is not None
    assert faults(drawn) == []
    rows = [has(drawn, f"Event {i}").y for i in range(25)]
    assert rows == sorted(rows)
    marks = [mark.x for mark in drawn.marks]
    assert marks == sorted(set(marks))


@pytest.mark.parametrize("when", ["2022", "2022-06-29", "2022/..", "../2022", "1000", "9999"])
def test_sixty_events_of_one_date_are_left_to_a_table(when: str) -> None:
    assert draw_timeline(events(*[when] * 60), ROOM) is None


@pytest.mark.parametrize("when", ["2022", "2022-06-29", "2022/..", "../2022", "1000", "9999"])
def test_what_fits_of_one_date_is_drawn_row_by_row(when: str) -> None:
    drawn = draw_timeline(events(*[when] * 20), ROOM)

    assert drawn is not None
    assert faults(drawn) == []
    assert len({mark.y for mark in drawn.marks}) == 20


def test_names_without_spaces_are_drawn_on_several_lines() -> None:
    name = "日本国自衛隊と北大西洋条約機構の協力枠組に関する文書"
    some = [milestone(i, f"200{i}", name) for i in range(6)]

    drawn = draw_timeline(some, Room(130.0, 158.0, LOCALE, MEASURE))

    assert drawn is not None
    assert faults(drawn) == []
    lines = [text for text in texts(drawn) if text in name]
    assert "".join(lines) == name * 6
    assert len(lines) == 12


def test_a_mark_stands_at_its_date_even_where_the_line_beside_it_is_cut_off() -> None:
    axis = axis_of(["1983", "2023-05"], 50.0, 150.0)
    sure, about = Sheet(), Sheet()

    draw_date(sure, axis, 0.0, "2023-05", "disc", "accent")
    draw_date(about, axis, 0.0, "2023-05~", "disc", "accent")

    assert about.strokes[0].x2 == axis.right
    assert [mark.x for mark in about.marks] == [mark.x for mark in sure.marks]


def test_rows_stand_in_the_order_of_their_marks() -> None:
    dates = ["2021", "2022-02-24", "2022~", "2022-12", "2023/2024", "2023-05-05"]

    drawn = draw_timeline(events(*reversed(dates)), ROOM)

    assert drawn is not None
    marks = [mark.x for mark in sorted(drawn.marks, key=lambda mark: mark.y)]
    assert marks == sorted(marks)


@pytest.mark.parametrize("dates", [[], ["2020", "2021", "2022", "2023", "2024"]])
def test_fewer_than_six_events_are_left_to_a_table(dates: list[str]) -> None:
    assert draw_timeline(events(*dates), ROOM) is None


def test_a_word_that_is_wider_than_its_column_is_left_to_a_table() -> None:
    wide = events("2000", "2004", "2008", "2012", "2016", "2020")
    wide[-1] = milestone(9, "2020", "W" * 36)

    assert draw_timeline(wide, ROOM) is None


def test_each_outcome_has_a_shape_of_its_own_and_its_words() -> None:
    outcomes = ["happened", "announced", "stalled", "disputed", "happened", "happened"]
    some = [milestone(i, f"200{i}-03-01", f"Event {i}", o) for i, o in enumerate(outcomes)]

    drawn = draw_timeline(some, ROOM)

    assert drawn is not None
    shapes = [mark.shape for mark in drawn.marks]
    assert shapes[:4] == ["disc", "ring", "square", "diamond"]
    assert shapes[6:] == ["disc", "ring", "square", "diamond"]
    assert texts(drawn)[-4:] == ["happened", "announced", "stalled", "disputed or uncertain"]


def test_only_what_stalled_or_is_disputed_is_warm() -> None:
    outcomes = ["happened", "announced", "stalled", "disputed", "happened", "happened"]
    some = [milestone(i, f"200{i}-03-01", f"Event {i}", o) for i, o in enumerate(outcomes)]

    drawn = draw_timeline(some, ROOM)

    assert drawn is not None
    tones = [has(drawn, f"Event {i}").tone for i in range(6)]
    assert tones == ["ink", "ink", "warm", "warm", "ink", "ink"]


def test_the_last_year_that_a_date_can_have_is_the_last_that_is_named() -> None:
    drawn = draw_timeline(events(*["2022"] * 5, "9999-02-01"), ROOM)

    assert drawn is not None
    assert faults(drawn) == []
    assert "10000" not in texts(drawn)


def test_where_all_happened_no_key_is_needed() -> None:
    drawn = draw_timeline(events("2000", "2004", "2008", "2012", "2016", "2020"), ROOM)

    assert drawn is not None
    assert "happened" not in texts(drawn)


def test_a_period_is_a_bar_as_long_as_it_ran() -> None:
    drawn = draw_timeline(events("2000", "2004", "2008", "2010/2020", "2016", "2022"), ROOM)

    assert drawn is not None
    bars = [mark for mark in drawn.marks if mark.shape == "bar"]
    years = has(drawn, "2020").x - has(drawn, "2010").x
    assert len(bars) == 1
    assert bars[0].end is not None
    assert bars[0].end - bars[0].x == pytest.approx(years * 1.1 - 2, abs=0.1)


def test_an_announced_period_is_a_bar_too() -> None:
    some = events("2000", "2004", "2008", "2012", "2016")
    some.append(milestone(9, "2010/2020", "Programme", "announced"))

    drawn = draw_timeline(some, ROOM)

    assert drawn is not None
    assert [mark.shape for mark in drawn.marks if mark.end] == ["open-bar"]


def test_what_is_about_a_date_has_a_broken_line_and_what_is_exact_has_none() -> None:
    drawn = draw_timeline(
        events("2000-01-01", "2004~", "2008-02", "2012-03", "2016-04", "2019"), ROOM
    )

    assert drawn is not None
    broken = [stroke for stroke in drawn.strokes if stroke.broken]
    assert [stroke.y1 for stroke in broken] == [has(drawn, "About 2004").y - 1.0]


def test_order_and_distance_are_those_of_the_dates() -> None:
    drawn = draw_timeline(
        events("2000-01", "2001-01", "2020-01", "2021-01", "2022-01", "2023-01"), ROOM
    )

    assert drawn is not None
    xs = [mark.x for mark in drawn.marks]
    assert (xs[2] - xs[1]) / (xs[1] - xs[0]) == pytest.approx(19, rel=0.01)

"""Figures: clean drawings of any data, or a table in their place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document import figures
from briefgen.document.figures import Event, Timeline, draw_matrix, draw_timeline
from briefgen.document.layout import load_layout
from briefgen.document.measure import Measure, font_measure, wrap
from briefgen.dossier.records import Area, Milestone, Obstacle
from briefgen.formats.fonts import font_file
from briefgen.resources import shipped

LOCALE = load_layout("policy-brief", [(shipped("templates"), Path("templates"))]).locale("en-GB")
SANS = "Source Sans Pro"
MEASURE: Measure = font_measure(font_file(SANS, "Regular"), font_file(SANS, "Semibold"))
WIDTH = 158.0
ASCENT, DESCENT = 0.75, 0.25
"""Of the face, in em, without the air round its letters."""


def milestone(number: int, date: str, short: str, outcome: str = "happened") -> Milestone:
    return Milestone.model_validate(
        {
            "id": f"m{number}",
            "title": short,
            "short": short,
            "date": {"value": date, "claim": "c"},
            "outcome": outcome,
            "claims": ["c"],
        }
    )


def milestones(*dates: str) -> list[Milestone]:
    return [milestone(i, date, f"Event {i}") for i, date in enumerate(dates)]


Box = tuple[float, float, float, float]


def label_box(event: Event) -> Box:
    """Left, top, right and bottom of what an event's label inks."""
    size = figures.TEXT
    widths = [MEASURE(event.when, bold=True), *(MEASURE(line) for line in event.lines)]
    width = size * max(widths)
    left = event.label_x if event.anchor == "start" else event.label_x - width
    bottom = event.label_y + figures.LINE * len(event.lines) + DESCENT * size
    return left, event.label_y - ASCENT * size, left + width, bottom


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def faults(timeline: Timeline) -> list[str]:
    """What a reader would see as untidy."""
    found = []
    boxes = {event: label_box(event) for event in timeline.events}
    for event, (left, top, right, bottom) in boxes.items():
        if left < 0 or right > timeline.width or top < 0 or bottom > timeline.height:
            found.append(f"outside: {event}")
        if (event.end or event.x) + 1.2 > timeline.width:
            found.append(f"the mark is outside: {event}")
        if top < timeline.axis < bottom:
            found.append(f"on the axis: {event}")
    for (one, box), (other, second) in combinations(boxes.items(), 2):
        if overlap(box, second):
            found.append(f"labels overlap: {one} {other}")
    for event in timeline.events:
        line = (event.x, *sorted((timeline.axis, event.leader)))
        leader = (line[0], line[1], line[0], line[2])
        found += [
            f"a leader crosses a label: {event} {other}"
            for other, box in boxes.items()
            if overlap(leader, box)
        ]
    if timeline.axis_end > timeline.width:
        found.append("the axis is outside")
    return found


# --- Timeline -----------------------------------------------------------------

WORDS = st.sampled_from(
    ["A", "NATO", "agreement", "Mitteilungsverordnung", "WWWWWWWWWWWW", "of", "Individually", "(2)"]
)
DATES = st.one_of(
    st.sampled_from(["2022", "2022-06-29", "2022-06-29/2022-06-30", "2022~", "1990-07", "2023/.."]),
    st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
    st.integers(1989, 2030).map(str),
    st.integers(2000, 2010).map(lambda year: f"{year}/{year + 15}"),
)
EVENTS = st.builds(
    lambda date, words, outcome: (date, " ".join(words)[:36].strip(), outcome),
    DATES,
    st.lists(WORDS, min_size=1, max_size=6),
    st.sampled_from(["happened", "announced", "stalled", "disputed"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, min_size=6, max_size=14), st.sampled_from([80.0, 158.0, 170.0]))
def test_a_timeline_is_clean_or_a_table_takes_its_place(
    events: Sequence[tuple[str, str, str]], width: float
) -> None:
    drawn = draw_timeline(
        [milestone(i, date, short, outcome) for i, (date, short, outcome) in enumerate(events)],
        width,
        LOCALE,
        MEASURE,
    )

    assert drawn is None or faults(drawn) == []


def test_events_that_fit_are_drawn() -> None:
    drawn = draw_timeline(
        milestones("1990-07", "1999", "2005", "2011-03", "2017", "2022-06-29", "2024/2026"),
        WIDTH,
        LOCALE,
        MEASURE,
    )

    assert drawn is not None
    assert [event.when for event in drawn.events] == [
        *("July 1990", "1999", "2005", "March 2011", "2017", "29 June 2022", "2024 to 2026")
    ]
    assert [event.end is not None for event in drawn.events] == [False] * 6 + [True]
    assert faults(drawn) == []


@pytest.mark.parametrize(
    "dates",
    [
        pytest.param([], id="none"),
        pytest.param(["2020", "2021", "2022", "2023", "2024"], id="five"),
        pytest.param(["2022-06-29"] * 7, id="all on one day"),
        pytest.param([f"2022-06-{day:02}" for day in range(1, 29)], id="28 in one month"),
        pytest.param(["2022"] * 200, id="two hundred in one year"),
    ],
)
def test_too_few_events_or_too_many_are_left_to_a_table(dates: list[str]) -> None:
    assert draw_timeline(milestones(*dates), WIDTH, LOCALE, MEASURE) is None


def test_a_label_that_is_wider_than_the_page_is_left_to_a_table() -> None:
    events = milestones("2000", "2004", "2008", "2012", "2016", "2020")
    events[-1] = milestone(9, "2020", "W" * 36)

    assert draw_timeline(events, 60.0, LOCALE, MEASURE) is None


def test_what_did_not_simply_happen_is_open() -> None:
    events = milestones("2000", "2004", "2008", "2012", "2016")
    events.append(milestone(9, "2020", "Office", "stalled"))

    drawn = draw_timeline(events, WIDTH, LOCALE, MEASURE)

    assert drawn is not None
    assert [event.open for event in drawn.events] == [False] * 5 + [True]
    assert drawn.has_open


# --- Matrix -------------------------------------------------------------------


def area(number: int, short: str = "") -> Area:
    return Area.model_validate(
        {
            "id": f"a{number}",
            "title": "Area",
            "short": short or f"Area {number}",
            "summary": "It is.",
            "stage": "idea",
            "claims": ["c"],
        }
    )


def obstacle(number: int, *affects: int, short: str = "") -> Obstacle:
    return Obstacle.model_validate(
        {
            "id": f"o{number}",
            "title": "Obstacle",
            "short": short or f"Obstacle {number}",
            "kind": "legal",
            "summary": "It is.",
            "affects": [f"a{i}" for i in affects],
            "severity": {"level": ("low", "medium", "high")[number % 3], "why": "So."},
            "tractability": {"level": "low", "why": "So."},
            "claims": ["c"],
        }
    )


def test_a_dot_stands_where_an_obstacle_touches_an_area() -> None:
    areas = [area(i) for i in range(4)]
    obstacles = [obstacle(i, i) for i in range(4)]

    drawn = draw_matrix(areas, obstacles, WIDTH, LOCALE, MEASURE)

    assert drawn is not None
    assert len(drawn.dots) == 4
    assert [dot.x for dot in drawn.dots] == sorted({dot.x for dot in drawn.dots})
    assert [dot.y for dot in drawn.dots] == sorted({dot.y for dot in drawn.dots})
    assert [head.severity for head in drawn.columns] == ["low", "medium", "high", "low"]


def test_rows_and_columns_without_a_dot_are_not_drawn() -> None:
    obstacles = [obstacle(i, i) for i in range(4)] + [obstacle(4, 9)]

    drawn = draw_matrix([area(i) for i in range(5)], obstacles, WIDTH, LOCALE, MEASURE)

    assert drawn is not None
    assert [row.text for row in drawn.rows] == ["Area 0", "Area 1", "Area 2", "Area 3"]
    assert len(drawn.columns) == 4


@pytest.mark.parametrize(
    ("rows", "obstacles"),
    [
        pytest.param(3, [obstacle(i, 0, 1, 2) for i in range(4)], id="three rows"),
        pytest.param(4, [obstacle(i, 0, 1, 2, 3) for i in range(3)], id="three columns"),
        pytest.param(4, [obstacle(i, 9) for i in range(3)] + [obstacle(3, 0, 1)], id="empty"),
        pytest.param(4, [obstacle(i, i % 4) for i in range(40)], id="too many columns"),
        pytest.param(4, [obstacle(i, i, short="W" * 28) for i in range(4)], id="long words"),
    ],
)
def test_a_small_empty_or_crowded_matrix_is_left_to_a_table(
    rows: int, obstacles: list[Obstacle]
) -> None:
    assert draw_matrix([area(i) for i in range(rows)], obstacles, WIDTH, LOCALE, MEASURE) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=4, max_size=12),
    st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=4, max_size=12),
)
def test_no_label_of_a_matrix_reaches_into_another(
    rows: list[list[str]], columns: list[list[str]]
) -> None:
    areas = [area(i, " ".join(words)[:28].strip()) for i, words in enumerate(rows)]
    obstacles = [
        obstacle(i, i % len(areas), (i + 1) % len(areas), short=" ".join(words)[:28].strip())
        for i, words in enumerate(columns)
    ]

    drawn = draw_matrix(areas, obstacles, WIDTH, LOCALE, MEASURE)

    if drawn is None:
        return
    lefts = [label.x for label in drawn.columns] + [drawn.width]
    for label, right in zip(drawn.columns, lefts[1:], strict=True):
        for line in (*label.lines, label.severity):
            assert label.x + figures.COLUMN_TEXT * MEASURE(line) <= right
    for row in drawn.rows:
        assert figures.TEXT * MEASURE(row.text, bold=True) <= lefts[0]
        assert 0 < row.y < drawn.height
    assert all(dot.x + figures.DOT < drawn.width for dot in drawn.dots)


# --- Lines --------------------------------------------------------------------


@given(st.lists(WORDS, min_size=1), st.floats(1, 60))
def test_lines_are_no_wider_than_asked_unless_a_word_is(words: list[str], width: float) -> None:
    lines = wrap(" ".join(words), width, 3.0, MEASURE)

    assert " ".join(lines) == " ".join(words)
    assert all(MEASURE(line) * 3.0 <= width or " " not in line for line in lines)

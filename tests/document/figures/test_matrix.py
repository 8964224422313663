"""Matrices of areas and obstacles."""

from __future__ import annotations

import pytest
from figures_sample import ROOM, ROOMS, SHORT, area, faults, has, obstacle, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document.figures.drawing import Room
from briefgen.document.figures.matrix import draw_matrix
from briefgen.dossier.records import Obstacle


@settings(max_examples=80, deadline=None)
@given(st.lists(SHORT, min_size=4, max_size=12), st.lists(SHORT, min_size=4, max_size=12), ROOMS)
def test_a_matrix_is_clean_or_a_table_takes_its_place(
    rows: list[str], columns: list[str], room: Room
) -> None:
    areas = [area(i, short) for i, short in enumerate(rows)]
    obstacles = [
        obstacle(i, i % len(areas), (i + 1) % len(areas), short=short)
        for i, short in enumerate(columns)
    ]

    drawn = draw_matrix(areas, obstacles, room)

    assert drawn is None or faults(drawn) == []


def test_a_mark_stands_where_an_obstacle_touches_an_area() -> None:
    drawn = draw_matrix([area(i) for i in range(4)], [obstacle(i, i) for i in range(4)], ROOM)

    assert drawn is not None
    assert faults(drawn) == []
    for i, mark in enumerate(sorted(drawn.marks, key=lambda mark: mark.x)):
        assert mark.x == pytest.approx(has(drawn, f"Obstacle {i}").x + 1.5)
        assert mark.y == pytest.approx(has(drawn, f"Area {i}").y - 1)


def test_rows_and_columns_without_a_mark_are_not_drawn() -> None:
    obstacles = [obstacle(i, i) for i in range(4)] + [obstacle(4, 9)]

    drawn = draw_matrix([area(i) for i in range(5)], obstacles, ROOM)

    assert drawn is not None
    assert {"Area 3", "Obstacle 3"} <= set(texts(drawn))
    assert not {"Area 4", "Obstacle 4"} & set(texts(drawn))


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
    assert draw_matrix([area(i) for i in range(rows)], obstacles, ROOM) is None

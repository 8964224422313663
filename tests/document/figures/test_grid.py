"""Grids of recommendations by effort and impact."""

from __future__ import annotations

import pytest
from figures_sample import LEVELS, ROOM, ROOMS, SHORT, faults, has, step
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document.figures.drawing import Room
from briefgen.document.figures.grid import by_cell, draw_grid

FOUR = [("low", "high"), ("high", "low"), ("medium", "medium"), ("low", "low")]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(LEVELS, LEVELS, SHORT, SHORT), min_size=4, max_size=40), ROOMS)
def test_a_grid_is_clean_or_a_table_takes_its_place(
    wanted: list[tuple[str, str, str, str]], room: Room
) -> None:
    placed = [
        (step(i, effort, impact), f"{one} {other}")
        for i, (effort, impact, one, other) in enumerate(wanted)
    ]

    drawn = draw_grid(placed, room)

    assert drawn is None or faults(drawn) == []


def test_a_title_stands_under_its_effort_and_beside_its_impact() -> None:
    drawn = draw_grid([(step(i, *at), f"Step {i}") for i, at in enumerate(FOUR)], ROOM)

    assert drawn is not None
    assert has(drawn, "Step 0").x == has(drawn, "Low effort").x
    assert has(drawn, "Step 0").y == has(drawn, "High impact").y
    assert has(drawn, "Step 1").x == has(drawn, "High").x
    assert has(drawn, "Step 1").y == has(drawn, "Low").y


@pytest.mark.parametrize("places", [FOUR[:3], [("low", "high")] * 5])
def test_a_grid_that_tells_nothing_apart_is_left_to_a_table(
    places: list[tuple[str, str]],
) -> None:
    assert draw_grid([(step(i, *at), f"Step {i}") for i, at in enumerate(places)], ROOM) is None


def test_the_data_begin_with_what_changes_most_for_least() -> None:
    placed = [(step(i, *at), f"Step {i}") for i, at in enumerate(FOUR)]

    assert [title for _, title in by_cell(placed)] == ["Step 0", "Step 2", "Step 3", "Step 1"]

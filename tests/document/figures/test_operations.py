"""Operations by year and group."""

from __future__ import annotations

from figures_sample import ROOM, ROOMS, SHORT, faults, has
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document.figures.drawing import Room
from briefgen.document.figures.operations import Group, Operation, draw_operations

ODD = ["2005-07", "2005~", "2005/..", "../1999", "1000", "9999", "2001/2020"]
YEARS = st.one_of(st.integers(1991, 2010).map(str), st.sampled_from(ODD))
OPERATIONS = st.lists(st.builds(Operation, SHORT, YEARS), min_size=1, max_size=20)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.builds(Group, SHORT, OPERATIONS.map(tuple)), min_size=1, max_size=6), ROOMS)
def test_operations_are_clean_or_a_table_takes_their_place(groups: list[Group], room: Room) -> None:
    drawn = draw_operations(groups, room)

    assert drawn is None or faults(drawn) == []


def test_operations_of_one_year_and_group_stand_below_each_other() -> None:
    group = Group("Asia", tuple(Operation(f"Place {i}", "2005") for i in range(6)))

    drawn = draw_operations([group], ROOM)

    assert drawn is not None
    assert len({mark.x for mark in drawn.marks}) == 1
    assert len({mark.y for mark in drawn.marks}) == 6
    assert has(drawn, "Asia").y == has(drawn, "Place 0").y


def test_sixty_operations_of_one_year_are_left_to_a_table() -> None:
    group = Group("Asia", tuple(Operation(f"Place {i}", "2005") for i in range(60)))

    assert draw_operations([group], ROOM) is None


def test_fewer_than_six_rows_are_left_to_a_table() -> None:
    group = Group("Asia", tuple(Operation(f"Place {i}", f"200{i}") for i in range(5)))

    assert draw_operations([group], ROOM) is None

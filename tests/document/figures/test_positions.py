"""Positions of actors."""

from __future__ import annotations

from figures_sample import ROOM, ROOMS, SHORT, actor, faults, has, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document.figures.drawing import Room
from briefgen.document.figures.positions import Subject, draw_positions

STANCES = st.sampled_from(["supports", "opposes", "conditional", "unstated"])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(SHORT, st.dictionaries(st.sampled_from(["a0", "a1", "a2", "a3"]), STANCES)),
        min_size=5,
        max_size=40,
    ),
    st.lists(SHORT, min_size=1, max_size=4),
    ROOMS,
)
def test_positions_are_clean_or_a_table_takes_their_place(
    wanted: list[tuple[str, dict[str, str]]], heads: list[str], room: Room
) -> None:
    actors = [actor(i, stances, short) for i, (short, stances) in enumerate(wanted)]
    subjects = [Subject(f"a{i}", short) for i, short in enumerate(heads)]

    drawn = draw_positions(actors, subjects, room)

    assert drawn is None or faults(drawn) == []


def test_each_stance_has_a_sign_of_its_own_and_the_unstated_none() -> None:
    stances = ["supports", "opposes", "conditional", "supports", "opposes", "unstated"]
    actors = [actor(i, {"a0": stance}) for i, stance in enumerate(stances)]

    drawn = draw_positions(actors, [Subject("a0", "Trade")], ROOM)

    assert drawn is not None
    signs = {mark.y: mark.shape for mark in drawn.marks}
    assert [signs[has(drawn, f"Actor {i}").y - 1.0] for i in range(5)] == [
        *("plus", "minus", "circled", "plus", "minus")
    ]
    assert "Actor 5" not in texts(drawn)
    assert texts(drawn)[-3:] == ["supports", "sets conditions", "opposes"]


def test_subjects_share_the_width_of_the_page() -> None:
    actors = [actor(i, {"a0": "supports", "a1": "opposes"}) for i in range(5)]

    drawn = draw_positions(actors, [Subject("a0", "Trade"), Subject("a1", "Rights")], ROOM)

    assert drawn is not None
    first, second = has(drawn, "Trade").x, has(drawn, "Rights").x
    assert second - first == ROOM.width - second


def test_fewer_than_five_actors_with_positions_are_left_to_a_table() -> None:
    actors = [actor(i, {"a0": "supports"}) for i in range(4)] + [actor(4, {"a0": "unstated"})]

    assert draw_positions(actors, [Subject("a0", "Trade")], ROOM) is None


def test_an_actor_who_says_both_has_two_signs_side_by_side() -> None:
    actors = [actor(i, {"a0": "supports"}) for i in range(5)]
    contrary = actor(9, {"a0": "opposes"}).positions[0].model_copy(update={"id": "other"})
    actors[0] = actors[0].model_copy(update={"positions": (*actors[0].positions, contrary)})

    drawn = draw_positions(actors, [Subject("a0", "Trade")], ROOM)

    assert drawn is not None
    assert faults(drawn) == []
    assert [mark.shape for mark in drawn.marks][:3] == ["plus", "minus", "plus"]

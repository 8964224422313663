"""Positions of actors."""

from __future__ import annotations

import pytest
from figures_sample import LOCALE, MEASURE, ROOM, ROOMS, SHORT, actor, faults, has, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document.figures.drawing import Room
from briefgen.document.figures.positions import KEY, Subject, draw_positions, has_blanks
from briefgen.dossier.records import Actor

THREE = [Subject("a0", "Trade"), Subject("a1", "Rights"), Subject("a2", "Seas")]
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


def test_on_one_subject_every_actor_is_named_however_narrow_the_room() -> None:
    stances = ["supports", "supports", "opposes", "opposes", "conditional"]
    names = [f"{'Long-winded' * (1 - i % 2)}Alliance{i}" for i in range(5)]
    actors = [actor(i, {"a0": s}, n) for i, (s, n) in enumerate(zip(stances, names, strict=True))]
    drawn = [
        draw_positions(actors, [Subject("a0", "Trade")], Room(width / 10, 200, LOCALE, MEASURE))
        for width in range(600, 1400)
    ]

    assert drawn[0] is None
    assert drawn[-1] is not None
    for figure in filter(None, drawn):
        said = " ".join(texts(figure))
        assert all(name in said for name in names)
        assert faults(figure) == []


def test_each_stance_has_a_sign_of_its_own_and_the_unstated_none() -> None:
    stances = ["supports", "opposes", "conditional", "supports", "opposes", "unstated"]
    actors = [actor(i, {"a0": stance}) for i, stance in enumerate(stances)]
    others = actor(9, {"a1": "supports", "a2": "supports"})

    drawn = draw_positions([*actors, others], THREE, ROOM)

    assert drawn is not None
    signs = {mark.y: mark.shape for mark in drawn.marks}
    assert [signs[has(drawn, f"Actor {i}").y - 1.0] for i in range(5)] == [
        *("plus", "minus", "circled", "plus", "minus")
    ]
    assert "Actor 5" not in texts(drawn)
    assert texts(drawn)[-3:] == ["supports", "sets conditions", "opposes"]


def test_subjects_share_the_width_of_the_page() -> None:
    actors = [actor(i, {"a0": "supports", "a1": "opposes", "a2": "opposes"}) for i in range(5)]

    drawn = draw_positions(actors, THREE, ROOM)

    assert drawn is not None
    first, second, third = (has(drawn, subject.short).x for subject in THREE)
    assert third - second == pytest.approx(second - first)
    assert third - second == pytest.approx(ROOM.width - third)


def test_fewer_than_five_actors_with_positions_are_left_to_a_table() -> None:
    actors = [actor(i, {"a0": "supports"}) for i in range(4)] + [actor(4, {"a0": "unstated"})]

    assert draw_positions(actors, [Subject("a0", "Trade")], ROOM) is None


def test_an_actor_who_says_both_has_two_signs_side_by_side() -> None:
    drawn = draw_positions(with_a_contrary_voice("a0", "a1", "a2"), THREE, ROOM)

    assert drawn is not None
    assert faults(drawn) == []
    assert [mark.shape for mark in drawn.marks][:3] == ["plus", "minus", "plus"]


def with_a_contrary_voice(*subjects: str) -> list[Actor]:
    """Five actors that support some subjects; the first opposes one of them as well."""
    actors = [actor(i, dict.fromkeys(subjects, "supports")) for i in range(5)]
    contrary = actor(9, {"a0": "opposes"}).positions[0].model_copy(update={"id": "other"})
    actors[0] = actors[0].model_copy(update={"positions": (*actors[0].positions, contrary)})
    return actors


def test_on_one_or_two_subjects_the_actors_are_named_under_their_stances() -> None:
    actors = [
        *(actor(i, {"a0": "supports"}, f"Great Land {i}") for i in range(9)),
        actor(9, {"a0": "opposes", "a1": "conditional"}, "Small Land"),
    ]

    drawn = draw_positions(actors, THREE[:2], ROOM)

    assert drawn is not None
    assert faults(drawn) == []
    heads = {word: has(drawn, word).x for word in ("supports", "sets conditions", "opposes")}
    assert list(heads.values()) == sorted(heads.values())
    assert [mark.shape for mark in drawn.marks] == ["plus", "circled", "minus"]
    lone = [label for label in drawn.labels if label.text == "Small\u00a0Land"]
    assert [label.y for label in lone] == [has(drawn, "Trade").y, has(drawn, "Rights").y]
    assert [heads["opposes"], heads["sets conditions"]] == [label.x + KEY for label in lone]
    named = [text for text in texts(drawn) if "Great" in text]
    assert sum(text.count("Great\u00a0Land\u00a0") for text in named) == 9
    assert drawn.height < 25


def test_an_actor_who_says_both_is_named_twice() -> None:
    drawn = draw_positions(with_a_contrary_voice("a0"), THREE[:1], ROOM)

    assert drawn is not None
    assert sum("Actor\u00a00" in text for text in texts(drawn)) == 2
    assert not has_blanks(with_a_contrary_voice("a0"), THREE)

"""Overlap: sentences that two editions share, or nearly."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.edition.overlap import closest, is_near, likeness, words_of

if TYPE_CHECKING:
    from conftest import Edit, Problems

LONG = "The traders met the council in the old hall on a wet day without lunch."


def test_capitals_and_marks_do_not_make_another_sentence() -> None:
    assert words_of("Buses: it’s “done”, by-and-large.") == (
        "buses",
        "it's",
        "done",
        "by-and-large",
    )


@pytest.mark.parametrize(
    ("other", "expected"),
    [(LONG, 1.0), (LONG.replace("wet", "dry"), 10 / 16), ("Nobody came.", 0.0)],
)
def test_likeness_is_the_share_of_runs_of_three_words_in_both(other: str, expected: float) -> None:
    assert likeness(LONG, other) == pytest.approx(expected)


def test_each_sentence_is_shown_with_its_closest_one() -> None:
    near = LONG.replace("wet", "dry")

    [same, alike] = closest([near, LONG, "Nobody came at all."], ["It rained.", LONG])

    assert (same.left, same.right, same.is_shared, is_near(same)) == (LONG, LONG, True, True)
    assert (alike.left, alike.right, alike.is_shared, is_near(alike)) == (near, LONG, False, True)


def test_a_short_sentence_can_be_the_same_but_not_nearly() -> None:
    [pair] = closest(["The lanes opened late."], ["The lanes opened late!"])

    assert pair.is_shared
    assert not is_near(pair)


def test_a_sentence_in_two_editions_is_pointed_out(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "  Holm holds", f"  {LONG} Holm holds")
    edit("editions/shopkeepers.yaml", "  Buses gained", f"  {LONG} Buses gained")

    assert problems() == [
        f'data/bus-lanes/editions/shopkeepers.yaml:79:15: warning[BG083]: "{LONG}" of edition "shopkeepers" is also in edition "overview" (data/bus-lanes/editions/overview.yaml:51:15)\n  help: say it for this reader, or move what both say alike into a shared record',
    ]


def test_a_sentence_that_is_nearly_in_two_editions_is_pointed_out(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/overview.yaml", "  Holm holds", f"  {LONG} Holm holds")
    near = LONG.replace("wet", "dry")
    edit("editions/shopkeepers.yaml", "  Buses gained", f"  {near} Buses gained")

    assert ["is nearly (62%) one in edition" in line for line in problems()] == [True]


def test_the_same_fact_told_anew_is_not(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "  Holm holds", f"  {LONG} Holm holds")
    anew = "Without lunch the council sat down with the traders, in the old hall."
    edit("editions/shopkeepers.yaml", "  Buses gained", f"  {anew} Buses gained")

    assert problems() == []


def test_what_two_editions_take_over_from_one_is_one_text(edit: Edit, problems: Problems) -> None:
    edit("editions/_base.yaml", "language: en-GB", f"language: en-GB\nstance: {{weakness: {LONG}}}")
    edit(
        "editions/shopkeepers.yaml",
        "  weakness: It rests on a survey that only the association has seen, and officers see no effect [@takings-fell; @visitors-unchanged].\n",
        "",
    )

    assert problems() == []

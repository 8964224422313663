"""What is cut to meet a page budget, and in which order."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.build.project import load_project
from briefgen.dossier.model import Dossier
from briefgen.edition.fit import choose_cuts, possible_cuts
from briefgen.edition.lengths import LENGTHS, usual_length
from briefgen.edition.models import Edition
from briefgen.edition.tailor import Brief, Cut, tailor

PROJECT = Path(__file__).parents[1] / "projects" / "bus-lanes"
KINDS = ("areas", "obstacles", "recommendations")


@lru_cache(maxsize=1)
def loaded() -> tuple[Dossier, Edition]:
    found = load_project(PROJECT).dossiers["bus-lanes"]
    return found.dossier, found.editions["shopkeepers"].edition


def brief_with(length: Any = "full", **choices: Any) -> Brief:
    dossier, edition = loaded()
    return tailor(dossier, Edition.model_validate(edition.model_dump() | choices), length)


def shown(brief: Brief, kind: str) -> list[str]:
    return [chosen.record.id for chosen in getattr(brief, kind)]


def one_each(_: Cut) -> float:
    """Every cut saves as much as every other."""
    return 1.0


# --- The order ----------------------------------------------------------------


def test_shorter_tiers_go_before_figures_and_figures_before_records_and_messages() -> None:
    brief = brief_with()

    stages = [
        "tier" if cut.tier else {"figures": "figure"}.get(cut.kind, "bundle")
        for cut in possible_cuts(brief)
    ]

    assert stages == sorted(stages, key=["tier", "figure", "bundle"].index)
    assert set(stages) == {"tier", "figure", "bundle"}


def test_bodies_go_before_summaries() -> None:
    tiers = [cut.tier for cut in possible_cuts(brief_with(), tiers_only=True)]

    assert tiers == sorted(tiers, reverse=True)
    assert set(tiers) == {2, 1}


def test_the_least_weighty_record_goes_first() -> None:
    brief = brief_with(
        lens={
            "areas": {"trade": {"weight": 5}, "deliveries": {"weight": 2}, "access": {"weight": 3}}
        },
        pin=[],
    )

    gone = [c.id for c in possible_cuts(brief) if c.kind == "areas" and not c.tier]

    assert gone.index("deliveries") < gone.index("access") < brief.edition.at_most.areas
    assert "trade" not in gone, "the last of a kind stays"


def test_what_is_pinned_may_be_shortened_but_stays() -> None:
    brief = brief_with(pin=["trade", "paint-bays"])

    cuts = list(possible_cuts(brief))

    assert not [cut for cut in cuts if cut.id in ("trade", "paint-bays") and not cut.tier]
    assert [cut for cut in cuts if cut.id == "trade" and cut.tier]


def test_a_summary_that_stands_for_the_so_what_is_never_cut() -> None:
    brief = brief_with(lens={}, pin=[])

    assert not [cut for cut in possible_cuts(brief) if cut.tier == 1]


def test_the_first_message_is_never_cut_and_a_counter_goes_with_its_message() -> None:
    brief = brief_with()
    cuts = [cut for cut in possible_cuts(brief) if cut.kind == "messages"]

    assert [cut.id for cut in cuts] == [m.id for m in reversed(brief.messages[1:])]
    shorter = tailor(brief.dossier, brief.edition, "full", cuts[:1])
    assert [m.id for m in shorter.messages] == [m.id for m in brief.messages[:-1]]


def test_on_one_page_nothing_is_cut() -> None:
    assert list(possible_cuts(brief_with("one-page"))) == []


# --- How much -----------------------------------------------------------------


def test_as_little_is_cut_as_saves_enough() -> None:
    brief = brief_with()
    order = list(possible_cuts(brief))

    assert choose_cuts(brief, one_each, 1).cuts == (order[0],)
    assert len(choose_cuts(brief, one_each, 3).cuts) == 3


def test_what_turns_out_not_to_be_needed_is_put_back() -> None:
    brief = brief_with()
    first, second, *_ = possible_cuts(brief)

    shorter = choose_cuts(brief, lambda cut: 10.0 if cut == second else 4.0, 9)

    assert shorter.cuts == (second,)
    assert first not in shorter.cuts


def test_cuts_add_up_from_one_round_to_the_next() -> None:
    brief = brief_with()

    once = choose_cuts(brief, one_each, 2)
    twice = choose_cuts(once, one_each, 100)

    assert {(c.kind, c.id) for c in once.cuts} <= {(c.kind, c.id) for c in twice.cuts}
    keys = [(cut.kind, cut.id) for cut in twice.cuts]
    assert len(keys) == len(set(keys)), "one cut for each thing"
    first = once.cuts[0]
    again = next(cut for cut in twice.cuts if cut.id == first.id)
    assert (again.was, again.tier) < (again.was, first.tier), "from what was shown at first"
    assert again.was == first.was


def test_where_nothing_is_left_to_cut_the_brief_comes_back_as_it_was() -> None:
    brief = choose_cuts(brief_with(), one_each, 1000)

    assert choose_cuts(brief, one_each, 1) is brief
    assert all(len(getattr(brief, kind)) == 1 for kind in KINDS)


@given(st.floats(0, 40), st.sampled_from(["brief", "full"]))
def test_cutting_keeps_the_order_and_says_all_that_is_gone(excess: float, length: Any) -> None:
    before = brief_with(length)
    after = choose_cuts(before, one_each, excess)

    for kind in KINDS:
        kept = shown(after, kind)
        assert kept == [name for name in shown(before, kind) if name in kept]
        gone = {cut.id for cut in after.cuts if cut.kind == kind and not cut.tier}
        assert gone == set(shown(before, kind)) - set(kept)
        assert gone <= {out.record.id for out in after.left_out if out.why == "cut"}
        for chosen in getattr(after, kind):
            cut = next((c for c in after.cuts if c.id == chosen.record.id), None)
            assert cut is None or cut.tier == chosen.tier


# --- Lengths ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lengths", "usual"),
    [
        (["one-page", "brief", "full"], "brief"),
        (["full", "brief"], "brief"),
        (["full"], "full"),
        (["one-page", "full"], "one-page"),
    ],
)
def test_a_brief_is_usual_or_else_the_first_length(lengths: list[str], usual: str) -> None:
    assert usual_length(brief_with(lengths=lengths).edition) == usual


def test_one_page_keeps_three_messages_and_three_recommendations_and_no_figure() -> None:
    brief = brief_with("one-page")

    assert len(brief.recommendations) == 3
    assert len(brief.messages) <= 3
    assert (brief.areas, brief.obstacles, brief.figures) == ((), (), ())
    assert "context" not in brief.sections


def test_a_shorter_length_has_fewer_pages_and_no_deeper_tier() -> None:
    rules = list(LENGTHS.values())

    assert [rule.pages for rule in rules] == [1, 4, 16]
    assert [rule.tier for rule in rules] == [1, 2, 3]

"""How far the editions of a project differ: the figures that the report prints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.build.engine import Engine
from briefgen.build.measure import (
    Measured,
    document_of,
    lead_claims,
    measure,
)
from briefgen.build.project import find_targets, load_project
from briefgen.document.tailoring import Shares

if TYPE_CHECKING:
    from conftest import Edit

LONG = "The traders met the council in the old hall on a wet day without lunch."


def measured(folder: Path, *names: str) -> Measured:
    project = load_project(folder, loose_ends=False)
    assert project.problems == []
    return measure(project, find_targets(project, names))


def test_each_edition_and_each_pair_is_measured(bus_lanes: Path) -> None:
    found = measured(bus_lanes)

    assert [figures.edition for figures in found.editions] == ["overview", "shopkeepers"]
    assert [(pair.left, pair.right) for pair in found.pairs] == [("overview", "shopkeepers")]
    assert found.differing == ()
    assert found.beyond == 0


def test_one_edition_has_no_pair(bus_lanes: Path) -> None:
    assert measured(bus_lanes, "overview").pairs == ()


def test_the_words_of_a_body_add_up(bus_lanes: Path) -> None:
    for figures in measured(bus_lanes).editions:
        parts = figures.shares
        assert min(parts.own, parts.shared, parts.template) > 0
        assert parts.words == parts.own + parts.shared + parts.template
        assert figures.own.words < figures.whole.words


def test_claims_of_the_answer_and_the_messages_lead_and_counters_do_not(bus_lanes: Path) -> None:
    overview, shopkeepers = measured(bus_lanes).editions

    assert overview.lead_claims[:4] == (
        "gain-is-real",
        "trade-unknown",
        "bays-wanted",
        "no-money-2023",
    )
    assert "bookshop-gains" not in overview.lead_claims
    assert set(overview.led_alone) == set(overview.lead_claims) - set(shopkeepers.lead_claims)


def test_an_edition_is_compared_with_the_others_even_where_it_is_measured_alone(
    bus_lanes: Path,
) -> None:
    [alone] = measured(bus_lanes, "overview").editions

    assert alone == measured(bus_lanes).editions[0]


def test_a_sentence_that_two_editions_print_is_beyond_the_limit(
    edit: Edit, bus_lanes: Path
) -> None:
    edit("editions/overview.yaml", "  Holm holds", f"  {LONG} Holm holds")
    edit("editions/shopkeepers.yaml", "  Buses gained", f"  {LONG} Buses gained")

    [pair] = measured(bus_lanes).pairs

    assert pair.shared == (LONG,)
    assert pair.worst[0].likeness == 1
    assert "shared" in pair.beyond()


def test_a_sentence_that_is_nearly_the_same_counts_for_the_edition_that_it_weighs_more_in(
    edit: Edit, bus_lanes: Path
) -> None:
    edit("editions/overview.yaml", "  Holm holds", f"  {LONG} Holm holds")
    near = LONG.replace("wet", "dry")
    edit("editions/shopkeepers.yaml", "  Buses gained", f"  {near} Buses gained")

    [pair] = measured(bus_lanes).pairs

    assert pair.shared == ()
    assert 0.05 < pair.near_share < 0.15
    assert pair.beyond() == ["near_share"]


def test_the_first_areas_of_two_editions_may_not_be_the_same(edit: Edit, bus_lanes: Path) -> None:
    edit("editions/shopkeepers.yaml", "at_most: {areas: 3, obstacles: 3}\n", "")
    edit("editions/shopkeepers.yaml", "    access: {weight: 0}\n", "")

    [pair] = measured(bus_lanes).pairs

    assert len(pair.first_areas) > 3
    assert pair.beyond() == ["first_areas"]


def test_the_own_share_is_judged_in_a_brief_alone(bus_lanes: Path) -> None:
    overview = measured(bus_lanes).editions[0]
    thin = replace(overview, shares=Shares(own=39, shared=61, template=0))

    assert thin.length == "full"
    assert thin.beyond() == []
    assert replace(thin, length="brief").beyond() == ["own_share"]
    enough = Shares(own=40, shared=60, template=0)
    assert replace(thin, length="brief", shares=enough).beyond() == []


@pytest.mark.parametrize(
    ("lengths", "expected"), [("[full, brief]", "brief"), ("[one-page, full]", "one-page")]
)
def test_the_brief_is_measured_or_else_the_first_length(
    edit: Edit, bus_lanes: Path, lengths: str, expected: str
) -> None:
    edit("editions/_base.yaml", "lengths: [full]", f"lengths: {lengths}")
    project = load_project(bus_lanes, loose_ends=False)
    target = find_targets(project, ["overview"])[0]

    brief, document = document_of(target, Engine(project))

    assert brief.length == expected
    assert document.title == "Faster buses, open questions"
    assert lead_claims(target.edition)


def test_a_long_sentence_and_an_unknown_abbreviation_are_beyond_their_limits(
    edit: Edit, bus_lanes: Path
) -> None:
    words = " ".join(["word"] * 40)
    edit("editions/overview.yaml", "  Holm holds", f"  The DIY {words} ends. Holm holds")

    overview = measured(bus_lanes).editions[0]

    assert overview.beyond() == [
        "own.longest",
        "own.unexplained",
        "whole.longest",
        "whole.unexplained",
    ]
    assert overview.own.unexplained == ("DIY",)

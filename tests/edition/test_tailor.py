"""What an edition shows, in which order, and what it leaves out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.build.project import load_project
from briefgen.dossier.model import Dossier
from briefgen.edition.models import Edition
from briefgen.edition.tailor import Brief, strength, tailor

PROJECT = Path(__file__).parents[1] / "projects" / "bus-lanes"
KINDS = ("areas", "obstacles", "recommendations")


@lru_cache(maxsize=1)
def loaded() -> tuple[Dossier, dict[str, Edition]]:
    found = load_project(PROJECT).dossiers["bus-lanes"]
    return found.dossier, {name: e.edition for name, e in found.editions.items()}


def edition_with(**choices: Any) -> Edition:
    """The overview without its own choices, with these in their place."""
    plain = loaded()[1]["overview"].model_dump(exclude={"lens", "pin", "exclude", "at_most"})
    return Edition.model_validate(plain | choices)


def brief_with(**choices: Any) -> Brief:
    return tailor(loaded()[0], edition_with(**choices), "full")


def shown(brief: Brief, kind: str) -> list[str]:
    return [chosen.record.id for chosen in getattr(brief, kind)]


def left_out(brief: Brief, kind: str) -> list[str]:
    return [left.record.id for left in brief.left_out if left.kind == kind]


# --- Examples -----------------------------------------------------------------


def test_without_choices_the_most_severe_come_first_then_the_ids_decide() -> None:
    brief = brief_with()

    assert shown(brief, "areas") == [
        "access",
        "bus-journeys",
        "deliveries",
        "side-streets",
        "trade",
    ]
    assert shown(brief, "obstacles") == [
        "no-loading-bays",
        "no-money",
        "nobody-counted-takings",
        "split-committee",
        "weak-enforcement",
    ]
    assert shown(brief, "recommendations") == [
        "paint-bays",
        "count-together",
        "review-hours",
        "second-camera",
        "early-green",
    ]
    assert brief.left_out == ()


def test_weight_comes_before_severity() -> None:
    brief = brief_with(lens={"obstacles": {"weak-enforcement": {"weight": 2}}})

    assert shown(brief, "obstacles")[:2] == ["weak-enforcement", "no-loading-bays"]


def test_pins_come_first_in_their_own_order_whatever_their_weight() -> None:
    brief = brief_with(
        pin=["second-camera", "trade", "early-green"],
        lens={"recommendations": {"paint-bays": {"weight": 5}, "early-green": {"weight": 0}}},
    )

    assert shown(brief, "recommendations")[:3] == ["second-camera", "early-green", "paint-bays"]
    assert shown(brief, "areas")[0] == "trade"


def test_a_weight_of_nought_leaves_out_without_a_reason() -> None:
    brief = brief_with(lens={"areas": {"access": {"weight": 0}}})

    assert "access" not in shown(brief, "areas")
    assert [(left.record.id, left.reason) for left in brief.left_out] == [("access", None)]


def test_an_exclusion_leaves_out_with_its_reason_even_what_is_pinned() -> None:
    brief = brief_with(
        pin=["no-money"], exclude=[{"id": "no-money", "reason": "a matter for the county"}]
    )

    assert "no-money" not in shown(brief, "obstacles")
    assert [(left.kind, left.record.id, left.reason) for left in brief.left_out] == [
        ("obstacles", "no-money", "a matter for the county")
    ]


def test_no_more_than_asked_for_are_shown_and_the_rest_ranked_too_low() -> None:
    brief = brief_with(at_most={"areas": 1, "obstacles": 2, "recommendations": 4})

    assert shown(brief, "areas") == ["access"]
    assert shown(brief, "obstacles") == ["no-loading-bays", "no-money"]
    assert left_out(brief, "recommendations") == ["early-green"]
    assert {left.reason for left in brief.left_out} == {None}


def test_what_is_left_out_is_told_the_weightiest_first() -> None:
    brief = brief_with(at_most={"areas": 1, "obstacles": 1, "recommendations": 1})

    assert left_out(brief, "areas") == ["bus-journeys", "trade", "deliveries", "side-streets"]
    assert left_out(brief, "obstacles") == [
        "no-money",
        "nobody-counted-takings",
        "split-committee",
        "weak-enforcement",
    ]


def test_a_record_comes_with_what_the_edition_says_of_it() -> None:
    dossier, editions = loaded()
    brief = tailor(dossier, editions["shopkeepers"], "full")

    lenses = {chosen.record.id: chosen.lens for chosen in brief.areas}
    assert lenses["deliveries"].text.title == "Getting goods to the door"
    assert lenses["bus-journeys"].weight == 2


@pytest.mark.parametrize(("length", "tier"), [("one-page", 1), ("brief", 2), ("full", 3)])
def test_a_longer_brief_shows_more_of_each_record(length: Any, tier: int) -> None:
    dossier, editions = loaded()

    brief = tailor(dossier, editions["overview"], length)

    assert max(chosen.tier for chosen in brief.recommendations) == tier


@pytest.mark.parametrize(
    ("length", "tiers"),
    [
        ("one-page", {"review-hours": 1, "paint-bays": 1, "count-together": 1}),
        ("brief", {"review-hours": 2, "paint-bays": 2, "count-together": 2}),
        ("full", {"review-hours": 3, "paint-bays": 3, "count-together": 2}),
    ],
)
def test_only_what_is_pinned_or_weighs_much_is_shown_in_full(
    length: Any, tiers: dict[str, int]
) -> None:
    edition = edition_with(
        pin=["review-hours"],
        lens={"recommendations": {"paint-bays": {"weight": 4}, "count-together": {"weight": 3}}},
    )

    brief = tailor(loaded()[0], edition, length)

    found = {chosen.record.id: chosen.tier for chosen in brief.recommendations}
    assert {name: found[name] for name in tiers} == tiers


def test_the_two_editions_of_the_project_differ_in_choice_and_order() -> None:
    dossier, editions = loaded()
    overview, shopkeepers = (tailor(dossier, e, "full") for e in editions.values())

    for kind in KINDS:
        assert shown(overview, kind) != shown(shopkeepers, kind), kind


# --- Properties ---------------------------------------------------------------


def choices() -> st.SearchStrategy[dict[str, Any]]:
    dossier = loaded()[0]
    ids = {kind: sorted(dossier.records(kind)) for kind in KINDS}
    every = st.sampled_from([name for names in ids.values() for name in names])
    return st.fixed_dictionaries(
        {
            "pin": st.lists(every, unique=True, max_size=6),
            "exclude": st.lists(every, unique=True, max_size=6).map(
                lambda names: [{"id": name, "reason": f"not {name}"} for name in names]
            ),
            "at_most": st.fixed_dictionaries({kind: st.integers(1, 6) for kind in KINDS}),
            "lens": st.fixed_dictionaries(
                {
                    kind: st.dictionaries(
                        st.sampled_from(names),
                        st.fixed_dictionaries({"weight": st.none() | st.integers(0, 5)}),
                    )
                    for kind, names in ids.items()
                }
            ),
        }
    )


@given(choices())
def test_every_record_is_either_shown_or_left_out_and_never_both(choice: dict[str, Any]) -> None:
    brief = brief_with(**choice)

    for kind in KINDS:
        both = [*shown(brief, kind), *left_out(brief, kind)]
        assert sorted(both) == sorted(loaded()[0].records(kind))


@given(choices())
def test_the_order_is_pins_then_weight_then_strength_then_id(choice: dict[str, Any]) -> None:
    brief = brief_with(**choice)

    for kind in KINDS:
        ranks = []
        for name in shown(brief, kind):
            weight = choice["lens"][kind].get(name, {}).get("weight")
            pin = choice["pin"].index(name) if name in choice["pin"] else len(choice["pin"])
            own = strength(loaded()[0].records(kind)[name])  # type: ignore[arg-type]
            ranks.append((pin, -(1 if weight is None else weight), -own, name))
        assert ranks == sorted(ranks)


@given(choices())
def test_what_is_left_out_has_a_cause(choice: dict[str, Any]) -> None:
    brief = brief_with(**choice)
    reasons = {entry["id"]: entry["reason"] for entry in choice["exclude"]}

    for left in brief.left_out:
        name = left.record.id
        weight = choice["lens"][left.kind].get(name, {}).get("weight")
        is_full = len(getattr(brief, left.kind)) == choice["at_most"][left.kind]
        assert left.reason == reasons.get(name)
        assert name in reasons or (weight == 0 and name not in choice["pin"]) or is_full


@given(choices())
def test_nothing_excluded_is_shown_and_never_more_than_asked_for(choice: dict[str, Any]) -> None:
    brief = brief_with(**choice)

    for kind in KINDS:
        assert not {entry["id"] for entry in choice["exclude"]} & set(shown(brief, kind))
        assert len(getattr(brief, kind)) <= choice["at_most"][kind]

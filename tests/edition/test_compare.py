"""Two briefs side by side: claims, records, the editions' own words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.build.engine import Engine
from briefgen.build.project import Project, load_project
from briefgen.dossier.model import Dossier
from briefgen.dossier.prose import cited_claims
from briefgen.edition.compare import compare
from briefgen.edition.comparison import ComparedClaim, ComparedRecord, Comparison, Wording
from briefgen.edition.models import Edition
from briefgen.edition.printed import printed, uses_of_claims
from briefgen.edition.tailor import Brief, Cut, tailor

ROOT = Path(__file__).parents[2]
PROJECTS = {"bus-lanes": ROOT / "tests" / "projects" / "bus-lanes", "japan-nato": ROOT}
EDITIONS = [
    ("bus-lanes", "overview"),
    ("bus-lanes", "shopkeepers"),
    ("japan-nato", "india"),
    ("japan-nato", "european-sceptic"),
    ("japan-nato", "overview"),
]
KINDS = ("areas", "obstacles", "recommendations")


@lru_cache(maxsize=2)
def project(name: str) -> Project:
    return load_project(PROJECTS[name], loose_ends=False)


def dossier_of(name: str) -> Dossier:
    return project(name).dossiers[name].dossier


def edition_of(name: str, edition: str) -> Edition:
    return project(name).dossiers[name].editions[edition].edition


def brief_of(name: str, edition: str, length: Any = "full", **changes: Any) -> Brief:
    """An edition of a project, with some of its keys changed."""
    plain = edition_of(name, edition).model_dump()
    return tailor(dossier_of(name), Edition.model_validate(plain | changes), length)


def bus(edition: str, length: Any = "full", **changes: Any) -> Brief:
    return brief_of("bus-lanes", edition, length, **changes)


def with_record(brief: Brief, kind: str, name: str, **changes: Any) -> Brief:
    """The brief of the same edition after a change to a record of its dossier."""
    records = dict(brief.dossier.records(kind))
    model = type(records[name])
    records[name] = model.model_validate(records[name].model_dump(by_alias=True) | changes)
    return with_records(brief, **{kind: records})


def without_record(brief: Brief, kind: str, name: str) -> Brief:
    records = {key: record for key, record in brief.dossier.records(kind).items() if key != name}
    return with_records(brief, **{kind: records})


def with_records(brief: Brief, **kinds: Any) -> Brief:
    return tailor(replace(brief.dossier, **kinds), brief.edition, brief.length)


def record(comparison: Comparison, name: str) -> ComparedRecord:
    return next(found for found in comparison.records if found.id == name)


def claim(comparison: Comparison, name: str) -> ComparedClaim:
    return next(found for found in comparison.claims if found.id == name)


def differing(comparison: Comparison) -> list[str]:
    return [wording.field for wording in comparison.fields if wording.differs]


# --- What a brief prints ------------------------------------------------------


@pytest.mark.parametrize(("name", "edition"), EDITIONS)
@pytest.mark.parametrize("length", ["brief", "full"])
def test_the_claims_that_count_as_used_are_those_that_the_document_cites(
    name: str, edition: str, length: Any
) -> None:
    brief = brief_of(name, edition, length)

    document = Engine(project(name)).compose(brief)

    assert set(uses_of_claims(brief)) == set(document.claims)


def test_a_claim_is_used_where_a_printed_field_cites_it() -> None:
    uses = uses_of_claims(bus("shopkeepers"))

    assert uses["crates-carried"] == (
        "key_messages/unloading/text",
        "areas/deliveries/summary",
        "obstacles/no-loading-bays/summary",
        "recommendations/second-camera/so_what",
    )
    assert uses["meeting-2023"] == ("context", "figures/promises/title")


def test_a_section_that_the_edition_leaves_out_uses_no_claim() -> None:
    uses = uses_of_claims(bus("shopkeepers", sections=["areas"]))

    kinds = {field.split("/")[0] for fields in uses.values() for field in fields}
    assert kinds == {"bottom_line", "key_messages", "areas"}
    assert not any(field.endswith("counter") for fields in uses.values() for field in fields)


def test_a_longer_brief_prints_more_of_each_record() -> None:
    by_length = {
        length: {field for field, _ in printed(bus("overview", length)) if field.count("/") == 2}
        for length in ("one-page", "brief", "full")
    }

    by_kind = {
        length: Counter(field.split("/")[0] for field in fields)
        for length, fields in by_length.items()
    }
    assert by_kind["one-page"]["areas"] == by_kind["one-page"]["obstacles"] == 0
    assert by_kind["one-page"]["recommendations"] == 3
    assert "areas/trade/summary" in by_length["brief"]
    assert "areas/bus-journeys/body" not in by_length["brief"]
    assert "areas/bus-journeys/body" in by_length["full"]
    assert by_length["brief"] < by_length["full"]


def test_a_shortened_record_prints_its_so_what_and_no_summary() -> None:
    chosen = bus("overview", "brief")
    cuts = [Cut("areas", "trade", 2, 1), Cut("areas", "access", 2, 1)]
    shorter = tailor(chosen.dossier, chosen.edition, "brief", cuts)

    fields = {field for field, _ in printed(shorter)}

    assert "areas/trade/so_what" in fields
    assert "areas/trade/summary" not in fields
    assert "areas/access/summary" in fields, "it has no so-what"


def test_of_what_an_edition_advises_against_only_the_reason_is_printed() -> None:
    fields = {field for field, _ in printed(bus("shopkeepers"))}

    assert "recommendations/second-camera/so_what" in fields
    assert "recommendations/second-camera/summary" not in fields
    assert "recommendations/second-camera/first_step" not in fields


# --- Two editions -------------------------------------------------------------


def test_between_two_editions_of_one_dossier_no_fact_differs() -> None:
    assert compare(bus("overview"), bus("shopkeepers")).changed_claims == ()
    for a, b in permutations(("india", "european-sceptic", "overview"), 2):
        compared = compare(brief_of("japan-nato", a), brief_of("japan-nato", b))

        assert compared.changed_claims == ()
        assert all(c.a.statement == c.b.statement for c in compared.claims)
        assert compared.shared_claims
        assert compared.differs


def test_every_claim_is_in_both_or_in_one() -> None:
    a, b = bus("overview"), bus("shopkeepers")

    compared = compare(a, b)

    groups = (compared.shared_claims, compared.only_a, compared.only_b)
    assert sorted(c.id for group in groups for c in group) == [c.id for c in compared.claims]
    assert {c.id for c in compared.shared_claims} == set(uses_of_claims(a)) & set(uses_of_claims(b))
    # The timeline of the one shows what the context of the other tells.
    assert compared.only_b == ()
    assert claim(compared, "meeting-2023").a.uses == ("figures/history/title",)
    assert "context" in claim(compared, "meeting-2023").b.uses


def test_a_record_in_other_words_is_reframed_field_by_field() -> None:
    compared = record(compare(bus("overview"), bus("shopkeepers")), "deliveries")

    assert compared.outcome == "reframed"
    assert [wording.field for wording in compared.wordings] == ["title", "so_what", "summary"]
    assert compared.wordings[0] == Wording("title", "Deliveries", "Getting goods to the door")
    assert compared.wordings[1].a is None
    assert (compared.a.rank, compared.b.rank) == (3, 1)


def test_a_record_that_is_only_shown_to_another_extent_is_shared() -> None:
    compared = compare(bus("overview", "brief"), bus("overview"))

    in_both = [found for found in compared.records if found.a.rank]
    assert {found.outcome for found in in_both} == {"shared"}
    assert record(compared, "bus-journeys").is_moved


def test_a_record_of_one_side_comes_with_the_reason_of_the_other() -> None:
    compared = compare(bus("overview"), bus("shopkeepers"))

    excluded, ranked_low = record(compared, "early-green"), record(compared, "access")
    assert (excluded.outcome, ranked_low.outcome) == ("only_a", "only_a")
    assert excluded.b.reason == "a matter between the county and the buses"
    assert (ranked_low.b.reason, ranked_low.b.rank) == (None, None)
    assert ranked_low.b.title == ranked_low.a.title


def test_what_one_wants_and_the_other_advises_against_is_opposite() -> None:
    compared = compare(bus("overview"), bus("shopkeepers"))

    assert [found.id for found in compared.opposite] == ["second-camera"]
    assert (compared.opposite[0].a.position, compared.opposite[0].b.position) == (
        "endorse",
        "oppose",
    )
    assert compared.opposed_by_both == ()


def test_what_is_adapted_by_one_and_endorsed_by_the_other_is_only_reframed() -> None:
    compared = record(compare(bus("overview"), bus("shopkeepers")), "review-hours")

    assert compared.outcome == "reframed"
    assert Wording("position", "endorse", "adapt") in compared.wordings


def test_what_both_advise_against_is_not_opposite() -> None:
    lens = {"recommendations": {"second-camera": {"position": "oppose", "weight": 5}}}

    compared = compare(bus("overview", lens=lens), bus("shopkeepers"))

    assert compared.opposite == ()
    assert [found.id for found in compared.opposed_by_both] == ["second-camera"]


def test_messages_of_two_editions_stand_beside_each_other_in_order() -> None:
    pairs = compare(bus("overview"), bus("shopkeepers")).messages

    names = [(pair.a and pair.a.id, pair.b and pair.b.id) for pair in pairs]
    assert names == [("faster", "takings"), ("trade", "unloading"), ("cheap", None)]


def test_the_editions_own_words_stand_side_by_side() -> None:
    fields = {
        wording.field: wording for wording in compare(bus("overview"), bus("overview")).fields
    }
    assert "counter_view" in fields
    assert not any(wording.differs for wording in fields.values())

    compared = compare(bus("overview"), bus("shopkeepers"))

    assert {"question", "bottom_line", "counter_view"} <= set(differing(compared))
    assert (compared.b.edition, compared.b.stance) == ("shopkeepers", "sceptic")
    assert compared.b.question == "Should shops accept more bus lanes?"


def test_what_both_editions_of_the_shipped_dossier_oppose_is_told() -> None:
    briefs = [brief_of("japan-nato", name) for name in ("india", "european-sceptic")]
    opposed = [
        {c.record.id for c in brief.recommendations if getattr(c.lens, "position", "") == "oppose"}
        for brief in briefs
    ]

    compared = compare(briefs[0], briefs[1])

    assert {found.id for found in compared.opposed_by_both} == opposed[0] & opposed[1]


# --- Two states of one edition ------------------------------------------------


def test_a_claim_whose_facts_changed_is_told_fact_by_fact() -> None:
    before = bus("overview")
    after = with_record(
        before, "claims", "minutes-2024", statement="It now takes 14 minutes.", as_of="2024-07"
    )

    compared = compare(before, after, ("v1", None))

    assert [c.id for c in compared.changed_claims] == ["minutes-2024"]
    changed = compared.changed_claims[0]
    assert [wording.field for wording in changed.changes] == ["statement", "as_of"]
    assert changed.changes[1] == Wording("as_of", "2024-06", "2024-07")
    assert compared.is_history
    assert compared.differs
    assert (compared.a.name, compared.b.name) == ("overview@v1", "overview")


def test_of_evidence_only_what_the_other_side_lacks_is_told() -> None:
    before = bus("overview")
    old = before.dossier.claims["takings-fell"].model_dump()["evidence"]
    after = with_record(before, "claims", "takings-fell", evidence=old[:1])

    compared = compare(before, after)

    wording = claim(compared, "takings-fell").changes[0]
    assert wording.field == "evidence"
    assert wording.a == "contradicts: gazette-2024, “the bookshop says her takings rose”"
    assert wording.b is None


def test_the_date_of_the_next_review_is_no_fact() -> None:
    before = bus("overview")
    after = with_record(before, "claims", "minutes-2024", review_by="2027")

    assert not compare(before, after).differs


def test_a_claim_that_the_data_no_longer_has_is_told_as_such() -> None:
    before = bus("overview")
    after = without_record(before, "claims", "minutes-2024")

    compared = compare(before, after)

    gone = claim(compared, "minutes-2024")
    assert compared.claims_in_one == (gone,)
    assert compared.differs

    assert (gone.a.statement is None, gone.b.statement) == (False, None)
    assert gone.changes == ()


def test_a_record_whose_summary_or_owner_changed_is_reframed() -> None:
    before = bus("overview")
    after = with_record(
        before, "recommendations", "paint-bays", summary="Paint.", owner=["council", "traders"]
    )

    found = record(compare(before, after), "paint-bays")

    assert found.outcome == "reframed"
    assert Wording("owner", None, "Traders") in found.wordings
    assert found.wordings[0].field == "summary"


def test_what_neither_prints_does_not_make_a_record_differ() -> None:
    before = bus("overview", "brief")
    after = with_record(before, "recommendations", "paint-bays", body="Other words.")

    assert not compare(before, after).differs


def test_new_and_gone_records_and_another_order_are_told() -> None:
    before = bus("overview")
    lens = {"areas": {"side-streets": {"weight": 5}, "access": {"weight": 0}}}
    after = bus("overview", lens=lens)

    compared = compare(before, after)
    back = compare(after, before)

    assert (record(compared, "access").outcome, record(back, "access").outcome) == (
        "only_a",
        "only_b",
    )
    assert record(compared, "side-streets").is_moved
    assert record(compared, "side-streets").b.rank == 1


def test_a_message_that_is_gone_is_not_set_beside_a_new_one() -> None:
    edition = edition_of("bus-lanes", "overview")
    messages = [message.model_dump() for message in edition.key_messages]
    after = bus("overview", key_messages=[messages[1], {**messages[0], "id": "quicker"}])

    pairs = compare(bus("overview"), after).messages

    names = {(pair.a and pair.a.id, pair.b and pair.b.id) for pair in pairs}
    assert names == {("trade", "trade"), ("faster", None), ("cheap", None), (None, "quicker")}
    assert compare(bus("overview"), after).differs


# --- Properties ---------------------------------------------------------------


def mirrored(comparison: Comparison) -> Comparison:
    """The comparison with its sides changed over."""

    def turned(value: Any) -> Any:
        return replace(value, a=value.b, b=value.a)

    outcomes: Any = {"only_a": "only_b", "only_b": "only_a"}
    return Comparison(
        a=comparison.b,
        b=comparison.a,
        fields=tuple(map(turned, comparison.fields)),
        messages=tuple(map(turned, comparison.messages)),
        records=tuple(
            replace(
                turned(found),
                outcome=outcomes.get(found.outcome, found.outcome),
                wordings=tuple(map(turned, found.wordings)),
            )
            for found in comparison.records
        ),
        claims=tuple(
            replace(turned(found), changes=tuple(map(turned, found.changes)))
            for found in comparison.claims
        ),
    )


def lenses() -> st.SearchStrategy[dict[str, Any]]:
    dossier = dossier_of("bus-lanes")
    words = st.none() | st.sampled_from(["So [@takings-fell].", "Thus [@one-camera]."])
    fields: dict[str, Any] = {
        "weight": st.none() | st.integers(0, 5),
        "so_what": words,
        "caveat": words,
        "text": st.fixed_dictionaries({"title": words, "summary": words}),
    }
    positions = {"position": st.sampled_from(["endorse", "adapt", "oppose"])}
    return st.fixed_dictionaries(
        {
            kind: st.dictionaries(
                st.sampled_from(sorted(dossier.records(kind))),
                st.fixed_dictionaries(fields | (positions if kind == "recommendations" else {})),
            )
            for kind in KINDS
        }
    )


briefs = st.builds(
    lambda edition, length, lens: bus(edition, length, lens=lens),
    st.sampled_from(["overview", "shopkeepers"]),
    st.sampled_from(["one-page", "brief", "full"]),
    lenses(),
)


@settings(max_examples=60, deadline=None)
@given(briefs, briefs)
def test_the_comparison_the_other_way_round_says_the_same(a: Brief, b: Brief) -> None:
    compared = compare(a, b, ("v1", None))

    assert compare(b, a, (None, "v1")) == mirrored(compared)
    assert mirrored(compared).differs == compared.differs


@settings(max_examples=40, deadline=None)
@given(briefs)
def test_a_brief_does_not_differ_from_itself(brief: Brief) -> None:
    compared = compare(brief, brief)

    assert not compared.differs
    assert compared.changed_claims == compared.only_a == compared.only_b == ()


@settings(max_examples=60, deadline=None)
@given(briefs, briefs)
def test_every_shown_record_and_used_claim_is_told_once(a: Brief, b: Brief) -> None:
    compared = compare(a, b)

    for kind in KINDS:
        shown = {c.record.id for brief in (a, b) for c in getattr(brief, kind)}
        assert sorted(found.id for found in compared.of_kind(kind)) == sorted(shown)
    cited = {c for brief in (a, b) for _, text in printed(brief) for _, c in cited_claims(text)}
    assert [found.id for found in compared.claims] == sorted(cited)


@pytest.mark.parametrize(("name", "edition"), EDITIONS)
def test_an_edition_read_twice_does_not_differ_from_itself(name: str, edition: str) -> None:
    again = load_project(PROJECTS[name], loose_ends=False).dossiers[name]
    brief = tailor(again.dossier, again.editions[edition].edition, "full")

    assert not compare(brief_of(name, edition), brief).differs


def test_who_acts_and_by_when_is_compared_as_the_editions_have_it() -> None:
    adapted = {"position": "adapt", "owner": ["traders"], "horizon": "long-term"}
    before = bus("shopkeepers", lens={"recommendations": {"paint-bays": {"position": "adapt"}}})
    after = bus("shopkeepers", lens={"recommendations": {"paint-bays": adapted}})

    found = record(compare(before, after), "paint-bays")

    differing = {wording.field: wording.b for wording in found.wordings}
    assert differing == {"owner": "Traders", "horizon": "long-term"}


def test_on_one_page_no_context_is_set_beside_another() -> None:
    compared = compare(bus("overview", "one-page"), bus("shopkeepers", "one-page"))

    assert "context" not in {field.field for field in compared.fields}

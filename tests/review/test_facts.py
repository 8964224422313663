"""Which edits alter a fact, and which only reword."""

from __future__ import annotations

import pytest
from shipped import project

from briefgen.dossier.carried import Carriers
from briefgen.review.facts import Split, split_edit


@pytest.fixture(scope="module")
def carriers() -> Carriers:
    return Carriers(project("japan-nato").dossiers["japan-nato"].dossier)


def split(source: str, edited: str, carriers: Carriers) -> Split:
    return split_edit(source, edited, carriers, ("programme-goals",))


SOURCE = (
    "Nagy finds few programmes. The ITPP names 16 goals in five pages [@programme-goals; "
    "@programme-pages]. Japan does not want more. It ends in July 2026 [@programme-period]."
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("finds few", "sees few"),
        ("The ITPP names 16 goals in five pages [@programme-goals; @programme-pages]. ", ""),
        (" Japan does not want more.", ""),
        ("names 16 goals", "lists 16 aims"),
        ("Nagy finds", "Nagy, a professor, finds"),
        ("16 goals", "sixteen goals"),
        ("does not want", "doesn't want"),
    ],
)
def test_rewording_and_leaving_out_sentences_alter_nothing(
    old: str, new: str, carriers: Carriers
) -> None:
    edited = SOURCE.replace(old, new)
    found = split(SOURCE, edited, carriers)
    assert found.alterations == ()
    assert found.kept == edited


@pytest.mark.parametrize(
    ("old", "new", "what", "claim"),
    [
        ("16 goals", "17 goals", "17 for 16", "programme-goals"),
        ("five pages", "six pages", "6 for 5", "programme-pages"),
        ("does not want", "does want", '"not" taken out', "programme-goals"),
        ("names 16", "never names 16", '"not" added', "programme-goals"),
        ("July 2026", "June 2026", "06 for 07", "programme-period"),
        ("The ITPP names", "It names", "ITPP taken out", "programme-goals"),
        ("in July 2026", "in 2026", "07 taken out", "programme-period"),
        ("names 16", "refuses 16", '"refuses" added', "programme-goals"),
    ],
)
def test_a_fact_that_is_altered_is_proposed_and_not_kept(
    old: str, new: str, what: str, claim: str, carriers: Carriers
) -> None:
    found = split(SOURCE, SOURCE.replace(old, new), carriers)
    assert found.kept == SOURCE
    [alteration] = found.alterations
    assert alteration.what == (what,)
    assert claim in alteration.claims
    assert new in alteration.new
    assert old in alteration.old


def test_what_alters_no_fact_in_the_same_sentence_is_kept(carriers: Carriers) -> None:
    edited = SOURCE.replace("The ITPP names 16", "The ITPP lists 17")
    found = split(SOURCE, edited, carriers)
    assert [a.what for a in found.alterations] == [("17 for 16",)] or found.kept == SOURCE
    assert "17" not in found.kept


def test_a_sentence_that_is_moved_alters_nothing(carriers: Carriers) -> None:
    sentence = "It ends in July 2026 [@programme-period]."
    edited = f"{sentence} " + SOURCE.replace(f" {sentence}", "")
    found = split(SOURCE, edited, carriers)
    assert found.alterations == ()
    assert found.kept == edited


def test_a_new_sentence_with_a_number_is_proposed(carriers: Carriers) -> None:
    found = split(SOURCE, f"{SOURCE} Some 40 ships take part.", carriers)
    assert found.kept == SOURCE
    [alteration] = found.alterations
    assert alteration.what == ("40 added",)
    assert "40" in alteration.needs


def test_a_new_sentence_that_asserts_nothing_comparable_is_kept(carriers: Carriers) -> None:
    edited = f"{SOURCE} Much is still open."
    assert split(SOURCE, edited, carriers) == Split(edited, ())


def test_another_currency_is_another_fact(carriers: Carriers) -> None:
    source = "Trade is put at 5.5 trillion dollars a year [@trade-value]."
    found = split(source, source.replace("dollars", "yen"), carriers)
    assert [a.what for a in found.alterations] == [("yen for dollars",)]
    assert found.alterations[0].claims == ("trade-value",)


def test_numbers_that_change_places_alter_facts(carriers: Carriers) -> None:
    source = "It grew from 12 ships to 15 ships [@trade-value]."
    found = split(source, "It grew from 15 ships to 12 ships [@trade-value].", carriers)
    assert found.kept == source
    assert found.alterations

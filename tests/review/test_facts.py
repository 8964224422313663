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
    edited = SOURCE.replace("16 goals", "17 goals").replace("five pages", "five sheets")
    found = split(SOURCE, edited, carriers)
    assert found.kept == SOURCE.replace("five pages", "five sheets")
    [alteration] = found.alterations
    assert alteration.what == ("17 for 16",)
    assert "17 goals in five sheets" in alteration.new


def test_no_sentence_is_kept_that_nobody_has_written(carriers: Carriers) -> None:
    source = "The pact is new. It is open."
    found = split(source, "Nagy finds the pact new. It stays open.", carriers)
    assert found.kept == "The pact is new. It stays open."
    [alteration] = found.alterations
    assert alteration.new == "Nagy finds the pact new."


def test_a_sentence_that_is_moved_alters_nothing(carriers: Carriers) -> None:
    sentence = "It ends in July 2026 [@programme-period]."
    edited = f"{sentence} " + SOURCE.replace(f" {sentence}", "")
    found = split(SOURCE, edited, carriers)
    assert found.alterations == ()
    assert found.kept == edited


LAST = "It ends in July 2026 [@programme-period]."


def test_a_sentence_that_is_moved_and_reworded_alters_nothing(carriers: Carriers) -> None:
    edited = "It closes in July 2026 [@programme-period]. " + SOURCE.replace(f" {LAST}", "")
    assert split(SOURCE, edited, carriers) == Split(edited, ())


def test_of_a_sentence_that_is_moved_the_altered_fact_alone_is_proposed(carriers: Carriers) -> None:
    rest = SOURCE.replace(f" {LAST}", "")
    found = split(SOURCE, f"It ends in July 2027 [@programme-period]. {rest}", carriers)
    assert found.kept == f"{LAST} {rest}"
    [alteration] = found.alterations
    assert (alteration.old, alteration.what) == (LAST, ("2027 for 2026",))
    assert alteration.claims == ("programme-period",)


def test_a_new_sentence_with_a_number_is_proposed(carriers: Carriers) -> None:
    found = split(SOURCE, f"{SOURCE} Some 40 ships take part.", carriers)
    assert found.kept == SOURCE
    [alteration] = found.alterations
    assert alteration.what == ('"about", 40 added',)
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


@pytest.mark.parametrize(
    ("source", "edited"),
    [
        ("It names 16 goals.", "It names at least 16 goals."),
        ("It names up to 16 goals.", "It names 16 goals."),
        ("About 40 ships came.", "Over 40 ships came."),
        ("It has 16 or more goals.", "It has 16 goals."),
        ("It changed by 5 per cent.", "It changed by -5 per cent."),
        ("It rose by 20 per cent.", "It rose to 20 per cent."),
        ("It ended in July 2026.", "It ended before July 2026."),
        ("It ends in early 2026.", "It ends in late 2026."),
        ("Buses save 13 minutes.", "Buses save 13 hours."),
        ("It carries 340 more vehicles a day.", "It carries 340 more vehicles a week."),
        ("It carries 340 more vehicles a day.", "It carries 340 fewer vehicles a day."),
        ("The pump moves 16 m of water.", "The pump moves 16 km of water."),
        ("Hundreds of ships came.", "Thousands of ships came."),
        ("It rose from 12 to 15.", "It rose from 15 to 12."),
        ("It rose from 12 to 15.", "It fell from 12 to 15."),
        ("Japan asks NATO for help.", "NATO asks Japan for help."),
        ("The pact binds Japan.", "The pact binds China."),
        ("Nagy finds few programmes.", "There are few programmes."),
        ("The pact is new.", "Nagy finds the pact new."),
        ("It names few programmes.", "It names many programmes."),
        ("Most members agree.", "All members agree."),
        ("It may join the pact.", "It will join the pact."),
        ("It names them.", "It hardly names them."),
        ("Japan does not want ships and wants planes.", "Japan wants ships and not planes."),
        ("They share “common values” here.", "They share “equal values” here."),
        ("It names 16 goals.", "It names 1*7* goals."),
        ("It names 16 goals.", "It names 1\u00ad7 goals."),
        ("It names 16 goals.", "It names XVI goals."),
        ("It names 16 goals.", "It names a dozen goals."),
    ],
)
def test_what_is_said_of_numbers_and_names_is_a_fact_too(
    source: str, edited: str, carriers: Carriers
) -> None:
    found = split(source, edited, carriers)
    assert found.kept == source
    assert found.alterations


@pytest.mark.parametrize(
    ("source", "edited"),
    [
        ("He saw more than 16 ships.", "He saw over 16 ships."),
        ("It cost 5.5 trillion dollars.", "It cost $5.5 trillion."),
        ("They carry it over 200 metres.", "They carry it over 200 meters."),
        ("It has grown since 2014.", "Since 2014 it has grown."),
        ("Five members ask for it.", "It is asked for by five members."),
        ("It began in May 2024.", "It started in May 2024."),
        ("Some of it is new.", "Part of it is new."),
        ("Japan and NATO agree.", "They agree."),
        ("The view of Tokyo is firm.", "Tokyo's view is firm."),
        ("It fell to 14 from 20.", "It dropped to 14 from 20."),
        ("It names 16 goals.", "It names 1*6* goals."),
        ("It costs more and gives a second chance.", "It costs a lot and gives a second chance."),
    ],
)
def test_other_words_for_the_same_alter_nothing(
    source: str, edited: str, carriers: Carriers
) -> None:
    assert split(source, edited, carriers) == Split(edited, ())

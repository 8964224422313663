"""Abbreviations: what is one, and which of them nothing explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.dossier.abbreviations import Known, abbreviations_in
from briefgen.dossier.records import Term

if TYPE_CHECKING:
    from conftest import Edit, Problems


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NATO’s PRTs, the G7 and PfP", ["NATO", "PRT", "G7", "PfP"]),
        ("Japan-NATO, NTM-I and COVID-19", ["NATO", "NTM", "COVID"]),
        ("Mr McKay of World War II, Article 9, an A", []),
    ],
)
def test_an_abbreviation_has_two_capitals(text: str, found: list[str]) -> None:
    assert abbreviations_in(text) == found


def test_terms_readers_names_quotations_and_the_text_itself_explain() -> None:
    terms = [Term(id="a", term="PRTs", expansion="Teams"), Term(id="b", term="US Institute")]
    known = Known.of(terms, ["NATO", "the Quad"])

    assert known.unexplained("A PRT of NATO") == []
    assert known.unexplained("The US Institute") == []
    assert known.unexplained("The US Navy") == ["US"]
    assert known.unexplained("They say “ETDs”") == []
    assert known.unexplained("The Partnership for the Peace is the PP") == []
    assert known.unexplained("The SCO and ISAF, and the SCO") == ["SCO", "ISAF"]


def test_an_abbreviation_that_nothing_explains_is_pointed_out_once(
    edit: Edit, problems: Problems
) -> None:
    edit("actors.yaml", "  role: ", "  role: A DIY shop. ")
    edit("editions/overview.yaml", "Holm holds", "Holm of the DIY shop holds")

    found = problems()

    assert len(found) == 1
    assert 'warning[BG082]: nothing explains the abbreviation "DIY"' in found[0]
    assert found[0].startswith("data/bus-lanes/actors.yaml:")


def test_an_edition_may_use_what_its_reader_knows(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "Holm holds", "Holm of the DIY shop holds")
    edit("editions/overview.yaml", "knows: [HBC]", "knows: [HBC, DIY]")

    assert problems() == []


def test_a_term_explains_an_abbreviation(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "Holm holds", "Holm of the DIY shop holds")
    edit("terms.yaml", "- id:", "- id: diy\n  term: DIY\n\n- id:")

    assert problems() == []

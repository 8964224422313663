"""What a document says of its omissions, and of the evidence that it rests on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from briefgen.build.project import load_project
from briefgen.document.disclosure import disclose, evidence_used
from briefgen.document.locale import Locale
from briefgen.dossier.model import Dossier
from briefgen.edition.models import Edition
from briefgen.edition.tailor import Brief, Cut, tailor

PROJECT = Path(__file__).parents[1] / "projects" / "bus-lanes"


@lru_cache(maxsize=1)
def loaded() -> tuple[Dossier, Edition]:
    found = load_project(PROJECT).dossiers["bus-lanes"]
    return found.dossier, found.editions["overview"].edition


def brief_with(length: Any = "full", cuts: tuple[Cut, ...] = (), **choices: Any) -> Brief:
    dossier, edition = loaded()
    plain = edition.model_dump(exclude={"lens", "pin", "exclude", "at_most"})
    return tailor(dossier, Edition.model_validate(plain | choices), length, cuts)


def said(brief: Brief, locale: Locale) -> str:
    return " ".join(str(sentence.striptags()) for sentence in disclose(brief, locale).sentences)


def test_an_omission_comes_with_the_editions_own_reason(locale: Locale) -> None:
    brief = brief_with(exclude=[{"id": "no-money", "reason": "a matter for the county"}])

    assert "The weightiest omission is ‘" in said(brief, locale)
    assert said(brief, locale).endswith("’ (a matter for the county).")


def test_an_omission_without_a_reason_says_that_it_weighed_less(locale: Locale) -> None:
    brief = brief_with(at_most={"areas": 5, "obstacles": 4, "recommendations": 5})

    assert said(brief, locale).endswith("’ (given less weight).")


def test_what_there_was_no_room_for_is_said_to_be_so(locale: Locale) -> None:
    by_length = said(brief_with("brief"), locale)
    by_cut = said(brief_with(cuts=(Cut("areas", "trade", 3, 0),)), locale)

    assert by_length.count("(for want of room)") == 2
    assert by_cut.endswith("’ (for want of room).")


def test_a_hidden_record_is_disclosed_like_any_other(locale: Locale) -> None:
    brief = brief_with(lens={"obstacles": {"no-money": {"weight": 0}}})

    assert "4 of 5 obstacles" in said(brief, locale)
    assert said(brief, locale).endswith("’ (given less weight).")


def test_where_nothing_is_left_out_it_is_said(locale: Locale) -> None:
    assert said(brief_with(), locale) == "Nothing in the dossier is left out."


def test_the_evidence_is_counted_by_source_and_by_what_it_does(locale: Locale) -> None:
    brief = brief_with()
    dossier = brief.dossier
    claims = [name for name, claim in dossier.claims.items() if claim.evidence][:6]
    passages = [e for name in claims for e in dossier.claims[name].evidence]
    against = sum(e.role != "supports" for e in passages)

    text = evidence_used(brief, claims, locale)

    assert text.startswith(f"Of the {len(dossier.claims)} claims in the dossier it cites 6. ")
    assert f"They rest on {len(passages)} passages: " in text
    assert text.endswith(f"Of these, {against} contradict or qualify what is stated.")

"""What editors are told of the claims that need care."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from briefgen.document.model import Document

Compose = Callable[..., Document]


@pytest.fixture
def document(compose_edition: Compose) -> Document:
    return compose_edition("overview")


def test_exactly_the_claims_that_need_care_have_a_caution(
    document: Document, dossier: Path
) -> None:
    claims = {c["id"]: c for c in yaml.safe_load((dossier / "claims.yaml").read_text("utf-8"))}
    careful = {
        name
        for name in document.claims
        if claims[name].get("status", "current") != "current" or "review_by" in claims[name]
    }

    assert careful
    own = {name for name, found in document.cautions.items() if found[0].claim == name}
    assert own == careful


def test_a_caution_is_plain_text(document: Document) -> None:
    for caution in (c for cautions in document.cautions.values() for c in cautions):
        for text in (caution.statement, caution.note, *caution.passages):
            assert "[@" not in text
            assert "<" not in text
        assert caution.passages


def test_a_contested_claim_gives_both_sides(document: Document) -> None:
    contested = [
        c for cautions in document.cautions.values() for c in cautions if "contested" in c.kind
    ]

    assert contested
    assert any(p.startswith("Against:") for c in contested for p in c.passages)


def test_a_judgement_shares_the_doubt_of_what_it_rests_on(
    compose_edition: Compose, edit: Callable[[str, str, str], None]
) -> None:
    before = compose_edition("overview")
    judged = [g for g in before.ledger.claims if g.kind == "judgement" and g.id in before.claims]
    assert judged
    ground = judged[0].basis[0]
    assert ground == "minutes-before"

    doubtful = "- id: minutes-before\n  status: doubtful\n  note: Counted once only.\n"
    edit("claims.yaml", "- id: minutes-before\n", doubtful)
    after = compose_edition("overview")

    assert ground in {caution.claim for caution in after.cautions[judged[0].id]}


def test_a_day_of_review_is_told(document: Document) -> None:
    told = [c.review_by for cautions in document.cautions.values() for c in cautions if c.review_by]

    assert told
    assert all(text == "To be looked at again by July 2025." for text in told)

"""The ledger: printed texts, their claims and the evidence."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import etree

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.ledger import Ledger, Passage, ledger_json
from briefgen.document.ledger_of import passages_of
from briefgen.edition.tailor import tailor

PROJECT = Path(__file__).parents[1] / "projects" / "bus-lanes"


def passages(html: str) -> list[Passage]:
    return list(passages_of(etree.fromstring(f"<body>{html}</body>")))


def ledger(edition: str = "overview") -> Ledger:
    project = load_project(PROJECT)
    target = find_targets(project, [edition])[0]
    brief = tailor(target.dossier.dossier, target.edition, "full")
    return Engine(project).compose(brief).ledger


def test_a_passage_ends_at_its_note_and_the_note_follows_the_block() -> None:
    note = '<span class="footnote" data-claims="a b">Source.</span>'

    found = passages(f'<p data-field="areas/x/summary">One. Two.{note} Three.</p>')

    assert found == [
        Passage("areas/x/summary", "One. Two.", ("a", "b"), 1),
        Passage("areas/x/summary", "Three."),
        Passage("", "Source.", ("a", "b"), 1, is_note=True),
    ]


def test_another_field_in_the_same_block_is_another_passage() -> None:
    lead, text = '<strong data-field="m/lead">Lead.</strong>', "Text, <em>bent</em>."

    found = passages(f'<li>{lead} <span data-field="m/text">{text}</span></li>')

    assert found == [Passage("m/lead", "Lead."), Passage("m/text", "Text, bent.")]


def test_words_of_a_template_have_no_field() -> None:
    assert passages("<section><h2>Sources</h2></section>") == [Passage("", "Sources")]


def test_letters_cite_as_notes_do() -> None:
    found = passages('<p data-field="x">Text.<sup data-claims="a">a</sup></p>')

    assert found == [Passage("x", "Text.", ("a",))]


def test_drawings_are_no_text() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text>Label</text></svg>'

    assert passages(f"<figure>{drawing}<figcaption>Caption</figcaption></figure>") == [
        Passage("", "Caption")
    ]


def test_a_document_carries_the_evidence_of_every_claim_that_it_cites() -> None:
    found = ledger()

    cited = {name for passage in found.passages for name in passage.claims}
    known = {claim.id: claim for claim in found.claims}
    assert cited <= known.keys()
    assert all(claim.evidence or claim.basis for claim in found.claims)
    assert {name for claim in found.claims for name in claim.basis} <= known.keys()
    assert {e.source for c in found.claims for e in c.evidence} == {s.id for s in found.sources}


def test_the_json_holds_all_of_it_and_no_empty_keys() -> None:
    found = ledger()

    read = json.loads(ledger_json(found, {"edition": "overview"}))

    assert read["edition"] == "overview"
    assert len(read["passages"]) == len(found.passages)
    assert all(value not in (None, "", []) for claim in read["claims"] for value in claim.values())

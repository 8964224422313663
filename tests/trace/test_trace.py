"""Where the claims behind some words are cited: there, earlier in the paragraph, or beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from traceable import write_html

from briefgen.document.ledger import Ground, Ledger, Passage, ledger_json
from briefgen.trace.trace import trace_words

ABOUT = {
    "dossier": "d",
    "edition": "e",
    "length": "full",
    "version": "1.0",
    "issued": "2024",
}
MESSAGE = "editions/e/key_messages/first"
PASSAGES = (
    Passage("editions/e/title", "Edition title", ()),
    Passage(f"{MESSAGE}/lead", "Message lead", ()),
    Passage(f"{MESSAGE}/text", "Message text.", ("one",), 1),
    Passage("areas/lanes/title", "Area title", ()),
    Passage("areas/lanes/summary", "First sentence.", ("two",), 2),
    Passage("areas/lanes/summary", "Second sentence.", ()),
    Passage("editions/e/lens/areas/lanes/so_what", "Why it matters.", ("three",), 3),
    Passage("areas/lanes/short", "Label", ()),
    Passage("areas/bare/title", "Bare area", ()),
    Passage("", "Words of the layout", ()),
)
GROUNDS = tuple(
    Ground(name, "fact", "Statement.", "2024", "current", None, None, (), ())
    for name in ("one", "two", "three")
)


@pytest.mark.parametrize(
    ("words", "cited", "claims"),
    [
        ("Message text", "here", ["one"]),
        ("Message lead", "beside", ["one"]),
        ("First sentence", "here", ["two"]),
        ("Second sentence", "earlier", ["two"]),
        ("Area title", "beside", ["two", "three"]),
        ("Label", "beside", ["two", "three"]),
        ("Bare area", "here", []),
        ("Edition title", "here", []),
        ("Words of the layout", "here", []),
    ],
)
def test_claims_are_looked_for_where_the_words_stand_and_then_around(
    tmp_path: Path, words: str, cited: str, claims: list[str]
) -> None:
    ledger = ledger_json(Ledger(PASSAGES, GROUNDS, ()), ABOUT)
    file = write_html(tmp_path / "brief.html", ledger.decode())

    [place] = trace_words(file, words, tmp_path).places

    assert place.cited == cited
    assert [claim.ground.id for claim in place.claims] == claims

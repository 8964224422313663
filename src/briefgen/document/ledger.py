"""The ledger of a document: each printed text with its field, its claims and their evidence.

It travels with the artefact, so that a sentence can be traced to its passage by whoever holds the
file alone. Texts stand in it as they are printed, notes apart; docs/ledger.md gives its form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Passage:
    """A run of printed text that one note speaks for, or the text of a note; on one line."""

    field: str
    """`<kind>/<id>/<path>#<block>`; nothing where the layout or the program wrote it."""
    text: str
    claims: tuple[str, ...] = ()
    """Ids of the claims that its note cites."""
    note: int | None = None
    """Number of the note that speaks for it; of the note itself where `is_note`."""
    is_note: bool = False
    page: int | None = None
    """Page of the PDF on which it starts, from 1; only a PDF's ledger knows."""


@dataclass(frozen=True)
class Quote:
    """A passage of a source that a claim rests on, as the dossier records it."""

    source: str
    quote: str
    role: str
    credibility: int | None
    speaker: str | None
    occasion: str | None


@dataclass(frozen=True)
class Ground:
    """A claim that the document cites, or that one which it cites is inferred from."""

    id: str
    kind: str
    statement: str
    as_of: str
    status: str
    note: str | None
    why: str | None
    basis: tuple[str, ...]
    evidence: tuple[Quote, ...]


@dataclass(frozen=True)
class CitedSource:
    """A source of that evidence."""

    id: str
    citation: str
    """Full note, as plain text."""
    note: str
    url: str | None


@dataclass(frozen=True)
class Ledger:
    """What a document prints, and what it rests on."""

    passages: tuple[Passage, ...] = ()
    """In document order; a note follows the block that holds its mark."""
    claims: tuple[Ground, ...] = ()
    """In the order of first citation; what a judgement is inferred from follows it."""
    sources: tuple[CitedSource, ...] = ()
    """By id."""


def ledger_json(ledger: Ledger, about: Mapping[str, str]) -> bytes:
    """The ledger as JSON in UTF-8, as artefacts carry it; keys without a value are left out.

    `about` says of what: dossier, edition, layout, length, version, issued, data.
    Its own hash stands last.
    """
    whole = _filled({"ledger": 1, **about, **vars(ledger)})
    return _json({**whole, "sha256": ledger_digest(whole)})


def ledger_digest(whole: Mapping[str, Any]) -> str:
    """The hash of a ledger as JSON, but for the key that holds it.

    It tells a ledger that was edited together with the text, as by a search in a whole page.
    """
    rest = {key: value for key, value in whole.items() if key != "sha256"}
    return hashlib.sha256(_json(rest)).hexdigest()


def _json(whole: Mapping[str, Any]) -> bytes:
    # A ledger of anyone's may hold half of a character.
    return json.dumps(whole, ensure_ascii=False, indent=1).encode(errors="surrogatepass")


def _filled(value: Any) -> Any:
    """The value as JSON has it, without keys that say nothing."""
    if isinstance(value, Passage | Quote | Ground | CitedSource):
        value = vars(value)
    if isinstance(value, dict):
        return {key: _filled(v) for key, v in value.items() if v not in (None, "", (), [], False)}
    if isinstance(value, list | tuple):
        return [_filled(item) for item in value]
    return value

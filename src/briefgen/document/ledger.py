"""The ledger of a document: each printed text with its field, its claims and their evidence.

It travels with the artefact, so that a sentence can be traced to its passage by whoever holds the
file alone. Texts stand in it as they are printed, notes apart; docs/ledger.md gives its form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from lxml import etree
from markupsafe import Markup

from briefgen.document.citations import full_note
from briefgen.document.locale import Locale
from briefgen.document.vocabulary import INLINE, SVG
from briefgen.dossier.evidence import Claim
from briefgen.dossier.model import Dossier


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

    `about` says of what: dossier, edition, length, version, issued.
    """
    whole = {"ledger": 1, **about, **asdict(ledger)}
    return json.dumps(_filled(whole), ensure_ascii=False, indent=1).encode()


def _filled(value: Any) -> Any:
    """The value without keys that say nothing."""
    if isinstance(value, dict):
        return {key: _filled(v) for key, v in value.items() if v not in (None, "", (), [], False)}
    if isinstance(value, list | tuple):
        return [_filled(item) for item in value]
    return value


def ledger_of(tree: etree._Element, dossier: Dossier, locale: Locale) -> Ledger:
    """The ledger of an annotated document."""
    cited = [name for mark in tree.iter() for name in mark.get("data-claims", "").split()]
    claims = [dossier.claims[name] for name in with_basis(cited, dossier)]
    names = sorted({evidence.source for claim in claims for evidence in claim.evidence})
    body = tree.find("body")
    return Ledger(
        passages=() if body is None else tuple(passages_of(body)),
        claims=tuple(map(_ground, claims)),
        sources=tuple(_source(name, dossier, locale) for name in names),
    )


def with_basis(names: Iterable[str], dossier: Dossier) -> dict[str, None]:
    """The claims and, behind each, those that it is inferred from."""
    found: dict[str, None] = {}
    waiting = list(names)[::-1]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += reversed(dossier.claims[name].basis)
    return found


def _ground(claim: Claim) -> Ground:
    return Ground(
        claim.id,
        claim.kind,
        claim.statement,
        claim.as_of,
        claim.status,
        claim.note,
        claim.why,
        claim.basis,
        tuple(
            Quote(e.source, e.quote, e.role, e.credibility, e.speaker, e.occasion)
            for e in claim.evidence
        ),
    )


def _source(name: str, dossier: Dossier, locale: Locale) -> CitedSource:
    source = dossier.sources[name]
    citation = Markup(full_note(source, locale)).striptags()
    return CitedSource(name, citation, source.note, source.url)


def passages_of(body: etree._Element) -> Iterator[Passage]:
    """The printed texts in and under an element, drawings excepted."""
    numbers = {mark: n for n, mark in enumerate(filter(_is_note, body.iter("span")), start=1)}
    for block in body.iter():
        if _is_block(block):
            yield from _Reading(block, numbers).passages()


def _is_note(element: etree._Element) -> bool:
    return element.get("class") == "footnote"


def _is_block(element: etree._Element) -> bool:
    """Whether text or inline elements stand right in it."""
    if element.tag in INLINE or str(element.tag).startswith(SVG):
        return False
    texts = (element.text, *(child.tail for child in element))
    return any(text and text.strip() for text in texts) or any(c.tag in INLINE for c in element)


@dataclass
class _Reading:
    """One block while it is read."""

    block: etree._Element
    numbers: dict[etree._Element, int]
    _found: list[Passage] = field(default_factory=list)
    _notes: list[Passage] = field(default_factory=list)
    _text: str = ""
    _field: str = ""

    def passages(self) -> list[Passage]:
        """The texts of the block, then those of its notes."""
        around = (self.block, *self.block.iterancestors())
        self._field = next(filter(None, (e.get("data-field") for e in around)), "")
        self._read(self.block, self._field)
        self._close()
        return self._found + self._notes

    def _read(self, element: etree._Element, own: str) -> None:
        self._add(element.text, own)
        for child in element:
            if child.tag not in INLINE:
                continue
            if child.get("data-claims") is not None:
                self._cite(child)
            else:
                self._read(child, child.get("data-field") or own)
            self._add(child.tail, own)

    def _add(self, text: str | None, own: str) -> None:
        if text and own != self._field and text.strip():
            self._close()
        if text and (text.strip() or self._text):
            self._field = own if text.strip() else self._field
            self._text += text

    def _cite(self, mark: etree._Element) -> None:
        claims = tuple(mark.get("data-claims", "").split())
        number = self.numbers.get(mark)
        self._close(claims, number)
        if number is not None:
            text = " ".join("".join(map(str, mark.itertext())).split())
            self._notes.append(Passage("", text, claims, number, is_note=True))

    def _close(self, claims: tuple[str, ...] = (), number: int | None = None) -> None:
        if text := " ".join(self._text.split()):
            self._found.append(Passage(self._field, text, claims, number))
        self._text = ""

"""The ledger of a composed document, read off its tree and the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree
from markupsafe import Markup

from briefgen.document.citations import full_note
from briefgen.document.ledger import CitedSource, Ground, Ledger, Passage, Quote
from briefgen.document.locale import Locale
from briefgen.document.vocabulary import INLINE, SVG
from briefgen.dossier.evidence import Claim
from briefgen.dossier.model import Dossier


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
        if name in dossier.claims and name not in found:  # data with mistakes can be compared
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

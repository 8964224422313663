"""Notes: what a citation of claims says at the foot of the page.

Notes are written in document order after the whole tree is there, because a source stands in
full at its first note and short from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree
from markupsafe import Markup, escape

from briefgen.document.citations import full_note, short_entry, short_note
from briefgen.document.locale import Locale
from briefgen.document.prose import render_inline
from briefgen.dossier.evidence import Claim, Role
from briefgen.dossier.model import Dossier
from briefgen.dossier.prose import CITATION, sentences
from briefgen.dossier.rules import disputes, later_than, successors

DEEPEST_BASIS = 4
JUDGED = ("so_what", "bottom_line", "caveat")
"""Fields in which an edition says what facts mean for its reader."""
Judged = Literal["judgement", "partly"] | None
"""How far a sentence is our own judgement; the word for it in the locale."""
REMARKED = ("contested", "doubtful", "superseded", "expired")


@dataclass(frozen=True)
class Ground:
    """What decides the words of a note."""

    sources: frozenset[str]
    against: frozenset[str]
    judged: Judged


class NoteWriter:
    """Writes the notes of one document and remembers what was cited."""

    def __init__(self, dossier: Dossier, locale: Locale) -> None:
        self._dossier = dossier
        self._locale = locale
        self.sources: dict[str, None] = {}
        """Ids of the sources cited so far, in order."""
        self.claims: dict[str, None] = {}
        """Ids of the claims cited so far, in order."""
        self._remarked: set[str] = set()
        self._disputes = disputes(dossier)
        self._successors = successors(dossier)

    def write(self, mark: etree._Element) -> None:
        """Fill the note mark's element with the note on the claims that it names."""
        claims = self._cited(mark)
        citations = self._citations(claims, self._judged(mark, claims))
        parts = [_closed(citations) if citations else Markup(), *self._remarks(claims)]
        note = _capitalised(Markup(" ").join(part for part in parts if part))
        filled = etree.fromstring(f"<span>{note}</span>")
        mark.text = filled.text
        mark.extend(filled)

    def cite_in_short(self, mark: etree._Element) -> tuple[list[int], list[Markup]]:
        """Where only letters stand: the numbers of the sources, from 0, and what must be said.

        A source has the number of its first citation in the document.
        """
        claims = self._cited(mark)
        cited = self._sources(claims, "supports", "qualifies")
        self.sources.update(dict.fromkeys(cited))
        known = list(self.sources)
        return sorted(known.index(source) for source in cited), self._remarks(claims)

    def key(self) -> list[Markup]:
        """The sources cited so far as a key gives them: author, short title, date."""
        sources = [self._dossier.sources[name] for name in self.sources]
        return [short_entry(source, self._locale) for source in sources]

    def _cited(self, mark: etree._Element) -> list[Claim]:
        """The claims that a mark names, which count as used from now on."""
        names = mark.get("data-claims", "").split()
        self.claims.update(dict.fromkeys(names))
        return [self._dossier.claims[name] for name in names]

    def ground_of(self, mark: etree._Element) -> Ground:
        """What the claims of a note mark rest on."""
        claims = [self._dossier.claims[name] for name in mark.get("data-claims", "").split()]
        return Ground(
            frozenset(self._sources(claims, "supports", "qualifies")),
            frozenset(self._sources(claims, "contradicts")),
            self._judged(mark, claims),
        )

    def _judged(self, mark: etree._Element, claims: list[Claim]) -> Judged:
        """How far the sentence is a judgement: inferred in the dossier, or the edition's own."""
        fields = (element.get("data-field", "") for element in mark.iterancestors())
        field = next((field for field in fields if field), "")
        kinds = {claim.kind == "judgement" for claim in claims}
        if field.rpartition("/")[2] in JUDGED or kinds == {True}:
            return "judgement"
        return "partly" if True in kinds else None

    def _citations(self, claims: list[Claim], judged: Judged) -> Markup:
        supporting = self._sources(claims, "supports", "qualifies")
        contradicting = self._sources(self._one_sided(claims), "contradicts")
        cited = Markup("; ").join(self._cite(source) for source in supporting)
        if judged and cited:
            cited = self._words(judged).format(sources=cited)
        for source in contradicting:
            if source not in supporting:
                cited += Markup("; ") + self._words("against").format(source=self._cite(source))
        return cited

    def _one_sided(self, claims: list[Claim]) -> list[Claim]:
        """The claims whose other side the sentence does not give itself."""
        cited = {claim.id for claim in claims}
        return [c for c in claims if cited.isdisjoint(self._disputes.get(c.id, ()))]

    def _words(self, key: str) -> Markup:
        return escape(self._locale.notes[key])

    def _sources(self, claims: list[Claim], *roles: Role) -> list[str]:
        found: dict[str, None] = {}
        for claim in claims:
            for ground in self._grounds(claim):
                found |= {e.source: None for e in ground.evidence if e.role in roles}
        return list(found)

    def _grounds(self, claim: Claim, depth: int = 0) -> list[Claim]:
        """The claim itself, or for a judgement the claims that it is inferred from."""
        if claim.kind != "judgement" or depth > DEEPEST_BASIS:
            return [claim]
        basis = [self._dossier.claims[name] for name in claim.basis]
        return [ground for claim in basis for ground in self._grounds(claim, depth + 1)]

    def _cite(self, source_id: str) -> Markup:
        source = self._dossier.sources[source_id]
        first = source_id not in self.sources
        self.sources[source_id] = None
        return full_note(source, self._locale) if first else short_note(source, self._locale)

    def _remarks(self, claims: list[Claim]) -> list[Markup]:
        """What a careful reader must know of a claim's status, once in a document.

        Nothing where the sentence says it itself, by citing the other side or the successor. Of
        what a judgement is inferred from, only doubtful claims are remarked on: one that rests on
        a doubt shares it, while one that weighs two sides has contested claims for its subject.
        """
        below = {ground.id: ground for claim in claims for ground in self._below(claim)}
        doubtful = [ground for ground in below.values() if ground.status == "doubtful"]
        looked_at = {claim.id: claim for claim in (*claims, *doubtful)}
        cited = {claim.id for claim in claims}
        known = cited | below.keys()
        remarks = []
        for name, claim in looked_at.items():
            told_by = cited if name in cited else known
            others = (*self._disputes.get(name, ()), *self._newer(name))
            is_told = not told_by.isdisjoint(others)
            if claim.status in REMARKED and name not in self._remarked and not is_told:
                self._remarked.add(name)
                words = claim.status if name in cited else "doubtful_ground"
                remarks.append(_closed(self._words(words).format(note=_remark(claim))))
        return list(dict.fromkeys(remarks))

    def _newer(self, name: str) -> tuple[str, ...]:
        return later_than(name, self._successors)

    def _below(self, claim: Claim, depth: int = 0) -> Iterator[Claim]:
        """The claims that a judgement is inferred from, directly or by way of others."""
        if claim.kind == "judgement" and depth <= DEEPEST_BASIS:
            for name in claim.basis:
                ground = self._dossier.claims[name]
                yield ground
                yield from self._below(ground, depth + 1)


def _capitalised(note: Markup) -> Markup:
    """The note with a capital at its start, also for a name with a small particle (CMOS 8.5)."""
    return Markup(note[:1].upper()) + note[1:]


def _closed(part: Markup) -> Markup:
    """The part with a full stop, unless it ends in a stop already."""
    return part if part.striptags().endswith((".", "?", "!", "…")) else part + Markup(".")


def _remark(claim: Claim) -> Markup:
    """The first sentence of the claim's note, without its citations and its full stop.

    The others tell those who write with the claim what to make of it.
    """
    first = sentences(claim.note or "")[0]
    plain = re.sub(r"\s*" + CITATION.pattern, "", first).rstrip().removesuffix(".")
    return render_inline(plain, f"claims/{claim.id}/note") if plain else Markup()

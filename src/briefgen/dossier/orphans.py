"""Loose ends: records that nothing uses, actors without a position, witnesses that are one.

All of these are warnings: the data is right, but a reader or a brief gains nothing from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from briefgen.dossier.base import PlainText, RefTo
from briefgen.dossier.fields import marked_fields
from briefgen.dossier.load import Reading
from briefgen.dossier.model import KINDS, Dossier
from briefgen.dossier.prose import cited_claims
from briefgen.dossier.references import targets
from briefgen.dossier.rules import witnesses
from briefgen.problems import Problem

CONFIRMED = 1
"""The credibility of what independent sources confirm."""


def check_orphans(reading: Reading, editions: Iterable[BaseModel]) -> Iterator[Problem]:
    """Warnings about loose ends of a dossier that has no errors."""
    dossier, others = reading.dossier, tuple(editions)
    yield from _check_used(dossier, others)
    yield from _check_terms(dossier, others)
    yield from _check_positions(dossier)
    yield from _check_areas(dossier)
    yield from _check_lists(dossier)
    yield from _check_witnesses(dossier)


def _warning(dossier: Dossier, kind: str, name: str, code: str, words: tuple[str, str]) -> Problem:
    return Problem(dossier.place(kind, name, ("id",)), code, *words, severity="warning")


def _check_used(dossier: Dossier, editions: tuple[BaseModel, ...]) -> Iterator[Problem]:
    quoted = {e.source for claim in dossier.claims.values() for e in claim.evidence}
    for name in dossier.sources:
        if name not in quoted:
            words = f'no claim quotes the source "{name}"', "quote it in a claim, or remove it"
            yield _warning(dossier, "sources", name, "BG070", words)
    used = _reached(dossier, editions)
    for name in dossier.claims:
        if name not in used:
            words = (
                f'no area, obstacle, other record or edition uses the claim "{name}"',
                "list it under `claims` of the record that it bears on, or remove it",
            )
            yield _warning(dossier, "claims", name, "BG070", words)


def _reached(dossier: Dossier, editions: tuple[BaseModel, ...]) -> set[str]:
    """Ids that a record shown to readers refers to, directly or by way of claims.

    A claim that only other claims know of reaches nobody; one that contradicts or replaces a
    claim in use is shown beside it.
    """
    links = {claim.id: set(targets(claim)) for claim in dossier.claims.values()}
    for claim in dossier.claims.values():
        for other in (*claim.conflicts_with, *claim.supersedes):
            links.setdefault(other, set()).add(claim.id)
    shown = [
        record for kind in KINDS if kind != "claims" for record in dossier.records(kind).values()
    ]
    waiting = {target for model in (*shown, *editions) for target in targets(model)}
    reached: set[str] = set()
    while waiting:
        reached |= waiting
        waiting = {n for name in waiting for n in links.get(name, ())} - reached
    return reached


def _check_terms(dossier: Dossier, editions: tuple[BaseModel, ...]) -> Iterator[Problem]:
    records = (r for kind in KINDS if kind != "terms" for r in dossier.records(kind).values())
    models = (dossier.about, *records, *editions)
    texts = (
        f.text for m in models for f in marked_fields(m, (PlainText,)) if f.path[-1] != "quote"
    )
    words = "\n".join(texts)
    for term in dossier.terms.values():
        if not re.search(rf"(?<![\w-]){re.escape(term.term)}(?!\w)", words):
            words_of_it = f'no text uses the term "{term.term}"', "remove it"
            yield _warning(dossier, "terms", term.id, "BG070", words_of_it)


def _check_positions(dossier: Dossier) -> Iterator[Problem]:
    for actor in dossier.actors.values():
        if not actor.positions:
            what = f'the actor "{actor.id}" has no position'
            mend = "add one with its claim, `stance: unstated` where the sources do not say"
            yield _warning(dossier, "actors", actor.id, "BG071", (what, mend))


def _check_areas(dossier: Dossier) -> Iterator[Problem]:
    hindered = {area for obstacle in dossier.obstacles.values() for area in obstacle.affects}
    for area in dossier.areas:
        if area not in hindered:
            what, mend = f'no obstacle affects the area "{area}"', "name it in `affects` of one"
            yield _warning(dossier, "areas", area, "BG072", (what, mend))


def _check_lists(dossier: Dossier) -> Iterator[Problem]:
    """What a record cites stands in its list of claims, so that both ways lead to the evidence."""
    for kind in ("areas", "obstacles", "recommendations", "instruments", "milestones", "tables"):
        for record in dossier.records(kind).values():
            listed = set(getattr(record, "claims", ()))
            for field in marked_fields(record):
                if isinstance(field.mark, RefTo):
                    continue
                for name in dict.fromkeys(n for _, n in cited_claims(field.text)):
                    if name not in listed:
                        yield Problem(
                            dossier.places[kind, record.id].of_citation(field.path, name),
                            "BG073",
                            f'"{record.id}" cites the claim "{name}", but does not list it',
                            "add it to `claims` of the record",
                            "warning",
                        )
                        listed.add(name)


def _check_witnesses(dossier: Dossier) -> Iterator[Problem]:
    """Passages graded as confirmed by sources that lean on the same origin."""
    for claim in dossier.claims.values():
        confirmed = [
            (i, evidence.source)
            for i, evidence in enumerate(claim.evidence)
            if evidence.credibility == CONFIRMED and evidence.role == "supports"
        ]
        names = tuple(dict.fromkeys(source for _, source in confirmed))
        if len(names) > 1 and len(witnesses(dossier, names)) == 1:
            yield Problem(
                dossier.place("claims", claim.id, ("evidence", confirmed[0][0], "credibility")),
                "BG074",
                f'"{claim.id}" is graded as confirmed, but {" and ".join(names)} lean on the same '
                "origin",
                "grade it 2, or add a witness that is independent of them",
                "warning",
            )

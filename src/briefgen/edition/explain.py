"""Explain: why a brief shows this and leaves out that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefgen.dossier.base import CHOSEN
from briefgen.dossier.records import Area, Obstacle, Recommendation
from briefgen.edition.tailor import Brief, Why, most_of, rank, weight_of


@dataclass(frozen=True)
class Explanation:
    """What an edition makes of a record at a length, and why."""

    kind: str
    id: str
    title: str
    """In the edition's wording."""
    place: int
    """Its rank among all records of its kind, from 1."""
    is_pinned: bool
    weight: int
    """The edition's, 0 to 5; 1 where it says nothing."""
    is_weighed: bool
    """Whether the edition says anything of the record."""
    level: str | None
    """Severity of an obstacle, impact of a recommendation."""
    why_not: Why | None
    """What keeps it out; None where it is shown."""
    reason: str | None
    """The edition's reason for excluding it (prose)."""
    tier: int
    """How much is shown: 0 nothing, 1 title and so-what, 2 and summary, 3 and body."""
    was: int
    """How much would be shown if the page budget did not ask for cuts."""


def explain(brief: Brief) -> tuple[Explanation, ...]:
    """Every area, obstacle and recommendation of the dossier, by kind, in the edition's order."""
    return tuple(found for kind in CHOSEN for found in _of_kind(kind, brief))


def allowed(kind: str, brief: Brief) -> int:
    """How many records of a kind the brief may show."""
    return most_of(kind, brief.edition, brief.length)


def _of_kind(kind: str, brief: Brief) -> Iterator[Explanation]:
    edition = brief.edition
    lenses = getattr(edition.lens, kind)
    shown = {chosen.record.id: chosen.tier for chosen in getattr(brief, kind)}
    left = {out.record.id: out for out in brief.left_out}
    was = {cut.id: cut.was for cut in brief.cuts if cut.kind == kind}
    records: list[Any] = list(brief.dossier.records(kind).values())
    for place, record in enumerate(rank(records, lenses, edition), start=1):
        lens = lenses.get(record.id)
        out = left.get(record.id)
        tier = shown.get(record.id, 0)
        yield Explanation(
            kind=kind,
            id=record.id,
            title=(lens and lens.text.title) or record.title,
            place=place,
            is_pinned=record.id in edition.pin,
            weight=weight_of(record, lenses),
            is_weighed=lens is not None,
            level=_level(record),
            why_not=out.why if out else None,
            reason=out.reason if out else None,
            tier=tier,
            was=was.get(record.id, tier),
        )


def _level(record: Area | Obstacle | Recommendation) -> str | None:
    if isinstance(record, Obstacle):
        return f"severity {record.severity.level}"
    if isinstance(record, Recommendation):
        return f"impact {record.impact.level}"
    return None

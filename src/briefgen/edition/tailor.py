"""Tailor: choose and order a dossier's records as an edition asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefgen.dossier.base import LEVELS
from briefgen.dossier.model import Dossier
from briefgen.dossier.records import Area, Obstacle, Recommendation
from briefgen.edition.models import Edition, Length, Lens, RecommendationLens

R = TypeVar("R", Area, Obstacle, Recommendation)
L = TypeVar("L", Lens, RecommendationLens)

TIERS: Mapping[Length, int] = {"one-page": 1, "brief": 2, "full": 3}
"""How much of a record is shown: 1 title and so-what, 2 and summary, 3 and body."""
IN_FULL_FROM = 4
"""The weight from which on a record may show its body; a pinned one always may."""


@dataclass(frozen=True)
class Chosen(Generic[R]):
    """A record that the brief shows, with what the edition says about it."""

    record: R
    lens: Lens | RecommendationLens
    tier: int
    """How much of it is shown, 1 to 3 (see `TIERS`)."""


@dataclass(frozen=True)
class LeftOut:
    """A record that the brief does not show."""

    kind: str
    record: Area | Obstacle | Recommendation
    reason: str | None
    """The edition's reason (prose); None where it merely ranked too low."""


@dataclass(frozen=True)
class Brief:
    """A dossier seen through an edition: ordered records, no format."""

    dossier: Dossier
    edition: Edition
    length: Length
    areas: tuple[Chosen[Area], ...]
    obstacles: tuple[Chosen[Obstacle], ...]
    recommendations: tuple[Chosen[Recommendation], ...]
    left_out: tuple[LeftOut, ...]
    """All that is not shown, the weightiest first."""

    @property
    def tier(self) -> int:
        """How much of each record is shown, 1 to 3."""
        return TIERS[self.length]


def tailor(dossier: Dossier, edition: Edition, length: Length) -> Brief:
    """The records that the edition shows, in its order, and those that it leaves out.

    Order: pins, then the edition's weight, then severity or impact, then id.
    """
    lens, most = edition.lens, edition.at_most
    areas, no_areas = _choose(
        dossier.areas.values(), lens.areas, Lens(), edition, most.areas, length
    )
    obstacles, no_obstacles = _choose(
        dossier.obstacles.values(), lens.obstacles, Lens(), edition, most.obstacles, length
    )
    steps, no_steps = _choose(
        dossier.recommendations.values(),
        lens.recommendations,
        RecommendationLens(),
        edition,
        most.recommendations,
        length,
    )
    left_out = (
        *_left_out("areas", no_areas, edition),
        *_left_out("obstacles", no_obstacles, edition),
        *_left_out("recommendations", no_steps, edition),
    )
    return Brief(dossier, edition, length, areas, obstacles, steps, left_out)


def strength(record: Area | Obstacle | Recommendation) -> int:
    """What a record weighs of itself: severity of an obstacle, impact of a recommendation."""
    if isinstance(record, Obstacle):
        return LEVELS[record.severity.level]
    if isinstance(record, Recommendation):
        return LEVELS[record.impact.level]
    return 0


def weight(lens: Lens) -> int:
    """The edition's weight of a record, 1 where it says nothing."""
    return 1 if lens.weight is None else lens.weight


def _choose(
    records: Iterable[R],
    lenses: Mapping[str, L],
    plain: L,
    edition: Edition,
    at_most: int,
    length: Length,
) -> tuple[tuple[Chosen[R], ...], list[R]]:
    excluded = {exclusion.id for exclusion in edition.exclude}
    pins = {pinned: i for i, pinned in enumerate(edition.pin)}

    def weight_of(record: R) -> int:
        return weight(lenses.get(record.id, plain))

    def rank(record: R) -> tuple[int, int, int, str]:
        return pins.get(record.id, len(pins)), -weight_of(record), -strength(record), record.id

    def tier(record: R) -> int:
        in_full = record.id in pins or weight_of(record) >= IN_FULL_FROM
        return min(TIERS[length], TIERS["full"] if in_full else TIERS["brief"])

    ranked = sorted(records, key=rank)
    allowed = [
        record
        for record in ranked
        if record.id not in excluded and (record.id in pins or weight_of(record) > 0)
    ]
    shown = allowed[:at_most]
    chosen = tuple(Chosen(record, lenses.get(record.id, plain), tier(record)) for record in shown)
    ids = {record.id for record in shown}
    return chosen, [record for record in ranked if record.id not in ids]


def _left_out(
    kind: str, records: Iterable[Area | Obstacle | Recommendation], edition: Edition
) -> list[LeftOut]:
    reasons = {exclusion.id: exclusion.reason for exclusion in edition.exclude}
    # The weightiest first: what the dossier knows most about, and what is most severe.
    by_weight = sorted(records, key=lambda r: (-strength(r), -len(r.claims), r.id))
    return [LeftOut(kind, record, reasons.get(record.id)) for record in by_weight]

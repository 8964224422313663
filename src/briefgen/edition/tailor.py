"""Tailor: choose and order a dossier's records as an edition asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from briefgen.dossier.base import LEVELS, Record
from briefgen.dossier.model import Dossier
from briefgen.dossier.records import Area, Obstacle, Recommendation
from briefgen.edition.lengths import LENGTHS, LengthRule
from briefgen.edition.models import (
    Edition,
    Figure,
    KeyMessage,
    Length,
    Lens,
    RecommendationLens,
    SectionName,
)

R = TypeVar("R", Area, Obstacle, Recommendation)
L = TypeVar("L", Lens, RecommendationLens)

UNWEIGHED = 1
"""The weight of a record of which the edition says nothing."""
IN_FULL_FROM = 4
"""The weight from which on a record may show its body; a pinned one always may."""

Why = Literal["excluded", "no weight", "rank", "length", "cut"]
"""Why a record is left out: excluded with a reason, given a weight of 0, ranked behind what
`at_most` allows, behind what the length allows, or cut to meet the page budget."""


@dataclass(frozen=True, order=True)
class Cut:
    """Something that is shown shorter, or not at all, to meet the page budget."""

    kind: str
    """areas, obstacles, recommendations, messages or figures."""
    id: str
    was: int
    """The tier before: 1 to 3; for messages and figures 1."""
    tier: int
    """The tier that is left; 0 is nothing."""


@dataclass(frozen=True)
class Chosen(Generic[R]):
    """A record that the brief shows, with what the edition says about it."""

    record: R
    lens: Lens | RecommendationLens
    tier: int
    """How much of it is shown: 1 title and so-what, 2 and summary, 3 and body."""


@dataclass(frozen=True)
class LeftOut:
    """A record that the brief does not show."""

    kind: str
    record: Area | Obstacle | Recommendation
    reason: str | None
    """The edition's reason (prose), where it gives one."""
    why: Why
    """What kept it out."""


@dataclass(frozen=True)
class Brief:
    """A dossier seen through an edition: ordered records, no format."""

    dossier: Dossier
    edition: Edition
    length: Length
    messages: tuple[KeyMessage, ...]
    areas: tuple[Chosen[Area], ...]
    obstacles: tuple[Chosen[Obstacle], ...]
    recommendations: tuple[Chosen[Recommendation], ...]
    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]
    """All records that are not shown, the weightiest of each kind first."""
    cuts: tuple[Cut, ...] = ()
    """What was shortened or left out to meet the page budget, in the order of cutting."""

    @property
    def rule(self) -> LengthRule:
        """What its length allows."""
        return LENGTHS[self.length]

    @property
    def sections(self) -> tuple[SectionName, ...]:
        """The edition's sections that this length has."""
        return tuple(name for name in self.edition.sections if name not in self.rule.without)


def tailor(dossier: Dossier, edition: Edition, length: Length, cuts: Iterable[Cut] = ()) -> Brief:
    """The records that the edition shows, in its order, and those that it leaves out.

    Order: pins, then the edition's weight, then severity or impact, then id. `cuts` shorten
    what would be shown; see `fit.py` for how they are chosen.
    """
    cuts = tuple(cuts)
    choice = _Choice(edition, length, {(cut.kind, cut.id): cut.tier for cut in cuts})
    lens = edition.lens
    areas, no_areas = choice.of("areas", dossier.areas.values(), lens.areas, Lens())
    obstacles, no_obstacles = choice.of(
        "obstacles", dossier.obstacles.values(), lens.obstacles, Lens()
    )
    steps, no_steps = choice.of(
        "recommendations",
        dossier.recommendations.values(),
        lens.recommendations,
        RecommendationLens(),
    )
    return Brief(
        dossier,
        edition,
        length,
        choice.first("messages", edition.key_messages),
        areas,
        obstacles,
        steps,
        choice.first("figures", edition.figures),
        (*no_areas, *no_obstacles, *no_steps),
        cuts,
    )


def strength(record: Area | Obstacle | Recommendation) -> int:
    """What a record weighs of itself: severity of an obstacle, impact of a recommendation."""
    if isinstance(record, Obstacle):
        return LEVELS[record.severity.level]
    if isinstance(record, Recommendation):
        return LEVELS[record.impact.level]
    return 0


def weight(lens: Lens) -> int:
    """The edition's weight of a record, 1 where it says nothing."""
    return UNWEIGHED if lens.weight is None else lens.weight


def weight_of(record: Record, lenses: Mapping[str, Lens]) -> int:
    """The weight of a record of a kind, by the edition's lenses for that kind."""
    lens = lenses.get(record.id)
    return UNWEIGHED if lens is None else weight(lens)


def rank(records: Iterable[R], lenses: Mapping[str, Lens], edition: Edition) -> list[R]:
    """The records of one kind in the edition's order, those that it leaves out too."""
    pins = {pinned: i for i, pinned in enumerate(edition.pin)}

    def key(record: R) -> tuple[int, int, int, str]:
        place = pins.get(record.id, len(pins))
        return place, -weight_of(record, lenses), -strength(record), record.id

    return sorted(records, key=key)


def most_of(kind: str, edition: Edition, length: Length) -> int:
    """How many records of a kind the edition shows at a length, at the most."""
    asked: int = getattr(edition.at_most, kind)
    return min(asked, LENGTHS[length].at_most.get(kind, asked))


I = TypeVar("I", KeyMessage, Figure)  # noqa: E741 - an item with an id


@dataclass(frozen=True)
class _Choice:
    """How an edition chooses at one length."""

    edition: Edition
    length: Length
    tiers: Mapping[tuple[str, str], int]
    """What is left of each thing that was cut, by kind and id."""

    def first(self, kind: str, items: tuple[I, ...]) -> tuple[I, ...]:
        """As many of the items as the length allows, without those that were cut."""
        allowed = items[: LENGTHS[self.length].at_most.get(kind, len(items))]
        return tuple(item for item in allowed if self.tiers.get((kind, item.id), 1) > 0)

    def of(
        self, kind: str, records: Iterable[R], lenses: Mapping[str, L], plain: L
    ) -> tuple[tuple[Chosen[R], ...], list[LeftOut]]:
        """The records of one kind that are shown, and the others, the weightiest first."""
        ranked = rank(records, lenses, self.edition)
        why = self._why_not(kind, ranked, lenses)
        chosen = tuple(
            Chosen(record, lenses.get(record.id, plain), self._tier(kind, record, lenses))
            for record in ranked
            if record.id not in why
        )
        reasons = {exclusion.id: exclusion.reason for exclusion in self.edition.exclude}
        left = [
            LeftOut(kind, record, reasons.get(record.id), why[record.id])
            for record in ranked
            if record.id in why
        ]
        # The weightiest first: what is most severe, and what the dossier knows most about.
        left.sort(key=lambda out: (-strength(out.record), -len(out.record.claims), out.record.id))
        return chosen, left

    def _why_not(self, kind: str, ranked: list[R], lenses: Mapping[str, L]) -> dict[str, Why]:
        """What keeps records out, by their ids."""
        edition = self.edition
        why: dict[str, Why] = {
            record.id: "no weight"
            for record in ranked
            if weight_of(record, lenses) == 0 and record.id not in edition.pin
        }
        why |= dict.fromkeys((exclusion.id for exclusion in edition.exclude), "excluded")
        wanted = [record for record in ranked if record.id not in why]
        asked: int = getattr(edition.at_most, kind)
        allowed = most_of(kind, edition, self.length)
        why |= {record.id: "length" for record in wanted[allowed:asked]}
        why |= {record.id: "rank" for record in wanted[asked:]}
        cut = (record for record in wanted[:allowed] if self.tiers.get((kind, record.id)) == 0)
        return why | {record.id: "cut" for record in cut}

    def _tier(self, kind: str, record: R, lenses: Mapping[str, L]) -> int:
        may_be_full = record.id in self.edition.pin or weight_of(record, lenses) >= IN_FULL_FROM
        most = min(LENGTHS[self.length].tier, 3 if may_be_full else 2)
        return min(most, self.tiers.get((kind, record.id), most))

"""What a comparison of two briefs holds: plain values, ready for a table, a page or JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["shared", "reframed", "opposite", "only_a", "only_b"]
"""What became of a record: as it is on both sides; in other words or with other facts; endorsed
or adapted by one side and opposed by the other; shown by one side only."""


@dataclass(frozen=True)
class Side:
    """One of the two briefs: what it is and whom it serves."""

    dossier: str
    dossier_title: str
    edition: str
    revision: str | None
    """The git revision as it was asked for; None for the data as it is now."""
    label: str
    title: str
    version: str
    issued: str
    """Date of issue (EDTF)."""
    as_of: str
    """The date to which the evidence reaches (EDTF)."""
    length: str
    audience: str
    question: str
    stance: str
    """neutral, perspective, sceptic or advocate."""

    @property
    def name(self) -> str:
        """As on the command line: "india" or "india@v1.0"."""
        return self.edition if self.revision is None else f"{self.edition}@{self.revision}"


@dataclass(frozen=True)
class Wording:
    """One field on both sides; None where a side does not have it.

    Of a list that is not the same on both sides, each holds the items that the other lacks.
    """

    field: str
    a: str | None
    b: str | None

    @property
    def differs(self) -> bool:
        """Whether the two sides say different things."""
        return self.a != self.b


@dataclass(frozen=True)
class Message:
    """A key message with its place among them, counted from 1."""

    id: str
    place: int
    lead: str
    text: str
    counter: str | None


@dataclass(frozen=True)
class MessagePair:
    """A message of each side; None where a side has none to set beside the other's."""

    a: Message | None
    b: Message | None


@dataclass(frozen=True)
class Placement:
    """What one side makes of a record."""

    title: str | None
    """In the side's wording; None where its dossier has no such record."""
    rank: int | None = None
    """Place among the records of its kind, from 1; None where the side does not show it."""
    of: int = 0
    """How many of its kind the side shows."""
    tier: int | None = None
    """How much is shown: 1 title and so-what, 2 and summary, 3 and body."""
    position: str | None = None
    """Of a recommendation that is shown: endorse, adapt or oppose."""
    reason: str | None = None
    """Why the side excludes it, where it says so."""


@dataclass(frozen=True)
class ComparedRecord:
    """An area, obstacle or recommendation that at least one side shows."""

    kind: str
    id: str
    outcome: Outcome
    a: Placement
    b: Placement
    wordings: tuple[Wording, ...]
    """The fields that differ; none where only one side shows the record."""

    @property
    def title(self) -> str:
        """The record's title in a side's wording, by preference of one that shows it."""
        sides = sorted((self.a, self.b), key=lambda side: side.rank is None)
        return next(side.title for side in sides if side.title)

    @property
    def is_moved(self) -> bool:
        """Whether both sides show it, in another place or to another extent."""
        both = self.a.rank is not None and self.b.rank is not None
        return both and (self.a.rank, self.a.tier) != (self.b.rank, self.b.tier)


@dataclass(frozen=True)
class ClaimSide:
    """What one side makes of a claim; no statement where its dossier has no such claim."""

    uses: tuple[str, ...] = ()
    """The printed fields that cite it, in order; none where the side does not use it."""
    statement: str | None = None
    kind: str | None = None
    status: str | None = None
    as_of: str | None = None


@dataclass(frozen=True)
class ComparedClaim:
    """A claim that at least one side cites in print."""

    id: str
    a: ClaimSide
    b: ClaimSide
    changes: tuple[Wording, ...]
    """The facts that differ; possible between two states of the data only."""

    @property
    def is_shared(self) -> bool:
        """Whether both sides cite it."""
        return bool(self.a.uses and self.b.uses)

    @property
    def is_in_one(self) -> bool:
        """Whether only one side's dossier states it."""
        return (self.a.statement is None) != (self.b.statement is None)

    @property
    def latest(self) -> ClaimSide:
        """The side that states it: B's where both do."""
        return self.b if self.b.statement is not None else self.a


@dataclass(frozen=True)
class Comparison:
    """Two briefs side by side."""

    a: Side
    b: Side
    fields: tuple[Wording, ...]
    """The editions' own fields that at least one has, whether they differ or not."""
    messages: tuple[MessagePair, ...]
    records: tuple[ComparedRecord, ...]
    """By kind, then by the best place that a side gives them."""
    claims: tuple[ComparedClaim, ...]
    """By id."""

    @property
    def is_history(self) -> bool:
        """Whether the sides are two states of one edition."""
        return self.a.edition == self.b.edition

    @property
    def shared_claims(self) -> tuple[ComparedClaim, ...]:
        """The claims that both sides cite."""
        return tuple(claim for claim in self.claims if claim.is_shared)

    @property
    def only_a(self) -> tuple[ComparedClaim, ...]:
        """The claims that A alone cites."""
        return tuple(claim for claim in self.claims if not claim.b.uses)

    @property
    def only_b(self) -> tuple[ComparedClaim, ...]:
        """The claims that B alone cites."""
        return tuple(claim for claim in self.claims if not claim.a.uses)

    @property
    def changed_claims(self) -> tuple[ComparedClaim, ...]:
        """The claims that do not say the same on both sides, cited by both or by one."""
        return tuple(claim for claim in self.claims if claim.changes)

    @property
    def claims_in_one(self) -> tuple[ComparedClaim, ...]:
        """The claims that only one side's dossier states: new or gone between two states."""
        return tuple(claim for claim in self.claims if claim.is_in_one)

    @property
    def opposite(self) -> tuple[ComparedRecord, ...]:
        """The recommendations that one side wants and the other advises against."""
        return tuple(record for record in self.records if record.outcome == "opposite")

    @property
    def opposed_by_both(self) -> tuple[ComparedRecord, ...]:
        """The recommendations that both sides advise against."""
        return tuple(
            record for record in self.records if record.a.position == record.b.position == "oppose"
        )

    def of_kind(self, kind: str) -> tuple[ComparedRecord, ...]:
        """The records of one kind."""
        return tuple(record for record in self.records if record.kind == kind)

    @property
    def differs(self) -> bool:
        """Whether anything that the briefs print or rest on differs."""
        return (
            any(field.differs for field in self.fields)
            or any(pair.a != pair.b for pair in self.messages)
            or any(record.outcome != "shared" or record.is_moved for record in self.records)
            or any(claim.changes or claim.is_in_one for claim in self.claims)
            or any(claim.a.uses != claim.b.uses for claim in self.claims)
        )

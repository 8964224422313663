"""Rules of claims: what each kind rests on, and what each status asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefgen.dossier.dates import period_of
from briefgen.dossier.evidence import Claim, Source
from briefgen.dossier.load import Reading
from briefgen.dossier.model import Dossier
from briefgen.problems import Place, Problem, suggest

QUOTE_WORDS = range(3, 13)


CIRCLES = (
    ("claims", "supersedes"),
    ("claims", "basis"),
    ("recommendations", "needs"),
    ("instruments", "succeeds"),
)
"""Kinds of record and the key by which one record comes before another."""


def check_rules(reading: Reading) -> Iterator[Problem]:
    """Claims without ground, statuses without what they ask for, records that go in circles."""
    dossier = reading.dossier
    for claim in dossier.claims.values():
        yield from _check_ground(claim, dossier)
        yield from _check_status(claim, dossier)
    # A claim that could not be read may be the one that is asked for here.
    if reading.has_all("claims"):
        replaced, disputed = successors(dossier), disputes(dossier)
        for claim in dossier.claims.values():
            where = dossier.place("claims", claim.id, ("status",))
            yield from _check_successors(claim, where, replaced.get(claim.id, ()))
            yield from _check_end_of_chain(claim, where, dossier, replaced)
            if claim.status == "contested" and claim.id not in disputed:
                yield from _check_other_side(claim, where)
    for source in dossier.sources.values():
        yield from _check_inferred(source, dossier)
        yield from _check_reach(source, reading)
    for kind, key in CIRCLES:
        yield from _check_circles(dossier, kind, key)


def _check_reach(source: Source, reading: Reading) -> Iterator[Problem]:
    """Covers say that nothing later than the dossier's `as_of` was read."""
    about = reading.about
    if about and source.issued and period_of(source.issued).first > period_of(about.as_of).last:
        yield Problem(
            reading.dossier.places["dossier", ""].nearest(("as_of",)),
            "BG035",
            f'the evidence is said to reach to {about.as_of}, and source "{source.id}" is of '
            f"{source.issued}",
            f"set `as_of` to {source.issued}, or later",
        )


def witnesses(dossier: Dossier, names: Iterable[str]) -> list[set[str]]:
    """The sources in groups: those of a group lean on each other or on the same origin."""
    groups: list[set[str]] = []
    for name in dict.fromkeys(names):
        leans_on = {name} | _leans_on(dossier, name)
        joined = [group for group in groups if not group.isdisjoint(leans_on)]
        groups = [group for group in groups if group.isdisjoint(leans_on)]
        groups.append(leans_on.union(*joined))
    known = dossier.sources.keys()
    return [group & known & set(names) for group in groups]


def _leans_on(dossier: Dossier, name: str) -> set[str]:
    source = dossier.sources.get(name)
    return {d.source or d.origin or "" for d in source.depends_on} if source else set()


def _check_inferred(source: Source, dossier: Dossier) -> Iterator[Problem]:
    keys = [info.alias or name for name, info in Source.model_fields.items()]
    for i, key in enumerate(source.inferred):
        if key not in keys:
            yield Problem(
                dossier.place("sources", source.id, ("inferred", i)),
                "BG004",
                f'inferred: a source has no key "{key}"',
                f"{suggest(key, keys)}name the keys that the text does not state itself",
            )


def successors(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """For each superseded claim, the claims that name it in `supersedes`."""
    found: dict[str, tuple[str, ...]] = {}
    for claim in dossier.claims.values():
        for older in claim.supersedes:
            found[older] = (*found.get(older, ()), claim.id)
    return found


def later_than(name: str, replaced: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All claims that came after a superseded one, nearest first; see `successors`."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        newer = [n for n in replaced.get(waiting.pop(0), ()) if n not in found and n != name]
        found |= dict.fromkeys(newer)
        waiting += newer
    return tuple(found)


def disputes(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """For each claim, those that it conflicts with, whichever side says so."""
    found: dict[str, dict[str, None]] = {}
    for claim in dossier.claims.values():
        for other in claim.conflicts_with:
            found.setdefault(claim.id, {})[other] = None
            found.setdefault(other, {})[claim.id] = None
    return {claim: tuple(others) for claim, others in found.items()}


def _check_ground(claim: Claim, dossier: Dossier) -> Iterator[Problem]:
    place = dossier.places["claims", claim.id]
    if claim.kind == "judgement":
        if not claim.basis or not claim.why:
            yield Problem(
                place.nearest(("kind",)),
                "BG031",
                f'the judgement "{claim.id}" has no basis or no why',
                "name the claims that it follows from in `basis` and say how in `why`",
            )
        if claim.evidence:
            yield Problem(
                place.nearest(("evidence",)),
                "BG031",
                f'the judgement "{claim.id}" has evidence of its own',
                "name claims in `basis` instead; or make it a fact, a position or a prediction",
            )
    elif not any(e.role == "supports" for e in claim.evidence):
        yield Problem(
            place.nearest(("kind",)),
            "BG031",
            f'the {claim.kind} "{claim.id}" has no evidence that supports it',
            "add a source and a quote, or make it a judgement with a basis",
        )
    for i, evidence in enumerate(claim.evidence):
        words = len(evidence.quote.split())
        if words not in QUOTE_WORDS:
            yield Problem(
                place.nearest(("evidence", i, "quote")),
                "BG024",
                f"the quote has {words} words",
                "quote 3 to 12 words",
            )
        if claim.kind == "fact" and evidence.credibility is None:
            yield Problem(
                place.nearest(("evidence", i)),
                "BG031",
                "evidence for a fact has no credibility",
                "add `credibility:` from 1 (confirmed) to 5 (improbable), or 6 (cannot be judged)",
            )


def _check_status(claim: Claim, dossier: Dossier) -> Iterator[Problem]:
    place = dossier.places["claims", claim.id]
    if claim.status in ("contested", "doubtful") and not claim.note:
        yield Problem(
            place.nearest(("status",)),
            "BG030",
            f'"{claim.id}" is {claim.status}, but has no note',
            "say in `note` how a careful reader treats it",
        )
    for i, other in enumerate(claim.conflicts_with):
        if other == claim.id:
            yield Problem(
                place.nearest(("conflicts_with", i)),
                "BG030",
                f'"{claim.id}" conflicts with itself',
                "name the other claim",
            )
        elif problem := _unequal(claim, dossier.claims.get(other)):
            yield Problem(place.nearest(("conflicts_with", i)), "BG030", *problem)


def _unequal(claim: Claim, other: Claim | None) -> tuple[str, str] | None:
    """What is wrong between two claims that cannot both be true, and the remedy."""
    if other is None:
        return None
    statuses = {claim.status, other.status}
    if statuses == {"current"}:
        return (
            f'"{claim.id}" conflicts with "{other.id}", and both are current',
            "mark those that are not certain as contested, superseded, expired or doubtful",
        )
    if statuses == {"current", "contested"}:
        sure, unsure = (claim, other) if claim.status == "current" else (other, claim)
        return (
            f'"{sure.id}" is current, but the contested "{unsure.id}" conflicts with it',
            f"mark both as contested; or, where {sure.id} is certain, the other as doubtful",
        )
    return None


def _check_other_side(claim: Claim, where: Place) -> Iterator[Problem]:
    if not any(evidence.role == "contradicts" for evidence in claim.evidence):
        yield Problem(
            where,
            "BG030",
            f'"{claim.id}" is contested, but the other side is missing',
            "name the other claim in `conflicts_with`, or add evidence that contradicts",
        )


def _check_successors(claim: Claim, where: Place, newer: tuple[str, ...]) -> Iterator[Problem]:
    if claim.status == "superseded" and not newer:
        yield Problem(
            where,
            "BG030",
            f'"{claim.id}" is superseded, but nothing supersedes it',
            "name it in `supersedes` of the claim that replaces it",
        )
    if newer and claim.status not in ("superseded", "expired"):
        yield Problem(
            where,
            "BG030",
            f'"{claim.id}" is {claim.status}, but {", ".join(newer)} supersedes it',
            "write `status: superseded`",
        )


def _check_end_of_chain(
    claim: Claim, where: Place, dossier: Dossier, replaced: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    """A reader who follows the successors of a superseded claim arrives at one that holds."""
    if claim.status != "superseded" or claim.id not in replaced:
        return
    ends = [name for name in later_than(claim.id, replaced) if name not in replaced]
    if not ends:
        return  # it goes in a circle, which is reported as such
    statuses = [f"{name} ({dossier.claims[name].status})" for name in ends]
    if len(ends) > 1:
        yield Problem(
            where,
            "BG032",
            f'"{claim.id}" is superseded by several claims: {", ".join(statuses)}',
            "let one claim supersede it, which the others follow",
        )
    elif dossier.claims[ends[0]].status != "current":
        yield Problem(
            where,
            "BG032",
            f'the claims that supersede "{claim.id}" end in {statuses[0]}, which is not current',
            "name the claim that holds now, or write `status: expired` where none does",
        )


def _check_circles(dossier: Dossier, kind: str, key: str) -> Iterator[Problem]:
    records = dossier.records(kind)
    done: set[str] = set()
    for start in records:
        trail: list[str] = []
        waiting = [iter([start])]
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                done.update(trail[len(waiting) - 1 :])
                del trail[len(waiting) - 1 :]
            elif name in trail:
                circle = " -> ".join([*trail[trail.index(name) :], name])
                yield Problem(
                    dossier.place(kind, name, (key,)),
                    "BG017",
                    f"{key} goes in a circle: {circle}",
                    "remove one of the links",
                )
            elif name in records and name not in done:
                trail.append(name)
                waiting.append(iter(getattr(records[name], key)))

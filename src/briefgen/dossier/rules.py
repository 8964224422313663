"""Rules of claims: what each kind rests on, and what each status asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from briefgen.dossier.evidence import Claim
from briefgen.dossier.model import Dossier
from briefgen.problems import Problem

QUOTE_WORDS = range(3, 13)


def check_rules(dossier: Dossier) -> Iterator[Problem]:
    """Claims without ground, and statuses without what they ask for."""
    replaced = successors(dossier)
    disputed = disputes(dossier)
    for claim in dossier.claims.values():
        yield from _check_ground(claim, dossier)
        yield from _check_status(claim, dossier, replaced, disputed)
    yield from _check_circles(dossier, lambda claim: claim.supersedes, "supersedes")
    yield from _check_circles(dossier, lambda claim: claim.basis, "basis")


def successors(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """For each superseded claim, the claims that name it in `supersedes`."""
    found: dict[str, tuple[str, ...]] = {}
    for claim in dossier.claims.values():
        for older in claim.supersedes:
            found[older] = (*found.get(older, ()), claim.id)
    return found


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


def _check_status(
    claim: Claim,
    dossier: Dossier,
    replaced: Mapping[str, tuple[str, ...]],
    disputed: Mapping[str, tuple[str, ...]],
) -> Iterator[Problem]:
    where = dossier.places["claims", claim.id].nearest(("status",))
    contradicted = any(e.role == "contradicts" for e in claim.evidence)
    if claim.status == "contested" and claim.id not in disputed and not contradicted:
        yield Problem(
            where,
            "BG030",
            f'"{claim.id}" is contested, but the other side is missing',
            "name the other claim in `conflicts_with`, or add evidence that contradicts",
        )
    if claim.status == "superseded" and claim.id not in replaced:
        yield Problem(
            where,
            "BG030",
            f'"{claim.id}" is superseded, but nothing supersedes it',
            "name it in `supersedes` of the claim that replaces it",
        )
    if claim.id in replaced and claim.status not in ("superseded", "expired"):
        newer = ", ".join(replaced[claim.id])
        yield Problem(
            where,
            "BG030",
            f'"{claim.id}" is {claim.status}, but {newer} supersedes it',
            "write `status: superseded`",
        )
    if claim.status in ("contested", "doubtful") and not claim.note:
        yield Problem(
            where,
            "BG030",
            f'"{claim.id}" is {claim.status}, but has no note',
            "say in `note` how a careful reader treats it",
        )


def _check_circles(
    dossier: Dossier, next_of: Callable[[Claim], Iterable[str]], key: str
) -> Iterator[Problem]:
    done: set[str] = set()
    for start in dossier.claims:
        trail: dict[str, None] = {}
        stack = [(start, iter([start]))]
        while stack:
            _, children = stack[-1]
            child = next(children, None)
            if child is None:
                name, _ = stack.pop()
                trail.pop(name, None)
                done.add(name)
            elif child in trail:
                circle = " -> ".join(chain([*trail][[*trail].index(child) :], [child]))
                yield Problem(
                    dossier.place("claims", child, (key,)),
                    "BG017",
                    f"{key} goes in a circle: {circle}",
                    "remove one of the links",
                )
            elif child not in done and child in dossier.claims:
                trail[child] = None
                stack.append((child, iter(next_of(dossier.claims[child]))))

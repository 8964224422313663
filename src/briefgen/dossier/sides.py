"""Both sides: prose that cites a claim which others deny, or which another has replaced.

The note of a claim is left alone: it tells those who write with the claim what to make of it and
names other claims to that end; documents print its first sentence beside the claim's own sources.
A judgement's `basis` and `why` are no prose that a document prints.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from briefgen.dossier.base import ProseIn
from briefgen.dossier.evidence import Claim
from briefgen.dossier.fields import Marked, marked_fields
from briefgen.dossier.load import Reading
from briefgen.dossier.model import KINDS, Dossier, Path, PlaceOf
from briefgen.dossier.prose import cited_claims
from briefgen.dossier.rules import disputes, later_than, successors
from briefgen.problems import Problem


@dataclass(frozen=True)
class Sides:
    """Which claims a text must name when it cites a claim."""

    against: Mapping[str, frozenset[str]]
    """For each contested claim, the claims of its other side; it needs one of them.

    Where evidence within the claim is the other side, the note on it names that source.
    """
    newer: Mapping[str, frozenset[str]]
    """For each superseded claim, the claims that came after it; it needs one of them."""
    known: Collection[str]
    """All claims; a text that cites any other has a mistake that is reported first."""


def sides_of(dossier: Dossier) -> Sides:
    """The other sides and the successors of a dossier's claims."""
    disputed, replaced = disputes(dossier), successors(dossier)
    known = dossier.claims
    return Sides(
        {
            name: frozenset(others) & known.keys()
            for name, others in disputed.items()
            if name in known and known[name].status == "contested"
        },
        {
            name: frozenset(later)
            for name in replaced
            if name in known and known[name].status == "superseded"
            # Successors that go in a circle, which is reported as such, lead nowhere.
            if not replaced.keys() >= set(later := later_than(name, replaced))
        },
        known.keys(),
    )


def check_sides(reading: Reading, sides: Sides) -> Iterator[Problem]:
    """Prose of a dossier's records that gives one side only, or only what was."""
    if not reading.has_all("claims"):
        return  # the other side may stand in what could not be read
    dossier = reading.dossier
    for kind in KINDS:
        for record in dossier.records(kind).values():
            if not isinstance(record, Claim):
                yield from check_sides_in(record, dossier.places[kind, record.id], sides)


def check_sides_in(
    model: BaseModel,
    place: PlaceOf,
    sides: Sides,
    printed_with: Callable[[Path], Path] = lambda path: path,
) -> Iterator[Problem]:
    """The same for one record or edition; fields that `printed_with` maps to one are one text."""
    texts: dict[Path, list[Marked]] = {}
    for field in marked_fields(model, (ProseIn,)):
        if not field.is_key:
            texts.setdefault(printed_with(field.path), []).append(field)
    for fields in texts.values():
        yield from _check_text(fields, place, sides)


def _check_text(fields: list[Marked], place: PlaceOf, sides: Sides) -> Iterator[Problem]:
    paths: dict[str, Path] = {}
    for field in fields:
        for _, name in cited_claims(field.text):
            paths.setdefault(name, field.path)
    if not all(name in sides.known for name in paths):
        return
    for name, path in paths.items():
        against, newer = sides.against.get(name), sides.newer.get(name)
        if against and against.isdisjoint(paths):
            yield Problem(
                place.of_citation(path, name),
                "BG033",
                f'"{name}" is contested, and nothing of its other side is cited with it',
                f"give the other side in the same text and cite {_one_of(against)}",
            )
        if newer and newer.isdisjoint(paths):
            last = newer - sides.newer.keys() or newer
            yield Problem(
                place.of_citation(path, name),
                "BG034",
                f'"{name}" is superseded, and nothing that came after it is cited with it',
                f"say in the same text what came after and cite {_one_of(last)}",
            )


def _one_of(names: frozenset[str]) -> str:
    return " or ".join(f"[@{name}]" for name in sorted(names))

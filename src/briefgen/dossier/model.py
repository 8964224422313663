"""A dossier in memory: every kind of record by id, and where each field stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType

from briefgen.dossier.base import Record
from briefgen.dossier.evidence import Claim, Source
from briefgen.dossier.records import (
    About,
    Actor,
    Area,
    Instrument,
    Milestone,
    Obstacle,
    Recommendation,
    Table,
    Term,
)
from briefgen.problems import Place

KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "sources": Source,
        "claims": Claim,
        "areas": Area,
        "obstacles": Obstacle,
        "recommendations": Recommendation,
        "actors": Actor,
        "instruments": Instrument,
        "milestones": Milestone,
        "terms": Term,
        "tables": Table,
    }
)
"""The kinds of record, by the name of their file or folder."""

Path = tuple[str | int, ...]
"""A way down from a record to one of its values: keys and list positions."""


@dataclass(frozen=True)
class Dossier:
    """One topic's curated data, checked for shape and references."""

    name: str
    """Name of its folder."""
    about: About
    sources: Mapping[str, Source] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    obstacles: Mapping[str, Obstacle] = field(default_factory=dict)
    recommendations: Mapping[str, Recommendation] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    milestones: Mapping[str, Milestone] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    places: Mapping[tuple[str, str], PlaceOf] = field(default_factory=dict, repr=False)
    """For each (kind, id): from a path in the record to its place in the YAML."""

    def records(self, kind: str) -> Mapping[str, Record]:
        """All records of one kind (a key of `KINDS`), by id, in the order of the files."""
        records: Mapping[str, Record] = getattr(self, kind)
        return records

    def find(self, record_id: str) -> tuple[str, Record] | None:
        """The kind and the record of an id, or None."""
        for kind in KINDS:
            if record := self.records(kind).get(record_id):
                return kind, record
        return None

    def place(self, kind: str, record_id: str, path: Path = ()) -> Place:
        """Where a value of a record stands; the nearest place above it when unknown."""
        return self.places[kind, record_id].nearest(path)


@dataclass(frozen=True)
class PlaceOf:
    """Places of the values of one YAML mapping, by path."""

    values: Mapping[Path, Place]
    keys: Mapping[Path, Place] = field(default_factory=dict)
    base: Path = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """The whole files by name, to find words inside a value."""

    def nearest(self, path: Path) -> Place:
        """The place of the value, or of the nearest value above it that is written down."""
        full = (*self.base, *path)
        while full not in self.values and len(full) > len(self.base):
            full = full[:-1]
        return self.values[full]

    def of_key(self, path: Path) -> Place:
        """The place of the key that the value stands under."""
        return self.keys.get((*self.base, *path)) or self.nearest(path)

    def of_citation(self, path: Path, claim: str, number: int = 0) -> Place:
        """Where the value cites the claim for the first time, or after `number` times.

        The value's own place where its YAML spells the citation in another way.
        """
        return self._found(path, rf"@{re.escape(claim)}(?![^\s;,\]])", number)

    def of_words(self, path: Path, words: str) -> Place:
        """Where the words stand in the value; its own place where YAML breaks or escapes them."""
        return self._found(path, re.escape(words), 0)

    def of_run(self, path: Path, words: Sequence[str]) -> Place:
        """Where a run of words, in any letters and with any marks, begins in the value."""
        start = r"\W+".join(map(re.escape, words[:3]))
        return self._found(path, rf"(?i)\b{start}", 0)

    def _found(self, path: Path, pattern: str, number: int) -> Place:
        place = self.nearest(path)
        lines = self.texts.get(place.file, "").split("\n")[place.line - 1 :]
        lines[:1] = [" " * (place.column - 1) + line[place.column - 1 :] for line in lines[:1]]
        found = (
            Place(place.file, place.line + i, match.start() + 1)
            for i, line in enumerate(lines)
            for match in re.finditer(pattern, line)
        )
        return next(islice(found, number, None), place)

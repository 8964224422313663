"""Trace words in an artefact: its places, their claims, and the evidence of those."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefgen.document.ledger import CitedSource, Ground, Ledger, Passage
from briefgen.dossier.quotes import changed_texts, normalise, read_texts
from briefgen.problems import Place
from briefgen.trace.carried import Carried, read_carried
from briefgen.trace.find import Place as Found
from briefgen.trace.find import find_words, nearest
from briefgen.trace.project import Project, read_project

LARGEST_TEXT = 20_000_000
"""Bytes of a source's text."""

Cited = Literal["here", "earlier", "beside"]
LENS = re.compile(r"editions/[^/]+/lens/")
"""How fields start in which an edition frames a record."""


@dataclass(frozen=True)
class TracedClaim:
    """A claim behind a place."""

    ground: Ground
    is_basis: bool
    """Whether it is not cited there but is what one that is cited is inferred from."""
    changes: tuple[str, ...] | None
    """What of it is other in the project by now; None where there is no project to ask."""


@dataclass(frozen=True)
class TracedPlace:
    """A place where the words stand, and what it rests on."""

    found: Found
    where: Mapping[str, Place]
    """Where the fields of its passages stand in the project."""
    claims: tuple[TracedClaim, ...]
    cited: Cited = "here"
    """Where its claims are cited: with the words, earlier in their paragraph, or in other texts of
    the record or message that they belong to, as with a title."""


@dataclass(frozen=True)
class Traced:
    """What there is to say about words in an artefact."""

    carried: Carried
    places: tuple[TracedPlace, ...]
    nearest: Passage | None
    """Where there is no place: the passage that shares most of the words."""
    texts: Mapping[str, str] | None = None
    """Normalised texts of sources by id, where a folder of them was named."""
    changed: frozenset[str] = field(default_factory=frozenset)
    """Sources whose text is not the one that the dossier was curated from."""

    @property
    def sources(self) -> dict[str, CitedSource]:
        """The sources of the evidence, by id."""
        return {source.id: source for source in self.carried.ledger.sources}


def trace_words(file: Path, words: str, folder: Path, sources: Path | None = None) -> Traced:
    """The places of the words in an artefact, with what each rests on.

    All but two things come from the file alone. If `folder` is the project that it was built
    from, the places of its fields and what has changed since come from there; if the texts of the
    sources are in `sources`, each quote can be shown in its passage.

    Raises:
        NotTraceable: the file carries no ledger that can be read.
        WrongUsage: there is nothing to find in the words.
    """
    carried = read_carried(file)
    ledger = carried.ledger
    project = read_project(folder, carried.dossier)
    places = [_traced(found, ledger, project) for found in find_words(ledger, words)]
    texts, changed = _texts(ledger, project, sources) if sources else (None, frozenset[str]())
    return Traced(
        carried=carried,
        places=tuple(places),
        nearest=None if places else nearest(ledger, words),
        texts=texts,
        changed=changed,
    )


def _traced(found: Found, ledger: Ledger, project: Project | None) -> TracedPlace:
    cited, names = _cited(found, ledger)
    fields = {passage.field for passage in found.passages if passage.field}
    places = {name: project.place(name) for name in sorted(fields)} if project else {}
    return TracedPlace(
        found,
        {name: place for name, place in places.items() if place},
        tuple(_claims(names, ledger, project)),
        cited,
    )


def _cited(found: Found, ledger: Ledger) -> tuple[Cited, list[str]]:
    """The claims behind a place, and how near to it they are cited."""
    here = [name for passage in found.passages for name in (*passage.claims, *_own(passage))]
    if here:
        return "here", here
    if earlier := _earlier(found, ledger):
        return "earlier", earlier
    if beside := _beside(found.passages[0].field, ledger):
        return "beside", beside
    return "here", []


def _own(passage: Passage) -> list[str]:
    """The claim that the passage is a text of, as in the annex."""
    kind, *rest = passage.field.split("/")
    return rest[:1] if kind == "claims" else []


def _earlier(found: Found, ledger: Ledger) -> list[str]:
    """The claims cited before the place in its paragraph: what the rest of it may lean on."""
    own = found.passages[0].field
    before = (passage for passage in ledger.passages[: found.first] if not passage.is_note)
    names = [name for passage in before if passage.field == own for name in passage.claims]
    return names if own else []


def _beside(field: str, ledger: Ledger) -> list[str]:
    """The claims cited in other texts of the record or message that a field belongs to."""
    owner = _record_of(field)
    if owner.count("/") < 1 + owner.startswith("editions/"):
        return []  # the edition itself, or words of the layout
    passages = (p for p in ledger.passages if p.field and _record_of(p.field) == owner)
    return [name for passage in passages for name in passage.claims]


def _record_of(field: str) -> str:
    """The record or message of a field: `areas/sea-lanes`, in whichever words."""
    parts = LENS.sub("", field).split("/")
    return "/".join(parts[:-1][: 4 if parts[0] == "editions" else 2])


def _claims(names: Iterable[str], ledger: Ledger, project: Project | None) -> Iterator[TracedClaim]:
    """The claims, then what they are inferred from, each once."""
    grounds = {ground.id: ground for ground in ledger.claims}
    waiting = [name for name in dict.fromkeys(names) if name in grounds]
    cited, seen = set(waiting), set(waiting)
    while waiting:
        ground = grounds[waiting.pop(0)]
        changes = project.changes(ground) if project else None
        yield TracedClaim(ground, ground.id not in cited, changes)
        based = dict.fromkeys(ground.basis)
        behind = [name for name in based if name in grounds and name not in seen]
        waiting += behind
        seen.update(behind)


def _texts(
    ledger: Ledger, project: Project | None, folder: Path
) -> tuple[dict[str, str], frozenset[str]]:
    """The texts in the folder: by the names that the project gives them, else by their ids."""
    if project:
        dossier = project.reading.dossier
        return read_texts(dossier, folder)[0], frozenset(changed_texts(dossier, folder))
    names = {path.stem: path for path in folder.glob("*.txt") if path.is_file()}
    paths = {source.id: names[source.id] for source in ledger.sources if source.id in names}
    texts = {
        name: normalise(path.read_text("utf-8", errors="replace"))
        for name, path in paths.items()
        if path.stat().st_size <= LARGEST_TEXT
    }
    return texts, frozenset()

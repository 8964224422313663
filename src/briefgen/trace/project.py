"""What the project that an artefact is from says now: where a field stands, what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.build.files import finish_writing
from briefgen.document.ledger import Ground
from briefgen.dossier.base import ID_PATTERN
from briefgen.dossier.fields import yaml_path
from briefgen.dossier.load import Reading, read_dossier
from briefgen.edition.load import EditionsReading, read_editions
from briefgen.problems import Place


@dataclass(frozen=True)
class Project:
    """The dossier of an artefact as its files are now, mistakes or not."""

    reading: Reading
    editions: EditionsReading

    def place(self, field: str) -> Place | None:
        """Where the field stands in the YAML; nothing where its record is gone."""
        kind, _, rest = field.partition("#")[0].partition("/")
        if kind == "dossier":
            return self.reading.places["dossier", ""].nearest(tuple(rest.split("/")))
        name, _, path = rest.partition("/")
        if kind == "editions":
            loaded = self.editions.editions.get(name)
            if loaded is None:
                return None
            return loaded.place.nearest(yaml_path(loaded.edition, path))
        record = self.reading.records.get(kind, {}).get(name)
        if record is None:
            return None
        return self.reading.places[kind, name].nearest(yaml_path(record, path))

    def changes(self, ground: Ground) -> tuple[str, ...]:
        """What of a claim is not as it was printed: statement, status, quotes, or all of it."""
        claim = self.reading.records["claims"].get(ground.id)
        if claim is None:
            return ("the claim is gone",)
        now: Any = claim
        quotes = {(e.source, e.quote, e.role) for e in now.evidence}
        was = {(e.source, e.quote, e.role) for e in ground.evidence}
        differ = {
            "statement": now.statement != ground.statement,
            "status": now.status != ground.status,
            "quotes": quotes != was,
        }
        return tuple(name for name, is_other in differ.items() if is_other)


def read_project(folder: Path, dossier: str) -> Project | None:
    """The dossier in a project, if it is there.

    Raises:
        ProblemsFound: a killed run left files written in part, and a person has changed one since.
        WrongEnvironment: the same, and the folder cannot be written to.
    """
    # The name comes from the artefact, so that it may be a path or anything else.
    if not ID_PATTERN.fullmatch(dossier):
        return None
    path, shown = folder / "data" / dossier, Path("data") / dossier
    if not (path / "dossier.yaml").is_file():
        return None
    finish_writing(path, shown)
    return Project(read_dossier(path, shown), read_editions(path / "editions", shown / "editions"))

"""One dossier of a project in memory, with its editions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.dossier.load import Reading
from briefgen.dossier.model import Dossier
from briefgen.edition.load import LoadedEdition
from briefgen.problems import Problem

if TYPE_CHECKING:
    from briefgen.dossier.reviews import Review


@dataclass
class LoadedDossier:
    """One dossier of the project with its editions."""

    folder: Path
    shown: Path
    """The folder as messages name it."""
    reading: Reading
    editions: dict[str, LoadedEdition] = field(default_factory=dict)
    unread_editions: frozenset[str] = frozenset()
    """Editions whose file is there but has mistakes that leave nothing to work with."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.folder.name

    @property
    def dossier(self) -> Dossier:
        """All records that could be read."""
        return self.reading.dossier

    def read_reviews(self) -> tuple[dict[str, Review], list[Problem]]:
        """What edited Word files left to settle, by file, and warnings about these files."""
        from briefgen.dossier.reviews import REVIEWS, read_reviews

        return read_reviews(self.folder / REVIEWS, self.shown / REVIEWS)

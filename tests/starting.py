"""What the tests of new dossiers and editions share."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

from briefgen.build.check import layout_problems
from briefgen.build.loaded import LoadedDossier
from briefgen.build.naming import LONGEST
from briefgen.build.new_dossier import new_dossier
from briefgen.build.new_edition import Role, new_edition
from briefgen.build.project import load_project
from briefgen.dossier.base import ID_PATTERN
from briefgen.dossier.prose import CITATION
from briefgen.edition.models import Edition

ROOT = Path(__file__).parents[1]
ISSUED = "2024-05"
NAMES = st.from_regex(ID_PATTERN, fullmatch=True).filter(lambda name: len(name) <= LONGEST)


def start(folder: Path, name: str = "housing") -> list[Path]:
    return new_dossier(folder, name, folder / "sources", ISSUED)


def problems(folder: Path, *, sources: bool = False) -> list[str]:
    """Everything that `check --strict` reports."""
    project = load_project(folder, folder / "sources" if sources else None)
    return [str(problem) for problem in (*project.problems, *layout_problems(project))]


def errors(folder: Path, *, sources: bool = False) -> list[str]:
    """What stops a build; a copy, or an odd name, may well earn warnings."""
    return [problem for problem in problems(folder, sources=sources) if ": error[" in problem]


def draft(project: Path, name: str, role: Role = "neutral") -> Path:
    (loaded,) = load_project(project).dossiers.values()
    return new_edition(loaded, project, name, role, ISSUED)


def edition_of(project: Path, name: str) -> Edition:
    (loaded,) = load_project(project).dossiers.values()
    return loaded.editions[name].edition


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file, hidden ones included, and every folder, with what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def silent(name: str, what: str) -> None:
    """Show no progress."""


def sentences_of(edition: Edition) -> list[str]:
    texts = [edition.bottom_line, edition.context, edition.counter_view or ""]
    texts += [t for m in edition.key_messages for t in (m.lead, m.text, m.counter or "")]
    lenses = [*edition.lens.areas.values(), *edition.lens.obstacles.values()]
    texts += [lens.so_what or "" for lens in (*lenses, *edition.lens.recommendations.values())]
    plain = " ".join(CITATION.sub("", text) for text in texts)
    return [s.strip() for s in re.split(r"(?<=[.?!])\s+", plain.replace(" .", ".")) if s.strip()]


def loaded_of(project: Path) -> LoadedDossier:
    (loaded,) = load_project(project).dossiers.values()
    return loaded

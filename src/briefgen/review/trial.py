"""A trial: what checks would say of the data if edits were written."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from briefgen.build.project import LoadedDossier, load_dossiers
from briefgen.problems import Place, Problem
from briefgen.review.landing import Landing, find_landing

if TYPE_CHECKING:
    from briefgen.review.merge import Written


def new_problems(
    loaded: LoadedDossier, files: Mapping[Path, tuple[bytes, bytes]], written: Sequence[Written]
) -> list[tuple[Written, Problem]]:
    """The errors that the edits would bring, each with the edit to which it is due.

    One that stands in none of them is due to all.
    """
    with TemporaryDirectory(prefix="briefgen-") as folder:
        copy = Path(folder) / "data" / loaded.name
        copy.parent.mkdir()
        shutil.copytree(loaded.folder, copy, ignore=shutil.ignore_patterns(".*"))
        before = _errors(copy.parent)
        for path, (_, after) in files.items():
            (copy / path.relative_to(loaded.folder)).write_bytes(after)
        tried = load_dossiers(copy.parent, "data")[loaded.name]
        known = {(p.where.file, p.code, p.what) for p in before}
        new = [
            problem
            for problem in tried.problems
            if problem.severity == "error"
            and (problem.where.file, problem.code, problem.what) not in known
        ]
        if not new:
            return []
        landings = {w.landing.field: find_landing(tried, w.landing.field) for w in written}
        return [
            (one, problem)
            for problem in new
            for one in _due_to(problem, written, landings, tried) or written
        ]


def _errors(data: Path) -> list[Problem]:
    return [
        problem
        for loaded in load_dossiers(data, "data").values()
        for problem in loaded.problems
        if problem.severity == "error"
    ]


def _due_to(
    problem: Problem,
    written: Sequence[Written],
    landings: Mapping[str, Landing | None],
    tried: LoadedDossier,
) -> list[Written]:
    """The edits in whose lines a problem stands."""
    found = []
    for one in written:
        landing = landings[one.landing.field]
        if landing is None:
            continue
        place, last = landing.place, _last_line(landing, tried)
        if problem.where.file == place.file and place.line <= problem.where.line <= last:
            found.append(one)
    return found


def _last_line(landing: Landing, tried: LoadedDossier) -> int:
    """The last line of a value: that before the next one."""
    starts = sorted({place.line for place in _places(tried) if place.file == landing.place.file})
    after = [line for line in starts if line > landing.place.line]
    return after[0] - 1 if after else 10**9


def _places(tried: LoadedDossier) -> set[Place]:
    every = [*tried.dossier.places.values(), *(e.place for e in tried.editions.values())]
    return {place for of in every for place in of.values.values()}

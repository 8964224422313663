"""A trial: what checks would say of the data if edits were written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from briefgen.build.loaded import LoadedDossier
from briefgen.build.project import load_dossiers
from briefgen.problems import Problem
from briefgen.review.landing import find_landing

if TYPE_CHECKING:
    from briefgen.review.merge import Written

MOST_TRIALS = 20
"""Edits that are tried one by one where a problem's place does not tell which is at fault."""

Files = Mapping[Path, bytes]
FilesOf = Callable[[Sequence["Written"]], Files]
"""The files as some of the edits would make them."""


def new_problems(
    loaded: LoadedDossier, written: Sequence[Written], files_of: FilesOf
) -> list[tuple[Written, Problem]]:
    """The errors that the edits would bring, each with an edit to which it is due."""
    with TemporaryDirectory(prefix="briefgen-") as folder:
        trial = _Trial(loaded, Path(folder), files_of)
        return list(trial.run(written))


class _Trial:
    def __init__(self, loaded: LoadedDossier, folder: Path, files_of: FilesOf) -> None:
        self._loaded, self._files_of = loaded, files_of
        self._copy = folder / "data" / loaded.name
        shutil.copytree(loaded.folder, self._copy, ignore=shutil.ignore_patterns(".*", "reviews"))

    def run(self, written: Sequence[Written]) -> Iterator[tuple[Written, Problem]]:
        tried = self._load(written)
        for problem in self._new(tried):
            culprits = _due_to(problem, written, tried) or self._one_by_one(problem, written)
            yield from ((one, problem) for one in culprits)

    def _load(self, written: Sequence[Written]) -> LoadedDossier:
        """The dossier with some edits; afterwards the copy is as it was."""
        files = {
            self._copy / path.relative_to(self._loaded.folder): data
            for path, data in self._files_of(written).items()
        }
        before = {path: path.read_bytes() for path in files}
        for path, data in files.items():
            path.write_bytes(data)
        loaded = load_dossiers(self._copy.parent, "data")[self._loaded.name]
        for path, data in before.items():
            path.write_bytes(data)
        return loaded

    @cached_property
    def _known(self) -> set[tuple[str, str, str]]:
        """The errors that the data has already; only asked for where there are any."""
        return set(map(_key, _errors(self._load(()))))

    def _new(self, tried: LoadedDossier) -> list[Problem]:
        return [problem for problem in _errors(tried) if _key(problem) not in self._known]

    def _one_by_one(self, problem: Problem, written: Sequence[Written]) -> Sequence[Written]:
        """The edits each of which brings the problem alone; all of them where none does."""
        if len(written) > MOST_TRIALS:
            return written
        keys = {id(one): set(map(_key, self._new(self._load([one])))) for one in written}
        return [one for one in written if _key(problem) in keys[id(one)]] or written


def _errors(loaded: LoadedDossier) -> list[Problem]:
    return [problem for problem in loaded.problems if problem.severity == "error"]


def _key(problem: Problem) -> tuple[str, str, str]:
    """What a problem is, wherever its line is by now."""
    return problem.where.file, problem.code, problem.what


def _due_to(problem: Problem, written: Sequence[Written], tried: LoadedDossier) -> list[Written]:
    """The edits in whose lines a problem stands."""
    found = []
    for one in written:
        landing = find_landing(tried, one.landing.field)
        if landing is None:
            continue
        first, where = landing.place, problem.where
        if where.file == first.file and first.line <= where.line < _next_line(
            first.line, first.file, tried
        ):
            found.append(one)
    return found


def _next_line(line: int, file: str, tried: LoadedDossier) -> int:
    """The line on which the value after that of a line starts."""
    every = [*tried.dossier.places.values(), *(e.place for e in tried.editions.values())]
    starts = {place.line for of in every for place in of.values.values() if place.file == file}
    return min((start for start in starts if start > line), default=1 << 30)

"""The data that is at hand: whether an artefact was built from it, or from which of its past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from briefgen.build.content import content_of
from briefgen.build.engine import Engine
from briefgen.build.project import Project, Target, load_project
from briefgen.build.revisions import load_revision, revisions_of_data
from briefgen.document.layout import layout_names
from briefgen.edition.tailor import tailor
from briefgen.problems import ProblemsFound, WrongUsage
from briefgen.trace.carried import Carried

MOST_REVISIONS = 20
"""Commits that are looked into: each is loaded as a whole, which takes about a second."""
NOT_IN_HISTORY = f"not that of the last {MOST_REVISIONS} commits that changed data/"

DataState = Literal["same", "other", "unknown"]
"""Whether an artefact shows the data at hand."""


@dataclass(frozen=True)
class Origin:
    """Which data an artefact shows."""

    state: DataState
    why: str = ""
    """Why that is not known, or where it was looked for in vain."""
    revision: str = ""
    """The commit whose data it shows, where one was asked for and found."""


@dataclass
class Known:
    """The data of a project, and its past where that is asked for."""

    project: Project
    with_history: bool = False
    _past: dict[str, Engine | None] = field(default_factory=dict)

    @cached_property
    def _now(self) -> Engine:
        return Engine(self.project)

    def origin_of(self, carried: Carried) -> Origin:
        """Which data an artefact shows, by the hash that it carries.

        Raises:
            WrongUsage: its past is asked for, and the project is in no git repository.
            WrongEnvironment: the same, and there is no git.
        """
        if not carried.data:
            return Origin("unknown", "it does not say which data it shows")
        now = self._origin_now(carried)
        if now.state == "same" or not self.with_history:
            return now
        if revision := self._revision_of(carried):
            return Origin(now.state, now.why, revision)
        return Origin(now.state, "; ".join(filter(None, (now.why, NOT_IN_HISTORY))))

    def _origin_now(self, carried: Carried) -> Origin:
        try:
            is_same = _digest(self._now, carried) == carried.data
        except _Unknown as reason:
            return Origin("unknown", str(reason))
        return Origin("same" if is_same else "other")

    def _revision_of(self, carried: Carried) -> str:
        """The newest commit whose data it shows, or nothing."""
        for commit in self._commits:
            engine = self._engine_at(commit)
            try:
                if engine and _digest(engine, carried) == carried.data:
                    return commit
            except _Unknown:
                continue
        return ""

    @cached_property
    def _commits(self) -> list[str]:
        return revisions_of_data(self.project.folder, MOST_REVISIONS)

    def _engine_at(self, commit: str) -> Engine | None:
        if commit not in self._past:
            try:
                revision = load_revision(self.project.folder, commit)
                self._past[commit] = Engine(revision.project)
            except WrongUsage:  # a commit without data, or with none that can be read
                self._past[commit] = None
        return self._past[commit]


def known_data(folder: Path, *, with_history: bool = False) -> Known | None:
    """The data of the project in a folder; none where it has no `data/`.

    Raises:
        WrongUsage: `data/` holds no dossier, or there is none although its past is asked for.
    """
    if not (folder / "data").is_dir():
        if with_history:
            raise WrongUsage(
                "there is no data/ here, so it has no history\n"
                "  help: go to the project, or name it with --project"
            )
        return None
    return Known(load_project(folder, loose_ends=False), with_history)


class _Unknown(Exception):
    """Why the data at hand cannot be held against an artefact."""


def _digest(engine: Engine, carried: Carried) -> str:
    """The hash of the data that the artefact would show if it were built now."""
    project = engine.project
    for reason in _obstacles(project, carried):
        raise _Unknown(reason)
    loaded = project.dossiers[carried.dossier]
    edition = loaded.editions[carried.edition].edition
    target = Target(loaded, edition).in_layout(carried.layout)
    [length] = [length for length in edition.lengths if length == carried.length]
    try:
        brief = tailor(loaded.dossier, target.edition, length)
        return content_of(brief, engine.compose(brief), engine.layout(carried.layout)).data
    except ProblemsFound:
        raise _Unknown("the layout here has mistakes; see `briefgen check`") from None


def _obstacles(project: Project, carried: Carried) -> Iterator[str]:
    """What keeps the data at hand from being compared; the first is reason enough."""
    loaded = project.dossiers.get(carried.dossier)
    if loaded is None:
        yield f'there is no dossier "{carried.dossier}" here'
        return
    if any(problem.severity == "error" for problem in loaded.problems):
        yield "the data here has mistakes; see `briefgen check`"
    edition = loaded.editions.get(carried.edition)
    if edition is None:
        yield f'the dossier here has no edition "{carried.edition}"'
        return
    if carried.length not in edition.edition.lengths:
        yield f'the edition here has no length "{carried.length}"'
    if carried.layout not in layout_names(project.layouts):
        yield f'there is no layout "{carried.layout}" here'

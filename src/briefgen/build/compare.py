"""Compare by name: find both sides, in the data as it is or at git revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefgen.build.engine import Engine
from briefgen.build.fit import fit
from briefgen.build.project import Project, Target, find_targets, load_project
from briefgen.build.revisions import load_revision
from briefgen.edition.compare import compare
from briefgen.edition.comparison import Comparison
from briefgen.edition.lengths import usual_length
from briefgen.edition.models import Length
from briefgen.edition.tailor import Brief, tailor
from briefgen.problems import Problem, ProblemsFound, WrongUsage


@dataclass(frozen=True)
class Compared:
    """A comparison and what a reader must know of how it came about."""

    comparison: Comparison
    is_example: bool
    """The data is that of the example that ships."""
    problems: Mapping[str, tuple[Problem, ...]]
    """Errors in the data that was compared all the same: by revision, "" for the data now."""
    not_followed: Mapping[str, tuple[str, ...]]
    """Links in `data/` that were not followed, by revision."""
    never_built: tuple[str, ...]
    """Sides whose edition does not declare the length."""


@dataclass
class _States:
    """The data now and at revisions, each loaded once."""

    folder: Path
    projects: dict[str, Project] = field(default_factory=dict)
    not_followed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def project(self, revision: str | None) -> Project:
        if revision is None:
            if "" not in self.projects:
                self.projects[""] = load_project(self.folder, loose_ends=False)
            return self.projects[""]
        if revision not in self.projects:
            found = load_revision(self.folder, revision)
            self.projects[revision] = found.project
            if found.not_followed:
                self.not_followed[revision] = found.not_followed
        return self.projects[revision]


def compare_named(folder: Path, a: str, b: str, length: Length | None = None) -> Compared:
    """Compare `[DOSSIER/]EDITION[@REVISION]` with another; without a length, each at its usual one.

    What is compared is what both print, with the cuts that their page budgets ask for.

    Raises:
        WrongUsage: the two are one, of two dossiers, or one of them is not there.
        WrongEnvironment: a revision is asked for and git is missing or refuses.
        ProblemsFound: an edition has mistakes that leave nothing to compare.
    """
    names = [_parse(a), _parse(b)]
    states = _States(folder)
    targets = [_find(states, name, revision) for name, revision in names]
    _refuse_unlike(targets, names)
    projects = [states.project(revision) for _, revision in names]
    briefs = [
        _brief(target, length or usual_length(target.edition), project)
        for target, project in zip(targets, projects, strict=True)
    ]
    revisions = [revision for _, revision in names]
    comparison = compare(briefs[0], briefs[1], (revisions[0], revisions[1]))
    problems = {
        revision or "": errors
        for target, revision in zip(targets, revisions, strict=True)
        if (errors := _errors(target.dossier.problems))
    }
    never_built = [
        side.name
        for side, target in zip((comparison.a, comparison.b), targets, strict=True)
        if side.length not in target.edition.lengths
    ]
    is_example = "" in states.projects and states.projects[""].is_example
    return Compared(comparison, is_example, problems, states.not_followed, tuple(never_built))


def _brief(target: Target, length: Length, project: Project) -> Brief:
    """What the edition prints; as it chooses, where its data or pages do not allow a document."""
    try:
        return fit(target, length, Engine(project)).brief
    except ProblemsFound:
        return tailor(target.dossier.dossier, target.edition, length)


def _parse(argument: str) -> tuple[str, str | None]:
    """The name of an edition and of a revision; ids hold no @, revisions may."""
    name, at, revision = argument.partition("@")
    if not name:
        raise WrongUsage(
            f'"{argument}" names no edition\n'
            "  help: write EDITION or EDITION@REVISION: overview@v1.0"
        )
    return name, revision if at else None


def _find(states: _States, name: str, revision: str | None) -> Target:
    project = states.project(revision)
    for dossier in project.dossiers.values():
        if name.removeprefix(f"{dossier.name}/") in dossier.unread_editions:
            at_fault = (dossier.shown / "editions").as_posix() + "/"
            errors = _errors(dossier.problems)
            raise ProblemsFound([p for p in errors if p.where.file.startswith(at_fault)] or errors)
    try:
        return find_targets(project, [name])[0]
    except WrongUsage as error:
        raise WrongUsage(f"at {revision}: {error}" if revision else str(error)) from None


def _errors(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted({problem for problem in problems if problem.severity == "error"}))


def _refuse_unlike(targets: list[Target], names: list[tuple[str, str | None]]) -> None:
    a, b = targets
    if a.dossier.name != b.dossier.name:
        raise WrongUsage(
            f'"{a.edition.id}" is of the dossier {a.dossier.name} and "{b.edition.id}" of '
            f"{b.dossier.name}, so they share no claims or records\n"
            "  help: compare two editions of one dossier"
        )
    if a.edition.id == b.edition.id and names[0][1] == names[1][1]:
        others = sorted(a.dossier.editions.keys() - {a.edition.id})
        choices = [*others[:3], f"{a.edition.id}@REVISION"]
        raise WrongUsage(
            f'both sides are "{a.edition.id}", which is itself\n'
            f"  help: compare it with {' or '.join(choices)}"
        )

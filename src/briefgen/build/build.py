"""Build: from editions to finished files in the output folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefgen.build.check import accent_problems, style_problems
from briefgen.build.engine import Engine
from briefgen.build.jobs import Done, jobs_of
from briefgen.build.output import Artefact, OutputFolder
from briefgen.build.plan import Step
from briefgen.build.project import Project
from briefgen.build.refuse import refuse_problems, refusing_problems
from briefgen.build.runs import Finished, Run, remember
from briefgen.build.workers import do_all
from briefgen.formats.fonts import FAMILIES
from briefgen.problems import (
    BriefgenError,
    Problem,
    ProblemsFound,
    WrongUsage,
)
from briefgen.resources import shipped

BATCH = 24
"""Artefacts that are put in place together; each time the manifest is written anew."""


@dataclass(frozen=True)
class BuildReport:
    """What a run left in the output folder."""

    files: tuple[Path, ...]
    """All that was asked for."""
    told: tuple[str, ...]
    """Warnings, and what page budgets took away: a line each, ready to print."""
    made: tuple[str, ...] = ()
    """Names of those that were not there as they are now."""


Progress = Callable[[str, Literal["made", "fresh"]], None]
"""Told of each artefact by its name: that it is made, when it is begun or, with several workers,
done; or that it is as it would be made."""


def build(
    project: Project,
    steps: Sequence[Step],
    out: Path,
    progress: Progress,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    asked: Run | None = None,
) -> BuildReport:
    """Make the artefacts that are not yet as they would be made, and put them into `out`.

    Where the data is still being checked, that is waited for before anything is put there.
    Two runs at once in one folder take turns. What keeps one document from being made keeps no
    other from it. The manifest remembers a run by what was `asked` for.

    Raises:
        ProblemsFound: the data or a template has mistakes; of what they concern nothing is written.
        ArtefactsChanged: a file in `out` was changed by a person; nothing is written.
        WrongEnvironment: the machine lacks something, or `out` cannot be written to.
        WrongUsage: faces are to be embedded that no dependency carries.
    """
    if not project.pending:
        refuse_problems(project)
    engine = Engine(project)
    names = [step.file_name for step in steps]
    with refusing_problems(project), OutputFolder.open(out, out) as output:
        output.refuse_changed(names)
        _refuse_layout_mistakes(steps, engine)
        _refuse_foreign_faces(steps, engine)
        warnings = tuple(map(str, _reference_warnings(steps, engine, out)))
        run = _Run(project, output, progress)
        jobs = jobs_of(steps, output.key_of)
        for done in do_all(jobs, engine, workers, run.begun, executor=executor):
            run.take(done)
        run.finish()
        told = (*warnings, *output.told(names))
        if asked:
            remember(asked, Finished(tuple(dict.fromkeys(names)), told), output)
    return BuildReport(tuple(out / name for name in names), told, tuple(run.made))


@dataclass
class _Run:
    """Puts what is done in place, and keeps what failed until all is done."""

    project: Project
    output: OutputFolder
    progress: Progress
    made: list[str] = field(default_factory=list)
    """Names of what was put in place."""
    _begun: set[str] = field(default_factory=set)
    _waiting: list[Artefact] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _failures: dict[str, BriefgenError] = field(default_factory=dict)

    def begun(self, name: str) -> None:
        self._begun.add(name)
        self.progress(name, "made")

    def take(self, done: Done) -> None:
        for artefact in done.artefacts:
            if artefact.name not in self._begun:
                self.begun(artefact.name)
        for name in done.fresh:
            self.progress(name, "fresh")
        self._waiting += done.artefacts
        self._problems += done.problems
        if done.failure:
            self._failures[str(done.failure)] = done.failure
        if len(self._waiting) >= BATCH:
            self._put()

    def finish(self) -> None:
        """Put the rest in place, and say what failed."""
        self._put()
        if error := self._error():
            error.made = tuple(self.made)
            raise error

    def _error(self) -> BriefgenError | None:
        if self._failures:
            lines = [*self._failures, *map(str, sorted(set(self._problems)))]
            [first, *_] = self._failures.values()
            return type(first)("\n".join(lines))
        return ProblemsFound(self._problems) if self._problems else None

    def _put(self) -> None:
        refuse_problems(self.project)
        if self._waiting:
            self.output.write(self._waiting)
            self.made += [artefact.name for artefact in self._waiting]
            self._waiting = []


def _refuse_layout_mistakes(steps: Sequence[Step], engine: Engine) -> None:
    """Stop before colours that cannot be read, and before mistakes in layouts of one's own.

    Those that ship are known to be right.
    """
    targets = {step.file_name: step.target for step in steps}.values()
    problems: set[Problem] = set()
    for layout in {t.edition.layout: engine.layout(t.edition.layout) for t in targets}.values():
        if any(folder.path.parent != shipped("templates") for folder in layout.folders):
            problems |= set(style_problems(layout))
        for target in targets:
            if target.edition.layout == layout.name:
                loaded = target.dossier.editions[target.edition.id]
                problems |= set(accent_problems(loaded, layout))
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise ProblemsFound(errors)


def _refuse_foreign_faces(steps: Sequence[Step], engine: Engine) -> None:
    """Stop before faces are embedded that are not there."""
    layouts = {s.target.edition.layout for s in steps if s.format == "docx" and s.word.embed_fonts}
    for name in sorted(layouts):
        fonts = engine.layout(name).theme.fonts
        foreign = {fonts.text, fonts.heading} - FAMILIES.keys()
        if foreign:
            raise WrongUsage(
                f'the layout "{name}" is set in {" and ".join(sorted(foreign))}, which cannot be '
                f"embedded\n  help: name {' or '.join(FAMILIES)} under `fonts:` in its theme.yaml, "
                "or build without --embed-fonts"
            )


def _reference_warnings(steps: Sequence[Step], engine: Engine, out: Path) -> list[Problem]:
    """What the reference file of the run will lose, once it has been found to be usable."""
    steps = [step for step in steps if step.format == "docx" and step.word.reference]
    reference = steps[0].word.reference if steps else None
    if reference is None:
        return []
    if any(_is_same_file(out / step.file_name, reference.path) for step in steps):
        raise WrongUsage(
            f"{reference.path} is the reference file, and would be overwritten\n"
            "  help: build into another folder with `--out`, or move it"
        )
    layouts = dict.fromkeys(step.target.edition.layout for step in steps)
    found = engine.examine(reference, layouts, create_styles=steps[0].word.create_styles)
    if errors := [problem for problem in found if problem.severity == "error"]:
        raise ProblemsFound(errors)
    return found


def _is_same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)

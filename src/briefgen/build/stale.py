"""Stale: which artefacts are not what the data says by now; nothing is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from briefgen.build.engine import Engine
from briefgen.build.jobs import jobs_of
from briefgen.build.output import OutputFolder
from briefgen.build.plan import Step
from briefgen.build.project import Project
from briefgen.build.refuse import refuse_problems
from briefgen.build.workers import do_all
from briefgen.problems import ArtefactsChanged, Place, Problem, ProblemsFound


def refuse_stale(
    project: Project, steps: Sequence[Step], out: Path, shown: Path, workers: int
) -> None:
    """Stop where an artefact is missing, stale or changed by hand; messages name `out` as `shown`.

    Raises:
        ArtefactsChanged: with every such artefact.
        ProblemsFound: the data has mistakes.
        WrongEnvironment: the machine lacks something.
    """
    refuse_problems(project)
    output = OutputFolder.look(out, shown)
    problems = {step.file_name: problem for step in steps for problem in _seen(step, output)}
    left = [step for step in steps if step.file_name not in problems]
    jobs = jobs_of(left, output.key_of)
    for done in do_all(jobs, Engine(project), workers, lambda _: None, only_check=True):
        if done.failure:
            raise done.failure
        if done.problems:
            raise ProblemsFound(done.problems)
        for name in done.stale:
            problems[name] = _stale(output, name, has_data=done.data == output.data_of(name))
    if problems:
        raise ArtefactsChanged(problems.values())


def _seen(step: Step, output: OutputFolder) -> Iterator[Problem]:
    """What is wrong with a file by the look of it."""
    name = step.file_name
    path = output.folder / name
    if output.is_damaged(name) or not path.exists():
        what = "the file is damaged" if path.exists() else "the file is missing"
        yield Problem(_place(output, name), "BG063", what, f"build it: `{_command(step)}`")
    elif output.is_changed(name):
        yield output.changed(name)


def _stale(output: OutputFolder, name: str, *, has_data: bool) -> Problem:
    what = "the layout or the program has" if has_data else "the data that it shows has"
    mend = "build it again with `briefgen build`"
    return Problem(_place(output, name), "BG064", f"{what} changed since it was built", mend)


def _command(step: Step) -> str:
    return f"briefgen build {step.target.dossier.name}/{step.target.edition.id}"


def _place(output: OutputFolder, name: str) -> Place:
    return Place((output.shown / name).as_posix(), 0, 0)

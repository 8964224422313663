"""What is asked of the commands that build, and how it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefgen.cli.build_options import FormatChoice, LengthOrAll
from briefgen.cli.common import say_if_example
from briefgen.cli.progress import Progress
from briefgen.problems import WrongUsage

if TYPE_CHECKING:
    from briefgen.build.plan import Step
    from briefgen.build.project import Project
    from briefgen.build.runs import Finished, Run
    from briefgen.edition.models import Format, Length
    from briefgen.formats.word_options import WordOptions


@dataclass(frozen=True)
class Asked:
    """What is to be built."""

    editions: tuple[str, ...]
    formats: tuple[Format, ...]
    length: Length | Literal["all"] | None
    layout: str | None
    word: WordOptions

    @classmethod
    def of(
        cls,
        editions: Sequence[str] | None,
        formats: Sequence[FormatChoice] | None,
        length: LengthOrAll | None,
        layout: str | None,
        word: WordOptions,
    ) -> Asked:
        """The same in the words of the command line."""
        return cls(
            tuple(editions or ()),
            tuple(f.value for f in formats or ()),
            length.value if length else None,
            layout,
            word,
        )

    def run(self, folder: Path) -> Run:
        """The run that makes it of the data that is in a project's folder now."""
        from briefgen.build.inputs import inputs_digest
        from briefgen.build.runs import Run

        return Run.of(inputs_digest(folder), **self.plain())

    def plain(self) -> dict[str, object]:
        """The same in the form that runs are remembered by; `read_plain` gives it, too."""
        word, reference = self.word, self.word.reference
        return {
            "editions": self.editions,
            "formats": self.formats,
            "length": self.length,
            "layout": self.layout,
            "word": {
                "final": word.final,
                "annotate": word.annotate,
                "embed_fonts": word.embed_fonts,
                "create_styles": word.create_styles,
                "reference": [str(reference.path), reference.sha256] if reference else None,
            },
        }


def word_options(
    reference_doc: Path | None,
    *,
    create_styles: bool,
    final: bool,
    annotate: bool,
    embed_fonts: bool,
) -> WordOptions:
    """What is asked of Word files; the reference file is read and vetted.

    Raises:
        WrongUsage: styles are to be made for a reference file, and there is none.
        ProblemsFound: the reference file cannot be used.
    """
    from briefgen.formats.reference_doc import read_reference
    from briefgen.formats.word_options import WordOptions

    if create_styles and reference_doc is None:
        raise WrongUsage(
            "--create-styles makes the styles that a reference file lacks, and there is none\n"
            "  help: add `--reference-doc FILE`, or leave it out"
        )
    return WordOptions(
        reference=read_reference(reference_doc) if reference_doc else None,
        create_styles=create_styles,
        final=final,
        annotate=annotate,
        embed_fonts=embed_fonts,
    )


def make(
    asked: Asked, folder: Path, out: Path, workers: int | None, *, lines: bool = True
) -> Finished:
    """Make what is asked for and is not there as it would be made; `lines` as for `Progress`.

    Raises:
        BriefgenError: what keeps it from being made, as for `build`.
    """
    from briefgen.build.runs import Finished, find_finished

    run = asked.run(folder)
    finished = find_finished(run, out)
    if finished is not None:
        return finished
    from briefgen.build.build import build
    from briefgen.build.workers import cores

    workers = workers or cores()
    project, steps = _plan(asked, folder, ahead=workers > 1)
    with Progress(len(steps), lines=lines) as progress:
        report = build(project, steps, out, progress, workers=workers, asked=run)
    return Finished(tuple(step.file_name for step in steps), report.told, report.made)


def count_fresh(asked: Asked, folder: Path, out: Path, shown: Path, workers: int | None) -> int:
    """How many files are asked for, all of which are there as they would be made.

    Messages name the output folder as `shown`.

    Raises:
        BriefgenError: one of them is not, or what keeps that from being found out.
    """
    from briefgen.build.runs import find_finished

    finished = find_finished(asked.run(folder), out)
    if finished is not None:
        return len(finished.files)
    from briefgen.build.stale import refuse_stale
    from briefgen.build.workers import cores

    project, steps = _plan(asked, folder, ahead=False)
    refuse_stale(project, steps, out, shown, workers or cores())
    return len(steps)


def _plan(asked: Asked, folder: Path, *, ahead: bool) -> tuple[Project, list[Step]]:
    """The data, and the artefacts to make of it.

    It has no mistakes, but for those that are still being looked for where that goes on `ahead`.
    """
    from briefgen.build.plan import plan
    from briefgen.build.project import find_targets, load_ahead, load_project
    from briefgen.build.refuse import refuse_problems, refusing_problems

    project = load_ahead(folder) if ahead else load_project(folder, loose_ends=False)
    say_if_example(project.is_example)
    if any(loaded.problems for loaded in project.dossiers.values()):
        refuse_problems(project)
    with refusing_problems(project):
        targets = find_targets(project, asked.editions, asked.layout)
        return project, plan(targets, asked.formats, asked.length, asked.word)

"""`briefgen build`: finished documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

import typer

from briefgen.cli.common import ProjectOption, reporting_problems, say_if_example
from briefgen.cli.report import ReportFormat, prefix_of, report
from briefgen.problems import ProblemsFound, WrongUsage

if TYPE_CHECKING:
    from briefgen.build.runs import Finished, Run
    from briefgen.edition.models import Format, Length
    from briefgen.formats.word_options import WordOptions


class LengthOrAll(StrEnum):
    """The lengths, and all of them."""

    one_page = "one-page"
    brief = "brief"
    full = "full"
    all = "all"


class FormatChoice(StrEnum):
    """The formats, as the command line offers them."""

    pdf = "pdf"
    docx = "docx"
    html = "html"


def build_command(
    editions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="EDITION",
            help="Editions to build, each as EDITION or DOSSIER/EDITION.",
            show_default="all",
        ),
    ] = None,
    formats: Annotated[
        list[FormatChoice] | None,
        typer.Option(
            "--format",
            help="Only this format; may be given several times.",
            show_default="those of the edition",
        ),
    ] = None,
    length: Annotated[
        LengthOrAll | None,
        typer.Option(
            "--length",
            help="one-page, brief (4 pages), full (at most 16) or all.",
            show_default="brief, where the edition has it",
        ),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="LAYOUT",
            help="Build in this layout; `briefgen list layouts` shows all.",
            show_default="that of the edition",
        ),
    ] = None,
    reference_doc: Annotated[
        Path | None,
        typer.Option(
            "--reference-doc",
            metavar="FILE",
            help="Word file (.docx or .dotx) of your house: DOCX takes its styles, page, running "
            "head and foot, and cover.",
            show_default="the style of the layout",
        ),
    ] = None,
    create_styles: Annotated[
        bool,
        typer.Option(
            "--create-styles",
            help="With --reference-doc: make the styles that the file lacks.",
        ),
    ] = False,
    final: Annotated[
        bool,
        typer.Option(
            "--final",
            help="Word copies for publication: nothing in them that brings edits back, no author.",
        ),
    ] = False,
    annotate: Annotated[
        bool,
        typer.Option(
            "--annotate",
            help="Word copies with a comment on each claim that is contested, doubtful or dated.",
        ),
    ] = False,
    embed_fonts: Annotated[
        bool,
        typer.Option(
            "--embed-fonts",
            help="Word files in the typefaces of the PDF, which they carry (0.6 MB).",
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder for the finished files.",
            show_default="out/ in the project",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            min=1,
            metavar="N",
            help="Documents to make at the same time.",
            show_default="the cores that there are",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Build nothing; exit with 5 where a file is missing, stale or changed by hand.",
        ),
    ] = False,
    form: Annotated[
        ReportFormat,
        typer.Option(
            "--report",
            help="Form of problems: text for people; json, github (annotations) or sarif for "
            "programs, on standard output.",
        ),
    ] = ReportFormat.text,
    project: ProjectOption = None,
) -> None:
    """Build documents: all editions in all formats, or those that are named.

    Only what is not yet as it would be made: hashes of the data that a document shows, of its
    layout and of the program decide.

    \b
    Examples:
      briefgen build
      briefgen build --check
      briefgen build india --format pdf
      briefgen build india --length one-page
      briefgen build india --layout briefing-note
      briefgen build japan-nato/india overview --out /tmp/briefs
      briefgen build india --format docx --final
      briefgen build india --format docx --reference-doc house.docx --create-styles
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.build.inputs import inputs_digest
        from briefgen.build.runs import Run, find_finished

        word = replace(
            _word_options(reference_doc, create_styles=create_styles),
            final=final,
            annotate=annotate,
            embed_fonts=embed_fonts,
        )
        folder = project_folder(project)
        asked = _Asked(
            tuple(editions or ()),
            tuple(f.value for f in formats or ()),
            length.value if length else None,
            layout,
            word,
        )
        run = Run.of(inputs_digest(folder), **asked.plain())
        to = out or folder / "out"
        finished = find_finished(run, to)
        if finished is None:
            with _reporting(form, folder):
                finished = _build(folder, asked, to, run, jobs, form, only_check=check)
        if form is not ReportFormat.text:
            typer.echo(report((), form))
            return
        if check:
            typer.echo(f"{len(finished.files)} files in {to} are as the data says")
            return
        for line in finished.told:
            typer.echo(line, err=True)
        for name in finished.files:
            typer.echo(str(to / name))


@contextmanager
def _reporting(form: ReportFormat, folder: Path) -> Iterator[None]:
    """Problems of the data and of artefacts in a form for programs, where one is asked for."""
    try:
        yield
    except ProblemsFound as found:
        if form is ReportFormat.text:
            raise
        typer.echo(report(found.problems, form, prefix_of(folder)))
        raise typer.Exit(found.exit_code) from None


@dataclass(frozen=True)
class _Asked:
    """What is to be built."""

    editions: tuple[str, ...]
    formats: tuple[Format, ...]
    length: Length | Literal["all"] | None
    layout: str | None
    word: WordOptions

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


def _build(
    folder: Path,
    asked: _Asked,
    out: Path,
    run: Run,
    workers: int | None,
    form: ReportFormat,
    *,
    only_check: bool,
) -> Finished:
    """Read the data, and make what is asked for, or only look whether it is there."""
    from briefgen.build.build import build, refuse_problems
    from briefgen.build.plan import plan
    from briefgen.build.project import find_targets, load_project
    from briefgen.build.runs import Finished
    from briefgen.build.stale import refuse_stale
    from briefgen.build.workers import cores

    project = load_project(folder, loose_ends=False)
    say_if_example(project.is_example)
    refuse_problems(project)
    targets = find_targets(project, asked.editions, asked.layout)
    steps = plan(targets, asked.formats, asked.length, asked.word)
    names = tuple(step.file_name for step in steps)
    if only_check:
        shown = out if form is ReportFormat.text else Path(os.path.relpath(out, folder))
        refuse_stale(project, steps, out, shown, workers or cores())
        return Finished(names, ())
    with Progress(len(steps)) as progress:
        report = build(project, steps, out, progress, workers=workers or cores(), asked=run)
    return Finished(names, report.told)


def _word_options(reference_doc: Path | None, *, create_styles: bool) -> WordOptions:
    """What is asked of Word files; the reference file is read and vetted before all else."""
    from briefgen.formats.word_options import WordOptions

    if reference_doc is None:
        if create_styles:
            raise WrongUsage(
                "--create-styles makes the styles that a reference file lacks, and there is none\n"
                "  help: add `--reference-doc FILE`, or leave it out"
            )
        return WordOptions()
    from briefgen.formats.reference_doc import read_reference

    return WordOptions(reference=read_reference(reference_doc), create_styles=create_styles)


class Progress:
    """A bar on a terminal, a plain line a file elsewhere; both on standard error."""

    def __init__(self, total: int) -> None:
        self._total, self._number = total, 0
        self._bar = (
            typer.progressbar(length=total, label="briefgen", file=sys.stderr)
            if sys.stderr.isatty()
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar:
            if error[0] is None:
                self._bar.update(self._total - self._bar.pos)
            self._bar.render_finish()

    def __call__(self, name: str, what: Literal["made", "fresh"]) -> None:
        """Count an artefact, and show it if it is made."""
        self._number += 1
        if self._bar:
            self._bar.label = name
            self._bar.update(self._number - 1 - self._bar.pos)
            self._bar.render_progress()
        elif what == "made":
            typer.echo(f"[{self._number}/{self._total}] {name}", err=True)

"""`briefgen build`: finished documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.asked import Asked, count_fresh, make, word_options
from briefgen.cli.build_options import (
    AnnotateOption,
    CreateStylesOption,
    EditionsArgument,
    EmbedFontsOption,
    FinalOption,
    FormatsOption,
    JobsOption,
    LayoutOption,
    LengthOption,
    OutOption,
    ReferenceOption,
)
from briefgen.cli.common import ProjectOption, reporting_problems
from briefgen.cli.report import ReportFormat, prefix_of, report
from briefgen.problems import ProblemsFound


def build_command(
    editions: EditionsArgument = None,
    formats: FormatsOption = None,
    length: LengthOption = None,
    layout: LayoutOption = None,
    reference_doc: ReferenceOption = None,
    create_styles: CreateStylesOption = False,
    final: FinalOption = False,
    annotate: AnnotateOption = False,
    embed_fonts: EmbedFontsOption = False,
    out: OutOption = None,
    jobs: JobsOption = None,
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

        word = word_options(
            reference_doc,
            create_styles=create_styles,
            final=final,
            annotate=annotate,
            embed_fonts=embed_fonts,
        )
        folder = project_folder(project)
        asked = Asked.of(editions, formats, length, layout, word)
        to = out or folder / "out"
        with _reporting(form, folder):
            if check:
                is_text = form is ReportFormat.text
                shown = to if is_text else Path(os.path.relpath(to, folder))
                count = count_fresh(asked, folder, to, shown, jobs)
                typer.echo(f"{count} files in {to} are as the data says", err=not is_text)
                return
            finished = make(asked, folder, to, jobs)
        for line in finished.told:
            typer.echo(line, err=True)
        if form is ReportFormat.text:
            typer.echo("\n".join(str(to / name) for name in finished.files))


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
    if text := report((), form):
        typer.echo(text)

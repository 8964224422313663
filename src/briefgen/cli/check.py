"""`briefgen check`: every problem in the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import (
    ProjectOption,
    count_problems,
    reporting_problems,
    say_if_example,
)
from briefgen.cli.report import ReportFormat, prefix_of, report

if TYPE_CHECKING:
    from briefgen.build.project import Project


def check_command(
    sources: Annotated[
        Path | None,
        typer.Option(
            "--sources",
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Folder of source texts to find every quote in; renews evidence.lock.",
        ),
    ] = None,
    form: Annotated[
        ReportFormat,
        typer.Option(
            "--format",
            help="text for people; json, github (annotations) or sarif for programs.",
        ),
    ] = ReportFormat.text,
    strict: Annotated[
        bool, typer.Option("--strict", help="Count warnings as errors: exit with 1.")
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Report every problem in the data, with its place and remedy.

    Quotes are held against evidence.lock, or with --sources against the texts themselves, which
    also shows prose that copies them. Errors stop a build; warnings point out loose ends.

    \b
    Examples:
      briefgen check
      briefgen check --strict --sources ../sources
      briefgen check --format sarif > briefgen.sarif
    """
    with reporting_problems():
        from briefgen.build.check import layout_problems
        from briefgen.build.folder import project_folder
        from briefgen.build.project import load_project, write_locks

        loaded = load_project(project_folder(project), sources)
        say_if_example(loaded.is_example)
        problems = sorted({*loaded.problems, *layout_problems(loaded)})
        has_errors = any(problem.severity == "error" for problem in problems)
        if text := report(problems, form, prefix_of(loaded.folder)):
            typer.echo(text)
        if problems:
            typer.echo(count_problems(problems), err=True)
        if sources and not has_errors and not loaded.is_example:
            for path in write_locks(loaded, sources):
                typer.echo(f"wrote {path}", err=True)
        if has_errors or (strict and problems):
            raise typer.Exit(1)
        if form is ReportFormat.text:
            typer.echo(_summary(loaded, found_in_texts=sources is not None))


def _summary(loaded: Project, *, found_in_texts: bool) -> str:
    dossiers = [d.dossier for d in loaded.dossiers.values()]
    claims = sum(len(dossier.claims) for dossier in dossiers)
    quotes = sum(len(c.evidence) for dossier in dossiers for c in dossier.claims.values())
    editions = sum(len(d.editions) for d in loaded.dossiers.values())
    how = "found once each in the sources" if found_in_texts else "as verified in evidence.lock"
    outcome = "no errors" if loaded.problems else "no problems"
    return f"{outcome}: {claims} claims, {quotes} quotes {how}, {editions} editions"

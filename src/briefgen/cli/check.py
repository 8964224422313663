"""`briefgen check`: every problem in the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.common import (
    ProjectOption,
    count_problems,
    reporting_problems,
    say_if_example,
)


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
    project: ProjectOption = None,
) -> None:
    """Report every problem in the data, with its place and remedy.

    Quotes are held against evidence.lock, or with --sources against the texts themselves.

    \b
    Examples:
      briefgen check
      briefgen check --sources ../sources
    """
    with reporting_problems():
        from briefgen.build.check import layout_problems
        from briefgen.build.project import load_project, project_folder, write_locks

        loaded = load_project(project_folder(project), sources)
        say_if_example(loaded.is_example)
        problems = loaded.problems or layout_problems(loaded)
        for problem in problems:
            typer.echo(str(problem))
        if any(problem.severity == "error" for problem in problems):
            typer.echo(count_problems(problems), err=True)
            raise typer.Exit(1)
        if sources and not loaded.is_example:
            for path in write_locks(loaded, sources):
                typer.echo(f"wrote {path}", err=True)
        typer.echo(_summary(loaded, found_in_texts=sources is not None))


def _summary(loaded: object, *, found_in_texts: bool) -> str:
    from briefgen.build.project import Project

    assert isinstance(loaded, Project)
    claims = sum(len(d.dossier.claims) for d in loaded.dossiers.values())
    quotes = sum(
        len(claim.evidence) for d in loaded.dossiers.values() for claim in d.dossier.claims.values()
    )
    editions = sum(len(d.editions) for d in loaded.dossiers.values())
    how = "found once each in the sources" if found_in_texts else "as verified in evidence.lock"
    return f"no problems: {claims} claims, {quotes} quotes {how}, {editions} editions"

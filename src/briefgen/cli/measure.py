"""`briefgen measure`: how far the editions differ, and how plainly they read."""

from __future__ import annotations

from typing import Annotated

import typer

from briefgen.cli.common import (
    ProjectOption,
    TableFormat,
    reporting_problems,
    say_if_example,
)


def measure_command(
    editions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="EDITION",
            help="Editions to measure, each as EDITION or DOSSIER/EDITION.",
            show_default="all",
        ),
    ] = None,
    form: Annotated[
        TableFormat,
        typer.Option("--format", help="text for people, json for programs."),
    ] = TableFormat.text,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where a figure is beyond its limit.")
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Measure how far the editions differ, and how plainly they read.

    For each edition: whose words it prints, and the length of its sentences, its voice and its
    abbreviations. For each two: sentences that are alike, areas and claims that both lead with.
    Figures beyond their limits are marked with "!".

    \b
    Examples:
      briefgen measure
      briefgen measure india overview
      briefgen measure --format json > figures.json
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.build.measure import measure
        from briefgen.build.project import find_targets, load_project
        from briefgen.build.refuse import refuse_problems
        from briefgen.cli.measure_report import json_report, text_report

        loaded = load_project(project_folder(project), loose_ends=False)
        say_if_example(loaded.is_example)
        refuse_problems(loaded)
        measured = measure(loaded, find_targets(loaded, editions or []))
        report = json_report if form is TableFormat.json else text_report
        typer.echo(report(measured))
        if strict and measured.beyond:
            raise typer.Exit(1)

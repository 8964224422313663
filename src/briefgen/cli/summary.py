"""`briefgen summary`: what is in the output folder, as Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.common import ProjectOption, reporting_problems


def summary_command(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder with the finished files and their manifest.json.",
            show_default="out/ in the project",
        ),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Sum up the finished files, in Markdown, for the page of a run or a message.

    Says of each edition: its files with size, length, version, date and status; the evidence that
    they rest on; what was shortened or left out to fit the pages.

    \b
    Examples:
      briefgen summary
      briefgen summary --out out >> "$GITHUB_STEP_SUMMARY"
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.cli.summary_markdown import read_manifest, summary_markdown

        folder = out or project_folder(project) / "out"
        typer.echo(summary_markdown(read_manifest(folder), folder))

"""`briefgen trace`: from words in an artefact to the claims and passages that they rest on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.common import ProjectOption, SourcesOption, reporting_problems


def trace_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A PDF, DOCX or HTML file that briefgen made.")
    ],
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="Some words of its text, as they stand.")
    ],
    sources: SourcesOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")] = False,
    project: ProjectOption = None,
) -> None:
    """Trace words in a finished file to their record, claims and source passages.

    All of it comes from the ledger in the file, so the project need not be there. Where it is,
    the place of each field in its YAML is named, and what has changed since. Spelling, hyphens at
    the ends of lines, case, white space and the numbers of notes in copied text do not matter.
    Exits with 1 where the words do not stand in the file.

    \b
    Examples:
      briefgen trace out/japan-nato-india.pdf "some words of the text"
      briefgen trace brief.docx "some words" --sources ../sources
      briefgen trace brief.html "some words" --json
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.cli.traced import json_report, text_report
        from briefgen.trace.trace import trace_words

        traced = trace_words(file, " ".join(words), project_folder(project), sources)
        report = json_report if as_json else text_report
        typer.echo(report(traced, str(file)))
        if not traced.places:
            raise typer.Exit(1)

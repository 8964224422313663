"""`briefgen verify`: whether finished files are as they were built, and from which data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.common import ProjectOption, reporting_problems
from briefgen.problems import ArtefactsChanged


def verify_command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="PDF, DOCX or HTML files that briefgen made."),
    ],
    history: Annotated[
        bool, typer.Option("--history", help="Look for their data in the project's git history.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")] = False,
    project: ProjectOption = None,
) -> None:
    """Verify finished files: built from this data, from other data, or changed by hand.

    Each file carries a seal, which tells whether a byte has changed since it was built, and the
    hash of the data that it shows. Where something has changed, the fields are named whose text is
    other. The file alone is enough; to know its data, the project must be there. The seal shows
    accidents and edits; it is no signature.
    Exits with 0 where all files are intact and built from this data, with 5 where one is not or
    that is not known, and with 2 where one is none of ours.

    \b
    Examples:
      briefgen verify out/japan-nato-india.pdf
      briefgen verify found.docx --history
      briefgen verify out/*.html --json
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.cli.verified import json_report, text_report
        from briefgen.trace.carried import NotTraceable
        from briefgen.verify.known import known_data
        from briefgen.verify.verify import Verified, verify

        known = known_data(project_folder(project), with_history=history)
        found: list[tuple[str, Verified]] = []
        refused = []
        for path in dict.fromkeys(files):
            try:
                found.append((str(path), verify(path, known)))
            except NotTraceable as reason:
                refused.append(str(reason))
        if found or as_json:
            typer.echo((json_report if as_json else text_report)(found))
        if refused:
            raise NotTraceable("\n".join(refused))
        if not all(verified.is_proven for _, verified in found):
            raise typer.Exit(ArtefactsChanged.exit_code)

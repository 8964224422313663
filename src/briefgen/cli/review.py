"""`briefgen review`: what somebody edited in a Word file, against its export and the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.common import ProjectOption, reporting_problems, say_if_incomplete
from briefgen.problems import WrongUsage

FORMS = (".html", ".json", ".txt")

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Edited copies of Word files that briefgen made."),
]


def review_command(
    files: FilesArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="REPORT",
            help="File to write: .html, .json or .txt.",
            show_default="standard output",
        ),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Review edited Word files: what was changed, and what merging would do with it.

    Three texts of each field are compared: as exported, as edited, and as the data has it now.
    Tracked changes are read as if accepted. Comments, tracked changes, edits that no field of the
    data holds, and what a program destroyed on saving are listed with their place and words.
    Nothing is written but the report.

    \b
    Examples:
      briefgen review edited.docx
      briefgen review edited.docx --out review.html
      briefgen review from-anna.docx from-ben.docx
      briefgen review edited.docx --json
    """
    with reporting_problems():
        from briefgen.build.files import write_whole
        from briefgen.build.folder import project_folder
        from briefgen.review.project import read_for_review
        from briefgen.review.review import review_file

        form = _form(out, as_json=as_json)
        folder = project_folder(project)
        reviews = [review_file(path, lambda name: read_for_review(folder, name)) for path in files]
        for review in reviews:
            say_if_incomplete(review.loaded.problems)
        if form == ".json":
            from briefgen.cli.reviewed_json import reviews_json as report
        elif form == ".html":
            from briefgen.cli.reviewed_page import reviews_page as report
        else:
            from briefgen.cli.reviewed_text import reviews_text as report
        text = report(reviews)
        if out is None:
            typer.echo(text)
        else:
            write_whole(out, f"{text.rstrip()}\n".encode())
            typer.echo(str(out))


def _form(out: Path | None, *, as_json: bool) -> str:
    if out is None:
        return ".json" if as_json else ".txt"
    form = out.suffix.lower()
    if out.is_dir() or form not in FORMS or (as_json and form != ".json"):
        raise WrongUsage(
            f'the name "{out.name}" does not say the form of the report\n'
            f"  help: name a file that ends in one of {', '.join(FORMS)}"
        )
    return form

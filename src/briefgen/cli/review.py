"""`briefgen review`: what somebody edited in a Word file, against its export and the data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import (
    ProjectOption,
    reporting_problems,
    say_if_example,
    say_if_incomplete,
)
from briefgen.problems import WrongUsage

if TYPE_CHECKING:
    from briefgen.formats.docx.edited import EditedFile

FORMS = (".html", ".json", ".txt")

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Edited copies of Word files that briefgen made."),
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
        from briefgen.formats.docx.edited import accept_all
        from briefgen.review.project import read_for_review
        from briefgen.review.review import review_edited

        form = _form(out, as_json=as_json)
        folder = project_folder(project)
        edited = read_each(files)
        say_if_example(not (folder / "data").is_dir())
        names = dict.fromkeys(file.snapshot.dossier for file in edited)
        loaded = {name: read_for_review(folder, name) for name in names}
        reviews = [
            review_edited(file, loaded[file.snapshot.dossier], accept_all) for file in edited
        ]
        say_if_incomplete([problem for dossier in loaded.values() for problem in dossier.problems])
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


def read_each(files: Sequence[Path]) -> list[EditedFile]:
    """The edited copies, each once; all that cannot be read are told together.

    Raises:
        NotReviewable: there is nothing to compare some of them with.
    """
    from briefgen.formats.docx.edited import NotReviewable, read_edited

    found: dict[str, EditedFile] = {}
    refused = []
    for path in files:
        try:
            file = read_edited(path)
        except NotReviewable as reason:
            refused.append(str(reason))
            continue
        if (same := found.setdefault(file.sha256, file)) is not file:
            what = "is named twice" if same.name == path.name else f"holds what {same.name} holds"
            typer.echo(f"briefgen: {path} {what}; it is read once", err=True)
    if refused:
        raise NotReviewable("\n".join(dict.fromkeys(refused)))
    return list(found.values())


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

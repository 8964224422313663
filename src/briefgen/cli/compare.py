"""`briefgen compare`: two editions, or two states of one, claim by claim."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import (
    LengthChoice,
    ProjectOption,
    count_problems,
    reporting_problems,
    say_if_example,
)
from briefgen.problems import WrongUsage

if TYPE_CHECKING:
    from briefgen.build.compare import Compared
    from briefgen.edition.comparison import Comparison


class CompareFormat(StrEnum):
    """The forms, as the command line offers them."""

    text = "text"
    json = "json"
    html = "html"


SUFFIXES = {
    ".txt": CompareFormat.text,
    ".json": CompareFormat.json,
    ".html": CompareFormat.html,
}
PLAIN_WIDTH = 80


def compare_command(
    a: Annotated[
        str,
        typer.Argument(metavar="A", help="EDITION, or EDITION@REVISION for a state kept in git."),
    ],
    b: Annotated[str, typer.Argument(metavar="B", help="The same for the other side.")],
    length: Annotated[
        LengthChoice | None,
        typer.Option(
            "--length",
            help="Compare what both print at this length.",
            show_default="the usual one of each edition",
        ),
    ] = None,
    form: Annotated[
        CompareFormat | None,
        typer.Option(
            "--format",
            help="A table in text, JSON for programs, or one HTML page.",
            show_default="by the name of --out; else text",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="File to write: .html, .json or .txt.",
            show_default="standard output",
        ),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Compare two editions claim by claim and record by record, or an edition with its past.

    Shows what both share, what they word in another way (side by side), what only one has, and
    what one recommends and the other advises against. Two revisions of one edition show what
    changed from A to B. No file of the project is touched.

    \b
    Examples:
      briefgen compare india european-sceptic
      briefgen compare india overview --length brief
      briefgen compare india european-sceptic --out compared.html
      briefgen compare india@v1.0 india
    """
    with reporting_problems():
        from briefgen.build.compare import compare_named
        from briefgen.build.files import write_whole
        from briefgen.build.folder import project_folder

        chosen = _form(form, out)
        compared = compare_named(project_folder(project), a, b, length.value if length else None)
        _say_what_to_know(compared)
        text = _written(compared.comparison, chosen, is_file=out is not None)
        if out is None:
            typer.echo(text)
        else:
            write_whole(out, f"{text.rstrip()}\n".encode())
            typer.echo(str(out))


def _form(form: CompareFormat | None, out: Path | None) -> CompareFormat:
    """The form that is asked for, by name or by the name of the file."""
    if out is None:
        return form or CompareFormat.text
    if out.is_dir():
        raise WrongUsage(f"{out} is a folder\n  help: name a file: {out / 'compared.html'}")
    by_name = SUFFIXES.get(out.suffix.lower())
    if by_name is None or form not in (None, by_name):
        wanted = "one of .html, .json, .txt" if form is None else f".{SUFFIX_OF[form]}"
        raise WrongUsage(
            f'the name "{out.name}" does not say the form that is asked for\n'
            f"  help: end it in {wanted}"
        )
    return by_name


SUFFIX_OF = {form: suffix.removeprefix(".") for suffix, form in SUFFIXES.items()}


def _written(comparison: Comparison, form: CompareFormat, *, is_file: bool) -> str:
    if form is CompareFormat.html:
        from briefgen.cli.compared_page import comparison_page

        return comparison_page(comparison)
    if form is CompareFormat.json:
        from briefgen.cli.compared_json import comparison_json

        return comparison_json(comparison)
    from briefgen.cli.compared_text import comparison_text

    if is_file or not sys.stdout.isatty():
        return comparison_text(comparison, PLAIN_WIDTH)
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns
    return comparison_text(comparison, width, lambda line: typer.style(line, bold=True))


def _say_what_to_know(compared: Compared) -> None:
    """Tell the person, on standard error, what makes the comparison less than it may seem."""
    say_if_example(compared.is_example)
    for revision, problems in compared.problems.items():
        state = f"the data at {revision}" if revision else "the data"
        remedy = f"the first: {problems[0]}" if revision else "see `briefgen check`"
        _say(
            f"{state} has {count_problems(problems)} by today's rules, so this may be incomplete; "
            f"{remedy}"
        )
    for revision, paths in compared.not_followed.items():
        _say(f"at {revision} these are links and were not read: {', '.join(paths)}")
    for name in compared.never_built:
        _say(f"{name} is not built at this length, so this compares what it would print")


def _say(text: str) -> None:
    typer.echo(f"briefgen: {text}", err=True)

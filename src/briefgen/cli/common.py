"""What the commands share: options, and turning mistakes into messages and exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.problems import (
    BriefgenError,
    Problem,
    ProblemsFound,
    WrongEnvironment,
    WrongUsage,
    printable,
    suggest,
)

if TYPE_CHECKING:
    from briefgen.build.loaded import LoadedDossier
    from briefgen.build.project import Project

MOST_NAMES = 3
"""So many files are named; a checkout of another branch may change hundreds."""

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project",
        help="Folder with data/ (and templates/, if it has its own).",
        metavar="DIR",
        show_default="this folder or the nearest above it",
    ),
]

SourcesOption = Annotated[
    Path | None,
    typer.Option(
        "--sources",
        metavar="DIR",
        exists=True,
        file_okay=False,
        envvar="BRIEFGEN_SOURCES",
        help="Folder of source texts, to show each quote in its passage.",
    ),
]


class LengthChoice(StrEnum):
    """The lengths, as the command line offers them."""

    one_page = "one-page"
    brief = "brief"
    full = "full"


class TableFormat(StrEnum):
    """The forms of what people and programs read."""

    text = "text"
    json = "json"


@contextmanager
def reporting_problems() -> Iterator[None]:
    """The only place where mistakes become messages and exit codes."""
    try:
        yield
    except BriefgenError as error:
        say_failure(error)
        raise typer.Exit(error.exit_code) from None
    except PermissionError as error:
        typer.echo(
            f"briefgen: cannot read {error.filename}: {error.strerror}\n"
            "  help: change its permissions",
            err=True,
        )
        raise typer.Exit(WrongEnvironment.exit_code) from None


def say_failure(error: BriefgenError) -> None:
    """Print a mistake, or all the problems that were found and how many they are."""
    if isinstance(error, ProblemsFound):
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        typer.echo(count_problems(error.problems), err=True)
    else:
        typer.echo(f"briefgen: {error}", err=True)
    if error.made:
        typer.echo(f"the rest was made: {some_of(error.made)}", err=True)


def some_of(names: Sequence[str]) -> str:
    """The first of these names, and how many more there are."""
    more = len(names) - MOST_NAMES
    return f"{', '.join(map(printable, names[:MOST_NAMES]))}{f' and {more} more' * (more > 0)}"


def count_problems(problems: Sequence[Problem]) -> str:
    """How many there are of each: "2 errors, 1 warning"."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    parts = [
        f"{n} {word}{'s' * (n != 1)}"
        for n, word in ((errors, "error"), (warnings, "warning"))
        if n or word == "error"
    ]
    return ", ".join(parts)


def say_if_incomplete(problems: Sequence[Problem]) -> None:
    """Tell the person when records may be missing because the data has mistakes."""
    if any(problem.severity == "error" for problem in problems):
        typer.echo(
            f"briefgen: the data has {count_problems(problems)}, so this may be incomplete; "
            "see `briefgen check`",
            err=True,
        )


def say_if_example(is_example: bool) -> None:
    """Tell the person when there is no data of theirs and the shipped example is used."""
    if is_example:
        typer.echo(
            "briefgen: no data/ here; using the example dossier that comes with briefgen", err=True
        )


def own_dossier(project: Project, name: str) -> LoadedDossier:
    """The dossier that a command is to write to: the named one, or the only one.

    Raises:
        WrongUsage: there is no such dossier, or several and none is named.
    """
    if project.is_example:
        raise WrongUsage(
            "there is no data/ here\n  help: start with `briefgen new dossier NAME`, go to your "
            "project, or name it with --project"
        )
    names = list(project.dossiers)
    if not name and len(names) > 1:
        raise WrongUsage(
            f"there are several dossiers\n  help: name one with --dossier: {', '.join(names)}"
        )
    if name and name not in names:
        raise WrongUsage(
            f'unknown dossier "{name}"\n  help: {suggest(name, names)}dossiers: {", ".join(names)}'
        )
    return project.dossiers[name or names[0]]

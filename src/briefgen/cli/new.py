"""`briefgen new`: a dossier or an edition that builds at once."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import ProjectOption, count_problems, own_dossier, reporting_problems
from briefgen.problems import WrongUsage

if TYPE_CHECKING:
    from briefgen.build.project import Project

new_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class RoleChoice(StrEnum):
    """The stances, as the command line offers them."""

    neutral = "neutral"
    perspective = "perspective"
    sceptic = "sceptic"
    advocate = "advocate"


@new_app.callback()
def new_command() -> None:
    """Start a dossier or an edition: small, commented, and fit to be built at once."""


@new_app.command("dossier", short_help="Write a small sample dossier to start from.")
def new_dossier_command(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="Name of its folder, such as housing or sea-lanes."),
    ],
    sources: Annotated[
        Path | None,
        typer.Option(
            "--sources",
            metavar="DIR",
            help="Folder for the sample source texts.",
            show_default="sources/ in the project",
        ),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Write a small dossier, complete with claims, sources and two editions, to be replaced.

    It goes to data/ of this project; where there is none, this folder becomes one. What it says is
    a made-up sample, marked as such, on which comments explain each key.

    \b
    Examples:
      briefgen new dossier housing
      briefgen new dossier sea-lanes --sources ../sources
    """
    with reporting_problems():
        from briefgen.build.new_dossier import new_dossier
        from briefgen.build.project import load_project

        folder = _folder(project)
        texts = sources or folder / "sources"
        for path in new_dossier(folder, name, texts, _this_month()):
            typer.echo(str(path))
        loaded = load_project(folder, loose_ends=False)
        _say_if_wrong(loaded)
        editions = [f"{name}/{edition}" for edition in loaded.dossiers[name].editions]
        _say_next(
            ["check", "--strict", "--sources", str(texts)], ["build", *editions], project=project
        )


@new_app.command("edition", short_help="Write a draft edition of a dossier.")
def new_edition_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of its file, such as traders.")],
    dossier: Annotated[
        str,
        typer.Option(
            "--dossier",
            metavar="NAME",
            help="Dossier that it belongs to; needed where there are several.",
        ),
    ] = "",
    role: Annotated[
        RoleChoice | None,
        typer.Option(
            "--role",
            help="Stance: any but neutral gets drafts of its counters.",
            show_default="neutral",
        ),
    ] = None,
    like: Annotated[
        str,
        typer.Option(
            "--like", metavar="EDITION", help="Copy this edition instead, under a new identity."
        ),
    ] = "",
    project: ProjectOption = None,
) -> None:
    """Write a draft edition on a dossier's own records, which builds as it stands.

    It shows the weightiest areas, obstacles and recommendations, cites their claims, and says "To
    write" wherever words of yours are wanted.

    \b
    Examples:
      briefgen new edition traders
      briefgen new edition traders --dossier housing --role sceptic
      briefgen new edition traders --like overview
    """
    with reporting_problems():
        from briefgen.build.copy_edition import copy_edition
        from briefgen.build.folder import project_folder
        from briefgen.build.new_edition import new_edition
        from briefgen.build.project import load_project

        if like and role:
            raise WrongUsage(
                "--like takes the stance of the edition that it copies\n  help: leave out --role"
            )
        folder = project_folder(project)
        loaded = load_project(folder, loose_ends=False)
        target = own_dossier(loaded, dossier)
        to_reword: tuple[str, ...] = ()
        if like:
            copied = copy_edition(target, name, like)
            path, to_reword = copied.path, copied.to_reword
        else:
            stance = role or RoleChoice.neutral
            path = new_edition(target, folder, name, stance.value, _this_month())
        typer.echo(str(path))
        if to_reword:
            typer.echo(
                f"{name} says what {like} says; no sentence may stand in two editions, so write "
                f"these anew: {', '.join(to_reword)}",
                err=True,
            )
        _say_if_wrong(loaded)
        _say_next(["check", "--strict"], ["build", f"{target.name}/{name}"], project=project)


def _folder(named: Path | None) -> Path:
    """The project to write to; a folder without data becomes one."""
    from briefgen.build.folder import project_folder

    if named is not None and named.is_dir() and not (named / "data").exists():
        return named
    return project_folder(named)


def _this_month() -> str:
    """When the editions are issued, until somebody decides on a date."""
    return f"{datetime.now(tz=UTC):%Y-%m}"


def _say_if_wrong(loaded: Project) -> None:
    """Tell of mistakes that stop a build; what was written has none, so they stand elsewhere."""
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    if errors:
        typer.echo(
            f"briefgen: the rest of data/ has {count_problems(errors)}, and nothing is built "
            "before that is mended; see `briefgen check`",
            err=True,
        )


def _say_next(*commands: Sequence[str], project: Path | None) -> None:
    """The commands to go on with, ready to be copied."""
    named = ["--project", str(project)] if project else []
    typer.echo("next:", err=True)
    for words in commands:
        typer.echo(f"  {shlex.join(['briefgen', *words, *named])}", err=True)

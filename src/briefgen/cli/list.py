"""`briefgen list`: what there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import ProjectOption, reporting_problems, say_if_example, say_if_incomplete
from briefgen.problems import WrongUsage, suggest

if TYPE_CHECKING:
    from briefgen.build.project import Project
    from briefgen.dossier.base import Record

LABELS = ("title", "statement", "name", "term")
"""Keys that say in words what a record is, by preference."""


def list_command(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            show_default="a count of each",
            help="editions, sources, claims, areas, obstacles, recommendations, "
            "actors, instruments, milestones, terms or tables.",
        ),
    ] = "",
    project: ProjectOption = None,
) -> None:
    """List what there is: editions, or the records of one kind.

    \b
    Examples:
      briefgen list
      briefgen list areas
    """
    with reporting_problems():
        from briefgen.build.project import load_project, project_folder
        from briefgen.dossier.model import KINDS

        kinds = ("editions", *KINDS)
        if kind and kind not in kinds:
            raise WrongUsage(
                f'unknown kind "{kind}"\n  help: {suggest(kind, kinds)}kinds: {", ".join(kinds)}'
            )
        loaded = load_project(project_folder(project), loose_ends=False)
        say_if_example(loaded.is_example)
        say_if_incomplete(loaded.problems)
        rows = list(_records(loaded, kind) if kind else _counts(loaded, kinds))
        width = max((len(row[0]) for row in rows), default=0)
        for name, words in rows:
            typer.echo(f"{name:<{width}}  {words}")


def _counts(loaded: Project, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for dossier in loaded.dossiers.values():
        about = dossier.reading.about
        yield dossier.name, about.title if about else "(dossier.yaml has problems)"
        for kind in kinds:
            records = dossier.editions if kind == "editions" else dossier.reading.records[kind]
            yield f"  {kind}", f"{len(records)}"


def _records(loaded: Project, kind: str) -> Iterator[tuple[str, str]]:
    for dossier in loaded.dossiers.values():
        prefix = f"{dossier.name}/" if len(loaded.dossiers) > 1 else ""
        if kind == "editions":
            for name, edition in dossier.editions.items():
                yield prefix + name, f"{edition.edition.title}: {edition.edition.question}"
        else:
            for name, record in dossier.reading.records[kind].items():
                yield prefix + name, label_of(record)


def label_of(record: Record) -> str:
    """A record in a few words: its title, statement, name or term."""
    return next((str(getattr(record, key)) for key in LABELS if hasattr(record, key)), record.id)

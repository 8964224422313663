"""`briefgen show`: one record or edition with its evidence and where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import (
    ProjectOption,
    SourcesOption,
    reporting_problems,
    say_if_example,
    say_if_incomplete,
)
from briefgen.problems import WrongUsage, suggest

if TYPE_CHECKING:
    from briefgen.build.project import Project


def show_command(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a record or edition.")],
    sources: SourcesOption = None,
    project: ProjectOption = None,
) -> None:
    """Show one record or edition with its evidence and where it is used.

    Claims come with their quotes, and with what disputes or replaces them; with --sources each
    quote stands in its passage.

    \b
    Examples:
      briefgen show maritime-security
      briefgen show haiti-un --sources ../sources
      briefgen show india
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.build.project import load_project

        loaded = load_project(project_folder(project), loose_ends=False)
        say_if_example(loaded.is_example)
        say_if_incomplete(loaded.problems)
        lines = list(_found(record_id, loaded, sources))
        if not lines:
            raise WrongUsage(
                f'unknown record "{record_id}"\n  help: {suggest(record_id, _known(loaded))}'
                "`briefgen list KIND` shows the records of a kind"
            )
        typer.echo("\n".join(lines))


def _found(name: str, loaded: Project, sources: Path | None) -> Iterator[str]:
    from briefgen.cli.describe import Describer, describe_edition
    from briefgen.dossier.quotes import changed_texts, read_texts

    for dossier in loaded.dossiers.values():
        for kind, records in dossier.reading.records.items():
            if record := records.get(name):
                describer = Describer(dossier)
                if sources:
                    texts, _ = read_texts(dossier.dossier, sources)
                    describer = Describer(dossier, texts, changed_texts(dossier.dossier, sources))
                yield from describer.lines(kind, record)
        if edition := dossier.editions.get(name):
            yield from describe_edition(dossier, edition)


def _known(loaded: Project) -> list[str]:
    names: list[str] = []
    for dossier in loaded.dossiers.values():
        names += [name for records in dossier.reading.records.values() for name in records]
        names += dossier.editions
    return names

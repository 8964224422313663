"""`briefgen import csl`: sources from a reference manager."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefgen.cli.common import ProjectOption, own_dossier, reporting_problems
from briefgen.problems import Problem, ProblemsFound, WrongUsage, printable

if TYPE_CHECKING:
    from briefgen.build.loaded import LoadedDossier
    from briefgen.dossier.bibliography import Imported
    from briefgen.dossier.bibtex import Item

import_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@import_app.callback()
def import_command() -> None:
    """Take records over from other programs."""


@import_app.command("csl")
def import_csl_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Export of a reference manager: CSL-JSON or BibTeX.",
        ),
    ],
    dossier: Annotated[
        str, typer.Option("--dossier", metavar="NAME", help="Dossier that takes the sources.")
    ] = "",
    project: ProjectOption = None,
) -> None:
    """Add sources from Zotero and the like to sources.yaml, which otherwise stays as it is.

    Sources that are there already are passed over. What a reference manager does not know
    (note, reliability, viewpoint, licence) is left for you; `briefgen check` names it.

    \b
    Examples:
      briefgen import csl library.json
      briefgen import csl library.bib --dossier japan-nato
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.build.project import load_project
        from briefgen.dossier.bibliography import read_items
        from briefgen.dossier.yaml_places import read_text

        loaded = load_project(project_folder(project))
        target = own_dossier(loaded, dossier)
        text = read_text(file, str(file))
        if isinstance(text, Problem):
            raise ProblemsFound([text])
        try:
            items, mistakes = read_items(text)
        except ValueError as error:
            raise WrongUsage(f"cannot import {file}: {printable(str(error))}") from error
        sources, passed_over = _new_sources(items, target)
        for line in (*mistakes, *passed_over):
            typer.echo(f"passed over: {printable(line)}", err=True)
        if not sources:
            typer.echo("nothing to add", err=True)
            return
        path = _append(target, sources)
        for source in sources:
            left = f" (without {', '.join(source.left_out)})" if source.left_out else ""
            typer.echo(f"{source.id}{left}")
        typer.echo(f"added to {path}", err=True)


def _new_sources(items: list[Item], target: LoadedDossier) -> tuple[list[Imported], list[str]]:
    """A source of each item that is not there yet, and why others are passed over."""
    from briefgen.dossier.bibliography import Shelf, make_source

    shelf, taken = Shelf(), set(target.reading.ids)
    for record in _sources_of(target):
        shelf.add(record)
    sources: list[Imported] = []
    passed_over: list[str] = []
    for item in items:
        if name := shelf.find(item):
            passed_over.append(f"{name} is there already")
            continue
        try:
            source = make_source(item, taken)
        except ValueError as error:
            passed_over.append(str(error))
            continue
        taken.add(source.id)
        shelf.add(source.record)
        sources.append(source)
    return sources, passed_over


def _sources_of(target: LoadedDossier) -> list[Mapping[str, Any]]:
    """The sources as plain data, those that still have mistakes included."""
    from briefgen.dossier.evidence import Source

    whole = [source.model_dump(by_alias=True) for source in target.dossier.sources.values()]
    unfinished = [broken.data for broken in target.reading.broken if broken.model is Source]
    return [*whole, *(data for data in unfinished if isinstance(data, dict))]


def _append(target: LoadedDossier, sources: list[Imported]) -> Path:
    """Write the sources at the end of the dossier's list of sources, or into a new file.

    Raises:
        ProblemsFound: the file cannot be read, so nothing is added to it.
        WrongUsage: it is written in a form to which nothing can be added at its end.
        WrongEnvironment: it cannot be written.
    """
    from briefgen.build.files import write_whole
    from briefgen.dossier.yaml_places import parse_yaml, read_text

    path = target.folder / "sources.yaml"
    if not path.is_file() and (target.folder / "sources").is_dir():
        path = target.folder / "sources" / "imported.yaml"
    old = path.read_bytes() if path.is_file() else b""
    text = read_text(path, str(path)) if old else ""
    before = None if isinstance(text, Problem) else parse_yaml(text, str(path))
    if before is None or before.problems or isinstance(text, Problem):
        raise ProblemsFound(target.reading.problems)
    added = _entries(sources, text)
    after = parse_yaml(f"{text}{added}", str(path))
    known = before.data or []
    if after.problems or after.data != [*known, *(dict(source.record) for source in sources)]:
        raise WrongUsage(
            f"nothing can be added at the end of {path}\n"
            "  help: write it as a list, each record with `- id: …`, or remove it where it is empty"
        )
    newline = "\r\n" if b"\r\n" in old else "\n"
    write_whole(path, old + added.replace("\n", newline).encode())
    return path


def _entries(sources: list[Imported], text: str) -> str:
    """The entries as they follow the text: below its last line, as far in as its own."""
    from briefgen.dossier.bibliography import as_yaml

    first = re.search(r"(?m)^( *)- ", text)
    ended = len(text) - len(text.rstrip("\n"))
    gap = "\n" * max(0, 2 - ended) if text.strip() else ""
    return gap + textwrap.indent("\n".join(map(as_yaml, sources)), first[1] if first else "")

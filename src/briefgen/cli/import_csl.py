"""`briefgen import csl`: sources from a reference manager."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefgen.cli.common import ProjectOption, reporting_problems
from briefgen.problems import Problem, ProblemsFound, WrongEnvironment, WrongUsage

if TYPE_CHECKING:
    from briefgen.build.project import LoadedDossier, Project

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
        from briefgen.build.project import load_project, project_folder
        from briefgen.dossier.bibliography import as_yaml, make_source, read_items, same_source
        from briefgen.dossier.yaml_places import read_text

        loaded = load_project(project_folder(project))
        target = _target(loaded, dossier)
        text = read_text(file, str(file))
        if isinstance(text, Problem):
            raise ProblemsFound([text])
        taken, known = set(target.reading.ids), _sources_of(target)
        entries = []
        try:
            for item in read_items(text):
                if name := same_source(item, known):
                    typer.echo(f"{name} is there already", err=True)
                    continue
                imported = make_source(item, taken)
                taken.add(imported.id)
                known.append(imported.record)
                entries.append(as_yaml(imported))
                left = f" (without {', '.join(imported.left_out)})" if imported.left_out else ""
                typer.echo(f"{imported.id}{left}")
        except ValueError as error:
            raise WrongUsage(f"cannot import {file}: {error}") from error
        if entries:
            typer.echo(f"added to {_append(target, entries)}", err=True)


def _target(loaded: Project, name: str) -> LoadedDossier:
    if loaded.is_example:
        raise WrongUsage(
            "there is no data/ here\n  help: go to your project, or name it with --project"
        )
    names = ", ".join(loaded.dossiers)
    if not name and len(loaded.dossiers) > 1:
        raise WrongUsage(f"there are several dossiers\n  help: name one with --dossier: {names}")
    if name and name not in loaded.dossiers:
        raise WrongUsage(f'unknown dossier "{name}"\n  help: dossiers: {names}')
    return loaded.dossiers[name or next(iter(loaded.dossiers))]


def _sources_of(target: LoadedDossier) -> list[Mapping[str, Any]]:
    """The sources as plain data, those that still have mistakes included."""
    from briefgen.dossier.evidence import Source

    whole = [source.model_dump(by_alias=True) for source in target.dossier.sources.values()]
    unfinished = [broken.data for broken in target.reading.broken if broken.model is Source]
    return [*whole, *(data for data in unfinished if isinstance(data, dict))]


def _append(target: LoadedDossier, entries: list[str]) -> Path:
    """Write the entries at the end of the dossier's list of sources, or into a new file.

    Raises:
        ProblemsFound: the file is no list of records, so nothing can be added to it.
        WrongEnvironment: it cannot be written.
    """
    from briefgen.dossier.yaml_places import read_yaml

    path = target.folder / "sources.yaml"
    if not path.is_file() and (target.folder / "sources").is_dir():
        path = target.folder / "sources" / "imported.yaml"
    old = b""
    if path.is_file():
        before = read_yaml(path, (target.shown / path.relative_to(target.folder)).as_posix())
        if not isinstance(before.data, (list, type(None))) or not before.is_whole:
            raise ProblemsFound(target.reading.problems)
        old = path.read_bytes()
    newline = "\r\n" if b"\r\n" in old else "\n"
    gap = newline * (2 - old.endswith((b"\n", b"\r"))) if old.strip() else ""
    text = gap + "\n".join(entries).replace("\n", newline)
    try:
        path.write_bytes(old + text.encode())
    except OSError as error:
        raise WrongEnvironment(
            f"cannot write {path}: {error.strerror}\n  help: change its permissions"
        ) from error
    return path

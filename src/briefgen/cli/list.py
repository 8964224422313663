"""`briefgen list`: what there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import ProjectOption, reporting_problems, say_if_example, say_if_incomplete
from briefgen.problems import ProblemsFound, WrongUsage, suggest

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
            "actors, instruments, milestones, terms, tables or layouts.",
        ),
    ] = "",
    project: ProjectOption = None,
) -> None:
    """List what there is: editions, layouts, or the records of one kind.

    \b
    Examples:
      briefgen list
      briefgen list areas
    """
    with reporting_problems():
        from briefgen.build.project import load_project, project_folder
        from briefgen.dossier.model import KINDS

        kinds = ("editions", *KINDS)
        known = (*kinds, "layouts")
        if kind and kind not in known:
            raise WrongUsage(
                f'unknown kind "{kind}"\n  help: {suggest(kind, known)}kinds: {", ".join(known)}'
            )
        loaded = load_project(project_folder(project), loose_ends=False)
        say_if_example(loaded.is_example)
        say_if_incomplete(loaded.problems)
        if kind == "layouts":
            rows = list(_layouts(loaded))
        else:
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


def _layouts(loaded: Project) -> Iterator[tuple[str, str]]:
    """Each layout: where it is from, what it extends, and which editions use it."""
    from briefgen.document.layout import layout_names, load_layout

    for name in layout_names(loaded.layouts):
        users = [
            edition.edition.id
            for dossier in loaded.dossiers.values()
            for edition in dossier.editions.values()
            if edition.edition.layout == name
        ]
        try:
            layout = load_layout(name, loaded.layouts)
        except ProblemsFound:
            yield name, "(has problems: `briefgen check` lists them)"
            continue
        own = layout.folders[0].path.parent == loaded.layouts[0][0]
        words = ["in this project" if own else "ships with briefgen"]
        words += [f"extends {layout.theme.extends}"] if len(layout.folders) > 1 else []
        words += [f"{layout.theme.page.size}"]
        words += [f"used by {', '.join(users)}"] if users else []
        yield name, "; ".join(words)


def label_of(record: Record) -> str:
    """A record in a few words: its title, statement, name or term."""
    return next((str(getattr(record, key)) for key in LABELS if hasattr(record, key)), record.id)

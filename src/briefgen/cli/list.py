"""`briefgen list`: what there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import (
    ProjectOption,
    reporting_problems,
    say_if_example,
    say_if_incomplete,
)
from briefgen.cli.people import readable
from briefgen.problems import ProblemsFound, WrongUsage, suggest

if TYPE_CHECKING:
    from briefgen.build.loaded import LoadedDossier
    from briefgen.build.project import Project
    from briefgen.dossier.base import Record
    from briefgen.dossier.reviews import Entry, Review

WIDEST = 80
"""Characters of an entry's words in a list."""
LABELS = ("title", "statement", "name", "term")
"""Keys that say in words what a record is, by preference."""


def list_command(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            show_default="a count of each",
            help="editions, sources, claims, areas, obstacles, recommendations, "
            "actors, instruments, milestones, terms, tables, reviews (what edited Word files left "
            "to settle) or layouts.",
        ),
    ] = "",
    project: ProjectOption = None,
) -> None:
    """List what there is: editions, records, or what is to be settled.

    \b
    Examples:
      briefgen list
      briefgen list areas
      briefgen list reviews
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.build.project import load_project
        from briefgen.dossier.model import KINDS

        kinds = ("editions", *KINDS)
        known = (*kinds, "reviews", "layouts")
        if kind and kind not in known:
            raise WrongUsage(
                f'unknown kind "{kind}"\n  help: {suggest(kind, known)}kinds: {", ".join(known)}'
            )
        loaded = load_project(project_folder(project), loose_ends=False)
        say_if_example(loaded.is_example)
        say_if_incomplete(loaded.problems)
        if kind == "layouts":
            rows = list(_layouts(loaded))
        elif kind == "reviews":
            rows = list(_reviews(loaded))
            if not _say_if_unread(loaded) and not rows:
                typer.echo(_nothing_open(loaded))
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
        entries = [entry for _, entry in _entries(dossier)]
        to_settle = sum(entry.is_open for entry in entries)
        yield "  reviews", f"{len(entries)}, {to_settle} to settle" if entries else "0"


def _records(loaded: Project, kind: str) -> Iterator[tuple[str, str]]:
    for dossier in loaded.dossiers.values():
        prefix = f"{dossier.name}/" if len(loaded.dossiers) > 1 else ""
        if kind == "editions":
            for name, edition in dossier.editions.items():
                yield prefix + name, f"{edition.edition.title}: {edition.edition.question}"
        else:
            for name, record in dossier.reading.records[kind].items():
                yield prefix + name, label_of(record)


def _entries(dossier: LoadedDossier) -> Iterator[tuple[Review, Entry]]:
    for review in dossier.read_reviews()[0].values():
        for entry in review.entries:
            yield review, entry


def _reviews(loaded: Project) -> Iterator[tuple[str, str]]:
    """What nobody has settled yet: where it stands, what it is, and its first words."""
    for dossier in loaded.dossiers.values():
        prefix = f"{dossier.name}/" if len(loaded.dossiers) > 1 else ""
        for review, entry in _entries(dossier):
            if entry.is_open:
                about = f" on {entry.field}" if entry.field else ""
                by = f" by {entry.by}" if entry.by else ""
                said = " ".join(_words(entry).split())
                said = said if len(said) <= WIDEST else f"{said[: WIDEST - 1]}…"
                words = f"{entry.kind}{about}{by}: {said} ({review.file})"
                yield f"{prefix}{review.id}/{entry.id}", readable(words)


def _say_if_unread(loaded: Project) -> bool:
    """Tell the person when files of reviews have mistakes; whether they have."""
    problems = [p for dossier in loaded.dossiers.values() for p in dossier.read_reviews()[1]]
    if problems:
        typer.echo(
            "briefgen: files in reviews/ have mistakes, so this may be incomplete; "
            "see `briefgen check`",
            err=True,
        )
    return bool(problems)


def _words(entry: Entry) -> str:
    """The words that say best what it is about."""
    said = (entry.text, entry.new, entry.old, entry.where, entry.why)
    return next((words for words in said if words), "")


def _nothing_open(loaded: Project) -> str:
    settled = sum(1 for dossier in loaded.dossiers.values() for _ in _entries(dossier))
    if not settled:
        return "nothing to settle: no edited Word file has left anything"
    return f"nothing to settle: all {settled} entries are settled"


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

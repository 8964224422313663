"""Checks of an edition's figures: one of a kind, and each with what its kind is drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefgen.dossier.base import CHOSEN
from briefgen.dossier.load import Reading
from briefgen.dossier.records import Table
from briefgen.edition.load import LoadedEdition
from briefgen.edition.models import Figure, FigureName
from briefgen.problems import Problem, suggest

Fault = tuple[str, str, str]
"""The key that is wrong, the fact, and the remedy."""

DRAWN_FROM: Mapping[FigureName, tuple[str, ...]] = {
    "timeline": ("milestones",),
    "positions": ("actors", *CHOSEN, "instruments"),
    "succession": ("instruments",),
}
"""Kinds of record that a figure may name; others take what the brief shows."""


def check_figures(loaded: LoadedEdition, reading: Reading) -> Iterator[Problem]:
    """Everything wrong with the figures of an edition."""
    figures = loaded.edition.figures
    for i, figure in enumerate(figures):
        faults = [*_repeats(figure, figures[:i]), *_strangers(figure, reading)]
        for key, what, mend in (*faults, *_table_faults(figure, reading)):
            yield Problem(loaded.place.nearest(("figures", i, key)), "BG041", what, mend)


def _repeats(figure: Figure, before: tuple[Figure, ...]) -> Iterator[Fault]:
    if figure.kind in {other.kind for other in before}:
        yield "kind", f"a second {figure.kind}", "keep one figure of each kind"


def _strangers(figure: Figure, reading: Reading) -> Iterator[Fault]:
    """Records of a kind that the figure does not show."""
    kinds = DRAWN_FROM.get(figure.kind, ())
    for name in figure.records:
        found = reading.dossier.find(name)
        if found and found[0] not in kinds:
            shown = ", ".join(kinds) or "what the brief shows, and names no records"
            what = f'"{name}" is of the {found[0]}, and a {figure.kind} does not show them'
            yield "records", what, f"a {figure.kind} shows {shown}"


def _table_faults(figure: Figure, reading: Reading) -> Iterator[Fault]:
    """Whether `table` and `year` are there where they are needed, and lead somewhere."""
    given = {"table": figure.table, "year": figure.year}
    if figure.kind != "operations":
        for key, value in given.items():
            if value:
                yield key, f"a {figure.kind} has no {key}", f"take `{key}` out"
        return
    for key, value in given.items():
        if not value:
            yield "kind", f"operations without `{key}`", "name the table and its column of years"
    table = reading.records["tables"].get(figure.table or "")
    if isinstance(table, Table) and figure.year:
        yield from _unfit(table, figure.year)


def _unfit(table: Table, year: str) -> Iterator[Fault]:
    dated = [column.id for column in table.columns if column.type == "edtf"]
    if year not in dated:
        mend = f"{suggest(year, dated)}columns of type edtf: {', '.join(dated) or 'none'}"
        yield "year", f'"{year}" is no column of dates of the table {table.id}', mend
    if table.grouping is None:
        mend = "declare `grouping` in the table's head"
        yield "table", f"the table {table.id} has no grouping", mend

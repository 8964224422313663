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


COLUMNS: Mapping[FigureName, tuple[str, tuple[str, ...], str]] = {
    "operations": ("year", ("edtf",), "dates"),
    "bars": ("value", ("integer", "number"), "numbers"),
}
"""Kinds that are drawn from a table: the key that names a column, its types, what it holds."""


def _table_faults(figure: Figure, reading: Reading) -> Iterator[Fault]:
    """Whether the table and its column are named where they are needed, and lead somewhere."""
    column, types, what = COLUMNS.get(figure.kind, ("", (), ""))
    for key in ("table", "year", "value"):
        needed = key in ("table", column) and column
        if getattr(figure, key) and not needed:
            yield key, f"a figure of kind {figure.kind} has no {key}", f"take `{key}` out"
        if not getattr(figure, key) and needed:
            mend = f"name the table and its column of {what}"
            yield "kind", f"{figure.kind} without `{key}`", mend
    table = reading.records["tables"].get(figure.table or "")
    named = getattr(figure, column, None) if column else None
    if isinstance(table, Table) and named:
        fitting = [c.id for c in table.columns if c.type in types]
        if named not in fitting:
            mend = f"{suggest(named, fitting)}columns of type {' or '.join(types)}: "
            mend += ", ".join(fitting) or "none"
            yield column, f'"{named}" is no column of {what} of the table {table.id}', mend
        if figure.kind == "operations" and table.grouping is None:
            mend = "declare `grouping` in the table's head"
            yield "table", f"the table {table.id} has no grouping", mend

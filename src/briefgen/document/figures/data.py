"""The data behind each kind of figure, as a table whose texts carry their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from briefgen.document.figures.bars import Bar, draw_bars
from briefgen.document.figures.drawing import Drawing, Room
from briefgen.document.figures.grid import Placed, by_cell, draw_grid
from briefgen.document.figures.matrix import draw_matrix, touching
from briefgen.document.figures.operations import Group, Operation, draw_operations
from briefgen.document.figures.positions import (
    Subject,
    draw_positions,
    has_blanks,
)
from briefgen.document.figures.succession import (
    by_date,
    draw_succession,
    span_in_words,
)
from briefgen.document.figures.timeline import draw_timeline, in_order, in_words
from briefgen.document.prose import render_plain, typeset
from briefgen.edition.drawn import (
    instruments_of,
    milestones_of,
    positions_of,
    subjects_of,
)
from briefgen.edition.models import Figure, FigureName
from briefgen.edition.printed import position_of, worded
from briefgen.edition.tailor import Brief

MINUS = "\u2212"
Cell = Markup
"""Inline HTML of the document's vocabulary; text of a record stands in its field's span."""


@dataclass(frozen=True)
class Shown:
    """What a figure shows: drawn where that is possible, and always as a table."""

    drawing: Drawing | None
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """The first cell of a row names it."""
    remarks: tuple[str, ...] = ()
    """Keys of `figures` in the locale: what the caption adds, judgement named as such."""
    values: tuple[float | None, ...] = ()
    """Of a plain chart, the number of each row."""


def show(figure: Figure, brief: Brief, room: Room) -> Shown:
    """What the figure shows of this brief."""
    return KINDS[figure.kind](figure, brief, room)


def _timeline(figure: Figure, brief: Brief, room: Room) -> Shown:
    milestones = in_order(milestones_of(figure, brief.dossier))
    labels, words = room.locale.labels, room.locale.figures
    rows = tuple(
        (
            escape(in_words(m.date.value, room)),
            _field("milestones", m.id, "title", m.title),
            escape(words[f"outcome_{m.outcome}"]),
        )
        for m in milestones
    )
    closer = any("/" not in m.date.value and m.date.value.count("-") == 0 for m in milestones)
    return Shown(
        draw_timeline(milestones, room),
        (labels["date"], labels["event"], labels["outcome"]),
        rows,
        ("timeline_key",) if closer else (),
    )


def _matrix(_: Figure, brief: Brief, room: Room) -> Shown:
    all_areas = [chosen.record for chosen in brief.areas]
    obstacles = [chosen.record for chosen in brief.obstacles]
    areas, hindering = touching(all_areas, obstacles)
    locale = room.locale
    rows = tuple(
        (
            _field("obstacles", o.id, "short", o.short),
            escape(locale.levels[o.severity.level]),
            _listed(_field("areas", a.id, "short", a.short) for a in areas if a.id in o.affects),
        )
        for o in hindering
    )
    return Shown(
        draw_matrix(areas, hindering, room),
        (locale.headings["obstacles"], locale.labels["severity"], locale.headings["areas"]),
        rows,
        remarks=("matrix_key",),
    )


def _grid(_: Figure, brief: Brief, room: Room) -> Shown:
    wanted = [c for c in brief.recommendations if position_of(c) != "oppose"]
    placed: list[Placed] = [(c.record, worded(c, "title")) for c in wanted]
    labels, levels = room.locale.labels, room.locale.levels
    fields = {
        c.record.id: (
            f"editions/{brief.edition.id}/lens/recommendations/{c.record.id}/text/title"
            if c.lens.text.title
            else f"recommendations/{c.record.id}/title"
        )
        for c in wanted
    }
    rows = tuple(
        (
            render_plain(title, fields[step.id]),
            escape(levels[step.impact.level]),
            escape(levels[step.effort.level]),
        )
        for step, title in by_cell(placed)
    )
    return Shown(
        draw_grid(placed, room),
        (room.locale.labels["do"], labels["impact"], labels["effort"]),
        rows,
        remarks=("grid_key",),
    )


def _positions(figure: Figure, brief: Brief, room: Room) -> Shown:
    found = positions_of(figure, brief)
    actors = list({actor.id: actor for actor, _, _ in found}.values())
    spoken_of = {subject for _, subject, _ in found}
    subjects = {n: _subject(n, brief) for n in subjects_of(figure, brief) if n in spoken_of}
    labels, words = room.locale.labels, room.locale.figures
    rows = tuple(
        (
            _field("actors", a.id, "short", a.short),
            _field(_kind_of(s, brief), s, "short", subjects[s].short),
            escape(words[f"stance_{p.stance}"]),
        )
        for a, s, p in found
    )
    drawn = draw_positions(actors, list(subjects.values()), room)
    blanks = drawn is not None and has_blanks(actors, list(subjects.values()))
    return Shown(
        drawn,
        (labels["actor"], labels["subject"], labels["position"]),
        rows,
        ("positions_key", "positions_blank") if blanks else ("positions_key",),
    )


def _subject(name: str, brief: Brief) -> Subject:
    found = brief.dossier.find(name)
    return Subject(name, getattr(found[1], "short", None) or name if found else name)


def _kind_of(name: str, brief: Brief) -> str:
    found = brief.dossier.find(name)
    return found[0] if found else "areas"


def _succession(figure: Figure, brief: Brief, room: Room) -> Shown:
    known = brief.dossier.instruments
    instruments = by_date(instruments_of(figure, brief.dossier))
    labels, words = room.locale.labels, room.locale.figures
    here = {i.id for i in instruments}
    rows = tuple(
        (
            _field("instruments", i.id, "title", i.title),
            escape(span_in_words(i, room)),
            escape(words[f"status_{i.status}"]),
            _listed(
                _field("instruments", old, "short", known[old].short)
                for old in i.succeeds
                if old in here
            ),
        )
        for i in instruments
    )
    return Shown(
        draw_succession(instruments, room),
        (labels["instrument"], labels["date"], labels["status"], labels["replaces"]),
        rows,
        ("succession_key",),
    )


def _operations(figure: Figure, brief: Brief, room: Room) -> Shown:
    assert figure.table is not None
    assert figure.year is not None
    table = brief.dossier.tables[figure.table]
    grouping = table.grouping
    assert grouping is not None
    ids = [column.id for column in table.columns]
    of, when = ids.index(grouping.column), ids.index(figure.year)
    groups, rows = [], []
    for group in grouping.groups:
        inside = [row for row in table.rows if row[of] in group.cells and row[when]]
        groups.append(Group(group.title, tuple(Operation(row[of], row[when]) for row in inside)))
        field = f"tables/{table.id}/grouping/groups/{group.id}/title"
        rows += [
            (
                escape(typeset(row[of])),
                escape(in_words(row[when], room)),
                render_plain(group.title, field),
            )
            for row in sorted(inside, key=lambda row: row[when])
        ]
    titles = [table.columns[of].title, table.columns[when].title, grouping.title]
    shown = [group for group in groups if group.operations]
    return Shown(
        draw_operations(shown, room),
        tuple(map(typeset, titles)),
        tuple(rows),
        ("operations_key",),
    )


def _bars(figure: Figure, brief: Brief, room: Room) -> Shown:
    assert figure.table is not None
    assert figure.value is not None
    table = brief.dossier.tables[figure.table]
    named = table.columns[0]
    drawn = [column.id for column in table.columns].index(figure.value)
    bars = [
        Bar(
            in_words(row[0], room) if named.type == "edtf" and row[0] else row[0],
            float(row[drawn]) if row[drawn] else None,
            row[drawn].replace("-", MINUS),
        )
        for row in table.rows
    ]
    title = table.columns[drawn].title
    return Shown(
        draw_bars(bars, title, room),
        (typeset(named.title), typeset(title)),
        tuple((escape(typeset(bar.label)), escape(bar.text)) for bar in bars),
        ("bars_key",),
        tuple(bar.value for bar in bars),
    )


KINDS: Mapping[FigureName, Callable[[Figure, Brief, Room], Shown]] = {
    "timeline": _timeline,
    "matrix": _matrix,
    "grid": _grid,
    "positions": _positions,
    "succession": _succession,
    "operations": _operations,
    "bars": _bars,
}


def _field(kind: str, record_id: str, name: str, text: str) -> Cell:
    return render_plain(text, f"{kind}/{record_id}/{name}")


def _listed(cells: Iterable[Cell]) -> Cell:
    return Markup(", ").join(cells)

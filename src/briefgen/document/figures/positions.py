"""Positions: who stands where.

On three subjects or more: actors in rows, subjects in columns, a sign for each stance. On one or
two such a table would be mostly white: there the actors are named under their stance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.document.figures.drawing import LINE, MARK, Drawing, Mark, Room, Shape, Sheet, Tone
from briefgen.document.figures.labels import (
    Key,
    set_all,
    set_lines,
    share_columns,
    widest,
    write_key,
)
from briefgen.document.prose import typeset
from briefgen.document.vocabulary import NO_BREAK_SPACE
from briefgen.dossier.records import Actor
from briefgen.edition.drawn import stances

MIN_ACTORS = 5
MIN_COLUMNS = 3
"""Subjects that fill a table of signs."""
ROW = 2.4
"""Height of a row beyond its lines."""
GAP = 4.0
KEY = 2 * MARK + 1.4
"""What a sign takes before its words."""
SHAPES: dict[str, tuple[Shape, Tone]] = {
    "supports": ("plus", "accent"),
    "conditional": ("circled", "accent"),
    "opposes": ("minus", "warm"),
}
"""Stances with a sign; what is unstated has none."""


@dataclass(frozen=True)
class Subject:
    """What positions are about."""

    id: str
    short: str


def _with_positions(
    actors: Sequence[Actor], subjects: Sequence[Subject]
) -> tuple[list[Actor], list[Subject]]:
    """The actors that state a position on one of the subjects, and the subjects of these."""
    speaking = [a for a in actors if any(stances(a, s.id) for s in subjects)]
    return speaking, [s for s in subjects if any(stances(a, s.id) for a in speaking)]


def draw_positions(
    actors: Sequence[Actor], subjects: Sequence[Subject], room: Room
) -> Drawing | None:
    """The positions, or None with fewer than 5 actors or more than fits."""
    actors, subjects = _with_positions(actors, subjects)
    if len(actors) < MIN_ACTORS:
        return None
    if has_blanks(actors, subjects):
        return _by_actor(actors, subjects, room)
    return _by_stance(actors, subjects, room)


def has_blanks(actors: Sequence[Actor], subjects: Sequence[Subject]) -> bool:
    """Whether the drawing is a table of signs, in which those without a position leave blanks."""
    return len(_with_positions(actors, subjects)[1]) >= MIN_COLUMNS


def _by_stance(actors: Sequence[Actor], subjects: Sequence[Subject], room: Room) -> Drawing | None:
    """Subjects in rows, stances in columns, names of actors in the cells."""
    keys = _keys(actors, subjects, room)
    columns = [[_names(actors, subject, shape) for subject in subjects] for shape, _, _ in keys]
    heads = share_columns([s.short for s in subjects], room.width / 3, room.measure, bold=True)
    if heads is None:
        return None
    left, titles = heads
    widths = _widths(keys, columns, room.width - left - GAP * len(keys), room)
    if widths is None:
        return None
    places = [left + GAP + sum(widths[:i]) + GAP * i for i in range(len(widths))]
    sheet = Sheet()
    for x, (shape, tone, words) in zip(places, keys, strict=True):
        sheet.marks.append(Mark(x + MARK, 2.2, shape, tone))
        sheet.write(x + KEY, 3.2, [typeset(words)])
    sheet.rule(5.2, room.width, head=True)
    y = 5.2
    for title, *cells in zip(titles, *columns, strict=True):
        base, lines = y + ROW / 2 + 2.8, len(title)
        sheet.write(0, base, title, bold=True)
        for x, width, names in zip(places, widths, cells, strict=True):
            listed = set_lines(", ".join(names), width, room.measure) if names else []
            if listed is None:
                return None
            sheet.write(x, base, listed)
            lines = max(lines, len(listed))
        y += LINE * lines + ROW
        sheet.rule(y, room.width)
    return sheet.fit(room, y + 1.2)


def _widths(
    keys: Sequence[Key], columns: Sequence[Sequence[list[str]]], width: float, room: Room
) -> list[float] | None:
    """Widths of the columns, by what each holds; None where a name would not fit into its own."""
    least = [
        max(
            KEY + widest([words], room.measure),
            *(widest([f"{name}," for name in names], room.measure) for names in column),
        )
        for (_, _, words), column in zip(keys, columns, strict=True)
    ]
    if (spare := width - sum(least)) < 0:
        return None
    wanted = [max(widest([", ".join(n)], room.measure) for n in column) for column in columns]
    return [low + spare * full / sum(wanted) for low, full in zip(least, wanted, strict=True)]


def _names(actors: Sequence[Actor], subject: Subject, shape: Shape) -> list[str]:
    """Who takes the stance of this sign on the subject; no name breaks at a line's end."""
    return [
        typeset(actor.short).replace(" ", NO_BREAK_SPACE)
        for actor in actors
        if any(SHAPES[p.stance][0] == shape for p in stances(actor, subject.id))
    ]


def _by_actor(actors: Sequence[Actor], subjects: Sequence[Subject], room: Room) -> Drawing | None:
    """Actors in rows, subjects in columns, a sign in each cell."""
    shared = share_columns([a.short for a in actors], room.width / 3, room.measure, bold=True)
    if shared is None:
        return None
    width, names = shared
    column = (room.width - width - GAP) / len(subjects)
    heads = set_all([s.short for s in subjects], column - 1.5, room.measure)
    if heads is None or column < 3 * 2 * LINE / 2:
        return None
    sheet = Sheet()
    head = LINE * max(map(len, heads)) + 1.8
    for i, lines in enumerate(heads):
        sheet.write(width + GAP + column * i, head - 2.2 - LINE * (len(lines) - 1), lines)
    sheet.rule(head, room.width, head=True)
    y = head
    for actor, lines in zip(actors, names, strict=True):
        base = y + ROW / 2 + 2.8
        sheet.write(0, base, lines, bold=True)
        for i, subject in enumerate(subjects):
            x = width + GAP + column * i + 1.5
            for j, position in enumerate(stances(actor, subject.id)):
                shape, tone = SHAPES[position.stance]
                sheet.marks.append(Mark(x + 3.4 * j, base - 1.0, shape, tone))
        y += LINE * len(lines) + ROW
        sheet.rule(y, room.width)
    y = write_key(sheet, _keys(actors, subjects, room), y + 5, room)
    return sheet.fit(room, y + 1.2)


def _keys(actors: Sequence[Actor], subjects: Sequence[Subject], room: Room) -> list[Key]:
    used = {p.stance for a in actors for s in subjects for p in stances(a, s.id)}
    words = room.locale.figures
    return [(*SHAPES[name], words[f"stance_{name}"]) for name in SHAPES if name in used]

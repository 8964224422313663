"""Positions: actors in rows, what they take a position on in columns, a sign for each stance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.document.figures.drawing import LINE, Drawing, Mark, Room, Shape, Sheet, Tone
from briefgen.document.figures.labels import Key, set_all, share_columns, write_key
from briefgen.dossier.records import Actor
from briefgen.edition.drawn import stances

MIN_ACTORS = 5
ROW = 2.4
"""Height of a row beyond its lines."""
GAP = 4.0
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
    """The table of signs, or None with fewer than 5 actors or too many columns."""
    actors, subjects = _with_positions(actors, subjects)
    if len(actors) < MIN_ACTORS:
        return None
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

"""Timeline: one row an event, in order of date; its mark under the years shows the distances.

A row for each event, and not labels along a line: names of any length keep clear of each other,
and the order can be read where years crowd.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefgen.document.figures.axis import axis_of, draw_date, place_of
from briefgen.document.figures.drawing import LINE, Drawing, Room, Shape, Sheet, Tone
from briefgen.document.figures.labels import Key, share_columns, widest, write_key
from briefgen.dossier.records import Milestone

MIN_EVENTS = 6
AXIS = 62.0
"""Width of the time axis at the least."""
GAP = 4.0
PAD = 2.0
"""Room between rows beyond their lines."""
SHAPES: dict[str, tuple[Shape, Tone]] = {
    "happened": ("disc", "accent"),
    "announced": ("ring", "accent"),
    "stalled": ("square", "warm"),
    "disputed": ("diamond", "warm"),
}


def in_order(milestones: Iterable[Milestone]) -> list[Milestone]:
    """Milestones in the order of their marks: "about 2022" comes after February of that year."""
    return sorted(milestones, key=lambda m: (place_of(m.date.value), m.id))


def in_words(date: str, room: Room) -> str:
    """A date as a label begins with it: "About 2022"."""
    words = room.locale.date(date)
    return words[:1].upper() + words[1:]


def draw_timeline(milestones: Sequence[Milestone], room: Room) -> Drawing | None:
    """The timeline, or None with fewer than 6 events or more than fit."""
    if len(milestones) < MIN_EVENTS:
        return None
    ordered = in_order(milestones)
    whens = [in_words(m.date.value, room) for m in ordered]
    dates = widest(whens, room.measure, bold=True) + GAP
    shared = share_columns(
        [m.short for m in ordered], room.width - dates - AXIS - GAP, room.measure
    )
    if shared is None:
        return None
    width, texts = shared
    sheet = Sheet()
    left = dates + width + GAP + 3
    axis = axis_of([m.date.value for m in ordered], left, room.width - 3.5)
    sheet.rule(5.2, room.width, head=True)
    y = 5.2
    for milestone, when, lines in zip(ordered, whens, texts, strict=True):
        shape, tone = SHAPES[milestone.outcome]
        colour: Tone = "ink" if tone == "accent" else "warm"
        base = y + PAD / 2 + 2.9
        sheet.write(0, base, [when], bold=True, tone=colour)
        sheet.write(dates, base, lines, tone=colour)
        draw_date(sheet, axis, base - 1.0, milestone.date.value, shape, tone)
        y += LINE * len(lines) + PAD
        sheet.rule(y, room.width)
    axis.draw(sheet, 3.2, y)
    if keys := _keys(ordered, room):
        y = write_key(sheet, keys, y + 5, room)
    return sheet.fit(room, y + 1.2)


def _keys(milestones: Sequence[Milestone], room: Room) -> list[Key]:
    """What marks other than a disc mean; nothing where all happened."""
    used = {m.outcome for m in milestones}
    if used == {"happened"}:
        return []
    words = room.locale.figures
    return [(*SHAPES[name], words[f"outcome_{name}"]) for name in SHAPES if name in used]

"""Succession: instruments in rows under the years, a line from each to what replaced it."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.document.figures.axis import Axis, axis_of, draw_date
from briefgen.document.figures.drawing import LINE, Drawing, Mark, Room, Sheet, Stroke
from briefgen.document.figures.labels import share_columns, widest
from briefgen.document.figures.timeline import in_words
from briefgen.dossier.dates import period_of
from briefgen.dossier.records import Instrument
from briefgen.edition.drawn import links

MIN_DATED = 3
AXIS = 62.0
GAP = 4.0
PAD = 2.4


def by_date(instruments: Sequence[Instrument]) -> list[Instrument]:
    """The earliest first; those without a date last."""
    return sorted(
        instruments,
        key=lambda i: (period_of(i.adopted.value).first if i.adopted else (9999,), i.id),
    )


def span_in_words(instrument: Instrument, room: Room) -> str:
    """When it was adopted and until when it runs: "July 2023 to 2026"."""
    if instrument.adopted is None:
        return room.locale.figures["undated"]
    if instrument.ends is None:
        return in_words(instrument.adopted.value, room)
    dates = instrument.adopted.value, instrument.ends.value
    return room.locale.dates.period.format(
        start=in_words(dates[0], room), end=room.locale.date(dates[1])
    )


def draw_succession(instruments: Sequence[Instrument], room: Room) -> Drawing | None:
    """The instruments by date, or None with fewer than 3 dated, none replaced, or too many."""
    ordered = by_date(instruments)
    dated = [i for i in ordered if i.adopted]
    if len(dated) < MIN_DATED or not links(ordered):
        return None
    whens = [span_in_words(i, room) for i in ordered]
    first = widest(whens, room.measure, bold=True) + GAP
    shared = share_columns(
        [i.short for i in ordered], room.width - first - AXIS - GAP, room.measure
    )
    if shared is None or first > room.width / 2:
        return None
    width, texts = shared
    dates = [d.value for i in dated for d in (i.adopted, i.ends) if d]
    axis = axis_of(dates, first + width + GAP + 3, room.width - 3.5)
    sheet = Sheet()
    sheet.rule(5.2, room.width, head=True)
    y, rows = 5.2, {}
    for instrument, when, lines in zip(ordered, whens, texts, strict=True):
        base = y + PAD / 2 + 2.9
        sheet.write(0, base, [when], bold=True, tone="ink" if instrument.adopted else "soft")
        sheet.write(first, base, lines)
        rows[instrument.id] = base - 1.0
        y += LINE * len(lines) + PAD
        sheet.rule(y, room.width)
    axis.draw(sheet, 3.2, y)
    for old, new in links(ordered):
        _link(sheet, axis, rows, old, new)
    for instrument in dated:
        _mark(sheet, axis, rows[instrument.id], instrument)
    return sheet.fit(room, y + 1.2)


def _mark(sheet: Sheet, axis: Axis, y: float, instrument: Instrument) -> None:
    """From its adoption to its end, or a mark at its adoption alone."""
    if instrument.adopted is None:
        return
    start = axis.at(instrument.adopted.value)
    if instrument.ends is None:
        draw_date(sheet, axis, y, instrument.adopted.value, "disc", "accent")
        return
    end = min(axis.x(period_of(instrument.ends.value).end_year), axis.right)
    sheet.marks.append(Mark(start, y, "bar", "accent", max(start, end - 1.0)))


def _link(
    sheet: Sheet, axis: Axis, rows: dict[str, float], old: Instrument, new: Instrument
) -> None:
    """A line along the row of the old to the date of the new, then down to its mark."""
    if old.adopted is None or new.adopted is None:
        return
    start, end = axis.at(old.adopted.value), axis.at(new.adopted.value)
    y1, y2 = rows[old.id], rows[new.id]
    sheet.strokes.append(Stroke(start, y1, end, y1, "accent", 0.5))
    sheet.strokes.append(Stroke(end, y1, end, y2, "accent", 0.5))

"""Bars: the numbers of a table's column, one bar a row, all from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.document.figures.drawing import LINE, Drawing, Mark, Room, Sheet, Stroke
from briefgen.document.figures.labels import share_columns, widest

MIN_BARS = 3
"""Fewer are read faster in a sentence."""
LABELS = 0.4
"""Share of the width that the labels of the rows may take, at the most."""
PAD = 1.4
GAP = 3.0


@dataclass(frozen=True)
class Bar:
    """A row of the table."""

    label: str
    value: float | None
    """Nothing where the table has no number."""
    text: str
    """The number as the table has it."""


def draw_bars(bars: Sequence[Bar], title: str, room: Room) -> Drawing | None:
    """A bar for each row under the title of the column.

    None with fewer than 3 numbers, none but zero, or more than fits.
    """
    values = [bar.value for bar in bars if bar.value is not None]
    shared = share_columns([bar.label for bar in bars], room.width * LABELS, room.measure)
    heads = share_columns([title], room.width * (1 - LABELS) - GAP, room.measure, bold=True)
    if len(values) < MIN_BARS or not any(values) or shared is None or heads is None:
        return None
    width, labels = shared
    numbers = widest([bar.text for bar in bars], room.measure) + GAP
    lowest, highest = min(0.0, *values), max(0.0, *values)
    left = width + GAP + (numbers if lowest < 0 else 0)
    scale = (room.width - left - numbers) / (highest - lowest)
    if scale <= 0:
        return None
    zero = left - lowest * scale
    sheet = Sheet()
    # Above the bars; further left where they all end near the right edge.
    sheet.write(min(zero, room.width - heads[0]), 3.2, heads[1][0], bold=True)
    y = 3.2 + LINE * (len(heads[1][0]) - 1) + 2.0
    sheet.rule(y, room.width, head=True)
    top = y
    for bar, lines in zip(bars, labels, strict=True):
        base = y + PAD + 2.8
        sheet.write(0, base, lines)
        _draw(sheet, bar, zero, scale, base)
        y = base + LINE * (len(lines) - 1) + PAD
        sheet.rule(y, room.width)
    sheet.strokes.append(Stroke(zero, top, zero, y, "soft"))
    return sheet.fit(room, y + 1)


def _draw(sheet: Sheet, bar: Bar, zero: float, scale: float, base: float) -> None:
    """The bar of a row and, at its end, its number."""
    if bar.value is None:
        return
    end = zero + bar.value * scale
    if bar.value:
        start, stop = sorted((zero, end))
        sheet.marks.append(Mark(start, base - 1.0, "block", end=stop))
    if bar.value < 0:
        sheet.write(end - 1.2, base, [bar.text], anchor="end")
    else:
        sheet.write(end + 1.2, base, [bar.text])

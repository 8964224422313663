"""The time axis of figures: years from left to right, with ticks at round years."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.document.figures.drawing import Label, Mark, Shape, Sheet, Stroke, Tone
from briefgen.dossier.dates import OPEN, Period, period_of

APART = 12.0
"""How far ticks stand apart at the least; a year in four figures takes about 6 mm."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
LAST_YEAR = 9999
"""The last that EDTF writes in four figures; a longer name would reach beyond the axis."""
NARROW = 3.2
"""A span that a mark would cover is not drawn."""


@dataclass(frozen=True)
class Axis:
    """Decimal years on a line from `left` to `right`."""

    start: int
    end: int
    left: float
    right: float

    def x(self, year: float) -> float:
        """Where a year stands."""
        share = (year - self.start) / (self.end - self.start)
        return self.left + share * (self.right - self.left)

    def at(self, date: str) -> float:
        """Where the mark of a date (EDTF) stands."""
        return min(self.x(place_of(date)), self.right)

    def ticks(self) -> list[int]:
        """The years that are named: multiples of the smallest round step that leaves room."""
        per_year = (self.right - self.left) / (self.end - self.start)
        step = next((s for s in STEPS if s * per_year >= APART), STEPS[-1])
        last = min(self.end, LAST_YEAR)
        return list(range(math.ceil(self.start / step) * step, last + 1, step))

    def draw(self, sheet: Sheet, top: float, bottom: float) -> None:
        """Names of years with their baseline at `top`, and faint lines down to `bottom`."""
        for year in self.ticks():
            x = self.x(year)
            sheet.labels.append(Label(x, top, str(year), anchor="middle", tone="soft"))
            sheet.strokes.append(Stroke(x, top + 2.0, x, bottom, "rule", 0.1))


def axis_of(dates: Sequence[str], left: float, right: float) -> Axis:
    """An axis that holds these dates (EDTF) and whole years on either side."""
    periods = [period_of(date) for date in dates]
    start = min(math.floor(p.year) for p in periods)
    end = max(math.ceil(p.end_year - 0.01) for p in periods)
    return Axis(start, max(end, start + 1), left, right)


def place_of(date: str) -> float:
    """The decimal year at which the mark of a date (EDTF) stands: a period begins with its own."""
    period = period_of(date)
    start, *end = date.split("/")
    if not end:
        return (period.year + period.end_year) / 2
    return period.end_year if start in OPEN else period.year


def draw_date(sheet: Sheet, axis: Axis, y: float, date: str, shape: Shape, tone: Tone) -> None:
    """A date on its row: a mark, a bar for a period, and a line for what is not known closer.

    The line covers the year or month that the date names; it is broken where the date is "about"
    or open-ended.
    """
    period = period_of(date)
    first, last = axis.x(period.year), min(axis.x(period.end_year), axis.right)
    at = axis.at(date)
    ends = date.split("/")
    if len(ends) > 1 and not any(end in OPEN for end in ends):
        sheet.marks.append(_bar(first, last, y, shape, tone))
        return
    if len(ends) > 1:
        edge = axis.right if ends[1] in OPEN else axis.left
        sheet.strokes.append(Stroke(min(at, edge), y, max(at, edge), y, tone, 0.35, broken=True))
        sheet.marks.append(Mark(at, y, shape, tone))
        return
    if period.approximate:
        first, last = _widened(period, axis)
    if last - first > NARROW:
        sheet.strokes.append(Stroke(first, y, last, y, tone, 0.35, broken=period.approximate))
    sheet.marks.append(Mark(at, y, shape, tone))


def _bar(first: float, last: float, y: float, shape: Shape, tone: Tone) -> Mark:
    """A bar, or the mark itself where the period is shorter than one; open where it is in doubt."""
    if last - first < NARROW:
        return Mark((first + last) / 2, y, shape, tone)
    return Mark(first + 1.0, y, "bar" if shape == "disc" else "open-bar", tone, last - 1.0)


def _widened(period: Period, axis: Axis) -> tuple[float, float]:
    """A line to be seen at any scale: its length does not claim how far off the date may be."""
    middle = (axis.x(period.year) + axis.x(period.end_year)) / 2
    half = max(3.6, (axis.x(period.end_year) - axis.x(period.year)) / 2)
    return max(axis.left, middle - half), min(axis.right, middle + half)

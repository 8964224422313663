"""Grid: recommendations by effort and impact, three levels each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from briefgen.document.figures.drawing import LINE, Drawing, Room, Sheet, Stroke
from briefgen.document.figures.labels import set_all, widest
from briefgen.dossier.base import LEVELS
from briefgen.dossier.records import Recommendation

MIN_STEPS = 4
"""Fewer are read faster in the table of recommendations."""
PAD = 2.6
Placed = tuple[Recommendation, str]
"""A recommendation, and its title in the edition's words."""


def draw_grid(steps: Sequence[Placed], room: Room) -> Drawing | None:
    """The grid, impact from high at the top to low, effort from low at the left to high.

    None with fewer than 4 recommendations, all in one cell, or more words than fit.
    """
    cells: dict[tuple[str, str], list[Placed]] = {}
    for step in steps:
        cells.setdefault((step[0].impact.level, step[0].effort.level), []).append(step)
    if len(steps) < MIN_STEPS or len(cells) == 1:
        return None
    words = room.locale.figures
    impacts = [words[f"impact_{level}"] for level in reversed(LEVELS)]
    left = widest(impacts, room.measure, bold=True) + 4
    column = (room.width - left) / len(LEVELS)
    titles: dict[tuple[str, str], list[list[str]]] = {}
    for place, inside in cells.items():
        texts = set_all([title for _, title in inside], column - 4.5, room.measure)
        if texts is None:
            return None
        titles[place] = texts
    sheet = Sheet()
    for i, level in enumerate(LEVELS):
        sheet.write(left + column * i, 3.2, [words[f"effort_{level}"]], bold=True)
    sheet.rule(5.2, room.width, head=True)
    y = 5.2
    for name, level in zip(impacts, reversed(LEVELS), strict=True):
        sheet.write(0, y + PAD + 2.2, [name], bold=True)
        lowest = y + PAD + 2.2 + 1.2
        for i, effort in enumerate(LEVELS):
            base = y + PAD + 2.2
            for lines in titles.get((level, effort), []):
                sheet.write(left + column * i, base, lines)
                base += LINE * len(lines) + 1.6
            lowest = max(lowest, base - 1.6 - LINE + 1.2)
        y = lowest + PAD
        sheet.rule(y, room.width)
    sheet.strokes += [
        Stroke(left + column * i - 2.2, 5.2, left + column * i - 2.2, y) for i in range(1, 3)
    ]
    return sheet.fit(room, y + 1)


def by_cell(steps: Sequence[Placed]) -> list[Placed]:
    """Recommendations by impact, the greatest first, then by effort, the least first."""
    order = {place: i for i, place in enumerate(product(reversed(LEVELS), LEVELS))}
    return sorted(steps, key=lambda step: order[step[0].impact.level, step[0].effort.level])

"""Matrix: areas in rows, obstacles in columns, a mark where one touches the other."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.document.figures.drawing import LINE, Drawing, Mark, Room, Sheet
from briefgen.document.figures.labels import set_all, widest
from briefgen.dossier.records import Area, Obstacle

MIN_SIDE = 4
MIN_FILL = 0.15
"""A matrix with fewer of its cells filled says less than a table."""
ROW = 6.0
GAP = 4.0


def touching(
    areas: Sequence[Area], obstacles: Sequence[Obstacle]
) -> tuple[list[Area], list[Obstacle]]:
    """The areas and obstacles that have to do with each other."""
    hindering = [o for o in obstacles if any(a.id in o.affects for a in areas)]
    return [a for a in areas if any(a.id in o.affects for o in hindering)], hindering


def draw_matrix(areas: Sequence[Area], obstacles: Sequence[Obstacle], room: Room) -> Drawing | None:
    """The matrix of what touches what; rows and columns without a mark are not drawn.

    None when it is under 4 by 4, nearly empty or too wide for its heads.
    """
    areas, obstacles = touching(areas, obstacles)
    filled = sum(a.id in o.affects for a in areas for o in obstacles)
    if min(len(areas), len(obstacles)) < MIN_SIDE:
        return None
    if filled < MIN_FILL * len(areas) * len(obstacles):
        return None
    left = widest([a.short for a in areas], room.measure, bold=True) + GAP
    column = (room.width - left) / len(obstacles)
    heads = set_all([o.short for o in obstacles], column - 1.5, room.measure)
    levels = [room.locale.levels[o.severity.level] for o in obstacles]
    if heads is None or set_all(levels, column - 1.5, room.measure) is None:
        return None
    sheet = Sheet()
    head = LINE * (max(map(len, heads)) + 1) + 1.8
    for i, (lines, level) in enumerate(zip(heads, levels, strict=True)):
        x, first = left + column * i, head - 2.2 - LINE * len(lines)
        sheet.write(x, first, lines)
        sheet.write(x, head - 2.2, [level], tone="soft")
    for i, area in enumerate(areas):
        middle = head + ROW * (i + 0.5)
        sheet.write(0, middle + 1, [area.short], bold=True)
        for j, obstacle in enumerate(obstacles):
            if area.id in obstacle.affects:
                sheet.marks.append(Mark(left + column * j + 1.5, middle, "disc"))
        sheet.rule(head + ROW * (i + 1), room.width)
    sheet.rule(head, room.width, head=True)
    return sheet.fit(room, head + ROW * len(areas) + 1)

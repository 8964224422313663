"""Operations: rows of a table by year, in the groups that the table's head declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.document.figures.axis import Axis, axis_of
from briefgen.document.figures.drawing import LINE, MARK, TEXT, Drawing, Mark, Room, Sheet
from briefgen.document.figures.labels import find_lanes, set_all, share_columns
from briefgen.dossier.dates import period_of

MIN_ROWS = 6
LABEL = 34.0
"""Width of a label beside its mark, at the most."""
AXIS = 70.0
GAP = 4.0


@dataclass(frozen=True)
class Operation:
    """A row of the table."""

    label: str
    date: str
    """EDTF."""


@dataclass(frozen=True)
class Group:
    """Rows that the curators put together."""

    title: str
    operations: tuple[Operation, ...]


def draw_operations(groups: Sequence[Group], room: Room) -> Drawing | None:
    """A band for each group, a mark for each row; None with fewer than 6 rows or too many."""
    operations = [operation for group in groups for operation in group.operations]
    if len(operations) < MIN_ROWS:
        return None
    shared = share_columns(
        [g.title for g in groups], room.width - AXIS - GAP, room.measure, bold=True
    )
    if shared is None:
        return None
    width, titles = shared
    left = width + GAP + MARK
    axis = axis_of([o.date for o in operations], left, room.width - MARK - 4)
    sheet = Sheet()
    sheet.rule(5.2, room.width, head=True)
    y = 5.2
    for group, lines in zip(groups, titles, strict=True):
        sheet.write(0, y + 4.1, lines, bold=True)
        placed = _place(group, axis, left, room)
        if placed is None:
            return None
        bottom = y + 1.2 + LINE * len(lines) + 1.2
        for mark, label_x, top, label in placed:
            base = y + top + 4.1
            sheet.marks.append(Mark(mark, base - 1.0, "disc"))
            sheet.write(label_x, base, label)
            bottom = max(bottom, base + LINE * (len(label) - 1) + 2.3)
        y = bottom
        sheet.rule(y, room.width)
    axis.draw(sheet, 3.2, 5.2)
    return sheet.fit(room, y + 1.2)


Placed = tuple[float, float, float, list[str]]
"""Of a mark, x; of its label, left edge, distance from the band's top, and lines."""


def _place(group: Group, axis: Axis, left: float, room: Room) -> list[Placed] | None:
    """Marks and labels of a band: right of the mark, or left of it at the end of the axis."""
    ordered = sorted(group.operations, key=lambda o: (period_of(o.date).first, o.label))
    texts = set_all([o.label for o in ordered], LABEL, room.measure)
    if texts is None:
        return None
    spans, starts, marks = [], [], []
    for operation, lines in zip(ordered, texts, strict=True):
        period = period_of(operation.date)
        mark = axis.x((period.year + period.end_year) / 2)
        width = max(TEXT * room.measure(line) for line in lines)
        start = mark + MARK + 1
        if start + width > room.width:
            start = mark - MARK - 1 - width
        if start < left - MARK:
            return None
        marks.append(mark)
        starts.append(start)
        spans.append((min(mark - MARK, start) - 1, max(mark + MARK, start + width) + 1))
    lanes = find_lanes(spans)
    heights = [
        max(LINE * len(lines) for lines, own in zip(texts, lanes, strict=True) if own == lane)
        for lane in range(max(lanes, default=-1) + 1)
    ]
    tops = [sum(heights[:lane]) + 0.9 * lane for lane in lanes]
    return list(zip(marks, starts, tops, texts, strict=True))

"""Where labels stand: lines that fit a width, heads over columns, lanes beside marks, keys."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.document.figures.drawing import LINE, MARK, TEXT, Mark, Room, Shape, Sheet, Tone
from briefgen.document.measure import Measure, wrap
from briefgen.document.prose import typeset

Key = tuple[Shape, Tone, str]
"""A mark and what it means."""
NARROWER = 0.01
"""Millimetres by which lines are tried narrower until one more would be needed."""


def set_lines(text: str, width: float, measure: Measure, *, bold: bool = False) -> list[str] | None:
    """The text in lines no wider than `width`; None where one of its words is wider.

    As few lines as will do, and these as even as they get: no word is left alone on the last.
    """
    text = typeset(text)
    lines = wrap(text, width, TEXT, measure, bold=bold)
    if any(TEXT * measure(line, bold=bold) > width for line in lines):
        return None
    while len(lines) > 1:
        width = max(TEXT * measure(line, bold=bold) for line in lines) - NARROWER
        narrower = wrap(text, width, TEXT, measure, bold=bold)
        if len(narrower) > len(lines) or any(
            TEXT * measure(line, bold=bold) > width for line in narrower
        ):
            return lines
        lines = narrower
    return lines


def set_all(
    texts: Sequence[str], width: float, measure: Measure, *, bold: bool = False
) -> list[list[str]] | None:
    """The same for several texts; None where one of them does not fit."""
    found = [set_lines(text, width, measure, bold=bold) for text in texts]
    fitting = [lines for lines in found if lines is not None]
    return fitting if len(fitting) == len(found) else None


def widest(texts: Sequence[str], measure: Measure, *, bold: bool = False) -> float:
    """Width of the widest of some texts, each on one line."""
    return max((TEXT * measure(typeset(text), bold=bold) for text in texts), default=0.0)


def share_columns(
    texts: Sequence[str], room: float, measure: Measure, *, bold: bool = False
) -> tuple[float, list[list[str]]] | None:
    """A width for all of some texts, at most `room`, and their lines; None where none will do.

    The texts get one line each where `room` allows it, and else as many as they need.
    """
    width = min(widest(texts, measure, bold=bold), room)
    lines = set_all(texts, width, measure, bold=bold)
    return None if lines is None else (width, lines)


def find_lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    """A lane for each span, from 0 outwards, such that no two of a lane meet."""
    lanes: list[list[tuple[float, float]]] = []
    found = []
    for start, end in spans:
        free = (
            i
            for i, lane in enumerate(lanes)
            if all(end <= other[0] or other[1] <= start for other in lane)
        )
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((start, end))
        found.append(lane)
    return found


def write_key(sheet: Sheet, keys: Sequence[Key], y: float, room: Room) -> float:
    """Write what the marks mean, from the baseline `y` on; gives the last baseline.

    One mark and its words after the other, on a new line where the width ends.
    """
    x = 0.0
    for shape, tone, words in keys:
        width = 2 * MARK + 1.4 + widest([words], room.measure)
        if x and x + width > room.width:
            x, y = 0.0, y + LINE + 0.6
        sheet.marks.append(Mark(x + MARK, y - 1.0, shape, tone))
        sheet.write(x + 2 * MARK + 1.4, y, [typeset(words)], tone="soft")
        x += width + 5
    return y

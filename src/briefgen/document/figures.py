"""Figures drawn from records: where each mark and label stands, in millimetres.

The templates in `figures/` turn these into SVG. With too little data, or more than fits without
overlapping, a figure is None and the document shows a table in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefgen.document.locale import Locale
from briefgen.document.measure import Measure, wrap
from briefgen.document.prose import typeset
from briefgen.dossier.base import LEVELS
from briefgen.dossier.dates import period_of
from briefgen.dossier.records import Area, Milestone, Obstacle

TEXT = 2.95
"""Size of labels: 8.4 pt."""
LINE = 3.6
GAP = 3.0
LABEL_WIDTH = 30.0
MIN_EVENTS = 6
MAX_LANES = 5
MIN_MATRIX = 4
MIN_FILL = 0.15
"""A matrix with fewer of its cells filled says less than a table."""
ROW = 6.6
COLUMN_TEXT = 2.8


@dataclass(frozen=True)
class Event:
    """One milestone on the time axis."""

    x: float
    end: float | None
    """Where a period ends; None for a moment."""
    lines: tuple[str, ...]
    when: str
    open: bool
    """Announced, stalled or disputed: drawn as an open circle in the warm colour."""
    above: bool
    label_y: float
    """Baseline of the label's first line, which holds the date."""
    leader: float
    """Where the line from the axis to the label ends."""


@dataclass(frozen=True)
class Timeline:
    """A time axis with its events."""

    width: float
    height: float
    axis: float
    axis_end: float
    events: tuple[Event, ...]
    has_open: bool


@dataclass(frozen=True)
class Cell:
    """An obstacle that touches an area; radius by severity."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Label:
    """Lines of text from a first baseline down."""

    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """Areas in rows, obstacles in columns, a dot where one touches the other."""

    width: float
    height: float
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    rules: tuple[float, ...]
    cells: tuple[Cell, ...]


def in_order(milestones: Iterable[Milestone]) -> list[Milestone]:
    """Milestones by date, the earliest first."""
    return sorted(milestones, key=lambda m: (period_of(m.date.value).first, m.id))


def draw_timeline(
    milestones: Sequence[Milestone], width: float, locale: Locale, measure: Measure
) -> Timeline | None:
    """The timeline, or None with fewer than 6 events or more than fit."""
    if len(milestones) < MIN_EVENTS:
        return None
    ordered = in_order(milestones)
    periods = [period_of(m.date.value) for m in ordered]
    start, end = min(p.year for p in periods), max(p.end_year for p in periods)
    scale = (width - LABEL_WIDTH - 4) / max(end - start, 1)
    xs = [2 + (p.year - start) * scale for p in periods]
    texts = [
        (locale.date(m.date.value), wrap(typeset(m.short), LABEL_WIDTH, TEXT, measure))
        for m in ordered
    ]
    widths = [
        TEXT * max(measure(when, True), *(measure(line, False) for line in lines)) + 2
        for when, lines in texts
    ]
    lanes = _lanes(xs, widths)
    if max(lane for _, lane in lanes) >= MAX_LANES:
        return None
    return _timeline(ordered, xs, texts, lanes, [p.end_year for p in periods], start, scale, width)


def _lanes(xs: Sequence[float], widths: Sequence[float]) -> list[tuple[bool, int]]:
    """Side and lane of each label, so that no label meets another or another's leader.

    From right to left: a label starts at its own leader and runs right, so it must lie further
    out than the label of any later event whose leader it would meet.
    """
    placed: list[tuple[bool, int]] = [(True, 0)] * len(xs)
    for i in reversed(range(len(xs))):
        options = []
        for above in (i % 2 == 0, i % 2 == 1):
            met = [
                placed[j][1]
                for j in range(i + 1, len(xs))
                if placed[j][0] == above and xs[j] < xs[i] + widths[i]
            ]
            options.append((max(met) + 1 if met else 0, above))
        lane, above = min(options, key=lambda option: option[0])
        placed[i] = (above, lane)
    return placed


def _timeline(
    ordered: Sequence[Milestone], xs: Sequence[float], texts: Sequence[tuple[str, list[str]]],
    lanes: Sequence[tuple[bool, int]], ends: Sequence[float], start: float, scale: float,
    width: float,
) -> Timeline:  # fmt: skip
    heights = _lane_heights(lanes, texts)
    top = sum(heights[True])
    axis = top + GAP + 1
    events = []
    for i, milestone in enumerate(ordered):
        above, lane = lanes[i]
        when, lines = texts[i]
        text_height = LINE * (1 + len(lines))
        if above:
            base = axis - GAP - sum(heights[True][:lane]) - text_height + LINE - 0.8
            leader = base - LINE + 1.2
        else:
            base = axis + GAP + sum(heights[False][:lane]) + LINE - 0.6
            leader = base + LINE * len(lines)
        is_period = "/" in milestone.date.value
        end = xs[i] + (ends[i] - period_of(milestone.date.value).year) * scale
        events.append(
            Event(xs[i], end if is_period else None, tuple(lines), when,
                  milestone.outcome != "happened", above, base, leader)
        )  # fmt: skip
    height = axis + GAP + sum(heights[False]) + 1
    axis_end = max(event.end or event.x for event in events) + 3
    return Timeline(width, height, axis, axis_end, tuple(events), any(e.open for e in events))


def _lane_heights(
    lanes: Sequence[tuple[bool, int]], texts: Sequence[tuple[str, list[str]]]
) -> dict[bool, list[float]]:
    heights: dict[bool, list[float]] = {True: [], False: []}
    for (above, lane), (_, lines) in zip(lanes, texts, strict=True):
        side = heights[above]
        side += [0.0] * (lane + 1 - len(side))
        side[lane] = max(side[lane], LINE * (1 + len(lines)) + 1.6)
    return heights


def draw_matrix(
    areas: Sequence[Area], obstacles: Sequence[Obstacle], width: float, measure: Measure
) -> Matrix | None:
    """The matrix, or None when it is under 4 by 4 or nearly empty."""
    touching = [(a, o) for a in areas for o in obstacles if a.id in o.affects]
    too_small = len(areas) < MIN_MATRIX or len(obstacles) < MIN_MATRIX
    if too_small or len(touching) < MIN_FILL * len(areas) * len(obstacles):
        return None
    row_labels = 46.0
    column = (width - row_labels) / len(obstacles)
    heads = [
        wrap(typeset(o.short), column - 2, COLUMN_TEXT, measure, bold=True) for o in obstacles
    ]
    head = max(len(lines) for lines in heads) * LINE + 2.5
    columns = tuple(
        Label(row_labels + column * i, head - 2.5 - LINE * (len(lines) - 1), tuple(lines))
        for i, lines in enumerate(heads)
    )
    rows = tuple(
        Label(0, head + ROW * i + ROW / 2 + 1, (typeset(area.short),))
        for i, area in enumerate(areas)
    )
    cells = tuple(
        Cell(
            row_labels + column * obstacles.index(o) + 2.2,
            head + ROW * areas.index(a) + ROW / 2,
            0.75 + 0.55 * LEVELS[o.severity.level],
        )
        for a, o in touching
    )
    rules = tuple(head + ROW * i for i in range(len(areas) + 1))
    return Matrix(width, head + ROW * len(areas) + 1, columns, rows, rules, cells)

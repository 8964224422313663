"""Figures drawn from records: where each mark and label stands, in millimetres.

The templates in `figures/` turn these into SVG. With too little data, or more than fits without
overlapping, a figure is None and the document shows a table in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from briefgen.document.locale import Locale
from briefgen.document.measure import Measure, wrap
from briefgen.document.prose import typeset
from briefgen.dossier.dates import period_of
from briefgen.dossier.records import Area, Milestone, Obstacle

TEXT = 2.95
"""Size of labels: 8.4 pt."""
LINE = 3.6
GAP = 3.0
MARK = 2.6
"""Room that a mark needs on the axis."""
ASIDE = 1.5
LABEL_WIDTH = 30.0
MIN_EVENTS = 6
MAX_LANES = 5
MIN_MATRIX = 4
MIN_FILL = 0.15
"""A matrix with fewer of its cells filled says less than a table."""
ROW = 6.6
COLUMN_TEXT = 2.6
DOT = 1.5
"""Radius of a dot."""


@dataclass(frozen=True)
class Event:
    """One milestone on the time axis."""

    x: float
    y: float
    """Of its mark: on the axis, or beside it where another event's mark is near."""
    end: float | None
    """Where a period ends; None for a moment."""
    lines: tuple[str, ...]
    when: str
    open: bool
    """Announced, stalled or disputed: drawn as an open circle in the warm colour."""
    label_x: float
    anchor: str
    """SVG text-anchor of the label: start or end."""
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
class Dot:
    """An obstacle that touches an area."""

    x: float
    y: float


@dataclass(frozen=True)
class Head:
    """An obstacle: its name in lines from a first baseline down, then its severity."""

    x: float
    y: float
    lines: tuple[str, ...]
    severity: str


@dataclass(frozen=True)
class Row:
    """An area, on its baseline."""

    y: float
    text: str


@dataclass(frozen=True)
class Matrix:
    """Areas in rows, obstacles in columns, a dot where one touches the other."""

    width: float
    height: float
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]
    rules: tuple[float, ...]
    dots: tuple[Dot, ...]


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
        (
            _capitalised(locale.date(m.date.value)),
            wrap(typeset(m.short), LABEL_WIDTH, TEXT, measure),
        )
        for m in ordered
    ]
    widths = [
        TEXT * max(measure(when, bold=True), *(measure(line) for line in lines)) + 2
        for when, lines in texts
    ]
    spots = _place_labels(xs, widths)
    if spots is None or any(spot.right > width for spot in spots):
        return None
    ends = [2 + (p.end_year - start) * scale for p in periods]
    return _timeline(ordered, xs, ends, texts, spots, width)


@dataclass(frozen=True)
class Spot:
    """Where a label stands: side of the axis, lane outwards, and which way it runs."""

    above: bool
    lane: int
    left: float
    right: float
    x: float
    """Of its leader."""

    def meets(self, other: Spot) -> bool:
        """Whether the two labels, or a label and a leader, would touch."""
        if self.above != other.above:
            return False
        overlap = self.left < other.right and other.left < self.right
        return (
            (self.lane == other.lane and overlap)
            or (self.lane > other.lane and other.left <= self.x <= other.right)
            or (self.lane < other.lane and self.left <= other.x <= self.right)
        )


def _place_labels(xs: Sequence[float], widths: Sequence[float]) -> list[Spot] | None:
    """A spot for each label such that no label meets another or another's leader.

    From right to left. A label runs right of its leader, or left where no other event's leader
    could stand; the nearest free lane on either side wins. None where a label finds no room:
    three events of one day already cannot all have a leader.
    """
    placed: dict[int, Spot] = {}
    for i in reversed(range(len(xs))):
        options = [
            spot
            for lane in range(MAX_LANES)
            for above in (i % 2 == 0, i % 2 == 1)
            for spot in _runs(i, lane, xs, widths[i], above=above)
            if not any(spot.meets(other) for other in placed.values())
        ]
        if not options:
            return None
        placed[i] = min(options, key=lambda spot: spot.lane)
    return [placed[i] for i in range(len(xs))]


def _runs(i: int, lane: int, xs: Sequence[float], width: float, *, above: bool) -> Iterator[Spot]:
    x = xs[i]
    yield Spot(above, lane, x, x + width, x)
    left = x - width
    if left >= 0 and not any(left <= other <= x for j, other in enumerate(xs) if j != i):
        yield Spot(above, lane, left, x, x)


def _timeline(
    ordered: Sequence[Milestone],
    xs: Sequence[float],
    ends: Sequence[float],
    texts: Sequence[tuple[str, list[str]]],
    spots: Sequence[Spot],
    width: float,
) -> Timeline:
    heights = _lane_heights(spots, texts)
    axis = sum(heights[True]) + GAP + 1
    events = []
    for milestone, x, end, (when, lines), spot in zip(ordered, xs, ends, texts, spots, strict=True):
        inner = GAP + sum(heights[spot.above][: spot.lane])
        if spot.above:
            base = axis - inner - LINE * len(lines) - 0.8
            leader = base - LINE + 1.2
        else:
            base = axis + inner + LINE - 0.6
            leader = base + LINE * len(lines)
        events.append(
            Event(
                x=x,
                y=axis + (-ASIDE if spot.above else ASIDE) * _is_crowded(x, xs),
                end=end if "/" in milestone.date.value else None,
                lines=tuple(lines),
                when=when,
                open=milestone.outcome != "happened",
                label_x=x + 1 if spot.right > x else x - 1,
                anchor="start" if spot.right > x else "end",
                label_y=base,
                leader=leader,
            )
        )
    height = axis + GAP + sum(heights[False]) + 1
    axis_end = max(event.end or event.x for event in events) + 3
    return Timeline(width, height, axis, axis_end, tuple(events), any(e.open for e in events))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_crowded(x: float, xs: Sequence[float]) -> bool:
    return sum(abs(x - other) < MARK for other in xs) > 1


def _lane_heights(
    spots: Sequence[Spot], texts: Sequence[tuple[str, list[str]]]
) -> dict[bool, list[float]]:
    heights: dict[bool, list[float]] = {True: [], False: []}
    for spot, (_, lines) in zip(spots, texts, strict=True):
        side = heights[spot.above]
        side += [0.0] * (spot.lane + 1 - len(side))
        side[spot.lane] = max(side[spot.lane], LINE * (1 + len(lines)) + 1.6)
    return heights


def draw_matrix(
    areas: Sequence[Area],
    obstacles: Sequence[Obstacle],
    width: float,
    locale: Locale,
    measure: Measure,
) -> Matrix | None:
    """The matrix of what touches what; rows and columns without a dot are not drawn.

    None when it is under 4 by 4, nearly empty or too wide for its heads.
    """
    obstacles = [o for o in obstacles if any(a.id in o.affects for a in areas)]
    areas = [a for a in areas if any(a.id in o.affects for o in obstacles)]
    touching = [(a, o) for a in areas for o in obstacles if a.id in o.affects]
    too_small = len(areas) < MIN_MATRIX or len(obstacles) < MIN_MATRIX
    if too_small or len(touching) < MIN_FILL * len(areas) * len(obstacles):
        return None
    row_labels = max(TEXT * measure(typeset(area.short), bold=True) for area in areas) + 4
    column = (width - row_labels) / len(obstacles)
    heads = [wrap(typeset(o.short), column - 1.5, COLUMN_TEXT, measure) for o in obstacles]
    in_heads = {*chain(*heads), *(locale.levels[o.severity.level] for o in obstacles)}
    if any(COLUMN_TEXT * measure(line) > column - 0.5 for line in in_heads):
        return None
    head = (max(len(lines) for lines in heads) + 1) * LINE + 2.5
    columns = tuple(
        Head(
            row_labels + column * i,
            head - 2.5 - LINE * len(lines),
            tuple(lines),
            locale.levels[obstacle.severity.level],
        )
        for i, (lines, obstacle) in enumerate(zip(heads, obstacles, strict=True))
    )
    rows = tuple(
        Row(head + ROW * i + ROW / 2 + 1, typeset(area.short)) for i, area in enumerate(areas)
    )
    dots = tuple(
        Dot(
            row_labels + column * obstacles.index(o) + DOT,
            head + ROW * areas.index(a) + ROW / 2,
        )
        for a, o in touching
    )
    rules = tuple(head + ROW * i for i in range(len(areas) + 1))
    return Matrix(width, head + ROW * len(areas) + 1, columns, rows, rules, dots)

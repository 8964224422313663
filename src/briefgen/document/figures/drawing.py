"""What figures are made of: texts, lines and marks, in millimetres from the top left corner.

Every kind of figure gives a `Drawing`; `figures/figure.svg.j2` of the layout turns it into SVG.
Meaning lies in shapes and words; the two tones beside ink and grey only help.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from briefgen.document.locale import Locale
from briefgen.document.measure import Measure

Tone = Literal["ink", "soft", "rule", "accent", "warm"]
"""Names of colours of the theme."""
Shape = Literal[
    "disc", "ring", "square", "diamond", "bar", "open-bar", "block", "plus", "minus", "circled"
]
"""Forms of marks: all can be told apart in grey and at 3 mm."""

TEXT = 2.95
"""Size of all labels: 8.4 pt."""
LINE = 3.6
"""From one baseline of a label to the next."""
MARK = 1.3
"""Half of what a mark takes, either way."""
BLOCK = 2.4
"""How high a block is."""
ASCENT, DESCENT = 0.75, 0.25
"""Of the face, in em, without the air round its letters."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True)
class Label:
    """A line of text on its baseline."""

    x: float
    y: float
    text: str
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    tone: Tone = "ink"

    def width(self, measure: Measure) -> float:
        """How wide it is set."""
        return TEXT * measure(self.text, bold=self.bold)

    def box(self, measure: Measure) -> Box:
        """What its letters ink."""
        width = self.width(measure)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - ASCENT * TEXT, left + width, self.y + DESCENT * TEXT


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = "rule"
    weight: float = 0.15
    broken: bool = False


@dataclass(frozen=True)
class Mark:
    """A mark round its centre; a bar reaches from `x` to `end`, a block exactly so."""

    x: float
    y: float
    shape: Shape
    tone: Tone = "accent"
    end: float | None = None

    @property
    def box(self) -> Box:
        """What it inks."""
        right = self.x if self.end is None else self.end
        if self.shape == "block":
            return self.x, self.y - BLOCK / 2, right, self.y + BLOCK / 2
        return self.x - MARK, self.y - MARK, right + MARK, self.y + MARK


@dataclass(frozen=True)
class Drawing:
    """A figure, ready for the template."""

    width: float
    height: float
    labels: tuple[Label, ...]
    strokes: tuple[Stroke, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Room:
    """What a figure may take, and how its words are measured and said."""

    width: float
    height: float
    """At the most."""
    locale: Locale
    measure: Measure


@dataclass
class Sheet:
    """A drawing while it is made."""

    labels: list[Label] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def write(
        self,
        x: float,
        y: float,
        lines: list[str],
        *,
        bold: bool = False,
        anchor: Literal["start", "middle", "end"] = "start",
        tone: Tone = "ink",
    ) -> None:
        """Lines of text from a first baseline down."""
        for i, line in enumerate(lines):
            self.labels.append(Label(x, y + LINE * i, line, bold, anchor, tone))

    def rule(self, y: float, width: float, *, head: bool = False) -> None:
        """A line across: strong under a head, faint between rows."""
        tone: Tone = "accent" if head else "rule"
        self.strokes.append(Stroke(0, y, width, y, tone, 0.3 if head else 0.15))

    def fit(self, room: Room, height: float) -> Drawing | None:
        """The drawing, or None where it is higher than its room."""
        if height > room.height:
            return None
        return Drawing(
            room.width, height, tuple(self.labels), tuple(self.strokes), tuple(self.marks)
        )

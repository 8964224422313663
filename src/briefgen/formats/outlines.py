"""Labels of drawings as outlines: the letters' shapes, set as HarfBuzz shapes the text.

Such a drawing looks the same wherever it is opened: no face of the machine's stands in for ours,
and nothing depends on how a program sets text in SVG. The words stay in the file for those who
look for them, as `aria-label` of each outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, log10
from pathlib import Path

import uharfbuzz
from lxml import etree

from briefgen.document.languages import east_asian_runs
from briefgen.document.vocabulary import SVG
from briefgen.dossier.base import HanLanguage
from briefgen.formats.east_asian import nearest_language, variable_font
from briefgen.formats.fonts import FAMILIES, font_file

Element = etree._Element
Point = tuple[float, float]

FINENESS = 15_000
"""Steps at least in the width of a drawing: hundredths of a millimetre, or 2,540 to the inch, in
our figures. At ten times the size letters of half that step look no better."""
SEMIBOLD = 600
"""CSS weight of our bold faces."""
BLANKS = re.compile("[ \t\r\n]+")
ABOUT_TEXT = re.compile("x|y|dx|dy|id|lang|font-.*|text-anchor|textLength|lengthAdjust")
"""Attributes of a label that say nothing of its outline."""


@dataclass(frozen=True)
class _Piece:
    """Text of one element of a label."""

    owner: Element
    text: str
    place: dict[str, str]
    """Where it is moved to; empty where it follows the piece before."""


@dataclass(frozen=True)
class _Glyphs:
    """A run of a piece in one face."""

    font: uharfbuzz.Font
    scale: float
    """Units of the drawing in one unit of the font."""
    glyphs: tuple[tuple[int, float, float, float], ...]
    """Number, advance and offset of each, in units of the font."""

    @property
    def width(self) -> float:
        """In units of the drawing."""
        return self.scale * sum(advance for _, advance, _, _ in self.glyphs)


def outline_labels(svg: Element, family: str) -> Element:
    """A copy of a drawing in which every label is an outline.

    `family` is that of labels which name none of ours; if it is none either, Source Sans Pro. East
    Asian characters take the face of their language. A label is as wide as its letters are,
    whatever its `textLength` says.
    """
    drawing = deepcopy(svg)
    drawing.tail = None
    grid = _Grid.of(svg)
    # A copy has left the page, which may say what language its labels are in.
    labels = list(zip(svg.iter(f"{SVG}text"), list(drawing.iter(f"{SVG}text")), strict=True))
    for label, place in labels:
        outlines = list(_outlines(label, family, grid))
        parent = place.getparent()
        assert parent is not None
        if outlines:
            outlines[-1].tail = place.tail
        at = parent.index(place)
        parent[at : at + 1] = outlines
    for element in drawing.iter(etree.Element):
        for name in [n for n in map(str, element.attrib) if n.startswith("font-")]:
            del element.attrib[name]
    return drawing


def _outlines(label: Element, family: str, grid: _Grid) -> Iterator[Element]:
    """A path for each piece of a label."""
    x = y = 0.0
    for chunk in _chunks(list(_pieces(label))):
        runs = [list(_shape(piece, family)) for piece in chunk]
        place, size = chunk[0].place, _size(chunk[0].owner)
        x = _length(place["x"], size) if "x" in place else x
        y = _length(place["y"], size) if "y" in place else y
        share = {"middle": 0.5, "end": 1.0}.get(_inherited(chunk[0].owner, "text-anchor"), 0.0)
        x -= share * sum(run.width for piece in runs for run in piece)
        for piece, shaped in zip(chunk, runs, strict=True):
            x += _length(piece.place.get("dx", "0"), size)
            y += _length(piece.place.get("dy", "0"), size)
            drawn = ""
            for run in shaped:
                drawn += _draw(run, x, y, grid)
                x += run.width
            if drawn:
                yield _path(label, piece, drawn)


def _pieces(label: Element) -> Iterator[_Piece]:
    """The texts of a label in order, with blanks as SVG collapses them."""
    written = ""
    texts = list(_texts(label))
    for number, (owner, text, place) in enumerate(texts, start=1):
        collapsed = BLANKS.sub(" ", text)
        if not written or written.endswith(" "):
            collapsed = collapsed.removeprefix(" ")
        if number == len(texts):
            collapsed = collapsed.removesuffix(" ")
        written += collapsed
        yield _Piece(owner, collapsed, place)


def _texts(owner: Element) -> Iterator[tuple[Element, str, dict[str, str]]]:
    places = {name: value for name in ("x", "y", "dx", "dy") if (value := owner.get(name))}
    yield owner, owner.text or "", places
    for part in owner.iterchildren(f"{SVG}tspan"):
        yield from _texts(part)
        yield owner, part.tail or "", {}


def _chunks(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces between two that are set to a place of their own: what an anchor holds for."""
    chunk: list[_Piece] = []
    for piece in pieces:
        if chunk and piece.place.keys() & {"x", "y"}:
            yield chunk
            chunk = []
        chunk.append(piece)
    if chunk:
        yield chunk


def _path(label: Element, piece: _Piece, drawn: str) -> Element:
    path = etree.Element(f"{SVG}path")
    for owner in dict.fromkeys((label, piece.owner)):
        for name, value in owner.attrib.items():
            if not ABOUT_TEXT.fullmatch(str(name)):
                path.set(name, value)
    path.set("aria-label", piece.text.strip())
    path.set("d", drawn)
    return path


def _inherited(element: Element | None, name: str, otherwise: str = "") -> str:
    while element is not None:
        if (value := element.get(name)) is not None:
            return value
        element = element.getparent()
    return otherwise


def _size(element: Element) -> float:
    return _length(_inherited(element, "font-size", "16"), 1)


def _length(value: str, em: float) -> float:
    """A length of the drawing, in its own units."""
    return float(value[:-2]) * em if value.endswith("em") else float(value.removesuffix("px"))


# --- Letters ---------------------------------------------------------------------


def _shape(piece: _Piece, family: str) -> Iterator[_Glyphs]:
    """The glyphs of a piece, a run for each face."""
    named = (name.strip(" '\"") for name in _inherited(piece.owner, "font-family").split(","))
    family = next((name for name in (*named, family) if name in FAMILIES), "Source Sans Pro")
    weight = _inherited(piece.owner, "font-weight", "400")
    bold = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= SEMIBOLD)
    italic = _inherited(piece.owner, "font-style") in ("italic", "oblique")
    style = {(0, 0): "Regular", (0, 1): "It", (1, 0): "Semibold", (1, 1): "SemiboldIt"}
    ours = _our_font(family, style[bold, italic])
    size = _size(piece.owner)
    at = 0
    for language, run in east_asian_runs(piece.text, nearest_language(piece.owner)):
        start = piece.text.index(run, at)
        yield _set(piece.text[at:start], ours, size)
        at = start + len(run)
        # Without the extra there is no such face, and the build has said so.
        yield _set(run, _variable_font(language, SEMIBOLD if bold else 400) or ours, size)
    yield _set(piece.text[at:], ours, size)


@lru_cache(maxsize=8)
def _our_font(family: str, style: str) -> uharfbuzz.Font:
    return _open(font_file(family, style))


@lru_cache(maxsize=8)
def _variable_font(language: HanLanguage, weight: int) -> uharfbuzz.Font | None:
    path = variable_font(language)
    if path is None:
        return None
    font = _open(path)
    font.set_variations({"wght": weight})
    return font


def _open(path: Path) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


def _set(text: str, font: uharfbuzz.Font, size: float) -> _Glyphs:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    glyphs = tuple(
        (info.codepoint, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True)
    )
    return _Glyphs(font, size / font.face.upem, glyphs)


def _draw(run: _Glyphs, x: float, y: float, grid: _Grid) -> str:
    """The path of a run whose origin is at a place of the drawing."""
    path = []
    for number, advance, right, up in run.glyphs:
        left, base = grid.whole(x + run.scale * right), grid.whole(y - run.scale * up)
        for start_x, start_y, contour in _contours(run.font, number, run.scale, grid):
            path.append(f"M{grid.numbers((left + start_x, base + start_y))}{contour}")
        x += run.scale * advance
    return "".join(path)


@dataclass(frozen=True)
class _Grid:
    """What coordinates are rounded to, in the drawing's own units."""

    decimals: int

    @classmethod
    def of(cls, svg: Element) -> _Grid:
        """Fine enough for a drawing, whatever its units are."""
        width = float(re.split(r"[\s,]+", (svg.get("viewBox") or "").strip())[2])
        return cls(max(0, ceil(log10(FINENESS / width))))

    def whole(self, length: float) -> int:
        """How many steps of the grid."""
        return round(length * 10.0**self.decimals)

    def numbers(self, *points: tuple[int, int]) -> str:
        """Places on the grid as a path has them."""
        return " ".join(f"{steps / 10**self.decimals:g}" for point in points for steps in point)


@lru_cache(maxsize=4096)
def _contours(
    font: uharfbuzz.Font, number: int, scale: float, grid: _Grid
) -> tuple[tuple[int, int, str], ...]:
    """The contours of a glyph: where each starts, and the rest relative to that.

    So the same letter is the same text wherever it stands, which packs well.
    """
    pen = _Pen(scale, grid)
    font.draw_glyph_with_pen(number, pen)
    return tuple((*start, "".join(contour)) for start, contour in pen.contours)


@dataclass
class _Pen:
    """Takes a glyph down; the names are those of fontTools' pens."""

    scale: float
    grid: _Grid
    contours: list[tuple[tuple[int, int], list[str]]] = field(default_factory=list)
    _last: tuple[int, int] = (0, 0)

    def moveTo(self, point: Point) -> None:  # noqa: N802
        self._last = self._scaled(point)
        self.contours.append((self._last, []))

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self._write("l", point)

    def qCurveTo(self, *points: Point) -> None:  # noqa: N802
        self._write("q", *points)

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        self._write("c", *points)

    def closePath(self) -> None:  # noqa: N802
        self.contours[-1][1].append("z")

    def _write(self, command: str, *points: Point) -> None:
        x, y = self._last
        scaled = [self._scaled(point) for point in points]
        steps = self.grid.numbers(*((a - x, b - y) for a, b in scaled))
        self.contours[-1][1].append(command + steps)
        self._last = scaled[-1]

    def _scaled(self, point: Point) -> tuple[int, int]:
        return self.grid.whole(point[0] * self.scale), -self.grid.whole(point[1] * self.scale)

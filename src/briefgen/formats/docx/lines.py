"""Lines of a written paragraph: where they break, and how high they are.

Office faces are not at hand, but how wide they are against the faces that come as dependencies is
known, and so about where lines break. Indents, sizes and line heights are in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from briefgen.document.measure import Measure, font_measure
from briefgen.formats.docx.formatting import Formatting, ParagraphFormat, RunFormat, style_of
from briefgen.formats.docx.oxml import wname
from briefgen.formats.fonts import font_file

Element = etree._Element

KNOWN_FACES: dict[str, tuple[str, tuple[float, float, float, float]]] = {
    "Cambria": ("Source Serif Pro", (0.913, 0.957, 0.986, 1.020)),
    "Calibri": ("Source Sans Pro", (0.980, 1.003, 0.972, 0.999)),
    "Source Serif Pro": ("Source Serif Pro", (1, 1, 1.016, 1.034)),
    "Source Sans Pro": ("Source Sans Pro", (1, 1, 1.028, 1.028)),
}
"""For each face of Word files one that comes as a dependency, and how wide the editions' text is in
the first against the second: upright, italic, bold (against semibold), bold italic."""
RAISED = 0.58
"""Size of raised characters against the others."""
NATURAL = 1.2
"""Height of a line without any rule, in sizes of the face: Cambria has 1.17, Calibri 1.22."""
BELOW_PICTURE = 0.2
"""What a line with a picture takes below it, in sizes of the face."""
PARTS = re.compile("[ \n\t]|[^ \n\t–—-]*[–—-]+|[^ \n\t–—-]+")
"""What may stand alone at the end of a line: a space, a word, the part of one up to a dash."""
SPACES = (" ", "\n", "\t")
DASHES = ("–", "—", "-")
MARK = "88"
"""The number before a note: most have two digits."""
EMU = 12700
"""To a point."""


@dataclass(frozen=True)
class Line:
    """A line of text, or a whole row of a table."""

    height: float
    """Points."""
    notes: tuple[str, ...] = ()
    """Ids of the notes whose marks stand in it."""


class LineBreaker:
    """Breaks the paragraphs of one file into lines."""

    def __init__(self, formatting: Formatting) -> None:
        self._formatting = formatting

    def lines(self, paragraph: Element, width: float) -> tuple[Line, ...]:
        """The lines of a paragraph that has so many points from margin to margin."""
        style = style_of(paragraph)
        form = self._formatting.paragraph(paragraph)
        size = self._formatting.run(None, style).size
        height = _line_height(form, size)
        if pictures := [_picture_height(drawing) for drawing in paragraph.iter(wname("drawing"))]:
            return (Line(max(pictures) + BELOW_PICTURE * size),)
        # A list's mark stands in its hanging indent, and the text behind it where the others do.
        start = 0 if form.is_numbered else form.first
        filling = _Filling(width - form.left - form.right, start, height)
        for run in paragraph.iter(wname("r")):
            look = self._formatting.run(run, style)
            for text, note in _content(run):
                for part in PARTS.findall(text):
                    filling.add(part, _width(part, look), note)
        return filling.finish()


class _Filling:
    """Fills lines with words, each with the marks of notes that stand at it."""

    def __init__(self, width: float, start: float, height: float) -> None:
        self._width, self._height = width, height
        self._lines: list[Line] = []
        self._at = start
        self._is_empty = True
        self._space = 0.0
        self._word = 0.0
        self._word_notes: list[str] = []
        self._notes: list[str] = []

    def add(self, part: str, width: float, note: str | None) -> None:
        """Append a part of the text, and the note whose mark it is."""
        if part in SPACES:
            self._end_word()
            if part == " ":
                self._space += width
            elif part == "\n":
                self._end_line()
            else:
                # Behind a tab stands what its stop leaves room for, on the same line.
                self._at = max(self._at, 0)
            return
        self._word += width
        if note is not None:
            self._word_notes.append(note)
        if part.endswith(DASHES):
            self._end_word()

    def finish(self) -> tuple[Line, ...]:
        """The lines; an empty paragraph has one."""
        self._end_word()
        self._end_line()
        return tuple(self._lines)

    def _end_word(self) -> None:
        if self._word and not self._is_empty and self._at + self._space + self._word > self._width:
            self._end_line()
        if self._word:
            self._at += self._space + self._word
            self._notes += self._word_notes
            self._is_empty, self._space, self._word, self._word_notes = False, 0.0, 0.0, []

    def _end_line(self) -> None:
        self._lines.append(Line(self._height, tuple(self._notes)))
        self._at, self._is_empty, self._space, self._notes = 0.0, True, 0.0, []


def _content(run: Element) -> Iterator[tuple[str, str | None]]:
    """The text of a run, and the note that a mark belongs to."""
    for element in run:
        match etree.QName(element).localname:
            case "t":
                yield element.text or "", None
            case "noBreakHyphen":
                yield "\u2011", None
            case "tab":
                yield "\t", None
            case "br":
                yield "\n", None
            case "footnoteReference":
                note = element.get(wname("id"), "")
                yield note, note
            case "footnoteRef":
                yield MARK, None


def _width(text: str, look: RunFormat) -> float:
    family, factors = KNOWN_FACES[look.face]
    measure = _measure(family, is_italic=look.is_italic)
    factor = factors[2 * look.is_bold + look.is_italic] * (RAISED if look.is_raised else 1)
    return measure(text, bold=look.is_bold) * factor * look.size + look.tracking * len(text)


def _line_height(form: ParagraphFormat, size: float) -> float:
    natural = NATURAL * size
    if form.rule == "auto":
        return natural * form.line
    return form.line if form.rule == "exact" else max(form.line, natural)


def _picture_height(drawing: Element) -> float:
    extent = next(e for e in drawing.iter() if etree.QName(e).localname == "extent")
    return int(extent.get("cy", 0)) / EMU


@lru_cache(maxsize=8)
def _measure(family: str, *, is_italic: bool) -> Measure:
    slope = "It" if is_italic else ""
    return font_measure(
        font_file(family, slope or "Regular"), font_file(family, f"Semibold{slope}")
    )

"""Heights of the blocks of a written file: its paragraphs, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from briefgen.formats.docx.formatting import Formatting, ParagraphFormat
from briefgen.formats.docx.lines import Line, LineBreaker
from briefgen.formats.docx.oxml import wname

Element = etree._Element


@dataclass(frozen=True)
class Block:
    """A paragraph of the body or a row of a table; lengths in points."""

    lines: tuple[Line, ...]
    names: tuple[str, ...]
    """The bookmarks that start in it."""
    before: float = 0
    """Space between it and what is above."""
    above: float = 0
    """Border and padding, which stay where the space before is left out at the top of a page."""
    below: float = 0
    keeps_next: bool = False
    keeps_lines: bool = False
    starts_page: bool = False
    head: float = 0
    """Height of the table's head, which is repeated where the row starts a page."""


class NoteHeight(NamedTuple):
    """How high a note is, in points."""

    least: float
    """Its first line, without which its mark does not stand on a page."""
    whole: float


class Heights:
    """Measures the blocks of one file."""

    def __init__(
        self, formatting: Formatting, breaker: LineBreaker, notes: Element, width: float
    ) -> None:
        self._formatting = formatting
        self._breaker = breaker
        self._notes = {note.get(wname("id"), ""): note for note in notes}
        self._width = width
        """Of the text, in points."""
        self._note_heights: dict[str, NoteHeight] = {}

    def note(self, identifier: str) -> NoteHeight:
        """Height of a note."""
        if identifier not in self._note_heights:
            note = self._notes[identifier]
            height, _ = self._stack(note, self._width)
            first = self._breaker.lines(next(note.iter(wname("p"))), self._width)[0]
            self._note_heights[identifier] = NoteHeight(first.height, height)
        return self._note_heights[identifier]

    def blocks(self, body: Element) -> Iterator[Block]:
        """The blocks of a body, in order."""
        elements = [e for e in body if e.tag in (wname("p"), wname("tbl"))]
        forms = [self._formatting.paragraph(e) if e.tag == wname("p") else None for e in elements]
        last = len(elements) - 1
        for at, (element, form) in enumerate(zip(elements, forms, strict=True)):
            if form is None:
                yield from self._rows(element)
            else:
                above = forms[at - 1] if at else None
                yield self._paragraph(element, form, above, forms[at + 1] if at < last else None)

    def _paragraph(
        self,
        element: Element,
        form: ParagraphFormat,
        above: ParagraphFormat | None,
        below: ParagraphFormat | None,
    ) -> Block:
        borders = dict(form.borders)
        # Of two spaces that meet, Word and LibreOffice keep the larger.
        before = max(form.before, above.after) if above and not form.starts_page else form.before
        return Block(
            lines=self._breaker.lines(element, self._width),
            names=_names(element),
            before=before,
            above=0 if _shares_border(form, above) else borders.get("top", 0),
            below=borders.get("between" if _shares_border(form, below) else "bottom", 0),
            keeps_next=form.keeps_next,
            keeps_lines=form.keeps_lines,
            starts_page=form.starts_page,
        )

    def _rows(self, table: Element) -> Iterator[Block]:
        cells, head = self._formatting.cells(table), 0.0
        for row in table.iter(wname("tr")):
            height, notes, keeps = 0.0, [], False
            for cell in row.iter(wname("tc")):
                width = _cell_width(cell) - cells.left - cells.right
                stacked, marks = self._stack(cell, width)
                height = max(height, stacked)
                notes += marks
                keeps |= all(
                    self._formatting.paragraph(p).keeps_next for p in cell.iter(wname("p"))
                )
            height += cells.height
            line = Line(height, tuple(notes))
            is_head = next(row.iter(wname("tblHeader")), None) is not None
            yield Block((line,), _names(row), keeps_next=keeps, head=0 if is_head else head)
            head += height if is_head else 0

    def _stack(self, parent: Element, width: float) -> tuple[float, list[str]]:
        """Height of the paragraphs of a cell or a note, and the notes of their marks."""
        height, after, notes = 0.0, 0.0, []
        for paragraph in parent.iter(wname("p")):
            form = self._formatting.paragraph(paragraph)
            lines = self._breaker.lines(paragraph, width)
            height += max(form.before, after) - after + sum(e.height for e in lines) + form.after
            after = form.after
            notes += [note for line in lines for note in line.notes]
        return height, notes


def _names(element: Element) -> tuple[str, ...]:
    return tuple(e.get(wname("name"), "") for e in element.iter(wname("bookmarkStart")))


def _shares_border(form: ParagraphFormat, other: ParagraphFormat | None) -> bool:
    """Whether two neighbours stand in one frame: their borders and indents are the same."""
    return other is not None and (form.borders, form.left, form.right) == (
        other.borders,
        other.left,
        other.right,
    )


def _cell_width(cell: Element) -> float:
    width = next(cell.iter(wname("tcW")))
    return float(width.get(wname("w"), 0)) / 20

"""The frame of the text on the page: what tables, figures and indents are measured by."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from lxml import etree

from briefgen.document.theme import PAGE_SIZES, Page
from briefgen.formats.docx.oxml import wname

MM_PER_TWIP = 25.4 / 1440
LETTER = {"w": 12240, "h": 15840}
"""Twips of the sheet where a section does not say it, as Word takes it."""
MOST_ENLARGED = 1.25
NARROWEST = 20.0
"""Millimetres of text that are left whatever the margins say."""


@dataclass(frozen=True)
class Frame:
    """Where text stands on the page, in millimetres."""

    text_width: float
    """Width of the running text, or of one of its columns."""
    text_height: float
    """Height of the text, without running head and foot."""
    hang: float
    """How far headings, tables, figures and boxes reach into the left margin."""

    widest_figure: float = inf
    """How wide a drawing may become before its labels look too large beside the text."""

    @property
    def figure_width(self) -> float:
        """Width of a drawing."""
        return min(self.full_width, self.widest_figure)

    @property
    def full_width(self) -> float:
        """Width of the text and the hang together."""
        return self.text_width + self.hang

    @classmethod
    def of_page(cls, page: Page) -> Frame:
        """The frame on the theme's page."""
        height = PAGE_SIZES[page.size][1] - page.margins.top - page.margins.bottom
        return cls(page.text_width, height, page.hang)

    @classmethod
    def of_section(cls, section: etree._Element, page: Page) -> Frame:
        """The frame of a `w:sectPr`; nothing hangs into a margin that is not ours.

        Drawings are made for the theme's `page`.
        """
        size, margins, columns = (section.find(wname(t)) for t in ("pgSz", "pgMar", "cols"))

        def of_margin(side: str, default: int = 0) -> float:
            # A negative margin above or below holds against a running head of any height.
            return abs(_twips(margins, side, default))

        width = _twips(size, "w", LETTER["w"]) - sum(map(of_margin, ("left", "right", "gutter")))
        height = _twips(size, "h", LETTER["h"]) - sum(map(of_margin, ("top", "bottom")))
        widest = page.full_width * MOST_ENLARGED
        column = _column(columns, width) * MM_PER_TWIP
        return cls(max(column, NARROWEST), max(height * MM_PER_TWIP, NARROWEST), 0, widest)


def _column(columns: etree._Element | None, width: float) -> float:
    """Width of the first column of the text."""
    first = None if columns is None else columns.find(wname("col"))
    if first is not None:
        return _twips(first, "w", width)
    number = max(1, _twips(columns, "num", 1))
    return (width - (number - 1) * _twips(columns, "space", 720)) / number


def _twips(element: etree._Element | None, name: str, default: float) -> float:
    value = "" if element is None else element.get(wname(name), "")
    try:
        return float(value)
    except ValueError:
        return default

"""The file being written: what every writer of a part of it needs to know and to number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from docx.document import Document as WordDocument
from lxml import etree

from briefgen.document.model import Document
from briefgen.formats.docx.bookmarks import Bookmarks
from briefgen.formats.docx.comments import Comments
from briefgen.formats.docx.contents import Contents
from briefgen.formats.docx.frame import Frame
from briefgen.formats.docx.marks import Marks
from briefgen.formats.docx.notes import Notes
from briefgen.formats.docx.numbering import Lists
from briefgen.formats.docx.word_style import GapName, WordStyle
from briefgen.formats.word_options import WordOptions

Element = etree._Element


@dataclass
class Draft:
    """One Word file in the making."""

    document: Document
    word: WordStyle
    options: WordOptions
    frame: Frame
    file: WordDocument
    notes: Notes
    lists: Lists
    bookmarks: Bookmarks
    contents: Contents
    has_pages: bool
    """Whether it is known where Word's pages end; else no page is given a number."""
    marks: Marks | None = None
    """What ties fields to the data; nothing in a copy for publication."""
    comments: Comments | None = None
    """What editors are told, where they are."""
    page_references: list[tuple[str, Element]] = field(default_factory=list)
    """Bookmarks, and where the numbers of their pages are to stand."""
    pictures: Iterator[int] = field(default_factory=lambda: count(1))
    """Numbers of the drawings; they must differ in the whole file."""
    captions: dict[str, int] = field(default_factory=dict)
    """Last number of each kind of caption."""
    gap: float = 0
    """Points that the next paragraph keeps above it, whatever its style says."""

    def ask_gap(self, points: float) -> None:
        """Keep at least this much above the next paragraph."""
        self.gap = max(self.gap, points)

    def gap_above(self, style: str) -> float | None:
        """Points that a paragraph of this style must be given; nothing if its style does it."""
        gap, self.gap = self.gap, 0
        own = self.word.inherited(style, "before")
        return gap if gap > (own if isinstance(own, float) else 0) else None


@dataclass(frozen=True)
class Spot:
    """Where blocks are being written, and what surrounds them."""

    draft: Draft
    parent: Element
    """`w:body` or `w:tc`."""
    within: tuple[str, ...] = ()
    """Names of the surroundings in `word.yaml`, nearest first."""
    level: int = 0
    """How many lists are open."""
    language: str | None = None
    """Language of the surroundings where it is not the document's."""

    def inside(self, *names: str) -> Spot:
        """The same place, in these surroundings."""
        return replace(self, within=(*names, *self.within))

    @property
    def bookmarks(self) -> Bookmarks:
        """The bookmarks of the file."""
        return self.draft.bookmarks

    @property
    def page(self) -> Frame:
        """The page that is written on."""
        return self.draft.frame

    def style_of(self, element: str) -> str:
        """The style of an element in these surroundings."""
        return self.draft.word.style_of(element, self.within)

    def ask_gap(self, below: GapName) -> None:
        """Keep the space that `word.yaml` asks for below this."""
        self.draft.ask_gap(self.draft.word.gaps[below])

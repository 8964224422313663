"""Tracked changes of a Word file: who inserted, deleted, moved or formatted what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from briefgen.formats.docx.oxml import wname
from briefgen.formats.tame import tame

Element = etree._Element
Kind = Literal["inserted", "deleted", "moved-from", "moved-to", "formatted"]

KINDS: dict[str, Kind] = {
    wname("ins"): "inserted",
    wname("del"): "deleted",
    wname("moveFrom"): "moved-from",
    wname("moveTo"): "moved-to",
    wname("cellIns"): "inserted",
    wname("cellDel"): "deleted",
    wname("rPrChange"): "formatted",
    wname("pPrChange"): "formatted",
}
"""What each element tells (ECMA-376-1, 17.13.5)."""
MOVES: dict[str, str] = {
    wname("moveFromRangeStart"): wname("moveFrom"),
    wname("moveToRangeStart"): wname("moveTo"),
}
"""Elements that name what is moved, and those to which the name belongs."""
TEXTS = (wname("t"), wname("delText"))
BETWEEN = tuple(map(wname, ("tab", "br", "footnoteReference", "endnoteReference", "drawing")))
"""What parts two changes as text does."""
PARAGRAPH = wname("p")
MARKS = f"{wname('pPr')}/{wname('rPr')}/*"
"""Where the mark that ends a paragraph is said to be new, gone or moved."""
MARK_KINDS = frozenset(map(wname, ("ins", "del", "moveFrom", "moveTo")))
TABLE_PARTS = {
    wname("tr"): (wname("ins"), wname("del")),
    wname("tc"): (wname("cellIns"), wname("cellDel")),
}
HOLDERS = {wname("p"): (), wname("r"): (wname("rPrChange"),), **TABLE_PARTS}
"""What a change may be about that stands among its properties, and those changes."""
LONGEST_TEXT = 20_000
"""Characters that are shown of one change."""


@dataclass(frozen=True)
class Revision:
    """One tracked change: what one person did at one time at one place."""

    number: int
    """From 1 in document order."""
    kind: Kind
    author: str
    date: str
    """As the file has it: ISO 8601 as a rule."""
    text: str
    """What was inserted, deleted, moved or formatted; U+000A stands for a paragraph's end."""
    move: str = ""
    """Shared by the two changes that a move is made of."""

    @property
    def is_new(self) -> bool:
        """Whether it brings what was not there before."""
        return self.kind in ("inserted", "moved-to")


Revisions = dict[Element, Revision]
"""Changes by their elements; one change often has several."""


def find_revisions(roots: Iterable[Element]) -> Revisions:
    """The tracked changes in the stories of a file, body first.

    What one person did at one time without a gap is one change, although programs write it in
    pieces.
    """
    search = _Search()
    for root in roots:
        search.read(root)
    return search.finish()


_About = tuple[Kind, str, str, str]
"""Kind, author, date and move."""


@dataclass
class _Found:
    """A change while it is searched for."""

    order: int
    elements: list[Element]
    start: int
    """First of the pieces of text that it holds."""
    end: int = 0


@dataclass
class _Search:
    pieces: list[str] = field(default_factory=list)
    """The text so far, whether it shows or not."""
    found: dict[_About, list[_Found]] = field(default_factory=dict)
    _starts: dict[Element, tuple[int, int]] = field(default_factory=dict)
    """Order and first piece of the elements that are open."""
    _moves: dict[str, str] = field(default_factory=dict)
    """Names of the moves that are open, by the tag of what is moved."""
    _order: int = 0
    """How much was opened so far."""

    def read(self, root: Element) -> None:
        tags = (*KINDS, *MOVES, *TEXTS, *BETWEEN, *HOLDERS)
        for event, element in etree.iterwalk(root, events=("start", "end"), tag=tags):
            if event == "start":
                self._start(element)
            elif element.tag == PARAGRAPH:
                self._end_paragraph(element)
            elif element.tag in HOLDERS:
                self._end_holder(element)
            elif element.tag in KINDS and not _is_property(element):
                self._close(element, element)
        self.pieces.append("\n")

    def finish(self) -> Revisions:
        revisions: Revisions = {}
        every = [(about, found) for about, group in self.found.items() for found in group]
        every.sort(key=lambda one: one[1].order)
        for number, (about, found) in enumerate(every, start=1):
            kind, author, date, move = about
            text = _joined(self.pieces, found.start, found.end)
            revision = Revision(number, kind, author, date, text, move)
            revisions.update((element, revision) for element in found.elements)
        return revisions

    def _start(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in TEXTS:
            self.pieces += [element.text] if element.text else []
        elif tag in BETWEEN:
            self.pieces.append("")
        elif tag in MOVES:
            self._moves[MOVES[tag]] = tame(element.get(wname("name"), ""))
        elif tag in HOLDERS or not _is_property(element):
            self._open(element)

    def _open(self, element: Element) -> None:
        self._order += 1
        self._starts[element] = self._order, len(self.pieces)

    def _end_paragraph(self, paragraph: Element) -> None:
        """Its mark ends it; one that is tracked is a change of its own."""
        change = paragraph.find(f"{wname('pPr')}/{wname('pPrChange')}")
        if change is not None:
            self._close(change, paragraph)
        del self._starts[paragraph]
        marks = [mark for mark in paragraph.iterfind(MARKS) if mark.tag in MARK_KINDS]
        for mark in marks:
            self._open(mark)
        self.pieces.append("\n")
        for mark in marks:
            self._close(mark, mark)

    def _end_holder(self, holder: Element) -> None:
        """A row, a cell or a run, which its properties may say is new, gone or formatted."""
        properties = holder.find(f"{holder.tag}Pr")
        for element in () if properties is None else properties:
            if element.tag in HOLDERS[str(holder.tag)]:
                self._close(element, holder)
        del self._starts[holder]

    def _close(self, element: Element, holder: Element) -> None:
        order, start = self._starts[holder]
        if element is holder:
            del self._starts[holder]
        tag = str(element.tag)
        about = (
            KINDS[tag],
            tame(element.get(wname("author"), "")),
            tame(element.get(wname("date"), "")),
            self._moves.get(tag, ""),
        )
        elements = [element]
        group = self.found.setdefault(about, [])
        while holder.tag in TABLE_PARTS and group and group[-1].start >= start:
            elements = [*group.pop().elements, *elements]  # what a new row holds is new with it
        if group and group[-1].end >= start and holder.tag != PARAGRAPH:
            group[-1].elements += elements
            group[-1].end = len(self.pieces)
        else:
            group.append(_Found(order, elements, start, len(self.pieces)))


def _is_property(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and str(parent.tag).endswith("Pr")


def _joined(pieces: list[str], start: int, end: int) -> str:
    """The text of these pieces, up to a limit."""
    texts: list[str] = []
    left = LONGEST_TEXT
    for number in range(start, end):
        texts.append(pieces[number][:left])
        left -= len(pieces[number])
        if left <= 0:
            break
    return "".join(texts)

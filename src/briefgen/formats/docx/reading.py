"""Reading a Word file's text: what each paragraph says, and which of it is which field.

The snapshot of an export and the reading of an edited copy are made by this one module, so a file
that nobody touched reads as it was exported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree

from briefgen.formats.docx.marks import PREFIX
from briefgen.formats.docx.oxml import wname

Element = etree._Element

OBJECT = "\ufffc"
"""Stands in the text for a note's mark or a picture, as Unicode has it."""
EMPTIED = wname("showingPlcHdr")
"""Marks a control whose text was deleted: what it shows is nobody's (ECMA-376-1, 17.5.2.39)."""
CHARACTERS = {
    wname("tab"): "\t",
    wname("br"): "\n",
    wname("noBreakHyphen"): "\u2011",
    wname("softHyphen"): "\u00ad",
    wname("footnoteReference"): OBJECT,
    wname("drawing"): OBJECT,
}
"""What elements of a run other than text stand for."""


@dataclass(frozen=True)
class Stretch:
    """A marked part of a paragraph's text, as offsets into it."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Emphasis:
    """How a stretch of text stands out, as prose can say it."""

    em: bool = False
    strong: bool = False
    href: str = ""
    """Where a link leads; nothing where the text is none."""


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph of the body."""

    text: str
    marks: tuple[Stretch, ...] = ()
    """Its fields, by the bookmarks round them."""
    generated: tuple[tuple[int, int], ...] = ()
    """Parts that no person wrote, in fields."""
    notes: tuple[tuple[int, int], ...] = ()
    """Place in the text and id of each note."""


def read_paragraphs(
    body: Element, generated: Collection[Element] = frozenset()
) -> Iterator[ReadParagraph]:
    """The paragraphs in document order, those of tables cell by cell.

    `generated` are runs that the program added inside fields; only the writer knows them.
    """
    for paragraph in body.iter(wname("p")):
        reading = _Reading(generated)
        reading.read(paragraph)
        yield reading.finish()


def _runs_around(emptied: Element) -> list[Element]:
    """The runs of a control that shows its placeholder."""
    control = next(emptied.iterancestors(wname("sdt")))
    return list(control.iter(wname("r")))


@dataclass
class _Reading:
    """A paragraph while it is read."""

    generated: Collection[Element]
    _text: str = ""
    _open: dict[str | None, tuple[str, int]] = field(default_factory=dict)
    """Key and start of the bookmarks that are open, by their id."""
    _marks: list[Stretch] = field(default_factory=list)
    _generated: list[tuple[int, int]] = field(default_factory=list)
    _notes: list[tuple[int, int]] = field(default_factory=list)

    def read(self, paragraph: Element) -> None:
        placeholders = {run for c in paragraph.iter(EMPTIED) for run in _runs_around(c)}
        for element in paragraph.iterdescendants():
            if element.tag == wname("r"):
                if element not in placeholders:
                    self._read_run(element)
            elif element.tag == wname("bookmarkStart"):
                name = element.get(wname("name"), "")
                if name.startswith(PREFIX):
                    self._open[element.get(wname("id"))] = name, len(self._text)
            elif element.tag == wname("bookmarkEnd"):
                key, start = self._open.pop(element.get(wname("id")), ("", 0))
                if key:
                    self._marks.append(Stretch(key, start, len(self._text)))

    def finish(self) -> ReadParagraph:
        return ReadParagraph(
            self._text, tuple(self._marks), tuple(self._generated), tuple(self._notes)
        )

    def _read_run(self, run: Element) -> None:
        start = len(self._text)
        for element in run:
            if element.tag == wname("t"):
                self._text += element.text or ""
                continue
            if element.tag == wname("footnoteReference"):
                self._notes.append((len(self._text), int(element.get(wname("id"), "0"))))
            self._text += CHARACTERS.get(str(element.tag), "")
        if run in self.generated:
            self._generated.append((start, len(self._text)))

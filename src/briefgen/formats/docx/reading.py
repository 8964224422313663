"""Reading a Word file's text: what each paragraph says, and which of it is which field.

The snapshot of an export and the reading of an edited copy are made by this one module, so a file
that nobody touched reads as it was exported. The file may be anyone's: what is missing or stands
twice is tolerated, and no text is passed over that Word would show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from briefgen.formats.docx.characters import CHARACTERS, OBJECT, sign_of, text_of
from briefgen.formats.docx.field_results import Fields, href_of, whole_fields
from briefgen.formats.docx.looks import Styles, is_on, look_of_run, numbering_of, value_of
from briefgen.formats.docx.marks import DIGITS, PREFIX
from briefgen.formats.docx.oxml import MC, RELATION_ATTRIBUTE, wname
from briefgen.formats.docx.revisions import MARK_KINDS, MARKS, TABLE_PARTS, Revision
from briefgen.formats.docx.stretches import Open, merged, whole_ranges

__all__ = [
    "OBJECT",
    "Cell",
    "Emphasis",
    "ReadParagraph",
    "Stretch",
    "View",
    "read_furniture",
    "read_paragraphs",
    "read_text",
]

Element = etree._Element

BOX = wname("txbxContent")
ALTERNATIVES = f"{{{MC}}}AlternateContent"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
KEY = re.compile(f"{PREFIX}[0-9a-f]{{{DIGITS}}}")


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


PLAIN = Emphasis()


@dataclass(frozen=True)
class Cell:
    """A place in a table; all numbers from 0, in the order of the document."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph of the body. All offsets count characters of its text."""

    text: str
    marks: tuple[Stretch, ...] = ()
    """Its fields, by the bookmarks round them."""
    generated: tuple[tuple[int, int], ...] = ()
    """Parts that no person wrote, in fields."""
    notes: tuple[tuple[int, str], ...] = ()
    """Place in the text and id of each note; ids of endnotes begin with "e"."""
    controls: tuple[Stretch, ...] = ()
    """Its fields, by the content controls round them."""
    emphasis: tuple[tuple[int, int, Emphasis], ...] = ()
    """Where the text looks other than its paragraph's style, or is a link out of the file."""
    comments: tuple[tuple[str, int, int], ...] = ()
    """Id of each comment, and what it is on."""
    revisions: tuple[tuple[int, int, int], ...] = ()
    """Number of each tracked change in turn, and where; without length where it does not show."""
    style: str = ""
    """Id of the paragraph's style."""
    is_item: bool = False
    """Whether it is numbered or bulleted."""
    cell: Cell | None = None
    """Where it stands, if in a table."""


@dataclass(frozen=True)
class View:
    """How a text is read: what lies beside it, and which tracked changes are taken as made."""

    styles: Styles = field(default_factory=Styles)
    links: Mapping[str, str] = field(default_factory=dict)
    """Where links out of the file lead, by the ids of their relations."""
    revisions: Mapping[Element, Revision] = field(default_factory=dict)
    accepts: Callable[[Revision], bool] = lambda _: True
    has_results: bool = True
    """Whether results of fields are text; else only those of links."""


def read_paragraphs(
    body: Element, generated: Collection[Element] = frozenset(), view: View = View()
) -> Iterator[ReadParagraph]:
    """The paragraphs in document order, those of tables cell by cell.

    Paragraphs of a text box follow the one that it is anchored in. `generated` are runs that the
    program added inside fields; only the writer knows them.
    """
    reading = _Reading(_Story.of(body, generated, view))
    reading.read(body)
    return iter(reading.paragraphs)


def read_text(container: Element, view: View = View()) -> str:
    """What a note or a comment says, its paragraphs parted by U+000A; blanks at the ends go."""
    return "\n".join(p.text for p in read_paragraphs(container, view=view)).strip()


def read_furniture(stories: Iterable[Element]) -> list[str]:
    """What heads and feet say, each text once; results of fields are nobody's words."""
    view = View(has_results=False)
    texts = (p.text for story in stories for p in read_paragraphs(story, view=view))
    words = (text.replace(OBJECT, "").strip() for text in texts)
    return list(dict.fromkeys(filter(None, words)))


@dataclass
class _Story:
    """What is known of a text before it is read, and counted while it is."""

    view: View
    generated: Collection[Element]
    whole_fields: frozenset[Element]
    """The `w:fldChar` of fields that have both beginning and end."""
    whole_ranges: frozenset[Element]
    """Starts of bookmarks and comments that have an end."""
    tables: int = 0

    @classmethod
    def of(cls, body: Element, generated: Collection[Element], view: View) -> _Story:
        return cls(view, generated, whole_fields(body), whole_ranges(body))


@dataclass
class _Reading:
    """A story, or a text box in it, while it is read."""

    story: _Story
    hidden: int = 0
    """How many elements that are open hide their text."""
    paragraphs: list[ReadParagraph] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _length: int = 0
    _is_pending: bool = False
    """Whether the last paragraph's mark is gone, so that the next one continues it."""
    _style: str = ""
    _is_item: bool = False
    _look: tuple[bool, bool] = (False, False)
    _cells: list[Cell] = field(default_factory=list)
    _hrefs: list[str] = field(default_factory=list)
    _boxes: list[tuple[Element, int]] = field(default_factory=list)
    """Text boxes of the paragraph, and what hides each."""
    _marks: Open[str] = field(default_factory=Open)
    _controls: Open[str] = field(default_factory=Open)
    _comments: Open[str] = field(default_factory=Open)
    _revisions: Open[int] = field(default_factory=Open)
    _generated: list[tuple[int, int]] = field(default_factory=list)
    _notes: list[tuple[int, str]] = field(default_factory=list)
    _emphasis: list[tuple[int, int, Emphasis]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._fields = Fields(self.story.whole_fields)

    def read(self, container: Element) -> None:
        """All of a body, a note, a head or a text box."""
        self._walk(container)
        self._flush()

    def _walk(self, element: Element) -> None:
        for child in element:
            handler = HANDLERS.get(child.tag)
            if handler is not None:
                handler(self, child)
            elif child.tag not in SKIPPED:
                self._walk(child)

    # Blocks

    def read_paragraph(self, paragraph: Element) -> None:
        if self._is_pending and not self._length:
            # Nothing is left of the one before: what marked it says nothing of this one.
            self._marks.cut(0)
            self._controls.cut(0)
        written = paragraph.find(wname("pPr"))
        properties = self._properties(written, "pPrChange")
        styles = self.story.view.styles
        self._style = value_of(properties, "pStyle") or styles.default
        numbered = numbering_of(properties)
        self._is_item = styles.is_numbered(self._style) if numbered is None else numbered
        self._walk(paragraph)
        is_gone = False
        for mark in paragraph.iterfind(MARKS):
            if mark.tag in MARK_KINDS:
                is_gone |= self._hides(mark)
                self._note_revision(mark, self._length)
        for change in () if written is None else written.iterfind(wname("pPrChange")):
            self._note_revision(change, 0)
        self._is_pending = is_gone
        if not is_gone:
            self._finish()

    def _finish(self) -> None:
        """Put the paragraph that was read among the others."""
        end = self._length
        self.paragraphs.append(
            ReadParagraph(
                text="".join(self._texts),
                marks=tuple(Stretch(*piece) for piece in self._marks.cut(end)),
                generated=tuple(self._generated),
                notes=tuple(self._notes),
                controls=tuple(Stretch(*piece) for piece in self._controls.cut(end)),
                emphasis=_joined(self._emphasis, {at for at, _ in self._notes}),
                comments=tuple(self._comments.cut(end)),
                revisions=tuple(sorted(merged(self._revisions.cut(end)))),
                style=self._style,
                is_item=self._is_item,
                cell=self._cells[-1] if self._cells else None,
            )
        )
        self._reset()
        boxes, self._boxes = self._boxes, []
        for box, hidden in boxes:
            inner = _Reading(self.story, hidden)
            inner.read(box)
            self.paragraphs += inner.paragraphs

    def _reset(self) -> None:
        self._texts, self._length, self._is_pending = [], 0, False
        self._generated, self._notes, self._emphasis = [], [], []

    def _flush(self) -> None:
        """End a paragraph whose mark is gone where no other follows it; an empty one goes."""
        if not self._is_pending and not self._length:
            return
        held = self._marks, self._controls, self._comments
        if self._length or any(ranges.is_used for ranges in held) or self._boxes:
            self._finish()
        else:
            self._revisions.cut(0)
            self._reset()

    def read_table(self, table: Element) -> None:
        self._flush()
        number = self.story.tables
        self.story.tables += 1
        self._cells.append(Cell(number, -1, -1))
        self._walk(table)
        self._cells.pop()

    def read_row(self, row: Element) -> None:
        with self._changed(row, "trPr") as is_there:
            if is_there:
                if self._cells:
                    last = self._cells[-1]
                    self._cells[-1] = Cell(last.table, last.row + 1, -1)
                self._walk(row)

    def read_cell(self, cell: Element) -> None:
        with self._changed(cell, "tcPr") as is_there:
            if is_there:
                if self._cells:
                    last = self._cells[-1]
                    self._cells[-1] = Cell(last.table, last.row, last.column + 1)
                before = len(self.paragraphs)
                self._walk(cell)
                if self._is_pending and len(self.paragraphs) == before:
                    self._finish()  # a cell has a paragraph, empty or not
                self._flush()

    @contextmanager
    def _changed(self, element: Element, properties: str) -> Iterator[bool]:
        """Whether a row or cell is there, by the changes among its properties."""
        found = element.find(wname(properties))
        changes = [c for c in (() if found is None else found) if c.tag in CHANGES]
        is_there = not any(map(self._hides, changes))
        for change in changes if is_there else ():
            self._start_revision(change)
        yield is_there
        if not is_there:
            self._pass_over(element)
        for change in changes:
            self._revisions.end(change, self._length)

    def _pass_over(self, element: Element) -> None:
        """Leave out all but what may have begun before it or end after it."""
        self.hidden += 1
        for mark in element.iter(*ENDS):
            HANDLERS[mark.tag](self, mark)
        self.hidden -= 1

    def read_control(self, control: Element) -> None:
        properties = control.find(wname("sdtPr"))
        key = value_of(properties, "tag")
        is_ours = KEY.fullmatch(key) is not None
        is_emptied = bool(is_on(properties, "showingPlcHdr"))
        if is_ours:
            self._controls.start(control, key, self._length)
        self.hidden += is_emptied
        self._walk(control)
        self.hidden -= is_emptied
        if is_ours:
            self._controls.end(control, self._length)

    # Tracked changes

    def _hides(self, element: Element) -> bool:
        """Whether a tracked change, as it is taken, leaves its text out."""
        revision = self.story.view.revisions.get(element)
        if revision is None:
            return element.tag in GONE
        if revision.kind == "formatted":
            return False
        return revision.is_new != self.story.view.accepts(revision)

    def read_revised(self, element: Element) -> None:
        hides = self._hides(element)
        self._start_revision(element)
        self.hidden += hides
        self._walk(element)
        self.hidden -= hides
        self._revisions.end(element, self._length)

    def _start_revision(self, element: Element) -> None:
        revision = self.story.view.revisions.get(element)
        if revision is not None:
            self._revisions.start(element, revision.number, self._length)

    def _note_revision(self, element: Element, start: int) -> None:
        """Say that a change is about what was read from here on."""
        revision = self.story.view.revisions.get(element)
        if revision is not None:
            self._revisions.start(element, revision.number, start)
            self._revisions.end(element, self._length)

    def _properties(self, properties: Element | None, change: str) -> Element | None:
        """The properties, or those from before a change of them that is not accepted."""
        changed = None if properties is None else properties.find(wname(change))
        revision = None if changed is None else self.story.view.revisions.get(changed)
        if changed is None or revision is None or self.story.view.accepts(revision):
            return properties
        return changed[0] if len(changed) else None

    # Lines

    def read_run(self, run: Element) -> None:
        start = self._length
        properties = run.find(wname("rPr"))
        looked = self._properties(properties, "rPrChange")
        self._look = look_of_run(looked, self._style, self.story.view.styles)
        self._walk(run)
        self._look = False, False
        if run in self.story.generated:
            self._generated.append((start, self._length))
        changed = None if properties is None else properties.find(wname("rPrChange"))
        if changed is not None:
            self._note_revision(changed, start)

    def _put(self, text: str) -> bool:
        """Append text, if it shows."""
        is_worked_out = self._fields.computes and not self.story.view.has_results
        if self.hidden or self._fields.hides or is_worked_out:
            return False
        self._texts.append(text)
        self._length += len(text)
        return True

    def read_text(self, element: Element) -> None:
        start = self._length
        if self._put(text_of(element)) and self._length > start:
            href = self._fields.href or (self._hrefs[-1] if self._hrefs else "")
            look = Emphasis(*self._look, href)
            if look != PLAIN:
                self._emphasis.append((start, self._length, look))

    def read_character(self, element: Element) -> None:
        self._put(CHARACTERS[str(element.tag)])

    def read_symbol(self, element: Element) -> None:
        self._put(sign_of(element))

    def read_note(self, element: Element) -> None:
        kind = "e" if element.tag == wname("endnoteReference") else ""
        if self._put(OBJECT):
            self._notes.append((self._length - 1, kind + element.get(wname("id"), "")))

    def read_object(self, element: Element) -> None:
        self._put(OBJECT)
        self._boxes += [(box, self.hidden) for box in _boxes_in(element)]

    def read_alternatives(self, element: Element) -> None:
        self._walk(_choice_of(element))

    def read_ruby(self, element: Element) -> None:
        for base in element.iterfind(wname("rubyBase")):
            self._walk(base)

    # Ranges

    def start_bookmark(self, element: Element) -> None:
        name = element.get(wname("name"), "")
        if KEY.fullmatch(name):
            self._start(self._marks, element, name)

    def end_bookmark(self, element: Element) -> None:
        self._marks.end(element.get(wname("id")), self._length)

    def start_comment(self, element: Element) -> None:
        self._start(self._comments, element, element.get(wname("id"), ""))

    def end_comment(self, element: Element) -> None:
        self._comments.end(element.get(wname("id")), self._length)

    def _start(self, ranges: Open[str], element: Element, value: str) -> None:
        lasts = element in self.story.whole_ranges
        ranges.start(element.get(wname("id")), value, self._length, lasts=lasts)

    def read_comment_mark(self, element: Element) -> None:
        """The mark of a comment, which tells the place of one that is on no text."""
        self._comments.point(element.get(wname("id"), ""), self._length)

    # Fields and links

    def read_field_mark(self, element: Element) -> None:
        self._fields.read_mark(element, is_hidden=self.hidden > 0)

    def read_code(self, element: Element) -> None:
        self._fields.read_code(element.text or "")

    def read_simple_field(self, element: Element) -> None:
        with self._fields.inside(element.get(wname("instr"), "")):
            self._walk(element)

    def read_link(self, element: Element) -> None:
        target = self.story.view.links.get(element.get(RELATION_ATTRIBUTE, ""), "")
        own = href_of(target, element.get(wname("anchor"), ""))
        self._hrefs.append(own or (self._hrefs[-1] if self._hrefs else ""))
        self._walk(element)
        self._hrefs.pop()


Handler = Callable[[_Reading, Any], None]
HANDLERS: dict[Any, Handler] = {
    wname("p"): _Reading.read_paragraph,
    wname("tbl"): _Reading.read_table,
    wname("tr"): _Reading.read_row,
    wname("tc"): _Reading.read_cell,
    wname("sdt"): _Reading.read_control,
    wname("ins"): _Reading.read_revised,
    wname("del"): _Reading.read_revised,
    wname("moveFrom"): _Reading.read_revised,
    wname("moveTo"): _Reading.read_revised,
    wname("r"): _Reading.read_run,
    wname("t"): _Reading.read_text,
    wname("delText"): _Reading.read_text,
    **dict.fromkeys(CHARACTERS, _Reading.read_character),
    wname("sym"): _Reading.read_symbol,
    wname("footnoteReference"): _Reading.read_note,
    wname("endnoteReference"): _Reading.read_note,
    wname("drawing"): _Reading.read_object,
    wname("pict"): _Reading.read_object,
    wname("object"): _Reading.read_object,
    f"{{{M}}}oMath": _Reading.read_object,
    wname("ruby"): _Reading.read_ruby,
    ALTERNATIVES: _Reading.read_alternatives,
    wname("bookmarkStart"): _Reading.start_bookmark,
    wname("bookmarkEnd"): _Reading.end_bookmark,
    wname("commentRangeStart"): _Reading.start_comment,
    wname("commentRangeEnd"): _Reading.end_comment,
    wname("commentReference"): _Reading.read_comment_mark,
    wname("fldChar"): _Reading.read_field_mark,
    wname("instrText"): _Reading.read_code,
    wname("delInstrText"): _Reading.read_code,
    wname("fldSimple"): _Reading.read_simple_field,
    wname("hyperlink"): _Reading.read_link,
}
"""What is done with each element; through others the reading goes on inside."""
SKIPPED: frozenset[Any] = frozenset(
    {
        *map(wname, ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr")),
        *map(wname, ("sectPr", "fldData", "ffData", "tblPrEx")),
        etree.Comment,
        etree.PI,
    }
)
"""Elements without text."""
CHANGES = frozenset(change for changes in TABLE_PARTS.values() for change in changes)
ENDS = tuple(map(wname, ("bookmarkEnd", "commentRangeEnd", "fldChar", "instrText")))
GONE = frozenset(map(wname, ("del", "moveFrom", "cellDel")))
"""What is left out where nobody asks for a view."""


def _boxes_in(element: Element) -> list[Element]:
    """The text boxes of a drawing, but not those inside another."""
    boxes, waiting = [], [element]
    while waiting:
        inside = waiting.pop()
        if inside.tag == BOX:
            boxes.append(inside)
        elif inside.tag == ALTERNATIVES:
            waiting.append(_choice_of(inside))
        else:
            waiting += reversed(inside)
    return boxes


def _choice_of(alternatives: Element) -> Element:
    """What Word 2010 and later show; the rest holds the same for older programs."""
    choice = alternatives.find(f"{{{MC}}}Choice")
    found = alternatives.find(f"{{{MC}}}Fallback") if choice is None else choice
    return alternatives.makeelement(BOX) if found is None else found


def _joined(
    pieces: list[tuple[int, int, Emphasis]], notes: Collection[int]
) -> tuple[tuple[int, int, Emphasis], ...]:
    """Stretches of one look that touch, as one; marks of notes have no look of their own."""
    joined: list[tuple[int, int, Emphasis]] = []
    reach = 0
    for start, end, look in pieces:
        while reach in notes:
            reach += 1
        if joined and reach == start and joined[-1][2] == look:
            joined[-1] = joined[-1][0], end, look
        else:
            joined.append((start, end, look))
        reach = end
    return tuple(joined)

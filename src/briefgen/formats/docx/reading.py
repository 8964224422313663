"""Reading a Word file's text: what each paragraph says, and which of it is which field.

The snapshot of an export and the reading of an edited copy are made by this one module, so a file
that nobody touched reads as it was exported. The file may be anyone's: what is missing or stands
twice is tolerated, and no text is passed over that Word would show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from briefgen.formats.docx.looks import Styles, is_on, look_of_run, numbering_of, value_of
from briefgen.formats.docx.marks import DIGITS, PREFIX
from briefgen.formats.docx.oxml import MC, RELATION_ATTRIBUTE, wname
from briefgen.formats.docx.revisions import MARK_KINDS, MARKS, Revision
from briefgen.formats.docx.stretches import Open

Element = etree._Element

OBJECT = "\ufffc"
"""Stands in the text for a note's mark, a picture, an object or an equation, as Unicode has it."""
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
KEY = re.compile(f"{PREFIX}[0-9a-f]{{{DIGITS}}}")
CHARACTERS = {
    wname("tab"): "\t",
    wname("ptab"): "\t",
    wname("br"): "\n",
    wname("cr"): "\n",
    wname("noBreakHyphen"): "\u2011",
    wname("softHyphen"): "\u00ad",
}
"""What elements of a run other than text stand for."""
SYMBOLS = {
    ("Wingdings", 0xE0): "→",
    ("Wingdings", 0xDF): "←",
    ("Wingdings", 0xE8): "➔",
    ("Wingdings", 0xF3): "⇔",
    ("Wingdings", 0x4A): "☺",
    ("Wingdings", 0x4C): "☹",
    ("Symbol", 0xB7): "•",
}
"""Signs that Word puts in by itself while somebody types, by typeface and number."""
STAND_INS = str.maketrans({OBJECT: "\ufffd", "\u2028": "\n", "\u2029": "\n"})
"""What text must not hold, so that U+FFFC means one thing."""
LONGEST_HREF = 2_000
"""Characters of an address; browsers take about as many."""


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
    """Number of each tracked change, and where; without length where its text does not show."""
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
    texts = (p.text.strip() for story in stories for p in read_paragraphs(story, view=view))
    return list(dict.fromkeys(filter(None, texts)))


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
        return cls(view, generated, _whole_fields(body), _whole_ranges(body))


@dataclass
class _Field:
    """A complex field that is open."""

    is_hidden: bool
    """Whether a tracked change hides its beginning: then its text is plain."""
    codes: list[str] = field(default_factory=list)
    is_result: bool = False
    href: str = ""
    is_link: bool = False


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
    _fields: list[_Field] = field(default_factory=list)
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

    def _read_paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(wname("pPr"))
        properties = self._properties(properties, "pPrChange")
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
        if properties is not None:
            for change in properties.iterfind(wname("pPrChange")):
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
                emphasis=_joined(self._emphasis),
                comments=tuple(self._comments.cut(end)),
                revisions=tuple(self._revisions.cut(end)),
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
        if not self._is_pending:
            return
        held = self._marks, self._controls, self._comments
        if self._length or any(ranges.is_used for ranges in held) or self._boxes:
            self._finish()
        else:
            self._revisions.cut(0)
            self._reset()

    def _read_table(self, table: Element) -> None:
        self._flush()
        number = self.story.tables
        self.story.tables += 1
        self._cells.append(Cell(number, -1, -1))
        self._walk(table)
        self._cells.pop()

    def _read_row(self, row: Element) -> None:
        if self._is_gone(row.find(wname("trPr"))):
            return
        if not self._cells:
            return self._walk(row)
        self._cells[-1] = Cell(self._cells[-1].table, self._cells[-1].row + 1, -1)
        return self._walk(row)

    def _read_cell(self, cell: Element) -> None:
        if self._is_gone(cell.find(wname("tcPr"))):
            return
        if self._cells:
            last = self._cells[-1]
            self._cells[-1] = Cell(last.table, last.row, last.column + 1)
        before = len(self.paragraphs)
        self._walk(cell)
        if self._is_pending and len(self.paragraphs) == before:
            self._finish()  # a cell has a paragraph, empty or not
        self._flush()

    def _is_gone(self, properties: Element | None) -> bool:
        changes = () if properties is None else properties
        return any([self._hides(change) for change in changes])

    def _read_control(self, control: Element) -> None:
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

    def _read_revised(self, element: Element) -> None:
        revision = self.story.view.revisions.get(element)
        hides = self._hides(element)
        if revision is not None:
            self._revisions.start(element, revision.number, self._length)
        self.hidden += hides
        self._walk(element)
        self.hidden -= hides
        if revision is not None:
            self._revisions.end(element, self._length)

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

    def _read_run(self, run: Element) -> None:
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
        if self.hidden or any(not f.is_result for f in self._fields):
            return False
        if not self.story.view.has_results and any(not f.is_link for f in self._fields):
            return False
        self._texts.append(text)
        self._length += len(text)
        return True

    def _read_text(self, element: Element) -> None:
        start = self._length
        if element.text and self._put(element.text.translate(STAND_INS)):
            em, strong = self._look
            href = next((f.href for f in reversed(self._fields) if f.href), "")
            href = href or next((h for h in reversed(self._hrefs) if h), "")
            if em or strong or href:
                self._emphasis.append((start, self._length, Emphasis(em, strong, href)))

    def _read_character(self, element: Element) -> None:
        self._put(CHARACTERS[str(element.tag)])

    def _read_symbol(self, element: Element) -> None:
        number = element.get(wname("char"), "")
        if not re.fullmatch("[0-9A-Fa-f]{1,4}", number):
            return
        sign = SYMBOLS.get((element.get(wname("font"), ""), int(number, 16) & 0xFF))
        self._put(sign or (chr(int(number, 16)) if int(number, 16) >= 0xA0 else "\ufffd"))

    def _read_note(self, element: Element) -> None:
        kind = "e" if element.tag == wname("endnoteReference") else ""
        if self._put(OBJECT):
            self._notes.append((self._length - 1, kind + element.get(wname("id"), "")))

    def _read_object(self, element: Element) -> None:
        self._put(OBJECT)
        for box in element.iter(wname("txbxContent")):
            if next(box.iterancestors(wname("txbxContent"), element.tag), None) is element:
                self._boxes.append((box, self.hidden))

    def _read_alternatives(self, element: Element) -> None:
        """What Word 2010 and later show; the rest holds the same for older programs."""
        self._walk(element if (choice := element.find(f"{{{MC}}}Choice")) is None else choice)

    def _read_ruby(self, element: Element) -> None:
        for base in element.iterfind(wname("rubyBase")):
            self._walk(base)

    # Ranges

    def _start_bookmark(self, element: Element) -> None:
        name = element.get(wname("name"), "")
        if KEY.fullmatch(name):
            self._start(self._marks, element, name)

    def _end_bookmark(self, element: Element) -> None:
        self._marks.end(element.get(wname("id")), self._length)

    def _start_comment(self, element: Element) -> None:
        self._start(self._comments, element, element.get(wname("id"), ""))

    def _end_comment(self, element: Element) -> None:
        self._comments.end(element.get(wname("id")), self._length)

    def _start(self, ranges: Open[str], element: Element, value: str) -> None:
        lasts = element in self.story.whole_ranges
        ranges.start(element.get(wname("id")), value, self._length, lasts=lasts)

    def _read_comment_mark(self, element: Element) -> None:
        """The mark of a comment, which tells the place of one that is on no text."""
        self._comments.point(element.get(wname("id"), ""), self._length)

    # Fields and links

    def _read_field_mark(self, element: Element) -> None:
        if element not in self.story.whole_fields:
            return
        kind = element.get(wname("fldCharType"))
        if kind == "begin":
            self._fields.append(_Field(bool(self.hidden)))
        elif kind == "end" and self._fields:
            self._fields.pop()
        elif self._fields:
            last = self._fields[-1]
            href = _href_of("".join(last.codes))
            last.is_result, last.is_link = True, href is not None
            last.href = href if href and not last.is_hidden else ""

    def _read_code(self, element: Element) -> None:
        if self._fields and not self._fields[-1].is_result:
            self._fields[-1].codes.append(element.text or "")

    def _read_simple_field(self, element: Element) -> None:
        href = _href_of(element.get(wname("instr"), ""))
        self._fields.append(
            _Field(False, [], is_result=True, href=href or "", is_link=href is not None)
        )
        self._walk(element)
        self._fields.pop()

    def _read_link(self, element: Element) -> None:
        target = self.story.view.links.get(element.get(RELATION_ATTRIBUTE, ""), "")
        anchor = element.get(wname("anchor"), "")
        whole = f"{target}#{anchor}" if target and anchor else target
        self._hrefs.append(whole if len(whole) <= LONGEST_HREF else "")
        self._walk(element)
        self._hrefs.pop()


Handler = Callable[[_Reading, Any], None]
HANDLERS: dict[Any, Handler] = {
    wname("p"): _Reading._read_paragraph,
    wname("tbl"): _Reading._read_table,
    wname("tr"): _Reading._read_row,
    wname("tc"): _Reading._read_cell,
    wname("sdt"): _Reading._read_control,
    wname("ins"): _Reading._read_revised,
    wname("del"): _Reading._read_revised,
    wname("moveFrom"): _Reading._read_revised,
    wname("moveTo"): _Reading._read_revised,
    wname("r"): _Reading._read_run,
    wname("t"): _Reading._read_text,
    wname("delText"): _Reading._read_text,
    **dict.fromkeys(CHARACTERS, _Reading._read_character),
    wname("sym"): _Reading._read_symbol,
    wname("footnoteReference"): _Reading._read_note,
    wname("endnoteReference"): _Reading._read_note,
    wname("drawing"): _Reading._read_object,
    wname("pict"): _Reading._read_object,
    wname("object"): _Reading._read_object,
    f"{{{M}}}oMath": _Reading._read_object,
    wname("ruby"): _Reading._read_ruby,
    f"{{{MC}}}AlternateContent": _Reading._read_alternatives,
    wname("bookmarkStart"): _Reading._start_bookmark,
    wname("bookmarkEnd"): _Reading._end_bookmark,
    wname("commentRangeStart"): _Reading._start_comment,
    wname("commentRangeEnd"): _Reading._end_comment,
    wname("commentReference"): _Reading._read_comment_mark,
    wname("fldChar"): _Reading._read_field_mark,
    wname("instrText"): _Reading._read_code,
    wname("delInstrText"): _Reading._read_code,
    wname("fldSimple"): _Reading._read_simple_field,
    wname("hyperlink"): _Reading._read_link,
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
GONE = frozenset(map(wname, ("del", "moveFrom", "cellDel")))
"""What is left out where nobody asks for a view."""


def _whole_fields(body: Element) -> frozenset[Element]:
    """The parts of fields that are closed; anything else would hide the rest of the text."""
    whole: set[Element] = set()
    waiting: list[list[Element]] = []
    for part in body.iter(wname("fldChar")):
        kind = part.get(wname("fldCharType"))
        if kind == "begin":
            waiting.append([part])
        elif waiting:
            waiting[-1].append(part)
            if kind == "end":
                whole.update(waiting.pop())
    return frozenset(whole)


def _whole_ranges(body: Element) -> frozenset[Element]:
    """The starts that have an end after them; another start with the same id has none."""
    whole: set[Element] = set()
    waiting: dict[tuple[str, str | None], Element] = {}
    names = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")
    for element in body.iter(*map(wname, names)):
        kind = "bookmark" if str(element.tag).startswith(wname("bookmark")) else "comment"
        handle = kind, element.get(wname("id"))
        if str(element.tag).endswith("Start"):
            waiting.setdefault(handle, element)
        elif handle in waiting:
            whole.add(waiting.pop(handle))
    return frozenset(whole)


def _href_of(code: str) -> str | None:
    """Where a field leads, if it is a link; an empty text for one inside the file."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', code[: 2 * LONGEST_HREF])
    if not words or words[0][1].upper() != "HYPERLINK":
        return None
    target, anchor = "", ""
    rest = iter(words[1:])
    for quoted, bare in rest:
        if bare.lower() in ("\\l", "\\o", "\\t"):
            value = "".join(next(rest, ("", "")))
            anchor = value if bare.lower() == "\\l" else anchor
        elif not bare.startswith("\\"):
            target = target or (quoted or bare).replace("\\\\", "\\")
    whole = f"{target}#{anchor}" if target and anchor else target
    return whole if len(whole) <= LONGEST_HREF else ""


def _joined(
    pieces: list[tuple[int, int, Emphasis]],
) -> tuple[tuple[int, int, Emphasis], ...]:
    """Stretches of one look that touch, as one."""
    joined: list[tuple[int, int, Emphasis]] = []
    for start, end, look in pieces:
        if joined and joined[-1][1] == start and joined[-1][2] == look:
            joined[-1] = joined[-1][0], end, look
        else:
            joined.append((start, end, look))
    return tuple(joined)

"""What a reader finds in a document, in order, whatever its format: for comparing formats.

A listing has blocks (paragraphs, headings, items, cells, captions, figures by their alternative
text), each with its links and the marks of its notes where they stand, and the notes apart.
Running heads, page numbers and what one format alone offers are left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree
from tagged import Tag

Element = etree._Element

SVG = "{http://www.w3.org/2000/svg}"
WITH_CAPTION = ("table", "figure")
WORD_JOINER = "\u2060"
KEPT_EMPTY = ("cell", "figure")
REACH = 40
"""Letters, at most, that tell where a link leads."""
END = "\n"
"""Parts the blocks in the stream of letters."""
UNSEEN = str.maketrans("\u00a0\u202f\u2011", "  -", "\u00ad\u2060‘’“”\"'")
"""What formats write each in their own way: hyphens, blanks, and the quotation marks of `q`."""


class Block(NamedTuple):
    """A paragraph or the like."""

    kind: str
    text: str
    """With `[…](target)` for links and `{n}` where the mark of note n stands."""


@dataclass(frozen=True)
class Contents:
    """The blocks of a document and its notes, in order."""

    blocks: list[Block]
    notes: list[str]


def first_difference(expected: Contents, found: Contents) -> str:
    """Where two listings part, with what stands around; empty where they are the same."""
    for name, old, new in (
        ("block", list(map(": ".join, expected.blocks)), list(map(": ".join, found.blocks))),
        ("note", expected.notes, found.notes),
    ):
        if old != new:
            pairs = zip(old, new, strict=False)
            at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
            return "\n".join(
                (
                    f"{name} {at + 1} of {len(old)} (found {len(new)}) differs, after",
                    *(f"    {line}" for line in old[max(0, at - 2) : at]),
                    f"  expected {old[at] if at < len(old) else '(the end)'}",
                    f"  found    {new[at] if at < len(new) else '(the end)'}",
                )
            )
    return ""


def plain(text: str) -> str:
    """Text as readers take it, blanks collapsed."""
    return re.sub(r"\s+", " ", text.translate(UNSEEN)).strip()


def letters(text: str) -> str:
    """Letters and digits alone: lines of a page end with hyphens or blanks of their own."""
    return "".join(filter(str.isalnum, text))


class Listing:
    """Collects the contents of one document."""

    def __init__(self) -> None:
        self._blocks: list[tuple[str, list[str]]] = []
        self._notes: list[list[str]] = []
        self._line: list[str] | None = None
        """The pieces of the block that is open: texts at even places, markers at odd ones."""
        self._stream = ""
        self._places: dict[str, int] = {}

    def open(self, kind: str) -> None:
        """Start a block, unless one just started that says more than `text`."""
        if kind == "text" and self._line == [""]:
            return
        self._line = [""]
        self._blocks.append((kind, self._line))
        self._stream += END

    def close(self) -> None:
        """End the block; text that follows starts another."""
        self._line = None

    def write(self, text: str) -> None:
        """Text of the block that is open."""
        if self._line is None and not text.strip():
            return
        if self._line is None:
            self.open("text")
        assert self._line is not None
        self._line[-1] += text
        if all(self._line is not note for note in self._notes):
            self._stream += letters(text)

    def place(self, name: str | None) -> None:
        """A link `#name` leads here."""
        if name:
            self._places.setdefault(name, len(self._stream))

    @contextmanager
    def link(self, target: str) -> Iterator[None]:
        """What is written inside leads there: an address, or `#name`."""
        self.write("")
        self._mark("[")
        yield
        self._mark(f"]({target})")

    @contextmanager
    def note(self, *, marked: bool = True) -> Iterator[None]:
        """What is written inside is a note, marked here unless its mark stands elsewhere."""
        if marked:
            self.mark_note(len(self._notes) + 1)
        outer, self._line = self._line, [""]
        self._notes.append(self._line)
        yield
        self._line = outer

    def mark_note(self, number: int) -> None:
        """The mark of a note."""
        self.write("")
        self._mark(f"{{{number}}}")

    def _mark(self, marker: str) -> None:
        if self._line is None:
            self.open("text")
        assert self._line is not None
        self._line += [marker, ""]

    def contents(self, *, of_lines: bool = False) -> Contents:
        """The finished listing.

        Links inside the document are told by the block to which they lead. `of_lines`: for text
        that was set in lines, in letters alone; links by the names of their targets, numbers of
        items left aside.
        """
        finish = _in_letters if of_lines else self._in_words
        blocks = [
            Block("text" if of_lines and kind.startswith("item") else kind, finish(line))
            for kind, line in self._blocks
        ]
        return Contents(
            [block for block in blocks if block.text or block.kind in KEPT_EMPTY],
            [finish(note) for note in self._notes],
        )

    def _in_words(self, line: list[str]) -> str:
        for at, marker in enumerate(line):
            if at % 2 and marker.startswith("](#"):
                line[at] = f"](→ {self._destination(marker[3:-1])})"
        return plain("".join(line))

    def _destination(self, name: str) -> str:
        at = self._places.get(name)
        if at is None:
            return "nowhere"
        return self._stream[at:].lstrip(END).partition(END)[0][:REACH]


def _in_letters(line: list[str]) -> str:
    return "".join(part if at % 2 else letters(part) for at, part in enumerate(line))


# --- The document tree and HTML -----------------------------------------------

ONLY_IN_HTML = frozenset(
    {
        "a.self",
        "a.back",
        "section.evidence",
        "details.figure-data",
        "section.letters",
        "script",
        "style",
    }
)
"""What HTML alone offers: links of things to themselves, evidence, data of drawings."""


def of_tree(tree: Element, *, of_lines: bool = False) -> Contents:
    """The contents of a document's tree, or of an HTML page."""
    listing = Listing()
    body = tree if tree.tag == "body" else tree.find("body")
    assert body is not None
    _read(listing, body)
    return listing.contents(of_lines=of_lines)


def _read(listing: Listing, element: Element) -> None:
    """Read an element; the text after it is its parent's."""
    tag = str(element.tag).removeprefix(SVG)
    names = (element.get("class") or "").split()
    if not ONLY_IN_HTML.isdisjoint({tag, *(f"{tag}.{name}" for name in names)}):
        return
    if tag not in WITH_CAPTION:  # these begin, for readers, with their captions
        listing.place(element.get("id"))
    if tag in ("svg", "img"):
        _read_figure(listing, element)
    elif tag == "a":
        with listing.link(element.get("href") or ""):
            _read_inside(listing, element)
    elif tag == "br":
        listing.write(" ")
    elif kind := _kind(element):
        listing.open(kind)
        if kind == "caption":
            listing.place(next(element.iterancestors(*WITH_CAPTION)).get("id"))
        _read_inside(listing, element)
        listing.close()
    elif not _read_note(listing, element, names):
        _read_inside(listing, element)


def _read_note(listing: Listing, element: Element, names: list[str]) -> bool:
    """Read a note, the mark of one, or all those at the end of a page; whether it was any."""
    if "footnote" in names:
        with listing.note():
            _read_inside(listing, element)
    elif "note-call" in names and (element.get("id") or "").startswith("call_"):
        listing.mark_note(int("".join(map(str, element.itertext())).strip(WORD_JOINER)))
    elif names == ["notes"]:
        for note in element.iterfind(".//p[@class='note-text']"):
            with listing.note(marked=False):
                _read_inside(listing, note)
    else:
        return False
    return True


def _read_inside(listing: Listing, element: Element) -> None:
    listing.write(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _read(listing, child)
        listing.write(child.tail or "")


def _read_figure(listing: Listing, picture: Element) -> None:
    """An `svg` or `img`, by its alternative text."""
    told = [e for e in picture if str(e.tag).removeprefix(SVG) in ("title", "desc")]
    texts = ["".join(map(str, e.itertext())) for e in told] or [picture.get("alt") or ""]
    listing.open("figure")
    listing.write(alternative(*texts))
    listing.close()


def alternative(*texts: str) -> str:
    """A figure's title and description as one text: formats end sentences differently."""
    return letters("".join(texts))


def _kind(element: Element) -> str:
    match element.tag:
        case "h1" | "h2" | "h3" | "h4":
            return f"heading {str(element.tag)[1]}"
        case "th" | "td":
            return "cell"
        case "caption" | "figcaption":
            return "caption"
        case "p" | "dt" | "dd":
            return "text"
        case "li":
            return _kind_of_item(element)
    return ""


def _kind_of_item(item: Element) -> str:
    """`item` or `item 3`; entries of contents and sources have no mark."""
    around = item.getparent()
    assert around is not None
    if next(item.iterancestors("nav"), None) is not None or around.get("class") == "sources":
        return "text"
    if around.tag == "ul":
        return "item"
    return f"item {int(around.get('start') or 1) + around.findall('li').index(item)}"


# --- PDF ----------------------------------------------------------------------

ROLES = {
    **{f"H{level}": f"heading {level}" for level in (1, 2, 3, 4)},
    **dict.fromkeys(("TH", "TD"), "cell"),
    **dict.fromkeys(("P", "LBody", "Lbl", "TOCI"), "text"),
    "Caption": "caption",
}
MARK = re.compile(r"[\d.\W]*|\([a-z]\)\s*")
"""What a style sheet writes before an item."""


def of_tags(tags: Tag) -> Contents:
    """The contents of a PDF, by its tags, in letters alone."""
    listing = Listing()
    _read_tag(listing, tags)
    return listing.contents(of_lines=True)


def _read_tag(listing: Listing, tag: Tag, *, in_contents: bool = False) -> None:
    kids = tag.kids
    in_contents = in_contents or tag.role == "TOC"
    if tag.role == "Figure":
        listing.open("figure")
        listing.write(alternative(tag.alt))
        listing.close()
        kids = [kid for kid in kids if isinstance(kid, Tag)]  # the drawing's labels are in it
    elif tag.role == "Lbl" and MARK.fullmatch(tag.text()):
        return
    elif tag.role == "Reference" and not tag.tags("Link"):
        return  # the mark of the note that follows
    elif tag.role == "Note":
        with listing.note():
            _read_tags(listing, [kid for kid in kids if not _is_label(kid)])
        return
    elif tag.role == "Link":
        with listing.link(tag.target):
            _read_tags(listing, _without_page(kids) if in_contents else kids)
        return
    if kind := ROLES.get(tag.role):
        listing.open(kind)
        _read_tags(listing, kids, in_contents=in_contents)
        listing.close()
    else:
        _read_tags(listing, kids, in_contents=in_contents)


def _read_tags(listing: Listing, kids: list[Tag | str], *, in_contents: bool = False) -> None:
    for kid in kids:
        if isinstance(kid, str):
            listing.write(kid)
        else:
            _read_tag(listing, kid, in_contents=in_contents)


def _is_label(kid: Tag | str) -> bool:
    return isinstance(kid, Tag) and kid.role == "Lbl"


def _without_page(kids: list[Tag | str]) -> list[Tag | str]:
    """The text of a link of the contents without the page number that ends it."""
    *text, number = kids
    assert isinstance(number, str)
    return [*text, number.rstrip("0123456789 ")]

"""How a document shows a field's source."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from lxml import etree

from briefgen.document.prose import render_blocks, render_inline, render_plain
from briefgen.formats.docx.reading import OBJECT, Emphasis
from briefgen.review.shown import BREAK, Note, Shown

Kind = Literal["plain", "inline", "blocks"]
"""What a field's source is: plain text, one paragraph of prose, or prose in blocks."""

WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
RENDER = {"plain": render_plain, "inline": render_inline, "blocks": render_blocks}


@lru_cache(maxsize=1024)
def shown_of(source: str, kind: Kind) -> Shown:
    """How documents show the source: a note a sentence that cites, white space collapsed.

    Notes have their claims and no text; neighbouring ones are not merged, which takes the dossier.

    Raises:
        ValueError: the source holds characters that no document can (XML 1.0).
    """
    try:
        root = etree.fromstring(f"<div>{RENDER[kind](source, '')}</div>")
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    showing = _Showing()
    showing.add(root, Emphasis())
    return showing.finish()


class _Showing:
    """A field while its elements are read."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._looks: list[Emphasis] = []
        self._notes: list[Note] = []
        self._items: set[int] = set()
        self._blocks = 0
        self._is_item = False

    def add(self, element: etree._Element, look: Emphasis) -> None:
        if element.get("class") == "footnote":
            claims = tuple(element.get("data-claims", "").split())
            self._notes.append(Note(len(self._text), claims))
            self._write(OBJECT, Emphasis())
            return
        if element.tag == "li":
            self._is_item = True
        if element.tag == "span":
            self._open_block()
        look = Emphasis(
            em=look.em or element.tag == "em",
            strong=look.strong or element.tag == "strong",
            href=element.get("href", look.href),
        )
        # Between blocks stands nothing but markup.
        self._write_text(element.text or "", look)
        for child in element:
            self.add(child, look)
            self._write_text(child.tail or "", look)

    def finish(self) -> Shown:
        self._trim()
        return Shown(
            "".join(self._text), tuple(self._notes), runs(self._looks), frozenset(self._items)
        )

    def _open_block(self) -> None:
        if self._blocks:
            self._trim()
            self._write(BREAK, Emphasis())
        if self._is_item:
            self._items.add(self._blocks)
        self._is_item = False
        self._blocks += 1

    def _write(self, char: str, look: Emphasis) -> None:
        self._text.append(char)
        self._looks.append(look)

    def _write_text(self, text: str, look: Emphasis) -> None:
        for char in WHITE_SPACE.sub(" ", text):
            if char != " " or self._last() not in (" ", BREAK, ""):
                self._write(char, look)

    def _last(self) -> str:
        """The last character that is no note's mark."""
        return next((char for char in reversed(self._text) if char != OBJECT), "")

    def _trim(self) -> None:
        """Take a blank from the end of the block, also from before its last notes."""
        at = len(self._text) - 1
        while at >= 0 and self._text[at] == OBJECT:
            at -= 1
        if at >= 0 and self._text[at] == " ":
            del self._text[at], self._looks[at]
            self._notes = [n if n.at < at else Note(n.at - 1, n.claims) for n in self._notes]


def runs(looks: list[Emphasis]) -> tuple[tuple[int, int, Emphasis], ...]:
    """Stretches of characters that look the same, without those that do not stand out."""
    found: list[tuple[int, int, Emphasis]] = []
    for at, look in enumerate(looks):
        if found and found[-1][1] == at and found[-1][2] == look:
            found[-1] = found[-1][0], at + 1, look
        elif look != Emphasis():
            found.append((at, at + 1, look))
    return tuple(found)

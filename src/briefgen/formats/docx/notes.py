"""Footnotes (`word/footnotes.xml`): real notes, numbered in the order of their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from lxml import etree

from briefgen.formats.docx.oxml import half_points, pt, rgb, text_element, w, wname
from briefgen.formats.docx.word_style import WordStyle

Element = etree._Element

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SEPARATOR_HEIGHT = 5.0
"""Points that the line above the notes takes, with the space below it."""
SEPARATORS = ("separator", "continuationSeparator")
"""Word repairs a file whose notes lack these two entries; their ids are -1 and 0."""


class Notes:
    """The footnotes of one file, in a part of their own with their own relations."""

    def __init__(self, word_document: WordDocument, word: WordStyle, rule: str) -> None:
        self._mark = word.id_of(word.style_of("footnote mark"))
        self._text = word.id_of(word.style_of("span.footnote"))
        self._notes = w(
            "footnotes",
            *(_separator(number, kind, rule) for number, kind in enumerate(SEPARATORS, start=-1)),
        )
        self.claims: list[tuple[str, ...]] = []
        """Ids of the claims that each note cites, in the order of the notes."""
        package = word_document.part.package
        notes: Any = self._notes
        self.part = XmlPart(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE,
            notes,
            package,
        )
        """Where links in notes are related from."""
        word_document.part.relate_to(self.part, RT.FOOTNOTES)

    def add(self, content: list[Element], claims: Iterable[str] = ()) -> Element:
        """Store a note; what comes back is the run with its mark in the text."""
        number = len(self._notes) - 1
        self.claims.append(tuple(claims))
        self._notes.append(
            w(
                "footnote",
                w(
                    "p",
                    w("pPr", w("pStyle", val=self._text)),
                    w("r", w("rPr", w("rStyle", val=self._mark)), w("footnoteRef")),
                    w("r", text_element(" ")),
                    *content,
                ),
                id=number,
            )
        )
        return w("r", w("rPr", w("rStyle", val=self._mark)), w("footnoteReference", id=number))

    def written(self) -> Iterator[tuple[str, tuple[str, ...], Element]]:
        """Id, claims and element of each note so far."""
        notes = list(self._notes)[len(SEPARATORS) :]
        for note, claims in zip(notes, self.claims, strict=True):
            yield note.get(wname("id"), ""), claims, note


def _separator(number: int, kind: str, rule: str) -> Element:
    """The line above the notes, in the colour of rules, as high as LibreOffice 7.4 makes it."""
    spacing = w("spacing", before=0, after=pt(SEPARATOR_HEIGHT - 3.5), line=240, lineRule="auto")
    # Three points of Cambria are 3.5 high; the line is as thick in any size.
    look = w("rPr", w("color", val=rgb(rule)), w("sz", val=half_points(3)))
    return w(
        "footnote",
        w("p", w("pPr", spacing), w("r", look, w(kind))),
        type=kind,
        id=number,
    )

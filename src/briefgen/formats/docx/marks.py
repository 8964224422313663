"""Marks: which text of the file is which field of the data, so that edits find their way back.

A field lies in one paragraph. Two marks with one key stand round its text, because programs lose
one or the other: a content control with hidden appearance and a bookmark, which Word hides since
its name starts with an underscore. Neither shows, prints or stops anybody from typing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from briefgen.formats.docx.bookmarks import Bookmarks
from briefgen.formats.docx.oxml import w

Element = etree._Element

PREFIX = "_bg_"
"""Of the keys: tags of controls and names of bookmarks."""
DIGITS = 12
"""Hexadecimal digits of a key."""
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


@dataclass(frozen=True)
class Mark:
    """Start and end of a field's text, and the control between them."""

    start: Element
    control: Element
    content: Element
    """The `w:sdtContent`, in which the text stands."""
    end: Element


@dataclass
class Marks:
    """The marks of one file."""

    bookmarks: Bookmarks
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Field and number of its occurrence, from 0, by key."""
    generated: set[Element] = field(default_factory=set)
    """Runs that the program added inside fields: expansions of abbreviations and the like."""
    _seen: Counter[str] = field(default_factory=Counter)

    def make(self, name: str) -> Mark:
        """New marks for the field; a repeat of it has a key of its own."""
        key = key_of(name, self._seen[name])
        self.fields[key] = name, self._seen[name]
        self._seen[name] += 1
        start, end = self.bookmarks.pair(key)
        content = w("sdtContent")
        return Mark(start, w("sdt", _properties(key, len(self.fields)), content), content, end)

    def around(self, name: str, content: list[Element]) -> list[Element]:
        """The content between new marks for the field."""
        mark = self.make(name)
        mark.content.extend(content)
        return [mark.start, mark.control, mark.end]


def key_of(name: str, occurrence: int) -> str:
    """The key of a field's n-th occurrence in a document: the same in every export."""
    digest = hashlib.sha256(f"{name}\0{occurrence}".encode()).hexdigest()
    return PREFIX + digest[:DIGITS]


def _properties(key: str, number: int) -> Element:
    """Without a placeholder: a control that is emptied shows blanks (ECMA-376-1, 17.5.2.25)."""
    appearance = etree.Element(f"{{{W15}}}appearance", {f"{{{W15}}}val": "hidden"}, {"w15": W15})
    return w("sdtPr", w("tag", val=key), w("id", val=number), appearance)

"""Bookmarks: where links and cross-references in the file lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree

from briefgen.formats.docx.oxml import w
from briefgen.formats.docx.tree import SVG, refuse

Element = etree._Element

LONGEST = 40
"""Characters that Word keeps of a bookmark's name."""


class Bookmarks:
    """Names for the ids of the tree, and numbers for the bookmarks in order of writing."""

    def __init__(self, tree: Element, first: int = 1) -> None:
        self._names: dict[str, str] = {}
        self._numbers = count(first)
        self._waiting: list[str] = []
        self.labels: dict[str, str] = {}
        """Label of a captioned target by its id: `Figure 1`."""
        for element in tree.iter():
            if isinstance(element.tag, str) and not element.tag.startswith(SVG):
                self._register(element)

    def _register(self, element: Element) -> None:
        identifier = element.get("id")
        if not identifier:
            return
        if identifier in self._names:
            refuse(element, f'the id "{identifier}" stands twice')
        self._names[identifier] = _bookmark_name(identifier, set(self._names.values()))

    def name_for(self, link: Element) -> str:
        """The bookmark that a link `#id` leads to."""
        identifier = (link.get("href") or "").removeprefix("#")
        if identifier not in self._names:
            refuse(link, f'no element has the id "{identifier}"')
        return self._names[identifier]

    def await_paragraph(self, element: Element) -> None:
        """Let the next paragraph that is written carry the bookmark of this block."""
        if identifier := element.get("id"):
            self._waiting.append(identifier)

    def await_heading(self, name: str) -> None:
        """Let the next paragraph carry a bookmark of this name, which no id of the tree has."""
        self._names[name] = name
        self._waiting.append(name)

    def take(self) -> list[str]:
        """The ids that wait for a paragraph; the caller writes them."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def give_back(self, identifiers: list[str]) -> None:
        """Let taken ids wait again, for a later paragraph of the same block."""
        self._waiting += identifiers

    def around(self, identifiers: list[str], content: list[Element]) -> Iterator[Element]:
        """The content between start and end of a bookmark for each id, all in one paragraph.

        LibreOffice 7.4 duplicates the start and loses the end of one that spans two paragraphs.
        """
        pairs = [self.pair(self._names[identifier]) for identifier in identifiers]
        yield from (start for start, _ in pairs)
        yield from content
        yield from (end for _, end in reversed(pairs))

    def pair(self, name: str) -> tuple[Element, Element]:
        """Start and end of a bookmark of this name."""
        number = next(self._numbers)
        return w("bookmarkStart", id=number, name=name), w("bookmarkEnd", id=number)


def _bookmark_name(identifier: str, taken: set[str]) -> str:
    """Letters, digits and underscores, a letter first, at most 40 characters."""
    name = re.sub(r"\W", "_", identifier)
    name = (name if name[0].isalpha() else f"b_{name}")[:LONGEST]
    if name.lower() not in {other.lower() for other in taken}:
        return name
    numbered = (f"{name[: LONGEST - len(str(n)) - 1]}_{n}" for n in count(2))
    return next(candidate for candidate in numbered if candidate not in taken)

"""Reading the document tree: names, classes, inline and block parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from lxml import etree

INLINE = frozenset({"a", "abbr", "br", "cite", "em", "q", "span", "strong", "sub", "sup", "time"})
SVG = "{http://www.w3.org/2000/svg}"
WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
"""White space that HTML collapses; a non-breaking space is not among it."""

Piece = str | etree._Element
"""Text, or an inline element without the text after it."""


class UnwritableElement(Exception):
    """The tree holds what the Word writer has no rule for: our own bug, never passed over."""


def refuse(element: etree._Element, why: str = "no rule for it in the Word writer") -> NoReturn:
    """Stop at an element that would otherwise be lost."""
    path = "/".join(_label(e) for e in [*reversed(list(element.iterancestors())), element])
    raise UnwritableElement(f"{path}: {why}")


def _label(element: etree._Element) -> str:
    names = element.get("class")
    return f"{element.tag}.{'.'.join(names.split())}" if names else str(element.tag)


def classes(element: etree._Element) -> list[str]:
    """The classes of an element, in order."""
    return (element.get("class") or "").split()


def selector(element: etree._Element) -> str:
    """`p`, or `p.sowhat` where the element has a class: its key in `word.yaml`."""
    names = classes(element)
    return f"{element.tag}.{names[0]}" if names else str(element.tag)


def is_inline(element: etree._Element) -> bool:
    """Whether the element stands in a line of text."""
    return element.tag in INLINE


def pieces(element: etree._Element) -> Iterator[Piece]:
    """Text and child elements, in order; comments are skipped, the text after them is not."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def parts(element: etree._Element) -> Iterator[list[Piece] | etree._Element]:
    """Content as HTML lays it out: stretches of text and inline elements, blocks between them."""
    stretch: list[Piece] = []
    for piece in pieces(element):
        if isinstance(piece, str) or is_inline(piece):
            stretch.append(piece)
            continue
        if is_visible(stretch):
            yield stretch
        stretch = []
        yield piece
    if is_visible(stretch):
        yield stretch


def is_visible(stretch: list[Piece]) -> bool:
    """Whether anything but white space stands in it."""
    return any(not isinstance(piece, str) or WHITE_SPACE.sub("", piece) for piece in stretch)


def blocks(element: etree._Element) -> Iterator[etree._Element]:
    """The child elements of a container that may hold no text of its own."""
    for part in parts(element):
        if isinstance(part, list):
            refuse(element, f"text outside any paragraph: {part[0]!r}")
        yield part


def plain_text(element: etree._Element) -> str:
    """All text in an element, notes left out, white space collapsed."""
    return WHITE_SPACE.sub(" ", "".join(_texts(element))).strip()


def _texts(element: etree._Element) -> Iterator[str]:
    for piece in pieces(element):
        if isinstance(piece, str):
            yield piece
        elif "footnote" not in classes(piece):
            yield from _texts(piece)

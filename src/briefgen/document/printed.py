"""The words of a document as its readers meet them, with the record that each comes from.

The body is what a reader is meant to read: everything but the cover, the contents, the notes, the
list of abbreviations, the section of the sources with what stands in it about the evidence, text
that the program adds (numbers, expansions), the drawings and the annex. Cells of tables count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from briefgen.document.prose import sentence_ends
from briefgen.document.vocabulary import INLINE, SVG

LISTS = ("ul[@class='sources']", "dl[@class='abbreviations']", "table[@class='evidence']")
"""What makes a section one of reference, outside the body."""
OWN = "editions/"
"""How fields of editions begin; all other fields are of shared records."""


@dataclass(frozen=True)
class Piece:
    """A run of text between two tags."""

    text: str
    field: str
    """The nearest `data-field` above it, or nothing where a template wrote it."""
    element: etree._Element
    """What carries the field; where nothing does, the paragraph, heading or cell around it."""


@dataclass(frozen=True)
class Passage:
    """The text of one field at one place, or what a template wrote into one block; on one line."""

    text: str
    field: str
    """Nothing where a template wrote it."""


def passages(tree: etree._Element, *, everywhere: bool = False) -> list[Passage]:
    """Each field of the body where it stands, and each run of a template's own words.

    With `everywhere` also on the cover and among the sources.
    """
    body = tree.find("body")
    if body is None:
        return []
    groups: dict[etree._Element, list[Piece]] = {}
    for piece in _pieces(body, "", body, everywhere=everywhere):
        groups.setdefault(piece.element, []).append(piece)
    return [Passage(_joined(group), group[0].field) for group in groups.values()]


def printed_sentences(text: str) -> list[str]:
    """The sentences of a printed paragraph; a heading or label is one piece."""
    ends = [0, *sentence_ends(text), len(text)]
    cut = (text[start:end].strip() for start, end in pairwise(ends))
    return [sentence for sentence in cut if sentence]


def _joined(pieces: list[Piece]) -> str:
    return " ".join("".join(piece.text for piece in pieces).split())


def _pieces(
    element: etree._Element, field: str, holder: etree._Element, *, everywhere: bool
) -> Iterator[Piece]:
    """The texts in and under an element; `holder` carries the field, or is the block around."""
    if own := element.get("data-field"):
        field, holder = own, element
    elif not field and element.tag not in INLINE:
        holder = element
    if element.text:
        yield Piece(element.text, field, holder)
    for child in element:
        if not (_is_added(child) or (not everywhere and _is_outside(child))):
            yield from _pieces(child, field, holder, everywhere=everywhere)
        if child.tail:
            yield Piece(child.tail, field, holder)


def _is_added(element: etree._Element) -> bool:
    """Whether the program wrote it, or drew it: notes, numbers, expansions, figures."""
    return (
        str(element.tag).startswith(SVG)
        or element.get("data-generated") is not None
        or element.get("class") in ("generated", "footnote")
    )


def _is_outside(element: etree._Element) -> bool:
    """Whether it is no part of the body: the cover, the contents, sections of reference."""
    name = (element.tag, element.get("class"))
    if name in (("header", "cover"), ("nav", "toc")):
        return True
    return element.tag == "section" and any(element.find(path) is not None for path in LISTS)

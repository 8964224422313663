"""Captions: "Figure 1" counts itself, and references to it follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from briefgen.formats.docx.draft import Draft, Spot
from briefgen.formats.docx.fields import simple_field
from briefgen.formats.docx.inline import Line, Look, look_of
from briefgen.formats.docx.oxml import text_element, w
from briefgen.formats.docx.paragraphs import add_paragraph
from briefgen.formats.docx.tree import Piece, classes, parts, pieces, plain_text, refuse

Element = etree._Element

LABEL = re.compile(r"\s*([^\W\d_]+)([ \u00a0])(\d+)(?=[.:\s])")
"""`Figure 1` at the head of a caption, in any language."""
SEQUENCES = {"figure": "Figure", "table": "Table"}
"""Names under which Word counts, and gathers lists of figures and tables."""


def find_labels(tree: Element) -> Iterator[tuple[str, str]]:
    """Id and label of every captioned element that has an id."""
    for element in tree.iter("figure", "table"):
        caption = element.find("figcaption" if element.tag == "figure" else "caption")
        found = LABEL.match(plain_text(caption)) if caption is not None else None
        if found and (identifier := element.get("id")):
            yield identifier, found[0].strip()


def add_caption(spot: Spot, caption: Element) -> Element:
    """Write a `caption` or `figcaption`; the ids that wait mark its label, else all of it."""
    style = spot.style_of(str(caption.tag))
    line = Line(spot.draft, style)
    look = look_of(caption, Look(language=spot.language))
    stretch = list(_stretch(caption))
    head = _head(stretch)
    if found := LABEL.match(head):
        owner = caption.getparent()
        assert owner is not None
        field = _label(spot.draft, SEQUENCES[str(owner.tag)], found)
        for element in spot.bookmarks.around(spot.bookmarks.take(), field):
            line.append(element)
        stretch[0] = head[found.end() :]
    line.write(stretch, look)
    return add_paragraph(spot, style, line.finish())


def _stretch(caption: Element) -> Iterator[Piece]:
    for part in parts(caption):
        if isinstance(part, list):
            yield from part
        elif part.tag == "p":
            yield from pieces(part)
        else:
            refuse(part, "a block in a caption")


def _head(stretch: list[Piece]) -> str:
    """The text that begins a caption: its own, or the number that the program put before it."""
    first = stretch[0] if stretch else ""
    if isinstance(first, str):
        return first
    return (first.text or "") if "generated" in classes(first) else ""


def _label(draft: Draft, sequence: str, found: re.Match[str]) -> list[Element]:
    word, blank, number = found.groups()
    expected = draft.captions.get(sequence, 0) + 1
    draft.captions[sequence] = int(number)
    # Word counts from one; where the document does not, the field says so, or an update would.
    restart = "" if int(number) == expected else f" \\r {number}"
    result = w("r", text_element(number))
    return [
        w("r", text_element(f"{word}{blank}")),
        simple_field(f"SEQ {sequence} \\* ARABIC{restart}", result),
    ]

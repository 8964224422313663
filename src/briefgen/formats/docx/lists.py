"""Lists: real numbering, each list counting from one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from briefgen.formats.docx.draft import Spot
from briefgen.formats.docx.paragraphs import ListMark, add_text, set_keep_next
from briefgen.formats.docx.tree import blocks, parts, pieces, refuse, selector

Element = etree._Element
AddBlock = Callable[[Spot, Element], None]

UNMARKED = ("ul.sources",)
"""Lists whose entries stand without a mark, in a style with a hanging indent."""
LISTS = ("ul", "ol")
DEEPEST = 3


def add_list(spot: Spot, element: Element, add_block: AddBlock) -> None:
    """Write a `ul` or `ol`; `add_block` writes the blocks in its items."""
    kind, level = selector(element), spot.level
    mark = None
    if kind not in UNMARKED:
        opened = spot.draft.lists.open(spot.draft.word.list_of(kind, spot.within), level)
        mark = ListMark(opened.number, opened.level) if opened.is_direct else None
    for item in blocks(element):
        if item.tag != "li":
            refuse(item, "only li may stand in a list")
        _add_item(spot, item, f"{kind} li {min(level + 1, DEEPEST)}", mark, add_block)
    if level == 0:
        spot.ask_gap("list")


def _add_item(
    spot: Spot, item: Element, key: str, mark: ListMark | None, add_block: AddBlock
) -> None:
    """The first paragraph carries the mark; the others are indented as far."""
    spot.bookmarks.await_paragraph(item)
    spot = replace(spot, level=spot.level + 1, language=item.get("lang") or spot.language)
    lead = None
    for part in parts(item):
        if isinstance(part, list):
            lead = add_text(spot, key, part, item, mark)
        elif part.tag == "p":
            spot.bookmarks.await_paragraph(part)
            lead = add_text(spot, key, pieces(part), part, mark)
        else:
            if part.tag in LISTS and lead is not None:
                # "We advise against:" at the foot of a page leads to nothing.
                set_keep_next(lead, keep=True)
            add_block(spot, part)
            continue
        key, mark = "li more", None

"""Blocks: every block element of the vocabulary, written as paragraphs and tables of Word.

One function an element, found in `WRITERS`; an element without one stops the build.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from briefgen.formats.docx.draft import Spot
from briefgen.formats.docx.figures import add_figure
from briefgen.formats.docx.inline import Line, Look, look_of
from briefgen.formats.docx.lists import add_list
from briefgen.formats.docx.oxml import wname
from briefgen.formats.docx.paragraphs import (
    add_empty,
    add_paragraph,
    add_text,
    set_keep_next,
    set_outline,
)
from briefgen.formats.docx.tables import add_control, add_memo, add_table
from briefgen.formats.docx.toc import add_contents
from briefgen.formats.docx.tree import blocks, classes, parts, pieces, refuse, selector

Element = etree._Element

BODY_TEXT = 9
"""Word's outline level of what is no heading."""


def add_block(spot: Spot, element: Element) -> None:
    """Write a block, with a bookmark on its first paragraph if it has an id."""
    writer = WRITERS.get(str(element.tag)) or refuse(element)
    spot.bookmarks.await_paragraph(element)
    if language := element.get("lang"):
        spot = replace(spot, language=language)
    writer(spot, element)


def add_body(spot: Spot, body: Element) -> None:
    """Write the whole document."""
    add_container(spot, body)
    if not len(spot.parent) or spot.parent[-1].tag == wname("tbl"):
        add_empty(spot)
    # Ids of parts without content: links to them lead to the end.
    spot.parent[-1].extend(spot.bookmarks.around(spot.bookmarks.take(), []))


def add_container(spot: Spot, element: Element) -> None:
    """Write a part that only holds blocks."""
    for name in classes(element):
        spot = spot.inside(name)
    for block in blocks(element):
        add_block(spot, block)


def _add_section(spot: Spot, element: Element) -> None:
    """Write a section; a so-what that ends it does not keep with the next section's heading."""
    before = len(spot.parent)
    add_container(spot, element)
    if "sowhat" in [name for block in list(blocks(element))[-1:] for name in classes(block)]:
        _release_last_paragraph(list(spot.parent)[before:])


def _add_text_block(spot: Spot, element: Element) -> None:
    add_text(spot, selector(element), pieces(element), element)


def _add_heading(spot: Spot, element: Element) -> None:
    """Write a heading; Word's contents list shall name it if ours does, and only then."""
    contents = spot.draft.contents
    if contents.leaves_out(element):
        _add_unlisted(spot, element)
        return
    if name := contents.names.get(element):
        spot.bookmarks.await_heading(name)
    _add_text_block(spot, element)


def _add_unlisted(spot: Spot, heading: Element) -> None:
    """Word lists styles by their outline level: one without, and the level in the paragraph."""
    spot = replace(spot, within=(*spot.within, "unlisted"))
    key, word = selector(heading), spot.draft.word
    paragraph = add_text(spot, key, pieces(heading), heading)
    level = word.inherited(word.style_of(key), "outline")
    if isinstance(level, int) and word.inherited(spot.style_of(key), "outline") == BODY_TEXT:
        set_outline(paragraph, level)


def _add_series(spot: Spot, element: Element) -> None:
    """Series on the left; the last span, the edition, on the right."""
    style = spot.style_of("p.series")
    line = Line(spot.draft, style)
    look = look_of(element, Look(language=spot.language))
    edition = element.findall("span")[-1:]
    line.write((piece for piece in pieces(element) if piece not in edition), look)
    line.append_tab()
    line.write(edition, replace(look, style=spot.style_of("p.series span")))
    add_paragraph(spot, style, line.finish())


def _add_paragraph_element(spot: Spot, element: Element) -> None:
    (_add_series if "series" in classes(element) else _add_text_block)(spot, element)


def _add_flow(spot: Spot, element: Element) -> None:
    """Write a part that holds text, blocks, or both."""
    for part in parts(element):
        if isinstance(part, list):
            add_text(spot, "p", part, element)
        else:
            add_block(spot, part)


def _add_aside(spot: Spot, element: Element) -> None:
    names = classes(element)
    inside = spot.inside(*reversed(names))
    if "box" not in names:
        _add_flow(inside, element)
        return
    spot.ask_gap("box")
    before = len(spot.parent)
    _add_flow(inside, element)
    _release_last_paragraph(list(spot.parent)[before:])
    spot.ask_gap("box")


def _release_last_paragraph(written: list[Element]) -> None:
    """What keeps with its next need not keep with what follows the box or section."""
    paragraphs = [element for element in written if element.tag == wname("p")]
    if paragraphs:
        set_keep_next(paragraphs[-1], keep=False)


def _add_quotation(spot: Spot, element: Element) -> None:
    _add_flow(spot.inside("blockquote"), element)


def _add_definitions(spot: Spot, element: Element) -> None:
    if "control" in classes(element):
        add_control(spot, element)
    elif "memo" in classes(element):
        add_memo(spot, element)
    else:
        _add_abbreviations(spot, element)


def _add_abbreviations(spot: Spot, element: Element) -> None:
    """A line for each: the abbreviation, a tab, what it stands for."""
    style = spot.style_of(selector(element))
    look = Look(language=spot.language)
    for pair in blocks(element):
        spot.bookmarks.await_paragraph(pair)
        line = Line(spot.draft, style)
        for part in blocks(pair):
            spot.bookmarks.await_paragraph(part)
            if part.tag == "dt":
                line.write(pieces(part), replace(look, strong=True))
            elif part.tag == "dd":
                line.append_tab()
                line.write(pieces(part), look)
            else:
                refuse(part)
        add_paragraph(spot, style, line.finish())


def _add_table(spot: Spot, element: Element) -> None:
    add_table(spot, element, add_block)


def _add_list(spot: Spot, element: Element) -> None:
    add_list(spot, element, add_block)


def _add_contents(spot: Spot, element: Element) -> None:
    add_contents(spot.inside("toc"), element, add_block)


WRITERS: dict[str, Callable[[Spot, Element], None]] = {
    "aside": _add_aside,
    "blockquote": _add_quotation,
    "dl": _add_definitions,
    "figure": add_figure,
    "h1": _add_heading,
    "h2": _add_heading,
    "h3": _add_heading,
    "h4": _add_heading,
    "header": add_container,
    "nav": _add_contents,
    "ol": _add_list,
    "p": _add_paragraph_element,
    "section": _add_section,
    "table": _add_table,
    "ul": _add_list,
}
"""Writer of each block element; the lists of inline elements are in `inline.py`."""

"""The contents list: a TOC field that already holds its entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from briefgen.formats.docx.draft import Spot
from briefgen.formats.docx.fields import field_end, field_start
from briefgen.formats.docx.inline import Line, Look
from briefgen.formats.docx.oxml import w, wname
from briefgen.formats.docx.paragraphs import add_paragraph, set_keep_next
from briefgen.formats.docx.tree import Piece, blocks, classes, parts, pieces, refuse

Element = etree._Element
AddBlock = Callable[[Spot, Element], None]
HEADINGS = ("h1", "h2", "h3", "h4")


def add_contents(spot: Spot, nav: Element, add_block: AddBlock) -> None:
    """Write a `nav.toc`: heading, then the entries inside one field.

    The field asks for no page numbers (switch n): only a layout engine knows them, Word fills
    them in only when the reader updates the list, and a wrong number is worse than none.
    """
    before = len(spot.parent)
    for block in blocks(nav):
        if block.tag == "ol":
            _add_entries(spot, block, level=1)
        else:
            add_block(spot, block)
            before = len(spot.parent)
    _wrap_in_field(list(spot.parent)[before:], _instruction(nav))


def _add_entries(spot: Spot, entries: Element, level: int) -> None:
    style = spot.style_of(f"toc li {level}")
    for item in blocks(entries):
        if item.tag != "li":
            refuse(item, "only li may stand in a list")
        for part in parts(item):
            if isinstance(part, list):
                add_paragraph(spot, style, _entry(spot, style, part))
            elif part.tag == "ol" and level == 1:
                _add_entries(spot, part, level=2)
            else:
                refuse(part, "not part of a contents list of two levels")


def _entry(spot: Spot, style: str, stretch: list[Piece]) -> list[Element]:
    """The entry as Word writes it: a link to a bookmark, without a style of its own."""
    line = Line(spot.draft, style, is_bound=False)
    for piece in stretch:
        look = Look(language=spot.language)
        if isinstance(piece, str) or piece.tag != "a":
            line.write([piece], look)
            continue
        link = w("hyperlink", anchor=spot.bookmarks.name_for(piece), history=1)
        inner = Line(spot.draft, style, is_bound=False).write(
            pieces(piece), replace(look, language=piece.get("lang") or look.language)
        )
        link.extend(inner.finish())
        line.append(link)
    return line.finish()


def _instruction(nav: Element) -> str:
    links = [link.get("href", "")[1:] for link in nav.iter("a")]
    levels = 2 if nav.find("ol/li/ol") is not None else 1
    # Headings of boxes are headings by outline level (\u), not by built-in style (\o).
    boxed = " \\u" if any(_is_boxed(nav, link) for link in links) else ""
    return f'TOC \\o "1-{levels}" \\n \\h \\z{boxed}'


def _is_boxed(nav: Element, identifier: str) -> bool:
    root = nav.getroottree().getroot()
    target = next((element for element in root.iter() if element.get("id") == identifier), None)
    heading = next(target.iter(*HEADINGS), None) if target is not None else None
    return heading is not None and any("box" in classes(e) for e in heading.iterancestors("aside"))


def _wrap_in_field(paragraphs: list[Element], instruction: str) -> None:
    if not paragraphs:
        return
    first, last = paragraphs[0], paragraphs[-1]
    properties = first.find(wname("pPr"))
    place = 0 if properties is None else first.index(properties) + 1
    first[place:place] = field_start(instruction)
    last.append(field_end())
    set_keep_next(last, keep=False)

"""The contents list: a TOC field that already holds its entries, as Word would write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from briefgen.formats.docx.draft import Spot
from briefgen.formats.docx.fields import field_end, field_start
from briefgen.formats.docx.inline import Line, Look
from briefgen.formats.docx.oxml import w, wname
from briefgen.formats.docx.page_references import page_reference
from briefgen.formats.docx.paragraphs import add_paragraph, set_keep_next
from briefgen.formats.docx.tree import Piece, blocks, parts, pieces, refuse

Element = etree._Element
AddBlock = Callable[[Spot, Element], None]


def add_contents(spot: Spot, nav: Element, add_block: AddBlock) -> None:
    """Write a `nav.toc`: heading, then the entries inside one field."""
    before = len(spot.parent)
    for block in blocks(nav):
        if block.tag == "ol":
            _add_entries(spot, block, level=1)
        else:
            add_block(spot, block)
            before = len(spot.parent)
    _wrap_in_field(list(spot.parent)[before:], _instruction(spot))


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
        name = _bookmark(spot, piece)
        link = w("hyperlink", anchor=name, history=1)
        inner = Line(spot.draft, style, is_bound=False).write(
            pieces(piece), replace(look, language=piece.get("lang") or look.language)
        )
        link.extend(inner.finish())
        if spot.draft.has_pages:
            link.append(w("r", w("tab")))
            link.extend(page_reference(spot.draft, name))
        line.append(link)
    return line.finish()


def _bookmark(spot: Spot, link: Element) -> str:
    """The bookmark round the heading that an entry names, else that of what it links to."""
    identifier = (link.get("href") or "").removeprefix("#")
    return spot.draft.contents.targets.get(identifier) or spot.bookmarks.name_for(link)


def _instruction(spot: Spot) -> str:
    """Headings down to a level, as links; without page numbers (switch n) if none are known.

    Word takes the styles that have an outline level. Switch u, which it usually adds, would take
    paragraphs with one of their own as well, and so headings that the list is to leave out; it
    stands only where headings in a house's styles have none but their own.
    """
    of_their_own = " \\u" if spot.draft.word.house.outlines else ""
    without_numbers = "" if spot.draft.has_pages else " \\n"
    return f'TOC \\o "1-{spot.draft.contents.levels}"{without_numbers} \\h \\z{of_their_own}'


def _wrap_in_field(paragraphs: list[Element], instruction: str) -> None:
    if not paragraphs:
        return
    first, last = paragraphs[0], paragraphs[-1]
    properties = first.find(wname("pPr"))
    place = 0 if properties is None else first.index(properties) + 1
    first[place:place] = field_start(instruction)
    last.append(field_end())
    set_keep_next(last, keep=False)

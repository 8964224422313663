"""One paragraph: its style, its bookmarks, its runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from briefgen.formats.docx.draft import Spot
from briefgen.formats.docx.inline import Line, Look, look_of
from briefgen.formats.docx.oxml import property_list, pt, switch, w, wname
from briefgen.formats.docx.tree import Piece

Element = etree._Element


@dataclass(frozen=True)
class ListMark:
    """The list that a paragraph belongs to, said in the paragraph because its style does not."""

    number: int
    level: int

    def properties(self) -> Element:
        """The `w:numPr`."""
        return w("numPr", w("ilvl", val=self.level), w("numId", val=self.number))


def add_text(
    spot: Spot,
    key: str,
    stretch: Iterable[Piece],
    owner: Element,
    mark: ListMark | None = None,
) -> Element:
    """Write inline content of `owner` as a paragraph in the style that `key` names."""
    style = spot.style_of(key)
    look = look_of(owner, Look(language=spot.language))
    line = Line(spot.draft, style).write_all(owner, stretch, look)
    return add_paragraph(spot, style, line.finish(), mark)


def add_paragraph(
    spot: Spot, style: str, content: list[Element], mark: ListMark | None = None
) -> Element:
    """Write a paragraph; ids that wait for one become bookmarks around its content."""
    gap = spot.draft.gap_above(style)
    paragraph = w(
        "p",
        w(
            "pPr",
            w("pStyle", val=spot.draft.word.id_of(style)),
            w("keepNext") if style in spot.draft.word.house.kept else None,
            mark.properties() if mark else _no_number(spot, style),
            w("spacing", before=pt(gap)) if gap is not None else None,
            _outline(spot, style),
        ),
        *spot.bookmarks.around(spot.bookmarks.take(), content),
    )
    spot.parent.append(paragraph)
    return paragraph


def _no_number(spot: Spot, style: str) -> Element | None:
    if style not in spot.draft.word.house.unnumbered:
        return None
    return w("numPr", w("numId", val=0))


def _outline(spot: Spot, style: str) -> Element | None:
    level = spot.draft.word.house.outlines.get(style)
    return None if level is None else w("outlineLvl", val=level)


def set_keep_next(paragraph: Element, *, keep: bool) -> None:
    """Say of one paragraph whether it stays with the next, against its style."""
    properties = paragraph.find(wname("pPr"))
    assert properties is not None
    setting = switch("keepNext", on=keep)
    assert setting is not None
    # Second by the schema, after w:pStyle, which every paragraph of ours has.
    properties.insert(1, setting)


def is_empty(paragraph: Element) -> bool:
    """Whether nothing stands in a paragraph, not even a bookmark."""
    return all(child.tag == wname("pPr") for child in paragraph)


def set_outline(paragraph: Element, level: int) -> None:
    """Give one paragraph an outline level, against its style."""
    properties = paragraph.find(wname("pPr"))
    assert properties is not None
    # The last but what says how its mark looks or that it was changed, which ours do not.
    properties.append(w("outlineLvl", val=level))


def add_empty(spot: Spot) -> None:
    """Write the empty paragraph that Word needs at the end of a cell and between two tables."""
    spacing = w("spacing", before=0, after=0, line=20, lineRule="exact")
    spot.parent.append(w("p", property_list("pPr", (spacing,))))

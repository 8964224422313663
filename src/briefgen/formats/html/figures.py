"""Figures and tables on screens: colours that follow light and dark, frames that scroll."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from briefgen.document.model import FigureData
from briefgen.document.theme import Theme
from briefgen.document.vocabulary import SVG

PAINTS = ("fill", "stroke")
NO_COLOUR = frozenset({"none", "currentColor"})
LISTED = frozenset({"recommendations", "steps"})
"""Tables that narrow screens show row by row."""


def recolour(body: etree._Element, theme: Theme) -> None:
    """Let the drawings take their colours from the page.

    A drawing with any colour that the theme does not name keeps all of its own, on a light plate.
    """
    names = {colour.lower(): f"var(--{name})" for name, colour in theme.colours.items()}
    names |= {"#ffffff": "var(--paper)", "#fff": "var(--paper)", "white": "var(--paper)"}
    for drawing in body.iter(f"{SVG}svg"):
        painted = [(e, p) for e in drawing.iter() for p in PAINTS if e.get(p)]
        painted = [(e, p) for e, p in painted if e.get(p) not in NO_COLOUR]
        if all(str(e.get(p)).lower() in names for e, p in painted):
            for element, paint in painted:
                element.set(paint, names[str(element.get(paint)).lower()])
        elif (figure := drawing.getparent()) is not None:
            figure.set("class", "plate")


def frame_wide(body: etree._Element) -> None:
    """Put each drawing and table into a frame that scrolls sideways, by keyboard as well."""
    for wide in list(body.iter(f"{SVG}svg", "table")):
        parent = wide.getparent()
        assert parent is not None
        frame = etree.Element("div", {"class": "scroll", "tabindex": "0", "role": "group"})
        name = wide.find("caption") if wide.tag == "table" else wide.find(f"{SVG}title")
        if name is not None:
            frame.set("aria-label", " ".join("".join(map(str, name.itertext())).split()))
        frame.tail, wide.tail = wide.tail, None
        parent.replace(wide, frame)
        frame.append(wide)


def label_cells(body: etree._Element) -> None:
    """Give each cell the head of its column, for screens where tables stand as lists."""
    for table in body.iter("table"):
        if table.get("class") in LISTED:
            heads = ["".join(map(str, head.itertext())) for head in table.iterfind("thead/tr/th")]
            for row in table.iterfind("tbody/tr"):
                for cell, head in zip(row, heads, strict=True):
                    if cell.tag == "td":
                        cell.set("data-label", head)


def add_data(body: etree._Element, figures: Iterable[FigureData], label: str) -> None:
    """Put the data of each drawing under it as a closed table.

    Not where the document tells them itself: in place of a drawing, or in an annex.
    """
    known = {str(e.get("id")): e for e in body.iter() if e.get("id")}
    for data in figures:
        if data.drawn and f"{data.id}-data" not in known and data.id in known:
            _fold_data(known[data.id], data, label)


def _fold_data(figure: etree._Element, data: FigureData, label: str) -> None:
    fold = etree.SubElement(figure, "details", {"class": "figure-data"})
    etree.SubElement(fold, "summary").text = label
    table = etree.SubElement(fold, "table", {"class": "data", "id": f"{data.id}-data"})
    etree.SubElement(table, "caption").text = data.title
    first = etree.SubElement(etree.SubElement(table, "thead"), "tr")
    for title in data.head:
        etree.SubElement(first, "th", {"scope": "col"}).text = title
    listing = etree.SubElement(table, "tbody")
    for row in data.rows:
        line = etree.SubElement(listing, "tr")
        for number, cell in enumerate(row):
            attributes = {"scope": "row"} if number == 0 else {}
            etree.SubElement(line, "td" if number else "th", attributes).text = cell

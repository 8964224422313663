"""HTML: one file without requests, for screen, phone and the browser's print."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from briefgen.document.model import Document
from briefgen.formats.css import css_variables, refuse_addresses

DOCTYPE = "<!DOCTYPE html>\n"
NOTE, CALL = "note_", "call_"
"""Starts of ids; with an underscore they differ from any id of a record, which is kebab-case."""
NOTES_HEADING = {"en-GB": "Notes"}


def render_html(document: Document, screen_css: str) -> bytes:
    """The document as one HTML5 file in UTF-8; notes stand at its end, linked both ways.

    Raises:
        RefusedAddress: the styles ask for an outside address.
    """
    refuse_addresses(screen_css)
    tree = deepcopy(document.tree)
    _collect_notes(tree, NOTES_HEADING.get(document.language, "Notes"))
    _set_head(tree, css_variables(document.theme) + screen_css)
    return serialise(tree).encode()


def serialise(tree: etree._Element) -> str:
    """The tree as HTML5 text."""
    text: str = etree.tostring(tree, method="html", encoding="unicode")
    return DOCTYPE + text + "\n"


def _set_head(tree: etree._Element, css: str) -> None:
    head = tree.find("head")
    assert head is not None
    viewport = {"name": "viewport", "content": "width=device-width, initial-scale=1"}
    head.insert(1, etree.Element("meta", viewport))
    style = etree.SubElement(head, "style")
    # "</style>" would end the sheet; behind a backslash the stroke means the same to CSS.
    style.text = "\n" + css.replace("</", "<\\/")


def _collect_notes(tree: etree._Element, heading: str) -> None:
    marks = [span for span in tree.iter("span") if span.get("class") == "footnote"]
    body = tree.find("body")
    if not marks or body is None:
        return
    section = etree.SubElement(body, "section", {"class": "notes"})
    etree.SubElement(section, "h2").text = heading
    listing = etree.SubElement(section, "ol")
    for number, mark in enumerate(marks, start=1):
        note = etree.SubElement(listing, "li", {"id": f"{NOTE}{number}"})
        note.text, note[:] = mark.text, list(mark)
        back = etree.SubElement(note, "a", {"href": f"#{CALL}{number}"})
        back.set("aria-label", f"Back to note mark {number}")
        back.text = "\u00a0↑"
        call = etree.Element("sup", {"class": "note-call", "id": f"{CALL}{number}"})
        link = etree.SubElement(call, "a", {"href": f"#{NOTE}{number}"})
        link.set("aria-label", f"Note {number}")
        link.text = str(number)
        call.tail = mark.tail
        parent = mark.getparent()
        assert parent is not None
        parent.replace(mark, call)

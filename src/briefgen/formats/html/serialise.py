"""A tree as the text of an HTML5 file."""

from __future__ import annotations

from lxml import etree

DOCTYPE = "<!DOCTYPE html>\n"


def serialise(tree: etree._Element) -> str:
    """The tree as HTML5 text."""
    text: str = etree.tostring(tree, method="html", encoding="unicode")
    return DOCTYPE + text + "\n"

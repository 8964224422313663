"""Numbered paragraphs, as submissions and memos have them: one count through the document."""

from __future__ import annotations

from lxml import etree

LISTS = ("ul", "ol")


def number_paragraphs(tree: etree._Element) -> None:
    """Turn the paragraphs of each `section.numbered` into entries of `ol.paragraphs`.

    The lists number on through the document. A list behind a paragraph belongs to it; anything
    else, and a paragraph with a class, ends the list of entries.
    """
    number = 1
    for section in tree.iter("section"):
        if section.get("class") != "numbered":
            continue
        entries: etree._Element | None = None
        for child in list(section):
            if child.tag == "p" and not child.get("class"):
                if entries is None:
                    entries = etree.Element("ol", {"class": "paragraphs", "start": str(number)})
                    section.insert(section.index(child), entries)
                etree.SubElement(entries, "li").append(child)
                number += 1
            elif child.tag in LISTS and not child.get("class") and entries is not None:
                entries[-1].append(child)
            else:
                entries = None

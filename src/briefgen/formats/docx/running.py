"""Running head and foot: title and edition above, series and page below; no head on page one."""

from __future__ import annotations

import re

from docx.section import _BaseHeaderFooter
from lxml import etree

from briefgen.formats.docx.draft import Draft
from briefgen.formats.docx.fields import simple_field
from briefgen.formats.docx.oxml import mm, text_element, w, wname
from briefgen.formats.docx.reference_styles import HouseStyles

Element = etree._Element


def add_running_text(draft: Draft) -> None:
    """Write head and foot of the first page and of the others."""
    section = draft.file.sections[0]
    section.different_first_page_header_footer = True
    for margins in draft.file.element.body.iter(wname("pgMar")):
        # A house's page without a head may leave no room for one above the margin.
        margins.set(wname("header"), str(mm(draft.word.header_distance)))
        margins.set(wname("footer"), str(mm(draft.word.footer_distance)))
    _fill(section.first_page_header, draft, "running head", [])
    _fill(section.header, draft, "running head", _head(draft))
    _fill(section.first_page_footer, draft, "running foot", _foot(draft))
    _fill(section.footer, draft, "running foot", _foot(draft))


def _fill(target: _BaseHeaderFooter, draft: Draft, key: str, content: list[Element]) -> None:
    target.is_linked_to_previous = False
    name = draft.word.style_of(key)
    properties = w("pPr", w("pStyle", val=draft.word.id_of(name)))
    if not draft.word.inherited(name, "tab"):
        properties.append(_tabs(draft, name))
    target.part.element[:] = [w("p", properties, *content)]


def _tabs(draft: Draft, style: str) -> Element:
    """One tab stop at the right end of the text, in place of those of a style of a house's."""
    styles = HouseStyles(draft.file.styles.element, draft.word.reference_styles)
    found = styles.find(style, "paragraph")
    theirs = None if found is None else styles.property_of(found, "pPr", "tabs")
    right = mm(draft.frame.text_width)
    positions = {int(tab.get(wname("pos"), "0")) for tab in (() if theirs is None else theirs)}
    cleared = (w("tab", val="clear", pos=pos) for pos in sorted(positions - {right}))
    return w("tabs", *cleared, w("tab", val="right", pos=right))


def _head(draft: Draft) -> list[Element]:
    edition = w("rStyle", val=draft.word.id_of(draft.word.style_of("running edition")))
    document = draft.document
    return [
        w("r", text_element(document.title)),
        w("r", w("tab")),
        w("r", w("rPr", edition), text_element(document.edition_label)),
    ]


def _foot(draft: Draft) -> list[Element]:
    document, labels = draft.document, draft.word.labels
    facts = (
        document.series,
        labels.version.format(version=document.version),
        document.issued_words,
    )
    return [
        w("r", text_element(" · ".join(filter(None, facts)))),
        w("r", w("tab")),
        *_page_number(labels.page),
    ]


def _page_number(label: str) -> list[Element]:
    """The label with fields. They have no result: Word and LibreOffice count when they lay out."""
    numbers = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    return [
        simple_field(numbers[bit]) if bit in numbers else w("r", text_element(bit))
        for bit in re.split(r"(\{pages?\})", label)
        if bit
    ]

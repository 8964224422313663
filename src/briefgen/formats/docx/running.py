"""Running head and foot: title and edition above, series and page below; no head on page one."""

from __future__ import annotations

import re

from docx.section import _BaseHeaderFooter
from lxml import etree

from briefgen.formats.docx.draft import Draft
from briefgen.formats.docx.fields import simple_field
from briefgen.formats.docx.oxml import text_element, w

Element = etree._Element


def add_running_text(draft: Draft) -> None:
    """Write head and foot of the first page and of the others."""
    section = draft.file.sections[0]
    _fill(section.first_page_header, draft, "running head", [])
    _fill(section.header, draft, "running head", _head(draft))
    _fill(section.first_page_footer, draft, "running foot", _foot(draft))
    _fill(section.footer, draft, "running foot", _foot(draft))


def _fill(target: _BaseHeaderFooter, draft: Draft, key: str, content: list[Element]) -> None:
    target.is_linked_to_previous = False
    style = w("pStyle", val=draft.word.id_of(draft.word.style_of(key)))
    target.part.element[:] = [w("p", w("pPr", style), *content)]


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

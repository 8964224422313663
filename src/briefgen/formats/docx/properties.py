"""What the file says about itself: core and custom properties, dated by the day of issue."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from briefgen.document.model import Document
from briefgen.formats.docx.oxml import w, wname
from briefgen.formats.docx.package import DECLARATION
from briefgen.formats.shorten import shorten

Element = etree._Element

DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?")
CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUE_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The property set that Word shows under "Custom". Source: ECMA-376-1, 22.3.2.2."""
FIRST_ID = 2
"""Ids 0 and 1 of a property set are reserved."""

LONGEST = 255
"""Characters of a core property: python-docx refuses more. The page has the whole text."""


def set_properties(word_document: WordDocument, document: Document, *, is_final: bool) -> None:
    """Write the core and the custom properties; a copy for publication names no author."""
    _set_core(word_document, document)
    _add_custom(word_document, document)
    if is_final:
        word_document.core_properties.author = ""
        _forbid_names(word_document.settings.element)


def _forbid_names(settings: Element) -> None:
    """Let Word not add the name of whoever saves the file next."""
    setting = w("removePersonalInformation")
    before = [e for e in settings if e.tag in map(wname, ("writeProtection", "view", "zoom"))]
    settings.insert(len(before), setting)


def _set_core(word_document: WordDocument, document: Document) -> None:
    core = word_document.core_properties
    issued = first_day(document.issued)
    core.title = shorten(document.title, LONGEST)
    core.subject = shorten(document.subject, LONGEST)
    core.author = shorten(document.author, LONGEST)
    core.keywords = shorten(", ".join(document.keywords), LONGEST)
    core.language = document.language
    core.version = shorten(document.version, LONGEST)
    core.content_status = document.status
    core.comments = ""
    core.last_modified_by = ""
    core.created = core.modified = issued


def first_day(issued: str) -> datetime:
    """The first day that an EDTF date covers, for properties that want a day."""
    found = DATE.match(issued)
    if not found:
        raise ValueError(f'"{issued}" is not an EDTF date')
    year, month, day = found.groups()
    return datetime(int(year), int(month or 1), int(day or 1))  # noqa: DTZ001 - Word's dates have no zone here


def _add_custom(word_document: WordDocument, document: Document) -> None:
    package = word_document.part.package
    values = {
        "Series": document.series,
        "Edition": document.edition_label,
        "Version": document.version,
        "Issued": document.issued,
        "Status": document.status,
        "Handling": document.handling or "",
    }
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM_TYPE, _custom_xml(values), package)
    package.relate_to(part, CUSTOM_RELATION)


def _custom_xml(values: dict[str, str]) -> bytes:
    properties = "".join(
        f'<property fmtid="{escape(USER_DEFINED)}" pid="{escape(str(number))}" '
        f'name="{escape(name)}"><vt:lpwstr>{escape(value, quote=False)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(
            ((name, value) for name, value in values.items() if value), start=FIRST_ID
        )
    )
    return (
        f'{DECLARATION}<Properties xmlns="{CUSTOM_NAMESPACE}" xmlns:vt="{VALUE_NAMESPACE}">'
        f"{properties}</Properties>"
    ).encode()

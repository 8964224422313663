"""The ledger in the file: a custom XML part, which Word and LibreOffice keep when people edit."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from briefgen.document.ledger import ledger_json
from briefgen.document.model import Document
from briefgen.formats.docx.package import DECLARATION

LEDGER_NAMESPACE = "urn:briefgen:ledger"
"""Of the root element `ledger`, whose text is JSON in the form that docs/ledger.md gives."""
STORE_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
STORE_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
STORE_ID = "{" + str(uuid5(NAMESPACE_URL, LEDGER_NAMESPACE)).upper() + "}"
"""The same in every file; Word finds a part by it. Source: ECMA-376-1, 22.5.2.1."""


def add_ledger(word_document: WordDocument, document: Document) -> None:
    """Put the document's ledger into the file, where `briefgen trace` finds it."""
    package = word_document.part.package
    text = ledger_json(document.ledger, document.about).decode()
    root = f"{DECLARATION}<ledger xmlns={quoteattr(LEDGER_NAMESPACE)}>{escape(text)}</ledger>"
    item = Part(
        package.next_partname("/customXml/item%d.xml"), "application/xml", root.encode(), package
    )
    properties = PackURI(item.partname.replace("item", "itemProps", 1))
    item.relate_to(Part(properties, STORE_TYPE, _properties(), package), RT.CUSTOM_XML_PROPS)
    word_document.part.relate_to(item, RT.CUSTOM_XML)


def _properties() -> bytes:
    return (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{STORE_NAMESPACE}" ds:itemID="{STORE_ID}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{LEDGER_NAMESPACE}"/></ds:schemaRefs>'
        f"</ds:datastoreItem>"
    ).encode()

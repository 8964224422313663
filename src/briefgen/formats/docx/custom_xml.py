"""Custom XML parts: data that travels in the file, which Word and LibreOffice keep on saving."""

from __future__ import annotations

from html import escape
from uuid import NAMESPACE_URL, uuid5

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from briefgen.formats.docx.package import DECLARATION

STORE_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
STORE_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def add_custom_xml(word_document: WordDocument, name: str, text: str) -> None:
    """Add a part whose root element has this name, in the namespace `urn:briefgen:<name>`.

    Word finds a part by the id of its store, which is the same in every file
    (ECMA-376-1, 22.5.2.1).
    """
    namespace = f"urn:briefgen:{name}"
    package = word_document.part.package
    root = f'{DECLARATION}<{name} xmlns="{escape(namespace)}">{escape(text, quote=False)}</{name}>'
    item = Part(
        package.next_partname("/customXml/item%d.xml"), "application/xml", root.encode(), package
    )
    properties = PackURI(item.partname.replace("item", "itemProps", 1))
    item.relate_to(
        Part(properties, STORE_TYPE, _properties(namespace), package), RT.CUSTOM_XML_PROPS
    )
    word_document.part.relate_to(item, RT.CUSTOM_XML)


def _properties(namespace: str) -> bytes:
    store_id = "{" + str(uuid5(NAMESPACE_URL, namespace)).upper() + "}"
    return (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{STORE_NAMESPACE}" ds:itemID="{store_id}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs>'
        f"</ds:datastoreItem>"
    ).encode()

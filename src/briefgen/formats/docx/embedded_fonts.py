"""Embedded faces: the TrueType files of our dependencies, obfuscated as ECMA-376-1, 17.8.1 says.

Whole and unchanged: people type letters that the document does not have yet, and the licence of
the fonts (SIL Open Font License 1.1) lets nobody change a file and keep its reserved name. Word
draws all forms of a family from faces that share its name ([MS-OI29500], 2.1.260), so bold is their
Bold: the Semibold of the PDF is a family of its own in its name table.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree

from briefgen.formats.docx.oxml import RELATION_ATTRIBUTE, w, wname
from briefgen.formats.fonts import FAMILIES, font_file

Element = etree._Element

FORMS = {
    "embedRegular": "Regular",
    "embedBold": "Bold",
    "embedItalic": "It",
    "embedBoldItalic": "BoldIt",
}
"""Element of each form in the order of the schema, and the style of its file."""
OBFUSCATED_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"


def embed_fonts(file: WordDocument) -> None:
    """Put the faces of our families that the font table names into the file.

    Word is told to embed whole faces again whenever it saves.
    """
    old = file.part.part_related_by(RT.FONT_TABLE)
    fonts = etree.fromstring(old.blob)
    table = XmlPart(old.partname, old.content_type, fonts, old.package)
    for font in fonts.iter(wname("font")):
        family = font.get(wname("name"))
        if family in FAMILIES:
            font.extend(_forms(table, family))
    relation = next(rel for rel in file.part.rels.values() if rel.target_part is old)
    relation._target = table  # noqa: SLF001 - no public setter; its id stays
    zoom = file.settings.element.find(wname("zoom"))
    assert zoom is not None
    zoom.addnext(w("embedTrueTypeFonts"))


def _forms(table: Part, family: str) -> Iterator[Element]:
    for tag, style in FORMS.items():
        path = font_file(family, style)
        key = uuid5(NAMESPACE_URL, f"urn:briefgen:font:{path.stem}")
        name = PackURI(f"/word/fonts/font{len(table.rels) + 1}.odttf")
        part = Part(name, OBFUSCATED_FONT, obfuscate(path.read_bytes(), key), table.package)
        form = w(tag, fontKey=f"{{{key}}}".upper())
        form.set(RELATION_ATTRIBUTE, table.relate_to(part, FONT_RELATION))
        yield form


def obfuscate(font: bytes, key: UUID) -> bytes:
    """The file with its first 32 bytes changed by the key; doing it again undoes it."""
    mask = key.bytes[::-1] * 2
    head = bytes(byte ^ other for byte, other in zip(font[: len(mask)], mask, strict=True))
    return head + font[len(mask) :]

"""The zip file: same parts in the same order with the same dates, so same input, same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.opc.package import OpcPackage
from docx.opc.part import Part

from briefgen.formats.seal import sealed_parts

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DEFAULTS = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
    "svg": "image/svg+xml",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}
FIRST = ("/word/document.xml",)
"""Leads the parts, so that programs which look at the head of a zip know it for a Word file."""


def save_package(package: OpcPackage) -> bytes:
    """The bytes of the file, sealed where a part has room for that.

    python-docx would stamp each entry with the clock.
    """
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, blob in sealed_parts(dict(_entries(package))).items():
            entry = ZipInfo(name, EARLIEST)
            entry.external_attr = 0o600 << 16
            packed = name.endswith((".png", ".jpeg"))
            entry.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
            archive.writestr(entry, blob)
    return stream.getvalue()


def _entries(package: OpcPackage) -> Iterator[tuple[str, bytes]]:
    parts = sorted(package.iter_parts(), key=lambda p: (p.partname not in FIRST, p.partname))
    yield "[Content_Types].xml", _content_types(parts)
    yield "_rels/.rels", _utf8(package.rels.xml)
    for part in parts:
        yield part.partname.membername, part.blob
        if len(part.rels):
            yield part.partname.rels_uri.membername, _utf8(part.rels.xml)


def _content_types(parts: list[Part]) -> bytes:
    extensions = {"rels", "xml"} | {p.partname.ext for p in parts if p.partname.ext in DEFAULTS}
    lines = [
        f'<Default Extension="{escape(ext)}" ContentType="{escape(DEFAULTS[ext])}"/>'
        for ext in sorted(extensions)
    ]
    lines += [
        f'<Override PartName="{escape(part.partname)}" ContentType="{escape(part.content_type)}"/>'
        for part in parts
        if DEFAULTS.get(part.partname.ext) != part.content_type
    ]
    return f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}">{"".join(lines)}</Types>'.encode()


def _utf8(xml: str | bytes) -> bytes:
    return xml.encode() if isinstance(xml, str) else xml

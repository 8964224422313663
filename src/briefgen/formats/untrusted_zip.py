"""A zip that may come from anyone, unpacked within limits; XML of it parsed without entities."""

from __future__ import annotations

import lzma
import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

MOST_ENTRIES = 5_000
"""Files in a zip; a Word file has some tens."""
LARGEST_ENTRY = 50_000_000
"""Bytes of one file when unpacked."""
LARGEST_TOTAL = 150_000_000
"""Bytes of all files when unpacked. No ratio is asked for: honest XML packs to a fiftieth."""
ZIP = b"PK\x03\x04"
DAMAGED_ZIP = (
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,  # bzip2
    ValueError,  # an offset before the file's start, a name in another encoding
    struct.error,
    zlib.error,
    lzma.LZMAError,
)
"""What a zip raises that somebody has tampered with."""


class UnreadableZip(Exception):
    """Why there is nothing to read; the message goes on from the file's name."""

    def __init__(self, what: str, *, encrypted: bool = False, large: bool = False) -> None:
        super().__init__(what)
        self.encrypted, self.large = encrypted, large


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of a zip by their names.

    Raises:
        UnreadableZip: it is damaged, encrypted, or holds more than the limits allow.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _unpacked(archive)
    except DAMAGED_ZIP as error:
        if "encrypted" in str(error):
            raise UnreadableZip("is encrypted", encrypted=True) from None
        raise UnreadableZip(f"is damaged: {error}") from None


def _unpacked(archive: ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise UnreadableZip(f"holds more than {MOST_ENTRIES} files", large=True)
    files: dict[str, bytes] = {}
    left = LARGEST_TOTAL
    for entry in entries:
        if entry.is_dir():
            continue
        if entry.filename in files:
            raise UnreadableZip(f"is damaged: it holds {entry.filename} twice")
        most = min(left, LARGEST_ENTRY)
        with archive.open(entry) as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            limit = most if most == LARGEST_ENTRY else LARGEST_TOTAL
            what = f"unpacks to more than {limit // 1_000_000} MB"
            raise UnreadableZip(what, large=True)
        left -= len(content)
        files[entry.filename] = content
    return files


class UnreadableXml(Exception):
    """Why XML is refused; the message goes on from the file's name."""


def parse_untrusted(xml: bytes) -> etree._Element:
    """The root of XML that may come from anyone.

    Raises:
        UnreadableXml: it is not well-formed, or declares a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableXml(f"is damaged: {error.msg}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableXml("holds XML with a DTD")
    return root

"""A Word file that may come from anyone: told from others, unpacked within limits, its parts found.

In: a path. Out: the parts of a Word file without macros. Parts are found by their relations, as
the Open Packaging Conventions have it (ECMA-376-2), never by a name that programs happen to use.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from briefgen.formats.untrusted_zip import (
    ZIP,
    UnreadableXml,
    UnreadableZip,
    parse_untrusted,
    unpack,
)

SAVE_AS = 'open it in Word and save it as "Word Document (.docx)"'
ANOTHER_COPY = "get an undamaged copy, or open it in Word and save it anew"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of Office before 2007 begin with, and Office files behind a password."""
HEADS = {
    b"%PDF-": "a PDF file",
    b"{\\rtf": "a file in Rich Text Format",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"<?xml": "an XML file",
}
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
FORMATS = {
    "spreadsheetml": "an Excel workbook",
    "ms-excel": "an Excel workbook",
    "presentationml": "a PowerPoint presentation",
    "ms-powerpoint": "a PowerPoint presentation",
    "visio": "a Visio drawing",
}
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAIN_RELATION = re.compile(r"http://(?:schemas\.openxmlformats|purl\.oclc)\.org/.*/officeDocument")
STRICT = "http://purl.oclc.org/ooxml/"
CONTENT_TYPES = "[Content_Types].xml"
LARGEST_XML = 20_000_000
"""Bytes of one part that is parsed; a book of 500 pages has less."""
MOST_TAGS = 400_000
"""Elements of one part that is parsed; sixteen pages have about 20,000."""
ENCODING = re.compile(rb"""[^<]{0,9}<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)""")
ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii")
"""What a part may be in (ECMA-376-2, 10.1.2), so that its tags can be counted unparsed."""


class UnusableDocx(Exception):
    """Why a file is refused; the message goes on from its name."""

    def __init__(self, what: str, mend: str | None = None, *, is_damaged: bool = False) -> None:
        super().__init__(what)
        self.what, self.mend, self.is_damaged = what, mend, is_damaged
        """`mend` is None where only another file will do."""


def read_bytes(path: Path, most: int, too_large: str | None = None) -> bytes:
    """The bytes of a file.

    Raises:
        UnusableDocx: it is a folder, cannot be read, or has more bytes than these.
    """
    try:
        if path.is_dir():
            raise UnusableDocx("is a folder")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise UnusableDocx(what, "name a file that exists and that you may read") from None
    if len(data) > most:
        raise UnusableDocx(f"is larger than {most // 1_000_000} MB", too_large, is_damaged=True)
    return data


def open_docx(data: bytes) -> Parts:
    """The parts of a Word file.

    Raises:
        UnusableDocx: it is no Word file, holds macros, is encrypted, damaged or too large.
    """
    if not data.startswith(ZIP):
        raise UnusableDocx(*_what_is(data))
    try:
        files = unpack(data)
    except UnreadableZip as error:
        if error.encrypted:
            raise UnusableDocx(str(error), "save a copy without a password") from None
        mend = None if error.large else ANOTHER_COPY
        raise UnusableDocx(str(error), mend, is_damaged=True) from None
    parts = Parts(files)
    _check_kind(parts)
    return parts


@dataclass(frozen=True)
class Relation:
    """What one part names of another, or of something outside the file."""

    id: str
    type: str
    target: str
    """Name of the part; the address where it is outside."""
    is_external: bool

    @property
    def kind(self) -> str:
        """The last word of its type: `footnotes`."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True)
class Parts:
    """The parts of a file by name, each as it is packed."""

    files: Mapping[str, bytes]

    def parsed(self, name: str) -> etree._Element:
        """The root of a part.

        Raises:
            UnusableDocx: it is missing, too large, not well-formed, or declares a document type.
        """
        if name not in self.files:
            raise UnusableDocx(f"is damaged: {name} is missing", ANOTHER_COPY, is_damaged=True)
        count_tags(name, self.files[name])
        try:
            return parse_untrusted(self.files[name])
        except UnreadableXml as error:
            what = f"{error} (in {name})"
            raise UnusableDocx(what, ANOTHER_COPY, is_damaged=True) from None

    def relations(self, part: str = "") -> Iterator[Relation]:
        """What a part names; without a part, what the file does."""
        folder, name = posixpath.split(part)
        own = posixpath.join(folder, "_rels", f"{name}.rels")
        for element in self.parsed(own).iter(RELATION) if own in self.files else ():
            is_external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            yield Relation(
                element.get("Id", ""),
                element.get("Type", ""),
                target if is_external else _part_at(part, target),
                is_external,
            )

    def type_of(self, name: str) -> str:
        """The content type of a part, or nothing."""
        by_name, by_end = self._types
        end = name.rpartition(".")[2].lower()
        return by_name.get(name.lower(), by_end.get(end, ""))

    @cached_property
    def main(self) -> str:
        """Name of the main part."""
        for relation in self.relations():
            if MAIN_RELATION.fullmatch(relation.type):
                if relation.type.startswith(STRICT):
                    raise UnusableDocx('is saved as "Strict Open XML Document"', SAVE_AS)
                return relation.target
        raise UnusableDocx("is no Word file: it names no main part")

    @cached_property
    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types by the name of a part, and by how names end."""
        root = self.parsed(CONTENT_TYPES)
        kind = "ContentType"
        overrides = root.iter(f"{TYPES}Override")
        defaults = root.iter(f"{TYPES}Default")
        return (
            {e.get("PartName", "")[1:].lower(): e.get(kind, "") for e in overrides},
            {e.get("Extension", "").lower(): e.get(kind, "") for e in defaults},
        )


def count_tags(name: str, xml: bytes) -> int:
    """How many elements a part has, at most, told before it is parsed.

    Raises:
        UnusableDocx: they are too many, it is too large, or in another encoding.
    """
    if len(xml) > LARGEST_XML:
        what = f"holds more than {LARGEST_XML // 1_000_000} MB of text in {name}"
        raise UnusableDocx(what, is_damaged=True)
    declared = ENCODING.match(xml)
    if declared and declared[1].lower() not in ENCODINGS:
        what = f"is damaged: {name} is neither in UTF-8 nor in UTF-16"
        raise UnusableDocx(what, ANOTHER_COPY, is_damaged=True)
    tags = xml.count(b"<") - xml.count(b"</")
    if tags > MOST_TAGS:
        raise UnusableDocx(f"holds more than {MOST_TAGS} tags in {name}", is_damaged=True)
    return tags


def texts_of_data(parts: Iterable[tuple[str, bytes]], root: str) -> list[str]:
    """The texts of the custom XML parts whose root element has this name.

    Raises:
        UnreadableXml: one of them is damaged or declares a document type.
    """
    found = []
    for name, xml in parts:
        if is_data(name):
            element = parse_untrusted(xml)
            found += [element.text or ""] if element.tag == root else []
    return found


def is_data(name: str) -> bool:
    """Whether a part is custom XML, as every program names it."""
    return name.startswith("customXml/item") and name.endswith(".xml")


def _what_is(data: bytes) -> tuple[str, str | None]:
    """What a file is that is no zip, and what to do."""
    if not data:
        return "is empty", None
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "is encrypted", "open it in Word and save a copy without a password"
        if "WordDocument".encode("utf-16-le") in data:
            return "is a Word file of the form before 2007 (.doc)", SAVE_AS
        return "is an Office file of the form before 2007", SAVE_AS
    head = data[:256].lstrip().lower()
    for mark, name in HEADS.items():
        if head.startswith(mark.lower()):
            return f"is {name}, not a Word file", None
    return "is no Word file", None


def _check_kind(parts: Parts) -> None:
    """Refuse what is no Word file, or one with macros."""
    if CONTENT_TYPES not in parts.files:
        if parts.files.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
            raise UnusableDocx("is an OpenDocument file", SAVE_AS)
        raise UnusableDocx("is a zip file without a Word document in it")
    kind = parts.type_of(parts.main)
    has_macros = any(posixpath.basename(name).lower().startswith("vba") for name in parts.files)
    if ("macroenabled" in kind.lower() and "word" in kind) or has_macros:
        raise UnusableDocx("holds macros", f"{SAVE_AS}, without them")
    if kind not in (MAIN_TYPE, TEMPLATE_TYPE):
        name = next((name for bit, name in FORMATS.items() if bit in kind), None)
        raise UnusableDocx(f"is {name}, not a Word file" if name else "is no Word file")


def _part_at(part: str, target: str) -> str:
    whole = posixpath.join("/", posixpath.dirname(part), unquote(target))
    return posixpath.normpath(whole).lstrip("/")

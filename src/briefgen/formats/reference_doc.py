"""A file of an organisation's own in whose style Word documents are written: read and vetted.

In: a path. Out: bytes that hold a Word file without macros, whole, within limits. Nothing is
written or laid out before a file has passed; what is done with it stands in `docx/reference.py`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from briefgen.formats.untrusted_zip import (
    ZIP,
    UnreadableXml,
    UnreadableZip,
    parse_untrusted,
    unpack,
)
from briefgen.problems import Place, Problem, ProblemsFound

LARGEST_FILE = 30_000_000
"""Bytes; house files with large pictures have a tenth of it."""
LARGEST_XML = 20_000_000
"""Bytes of one part of text; a book of 500 pages has less."""

UNUSABLE, DAMAGED = "BG065", "BG066"
SAVE_AS = 'open it in Word and save it as "Word Document (.docx)"'
ANOTHER_COPY = "get an undamaged copy, or open it in Word and save it anew"
NAME_ONE = "name a Word file: .docx or .dotx"

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


@dataclass(frozen=True)
class ReferenceDoc:
    """A vetted reference file."""

    path: Path
    """As it was named."""
    data: bytes
    """A Word file: a template comes as a document."""

    @property
    def place(self) -> Place:
        """Where problems with it are."""
        return Place(self.path.as_posix())

    @property
    def sha256(self) -> str:
        """Fingerprint, in hexadecimal."""
        return sha256(self.data).hexdigest()


def read_reference(path: Path) -> ReferenceDoc:
    """The reference file at a path.

    Raises:
        ProblemsFound: it cannot be read, is no Word file, holds macros, is encrypted, damaged or
            too large.
    """
    data = _bytes_of(path)
    if not data.startswith(ZIP):
        _refuse(path, UNUSABLE, *_what_is(data))
    try:
        files = unpack(data)
    except UnreadableZip as error:
        code = UNUSABLE if error.encrypted else DAMAGED
        mend = "save a copy without a password" if error.encrypted else ANOTHER_COPY
        _refuse(path, code, str(error), NAME_ONE if error.large else mend)
    main_type = _check_kind(path, files)
    _check_xml(path, files)
    _check_relations(path, files)
    if main_type == TEMPLATE_TYPE:
        data = _as_document(files)
    return ReferenceDoc(path, data)


def _refuse(path: Path, code: str, what: str, mend: str) -> NoReturn:
    raise ProblemsFound([Problem(Place(path.as_posix()), code, what, mend)]) from None


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            _refuse(path, UNUSABLE, "is a folder", NAME_ONE)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        _refuse(path, UNUSABLE, what, "name a file that exists and that you may read")
    if len(data) > LARGEST_FILE:
        limit = f"is larger than {LARGEST_FILE // 1_000_000} MB"
        _refuse(path, DAMAGED, limit, "leave large pictures out, or make them smaller")
    return data


def _what_is(data: bytes) -> tuple[str, str]:
    """What a file is that is no zip, and what to do."""
    if not data:
        return "is empty", NAME_ONE
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "is encrypted", "open it in Word and save a copy without a password"
        if "WordDocument".encode("utf-16-le") in data:
            return "is a Word file of the form before 2007 (.doc)", SAVE_AS
        return "is an Office file of the form before 2007", SAVE_AS
    head = data[:256].lstrip().lower()
    for mark, name in HEADS.items():
        if head.startswith(mark.lower()):
            return f"is {name}, not a Word file", NAME_ONE
    return "is no Word file", NAME_ONE


def _check_kind(path: Path, files: Mapping[str, bytes]) -> str:
    """The content type of the main part, if it is that of a Word file without macros."""
    if CONTENT_TYPES not in files:
        if files.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
            _refuse(path, UNUSABLE, "is an OpenDocument file", SAVE_AS)
        _refuse(path, UNUSABLE, "is a zip file without a Word document in it", NAME_ONE)
    types = _content_types(path, files)
    kind = types(_main_part(path, files))
    if ("macroenabled" in kind.lower() and "word" in kind) or _has_macros(files):
        _refuse(path, UNUSABLE, "holds macros", f"{SAVE_AS}, without them")
    if kind in (MAIN_TYPE, TEMPLATE_TYPE):
        return kind
    name = next((name for bit, name in FORMATS.items() if bit in kind), None)
    _refuse(path, UNUSABLE, f"is {name}, not a Word file" if name else "is no Word file", NAME_ONE)


def _has_macros(files: Mapping[str, bytes]) -> bool:
    return any(posixpath.basename(name).lower().startswith("vba") for name in files)


def _content_types(path: Path, files: Mapping[str, bytes]) -> _Types:
    root = _parsed(path, CONTENT_TYPES, files[CONTENT_TYPES])
    by_name = {e.get("PartName", "")[1:].lower(): e for e in root.iter(f"{TYPES}Override")}
    by_end = {e.get("Extension", "").lower(): e for e in root.iter(f"{TYPES}Default")}
    return _Types(by_name, by_end)


@dataclass(frozen=True)
class _Types:
    by_name: Mapping[str, etree._Element]
    by_end: Mapping[str, etree._Element]

    def __call__(self, name: str) -> str:
        end = name.rpartition(".")[2].lower()
        found = self.by_name.get(name.lower(), self.by_end.get(end))
        return "" if found is None else found.get("ContentType", "")


def _main_part(path: Path, files: Mapping[str, bytes]) -> str:
    for relation in _relations(path, "", files):
        if MAIN_RELATION.fullmatch(relation.get("Type", "")):
            if relation.get("Type", "").startswith(STRICT):
                what = 'is saved as "Strict Open XML Document"'
                _refuse(path, UNUSABLE, what, SAVE_AS)
            return _target("", relation)
    _refuse(path, UNUSABLE, "is no Word file: it names no main part", NAME_ONE)


def _check_xml(path: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        if name.endswith((".xml", ".rels")):
            if len(content) > LARGEST_XML:
                what = f"holds more than {LARGEST_XML // 1_000_000} MB of text in {name}"
                _refuse(path, DAMAGED, what, "keep the styles and the cover, not the text")
            _parsed(path, name, content)


def _parsed(path: Path, name: str, content: bytes) -> etree._Element:
    try:
        return parse_untrusted(content)
    except UnreadableXml as error:
        _refuse(path, DAMAGED, f"{error} (in {name})", ANOTHER_COPY)


def _check_relations(path: Path, files: Mapping[str, bytes]) -> None:
    """Refuse a file that names parts which it does not hold, or whose kind it does not say."""
    types = _content_types(path, files)
    known = {name.lower() for name in files}
    for part in ("", *files):
        for relation in _relations(path, part, files):
            if relation.get("TargetMode") == "External":
                continue
            target = _target(part, relation)
            if target.lower() not in known:
                _refuse(path, DAMAGED, f"is damaged: {target} is missing", ANOTHER_COPY)
            if not types(target):
                what = f"is damaged: it does not say what {target} is"
                _refuse(path, DAMAGED, what, ANOTHER_COPY)


def _relations(path: Path, part: str, files: Mapping[str, bytes]) -> Iterator[etree._Element]:
    folder, name = posixpath.split(part)
    own = posixpath.join(folder, "_rels", f"{name}.rels")
    if own in files:
        yield from _parsed(path, own, files[own]).iter(RELATION)


def _target(part: str, relation: etree._Element) -> str:
    target = unquote(relation.get("Target", ""))
    whole = posixpath.join("/", posixpath.dirname(part), target)
    return posixpath.normpath(whole).lstrip("/")


def _as_document(files: Mapping[str, bytes]) -> bytes:
    """A template's files as a document: the same but for the type of its main part."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            if name == CONTENT_TYPES:
                content = content.replace(TEMPLATE_TYPE.encode(), MAIN_TYPE.encode())  # noqa: PLW2901
            archive.writestr(ZipInfo(name), content)
    return stream.getvalue()

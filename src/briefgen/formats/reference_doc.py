"""A file of an organisation's own in whose style Word documents are written: read and vetted.

In: a path. Out: bytes that hold a Word file without macros, whole, within limits. Nothing is
written or laid out before a file has passed; what is done with it stands in `docx/reference.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from briefgen.formats.untrusted_docx import (
    ANOTHER_COPY,
    CONTENT_TYPES,
    MAIN_TYPE,
    TEMPLATE_TYPE,
    Parts,
    UnusableDocx,
    open_docx,
    read_bytes,
)
from briefgen.problems import Place, Problem, ProblemsFound

LARGEST_FILE = 30_000_000
"""Bytes; house files with large pictures have a tenth of it."""
LARGEST_XML = 20_000_000
"""Bytes of one part of text; a book of 500 pages has less."""

UNUSABLE, DAMAGED = "BG065", "BG066"
NAME_ONE = "name a Word file: .docx or .dotx"


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
    try:
        data = read_bytes(path, LARGEST_FILE, "leave large pictures out, or make them smaller")
        parts = open_docx(data)
        _check_xml(parts)
        _check_relations(parts)
    except UnusableDocx as refused:
        code = DAMAGED if refused.is_damaged else UNUSABLE
        problem = Problem(Place(path.as_posix()), code, refused.what, refused.mend or NAME_ONE)
        raise ProblemsFound([problem]) from None
    if parts.type_of(parts.main) == TEMPLATE_TYPE:
        data = _as_document(parts.files)
    return ReferenceDoc(path, data)


def _check_xml(parts: Parts) -> None:
    for name, content in parts.files.items():
        if name.endswith((".xml", ".rels")):
            if len(content) > LARGEST_XML:
                what = f"holds more than {LARGEST_XML // 1_000_000} MB of text in {name}"
                mend = "keep the styles and the cover, not the text"
                raise UnusableDocx(what, mend, is_damaged=True)
            parts.parsed(name)


def _check_relations(parts: Parts) -> None:
    """Refuse a file that names parts which it does not hold, or whose kind it does not say."""
    known = {name.lower() for name in parts.files}
    for part in ("", *parts.files):
        for relation in parts.relations(part):
            if relation.is_external:
                continue
            target = relation.target
            if target.lower() not in known:
                what = f"is damaged: {target} is missing"
                raise UnusableDocx(what, ANOTHER_COPY, is_damaged=True)
            if not parts.type_of(target):
                what = f"is damaged: it does not say what {target} is"
                raise UnusableDocx(what, ANOTHER_COPY, is_damaged=True)


def _as_document(files: Mapping[str, bytes]) -> bytes:
    """A template's files as a document: the same but for the type of its main part."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            if name == CONTENT_TYPES:
                content = content.replace(TEMPLATE_TYPE.encode(), MAIN_TYPE.encode())  # noqa: PLW2901
            archive.writestr(ZipInfo(name), content)
    return stream.getvalue()

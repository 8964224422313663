"""Files that cannot serve as a reference: each is refused, with what it is and what to do."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from briefgen.formats.reference_doc import LARGEST_FILE, read_reference
from briefgen.formats.untrusted_docx import OLE
from briefgen.problems import Problem, ProblemsFound

OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = f"{OFFICE}wordprocessingml.document.main+xml"


def good() -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def changed(change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The good file with its parts changed; a part that becomes nothing is left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
        for name, content in more.items():
            new.writestr(name, content)
    return stream.getvalue()


def typed(kind: str) -> bytes:
    return changed(lambda n, c: c.replace(MAIN.encode(), kind.encode()) if "Types" in n else c)


def in_part(part: str, old: bytes, new: bytes) -> bytes:
    return changed(lambda n, c: c.replace(old, new, 1) if n == part else c)


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def locked(data: bytes) -> bytes:
    """The file with the mark of encryption on its first entry."""
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(head) + at
        data = data[:place] + b"\x01" + data[place + 1 :]
    return data


ROOT_END = b"<w:body>"
LAUGHS = b'<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document'
CASES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "BG065", "is empty"),
    "text": (lambda: b"Dear all,", "BG065", "is no Word file"),
    "pdf": (lambda: b"%PDF-1.7 ...", "BG065", "is a PDF file"),
    "rtf": (lambda: b"{\\rtf1 ...", "BG065", "Rich Text Format"),
    "html": (lambda: b"<!DOCTYPE html><p>", "BG065", "is a web page"),
    "doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), "BG065", "before 2007 (.doc)"),
    "locked": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "BG065", "is encrypted"),
    "locked zip": (lambda: locked(good()), "BG065", "is encrypted"),
    "a zip": (lambda: zipped(a=b"x"), "BG065", "a zip file without a Word document"),
    "odt": (
        lambda: zipped(mimetype=b"application/vnd.oasis.opendocument.text"),
        "BG065",
        "is an OpenDocument file",
    ),
    "xlsx": (
        lambda: typed(f"{OFFICE}spreadsheetml.sheet.main+xml"),
        "BG065",
        "is an Excel workbook",
    ),
    "pptx": (
        lambda: typed(f"{OFFICE}presentationml.presentation.main+xml"),
        "BG065",
        "is a PowerPoint presentation",
    ),
    "docm": (
        lambda: typed("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "BG065",
        "holds macros",
    ),
    "macros": (
        lambda: changed(lambda _, c: c, **{"word/vbaProject.bin": b"x"}),
        "BG065",
        "holds macros",
    ),
    "strict": (
        lambda: in_part(
            "_rels/.rels",
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
        ),
        "BG065",
        'saved as "Strict Open XML Document"',
    ),
    "truncated": (lambda: good()[:-500], "BG066", "is damaged"),
    "half": (lambda: good()[: len(good()) // 2], "BG066", "is damaged"),
    "broken xml": (lambda: in_part("word/styles.xml", b"</w:style>", b""), "BG066", "styles.xml"),
    "a dtd": (lambda: in_part("word/document.xml", b"<w:document", LAUGHS), "BG066", "with a DTD"),
    "no part": (
        lambda: changed(lambda n, c: None if n == "word/styles.xml" else c),
        "BG066",
        "word/styles.xml is missing",
    ),
    "no main part": (
        lambda: changed(lambda n, c: None if n == "word/document.xml" else c),
        "BG066",
        "word/document.xml is missing",
    ),
    "a bomb": (
        lambda: changed(lambda _, c: c, **{"word/media/a.bin": bytes(60_000_000)}),
        "BG066",
        "unpacks to more than 50 MB",
    ),
    "many entries": (
        lambda: zipped(**{str(n): b"" for n in range(5001)}),
        "BG066",
        "more than 5000 files",
    ),
    "huge": (lambda: good() + bytes(LARGEST_FILE), "BG066", "is larger than 30 MB"),
}


def refused(path: Path) -> Problem:
    with pytest.raises(ProblemsFound) as error:
        read_reference(path)
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_file_that_cannot_serve_is_refused(tmp_path: Path, name: str) -> None:
    make, code, what = CASES[name]
    path = tmp_path / "house.docx"
    path.write_bytes(make())
    problem = refused(path)

    assert problem.code == code
    assert what in problem.what
    assert problem.where.file == path.as_posix()
    assert problem.mend


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    closed = tmp_path / "closed.docx"
    closed.write_bytes(good())
    closed.chmod(0)

    assert refused(tmp_path).what == "is a folder"
    assert "No such file" in refused(tmp_path / "none.docx").what
    if os.geteuid():
        assert "Permission denied" in refused(closed).what


def test_a_document_and_a_template_pass(tmp_path: Path) -> None:
    document, template = tmp_path / "a.docx", tmp_path / "a.dotx"
    document.write_bytes(good())
    template.write_bytes(typed(f"{OFFICE}wordprocessingml.template.main+xml"))

    assert read_reference(document).data == document.read_bytes()
    assert docx.Document(io.BytesIO(read_reference(template).data)).styles

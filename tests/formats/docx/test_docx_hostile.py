"""Files that nobody should trust: each is refused, with what to do, or read in bounded time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx_edit import changed, exported, in_part, p, r, snapshot_of, with_snapshot

from briefgen.formats.docx import edited, snapshot
from briefgen.formats.docx.edited import NotReviewable, read_edited
from briefgen.formats.docx.marks import key_of
from briefgen.formats.untrusted_docx import OLE
from briefgen.formats.word_options import WordOptions

DOCUMENT = "word/document.xml"
MAIN = b"wordprocessingml.document.main+xml"
ROOM = 1_500_000_000
"""Bytes of memory within which every file is read or refused, with Python and all modules."""


def refusal(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "edited.docx"
    path.write_bytes(data)
    return refused(path)


def refused(path: Path) -> str:
    with pytest.raises(NotReviewable) as error:
        read_edited(path)
    message = str(error.value)
    assert re.fullmatch(rf"{re.escape(str(path))}: .+\n  help: .+", message)
    return message


def locked(data: bytes) -> bytes:
    """The file with the mark of encryption on its first entry."""
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(head) + at
        data = data[:place] + b"\x01" + data[place + 1 :]
    return data


def typed(kind: bytes) -> bytes:
    return in_part(exported(), "[Content_Types].xml", MAIN, kind)


def without(name: str) -> bytes:
    return changed(exported(), lambda n, c: None if n == name else c)


def added(name: str, content: bytes = b"x") -> bytes:
    return changed(exported(), more={name: content})


def in_text(old: bytes, new: bytes) -> bytes:
    return in_part(exported(), DOCUMENT, old, new)


def before_end(content: str) -> bytes:
    return in_text(b"<w:sectPr", content.encode() + b"<w:sectPr")


LAUGHS = b'<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document'
OUTSIDE = b'<!DOCTYPE w:document SYSTEM "file:///etc/passwd"><w:document'
SECOND = b'<snapshot xmlns="urn:briefgen:snapshot">'
UTF_7 = (b"encoding='UTF-8'", b"encoding='UTF-7'")
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "text": (lambda: b"Dear all,", "is no Word file"),
    "pdf": (lambda: b"%PDF-1.7 ...", "is a PDF file"),
    "doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), "before 2007"),
    "locked": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    "locked zip": (lambda: locked(exported()), "is encrypted"),
    "truncated": (lambda: exported()[:-500], "is damaged"),
    "half": (lambda: exported()[: len(exported()) // 2], "is damaged"),
    "bomb": (lambda: added("word/media/a.bin", bytes(60_000_000)), "unpacks to more than 50 MB"),
    "up": (lambda: added("../a.xml"), 'a file with the name "../a.xml"'),
    "absolute": (lambda: added("/etc/a.xml"), 'a file with the name "/etc/a.xml"'),
    "drive": (lambda: added("C:\\a.xml"), "a file with the name"),
    "dtd": (lambda: in_text(b"<w:document", LAUGHS), "XML with a DTD"),
    "outside": (lambda: in_text(b"<w:document", OUTSIDE), "XML with a DTD"),
    "dtd in notes": (
        lambda: in_part(
            exported(), "word/footnotes.xml", b"<w:footnotes", b"<!DOCTYPE x><w:footnotes"
        ),
        "XML with a DTD",
    ),
    "xml": (lambda: in_text(b"</w:body>", b""), "is damaged"),
    "no body": (
        lambda: changed(exported(), lambda n, c: b"<a/>" if n == DOCUMENT else c),
        "its main part holds no text",
    ),
    "no main part": (lambda: without(DOCUMENT), "word/document.xml is missing"),
    "no notes": (lambda: without("word/footnotes.xml"), "word/footnotes.xml is missing"),
    "no types": (lambda: without("[Content_Types].xml"), "without a Word document in it"),
    "no relations": (lambda: without("_rels/.rels"), "names no main part"),
    "macros": (lambda: added("word/vbaProject.bin"), "holds macros"),
    "docm": (lambda: typed(b"macroEnabled.main+xml word"), "holds macros"),
    "xlsx": (lambda: typed(b"spreadsheetml.sheet.main+xml"), "is an Excel workbook"),
    "strict": (
        lambda: in_part(
            exported(),
            "_rels/.rels",
            b"schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
            b"purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
        ),
        "Strict Open XML",
    ),
    "paragraphs": (lambda: before_end("<w:p/>" * 20_001), "more than 20000 paragraphs"),
    "tags": (lambda: before_end("<w:r/>" * 400_001), "more than 400000 tags"),
    "tags in relations": (
        lambda: in_part(exported(), "_rels/.rels", b"</Rel", b"<a/>" * 400_001 + b"</Rel"),
        "more than 400000 tags in _rels/.rels",
    ),
    "tags in data": (
        lambda: added("customXml/item99.xml", SECOND + b"<a/>" * 400_001 + b"</snapshot>"),
        "more than 400000 tags in customXml/item99.xml",
    ),
    "tags in many parts": (
        lambda: changed(
            exported(),
            more={f"customXml/item9{n}.xml": SECOND + b"<a/>" * 150_000 for n in range(3)},
        ),
        "more than 400000 tags of data",
    ),
    "deep": (lambda: before_end("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "is damaged"),
    "long": (lambda: before_end(p(r("x" * 20_000_000))), "more than 20 MB of text in"),
    "another encoding": (lambda: in_text(*UTF_7), "neither in UTF-8 nor in UTF-16"),
    "final": (lambda: exported(WordOptions(final=True)), "a --final copy or a file that briefgen"),
    "two snapshots": (
        lambda: added("customXml/item99.xml", SECOND + b"{}</snapshot>"),
        "carries 2 snapshots",
    ),
    "broken snapshot": (
        lambda: added("customXml/item99.xml", SECOND),
        "is damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_not_what_it_should_be_is_refused(name: str, tmp_path: Path) -> None:
    make, what = FILES[name]

    assert what in refusal(make(), tmp_path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert "cannot be read: No such file" in refused(tmp_path / "none.docx")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(edited, "LARGEST_FILE", 1_000)

    assert "is larger than 0 MB" in refusal(exported(), tmp_path)


def test_a_name_in_the_file_does_not_steer_the_terminal(tmp_path: Path) -> None:
    relation = "<Relationship Id='x' Type='a/footer' Target='\u009b31m{}'/>".format("n" * 999)
    end = b"</Relationships>"
    name = "word/_rels/document.xml.rels"
    message = refusal(in_part(exported(), name, end, relation.encode() + end), tmp_path)

    assert "\\u009b31m" in message
    assert len(message) < 600


def first_field(whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["paragraphs"][0]["fields"][0]
    return found


def renamed(name: str) -> Callable[[dict[str, Any]], object]:
    """A field with a name that is not one, and the key that belongs to it."""
    return lambda s: first_field(s).update(field=name, key=key_of(name, 0))


FORGED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "form": (lambda s: s.update(snapshot=1), "of another form 1; this briefgen reads form 2"),
    "large form": (lambda s: s.update(snapshot=10**9), "of another form; this"),
    "no form": (lambda s: s.pop("snapshot"), "damaged, at snapshot"),
    "form is a word": (lambda s: s.update(snapshot="2"), "damaged, at snapshot"),
    "more keys": (lambda s: s.update(more=1), "damaged, at more"),
    "fewer keys": (lambda s: s.pop("values"), "damaged, at values"),
    "dossier": (lambda s: s.update(dossier="../secrets"), "damaged, at dossier"),
    "edition": (lambda s: s.update(edition="A B"), "damaged, at edition"),
    "layout": (lambda s: s.update(layout="/etc"), "damaged, at layout"),
    "long id": (lambda s: s.update(dossier="a" * 101), "damaged, at dossier"),
    "length": (lambda s: s.update(length="novel"), "damaged, at length"),
    "data": (lambda s: s.update(data="x" * 64), "damaged, at data"),
    "control character": (lambda s: s.update(version="1\u0085"), "damaged, at version"),
    "another key": (
        lambda s: first_field(s).update(key=key_of("areas/x/title", 0)),
        "damaged, at paragraphs.0.fields.0",
    ),
    "another copy": (lambda s: first_field(s).update(copy=1), "damaged, at paragraphs.0.fields.0"),
    "a key twice": (
        lambda s: s["paragraphs"].append(s["paragraphs"][0]),
        "damaged, at its start",
    ),
    "parent": (renamed("areas/../title"), "damaged, at paragraphs.0.fields.0.field"),
    "root": (renamed("/etc/passwd"), "damaged, at paragraphs.0.fields.0.field"),
    "backslash": (renamed("areas/a\\b"), "damaged, at paragraphs.0.fields.0.field"),
    "no path": (renamed("areas"), "damaged, at paragraphs.0.fields.0.field"),
    "long name": (renamed("areas/" + "a" * 300), "damaged, at paragraphs.0.fields.0.field"),
    "value's name": (lambda s: s["values"].update({"../a": "x"}), "damaged, at values"),
    "offset beyond": (lambda s: first_field(s).update(to=6), "damaged, at paragraphs.0"),
    "offset turned": (lambda s: first_field(s).update({"from": 5, "to": 4}), "at paragraphs.0"),
    "offset below": (lambda s: first_field(s).update({"from": -1}), "at paragraphs.0"),
    "offset is text": (lambda s: first_field(s).update({"from": "0"}), "at paragraphs.0"),
    "note beyond": (lambda s: s["paragraphs"][1].update(notes=[[99, "1"]]), "at paragraphs.1"),
    "note's id": (lambda s: s["notes"].update({"../1": s["notes"]["1"]}), "damaged, at notes"),
    "claim": (lambda s: s["notes"]["1"].update(claims=["No Id"]), "damaged, at notes.1.claims.0"),
    "many fields": (
        lambda s: s["paragraphs"][0].update(fields=[first_field(s)] * 1_001),
        "damaged, at paragraphs.0.fields",
    ),
    "long text": (lambda s: s["paragraphs"][0].update(text="x" * 100_001), "at paragraphs.0.text"),
}


@pytest.mark.parametrize("name", sorted(FORGED))
def test_a_forged_snapshot_is_refused(name: str, tmp_path: Path) -> None:
    forge, what = FORGED[name]
    data = exported()
    whole = snapshot_of(data)
    forge(whole)

    message = refusal(with_snapshot(data, whole), tmp_path)
    assert f"carries a snapshot {what}" in message or (
        "carries a snapshot that is damaged" in message and what in message
    )


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", "null", "[" * 99_999, '{"snapshot": 1e999}', '{"snapshot": NaN}']
)
def test_what_is_no_snapshot_is_refused(text: str, tmp_path: Path) -> None:
    assert "carries a snapshot that is damaged" in refusal(
        with_snapshot(exported(), text), tmp_path
    )


def test_a_snapshot_that_is_too_large_is_not_parsed(tmp_path: Path) -> None:
    data = with_snapshot(exported(), " " * (snapshot.LARGEST + 1))

    assert "larger than 4 MB" in refusal(data, tmp_path)


def test_a_file_of_another_form_names_the_remedy(tmp_path: Path) -> None:
    data = exported()
    old = {**snapshot_of(data), "snapshot": 1}

    assert "the briefgen that exported it" in refusal(with_snapshot(data, old), tmp_path)


def many(pieces: str, count: int) -> Callable[[], bytes]:
    return lambda: before_end(pieces * count)


BOOKMARK = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>'
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
INSERTED = '<w:ins w:id="1" w:author="A" w:date="D{}">'
COSTLY: dict[str, Callable[[], bytes]] = {
    "nothing": exported,
    "runs": many(f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 20}</w:p>", 6_000),
    "open bookmarks": lambda: before_end(
        "<w:p>"
        + "".join(BOOKMARK.format(n + 99, key_of("areas/a/b", n)) for n in range(20_000))
        + "</w:p>"
        + "<w:p/>" * 19_000
        + "".join(f'<w:bookmarkEnd w:id="{n + 99}"/>' for n in range(20_000))
    ),
    "open comments": lambda: before_end(
        "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(20_000))
        + "<w:p/>" * 19_000
        + "".join(f'<w:commentRangeEnd w:id="{n}"/>' for n in range(20_000))
    ),
    "open fields": lambda: before_end(
        f"<w:p>{BEGIN * 30_000}{SEPARATE * 30_000}{'<w:r><w:t>x</w:t></w:r>' * 30_000}"
        f"{END * 30_000}</w:p>"
    ),
    "codes": lambda: before_end(
        f"<w:p>{BEGIN}{'<w:r><w:instrText>x</w:instrText></w:r>' * 40_000}{SEPARATE * 40_000}"
        f"{END}</w:p>"
    ),
    "nested changes": lambda: before_end(
        "<w:p>"
        + "".join(INSERTED.format(n) for n in range(200))
        + "<w:r><w:t>x</w:t></w:r>" * 60_000
        + "</w:ins>" * 200
        + "</w:p>"
    ),
    "changes": lambda: before_end(
        "<w:p>"
        + "".join(f"{INSERTED.format(n)}<w:r><w:t>x</w:t></w:r></w:ins>" for n in range(60_000))
        + "</w:p>"
    ),
    "attributes": lambda: before_end(
        "<w:p " + " ".join(f"a{n}='x'" for n in range(200_000)) + "/>"
    ),
    "styles": lambda: in_part(
        exported(),
        "word/styles.xml",
        b"</w:styles>",
        "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
            for n in range(60_000)
        ).encode()
        + b"</w:styles>",
    ),
}  # fmt: skip
PROBE = """
import resource, sys
from pathlib import Path
from briefgen.formats.docx.edited import NotReviewable, read_edited, reject_all
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
try:
    read = read_edited(Path(sys.argv[1]))
    print(len(read.paragraphs()), len(read.paragraphs(reject_all)), len(read.revisions))
except NotReviewable as error:
    print(error)
"""


@pytest.mark.parametrize("name", list(COSTLY))
def test_what_is_costly_is_read_in_bounded_memory_and_time(name: str, tmp_path: Path) -> None:
    """By a process of its own, which the system ends where it takes more."""
    path = tmp_path / "edited.docx"
    path.write_bytes(COSTLY[name]())
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, str(path), str(ROOM)],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (ran.returncode, ran.stderr) == (0, "")

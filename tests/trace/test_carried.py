"""Reading the ledger of a file that may come from anyone."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from traceable import LEDGER, bomb, table_bomb, write_docx, write_html, write_pdf

from briefgen.trace import apart, carried
from briefgen.trace.carried import NotTraceable, read_carried


@pytest.mark.parametrize(
    ("write", "name"), [(write_pdf, "a.pdf"), (write_docx, "a.docx"), (write_html, "a.html")]
)
def test_each_format_gives_the_same_ledger(
    write: Callable[[Path], Path], name: str, tmp_path: Path
) -> None:
    read = read_carried(write(tmp_path / name))

    assert (read.dossier, read.edition, read.length) == ("harbours", "crews", "brief")
    assert [passage.page for passage in read.ledger.passages] == [1, 2, 2, 3, 2, 3]
    assert read.ledger.claims[0].evidence[0].credibility == 3
    assert read.ledger.claims[1].basis == ("piers-cost",)


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    assert read_carried(write_pdf(tmp_path / "brief.bin")).edition == "crews"


def refusal(path: Path) -> str:
    with pytest.raises(NotTraceable) as caught:
        read_carried(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n  help: " in message
    return message


def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>x</body></html>")
    (tmp_path / "a.txt").write_text("words")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "a.pdf")

    assert "carries no ledger" in refusal(tmp_path / "a.html")
    assert "carries no ledger" in refusal(tmp_path / "a.pdf")
    assert "carries no ledger" in refusal(write_docx(tmp_path / "a.docx", "<ledger/>"))
    assert "is no PDF, DOCX or HTML file" in refusal(tmp_path / "a.txt")
    assert "is no file" in refusal(tmp_path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    for path in (write_pdf(tmp_path / "a.pdf"), write_docx(tmp_path / "a.docx")):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 3])

        refusal(path)
    assert "is damaged" in refusal(write_docx(tmp_path / "b.docx", "<ledger"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"ledger": 1, "passages": 5}',
        '{"ledger": 1, "passages": [5]}',
        "[" * 99999,
    ],
)
def test_a_ledger_that_is_no_ledger_is_refused(text: str, tmp_path: Path) -> None:
    refusal(write_pdf(tmp_path / "a.pdf", text.encode()))


def test_a_ledger_of_a_later_form_is_refused(tmp_path: Path) -> None:
    later = json.dumps(LEDGER | {"ledger": 2})

    assert "carries a ledger of another form 2; this briefgen reads form 1" in refusal(
        write_html(tmp_path / "a.html", later)
    )


def test_an_encrypted_file_is_refused_and_one_without_password_is_not(tmp_path: Path) -> None:
    locked = write_pdf(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    open_to_read = write_pdf(tmp_path / "b.pdf", encryption=pikepdf.Encryption(owner="o", user=""))

    assert "is encrypted" in refusal(locked)
    assert read_carried(open_to_read).edition == "crews"


def test_xml_with_a_dtd_is_refused(tmp_path: Path) -> None:
    xml = (
        '<!DOCTYPE ledger [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        '<ledger xmlns="urn:briefgen:ledger">&x;</ledger>'
    )

    assert "holds XML with a DTD" in refusal(write_docx(tmp_path / "a.docx", xml))


def test_what_unpacks_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "LARGEST_LEDGER", 1_000_000)
    (tmp_path / "a.docx").write_bytes(bomb(3_000_000))
    write_pdf(tmp_path / "a.pdf", b" " * 3_000_000)
    write_html(tmp_path / "a.html", " " * 3_000_000)

    for name in ("a.docx", "a.pdf", "a.html"):
        assert (tmp_path / name).stat().st_size < 1_000_000 or name == "a.html"
        assert "carries a ledger larger than 1 MB" in refusal(tmp_path / name)


def test_a_file_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    monkeypatch.setattr(carried, "LARGEST_FILE", path.stat().st_size)
    assert read_carried(path).edition == "crews"

    monkeypatch.setattr(carried, "LARGEST_FILE", path.stat().st_size - 1)
    assert "is larger than" in refusal(path)


HOSTILE: dict[str, tuple[Any, str]] = {
    "a dossier that is a list": ({"dossier": [[[]]]}, "damaged, at dossier"),
    "a version that is a number": ({"version": 1.0}, "damaged, at version"),
    "a name of 5,000 letters": ({"edition": "a" * 5_000}, "damaged, at edition"),
    "passages that are words": ({"passages": "words"}, "damaged, at "),
    "passages that are a mapping": ({"passages": {"text": "a"}}, "damaged, at "),
    "a field that is a list": ({"passages": [{"text": "a", "field": ["a"]}]}, "'field'"),
    "a statement that is none": ({"claims": [{"id": "a", "statement": None}]}, "'kind'"),
    "evidence that is words": ({"claims": [{"evidence": ["a"]}]}, "damaged, at "),
    "a page without end": ({"passages": [{"text": "a", "page": float("inf")}]}, "'page'"),
    "a page of 4,000 digits": ({"passages": [{"text": "a", "page": 10**3999}]}, "a number"),
    "half a character": ({"issued": "\ud800"}, "the control character U+D800"),
    "a command to the terminal": ({"issued": "\x1b[2J"}, "the control character U+001B"),
    "a key with a null byte": ({"\0": 1}, "the control character U+0000"),
    "a form that is words": ({"ledger": "x" * 9_000}, "another form; this"),
    "a form that is a tower": ({"ledger": 10**3999}, "another form; this"),
    "too many passages": ({"passages": [{}] * 10_001}, "more than 10000 passages"),
    "too many claims": ({"claims": [{}] * 2_001}, "more than 2000 claims"),
    "a long text": ({"passages": [{"text": "a" * 100_001}]}, "more than 100000 characters"),
}


@pytest.mark.parametrize(("changed", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_ledger_of_wrong_or_endless_values_is_refused_in_few_words(
    changed: dict[str, Any], why: str, tmp_path: Path
) -> None:
    message = refusal(write_html(tmp_path / "a.html", json.dumps(LEDGER | changed)))

    assert why in message
    assert len(message) - len(str(tmp_path)) < 300


@pytest.mark.parametrize("depth", [300, 900, 5_000])
@pytest.mark.parametrize("key", ["dossier", "passages", "claims", "ledger", "other"])
def test_nesting_of_any_depth_ends_in_no_traceback(key: str, depth: int, tmp_path: Path) -> None:
    whole = json.dumps({**LEDGER, key: "here"}).replace('"here"', "[" * depth + "]" * depth)
    path = write_html(tmp_path / "a.html", whole)

    if key == "other" and depth < 1_000:
        assert read_carried(path).edition == "crews"
    else:
        assert len(refusal(path)) - len(str(tmp_path)) < 300


def test_a_file_with_two_ledgers_is_refused(tmp_path: Path) -> None:
    html = write_html(tmp_path / "a.html").read_text("utf-8")
    script = html[html.index("<script") : html.index("</body>")]
    (tmp_path / "a.html").write_text(html.replace("</body>", f"{script}</body>"), "utf-8")
    docx = write_docx(tmp_path / "a.docx")
    with ZipFile(docx, "a") as archive:
        archive.writestr("customXml/item3.xml", archive.read("customXml/item2.xml"))

    assert "carries 2 ledgers" in refusal(tmp_path / "a.html")
    assert "carries 2 ledgers" in refusal(docx)


@pytest.mark.parametrize("xml", ['encoding="utf-16"', 'encoding="x-none"', 'standalone="yes"'])
def test_an_encoding_that_does_not_fit_is_refused(xml: str, tmp_path: Path) -> None:
    text = f'<?xml version="1.0" {xml}?><ledger xmlns="urn:briefgen:ledger">{{</ledger>'

    assert "is damaged" in refusal(write_docx(tmp_path / "a.docx", text)) or "standalone" in xml


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<!DOCTYPE ledger [<!ENTITY e0 "lol">{steps}]>'
        '<ledger xmlns="urn:briefgen:ledger">&e9;</ledger>'
    )

    refusal(write_docx(tmp_path / "a.docx", xml))


@pytest.mark.parametrize("method", [1, 9, 12, 14, 95, 98])
def test_a_zip_that_says_it_is_packed_otherwise_is_refused(method: int, tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx")
    data = bytearray(path.read_bytes())
    for sign, at in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        found = data.find(sign)
        while found >= 0:
            data[found + at : found + at + 2] = bytes([method, 0])
            found = data.find(sign, found + 4)
    path.write_bytes(data)

    assert "is damaged" in refusal(path)


def test_zips_with_wrong_bytes_are_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - the same bytes in every run
    good = write_docx(tmp_path / "a.docx").read_bytes()
    refused = 0
    for _ in range(600):
        data = bytearray(good)
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(4, len(data))
            data[at : at + chance.choice((0, 1, 1, 9))] = chance.randbytes(chance.choice((0, 1, 5)))
        (tmp_path / "b.docx").write_bytes(data)
        try:
            read_carried(tmp_path / "b.docx")
        except NotTraceable:
            refused += 1

    assert refused > 300


@pytest.mark.parametrize("part", ["objects", "table"])
def test_tables_that_unfold_without_end_do_not_fill_the_memory(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MEMORY", 300_000_000)
    assert read_carried(write_pdf(tmp_path / "b.pdf")).edition == "crews"
    path = tmp_path / "a.pdf"
    path.write_bytes(table_bomb(400_000_000, part))
    before = getrusage(RUSAGE_CHILDREN).ru_maxrss

    assert refusal(path)

    # Kilobytes; what other tests' processes took before counts too.
    assert getrusage(RUSAGE_CHILDREN).ru_maxrss <= max(before, 300_000)


def test_a_module_in_the_folder_at_hand_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pikepdf.py").write_text("raise SystemExit(7)")
    (tmp_path / "briefgen").mkdir()
    monkeypatch.chdir(tmp_path)

    assert read_carried(write_pdf(tmp_path / "a.pdf")).edition == "crews"


def test_a_pdf_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.001)

    assert "needs more memory or time" in refusal(write_pdf(tmp_path / "a.pdf"))

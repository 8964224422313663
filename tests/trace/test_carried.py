"""Reading the ledger of a file that may come from anyone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from traceable import LEDGER, bomb, write_docx, write_html, write_pdf

from briefgen.trace import carried
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

    assert "carries a ledger of form 2" in refusal(write_html(tmp_path / "a.html", later))


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

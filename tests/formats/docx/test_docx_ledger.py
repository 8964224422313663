"""The ledger in the Word file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import docx
from docx_opened import Opened
from docx_sample import document_of, word_style
from openxml_audit import OpenXmlValidator

from briefgen.document.ledger import CitedSource, Ground, Ledger, Passage, Quote
from briefgen.document.model import Document
from briefgen.formats.docx.render import render_docx
from briefgen.trace.carried import read_carried

LEDGER = Ledger(
    (Passage("areas/x/summary", "One & <two>.", ("a",), 1),),
    (
        Ground(
            *("a", "fact", "One.", "2020", "current", None, None, ()),
            (Quote("s", "one two three", "supports", 2, None, None),),
        ),
    ),
    (CitedSource("s", "Holm, ‘Ships’", "A captain.", None),),
)


def document() -> Document:
    return replace(document_of("<p>x</p>"), ledger=LEDGER, dossier="harbours", edition="crews")


def test_a_word_file_carries_its_ledger(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(render_docx(document(), word_style()))

    read = read_carried(path)

    assert read.ledger == LEDGER
    assert (read.dossier, read.edition, read.version) == ("harbours", "crews", document().version)


def test_the_part_has_its_properties_and_the_file_stays_valid(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(render_docx(document(), word_style()))

    opened = Opened(path.read_bytes())
    assert {
        name for name in opened.names if name.startswith("customXml/item1") or "/item1" in name
    } == {
        "customXml/item1.xml",
        "customXml/_rels/item1.xml.rels",
    }
    assert "customXml/itemProps1.xml" in opened.names
    assert json.loads(opened.part("customXml/item1.xml").text or "")["ledger"] == 1
    assert OpenXmlValidator().validate(path).errors == []


def test_the_ledger_survives_another_program(tmp_path: Path) -> None:
    first, second = tmp_path / "a.docx", tmp_path / "b.docx"
    first.write_bytes(render_docx(document(), word_style()))
    docx.Document(str(first)).save(str(second))

    assert read_carried(second).ledger == LEDGER

"""The pages of passages: what the ledger says is where a reader finds the text."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tagged import letters

from briefgen.build.engine import Engine
from briefgen.build.fit import fit
from briefgen.build.project import find_targets, load_project
from briefgen.document.ledger import Ledger, Passage
from briefgen.formats.pdf import LaidOut
from briefgen.formats.pdf_pages import with_pages
from briefgen.formats.pdf_structure import Mark, Node, Structure

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def laid_out() -> LaidOut:
    """A brief of many pages with many notes."""
    project = load_project(ROOT)
    return fit(find_targets(project, ["india"])[0], "full", Engine(project)).laid_out


@pytest.fixture(scope="module")
def data(laid_out: LaidOut) -> bytes:
    return laid_out.pdf()


@pytest.fixture(scope="module")
def ledger(data: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        read: dict[str, Any] = json.loads(pdf.attachments["ledger.json"].get_file().read_bytes())
    return read


@pytest.fixture(scope="module")
def pages(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The letters of each page, as a reader's tools extract them."""
    path = tmp_path_factory.mktemp("pages") / "brief.pdf"
    path.write_bytes(data)
    run = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True)
    return [letters(text) for text in run.stdout.decode().split("\f")[:-1]]


def test_every_passage_has_a_page(ledger: dict[str, Any], pages: list[str]) -> None:
    found = [passage.get("page") for passage in ledger["passages"]]

    assert len(pages) > 5
    assert set(found) == set(range(1, len(pages) + 1))


def test_a_passage_starts_on_its_page(ledger: dict[str, Any], pages: list[str]) -> None:
    """By its first letters; most stand on one page only, so that there is no other answer."""
    only = 0
    for passage in ledger["passages"]:
        start = letters(passage["text"])[:30]
        on = [number for number, text in enumerate(pages, start=1) if start in text]
        # What a page's end breaks off is found on no single page.
        assert passage["page"] in on or not on, passage["text"]
        only += len(on) == 1
    assert only > 0.4 * len(ledger["passages"])


def test_the_text_stands_in_page_order(ledger: dict[str, Any]) -> None:
    body = [p["page"] for p in ledger["passages"] if not p.get("is_note")]
    notes = [p["page"] for p in ledger["passages"] if p.get("is_note")]

    assert body == sorted(body)
    assert notes == sorted(notes)
    assert len(notes) > 50


class Box:
    def __init__(self, text: str) -> None:
        self.text = text


def structure(*runs: tuple[int, str]) -> Structure:
    marks: list[Node | Mark] = [Mark(page, Box(text)) for page, text in runs]
    return Structure(Node("Document", kids=[*marks]), [])


def pages_of(texts: list[str], *runs: tuple[int, str]) -> list[int | None]:
    ledger = Ledger(passages=tuple(Passage("", text) for text in texts))
    return [passage.page for passage in with_pages(ledger, structure(*runs)).passages]


def test_a_passage_may_be_broken_and_hyphenated_anywhere() -> None:
    assert pages_of(["A coop\u00aderation.", "Next"], (0, "A co-"), (1, "operation. Next")) == [
        1,
        2,
    ]


def test_the_same_words_twice_are_two_passages() -> None:
    assert pages_of(["Risk", "Text", "Risk"], (0, "Risk Text"), (3, "Risk")) == [1, 1, 4]


def test_a_passage_without_letters_is_where_the_one_before_ends() -> None:
    assert pages_of(["One", ",", "Two"], (0, "One,"), (1, "Two")) == [1, 1, 2]


def test_what_is_not_printed_has_no_page_and_the_rest_keeps_its_own() -> None:
    assert pages_of(["One", "Hidden", "Two"], (0, "One"), (1, "Two")) == [1, None, 2]


def test_an_empty_document_has_no_pages() -> None:
    assert pages_of(["One", "."]) == [None, None]

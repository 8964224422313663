"""LibreOffice lays the file out as a brief, on the pages that its contents list names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from docx_office import OpenedInOffice, open_in_office
from docx_opened import Opened, entries_of
from docx_sample import sample, word_style

from briefgen.build.engine import Engine
from briefgen.build.project import load_project
from briefgen.edition.tailor import tailor
from briefgen.formats.docx.render import render_docx
from briefgen.formats.docx.word_style import load_word_style

ROOT = Path(__file__).parents[3]
EDITIONS = ("india", "overview", "european-sceptic")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    project = load_project(ROOT, loose_ends=False)
    engine, loaded = Engine(project), project.dossiers["japan-nato"]
    made = {"sample": render_docx(sample(), word_style())}
    for name in EDITIONS:
        edition = loaded.editions[name].edition
        document = engine.compose(tailor(loaded.dossier, edition, "full"))
        made[name] = render_docx(document, load_word_style(engine.layout(edition.layout)))
    return made


@pytest.fixture(scope="module")
def opened(
    files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, OpenedInOffice]:
    return open_in_office(files, tmp_path_factory.mktemp("office"))


def test_libreoffice_lays_the_sample_out_on_a_few_pages(opened: dict[str, OpenedInOffice]) -> None:
    with pikepdf.open(opened["sample"].pdf) as pdf:
        assert 4 <= len(pdf.pages) <= 7  # the annex starts a page
        assert str(pdf.docinfo["/Title"]) == "Open harbours first"


def test_the_contents_list_names_the_pages_that_libreoffice_finds(
    files: dict[str, bytes], opened: dict[str, OpenedInOffice]
) -> None:
    # Where a heading fits on a page by a point or two, it may stand on the next one there, and so
    # may those behind it, up to where a style starts a page.
    off = []
    for name in EDITIONS:
        pages = dict(headings_of(opened[name].pdf))
        off += [int(page) - pages[text] for text, page in entries_of(Opened(files[name]))]

    assert len(off) == 9 * len(EDITIONS)
    assert set(off) <= {-1, 0, 1}
    assert off.count(0) >= 0.8 * len(off)


def test_an_update_finds_the_same_entries(
    files: dict[str, bytes], opened: dict[str, OpenedInOffice]
) -> None:
    for name in EDITIONS:
        entries = [text for text, _ in entries_of(Opened(files[name]))]
        updated = [text for text, _ in entries_of(Opened(opened[name].updated))]

        # LibreOffice lists paragraphs with an outline level of their own as well; Word does not.
        assert updated == ["Key messages", *entries]


def headings_of(path: Path) -> Iterator[tuple[str, int]]:
    """The headings of a PDF, each with its page from 1."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        for item in outline.root:
            assert item.destination is not None
            yield " ".join(item.title.split()), numbers[item.destination[0].objgen]

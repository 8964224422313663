"""LibreOffice opens the file and lays it out as a brief, with the page furniture of the PDF."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from docx_office import office
from docx_sample import sample, word_style
from shipped import Case, cases, engine, target_of

from briefgen.build.fit import Fitted, fit
from briefgen.formats.docx.render import render_docx
from briefgen.formats.word_options import WordOptions

CASES = [
    case
    for case in cases()
    if case[:2] == ("japan-nato", "india")
    or (case[:2] == ("bus-lanes", "overview") and case[3] == "full")
]
MOST_MORE = 0.15
"""Share of its pages that a file may have more or fewer than the PDF: other faces, other breaks."""


class Page(NamedTuple):
    """The furniture of a page."""

    size: tuple[int, int]
    """In points."""
    head: str
    """Its first line."""
    foot: str
    """Its last line, without the number of pages."""


def pages_of(path: Path) -> list[Page]:
    """The pages of a PDF on disk."""
    command = ["pdftotext", "-layout", str(path), "-"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    with pikepdf.open(path) as pdf:
        boxes = [[round(float(side)) for side in sheet.mediabox[2:]] for sheet in pdf.pages]
    found = []
    for (width, height), text in zip(boxes, ran.stdout.split("\f")[:-1], strict=True):
        lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        foot = re.sub(rf" of {len(boxes)}$", "", lines[-1])
        found.append(Page((width, height), lines[0], foot))
    return found


@cache
def fitted(case: Case) -> Fitted:
    return fit(target_of(case), case[3], engine(case[0]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample and every case as PDF by LibreOffice, started once."""
    place = tmp_path_factory.mktemp("libreoffice")
    (place / "sample.docx").write_bytes(render_docx(sample(), word_style()))
    embedding = WordOptions(embed_fonts=True)
    (place / "embedding.docx").write_bytes(render_docx(sample(), word_style(), embedding))
    for case in CASES:
        made = engine(case[0]).render(fitted(case).document, case[2], "docx")
        (place / f"{'-'.join(case)}.docx").write_bytes(made)
    office(place, "pdf", *sorted(place.glob("*.docx")))
    return place


def test_the_sample_takes_a_few_pages(folder: Path) -> None:
    with pikepdf.open(folder / "sample.pdf") as pdf:
        assert 4 <= len(pdf.pages) <= 7  # the annex starts a page
        assert str(pdf.docinfo["/Title"]) == "Open harbours first"


def test_text_is_set_in_the_faces_that_the_file_carries(folder: Path) -> None:
    with pikepdf.open(folder / "embedding.pdf") as pdf:
        names = {
            str(thing.BaseFont).partition("+")[2]
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing
        }

    assert {f"SourceSerifPro-{style}" for style in ("Regular", "Bold", "It")} <= names
    assert {f"SourceSansPro-{style}" for style in ("Regular", "Bold")} <= names
    assert not any("Carlito" in name or "Caladea" in name for name in names)


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_pages_have_the_furniture_of_the_pdf(case: Case, folder: Path) -> None:
    pdf = folder / "ours.pdf"
    pdf.write_bytes(fitted(case).laid_out.pdf())
    ours, theirs = pages_of(pdf), pages_of(folder / f"{'-'.join(case)}.pdf")
    budget = fitted(case).brief.rule.pages
    document = fitted(case).document
    running = f"{document.title} {document.edition_label}"

    assert theirs[0] == ours[0]
    assert theirs[0].head != running
    assert {page.head for page in theirs[1:]} <= {running}
    assert {page.head for page in ours[1:]} <= {running}
    assert {page.size for page in theirs} == {ours[0].size}
    for number, page in enumerate(theirs, start=1):
        assert page.foot == ours[0].foot.removesuffix(" 1") + f" {number}"
    assert abs(len(theirs) - len(ours)) <= MOST_MORE * len(ours)
    assert case[3] == "full" or len(theirs) <= budget

"""LibreOffice opens the file and lays it out as a brief."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pikepdf
from docx_sample import sample, word_style

from briefgen.formats.docx import render_docx
from briefgen.formats.word_options import FOR_EDITING, WordOptions


def laid_out(tmp_path: Path, options: WordOptions = FOR_EDITING) -> pikepdf.Pdf:
    """The sample as LibreOffice prints it."""
    soffice = shutil.which("soffice")
    assert soffice, "this test needs LibreOffice: apt-get install libreoffice-writer-nogui"
    path = tmp_path / "sample.docx"
    path.write_bytes(render_docx(sample(), word_style(), options))
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return pikepdf.open(tmp_path / "sample.pdf")


def test_libreoffice_lays_the_sample_out_on_a_few_pages(tmp_path: Path) -> None:
    with laid_out(tmp_path) as pdf:
        assert 4 <= len(pdf.pages) <= 7  # the annex starts a page
        assert str(pdf.docinfo["/Title"]) == "Open harbours first"


def test_libreoffice_sets_the_text_in_the_faces_that_the_file_carries(tmp_path: Path) -> None:
    with laid_out(tmp_path, WordOptions(embed_fonts=True)) as pdf:
        names = {
            str(thing.BaseFont).partition("+")[2]
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing
        }

    assert {f"SourceSerifPro-{style}" for style in ("Regular", "Bold", "It")} <= names
    assert {f"SourceSansPro-{style}" for style in ("Regular", "Bold")} <= names
    assert not any("Carlito" in name or "Caladea" in name for name in names)

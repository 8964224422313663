"""LibreOffice opens the file and lays it out as a brief."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pikepdf
from docx_sample import sample, word_style

from briefgen.formats.docx import render_docx


def test_libreoffice_lays_the_sample_out_on_a_few_pages(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    assert soffice, "this test needs LibreOffice: apt-get install libreoffice-writer-nogui"
    path = tmp_path / "sample.docx"
    path.write_bytes(render_docx(sample(), word_style()))

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

    with pikepdf.open(tmp_path / "sample.pdf") as pdf:
        assert 4 <= len(pdf.pages) <= 7  # the annex starts a page
        assert str(pdf.docinfo["/Title"]) == "Open harbours first"

"""The file as a file: valid, reproducible, honest about itself."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import docx
from docx_opened import Opened, find, values
from docx_sample import document_of, sample, theme, word_style

from briefgen.formats.docx.render import render_docx

PRINT_DIGEST = """
import hashlib
from docx_sample import sample, word_style
from briefgen.formats.docx.render import render_docx
print(hashlib.sha256(render_docx(sample(), word_style())).hexdigest())
"""


def test_python_docx_reads_the_file_back() -> None:
    file = docx.Document(BytesIO(render_docx(sample(), word_style())))

    assert file.paragraphs[1].text == "Open harbours first"
    assert file.core_properties.language == "en-GB"


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_docx(sample(), word_style()) == render_docx(sample(), word_style())


def test_the_bytes_do_not_depend_on_the_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": ":".join(filter(None, sys.path)), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def test_the_archive_carries_no_clock_and_no_leftovers() -> None:
    with ZipFile(BytesIO(render_docx(sample(), word_style()))) as archive:
        entries = archive.infolist()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries][:3] == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
    ]
    assert not any(
        word in entry.filename
        for entry in entries
        for word in ("thumbnail", "stylesWithEffects", "webSettings")
    )


def test_the_properties_come_from_the_document() -> None:
    blob = render_docx(document_of("<p>x</p>", issued="2026-11~"), word_style())
    core = docx.Document(BytesIO(blob)).core_properties

    assert (core.title, core.author, core.keywords) == (
        "Open harbours first",
        "Island desk",
        "harbours, league",
    )
    assert core.created is not None
    assert core.created.isoformat()[:10] == "2026-11-01"
    assert core.created == core.modified
    assert (core.last_modified_by, core.comments) == ("", "")


def test_custom_properties_leave_out_what_the_document_lacks() -> None:
    opened = Opened(render_docx(document_of("<p>x</p>", handling=None), word_style()))
    custom = opened.part("docProps/custom.xml")

    assert values(custom, "//@name") == ["Series", "Edition", "Version", "Issued", "Status"]
    assert values(custom, "//@pid") == ["2", "3", "4", "5", "6"]


def test_the_language_is_the_documents() -> None:
    opened = Opened(render_docx(document_of("<p>x</p>", language="en-US"), word_style()))

    defaults = values(opened.part("word/styles.xml"), "w:docDefaults//w:lang/@w:val")
    assert defaults == ["en-US"]
    assert values(opened.part("word/settings.xml"), "w:themeFontLang/@w:val") == ["en-US"]


def test_the_page_is_the_themes() -> None:
    opened = Opened(render_docx(document_of("<p>x</p>"), word_style()))
    (size,) = find(opened.body, "w:sectPr/w:pgSz")

    assert theme().page.size == "A4"
    assert sorted(size.attrib.values()) == ["11906", "16838"]

"""PDF: structure, text, faces and refusals; never bytes."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree
from tagged import elements_of, role_of

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.model import Document
from briefgen.edition.models import Length
from briefgen.edition.tailor import tailor
from briefgen.formats.css import RefusedAddress
from briefgen.formats.fonts import font_file
from briefgen.formats.html import serialise
from briefgen.formats.pdf import LostNotes, lay_out, render_pdf
from briefgen.formats.pdf_structure import Structure
from briefgen.formats.print_tree import print_tree
from briefgen.formats.quick_start import import_weasyprint
from briefgen.formats.shorten import shorten
from briefgen.resources import shipped

PROJECT = Path(__file__).parents[1] / "projects" / "bus-lanes"
PRINT = (shipped("templates") / "policy-brief" / "print.css").read_text("utf-8")
Edit = Callable[[str, str, str], None]


def compose(project: Path, name: str = "overview", length: Length = "full") -> Document:
    loaded = load_project(project)
    target = find_targets(loaded, [name])[0]
    return Engine(loaded).compose(tailor(target.dossier.dossier, target.edition, length))


@pytest.fixture(scope="module")
def document() -> Document:
    return compose(PROJECT)


@pytest.fixture(scope="module")
def data(document: Document) -> bytes:
    return render_pdf(document, PRINT)


@pytest.fixture
def pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def pages(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page, as a reader's tools extract it."""
    return texts(data, tmp_path_factory.mktemp("pdf") / "brief.pdf")


def texts(data: bytes, path: Path) -> list[str]:
    path.write_bytes(data)
    run = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True)
    return [" ".join(page.split()) for page in run.stdout.decode().split("\f")[:-1]]


def plain(html: object) -> str:
    return " ".join(re.sub(r"\s+", " ", str(html)).split())


# --- What the file says of itself ---------------------------------------------


def test_the_ledger_travels_with_the_file(pdf: pikepdf.Pdf, document: Document) -> None:
    root: Any = pdf.Root
    [associated] = root.AF
    assert (str(associated.UF), str(associated.AFRelationship)) == ("ledger.json", "/Data")
    file = pdf.attachments["ledger.json"].get_file()
    assert file.mime_type == "application/json"
    assert str(associated.EF.F.Params.ModDate) == "D:20240901000000Z"
    ledger = json.loads(file.read_bytes())
    assert document.data == ""  # it was composed for no artefact
    assert {name: ledger[name] for name in document.about if name != "data"} == {
        "dossier": "bus-lanes",
        "edition": "overview",
        "layout": "policy-brief",
        "length": "full",
        "version": "1.0",
        "issued": "2024-09",
    }
    assert [p["text"] for p in ledger["passages"]] == [p.text for p in document.ledger.passages]
    assert all(passage["page"] for passage in ledger["passages"])


def test_the_file_says_what_it_is_about(pdf: pikepdf.Pdf, document: Document) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:creator"] == [document.author]
        assert metadata["dc:language"] == {document.language}
        assert metadata["pdf:Keywords"] == ", ".join(document.keywords)
        assert metadata["xmp:CreateDate"] == "2024-09"
        assert metadata["xmp:CreatorTool"] == "briefgen"
        assert metadata["dc:description"] == str(pdf.docinfo["/Subject"])
        assert metadata["pdf:Producer"] == str(pdf.docinfo["/Producer"])


def test_the_file_says_that_it_is_accessible(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["dc:title"] == "Faster buses, open questions"
    root: Any = pdf.Root
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(root.Lang) == "en-GB"
    assert "/StructTreeRoot" in root


def test_the_dates_are_those_of_the_edition(pdf: pikepdf.Pdf) -> None:
    info: Any = pdf.docinfo

    assert str(info["/CreationDate"]) == "D:202409"
    assert "/ModDate" not in info
    assert str(info["/Author"]) == "clerk@harrowmere.example"
    assert str(info["/Title"]) == "Faster buses, open questions"


@pytest.mark.parametrize(
    ("issued", "created"),
    [("2024-09~", "D:202409"), ("2024-09-02/2024-10", "D:20240902"), ("../2024", None)],
)
def test_a_date_of_issue_may_be_vague(
    document: Document, caplog: pytest.LogCaptureFixture, issued: str, created: str | None
) -> None:
    data = render_pdf(replace(document, issued=issued), "")

    pdf = pikepdf.open(io.BytesIO(data))
    info: Any = pdf.docinfo
    assert (str(info["/CreationDate"]) if "/CreationDate" in info else None) == created
    assert caplog.records == []


def test_the_content_is_tagged(pdf: pikepdf.Pdf, document: Document) -> None:
    found = [role_of(element) for element in elements_of(pdf)]

    for tag, name in (("H1", "h1"), ("H2", "h2"), ("Table", "table"), ("Figure", "figure")):
        assert found.count(tag) == len(list(document.tree.iter(name)))


def test_the_bookmarks_are_the_headings(pdf: pikepdf.Pdf, document: Document) -> None:
    def titles(items: Any) -> list[str]:
        return [title for item in items for title in (item.title, *titles(item.children))]

    with pdf.open_outline() as outline:
        found = titles(outline.root)

    headings = document.tree.iter("h1", "h2", "h3")
    assert [plain(title) for title in found] == [
        plain("".join(map(str, heading.itertext()))) for heading in headings
    ]


# --- Faces --------------------------------------------------------------------


def fonts(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {
        str(font.BaseFont): font
        for page in pdf.pages
        for _, font in dict(page.Resources.Font).items()
    }


def test_only_our_faces_are_used_and_all_are_embedded(pdf: pikepdf.Pdf) -> None:
    found = fonts(pdf)

    assert {re.sub(r"^/\w{6}\+", "", name).rsplit("-Pro", 1)[0] for name in found} == {
        "Source-Serif",
        "Source-Sans",
    }
    for font in found.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_a_missing_letter_would_be_logged(
    bus_lanes: Path, edit: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    edit("editions/overview.yaml", "Faster buses, open", "क, open")

    render_pdf(compose(bus_lanes), PRINT)

    assert {record.getMessage() for record in caplog.records} == {
        '.notdef glyph rendered for Unicode string unsupported by fonts: "क" (U+0915)'
    }


def test_joiners_before_note_marks_do_not_reach_the_text(pages: list[str]) -> None:
    text = " ".join(pages)

    assert "\u2060" not in text
    assert re.search(r"most of the gain has lasted\.1 ", text)


# --- Pages --------------------------------------------------------------------


def test_the_sections_stand_in_their_order(pages: list[str], document: Document) -> None:
    text = " ".join(pages)
    at = 0
    for heading in document.tree.iter("h2"):
        title = plain("".join(map(str, heading.itertext())))
        assert title in text[at:], title
        at = text.index(title, at) + len(title)


def test_running_heads_start_on_the_second_page(pages: list[str], document: Document) -> None:
    head = f"{document.title} {document.edition_label} "

    assert len(pages) > 2
    assert not pages[0].startswith(document.title)
    assert all(page.startswith(head) for page in pages[1:])


def test_each_page_says_which_of_how_many_it_is(pages: list[str], document: Document) -> None:
    foot = f"{document.series} · version 1.0 · September 2024"

    for number, text in enumerate(pages, start=1):
        assert text.endswith(f"{foot} {number} of {len(pages)}")


def test_each_note_stands_on_the_page_of_its_mark(pages: list[str], document: Document) -> None:
    marks = [e for e in document.tree.iter("span") if e.get("class") == "footnote"]

    for number, mark in enumerate(marks, start=1):
        words = plain("".join(map(str, mark.itertext())))[:24]
        with_note = [page for page in pages if re.search(rf"\b{number}\. {re.escape(words)}", page)]
        assert len(with_note) == 1, number
        before = plain("".join(str(text) for text in text_before(mark)))[-12:]
        # Of a caption, whose figures are smaller, pdftotext gives the mark a line of its own.
        is_in_caption = next(mark.iterancestors("figcaption"), None) is not None
        between = ".*?" if is_in_caption else ""
        assert re.search(rf"{re.escape(before)}{between}{number}\b", with_note[0]), number


def text_before(mark: Any) -> list[str]:
    """The text before a mark, in its own element and those before it."""
    previous = mark.getprevious()
    if previous is None:
        return [mark.getparent().text or ""]
    own = "".join(previous.itertext()) if previous.get("class") != "footnote" else ""
    return [own, previous.tail or ""]


def test_the_text_of_a_paragraph_is_whole(pages: list[str]) -> None:
    assert "Vans unload in Mill Lane, and crates travel over 200 metres by hand." in re.sub(
        r"(?<=\.)\d+", "", " ".join(pages)
    )


# --- Notes that the engine loses ----------------------------------------------


def test_a_document_that_loses_a_note_is_laid_out_again_with_its_block_whole(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edition asean of japan-nato, in full, is such a one: see test_pdf_standards.py."""
    answers = [[2], [2, 3], []]
    monkeypatch.setattr(Structure, "lost_notes", lambda _: answers.pop(0))

    laid_out = lay_out(document, PRINT)

    whole = [e for e in laid_out.root.iter() if "break-inside: avoid" in e.get("style", "")]
    marks = [e for e in laid_out.root.iter("span") if e.get("class") == "footnote"]
    assert all(mark in {e for block in whole for e in block.iter()} for mark in marks[1:3])
    assert len(whole) <= 2
    assert answers == []


def test_a_note_that_finds_no_place_stops_the_build(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Structure, "lost_notes", lambda _: [7, 9])

    with pytest.raises(LostNotes) as lost:
        lay_out(document, PRINT)

    assert str(lost.value) == (
        "the PDF would not print the text of note 7, 9\n  help: shorten or split the paragraph "
        "that holds its mark, so that the page ends elsewhere"
    )


def test_a_lost_note_is_one_with_a_mark_and_no_text(document: Document) -> None:
    structure = lay_out(document, PRINT).structure
    notes = [node for node in structure.document.walk() if node.role == "Note"]

    assert structure.lost_notes() == []
    notes[4].kids.clear()
    assert structure.lost_notes() == [5]


# --- Quiet and alone ----------------------------------------------------------


def test_nothing_is_logged(document: Document, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        render_pdf(document, PRINT)

    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example/a.png",
        "http://127.0.0.1:9/a.png",
        "file:///etc/passwd",
        "ftp://x.example/a",
        f"{font_file('Source Sans Pro', 'Regular').parent.as_uri()}/../../../secret",
        f"{font_file('Source Sans Pro', 'Regular').as_uri()}/../x",
        "../../etc/passwd",
    ],
)
def test_an_outside_address_in_the_styles_is_refused(document: Document, address: str) -> None:
    with pytest.raises(RefusedAddress) as refused:
        render_pdf(document, f"body {{ background: url({address}) }}")

    assert str(refused.value) == (
        f"the document asks for {address}\n  help: only fonts, the layout and data: addresses "
        "may be used; put the picture into the layout as a data: address"
    )


@pytest.mark.parametrize(
    "css",
    [
        "@import 'https://x.example/a.css';",
        "@font-face { font-family: x; src: url(https://x.example/f.woff) } p { font-family: x }",
        "p::before { content: url(https://x.example/a.png) }",
        "li { list-style-image: url(file:///etc/passwd) }",
    ],
)
def test_no_other_way_leads_outside(document: Document, css: str) -> None:
    with pytest.raises(RefusedAddress):
        render_pdf(document, css)


def test_a_picture_in_the_styles_is_drawn(document: Document) -> None:
    dot = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"

    assert render_pdf(document, f'body {{ background: url("{dot}") }}').startswith(b"%PDF")


def test_the_environment_is_left_as_it_was(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/of/the/system")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    render_pdf(document, "")

    assert os.environ["FONTCONFIG_FILE"] == "/of/the/system"
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_a_foreign_font_configuration_changes_nothing(
    document: Document, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")

    assert render_pdf(document, PRINT) == data


def test_documents_share_their_fonts_where_they_declare_no_others(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = PRINT + '@font-face { font-family: "Own"; src: url("data:font/ttf;base64,") }'
    first, second, third, fourth = (
        lay_out(document, css).rendered.font_config for css in (PRINT, PRINT, own, own)
    )

    assert first is second
    pid = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: pid + 1)  # as in a copy of the process
    assert lay_out(document, PRINT).rendered.font_config is not first
    assert len({id(first), id(third), id(fourth)}) == 3


def test_the_tree_gives_the_file_that_its_html_gives(
    document: Document, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parsed(tree: Any) -> Any:
        return import_weasyprint().HTML(string=serialise(tree)).etree_element

    monkeypatch.setattr("briefgen.formats.pdf._plain", parsed)

    assert render_pdf(document, PRINT) == data


def test_a_comment_takes_no_text_with_it(document: Document, tmp_path: Path) -> None:
    tree = deepcopy(document.tree)
    paragraph = next(p for p in tree.iter("p") if p.text)
    comment, text = etree.Comment("aside"), str(paragraph.text)
    comment.tail, paragraph.text = text, "Before "
    paragraph.insert(0, comment)

    shown = " ".join(texts(render_pdf(replace(document, tree=tree), PRINT), tmp_path / "x.pdf"))

    assert "Before " + " ".join(text.split()[:4]) in shown
    assert "aside" not in shown


def test_editions_of_other_dates_do_not_change_each_other(
    document: Document, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    render_pdf(replace(document, issued="1999"), "")

    assert render_pdf(document, PRINT) == data


def test_hostile_titles_stay_text(bus_lanes: Path, edit: Edit, tmp_path: Path) -> None:
    title = 'A "b" \\ </style><b>x</b> } @page { size: A9 }'
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    edit("editions/overview.yaml", "title: Faster buses, open questions", f'title: "{quoted}"')

    data = render_pdf(compose(bus_lanes), PRINT)

    shown = title.replace('"b"', "“b”")
    assert texts(data, tmp_path / "x.pdf")[1].startswith(f"{shown} Overview ")
    assert len(list(print_tree(compose(bus_lanes), "").iter("style"))) == 1


def test_a_running_head_ends_behind_a_whole_word() -> None:
    assert shorten("One two", 7) == "One two"
    assert shorten("One two three", 9) == "One two…"
    assert shorten("w" * 30, 9) == "w" * 8 + "…"

"""Accessible by proof: every edition, layout and length meets PDF/UA-1 and PDF/A-3a.

The checker is page-validation, which is none of ours; public CI asks veraPDF too. Then what no
checker can know: that everything printed is read, once, in the order of the document, and that
Word and HTML say the same. At last the pages as a compositor checks them.
"""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import page
import pikepdf
import pytest
from contents import first_difference, of_tags, of_tree
from docx_contents import contents_of
from docx_opened import Opened
from lxml import html
from shipped import Case, cases, engine, target_of
from tagged import Tag, content_of, elements_of, instructions, letters, role_of, tags_of

from briefgen.build.fit import fit
from briefgen.document.model import Document
from briefgen.formats.pdf import LaidOut

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


@pytest.fixture(scope="module", params=cases(), ids="-".join)
def case(request: pytest.FixtureRequest) -> Case:
    chosen: Case = request.param
    return chosen


@pytest.fixture(scope="module")
def laid_out(case: Case) -> LaidOut:
    """One brief on its pages, made once for all tests."""
    name, *_, length = case
    return fit(target_of(case), length, engine(name)).laid_out


@pytest.fixture(scope="module")
def document(laid_out: LaidOut) -> Document:
    return laid_out.document


@pytest.fixture(scope="module")
def data(laid_out: LaidOut) -> bytes:
    return laid_out.pdf()


@pytest.fixture(scope="module")
def pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def tree(data: bytes) -> Tag:
    return tags_of(data)


def faults(data: bytes) -> list[str]:
    return [
        f"{failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]


def test_an_independent_checker_finds_no_fault(data: bytes) -> None:
    assert faults(data) == []


def test_the_checker_does_find_faults(data: bytes) -> None:
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        del opened.Root.StructTreeRoot
        opened.save(broken)

    for profile in PROFILES:
        assert page.validate_pdf_bytes(broken.getvalue(), profile=profile).failures


def test_all_formats_have_all_of_the_document_in_its_order(
    case: Case, document: Document, tree: Tag
) -> None:
    name, _, layout, _ = case
    word = engine(name).render(document, layout, "docx")
    screen = engine(name).render(document, layout, "html")
    expected = of_tree(document.tree)

    assert "(→ nowhere)" not in " ".join(block.text for block in expected.blocks)
    assert first_difference(expected, contents_of(Opened(word))) == ""
    assert first_difference(expected, of_tree(html.document_fromstring(screen.decode()))) == ""
    assert first_difference(of_tree(document.tree, of_lines=True), of_tags(tree)) == ""


def test_every_note_is_read_where_its_mark_is(document: Document, tree: Tag) -> None:
    marks = [e for e in document.tree.iter("span") if e.get("class") == "footnote"]
    notes = tree.tags("Note")

    assert [letters(note.text("Lbl")) for note in notes] == [
        letters("".join(map(str, mark.itertext()))) for mark in marks
    ]
    for number, note in enumerate(notes, start=1):
        assert note.tags("Lbl")[0].text().strip() == f"{number}."
    for around in tree.walk():
        for before, kid in zip(around.kids, around.kids[1:], strict=False):
            if isinstance(kid, Tag) and kid.role == "Note":
                assert isinstance(before, Tag)
                assert (before.role, before.text()) == ("Reference", kid.text().partition(".")[0])


def test_every_element_has_what_readers_need(document: Document, pdf: pikepdf.Pdf) -> None:
    elements = elements_of(pdf)
    by_role = defaultdict(list)
    for element in elements:
        by_role[role_of(element)].append(element)

    assert role_of(elements[0]) == "Document"
    names = [str(note.ID) for note in by_role.get("Note", [])]
    assert len(set(names)) == len(names)
    for cell in by_role.get("TH", []):
        assert str(cell.A.Scope) in ("/Column", "/Row")
    for figure in by_role.get("Figure", []):
        assert len(str(figure.Alt)) > 20
        assert any(role_of(kid) == "Caption" for kid in kids_of(figure))
    for tag, name in (("Table", "table"), ("Figure", "figure"), ("Caption", "caption")):
        least = len(list(document.tree.iter(name)))
        assert len(by_role.get(tag, [])) >= least
    assert not {"NonStruct", "Private"} & by_role.keys()


def kids_of(element: Any) -> list[Any]:
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_all_that_is_drawn_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    for sheet in pdf.pages:
        assert str(sheet.Tabs) == "/S"
        for tag, properties in content_of(sheet):
            assert tag == "/Artifact" or "/MCID" in properties
        assert not list(untagged(sheet))


PAINTING = {"Tj", "TJ", "'", '"', "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "Do", "sh"}


def untagged(sheet: Any) -> Iterator[str]:
    """The operators that paint outside of marked content."""
    depth = 0
    for _, name in instructions(sheet):
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        if not depth and name in PAINTING:
            yield name


def test_running_heads_are_not_read(document: Document, pdf: pikepdf.Pdf, tree: Tag) -> None:
    for number, sheet in enumerate(pdf.pages, start=1):
        kinds = [
            str(properties.Subtype)
            for tag, properties in content_of(sheet)
            if tag == "/Artifact" and properties is not None and "/Subtype" in properties
        ]
        assert "/Footer" in kinds, number
        assert number == 1 or "/Header" in kinds
    assert not any(re.fullmatch(r"\d+ of \d+", tag.text().strip()) for tag in tree.walk())
    assert document.title in " ".join(tree.tags("H1")[0].text().split())


def test_the_document_opens_with_its_title_and_language(
    document: Document, pdf: pikepdf.Pdf
) -> None:
    root: Any = pdf.Root
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == document.language
    assert str(pdf.docinfo["/Title"]) == document.title
    with pdf.open_outline() as outline:
        assert outline.root


# --- As a compositor checks ---------------------------------------------------

FEWEST_LINES = 2
SHORTEST_LAST_LINE = 8
"""Characters; a last line with fewer looks lost."""
TOLERANCE = 0.5
"""CSS pixels by which a line may reach beyond its measure."""


@pytest.fixture(scope="module")
def sheets(laid_out: LaidOut) -> list[Any]:
    """The box of each page."""
    return [sheet._page_box for sheet in laid_out.rendered.pages]


def lines(box: Any) -> Iterator[Any]:
    """The lines of text in and under a box, in order."""
    if type(box).__name__ == "LineBox":
        yield box
    else:
        for child in getattr(box, "children", ()):
            yield from lines(child)


def shown(box: Any) -> str:
    """The text of a box."""
    own = getattr(box, "text", None)
    return own if own is not None else "".join(map(shown, getattr(box, "children", ())))


def blocks(box: Any) -> Iterator[Any]:
    """The boxes that hold lines, in order."""
    children = getattr(box, "children", ())
    if any(type(child).__name__ == "LineBox" for child in children):
        yield box
    else:
        for child in children:
            yield from blocks(child)


def test_no_page_ends_with_a_heading_or_inside_a_word(sheets: list[Any]) -> None:
    for sheet in sheets:
        assert list(blocks(sheet.children[0]))[-1].element_tag not in ("h1", "h2", "h3", "h4")
        assert not shown(list(lines(sheet.children[0]))[-1]).rstrip().endswith("-")


def test_a_paragraph_over_two_pages_has_several_lines_on_each(sheets: list[Any]) -> None:
    shares: dict[Any, list[int]] = defaultdict(list)
    for sheet in sheets:
        for block in blocks(sheet.children[0]):
            if block.element is None or "::" in block.element_tag:
                continue
            if block.element.get("scope") != "col":  # heads of tables are repeated
                shares[block.element].append(len(list(lines(block))))

    assert [n for n in shares.values() if len(n) > 1 and min(n) < FEWEST_LINES] == []


def test_no_row_and_no_figure_is_torn(sheets: list[Any]) -> None:
    whole = [
        box.element
        for sheet in sheets
        for box in sheet.descendants()
        if box.element_tag in ("tr", "figure") and box.element is not None
        if box.element.find("th[@scope='col']") is None  # rows of a head are repeated
    ]

    assert [element for element, times in Counter(whole).items() if times > 1] == []


def test_nothing_reaches_beyond_the_margins(document: Document, sheets: list[Any]) -> None:
    hang = document.theme.page.hang * 96 / 25.4
    for sheet in sheets:
        left, right = sheet.content_box_x() - hang, sheet.content_box_x() + sheet.width
        for box in (b for line in lines(sheet.children[0]) for b in line.descendants()):
            if getattr(box, "text", "").strip():
                assert box.position_x >= left - TOLERANCE, box.text
                assert box.position_x + box.width <= right + TOLERANCE, box.text


def test_no_paragraph_ends_with_a_lost_word(sheets: list[Any]) -> None:
    lost = []
    for sheet in sheets:
        for block in blocks(sheet.children[0]):
            found = [shown(line).strip() for line in lines(block)]
            if block.element_tag in ("p", "li") and len(found) > 1:
                lost += [line for line in found[-1:] if len(line) < SHORTEST_LAST_LINE]

    assert lost == []

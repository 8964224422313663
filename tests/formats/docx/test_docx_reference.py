"""Documents in the style of reference files: made, opened in LibreOffice, looked into."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from contents import Block, first_difference, letters, of_tree
from docx_contents import contents_of
from docx_office import office
from docx_opened import Opened, find, text_of, values
from docx_references import (
    GERMAN_NAMES,
    PAGES,
    by_hand,
    made_by_office,
    saved,
)
from docx_sample import sample, word_style
from docx_soundness import faults
from lxml import etree
from openxml_audit import OpenXmlValidator

from briefgen.document.model import Document
from briefgen.formats.docx.render import render_docx
from briefgen.formats.docx.word_style import WordStyle
from briefgen.formats.reference_doc import read_reference
from briefgen.formats.word_options import WordOptions

FACTS = {
    "title": "Open harbours first",
    "subtitle": "What a deeper league changes for the islands",
    "series": "The harbour league",
    "edition": "Island edition",
    "issued": "November 2026",
    "version": "1.0",
    "status": "For comment",
    "handling": "Open",
    "reference": "HL-2026-07",
}
NAMES = [*PAGES, "by-hand"]


def document() -> Document:
    return replace(sample(), facts=FACTS)


def style_for(name: str) -> WordStyle:
    mapping = GERMAN_NAMES if name == "german" else {}
    return word_style().model_copy(update={"reference_styles": mapping})


def in_house(path: Path, name: str = "", of: Document | None = None) -> bytes:
    options = WordOptions(reference=read_reference(path), create_styles=True)
    return render_docx(of or document(), style_for(name), options)


def pages_of(pdf: Path) -> list[str]:
    run = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True)
    return run.stdout.decode().split("\f")[:-1]


def seen(element: etree._Element) -> str:
    """Text in and behind an element, without notes and drawings."""
    named = isinstance(element.tag, str)
    hidden = not named or element.get("class") == "footnote" or "svg" in str(element.tag)
    return ("" if hidden else (element.text or "") + "".join(map(seen, element))) + (
        element.tail or ""
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("references")
    made_by_office(folder)
    saved(by_hand(), folder / "by-hand.docx")
    made = folder / "made"
    made.mkdir()
    for name in NAMES:
        (made / f"{name}.docx").write_bytes(in_house(folder / f"{name}.docx", name))
    office(folder, "pdf", *(made / f"{name}.docx" for name in NAMES))
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_everything_of_the_document_is_there_in_order(folder: Path, name: str) -> None:
    opened = Opened((folder / "made" / f"{name}.docx").read_bytes())
    expected, found = of_tree(sample().tree), contents_of(opened)
    if name == "german":  # a title in a style that is not Word's own
        found.blocks[1] = Block("heading 1", found.blocks[1].text)

    assert first_difference(expected, found) == ""


def test_what_the_cover_of_the_house_shows_is_not_said_twice(folder: Path) -> None:
    opened = Opened((folder / "made" / "by-hand.docx").read_bytes())
    said = letters(text_of(opened.body))
    body = sample().tree.find("body")
    assert body is not None
    expected = letters(seen(body))

    assert said.startswith("OpenharboursfirstBythehouseNovember2026")
    # Title and contact, which our cover has too, stand on the house's cover alone.
    tail = letters("Imprint of the house")
    assert said.endswith(expected[expected.index("Whatdoesadeeper") :] + tail)
    assert "Handling" in said
    assert said.count("Openharboursfirst") == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_check_finds_nothing_new(folder: Path, name: str) -> None:
    validator = OpenXmlValidator()
    before = {e.description for e in validator.validate(folder / f"{name}.docx").errors}
    after = {e.description for e in validator.validate(folder / "made" / f"{name}.docx").errors}

    assert after <= before


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_open_or_leads_nowhere(folder: Path, name: str) -> None:
    before = faults(Opened((folder / f"{name}.docx").read_bytes()))
    after = faults(Opened((folder / "made" / f"{name}.docx").read_bytes()))

    assert set(after) <= set(before)


@pytest.mark.parametrize("name", list(PAGES))
def test_libreoffice_lays_it_out_on_the_houses_page(folder: Path, name: str) -> None:
    width, height, _ = PAGES[name]
    with pikepdf.open(folder / f"{name}.pdf") as pdf:
        box = [float(n) for n in pdf.pages[1].mediabox]
        assert str(pdf.docinfo["/Title"]) == "Open harbours first"
    pages = pages_of(folder / f"{name}.pdf")

    assert [box[2], box[3]] == pytest.approx([width / 25.4 * 72, height / 25.4 * 72], abs=1)
    head = "Open harbours first" if name == "letter" else f"House {name}"
    assert head in pages[1]
    assert ("Sheet 2" in pages[1]) is (name != "letter")


def test_our_running_head_stands_clear_of_the_papers_edge(folder: Path) -> None:
    house = Opened((folder / "letter.docx").read_bytes())
    opened = Opened((folder / "made" / "letter.docx").read_bytes())

    assert values(house.body, "w:sectPr/w:pgMar/@w:header") == ["0"]
    assert values(opened.body, "w:sectPr/w:pgMar/@w:header") == ["624"]  # 11 mm


def test_a_cover_of_the_houses_keeps_its_page_and_furniture(folder: Path) -> None:
    pages = pages_of(folder / "by-hand.pdf")
    with pikepdf.open(folder / "by-hand.pdf") as pdf:
        widths = [round(float(page.mediabox[2]) / 72 * 25.4) for page in pdf.pages]

    assert widths[0] == 210
    assert set(widths[1:]) == {182}
    assert "House odd Open" in pages[2]
    assert "House even" in pages[3]
    assert "House foot" in pages[2]
    assert "Imprint of the house" in pages[-1]


@pytest.mark.parametrize("name", NAMES)
def test_styles_of_the_house_stay_as_they_are(folder: Path, name: str) -> None:
    before = Opened((folder / f"{name}.docx").read_bytes()).part("word/styles.xml")
    after = Opened((folder / "made" / f"{name}.docx").read_bytes()).part("word/styles.xml")

    def looks(styles: etree._Element) -> dict[str, bytes]:
        for language in find(styles, "//w:lang"):
            language.attrib.clear()
        return {
            values(style, "@w:styleId")[0]: etree.tostring(style, method="c14n", with_tail=False)
            for style in find(styles, "w:style")
        }

    old, new = looks(before), looks(after)
    assert {key: new[key] for key in old} == old


def test_headings_take_the_styles_of_the_house_by_name_not_by_id(folder: Path) -> None:
    for name, shown in {"landscape": "Heading 1", "german": "Überschrift A"}.items():
        opened = Opened((folder / "made" / f"{name}.docx").read_bytes())
        styles = opened.part("word/styles.xml")
        (identifier,) = values(styles, f"w:style[w:name/@w:val='{shown}']/@w:styleId")
        assert "What is being built" in opened.texts(identifier)
        assert not values(styles, "w:style[w:name/@w:val='heading 1']/@w:styleId")


def test_numbered_headings_number_sections_and_nothing_else(folder: Path) -> None:
    text = "\n".join(pages_of(folder / "numbered.pdf"))

    assert re.search(r"^ *1\. *What is being built", text, re.MULTILINE)
    assert re.search(r"^ *2\.1 *Harbour watch", text, re.MULTILINE)
    for heading in (
        "Key messages",
        "Contents",
        "The case against",
        "How this was made",
        "Evidence",
    ):
        assert re.search(rf"^ *{heading}", text, re.MULTILINE), heading


@pytest.mark.parametrize(("name", "is_needed"), [("german", True), ("letter", False)])
def test_an_update_of_the_contents_finds_headings_in_styles_without_a_level(
    folder: Path, name: str, *, is_needed: bool
) -> None:
    body = Opened((folder / "made" / f"{name}.docx").read_bytes()).body
    [code] = [text for e in find(body, "//w:instrText") if "TOC" in (text := e.text or "")]

    assert ("\\u" in code.split()) is is_needed


def test_tables_and_figures_follow_the_width_of_the_text(folder: Path) -> None:
    for name, width in {"landscape": 257, "letter": 175.9, "by-hand": 142}.items():
        body = Opened((folder / "made" / f"{name}.docx").read_bytes()).body
        twips = {int(value) for value in values(body, "w:tbl/w:tblPr/w:tblW/@w:w")}
        pictures = {int(value) / 36000 for value in values(body, ".//*[local-name()='extent']/@cx")}
        assert max(abs(found / 1440 * 25.4 - width) for found in twips) < 0.2
        # Labels of a drawing must not grow far beyond the text.
        assert list(pictures) == [pytest.approx(min(width, 158 * 1.25), abs=0.3)]
        assert set(values(body, "w:tbl/w:tblPr/w:tblInd/@w:w")) == {"0"}


def test_nothing_hangs_into_a_margin_of_the_house(folder: Path) -> None:
    for name in NAMES:
        opened = Opened((folder / "made" / f"{name}.docx").read_bytes())
        made = "w:style[starts-with(w:name/@w:val, 'Briefgen')]"
        indents = values(opened.part("word/styles.xml"), f"{made}//w:ind/@w:left")
        assert all(int(indent) >= 0 for indent in indents)


def test_made_styles_take_the_faces_and_the_size_of_the_house(folder: Path) -> None:
    styles = Opened((folder / "made" / "by-hand.docx").read_bytes()).part("word/styles.xml")
    table_text = find(styles, "w:style[w:name/@w:val='Briefgen Table Text']")[0]

    # 12 points of running text where the theme has 10; the house's headings have its theme's face.
    assert values(table_text, "w:rPr/w:sz/@w:val") == ["21"]
    assert values(table_text, "w:rPr/w:rFonts/@w:asciiTheme") == ["majorHAnsi"]
    assert not [v for v in values(styles, "//w:rFonts/@w:ascii") if v in {"Cambria", "Calibri"}]


def test_lists_use_the_houses_own_numbering_and_start_anew(folder: Path) -> None:
    opened = Opened((folder / "made" / "by-hand.docx").read_bytes())
    numbers = [values(p, "w:pPr/w:numPr/w:numId/@w:val") for p in opened.paragraphs("ListNumber")]
    levels = values(opened.body, "w:p[w:pPr/w:pStyle/@w:val='ListNumber2']//w:ilvl/@w:val")
    numbering = opened.part("word/numbering.xml")

    assert [text_of(p) for p in opened.paragraphs("ListNumber")][3:] == [
        "choose a seat;",
        "choose a language.",
    ]
    # Two lists, each in an instance of its own that starts at one.
    assert len({number[0] for number in numbers}) == 2
    for (number,) in numbers:
        instance = find(numbering, f"w:num[@w:numId='{number}']")[0]
        assert values(instance, "w:lvlOverride/w:startOverride/@w:val") == ["1"]
    # The house's second level is a list of its own, on its own first level.
    assert set(levels) == {"0"}
    assert not values(opened.body, "w:p[w:pPr/w:pStyle/@w:val='ListBullet']//w:numId/@w:val")


def test_the_same_reference_gives_the_same_bytes(folder: Path) -> None:
    path = folder / "by-hand.docx"

    assert in_house(path) == in_house(path)


def test_an_annotated_or_plain_file_without_reference_is_as_before() -> None:
    assert render_docx(document(), word_style()) == render_docx(sample(), word_style())

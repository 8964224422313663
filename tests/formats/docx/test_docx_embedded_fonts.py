"""Embedded faces: ours, whole, obfuscated by the standard, and what the file says of them."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from docx_opened import Element, Opened, find, values
from docx_sample import document_of, sample, theme, word_style
from fontTools.ttLib import TTFont
from openxml_audit import OpenXmlValidator

from briefgen.formats.docx.embedded_fonts import FORMS, obfuscate
from briefgen.formats.docx.oxml import half_points, wname
from briefgen.formats.docx.render import render_docx
from briefgen.formats.fonts import FAMILIES, font_file
from briefgen.formats.word_options import WordOptions

EMBEDDING = WordOptions(embed_fonts=True)
WORD_BOLD, WORD_ITALIC = 1 << 5, 1
"""Bits of `fsSelection` by which Word tells the forms of a family."""


@lru_cache(maxsize=1)
def embedding() -> Opened:
    return Opened(render_docx(sample(), word_style(), EMBEDDING))


def forms() -> list[tuple[str, Element]]:
    """Each form of each family in the font table."""
    table = embedding().part("word/fontTable.xml")
    return [
        (str(font.get(wname("name"))), form)
        for font in find(table, "w:font")
        for form in find(font, "*[starts-with(local-name(), 'embed')]")
    ]


def test_both_families_are_there_in_four_forms_in_the_schemas_order() -> None:
    table = embedding().part("word/fontTable.xml")
    tags = [str(form.tag) for _, form in forms()]

    assert values(table, "w:font/@w:name") == list(FAMILIES)
    assert tags == [wname(form) for form in FORMS] * 2
    for font in find(table, "w:font"):
        assert [child.tag for child in font][-4:] == [wname(form) for form in FORMS]


def test_each_face_is_the_file_of_the_dependency() -> None:
    relations = embedding().part("word/_rels/fontTable.xml.rels")
    targets = {str(e.get("Id")): f"word/{e.get('Target')}" for e in relations}
    assert {str(e.get("Type")).rpartition("/")[2] for e in relations} == {"font"}
    for family, form in forms():
        (relation,), (key,) = values(form, "@r:id"), values(form, "@w:fontKey")
        stored = embedding().raw[targets[relation]]
        original = font_file(family, FORMS[form.tag.rpartition("}")[2]]).read_bytes()

        assert key == f"{{{UUID(key)}}}".upper()
        assert stored != original
        assert obfuscate(stored, UUID(key)) == original
    types = embedding().part("[Content_Types].xml")
    assert values(types, "*[@Extension='odttf']/@ContentType") == [
        "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    ]


def test_the_key_is_laid_backwards_over_the_first_32_bytes_twice() -> None:
    key = UUID("{1DEDCE4B-5F1E-4E5F-9D0B-1D5A2D1A0D00}")

    changed = obfuscate(bytes(40), key)

    mask = bytes.fromhex("1DEDCE4B5F1E4E5F9D0B1D5A2D1A0D00")[::-1]
    assert changed == mask + mask + bytes(8)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("form", "bits"),
    [
        ("embedRegular", 0),
        ("embedBold", WORD_BOLD),
        ("embedItalic", WORD_ITALIC),
        ("embedBoldItalic", WORD_BOLD | WORD_ITALIC),
    ],
)
def test_word_may_embed_the_faces_and_pairs_them_by_name(family: str, form: str, bits: int) -> None:
    data = font_file(family, FORMS[form]).read_bytes()
    with TTFont(BytesIO(data)) as font:
        assert font["OS/2"].fsType == 0
        assert font["name"].getDebugName(1) == family
        assert font["OS/2"].fsSelection & (WORD_BOLD | WORD_ITALIC) == bits


def test_text_is_set_in_them_as_large_as_in_the_pdf() -> None:
    styles = embedding().part("word/styles.xml")
    defaults = "w:docDefaults/w:rPrDefault/w:rPr"

    assert values(styles, f"{defaults}/w:rFonts/@w:ascii") == [theme().fonts.text]
    assert values(styles, f"{defaults}/w:sz/@w:val") == [
        str(half_points(theme().type["body"].size))
    ]
    assert set(values(styles, "//w:rFonts/@w:ascii")) == {theme().fonts.text, theme().fonts.heading}
    assert values(styles, f"{defaults}/w:rFonts/@w:eastAsia") == ["Yu Mincho"]


def test_word_embeds_whole_faces_again_when_it_saves() -> None:
    settings = embedding().part("word/settings.xml")

    assert [child.tag for child in settings][:2] == [wname("zoom"), wname("embedTrueTypeFonts")]
    assert find(settings, "w:saveSubsetFonts") == []


def test_a_copy_for_publication_may_carry_faces_too(tmp_path: Path) -> None:
    path = tmp_path / "final.docx"
    options = WordOptions(embed_fonts=True, final=True)
    path.write_bytes(render_docx(sample(), word_style(), options))

    assert OpenXmlValidator().validate(path).errors == []


def test_the_schema_check_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sample.docx"
    path.write_bytes(embedding().blob)

    assert OpenXmlValidator().validate(path).errors == []


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_docx(sample(), word_style(), EMBEDDING) == embedding().blob


def test_without_the_option_no_face_travels() -> None:
    opened = Opened(render_docx(document_of("<p>x</p>"), word_style()))

    assert not any("fonts/" in name for name in opened.names)
    assert find(opened.part("word/settings.xml"), "w:embedTrueTypeFonts") == []
    assert values(opened.part("word/fontTable.xml"), "w:font/@w:name") == ["Cambria", "Calibri"]


def test_the_contents_list_has_page_numbers() -> None:
    entries = embedding().texts("TOC1")

    assert entries
    assert all(entry[-1].isdigit() for entry in entries)

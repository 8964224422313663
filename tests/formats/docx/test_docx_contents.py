"""The contents list is a field that already holds what Word would write into it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pytest
from docx_opened import Opened, entries_of, find, style_of, text_of, values
from docx_sample import document_of, sample, theme, word_style

from briefgen.formats.docx.oxml import wname
from briefgen.formats.docx.render import render_docx

SHORT = """
<header class="cover"><h1>T</h1></header>
<section id="messages"><h2>Key messages</h2><p>x</p></section>
<nav class="toc" id="contents"><h2>Contents</h2>
<ol><li><a class="ref" href="#one">One</a></li><li><a class="ref" href="#case">The case</a></li>
<li><a class="ref" href="#evidence">Evidence</a></li></ol></nav>
<section id="one"><h2>One</h2><p>x</p><h3>Below</h3><p>x</p></section>
<section id="case"><aside class="box case"><h2>The case</h2><p>x</p></aside></section>
<section class="annex" id="evidence"><h2>Evidence</h2><p>x</p></section>
"""


@lru_cache(maxsize=1)
def whole() -> Opened:
    return Opened(render_docx(sample(), word_style()))


@lru_cache(maxsize=1)
def short() -> Opened:
    return Opened(render_docx(document_of(SHORT), word_style()))


def instructions(opened: Opened) -> list[str]:
    return [code.text or "" for code in opened.body.iter(wname("instrText"))]


def test_the_field_holds_its_entries() -> None:
    assert instructions(whole())[0] == ' TOC \\o "1-2" \\h \\z '
    assert [text for text, _ in entries_of(whole())] == [
        "What is being built",
        "Where the islands’ interest lies",
        "Harbour watch",
        "Pilots",
        "What the ministry can do",
        "The case against",
        "Annex",
    ]


def test_the_style_of_an_entry_sets_its_page_at_the_right_edge() -> None:
    styles = whole().part("word/styles.xml")

    (position,) = values(styles, "w:style[@w:styleId='TOC1']/w:pPr/w:tabs/w:tab/@w:pos")
    assert values(styles, "w:style[@w:styleId='TOC1']/w:pPr/w:tabs/w:tab/@w:val") == ["right"]
    assert int(position) == round(theme().page.text_width / 25.4 * 1440)
    assert values(styles, "w:style[@w:styleId='TOC2']/w:basedOn/@w:val") == ["TOC1"]


@pytest.mark.parametrize("opened", [whole, short])
def test_each_entry_leads_to_its_heading_and_asks_for_its_page(
    opened: Callable[[], Opened],
) -> None:
    file = opened()
    listed = find(file.body, "//w:hyperlink[starts-with(@w:anchor, '_Toc')]")
    names = [values(link, "@w:anchor")[0] for link in listed]

    assert names == [f"_Toc{number:09}" for number in range(1, len(names) + 1)]
    assert instructions(file)[1:] == [f" PAGEREF {name} \\h " for name in names]
    for link, name in zip(listed, names, strict=True):
        (heading,) = find(file.body, f"//w:p[w:bookmarkStart/@w:name='{name}']")
        assert text_of(link) == f"{text_of(heading)}\t{text_of(link).partition(chr(9))[2]}"
        assert re.fullmatch(r"[1-9]\d?", text_of(link).partition("\t")[2])


def test_word_finds_the_same_headings() -> None:
    """It takes the styles that have an outline level within the field's."""
    styles = short().part("word/styles.xml")
    listed = set(values(styles, "w:style[w:pPr/w:outlineLvl/@w:val='0']/@w:styleId"))
    found = [text_of(p) for p in short().paragraphs() if style_of(p) in listed]

    assert instructions(short())[0] == ' TOC \\o "1-1" \\h \\z '
    assert found == [text for text, _ in entries_of(short())] == ["One", "The case", "Evidence"]


def test_a_heading_that_the_list_leaves_out_still_is_one() -> None:
    (left_out,) = short().paragraphs("BriefgenUnlistedHeading")
    without_list = Opened(render_docx(document_of("<h1>T</h1><h2>A</h2>"), word_style()))

    assert text_of(left_out) == "Key messages"
    assert values(left_out, "w:pPr/w:outlineLvl/@w:val") == ["0"]
    assert without_list.texts("Heading1") == ["A"]


def test_without_pages_there_are_no_numbers() -> None:
    unknown = theme().model_copy(
        update={"word_fonts": theme().word_fonts.model_copy(update={"text": "Unknown Roman"})}
    )
    opened = Opened(render_docx(replace(document_of(SHORT), theme=unknown), word_style()))

    assert instructions(opened) == [' TOC \\o "1-1" \\n \\h \\z ']
    assert entries_of(opened) == [("One", ""), ("The case", ""), ("Evidence", "")]


def test_pages_follow_where_styles_start_one() -> None:
    # Contents, the case and the annex start a page each.
    assert [page for _, page in entries_of(short())] == ["2", "3", "4"]

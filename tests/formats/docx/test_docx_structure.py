"""Headings, lists, notes, fields, links and tables are Word's own."""

from __future__ import annotations

from functools import lru_cache

import pytest
from docx_opened import Opened, find, style_of, text_of, values
from docx_sample import document_of, sample, word_style

from briefgen.formats.docx.oxml import W, mm
from briefgen.formats.docx.render import render_docx
from briefgen.formats.docx.tables import share_width


def rendered(body: str) -> Opened:
    return Opened(render_docx(document_of(body), word_style()))


@lru_cache(maxsize=1)
def whole() -> Opened:
    return Opened(render_docx(sample(), word_style()))


def test_headings_take_words_own_styles_one_level_up() -> None:
    opened = rendered("<h1>T</h1><h2>A</h2><h3>B</h3><h4>C</h4><p>D</p>")

    assert [style_of(p) for p in opened.paragraphs()] == [
        "Title",
        "Heading1",
        "Heading2",
        "Heading3",
        "BodyText",
    ]


def test_every_paragraph_with_text_has_a_style() -> None:
    assert [text_of(p) for p in whole().paragraphs() if not style_of(p) and text_of(p)] == []


def test_direct_formatting_is_rare() -> None:
    allowed = {"pStyle", "numPr", "keepNext", "spacing", "outlineLvl"}
    direct = {
        e.tag.removeprefix(f"{{{W}}}")
        for e in find(whole().body, "//w:p/w:pPr/*")
        if isinstance(e.tag, str)
    }

    assert direct <= allowed
    assert len(find(whole().body, "//w:p/w:pPr/w:spacing")) < len(whole().paragraphs()) / 10


def test_a_numbered_level_below_the_first_counts_for_itself() -> None:
    definitions = find(whole().part("word/numbering.xml"), "w:abstractNum")
    numbered = [d for d in definitions if values(d, "w:lvl[1]/w:numFmt/@w:val") == ["decimal"]]

    assert len(numbered) == 5
    for definition in numbered:
        for number, mark in enumerate(values(definition, "w:lvl/w:lvlText/@w:val"), start=1):
            assert f"%{number}" in mark


def test_each_ordered_list_counts_from_one() -> None:
    opened = rendered(
        "<ol><li>a</li><li>b<ol><li>b1</li></ol></li><li>c<ol><li>c1</li></ol></li></ol>"
        "<ol><li>d</li></ol>"
    )
    numbers = [values(p, "w:pPr/w:numPr/w:numId/@w:val") for p in opened.paragraphs("ListNumber")]
    inner = [values(p, "w:pPr/w:numPr/w:numId/@w:val") for p in opened.paragraphs("ListNumber2")]
    restarted = values(
        opened.part("word/numbering.xml"),
        "w:num[w:lvlOverride/w:startOverride/@w:val='1']/@w:numId",
    )

    # The first list is the one that the style names.
    assert numbers[:3] == [[], [], []]
    assert len({tuple(n) for n in (*inner, numbers[3])}) == 3
    assert {n for found in (*inner, numbers[3]) for n in found} == set(restarted)


@pytest.mark.parametrize(
    ("following", "keeps"), [("<ul><li>x</li></ul>", True), ("<p>x</p>", False)]
)
def test_the_lead_of_a_list_inside_an_item_keeps_with_it(following: str, *, keeps: bool) -> None:
    opened = rendered(f"<ol><li><p>We advise:</p>{following}</li></ol>")

    assert bool(find(opened.paragraphs()[0], "w:pPr/w:keepNext")) == keeps


def test_a_second_paragraph_of_an_item_has_no_mark() -> None:
    opened = rendered("<ul><li><p>One</p><p>more</p></li></ul>")

    assert [style_of(p) for p in opened.paragraphs()] == ["ListBullet", "ListContinue"]


def test_notes_keep_their_formatting_and_links() -> None:
    notes = whole().part("word/footnotes.xml")
    targets = values(whole().part("word/_rels/footnotes.xml.rels"), "//@Target")

    assert values(notes, "w:footnote[@w:type]/@w:id") == ["-1", "0"]
    assert len(find(notes, "w:footnote//w:footnoteRef")) == 15
    assert "Emphasis" in values(notes, "//w:rStyle/@w:val")
    assert targets == [f"https://example.org/ports/{n}?a=1&b=2" for n in range(1, 16)]


def test_captions_count_themselves_and_references_follow() -> None:
    fields = values(whole().body, "//w:fldSimple/@w:instr")
    (label,) = find(whole().body, "//w:p[w:bookmarkStart/@w:name='figure_steps']")

    assert " SEQ Figure \\* ARABIC " in fields
    assert fields.count(" SEQ Table \\* ARABIC ") == 3
    assert " REF figure_steps \\h \\* MERGEFORMAT " in fields
    assert text_of(label).startswith("Figure 1. From letter")


def test_a_caption_counts_itself_where_the_program_wrote_its_number() -> None:
    opened = rendered(
        '<table id="t"><caption><span class="generated">Table\u00a01. </span>'
        '<span data-field="a/b/title">Ports</span></caption>'
        "<tbody><tr><td>x</td></tr></tbody></table>"
        '<p><a class="ref" href="#t">Table\u00a01</a></p>'
    )

    assert values(opened.body, "//w:fldSimple/@w:instr") == [
        " SEQ Table \\* ARABIC ",
        " REF t \\h \\* MERGEFORMAT ",
    ]
    assert opened.texts("Caption") == ["Table\u00a01. Ports"]


def test_a_caption_that_does_not_follow_in_number_says_so_to_word() -> None:
    opened = rendered(
        '<table id="t"><caption>Table 4. Odd</caption><tbody><tr><td>x</td></tr></tbody></table>'
    )

    assert values(opened.body, "//w:fldSimple/@w:instr") == [" SEQ Table \\* ARABIC \\r 4 "]


def test_a_caption_without_a_number_stays_plain() -> None:
    opened = rendered(
        '<table id="t"><caption>All there is</caption><tbody><tr><td>x</td></tr></tbody></table>'
        '<p><a class="ref" href="#t">the table</a></p>'
    )

    assert find(opened.body, "//w:fldSimple") == []
    assert values(opened.body, "//w:hyperlink/@w:anchor") == ["t"]
    assert values(opened.body, "//w:bookmarkStart/@w:name") == ["t"]


def test_opening_the_file_asks_nothing_of_the_reader() -> None:
    settings = whole().part("word/settings.xml")

    assert find(settings, "w:updateFields") == []
    assert not any(values(part, "//@w:dirty") for _, part in whole().xml_parts)


def test_bookmark_names_fit_word() -> None:
    long_id = "a-very-long-identifier-of-a-recommendation-that-goes-on"
    opened = rendered(
        f'<p id="{long_id}-1">One</p><p id="{long_id}-2">Two</p><p id="2014-plan">Three</p>'
    )
    names = values(opened.body, "//w:bookmarkStart/@w:name")

    assert len(set(names)) == 3
    assert all(len(name) <= 40 and name[0].isalpha() and name.isidentifier() for name in names)


def test_an_id_of_a_part_without_content_still_has_a_place() -> None:
    opened = rendered('<p><a class="ref" href="#end">End</a></p><section id="end"/>')

    assert values(opened.body, "//w:bookmarkStart/@w:name") == ["end"]


def test_links_out_are_relations() -> None:
    opened = rendered('<p><a href="https://example.org/?a=1&amp;b=2">there</a></p>')
    rels = opened.part("word/_rels/document.xml.rels")

    assert values(rels, "//*[@TargetMode='External']/@Target") == ["https://example.org/?a=1&b=2"]


def test_head_rows_repeat_and_rows_do_not_break() -> None:
    tables = find(whole().body, "w:tbl")

    assert [len(find(table, "w:tr/w:trPr/w:tblHeader")) for table in tables] == [0, 1, 1, 1, 0, 1]
    assert all(len(find(t, "w:tr/w:trPr/w:cantSplit")) == len(find(t, "w:tr")) for t in tables)


def test_tables_say_which_cells_head_the_others() -> None:
    looks = [
        (row + column, int(value, 16) & 0xA0)
        for row, column, value in zip(
            values(whole().body, "w:tbl/w:tblPr/w:tblLook/@w:firstRow"),
            values(whole().body, "w:tbl/w:tblPr/w:tblLook/@w:firstColumn"),
            values(whole().body, "w:tbl/w:tblPr/w:tblLook/@w:val"),
            strict=True,
        )
    ]
    control, memo, both = ("00", 0), ("01", 0x80), ("11", 0xA0)

    assert looks == [control, both, both, both, memo, both]


def test_a_column_of_which_one_cell_is_no_head_is_none() -> None:
    opened = rendered(
        '<table><tbody><tr><th scope="row">a</th><td>b</td></tr>'
        "<tr><td>c</td><td>d</td></tr></tbody></table>"
    )

    assert values(opened.body, "w:tbl/w:tblPr/w:tblLook/@w:firstColumn") == ["0"]


def test_tables_hang_into_the_margin_at_full_width() -> None:
    for table in find(whole().body, "w:tbl"):
        assert values(table, "w:tblPr/w:tblInd/@w:w") == [str(mm(-14))]
        widths = [int(width) for width in values(table, "w:tblGrid/w:gridCol/@w:w")]
        assert sum(widths) == mm(158)


def test_recommendations_have_the_layouts_columns() -> None:
    table = find(whole().body, "w:tbl")[1]
    widths = [int(width) for width in values(table, "w:tblGrid/w:gridCol/@w:w")]

    assert [round(width / sum(widths) * 158) for width in widths] == [54, 26, 22, 56]


def test_columns_share_the_width_by_content() -> None:
    short, long = share_width([(8, 8), (10, 60)], 1000)

    assert short + long == 1000
    assert long > 2 * short
    assert share_width([(5, 5), (5, 5)], 101) == [50, 51]


def test_the_document_control_reads_label_then_value() -> None:
    control = find(whole().body, "w:tbl")[0]
    cells = [[text_of(p) for p in find(cell, "w:p")] for cell in find(control, "w:tr/w:tc")]

    assert cells[:2] == [["For", "Planners of the island ministry"], ["Evidence to", "2024"]]
    assert [len(find(row, "w:tc")) for row in find(control, "w:tr")] == [4, 4, 4]
    assert values(control, "w:tblPr/w:tblCaption/@w:val") == ["Document control"]


def test_captions_and_figures_stay_with_what_they_belong_to() -> None:
    captions = [p for p in whole().paragraphs("Caption") if text_of(p).startswith("Table")]
    figure_style = find(whole().part("word/styles.xml"), "w:style[@w:styleId='BriefgenFigure']")[0]

    assert all(find(p, "w:pPr/w:keepNext") for p in captions)
    assert find(figure_style, "w:pPr/w:keepNext")


def test_a_figure_is_read_aloud_by_its_title_and_description() -> None:
    (text,) = values(whole().body, "//*[local-name()='docPr']/@descr")

    assert text == (
        "Four steps of the harbour league, 2011 to 2026. "
        "A line of time with three points, one open circle and one bar"
    )


def test_a_box_keeps_together_and_lets_go_of_what_follows() -> None:
    opened = rendered(
        '<aside class="box case"><h2>Against</h2><p>One</p><p>Two</p></aside><p>After</p>'
    )
    heading, one, two, _after = opened.paragraphs()

    assert [style_of(p) for p in (heading, one, two)] == [
        "BriefgenCaseHeading",
        "BriefgenBox",
        "BriefgenBox",
    ]
    assert values(two, "w:pPr/w:keepNext/@w:val") == ["0"]
    assert find(one, "w:pPr/w:keepNext") == []


def test_a_so_what_keeps_with_its_text_and_not_with_the_next_section() -> None:
    opened = rendered(
        '<section id="a"><h3>A</h3><p class="sowhat">So</p></section>'
        '<section id="b"><h3>B</h3><p class="sowhat">So</p><p>Text</p></section>'
    )
    _, alone, _, followed, _ = opened.paragraphs()

    assert values(alone, "w:pPr/w:keepNext/@w:val") == ["0"]
    assert find(followed, "w:pPr/w:keepNext") == []


def test_two_tables_in_a_row_stay_two() -> None:
    table = "<table><tbody><tr><td>x</td></tr></tbody></table>"
    opened = rendered(table + table)

    assert [e.tag.removeprefix(f"{{{W}}}") for e in opened.body] == [
        "tbl",
        "p",
        "tbl",
        "p",
        "sectPr",
    ]


def test_the_first_page_has_a_foot_but_no_head() -> None:
    parts = {
        name: part for name, part in whole().xml_parts if "/header" in name or "/footer" in name
    }
    heads = sorted(text_of(part) for name, part in parts.items() if "header" in name)
    feet = [part for name, part in parts.items() if "footer" in name]

    assert heads == ["", "Open harbours first\tIsland edition"]
    assert {text_of(foot) for foot in feet} == {
        "The harbour league · version 1.0 · November 2026\t of "
    }
    assert values(feet[0], "//w:fldSimple/@w:instr") == [" PAGE ", " NUMPAGES "]
    assert find(whole().body, "w:sectPr/w:titlePg")

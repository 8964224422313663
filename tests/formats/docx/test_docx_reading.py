"""Reading a Word file's text: every shape that Word gives it, and what each view shows."""

from __future__ import annotations

import pytest
from docx_edit import STYLES, body, by, gone, p, r, read, texts
from lxml import etree

from briefgen.formats.docx.looks import Styles
from briefgen.formats.docx.marks import key_of
from briefgen.formats.docx.reading import (
    Cell,
    Emphasis,
    ReadParagraph,
    Stretch,
    read_furniture,
    read_text,
)
from briefgen.formats.docx.revisions import Revision, find_revisions
from briefgen.formats.docx.stretches import MOST_OPEN

KEY, OTHER = key_of("areas/watch/title", 0), key_of("areas/watch/summary", 0)
OBJECT = "\ufffc"
EM, STRONG = Emphasis(em=True), Emphasis(strong=True)
LINK = Emphasis(href="https://example.org/")


def reject_all(_: Revision) -> bool:
    return False


def accept_anns(revision: Revision) -> bool:
    return revision.author == "Ann"


def one(*content: str) -> ReadParagraph:
    [paragraph] = read(p(*content))
    return paragraph


def bookmark(key: str, number: int = 7) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{key}"/>'


def end(number: int = 7) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


def control(key: str, *content: str, more: str = "") -> str:
    properties = f'<w:sdtPr><w:tag w:val="{key}"/>{more}</w:sdtPr>'
    return f"<w:sdt>{properties}<w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def cell(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def field(code: str, *result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{''.join(result)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# Text

RUBY = f"<w:ruby><w:rt>{r('over')}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:tab/><w:ptab/>", "\t\t"),
        ("<w:br/><w:cr/>", "\n\n"),
        ("<w:noBreakHyphen/><w:softHyphen/>", "\u2011\u00ad"),
        ("<w:drawing/><w:pict/><w:object/>", 3 * OBJECT),
        ('<w:sym w:font="Wingdings" w:char="F0E0"/>', "→"),
        ('<w:sym w:font="Arial" w:char="20AC"/>', "€"),
        ('<w:sym w:font="Odd" w:char="F041"/>', "\uf041"),
        ('<w:sym w:font="Odd" w:char="41"/><w:sym w:char="no"/>', "\ufffd\ufffd"),
        ('<w:sym w:font="Odd" w:char="D800"/><w:sym w:char="99999999"/>', "\ufffd\ufffd"),
        ("<w:t>a\u2029b\ufffcc</w:t>", "a\nb\ufffdc"),
        ("<w:instrText>PAGE</w:instrText><w:annotationRef/><w:lastRenderedPageBreak/>", ""),
        (RUBY, "base"),
    ],
)
def test_what_a_run_holds_is_read_as_text(inside: str, text: str) -> None:
    assert one(f"<w:r>{inside}</w:r>").text == text


def test_equations_are_objects() -> None:
    math = "<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>"

    assert one(r("See "), math, r(".")).text == f"See {OBJECT}."


def test_what_programs_put_round_text_does_not_part_it() -> None:
    pieces = (
        f"<w:smartTag>{r('a')}</w:smartTag>",
        '<w:proofErr w:type="spellStart"/>',
        f"<w:customXml>{r('b')}</w:customXml>",
        f"<w:dir>{r('c')}</w:dir>",
        "<!-- x --><?x y?>",
        control("theirs", r("d")),
    )

    assert one(*pieces) == ReadParagraph("abcd", style="Normal")


def test_notes_are_named_by_their_kind() -> None:
    read_one = one(
        r("a"),
        '<w:r><w:footnoteReference w:id="4"/></w:r>',
        r("b"),
        '<w:r><w:endnoteReference w:id="2"/></w:r>',
        '<w:r><w:footnoteReference w:id="x"/></w:r>',
    )

    assert read_one.text == f"a{OBJECT}b{OBJECT}{OBJECT}"
    assert read_one.notes == ((1, "4"), (3, "e2"), (4, "x"))


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(r('In the box'))}{p(r('and more'))}</w:txbxContent>"
    drawing = f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )

    only = f"<mc:AlternateContent><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"

    for drawn in (both, drawing, old, only):
        blocks = p(r("a"), f"<w:r>{drawn}</w:r>", r("b")), p(r("c"))
        assert texts(*blocks) == [f"a{OBJECT}b", "In the box", "and more", "c"]


def test_a_box_in_a_box_is_read_once() -> None:
    inner = f"<w:pict><w:txbxContent>{p(r('inner'))}</w:txbxContent></w:pict>"
    outer = f"<w:txbxContent>{p(r('outer'), f'<w:r>{inner}</w:r>')}</w:txbxContent>"

    assert texts(p(f"<w:r><w:pict>{outer}</w:pict></w:r>")) == [OBJECT, f"outer{OBJECT}", "inner"]


def test_results_of_fields_are_text_and_codes_are_not() -> None:
    inner = field("PAGE", r("3"))
    nested = field(f"IF </w:instrText></w:r>{inner}<w:r><w:instrText>= 3", r("yes"))

    assert one(r("a "), field(" REF x ", r("Figure 1")), r(" b")).text == "a Figure 1 b"
    assert one(nested, r(".")).text == "yes."
    assert one('<w:fldSimple w:instr=" SEQ Table ">', r("7"), "</w:fldSimple>").text == "7"


@pytest.mark.parametrize("kinds", [("begin",), ("end",), ("separate",), ("separate", "end", "end")])
def test_a_field_that_is_not_whole_hides_nothing(kinds: tuple[str, ...]) -> None:
    marks = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)

    assert texts(p(r("a"), marks, r("b")), p(r("c"))) == ["ab", "c"]


def test_a_field_may_go_over_paragraphs() -> None:
    whole = field("TOC", r("One"), "@", r("Two"))
    first, second = whole.split("@")

    assert texts(p(first), p(second)) == ["One", "Two"]


# Where a paragraph stands and what it is


def test_cells_are_counted_by_table_row_and_column() -> None:
    nested = table(row(cell(p(r("inner")))))
    blocks = (
        table(row(cell(p(r("a"))), cell(p(r("b")), nested, p(r("c")))), row(cell(p(r("d"))))),
        p(r("out")),
        table(row(cell(p(r("e"))))),
    )

    assert [(q.text, q.cell) for q in read(*blocks)] == [
        ("a", Cell(0, 0, 0)),
        ("b", Cell(0, 0, 1)),
        ("inner", Cell(1, 0, 0)),
        ("c", Cell(0, 0, 1)),
        ("d", Cell(0, 1, 0)),
        ("out", None),
        ("e", Cell(2, 0, 0)),
    ]


@pytest.mark.parametrize(
    ("properties", "is_item"),
    [
        ("", False),
        ('<w:pStyle w:val="ListBullet"/>', True),
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>', True),
        ('<w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="0"/></w:numPr>', False),
        ('<w:pStyle w:val="Unknown"/>', False),
    ],
)
def test_items_are_those_with_a_number_or_a_bullet(properties: str, *, is_item: bool) -> None:
    [item] = read(p(r("x"), properties=properties))

    assert item.is_item is is_item


# Emphasis


@pytest.mark.parametrize(
    ("style", "properties", "look"),
    [
        ("", "", None),
        ("", "<w:b/>", STRONG),
        ("", '<w:i w:val="true"/>', EM),
        ("", '<w:b w:val="0"/>', None),
        ("", '<w:rStyle w:val="Strong"/>', STRONG),
        ("", '<w:rStyle w:val="Emphasis"/>', EM),
        ("", '<w:rStyle w:val="Intense"/>', Emphasis(em=True, strong=True)),
        ("", '<w:rStyle w:val="Strong"/><w:b w:val="0"/>', None),
        ("", '<w:rStyle w:val="Unknown"/>', None),
        ("", '<w:rStyle w:val="Round"/>', None),
        ("", "<w:bCs/><w:iCs/>", None),
        ("", "<w:rtl/><w:iCs/>", EM),
        ("Heading1", "<w:b/>", None),
        ("Heading2", "<w:b/>", None),
        ("Heading1", '<w:b w:val="false"/>', STRONG),
        ("Heading1", "<w:i/>", EM),
        ("Quote", '<w:rStyle w:val="Emphasis"/>', EM),
        ("Quote", '<w:rStyle w:val="Emphasis"/><w:i/>', EM),
        ("Quote", '<w:rStyle w:val="Emphasis"/><w:i w:val="0"/>', EM),
        ("Quote", "<w:i/>", None),
    ],
)
def test_emphasis_is_what_differs_from_the_paragraph(
    style: str, properties: str, look: Emphasis | None
) -> None:
    [found] = read(p(r("a"), r("bc", properties), properties=f'<w:pStyle w:val="{style}"/>'))

    assert found.emphasis == (((1, 3, look),) if look else ())


def test_emphasis_goes_on_over_runs_and_marks_of_notes() -> None:
    note = '<w:r><w:rPr><w:b/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    bold = [r("a", "<w:b/>"), note, r("b", "<w:b/>"), r("c", "<w:b/><w:i/>"), r("d"), note]

    assert one(*bold).emphasis == (
        (0, 3, STRONG),
        (3, 4, Emphasis(em=True, strong=True)),
    )


@pytest.mark.parametrize(
    ("linked", "href"),
    [
        (f'<w:hyperlink r:id="rId1">{r("x")}</w:hyperlink>', "https://example.org/"),
        (f'<w:hyperlink r:id="rId1" w:anchor="b">{r("x")}</w:hyperlink>', "https://example.org/#b"),
        (f'<w:hyperlink w:anchor="b">{r("x")}</w:hyperlink>', ""),
        (f'<w:hyperlink r:id="rId9">{r("x")}</w:hyperlink>', ""),
        (field(' HYPERLINK "https://a.b/c?d" \\o "tip" ', r("x")), "https://a.b/c?d"),
        (field(' HYPERLINK "https://a.b/" \\l "there" ', r("x")), "https://a.b/#there"),
        (field("hyperlink https://a.b/", r("x")), "https://a.b/"),
        (field(' HYPERLINK \\l "there" ', r("x")), ""),
        (field(" REF there \\h ", r("x")), ""),
        (f'<w:fldSimple w:instr="HYPERLINK https://a.b/">{r("x")}</w:fldSimple>', "https://a.b/"),
        (field(f' HYPERLINK "https://a.b/{"c" * 2_000}" ', r("x")), ""),
    ],
)
def test_links_out_of_the_file_are_emphasis(linked: str, href: str) -> None:
    found = one(r("see "), linked)

    assert found.text == "see x"
    assert found.emphasis == (((4, 5, Emphasis(href=href)),) if href else ())


# Marks and controls


def test_a_bookmark_over_paragraphs_has_a_piece_in_each() -> None:
    found = read(
        p(r("a "), bookmark(KEY), r("one")),
        p(),
        p(r("two"), end(), r(" b")),
        p(r("c")),
    )

    assert [q.marks for q in found] == [
        (Stretch(KEY, 2, 5),),
        (Stretch(KEY, 0, 0),),
        (Stretch(KEY, 0, 3),),
        (),
    ]


def test_a_bookmark_that_ends_where_a_paragraph_begins_has_no_piece_there() -> None:
    blocks = p(bookmark(KEY), r("one")), end(), p(bookmark(OTHER, 8), r("two")), p(end(8), r("c"))

    assert [q.marks for q in read(*blocks)] == [
        (Stretch(KEY, 0, 3),),
        (Stretch(OTHER, 0, 3),),
        (),
    ]


def test_bookmarks_of_others_are_none_of_ours() -> None:
    assert not one(bookmark("_Toc1"), bookmark("_bg_short", 8), r("x"), end(), end(8)).marks


def test_a_bookmark_without_an_end_stays_in_its_paragraph() -> None:
    found = read(p(bookmark(KEY), r("one")), p(r("two")))

    assert [q.marks for q in found] == [(Stretch(KEY, 0, 3),), ()]


def test_an_end_without_a_start_is_nothing() -> None:
    assert one(end(), r("x"), end()) == ReadParagraph("x", style="Normal")


def test_a_bookmark_whose_start_stands_twice_goes_from_the_first() -> None:
    blocks = p(bookmark(KEY), r("one")), p(bookmark(KEY), r("two"), end()), p(r("three"))

    assert [q.marks for q in read(*blocks)] == [
        (Stretch(KEY, 0, 3),),
        (Stretch(KEY, 0, 3),),
        (),
    ]


def test_bookmarks_need_not_nest() -> None:
    found = one(bookmark(KEY, 1), r("a"), bookmark(OTHER, 2), r("b"), end(1), r("c"), end(2))

    assert found.marks == (Stretch(KEY, 0, 2), Stretch(OTHER, 1, 3))


def test_more_bookmarks_than_a_file_of_ours_has_at_one_place_are_passed_over() -> None:
    keys = [key_of("areas/a/b", n) for n in range(MOST_OPEN + 5)]
    starts = "".join(bookmark(key, n) for n, key in enumerate(keys))
    found = read(p(starts, r("a")), *(p(r("b")) for _ in range(3)), p(*map(end, range(len(keys)))))

    assert [len(q.marks) for q in found] == [MOST_OPEN, MOST_OPEN, MOST_OPEN, MOST_OPEN, 0]


def test_controls_are_read_at_any_level() -> None:
    found = read(
        p(r("a "), control(KEY, r("b"), control(OTHER, r("c")))),
        control(KEY, p(r("one")), p(r("two"))),
        table(row(control(OTHER, cell(p(r("d")))))),
        p(r("e")),
    )

    assert [q.controls for q in found] == [
        (Stretch(OTHER, 3, 4), Stretch(KEY, 2, 4)),
        (Stretch(KEY, 0, 3),),
        (Stretch(KEY, 0, 3),),
        (Stretch(OTHER, 0, 1),),
        (),
    ]


@pytest.mark.parametrize("is_block", [True, False])
def test_what_an_emptied_control_shows_is_no_text(*, is_block: bool) -> None:
    shown, placeholder = r("Click to enter text"), "<w:showingPlcHdr/>"
    emptied = (
        control(KEY, p(shown), more=placeholder)
        if is_block
        else p(control(KEY, bookmark(OTHER), shown, end(), more=placeholder))
    )
    [found, after] = read(emptied, p(r("b")))

    assert (found.text, found.controls) == ("", (Stretch(KEY, 0, 0),))
    assert found.marks == (() if is_block else (Stretch(OTHER, 0, 0),))
    assert after.text == "b"
    assert one(control(KEY, shown, more='<w:showingPlcHdr w:val="0"/>')).text == (
        "Click to enter text"
    )


# Comments


def test_comments_say_what_they_are_on() -> None:
    start, stop = '<w:commentRangeStart w:id="{}"/>', '<w:commentRangeEnd w:id="{}"/>'
    mark = '<w:r><w:commentReference w:id="{}"/></w:r>'
    found = read(
        p(r("a"), start.format(1), r("b"), start.format(2), r("c")),
        p(r("d"), stop.format(1), mark.format(1), stop.format(2), mark.format(2)),
        p(r("e"), mark.format(3), start.format(4), r("f")),
    )

    assert [q.comments for q in found] == [
        (("1", 1, 3), ("2", 2, 3)),
        (("1", 0, 1), ("2", 0, 1)),
        (("3", 1, 1), ("4", 1, 2)),
    ]


# Tracked changes

INSERTED, DELETED = by("ins", "Ann"), by("del", "Ann")
CHANGES: dict[str, tuple[tuple[str, ...], list[str], list[str]]] = {
    "inserted": ((p(r("a "), by("ins", "Ann", r("new ")), r("b")),), ["a new b"], ["a b"]),
    "deleted": ((p(r("a "), by("del", "Ann", gone("old ")), r("b")),), ["a b"], ["a old b"]),
    "replaced": (
        (p(by("del", "Ann", gone("old")), by("ins", "Ann", r("new"))),),
        ["new"],
        ["old"],
    ),
    "moved": (
        (
            p('<w:moveFromRangeStart w:id="1" w:name="move1"/>',
              by("moveFrom", "Ann", r("M.")), '<w:moveFromRangeEnd w:id="1"/>', r("a")),
            p(r("b"), '<w:moveToRangeStart w:id="2" w:name="move1"/>',
              by("moveTo", "Ann", r("M.")), '<w:moveToRangeEnd w:id="2"/>'),
        ),
        ["a", "bM."],
        ["M.a", "b"],
    ),
    "a note inserted": (
        (p(r("a"), by("ins", "Ann", '<w:r><w:footnoteReference w:id="1"/></w:r>')),),
        [f"a{OBJECT}"],
        ["a"],
    ),
    "Enter pressed": ((p(r("one"), mark=INSERTED), p(r("two"))), ["one", "two"], ["onetwo"]),
    "Enter pressed twice": (
        (p(r("one"), mark=INSERTED), p(mark=INSERTED), p(r("two"))),
        ["one", "", "two"],
        ["onetwo"],
    ),
    "a paragraph added": (
        (p(by("ins", "Ann", r("new")), mark=INSERTED), p(r("old"))),
        ["new", "old"],
        ["old"],
    ),
    "paragraphs joined": ((p(r("one "), mark=DELETED), p(r("two"))), ["one two"], ["one ", "two"]),
    "a paragraph deleted": (
        (p(by("del", "Ann", gone("old")), mark=DELETED), p(r("next"))),
        ["next"],
        ["old", "next"],
    ),
    "a paragraph moved away": (
        (p(by("moveFrom", "Ann", r("old")), mark=by("moveFrom", "Ann")), p(r("next"))),
        ["next"],
        ["old", "next"],
    ),
    "the last paragraph before a table deleted": (
        (p(by("del", "Ann", gone("old")), mark=DELETED), table(row(cell(p(r("c")))))),
        ["c"],
        ["old", "c"],
    ),
    "a mark before a table deleted": (
        (p(r("kept"), mark=DELETED), table(row(cell(p(r("c")))))),
        ["kept", "c"],
        ["kept", "c"],
    ),
    "all of a cell deleted": (
        (table(row(cell(p(by("del", "Ann", gone("old")), mark=DELETED)))),),
        [""],
        ["old"],
    ),
    "the last paragraph deleted": (
        (p(r("a")), p(by("del", "Ann", gone("old")), mark=DELETED)),
        ["a"],
        ["a", "old"],
    ),
    "a row inserted": (
        (table(row(cell(p(r("a")))),
               row(cell(p(by("ins", "Ann", r("b")))), properties=INSERTED)), p(r("c"))),
        ["a", "b", "c"],
        ["a", "c"],
    ),
    "a row deleted": (
        (table(row(cell(p(by("del", "Ann", gone("a")))), properties=DELETED),
               row(cell(p(r("b"))))),),
        ["b"],
        ["a", "b"],
    ),
    "a cell inserted": (
        (table(row(cell(p(r("a"))), cell(p(r("b")), properties=by("cellIns", "Ann")))),),
        ["a", "b"],
        ["a"],
    ),
    "a cell deleted": (
        (table(row(cell(p(r("a")), properties=by("cellDel", "Ann")), cell(p(r("b"))))),),
        ["b"],
        ["a", "b"],
    ),
    "a field deleted": (
        (p(r("a"), by("del", "Ann", field("PAGE", gone("3")).replace("instrText", "delInstrText")),
           r("b")),),
        ["ab"],
        ["a3b"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_change_is_seen_in_both_views(name: str) -> None:
    blocks, accepted, rejected = CHANGES[name]

    assert texts(*blocks) == accepted
    assert texts(*blocks, accepts=reject_all) == rejected


def test_who_made_a_change_decides() -> None:
    blocks = (
        p(r("a"), by("ins", "Ann", r("1")), by("ins", "Bo", r("2")), mark=by("ins", "Bo")),
        p(by("ins", "Ann", by("del", "Bo", gone("3"))), by("del", "Ann", gone("4")), r("b")),
    )

    assert texts(*blocks) == ["a12", "b"]
    assert texts(*blocks, accepts=reject_all) == ["a4b"]
    assert texts(*blocks, accepts=accept_anns) == ["a13b"]
    assert texts(*blocks, accepts=lambda r: r.author == "Bo") == ["a2", "4b"]


def test_a_file_whose_changes_nobody_asked_for_reads_as_if_all_were_accepted() -> None:
    story = body(p(by("ins", "Ann", r("new")), by("del", "Ann", gone("old")), mark=DELETED), p())

    assert read_text(story) == "new"


def test_joined_paragraphs_are_as_the_last_one_is() -> None:
    blocks = (
        p(r("a"), mark=INSERTED, properties='<w:pStyle w:val="Quote"/>'),
        p(r("b"), properties='<w:pStyle w:val="ListBullet"/>'),
    )
    [joined] = read(*blocks, accepts=reject_all)

    assert (joined.style, joined.is_item) == ("ListBullet", True)


def test_marks_of_a_paragraph_that_a_change_takes_whole_are_none_of_the_next() -> None:
    blocks = (
        p(bookmark(KEY), control(KEY, by("del", "Ann", gone("old"))), end(), mark=DELETED),
        p(bookmark(OTHER, 8), r("next"), end(8)),
    )
    [joined] = read(*blocks)

    assert joined.marks == (Stretch(OTHER, 0, 4),)
    assert joined.controls == ()
    assert [q.marks for q in read(*blocks, accepts=reject_all)] == [
        (Stretch(KEY, 0, 3),),
        (Stretch(OTHER, 0, 4),),
    ]


def test_marks_stay_in_a_paragraph_whose_text_a_change_takes() -> None:
    [emptied] = read(p(bookmark(KEY), control(KEY, by("del", "Ann", gone("old"))), end()))

    assert emptied.marks == emptied.controls == (Stretch(KEY, 0, 0),)


def test_a_paragraph_that_goes_before_a_table_stays_if_it_holds_a_field() -> None:
    blocks = (
        p(bookmark(KEY), by("del", "Ann", gone("old")), end(), mark=DELETED),
        table(row(cell(p(r("c"))))),
    )

    assert [(q.text, q.marks) for q in read(*blocks)] == [("", (Stretch(KEY, 0, 0),)), ("c", ())]


def test_a_bookmark_that_ends_in_a_row_that_is_gone_ends_there() -> None:
    blocks = (
        p(bookmark(KEY), r("a")),
        table(row(cell(p(end(), r("b"))), properties=DELETED), row(cell(p(r("c"))))),
    )

    assert [q.marks for q in read(*blocks)] == [(Stretch(KEY, 0, 1),), ()]


def test_formatting_that_is_rejected_is_the_old_one() -> None:
    old_run = by("rPrChange", "Ann", "<w:rPr><w:i/></w:rPr>")
    old_paragraph = by("pPrChange", "Ann", '<w:pPr><w:pStyle w:val="Quote"/></w:pPr>')
    run = r("x", f"<w:b/>{old_run}")
    block = p(r("a"), run, properties=f'<w:pStyle w:val="ListBullet"/>{old_paragraph}')
    plain = p(r("a", by("rPrChange", "Ann")))

    [new], [old] = read(block), read(block, accepts=reject_all)
    assert (new.emphasis, new.style, new.is_item) == (((1, 2, STRONG),), "ListBullet", True)
    assert (old.emphasis, old.style, old.is_item) == ((), "Quote", False)
    assert read(p(run), accepts=reject_all)[0].emphasis == ((0, 1, EM),)
    assert read(plain, accepts=reject_all)[0].emphasis == ()
    assert new.revisions == old.revisions == ((1, 0, 2), (2, 1, 2))


def test_changes_say_where_they_are_in_each_view() -> None:
    blocks = (
        p(r("a"), by("ins", "Ann", r("bc")), by("del", "Bo", gone("d")), mark=by("ins", "Bo")),
        p(by("ins", "Cy", r("e"), by("del", "Bo", gone("f")))),
    )

    assert [q.revisions for q in read(*blocks)] == [
        ((1, 1, 3), (2, 3, 3), (3, 3, 3)),
        ((4, 0, 1), (5, 1, 1)),
    ]
    assert [q.revisions for q in read(*blocks, accepts=reject_all)] == [
        ((1, 1, 1), (2, 1, 2), (3, 2, 2), (4, 2, 2), (5, 2, 2)),
    ]


def revisions(*blocks: str) -> list[Revision]:
    return sorted(set(find_revisions([body(*blocks)]).values()), key=lambda r: r.number)


def test_changes_are_numbered_in_the_order_of_the_document() -> None:
    found = revisions(
        p(by("ins", "Ann", r("one"), by("del", "Bo", gone("two")))),
        p('<w:moveFromRangeStart w:id="1" w:name="move7"/>', by("moveFrom", "Ann", r("three"))),
        p(r("x", "<w:b/>" + by("rPrChange", "Cy"))),
    )
    date = "2026-11-03T09:00:00Z"

    assert found == [
        Revision(1, "inserted", "Ann", date, "onetwo"),
        Revision(2, "deleted", "Bo", date, "two"),
        Revision(3, "moved-from", "Ann", date, "three", "move7"),
        Revision(4, "formatted", "Cy", date, "x"),
    ]


def test_what_one_person_did_at_once_is_one_change() -> None:
    later = "2026-11-04T09:00:00Z"
    found = revisions(
        p(by("ins", "Ann", r("a")), by("ins", "Ann", r("b")), mark=INSERTED),
        p(by("ins", "Ann", r("c")), by("ins", "Ann", r("d"), date=later), r("x")),
        p(by("ins", "Ann", r("e")), r(" "), by("ins", "Ann", r("f"))),
        p(by("ins", "Ann", r("g")), "<w:r><w:tab/></w:r>", by("ins", "Ann", r("h"))),
    )

    assert [(r.kind, r.text) for r in found] == [
        ("inserted", "ab\nc"),
        *(("inserted", text) for text in "defgh"),
    ]


def test_new_rows_and_what_they_hold_are_one_change() -> None:
    new = row(cell(p(by("ins", "Ann", r("a")))), cell(p(r("b"))), properties=INSERTED)
    found = revisions(table(row(cell(p(r("old")))), new, new), p(by("ins", "Ann", r("c"))))

    assert [(r.kind, r.text) for r in found] == [("inserted", "a\nb\na\nb\nc")]
    shown = read(table(new), p(r("c")))
    assert [q.revisions for q in shown] == [((1, 0, 1),), ((1, 0, 1),), ()]


def test_names_and_texts_of_changes_are_tamed() -> None:
    long = "x" * 30_000
    [found] = revisions(p(by("ins", f"A\u202enn{'y' * 200}", r(long), date="\u0085now")))

    assert found.author == f"Ann{'y' * 97}"
    assert found.date == "now"
    assert len(found.text) == 20_000


# Heads, feet and notes


def test_furniture_is_each_text_once_without_what_fields_work_out() -> None:
    page = field("PAGE", r("3"))
    linked = field('HYPERLINK "https://a.b/"', r("site"))
    foot = body(p(r("Page "), page, r(" of "), '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t>'
                  "</w:r></w:fldSimple>"), p(), p(linked), p(r("Page "), r(" of ")))  # fmt: skip
    head = body(p("<w:r><w:drawing/></w:r>", r(" Series")), p(r("Page  of")))

    assert read_furniture([foot, head]) == ["Page  of", "site", "Series"]


def test_the_chain_of_styles_may_be_a_circle_or_broken() -> None:
    styles = Styles.of(etree.fromstring(STYLES))

    assert not styles.is_bold("Round")
    assert not styles.is_numbered("Nothing")

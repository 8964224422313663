"""The sample is sound and open to all readers, and each check finds the fault that it is for."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from docx_accessibility import barriers
from docx_opened import Opened
from docx_sample import sample, word_style
from docx_soundness import faults, wide_bookmarks

from briefgen.formats.docx.render import render_docx

BODY = "word/document.xml"
NOTES = "word/footnotes.xml"
STYLES = "word/styles.xml"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
BOX_OF_CONTENT = (
    "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
)


@lru_cache(maxsize=1)
def blob() -> bytes:
    return render_docx(sample(), word_style())


def edited(part: str, old: str, new: str) -> Opened:
    """The sample with the first place that a pattern finds in a part replaced."""
    opened = Opened(blob())
    text, times = re.subn(old, new, opened.raw[part].decode(), count=1, flags=re.DOTALL)
    assert times, f"{part} does not hold {old!r}"
    opened.raw[part] = text.encode()
    return opened


def test_nothing_is_wrong_with_the_sample() -> None:
    opened = Opened(blob())

    assert faults(opened) == []
    assert wide_bookmarks(opened) == []
    assert barriers(opened) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        (BODY, r'<w:bookmarkEnd w:id="3"/>', "", "bookmark 3 is not closed"),
        (BODY, r'<w:bookmarkStart w:id="3"[^>]*/>', "", "bookmark 3 is closed before"),
        (BODY, 'w:name="built"', 'w:name="WATCH"', "bookmark 'watch' stands 2 times"),
        (BODY, 'w:name="built"', f'w:name="{"b" * 41}"', "a name that Word does not keep"),
        (BODY, 'w:name="built"', 'w:name="1built"', "a name that Word does not keep"),
        (BODY, 'w:id="3" w:name', 'w:id="2" w:name', "bookmark's id '2' stands 2 times"),
        (BODY, '<w:fldChar w:fldCharType="end"/>', "", "a field is not ended"),
        (BODY, '<w:fldChar w:fldCharType="begin"/>', "", "a field has its separate before"),
        (BODY, 'fldCharType="separate"', 'fldCharType="end"', "a field has its end before"),
        (BODY, 'w:instr=" SEQ Figure[^"]*"', 'w:instr=" "', "a field without instruction"),
        (BODY, "REF figure_steps", "REF figure_gone", "that is not there: REF figure_gone"),
        (
            BODY,
            r"<w:instrText[^>]*> TOC .*?</w:instrText>",
            "<w:instrText>PAGE</w:instrText><w:instrText>REF gone</w:instrText>",
            "that is not there: PAGEREF gone",
        ),
        (BODY, 'w:anchor="pilots"', 'w:anchor="gone"', "the bookmark 'gone', which is not there"),
        (BODY, "(<w:footnoteReference [^>]*>)", r"\1\1", "footnotes ['1', '2'"),
        (NOTES, '<w:footnote w:id="15">.*?</w:footnote>', "", "are marked as ['1', '2'"),
        (BODY, "<w:drawing>.*?</w:drawing>", r"\g<0>\g<0>", "drawing '1' stands 2 times"),
        (BODY, 'r:id="rId', 'r:id="rId99', "relation rId99"),
        (
            RELATIONS,
            "</Relationships>",
            r'<Relationship Id="r0" Type="x/image" Target="media/image1.png"/>\g<0>',
            "relation r0 (image) is not used",
        ),
        (RELATIONS, "https://example.org/contact", "javascript:x", "leads to 'javascript:x'"),
        (RELATIONS, "footnotes.xml", "footnote.xml", "word/footnote.xml is not there"),
        (
            TYPES,
            r'<Override PartName="/word/styles.xml"',
            '<Override PartName="/word/style.xml"',
            "content type of word/style.xml, which is not there",
        ),
        (TYPES, r'<Default Extension="png"[^>]*/>', "", "image1.png has no content type"),
        (BODY, 'w:pStyle w:val="Subtitle"', 'w:pStyle w:val="Undertitle"', "style 'Undertitle'"),
        (BODY, 'w:tblStyle w:val="', 'w:tblStyle w:val="My', "table style 'My"),
        (STYLES, 'w:next w:val="Subtitle"', 'w:next w:val="Undertitle"', "names 'Undertitle'"),
        (BODY, '<w:numId w:val="[^"]*"/>', '<w:numId w:val="99"/>', "list 99 is not there"),
        ("word/numbering.xml", r'<w:pStyle w:val="ListBullet"/>', "", "'ListBullet' is on list"),
        (BODY, '<w:gridCol w:w="', '<w:gridCol w:w="1', "wide, its columns"),
        (BODY, "<w:tc>.*?</w:tc>", "", "a row fills 3 of 4 columns"),
        (BODY, r"</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "a cell does not end in a paragraph"),
        (BODY, r"(</w:p>)(<w:p><w:pPr><w:pStyle w:val=\"BodyText\")", r"\1<w:p/>\2", "an empty"),
        (BODY, "<w:t[^>]*>What is being built", r"\g<0>   ", "set by blanks: 'What is being"),
        (
            BODY,
            "(<w:r><w:t)",
            BOX_OF_CONTENT.format('<w:tag w:val="%s"/>' % ("x" * 65)) + r"\1",
            "is longer than 64 characters",
        ),
        (
            BODY,
            "(<w:r><w:t)",
            BOX_OF_CONTENT.format('<w:id w:val="7"/>') * 2 + r"\1",
            "control's id '7' stands 2 times",
        ),
        (BODY, "(<w:r><w:t)", r'<w:commentRangeStart w:id="1"/>\1', "a commentRangeStart each"),
    ],
)
def test_a_fault_is_found(part: str, old: str, new: str, told: str) -> None:
    assert told in "\n".join(faults(edited(part, old, new)))


def test_a_bookmark_over_two_paragraphs_is_found() -> None:
    over = edited(BODY, r'(<w:bookmarkEnd w:id="3"/>)</w:p>(<w:p>.*?</w:p>)', r"</w:p>\2\1")

    assert len(wide_bookmarks(over)) == 1
    assert faults(over) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        (BODY, 'w:pStyle w:val="Title"', 'w:pStyle w:val="BodyText"', "0 titles"),
        (BODY, 'w:pStyle w:val="Heading2"', 'w:pStyle w:val="Heading3"', "level 3 after 1"),
        (BODY, "<w:t>Radar</w:t>", "<w:t/>", "an empty heading of level 3"),
        (BODY, r'descr="[^"]*"', 'descr=""', "a drawing is told as ''"),
        (BODY, r'descr="[^"]*"', 'descr="IMG_1234.png"', "a drawing is told as 'IMG_1234.png'"),
        (BODY, r"wp:inline( .*?)wp:inline>", r"wp:anchor\1wp:anchor>", "1 floating things"),
        (BODY, 'w:firstColumn="1"(.*?)<w:tblHeader/>', r"\1", "table 2 has no heads"),
        (BODY, "<w:tcW [^>]*/>", r'\g<0><w:gridSpan w:val="2"/>', "table 1 has merged cells"),
        (BODY, "<w:tc>", "<w:tc><w:tbl/>", "table 1 holds a table"),
        (BODY, "<w:tblCaption [^>]*/>", "", "table 1 has no name"),
        ("docProps/core.xml", "<dc:title>[^<]*", "<dc:title>", "no title among"),
        ("docProps/core.xml", "<dc:language>[^<]*", "<dc:language>", "no language among"),
        (BODY, '<w:lang w:val="ja-JP" w:eastAsia="ja-JP"/>', "", "the language of '港湾'"),
        (BODY, r"<w:t>Figure 1</w:t>(.*)<w:t>the part on pilots", r"<w:t>Figure 1</w:t>\1<w:t>here",
         "a link says 'here'"),
        (STYLES, '(w:styleId="BriefgenSoWhat".*?<w:color w:val=")[0-9A-F]*', r"\g<1>999999",
         "style BriefgenSoWhat: #999999 on #ffffff has a contrast of 2.85"),
        (STYLES, '(w:styleId="Hyperlink".*?<w:color w:val=")[0-9A-F]*', r"\g<1>767676",
         "style Hyperlink: #767676 on #"),
        ("word/numbering.xml", '<w:color w:val="[0-9A-F]*', '<w:color w:val="CCCCCC', "of a list"),
        (BODY, "<w:r><w:t", '<w:r><w:rPr><w:color w:val="DDDDDD"/></w:rPr><w:t', "xml: text: #DD"),
    ],
)  # fmt: skip
def test_a_barrier_is_found(part: str, old: str, new: str, told: str) -> None:
    assert told in "\n".join(barriers(edited(part, old, new)))

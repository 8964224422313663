"""PDF, DOCX and HTML have the same texts, cells, figures, links and notes in the same order.

Here on a document with everything in it, and with faults put in; test_pdf_standards.py does it with
every edition.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache

import pytest
from contents import Contents, first_difference, of_tags, of_tree
from docx_contents import contents_of
from docx_opened import Element, Opened, find
from docx_sample import LAYOUT, layout_in, sample, word_style
from lxml import html
from tagged import Tag, tags_of

from briefgen.formats.docx.oxml import wname
from briefgen.formats.docx.render import render_docx
from briefgen.formats.html import render_html
from briefgen.formats.pdf import lay_out

# --- The sample in each format ------------------------------------------------


@lru_cache(maxsize=1)
def word() -> bytes:
    return render_docx(sample(), word_style())


@lru_cache(maxsize=1)
def page() -> str:
    layout = layout_in(LAYOUT.parent)
    return render_html(sample(), layout.sheet("screen.css"), layout.locale("en-GB").date).decode()


@lru_cache(maxsize=1)
def tags() -> Tag:
    return tags_of(lay_out(sample(), layout_in(LAYOUT.parent).sheet("print.css")).pdf())


def in_word(fault: Callable[[Opened], None] | None = None) -> str:
    """How the Word file, with a fault in it, differs from the document."""
    opened = Opened(word())
    if fault:
        fault(opened)
    return first_difference(of_tree(sample().tree), contents_of(opened))


def in_html(fault: Callable[[Element], None] | None = None) -> str:
    root = html.document_fromstring(page())
    if fault:
        fault(root)
    return first_difference(of_tree(sample().tree), of_tree(root))


def in_pdf(fault: Callable[[Tag], None] | None = None) -> str:
    tree = deepcopy(tags())
    if fault:
        fault(tree)
    return first_difference(of_tree(sample().tree, of_lines=True), of_tags(tree))


def test_all_formats_have_all_of_the_sample_in_its_order() -> None:
    assert (in_word(), in_html(), in_pdf()) == ("", "", "")


def test_the_listing_tells_what_a_reader_finds() -> None:
    listed = of_tree(sample().tree)
    blocks = list(map(": ".join, listed.blocks))

    assert "heading 1: Open harbours first" in blocks
    assert "cell: Sound a harbour" in blocks
    assert "item: staff who speak both languages:" in blocks
    assert [block for block in blocks if block.startswith("item 1: write")] == [
        "item 1: write the rule;{5}"
    ]
    assert "text: [Harbour watch](→ Harbourwatch)" in blocks
    assert any(block.startswith("figure: Fourstepsoftheharbourleague") for block in blocks)
    assert any("[Table 1](→ Table1Recommendationsnearestfirst)" in block for block in blocks)
    assert listed.notes[0] == (
        "Ada Nilsen, Harbours and Treaties, part 1, Review of Northern Ports 1/2024, "
        "[example.org/ports/1](https://example.org/ports/1?a=1&b=2)."
    )
    assert len(listed.notes) == 15
    assert "nowhere" not in "".join(blocks)


# --- Faults -------------------------------------------------------------------


def paragraph_of(opened: Opened, words: str) -> Element:
    """The one paragraph of a Word file that holds these words."""
    (found,) = (p for p in opened.paragraphs() if words in "".join(map(str, p.itertext())))
    return found


def lose(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def swap_with_next(element: Element) -> None:
    following = element.getnext()
    assert following is not None
    following.addnext(element)


def lose_note(opened: Opened) -> None:
    mark = opened.body.find(f".//{wname('footnoteReference')}")
    assert mark is not None
    lose(mark)


def empty_note(opened: Opened) -> None:
    notes = opened.part("word/footnotes.xml")
    for run in find(notes, "w:footnote[@w:id='3']//w:r"):
        lose(run)


def set_anchor(opened: Opened) -> None:
    (link,) = find(opened.body, ".//w:hyperlink[@w:anchor='claim_storms']")
    link.set(wname("anchor"), "source_okoro")


def set_address(opened: Opened) -> None:
    (relation, *_) = opened.part("word/_rels/footnotes.xml.rels")
    relation.set("Target", "https://example.org/elsewhere")


def restart_list(opened: Opened) -> None:
    for override in find(opened.part("word/numbering.xml"), "//w:startOverride"):
        override.set(wname("val"), "2")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda o: lose(paragraph_of(o, "Follow it from the guild")), "expected text: Follow it"),
        (lambda o: swap_with_next(paragraph_of(o, "The breadth is")), "found    item: a budget"),
        (lambda o: swap_with_next(find(o.body, "w:tbl/w:tr/w:tc")[1]), "found    text: Issued"),
        (lambda o: lose(find(o.body, "w:p[.//w:drawing]")[0]), "expected figure: Foursteps"),
        (lose_note, "expected item 1: The meeting place is south"),
        (empty_note, "note 3 of 15"),
        (set_anchor, "found    cell: Our inference from [1](→ Okoro"),
        (set_address, "[example.org/ports/1](https://example.org/elsewhere)"),
        (restart_list, "found    item 2: watch officers first"),
    ],
)
def test_a_fault_in_the_word_file_is_found(fault: Callable[[Opened], None], told: str) -> None:
    assert told in in_word(fault)


def element_with(root: Element, tag: str, words: str) -> Element:
    return next(e for e in root.iter(tag) if words in "".join(map(str, e.itertext())))


def follow(root: Element, name: str, target: str) -> None:
    (link,) = (a for a in root.iter("a") if a.get("href") == name and a.get("class") == "ref")
    link.set("href", target)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda r: lose(element_with(r, "p", "Follow it from the guild")), "expected text: Follow"),
        (lambda r: swap_with_next(element_with(r, "h4", "Radar")), "found    text: Two stations"),
        (lambda r: lose(element_with(r, "td", "League")), "expected cell: League"),
        (lambda r: lose(next(r.iter("svg"))), "expected figure: Foursteps"),
        (lambda r: lose(r.find(".//sup[@id='call_4']")), "expected text: The breadth is real"),
        (lambda r: lose(r.find(".//div[@id='note_3']")), "note 3 of 15 (found 14)"),
        (lambda r: follow(r, "#claim-storms", "#source-okoro"), "[1](→ Okoro"),
        (lambda r: follow(r, "#claim-storms", "#gone"), "[1](→ nowhere)"),
    ],
)
def test_a_fault_in_the_page_is_found(fault: Callable[[Element], None], told: str) -> None:
    assert told in in_html(fault)


def tag_with(tree: Tag, role: str, words: str) -> tuple[Tag, int]:
    """The tag around the last one of a role with these words, and its place there."""
    return next(
        (around, at)
        for around in tree.walk()
        for at, kid in enumerate(around.kids)
        if isinstance(kid, Tag) and kid.role == role and words in re.sub(r"\s+", " ", kid.text())
    )


def lose_tag(tree: Tag, role: str, words: str = "") -> None:
    around, at = tag_with(tree, role, words)
    del around.kids[at]


def swap_tag(tree: Tag, role: str, words: str) -> None:
    around, at = tag_with(tree, role, words)
    around.kids[at], around.kids[at + 1] = around.kids[at + 1], around.kids[at]


def lead_elsewhere(tree: Tag) -> None:
    next(tag for tag in tree.tags("Link") if tag.target == "#claim-storms").target = "#harbour"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda t: lose_tag(t, "P", "Follow it from"), "expected text: Followit"),
        (lambda t: swap_tag(t, "H4", "Radar"), "found    text: Twostations"),
        (lambda t: lose_tag(t, "TD", "League"), "expected cell: League"),
        (lambda t: lose_tag(t, "Figure"), "expected figure: Foursteps"),
        (lambda t: lose_tag(t, "Note", "part 3"), "expected text: Theleaguesigned"),
        (lead_elsewhere, "[1](#harbour)"),
    ],
)
def test_a_fault_in_the_pdf_is_found(fault: Callable[[Tag], None], told: str) -> None:
    assert told in in_pdf(fault)


def test_a_difference_at_the_end_is_told() -> None:
    whole = of_tree(sample().tree)

    assert "(the end)" in first_difference(whole, Contents(whole.blocks[:-1], whole.notes))
    assert "note 15 of 15 (found 14)" in first_difference(
        whole, Contents(whole.blocks, whole.notes[:-1])
    )

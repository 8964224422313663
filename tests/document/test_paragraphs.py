"""Numbered paragraphs: one count through the document, in lists that say where they begin."""

from __future__ import annotations

from lxml import etree

from briefgen.document.paragraphs import number_paragraphs


def numbered(body: str) -> str:
    tree = etree.fromstring(f"<body>{body}</body>")
    number_paragraphs(tree)
    return etree.tostring(tree, encoding="unicode").removeprefix("<body>").removesuffix("</body>")


def test_the_numbers_run_on_through_sections_and_headings() -> None:
    page = numbered(
        '<section class="numbered"><h2>A</h2><p>1</p><p>2</p></section>'
        '<section class="numbered"><p>3</p><h3>B</h3><p>4</p></section>'
    )

    assert page == (
        '<section class="numbered"><h2>A</h2>'
        '<ol class="paragraphs" start="1"><li><p>1</p></li><li><p>2</p></li></ol></section>'
        '<section class="numbered"><ol class="paragraphs" start="3"><li><p>3</p></li></ol>'
        '<h3>B</h3><ol class="paragraphs" start="4"><li><p>4</p></li></ol></section>'
    )


def test_a_list_behind_a_paragraph_belongs_to_it() -> None:
    page = numbered('<section class="numbered"><p>1</p><ul><li>x</li></ul><p>2</p></section>')

    assert page == (
        '<section class="numbered"><ol class="paragraphs" start="1">'
        "<li><p>1</p><ul><li>x</li></ul></li><li><p>2</p></li></ol></section>"
    )


def test_other_paragraphs_are_left_alone() -> None:
    page = (
        '<section><p>x</p></section><section class="numbered"><p class="sowhat">y</p>'
        '<aside class="caveat"><p>z</p></aside><section><p>inner</p></section></section>'
    )

    assert numbered(page) == page

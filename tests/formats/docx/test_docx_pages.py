"""Pages are filled as Word and LibreOffice fill them, with lines counted by their words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from docx_opened import Opened
from docx_sample import document_of, word_style

from briefgen.formats.docx.formatting import Formatting
from briefgen.formats.docx.heights import Block, Heights, NoteHeight
from briefgen.formats.docx.lines import Line, LineBreaker
from briefgen.formats.docx.notes import SEPARATOR_HEIGHT
from briefgen.formats.docx.pages import pages_of
from briefgen.formats.docx.render import render_docx

PAGE = 100.0


def block(name: str, *heights: float, note: float = 0, **rules: bool | float) -> Block:
    """A block of lines so high, with a note so high at its first."""
    notes = (str(note),) if note else ()
    lines = [Line(height, notes if not at else ()) for at, height in enumerate(heights)]
    return Block(tuple(lines), (name,), **rules)  # type: ignore[arg-type]


def note_height(identifier: str) -> NoteHeight:
    """Notes that are named by their height in points; their lines are ten high."""
    return NoteHeight(10, float(identifier))


def pages(*blocks: Block) -> list[int]:
    names = [name for each in blocks for name in each.names]
    found = pages_of(set(names), blocks, note_height, PAGE)
    return [found[name] for name in names]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([block("a", 60), block("b", 40)], [1, 1]),
        ([block("a", 60), block("b", 41)], [1, 2]),
        ([block("a", 60), block("b", 40, before=1.0)], [1, 2]),
        ([block("a", 60), block("b", 30, above=5.0, below=6.0)], [1, 2]),
        ([block("a", 10), block("b", 10, starts_page=True)], [1, 2]),
        ([block("a", 10, starts_page=True)], [1]),
    ],
)
def test_a_block_stands_where_there_is_room(blocks: Sequence[Block], expected: list[int]) -> None:
    assert pages(*blocks) == expected


def test_a_heading_stands_on_the_page_of_what_it_keeps_with() -> None:
    heading = block("heading", 10, keeps_next=True)

    assert pages(block("a", 80), heading, block("b", 10)) == [1, 1, 1]
    assert pages(block("a", 80), heading, block("b", 11)) == [1, 2, 2]
    assert pages(block("a", 80), heading, block("b", 5, 5, 5, 5)) == [1, 1, 1]
    assert pages(block("a", 80), heading, block("b", 5, 5, 5)) == [1, 2, 2]
    assert pages(block("a", 80), heading, block("b", 5, 5, 5, 5, keeps_lines=True)) == [1, 2, 2]


def test_no_page_starts_with_the_last_line_of_a_paragraph() -> None:
    lines = [10.0] * 5

    assert pages(block("a", 60), block("b", *lines), block("c", 80)) == [1, 1, 2]
    assert pages(block("a", 60), block("b", *lines), block("c", 81)) == [1, 1, 3]


def test_a_note_starts_on_the_page_of_its_mark() -> None:
    line = SEPARATOR_HEIGHT + 10

    assert pages(block("a", 60), block("b", 40 - line, note=10)) == [1, 1]
    assert pages(block("a", 60), block("b", 41 - line, note=10)) == [1, 2]
    # The line above the notes is there once.
    two = block("a", 40, note=10), block("b", 60 - line - 10, note=10)
    assert pages(*two) == [1, 1]
    assert pages(*two, block("c", 1)) == [1, 1, 2]


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    noted = block("a", 60), block("b", 30 - SEPARATOR_HEIGHT, note=40)
    rest = SEPARATOR_HEIGHT + 30

    assert pages(*noted, block("c", 100 - rest), block("d", 1)) == [1, 1, 2, 3]
    assert pages(*noted, block("c", 99 - rest), block("d", 1)) == [1, 1, 2, 2]


def test_the_head_of_a_table_is_repeated() -> None:
    rows = [block("row", 40, head=30.0), block("next", 40, head=30.0)]

    assert pages(block("a", 90), *rows) == [1, 2, 3]


def test_what_is_higher_than_a_page_breaks_between_its_blocks() -> None:
    blocks = [block(name, 60, keeps_next=True) for name in "abc"]

    assert pages(block("before", 10), *blocks) == [1, 2, 3, 4]


def heights_of(body: str) -> list[Block]:
    opened = Opened(render_docx(document_of(body), word_style()))
    formatting = Formatting(opened.part("word/styles.xml"), opened.part("word/numbering.xml"))
    heights = Heights(
        formatting, LineBreaker(formatting), opened.part("word/footnotes.xml"), width=408.0
    )
    return list(heights.blocks(opened.body))


def test_lines_are_counted_and_as_high_as_the_style_says() -> None:
    (one,) = heights_of("<p>A harbour.</p>")
    (three,) = heights_of(f"<p>{'harbour ' * 30}</p>")

    assert [line.height for line in one.lines] == [14.0]
    assert [line.height for line in three.lines] == [14.0] * 3


def test_of_two_spaces_that_meet_the_larger_counts() -> None:
    heading, text, end = heights_of("<h3>y</h3><p>x</p><h3>y</h3>")

    assert [block.before for block in (heading, text, end)] == [12, 2, 12]


def test_a_box_has_its_padding_once() -> None:
    heading, text = heights_of('<aside class="box"><h2>x</h2><p>y</p></aside>')[:2]

    assert (heading.above, heading.below, text.above, text.below) == (13, 0, 0, 12)


def test_the_notes_of_a_line_are_known() -> None:
    words = "harbour " * 30
    (text,) = heights_of(
        f'<p>First<span class="footnote">A</span> {words} last<span class="footnote">B</span></p>'
    )

    assert [line.notes for line in text.lines] == [("1",), (), ("2",)]


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    head, row = heights_of(
        '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        f"<tbody><tr><td>x</td><td>{'harbour ' * 60}</td></tr></tbody></table>"
    )[:2]

    assert row.lines[0].height > 3 * head.lines[0].height
    assert row.head == head.lines[0].height

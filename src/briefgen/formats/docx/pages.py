"""On which page each bookmark of a written file stands, where Word or LibreOffice lays it out.

A page is filled block by block as they do it: what keeps with its next goes to the next page
with it, no page starts with the last line of a paragraph or ends with its first, and a note starts
on the page of its mark.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from briefgen.formats.docx.heights import Block, NoteHeight
from briefgen.formats.docx.lines import Line
from briefgen.formats.docx.notes import SEPARATOR_HEIGHT

LEAST = 2
"""Lines of a paragraph that a page holds at least, at its foot and at its head."""
WHOLE = 2 * LEAST
"""Lines that a paragraph must have to be broken."""


def pages_of(
    names: Collection[str],
    blocks: Iterable[Block],
    note_height: Callable[[str], NoteHeight],
    page_height: float,
) -> dict[str, int]:
    """The number of the page, from 1, on which each of these bookmarks stands.

    `page_height` is that of text and notes, in points. One that no block has is left out.
    """
    filling, found = _Filling(note_height, page_height), dict[str, int]()
    for group in _groups(blocks):
        for block, page in filling.add(group):
            found |= {name: page for name in block.names if name in names}
        if len(found) == len(names):
            break
    return found


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks that keep together, each time with the one that the last of them keeps with."""
    group: list[Block] = []
    for block in blocks:
        if group and (block.starts_page or not group[-1].keeps_next):
            yield group
            group = []
        group.append(block)
    yield group


class _Filling:
    """Fills pages from the top with text and from the foot with notes."""

    def __init__(self, note_height: Callable[[str], NoteHeight], page_height: float) -> None:
        self._note_height = note_height
        self._page_height = page_height
        self._page = 1
        self._text = 0.0
        self._notes = 0.0

    def add(self, group: list[Block]) -> Iterator[tuple[Block, int]]:
        """Set a group; each block comes back with the page on which it starts."""
        if not self._has_room(_together(group)):
            self._turn(group[0])
        for block in group:
            # A group that is higher than a page breaks between its blocks.
            if block.starts_page or not self._has_room(_together([block])):
                self._turn(block)
            if self._text or block.starts_page or self._page == 1:
                self._text += block.before
            self._text += block.above
            yield block, self._page
            self._set_lines(block)
            self._text += block.below

    def _set_lines(self, block: Block) -> None:
        last = len(block.lines) - 1
        for at, line in enumerate(block.lines):
            if not block.keeps_lines and not self._has_room([line]):
                self._turn(block)
                if at == last and at:
                    self._set_line(block.lines[at - 1])
            self._set_line(line)

    def _set_line(self, line: Line) -> None:
        self._text += line.height
        self._notes = self._notes_with(line.notes)

    def _turn(self, block: Block) -> None:
        """Start a page with a block, unless this one is empty; what notes have too much follows."""
        if self._text:
            rest = max(0, self._text + self._notes - self._page_height)
            self._page += 1
            self._text, self._notes = block.head, rest and SEPARATOR_HEIGHT + rest

    def _has_room(self, lines: Sequence[Line]) -> bool:
        """Whether these fit on the page with their notes, of the last its first line at least.

        On an empty page all does.
        """
        text = self._text + sum(line.height for line in lines)
        marks = [note for line in lines for note in line.notes]
        notes = self._notes_with(marks)
        if marks:
            last = self._note_height(marks[-1])
            notes -= last.whole - last.least
        return not self._text or text + notes <= self._page_height

    def _notes_with(self, more: Sequence[str]) -> float:
        """Height of the page's notes with more of them."""
        if not more:
            return self._notes
        return (self._notes or SEPARATOR_HEIGHT) + sum(self._note_height(n).whole for n in more)


def _together(group: Sequence[Block]) -> list[Line]:
    """What must stand on one page: all of a group but the lines with which its end may break."""
    lines: list[Line] = []
    for block in group[:-1]:
        lines += [Line(block.before + block.above), *block.lines, Line(block.below)]
    last = group[-1]
    is_whole = last.keeps_lines or len(last.lines) < WHOLE
    lines += [Line(last.before + last.above), *last.lines[: None if is_whole else LEAST]]
    return [*lines, Line(last.below)] if is_whole else lines

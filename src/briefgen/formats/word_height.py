"""How high a document is in Word, reckoned from its pages in PDF.

Word and LibreOffice set the text as high as WeasyPrint does: sizes and spaces come from one
theme, and the office faces are scaled to the width of ours. But lines break elsewhere: over eighty
documents of one page, which have no notes, LibreOffice set up to 3.1 per cent more, which is two
lines. Notes differ as well: each has a paragraph of its own, while in PDF they run on.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from briefgen.document.theme import Theme
from briefgen.formats.paging import Block, Paging

NOTE_CHARACTERS = 100
"""Characters in a line of notes, over the width of the text."""
LOST_ON_A_PAGE = 30.0
"""CSS pixels that LibreOffice 7.4 leaves empty at the foot of a page where paragraphs with notes
and what is kept with them do not fit, and round the line above the notes."""
AT_WORST = 1.035
"""How much higher text may be there because its lines break elsewhere."""
PIXELS = 96 / 72
"""CSS pixels in a point."""


def word_height(paging: Paging, theme: Theme) -> float:
    """Height of text and notes in Word, in CSS pixels."""
    notes = _notes_height(paging.note_lengths, theme)
    return AT_WORST * (sum(paging.text) + notes) + LOST_ON_A_PAGE * (paging.pages - 1)


def word_block_height(block: Block, theme: Theme) -> float:
    """Height of a block with its notes in Word, in CSS pixels."""
    return block.text + _notes_height(block.note_lengths, theme)


def _notes_height(lengths: Iterable[int], theme: Theme) -> float:
    lines = sum(ceil(length / NOTE_CHARACTERS) for length in lengths)
    return lines * theme.type["note"].line * PIXELS

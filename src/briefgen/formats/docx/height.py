"""How high a document is in Word, reckoned from its pages in PDF.

Word and LibreOffice set the text as high as WeasyPrint does: sizes and spaces come from one
theme, and the office faces are scaled to the width of ours. Over nine documents without notes the
heights differed by 0.4 per cent at the mean and 0.9 at the most. Notes do differ: each has a
paragraph of its own, while in PDF they run on.
"""

from __future__ import annotations

from math import ceil

from briefgen.document.theme import Theme
from briefgen.formats.paging import Paging

NOTE_CHARACTERS = 100
"""Characters in a line of notes, over the width of the text."""
LOST_ON_A_PAGE = 100.0
"""CSS pixels that LibreOffice 7.4 leaves empty at the foot of a page where paragraphs with notes
and what is kept with them do not fit, and round the line above the notes."""
PIXELS = 96 / 72
"""CSS pixels in a point."""


def word_height(paging: Paging, theme: Theme) -> float:
    """Height of text and notes in Word, in CSS pixels."""
    line = theme.type["note"].line * PIXELS
    lines = sum(ceil(length / NOTE_CHARACTERS) for length in paging.note_lengths)
    return sum(paging.text) + lines * line + LOST_ON_A_PAGE * (paging.pages - 1)

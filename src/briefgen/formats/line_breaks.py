"""Lines that WeasyPrint 70 breaks too early.

Where a run of text fits a line but for the space at its end, WeasyPrint breaks the line after the
run's first word. Such a run ends before each element in a sentence, so a line of one word stands
now and then in the midst of a paragraph. A space at the end of a line takes no room, so that the
run fits after all; a no-break space does not end a line, so that the last word goes on to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SPACES = " \u00a0"
FIRST_WORD = re.compile(r" *[^ ]*")


@contextmanager
def late_breaks() -> Iterator[None]:
    """While it lasts, WeasyPrint breaks such lines where it breaks all others."""
    from weasyprint.layout import inline

    theirs = inline.split_first_line

    def split(
        text: str, style: Any, context: Any, width: float | None, justification: Any, **more: Any
    ) -> Any:
        def within(words: str, room: float | None) -> Any:
            return theirs(words, style, context, room, justification, **more)

        line = within(text, width)
        words = text.rstrip(SPACES)
        first = FIRST_WORD.match(words)
        if words == text or not first or first[0] == words:
            return line
        _, _, resume, *_ = line
        if resume is None or resume > len(first[0].encode()) + 1:
            return line
        _, _, resume, words_width, *_ = within(words, width)
        if resume is not None:
            return line  # the words do not fit: no more than the first one does
        return within(text, None if text.endswith(" ") else words_width - 1)

    inline.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = theirs

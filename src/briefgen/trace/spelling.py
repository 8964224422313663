"""Words without their spelling on a page: what copied text and printed text have in common.

Left are letters without marks or case, and digits. Quotation marks, dashes, spaces of any width,
soft hyphens and hyphens at the ends of lines are gone, since a copy may have others. A point or
comma inside a number stays, so that 3.5 is not 35.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
NOTE_NUMBER = re.compile(
    r"(?<=[^\W\d_][.,;:!?’”'\")])\d{1,3}(?=\s|$)|(?<=[^\W\d_])\d{1,3}(?=\s[A-Z]|$)"
)
"""A note's number as it stands in copied text: "at least.23 If"."""
NOTE_LETTERS = re.compile(r"(?<=[.,;:!?’”'\")])[a-z](?:,?\s?[a-z])*(?=\s+[A-Z]|\s*$)")
"""The letters that stand for sources on one page: "at least.a, c If"."""


@dataclass(frozen=True)
class Spelt:
    """A text without its spelling, with the way back."""

    letters: str
    at: tuple[int, ...]
    """Of each letter: its place in the text."""


def without_spelling(text: str) -> Spelt:
    """The letters and digits of a text, and where they stand in it."""
    letters: list[str] = []
    at: list[int] = []
    for i, char in enumerate(text):
        if char in ".," and IN_NUMBER.match(text, i):
            kept = char
        else:
            spelt = unicodedata.normalize("NFKD", char).casefold()
            kept = "".join(c for c in spelt if c.isalnum())
        letters += kept
        at += [i] * len(kept)
    return Spelt("".join(letters), tuple(at))


def spellings(words: str) -> list[str]:
    """The words as they are, then without what a copy may add: numbers and letters of notes."""
    without_numbers = NOTE_NUMBER.sub("", words)
    without_letters = NOTE_LETTERS.sub("", words)
    return list(dict.fromkeys((words, without_numbers, without_letters)))

"""Pieces of paragraphs: text with its notes and emphasis, cut and joined together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefgen.formats.docx.characters import OBJECT
from briefgen.formats.docx.reading import Emphasis, ReadParagraph
from briefgen.review.shown import BREAK

TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
"""A word, white space or one other character."""
MOST_PAIRS = 4_000_000
"""Pairs of tokens that are compared at most; longer texts are taken as replaced whole."""

Notes = tuple[tuple[int, str], ...]
Range = tuple[int, int]
OpCode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text as a Word file has it."""

    text: str = ""
    notes: Notes = ()
    """Place in the text and id of each note."""
    emphasis: tuple[tuple[int, int, Emphasis], ...] = ()

    def part(self, start: int, end: int) -> Piece:
        """The text between two offsets."""
        return Piece(
            self.text[start:end],
            tuple((at - start, name) for at, name in self.notes if start <= at < end),
            tuple(
                (max(a, start) - start, min(b, end) - start, how)
                for a, b, how in self.emphasis
                if a < end and b > start
            ),
        )

    def without(self, ranges: Iterable[Range]) -> Piece:
        """The text but for these ranges, which are in order."""
        whole, at = Piece(), 0
        for start, end in ranges:
            whole, at = whole + self.part(at, start), end
        return whole + self.part(at, len(self.text))

    def __add__(self, other: Piece) -> Piece:
        by = len(self.text)
        return Piece(
            self.text + other.text,
            self.notes + tuple((at + by, name) for at, name in other.notes),
            self.emphasis + tuple((a + by, b + by, how) for a, b, how in other.emphasis),
        )

    def stripped(self) -> Piece:
        """Without blanks and breaks at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))


def piece_of(paragraph: ReadParagraph) -> Piece:
    """A whole paragraph."""
    return Piece(paragraph.text, paragraph.notes, paragraph.emphasis)


def joined(pieces: Iterable[Piece]) -> Piece:
    """The pieces with breaks between them."""
    whole: Piece | None = None
    for piece in pieces:
        whole = piece if whole is None else whole + Piece(BREAK) + piece
    return whole or Piece()


def tokens(text: str) -> list[str]:
    """The words, blanks and signs of a text; together they are the text."""
    return TOKEN.findall(text)


def opcodes(before: list[str], after: list[str]) -> list[OpCode]:
    """What became of the tokens, as `difflib` tells it, in bounded time."""
    if before == after:
        return [("equal", 0, len(before), 0, len(after))]
    if len(before) * len(after) > MOST_PAIRS:
        return [("replace", 0, len(before), 0, len(after))]
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def offsets(parts: list[str]) -> list[int]:
    """Where each token starts, and where the last one ends."""
    found = [0]
    for part in parts:
        found.append(found[-1] + len(part))
    return found


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1: of their words, in any order."""
    left, right = (sorted(re.findall(r"\w+", text.casefold())) for text in (one, other))
    if not left and not right:
        return float(one.replace(OBJECT, "").split() == other.replace(OBJECT, "").split())
    common = 0
    at = 0
    for word in left:
        while at < len(right) and right[at] < word:
            at += 1
        if at < len(right) and right[at] == word:
            common, at = common + 1, at + 1
    return 2 * common / (len(left) + len(right))

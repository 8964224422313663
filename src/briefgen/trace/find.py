"""Find words among the passages of a ledger."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from briefgen.document.ledger import Ledger, Passage
from briefgen.problems import WrongUsage
from briefgen.trace.spelling import Spelt, spellings, without_spelling

LONGEST_WORDS = 10_000
"""Characters that may be asked for."""
MOST_PLACES = 2_000
"""Sixteen pages have "the" in about 700 places, each found twice; nobody reads as many."""
TELLING = 12
"""So many letters tell a place although they end inside a word, as a copy cut short may."""
LETTER = r"[^\W_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
"""A letter or digit of a script that parts words."""
GOES_ON_BEFORE = re.compile(rf"{LETTER}{LETTER}$|\d[.,]\d$")
GOES_ON_BEHIND = re.compile(rf"{LETTER}{LETTER}|\d[.,]\d")
NEAR_ENOUGH = 0.34
"""Share of the words asked for that a passage must have to be suggested."""


@dataclass(frozen=True)
class Place:
    """Where the words stand."""

    first: int
    """Number of the first passage in the ledger, from 0."""
    passages: tuple[Passage, ...]
    """One, or those that they run over."""
    start: int
    """Where they begin in the first one's text, in characters."""
    end: int
    """Where they end in the last one's text."""


@dataclass(frozen=True)
class _Stream:
    """Passages in a row, as one text."""

    numbered: Sequence[tuple[int, Passage]]
    """With their numbers in the ledger."""
    starts: Sequence[int]
    """Where each begins in the text."""
    spelt: Spelt
    text: str

    def places(self, letters: str, *, whole_words: bool) -> Iterator[Place]:
        """Each place of the letters."""
        at = self.spelt.letters.find(letters)
        while at >= 0:
            start, last = self.spelt.at[at], self.spelt.at[at + len(letters) - 1]
            place = self._place(start, last)
            is_found = place and (not whole_words or self._is_whole(start, last))
            if place and is_found:
                yield place
            # Places do not overlap: else a page of one letter has as many as it has letters.
            at = self.spelt.letters.find(letters, at + (len(letters) if is_found else 1))

    def _is_whole(self, start: int, last: int) -> bool:
        """Whether no word and no number goes on before or behind."""
        return not (
            GOES_ON_BEFORE.search(self.text, max(0, start - 2), start + 1)
            or GOES_ON_BEHIND.match(self.text, last)
        )

    def _place(self, start: int, last: int) -> Place | None:
        """The passages from here to there; nothing where there is only the number of a note."""
        first, final = (bisect_right(self.starts, at) - 1 for at in (start, last))
        passages = tuple(passage for _, passage in self.numbered[first : final + 1])
        begins = start - self.starts[first]
        if first == final and begins >= len(passages[0].text):
            return None
        ends = min(last - self.starts[final] + 1, len(passages[-1].text))
        return Place(self.numbered[first][0], passages, min(begins, len(passages[0].text)), ends)


def find_words(ledger: Ledger, words: str) -> list[Place]:
    """Every place where the document prints the words, in its order; notes come last.

    Raises:
        WrongUsage: there is no letter or digit in the words, or too many, or of the places.
    """
    if len(words) > LONGEST_WORDS:
        raise WrongUsage(f"more than {LONGEST_WORDS} characters to find\n  help: give fewer words")
    if not without_spelling(words).letters:
        raise WrongUsage("there is no letter or digit to find\n  help: give some words of the text")
    streams = list(_streams(ledger))
    for whole_words in (True, False):
        for spelling in spellings(words):
            letters = without_spelling(spelling).letters
            if not letters or not (whole_words or len(letters) >= TELLING):
                continue
            found = (p for s in streams for p in s.places(letters, whole_words=whole_words))
            places = list(islice(found, MOST_PLACES + 1))
            if len(places) > MOST_PLACES:
                what = f"the words stand in more than {MOST_PLACES} places"
                raise WrongUsage(f"{what}\n  help: give more words")
            if places:
                return sorted(dict.fromkeys(places), key=_reading_order)
    return []


def _reading_order(place: Place) -> tuple[bool, int, int]:
    return place.passages[0].is_note, place.first, place.start


def _streams(ledger: Ledger) -> Iterator[_Stream]:
    """The text as it is read, the same with its note numbers, and each note."""
    numbered = list(enumerate(ledger.passages))
    text = [(number, passage) for number, passage in numbered if not passage.is_note]
    yield _stream(text, with_notes=False)
    yield _stream(text, with_notes=True)
    for number, passage in numbered:
        if passage.is_note:
            yield _stream([(number, passage)], with_notes=False)


def _stream(numbered: Sequence[tuple[int, Passage]], *, with_notes: bool) -> _Stream:
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for _, passage in numbered:
        starts.append(length)
        note = str(passage.note) if with_notes and passage.note is not None else ""
        parts.append(f"{passage.text}{note} ")
        length += len(parts[-1])
    text = "".join(parts)
    return _Stream(numbered, starts, without_spelling(text), text)


def nearest(ledger: Ledger, words: str) -> Passage | None:
    """The passage that shares most of the words, if any has some of them."""
    wanted = _words(words)
    best, most = None, NEAR_ENOUGH
    for passage in ledger.passages:
        had = _words(passage.text)
        share = len(wanted & had) / len(wanted) if wanted else 0.0
        # Of two that have as many, the shorter: it has less that was not asked for.
        if share > most or (best and share == most and len(passage.text) < len(best.text)):
            best, most = passage, share
    return best


def _words(text: str) -> set[str]:
    return {
        letters
        for word in re.split(r"[\s\u2010-\u2015-]+", text)
        if (letters := without_spelling(word).letters)
    }

"""Reading level: how plainly a document reads, in figures.

Flesch (1948) and Kincaid (1975) rest on words, sentences and syllables. Words and sentences are
ours, since sentences of policy prose are full of "U.S." and "No. 4"; syllables come from SyllaPy,
which knows most English words by heart and needs no data but its own. Both formulas were fitted to
ordinary prose: names like Stoltenberg and words like "declaration", which the reader of a brief
knows, make it look harder than it is. Read them beside each other, not as a school year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from briefgen.document.printed import printed_sentences
from briefgen.dossier.abbreviations import Known, abbreviations_in
from briefgen.dossier.passive import is_passive
from briefgen.dossier.plain_language import count_words, is_closed

LONG, VERY_LONG = 25, 30
"""Words of a sentence: beyond the first GOV.UK says look again, beyond the second it is heavy."""
THOUSAND = 1000


@dataclass(frozen=True)
class ReadingLevel:
    """Figures of a text; those of sentences leave out headings, labels and names."""

    words: int
    """Of its sentences."""
    sentences: int
    mean: float
    """Words a sentence."""
    longest: str
    """The longest sentence."""
    long_share: float
    """Share of sentences of more than 25 words."""
    very_long_share: float
    """Share of sentences of more than 30 words."""
    passive_share: float
    """Share of sentences with a verb in the passive voice."""
    abbreviations: tuple[str, ...]
    """Those used, each once, in order of first use; also in headings and labels."""
    unexplained: tuple[str, ...]
    """Those of them that are no terms and that the reader does not know."""
    ease: float
    """Flesch reading ease: 60 to 70 is plain English, under 30 hard for anyone."""
    grade: float
    """Flesch-Kincaid grade: years of American schooling."""

    @property
    def longest_words(self) -> int:
        """Words of the longest sentence."""
        return count_words(self.longest)

    @property
    def abbreviations_per_thousand(self) -> float:
        """Different abbreviations to a thousand words, which is about two pages."""
        return len(self.abbreviations) * THOUSAND / self.words if self.words else 0.0


def reading_level(texts: Iterable[str], known: Known) -> ReadingLevel:
    """The figures of a text in paragraphs; all zero where it has no sentence."""
    texts = list(texts)
    found = [s for text in texts for s in printed_sentences(text) if is_closed(s)]
    lengths = [count_words(sentence) for sentence in found]
    number, words = len(found), sum(lengths)
    syllables = sum(count_syllables(word) for s in found for word in s.split())
    everything = "\n".join(texts)
    mean = words / number if number else 0.0
    weight = syllables / words if words else 0.0
    return ReadingLevel(
        words=words,
        sentences=number,
        mean=mean,
        longest=max(found, key=count_words, default=""),
        long_share=_share(sum(length > LONG for length in lengths), number),
        very_long_share=_share(sum(length > VERY_LONG for length in lengths), number),
        passive_share=_share(sum(map(is_passive, found)), number),
        abbreviations=tuple(dict.fromkeys(abbreviations_in(everything))),
        unexplained=tuple(known.unexplained(everything)),
        ease=206.835 - 1.015 * mean - 84.6 * weight if number else 0.0,
        grade=0.39 * mean + 11.8 * weight - 15.59 if number else 0.0,
    )


@lru_cache(maxsize=16384)
def count_syllables(word: str) -> int:
    """How many syllables a word has; a number or an abbreviation counts as one, a dash as none.

    A compound has those of its parts.
    """
    import syllapy

    bare = "".join(
        char if char.isalnum() or char == "'" else " " for char in word.replace("’", "'")
    )
    return sum(max(1, syllapy.count(part)) for part in bare.split() if part.strip("'"))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0

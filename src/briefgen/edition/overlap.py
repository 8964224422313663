"""Overlap: sentences that two editions share, or nearly share.

An edition speaks to one reader. What it says in its own words should not turn up, word for word or
nearly, in what another says to somebody else; what both say alike belongs into a shared record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from briefgen.dossier.plain_language import prose_sentences
from briefgen.edition.load import LoadedEdition
from briefgen.problems import Place, Problem

NEAR = 0.6
"""Likeness above which two sentences are nearly the same: of their runs of three words, taken
together, more than six in ten stand in both (the Jaccard index). A changed date or name leaves a
sentence of ordinary length above it; the same facts told anew fall far below."""
RUN = 3
FEWEST_TO_SHARE = 3
"""Words from which on two sentences can be the same; of fewer there is no run of three."""
FEWEST_TO_RESEMBLE = 6
"""Words from which on sentences can be nearly the same; a shorter one has too few runs of three
for a share of them to mean anything."""
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Alike:
    """A sentence of one edition and the one most like it of another."""

    left: str
    right: str
    likeness: float
    """0 (no run of three words in common) to 1 (the same words)."""

    @property
    def is_shared(self) -> bool:
        """Whether both have the same words in the same order; capitals and marks do not count."""
        return words_of(self.left) == words_of(self.right)


@lru_cache(maxsize=16384)
def words_of(sentence: str) -> Words:
    """The words of a sentence for comparing: small letters, no marks."""
    return tuple(WORD.findall(sentence.replace("’", "'").lower()))


def likeness(left: str, right: str) -> float:
    """The Jaccard index of the runs of three words of two sentences."""
    a, b = _runs(words_of(left)), _runs(words_of(right))
    return len(a & b) / len(a | b) if a or b else 0.0


def closest(left: Iterable[str], right: Iterable[str]) -> list[Alike]:
    """For each sentence of `left` its closest one in `right`, the most alike first.

    Sentences that have no run of three words in common with any are left out.
    """
    theirs = list(dict.fromkeys(right))
    where: dict[Words, list[int]] = defaultdict(list)
    for i, sentence in enumerate(theirs):
        for run in _runs(words_of(sentence)):
            where[run].append(i)
    found = []
    for ours in dict.fromkeys(left):
        rivals = sorted({i for run in _runs(words_of(ours)) for i in where.get(run, ())})
        alike = [Alike(ours, theirs[i], likeness(ours, theirs[i])) for i in rivals]
        if alike:
            found.append(max(alike, key=lambda pair: (pair.is_shared, pair.likeness)))
    return sorted(found, key=lambda pair: (not pair.is_shared, -pair.likeness))


def is_near(pair: Alike) -> bool:
    """Whether the two sentences are nearly the same, or the same."""
    long_enough = min(map(len, map(words_of, (pair.left, pair.right)))) >= FEWEST_TO_RESEMBLE
    return long_enough and pair.likeness > NEAR


def can_resemble(sentences: Iterable[str]) -> list[str]:
    """Those of the sentences that are long enough to be nearly the same as another."""
    once = dict.fromkeys(sentences)
    return [sentence for sentence in once if len(words_of(sentence)) >= FEWEST_TO_RESEMBLE]


def check_overlap(editions: Sequence[LoadedEdition]) -> Iterator[Problem]:
    """Warnings about sentences that two editions share, or nearly.

    What an edition takes over from one that it extends is the same text and not a second one.
    """
    said = {loaded.edition.id: _said(loaded) for loaded in editions}
    for (first, theirs), (second, ours) in combinations(said.items(), 2):
        for pair in closest(ours, theirs):
            if (pair.is_shared or is_near(pair)) and ours[pair.left] != theirs[pair.right]:
                yield _warning(pair, ours[pair.left], first, theirs[pair.right], second)


def _said(loaded: LoadedEdition) -> Mapping[str, Place]:
    """Each sentence of an edition's prose with the place of its field."""
    return {
        sentence: loaded.place.nearest(field.path)
        for field, sentence in prose_sentences(loaded.edition)
    }


def _warning(pair: Alike, where: Place, other: str, there: Place, own: str) -> Problem:
    how = "is also" if pair.is_shared else f"is nearly ({pair.likeness:.0%}) one"
    return Problem(
        where,
        "BG083",
        f'"{pair.left}" of edition "{own}" {how} in edition "{other}" ({there})',
        "say it for this reader, or move what both say alike into a shared record",
        severity="warning",
    )


@lru_cache(maxsize=16384)
def _runs(words: Words) -> frozenset[Words]:
    return frozenset(zip(*(words[i:] for i in range(RUN)), strict=False))

"""Plain language: words, sentences and voice, and the limits that our prose keeps.

The limits, and why they stand where they do:

- A sentence has at most 35 words. GOV.UK's style guide asks writers to split or check sentences of
  more than 25; the Oxford Guide to Plain English warns of those that go beyond 40. Policy prose
  names bodies and dates, and a sentence here often gives two sides and who holds each, so that we
  warn between the two, where a sentence is too long for anyone, and report those above 25 and 30.
- An edition's sentences have at most 20 words on average. Plain English Campaign advises 15 to 20.
- At most a fifth of an edition's sentences are in the passive voice. Plain English Campaign asks
  for active verbs in four fifths to nine tenths of cases; where the doer is unknown, or matters
  less than the deed, the passive is right.
- An abbreviation is a term of the dossier or one that the reader knows.

ISO 24495-1 (plain language) sets no numbers: it asks that readers find, understand and use what
they need. The numbers are where to look, not proof that a text reads well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from briefgen.dossier.base import ProseIn
from briefgen.dossier.fields import Marked, marked_fields
from briefgen.dossier.model import PlaceOf
from briefgen.dossier.passive import is_passive
from briefgen.dossier.prose import CITATION, MARKS, paragraphs, sentences
from briefgen.problems import Problem

LONGEST_SENTENCE = 35
"""Words; GOV.UK looks at each beyond 25, the Oxford Guide to Plain English warns beyond 40."""
LONGEST_MEAN = 20
"""Words a sentence, on average; the upper end of what Plain English Campaign advises."""
LARGEST_PASSIVE_SHARE = 0.2
"""Of an edition's sentences; Plain English Campaign asks for 80 to 90 per cent active verbs."""
FEWEST_SENTENCES = 10
"""Of fewer sentences neither an average nor a share says much."""
LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
CLOSED = re.compile(r"[.!?…][’”\"')\]]*$")
SHOWN = 6
"""So many words of a long sentence are enough to find it."""


def count_words(text: str) -> int:
    """How many words the text has.

    A word is what stands between spaces and holds a letter or a digit, as word processors count:
    "Japan-NATO" and "16" are one each, a dash is none.
    """
    return sum(any(char.isalnum() for char in piece) for piece in text.split())


def is_closed(text: str) -> bool:
    """Whether the text ends as sentences do; headings, labels and names do not."""
    return bool(CLOSED.search(text.rstrip()))


def plain_sentences(prose: str) -> list[str]:
    """The sentences of prose as they are printed: without citations, marks and line breaks."""
    return [
        plain
        for paragraph in paragraphs(prose)
        for sentence in sentences(paragraph)
        if (plain := plain_text(sentence))
    ]


def plain_text(prose: str) -> str:
    """A sentence without citations and marks, on one line."""
    bare = MARKS.sub("", LINK.sub(r"\1", CITATION.sub("", prose)))
    return re.sub(r"\s+(?=[.,;:!?])", "", " ".join(bare.split()))


def prose_sentences(model: BaseModel) -> Iterator[tuple[Marked, str]]:
    """Each sentence of the prose in a record or an edition, with the field that holds it."""
    for field in marked_fields(model, (ProseIn,)):
        for sentence in plain_sentences(field.text):
            yield field, sentence


def check_sentences(model: BaseModel, place: PlaceOf) -> Iterator[Problem]:
    """Warnings about sentences of a record or an edition that are too long."""
    for field, sentence in prose_sentences(model):
        words = count_words(sentence)
        if words > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:SHOWN])
            yield Problem(
                place.nearest(field.path),
                "BG080",
                f'the sentence "{start} …" has {words} words',
                f"make two of it; a sentence has at most {LONGEST_SENTENCE}",
                severity="warning",
            )


def check_manner(edition: BaseModel, place: PlaceOf) -> Iterator[Problem]:
    """Warnings about an edition's own prose as a whole: its average sentence and its voice."""
    closed = [sentence for _, sentence in prose_sentences(edition) if is_closed(sentence)]
    if len(closed) < FEWEST_SENTENCES:
        return
    mean = sum(map(count_words, closed)) / len(closed)
    if mean > LONGEST_MEAN:
        yield Problem(
            place.nearest(()),
            "BG080",
            f"the edition's sentences have {mean:.1f} words on average",
            f"shorten the longest; the average is at most {LONGEST_MEAN}",
            severity="warning",
        )
    passive = [sentence for sentence in closed if is_passive(sentence)]
    if len(passive) > LARGEST_PASSIVE_SHARE * len(closed):
        start = " ".join(passive[0].split()[:SHOWN])
        yield Problem(
            place.nearest(()),
            "BG081",
            f"{len(passive)} of the edition's {len(closed)} sentences are passive, such as "
            f'"{start} …"',
            f"say who does it, in all but {LARGEST_PASSIVE_SHARE:.0%} of them",
            severity="warning",
        )

"""Figures of how plainly a text reads."""

from __future__ import annotations

import pytest

from briefgen.document.reading_level import count_syllables, reading_level
from briefgen.dossier.abbreviations import Known

NOBODY = Known.of([])


def test_the_figures_of_two_sentences() -> None:
    level = reading_level(["The cat sat on the mat. It was seen by the ITPP.", "A heading"], NOBODY)

    assert (level.words, level.sentences, level.mean) == (12, 2, 6)
    assert (level.longest, level.longest_words) == ("The cat sat on the mat.", 6)
    assert level.passive_share == 0.5
    assert level.abbreviations == level.unexplained == ("ITPP",)
    assert level.abbreviations_per_thousand == pytest.approx(1000 / 12)
    # Every word has one syllable: 206.835 - 1.015 * 6 - 84.6 and 0.39 * 6 + 11.8 - 15.59.
    assert level.ease == pytest.approx(116.145)
    assert level.grade == pytest.approx(-1.45)


def test_long_sentences_are_counted_from_26_and_31_words() -> None:
    texts = [" ".join(["word"] * words) + "." for words in (25, 26, 30, 31)]

    level = reading_level(texts, NOBODY)

    assert (level.long_share, level.very_long_share) == (0.75, 0.25)


def test_a_text_without_a_sentence_has_no_figures() -> None:
    level = reading_level(["A heading of the NATO chapter"], Known.of([], ["NATO"]))

    assert (level.sentences, level.mean, level.longest, level.ease, level.grade) == (0, 0, "", 0, 0)
    assert level.abbreviations == ("NATO",)
    assert level.unexplained == ()
    assert level.abbreviations_per_thousand == 0


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("declaration", 4),
        ("Indo-Pacific", 5),
        ("“area”,", 3),
        ("Japan’s", 2),
        ("2024", 1),
        ("ITPP", 1),
        ("–", 0),
    ],
)
def test_syllables_are_those_that_are_spoken(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables

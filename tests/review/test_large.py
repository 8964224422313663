"""Copies larger than any that people make: they are read in a few seconds, and nothing is lost."""

from __future__ import annotations

from copy import deepcopy

from desk import Desk
from lxml import etree
from word_editing import Element, WordFile, w

from briefgen.dossier.base import LONGEST_TEXT

SAID = "The same words again."
COUNT = 19_000
SUMMARY = "areas/bus-journeys/summary"


def test_a_text_longer_than_the_data_may_hold_is_kept_whole(desk: Desk) -> None:
    word = desk.export("overview")
    before = desk.fingerprints()
    typed = "word and " * (LONGEST_TEXT // 2)
    word.insert_after("faster than before", f" {typed}")
    [change] = desk.review(word).changes
    assert (change.field, change.outcome) == (SUMMARY, "unreturnable")
    assert "may have 20,000" in change.why
    desk.merge(word)
    assert before.items() <= desk.fingerprints().items()
    assert " ".join(desk.reviews().split()).count("word and") == LONGEST_TEXT // 2


def test_thousands_of_like_paragraphs_are_told_as_added(desk: Desk) -> None:
    word = desk.export("overview")
    _add_like(word, word.find("What this edition leaves out"))
    review = desk.review(word)
    assert review.changes == []
    [loose] = review.loose
    assert (loose.kind, loose.now.count(SAID)) == ("added", COUNT)


def test_thousands_of_like_paragraphs_in_a_text_are_kept_whole(desk: Desk) -> None:
    word = desk.export("overview")
    _add_like(word, word.find("Most of the gain has lasted"))
    [change] = desk.review(word).changes
    assert (change.field, change.outcome) == ("areas/bus-journeys/body", "unreturnable")
    assert change.edited.count(SAID) == COUNT


def _add_like(word: WordFile, place: Element) -> None:
    paragraph = etree.Element(w("p"))
    paragraph.append(word._run(SAID, None))
    for _ in range(COUNT):
        place.addnext(deepcopy(paragraph))


def test_tens_of_thousands_of_tracked_changes_are_told(desk: Desk) -> None:
    word = desk.export("overview")
    place = word.find("faster than before")
    for number in range(20_000):
        place.append(word._tracked("ins", f"Author {number % 7}", [word._run("x", None)]))
    review = desk.review(word)
    assert len(review.revisions) == 20_000
    assert {change.field for change in review.changes} == {SUMMARY}

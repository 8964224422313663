"""Finding words as people copy or remember them."""

from __future__ import annotations

from pathlib import Path

import pytest
from traceable import write_html

from briefgen.document.ledger import Ledger, Passage
from briefgen.problems import WrongUsage
from briefgen.trace import find
from briefgen.trace.carried import read_carried
from briefgen.trace.find import find_words, nearest


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return read_carried(write_html(tmp_path / "a.html")).ledger


@pytest.mark.parametrize(
    "words",
    [
        "The league's piers - all 3.5 miles",
        "THE LEAGUE’S PIERS",
        "the league´s\u00a0piers \n—\tall",
        "miles – cost 40 crowns at least.23",
        "the lea\u00adgue’s pi-\ners",
    ],
)
def test_spelling_does_not_matter(words: str, ledger: Ledger) -> None:
    (place,) = find_words(ledger, words)

    assert [passage.page for passage in place.passages] == [2]
    assert place.passages[0].note == 23


@pytest.mark.parametrize("words", ["at least.23 If the", "at least. If the", "least 23 if"])
def test_words_that_run_over_two_passages_are_found(words: str, ledger: Ledger) -> None:
    (place,) = find_words(ledger, words)

    assert [passage.note for passage in place.passages] == [23, 24]


def test_a_hyphen_at_the_end_of_a_line_and_a_ligature_do_not_matter(ledger: Ledger) -> None:
    assert len(find_words(ledger, "harbour-\nmaster agrees, fishing")) == 1
    assert len(find_words(ledger, "harbourmaster")) == 1


def test_letters_of_sources_in_copied_text_do_not_matter() -> None:
    page = Ledger((Passage("a", "It cost 40.", ("x",)), Passage("a", "If so, go.")))

    assert len(find_words(page, "cost 40.a, b If so")) == 1


def test_all_places_are_given_in_order(ledger: Ledger) -> None:
    assert [place.passages[0].field for place in find_words(ledger, "key messages")] == [
        "",
        "editions/crews/title",
    ]


def test_the_text_of_a_note_is_found(ledger: Ledger) -> None:
    (place,) = find_words(ledger, "Ships at Sea")

    assert (place.passages[0].is_note, place.passages[0].note) == (True, 23)


@pytest.mark.parametrize(
    "words", ["pier", "35 miles", "5 miles", "0 crowns", "piers all cost", "23"]
)
def test_other_words_and_parts_of_words_are_not_found(words: str, ledger: Ledger) -> None:
    assert find_words(ledger, words) == []


def test_a_copy_cut_inside_a_word_is_found_where_it_is_long_enough(ledger: Ledger) -> None:
    assert len(find_words(ledger, "iers – all 3.5 mil")) == 1


def test_words_of_a_script_without_spaces_are_found_inside_a_run() -> None:
    page = Ledger((Passage("a", "海洋安全保障協力"),))

    assert len(find_words(page, "安全保障")) == 1


def test_the_nearest_passage_is_suggested_only_where_one_is_near(ledger: Ledger) -> None:
    near = nearest(ledger, "if the harbour captain agrees")

    assert near is not None
    assert near.note == 24
    assert nearest(ledger, "wholly different matter") is None


@pytest.mark.parametrize("words", ["", " – ", "“”", "x" * 10_001])
def test_nothing_to_find_is_wrong_usage(words: str, ledger: Ledger) -> None:
    with pytest.raises(WrongUsage, match="to find"):
        find_words(ledger, words)


def test_places_do_not_overlap() -> None:
    ledger = Ledger((Passage("", "ha ha ha ha ha"),))

    assert [(p.start, p.end) for p in find_words(ledger, "ha ha")] == [(0, 5), (6, 11)]


def test_words_that_stand_nearly_everywhere_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger((Passage("", "the " * 20),))
    # Each is found twice: in the text, and in the text with the numbers of its notes.
    monkeypatch.setattr(find, "MOST_PLACES", 40)
    assert len(find_words(ledger, "the")) == 20

    monkeypatch.setattr(find, "MOST_PLACES", 39)
    with pytest.raises(WrongUsage, match="more than 39 places\n  help: give more words"):
        find_words(ledger, "the")


@pytest.mark.parametrize("words", ["[a-z]+" * 1500, "(a+)+$" * 1500, ".a" * 5000, "a,b " * 2500])
def test_signs_of_regular_expressions_are_letters_or_nothing(words: str, ledger: Ledger) -> None:
    assert find_words(ledger, words) == []

"""Plain language: words, sentences, and the warnings about long ones and about the passive."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.build.project import load_project
from briefgen.dossier.plain_language import count_words, is_closed, plain_sentences

if TYPE_CHECKING:
    from conftest import Edit, Problems

SENTENCE = "Goods travel by hand from the lane to the shop"
"""Ten words."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Japan-NATO work", 2),
        ("16 goals – and more", 4),
        ("per\u00a0cent", 2),
        ("‘Yes’, he said.", 3),
        ("; . –", 0),
        ("", 0),
    ],
)
def test_a_word_stands_between_spaces_and_has_a_letter_or_digit(text: str, words: int) -> None:
    assert count_words(text) == words


def test_sentences_come_without_citations_marks_and_line_breaks() -> None:
    prose = "It is *new* [@a; @b]. The U.S. Navy\nsails [on](https://example.org) [@c].\n\n- No. 4 is out"

    assert plain_sentences(prose) == ["It is new.", "The U.S. Navy sails on.", "- No. 4 is out"]


@pytest.mark.parametrize(("text", "closed"), [("So.", True), ("“So?”", True), ("So", False)])
def test_headings_do_not_end_as_sentences_do(text: str, closed: bool) -> None:  # noqa: FBT001
    assert is_closed(text) is closed


def of_words(number: int) -> str:
    return " ".join(["word"] * number)


def test_a_sentence_of_a_record_that_is_too_long_is_pointed_out(
    edit: Edit, problems: Problems
) -> None:
    edit("actors.yaml", "  role: ", f"  role: {of_words(36).capitalize()}. ")

    found = problems()

    assert len(found) == 1
    assert (
        'warning[BG080]: the sentence "Word word word word word word …" has 36 words\n' in found[0]
    )
    assert found[0].endswith("help: make two of it; a sentence has at most 35")


def test_a_sentence_at_the_limit_is_not(edit: Edit, problems: Problems) -> None:
    edit("actors.yaml", "  role: ", f"  role: {of_words(35).capitalize()}. ")

    assert problems() == []


def test_a_long_sentence_of_an_edition_is_pointed_out_at_its_field(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/overview.yaml", "Holm holds", f"{of_words(33).capitalize()} and Holm holds")

    found = problems()

    assert ["BG080" in line for line in found] == [True]
    assert found[0].startswith("data/bus-lanes/editions/overview.yaml:51:15: warning[BG080]")


def test_an_edition_whose_sentences_are_long_on_average_is_pointed_out(
    edit: Edit, problems: Problems
) -> None:
    long = f"  {SENTENCE} and back, and {of_words(17)}." * 40
    edit("editions/overview.yaml", "  Holm holds", f"{long} Holm holds")

    assert [line.split("\n")[0] for line in problems()] == [
        "data/bus-lanes/editions/overview.yaml:1:1: warning[BG080]: the edition's sentences have 22.9 words on average",
    ]


def test_an_edition_that_is_mostly_passive_is_pointed_out(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "  Holm holds", "  " + "It was said. " * 10 + "Holm holds")

    found = problems()

    assert ["BG081" in line for line in found] == [True]
    assert 'sentences are passive, such as "Trade is disputed. …"' in found[0]
    assert found[0].endswith("help: say who does it, in all but 20% of them")


def test_the_passive_now_and_then_is_right(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "  Holm holds", "  It was said. Holm holds")

    assert problems() == []


def test_a_build_does_not_look_for_any_of_it(edit: Edit, bus_lanes: Path) -> None:
    edit("actors.yaml", "  role: ", f"  role: {of_words(36).capitalize()}. ")

    assert load_project(bus_lanes, loose_ends=False).problems == []

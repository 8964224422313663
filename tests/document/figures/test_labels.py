"""Lines of labels."""

from __future__ import annotations

from figures_sample import MEASURE
from hypothesis import given
from hypothesis import strategies as st

from briefgen.document.figures.drawing import TEXT
from briefgen.document.figures.labels import set_lines
from briefgen.document.measure import wrap


def test_the_lines_of_a_label_are_even() -> None:
    text = "Keep the one and the other apart in name"
    width = TEXT * MEASURE("Keep the one and the other apart in")

    lines = set_lines(text, width, MEASURE)

    assert lines == ["Keep the one and the", "other apart in name"]


def test_a_label_that_fits_keeps_its_line() -> None:
    assert set_lines("Keep them apart", 100.0, MEASURE) == ["Keep them apart"]


def test_a_word_wider_than_the_column_fits_nowhere() -> None:
    assert set_lines("Keep W" + "W" * 40, 30.0, MEASURE) is None


@given(st.lists(st.text("abcdW", min_size=1, max_size=12), min_size=1, max_size=9))
def test_even_lines_are_as_few_and_as_narrow_as_they_were(words: list[str]) -> None:
    text = " ".join(words)

    lines = set_lines(text, 40.0, MEASURE)

    assert lines is not None
    assert len(lines) == len(wrap(text, 40.0, TEXT, MEASURE))
    assert " ".join(lines) == text
    assert all(TEXT * MEASURE(line) <= 40.0 for line in lines)


def test_no_line_breaks_at_a_no_break_space() -> None:
    assert wrap("see Article\u00a09 here", 0.1, 1.0, MEASURE) == ["see", "Article\u00a09", "here"]

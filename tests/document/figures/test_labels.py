"""Lines of labels."""

from __future__ import annotations

from io import BytesIO

import pytest
from figures_sample import MEASURE
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from briefgen.document.figures.drawing import TEXT
from briefgen.document.figures.labels import set_lines
from briefgen.document.measure import wrap
from briefgen.dossier.base import HanLanguage
from briefgen.formats.east_asian import faces_for


def test_the_lines_of_a_label_are_even() -> None:
    text = "Keep the one and the other apart in name"
    width = TEXT * MEASURE("Keep the one and the other apart in")

    lines = set_lines(text, width, MEASURE)

    assert lines == ["Keep the one and the", "other apart in name"]


def test_a_label_that_fits_keeps_its_line() -> None:
    assert set_lines("Keep them apart", 100.0, MEASURE) == ["Keep them apart"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("日本国自衛隊", ["日本国", "自衛隊"]),
        ("日本の、国と", ["日本", "の、国", "と"]),
        ("日本「国」と", ["日本", "「国」", "と"]),
        ("東京ニュース", ["東京", "ニュー", "ス"]),
        ("きょうとっきょ", ["きょう", "とっ", "きょ"]),
        ("时间（一）二", ["时间", "（一）", "二"]),
        ("한국의 정부", ["한국의", "정부"]),
        ("日本とAB", ["日本と", "AB"]),
        ("人々か\u3099学校", ["人々か\u3099", "学校"]),
        ("¥日本", ["¥日本"]),
    ],
)
def test_lines_break_between_east_asian_characters(text: str, lines: list[str]) -> None:
    assert wrap(text, 3.2 * TEXT, TEXT, MEASURE) == lines


@given(st.text("日本、。「」（）ーっ한국 aW", min_size=1, max_size=28))
def test_no_line_starts_or_ends_with_what_may_not(text: str) -> None:
    lines = wrap(text, 4 * TEXT, TEXT, MEASURE)

    words = text.split()
    assert "".join(lines).replace(" ", "") == "".join(words)
    starts, ends = {word[0] for word in words}, {word[-1] for word in words}
    assert all(line[0] not in "、。」）ーっ" or line[0] in starts for line in lines)
    assert all(line[-1] not in "「（" or line[-1] in ends for line in lines)


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "한국가힣"), ("ja", "日本あア、「ー"), ("ja", "ｱｲ"), ("zh-Hans", "时间（一）")],
)
@pytest.mark.parametrize("bold", [False, True])
def test_widths_are_those_of_the_east_asian_faces(
    language: HanLanguage, text: str, *, bold: bool
) -> None:
    face = next(f for f in faces_for({language: text}) if (f.weight > 400) == bold)
    with TTFont(BytesIO(face.data)) as font:
        em, glyphs, widths = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"].metrics
        width = sum(widths[glyphs[ord(char)]][0] for char in text) / em

    assert MEASURE(text, bold=bold) == pytest.approx(width)


def test_what_stands_over_a_letter_takes_no_width() -> None:
    assert MEASURE("か\u3099\u20dd\u2060") == MEASURE("か")


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
    assert wrap("第\u00a09 条約", 0.1, 1.0, MEASURE) == ["第\u00a09", "条", "約"]

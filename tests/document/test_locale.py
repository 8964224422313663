"""Dates in words, and rows of things."""

from __future__ import annotations

import pytest

from briefgen.document.locale import Locale


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023", "2023"),
        ("2023-07", "July 2023"),
        ("2023-07-01", "1 July 2023"),
        ("2023~", "about 2023"),
        ("2023-07?", "about July 2023"),
        ("2023-07-11%", "about 11 July 2023"),
        ("2023/2026", "2023 to 2026"),
        ("2023-07/2026", "July 2023 to 2026"),
        ("2023-07/2023-09", "July to September 2023"),
        ("2022-06-28/2022-06-30", "28 to 30 June 2022"),
        ("2022-05-28/2022-06-30", "28 May to 30 June 2022"),
        ("2022-05-28/2023-05-28", "28 May 2022 to 28 May 2023"),
        ("2022/2022", "2022"),
        ("2022-06-01/2022-06-01", "1 June 2022"),
        ("2023~/2026", "about 2023 to 2026"),
        ("/2020", "until 2020"),
        ("../2020-05", "until May 2020"),
        ("2020/", "since 2020"),
        ("2020-05/..", "since May 2020"),
    ],
)
def test_a_date_is_put_in_words(locale: Locale, edtf: str, words: str) -> None:
    assert locale.date(edtf) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_items_stand_in_a_row(locale: Locale, items: list[str], words: str) -> None:
    assert locale.enumerate(items) == words

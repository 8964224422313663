"""Dates: what is one, what it covers, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.dossier.dates import period_of


@pytest.mark.parametrize(
    ("text", "first", "last", "approximate"),
    [
        ("2023", (2023, 1, 1), (2023, 12, 31), False),
        ("2023-02", (2023, 2, 1), (2023, 2, 28), False),
        ("2024-02", (2024, 2, 1), (2024, 2, 29), False),
        ("2023-07-11", (2023, 7, 11), (2023, 7, 11), False),
        ("2023~", (2023, 1, 1), (2023, 12, 31), True),
        ("2023-07?", (2023, 7, 1), (2023, 7, 31), True),
        ("2023-07%", (2023, 7, 1), (2023, 7, 31), True),
        ("2022-06-28/2022-06-30", (2022, 6, 28), (2022, 6, 30), False),
        ("2023-07/2026", (2023, 7, 1), (2026, 12, 31), False),
        ("2023~/2026", (2023, 1, 1), (2026, 12, 31), True),
        ("2023/..", (2023, 1, 1), (2023, 12, 31), False),
        ("../2023-07", (2023, 7, 1), (2023, 7, 31), False),
        ("2023/", (2023, 1, 1), (2023, 12, 31), False),
    ],
)
def test_a_date_covers_a_period(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int], approximate: object
) -> None:
    period = period_of(text)

    assert (period.first, period.last, period.approximate) == (first, last, approximate)
    assert period.year < period.end_year


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "/", "../..", "2023/2024/2025", "2023-7", "2023-13", "2023-00", "2023-07-32"),
        *("199X", "2025-21", "Y17000", "-0044", "0900", "23", "July 2023", "2023 ", "11.7.2023"),
        *("2023-07-11T10:00", "٢٠٢٣", "~2023", "2023~~", "today"),
    ],
)
def test_what_briefs_cannot_print_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date that briefs can print; write it as 2023,"):
        period_of(text)


@pytest.mark.parametrize("text", ["2023-02-29", "2023-06-31", "2023-02-30~", "2023/2024-04-31"])
def test_a_day_that_the_calendar_lacks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the calendar; correct the day"):
        period_of(text)


@pytest.mark.parametrize("text", ["2024/2023", "2023-07/2023-06", "2023-07-11/2023-07-10"])
def test_a_period_does_not_end_before_it_begins(text: str) -> None:
    with pytest.raises(ValueError, match="ends before it begins; write the earlier date first"):
        period_of(text)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_a_date(day: object) -> None:
    period = period_of(str(day))

    assert period.first == period.last


@given(st.text(alphabet="0123456789-/.~?%X ", max_size=24))
def test_any_other_text_is_refused_and_never_crashes(text: str) -> None:
    try:
        period = period_of(text)
    except ValueError as error:
        what, _, mend = str(error).partition("; ")
    else:
        what, mend = str(period.first <= period.last), "none"

    assert what != "False"
    assert mend

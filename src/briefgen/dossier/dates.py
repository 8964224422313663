"""Dates in EDTF (ISO 8601-2, levels 0 and 1): checked, ordered and put in words."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?[~?%]?")
"""The dates that nearly every record uses: a day, month or year, perhaps qualified."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a date covers, from its first to its last day, each as (year, month, day)."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]
    approximate: bool
    """The text says "about" (`~`) or "perhaps" (`?`)."""

    @property
    def year(self) -> float:
        """The first day as a decimal year, for a time axis."""
        year, month, day = self.first
        return year + (month - 1) / 12 + (day - 1) / 365

    @property
    def end_year(self) -> float:
        """The last day as a decimal year."""
        year, month, day = self.last
        return year + (month - 1) / 12 + day / 365


def check_edtf(text: str) -> str:
    """The date as written.

    Raises:
        ValueError: it is not EDTF.
    """
    period_of(text)
    return text


@lru_cache(maxsize=4096)
def period_of(text: str) -> Period:
    """What the date covers.

    Raises:
        ValueError: the text is not EDTF of level 0 or 1.
    """
    days = [DAY.fullmatch(part) for part in text.split("/", 1)]
    if all(days):
        first, last = (_day_period(*day.groups()) for day in (days[0], days[-1]) if day)
        if first.first > last.last:
            raise ValueError(f'"{text}" ends before it begins')
        return Period(first.first, last.last, approximate=_is_qualified(text))
    # The library knows the rest of the standard. It takes 80 ms to import and up to 20 ms a date,
    # half of the time in which a dossier is read, so only the dates that need it come here.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, ValueError, OverflowError, TypeError):
        raise ValueError(
            f'"{text}" is not an EDTF date; write it as 2023, 2023-07, 2023-07-11, '
            "2023~ (about) or 2023-07/2026 (from, to)"
        ) from None
    # The open end of an interval is a number without end; the known end stands for both.
    ends = [end for end in (lower, upper) if not isinstance(end, float)]
    if not ends:
        raise ValueError(f'"{text}" names no date at all')
    return Period(_day(ends[0]), _day(ends[-1]), approximate=_is_qualified(text))


def _is_qualified(text: str) -> bool:
    return any(mark in text for mark in "~?%")


def _day_period(year: str, month: str | None, day: str | None) -> Period:
    first_month, last_month = (int(month), int(month)) if month else (1, 12)
    last_day = int(day) if day else monthrange(int(year), last_month)[1]
    if last_day > monthrange(int(year), last_month)[1]:
        raise ValueError(f'"{year}-{month}-{day}" is not a day of the calendar')
    return Period(
        (int(year), first_month, int(day or 1)),
        (int(year), last_month, last_day),
        approximate=False,
    )


def _day(moment: Any) -> tuple[int, int, int]:
    return int(moment.tm_year), int(moment.tm_mon), int(moment.tm_mday)

"""Dates in EDTF (ISO 8601-2, levels 0 and 1): checked, ordered and put in words."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


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
    if plain := PLAIN.fullmatch(text):
        return _plain_period(*plain.groups())
    # Imported late: the library builds its grammar at import (80 ms) and few dates need it.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, ValueError, OverflowError, TypeError):
        raise ValueError(
            f'"{text}" is not an EDTF date; write it as 2023, 2023-07, 2023-07-11, '
            "2023~ (about) or 2023-07/2026 (from, to)"
        ) from None
    return Period(_day(first), _day(last), approximate=any(mark in text for mark in "~?%"))


def _plain_period(year: str, month: str | None, day: str | None) -> Period:
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

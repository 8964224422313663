"""Dates in EDTF (ISO 8601-2): the part of levels 0 and 1 that documents can put in words."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

SINGLE = re.compile(
    r"(?P<year>[1-9][0-9]{3})(-(?P<month>0[1-9]|1[0-2])(-(?P<day>0[1-9]|[12][0-9]|3[01]))?)?"
    r"(?P<about>[~?%]?)"
)
OPEN = ("", "..")
"""What stands for an unknown or open end of an interval."""
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
"""Names of months in documents, as a pattern."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a date covers, from its first to its last day, each as (year, month, day).

    An interval with an open end covers what its other end does.
    """

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
        ValueError: the text is not such a date.
    """
    parts = text.split("/")
    if len(parts) == 1:
        return _single(text, text)
    known = [_single(part, text) for part in parts if part not in OPEN]
    if len(parts) > 2 or not known:  # noqa: PLR2004 - from and to
        raise _not_a_date(text)
    if known[0].first > known[-1].last:
        raise ValueError(f'"{text}" ends before it begins; write the earlier date first')
    return Period(known[0].first, known[-1].last, approximate=any(p.approximate for p in known))


def _single(part: str, text: str) -> Period:
    match = SINGLE.fullmatch(part)
    if not match:
        raise _not_a_date(text)
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    last_month = month or 12
    days = monthrange(year, last_month)[1]
    if day > days:
        raise ValueError(f'"{part}" is not a day of the calendar; correct the day')
    first, last = (year, month or 1, day or 1), (year, last_month, day or days)
    return Period(first, last, approximate=bool(match["about"]))


def _not_a_date(text: str) -> ValueError:
    return ValueError(
        f'"{text}" is not a date that briefs can print; write it as 2023, 2023-07, 2023-07-11, '
        "2023~ (about), 2023-07/2026 (from, to) or 2023/.. (since)"
    )

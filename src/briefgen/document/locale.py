"""The words that the program itself prints, in the edition's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from briefgen.dossier.base import Model
from briefgen.dossier.dates import period_of


class Dates(Model):
    """Patterns of dates in words."""

    approximate: str
    period: str
    open_start: str
    open_end: str
    inferred: str


class Locale(Model):
    """One language's words; every group is checked for its keys when a template asks."""

    months: tuple[str, ...]
    dates: Dates
    headings: dict[str, str]
    cover: dict[str, str]
    neutral_stance: str
    statuses: dict[str, str]
    horizons: dict[str, str]
    levels: dict[str, str]
    stages: dict[str, str]
    labels: dict[str, str]
    tables: dict[str, str]
    figures: dict[str, str]
    notes: dict[str, str]
    left_out: dict[str, str]
    sources: dict[str, str]
    and_: str

    @classmethod
    def of(cls, data: dict[str, Any]) -> Locale:
        """The locale of a YAML file, whose `and` is a reserved word in Python."""
        return cls.model_validate({("and_" if key == "and" else key): v for key, v in data.items()})

    def date(self, edtf: str) -> str:
        """An EDTF date in words: "11 July 2023", "about 2023", "2023 to 2026"."""
        if "/" in edtf:
            start, end = edtf.split("/", 1)
            if start in ("", ".."):
                return self.dates.open_start.format(end=self.date(end))
            if end in ("", ".."):
                return self.dates.open_end.format(start=self.date(start))
            return self._period(start, end)
        if edtf.endswith(("~", "?", "%")):
            return self.dates.approximate.format(date=self.date(edtf[:-1]))
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", edtf):
            return str(period_of(edtf).first[0])
        year, *rest = edtf.split("-")
        words = [year]
        if rest:
            words.insert(0, self.months[int(rest[0]) - 1])
        if len(rest) > 1:
            words.insert(0, str(int(rest[1])))
        return " ".join(words)

    def _period(self, start: str, end: str) -> str:
        """A period without what its two dates share: "28 to 30 June 2022"."""
        first, last = self.date(start).split(" "), self.date(end).split(" ")
        while len(first) > 1 and len(first) == len(last) and first[-1] == last[-1]:
            last_shared = first.pop()
            assert last_shared == last[len(first)]
            if first[-1] != last[len(first) - 1]:
                break
        return self.dates.period.format(start=" ".join(first), end=" ".join(last))

    def enumerate(self, items: Sequence[str]) -> str:
        """Items in a row: "a, b and c"."""
        if len(items) <= 1:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.and_} {items[-1]}"

"""The words that the program itself prints, in the edition's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from briefgen.dossier.base import CHOSEN, Model
from briefgen.dossier.base import LEVELS as LEVELS_OF_SCORES

Words = dict[str, str]
Patterns = Mapping[str, frozenset[str]]
"""What the program itself asks for in a group: keys, each with the names that it fills in."""


def _patterns(**keys: str) -> Patterns:
    return {key: frozenset(names.split()) for key, names in keys.items()}


NOTES = _patterns(
    contested="note",
    doubtful="note",
    superseded="note",
    expired="note",
    judgement="sources",
    partly="sources",
    doubtful_ground="note",
    against="source",
)
KINDS_OF_FIGURE = ("timeline", "matrix", "grid", "positions", "succession", "operations", "bars")
FIGURES = _patterns(
    figure="",
    table="",
    undated="",
    **{f"{kind}_desc": "rows" for kind in KINDS_OF_FIGURE},
    **{f"{kind}_key": "" for kind in KINDS_OF_FIGURE},
    **{f"outcome_{name}": "" for name in ("happened", "announced", "stalled", "disputed")},
    **{f"stance_{name}": "" for name in ("supports", "conditional", "opposes")},
    **{f"{scale}_{level}": "" for scale in ("impact", "effort") for level in LEVELS_OF_SCORES},
    **{f"status_{name}": "" for name in ("proposed", "stalled", "in-force", "ended", "unknown")},
)
LEFT_OUT = _patterns(
    nothing="",
    counts=" ".join([*CHOSEN, *(f"all_{kind}" for kind in CHOSEN)]),
    evidence="claims all_claims passages mix against",
    no_room="",
    less_weight="",
    one_page="recommendations all_recommendations",
    weightiest="items",
    one="items",
    **{f"list_{kind}": "" for kind in CHOSEN},
)
EVIDENCE = _patterns(
    inferred="claims",
    review_by="date",
    **dict.fromkeys(("contradicts", "qualifies"), ""),
    **dict.fromkeys(("fact", "position", "prediction", "judgement"), ""),
    **dict.fromkeys(("contested", "superseded", "expired", "doubtful"), ""),
)
LABELS = _patterns(
    ours="",
    theirs="names",
    adapted="names",
    **dict.fromkeys(
        (
            *("date", "event", "outcome", "severity", "impact", "effort", "actor", "subject"),
            *("position", "instrument", "status", "replaces"),
        ),
        "",
    ),
)
LEVELS = _patterns(low="", medium="", high="")


def _has(patterns: Patterns) -> AfterValidator:
    """Checks that a group has the keys, and that each fills in nothing but what it is given."""

    def check(words: Words) -> Words:
        for key, names in patterns.items():
            if key not in words:
                raise ValueError(f'key "{key}" is missing')
            _check_pattern(key, words[key], names)
        return words

    return AfterValidator(check)


def _check_pattern(key: str, pattern: str, names: frozenset[str]) -> None:
    try:
        used = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None
    # Whole names only: "{note.x}" would reach into Python.
    for name in used:
        if name not in names:
            known = ", ".join(f"{{{known}}}" for known in sorted(names)) or "nothing"
            raise ValueError(f"{key}: cannot fill in {{{name}}}; known here: {known}")


def _date_pattern(*names: str) -> AfterValidator:
    def check(pattern: str) -> str:
        _check_pattern("pattern", pattern, frozenset(names))
        return pattern

    return AfterValidator(check)


class Dates(Model):
    """Patterns of dates in words."""

    approximate: Annotated[str, _date_pattern("date")]
    period: Annotated[str, _date_pattern("start", "end")]
    open_start: Annotated[str, _date_pattern("end")]
    open_end: Annotated[str, _date_pattern("start")]
    inferred: Annotated[str, _date_pattern("date")]


class Locale(Model):
    """One language's words; what only templates ask for is checked when they ask."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=False)

    months: Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]
    dates: Dates
    headings: Words
    cover: Words
    neutral_stance: str
    statuses: Words
    horizons: Words
    levels: Annotated[Words, _has(LEVELS)]
    labels: Annotated[Words, _has(LABELS)]
    tables: Words
    figures: Annotated[Words, _has(FIGURES)]
    notes: Annotated[Words, _has(NOTES)]
    left_out: Annotated[Words, _has(LEFT_OUT)]
    sources: Words
    evidence: Annotated[Words, _has(EVIDENCE)]
    and_: Annotated[str, Field(alias="and")]

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
        year, *rest = edtf.split("-")
        words = [str(int(day)) for day in rest[1:]]
        words += [self.months[int(month) - 1] for month in rest[:1]]
        return " ".join([*words, year])

    def _period(self, start: str, end: str) -> str:
        """A period without what its two dates share: "28 to 30 June 2022"."""
        first, last = self.date(start).split(" "), self.date(end).split(" ")
        if first == last:
            return " ".join(first)
        if len(first) == len(last):
            pairs = zip(reversed(first), reversed(last), strict=True)
            shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
            first = first[: len(first) - shared]
        return self.dates.period.format(start=" ".join(first), end=" ".join(last))

    def enumerate(self, items: Sequence[str]) -> str:
        """Items in a row: "a, b and c"."""
        if len(items) <= 1:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.and_} {items[-1]}"

"""What a text asserts that a program can compare: numbers and dates, in any spelling.

Figures and number words are one ("59", "fifty-nine"), and so are the orders in which dates are
written ("6 May 2014", "May 6, 2014", "2014-05-06"). Number words are read with text2num. The
names of months are those of English, in which dossiers are written; of Japanese texts dates and
scales are read as well. Currencies, "half", "twice" and "doubled" are not compared.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import month_abbr, month_name
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefgen.dossier.dates import OPEN
from briefgen.dossier.prose import MARKS
from briefgen.dossier.quotes import normalise

LANGUAGES = frozenset({"en", "fr", "es", "pt", "de", "it", "nl"})
"""Languages (ISO 639-1) whose number words are read; in others only figures are compared."""
COUNTING = frozenset(map(str, range(10)))
"""Numbers whose words pass in prose without a claim, as ordinals do."""

MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
SHORT_MONTHS = {name.lower(): number for number, name in enumerate(month_abbr) if name} | {
    "sept": 9
}
_FULL = "|".join(name.title() for name in MONTHS)
_SHORT = "|".join(rf"{name.title()}\.?" for name in SHORT_MONTHS if name not in MONTHS)
_MONTH = rf"(?P<month>{_FULL}|{_FULL.upper()}|{_SHORT})"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DAYS = rf"(?P<days>{_DAY}(?:(?: ?(?:to|and|or|-) ?|, ){_DAY}){{0,5}})"
_YEAR = r"(?P<year>[12][0-9]{3})"
_LEADING = (
    "in|by|since|until|till|from|of|during|early|late|mid|to|and|or|between|before|after|last|next|"
    "every|each|this"
)
"""What stands before a month without day or year; "May" and "March" are other words as well."""
DATES = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\w)(?P<month>{_FULL})(?= (?:to|and|or|until) (?:{_FULL})\b)",
        rf"(?<![\w.]){_DAYS}(?:(?<=[a-z]) of)? {_MONTH}(?:,? {_YEAR})?(?!\w)",
        rf"(?<!\w){_MONTH} {_DAYS}(?:,? {_YEAR})?(?![\w.]*[0-9])",
        rf"(?<!\w){_MONTH}(?: of)?,? {_YEAR}(?!\w)",
        rf"(?<!\w)(?i:{_LEADING}) (?P<month>{_FULL})(?!\w)",
        rf"(?<![\w.-]){_YEAR}-(?P<month>[01][0-9])(?:-(?P<days>[0-3][0-9]))?(?![\w-])",
        rf"(?<![\w.])(?P<days>[0-3]?[0-9])\.(?P<month>[01]?[0-9])\.{_YEAR}(?!\w)",
        rf"{_YEAR}年(?:(?P<month>1?[0-9])月)?(?:(?P<days>[1-3]?[0-9])日)?",
        r"(?<![0-9])(?P<month>1?[0-9])月(?:(?P<days>[1-3]?[0-9])日)?",
    )
)
"""The forms of a date, each tried on what those before it have left."""

SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "m": 10**6,
    "b": 10**9,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "tn": 10**12,
    "万": 10**4,
    "億": 10**8,
    "兆": 10**12,
}
_NUMBER = r"[0-9]++(?:\.[0-9]++)?"
_SCALE = r"(?i:thousand|million|billion|trillion|mn|mln|bn|tn)(?![A-Za-z])|[万億兆]"
SCALED = re.compile(rf"(?<![0-9.])(?P<value>{_NUMBER})[ -]?(?P<scale>{_SCALE})")
MILLIONS = re.compile(rf"(?<=[$£€¥])(?P<value>{_NUMBER}) ?(?P<scale>[kmbKMB])(?![A-Za-z])")
"""Short for a thousand, a million or a billion, where it is money."""
_FEW_DIGITS = r"[0-9]{1,12}(?:\.[0-9]{1,12})?"
_TO = r"(?: to | and | or | ?- ?)"
SCALE_OF_A_RANGE = re.compile(rf"(?<![\w.])({_NUMBER})(?={_TO}[$£€¥]?{_FEW_DIGITS} ({_SCALE}))")
_PERCENT = r" ?%|[ -]per[ -]?cent(?:age points?)?| ?pct?(?![A-Za-z])"
PERCENT_OF_A_RANGE = re.compile(
    rf"(?<![\w.])({_NUMBER})(?=(?:, {_FEW_DIGITS}){{0,5}}{_TO}{_FEW_DIGITS}(?:{_PERCENT}))"
)
"""The first of several numbers that share a per cent sign."""
YEARS = re.compile(r"(?<![\w.])([12][0-9])([0-9]{2})-([0-9]{2})(?![\w-])")
"""Years written as "1973-75"."""
DECADE = re.compile(r"(?<![0-9A-Za-z.])(?P<value>[12][0-9]{2}0)'?s(?![A-Za-z])")
NUMBER = re.compile(
    rf"(?<![0-9A-Za-z_./])(?<![A-Z]-)(?P<value>{_NUMBER})(?P<more>(?:/[0-9]++)*+)"
    rf"(?P<ordinal>st|nd|rd|th)?(?P<percent>{_PERCENT})?"
    r"(?: ?(?:km|mm|cm|kg|kt|mph|m|k|s|x))?(?![0-9A-Za-z_]|\.[0-9])"
)
DIGIT = re.compile(r"[0-9]")
LIKE_A_DATE = re.compile(rf"{_MONTH}|[年月]|[0-9][-.][0-9]")
HINT = re.compile(
    r"[^\x00-\x7f\u2010-\u201f]|[0-9]"
    rf"|{_FULL}|\b(?i:two|three|four|five|six|seven|eight|nin|ten|eleven|twel|thir|fif|twent|fort|hun"
    r"dred|thousand|million|billion|trillion|first|second|half|quarter|a dozen|inaugural|zero)"
)
"""What an English text that asserts a number or a date holds, at least the beginning of it."""
SPELT_OUT = {
    "half a million": "500000",
    "half a billion": "500000000",
    "a third": "1/3",
    "one third": "1/3",
    "a quarter": "1/4",
    "a dozen": "12",
    "inaugural": "first",
}
"""Words for numbers that text2num leaves alone; a part of a whole only before "of"."""
PARTS = ("a third", "one third", "a quarter")
ROMAN = re.compile(r"[\u2160-\u2182]")
"""Roman numbers that are one character; written in letters they are part of names."""
CURRENCY_CODE = re.compile(r"\b(?:USD|EUR|GBP|JPY|CNY|RMB|INR|KRW|AUD|CAD|CHF)(?=[0-9])")
NUMERATORS = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]
DENOMINATORS = ["thirds", "quarters", "fifths", "sixths", "sevenths", "eighths", "ninths", "tenths"]
FRACTION = re.compile(rf"(?i)\b({'|'.join(NUMERATORS)})[ -]({'|'.join(DENOMINATORS)})\b(?!-[a-z])")
IN_WORDS = re.compile(
    rf"(?i)\b(?:{'|'.join(w for w in SPELT_OUT if w not in PARTS)})\b"
    rf"|\b(?:{'|'.join(PARTS)})(?= of\b)"
)


@dataclass(frozen=True, slots=True)
class Asserted:
    """A number or a part of a date in a text."""

    words: str
    """As it stands in the text, with number words turned into figures."""
    value: str
    """The same for all spellings: `59`, `#2` (second), `2%`, `2%p` (percentage points), `07-11`
    (11 July), `07` (July)."""


def asserted(text: str, language: str, *, all_words: bool = True) -> list[Asserted]:
    """Every number and date of the text, in its order.

    Without `all_words`, ordinals and counting words below ten are passed over; figures never are.
    """
    if language.startswith("en") and not HINT.search(text):
        return []  # as in most texts
    plain = _plain(text)
    figures = set(re.findall(r"[0-9]++", plain))
    found: list[tuple[int, Asserted]] = []
    rest = _words_to_figures(plain, language.split("-", maxsplit=1)[0].lower())

    def take(match: re.Match[str]) -> str:
        found.extend((match.start(), Asserted(match[0], v)) for v in _values_of_match(match))
        return " " * len(match[0])

    for form in (*(DATES if LIKE_A_DATE.search(rest) else ()), DECADE):
        rest = form.sub(take, rest)
    for match in NUMBER.finditer(PERCENT_OF_A_RANGE.sub(r"\1%", rest)):
        value = _value_of_number(match)
        is_word = value in COUNTING and value not in figures
        is_pronoun = value == "1" and is_word  # "one of them"
        if not is_pronoun and (all_words or not (match["ordinal"] or is_word)):
            found.append((match.start(), Asserted(match[0].strip(), value)))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


@lru_cache(maxsize=65536)
def values_of(text: str, language: str) -> frozenset[str]:
    """The values of all that the text asserts, and those that follow: a day carries its month."""
    values = {item.value for item in asserted(text, language)}
    return frozenset(values | {t[:2] for t in values if re.fullmatch(r"\d\d-\d\d", t)})


def values_of_date(edtf: str) -> frozenset[str]:
    """The values of a date in EDTF: `2014-05-06` gives `2014`, `05-06` and `05`.

    `1990/1999` is a decade and gives `1990s` as well.
    """
    values: set[str] = set()
    if decade := re.match(r"([12][0-9]{2})0/\1[0-9]", edtf):
        values.add(f"{decade[1]}0s")
    for part in edtf.split("/"):
        if part not in OPEN:
            year, _, rest = part.rstrip("~?%").partition("-")
            values |= {year, rest, rest[:2]} - {""}
    return frozenset(values)


def as_written(text: str, item: Asserted, language: str) -> str:
    """The item as the text spells it: "first" for `1st`."""
    if item.words in text:
        return item.words
    for fraction in FRACTION.finditer(text):
        if _fraction(fraction) == item.words:
            return fraction[0]
    by_words = (words for words, figure in SPELT_OUT.items() if figure == item.words)
    if words := next((words for words in by_words if words in text.lower()), None):
        return words
    short = language.split("-", maxsplit=1)[0].lower()
    spelt = re.findall(r"[\w-]+", text)
    return next((w for w in spelt if _words_to_figures(w, short) == item.words), item.words)


def has_scale(text: str) -> bool:
    """Whether the text counts something in thousands, millions and so on."""
    return bool(re.search(_SCALE, _plain_marks(text)) or MILLIONS.search(text))


def _plain_marks(text: str) -> str:
    """The text without marks inside its numbers, in plain digits."""
    plain = normalise(MARKS.sub("", text))
    if not plain.isascii():
        parted = ROMAN.sub(lambda match: f" {unicodedata.numeric(match[0]):.0f}", plain)
        parted = re.sub(r"([½¼¾])", r" \1", parted)
        plain = unicodedata.normalize("NFKC", parted).replace("\u2044", "/")
        plain = "".join(str(unicodedata.decimal(char, char)) for char in plain)
    if not DIGIT.search(plain):
        return plain
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain)
    return re.sub(r"(?<![0-9.,])([0-9]{1,3}) (?=[0-9]{3}(?![0-9,.]))", r"\1", plain)


def _plain(text: str) -> str:
    """The same, with figures where text2num sees none."""
    plain = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", _plain_marks(text))
    plain = IN_WORDS.sub(lambda match: SPELT_OUT[match[0].lower()], plain)
    plain = CURRENCY_CODE.sub(" ", FRACTION.sub(_fraction, plain))
    if not DIGIT.search(plain):
        return plain
    plain = YEARS.sub(lambda m: f"{m[1]}{m[2]}-{m[1]}{m[3]}" if m[3] > m[2] else m[0], plain)
    plain = SCALE_OF_A_RANGE.sub(r"\1 \2", plain)
    return MILLIONS.sub(_multiplied, SCALED.sub(_multiplied, plain))


def _fraction(match: re.Match[str]) -> str:
    over, under = NUMERATORS.index(match[1].lower()), DENOMINATORS.index(match[2].lower())
    return f"{over + 2}/{under + 3}"


def _multiplied(match: re.Match[str]) -> str:
    scale = SCALES[match["scale"].lower()]
    return f"{(Decimal(match['value']) * scale).normalize():f}"


def _words_to_figures(text: str, language: str) -> str:
    if language not in LANGUAGES:
        return text
    from text_to_num import alpha2digit

    return str(alpha2digit(text, language, 0.0))


def _values_of_match(match: re.Match[str]) -> Iterator[str]:
    """The values of a date or a decade."""
    part = match.groupdict()
    if "value" in part:
        yield f"{part['value']}s"
        return
    if written := part.get("month"):
        name = written.lower().rstrip(".")
        number = int(name) if name.isdecimal() else MONTHS.get(name) or SHORT_MONTHS[name]
        days = re.findall(r"[0-9]+", part.get("days") or "")
        yield from (f"{number:02}-{int(day):02}" for day in days) if days else [f"{number:02}"]
    if year := part.get("year"):
        yield year


def _value_of_number(match: re.Match[str]) -> str:
    if match["more"]:
        return match["value"] + match["more"]
    plain = f"{Decimal(match['value']).normalize():f}"
    if percent := match["percent"]:
        return f"{plain}%p" if "point" in percent else f"{plain}%"
    return f"#{plain}" if match["ordinal"] else plain

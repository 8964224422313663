"""What a text asserts that a program can compare: numbers, dates and names of instruments.

Figures and number words are one ("59", "fifty-nine"), and so are the orders in which dates are
written ("6 May 2014", "May 6, 2014"). Number words are read with text2num; the names of months
are those of English, in which dossiers are written.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefgen.dossier.dates import OPEN
from briefgen.dossier.quotes import normalise

MONTHS = {name: number for number, name in enumerate(month_name) if name}
_MONTH = f"(?P<month>{'|'.join(MONTHS)})"
_DAYS = r"(?P<days>[0-3]?[0-9](?:(?: ?(?:to|and|or|-|/) ?|, )[0-3]?[0-9])*)(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"(?<![\w.]){_DAYS} {_MONTH}(?:,? (?P<year>[12][0-9]{{3}}))?(?!\w)"
    rf"|(?<!\w){_MONTH.replace('month', 'month2')} {_DAYS.replace('days', 'days2')}"
    r"(?:,? (?P<year2>[12][0-9]{3}))?(?![\w.]*[0-9])"
    rf"|(?<!\w){_MONTH.replace('month', 'month3')}(?:,? (?P<year3>[12][0-9]{{3}}))?(?!\w)"
)
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SCALED = re.compile(rf"(?<![\w.])(?P<value>[0-9]+(?:\.[0-9]+)?)[ -](?P<scale>{'|'.join(SCALES)})\b")
NUMBER = re.compile(
    r"(?<![\w./])(?P<value>[0-9]+(?:\.[0-9]+)?)(?P<fraction>/[1-9])?(?P<ordinal>st|nd|rd|th)?"
    r"(?P<percent> ?%| per ?cent)?(?![\w]|\.[0-9]|/[0-9])"
)
PERCENT_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?= (?:to|and|or) [0-9.]+(?: ?%| per ?cent))")
"""The first of two numbers that share a per cent sign."""
FRACTIONS = {
    r"half an? million": "500000",
    r"half an? billion": "500000000",
    r"two[- ]thirds": "2/3",
    r"three[- ]quarters": "3/4",
    r"(?:one|a)[- ]third": "1/3",
    r"inaugural": "first",
}
"""Words for numbers that text2num leaves alone."""
COUNTING = frozenset(map(str, range(10)))
"""Numbers whose words pass in prose without a claim, as ordinals do."""
LANGUAGES = frozenset({"en", "fr", "es", "pt", "de", "it", "nl", "ca", "ru"})
"""Languages (ISO 639-1) whose number words are read; in others only figures are compared."""

INSTRUMENT_NOUNS = (
    "Accord|Act|Agreement|Arrangement|Charter|Concept|Constitution|Convention|Declaration|"
    "Framework|Initiative|Law|Memorandum|Pact|Package|Packages|Partnership|Principles|Program|"
    "Programme|Protocol|Strategy|Treaty"
)
NAMED_INSTRUMENT = re.compile(
    r"(?:[A-Z][\w'-]+ (?:(?:and|of|on|for|the) )*)+"
    rf"(?:{INSTRUMENT_NOUNS})(?: (?:of|on|with) (?:the )?[A-Z][\w'-]+)?(?!\w)"
)
"""A capitalised name that ends like that of an agreement, programme, law or strategy."""
ARTICLES = re.compile(r"^(?:(?:The|A|An|Its|Their|Under|In|Both|New) )+")


@dataclass(frozen=True, slots=True)
class Asserted:
    """A number or a part of a date in a text."""

    words: str
    """As it stands in the text, with number words turned into figures."""
    value: str
    """The same for all spellings: `59`, `#2` (second), `2%`, `07-11` (11 July), `07` (July)."""


def asserted(text: str, language: str, *, all_words: bool = True) -> list[Asserted]:
    """Every number and date of the text, in its order.

    Without `all_words`, ordinals and counting words below ten are passed over; figures never are.
    """
    plain = _plain(text)
    figures = set(re.findall(r"[0-9]+", plain))
    found: list[tuple[int, Asserted]] = []

    def take_date(match: re.Match[str]) -> str:
        found.extend((match.start(), Asserted(match[0], t)) for t in _values_of_date(match))
        return " " * len(match[0])

    rest = DATE.sub(take_date, _words_to_figures(plain, language.split("-", maxsplit=1)[0].lower()))
    for match in NUMBER.finditer(PERCENT_RANGE.sub(r"\1%", rest)):
        value = _value_of_number(match)
        is_word = value in COUNTING and value not in figures
        # "one" is more often a pronoun than a number.
        if value != "1" and (all_words or not (match["ordinal"] or is_word)):
            found.append((match.start(), Asserted(match[0].strip(), value)))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def values_of(text: str, language: str) -> frozenset[str]:
    """The values of all that the text asserts, and those that follow: a day carries its month."""
    return _values_of(text, language)


@lru_cache(maxsize=65536)
def _values_of(text: str, language: str) -> frozenset[str]:
    values = {item.value for item in asserted(text, language)}
    return frozenset(values | {t[:2] for t in values if re.fullmatch(r"\d\d-\d\d", t)})


def values_of_date(edtf: str) -> frozenset[str]:
    """The values of a date in EDTF: `2014-05-06` gives `2014`, `05-06` and `05`."""
    values: set[str] = set()
    for part in edtf.split("/"):
        if part not in OPEN:
            year, _, rest = part.rstrip("~?%").partition("-")
            values |= {year, rest, rest[:2]} - {""}
    return frozenset(values)


def as_written(text: str, item: Asserted, language: str) -> str:
    """The item as the text spells it: "first" for `1st`."""
    if item.words in text:
        return item.words
    short = language.split("-", maxsplit=1)[0].lower()
    words = re.findall(r"[\w-]+", text)
    return next((w for w in words if _words_to_figures(w, short) == item.words), item.words)


class Names:
    """Names of instruments and terms, to be found in texts."""

    def __init__(self, names: Iterable[str]) -> None:
        # The longest first: a name inside a longer one does not count.
        ordered = sorted(set(names), key=lambda name: (-len(name), name))
        choices = "|".join(re.escape(normalise(name)) for name in ordered)
        self._pattern = re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])" if ordered else r"(?!)")
        self._folded = [f" {fold(name)} " for name in ordered]
        self._longer = [name for name in self._folded if " " in name.strip()]

    def found_in(self, text: str) -> list[str]:
        """The names that the text uses, in capitals and small letters as they are."""
        return self._pattern.findall(normalise(text))

    def masked(self, text: str) -> str:
        """The text with a space for each of the names: their numbers assert nothing."""
        return self._pattern.sub(" ", normalise(text))

    def unknown_in(self, text: str) -> Iterator[str]:
        """Capitalised names of agreements, programmes, laws and the like that are none of these."""
        for match in NAMED_INSTRUMENT.finditer(normalise(text)):
            name = ARTICLES.sub("", match[0])
            if " " in name and not self._knows(f" {fold(name)} "):
                yield name

    def _knows(self, folded: str) -> bool:
        return any(folded in name for name in self._folded) or any(
            name in folded for name in self._longer
        )


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text for comparing names: small letters, no marks, one spelling of British and American.

    "Individual Partnership and Cooperation Program" and "…Programme" are the same name.
    """
    words = re.findall(r"\w+", normalise(text).lower())
    spelt = (re.sub(r"is(ation|e|ed|ing)(s?)$", r"iz\1\2", word) for word in words)
    same = (
        re.sub(r"^programmes?$", "program", word).replace("defence", "defense") for word in spelt
    )
    return " ".join(re.sub(r"our$", "or", word) for word in same)


def _plain(text: str) -> str:
    """The text without marks inside its numbers, and with figures where text2num sees none."""
    plain = re.sub(r"[*\\_]", "", normalise(text))
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    plain = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", plain)
    for words, figure in FRACTIONS.items():
        plain = re.sub(rf"(?i)\b{words}\b", figure, plain)
    return SCALED.sub(_multiplied, plain)


def _multiplied(match: re.Match[str]) -> str:
    return f"{(Decimal(match['value']) * SCALES[match['scale']]).normalize():f}"


def _words_to_figures(text: str, language: str) -> str:
    if language not in LANGUAGES:
        return text
    from text_to_num import alpha2digit

    return str(alpha2digit(text, language, 0.0))


def _values_of_date(match: re.Match[str]) -> Iterator[str]:
    part = match.groupdict()
    month = f"{MONTHS[part['month'] or part['month2'] or part['month3']]:02}"
    days = re.findall(r"[0-9]+", part["days"] or part["days2"] or "")
    if days:
        yield from (f"{month}-{int(day):02}" for day in days)
    else:
        yield month
    if year := part["year"] or part["year2"] or part["year3"]:
        yield year


def _value_of_number(match: re.Match[str]) -> str:
    if match["fraction"]:
        return match["value"] + match["fraction"]
    plain = f"{Decimal(match['value']).normalize():f}"
    return f"#{plain}" if match["ordinal"] else f"{plain}%" if match["percent"] else plain

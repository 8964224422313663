"""What a text asserts that a program can compare, so that an edit can be seen to alter it.

Numbers, dates, names of agreements and of authors, words in quotation marks, denials, units, and
what bounds a number ("at least 16") are facts wherever they come or go. Other names and some words
count only where one stands for another: "China" for "Japan", "few" for "many", "rose" for "fell".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefgen.dossier.asserted import MONTHS, asserted
from briefgen.dossier.carried import Carriers
from briefgen.dossier.model import Dossier
from briefgen.dossier.negation import NEGATIONS, NO_NAMES, NO_NEGATION
from briefgen.dossier.prose import CITATION, MARKS, paragraphs, sentences
from briefgen.dossier.quotes import normalise

Fact = tuple[str, str]
"""Its sort and what is asserted."""


def _forms(text: str) -> dict[str, str]:
    """For each form of a word the first one in its group."""
    groups = [group.split() for group in text.split(";")]
    return {form: group[0] for group in groups for form in group}


_DENIALS = """
deny denies denied denying reject rejects rejected rejecting refuse refuses refused refusing oppose
opposes opposed opposing fail fails failed failing lack lacks lacked lacking prevent prevents
prevented forbid forbids forbade forbidden prohibit prohibits prohibited bar bars barred doubt
doubts doubted hardly barely scarcely rarely seldom
"""
DENIALS = frozenset(_DENIALS.split())
"""Words by which a sentence denies something, or nearly."""
AMOUNTS = _forms(
    """
dollars dollar $; euros euro €; pounds pound £; yen ¥; yuan; rupees rupee; half; twice double
doubles doubled; triple triples tripled; dozens; hundreds; thousands; millions; billions; trillions
"""
)
"""Currencies and multiples, which `asserted` does not compare."""
MEASURES = _forms(
    """
seconds; minute minutes min; hour hours h; day days daily; week weeks weekly; month months
monthly; year years yearly annual annually; decade decades; century centuries; km kilometre
kilometres kilometer kilometers; metre metres meter meters m; cm centimetre centimetres; mm; mile
miles; nautical; feet; tonne tonnes t; ton tons; kilo kilos kg kilogram kilograms; kt kiloton
kilotons; hectare hectares; acre acres; litre litres; watt watts; mph; won; k
"""
)
"""What numbers measure in; words of their own elsewhere."""
RATES = frozenset({"daily", "weekly", "monthly", "yearly", "annual", "annually"})
RATE = frozenset({"a", "an", "per", "each", "every"})
"""Words before a measure that is a rate: "340 vehicles a day"."""
BOUNDS = {
    "at least": "at least|no (?:fewer|less) than|a minimum of",
    "at most": "at most|up to|no more than|a maximum of",
    "more than": "more than|over|above",
    "less than": "less than|fewer than|under|below",
    "about": "about|around|some|roughly|approximately|circa",
    "nearly": "nearly|almost",
    "only": "only|just|merely",
    "before": "before|prior to",
    "after": "after",
    "since": "since",
    "until": "until|till",
    "early": "early(?: in)?|(?:the )?(?:start|beginning) of",
    "late": "late(?: in)?|(?:the )?end of",
    "minus": "minus",
}
"""What bounds a number or a date behind it."""
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|"
    "nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|"
    "billion|dozen|half"
)
_MONTHS = "|".join(name.title() for name in MONTHS)
NUMBER = rf"(?:[0-9]|(?i:{_NUMBERS})\b|(?:{_MONTHS})\b)"
BOUND = re.compile(
    rf"(?<!\w)(?i:{'|'.join(f'({forms})' for forms in BOUNDS.values())})[ -](?:(?i:an?|the) )?"
    rf"[$£€¥]?(?={NUMBER})"
)
BY = re.compile(rf"(?<!\w)[Bb]y (?=(?:{_MONTHS})\b|[12][0-9]{{3}}\b|[0-9.]+ ?(?:%|per ?cent))")
"""A term, or a difference in per cent; in "by five members" it is neither."""
OPEN_ENDED = re.compile(r"(?<=\w) or (more|fewer|less|so)\b")
NEGATIVE = re.compile(r"(?<![^\s(])[-−](?=[$£€¥]?[0-9])")
OPPOSITES = {
    "degree": _forms(
        "few fewer little less; some several various; many more much numerous; most; all every"
    ),
    "direction": _forms(
        """
rise rises rose risen rising increase increases increased increasing grow grows grew grown growing
growth gain gains gained; fall falls fell fallen falling decrease decreases decreased decreasing
decline declines declined declining drop drops dropped shrink shrinks shrank loss losses lost
"""
    ),
    "phase": _forms(
        """
begin begins began begun beginning start starts started starting; end ends ended ending expire
expires expired stop stops stopped
"""
    ),
    "order": _forms("before earlier; after later"),
    "certainty": _forms("may might could perhaps possibly; will shall certainly"),
}
"""Words of which one for another alters what is said, by sorts."""
EXCHANGED = frozenset({"who", *OPPOSITES})
"""Sorts that alter a fact only where one stands for another: texts have them for many reasons."""
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[$£€¥]")
QUOTE = re.compile(r'"([^"]+)"')
NAME = re.compile(r"[^\W\d_][\w'-]*")


def facts_in(text: str, carriers: Carriers) -> list[Fact]:
    """All that a text asserts; each sort in the order of the text."""
    plain = CITATION.sub(" ", text)
    found = [("name", name) for name in carriers.instrument_names.found_in(plain)]
    found += [
        ("value", item.value) for item in asserted(carriers.names.masked(plain), carriers.language)
    ]
    plain = normalise(MARKS.sub("", plain))
    found += [("quote", words) for words in QUOTE.findall(plain)]
    found += _names(plain, carriers)
    found += _bounds(plain)
    found += _words(WORD.findall(plain.lower()))
    return found


def _names(plain: str, carriers: Carriers) -> Iterator[Fact]:
    """Authors, actors, and other words with a capital that no sentence begins with."""
    authors, known = _people(carriers.dossier)
    for paragraph in paragraphs(plain):
        for sentence in sentences(paragraph):
            for at, match in enumerate(NAME.finditer(sentence)):
                name = match[0].removesuffix("'s")
                if name in authors:
                    yield "author", name
                elif name in known or (
                    (at or name[1:].isupper())
                    and carriers.language.startswith("en")
                    and name[0].isupper()
                    and name.lower() not in NO_NAMES
                    and name.lower() not in MONTHS
                ):
                    yield "who", name


def _people(dossier: Dossier) -> tuple[frozenset[str], frozenset[str]]:
    """Family names of the authors of sources, and the words of actors' names."""
    return _people_in(
        tuple(
            author.family
            for source in dossier.sources.values()
            for author in source.author
            if author.family
        ),
        tuple(name for actor in dossier.actors.values() for name in (actor.name, actor.short)),
    )


@lru_cache(maxsize=16)
def _people_in(
    authors: tuple[str, ...], actors: tuple[str, ...]
) -> tuple[frozenset[str], frozenset[str]]:
    words = (word for name in actors for word in NAME.findall(normalise(name)))
    known = frozenset(word for word in words if word[0].isupper() and word.lower() not in NO_NAMES)
    return frozenset(map(normalise, authors)), known


def _bounds(plain: str) -> Iterator[Fact]:
    names = list(BOUNDS)
    for match in BOUND.finditer(plain):
        yield "bound", names[(match.lastindex or 1) - 1]
    for _ in BY.finditer(plain):
        yield "bound", "by"
    for match in OPEN_ENDED.finditer(plain):
        yield "bound", match[0].strip()
    for _ in NEGATIVE.finditer(plain):
        yield "bound", "minus"


def _words(words: Sequence[str]) -> Iterator[Fact]:
    """Denials, units, and words that have an opposite."""
    for i, word in enumerate(words):
        if word in NEGATIONS or word.endswith("n't"):
            if not (i + 1 < len(words) and words[i + 1] in NO_NEGATION):
                yield "denial", "not"
        elif word in DENIALS:
            yield "denial", word
        elif word in AMOUNTS:
            yield "unit", AMOUNTS[word]
        elif word in MEASURES and _is_measured(words, i):
            yield "unit", MEASURES[word]
        else:
            yield from ((sort, forms[word]) for sort, forms in OPPOSITES.items() if word in forms)


def _is_measured(words: Sequence[str], at: int) -> bool:
    """Whether a number stands before the word, next to it or but one, or it is a rate."""
    before = words[max(0, at - 2) : at]
    is_rate = words[at] in RATES or not RATE.isdisjoint(before[-1:])
    return is_rate or any(re.match(NUMBER, word) for word in before)


def altered(was: Counter[Fact], now: Counter[Fact]) -> tuple[list[Fact], list[Fact]]:
    """What is gone and what has come of the facts, without what rewording may take and add."""
    gone, come = was - now, now - was
    exchanged = {sort for sort, _ in gone} & {sort for sort, _ in come}
    strict = {sort for sort, _ in (*gone, *come)} - EXCHANGED | exchanged
    return (
        sorted(fact for fact in gone.elements() if fact[0] in strict),
        sorted(fact for fact in come.elements() if fact[0] in strict),
    )

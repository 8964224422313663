"""Negation: whether a text denies what statements say, or says what they deny.

It works on the words of plain English, without a grammar, and only what is certain counts. A
clause is *open* where it holds a negation or a word that takes the ground from under what it says
("fails to", "few", "if", "ask"). In all other clauses words are *asserted*. A word is *denied*
where a negation hits it: "does **not** want resources moved" denies "want", "**no** common
position" denies "position", "**no** text names" denies "names". Words are compared by their stems.
Names and numbers can be neither asserted nor denied; other checks compare them.

A text turns statements round in one of three ways:

1. it denies a word that the statements assert, and in none of them is the word open;
2. it asserts a word that a statement denies, and no statement asserts it;
3. words that follow a negation in the text are those of a statement of which no clause is open,
   while no statement denies anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain

from briefgen.dossier.prose import CITATION, MARKS
from briefgen.dossier.quotes import normalise

VERBS = frozenset({"not", "never", "cannot"})
"""Negations of what is said."""
THINGS = frozenset({"no", "without", "none", "nobody", "neither"})
"""Negations of a thing."""
OTHERS = frozenset({"nor", "nothing"})
"""Negations of which the order of words does not tell what they deny."""
NEGATIONS = VERBS | THINGS | OTHERS
REACH = {"verb": 1, "thing": 3, "other": 0}
"""How many words that carry meaning a negation reaches; of a run it denies the last."""
FARTHEST = 12
"""It reaches no farther than this, small words included."""
NO_NEGATION = frozenset(
    {"only", "just", "merely", "least", "later", "more", "less", "fewer", "sooner", "alone", "even"}
)
"""After "not" or "no" they deny nothing: "not only", "no later than"."""
_WISHES = """
if unless whether until before let ask
"""
MODAL = frozenset({"could", "might", "would", "must", "should"})
WISHES = frozenset(_WISHES.split()) | MODAL
"""Words of what is asked for, supposed or possible: a negation behind them denies nothing."""
_SOFT = """
few fewer little less least hardly barely scarcely rarely seldom limited half only alone except
lack lacks lacked lacking absence absent fail fails failed failing failure refuse refuses refused
refusing refusal deny denies denied doubt doubts doubted reject rejects rejected oppose opposes
opposed prevent prevents prevented forbid forbids forbade forbidden bar bars barred prohibit
prohibits prohibited exclude excludes excluded omit omits omitted miss missing unlikely impossible
stop stops stopped ends ended stall stalls stalled avoid avoids avoided instead than too beyond
silent unnamed unknown what how why
"""
SOFT = frozenset(_SOFT.split()) | WISHES
"""Words that leave open what the rest of their clause says."""
_EMPTY = """
a an the this that these those its their his her our your my it they them he him she we us you i
one ones who whom whose which what when where why how there here
is are was were be been being am has have had having do does did done doing will would can could
may might shall should must need needs ought
any some each every all both either other others another such same own much many more most
very quite rather yet still also too so ever even always already again once now then just only
as well longer fully really
zero two three four five six seven eight nine ten eleven twelve first second third half
"""
EMPTY = frozenset(_EMPTY.split())
"""Words without a meaning that could be denied; a negation reaches over them."""
_TURNS = """
in on at by to of for from with into onto over under about against between among across through
during after since near off out up down per via
and or but while though although because whereas if unless until before that than as
"""
TURNS = frozenset(_TURNS.split())
"""Words that a negation does not reach over."""
NO_NAMES = EMPTY | TURNS | NEGATIONS
"""Words that are no names, though a sentence may begin with them."""
SMALL_WORDS = NO_NAMES | SOFT
"""Words that carry no meaning of their own."""
CLAUSE = re.compile(
    r"[.!?;:—–()\[\]]|,|\b(?:but|while|though|although|because|whereas|yet|who|which|where)\b"
    r"|(?=\b(?:than|that)\b)"
)
ASIDE = re.compile(r", (?:we|(?:[A-Z][\w'-]+ ){0,2}[A-Z][\w'-]+) [a-z]+,")
"""What stands between commas and says only whose word it is: ", Nagy reports,"."""
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
FIGURE = re.compile(r"[0-9]+")
SHORTEST = 3
"""Shorter words carry no meaning of their own."""
SHARED = 2
"""So many words make two clauses speak of one thing; one will do together with two names."""
_IRREGULAR = """
gave given give; held hold; found find; said say; made make; took taken take; kept keep; sent send;
met meet; led lead; saw seen see; went gone go; came come; rose risen rise; fell fallen fall; grew
grown grow; began begun begin; knew known know; thought think; brought bring; built build; spoke
spoken speak; wrote written write; left leave; lost lose; paid pay; sought seek; fought fight; drew
drawn draw; broke broken break; chose chosen choose; drove driven drive; won win; told tell; meant
mean; felt feel; stood stand; understood understand; ran run; bought buy; got get; shown show
"""
IRREGULAR = {
    form: forms.split()[-1] for forms in _IRREGULAR.split(";") for form in forms.split()[:-1]
}
ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", ""))
VOWEL = re.compile("[aeiouy]")
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a text between two marks."""

    said: Words
    """Stems of its words that carry meaning."""
    names: Words
    """Its names and figures."""
    denied: Words
    """Stems of the words that a negation hits."""
    behind: Words
    """Stems of all words behind its first negation."""
    negates: bool
    is_open: bool
    """It asserts nothing for certain."""
    wishes: bool
    """It says what is asked for, supposed or possible."""
    is_possible: bool
    """It is open only because it says what could, would or should be."""


@dataclass(frozen=True)
class Polarity:
    """What a text asserts, denies and leaves open."""

    clauses: tuple[Clause, ...]
    spelt: dict[str, str]
    """For each stem the word as it stands."""

    @cached_property
    def asserted(self) -> Words:
        """Words of clauses that are not open."""
        return _all(clause.said for clause in self.clauses if not clause.is_open)

    @cached_property
    def open(self) -> Words:
        """Words of the others."""
        return _all(clause.said for clause in self.clauses if clause.is_open)

    @cached_property
    def possible(self) -> Words:
        """Words that are asserted, or said of what could, would or should be."""
        said = (c.said for c in self.clauses if c.is_possible or not c.is_open)
        return _all(said) - _all(c.said for c in self.clauses if c.is_open and not c.is_possible)

    @cached_property
    def denied(self) -> Words:
        """Words that a negation hits."""
        return _all(clause.denied for clause in self.clauses)

    @cached_property
    def negates(self) -> bool:
        """Whether there is any negation."""
        return any(clause.negates for clause in self.clauses)

    @cached_property
    def is_open(self) -> bool:
        """Whether any clause is open."""
        return any(clause.is_open for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Turned:
    """A word by which a text turns a statement round."""

    word: str
    """As it stands in the text."""
    statement: int
    """Which of the statements."""
    is_denied: bool
    """The text denies it; otherwise the statement does."""


def turned_round(text: str, statements: Sequence[str]) -> Iterator[Turned]:
    """The words by which the text turns statements round that it rests on, one a statement."""
    ours, theirs = polarity(text), [polarity(statement) for statement in statements]
    denied = ours.denied - ours.asserted
    denied -= _all(other.open - other.possible for other in theirs)
    asserted = ours.asserted - ours.open - _all(other.asserted for other in theirs)
    for i, other in enumerate(theirs):
        if words := denied & other.possible:
            yield Turned(_first(words, ours), i, is_denied=True)
        elif words := asserted & other.denied:
            yield Turned(_first(words, ours), i, is_denied=False)
        elif words := _denied_together(ours, other, theirs):
            yield Turned(_first(words, ours), i, is_denied=True)


def _denied_together(ours: Polarity, other: Polarity, theirs: list[Polarity]) -> Words:
    """The words behind a negation that stand in a statement that is not open."""
    if other.is_open or any(each.negates for each in theirs):
        return frozenset()
    said, names = other.asserted, _all(clause.names for clause in other.clauses)
    for clause in ours.clauses:
        shared, with_names = clause.behind & said, clause.names & names
        if len(shared) >= SHARED or (shared and len(with_names) >= SHARED):
            return shared
    return frozenset()


def adds_denial(text: str, statements: Sequence[str], beside: Sequence[str] = ()) -> bool:
    """Whether a word behind a negation stands in statements that deny nothing.

    Stricter than `turned_round`: one such word is enough, unless it is open in what stands beside.
    """
    theirs = [polarity(statement) for statement in statements]
    if any(each.negates for each in theirs):
        return False
    behind = _all(clause.behind for clause in polarity(text).clauses)
    is_open = _all(each.open for each in (*theirs, *map(polarity, beside)))
    return bool(behind & _all(each.asserted for each in theirs) - is_open)


def _all(sets: Iterator[Words]) -> Words:
    return frozenset(chain.from_iterable(sets))


def _first(stems: Words, text: Polarity) -> str:
    """Of the words with these stems the one that stands first in the text."""
    return next(word for stem, word in text.spelt.items() if stem in stems)


@lru_cache(maxsize=16384)
def polarity(text: str) -> Polarity:
    """What a text in English asserts, denies and leaves open."""
    plain = normalise(MARKS.sub("", CITATION.sub(" ", text)))
    spelt: dict[str, str] = {}
    clauses: list[Clause] = []
    for part in CLAUSE.split(ASIDE.sub(" ", plain)):
        words = WORD.findall(part)
        for word in filter(_carries_meaning, words):
            spelt.setdefault(stem_of(word), word)
        clause = _clause(words, FIGURE.findall(part))
        if words[:1] == ["that"] and clauses and clauses[-1].is_open:
            clause = _behind(clauses[-1], clause)
        clauses.append(clause)
    return Polarity(tuple(clauses), spelt)


def _clause(words: list[str], figures: list[str]) -> Clause:
    small = {word.lower() for word in words}
    every = [(i, kind) for i in range(len(words)) if (kind := _negates(words, i))]
    wish = next((i for i, word in enumerate(words) if word.lower() in WISHES), len(words))
    # "would not lift" denies; "could say that nobody lifts" does not.
    sure = [(i, kind) for i, kind in every if wish >= i - 1]
    names = (word.lower().removesuffix("'s") for word in words if _is_name(word))
    hit = (_hit(words[i + 1 : i + 1 + FARTHEST], kind) for i, kind in sure)
    behind = words[sure[0][0] + 1 :] if sure else []
    return Clause(
        said=frozenset(map(stem_of, filter(_carries_meaning, words))),
        names=frozenset(chain(names, figures)),
        denied=frozenset(stem_of(word) for word in hit if word),
        behind=frozenset(map(stem_of, filter(_carries_meaning, behind))),
        negates=bool(every),
        is_open=bool(every) or not SOFT.isdisjoint(small),
        wishes=not WISHES.isdisjoint(small),
        is_possible=not every and not MODAL.isdisjoint(small) and SOFT.isdisjoint(small - MODAL),
    )


def _behind(first: Clause, then: Clause) -> Clause:
    """The clause behind "that", which is as open as the one before: "does not say that …"."""
    if first.wishes:
        then = replace(then, denied=frozenset(), behind=frozenset())
    return replace(then, is_open=True, is_possible=first.is_possible, wishes=first.wishes)


def _negates(words: list[str], i: int) -> str:
    """What the word negates: a "verb", a "thing", something "other", or nothing."""
    word = words[i].lower()
    after = words[i + 1].lower() if i + 1 < len(words) else ""
    if after in NO_NEGATION:
        return ""
    if word in VERBS or word.endswith("n't") or (word, after) == ("no", "longer"):
        return "verb"
    if word in OTHERS:
        return "other"
    return "thing" if word in THINGS else ""


def _hit(words: list[str], kind: str) -> str | None:
    """The word that a negation denies, of those that follow it."""
    is_part = words[:1] == ["of"]  # "none of the five texts prices it"
    run: list[str] = []
    for word in words[is_part:]:
        if word.lower() in TURNS | NEGATIONS or len(run) == REACH[kind]:
            break
        is_adverb = kind == "verb" and word.endswith("ly")
        if _carries_meaning(word) and not is_adverb:
            run.append(word)
        elif run:
            break
    return run[-1] if run else None


def _carries_meaning(word: str) -> bool:
    small = word.lower()
    is_small_word = small in SMALL_WORDS or small.endswith("n't")
    return len(word) >= SHORTEST and not word[0].isupper() and not is_small_word


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in NO_NAMES


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """The word without its ending: "wants", "wanted" and "wanting" are one."""
    small = word.lower().removesuffix("'s")
    small = IRREGULAR.get(small, small)
    for ending, instead in ENDINGS:
        stem = small.removesuffix(ending)
        if stem != small and len(stem) >= SHORTEST and VOWEL.search(stem):
            if ending == "s" and stem.endswith(("s", "u", "i")):
                break  # "access", "focus", "analysis"
            return _without_end(stem + instead)
    return _without_end(small)


def _without_end(stem: str) -> str:
    """The stem without a silent e, and without the consonant that an ending doubles."""
    if len(stem) <= SHORTEST:
        return stem
    if stem[-1] == stem[-2] and stem[-1] in "bdgmnprt":
        return stem[:-1]
    return stem.removesuffix("e")

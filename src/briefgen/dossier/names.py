"""Names of agreements, programmes, laws and terms, as texts use them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefgen.dossier.quotes import normalise

NOUNS = frozenset(
    {
        "Accord",
        "Act",
        "Agreement",
        "Arrangement",
        "Charter",
        "Concept",
        "Constitution",
        "Convention",
        "Declaration",
        "Framework",
        "Initiative",
        "Law",
        "Memorandum",
        "Pact",
        "Package",
        "Partnership",
        "Principles",
        "Program",
        "Programme",
        "Protocol",
        "Strategy",
        "Treaty",
    }
)
"""What the capitalised name of an instrument ends in, in the singular."""
ANY_NOUN = re.compile("|".join(sorted(NOUNS)))
INSIDE = frozenset({"and", "of", "on", "for", "the", "&"})
"""Small words that a name may hold."""
_BEFORE = """
a an the this that these those its their his her our every each any some such no both all first
second third new old former under in on at by to of for from with after before since as if but and
or when why how what while should could would may might will can must they we he she it
"""
BEFORE = frozenset(_BEFORE.split())
"""Words that stand before a name with a capital at the start of a sentence, or in a title."""
LONGEST = 10
"""A name has no more words than this."""
WORD = re.compile(r"[\w&]+(?:['-][\w&]+)*|[^\w\s]")


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
        for name in named_instruments(text):
            folded = f" {fold(name)} "
            if not any(folded in known for known in self._folded) and not any(
                known in folded for known in self._longer
            ):
                yield name


def named_instruments(text: str) -> Iterator[str]:
    """Names of two words or more that end like that of an agreement, programme, law or strategy."""
    if not ANY_NOUN.search(text):
        return
    words = WORD.findall(normalise(text))
    for end, word in enumerate(words):
        if word in NOUNS or word.removesuffix("s") in NOUNS:
            start = _start_of_name(words, end)
            if start < end:
                yield " ".join(words[start : end + 1])


def _start_of_name(words: list[str], end: int) -> int:
    """Where the capitalised words before the noun begin, without what only leads up to them."""
    start = at = end
    while at > 0 and end - at < LONGEST:
        at -= 1
        if words[at].endswith("'s") or not (_is_capitalised(words[at]) or words[at] in INSIDE):
            break
        if _is_capitalised(words[at]):
            start = at
    while start < end and (words[start].lower() in BEFORE or not _is_capitalised(words[start])):
        start += 1
    return start


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text for comparing names: small letters, no marks, one spelling of British and American.

    "Individual Partnership and Cooperation Program" and "…Programme" are the same name.
    """
    return " ".join(map(_fold_word, re.findall(r"\w+", normalise(text).lower())))


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    """The word in American spelling: organization, program, defense, labor."""
    if word in ("programme", "programmes"):
        return "program"
    spelt = re.sub(r"is(ation|e|ed|ing)(s?)$", r"iz\1\2", word)
    return re.sub(r"our$", "or", spelt.replace("defence", "defense"))

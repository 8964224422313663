"""Abbreviations: those that a text uses, and those that nothing explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from briefgen.dossier.base import PlainText, ProseIn
from briefgen.dossier.evidence import Source
from briefgen.dossier.fields import Marked, marked_fields
from briefgen.dossier.model import KINDS, Dossier, PlaceOf
from briefgen.dossier.prose import CITATION
from briefgen.dossier.records import Term
from briefgen.problems import Problem

ABBREVIATION = re.compile(r"(?<![A-Za-z0-9])[A-Z](?:[A-Z0-9]|[a-z](?=[A-Z]))+(?=s?(?![A-Za-z]))")
"""Two capitals or more, digits and single small letters among them: G7, PfP, but not McKay."""
ROMAN = re.compile(r"[IVX]+")
QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
SMALL = r"(?:(?:a|and|for|in|of|on|the|to)\s+)*"
"""Words that abbreviations pass over."""
PRINTED = frozenset({"title", "subtitle", "question", "short", "statement"})
"""Keys of plain texts that readers meet, beside all prose."""


def abbreviations_in(text: str) -> list[str]:
    """The abbreviations of a text, in order, in the singular; Roman numerals are none."""
    return [word for word in ABBREVIATION.findall(text) if not ROMAN.fullmatch(word)]


@dataclass(frozen=True)
class Known:
    """What a reader of a dossier need not ask about."""

    words: frozenset[str]
    """Abbreviations that are terms, or that the reader knows."""
    names: re.Pattern[str]
    """Fixed names of several words, which explain the abbreviations inside them."""

    @classmethod
    def of(cls, terms: Iterable[Term], knows: Iterable[str] = ()) -> Known:
        """What the terms explain or fix, and what the reader knows of himself."""
        words = [*(term.term for term in terms), *knows]
        single = {found for w in words if " " not in w for found in abbreviations_in(w)}
        names = "|".join(sorted(re.escape(word) for word in words if " " in word))
        return cls(frozenset(single), re.compile(names or r"(?!)"))

    def unexplained(self, text: str) -> list[str]:
        """The abbreviations of a text that neither this nor the text itself explains, in order.

        What stands in quotation marks is somebody's words.
        """
        ours = self.names.sub(" ", QUOTATION.sub(" ", text))
        found = dict.fromkeys(abbreviations_in(ours))
        return [w for w in found if w not in self.words and not _is_spelt_out(w, text)]


def _is_spelt_out(abbreviation: str, text: str) -> bool:
    """Whether words of the text have the letters of the abbreviation at their start."""
    words = rf"[\s-]+{SMALL}".join(rf"{re.escape(letter)}[a-z]+" for letter in abbreviation)
    return bool(re.search(rf"\b{words}", text, re.IGNORECASE))


def check_abbreviations(
    dossier: Dossier, editions: Iterable[tuple[BaseModel, PlaceOf, Iterable[str]]]
) -> Iterator[Problem]:
    """Warnings about abbreviations that nothing explains; each once, where it first stands.

    `editions` are given with their places and what their readers know.
    """
    terms = tuple(dossier.terms.values())
    known = Known.of(terms)
    met: set[str] = set()
    for record, place in _records(dossier):
        yield from _unknown(record, place, known, met)
    for edition, place, knows in editions:
        yield from _unknown(edition, place, Known.of(terms, knows), met)


def _records(dossier: Dossier) -> Iterator[tuple[BaseModel, PlaceOf]]:
    yield dossier.about, dossier.places["dossier", ""]
    for kind in KINDS:
        if kind != "terms":
            for record in dossier.records(kind).values():
                yield record, dossier.places[kind, record.id]


def _unknown(model: BaseModel, place: PlaceOf, known: Known, met: set[str]) -> Iterator[Problem]:
    for field in marked_fields(model, (PlainText, ProseIn)):
        if not _is_printed(field, model):
            continue
        for word in known.unexplained(CITATION.sub("", field.text)):
            if word not in met:
                met.add(word)
                yield Problem(
                    place.of_words(field.path, word),
                    "BG082",
                    f'nothing explains the abbreviation "{word}"',
                    f"add the term {word} with its expansion to terms.yaml, or without one where "
                    "the short form is the name",
                    severity="warning",
                )


def _is_printed(field: Marked, model: BaseModel) -> bool:
    if isinstance(model, Source):
        return field.path[-1] == "note"
    return isinstance(field.mark, ProseIn) or field.path[-1] in PRINTED

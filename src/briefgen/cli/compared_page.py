"""A comparison as one HTML page: no scripts, no requests, for screen, phone and print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from briefgen.cli.compared_words import (
    WORD,
    facts,
    flat,
    mark_changes,
    name_of_field,
    outcome_words,
    overlap,
    parts_of,
    placed,
    shown_fields,
    told_wordings,
)
from briefgen.cli.page import render_page
from briefgen.document.layout import load_layout
from briefgen.dossier.base import CHOSEN
from briefgen.dossier.prose import CITATION, cited_claims, typographer
from briefgen.dossier.references import singular
from briefgen.edition.comparison import ComparedClaim, Comparison, Message, MessagePair, Wording
from briefgen.resources import shipped

TEMPLATE = "compared.html.j2"
WORDS = ("policy-brief", ((shipped("templates"), Path("templates")),))
"""The shipped layout, which puts dates in words."""
BREAK = "¶"
"""Stands between paragraphs where words are compared across them."""

Cells = tuple[Markup, Markup]
"""The two columns of a row."""


def comparison_page(comparison: Comparison) -> str:
    """The comparison as a page of HTML5."""
    filters = {"singular": singular, "typeset": typographer}
    return render_page(TEMPLATE, _context(comparison), filters) + "\n"


def _context(comparison: Comparison) -> dict[str, Any]:
    writer = _Writer(comparison)
    return {
        "compared": comparison,
        "sides": (comparison.a, comparison.b),
        "words": outcome_words(comparison),
        "overlap": overlap(comparison),
        "facts": facts(comparison),
        "fields": [(name_of_field(w.field), writer.cells(w)) for w in shown_fields(comparison)],
        "messages": [writer.message(pair) for pair in comparison.messages if pair.a != pair.b],
        "kinds": CHOSEN,
        "groups": writer.groups,
        "number": writer.numbers,
        "cells": writer.cells,
        "told_wordings": told_wordings,
        "placed": placed,
        "flat": flat,
        "date": load_layout(*WORDS).locale("en-GB").date,
        "name_of_field": name_of_field,
    }


@dataclass(frozen=True)
class _Writer:
    """Writes prose whose citations lead to the claims at the end of the page."""

    comparison: Comparison
    numbers: dict[str, int] = field(init=False)
    """The number that each claim has on the page."""

    def __post_init__(self) -> None:
        listed = (claim.id for _, claims in self.groups for claim in claims)
        object.__setattr__(self, "numbers", {name: n for n, name in enumerate(listed, start=1)})

    @cached_property
    def groups(self) -> list[tuple[str, tuple[ComparedClaim, ...]]]:
        """The claims as the page lists them, each group with its heading."""
        compared = self.comparison
        if not compared.is_history:
            lists = [
                ("Cited by both", compared.shared_claims),
                (f"Only in {compared.a.name}", compared.only_a),
                (f"Only in {compared.b.name}", compared.only_b),
            ]
        else:
            lists = [
                ("Changed", compared.changed_claims),
                ("In the data of one side alone", compared.claims_in_one),
                ("No longer cited", _unchanged(compared.only_a)),
                ("Newly cited", _unchanged(compared.only_b)),
                ("Unchanged", _unchanged(compared.shared_claims)),
            ]
        return [(name, claims) for name, claims in lists if claims]

    def cells(self, wording: Wording) -> Cells:
        """Both wordings; between two states with what changed marked."""
        a, b = wording.a, wording.b
        if not (self.comparison.is_history and a and b):
            return self._plain(a), self._plain(b)
        old, new = mark_changes(_whole(a), _whole(b))
        return self._marked(old, "del"), self._marked(new, "ins")

    def message(self, pair: MessagePair) -> Cells:
        """Both messages of a pair, each with its counter."""
        old, new = _in_one(pair.a), _in_one(pair.b)
        return self.cells(Wording("key_messages", old, new))

    def _plain(self, text: str | None) -> Markup:
        if not text:
            return Markup('<p class="none">none</p>')
        return Markup().join(
            Markup("<p>{}</p>").format(self._cited(part)) for part in parts_of(text)
        )

    def _marked(self, runs: tuple[tuple[str, bool], ...], element: str) -> Markup:
        paragraphs: list[list[Markup]] = [[]]
        for run, is_changed in runs:
            for i, part in enumerate(run.split(BREAK)):
                if i:
                    paragraphs.append([])
                words = self._cited(part)
                if words and is_changed:
                    words = Markup("<{0}>{1}</{0}>").format(Markup(element), words)
                if words:
                    paragraphs[-1].append(words)
        return Markup().join(Markup("<p>{}</p>").format(Markup(" ").join(p)) for p in paragraphs)

    def _cited(self, text: str) -> Markup:
        """Words with their citations as raised numbers."""
        return Markup().join(self._pieces(text.strip()))

    def _pieces(self, text: str) -> Iterator[Markup]:
        for i, word in enumerate(WORD.findall(text)):
            citation = CITATION.match(word)
            if citation is None:
                yield Markup("{}{}").format(" " if i else "", word)
                continue
            yield Markup("{}").format(word[citation.end() :])
            notes = [self._note(name) for _, name in cited_claims(citation[0])]
            yield Markup("<sup>{}</sup>").format(Markup(", ").join(notes))

    def _note(self, claim: str) -> Markup:
        number = self.numbers.get(claim)
        if number is None:
            return Markup("?")
        return Markup('<a href="#claim_{0}">{0}</a>').format(number)


def _whole(text: str) -> str:
    """The paragraphs in one line, so that words can be compared across them."""
    return f" {BREAK} ".join(parts_of(text))


def _unchanged(claims: tuple[ComparedClaim, ...]) -> tuple[ComparedClaim, ...]:
    return tuple(claim for claim in claims if not (claim.changes or claim.is_in_one))


def _in_one(message: Message | None) -> str | None:
    if message is None:
        return None
    counter = f"\n\nCounter: {message.counter}" if message.counter else ""
    return f"{message.place}. {message.lead} {message.text}{counter}"

"""Lengths: how many pages a brief may take, and what it shows at the most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefgen.edition.models import Edition, Length

USUAL: Length = "brief"


@dataclass(frozen=True)
class LengthRule:
    """What a length allows; the annex stands outside it."""

    pages: int
    """The page budget."""
    tier: int
    """How much of a record is shown: 1 title and so-what, 2 and summary, 3 and body."""
    at_most: Mapping[str, int] = field(default_factory=dict)
    """Records, messages or figures of a kind, where fewer than the edition asks for."""
    without: frozenset[str] = frozenset()
    """Sections that it does not have."""
    also_in_word: bool = False
    """Whether the budget holds for the Word document too."""
    is_fixed: bool = False
    """Whether it keeps all that it shows: then only shorter texts help."""
    notes: Literal["full", "letters"] = "full"
    """How citations are printed: as notes, or as letters with a key of the sources."""


LENGTHS: Mapping[Length, LengthRule] = {
    "one-page": LengthRule(
        pages=1,
        tier=1,
        also_in_word=True,
        at_most={"areas": 0, "obstacles": 0, "recommendations": 3, "messages": 3, "figures": 0},
        without=frozenset(
            {"contents", "context", "areas", "obstacles", "abbreviations", "evidence"}
        ),
        notes="letters",
        is_fixed=True,
    ),
    "brief": LengthRule(
        pages=4,
        tier=2,
        also_in_word=True,
        at_most={"areas": 4, "obstacles": 3, "recommendations": 4, "figures": 1},
        without=frozenset({"contents", "abbreviations", "evidence"}),
    ),
    "full": LengthRule(pages=16, tier=3),
}
"""Each length's rule, the shortest first."""


def usual_length(edition: Edition) -> Length:
    """The length that is built where none is asked for: `brief`, or else the edition's first."""
    return USUAL if USUAL in edition.lengths else edition.lengths[0]

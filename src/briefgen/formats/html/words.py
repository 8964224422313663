"""The words that the page itself says, by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Words = Mapping[str, str]

ENGLISH: Final[Words] = {
    "notes": "Notes",
    "note": "Note {number}",
    "letters": "Evidence for source {number}",
    "opens": "{name}: show the evidence",
    "close": "Close",
    "back": "Back to the text of note {number}",
    "evidence": "Evidence",
    "about_evidence": "Each claim that this document cites, with the passages that it rests on.",
    "link": "Link to {name}",
    "claim": "claim",
    "basis": "Inferred from:",
    "same_source": "The same source.",
    "as_of": "as of {date}",
    "data": "Data of the figure",
    "table": "the table",
    "fact": "Fact",
    "position": "Position",
    "prediction": "Prediction",
    "judgement": "Judgement",
    "current": "current",
    "contested": "contested",
    "superseded": "superseded",
    "expired": "expired",
    "doubtful": "doubtful",
    "supports": "Supports",
    "contradicts": "Contradicts",
    "qualifies": "Qualifies",
}
WORDS: Final[Mapping[str, Words]] = {"en": ENGLISH}


def words_of(language: str) -> Words:
    """The page's words in a language (BCP 47); English where we have no other."""
    return WORDS.get(language.partition("-")[0], ENGLISH)

"""What the table and the page of a comparison share: the words for its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from briefgen.dossier.prose import CITATION, MARKS, paragraphs, typographer
from briefgen.edition.comparison import (
    ComparedRecord,
    Comparison,
    Outcome,
    Placement,
    Side,
    Wording,
)

TIERS = {1: "title and so-what", 2: "with summary", 3: "in full"}
POSITIONS = {"endorse": "endorsed", "adapt": "adapted", "oppose": "advised against"}
MINOR = (
    "title",
    "subtitle",
    "audience",
    "stance",
    "label",
    "status",
    "reference",
    "handling",
    "contact",
    "rights",
)
"""Fields of an edition that only tell two editions apart; between two states all are shown."""
WORD = re.compile(rf"{CITATION.pattern}[^\s\w\[]*|\S+")
"""A word with its punctuation; a citation counts as one."""

LINK = re.compile(r"\[([^\[\]@][^\[\]]*)\]\([^()\s]*\)")
FIELDS = {"claims": "rests on"}
"""Fields whose names say less than people need."""

Runs = tuple[tuple[str, bool], ...]
"""Runs of words, each with whether the other side lacks it."""


def outcome_words(comparison: Comparison) -> dict[Outcome, str]:
    """The outcomes in the words that fit: two editions, or before and after."""
    if comparison.is_history:
        return {
            "opposite": "reversed",
            "reframed": "changed",
            "shared": "unchanged",
            "only_a": "gone",
            "only_b": "new",
        }
    return {
        "opposite": "opposite positions",
        "reframed": "reframed",
        "shared": "shared as they are",
        "only_a": f"only in {comparison.a.name}",
        "only_b": f"only in {comparison.b.name}",
    }


def overlap(comparison: Comparison) -> str:
    """How much of the evidence the two share, in a sentence."""
    both, union = len(comparison.shared_claims), len(comparison.claims)
    share = round(100 * both / union) if union else 100
    return (
        f"{both} of {union} claims are cited by both ({share}%), {len(comparison.only_a)} by "
        f"{comparison.a.name} alone, {len(comparison.only_b)} by {comparison.b.name} alone."
    )


def facts(comparison: Comparison) -> str:
    """Whether the two say the same of the claims that they cite, in a sentence."""
    changed = len(comparison.changed_claims)
    lost = len(comparison.claims_in_one)
    if not changed and not lost:
        return "No fact differs: each claim has the same statement, date, status and evidence."
    said = []
    if changed:
        said.append(f"{changed} {'claims do' if changed > 1 else 'claim does'} not say the same")
    if lost:
        said.append(f"{lost} {'stand' if lost > 1 else 'stands'} in the data of one side alone")
    return f"{' and '.join(said)}."


def identity(side: Side) -> str:
    """A side in a line: label, version, date, length."""
    return f"{side.label}, version {side.version}, issued {side.issued}, length {side.length}"


def placed(placement: Placement) -> str:
    """What a side makes of a record: "endorsed, 2 of 7, in full", or why it is not there."""
    if placement.rank is None:
        if placement.title is None:
            return "not in the data"
        return f"left out: {flat(placement.reason)}" if placement.reason else "not shown"
    position = POSITIONS.get(placement.position or "")
    parts = [position, f"{placement.rank} of {placement.of}", TIERS[placement.tier or 1]]
    return ", ".join(part for part in parts if part)


def shown_fields(comparison: Comparison) -> Iterator[Wording]:
    """The editions' own fields that are worth a reader's time: those that differ."""
    for wording in comparison.fields:
        is_minor = wording.field in MINOR or wording.field.startswith(("headings/", "figures/"))
        if wording.differs and (comparison.is_history or not is_minor):
            yield wording


def told_wordings(record: ComparedRecord) -> tuple[Wording, ...]:
    """What of a record differs, but for the position, which its placements tell."""
    return tuple(wording for wording in record.wordings if wording.field != "position")


def name_of_field(field: str) -> str:
    """A field's name as people read it: "so what", "stance: label"."""
    return FIELDS.get(field) or field.replace("_", " ").replace("/", ": ")


def flat(text: str | None) -> str:
    """Prose on one line without its citations and marks."""
    bare = _unmarked(CITATION.sub("", typographer(text or "")))
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(bare.split()))


def parts_of(text: str) -> list[str]:
    """The paragraphs and items of a text, typographic, with their citations."""
    parts = (" ".join(_unmarked(part).split()) for part in paragraphs(typographer(text)))
    return [part.removeprefix("- ") for part in parts if part]


def _unmarked(text: str) -> str:
    """The text without marks of emphasis, and of links their words alone."""
    return MARKS.sub("", LINK.sub(r"\1", text))


def mark_changes(a: str, b: str) -> tuple[Runs, Runs]:
    """Two texts in runs of words, with what the other lacks."""
    words = WORD.findall(a), WORD.findall(b)
    matcher = SequenceMatcher(None, *words, autojunk=False)
    runs: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for what, start_a, end_a, start_b, end_b in matcher.get_opcodes():
        spans = (start_a, end_a), (start_b, end_b)
        for own, own_runs, (start, end) in zip(words, runs, spans, strict=True):
            if start < end:
                own_runs.append((" ".join(own[start:end]), what != "equal"))
    return tuple(runs[0]), tuple(runs[1])

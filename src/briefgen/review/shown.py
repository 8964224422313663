"""A field's text as a document shows it: what an export had, and what an edited copy has."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.formats.docx.reading import Emphasis

BREAK = "\u2029"
"""Stands between the paragraphs and list items of one field, as Unicode's paragraph separator."""


@dataclass(frozen=True)
class Note:
    """The mark of a footnote."""

    at: int
    """Its place in the text, where U+FFFC stands for it."""
    claims: tuple[str, ...]
    """Claims that it cites; none where somebody has written it by hand."""
    text: str = ""
    """What the note says."""


@dataclass(frozen=True)
class Shown:
    """The text of one field, without what the program generated inside it."""

    text: str
    notes: tuple[Note, ...] = ()
    """In their order."""
    emphasis: tuple[tuple[int, int, Emphasis], ...] = ()
    """Stretches of the text that are emphasised or linked, in their order, none overlapping."""
    items: frozenset[int] = frozenset()
    """Which of its paragraphs, counted from 0, are items of a list."""

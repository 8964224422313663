"""Texts that a place takes only so much of."""

from __future__ import annotations


def shorten(text: str, longest: int) -> str:
    """The text, or its first whole words and "…", in at most so many characters."""
    if len(text) <= longest:
        return text
    start = text[: longest - 1]
    return (start.rpartition(" ")[0] or start) + "…"

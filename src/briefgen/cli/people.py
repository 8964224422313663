"""What people wrote, and who and when, as a terminal can show it."""

from __future__ import annotations

from datetime import datetime

from briefgen.problems import printable

NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})


def readable(text: str) -> str:
    """The text on one line; no-break spaces are spaces, other control characters spelt out."""
    return printable(text.translate(NO_BREAK))


def signed(author: str, date: str) -> str:
    """Who wrote something, and when: `Anna, 20 November 2026, 10:00`."""
    return ", ".join(filter(None, (author or "somebody", when(date))))


def when(date: str) -> str:
    """A date of ISO 8601 as people read it, on the clock that the file goes by; else nothing."""
    try:
        time = datetime.fromisoformat(date)
    except ValueError:
        return ""
    day = f"{time.day} {time:%B} {time.year}"
    return f"{day}, {time:%H:%M}" if "T" in date else day

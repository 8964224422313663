"""Short texts from a file of anyone's, fit to be printed."""

from __future__ import annotations

from briefgen.dossier.base import UNPRINTABLE, UNSEEN

LONGEST_NAME = 100
"""Characters kept of a person's name, a date and the like."""


def tame(text: str, most: int = LONGEST_NAME) -> str:
    """The text without characters that cannot be seen or steer others, at most this long."""
    shown = UNPRINTABLE.sub("", text[: 2 * most].replace("\r", ""))
    return UNSEEN.sub("", shown)[:most]

"""Widths of text in the figures' face, so that labels can be laid out without overlapping."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Protocol


class Measure(Protocol):
    """Measures text in the figures' face."""

    def __call__(self, text: str, *, bold: bool = False) -> float:
        """Width of the text in em."""


def font_measure(regular: Path, semibold: Path) -> Measure:
    """A measure from two TrueType files; they are opened at the first call."""

    def width(text: str, *, bold: bool = False) -> float:
        advances, default = _advances(semibold if bold else regular)
        return sum(advances.get(ord(char), default) for char in text)

    return lru_cache(maxsize=4096)(width)


@lru_cache(maxsize=8)
def _advances(path: Path) -> tuple[dict[int, float], float]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        advances = {char: metrics[glyph][0] / em for char, glyph in font.getBestCmap().items()}
    return advances, 1.0


WORD = re.compile("(?:\u00a0|\\S)+")


def wrap(
    text: str, width: float, size: float, measure: Measure, *, bold: bool = False
) -> list[str]:
    """The text in lines no wider than `width`; both in the unit of `size`, the font size.

    A single word wider than that stands on a line of its own; a no-break space keeps two as one.
    """
    lines: list[str] = []
    for word in WORD.findall(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, bold=bold) * size <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

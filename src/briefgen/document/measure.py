"""Widths of text in the figures' face, so that labels can be laid out without overlapping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from briefgen.document.languages import LETTER
from briefgen.document.vocabulary import NO_BREAK_SPACE, WORD_JOINER

WORD = re.compile("(?:\u00a0|\\S)+")
TIES = frozenset((NO_BREAK_SPACE, WORD_JOINER))
"""What keeps what is before and behind on one line."""
HANGUL = 0.92
"""Width of a Korean syllable in em; other East Asian characters take a whole em, or a half."""
NEVER_FIRST = (
    "、。，．・：；？！）」』】〕〉》｝］〗〙’”)]}»!?,.:;%％…‥ー～゛゜々〻ゝゞヽヾ｡､･｣ｰﾞﾟ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
"""What starts no line: closing punctuation, small kana, signs that repeat or lengthen."""
NEVER_LAST = "（「『【〔〈《｛［〖〘‘“([{«｢＄￥￡$¥£"
"""What ends no line: opening punctuation, signs before an amount."""
WIDE = re.compile(rf"{LETTER}|[\u3000-\u303f\uff01-\uff65]")
"""What a line may break before and behind without a space (UAX 14, class ID and its kin)."""


class Measure(Protocol):
    """Measures text in the figures' face."""

    def __call__(self, text: str, *, bold: bool = False) -> float:
        """Width of the text in em."""


def font_measure(regular: Path, semibold: Path) -> Measure:
    """A measure from two TrueType files; they are opened at the first call."""

    def width(text: str, *, bold: bool = False) -> float:
        advances = _advances(semibold if bold else regular)
        return sum(advances.get(ord(char)) or _foreign_width(char) for char in text)

    return lru_cache(maxsize=4096)(width)


@lru_cache(maxsize=8)
def _advances(path: Path) -> dict[int, float]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {char: metrics[glyph][0] / em for char, glyph in font.getBestCmap().items()}


def _foreign_width(char: str) -> float:
    """The width of a character that the face does not have, in em."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if "\uac00" <= char <= "\ud7a3":
        return HANGUL
    return 0.5 if unicodedata.east_asian_width(char) == "H" else 1.0


def wrap(
    text: str, width: float, size: float, measure: Measure, *, bold: bool = False
) -> list[str]:
    """The text in lines no wider than `width`; both in the unit of `size`, the font size.

    Lines break at spaces, and between East Asian characters. A single word wider than the width
    stands on a line of its own; a no-break space keeps two as one.
    """
    lines: list[str] = []
    for space, part in _parts(text):
        longer = f"{lines[-1]}{space}{part}" if lines else part
        if lines and measure(longer, bold=bold) * size <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """What no line break may part, each with the space before it."""
    for word in WORD.findall(text):
        space, start = " ", 0
        for at in range(1, len(word)):
            if may_break(word[at - 1], word[at]):
                yield space, word[start:at]
                space, start = "", at
        yield space, word[start:]


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters of a word, as UAX 14 has it in simple cases."""
    if before in NEVER_LAST or after in NEVER_FIRST:
        return False
    if TIES & {before, after} or unicodedata.combining(after):
        return False
    return bool(WIDE.match(before) or WIDE.match(after))

"""The faces of PDF and figures: static TrueType files that come as dependencies."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FAMILIES: dict[str, tuple[str, str]] = {
    "Source Serif Pro": ("font_source_serif_pro", "SourceSerifPro"),
    "Source Sans Pro": ("font_source_sans_pro", "SourceSansPro"),
}
"""For each family: the package that carries it and the stem of its files."""

STYLES: tuple[tuple[str, int, str], ...] = (
    ("Regular", 400, "normal"),
    ("It", 400, "italic"),
    ("Semibold", 600, "normal"),
    ("SemiboldIt", 600, "italic"),
)
"""The styles that the layouts use: suffix of the file, CSS weight, CSS style."""

USUAL = frozenset("–—‘’“”…€•āēīōūĀĒĪŌŪąćčďěęėğłńňőřśşšťůűźżžŁŚŠŽČ")
"""Characters beyond U+00FF that every face has and that names and prose often use."""


def font_folder(family: str) -> Path:
    """The folder of the family's files.

    Raises:
        KeyError: no dependency carries the family.
        FileNotFoundError: its package is not installed.
    """
    package = FAMILIES[family][0]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(package)
    return Path(spec.origin).parent / "files"


def font_file(family: str, style: str) -> Path:
    """The TrueType file of one style: "Regular", "It", "Semibold", "SemiboldIt"."""
    return font_folder(family) / f"{FAMILIES[family][1]}-{style}.ttf"


def font_faces() -> str:
    """`@font-face` rules for every family and style, with `file:` addresses."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slope}; '
        f'src: url("{font_file(family, style).as_uri()}") }}'
        for family in FAMILIES
        for style, weight, slope in STYLES
    )


def missing_characters(text: str) -> list[str]:
    """The characters that no face can show, in order; a page would have boxes there.

    The faces are ours and, where it is installed, those of the extra `cjk`. No font is opened for
    text in Latin letters.
    """
    unknown = [char for char in sorted(set(text)) if not _is_usual(char) and _is_visible(char)]
    if unknown:
        shown = _shown_characters()
        unknown = [char for char in unknown if ord(char) not in shown]
    if unknown:
        from briefgen.formats.east_asian import has_glyph

        unknown = [char for char in unknown if not has_glyph(char)]
    return unknown


def named(chars: Iterable[str]) -> str:
    """The characters as a message names them."""
    return ", ".join(f"{char} (U+{ord(char):04X})" for char in chars)


def _is_usual(char: str) -> bool:
    """Whether every face of ours is known to have the character; a test asks the faces."""
    return " " <= char <= "~" or "\u00a0" <= char <= "\u00ff" or char in USUAL


@lru_cache(maxsize=1)
def _shown_characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    shown: set[int] = set()
    for family in FAMILIES:
        with TTFont(font_file(family, "Regular"), lazy=True) as font:
            shown |= set(font.getBestCmap())
    return frozenset(shown)


def _is_visible(char: str) -> bool:
    # Spaces and format characters such as U+2060 need no glyph.
    return unicodedata.category(char) not in ("Zs", "Zl", "Zp", "Cf", "Cc")

"""The faces of PDF and figures: static TrueType files that come as dependencies."""

from __future__ import annotations

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

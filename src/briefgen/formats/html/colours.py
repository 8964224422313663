"""Colours on screens: every theme and accent legible, in light and dark.

Contrast as WCAG 2.2 defines it (relative luminance; 1.4.3 asks for 4.5:1 of text).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from briefgen.document.contrast import LEAST, OF_TEXT, contrast, mix
from briefgen.document.theme import Theme

CALM: Final = {"ink": 13.0, "soft": 7.0}
"""Running text and remarks stand out more than the least that is legible."""
WHITE: Final = "#ffffff"
PAPER: Final = {"light": "#ffffff", "dark": "#14191b"}
TINT: Final = "#20292c"
RULE: Final = "#414b50"


def screen_colours(theme: Theme) -> str:
    """The variables of the light page, and those that take their place in the dark."""
    light = {"paper": PAPER["light"], **_texts(theme, (PAPER["light"], theme.colours["tint"]))}
    dark = {"paper": PAPER["dark"], "tint": TINT, "rule": RULE}
    dark |= _texts(theme, (PAPER["dark"], TINT), toward=WHITE)
    return (
        f"@media screen {{ {_rule(light)} }}\n@media print {{ :root {{ --paper: #ffffff }} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ {_rule(dark)} }}\n"
    )


def _rule(colours: Mapping[str, str]) -> str:
    return ":root { " + "; ".join(f"--{name}: {value}" for name, value in colours.items()) + " }"


def _texts(theme: Theme, grounds: tuple[str, str], toward: str = "#000000") -> dict[str, str]:
    return {
        str(name): legible(
            theme.colours[name],
            grounds,
            toward,
            CALM.get(name, LEAST) if toward == WHITE else LEAST,
        )
        for name in OF_TEXT
    }


def legible(colour: str, grounds: Iterable[str], toward: str, least: float = LEAST) -> str:
    """The colour, mixed with `toward` as little as gives the least contrast on each ground.

    Colours are `#rrggbb`; `toward` is black on light grounds and white on dark ones. Where not
    even that is enough, it is `toward` itself.
    """
    grounds = tuple(grounds)
    for step in range(51):
        mixed = mix(colour, toward, step / 50)
        if all(contrast(mixed, ground) >= least for ground in grounds):
            return mixed
    return toward

"""Colours on screens: every theme and accent legible, in light and dark.

Contrast as WCAG 2.2 defines it (relative luminance; 1.4.3 asks for 4.5:1 of text).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from briefgen.document.theme import Theme

AA: Final = 4.5
CALM: Final = {"ink": 13.0, "soft": 7.0}
"""Running text and remarks stand out more than the least that is legible."""
WHITE: Final = "#ffffff"
PAPER: Final = {"light": "#ffffff", "dark": "#14191b"}
KNEE: Final = 0.04045
"""Where the curve of sRGB turns from a line into a power (IEC 61966-2-1)."""
TINT: Final = "#20292c"
RULE: Final = "#414b50"
TEXTS: Final = ("ink", "soft", "accent", "warm")
"""Colours that text is set in; they stand on paper and on tint."""


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
        name: legible(
            theme.colours[name], grounds, toward, CALM.get(name, AA) if toward == WHITE else AA
        )
        for name in TEXTS
    }


def legible(colour: str, grounds: Iterable[str], toward: str, least: float = AA) -> str:
    """The colour, mixed with `toward` as little as gives the least contrast on each ground.

    Colours are `#rrggbb`; `toward` is black on light grounds and white on dark ones. Where not
    even that is enough, it is `toward` itself.
    """
    grounds = tuple(grounds)
    for step in range(51):
        mixed = _mix(colour, toward, step / 50)
        if all(contrast(mixed, ground) >= least for ground in grounds):
            return mixed
    return toward


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours `#rrggbb`, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    linear = [
        part / 12.92 if part <= KNEE else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mix(colour: str, toward: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(toward), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

"""Contrast: whether text in a colour can be read on paper and in boxes.

Source: WCAG 2.2, success criterion 1.4.3 (level AA) and its definition of relative luminance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from briefgen.document.theme import ColourName
from briefgen.problems import Place, Problem

PAPER = "#ffffff"
LEAST = 4.5
"""Ratio that text of any size needs."""
OF_TEXT: tuple[ColourName, ...] = ("ink", "soft", "accent", "warm")
"""Colours of the theme that text is set in; on paper and, in boxes, on the tint."""
STILL_LINEAR = 0.04045
"""Below, sRGB values are proportional to light."""
STEPS = 1000
"""How finely a readable colour is looked for."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest_readable(colour: str, ground: str) -> str | None:
    """The colour made darker, or lighter on a dark ground, as little as makes it readable.

    None where neither does.
    """
    for step in range(STEPS + 1):
        for end in ("#000000", PAPER):
            mixed = mix(colour, end, step / STEPS)
            if contrast(mixed, ground) >= LEAST:
                return mixed
    return None


def check_contrast(
    colours: Mapping[ColourName, str],
    names: tuple[ColourName, ...],
    place_of: Callable[[ColourName], Place],
) -> Iterator[Problem]:
    """The colours of text that stand out too little from paper or from the tint of boxes."""
    for name in names:
        grounds = {"paper": PAPER, "the tint of boxes": colours["tint"]}
        where, ground = min(grounds.items(), key=lambda item: contrast(colours[name], item[1]))
        ratio = contrast(colours[name], ground)
        if ratio >= LEAST:
            continue
        readable = nearest_readable(colours[name], ground)
        yield Problem(
            place_of(name),
            "BG056",
            # Rounded down: 4.496 is not 4.5.
            f"{name}: {colours[name]} has a contrast of {int(ratio * 100) / 100:.2f} on {where} "
            f"({ground}); text needs {LEAST}",
            f'the nearest colour that has it is "{readable}"' if readable else "choose another",
        )


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= STILL_LINEAR else ((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, end: str, share: float) -> str:
    """The colour with a share, 0 to 1, of another."""
    pairs = zip(_parts(colour), _parts(end), strict=True)
    return "#" + "".join(f"{round(own + (other - own) * share):02x}" for own, other in pairs)

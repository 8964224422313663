"""What elements of a run stand for in plain text."""

from __future__ import annotations

from lxml import etree

from briefgen.formats.docx.oxml import wname

OBJECT = "\ufffc"
"""Stands in the text for a note's mark, a picture, an object or an equation, as Unicode has it."""
CHARACTERS = {
    wname("tab"): "\t",
    wname("ptab"): "\t",
    wname("br"): "\n",
    wname("cr"): "\n",
    wname("noBreakHyphen"): "\u2011",
    wname("softHyphen"): "\u00ad",
}
"""Elements of a run other than text."""
SYMBOLS = {
    ("Wingdings", 0xE0): "→",
    ("Wingdings", 0xDF): "←",
    ("Wingdings", 0xE8): "➔",
    ("Wingdings", 0xF3): "⇔",
    ("Wingdings", 0x4A): "☺",
    ("Wingdings", 0x4C): "☹",
    ("Symbol", 0xB7): "•",
}
"""Signs that Word puts in by itself while somebody types, by typeface and number."""
UNKNOWN = "\ufffd"
STAND_INS = str.maketrans({OBJECT: UNKNOWN, "\u2028": "\n", "\u2029": "\n"})
"""What text must not hold, so that each sign means one thing in it."""
FIRST_SIGN = 0xA0
"""Below it the numbers of signs are those of letters, which look otherwise in their typeface."""


def text_of(element: etree._Element) -> str:
    """What a `w:t` says."""
    return (element.text or "").translate(STAND_INS)


def sign_of(symbol: etree._Element) -> str:
    """What a `w:sym` shows (ECMA-376-1, 17.3.3.30); U+FFFD where no character is known for it."""
    try:
        number = int(symbol.get(wname("char"), ""), 16)
    except ValueError:
        return UNKNOWN
    sign = SYMBOLS.get((symbol.get(wname("font"), ""), number & 0xFF))
    is_character = FIRST_SIGN <= number < ord(OBJECT) and not 0xD800 <= number < 0xE000  # noqa: PLR2004
    return sign or (chr(number).translate(STAND_INS) if is_character else UNKNOWN)

"""What a typesetter does by hand, for formats whose lines we set ourselves."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from briefgen.document.vocabulary import INLINE

SET_IN_LINES = ("p", "li", "figcaption", "caption", "h1", "h2", "h3", "h4")
"""Blocks wide enough for it; in a cell of a table two words may be wider than the column."""
SHORT_WORD = 12
"""Characters of a last word that would look lost on a line of its own."""
FEW_WORDS = 5
NO_BREAK_SPACE = "\u00a0"

Slot = tuple[etree._Element, bool]
"""A place of text: an element, and whether the text stands behind it or at its start."""


def bind_last_words(tree: etree._Element) -> None:
    """Tie the last word of each paragraph to the one before it: no line holds one short word.

    Changes the tree; words are the same but for the space between them.
    """
    for block in tree.iter(*SET_IN_LINES):
        slots = list(_slots(block))
        words = "".join(map(_text, slots)).split()
        if len(words) > FEW_WORDS and len(words[-1]) <= SHORT_WORD:
            _bind(slots)


def _slots(element: etree._Element) -> Iterator[Slot]:
    """The places of text in a block's own lines, in order, those of notes excepted."""
    yield element, False
    for child in element:
        if child.tag in INLINE and child.get("class") != "footnote":
            yield from _slots(child)
        yield child, True


def _text(slot: Slot) -> str:
    element, is_behind = slot
    return (element.tail if is_behind else element.text) or ""


def _bind(slots: list[Slot]) -> None:
    """Replace the last space that stands before a word."""
    is_in_word = False
    for element, is_behind in reversed(slots):
        text = _text((element, is_behind))
        end = len(text if is_in_word else text.rstrip())
        at = text.rfind(" ", 0, end)
        is_in_word = is_in_word or end > 0
        if at >= 0:
            bound = text[:at] + NO_BREAK_SPACE + text[at + 1 :]
            if is_behind:
                element.tail = bound
            else:
                element.text = bound
            return

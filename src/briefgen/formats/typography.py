"""What a typesetter does by hand, for formats whose lines we set ourselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from briefgen.document.vocabulary import INLINE, NO_BREAK_SPACE, WORD_JOINER
from briefgen.dossier.dates import MONTHS

SET_IN_LINES = ("p", "li", "figcaption", "caption", "h1", "h2", "h3", "h4")
"""Blocks wide enough for it; in a cell of a table two words may be wider than the column."""
NARROW = ("dd", "th")
"""Blocks with room for it all the same: details of the document, and heads of rows."""
SHORT_LINE = 10
"""Characters that a last line has at the least: less looks lost."""
MOST_BOUND = 3
"""Words that are tied together at the most: short ones, or the line before gets too short."""
LONG_WORD = 12
"""A word of so many characters may stand alone."""
FEW_WORDS = 5
FEW_IN_NARROW = 4
NOTE = "span"
"""The element of notes, which stand in the text and are set as blocks of their own."""
LONGEST_WORDS = {"td": 14, "th": 14, "dd": 14, "dt": 14, "h1": 20, NOTE: 60}
"""Characters of a word that may be wider than such a block."""
LONGEST_WORD = 30
"""The same for other blocks."""
BREAKS = "overflow-wrap: break-word"
BREAKS_IN_CELLS = "overflow-wrap: anywhere"
"""The same for words that no column should be as wide as."""
CELLS = ("td", "th", "dd", "dt")
BREAKABLE = re.compile(r"[ \t\n\r]+")
"""Spaces at which a line may end: of all but those that tie words together."""
MOST_TIED = 2
"""How many of the longest words what is tied together may take."""
KEEP = "break-after: avoid"
SPACES = f" \n{NO_BREAK_SPACE}"
HYPHENATED = ("p", "li", "figcaption")
"""Blocks whose words print styles may part."""
WHOLE_WORD = re.compile(r"[A-Z]\w{8,}|\w{9,}(?=\W*\Z)")
"""A name, or the last word of a text, long enough to be hyphenated."""
UNSET = frozenset({"title", "meta", "style", "script"})
"""Elements whose text is not set in lines."""
SHORT_PREFIX = re.compile(r"(?<![\w-])[A-Za-z][a-z]?-(?=[A-Z]\w)")
"""A name such as or-Rashid: a line that ends in "or-" reads as the conjunction."""
DAY_OF_MONTH = re.compile(rf"\b(\d{{1,2}}) (?=(?:{MONTHS})\b)")
HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
NOT_HYPHENATED = "hyphens: manual"

Slot = tuple[etree._Element, bool]
"""A place of text: an element, and whether the text stands behind it or at its start."""


def bind_last_words(tree: etree._Element) -> None:
    """Tie the last words of each paragraph together, so that no line holds one short word.

    Changes the tree; words are the same but for the spaces between them, and for a joiner behind a
    hyphen of the last one.
    """
    for block in tree.iter(*SET_IN_LINES, *NARROW):
        slots = list(_slots(block))
        words = "".join(map(_text, slots)).split()
        fewest = FEW_WORDS if block.tag in SET_IN_LINES else FEW_IN_NARROW
        if len(words) > fewest and len(words[-1]) <= LONG_WORD:
            _bind(slots, _words_of_last_line(words) - 1)
            _join_at_hyphens(slots)


def let_long_words_break(tree: etree._Element) -> None:
    """Let the words of a block break anywhere where one of them may be wider than the block.

    Only there: where it may, WeasyPrint 70 breaks short words too, and the numbers of notes.
    """
    for block in tree.iter():
        if _is_set_in_lines(block):
            longest = LONGEST_WORDS.get(block.tag, LONGEST_WORD)
            texts = [_text(slot) for slot in _slots(block)]
            word = max((len(word) for text in texts for word in text.split()), default=0)
            tied = max((len(run) for text in texts for run in BREAKABLE.split(text)), default=0)
            if block.tag in CELLS and max(word, tied / MOST_TIED) > LONGEST_WORD:
                add_style(block, BREAKS_IN_CELLS)
            elif max(word, tied / MOST_TIED) > longest:
                add_style(block, BREAKS)


def _is_set_in_lines(element: etree._Element) -> bool:
    is_note = element.tag == NOTE and element.get("class") == "footnote"
    return isinstance(element.tag, str) and (is_note or element.tag not in INLINE)


def keep_words_whole(tree: etree._Element) -> None:
    """Hyphenate neither a long name nor the last word of a paragraph.

    Changes the tree: such words stand in a span of their own.
    """
    for block in tree.iter(*HYPHENATED):
        if next(block.iterancestors("td", "th"), None) is not None:
            continue  # cells are not hyphenated
        slots = list(_slots(block))
        last = next((slot for slot in reversed(slots) if _text(slot).strip()), None)
        for slot in slots:
            # Of a link in parts WeasyPrint 70 gives each part an annotation of its own.
            if not _is_in_link(slot):
                _set_apart(slot, _long_words(_text(slot), is_last=slot == last))


def keep_names_and_dates(tree: etree._Element) -> None:
    """Let no line end behind the "or-" of a name or the day of a date, in cells and notes as well.

    A word joiner does it for names, as before the marks of notes: see there why not a span. Days
    are tied here, not where a date is written, since other formats set their own lines.
    """
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in UNSET:
            for slot in ((element, False), (element, True)):
                text = SHORT_PREFIX.sub(rf"\g<0>{WORD_JOINER}", _text(slot))
                _set_text(slot, DAY_OF_MONTH.sub(rf"\1{NO_BREAK_SPACE}", text))


def set_spaces_apart(tree: etree._Element) -> None:
    """Put the space before an inline element into a span of its own.

    Where a text fits into what is left of its line, but not with the space at its end, WeasyPrint
    70 breaks the line after the first word of that text. Changes the tree, and no words.
    """
    for element in list(tree.iter(*INLINE)):
        before, parent = element.getprevious(), element.getparent()
        if parent is None:
            continue
        slot = (parent, False) if before is None else (before, True)
        words = _text(slot).rstrip(SPACES)
        space = _text(slot)[len(words) :]
        if words and space and not _is_in_link(slot):
            _set_text(slot, words)
            span = etree.Element("span")
            span.text = space
            parent.insert(parent.index(element), span)


def _is_in_link(slot: Slot) -> bool:
    element, is_behind = slot
    around = [] if is_behind else [element]
    return any(one.tag == "a" for one in (*around, *element.iterancestors()))


def _long_words(text: str, *, is_last: bool) -> list[re.Match[str]]:
    """The names in a text, and its last word where the block ends with it."""
    return [m for m in WHOLE_WORD.finditer(text) if m[0][0].isupper() or is_last]


def _set_apart(slot: Slot, words: list[re.Match[str]]) -> None:
    """Put words of one place of text into spans that are not hyphenated."""
    element, is_behind = slot
    text = _text(slot)
    parent = element.getparent() if is_behind else element
    if parent is None or not words:
        return
    at = parent.index(element) + 1 if is_behind else 0
    _set_text(slot, text[: words[0].start()])
    ends = [word.start() for word in words[1:]] + [len(text)]
    for i, (word, end) in enumerate(zip(words, ends, strict=True)):
        span = etree.Element("span", {"style": NOT_HYPHENATED})
        span.text, span.tail = word[0], text[word.end() : end]
        parent.insert(at + i, span)


def keep_leads(tree: etree._Element) -> None:
    """Keep each paragraph with the list that it leads into, which else could start a page."""
    for paragraph in tree.iter("p"):
        following = paragraph.getnext()
        if following is not None and following.tag in ("ul", "ol"):
            add_style(paragraph, KEEP)


def add_style(element: etree._Element, declaration: str) -> None:
    """Give an element one more declaration of style."""
    element.set("style", "; ".join(filter(None, (element.get("style"), declaration))))


def _words_of_last_line(words: list[str]) -> int:
    """How many words a last line must have."""
    enough = (n for n in range(2, MOST_BOUND) if len(" ".join(words[-n:])) >= SHORT_LINE)
    return next(enough, MOST_BOUND)


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


def _bind(slots: list[Slot], spaces: int) -> None:
    """Replace so many of the last spaces that stand before a word."""
    is_in_word = False
    for slot in reversed(slots):
        text = _text(slot)
        at = len(text) if is_in_word else len(text.rstrip(" \n"))
        is_in_word = is_in_word or at > 0
        while spaces and (at := text.rfind(" ", 0, at)) >= 0:
            text = text[:at] + NO_BREAK_SPACE + text[at + 1 :]
            spaces -= 1
        _set_text(slot, text)


def _join_at_hyphens(slots: list[Slot]) -> None:
    """Let the last word break at no hyphen that would leave a short last line: "mid-year"."""
    slot = next(slot for slot in reversed(slots) if _text(slot).strip())
    text = _text(slot)
    last = len(text.rstrip()) - SHORT_LINE
    joined = HYPHEN.sub(lambda found: found[0] + WORD_JOINER * (found.end() > last), text)
    _set_text(slot, joined)


def _set_text(slot: Slot, text: str) -> None:
    element, is_behind = slot
    if is_behind:
        element.tail = text
    else:
        element.text = text

"""Two showings of one field compared: which character of the edited one is which of the export."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from briefgen.formats.docx.reading import OBJECT, Emphasis
from briefgen.review.alignment import Pair, aligned, rising
from briefgen.review.prose_shown import Kind
from briefgen.review.shown import BREAK, Note, Shown

NO_BREAK = "\u00a0"
BLANKS = f" \t\n\r\f\v\u2028{NO_BREAK}{BREAK}"
EDGES = f" {NO_BREAK}"
"""Blanks as they are kept; of several in a row one is, and none at the edge of a block."""
FORCED = "\n\v\u2028"
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
DASH = re.compile(r"(?<= )–(?= )")
TOKEN = re.compile(r"\w+|.", re.DOTALL)
MOVED = 4
"""Words in a row that are taken as moved where they stand elsewhere."""
STOPS = (".", "!", "?", "…")
CLOSING = ('"', "'", ")")
TRIED = 8
"""Places that are looked at for the start of a passage that moved."""


@dataclass
class Text:
    """A field's text without blanks that documents do not show, its notes apart."""

    chars: list[str] = field(default_factory=list)
    looks: list[Emphasis] = field(default_factory=list)
    notes: list[tuple[int, Note]] = field(default_factory=list)
    """How many characters stand before each note, and the note as it was given."""
    items: list[bool] = field(default_factory=list)
    """Of each block, whether it is an item of a list."""
    unshown: list[str] = field(default_factory=list)
    """What prose has no sign for, in words."""

    @property
    def text(self) -> str:
        """The characters without the notes."""
        return "".join(self.chars)

    def blocks(self) -> list[tuple[int, int]]:
        """Start and end of each block."""
        breaks = [i for i, char in enumerate(self.chars) if char == BREAK]
        starts = [0, *(i + 1 for i in breaks)]
        return list(zip(starts, [*breaks, len(self.chars)], strict=True))


def tidy(shown: Shown, kind: Kind) -> Text:
    """The text of a field; in a field of one paragraph a break between blocks is a blank."""
    looks = [Emphasis()] * len(shown.text)
    for start, end, look in shown.emphasis:
        looks[start:end] = [look] * len(looks[start:end])
    notes = {note.at: note for note in shown.notes}
    found, block = Text(), 0
    for at, char in enumerate(shown.text):
        if at in notes:
            found.notes.append((len(found.chars), notes[at]))
        elif char == OBJECT:
            found.unshown.append("a picture")
        elif char == BREAK and kind == "blocks":
            block += 1
            _end_block(found)
        elif char in BLANKS:
            _add_blank(found, char, looks[at])
        else:
            if not found.chars or found.chars[-1] == BREAK:
                found.items.append(block in shown.items and kind == "blocks")
            _add(found, char, looks[at])
    _end_block(found)
    if found.chars and found.chars[-1] == BREAK:
        del found.chars[-1], found.looks[-1]
    count = len(found.chars)
    found.notes = [(min(at, count), note) for at, note in found.notes]
    return found


def _add(found: Text, char: str, look: Emphasis) -> None:
    found.chars.append(char)
    found.looks.append(look)


def _add_blank(found: Text, char: str, look: Emphasis) -> None:
    """Add a blank, unless one stands there already or a block begins."""
    if char in FORCED:
        found.unshown.append("a forced line break")
    if found.chars and found.chars[-1] not in (*EDGES, BREAK):
        _add(found, char if char == NO_BREAK else " ", look)


def _end_block(found: Text) -> None:
    """Close a block that says something, without the blank at its end."""
    while found.chars and found.chars[-1] in EDGES:
        del found.chars[-1], found.looks[-1]
        end = len(found.chars)
        found.notes = [(min(at, end), note) for at, note in found.notes]
    if found.chars and found.chars[-1] != BREAK:
        _add(found, BREAK, Emphasis())


def plainly(text: str) -> str:
    """The text as a keyboard spells it, of the same length: the rest is typesetting."""
    return DASH.sub("-", text.translate(PLAIN))


@dataclass
class Origins:
    """What the edited text took from the export."""

    chars: list[int]
    """Of each character, its place in the export; less than 0 where it is new."""
    notes: list[int]
    """Of each note, its number in the export; less than 0 where it is new."""


@dataclass(frozen=True)
class _Token:
    key: Hashable
    start: int
    """Of characters, the place of the first; of notes, their number."""
    length: int
    """0 for a note."""


def compare(was: Text, now: Text) -> Origins:
    """Where the edited text comes from: kept in order first, then what has moved."""
    old, new = _tokens(was), _tokens(now)
    pairs = _moved_sentences(old, new)
    gone, come = {i for i, _ in pairs}, {j for _, j in pairs}
    stayed = [i for i in range(len(old)) if i not in gone]
    there = [j for j in range(len(new)) if j not in come]
    kept = aligned([old[i].key for i in stayed], [new[j].key for j in there], _weigh)
    pairs += [(stayed[i], there[j]) for i, j in kept]
    pairs += _moved(old, new, pairs)
    found = Origins([-1] * len(now.chars), [-1] * len(now.notes))
    for i, j in pairs:
        a, b = old[i], new[j]
        if a.length:
            found.chars[b.start : b.start + b.length] = range(a.start, a.start + a.length)
        else:
            found.notes[b.start] = a.start
    return found


def key_of(note: Note) -> tuple[str, ...]:
    """What tells a note from others: its claims, or the text of one without."""
    return note.claims or ("", note.text)


def _tokens(text: Text) -> list[_Token]:
    found: list[_Token] = []
    plain, at = plainly(text.text), 0
    ends = [*text.notes, (len(plain), None)]
    for number, (end, note) in enumerate(ends):
        found += [
            _Token(m.group(), m.start(), len(m.group())) for m in TOKEN.finditer(plain, at, end)
        ]
        at = end
        if note:
            found.append(_Token(key_of(note), number, 0))
    return found


def _weigh(key: Hashable) -> int:
    if isinstance(key, tuple):
        return 40
    word = str(key)
    return 6 if word == BREAK else 2 + len(word) if word[0].isalnum() else 1


def _moved_sentences(old: Sequence[_Token], new: Sequence[_Token]) -> list[Pair]:
    """The tokens of sentences and short blocks that are whole, but out of their order."""
    ours, others = _once(old), _once(new)
    both = [(ours[keys], others[keys]) for keys in ours if keys in others]
    order = rising([(a, b) for (a, _), (b, _) in both])
    in_order = {a for a, _ in order}
    return [
        pair
        for (a, a_end), (b, b_end) in both
        if a not in in_order
        for pair in zip(range(a, a_end), range(b, b_end), strict=True)
    ]


def _once(tokens: Sequence[_Token]) -> dict[Hashable, tuple[int, int]]:
    """Start and end of each sentence or block that stands once."""
    found: dict[Hashable, tuple[int, int]] = {}
    twice = set()
    for start, end, is_block in _sentences(tokens):
        keys = tuple(token.key for token in tokens[start:end])
        words = sum(token.length > 1 for token in tokens[start:end])
        if keys in found:
            twice.add(keys)
        elif words >= MOVED or (is_block and words):
            found[keys] = start, end
    return {keys: ends for keys, ends in found.items() if keys not in twice}


def _sentences(tokens: Sequence[_Token]) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each sentence, and whether it is a block of its own."""
    start, is_first = 0, True
    for at in range(len(tokens) + 1):
        is_end = at == len(tokens) or tokens[at].key == BREAK
        if not is_end and not (tokens[at].key == " " and _is_stop(tokens, at)):
            continue
        if start < at:
            yield start, at, is_end and is_first
        start, is_first = at + 1, is_end


def _is_stop(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a sentence may end before a token: behind a stop, its closing marks and notes."""
    for token in reversed(tokens[max(0, at - 4) : at]):
        if token.length and token.key not in CLOSING:
            return token.key in STOPS
    return False


def _moved(old: Sequence[_Token], new: Sequence[_Token], pairs: Sequence[Pair]) -> list[Pair]:
    """Passages and notes that stand elsewhere, each taken once."""
    free_old = set(range(len(old))) - {i for i, _ in pairs}
    free_new = set(range(len(new))) - {j for _, j in pairs}
    starts: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i in sorted(free_old):
        starts[_opening(old, i)].append(i)
    found: list[Pair] = []
    for j in sorted(free_new):
        if j not in free_new:
            continue
        best: list[Pair] = []
        for i in starts.get(_opening(new, j), ())[:TRIED]:
            run = _run(old, new, i, j, free_old, free_new)
            if len(run) > len(best):
                best = run
        if best and _is_passage(old, best):
            found += best
            free_old -= {i for i, _ in best}
            free_new -= {j for _, j in best}
    return found + _moved_notes(old, new, free_old, free_new)


def _opening(tokens: Sequence[_Token], at: int) -> Hashable:
    return tuple(token.key for token in tokens[at : at + 3])


def _run(
    old: Sequence[_Token],
    new: Sequence[_Token],
    i: int,
    j: int,
    free_old: set[int],
    free_new: set[int],
) -> list[Pair]:
    run = []
    while i in free_old and j in free_new and old[i].key == new[j].key:
        run.append((i, j))
        i, j = i + 1, j + 1
    return run


def _is_passage(old: Sequence[_Token], run: Sequence[Pair]) -> bool:
    """Whether it is long enough to be no coincidence, or a whole block."""
    words = [i for i, _ in run if old[i].length > 1]
    first, last = run[0][0], run[-1][0]
    is_block = (first == 0 or old[first - 1].key == BREAK) and (
        last + 1 == len(old) or old[last + 1].key == BREAK
    )
    return len(words) >= MOVED or (is_block and bool(words))


def _moved_notes(
    old: Sequence[_Token], new: Sequence[_Token], free_old: set[int], free_new: set[int]
) -> list[Pair]:
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i in sorted(free_old):
        if not old[i].length:
            places[old[i].key].append(i)
    return [
        (places[new[j].key].pop(0), j)
        for j in sorted(free_new)
        if not new[j].length and places.get(new[j].key)
    ]

"""Texts compared and merged word by word.

A text is cut into words, citations, blanks, breaks between paragraphs and single signs. Edits
are hunks of these; two edits of one text merge where they do not touch. Blanks that only wrap a
line elsewhere are the same to all of it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from briefgen.dossier.prose import CITATION
from briefgen.review.alignment import aligned

TOKEN = re.compile(
    rf"(?P<citation>{CITATION.pattern})"
    r"|(?P<paragraphs>\s*\n\s*\n\s*)"
    r"|(?P<item>[ \t]*\n[ \t]*(?:[-*+]|[0-9]+[.)])(?=\s))"
    r"|(?P<blank>\s+)"
    r"|(?P<word>\w+(?:[-'’.,‑\u00ad]\w+)*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
WORD = re.compile(r"\w+")
STOPS = ".!?…"
CRUMB = 8
"""How many times as long as the words between them two changes are, to count as one."""


@dataclass(frozen=True)
class Hunk:
    """A passage of a text and what replaces it."""

    start: int
    end: int
    """Offsets in the text; equal where something is inserted."""
    replacement: str


@dataclass(frozen=True)
class Conflict:
    """A passage that both sides have edited, differently."""

    start: int
    end: int
    """Offsets of our words in the merged text."""
    base: str
    ours: str
    theirs: str
    base_start: int
    """Offset of the words of the base."""


@dataclass(frozen=True)
class Merged:
    """Two edits of a text in one."""

    text: str
    """With our words where the two conflict."""
    conflicts: tuple[Conflict, ...] = ()
    """In their order."""


@dataclass(frozen=True)
class Own:
    """Words that settle a conflict and are neither side's."""

    text: str


Choice = Literal["ours", "theirs"] | Own
Kind = Literal["kept", "deleted", "inserted"]


@dataclass(frozen=True)
class _Token:
    text: str
    key: Hashable
    """Equal for what counts as the same."""
    kind: str


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(found.group(), _key(str(found.lastgroup), found.group()), str(found.lastgroup))
        for found in TOKEN.finditer(text)
    ]


def _key(kind: str, text: str) -> Hashable:
    if kind == "blank":
        return "blank", " "
    if kind == "paragraphs":
        # What is indented belongs to an item.
        return kind, bool(text.rpartition("\n")[2])
    if kind == "item":
        return kind, text.lstrip(" \t")
    return kind, text


def _weigh(key: Hashable) -> int:
    kind, text = key if isinstance(key, tuple) else ("sign", key)
    if kind == "word":
        return 2 + len(str(text))
    return {"citation": 12, "paragraphs": 6, "item": 6}.get(str(kind), 1)


@dataclass
class _Change:
    """Tokens of the old text and of the new that stand for each other."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def is_one_sided(self) -> bool:
        return self.old == self.old_end or self.new == self.new_end


def hunks(base: str, new: str) -> tuple[Hunk, ...]:
    """The edits that make the new text of the base, at whole words, in their order.

    Where blanks alone differ the hunk holds nothing but these.
    """
    return tuple(hunk for hunk, _ in _compared(base, new))


def _compared(base: str, new: str) -> list[tuple[Hunk, bool]]:
    """The hunks, and of each whether it changes blanks alone."""
    old, edited = _tokens(base), _tokens(new)
    pairs, changes = _changes(old, edited)
    starts = _starts(old)
    found = [
        (
            Hunk(
                starts[c.old],
                starts[c.old_end],
                "".join(token.text for token in edited[c.new : c.new_end]),
            ),
            False,
        )
        for c in changes
    ]
    found += [
        (Hunk(starts[i], starts[i + 1], edited[j].text), True)
        for i, j in pairs
        if old[i].text != edited[j].text
    ]
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].end))


def _starts(tokens: Sequence[_Token]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token.text))
    return starts


def _changes(
    old: Sequence[_Token], new: Sequence[_Token]
) -> tuple[list[tuple[int, int]], list[_Change]]:
    """Pairs of tokens that are the same, and the changes between them."""
    pairs = aligned([token.key for token in old], [token.key for token in new], _weigh)
    ends = [(-1, -1), *pairs, (len(old), len(new))]
    changes = [
        _Change(i + 1, i_next, j + 1, j_next)
        for (i, j), (i_next, j_next) in pairwise(ends)
        if i_next - i > 1 or j_next - j > 1
    ]
    changes = _without_crumbs(changes, old, new)
    _slide(changes, old, new)
    return list(_kept(changes, len(old))), changes


def _kept(changes: Sequence[_Change], length: int) -> Iterator[tuple[int, int]]:
    """The pairs of tokens outside the changes."""
    old = new = 0
    for change in changes:
        yield from zip(range(old, change.old), range(new, change.new), strict=True)
        old, new = change.old_end, change.new_end
    yield from zip(range(old, length), range(new, new + length - old), strict=True)


def _without_crumbs(
    changes: Sequence[_Change], old: Sequence[_Token], new: Sequence[_Token]
) -> list[_Change]:
    """The changes, those in one that a person reads as one."""
    found: list[_Change] = []
    for change in changes:
        if found and _is_crumb(found[-1], change, old, new):
            found[-1].old_end, found[-1].new_end = change.old_end, change.new_end
        else:
            found.append(change)
    return found


def _is_crumb(left: _Change, right: _Change, old: Sequence[_Token], new: Sequence[_Token]) -> bool:
    """Whether what two changes leave between them is too little to stand on its own."""
    between = old[left.old_end : right.old]
    if any(token.kind in ("paragraphs", "item", "citation") for token in between):
        return False
    words = sum(len(token.text) for token in between if token.kind == "word")
    if not words:
        return not (left.is_one_sided and right.is_one_sided)
    return words * CRUMB <= min(_size(change, old, new) for change in (left, right))


def _size(change: _Change, old: Sequence[_Token], new: Sequence[_Token]) -> int:
    sides = old[change.old : change.old_end], new[change.new : change.new_end]
    return min(sum(len(t.text) for t in side if t.kind == "word") for side in sides)


def _slide(changes: Sequence[_Change], old: Sequence[_Token], new: Sequence[_Token]) -> None:
    """Let an insertion or deletion begin and end where sentences or words do, if it may."""
    for number, change in enumerate(changes):
        if not change.is_one_sided:
            continue
        lower = changes[number - 1].old_end if number else 0
        upper = changes[number + 1].old if number + 1 < len(changes) else len(old)
        shifts = _shifts(change, old, new, lower, upper)
        best = max((_fit(change, by, old, new), by) for by in shifts)[1]
        change.old, change.old_end = change.old + best, change.old_end + best
        change.new, change.new_end = change.new + best, change.new_end + best


def _shifts(
    change: _Change, old: Sequence[_Token], new: Sequence[_Token], lower: int, upper: int
) -> list[int]:
    """By how many tokens the change can be moved and still do the same, between its neighbours."""
    tokens, start, end = _longer(change, old, new)
    found = [0]
    while change.old + found[-1] > lower and _is_same(old, new, change, found[-1] - 1):
        if tokens[start + found[-1] - 1].text != tokens[end + found[-1] - 1].text:
            break
        found.append(found[-1] - 1)
    by = 0
    while change.old_end + by < upper and tokens[start + by].text == tokens[end + by].text:
        if old[change.old_end + by].text != new[change.new_end + by].text:
            break
        by += 1
        found.append(by)
    return found


def _is_same(old: Sequence[_Token], new: Sequence[_Token], change: _Change, by: int) -> bool:
    """Whether the kept token before a moved change is spelled the same on both sides."""
    return old[change.old + by].text == new[change.new + by].text


def _longer(
    change: _Change, old: Sequence[_Token], new: Sequence[_Token]
) -> tuple[Sequence[_Token], int, int]:
    """The side of a one-sided change that holds it."""
    if change.old == change.old_end:
        return new, change.new, change.new_end
    return old, change.old, change.old_end


def _fit(change: _Change, by: int, old: Sequence[_Token], new: Sequence[_Token]) -> tuple[int, int]:
    """How well a change that is moved by so many tokens reads."""
    tokens, start, end = _longer(change, old, new)
    return _boundary(tokens, start + by) + _boundary(tokens, end + by), -abs(by)


def _boundary(tokens: Sequence[_Token], at: int) -> int:
    """How much of a boundary there is before a token: paragraph, sentence, word."""
    before = tokens[at - 1] if at else None
    behind = tokens[at] if at < len(tokens) else None
    if before is None or behind is None:
        return 5
    if before.kind == "paragraphs" or behind.kind in ("paragraphs", "item"):
        return 5
    if before.kind == "blank":
        return 4 if at > 1 and tokens[at - 2].text in STOPS else 2
    if behind.kind == "blank":
        return 3 if before.text in STOPS else 1
    return 0


def apply(base: str, edits: Sequence[Hunk]) -> str:
    """The base with its hunks replaced; they are in order and do not overlap."""
    out, at = [], 0
    for hunk in edits:
        out += [base[at : hunk.start], hunk.replacement]
        at = hunk.end
    return "".join([*out, base[at:]])


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Both edits of the base in one text, as far as they do not touch.

    They touch where they overlap, or where one inserts at an edge of the other. The same words on
    both sides are no conflict, nor are blanks that only one side has made others.
    """
    sides = hunks(base, ours), hunks(base, theirs)
    text, at = "", 0
    conflicts = []
    for group in _groups(sides):
        start = min(hunk.start for _, hunk in group)
        end = max(hunk.end for _, hunk in group)
        text += base[at:start]
        at = end
        mine, other = (_side(base, group, side, start, end) for side in (0, 1))
        words = base[start:end]
        settled = _settled(words, mine, other)
        if settled is None:
            span = len(text), len(text) + len(mine)
            conflicts.append(Conflict(*span, words, mine, other, start))
        text += mine if settled is None else settled
    return Merged(text + base[at:], tuple(conflicts))


def _groups(sides: tuple[tuple[Hunk, ...], tuple[Hunk, ...]]) -> list[list[tuple[int, Hunk]]]:
    """The hunks of both sides, together where they touch."""
    marked = [(side, hunk) for side, edits in enumerate(sides) for hunk in edits]
    marked.sort(key=lambda pair: (pair[1].start, pair[1].end, pair[0]))
    found: list[list[tuple[int, Hunk]]] = []
    for side, hunk in marked:
        first = len(found)
        for number in range(len(found) - 1, -1, -1):
            group = found[number]
            if max(other.end for _, other in group) < hunk.start:
                break
            if any(_touch(hunk, other) for s, other in group if s != side):
                first = number
        joint = [pair for group in found[first:] for pair in group]
        found[first:] = [[*joint, (side, hunk)]]
    return found


def _touch(a: Hunk, b: Hunk) -> bool:
    if a.start == a.end or b.start == b.end:
        return a.start <= b.end and b.start <= a.end
    return a.start < b.end and b.start < a.end


def _side(base: str, group: Sequence[tuple[int, Hunk]], side: int, start: int, end: int) -> str:
    edits = [
        Hunk(hunk.start - start, hunk.end - start, hunk.replacement)
        for of, hunk in group
        if of == side
    ]
    return apply(base[start:end], edits)


def _settled(base: str, ours: str, theirs: str) -> str | None:
    """What a passage becomes; nothing where the sides conflict."""
    for is_same in (str.__eq__, _alike):
        if is_same(theirs, base) or is_same(ours, theirs):
            return ours
        if is_same(ours, base):
            return theirs
    return None


def _alike(one: str, other: str) -> bool:
    """Whether two texts differ in blanks alone."""
    return [token.key for token in _tokens(one)] == [token.key for token in _tokens(other)]


def resolve(merged: Merged, choices: Sequence[Choice]) -> str:
    """The merged text with each conflict settled, in their order.

    Raises:
        ValueError: there are fewer or more choices than conflicts.
    """
    edits = [
        Hunk(conflict.start, conflict.end, _chosen(conflict, choice))
        for conflict, choice in zip(merged.conflicts, choices, strict=True)
    ]
    return apply(merged.text, edits)


def _chosen(conflict: Conflict, choice: Choice) -> str:
    if isinstance(choice, Own):
        return choice.text
    return conflict.ours if choice == "ours" else conflict.theirs


def difference(old: str, new: str) -> list[tuple[Kind, str]]:
    """What stayed, went and came, for a person to read.

    What was kept and inserted, put together, is the new text; what was kept and deleted is the
    old one but for its blanks.
    """
    parts: list[tuple[Kind, str]] = []
    at = 0
    for hunk, is_blank in _compared(old, new):
        parts.append(("kept", old[at : hunk.start]))
        if is_blank:
            parts.append(("kept", hunk.replacement))
        else:
            parts += [("deleted", old[hunk.start : hunk.end]), ("inserted", hunk.replacement)]
        at = hunk.end
    parts.append(("kept", old[at:]))
    filled = [part for part in parts if part[1]]
    return [
        (kind, "".join(text for _, text in group))
        for kind, group in groupby(filled, key=lambda part: part[0])
    ]

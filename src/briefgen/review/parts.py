"""Share the text of an edited paragraph among the fields that it shows.

A paragraph may show several fields, with words of the layout between them: "Sign of success: …
Risk: …". What stands within a field's marks is that field's; what was typed beside them is the
field's next to it, unless it changes the layout's own words, which no field owns.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefgen.review.pieces import Piece, Range, offsets, opcodes, tokens
from briefgen.review.shown import BREAK

BLANKS = f" \t\n\u00a0{BREAK}"
COUNTED = re.compile(r"\w+\u00a0\d+(?: \(\w+\u00a0\d+\))?\.")
"""The number of a figure or table, which Word counts anew."""


@dataclass(frozen=True)
class Slot:
    """A field's stretch of an exported paragraph."""

    key: str
    start: int
    end: int


@dataclass
class Parts:
    """What each field shows in the edited copy, and what no field owns."""

    texts: dict[str, Range] = field(default_factory=dict)
    """Stretch of the edited text, by key; empty where the field's text is gone."""
    by_mark: set[str] = field(default_factory=set)
    """Keys whose stretch their marks tell."""
    loose: list[tuple[str, str]] = field(default_factory=list)
    """Words of the layout before and after."""


def share(was: str, slots: Sequence[Slot], now: str, marks: Mapping[str, Range]) -> Parts:
    """The parts of the edited text `now`; `slots` are in order, `marks` those still there.

    Where nobody changed the text, nobody changed a part of it, whatever became of the marks.
    """
    if now == was:
        texts = {slot.key: (slot.start, slot.end) for slot in slots}
        return Parts(texts, by_mark={key for key in texts if key in marks})
    parts = Parts()
    for slot in slots:
        if slot.key in marks:
            parts.texts[slot.key] = marks[slot.key]
            parts.by_mark.add(slot.key)
    _part_overlaps(parts.texts)
    missing = [slot for slot in slots if slot.key not in parts.texts]
    if missing:
        _find_by_words(was, missing, now, parts)
    known = sorted((s for s in slots if s.key in parts.texts), key=lambda s: parts.texts[s.key])
    _share_gaps(was, list(slots), known, now, parts)
    for slot in slots:
        parts.texts.setdefault(slot.key, (0, 0))
    return parts


def _part_overlaps(texts: dict[str, Range]) -> None:
    """Marks may reach into each other after an edit: the one that starts first keeps the text."""
    at = 0
    for key, (start, end) in sorted(texts.items(), key=lambda item: item[1]):
        texts[key] = max(start, at), max(start, at, end)
        at = max(at, end)


def _find_by_words(was: str, missing: Sequence[Slot], now: str, parts: Parts) -> None:
    """Find fields without marks by the words that they kept."""
    before, after = tokens(was), tokens(now)
    starts, ends = offsets(before), offsets(after)
    codes = opcodes(before, after)
    taken = sorted(parts.texts.values())
    for slot in missing:
        kept = [
            (ends[j + max(0, first - i)], ends[j + min(last - i, to - i)])
            for tag, i, to, j, _ in codes
            if tag == "equal"
            for first, last in [_within(starts, slot, i, to)]
            if first < last
        ]
        kept = [span for span in kept if now[slice(*span)].strip(BLANKS)]
        if not kept:
            continue
        span = (kept[0][0], kept[-1][1])
        if all(span[1] <= start or span[0] >= end for start, end in taken):
            parts.texts[slot.key] = span
            taken = sorted([*taken, span])


def _within(starts: list[int], slot: Slot, i: int, to: int) -> Range:
    """The tokens from `i` to `to` that lie in the slot."""
    inside = [n for n in range(i, to) if slot.start <= starts[n] and starts[n + 1] <= slot.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _share_gaps(was: str, slots: list[Slot], known: list[Slot], now: str, parts: Parts) -> None:
    """Share what stands before, between and behind the fields that are known."""
    number = {slot.key: i for i, slot in enumerate(slots)}
    edges: list[Slot | None] = [None, *known, None]
    for left, right in itertools.pairwise(edges):
        start = parts.texts[left.key][1] if left else 0
        end = parts.texts[right.key][0] if right else len(now)
        first = number[left.key] + 1 if left else 0
        last = number[right.key] if right else len(slots)
        if first > last:
            # The fields stand in another order: there is nothing to compare the words with.
            _share_gap("", left, right, now, (start, end), parts)
        elif between := slots[first:last]:
            _fill_missing(was, between, left, right, now, (start, end), parts)
        else:
            fixed = was[left.end if left else 0 : right.start if right else len(was)]
            _share_gap(fixed, left, right, now, (start, end), parts)


def _fill_missing(
    was: str,
    missing: list[Slot],
    left: Slot | None,
    right: Slot | None,
    now: str,
    span: Range,
    parts: Parts,
) -> None:
    """Give the text between two known fields to the first of those that stood between them."""
    start, end = span
    before = was[left.end if left else 0 : missing[0].start].strip(BLANKS)
    after = was[missing[-1].end : right.start if right else len(was)].strip(BLANKS)
    text = now[start:end]
    lead = len(text) - len(text.lstrip(BLANKS))
    if before and text[lead:].startswith(before):
        lead += len(before)
    elif before:
        parts.loose.append((before, ""))
    tail = len(text.rstrip(BLANKS))
    if after and text[:tail].endswith(after) and tail - len(after) >= lead:
        tail -= len(after)
    elif after:
        parts.loose.append((after, ""))
    for one, other in itertools.pairwise(missing):
        if words := was[one.end : other.start].strip(BLANKS):
            parts.loose.append((words, ""))
    lead = min(lead, tail)
    parts.texts[missing[0].key] = start + lead, start + tail
    for slot in missing[1:]:
        parts.texts[slot.key] = start + tail, start + tail


def _share_gap(
    fixed: str, left: Slot | None, right: Slot | None, now: str, span: Range, parts: Parts
) -> None:
    """Give what was typed beside the layout's words to the fields on either side."""
    start, end = span
    text, core = now[start:end], fixed.strip(BLANKS)
    if text == fixed or _recounted(text, core):
        return
    at = text.find(core)
    if at < 0:
        if text.strip(BLANKS) != core:
            parts.loose.append((core, text.strip(BLANKS)))
        return
    before, after = text[:at], text[at + len(core) :]
    if not core:
        before, after = (text, "") if left else ("", text)
    if before.strip(BLANKS):
        if left:
            parts.texts[left.key] = parts.texts[left.key][0], start + len(before.rstrip(BLANKS))
        else:
            parts.loose.append(("", before.strip(BLANKS)))
    if after.strip(BLANKS):
        if right:
            parts.texts[right.key] = end - len(after.lstrip(BLANKS)), parts.texts[right.key][1]
        else:
            parts.loose.append(("", after.strip(BLANKS)))


def _recounted(text: str, core: str) -> bool:
    """Whether only the number of a figure or table is another."""
    was, now = COUNTED.match(core), COUNTED.match(text)
    if was is None or now is None:
        return False
    return core[was.end() :].strip(BLANKS) == text[now.end() :].strip(BLANKS)


def without_generated(was: str, ranges: Sequence[Range], now: Piece) -> tuple[Piece, list[str]]:
    """The field's text without what the program added to it, and what of that is not there.

    `was` is the exported text with the additions, at `ranges`.
    """
    found: list[Range] = []
    gone: list[str] = []
    for start, end in ranges:
        words = was[start:end]
        places = [m.start() for m in re.finditer(re.escape(words), now.text)]
        free = [p for p in places if all(p >= b or p + len(words) <= a for a, b in found)]
        if free:
            at = min(free, key=lambda place: abs(place - start))
            found.append((at, at + len(words)))
        elif words.strip():
            gone.append(words.strip())
    return now.without(sorted(found)), gone

"""Match the paragraphs of an edited copy with those of its export.

By their marks first: content controls, then bookmarks. Paragraphs without marks, or that lost
them, are found between those that have some: by their text, then by likeness and place.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from briefgen.formats.docx.reading import ReadParagraph
from briefgen.formats.docx.snapshot import SnapshotParagraph
from briefgen.review.pieces import likeness

Sure = Literal["mark", "text", "alignment"]
"""How a match was found: by a mark, by the same text, or by likeness and place."""
ALIKE = 0.5
"""Likeness from which two texts are one paragraph before and after."""
LONG_ENOUGH = 20
"""Characters from which a text is found again wherever it stands."""
LARGEST_GAP = 200
"""Paragraphs without marks in a row that are compared each with each."""


@dataclass
class Matching:
    """Which paragraph of the copy is which of the export, by their numbers from 0."""

    edited: dict[int, list[int]] = field(default_factory=dict)
    """For paragraphs of the copy, those of the export whose text they hold; several where
    paragraphs were joined."""
    sure: dict[int, Sure] = field(default_factory=dict)
    """How each paragraph of the copy was matched."""
    moved: set[int] = field(default_factory=set)
    """Paragraphs of the copy that stand elsewhere in the order."""
    doubled: list[tuple[str, int]] = field(default_factory=list)
    """Keys of marks that stand a second time, and in which paragraph of the copy."""

    def exported(self) -> dict[int, list[int]]:
        """For paragraphs of the export, those of the copy; several where one was split."""
        found: dict[int, list[int]] = {}
        for number, origins in sorted(self.edited.items()):
            for origin in origins:
                found.setdefault(origin, []).append(number)
        return found

    def add(self, number: int, origin: int, sure: Sure) -> None:
        """Note a match."""
        origins = self.edited.setdefault(number, [])
        if origin not in origins:
            origins.append(origin)
        self.sure.setdefault(number, sure)


def match_paragraphs(
    exported: Sequence[SnapshotParagraph], edited: Sequence[ReadParagraph]
) -> Matching:
    """The matches; what is in none of them was added or deleted."""
    matching = Matching()
    _match_marks(exported, edited, matching)
    anchors = _in_order(matching)
    matching.moved = matching.edited.keys() - {number for number, _ in anchors}
    taken = {origin for origins in matching.edited.values() for origin in origins}
    ends = [(-1, -1), *anchors, (len(edited), len(exported))]
    for (number, origin), (next_number, next_origin) in itertools.pairwise(ends):
        ours = [n for n in range(number + 1, next_number) if n not in matching.edited]
        theirs = [o for o in range(origin + 1, next_origin) if o not in taken]
        if ours and theirs:
            _align(ours, theirs, exported, edited, matching)
    _match_elsewhere(exported, edited, matching)
    return matching


def _match_marks(
    exported: Sequence[SnapshotParagraph], edited: Sequence[ReadParagraph], matching: Matching
) -> None:
    """Match by marks; a mark that stands twice counts where its text is most like the exported."""
    home = {f.key: i for i, paragraph in enumerate(exported) for f in paragraph.fields}
    found: dict[str, list[int]] = {}
    for number, paragraph in enumerate(edited):
        for key in dict.fromkeys(s.key for s in (*paragraph.controls, *paragraph.marks)):
            if key in home:
                found.setdefault(key, []).append(number)
    for key, numbers in found.items():
        for number in _one_place(key, numbers, exported[home[key]].text, edited, matching):
            matching.add(number, home[key], "mark")
    for origins in matching.edited.values():
        origins.sort()


def _one_place(
    key: str,
    numbers: list[int],
    was: str,
    edited: Sequence[ReadParagraph],
    matching: Matching,
) -> list[int]:
    """The paragraphs in which a mark counts: several only where they are parts of one."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1 and _goes_on(key, edited[number - 1 : number + 1]):
            runs[-1].append(number)
        else:
            runs.append([number])
    best = max(runs, key=lambda run: likeness(was, " ".join(edited[n].text for n in run)))
    matching.doubled += [(key, run[0]) for run in runs if run is not best]
    return best


def _goes_on(key: str, pair: Sequence[ReadParagraph]) -> bool:
    """Whether a mark reaches over the end of one paragraph into the next."""
    before, after = pair
    ends = {s.end for s in (*before.marks, *before.controls) if s.key == key}
    starts = {s.start for s in (*after.marks, *after.controls) if s.key == key}
    return len(before.text) in ends and 0 in starts


def _in_order(matching: Matching) -> list[tuple[int, int]]:
    """The longest run of matches in which neither side turns back: patience on the origins."""
    pairs = [(number, origins[0]) for number, origins in sorted(matching.edited.items())]
    tails: list[int] = []
    tops: list[int] = []
    before: dict[int, int] = {}
    for at, (_, origin) in enumerate(pairs):
        # Not strictly: the parts of a split paragraph have one origin.
        pile = bisect_left(tails, origin + 1)
        if pile == len(tails):
            tails.append(origin)
            tops.append(at)
        else:
            tails[pile], tops[pile] = origin, at
        if pile:
            before[at] = tops[pile - 1]
    chain: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before.get(at, -1)
    return chain[::-1]


def _align(
    ours: list[int],
    theirs: list[int],
    exported: Sequence[SnapshotParagraph],
    edited: Sequence[ReadParagraph],
    matching: Matching,
) -> None:
    """Match what stands between two paragraphs that have marks."""
    now = [edited[n].text for n in ours]
    was = [exported[o].text for o in theirs]
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            for i in range(b - a):
                matching.add(ours[c + i], theirs[a + i], "text")
        elif tag == "replace":
            for o, n in _alike(was[a:b], now[c:d]):
                matching.add(ours[c + n], theirs[a + o], "alignment")


def _match_elsewhere(
    exported: Sequence[SnapshotParagraph], edited: Sequence[ReadParagraph], matching: Matching
) -> None:
    """Match paragraphs that lost their marks when they were moved, by their whole text."""
    taken = {origin for origins in matching.edited.values() for origin in origins}
    waiting: dict[str, list[int]] = {}
    for origin, paragraph in enumerate(exported):
        if origin not in taken and len(paragraph.text) >= LONG_ENOUGH:
            waiting.setdefault(paragraph.text, []).append(origin)
    for number, found in enumerate(edited):
        if number not in matching.edited and waiting.get(found.text):
            matching.add(number, waiting[found.text].pop(0), "text")
            matching.moved.add(number)


def _alike(was: list[str], now: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of texts, in order, that are one paragraph before and after.

    Where as many stand here as stood here, they are those, whatever they say now: somebody typed
    over them.
    """
    if len(was) == len(now):
        yield from ((i, i) for i in range(len(was)))
        return
    if len(was) > LARGEST_GAP or len(now) > LARGEST_GAP:
        return
    best = [[0.0] * (len(now) + 1) for _ in range(len(was) + 1)]
    like = [[likeness(one, other) for other in now] for one in was]
    for i in range(len(was) - 1, -1, -1):
        for j in range(len(now) - 1, -1, -1):
            pair = like[i][j] + best[i + 1][j + 1] if like[i][j] >= ALIKE else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(was) and j < len(now):
        if like[i][j] >= ALIKE and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1

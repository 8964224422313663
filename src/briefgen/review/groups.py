"""Groups: paragraphs of the export with those of the copy that hold their text.

As a rule one with one. A paragraph that was split has several in the copy, joined ones have several
in the export, and paragraphs that were added to a text of several join the one before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefgen.formats.docx.reading import ReadParagraph
from briefgen.formats.docx.snapshot import SnapshotParagraph
from briefgen.review.match import Matching, Sure

BLOCK = "#"
"""Stands in the names of fields that have paragraphs of their own."""
SPLIT = 0.6
"""Share of a paragraph's words that were the end of the one before: then that was split."""


@dataclass
class Group:
    """Paragraphs that are one text, before and after, by their numbers."""

    exported: list[int] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    sure: Sure = "mark"


@dataclass
class Grouping:
    """All paragraphs of both, each in one place."""

    groups: list[Group] = field(default_factory=list)
    """In the order of the copy."""
    deleted: list[int] = field(default_factory=list)
    """Paragraphs of the export that are not in the copy."""
    added: list[int] = field(default_factory=list)
    """Paragraphs of the copy that were not in the export and belong to no text of it."""


def group_paragraphs(
    exported: Sequence[SnapshotParagraph], edited: Sequence[ReadParagraph], matching: Matching
) -> Grouping:
    """The groups of matched paragraphs, with those added that extend a field's text."""
    grouping = Grouping()
    group_of: dict[int, Group] = {}
    by_origin: dict[int, Group] = {}
    for number, origins in sorted(matching.edited.items()):
        group = next((by_origin[o] for o in origins if o in by_origin), None)
        if group is None:
            group = Group(sure=matching.sure[number])
            grouping.groups.append(group)
        group.edited.append(number)
        group.exported += [o for o in origins if o not in group.exported]
        group.exported.sort()
        group_of[number] = group
        by_origin |= dict.fromkeys(origins, group)
    homes = _Homes(exported, edited, group_of)
    fresh = [n for n, p in enumerate(edited) if n not in group_of and p.text.strip()]
    for number in fresh:
        homes.go_on(number)
    for number in reversed(fresh):
        homes.begin(number)
    for group in grouping.groups:
        group.edited.sort()
    grouping.added = [number for number in fresh if number not in group_of]
    grouping.deleted = [o for o in range(len(exported)) if o not in by_origin]
    return grouping


@dataclass
class _Homes:
    """Gives added paragraphs to the groups whose text they are part of."""

    exported: Sequence[SnapshotParagraph]
    edited: Sequence[ReadParagraph]
    group_of: dict[int, Group]
    _lost: dict[int, set[str]] = field(default_factory=dict)
    """Words that a paragraph of the export had and its group has no more, as far as looked for."""

    def go_on(self, number: int) -> None:
        """Give it to the group before it, if that was split there or is a text of several."""
        before = self._neighbour(number, -1)
        if before and (self._is_split(number, before) or self._ends_in_block(before)):
            self._give(number, before)

    def begin(self, number: int) -> None:
        """Give it to the group behind it, if that is the start of a text of several."""
        after = self._neighbour(number, +1)
        if number not in self.group_of and after and self._starts_in_block(after):
            self._give(number, after)

    def _give(self, number: int, group: Group) -> None:
        group.edited.append(number)
        self.group_of[number] = group
        last = group.exported[-1]
        if last in self._lost:
            self._lost[last] -= set(_words(self.edited[number].text))

    def _neighbour(self, number: int, step: int) -> Group | None:
        """The group of the next paragraph that has text, in the same cell."""
        at = number + step
        while 0 <= at < len(self.edited) and self._is_blank(at):
            at += step
        if at in self.group_of and self.edited[at].cell == self.edited[number].cell:
            return self.group_of[at]
        return None

    def _is_blank(self, number: int) -> bool:
        return number not in self.group_of and not self.edited[number].text.strip()

    def _ends_in_block(self, group: Group) -> bool:
        paragraph = self.exported[group.exported[-1]]
        last = paragraph.fields[-1] if paragraph.fields else None
        return bool(last and BLOCK in last.field and not paragraph.text[last.end :].strip())

    def _starts_in_block(self, group: Group) -> bool:
        paragraph = self.exported[group.exported[0]]
        first = paragraph.fields[0] if paragraph.fields else None
        return bool(first and BLOCK in first.field and not paragraph.text[: first.start].strip())

    def _is_split(self, number: int, before: Group) -> bool:
        """Whether the words are those that the paragraph before has lost at its end."""
        last = before.exported[-1]
        if not self.exported[last].fields:
            return False
        was = list(_words(self.exported[last].text))
        if last not in self._lost:
            kept = _words(" ".join(self.edited[of].text for of in before.edited))
            self._lost[last] = set(was).difference(kept)
        words = list(_words(self.edited[number].text))
        tail = set(was[-len(words) :]) if words else set()
        return bool(self._lost[last] and sum(word in tail for word in words) >= SPLIT * len(words))


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r"\w+", text.casefold()))

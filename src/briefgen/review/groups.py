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
    for number, paragraph in enumerate(edited):
        if number in group_of or not paragraph.text.strip():
            continue
        home = _home(number, group_of, exported, edited)
        if home is None:
            grouping.added.append(number)
        else:
            home.edited = sorted([*home.edited, number])
            group_of[number] = home
    grouping.deleted = [o for o in range(len(exported)) if o not in by_origin]
    return grouping


def _home(
    number: int,
    group_of: dict[int, Group],
    exported: Sequence[SnapshotParagraph],
    edited: Sequence[ReadParagraph],
) -> Group | None:
    """The group whose text an added paragraph goes on or begins."""
    before = _neighbour(number, -1, group_of, edited)
    after = _neighbour(number, +1, group_of, edited)
    if before and _is_split(edited[number].text, before, exported, edited):
        return before
    if before and _ends_in_block(exported[before.exported[-1]]):
        return before
    if after and _starts_in_block(exported[after.exported[0]]):
        return after
    return None


def _neighbour(
    number: int, step: int, group_of: dict[int, Group], edited: Sequence[ReadParagraph]
) -> Group | None:
    """The group of the next paragraph that has one, in the same cell; blank ones count as none."""
    at = number + step
    while 0 <= at < len(edited) and at not in group_of and not edited[at].text.strip():
        at += step
    if at in group_of and edited[at].cell == edited[number].cell:
        return group_of[at]
    return None


def _ends_in_block(paragraph: SnapshotParagraph) -> bool:
    last = paragraph.fields[-1] if paragraph.fields else None
    return bool(last and BLOCK in last.field and not paragraph.text[last.end :].strip())


def _starts_in_block(paragraph: SnapshotParagraph) -> bool:
    first = paragraph.fields[0] if paragraph.fields else None
    return bool(first and BLOCK in first.field and not paragraph.text[: first.start].strip())


def _is_split(
    text: str,
    before: Group,
    exported: Sequence[SnapshotParagraph],
    edited: Sequence[ReadParagraph],
) -> bool:
    """Whether the words are those that the paragraph before has lost at its end."""
    was = list(_words(exported[before.exported[-1]].text))
    kept = set(_words(" ".join(edited[number].text for number in before.edited)))
    words = list(_words(text))
    lost = {word for word in was if word not in kept}
    tail = set(was[-len(words) :]) if words else set()
    return bool(
        exported[before.exported[-1]].fields
        and lost
        and sum(word in tail for word in words) >= SPLIT * len(words)
    )


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r"\w+", text.casefold()))

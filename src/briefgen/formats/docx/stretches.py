"""Ranges of text while they are open: they may go on over paragraphs, and need not nest."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lxml import etree

from briefgen.formats.docx.oxml import wname

Element = etree._Element

MOST_OPEN = 30
"""Ranges of one kind that are open at one place; a field lies in one paragraph, and comments on
the same words are few. What is more is passed over: each gives a piece in every paragraph."""
STARTS = {
    wname("bookmarkStart"): wname("bookmarkEnd"),
    wname("commentRangeStart"): wname("commentRangeEnd"),
}

V = TypeVar("V")


@dataclass
class Open(Generic[V]):
    """Ranges of one kind."""

    _open: dict[Hashable, tuple[V, int, bool]] = field(default_factory=dict)
    """What each is, where it starts, and whether it lasts beyond its paragraph."""
    _gone_on: set[Hashable] = field(default_factory=set)
    """Those that started in an earlier paragraph."""
    _pieces: list[tuple[V, int, int]] = field(default_factory=list)
    _seen: set[V] = field(default_factory=set)

    @property
    def is_used(self) -> bool:
        """Whether the paragraph that is read has any."""
        return bool(self._pieces or self._open.keys() - self._gone_on)

    def start(self, handle: Hashable, value: V, at: int, *, lasts: bool = True) -> None:
        """Open a range; one that is open already stays as it is."""
        if handle not in self._open and len(self._open) < MOST_OPEN:
            self._open[handle] = value, at, lasts
            self._seen.add(value)

    def end(self, handle: Hashable, at: int) -> None:
        """Close a range; one that is not open is none."""
        if handle in self._open:
            value, start, _ = self._open.pop(handle)
            if at or handle not in self._gone_on:
                self._pieces.append((value, start, at))
            self._gone_on.discard(handle)

    def point(self, value: V, at: int) -> None:
        """A range without length, unless there was one of this value."""
        if value not in self._seen:
            self._seen.add(value)
            self._pieces.append((value, at, at))

    def cut(self, at: int) -> list[tuple[V, int, int]]:
        """The pieces in a paragraph that ends here; what is open goes on in the next."""
        pieces, self._pieces = self._pieces, []
        pieces += [(value, start, at) for value, start, _ in self._open.values()]
        self._open = {h: (value, 0, True) for h, (value, _, lasts) in self._open.items() if lasts}
        self._gone_on = set(self._open)
        return pieces


def merged(pieces: Iterable[tuple[V, int, int]]) -> list[tuple[V, int, int]]:
    """The pieces of each value in turn, those that touch as one."""
    by_value: dict[V, list[tuple[int, int]]] = {}
    for value, start, end in pieces:
        by_value.setdefault(value, []).append((start, end))
    found: list[tuple[V, int, int]] = []
    for value, ranges in by_value.items():
        first, *rest = sorted(ranges)
        for start, end in rest:
            if start <= first[1]:
                first = first[0], max(first[1], end)
            else:
                found.append((value, *first))
                first = start, end
        found.append((value, *first))
    return found


def whole_ranges(story: Element) -> frozenset[Element]:
    """The starts of bookmarks and comments that have an end after them.

    Of two starts with one id the first has it, as in a bookmark that LibreOffice 7.4 has saved.
    """
    whole: set[Element] = set()
    waiting: dict[tuple[str, str | None], Element] = {}
    for element in story.iter(*STARTS, *STARTS.values()):
        tag = str(element.tag)
        handle = STARTS.get(tag, tag), element.get(wname("id"))
        if tag in STARTS:
            waiting.setdefault(handle, element)
        elif handle in waiting:
            whole.add(waiting.pop(handle))
    return frozenset(whole)

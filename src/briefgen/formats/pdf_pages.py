"""On which page each passage of the ledger starts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property

from briefgen.document.ledger import Ledger
from briefgen.formats.pdf_structure import Mark, Node, Structure

FAR = 200
"""Letters that may be passed over to find a short passage; a long one is not found by chance."""
LONG = 40


def with_pages(ledger: Ledger, structure: Structure) -> Ledger:
    """The ledger with the page, from 1, on which each passage starts.

    Letters and digits are compared, in the order of the document: spaces, hyphens at line ends and
    quotation marks differ between what is printed and what is recorded. A passage without any
    stands where the one before it ends.
    """
    body = _Text()
    notes: list[_Text] = []
    _gather(structure.document, body, notes)
    found = []
    for passage in ledger.passages:
        number = passage.note if passage.is_note else None
        text = body if number is None else _nth(notes, number)
        found.append(replace(passage, page=text.page_of(passage.text)))
    return replace(ledger, passages=tuple(found))


def _nth(notes: list[_Text], number: int) -> _Text:
    """The text of a note by its number; none where it is not printed."""
    return notes[number - 1] if number <= len(notes) else _Text()


@dataclass
class _Text:
    """Printed text in reading order, looked through once from start to end."""

    _runs: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)
    _length: int = 0
    _at: int = 0
    """Where the passage before ends."""

    @cached_property
    def _letters(self) -> str:
        return "".join(self._runs)

    def add(self, run: str, page: int) -> None:
        """Append a run of text on a page."""
        letters = _letters(run)
        self._runs.append(letters)
        self._starts.append(self._length)
        self._pages.append(page)
        self._length += len(letters)

    def page_of(self, passage: str) -> int | None:
        """The page on which the next passage starts; None where it is not printed."""
        wanted = _letters(passage)
        if not wanted:
            return self._page_at(max(self._at - 1, 0))
        reach = len(self._letters) if len(wanted) >= LONG else self._at + len(wanted) + FAR
        place = self._letters.find(wanted, self._at, reach)
        if place < 0:
            return None
        self._at = place + len(wanted)
        return self._page_at(place)

    def _page_at(self, place: int) -> int | None:
        # Of several runs that start here, all but the last are without letters.
        run = bisect_right(self._starts, place) - 1
        return self._pages[run] if run >= 0 else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _gather(node: Node, text: _Text, notes: list[_Text]) -> None:
    """Add the text of a node, without what a style sheet wrote; that of each note apart."""
    for kid in node.kids:
        if isinstance(kid, Mark):
            if not kid.generated:
                text.add(getattr(kid.box, "text", ""), kid.page + 1)
        elif isinstance(kid, Node) and kid.role == "Note":
            notes.append(_Text())
            _gather(kid, notes[-1], notes)
        elif isinstance(kid, Node):
            _gather(kid, text, notes)

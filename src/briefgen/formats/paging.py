"""Paging: how many pages a laid-out document takes, and how high each of its parts is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, table row or figure: what stands in it, and how high it is."""

    fields: Mapping[str, float]
    """By `data-field`, without the number of the paragraph: its share of the block, 0 to 1."""
    text: float
    """Height with margins, in CSS pixels (1/96 inch)."""
    notes: float
    """Its share of the height of the page's notes."""
    note_lengths: tuple[int, ...]
    """Characters of each of its notes."""


@dataclass(frozen=True)
class Paging:
    """The pages of a document as WeasyPrint lays them out, those of its annexes left out.

    Annexes stand outside page budgets, and on pages of their own.
    """

    text: tuple[float, ...]
    """How much of each page the text takes, in CSS pixels."""
    notes: tuple[float, ...]
    """How much of each page the notes take."""
    note_lengths: tuple[int, ...]
    """Characters of each note, in order."""
    page_height: float
    """How much of a page they can take."""
    blocks: tuple[Block, ...]
    """In order; a block that two pages share stands here twice, with a part of its height each."""

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self.text)

    def beyond(self, pages: int) -> float:
        """How much text and notes stand on the pages after so many."""
        return sum(self.text[pages:]) + sum(self.notes[pages:])

    def height_of(self, starts: tuple[str, ...], height: Callable[[Block], float]) -> float:
        """How much of all blocks' height belongs to fields that start with one of these."""
        return sum(
            height(block) * share
            for block in self.blocks
            for field, share in block.fields.items()
            if field.startswith(starts)
        )


def pdf_height(block: Block) -> float:
    """Height of a block with its notes in PDF, in CSS pixels."""
    return block.text + block.notes


def paging_of(rendered: Any) -> Paging:
    """The paging of what `weasyprint.HTML.render` gives."""
    # WeasyPrint has no other way to the heights of boxes.
    boxes = [page._page_box for page in rendered.pages]  # noqa: SLF001
    sheets = [_Sheet(box) for box in boxes if not _is_annex(box)]
    return Paging(
        text=tuple(sheet.text_height for sheet in sheets),
        notes=tuple(sheet.notes_height for sheet in sheets),
        note_lengths=tuple(length for sheet in sheets for length in sheet.notes.values()),
        page_height=float(boxes[0].height),
        blocks=tuple(block for sheet in sheets for block in sheet.blocks),
    )


def _is_annex(page: Any) -> bool:
    """Whether a page holds an annex, which starts on a page of its own."""
    return any(
        box.element_tag == "section" and "annex" in box.element.get("class", "").split()
        for box in page.descendants()
    )


class _Sheet:
    """One page's boxes."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self._flow = box.children[0]
        areas = [child for child in box.children if type(child).__name__ == "FootnoteAreaBox"]
        self.notes_height = float(sum(area.margin_height() for area in areas))
        self.notes = {n: chars for area in areas for n, chars in _note_lengths(area).items()}
        """Characters of each note, by the identity of its element."""

    @property
    def text_height(self) -> float:
        """From the top of the page to the lowest line of its text."""
        ends = (leaf.position_y + leaf.margin_height() for leaf in _leaves(self._flow))
        return float(max(ends, default=0) - self._box.content_box_y())

    @cached_property
    def blocks(self) -> list[Block]:
        """The page's blocks; notes count with the text that they belong to."""
        total = sum(self.notes.values()) or 1
        found = []
        for leaf in _leaves(self._flow):
            texts = list(leaf.element.iter()) if leaf.element is not None else []
            lengths = tuple(self.notes[id(text)] for text in texts if id(text) in self.notes)
            notes = self.notes_height * sum(lengths) / total
            found.append(Block(_shares(texts), float(leaf.margin_height()), notes, lengths))
        return found


def _shares(texts: Iterable[Any]) -> dict[str, float]:
    """The fields of a block, by how much of the block's words each has."""
    lengths: dict[str, int] = defaultdict(int)
    for text in texts:
        if field := text.get("data-field"):
            lengths[field.partition("#")[0]] += sum(map(len, text.itertext())) + 1
    total = sum(lengths.values())
    return {field: length / total for field, length in lengths.items()}


def _leaves(box: Any) -> Iterator[Any]:
    """The innermost blocks, whole rows and whole figures of a box, in order."""
    if "::" in (box.element_tag or ""):
        return  # a number or a mark beside the text, which adds no height
    children = getattr(box, "children", ())
    is_leaf = (
        box.element_tag in ("tr", "figure")
        or not children
        or any(type(child).__name__ == "LineBox" for child in children)
    )
    if is_leaf:
        yield box
    else:
        for child in children:
            yield from _leaves(child)


def _note_lengths(area: Any) -> dict[int, int]:
    """Characters of each note in the footnote area, by the identity of its element."""
    lengths: dict[int, int] = defaultdict(int)
    for note, text in _texts_of_notes(area, None):
        lengths[id(note)] += len(text)
    return lengths


def _texts_of_notes(box: Any, note: Any) -> Iterator[tuple[Any, str]]:
    """Each text below a box, with the element of the note that it belongs to."""
    if box.element is not None and box.element.get("class") == "footnote":
        note = box.element
    if note is not None and getattr(box, "text", None):
        yield note, box.text
    for child in getattr(box, "children", ()):
        yield from _texts_of_notes(child, note)

"""Notes at the foot of a page, laid out once each.

For every mark that it meets, WeasyPrint 70 lays out all notes of the page anew, to know how much of
the page they leave: with ten notes on a page, that is half of the time of a layout. Where notes run
on in lines, as `footnote-display: inline` sets them, another note changes nothing before the last
line. So lines are set from there only, and their heights added.

At the end of each page WeasyPrint lays out all its notes in any case. `is_confirmed` compares what
was added up with that; a document where it differs is laid out again in WeasyPrint's own way, and
so is one whose notes are blocks or whose area of notes has a height of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import Any

from briefgen.formats.quick_start import import_weasyprint

TOLERANCE = 1e-6
"""CSS pixels."""
RECKONED = "briefgen_reckoned"
"""The attribute of an area of notes that holds its height, as added up."""
KNOWN = "briefgen_known"
"""The attribute of a layout that holds an area of notes, and what is set of it: list[_Set]."""
OPEN = {"height": "auto", "min_height": "auto", "max_height": (inf, "px")}
"""The styles of an area that is as high as its notes."""


@dataclass(frozen=True)
class _Set:
    """Notes of a page that are set in lines."""

    notes: tuple[Any, ...]
    height: float
    """Of all lines, in CSS pixels."""
    last: tuple[int, Any]
    """Where the last line starts: the note, and the place in it."""
    before: float
    """Height of the lines before the last."""
    around: float
    """Height of the margins, borders and padding of the area."""


@contextmanager
def quick_notes() -> Iterator[None]:
    """While it lasts, WeasyPrint lays out each note once, if its inside is as we know it."""
    layout = import_weasyprint().layout
    theirs = getattr(layout.LayoutContext, "_update_footnote_area", None)
    if theirs is None or not hasattr(layout, "block_level_layout"):
        yield
        return

    def update(context: Any) -> Any:
        area, notes = context.current_footnote_area, context.current_page_footnotes
        try:
            found = _set(context, area, notes) if _runs_on(area, notes) else None
        except (AttributeError, LookupError, TypeError, ValueError):
            found = None  # its inside is not as we know it
        if found is None:
            vars(area).pop(RECKONED, None)
            return theirs(context)
        _take(context, area, found)
        return False

    layout.LayoutContext._update_footnote_area = update  # noqa: SLF001
    try:
        yield
    finally:
        layout.LayoutContext._update_footnote_area = theirs  # noqa: SLF001


def is_confirmed(rendered: Any) -> bool:
    """Whether WeasyPrint's own heights of the notes are those that were added up."""
    # WeasyPrint has no other way to the heights of boxes.
    areas = (area for page in rendered.pages for area in page._page_box.children)  # noqa: SLF001
    return all(
        abs(area.height - getattr(area, RECKONED, area.height)) < TOLERANCE for area in areas
    )


def _runs_on(area: Any, notes: list[Any]) -> bool:
    """Whether notes follow each other in lines, in an area as high as they are."""
    from weasyprint.formatting_structure import boxes

    is_open = all(area.style[name] == value for name, value in OPEN.items())
    return is_open and bool(notes) and all(isinstance(n, boxes.InlineLevelBox) for n in notes)


def _take(context: Any, area: Any, found: _Set) -> None:
    """What WeasyPrint's `_update_footnote_area` does: put the page's bottom above its notes."""
    if area.height != "auto" and not context.in_column:
        context.page_bottom += area.margin_height()
    area.children = context.current_page_footnotes
    area.height = found.height
    setattr(area, RECKONED, found.height)
    if not context.in_column:
        context.page_bottom -= found.height + found.around


def _set(context: Any, area: Any, notes: list[Any]) -> _Set:
    """The notes of a page, from the last line of those of them that were set before."""
    known: list[_Set]
    of, known = vars(context).get(KNOWN, (None, []))
    if of is not area:
        known = []
        setattr(context, KNOWN, (area, known))
    while known and known[-1].notes != tuple(notes[: len(known[-1].notes)]):
        known.pop()
    if not known or len(known[-1].notes) < len(notes):
        known.append(_set_on(context, area, tuple(notes), known[-1] if known else None))
    return known[-1]


def _set_on(context: Any, area: Any, notes: tuple[Any, ...], before: _Set | None) -> _Set:
    """Set notes in lines, from the last line of those that are set already."""
    from weasyprint.formatting_structure import build
    from weasyprint.layout import block_level_layout

    first, place = before.last if before else (0, None)
    part = area.copy_with_children([note.deepcopy() for note in notes[first:]])
    part = build.create_anonymous_boxes(part)
    skip = {0: {0: place}} if before else None
    laid = block_level_layout(context, part, -inf, skip, area.page)[0]
    *whole, last = laid.children
    above = (before.before if before else 0) + sum(line.height for line in whole)
    if whole:
        ((index, place),) = whole[-1].resume_at.items()
        first += index
    around = before.around if before else laid.margin_height() - laid.height
    return _Set(notes, above + last.height, (first, place), above, around)

"""The pages of every shipped edition, as a compositor would check them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefgen.build.engine import Engine
from briefgen.build.fit import Fitted, fit
from briefgen.build.project import find_targets, load_project

ROOT = Path(__file__).parents[1]
FEWEST_LINES = 2
SHORTEST_LAST_LINE = 8
"""Characters; a last line with fewer looks lost."""
TOLERANCE = 0.5
"""CSS pixels by which a line may reach beyond its measure."""


@pytest.fixture(scope="module")
def documents() -> dict[str, Fitted]:
    """Every shipped edition at every length, by its name."""
    project = load_project(ROOT)
    engine = Engine(project)
    return {
        f"{target.edition.id}, {length}": fit(target, length, engine)
        for target in find_targets(project, [])
        for length in target.edition.lengths
    }


# --- The pages ----------------------------------------------------------------


def pages(documents: dict[str, Fitted]) -> Iterator[tuple[str, Any]]:
    """Each page's box with its name."""
    for name, found in documents.items():
        for number, page in enumerate(found.laid_out.rendered.pages, start=1):
            yield f"{name}, page {number}", page._page_box


def lines(box: Any) -> Iterator[Any]:
    """The lines of text in and under a box, in order."""
    if type(box).__name__ == "LineBox":
        yield box
    else:
        for child in getattr(box, "children", ()):
            yield from lines(child)


def text(box: Any) -> str:
    own = getattr(box, "text", None)
    return own if own is not None else "".join(map(text, getattr(box, "children", ())))


def blocks(box: Any) -> Iterator[Any]:
    """The boxes that hold lines, in order."""
    children = getattr(box, "children", ())
    if any(type(child).__name__ == "LineBox" for child in children):
        yield box
    else:
        for child in children:
            yield from blocks(child)


# --- What a compositor checks -------------------------------------------------


def test_no_page_ends_with_a_heading(documents: dict[str, Fitted]) -> None:
    last = {name: list(blocks(page.children[0]))[-1] for name, page in pages(documents)}

    assert [n for n, block in last.items() if block.element_tag in ("h1", "h2", "h3", "h4")] == []


def test_no_page_ends_in_the_middle_of_a_word(documents: dict[str, Fitted]) -> None:
    last = {name: text(list(lines(page.children[0]))[-1]) for name, page in pages(documents)}

    assert [name for name, line in last.items() if line.rstrip().endswith("-")] == []


def test_a_paragraph_over_two_pages_has_several_lines_on_each(
    documents: dict[str, Fitted],
) -> None:
    shares: dict[Any, list[int]] = defaultdict(list)
    for name, page in pages(documents):
        for block in blocks(page.children[0]):
            if block.element is not None and "::" not in block.element_tag:
                document = name.rpartition(", ")[0]
                shares[document, block.element].append(len(list(lines(block))))

    assert [n for n in shares.values() if len(n) > 1 and min(n) < FEWEST_LINES] == []


@pytest.mark.parametrize("tag", ["tr", "figure"])
def test_no_row_and_no_figure_is_torn(documents: dict[str, Fitted], tag: str) -> None:
    seen: dict[Any, set[str]] = defaultdict(set)
    for name, page in pages(documents):
        for box in page.descendants():
            is_repeated = tag == "tr" and box.element is not None and _in_head(box.element)
            if box.element_tag == tag and not is_repeated:
                seen[name.rpartition(", ")[0], box.element].add(name)

    assert seen
    assert [sorted(names) for names in seen.values() if len(names) > 1] == []


def _in_head(row: Any) -> bool:
    return row.find("th[@scope='col']") is not None


def test_nothing_reaches_beyond_the_margins(documents: dict[str, Fitted]) -> None:
    beyond = []
    for name, page in pages(documents):
        hang = documents[name.rpartition(", ")[0]].document.theme.page.hang * 96 / 25.4
        left, right = page.content_box_x() - hang, page.content_box_x() + page.width
        for line in lines(page.children[0]):
            ends = [b for b in line.descendants() if getattr(b, "text", "").strip()]
            if any(
                b.position_x < left - TOLERANCE or b.position_x + b.width > right + TOLERANCE
                for b in ends
            ):
                beyond.append((name, text(line)))

    assert beyond == []


def test_no_paragraph_ends_with_a_lost_word(documents: dict[str, Fitted]) -> None:
    lost = []
    for name, page in pages(documents):
        for block in blocks(page.children[0]):
            found = [text(line).strip() for line in lines(block)]
            if block.element_tag in ("p", "li") and len(found) > 1:
                lost += [(name, line) for line in found[-1:] if len(line) < SHORTEST_LAST_LINE]

    assert lost == []

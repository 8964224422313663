"""Line breaks: an element in a sentence changes none of its lines."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

from briefgen.formats.environment import require_pango
from briefgen.formats.line_breaks import late_breaks
from briefgen.formats.quick_start import import_weasyprint

WORDS = "Forces served beside others after the earthquake of that year without shared{}logistics."
WIDTHS = range(200, 660, 2)


def lines(html: str, *, late: bool = True) -> list[list[str]]:
    """What stands on each line of the same paragraph in each width."""
    text = "".join(f"<p style='width: {width}px'>{html}</p>" for width in WIDTHS)
    page = import_weasyprint().HTML(string=f"<style>@page {{ size: 800px 60000px }}</style>{text}")
    with late_breaks() if late else nullcontext():
        (sheet,) = page.render().pages
    boxes: list[Any] = list(sheet._page_box.descendants())
    paragraphs = [box for box in boxes if box.element_tag == "p" and hasattr(box, "children")]
    return [
        [
            "".join(getattr(part, "text", "") for part in line.descendants()).strip()
            for line in p.children
        ]
        for p in paragraphs
        if type(p).__name__ == "BlockBox"
    ]


@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_an_element_in_a_sentence_changes_none_of_its_lines(space: str) -> None:
    require_pango()
    plain = WORDS.format(space)
    marked = plain.replace("logistics", "<em style='font-style: normal'>logistics</em>")

    expected = lines(plain)

    assert len(expected) == len(WIDTHS)
    assert lines(marked) == expected
    assert lines(marked, late=False) != expected, "WeasyPrint has mended it: late_breaks may go"

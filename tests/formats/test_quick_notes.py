"""Notes laid out once: the same files as WeasyPrint makes alone, and its own way where in doubt."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest
from docx_sample import sample

from briefgen.formats import pdf, quick_notes
from briefgen.formats.pdf import lay_out
from briefgen.formats.quick_notes import RECKONED, is_confirmed
from briefgen.formats.quick_start import import_weasyprint
from briefgen.resources import shipped

WORDS = (
    *("a", "of", "ship", "port", "strait", "exercise", "convoy", "memorandum", "interoperability"),
    *("(see", "2014/15)", "e-mail"),
)
PRINT = (shipped("templates") / "policy-brief" / "print.css").read_text("utf-8")
IN_LINES = "footnote-display: inline"


@pytest.fixture(autouse=True)
def _epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")


def page(seed: int, note: str = IN_LINES, area: str = "") -> str:
    """Some pages of paragraphs with notes of every length, some of them many in a line."""
    chance = random.Random(seed)  # noqa: S311 - no secret

    def words(most: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))

    def paragraph() -> str:
        notes = (
            f'{words(30)}<span class="n">{words(60)}</span>' for _ in range(chance.randrange(6))
        )
        return f"<p>{words(20)} {' '.join(notes)}"

    size, width = chance.choice([7, 8.5, 11]), chance.choice([200, 333, 500])
    return f"""<html lang="en"><style>
        @page {{ size: {width}px 300px; margin: 20px; @footnote {{ margin-top: 7px;
          border-top: 1px solid; padding-top: 3px; {area} }} }}
        p {{ font-size: 10px; orphans: 2; widows: 2; margin: 0 0 5px; text-align: justify }}
        .n {{ float: footnote; font-size: {size}px; line-height: 1.3; {note} }}
        .n::after {{ content: "\\2002 " }}</style>{"".join(paragraph() for _ in range(12))}"""


def rendered(html: str, *, quickly: bool) -> Any:
    weasyprint = import_weasyprint()
    with quick_notes.quick_notes() if quickly else nullcontext():
        return weasyprint.HTML(string=html).render()


def areas(document: Any) -> Iterator[Any]:
    for each in document.pages:
        yield from (b for b in each._page_box.children if type(b).__name__ == "FootnoteAreaBox")


@pytest.mark.parametrize("seed", range(6))
def test_the_bytes_are_those_of_weasyprint_alone(seed: int) -> None:
    html = page(seed)

    quick, plain = rendered(html, quickly=True), rendered(html, quickly=False)

    filled = [area for area in areas(quick) if area.children]
    assert len(filled) > 1
    assert all(hasattr(area, RECKONED) for area in filled)
    assert is_confirmed(quick)
    assert quick.write_pdf() == plain.write_pdf()


@pytest.mark.parametrize(
    ("note", "area"),
    [
        ("footnote-display: block", ""),
        (IN_LINES, "max-height: 60px"),
        (IN_LINES, "min-height: 60px"),
        (IN_LINES, "height: 60px"),
    ],
)
def test_other_notes_are_left_to_weasyprint(note: str, area: str) -> None:
    html = page(1, note, area)

    quick, plain = rendered(html, quickly=True), rendered(html, quickly=False)

    assert not any(hasattr(area, RECKONED) for area in areas(quick))
    assert quick.write_pdf() == plain.write_pdf()


def test_an_inside_that_is_not_as_we_know_it_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(*_: Any) -> None:
        raise AttributeError

    monkeypatch.setattr(quick_notes, "_set_on", changed)
    quick, plain = rendered(page(2), quickly=True), rendered(page(2), quickly=False)

    assert not any(hasattr(area, RECKONED) for area in areas(quick))
    assert quick.write_pdf() == plain.write_pdf()


def test_what_was_patched_is_put_back() -> None:
    from weasyprint.layout import LayoutContext

    theirs = LayoutContext._update_footnote_area

    with quick_notes.quick_notes():
        assert LayoutContext._update_footnote_area is not theirs
    assert LayoutContext._update_footnote_area is theirs


# --- Heights that were added up wrongly ----------------------------------------


def test_a_wrong_height_is_noticed() -> None:
    document = rendered(page(3), quickly=True)
    area = next(areas(document))

    setattr(area, RECKONED, area.height + 0.1)

    assert not is_confirmed(document)


@pytest.mark.parametrize(("error", "times"), [(0, 1), (5, 2)])
def test_a_document_with_wrong_heights_is_laid_out_again(
    error: float, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_on, render = quick_notes._set_on, pdf._render
    rendered: list[Any] = []

    def wrong(*arguments: Any) -> quick_notes._Set:
        found = set_on(*arguments)
        return replace(found, height=found.height + error)

    def counted(*arguments: Any) -> Any:
        rendered.append(render(*arguments))
        return rendered[-1]

    monkeypatch.setattr(quick_notes, "_set_on", wrong)
    monkeypatch.setattr(pdf, "_render", counted)
    laid_out = lay_out(sample(), PRINT)

    assert len(rendered) == times
    assert laid_out.rendered is rendered[-1]
    assert any(hasattr(area, RECKONED) for area in areas(rendered[0]))
    assert any(hasattr(area, RECKONED) for area in areas(laid_out.rendered)) == (times == 1)

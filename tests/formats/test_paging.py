"""Paging: the heights of a laid-out document add up, and belong to the right fields."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.edition.tailor import tailor
from briefgen.formats.paging import Paging, pdf_height
from briefgen.formats.pdf import LaidOut
from briefgen.formats.word_height import word_block_height, word_height

PROJECT = Path(__file__).parents[1] / "projects" / "bus-lanes"


@lru_cache(maxsize=1)
def laid_out() -> LaidOut:
    project = load_project(PROJECT, loose_ends=False)
    target = find_targets(project, ["shopkeepers"])[0]
    engine = Engine(project)
    document = engine.compose(tailor(target.dossier.dossier, target.edition, "full"))
    return engine.lay_out(document, "policy-brief")


def paging() -> Paging:
    return laid_out().paging


def test_text_and_notes_fit_on_their_pages() -> None:
    for text, notes in zip(paging().text, paging().notes, strict=True):
        assert 0 < text + notes <= paging().page_height


def test_the_blocks_are_as_high_as_the_pages_text() -> None:
    blocks = sum(block.text for block in paging().blocks)

    # Margins between blocks collapse, and boxes have padding that no block owns.
    assert 0.9 < blocks / sum(paging().text) < 1.15


def test_all_notes_belong_to_a_block() -> None:
    lengths = [length for block in paging().blocks for length in block.note_lengths]

    assert sorted(lengths) == sorted(paging().note_lengths)
    marks = [s for s in laid_out().document.tree.iter("span") if s.get("class") == "footnote"]
    # A note that two pages share is counted on both, each time with its part.
    assert len(marks) <= len(lengths) <= len(marks) + paging().pages * 2


def test_a_field_has_the_height_of_its_block() -> None:
    whole = paging().height_of(("editions/shopkeepers/context",), pdf_height)
    lens = paging().height_of(("editions/shopkeepers/lens/",), pdf_height)

    assert 40 < whole < paging().page_height
    assert lens > 0
    assert paging().height_of(("areas/no-such-area/",), pdf_height) == 0


def test_a_note_with_a_title_in_italics_is_one_note() -> None:
    marks = [s for s in laid_out().document.tree.iter("span") if s.get("class") == "footnote"]

    assert any(len(mark) for mark in marks)
    assert len(paging().note_lengths) == len(marks)


def test_what_stands_beyond_a_page_is_what_the_later_pages_hold() -> None:
    assert paging().beyond(paging().pages) == 0
    assert paging().beyond(paging().pages - 1) == paging().text[-1] + paging().notes[-1]


def test_in_word_notes_take_a_line_each() -> None:
    theme = laid_out().document.theme
    line = theme.type["note"].line * 96 / 72
    [one, *_] = [b for b in paging().blocks if len(b.note_lengths) == 1 and b.note_lengths[0] < 100]

    assert word_block_height(one, theme) == one.text + line
    assert word_height(paging(), theme) >= sum(paging().text) + line * len(paging().note_lengths)


def test_a_single_page_keeps_two_lines_spare_for_word() -> None:
    """Its lines break elsewhere there; on several pages another allowance covers that."""
    theme = laid_out().document.theme
    single = Paging((900.0,), (0.0,), (), 963.0, ())
    two = Paging((900.0, 900.0), (0.0, 0.0), (), 963.0, ())

    lines = 2 * theme.type["sowhat"].line * 96 / 72 * 0.8
    assert word_height(single, theme) >= 900 + lines
    assert word_height(two, theme) - 1800 > word_height(single, theme) - 900


def test_pages_of_an_annex_do_not_count(bus_lanes: Path) -> None:
    project = load_project(bus_lanes)
    target = find_targets(project, ["overview"])[0]
    brief = tailor(target.dossier.dossier, target.edition, "full")
    document = Engine(project).compose(brief)
    with_annex = Engine(project).lay_out(document, "policy-brief")
    annex = next(s for s in document.tree.iter("section") if s.get("class") == "annex")
    parent = annex.getparent()
    assert parent is not None
    parent.remove(annex)

    without = Engine(project).lay_out(document, "policy-brief")

    assert len(with_annex.rendered.pages) > len(without.rendered.pages)
    assert with_annex.paging.pages == len(without.rendered.pages)
    assert with_annex.paging.text == without.paging.text

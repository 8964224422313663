"""Source letters: what one page has in place of notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.model import Document
from briefgen.edition.tailor import tailor
from briefgen.problems import ProblemsFound


@pytest.fixture
def one_page(bus_lanes: Path) -> Callable[[str], Document]:
    """`one_page("overview")`: the document of an edition on one page."""

    def compose(name: str) -> Document:
        project = load_project(bus_lanes, loose_ends=False)
        target = find_targets(project, [name])[0]
        return Engine(project).compose(tailor(target.dossier.dossier, target.edition, "one-page"))

    return compose


def text_of(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def letters_of(document: Document) -> list[str]:
    return [text_of(mark).strip("\u2060 ") for mark in document.tree.iter("sup")]


def key_of(document: Document) -> str:
    [key] = [e for e in document.tree.iter("p") if e.get("id") == "source-key"]
    return text_of(key)


def test_letters_stand_in_place_of_notes(one_page: Callable[[str], Document]) -> None:
    document = one_page("shopkeepers")

    assert not [e for e in document.tree.iter("span") if e.get("class") == "footnote"]
    assert letters_of(document)
    assert letters_of(document)[0].startswith("a")
    assert all(mark.get("data-claims") for mark in document.tree.iter("sup"))


def test_every_letter_has_its_source_in_the_key_and_no_other(
    one_page: Callable[[str], Document],
) -> None:
    document = one_page("shopkeepers")

    used = {letter for mark in letters_of(document) for letter in mark.replace(" ", "").split(",")}
    [key] = [e for e in document.tree.iter("p") if e.get("id") == "source-key"]
    assert {text_of(strong) for strong in key.iter("strong")} == used


def test_the_claims_count_as_used(one_page: Callable[[str], Document]) -> None:
    document = one_page("shopkeepers")

    cited = {n for mark in document.tree.iter("sup") for n in mark.get("data-claims", "").split()}
    assert set(document.claims) == cited


def test_what_a_careful_reader_must_know_stands_in_the_key_once(
    one_page: Callable[[str], Document],
) -> None:
    key = key_of(one_page("shopkeepers"))

    assert key.count("Contested: ") + key.count("Doubtful: ") >= 1
    sentences = key.split(". ")
    assert len(sentences) == len(set(sentences))


def test_a_layout_without_a_place_for_the_key_is_reported(
    one_page: Callable[[str], Document], own_layout: Path
) -> None:
    sources = own_layout / "sections" / "sources.html.j2"
    sources.write_text(sources.read_text("utf-8").replace(' id="source-key"', ""), "utf-8")

    with pytest.raises(ProblemsFound) as found:
        one_page("shopkeepers")

    assert "error[BG051]: the document has source letters but no element with the id" in str(
        found.value
    )


def test_one_page_says_how_much_it_shows(one_page: Callable[[str], Document]) -> None:
    [box] = [
        e for e in one_page("shopkeepers").tree.iter("aside") if e.get("class") == "disclosure"
    ]

    assert text_of(box) == (
        "This page shows 3 of 5 recommendations in the dossier; areas, obstacles and what this "
        "edition leaves out stand in its longer versions."
    )

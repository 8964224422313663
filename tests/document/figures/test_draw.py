"""Figures in a document: their drawing, their data, and the claims that they show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.build.project import load_project
from briefgen.edition.drawn import subjects_of
from briefgen.edition.models import Edition, Figure
from briefgen.edition.tailor import tailor

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.document.model import Document

    Compose = Callable[..., Document]

TITLE = "    title: Which obstacle touches which area.\n"


def add(bus_lanes: Path, figure: str) -> None:
    """Give the overview another figure."""
    path = bus_lanes / "data/bus-lanes/editions/overview.yaml"
    text = path.read_text("utf-8")
    assert TITLE in text
    path.write_text(text.replace(TITLE, f"{TITLE}  - {figure}\n"), "utf-8")


def test_the_note_of_a_caption_cites_the_claims_of_what_is_drawn(compose_edition: Compose) -> None:
    document = compose_edition()

    mark = document.tree.find(".//figure[@id='history']/figcaption//span[@class='footnote']")

    assert mark is not None
    assert mark.get("data-claims", "").split()[:2] == ["trial-approved", "lanes-opened"]


def test_grades_are_judgement_and_cite_nothing(compose_edition: Compose) -> None:
    caption = compose_edition().tree.find(".//figure[@id='hindrances']/figcaption")

    assert caption is None or caption.find(".//span[@class='footnote']") is None


def test_a_document_offers_the_data_of_its_figures_as_plain_text(
    compose_edition: Compose,
) -> None:
    history, hindrances = compose_edition().figures

    assert (history.id, history.title) == ("history", "Market Street, 2021 to 2025.")
    assert history.head == ("Date", "Event", "How it stands")
    assert history.rows[0] == ("9 June 2021", "The committee approves a trial", "happened")
    assert history.drawn
    assert hindrances.head == ("What stands in the way", "Severity", "Areas")


def test_the_description_says_what_the_data_say(compose_edition: Compose) -> None:
    document = compose_edition()

    desc = document.tree.findtext(".//figure[@id='history']//{*}desc") or ""

    for row in document.figures[0].rows:
        assert ", ".join(row) in desc


def test_what_cannot_be_drawn_is_a_table_with_its_fields_and_a_warning(
    bus_lanes: Path, compose_edition: Compose
) -> None:
    add(bus_lanes, "{id: orders, kind: succession, title: Which order came when.}")

    document = compose_edition()

    table = document.tree.find(".//table[@id='orders']")
    assert table is not None
    assert [cell.text for cell in table.iter("th") if cell.get("scope") == "col"] == [
        *("Instrument", "Date", "Status", "Replaced")
    ]
    fields = [e.get("data-field") for e in table.iter("span") if e.get("data-field")]
    assert "instruments/permanent-order/title" in fields
    assert document.warnings == (
        "overview: a table stands in place of the succession: too little data, or more than fits",
    )
    assert not document.figures[-1].drawn


@pytest.mark.parametrize(
    ("figure", "section"),
    [
        ("{id: x, kind: grid, title: What it takes.}", "recommendations"),
        ("{id: x, kind: positions, title: Who holds what.}", "areas"),
        ("{id: x, kind: succession, title: Orders.}", "areas"),
    ],
)
def test_each_kind_stands_in_its_section(
    figure: str, section: str, bus_lanes: Path, compose_edition: Compose
) -> None:
    add(bus_lanes, figure)

    tree = compose_edition().tree

    assert tree.find(f".//section[@id='{section}']//*[@id='x']") is not None


def test_without_a_timeline_the_background_has_the_next_figure(
    bus_lanes: Path, compose_edition: Compose
) -> None:
    add(bus_lanes, "{id: x, kind: succession, title: Orders.}")
    path = bus_lanes / "data/bus-lanes/editions/overview.yaml"
    timeline = "  - id: history\n    kind: timeline\n    title: Market Street, 2021 to 2025.\n"
    text = path.read_text("utf-8")
    assert timeline in text
    path.write_text(text.replace(timeline, ""), "utf-8")

    tree = compose_edition().tree

    assert len(tree.findall(".//*[@id='x']")) == 1
    assert tree.find(".//section[@id='context']//*[@id='x']") is not None


def test_figures_of_areas_and_obstacles_stand_behind_the_first_record(
    bus_lanes: Path, compose_edition: Compose
) -> None:
    add(bus_lanes, "{id: x, kind: succession, title: Orders.}")

    tree = compose_edition().tree

    for section, name in (("areas", "x"), ("obstacles", "hindrances")):
        parts = tree.findall(f".//section[@id='{section}']/*")
        assert [part.tag for part in parts][:2] == ["h2", "section"]
        assert parts[2].get("id") == name


def test_the_annex_has_the_data_of_drawn_figures_as_tables(compose_edition: Compose) -> None:
    document = compose_edition()

    drawn = [figure for figure in document.figures if figure.drawn]
    tables = [document.tree.find(f".//table[@id='{figure.id}-data']") for figure in drawn]
    assert drawn
    for figure, table in zip(drawn, tables, strict=True):
        assert table is not None
        assert table.get("class") == "data"
        assert len(table.findall(".//tbody/tr")) == len(figure.rows)
        assert all(row[0].get("scope") == "row" for row in table.iterfind(".//tbody/tr"))


def test_positions_are_shown_on_no_area_that_the_brief_leaves_out(bus_lanes: Path) -> None:
    loaded = load_project(bus_lanes)
    found = loaded.dossiers["bus-lanes"]
    edition = found.editions["overview"].edition
    left_out = {"exclude": ({"id": "bus-journeys", "reason": "For want of room."},)}
    views = {"id": "views", "kind": "positions", "title": "Who holds what.", "records": []}
    figure = Figure.model_validate(
        views | {"records": ["council", "traders", "bus-journeys", "permanent-order"]}
    )

    whole = tailor(found.dossier, edition, "full")
    fewer = tailor(found.dossier, Edition.model_validate(edition.model_dump() | left_out), "full")

    assert subjects_of(figure, whole) == ["bus-journeys", "permanent-order"]
    assert subjects_of(figure, fewer) == ["permanent-order"]

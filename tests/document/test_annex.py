"""The annex of evidence."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.annex import ClaimRow, claim_rows, order_claims, order_figure_data
from briefgen.document.ledger_of import with_basis
from briefgen.document.locale import Locale
from briefgen.document.model import Document
from briefgen.edition.models import Length
from briefgen.edition.tailor import tailor


def compose(project: Path, length: Length = "full") -> Document:
    loaded = load_project(project)
    target = find_targets(loaded, ["overview"])[0]
    return Engine(loaded).compose(tailor(target.dossier.dossier, target.edition, length))


def rows(document: Document) -> list[etree._Element]:
    return [row for row in document.tree.iter("tr") if row.get("id", "").startswith("claim-")]


def row_of(name: str, project: Path, locale: Locale) -> ClaimRow:
    dossier = load_project(project).dossiers["bus-lanes"].dossier
    return next(row for row in claim_rows(dossier, locale) if row.id == name)


def test_the_rows_are_the_cited_claims_in_order_with_what_they_are_inferred_from(
    bus_lanes: Path,
) -> None:
    document = compose(bus_lanes)
    dossier = load_project(bus_lanes).dossiers["bus-lanes"].dossier

    names = [str(row.get("id")).removeprefix("claim-") for row in rows(document)]

    assert names == list(with_basis(document.claims, dossier))
    assert len(names) < len(dossier.claims)
    assert [row[0].text for row in rows(document)] == [str(n + 1) for n in range(len(names))]


def test_a_link_to_a_claim_says_its_number(bus_lanes: Path) -> None:
    found = rows(compose(bus_lanes))
    numbers = {f"#{row.get('id')}": row[0].text for row in found}

    links = [a for row in found for a in row.iter("a") if a.get("href", "") in numbers]

    assert links
    assert all(link.text == numbers[link.get("href", "")] for link in links)


def plain(text: str) -> str:
    """The text with spaces that may break."""
    return text.replace("\u00a0", " ")


def test_every_source_of_the_annex_stands_in_the_list_of_sources(bus_lanes: Path) -> None:
    document = compose(bus_lanes)
    listed = {li.get("id") for li in document.tree.iter("li")}

    named = {a.get("href", "")[1:] for row in rows(document) for a in row.iter("a")}

    assert {name for name in named if name.startswith("source-")} <= listed


def test_what_contradicts_a_claim_is_marked_and_what_supports_it_is_not(
    bus_lanes: Path, locale: Locale
) -> None:
    passages = row_of("takings-fell", bus_lanes, locale).passages
    supports, against = (plain(passage) for passage in passages)

    assert supports.startswith("‘61 of 86 members reported lower takings’, <a ")
    assert against.startswith("<strong>Against:</strong> ‘the bookshop says her takings rose’")


def test_a_status_is_said_only_where_it_is_not_current(bus_lanes: Path, locale: Locale) -> None:
    contested, current = (
        row_of("takings-fell", bus_lanes, locale),
        row_of("cars-slower", bus_lanes, locale),
    )

    assert plain(contested.kind) == "Position, about October 2023, contested"
    assert plain(current.kind) == "Fact, March 2023"


def test_passages_of_one_source_stand_together(bus_lanes: Path, locale: Locale) -> None:
    row = row_of("takings-fell", bus_lanes, locale)
    first = row.claim.evidence[0]
    twice = row.claim.model_copy(update={"evidence": (first, first)})

    (passage,) = ClaimRow(twice, row.dossier, locale).passages

    assert plain(passage).count("‘61 of 86 members reported lower takings’") == 2
    assert passage.count("<a ") == 1


def test_a_table_without_any_cited_claim_is_taken_out(bus_lanes: Path) -> None:
    dossier = load_project(bus_lanes).dossiers["bus-lanes"].dossier
    html = (
        '<body><table class="evidence"><tbody><tr id="claim-cars-slower"><th/></tr></tbody></table>'
        '<table class="data"><tbody/></table></body>'
    )
    tree = etree.fromstring(html)

    assert order_claims(tree, [], dossier) == set()
    assert [table.get("class") for table in tree.iter("table")] == ["data"]


def test_shorter_lengths_have_no_annex(bus_lanes: Path) -> None:
    assert rows(compose(bus_lanes, "brief")) == []


FIGURES = "<figure id='b'/><p>Text.</p><figure id='a'/>"


def ids_of_tables(html: str) -> list[str]:
    tree = etree.fromstring(f"<body>{html}</body>")
    order_figure_data(tree)
    return [str(table.get("id")) for table in tree.iter("table")]


def test_the_data_of_figures_stand_in_the_order_of_the_figures() -> None:
    tables = "<table id='a-data'/><p>Between.</p><table id='b-data'/>"

    assert ids_of_tables(FIGURES + tables) == ["b-data", "a-data"]


def test_tables_that_are_no_data_of_a_figure_stay_where_they_are() -> None:
    tables = "<table id='a-data'/><table id='steps'/><table id='c-data'/><table id='b-data'/>"

    assert ids_of_tables(FIGURES + tables) == ["b-data", "steps", "c-data", "a-data"]

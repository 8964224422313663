"""The whole document: a golden page, fields, disclosure, figures or tables, hostile words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from briefgen.build.project import find_targets, load_project
from briefgen.document.disclosure import disclose, mix_of_evidence
from briefgen.document.locale import Locale
from briefgen.document.model import Document
from briefgen.document.vocabulary import SVG
from briefgen.dossier.records import Area
from briefgen.edition.tailor import Brief, tailor
from briefgen.problems import ProblemsFound

GOLDEN = Path(__file__).parents[1] / "golden" / "bus-lanes-overview.html"
Compose = Callable[..., Document]
Edit = Callable[[str, str, str], None]

OWN_LINES = re.compile(
    r"(?=<(?:body|header|section|nav|aside|figure|figcaption|table|caption|thead|tbody|tr|th|td|"
    r"[ou]l|li|dl|div|p|h[1-4]|svg|g|text|line|circle|rect|title|desc|meta)\b)"
)


def readable(tree: etree._Element) -> str:
    """The page with each block on a line of its own and nothing else changed."""
    html = etree.tostring(tree, encoding="unicode")
    lines = OWN_LINES.sub("\n", " ".join(html.split())).split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def text_of(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def section(document: Document, section_id: str) -> etree._Element:
    found = document.tree.find(f".//*[@id='{section_id}']")
    assert found is not None
    return found


# --- Golden -------------------------------------------------------------------


def test_the_overview_is_the_golden_page(compose_edition: Compose, *, update_golden: bool) -> None:
    page = readable(compose_edition("overview").tree)

    if update_golden:
        GOLDEN.write_text(page, "utf-8")
    assert page.splitlines() == GOLDEN.read_text("utf-8").splitlines()


def test_the_document_carries_what_formats_need(compose_edition: Compose) -> None:
    document = compose_edition("shopkeepers")

    assert (document.language, document.title, document.subject, document.author) == (
        "en-GB",
        "Ask the tills first",
        "Should shops accept more bus lanes?",
        "clerk@harrowmere.example",
    )
    assert (document.edition_label, document.version, document.issued, document.issued_words) == (
        "Shopkeepers’ edition",
        "1.0",
        "2024-09",
        "September 2024",
    )
    assert (document.status, document.handling) == ("for-comment", "For the committee")
    assert document.claims[:2] == ("takings-fell", "visitors-unchanged")


def test_a_document_without_contact_has_no_author(compose_edition: Compose, edit: Edit) -> None:
    edit("editions/_base.yaml", "contact: clerk@harrowmere.example\n", "")

    assert compose_edition("overview").author == ""


# --- Fields -------------------------------------------------------------------


def test_every_text_of_a_record_carries_its_field(compose_edition: Compose) -> None:
    tree = compose_edition("shopkeepers").tree

    fields = {str(e.get("data-field")) for e in tree.iter() if e.get("data-field")}
    assert {
        "dossier/title",
        "editions/shopkeepers/title",
        "editions/shopkeepers/bottom_line",
        "editions/shopkeepers/key_messages/takings/counter",
        "editions/shopkeepers/context#0",
        "editions/shopkeepers/lens/areas/deliveries/text/summary",
        "editions/shopkeepers/lens/areas/trade/so_what",
        "editions/shopkeepers/exclude/split-committee/reason",
        "areas/trade/title",
        "areas/trade/summary",
        "recommendations/paint-bays/first_step",
        "actors/council/short",
        "sources/gazette-2024/note",
        "claims/takings-fell/note",
    } <= fields
    assert "areas/deliveries/summary" not in fields


def test_a_field_has_one_primary_place(compose_edition: Compose) -> None:
    tree = compose_edition("overview").tree

    places = [e for e in tree.iter() if e.get("data-field")]
    primary = Counter(e.get("data-field") for e in places if e.get("data-copy") is None)
    assert set(primary.values()) == {1}
    assert set(primary) == {e.get("data-field") for e in places}
    assert any(e.get("data-copy") == "" for e in places)


def test_what_the_program_adds_inside_a_field_is_marked(compose_edition: Compose) -> None:
    tree = compose_edition("overview").tree

    added = [e for e in tree.iter("span") if e.get("class") in ("footnote", "generated")]
    inside = [e for e in added if any(a.get("data-field") for a in e.iterancestors())]
    assert inside
    assert all(e.get("data-generated") == "" for e in inside)


def test_an_edition_s_own_owner_and_signs_stand_in_place_of_the_record_s(
    compose_edition: Compose, edit: Edit
) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "position: adapt\n      so_what: Ask for mornings only [@morning-only].\n      text:\n",
        "position: adapt\n      owner: [traders, council]\n      horizon: long-term\n"
        "      so_what: Ask for mornings only [@morning-only].\n      text:\n"
        "        indicator: Our letter is answered.\n        risk: Nobody answers.\n",
    )

    tree = compose_edition("shopkeepers").tree

    row = next(row for row in tree.iter("tr") if text_of(row[0]) == "Review the hours")
    assert text_of(row[1]) == "Traders, Council"
    assert text_of(row[2]) == "Longer term"
    texts = {e.get("data-field"): text_of(e) for e in tree.iter("span")}
    lens = "editions/shopkeepers/lens/recommendations/review-hours/text"
    assert texts[f"{lens}/indicator"] == "Our letter is answered."
    assert texts[f"{lens}/risk"] == "Nobody answers."
    assert "recommendations/review-hours/risk" not in texts


def test_without_an_owner_of_the_edition_the_record_s_stands(compose_edition: Compose) -> None:
    tree = compose_edition("shopkeepers").tree

    row = next(row for row in tree.iter("tr") if text_of(row[0]) == "Review the hours")
    assert text_of(row[1]) == "Council"


# --- Words of people ----------------------------------------------------------


def test_markup_characters_in_titles_are_text_everywhere(
    compose_edition: Compose, edit: Edit
) -> None:
    hostile = "'A & B <script>alert(x)</script> {{ edition }} {% if x %} ]]>'"
    shown = "A & B <script>alert(x)</script> {{ edition }} {% if x %} ]]>"
    edit("editions/overview.yaml", "title: Faster buses, open questions", f"title: {hostile}")

    document = compose_edition("overview")

    assert document.title == shown
    for element in (document.tree.find("head/title"), document.tree.find(".//h1")):
        assert element is not None
        assert text_of(element) == shown
    assert not list(document.tree.iter("script"))


def test_a_character_that_no_document_can_hold_is_reported(
    compose_edition: Compose, edit: Edit
) -> None:
    edit("editions/overview.yaml", "label: Overview", 'label: "Over\\u0001view"')

    with pytest.raises((ProblemsFound, AssertionError), match=r"U\+0001"):
        compose_edition("overview")


# --- Disclosure ---------------------------------------------------------------


def origins(document: Document) -> dict[str, str]:
    """For each recommendation that the document explains: what it says of its origin."""
    sections = {part.get("id"): part for part in document.tree.iter("section")}
    told = {}
    for part in sections["recommendations"].findall("section"):
        text = " ".join("".join(map(str, part.itertext())).split())
        told[part.get("id", "")] = text.partition("Origin: ")[2]
    return told


def test_a_recommendation_says_whether_a_source_proposes_it_or_we_do(
    compose_edition: Compose, bus_lanes: Path
) -> None:
    told = origins(compose_edition("overview"))

    records = load_project(bus_lanes).dossiers["bus-lanes"].dossier.recommendations
    assert {records[name].proposed_by != () for name in told} == {True, False}
    for name, words in told.items():
        if records[name].proposed_by:
            assert words == "proposed by Harrowmere Traders’ Association."
        else:
            assert words == "our own proposal."


def test_a_step_that_the_edition_adapts_is_not_ascribed_to_whom_it_comes_from(
    compose_edition: Compose,
) -> None:
    told = origins(compose_edition("shopkeepers"))

    assert told["paint-bays"] == "proposed by Harrowmere Traders’ Association."
    assert told["review-hours"] == "adapted from a proposal by Harrowmere Traders’ Association."


def brief_of(bus_lanes: Path, name: str) -> Brief:
    target = find_targets(load_project(bus_lanes), [name])[0]
    return tailor(target.dossier.dossier, target.edition, "full")


def test_what_is_left_out_is_counted_and_the_weightiest_named(
    bus_lanes: Path, locale: Locale
) -> None:
    brief = brief_of(bus_lanes, "shopkeepers")
    counts, weightiest = disclose(brief, locale).sentences

    every = {kind: len(brief.dossier.records(kind)) for kind in ("areas", "obstacles")}
    assert f"{len(brief.areas)} of {every['areas']} areas" in counts
    assert f"{len(brief.obstacles)} of {every['obstacles']} obstacles" in counts
    assert weightiest.startswith("The weightiest omissions are ‘")
    assert "who votes how is for the ballot box" in weightiest.striptags()


def test_every_area_that_is_not_shown_is_named(bus_lanes: Path, locale: Locale) -> None:
    brief = brief_of(bus_lanes, "shopkeepers")
    told = disclose(brief, locale)

    said = " ".join(
        [str(told.sentences[1].striptags())]
        + [str(title.striptags()) for _, titles in told.lists for title in titles]
    )
    not_shown = [item.record for item in brief.left_out if isinstance(item.record, Area)]
    assert not_shown
    for area in not_shown:
        assert area.title in said or area.short in said, area.id


def test_every_reason_for_leaving_out_is_told(bus_lanes: Path, locale: Locale) -> None:
    brief = brief_of(bus_lanes, "shopkeepers")
    told = disclose(brief, locale)

    said = " ".join(
        [str(told.sentences[1].striptags())]
        + [str(title.striptags()) for _, titles in told.lists for title in titles]
    )
    reasons = [item.reason for item in brief.left_out if item.reason]
    assert reasons
    assert all(f"({reason})" in said for reason in reasons)


def test_an_edition_that_shows_everything_says_so(
    bus_lanes: Path, locale: Locale, edit: Edit
) -> None:
    edit("editions/_base.yaml", "{areas: 5, obstacles: 5, recommendations: 5}", "{areas: 50}")
    edit("editions/_base.yaml", "{areas: 50}", "{areas: 50, obstacles: 50, recommendations: 50}")

    assert disclose(brief_of(bus_lanes, "overview"), locale).sentences == (
        "Nothing in the dossier is left out.",
    )


def test_the_mix_of_evidence_counts_claims_sources_and_roles(bus_lanes: Path) -> None:
    mix = mix_of_evidence(brief_of(bus_lanes, "overview"), ["takings-fell", "gain-is-real"])

    assert mix["claims_used"] == 2
    assert mix["evidence_by_source"] == {"gazette-2024": 1, "traders-2024": 1}
    assert mix["evidence_by_role"] == {"contradicts": 1, "supports": 1}


# --- Sections and figures -----------------------------------------------------


def test_what_is_empty_is_neither_shown_nor_listed(
    compose_edition: Compose, edit: Edit, bus_lanes: Path
) -> None:
    text = (bus_lanes / "data/bus-lanes/editions/overview.yaml").read_text("utf-8")
    counter_view = text[text.index("counter_view:") : text.index("figures:")]
    edit("editions/overview.yaml", counter_view, "")

    document = compose_edition("overview")

    assert document.tree.find(".//*[@id='case-against']") is None
    assert "#case-against" not in [a.get("href") for a in document.tree.iter("a")]
    assert "#left-out" in [a.get("href") for a in document.tree.iter("a")]


def test_only_sources_that_a_note_cites_are_listed(compose_edition: Compose) -> None:
    document = compose_edition("overview")

    listed = {str(li.get("id")) for li in section(document, "sources").iter("li")}
    assert listed == {"source-council-report-2023", "source-gazette-2024", "source-traders-2024"}


def test_abbreviations_are_listed_only_when_used(compose_edition: Compose, edit: Edit) -> None:
    edit("terms.yaml", "- id:", "- {id: term-zzz, term: ZZZ, expansion: never used}\n\n- id:")

    listed = [text_of(dt) for dt in section(compose_edition(), "abbreviations").iter("dt")]

    assert "ETO" in listed
    assert "ZZZ" not in listed
    assert listed == sorted(listed, key=str.casefold)


def test_a_figure_has_a_title_a_description_and_a_caption(compose_edition: Compose) -> None:
    for figure in compose_edition("overview").tree.iter("figure"):
        svg = figure.find(f"{SVG}svg")
        assert svg is not None
        assert [str(child.tag) for child in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert text_of(svg[0])
        assert text_of(svg[1])
        assert text_of(figure[1]).startswith("Figure\u00a0".replace("\u00a0", " "))


def test_a_table_takes_the_place_of_a_figure_without_enough_data(
    compose_edition: Compose, edit: Edit
) -> None:
    edit(
        "editions/overview.yaml",
        "    title: Market Street, 2021 to 2025.\n",
        "    title: Market Street, 2021 to 2023.\n    records: [approval, opening, permanence]\n",
    )

    document = compose_edition("overview")

    table = section(document, "history")
    assert table.tag == "table"
    assert len(list(table.iter("tr"))) == 4
    assert (
        "overview: a table stands in place of the timeline: too little data, or more than fits"
    ) in document.warnings


def test_headings_are_not_skipped_and_links_lead_somewhere(compose_edition: Compose) -> None:
    for name in ("overview", "shopkeepers"):
        tree = compose_edition(name).tree
        levels = [int(str(h.tag)[1]) for h in tree.iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        ids = {e.get("id") for e in tree.iter() if e.get("id")}
        links = [str(a.get("href")) for a in tree.iter("a") if a.get("href", "").startswith("#")]
        assert links
        assert {link[1:] for link in links} <= ids

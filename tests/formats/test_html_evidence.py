"""HTML: what a claim shows, the ledger as data, colours in the dark, data of figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.contrast import contrast
from briefgen.document.ledger import CitedSource, Ground, Ledger, Quote
from briefgen.document.model import Document, FigureData
from briefgen.document.prose import typeset, typeset_quote
from briefgen.document.vocabulary import SVG
from briefgen.edition.models import Length
from briefgen.edition.tailor import tailor
from briefgen.formats.html import render_html
from briefgen.formats.html.colours import PAPER, TINT, legible
from briefgen.formats.html.evidence import Telling, claims_list
from briefgen.formats.html.figures import add_data, label_cells, recolour
from briefgen.formats.html.words import words_of

ROOT = Path(__file__).parents[2]
Edit = Callable[[str, str, str], None]
ADDRESS = re.compile(r"`#([^`]+)`")
PART = re.compile(r"<\w+>")
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.fixture
def document(bus_lanes: Path) -> Document:
    """A brief, which has no annex."""
    return compose(bus_lanes, "brief")


def compose(folder: Path, length: Length) -> Document:
    project = load_project(folder)
    target = find_targets(project, ["overview"])[0]
    return Engine(project).compose(tailor(target.dossier.dossier, target.edition, length))


def read(document: Document) -> html.HtmlElement:
    return html.document_fromstring(render_html(document, "").decode())


def test_each_note_holds_its_claims_with_quotes_and_roles(document: Document) -> None:
    page = read(document)
    notes = [passage for passage in document.ledger.passages if passage.is_note]

    assert notes
    for note in notes:
        shown = page.get_element_by_id(f"note_{note.note}")
        claims = [claim for claim in document.ledger.claims if claim.id in note.claims]
        text = shown.text_content()
        assert all(typeset(claim.statement) in text for claim in claims)
        assert all(claim.status in text for claim in claims)
        assert all(
            typeset_quote(quote.quote) in text for claim in claims for quote in claim.evidence
        )


def test_a_source_is_told_once_where_its_passages_follow_each_other() -> None:
    quotes = [
        Quote("one", "first words", "supports", None, None, None),
        Quote("one", "other words", "supports", None, None, None),
        Quote("two", "last words", "contradicts", None, None, None),
    ]
    claim = Ground("c", "fact", "It is so", "2024", "current", None, None, (), tuple(quotes))
    sources = (CitedSource("one", "Nagy, ‘One’", "A professor.", None),)
    telling = Telling(Ledger((), (claim,), sources), words_of("en"), str)

    told = claims_list(["c"], telling).iterfind(".//ul[@class='passages']/li")

    assert ["".join(map(str, passage.itertext())) for passage in told] == [
        "Supports first words Nagy, ‘One’. A professor.",
        "Supports other words The same source.",
        "Contradicts last words two.",
    ]


def test_cells_of_listed_tables_know_their_heads() -> None:
    heads = "<thead><tr><th>Do</th><th>Who</th></tr></thead>"
    rows = f"{heads}<tbody><tr><th>a</th><td>b</td></tr></tbody>"
    body = etree.fromstring(
        f"<body><table class='steps'>{rows}</table><table class='data'>{rows}</table></body>"
    )

    label_cells(body)

    assert [cell.get("data-label") for cell in body.iter("td")] == ["Who", None]
    assert [cell.get("data-label") for cell in body.iter("th")] == [None] * 6


def test_statements_and_passages_have_typographic_marks(document: Document) -> None:
    claims = document.ledger.claims
    first = next(claim for claim in claims if claim.evidence)
    quote = replace(first.evidence[0], quote="the council's *own* words")
    claim = replace(first, statement="The council's plan.", evidence=(quote,))
    ledger = replace(document.ledger, claims=(claim,))

    shown = read(replace(document, ledger=ledger)).get_element_by_id(f"claim-{claim.id}")

    assert shown.getparent().find("summary").text == "The council’s plan."
    assert shown.find(".//q").text == "the council’s own words"


def test_a_mark_is_joined_to_the_text_before_it(document: Document) -> None:
    page = read(document)
    calls = page.xpath("//sup[@class='note-call']")

    assert calls
    assert all(call.text == "\u2060" for call in calls)


def test_every_claim_has_an_id_of_its_own(document: Document) -> None:
    page = read(document)
    ids = page.xpath("//section[@class='evidence']//div/@id")

    assert ids == [f"claim-{claim.id}" for claim in document.ledger.claims]


def test_what_the_annex_tells_is_not_told_again(bus_lanes: Path) -> None:
    full = compose(bus_lanes, "full")
    page = read(full)

    assert page.xpath("//section[@class='evidence']") == []
    for claim in full.ledger.claims:
        assert page.get_element_by_id(f"claim-{claim.id}").tag == "tr"


def test_messages_sections_and_tables_link_to_themselves(document: Document) -> None:
    page = read(document)

    assert page.xpath("//ol[@class='messages']/li/a[@class='self']")
    for link in page.xpath("//a[@class='self']"):
        assert link.get("aria-label", "").startswith("Link to ")
        assert page.get_element_by_id(link.get("href")[1:]) is not None


def test_the_addresses_of_a_page_are_documented(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/_base.yaml", "lengths: [full]", "lengths: [one-page, brief, full]")
    text = (
        (ROOT / "docs/document.md")
        .read_text("utf-8")
        .partition("## Addresses in HTML")[2]
        .partition("## ")[0]
    )
    documented = [
        address
        for row in text.split("\n| ")[2:]
        for address in ADDRESS.findall(row.partition(" |")[0])
    ]
    patterns = [re.compile(PART.sub("[a-z0-9-]+", address)) for address in documented]
    lengths: tuple[Length, ...] = ("one-page", "brief", "full")

    pages = [read(compose(bus_lanes, length)) for length in lengths]

    ids = {element.get("id") for page in pages for element in page.iter() if element.get("id")}
    assert [name for name in ids if not any(p.fullmatch(name) for p in patterns)] == []
    assert [p.pattern for p in patterns if not any(map(p.fullmatch, ids))] == []


def test_a_hostile_text_cannot_leave_the_ledger(document: Document) -> None:
    hostile = "</script><script>alert(1)</script><!-- <script>"
    claims = (replace(document.ledger.claims[0], note=hostile), *document.ledger.claims[1:])
    page = read(replace(document, ledger=replace(document.ledger, claims=claims)))

    scripts = list(page.iter("script"))
    assert [script.get("id") for script in scripts] == ["ledger", None]
    assert json.loads(str(scripts[0].text))["claims"][0]["note"] == hostile


@given(COLOURS)
def test_any_accent_is_legible_in_the_dark_and_in_the_light(accent: str) -> None:
    for grounds, toward in (((PAPER["dark"], TINT), "#ffffff"), ((PAPER["light"],), "#000000")):
        shown = legible(accent, grounds, toward)

        assert all(contrast(shown, ground) >= 4.5 for ground in grounds)


def test_a_colour_that_is_legible_stays_as_it_is() -> None:
    assert legible("#1d4f5c", ("#ffffff",), "#000000") == "#1d4f5c"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("colour", "plate"), [("ink", None), ("#123456", "plate"), ("none", None)])
def test_a_drawing_follows_the_page_or_stands_on_a_plate(
    document: Document, colour: str, plate: str | None
) -> None:
    value = document.theme.colours["ink"] if colour == "ink" else colour
    body = etree.Element("body")
    figure = etree.SubElement(body, "figure")
    text = etree.SubElement(etree.SubElement(figure, f"{SVG}svg"), f"{SVG}text", {"fill": value})

    recolour(body, document.theme)

    assert figure.get("class") == plate
    assert text.get("fill") == ("var(--ink)" if colour == "ink" else colour)


def figure_with(*, drawn: bool, beside: str = "") -> str:
    """A figure and perhaps something beside it, after its data were offered."""
    body = etree.fromstring(f'<body><figure id="steps"/>{beside}</body>')
    data = FigureData("steps", "Steps", ("Date", "Event"), (("2005", "Relief & rescue"),), drawn)
    add_data(body, [data], "Data of the figure")
    return etree.tostring(body[0], with_tail=False).decode()


def test_the_data_of_a_figure_are_a_closed_table() -> None:
    assert figure_with(drawn=True) == (
        '<figure id="steps"><details class="figure-data"><summary>Data of the figure</summary>'
        '<table class="data" id="steps-data"><caption>Steps</caption>'
        '<thead><tr><th scope="col">Date</th><th scope="col">Event</th></tr></thead>'
        '<tbody><tr><th scope="row">2005</th><td>Relief &amp; rescue</td></tr></tbody>'
        "</table></details></figure>"
    )


def test_data_that_the_document_tells_itself_are_not_told_again() -> None:
    assert figure_with(drawn=False) == '<figure id="steps"/>'
    assert figure_with(drawn=True, beside='<table id="steps-data"/>') == '<figure id="steps"/>'


def test_a_remark_links_the_claims_that_it_cites(document: Document) -> None:
    first, second = document.ledger.claims[:2]
    remark = f"Seen before [@{second.id}; @unknown], or not [@unknown]."
    claims = (replace(first, note=remark), *document.ledger.claims[1:])
    page = read(replace(document, ledger=replace(document.ledger, claims=claims)))

    shown = page.get_element_by_id(f"claim-{first.id}").xpath("./p[@class='remark']")[0]
    assert shown.text_content() == "Seen before claim, or not."
    assert shown.xpath("./a/@href") == [f"#claim-{second.id}"]


def test_dates_of_claims_stand_in_words(document: Document) -> None:
    data = render_html(document, "", lambda edtf: f"the date {edtf}").decode()

    assert f"as of the date {document.ledger.claims[0].as_of}" in data

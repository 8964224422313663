"""HTML: one file without requests, notes linked both ways, the document's text in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.model import Document
from briefgen.document.vocabulary import SVG
from briefgen.edition.tailor import tailor
from briefgen.formats.css import RefusedAddress, css_string, css_variables
from briefgen.formats.html import render_html

SCREEN = "p { color: var(--ink) }"
Render = Callable[..., html.HtmlElement]


def compose(project: Path, name: str) -> tuple[Document, bytes]:
    """A document and its HTML in the layout's own styles."""
    loaded = load_project(project)
    target = find_targets(loaded, [name])[0]
    engine = Engine(loaded)
    document = engine.compose(tailor(target.dossier.dossier, target.edition, "full"))
    return document, engine.render(document, target.edition.layout, "html")


def words(text: str) -> str:
    return " ".join(text.split())


def read(data: bytes) -> html.HtmlElement:
    return html.document_fromstring(data.decode(), parser=html.HTMLParser(encoding="utf-8"))


@pytest.fixture
def page(bus_lanes: Path) -> html.HtmlElement:
    return read(compose(bus_lanes, "overview")[1])


@pytest.mark.parametrize("name", ["overview", "shopkeepers"])
def test_the_page_asks_for_nothing(bus_lanes: Path, name: str) -> None:
    _, data = compose(bus_lanes, name)
    page = read(data)

    assert [link.get("href") for link in page.iter("link")] == ["data:,"]
    assert not list(page.iter("iframe", "object", "embed", "img", "base"))
    assert not page.xpath("//@src | //@srcset | //@background | //@poster | //@style")
    for sheet in page.iter("style"):
        assert "@import" not in str(sheet.text)
        assert not re.search(r"url\((?!data:)", str(sheet.text))
    outside = [href for href in page.xpath("//a/@href") if not href.startswith("#")]
    assert all(href.startswith(("https:", "mailto:")) for href in outside)


def test_the_page_is_a_sound_html5_file(bus_lanes: Path) -> None:
    from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

    _, data = compose(bus_lanes, "overview")

    assert data.startswith(b'<!DOCTYPE html>\n<html lang="en-GB">')
    parser = HTMLParser()
    parser.parse(data.decode())
    assert parser.errors == []


def test_no_closed_tag_of_xml_is_left_open_by_a_browser(bus_lanes: Path) -> None:
    document, data = compose(bus_lanes, "overview")

    # A browser would take <p/> or <span/> for an opening tag.
    in_svg = re.sub(rb"<svg.*?</svg>", b"", data, flags=re.DOTALL)
    assert set(re.findall(rb"<(\w+)[^<>]*/>", in_svg)) <= {b"meta", b"br"}
    own = "ancestor::section[@class='notes' or @class='evidence']"
    assert len(document.tree.findall(".//p")) == len(read(data).xpath(f"//p[not({own})]"))


def test_the_head_names_language_width_and_title(page: html.HtmlElement) -> None:
    assert page.get("lang") == "en-GB"
    assert page.findtext("head/title") == "Faster buses, open questions"
    first, second = list(page.iter("meta"))[:2]
    assert first.get("charset") == "utf-8"
    assert (second.get("name"), second.get("content")) == (
        "viewport",
        "width=device-width, initial-scale=1",
    )


def test_notes_are_linked_both_ways(page: html.HtmlElement) -> None:
    notes = page.xpath("//section[@class='notes']/ol/li/div")
    calls = page.xpath("//sup[@class='note-call']")

    assert len(notes) == len(calls) > 10
    for number, (note, call) in enumerate(zip(notes, calls, strict=True), start=1):
        assert note.get("id") == f"note_{number}"
        assert call.get("id") == f"call_{number}"
        assert note.xpath(".//a[@class='back']/@href") == [f"#call_{number}"]
        assert call.find("button").get("popovertarget") == f"note_{number}"
        assert call.text_content() == f"\u2060{number}"


def test_ids_are_unique_and_links_lead_to_them(page: html.HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))

    assert set(ids.values()) == {1}
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_a_record_may_be_called_note_1(bus_lanes: Path) -> None:
    for file in (bus_lanes / "data" / "bus-lanes").rglob("*.yaml"):
        text = re.sub(r"\btrade\b(?=[:,\]\n}])", "note-1", file.read_text("utf-8"))
        file.write_text(text, "utf-8")

    ids = Counter(read(compose(bus_lanes, "overview")[1]).xpath("//@id"))

    assert ids["note-1"] == 1
    assert set(ids.values()) == {1}


@pytest.mark.parametrize("name", ["overview", "shopkeepers"])
def test_headings_go_down_step_by_step(bus_lanes: Path, name: str) -> None:
    page = read(compose(bus_lanes, name)[1])
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", ["overview", "shopkeepers"])
def test_the_text_is_the_documents_in_its_order(bus_lanes: Path, name: str) -> None:
    document, data = compose(bus_lanes, name)
    page = read(data)
    for own in page.xpath(
        "//sup[@class='note-call'] | //section[@class='notes' or @class='evidence'] | //script"
    ):
        own.drop_tree()
    tree = document.tree.find("body")
    assert tree is not None
    etree.strip_elements(tree, f"{SVG}svg", with_tail=False)
    for note in [span for span in tree.iter("span") if span.get("class") == "footnote"]:
        note[:], note.text = [], None
    for drawing in list(page.iter("svg")):
        drawing.drop_tree()

    assert words(page.find("body").text_content()) == words("".join(map(str, tree.itertext())))


def test_the_document_itself_stays_as_it_was(bus_lanes: Path) -> None:
    document, _ = compose(bus_lanes, "overview")
    before = etree.tostring(document.tree)

    render_html(document, SCREEN)

    assert etree.tostring(document.tree) == before


# --- Styles -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "address"),
    [
        ('@import "https://x.example/a.css";', "https://x.example/a.css"),
        ("@import url(https://x.example/a.css);", "https://x.example/a.css"),
        ("p { background: url(https://x.example/a.png) }", "https://x.example/a.png"),
        ("p { background: url('//x.example/a.png') }", "//x.example/a.png"),
        ("p { background: u\\72l('a.png') }", "a.png"),
        ("@media print { p { background: image-set('a.png' 1x) } }", "a.png"),
        ("@font-face { src: local(x), url(../../f.ttf) }", "../../f.ttf"),
        ("p { background: url(file:///etc/passwd) }", "file:///etc/passwd"),
    ],
)
def test_a_style_sheet_that_asks_for_something_is_refused(
    bus_lanes: Path, css: str, address: str
) -> None:
    document, _ = compose(bus_lanes, "overview")

    with pytest.raises(RefusedAddress) as refused:
        render_html(document, css)

    assert str(refused.value) == (
        f"the document asks for {address}\n  help: only fonts, the layout and data: addresses "
        "may be used; put the picture into the layout as a data: address"
    )
    assert refused.value.exit_code == 1


def test_a_style_sheet_may_hold_its_pictures(bus_lanes: Path) -> None:
    document, _ = compose(bus_lanes, "overview")
    css = "p { background: url(data:image/png;base64,AA==); content: 'https://x.example' }"

    assert b"data:image/png;base64,AA==" in render_html(document, css)


def test_a_style_sheet_cannot_end_itself(bus_lanes: Path) -> None:
    document, _ = compose(bus_lanes, "overview")

    page = read(render_html(document, "p::before { content: '</style><script>x</script>' }"))

    assert [s.get("id") for s in page.iter("script")] == ["ledger", None]
    assert len(list(page.iter("style"))) == 1


def test_the_theme_becomes_variables(bus_lanes: Path) -> None:
    theme = compose(bus_lanes, "overview")[0].theme

    css = css_variables(theme)

    assert f"--ink: {theme.colours['ink']};" in css
    assert '--text-font: "Source Serif Pro", Georgia, serif;' in css
    assert "--body-size: 10pt; --body-line: 14pt;" in css
    assert "--full-width: 158mm" in css


def test_the_name_of_a_face_cannot_leave_its_quotation_marks(bus_lanes: Path) -> None:
    theme = compose(bus_lanes, "overview")[0].theme
    fonts = theme.fonts.model_copy(update={"text": 'X"; } </style>'})

    css = css_variables(theme.model_copy(update={"fonts": fonts}))

    assert '--text-font: "X\\22 ; } \\3c /style>", Georgia' in css


@pytest.mark.parametrize(
    ("text", "css"),
    [
        ("plain", '"plain"'),
        ('say "x"', '"say \\22 x\\22 "'),
        ("back\\slash", '"back\\5c slash"'),
        ("two\nlines", '"two\\a lines"'),
        ("</style>", '"\\3c /style>"'),
    ],
)
def test_text_becomes_a_css_string(text: str, css: str) -> None:
    assert css_string(text) == css

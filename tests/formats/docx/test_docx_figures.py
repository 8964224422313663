"""Figures: the SVG for Word, the picture for other programs, the words for those who listen."""

from __future__ import annotations

import base64
import re

from docx.image.image import Image
from docx_opened import Element, Opened, find, values
from docx_sample import document_of, sample, word_style
from lxml import etree

from briefgen.formats.docx.render import render_docx

DRAWING = (
    '<figure><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><title>{0}</title>'
    '<text x="2" y="8" font-size="6">{0}</text></svg><figcaption>{0}</figcaption></figure>'
)
BLIP = "//*[local-name()='blip']"
EXTENSION = f"{BLIP}/*[local-name()='extLst']/*[local-name()='ext']"


def rendered(*words: str) -> Opened:
    body = "".join(DRAWING.format(word) for word in words)
    return Opened(render_docx(document_of(body), word_style()))


def related(opened: Opened) -> dict[str, str]:
    """What the relations of the text point at, by their ids."""
    relations = opened.part("word/_rels/document.xml.rels")
    images = [e for e in relations if str(e.get("Type")).endswith("/image")]
    return {str(e.get("Id")): f"word/{e.get('Target')}" for e in images}


def pictures(opened: Opened) -> list[str]:
    return [related(opened)[key] for key in values(opened.body, f"{BLIP}/@r:embed")]


def drawings(opened: Opened) -> list[str]:
    path = f"{EXTENSION}/*[local-name()='svgBlip']/@r:embed"
    return [related(opened)[key] for key in values(opened.body, path)]


def svg_of(opened: Opened) -> Element:
    return opened.part(drawings(opened)[0])


def test_no_drawing_has_the_name_of_a_caption() -> None:
    names = values(rendered("One", "Two").body, "//*[local-name()='docPr']/@name")

    assert names == ["Picture 1", "Picture 2"]


def test_a_drawing_is_a_picture_that_names_its_svg() -> None:
    opened = rendered("One", "Two")

    assert pictures(opened) == ["word/media/image1.png", "word/media/image2.png"]
    assert drawings(opened) == ["word/media/figure1.svg", "word/media/figure2.svg"]
    assert (
        values(opened.body, f"{EXTENSION}/@uri") == ["{96DAC541-7B7A-43D3-8B79-37D633B846F1}"] * 2
    )
    types = etree.tostring(opened.part("[Content_Types].xml"), encoding="unicode")
    assert 'Extension="svg" ContentType="image/svg+xml"' in types
    assert 'Extension="png" ContentType="image/png"' in types


def test_the_extension_is_the_last_of_its_picture() -> None:
    """By the schema nothing may follow `a:extLst` in `a:blip`."""
    (blip,) = find(rendered("One").body, BLIP)

    assert [etree.QName(child).localname for child in blip] == ["extLst"]


def test_the_frame_is_as_large_as_the_picture() -> None:
    """The extension is called `a:ext`, as the size of the frame is."""
    body = rendered("One").body
    (size,) = find(body, "//*[local-name()='xfrm']/*[local-name()='ext']")

    assert (size.get("cx"), size.get("cy")) == ("5688000", "2844000")
    assert values(body, "//*[local-name()='extent']/@cx") == ["5688000"]


def test_pictures_of_the_same_look_keep_their_own_words() -> None:
    same = DRAWING.format("One").replace("<title>One", "<title>Two")
    opened = Opened(render_docx(document_of(DRAWING.format("One") + same), word_style()))

    titles = [opened.part(name).findtext("{*}title") for name in drawings(opened)]
    assert titles == ["One", "Two"]
    assert len(set(pictures(opened))) == 1


def test_the_svg_is_plain_and_tells_its_words() -> None:
    svg = svg_of(Opened(render_docx(sample(), word_style())))
    source = sample().tree.find(".//{http://www.w3.org/2000/svg}svg")
    assert source is not None

    tags = {etree.QName(e).localname for e in svg.iter(etree.Element)}
    assert tags == {"svg", "title", "desc", "g", "line", "circle", "rect", "path"}
    names = {str(name) for e in svg.iter(etree.Element) for name in e.attrib}
    assert not any(re.search("href|style|^on|font|textLength", name) for name in names)
    said = [e.get("aria-label") for e in svg.iter("{*}path")]
    assert said == ["".join(map(str, e.itertext())) for e in source.iter("{*}text")]
    assert svg.findtext("{*}title") == source.findtext("{*}title")
    assert svg.findtext("{*}desc") == source.findtext("{*}desc")
    assert svg.get("viewBox") == source.get("viewBox")


def test_the_picture_has_the_resolution_that_word_keeps() -> None:
    opened = rendered("One")

    image = Image.from_blob(opened.raw[pictures(opened)[0]])
    assert (image.px_width, image.px_height) == (round(158 / 25.4 * 220), 685)


def test_the_picture_is_drawn_from_the_svg() -> None:
    one, two = rendered("One"), rendered("Two")

    assert one.raw[pictures(one)[0]] != two.raw[pictures(two)[0]]
    assert one.raw["word/media/figure1.svg"] != two.raw["word/media/figure1.svg"]


def test_what_is_no_drawing_has_no_svg() -> None:
    blob = rendered("One").raw["word/media/image1.png"]
    source = f"data:image/png;base64,{base64.b64encode(blob).decode()}"
    body = f'<figure><img src="{source}" alt="A word"/></figure>'
    opened = Opened(render_docx(document_of(body), word_style()))

    assert pictures(opened) == ["word/media/image1.png"]
    assert drawings(opened) == []
    assert "svg" not in etree.tostring(opened.part("[Content_Types].xml"), encoding="unicode")

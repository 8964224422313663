"""Figures: a picture with alternative text, then its caption.

A drawing stands in the file twice. Word 2019 and later show and print the SVG, sharp at any size
and ready to be converted to shapes; its labels are outlines, because office machines lack our
faces and Word is known to space and place text of SVG wrongly. Other programs show the PNG.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from io import BytesIO

import resvg_py
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from lxml import etree

from briefgen.document.model import FigureData
from briefgen.formats.docx.captions import add_caption
from briefgen.formats.docx.charts import C, add_chart, chart_height
from briefgen.formats.docx.draft import Spot
from briefgen.formats.docx.oxml import emu, w
from briefgen.formats.docx.paragraphs import add_paragraph
from briefgen.formats.docx.properties import first_day
from briefgen.formats.docx.tree import SVG, blocks, plain_text, refuse
from briefgen.formats.outlines import outline_labels

Element = etree._Element

DOTS_PER_INCH = 220
"""Of the PNG: what Word itself keeps in pictures unless it is told otherwise."""
SCREEN_DOTS_PER_INCH = 96
"""What a pixel of an image without a resolution stands for, as in CSS."""
TALLEST = 0.8
"""Share of the page's text height that a figure may take, so that its caption fits below."""
DATA_URI = re.compile(r"data:image/(?:png|jpeg);base64,(.+)", re.DOTALL)

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""Marks the SVG of a picture in its `a:blip` ([MS-ODRAWXML], svgBlip)."""
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
INLINE = f"""
<wp:inline xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}" xmlns:r="{RELATIONS}"
    distT="0" distB="0" distL="0" distR="0">
  <wp:extent/><wp:docPr/>
  <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
  <a:graphic><a:graphicData uri="{PIC}"><pic:pic>
    <pic:nvPicPr><pic:cNvPr/><pic:cNvPicPr/></pic:nvPicPr>
    <pic:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
    <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext/></a:xfrm>
      <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
  </pic:pic></a:graphicData></a:graphic>
</wp:inline>"""
CHART = f"""
<wp:inline xmlns:wp="{WP}" xmlns:a="{A}" xmlns:c="{C}" xmlns:r="{RELATIONS}"
    distT="0" distB="0" distL="0" distR="0">
  <wp:extent/><wp:docPr/><wp:cNvGraphicFramePr/>
  <a:graphic><a:graphicData uri="{C}"><c:chart/></a:graphicData></a:graphic>
</wp:inline>"""
_COMPACT = etree.XMLParser(remove_blank_text=True)


def add_figure(spot: Spot, figure: Element) -> None:
    """Write a `figure`: the picture, kept on the page of its caption."""
    ids = spot.bookmarks.take()
    for part in blocks(figure):
        if part.tag == f"{SVG}svg" and (data := _plain_chart(spot, figure)):
            _add_chart(spot, part, data)
        elif part.tag == f"{SVG}svg":
            _add_drawing(spot, part)
        elif part.tag == "img":
            _add_image(spot, part)
        elif part.tag == "figcaption":
            spot.bookmarks.give_back(ids)
            ids = []
            add_caption(spot, part)
        else:
            refuse(part, "only svg, img and figcaption may stand in a figure")
    spot.bookmarks.give_back(ids)
    spot.ask_gap("figure")


def _plain_chart(spot: Spot, figure: Element) -> FigureData | None:
    """The data of a figure that Word can draw itself."""
    figures = spot.draft.document.figures
    return next((data for data in figures if data.id == figure.get("id") and data.values), None)


def _add_chart(spot: Spot, svg: Element, data: FigureData) -> None:
    """Write a chart with its numbers, so that people can edit both."""
    document = spot.draft.document
    relation = add_chart(spot.draft.file.part, document, data, first_day(document.issued))
    frame = etree.fromstring(CHART, _COMPACT)
    size = spot.page.figure_width, chart_height(data)
    _describe(frame, next(spot.draft.pictures), size, _alternative(svg), kind="Chart")
    chart = next(frame.iter(f"{{{C}}}chart"))
    chart.set(f"{{{RELATIONS}}}id", relation)
    add_paragraph(spot, spot.style_of("figure"), [w("r", w("drawing", frame))])


def _alternative(svg: Element) -> str:
    """Title and description, for those who hear the figure."""
    title = svg.find(f"{SVG}title")
    if title is None or not plain_text(title):
        refuse(svg, "a figure without a title cannot be read aloud")
    description = svg.find(f"{SVG}desc")
    texts = [plain_text(e).rstrip(".") for e in (title, description) if e is not None]
    return ". ".join(filter(None, texts))


def _add_drawing(spot: Spot, svg: Element) -> None:
    alt = _alternative(svg)
    size = _fit(spot, spot.page.figure_width, _shape(svg))
    outlined = outline_labels(svg, spot.draft.document.theme.fonts.heading)
    drawing = etree.tostring(outlined, encoding="UTF-8", xml_declaration=True)
    _add_picture(spot, draw(drawing.decode(), _dots(size[0])), size, alt, drawing)


def _add_image(spot: Spot, img: Element) -> None:
    found = DATA_URI.fullmatch(img.get("src") or "") or refuse(img, "only PNG and JPEG data URIs")
    alt = img.get("alt") or refuse(img, "a picture without alternative text")
    blob = base64.b64decode(found[1])
    image = Image.from_blob(blob)
    natural = image.px_width / SCREEN_DOTS_PER_INCH * 25.4
    width = min(natural, spot.page.full_width)
    size = _fit(spot, width, image.px_height / image.px_width)
    _add_picture(spot, blob, size, alt)


@lru_cache(maxsize=64)
def draw(svg: str, width: int) -> bytes:
    """A PNG of an SVG without text, so many dots wide."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            # Without it, lengths in millimetres count as nothing (resvg-py 0.5).
            dpi=SCREEN_DOTS_PER_INCH,
            background="#ffffff",  # a dark page would swallow the labels
            skip_system_fonts=True,
        )
    )


def _shape(svg: Element) -> float:
    """Height over width."""
    match re.split(r"[\s,]+", (svg.get("viewBox") or "").strip()):
        case [_, _, width, height] if float(width) > 0:
            return float(height) / float(width)
    return refuse(svg, "a figure without a viewBox has no size")


def _fit(spot: Spot, width: float, shape: float) -> tuple[float, float]:
    """Width and height in millimetres, smaller than asked where the page is too low."""
    tallest = TALLEST * spot.page.text_height
    return (width, width * shape) if width * shape <= tallest else (tallest / shape, tallest)


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * DOTS_PER_INCH)


def _add_picture(
    spot: Spot, blob: bytes, size: tuple[float, float], alt: str, svg: bytes | None = None
) -> None:
    file, number = spot.draft.file.part, next(spot.draft.pictures)
    relation = file.relate_to(file.package.get_or_add_image_part(BytesIO(blob)), RT.IMAGE)
    inline = _inline(relation, number, size, alt)
    if svg:
        name = file.package.next_partname("/word/media/figure%d.svg")
        part = Part(name, "image/svg+xml", svg, file.package)
        _add_svg(inline, file.relate_to(part, RT.IMAGE))
    add_paragraph(spot, spot.style_of("figure"), [w("r", w("drawing", inline))])


def _add_svg(inline: Element, relation: str) -> None:
    """Name the SVG that a picture was drawn from."""
    blip = inline.find(f".//{{{A}}}blip")
    assert blip is not None
    extensions = etree.SubElement(blip, f"{{{A}}}extLst")
    extension = etree.SubElement(extensions, f"{{{A}}}ext", uri=SVG_EXTENSION)
    drawing = etree.SubElement(extension, f"{{{ASVG}}}svgBlip", nsmap={"asvg": ASVG})
    drawing.set(f"{{{RELATIONS}}}embed", relation)


def _inline(relation: str, number: int, size: tuple[float, float], alt: str) -> Element:
    inline = etree.fromstring(INLINE, _COMPACT)
    _describe(inline, number, size, alt)
    width, height = (str(emu(length)) for length in size)
    settings: dict[str, dict[str | bytes, str | bytes]] = {
        f".//{{{A}}}ext": {"cx": width, "cy": height},
        f".//{{{PIC}}}cNvPr": {"id": str(number), "name": f"figure{number}", "descr": alt},
        f".//{{{A}}}blip": {f"{{{RELATIONS}}}embed": relation},
    }
    for path, attributes in settings.items():
        target = inline.find(path)
        assert target is not None
        target.attrib.update(attributes)
    return inline


def _describe(
    inline: Element,
    number: int,
    size: tuple[float, float],
    alternative: str,
    kind: str = "Picture",
) -> None:
    """Set size, number and alternative text of a drawing, and its name in the selection pane.

    The name is Word's own, not "Figure 1": a house's logo counts too, and captions do not.
    """
    width, height = (str(emu(length)) for length in size)
    extent, properties = inline.find(f"{{{WP}}}extent"), inline.find(f"{{{WP}}}docPr")
    assert extent is not None
    assert properties is not None
    extent.attrib.update({"cx": width, "cy": height})
    properties.attrib.update({"id": str(number), "name": f"{kind} {number}", "descr": alternative})

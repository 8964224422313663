"""Native charts: a bar chart that Word draws and edits, with its numbers in a workbook inside.

The source is `FigureData`: a figure that is a plain chart carries the number of each of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from briefgen.document.model import Document, FigureData
from briefgen.formats.docx.oxml import half_points, rgb

Element = etree._Element

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "Sheet1"
GAP_WIDTH = 60
"""Space between bars, in per cent of a bar."""
ROW, REST = 6.6, 9.0
"""Millimetres that a row takes, and what head and foot take."""
CATEGORIES, VALUES = 1, 2
"""Ids of the axes."""


def chart_height(data: FigureData) -> float:
    """Millimetres that the chart takes."""
    return ROW * len(data.rows) + REST


def add_chart(source: Part, document: Document, data: FigureData, day: datetime) -> str:
    """Put the chart and its workbook into the package; gives the id of the relation from `source`.

    `day` is what the workbook says it was made on.
    """
    package = source.package
    chart = Part(
        package.next_partname("/word/charts/chart%d.xml"),
        CT.DML_CHART,
        etree.tostring(_chart(document, data), xml_declaration=True, encoding="UTF-8"),
        package,
    )
    name = chart.partname.replace("charts/chart", "embeddings/sheet").replace(".xml", ".xlsx")
    book = Part(PackURI(name), CT.SML_SHEET, _workbook(data, day), package)
    # The one relation of the part; `_chart` names it.
    assert chart.relate_to(book, RT.PACKAGE) == "rId1"
    return str(source.relate_to(chart, RT.CHART))


def _workbook(data: FigureData, day: datetime) -> bytes:
    """A sheet with labels in the first column and numbers in the second, heads above."""
    # Late: few documents have a chart.
    from xlsxwriter import Workbook

    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": day})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 0, 40)
        for column, head in enumerate(data.head):
            sheet.write_string(0, column, head)
        for number, (row, value) in enumerate(zip(data.rows, data.values, strict=True), start=1):
            sheet.write_string(number, 0, row[0])
            if value is not None:
                sheet.write_number(number, 1, value)
    return stream.getvalue()


def c(tag: str, *children: Element | None, **attributes: object) -> Element:
    """A `c:` element; children that are None are left out."""
    element = etree.Element(f"{{{C}}}{tag}", nsmap={"c": C, "a": A, "r": RELATIONS})
    for name, value in attributes.items():
        element.set(name, str(value))
    element.extend([child for child in children if child is not None])
    return element


def a(tag: str, *children: Element, **attributes: object) -> Element:
    """The same in DrawingML's main namespace."""
    element = etree.Element(f"{{{A}}}{tag}", nsmap={"a": A})
    for name, value in attributes.items():
        element.set(name, str(value))
    element.extend(children)
    return element


def _chart(document: Document, data: FigureData) -> Element:
    """The chart space; its children stand in the order of the schema (ECMA-376-1, 21.2)."""
    colours = document.theme.colours
    link = c("externalData", c("autoUpdate", val=0))
    link.set(f"{{{RELATIONS}}}id", "rId1")
    return c(
        "chartSpace",
        c("date1904", val=0),
        c("roundedCorners", val=0),
        c(
            "chart",
            c("autoTitleDeleted", val=1),
            c(
                "plotArea",
                c("layout"),
                c(
                    "barChart",
                    c("barDir", val="bar"),
                    c("grouping", val="clustered"),
                    c("varyColors", val=0),
                    _series(data, colours["accent"]),
                    c("gapWidth", val=GAP_WIDTH),
                    c("axId", val=CATEGORIES),
                    c("axId", val=VALUES),
                ),
                _category_axis(colours["soft"]),
                _value_axis(data),
            ),
            c("plotVisOnly", val=1),
            c("dispBlanksAs", val="gap"),
        ),
        c("spPr", a("noFill"), a("ln", a("noFill"))),
        _text(document),
        link,
    )


def _series(data: FigureData, colour: str) -> Element:
    last = len(data.rows) + 1
    return c(
        "ser",
        c("idx", val=0),
        c("order", val=0),
        c("tx", _reference("strRef", "strCache", f"{SHEET}!$B$1", [data.head[1]])),
        c("spPr", a("solidFill", a("srgbClr", val=rgb(colour)))),
        c("invertIfNegative", val=0),
        c(
            "dLbls",
            c("spPr", a("noFill"), a("ln", a("noFill"))),
            c("dLblPos", val="outEnd"),
            c("showLegendKey", val=0),
            c("showVal", val=1),
            *(c(f"show{what}", val=0) for what in ("CatName", "SerName", "Percent", "BubbleSize")),
        ),
        c(
            "cat",
            _reference(
                "strRef", "strCache", f"{SHEET}!$A$2:$A${last}", [row[0] for row in data.rows]
            ),
        ),
        c("val", _reference("numRef", "numCache", f"{SHEET}!$B$2:$B${last}", data.values)),
    )


def _reference(tag: str, cache: str, cells: str, values: Iterable[object]) -> Element:
    """Cells of the workbook, and what stands in them."""
    values = list(values)
    points = [
        c("pt", _with_text(c("v"), str(value).removesuffix(".0")), idx=i)
        for i, value in enumerate(values)
        if value is not None
    ]
    form = _with_text(c("formatCode"), "General") if cache == "numCache" else None
    return c(
        tag,
        _with_text(c("f"), cells),
        c(cache, form, c("ptCount", val=len(values)), *points),
    )


def _category_axis(colour: str) -> Element:
    return c(
        "catAx",
        c("axId", val=CATEGORIES),
        c("scaling", c("orientation", val="maxMin")),  # the first row on top
        c("delete", val=0),
        c("axPos", val="l"),
        c("numFmt", formatCode="General", sourceLinked=0),
        c("majorTickMark", val="none"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="low"),
        c("spPr", a("ln", a("solidFill", a("srgbClr", val=rgb(colour))), w=6350)),
        c("crossAx", val=VALUES),
        c("crosses", val="autoZero"),
        c("auto", val=0),
        c("lblAlgn", val="ctr"),
        c("lblOffset", val=100),
        c("noMultiLvlLbl", val=1),
    )


def _value_axis(data: FigureData) -> Element:
    """Without labels and lines, since each bar has its number; only its title shows."""
    rich = c(
        "rich",
        a("bodyPr"),
        a("p", a("pPr", a("defRPr", b=1)), a("r", a("rPr", b=1), _with_text(a("t"), data.head[1]))),
    )
    return c(
        "valAx",
        c("axId", val=VALUES),
        c("scaling", c("orientation", val="minMax"), *_to_zero(data.values)),
        c("delete", val=0),
        c("axPos", val="t"),
        c("title", c("tx", rich), c("overlay", val=0)),
        c("numFmt", formatCode="General", sourceLinked=0),
        c("majorTickMark", val="none"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="none"),
        c("spPr", a("ln", a("noFill"))),
        c("crossAx", val=CATEGORIES),
        c("crosses", val="autoZero"),
        c("crossBetween", val="between"),
    )


def _to_zero(values: Iterable[float | None]) -> Iterator[Element]:
    """Bounds without which Word would cut the bars of near numbers."""
    known = [value for value in values if value is not None]
    if max(known) <= 0:
        yield c("max", val=0)
    if min(known) >= 0:
        yield c("min", val=0)


def _text(document: Document) -> Element:
    """Face, size and colour of all text in the chart."""
    theme = document.theme
    size = half_points(theme.type["table"].size) * 50
    fill = a("solidFill", a("srgbClr", val=rgb(theme.colours["ink"])))
    face = a("latin", typeface=theme.word_fonts.heading)
    return c(
        "txPr",
        a("bodyPr"),
        a("p", a("pPr", a("defRPr", fill, face, sz=size)), a("endParaRPr", lang=document.language)),
    )


def _with_text(element: Element, text: str) -> Element:
    element.text = text
    return element

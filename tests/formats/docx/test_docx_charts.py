"""Native charts: Word draws the bars, and their numbers can be edited in a workbook inside."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx_opened import Opened, find, values
from docx_sample import SVG, document_of, word_style
from lxml import etree
from openxml_audit import OpenXmlValidator

from briefgen.document.model import FigureData
from briefgen.formats.docx.render import render_docx

C = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
BODY = f"""<section><h2>Ships</h2><figure id="ships">{SVG}
<figcaption>Figure 1. Ships a year.</figcaption></figure></section>"""
DATA = FigureData(
    id="ships",
    title="Ships a year.",
    head=("Year", "Ships"),
    rows=(("2021", "17"), ("2022", ""), ("About 2023", "1234567.5"), ("2024", "12")),
    drawn=True,
    values=(17.0, None, 1234567.5, 12.0),
)


def rendered(data: FigureData = DATA) -> bytes:
    return render_docx(replace(document_of(BODY), figures=(data,)), word_style())


def texts(element: etree._Element, path: str) -> list[str]:
    found = element.xpath(path, namespaces=C)
    assert isinstance(found, list)
    return [str(value) for value in found]


def test_a_plain_chart_is_words_own_and_no_picture() -> None:
    opened = Opened(rendered())

    assert "word/charts/chart1.xml" in opened.names
    assert not [name for name in opened.names if "media" in name]
    (drawing,) = find(opened.body, "//w:drawing")
    described = [e.get("descr") for e in drawing.iter() if e.get("descr")]
    assert len(described) == 1
    assert str(described[0]).startswith(
        "Four steps of the harbour league, 2011 to 2026. A line of time"
    )


def test_the_chart_has_the_figures_numbers_in_its_order() -> None:
    chart = Opened(rendered()).part("word/charts/chart1.xml")

    assert texts(chart, "//c:cat//c:v/text()") == ["2021", "2022", "About 2023", "2024"]
    assert texts(chart, "//c:val//c:pt/@idx") == ["0", "2", "3"]
    assert texts(chart, "//c:val//c:v/text()") == ["17", "1234567.5", "12"]
    assert texts(chart, "//c:ser/c:tx//c:v/text()") == ["Ships"]
    assert texts(chart, "//c:catAx/c:scaling/c:orientation/@val") == ["maxMin"]


@pytest.mark.parametrize(
    ("numbers", "low", "high"),
    [((3.0, 4.0), ["0"], []), ((-3.0, -4.0), [], ["0"]), ((-3.0, 4.0), [], [])],
)
def test_bars_start_at_zero(numbers: tuple[float, ...], low: list[str], high: list[str]) -> None:
    rows = tuple((f"Row {i}", f"{number:g}") for i, number in enumerate(numbers))
    data = replace(DATA, rows=rows, values=numbers)
    chart = Opened(rendered(data)).part("word/charts/chart1.xml")

    assert texts(chart, "//c:valAx/c:scaling/c:min/@val") == low
    assert texts(chart, "//c:valAx/c:scaling/c:max/@val") == high


def test_the_workbook_inside_holds_the_same_numbers() -> None:
    opened = Opened(rendered())
    relations = opened.part("word/charts/_rels/chart1.xml.rels")
    assert [r.get("Target") for r in relations] == ["../embeddings/sheet1.xlsx"]

    with ZipFile(BytesIO(opened.raw["word/embeddings/sheet1.xlsx"])) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
        core = book.read("docProps/core.xml").decode()
    cells = sheet.xpath("//s:c[not(@t)]", namespaces=SHEET)
    assert isinstance(cells, list)
    assert [(c.get("r"), c[0].text) for c in cells if isinstance(c, etree._Element)] == [
        *(("B2", "17"), ("B4", "1234567.5"), ("B5", "12"))
    ]
    assert [t.text for t in strings.iter(f"{{{SHEET['s']}}}t")] == [
        *("Year", "Ships", "2021", "2022", "About 2023", "2024")
    ]
    assert "2026-11-01" in core  # the day of issue, never the clock


def test_a_file_with_a_chart_is_valid_and_the_same_each_time(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered())

    assert OpenXmlValidator().validate(path).errors == []
    assert rendered() == path.read_bytes()


def test_other_figures_stay_pictures() -> None:
    opened = Opened(rendered(replace(DATA, values=())))

    assert not [name for name in opened.names if "chart" in name]
    assert values(opened.body, "//w:drawing//@descr")

"""Reference files of invented houses, made by LibreOffice and by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx_office import office
from lxml import etree

from briefgen.formats.docx.figures import draw
from briefgen.formats.docx.oxml import W

FONT = "Liberation Sans"
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"
fill="#226622"/></svg>"""
NS = f'xmlns:w="{W}"'


FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="{font}" svg:font-family="'{font}'"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="{font}"
 fo:font-size="11pt" fo:language="{language}" fo:country="{country}"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
{styles}
{outline}
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="{width}mm"
 fo:page-height="{height}mm" style:print-orientation="{orientation}" fo:margin="20mm"/>
 <style:header-style><style:header-footer-properties fo:min-height="8mm"/></style:header-style>
 <style:footer-style><style:header-footer-properties fo:min-height="8mm"/></style:footer-style>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
{furniture}</style:master-page></office:master-styles>
<office:body><office:text>{text}</office:text></office:body></office:document>
"""
FURNITURE = """<style:header><text:p>{head}</text:p></style:header>
<style:footer><text:p>Sheet <text:page-number>1</text:page-number></text:p></style:footer>"""
STYLE = """<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph"
 style:parent-style-name="Standard" {more}><style:paragraph-properties fo:margin-top="4mm"
 fo:margin-bottom="2mm"/><style:text-properties fo:font-size="{size}pt" fo:font-weight="{weight}"
 fo:color="{colour}"/></style:style>"""


def style(name: str, size: float, colour: str = "#000000", more: str = "") -> str:
    """A paragraph style of an OpenDocument file."""
    coded = name.replace(" ", "_20_").replace("ß", "_df_").replace("Ü", "_dc_")
    weight = "bold" if size > 11 else "normal"
    return STYLE.format(name=coded, shown=name, size=size, weight=weight, colour=colour, more=more)


def heading(level: int, size: float, colour: str) -> str:
    """A heading of an OpenDocument file."""
    return style(f"Heading {level}", size, colour, f'style:default-outline-level="{level}"')


HEADINGS = heading(1, 18, "#aa0033") + heading(2, 13, "#aa0033") + heading(3, 11.5, "#aa0033")
TEXT = (
    '<text:h text:style-name="Heading_20_1" text:outline-level="1">A heading of the house</text:h>'
    '<text:h text:style-name="Heading_20_2" text:outline-level="2">One below</text:h>'
    '<text:h text:style-name="Heading_20_3" text:outline-level="3">Another</text:h>'
)
NUMBERED = """<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
</text:outline-style>"""
GERMAN = (
    style("Fließtext", 11)
    + style("Überschrift A", 17, "#00558c", 'style:default-outline-level="1"')
    + style("Überschrift B", 13, "#00558c")
    + style("Titelzeile", 28, "#00558c")
)
GERMAN_TEXT = "".join(
    f'<text:p text:style-name="{name}">{name[:4]}</text:p>'
    for name in ("Flie_df_text", "_dc_berschrift_20_A", "_dc_berschrift_20_B", "Titelzeile")
)
GERMAN_NAMES = {
    "Body Text": "Fließtext",
    "Heading 1": "Überschrift A",
    "Heading 2": "Überschrift B",
    "Title": "Titelzeile",
}

PAGES = {
    "landscape": (297, 210, "landscape"),
    "letter": (215.9, 279.4, "portrait"),
    "german": (210, 297, "portrait"),
    "numbered": (210, 297, "portrait"),
}
"""Width, height and orientation of the files that LibreOffice makes, in millimetres."""


def made_by_office(folder: Path) -> dict[str, Path]:
    """Reference files in landscape, on Letter, in German, and with numbered headings."""
    for name, (width, height, orientation) in PAGES.items():
        is_german = name == "german"
        text = FODT.format(
            font=FONT,
            language="de" if is_german else "en",
            country="DE" if is_german else "GB",
            styles=GERMAN if is_german else HEADINGS,
            outline=NUMBERED if name == "numbered" else "",
            width=width,
            height=height,
            orientation=orientation,
            furniture="" if name == "letter" else FURNITURE.format(head=f"House {name}"),
            text=GERMAN_TEXT if is_german else TEXT,
        )
        (folder / f"{name}.fodt").write_text(text, "utf-8")
    office(folder, "docx:MS Word 2007 XML", *(folder / f"{name}.fodt" for name in PAGES))
    return {name: folder / f"{name}.docx" for name in PAGES}


def control(tag: str, text: str, look: str = "", *, alias: bool = False) -> etree._Element:
    """A run-level content control that shows text."""
    key = "alias" if alias else "tag"
    made: etree._Element = parse_xml(
        f'<w:sdt {NS}><w:sdtPr><w:{key} w:val="{tag}"/><w:id w:val="7"/></w:sdtPr><w:sdtContent>'
        f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    return made


def body_control() -> etree._Element:
    """The block control that gives its place to the document."""
    made: etree._Element = parse_xml(
        f'<w:sdt {NS}><w:sdtPr><w:tag w:val="body"/></w:sdtPr><w:sdtContent>'
        "<w:p><w:r><w:t>Text of the document</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    return made


def by_hand() -> WordDocument:
    """A house file with a cover in its own section, controls, a logo, even and first heads."""
    file = docx.Document()
    styles = file.styles
    styles["Heading 1"].font.color.rgb = RGBColor(0x22, 0x66, 0x22)
    styles["Normal"].font.name = FONT
    styles["Normal"].font.size = Pt(12)
    for name in ("Heading 4", "Body Text"):
        styles[name].delete()
    file.settings.odd_and_even_pages_header_footer = True
    cover = file.sections[0]
    cover.page_width, cover.page_height = Mm(210), Mm(297)
    cover.different_first_page_header_footer = True
    cover.first_page_header.paragraphs[0].add_run().add_picture(
        BytesIO(draw(LOGO, 40)), width=Mm(20)
    )
    cover.header.paragraphs[0].text = "House odd "
    cover.header.paragraphs[0]._p.append(control("handling", "[handling]"))
    cover.even_page_header.paragraphs[0].text = "House even"
    cover.footer.paragraphs[0].text = "House foot"
    title = file.add_paragraph(style="Title")
    title._p.append(control("title", "[title]", '<w:color w:val="AA0000"/>'))
    label = file.add_paragraph("By the house, ")
    label._p.append(control("Date", "[date]", "<w:b/>", alias=True))
    file.add_paragraph()._p.append(control("contact", "[contact]"))
    text = file.add_section(WD_SECTION.NEW_PAGE)
    text.orientation, text.page_width, text.page_height = WD_ORIENT.PORTRAIT, Mm(182), Mm(257)
    text.left_margin = text.right_margin = Mm(20)
    body = file.element.body
    body.insert(len(body) - 1, body_control())
    body.insert(
        len(body) - 1, parse_xml(f"<w:p {NS}><w:r><w:t>Imprint of the house</w:t></w:r></w:p>")
    )
    return file


def saved(file: WordDocument, path: Path) -> Path:
    """The file at a path."""
    file.save(str(path))
    return path


def rezipped(path: Path, change: Callable[[str, bytes], bytes | None], target: Path) -> Path:
    """A copy with its parts changed; a part that becomes nothing is left out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target

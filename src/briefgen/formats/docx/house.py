"""The house-style file: python-docx's default template, emptied of its own style and given ours.

In: theme, `word.yaml`, language. Out: the bytes of a Word file without text, made once a process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from lxml import etree

from briefgen.document.theme import PAGE_SIZES, Theme
from briefgen.formats.docx.frame import Frame
from briefgen.formats.docx.numbering import define_lists
from briefgen.formats.docx.oxml import mm, rgb, w, wname
from briefgen.formats.docx.package import DECLARATION, save_package
from briefgen.formats.docx.styles import StyleSheet, document_defaults
from briefgen.formats.docx.word_style import WordStyle

WORD_2013 = 15
"""Compatibility mode of Word 2013 and later; lower numbers open as "[Compatibility Mode]"."""

LEFTOVERS = (RT.CUSTOM_XML, RT.THUMBNAIL, RT.WEB_SETTINGS, "stylesWithEffects")
"""Ends of the relations of template parts that say nothing about our documents."""

APPLICATION = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>briefgen</Application></Properties>'
)


def house_file(theme: Theme, word: WordStyle, language: str) -> bytes:
    """A Word file with our styles and no text."""
    return _house_file(theme.model_dump_json(), word.model_dump_json(), language)


@lru_cache(maxsize=16)
def _house_file(theme_json: str, word_json: str, language: str) -> bytes:
    theme = Theme.model_validate_json(theme_json)
    word = WordStyle.model_validate_json(word_json)
    document = docx.Document()
    sheet = StyleSheet(theme, word, Frame.of_page(theme.page))
    _drop_leftovers(document)
    _set_styles(document, sheet, language)
    _set_numbering(document, sheet)
    _set_settings(document, language)
    _set_page(document, theme, word)
    _replace(document.part, RT.FONT_TABLE, lambda _: _font_table(theme, word))
    _replace(document.part, RT.THEME, lambda blob: _office_theme(theme, blob))
    _replace(document.part.package, RT.EXTENDED_PROPERTIES, lambda _: APPLICATION.encode())
    return save_package(document.part.package)


def _drop_leftovers(document: WordDocument) -> None:
    for rels in (document.part.rels, document.part.package.rels):
        for key in [k for k, rel in rels.items() if rel.reltype.endswith(LEFTOVERS)]:
            del rels[key]


def _replace(source: Part | OpcPackage, reltype: str, change: Callable[[bytes], bytes]) -> None:
    """Put another part in the place of one that python-docx keeps as bytes."""
    old: Part = source.part_related_by(reltype)
    new = Part(old.partname, old.content_type, change(old.blob), old.package)
    key = next(key for key, rel in source.rels.items() if rel.target_part is old)
    del source.rels[key]
    source.relate_to(new, reltype)


def _set_styles(document: WordDocument, sheet: StyleSheet, language: str) -> None:
    styles = document.styles.element
    latent = styles.find(wname("latentStyles"))
    styles[:] = [document_defaults(sheet, language), latent, *sheet.styles()]


def _set_numbering(document: WordDocument, sheet: StyleSheet) -> None:
    document.part.numbering_part.element[:] = define_lists(sheet)


def _set_settings(document: WordDocument, language: str) -> None:
    """Settings that say only what differs from Word's own, in the schema's order."""
    uri = "http://schemas.microsoft.com/office/word"
    compatibility = {
        "compatibilityMode": WORD_2013,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    settings = document.settings.element
    settings[:] = [
        w("zoom", percent=100),
        w("autoHyphenation"),
        w("consecutiveHyphenLimit", val=2),
        w("hyphenationZone", val=mm(6)),
        w("doNotHyphenateCaps"),
        w("characterSpacingControl", val="doNotCompress"),
        w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
        w(
            "compat",
            *(
                w("compatSetting", name=name, uri=uri, val=value)
                for name, value in compatibility.items()
            ),
        ),
        w("themeFontLang", val=language, eastAsia="ja-JP"),
        w(
            "clrSchemeMapping",
            bg1="light1",
            t1="dark1",
            bg2="light2",
            t2="dark2",
            accent1="accent1",
            accent2="accent2",
            accent3="accent3",
            accent4="accent4",
            accent5="accent5",
            accent6="accent6",
            hyperlink="hyperlink",
            followedHyperlink="followedHyperlink",
        ),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    ]


def _set_page(document: WordDocument, theme: Theme, word: WordStyle) -> None:
    page, margins = theme.page, theme.page.margins
    section = document.element.body.sectPr
    section[:] = [
        w("pgSz", w=mm(page.width), h=mm(PAGE_SIZES[page.size][1])),
        w(
            "pgMar",
            top=mm(margins.top),
            right=mm(margins.right),
            bottom=mm(margins.bottom),
            left=mm(margins.left),
            header=mm(word.header_distance),
            footer=mm(word.footer_distance),
            gutter=0,
        ),
        w("cols", space=mm(12)),
        w("titlePg"),
    ]
    section.attrib.clear()


def _font_table(theme: Theme, word: WordStyle) -> bytes:
    """Our faces, and for each the one of the same widths that offices without it have."""
    fonts = w("fonts")
    for name, family in ((theme.word_fonts.text, "roman"), (theme.word_fonts.heading, "swiss")):
        stand_in = word.stand_ins.get(name)
        fonts.append(
            w(
                "font",
                w("altName", val=stand_in) if stand_in else None,
                w("family", val=family),
                w("pitch", val="variable"),
                name=name,
            )
        )
    return etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)


def _office_theme(theme: Theme, template: bytes) -> bytes:
    """The colours and faces that Word offers in its menus and gives to new charts and shapes."""
    colours = theme.colours
    scheme = {
        "dk1": colours["ink"],
        "lt1": "#ffffff",
        "dk2": colours["accent"],
        "lt2": colours["tint"],
        "accent1": colours["accent"],
        "accent2": colours["warm"],
        "accent3": colours["soft"],
        "accent4": colours["rule"],
        "accent5": colours["ink"],
        "accent6": colours["tint"],
        "hlink": colours["accent"],
        "folHlink": colours["soft"],
    }
    xml = template.decode("utf-8")
    for name, colour in scheme.items():
        value = f'<a:{name}><a:srgbClr val="{rgb(colour)}"/></a:{name}>'
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", value, xml, count=1, flags=re.DOTALL)
    for tag, face in (
        ("majorFont", theme.word_fonts.heading),
        ("minorFont", theme.word_fonts.text),
    ):
        value = f'<a:{tag}><a:latin typeface="{escape(face)}"/>'
        xml = re.sub(rf"<a:{tag}>\s*<a:latin [^>]*/>", value, xml, count=1)
    return xml.replace('name="Office"', 'name="briefgen"').encode()

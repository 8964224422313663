"""How text looks by its styles and its own formatting: bold, italic, numbered.

Bold and italics of a character style turn those of the paragraph round; those of a run hold
(ECMA-376-1, 17.7.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from briefgen.formats.docx.oxml import wname

Element = etree._Element

OFF = ("0", "false", "off")
LONGEST_CHAIN = 50
"""Styles that a style is based on; Word allows 11."""
BOLD, ITALIC = ("b", "bCs"), ("i", "iCs")
"""Properties of a run, and those in their place for complex scripts."""


def is_on(properties: Element | None, name: str) -> bool | None:
    """What an on-off property says; nothing where it is not there."""
    found = None if properties is None else properties.find(wname(name))
    return None if found is None else found.get(wname("val"), "1") not in OFF


def value_of(properties: Element | None, name: str) -> str:
    """The `w:val` of a property, or nothing."""
    found = None if properties is None else properties.find(wname(name))
    return "" if found is None else found.get(wname("val"), "")


@dataclass
class Styles:
    """The styles of a file by their ids."""

    by_id: Mapping[str, Element] = field(default_factory=dict)
    default: str = ""
    """Of paragraphs that name no style."""
    _known: dict[tuple[str, str], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Those of the part of styles."""
        styles = () if root is None else root.iterfind(wname("style"))
        by_id = {style.get(wname("styleId"), ""): style for style in styles}
        default = next((i for i, style in by_id.items() if _is_default(style)), "")
        return cls(by_id, default)

    def is_bold(self, style: str) -> bool:
        """Whether the style, or the one it is based on, says so."""
        return self._says(style, "b")

    def is_italic(self, style: str) -> bool:
        """Whether the style, or the one it is based on, says so."""
        return self._says(style, "i")

    def is_numbered(self, style: str) -> bool:
        """Whether paragraphs of this style carry a number or a bullet."""
        known = self._known.get((style, "numPr"))
        if known is None:
            numbers = (numbering_of(s.find(wname("pPr"))) for s in self._chain(style))
            known = next((n for n in numbers if n is not None), False)
            self._known[style, "numPr"] = known
        return known

    def _says(self, style: str, name: str) -> bool:
        known = self._known.get((style, name))
        if known is None:
            said = (is_on(s.find(wname("rPr")), name) for s in self._chain(style))
            known = next((s for s in said if s is not None), False)
            self._known[style, name] = known
        return known

    def _chain(self, style: str) -> Iterator[Element]:
        """The style and those that it is based on."""
        for _ in range(LONGEST_CHAIN):
            found = self.by_id.get(style)
            if found is None:
                return
            yield found
            style = value_of(found, "basedOn")


def numbering_of(properties: Element | None) -> bool | None:
    """Whether properties of a paragraph give it a number or a bullet; nothing: they don't say."""
    numbering = None if properties is None else properties.find(wname("numPr"))
    number = value_of(numbering, "numId")
    return number != "0" if number else None


def look_of_run(
    properties: Element | None, paragraph_style: str, styles: Styles
) -> tuple[bool, bool]:
    """Whether a run's italics and boldness differ from those of its paragraph."""
    if properties is None:
        return False, False
    style = value_of(properties, "rStyle")
    is_complex = bool(is_on(properties, "rtl") or is_on(properties, "cs"))
    differs = []
    for names, own in ((ITALIC, styles.is_italic), (BOLD, styles.is_bold)):
        said = is_on(properties, names[is_complex])
        # LibreOffice 7.4 doesn't turn round, and says so on saving: it writes the property out.
        is_turned = own(style) and said is not False
        differs.append(is_turned or (said is not None and said != own(paragraph_style)))
    return differs[0], differs[1]


def _is_default(style: Element) -> bool:
    is_paragraph = style.get(wname("type")) == "paragraph"
    return is_paragraph and style.get(wname("default"), "0") not in OFF

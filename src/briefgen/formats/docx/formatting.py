"""Formatting that holds in a written file: a paragraph's or run's own, or that of its styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from briefgen.formats.docx.oxml import wname

Element = etree._Element


@dataclass(frozen=True)
class ParagraphFormat:
    """What lays a paragraph out; lengths in points."""

    before: float
    after: float
    line: float
    """Height of a line in points, or where the rule is `auto`, as a factor of the face's own."""
    rule: str
    """`auto`, `atLeast` or `exact`."""
    left: float
    right: float
    first: float
    """Indent of the first line against the others."""
    is_numbered: bool
    keeps_next: bool
    keeps_lines: bool
    starts_page: bool
    borders: tuple[tuple[str, float], ...]
    """Sides with a border, and how far each reaches from the text."""


@dataclass(frozen=True)
class RunFormat:
    """What makes a run wide; lengths in points."""

    face: str
    size: float
    is_bold: bool
    is_italic: bool
    is_raised: bool
    """Superscript or subscript."""
    tracking: float
    """Added to each character."""


@dataclass(frozen=True)
class CellFormat:
    """What a table's style adds to its cells, in points."""

    left: float
    right: float
    height: float
    """Above and below the text, with the line between rows."""


class Formatting:
    """Looks formatting up in the style sheet and the numbering of one file."""

    def __init__(self, styles: Element, numbering: Element) -> None:
        self._styles = {e.get(wname("styleId"), ""): e for e in styles.iter(wname("style"))}
        self._defaults = list(styles.iter(wname("docDefaults")))
        self._levels = dict(_levels(numbering))
        self._paragraphs: dict[bytes, ParagraphFormat] = {}
        self._runs: dict[tuple[str, bytes], RunFormat] = {}

    def paragraph(self, paragraph: Element) -> ParagraphFormat:
        """What holds for a paragraph."""
        own = paragraph.findall(wname("pPr"))
        key = b"".join(map(etree.tostring, own))
        if key not in self._paragraphs:
            inherited = self._properties(style_of(paragraph), "pPr")
            self._paragraphs[key] = self._paragraph([*own, *inherited])
        return self._paragraphs[key]

    def run(self, run: Element | None, style: str) -> RunFormat:
        """What holds for a run in a paragraph of a style; for none, what the style says."""
        own = [] if run is None else run.findall(wname("rPr"))
        key = (style, b"".join(map(etree.tostring, own)))
        if key not in self._runs:
            named = [p for e in own for p in self._properties(_value(e, "rStyle"), "rPr", ())]
            self._runs[key] = _run([*own, *named, *self._properties(style, "rPr")])
        return self._runs[key]

    def cells(self, table: Element) -> CellFormat:
        """What holds for the cells of a table."""
        sources = self._properties(_value(table, "tblPr", "tblStyle"), "tblPr", ())
        margins = [e for source in sources for e in source.iter(wname("tblCellMar"))]
        lines = [e for source in sources for e in source.iter(wname("insideH"))]
        line = float(lines[0].get(wname("sz"), 0)) / 8 if lines else 0.0
        return CellFormat(
            left=_points(margins, "left", "w"),
            right=_points(margins, "right", "w"),
            height=_points(margins, "top", "w") + _points(margins, "bottom", "w") + line,
        )

    def _properties(
        self, style: str, tag: str, defaults: Iterable[Element] | None = None
    ) -> list[Element]:
        """The properties of a style and of those that it is based on, then the file's defaults."""
        found: list[Element] = []
        while (element := self._styles.get(style)) is not None:
            found += element.findall(wname(tag))
            style = _value(element, "basedOn")
        for element in self._defaults if defaults is None else defaults:
            found += element.iter(wname(tag))
        return found

    def _paragraph(self, sources: Sequence[Element]) -> ParagraphFormat:
        numbered = next((s for s in sources if s.find(wname("numPr")) is not None), None)
        indents = list(sources)
        if numbered is not None:
            # A list's indents are weaker than those of the style that names the list.
            indents[indents.index(numbered) + 1 : 0] = self._level(numbered)
        hanging = _points(indents, "ind", "hanging")
        borders = next((e for s in sources for e in s.findall(wname("pBdr"))), ())
        rule = _attribute(sources, "spacing", "lineRule") or "auto"
        return ParagraphFormat(
            before=_points(sources, "spacing", "before"),
            after=_points(sources, "spacing", "after"),
            line=float(_attribute(sources, "spacing", "line") or 240)
            / (240 if rule == "auto" else 20),
            rule=rule,
            left=_points(indents, "ind", "left"),
            right=_points(indents, "ind", "right"),
            first=-hanging or _points(indents, "ind", "firstLine"),
            is_numbered=numbered is not None,
            keeps_next=_is_on(sources, "keepNext"),
            keeps_lines=_is_on(sources, "keepLines"),
            starts_page=_is_on(sources, "pageBreakBefore"),
            borders=tuple((etree.QName(e).localname, _extent(e)) for e in borders),
        )

    def _level(self, source: Element) -> list[Element]:
        number, level = (_value(source, "numPr", tag) for tag in ("numId", "ilvl"))
        return self._levels.get((number, level or "0"), [])


def style_of(paragraph: Element) -> str:
    """The id of a paragraph's style."""
    return _value(paragraph, "pPr", "pStyle") or "Normal"


def _run(sources: Sequence[Element]) -> RunFormat:
    return RunFormat(
        face=_attribute(sources, "rFonts", "ascii") or "",
        size=float(_attribute(sources, "sz", "val") or 20) / 2,
        is_bold=_is_on(sources, "b"),
        is_italic=_is_on(sources, "i"),
        is_raised=_attribute(sources, "vertAlign", "val") in ("superscript", "subscript"),
        tracking=_points(sources, "spacing", "val"),
    )


def _levels(numbering: Element) -> Iterator[tuple[tuple[str, str], list[Element]]]:
    """Paragraph properties by the number of a list and a level."""
    kinds = {e.get(wname("abstractNumId")): e for e in numbering.iter(wname("abstractNum"))}
    for number in numbering.iter(wname("num")):
        kind = kinds.get(_value(number, "abstractNumId"))
        for level in [] if kind is None else kind.findall(wname("lvl")):
            key = (number.get(wname("numId"), ""), level.get(wname("ilvl"), ""))
            yield key, level.findall(wname("pPr"))


def _value(element: Element, *path: str) -> str:
    found = element.find("/".join(map(wname, path)))
    return "" if found is None else found.get(wname("val"), "")


def _attribute(sources: Iterable[Element], tag: str, name: str) -> str | None:
    """An attribute of the first source that has it."""
    for source in sources:
        found = source.find(wname(tag))
        if found is not None and (value := found.get(wname(name))) is not None:
            return value
    return None


def _points(sources: Iterable[Element], tag: str, name: str) -> float:
    return float(_attribute(sources, tag, name) or 0) / 20


def _is_on(sources: Iterable[Element], tag: str) -> bool:
    found = next((e for s in sources for e in s.findall(wname(tag))), None)
    return found is not None and found.get(wname("val")) not in ("0", "false")


def _extent(border: Element) -> float:
    """Points from the text to the outer edge of a border."""
    return float(border.get(wname("sz"), 0)) / 8 + float(border.get(wname("space"), 0))

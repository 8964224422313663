"""Real numbering (`word/numbering.xml`): one definition a kind of list, one instance a list."""

from __future__ import annotations

from lxml import etree

from briefgen.formats.docx.oxml import half_points, mm, property_list, w, wname
from briefgen.formats.docx.styles import StyleSheet
from briefgen.formats.docx.word_style import ListRule, WordStyle

Element = etree._Element

LEVELS = 3
"""Levels that a definition has at least; Word renumbers a pasted list only within them."""


def define_lists(sheet: StyleSheet) -> list[Element]:
    """Children of `w:numbering`: every definition first, then one instance of each."""
    rules = list(sheet.word.lists.values())
    return [
        *(_definition(sheet, number, rule) for number, rule in enumerate(rules, start=1)),
        *(w("num", w("abstractNumId", val=n), numId=n) for n in range(1, len(rules) + 1)),
    ]


def _definition(sheet: StyleSheet, number: int, rule: ListRule) -> Element:
    levels = max(LEVELS, len(rule.marks))
    return w(
        "abstractNum",
        # Word tells definitions apart by this number; equal ones are merged when text is pasted.
        w("nsid", val=f"{0x00B16E00 + number:08X}"),
        w("multiLevelType", val="multilevel"),
        *(_level(sheet, rule, level) for level in range(levels)),
        abstractNumId=number,
    )


def _level(sheet: StyleSheet, rule: ListRule, level: int) -> Element:
    mark = rule.marks[min(level, len(rule.marks) - 1)]
    form = rule.formats[min(level, len(rule.formats) - 1)] if rule.formats else "bullet"
    step = rule.hanging if rule.step is None else rule.step
    left = rule.left + sheet.shift(rule.styles[0], rule.left - rule.hanging)
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("pStyle", val=sheet.word.id_of(rule.styles[level])) if level < len(rule.styles) else None,
        w("lvlText", val=mark),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=mm(left + step * level), hanging=mm(rule.hanging))),
        _mark_properties(sheet, rule),
        ilvl=level,
    )


def _mark_properties(sheet: StyleSheet, rule: ListRule) -> Element | None:
    size = half_points(sheet.size("heading", rule.type)) if rule.type else None
    return property_list(
        "rPr",
        (
            sheet.faces("heading"),
            w("b") if rule.bold else None,
            sheet.colour(rule.colour),
            w("sz", val=size) if size else None,
        ),
    )


class Lists:
    """Hands out an instance for every list of the document, so that each counts from one."""

    def __init__(self, word: WordStyle, numbering: Element) -> None:
        self._numbering = numbering
        self._kinds = {kind: number for number, kind in enumerate(word.lists, start=1)}
        self._rules = word.lists
        self._used: set[str] = set()
        self._last = len(numbering.findall(wname("num")))

    def open(self, kind: str, level: int) -> int:
        """The `w:numId` of a new list of this kind, at a level from 0."""
        number = self._kinds[kind]
        bullets = not self._rules[kind].formats
        if bullets or self._rules[kind].continues or (level == 0 and kind not in self._used):
            # The list that the style itself names: its paragraphs need no direct numbering.
            self._used.add(kind)
            return number
        return self._restart(number, level)

    def needs_direct_numbering(self, kind: str, number: int, level: int) -> bool:
        """Whether a paragraph must name its list because its style does not."""
        return number != self._kinds[kind] or level >= len(self._rules[kind].styles)

    def _restart(self, definition: int, level: int) -> int:
        self._last += 1
        self._numbering.append(
            w(
                "num",
                w("abstractNumId", val=definition),
                w("lvlOverride", w("startOverride", val=1), ilvl=level),
                numId=self._last,
            )
        )
        return self._last

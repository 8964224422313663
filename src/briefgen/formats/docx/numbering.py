"""Real numbering (`word/numbering.xml`): one definition a kind of list, one instance a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from briefgen.formats.docx.oxml import half_points, mm, property_list, w, wname
from briefgen.formats.docx.styles import StyleSheet
from briefgen.formats.docx.word_style import ListRule, WordStyle

Element = etree._Element

LEVELS = 3
"""Levels that a definition has at least; Word renumbers a pasted list only within them."""


def define_lists(sheet: StyleSheet) -> list[Element]:
    """Children of `w:numbering`: every definition first, then one instance of each."""
    rules = list(enumerate(sheet.word.lists.values(), start=sheet.first_list))
    return [
        *(_definition(sheet, number, rule) for number, rule in rules),
        *(w("num", w("abstractNumId", val=number), numId=number) for number, _ in rules),
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
    mark = _mark(rule, level)
    form = rule.formats[min(level, len(rule.formats) - 1)] if rule.formats else "bullet"
    step = rule.hanging if rule.step is None else rule.step
    left = rule.left + sheet.shift(rule.styles[0], rule.left - rule.hanging)
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("pStyle", val=sheet.word.id_of(rule.styles[level]))
        if _is_linked(sheet, rule, level)
        else None,
        w("lvlText", val=mark),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=mm(left + step * level), hanging=mm(rule.hanging))),
        _mark_properties(sheet, rule),
        ilvl=level,
    )


def _mark(rule: ListRule, level: int) -> str:
    """The mark of a level; one that the rule does not give is the last, with its own number.

    Word gives such levels to whoever presses Tab, and would repeat the number above.
    """
    last = len(rule.marks)
    return (
        rule.marks[level] if level < last else rule.marks[-1].replace(f"%{last}", f"%{level + 1}")
    )


def _is_linked(sheet: StyleSheet, rule: ListRule, level: int) -> bool:
    return level < len(rule.styles) and sheet.links(rule.styles[level])


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


@dataclass(frozen=True)
class Level:
    """Where one level of a kind of list is defined."""

    definition: int
    """The `w:abstractNumId`."""
    instance: int
    """The `w:numId` that paragraphs get from their style."""
    level: int
    """The `w:ilvl`."""
    in_style: bool = True
    """Whether the paragraph's style names the list."""
    is_shared: bool = False
    """Whether text of a reference file may have counted in it already."""


@dataclass(frozen=True)
class OpenList:
    """A list that is being written."""

    number: int
    """Its `w:numId`."""
    level: int
    """Its `w:ilvl`."""
    is_direct: bool
    """Whether its paragraphs must name it because their style does not."""


class Lists:
    """Hands out an instance for every list of the document, so that each counts from one."""

    def __init__(
        self,
        word: WordStyle,
        numbering: Element,
        first: int = 1,
        house: Mapping[tuple[str, int], Level] = MappingProxyType({}),
    ) -> None:
        """`first` is the number of our first list; `house` has levels of a reference file."""
        self._numbering = numbering
        self._kinds = {kind: number for number, kind in enumerate(word.lists, start=first)}
        self._rules = word.lists
        self._house = house
        self._used: set[str] = set()
        numbers = [num.get(wname("numId"), "") for num in numbering.iter(wname("num"))]
        self._last = max((int(number) for number in numbers if number.isdecimal()), default=0)

    def open(self, kind: str, level: int) -> OpenList:
        """A new list of this kind, at a level from 0."""
        where, rule = self._level(kind, level), self._rules[kind]
        is_first = level == 0 and kind not in self._used and not where.is_shared
        if not rule.formats or rule.continues or is_first:
            # The list that the style itself names: its paragraphs need no direct numbering.
            self._used.add(kind)
            return OpenList(where.instance, where.level, not where.in_style)
        return OpenList(self._restart(where), where.level, is_direct=True)

    def _level(self, kind: str, level: int) -> Level:
        if (kind, level) in self._house:
            return self._house[kind, level]
        number = self._kinds[kind]
        return Level(number, number, level, in_style=level < len(self._rules[kind].styles))

    def _restart(self, where: Level) -> int:
        self._last += 1
        self._numbering.append(
            w(
                "num",
                w("abstractNumId", val=where.definition),
                w("lvlOverride", w("startOverride", val=1), ilvl=where.level),
                numId=self._last,
            )
        )
        return self._last

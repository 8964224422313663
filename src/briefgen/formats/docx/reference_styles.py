"""Styles of a reference file, found by name; those that it lacks, made from the theme.

A style is found by the name that Word stores (`heading 1`), by one of its aliases, or by the name
that `reference_styles` in `word.yaml` gives it; never by its id, which Word writes in the
language of its user. Styles of the reference file stay as they are. A style that is made takes
sizes, colours and spaces of the theme, in proportion to the house's running text, and the faces of
the house.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from briefgen.document.theme import Theme
from briefgen.formats.docx.frame import Frame
from briefgen.formats.docx.numbering import Level
from briefgen.formats.docx.oxml import w, wname
from briefgen.formats.docx.styles import ROOTS, StyleSheet, default_styles, stored_name
from briefgen.formats.docx.word_style import Face, HouseRules, ListRule, StyleRule, WordStyle

Element = etree._Element

MADE = ("Briefgen ", "Comment ")
"""How names of styles begin that hardly any house has: they are always made."""
FURNITURE = frozenset({"Header", "Footer"})
"""Styles that a file needs only where its head and foot are ours."""
DEFAULT_SIZE = 10.0
"""Points of text for which a file says nothing. Source: ECMA-376-1, 17.3.2.38."""
FACTORS = (0.8, 1.3)
"""Smallest and largest factor by which sizes of the theme follow the house's running text."""
HEADING_LEVELS = {"Heading 1": 0, "Heading 2": 1, "Heading 3": 2, "Heading 4": 3}


class HouseStyles:
    """The styles of a file by the names that `word.yaml` has for them."""

    def __init__(self, styles: Element, mapping: Mapping[str, str]) -> None:
        self.element = styles
        self._mapping = mapping
        self._by_id = {s.get(wname("styleId"), ""): s for s in styles.iter(wname("style"))}
        self._by_name: dict[str, Element] = {}
        for style in self._by_id.values():
            for name in _names(style):
                self._by_name.setdefault(name.lower(), style)

    def find(self, name: str, kind: str) -> Element | None:
        """The style that stands for a style of `word.yaml`."""
        if name == "Normal" and name not in self._mapping:
            return self.default("paragraph")
        found = self._by_name.get(self._mapping.get(name, stored_name(name)).lower())
        return found if found is not None and found.get(wname("type")) == kind else None

    def default(self, kind: str) -> Element | None:
        """The style that text, a table or a paragraph has if nothing else is said."""
        styles = [s for s in self._by_id.values() if s.get(wname("type")) == kind]
        found = [s for s in styles if s.get(wname("default")) in {"1", "true", "on"}]
        named = {"paragraph": "normal", "character": "default paragraph font"}.get(kind, "")
        return found[-1] if found else self._by_name.get(named)

    @property
    def names(self) -> list[str]:
        """The names that the file shows."""
        return [names[0] for style in self._by_id.values() if (names := _names(style))]

    @property
    def ids(self) -> set[str]:
        """The ids that are taken."""
        return set(self._by_id)

    def property_of(self, style: Element, group: str, tag: str) -> Element | None:
        """A property of a style, its own or that of the nearest style it is based on."""
        for each in (*self.chain(style), None):
            found = self._in_group(each, group, tag)
            if found is not None:
                return found
        return None

    def chain(self, style: Element) -> Iterator[Element]:
        """The style and those that it is based on."""
        seen: set[str] = set()
        current: Element | None = style
        while current is not None and (key := current.get(wname("styleId"), "")) not in seen:
            seen.add(key)
            yield current
            base = current.find(wname("basedOn"))
            current = None if base is None else self._by_id.get(base.get(wname("val"), ""))

    def _in_group(self, style: Element | None, group: str, tag: str) -> Element | None:
        if style is not None:
            return style.find(f"{wname(group)}/{wname(tag)}")
        path = ("docDefaults", f"{group}Default", group, tag)
        return self.element.find("/".join(map(wname, path)))

    def numbering(self, style: Element) -> tuple[Element, bool] | None:
        """The nearest `w:numPr` of a style, and whether it is its own; nothing if it has none."""
        for each in self.chain(style):
            found = self._in_group(each, "pPr", "numPr")
            if found is not None:
                number = found.find(wname("numId"))
                if number is not None and number.get(wname("val")) == "0":
                    return None
                return found, each is style
        return None

    def size(self, style: Element | None) -> float:
        """Points of a style's text."""
        found = None if style is None else self.property_of(style, "rPr", "sz")
        value = "" if found is None else found.get(wname("val"), "")
        return int(value) / 2 if value.isdecimal() else DEFAULT_SIZE


def _names(style: Element) -> list[str]:
    found = [style.find(wname("name")), style.find(wname("aliases"))]
    values = [element.get(wname("val"), "") for element in found if element is not None]
    return [name for value in values for bit in value.split(",") if (name := bit.strip())]


def needed_styles(word: WordStyle, *, has_furniture: bool) -> list[str]:
    """Every style that the layout's documents take, in the order of `word.yaml`."""
    used = {"Normal", *word.elements.values()}
    used |= {name for rule in word.lists.values() for name in rule.styles}
    used -= FURNITURE if has_furniture else set()
    waiting = list(used)
    while waiting:
        base = word.styles[waiting.pop()].based_on
        if base and base not in used and base.startswith(MADE):
            used.add(base)
            waiting.append(base)
    return [name for name in word.styles if name in used]


def missing_styles(house: HouseStyles, word: WordStyle, *, has_furniture: bool) -> list[str]:
    """The styles that the layout's documents take and the file has not, without our own."""
    return [
        name
        for name in needed_styles(word, has_furniture=has_furniture)
        if not name.startswith(MADE) and house.find(name, word.styles[name].kind) is None
    ]


@dataclass(frozen=True)
class HouseSheet(StyleSheet):
    """Makes the styles that a reference file lacks, so that they sit well beside its own."""

    house: HouseStyles = field(kw_only=True)
    made: frozenset[str] = field(kw_only=True)
    """The styles that are made."""

    def has(self, style: str) -> bool:
        """Whether the file has or gets a style of this name."""
        return style in self.word.house.ids

    def links(self, style: str) -> bool:
        """Whether a style of this name carries our numbering: only those that we make."""
        return style in self.made

    def faces(self, face: Face) -> Element | None:
        """The house's face for headings; running text has the house's without being asked."""
        heading = self.house.find("Heading 1", "paragraph")
        if face == "text" or heading is None:
            return None
        found = self.house.property_of(heading, "rPr", "rFonts")
        return deepcopy(found)

    def style(self, name: str, rule: StyleRule) -> Element:
        """One `w:style`, free of what the house's running text has and ours has not."""
        if self._stands_apart(rule):
            spaces = {side: getattr(rule, side) or 0 for side in ("before", "after")}
            is_listed = any(name in each.styles for each in self.word.lists.values())
            indents = {} if is_listed else {side: getattr(rule, side) or 0 for side in INDENTS}
            rule = rule.model_copy(update=spaces | indents)
        return super().style(name, rule)

    def _stands_apart(self, rule: StyleRule) -> bool:
        """Whether a style is no running text, and takes neither its indents nor its justification.

        Only where it is based on a style of the house: else it has all that from one of ours.
        """
        is_own = bool(rule.type or rule.font or rule.natural) and rule.kind == "paragraph"
        return is_own and (rule.based_on or ROOTS[rule.kind]) not in self.made

    def _alignment(self, rule: StyleRule) -> Element | None:
        return w("jc", val="left") if self._stands_apart(rule) else None

    def _numbering(self, style: str) -> Element | None:
        own = super()._numbering(style)
        if own is not None:
            return own
        base = self.word.styles[style].based_on
        found = None if base is None or base in self.made else self.house.find(base, "paragraph")
        # What is based on a numbered heading of the house must not become a chapter.
        inherits = found is not None and self.house.numbering(found) is not None
        return w("numPr", w("numId", val=0)) if inherits else None


INDENTS = ("left", "right", "first")


def in_house_style(
    house: HouseStyles,
    theme: Theme,
    word: WordStyle,
    frame: Frame,
    first_list: int,
    *,
    has_furniture: bool,
) -> HouseSheet:
    """A sheet with the house's styles where it has them; its `made` are yet to be written."""
    needed = needed_styles(word, has_furniture=has_furniture)
    found = {name: house.find(name, word.styles[name].kind) for name in word.styles}
    theirs = {name: style for name, style in found.items() if style is not None}
    made = frozenset(name for name in needed if name not in theirs)
    made |= {base for name in made for base in _bases(name, word) if base not in theirs}
    ids = {name: style.get(wname("styleId"), "") for name, style in theirs.items()}
    ids |= _free_ids(made, house.ids)
    ids |= _root_ids(house)
    rules = HouseRules(
        ids=ids,
        unnumbered=frozenset(name for name in ("TOC Heading",) if _inherits(house, found, name)),
        kept=frozenset(
            name
            for name in HEADING_LEVELS
            if name in theirs and house.property_of(theirs[name], "pPr", "keepNext") is None
        ),
        outlines={
            name: level
            for name, level in HEADING_LEVELS.items()
            if name in theirs and house.property_of(theirs[name], "pPr", "outlineLvl") is None
        },
    )
    styles = {
        name: _rule_of(house, theirs[name], rule) if name in theirs else rule
        for name, rule in word.styles.items()
    }
    body = house.find("Body Text", "paragraph")
    size = house.size(house.default("paragraph") if body is None else body)
    factor = min(max(size / theme.type["body"].size, FACTORS[0]), FACTORS[1])
    lists = {kind: _scaled(rule, factor) for kind, rule in word.lists.items()}
    sizes = {"scale": {"text": 1, "heading": 1}, "lists": lists}
    adapted = word.in_house(rules, styles).model_copy(update=sizes)
    return HouseSheet(theme.scaled(factor), adapted, frame, first_list, house=house, made=made)


def _scaled(rule: ListRule, factor: float) -> ListRule:
    """A list whose marks have room in text of another size."""
    step = None if rule.step is None else rule.step * factor
    indents = {"left": rule.left * factor, "hanging": rule.hanging * factor, "step": step}
    return rule.model_copy(update=indents)


def _bases(name: str, word: WordStyle) -> Iterator[str]:
    base = word.styles[name].based_on
    while base:
        yield base
        base = word.styles[base].based_on


def _inherits(house: HouseStyles, found: Mapping[str, Element | None], name: str) -> bool:
    """Whether a style of the house has a number only because what it is based on has one."""
    style = found.get(name)
    numbering = None if style is None else house.numbering(style)
    return numbering is not None and not numbering[1]


def _free_ids(names: frozenset[str], taken: set[str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    lower = {identifier.lower() for identifier in taken}
    for name in sorted(names):
        identifier = name.replace(" ", "")
        while identifier.lower() in lower:
            identifier += "Briefgen"
        ids[name] = identifier
        lower.add(identifier.lower())
    return ids


def _root_ids(house: HouseStyles) -> dict[str, str]:
    kinds = {"character": "DefaultParagraphFont", "table": "TableNormal"}
    found = {root: house.default(kind) for kind, root in kinds.items()}
    return {root: s.get(wname("styleId"), "") for root, s in found.items() if s is not None}


def _rule_of(house: HouseStyles, style: Element, ours: StyleRule) -> StyleRule:
    """What writers must know of a style of the house; headings keep their level."""
    spacing = house.property_of(style, "pPr", "spacing")
    before = "" if spacing is None else spacing.get(wname("before"), "")
    return StyleRule.model_validate(
        {
            "kind": style.get(wname("type")),
            "bold": _is_on(house.property_of(style, "rPr", "b")),
            "italic": _is_on(house.property_of(style, "rPr", "i")),
            "before": int(before) / 20 if before.isdecimal() else 0,
            "outline": ours.outline,
        }
    )


def _is_on(element: Element | None) -> bool | None:
    if element is None:
        return None
    return element.get(wname("val"), "1") not in {"0", "false", "off"}


def write_styles(sheet: HouseSheet, language: str) -> None:
    """Put the styles that are made behind those of the house, and the document's language in."""
    element = sheet.house.element
    for style in default_styles():
        kind = style.get(wname("type"), "")
        if kind != "numbering" and sheet.house.default(kind) is None:
            element.append(style)
    for name, rule in sheet.word.styles.items():
        if name in sheet.made:
            element.append(sheet.style(name, rule))
    # The language is the text's, not the style's: else Word marks each word as misspelt.
    _set_language(element, language)


def _set_language(styles: Element, language: str) -> None:
    parent = styles
    for place, tag in enumerate(("docDefaults", "rPrDefault", "rPr", "lang")):
        child = parent.find(wname(tag))
        if child is None:
            child = w(tag)
            # w:docDefaults and w:rPrDefault come first by the schema, w:lang near the end.
            parent.insert(0, child) if place < 2 else parent.append(child)  # noqa: PLR2004
        parent = child
    for lang in styles.iter(wname("lang")):
        lang.set(wname("val"), language)


def house_levels(sheet: HouseSheet, numbering: Element) -> dict[tuple[str, int], Level]:
    """Where the house's list styles define their lists; those without take ours directly."""
    definitions = {
        num.get(wname("numId")): num.find(wname("abstractNumId"))
        for num in numbering.iter(wname("num"))
    }
    levels: dict[tuple[str, int], Level] = {}
    for number, (kind, rule) in enumerate(sheet.word.lists.items(), start=sheet.first_list):
        for level, name in enumerate(rule.styles):
            style = None if name in sheet.made else sheet.house.find(name, "paragraph")
            if style is None:
                continue
            own = _own_level(sheet.house, style, definitions, numbering)
            levels[kind, level] = own or Level(number, number, level, in_style=False)
    return levels


def _own_level(
    house: HouseStyles,
    style: Element,
    definitions: Mapping[str | None, Element | None],
    numbering: Element,
) -> Level | None:
    found = house.numbering(style)
    if found is None or not found[1]:
        return None
    number = found[0].find(wname("numId"))
    instance = "" if number is None else number.get(wname("val"), "")
    definition = definitions.get(instance)
    identifier = "" if definition is None else definition.get(wname("val"), "")
    if not instance.isdecimal() or not identifier.isdecimal():
        return None
    return Level(
        int(identifier),
        int(instance),
        _level_of(found[0], identifier, style.get(wname("styleId"), ""), numbering),
        is_shared=True,
    )


def _level_of(numbering_of_style: Element, definition: str, style: str, numbering: Element) -> int:
    """The level that names the style, or else the one that the style names."""
    for each in numbering.iter(wname("abstractNum")):
        if each.get(wname("abstractNumId")) == definition:
            for level in each.iter(wname("lvl")):
                linked = level.find(wname("pStyle"))
                if linked is not None and linked.get(wname("val")) == style:
                    return _level_number(level.get(wname("ilvl"), ""))
    own = numbering_of_style.find(wname("ilvl"))
    return 0 if own is None else _level_number(own.get(wname("val"), ""))


def _level_number(value: str) -> int:
    """A level of a list, of which Word has nine."""
    return min(int(value), 8) if value.isdecimal() else 0

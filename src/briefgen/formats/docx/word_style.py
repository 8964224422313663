"""The layout's `word.yaml`: which Word style each tree element takes, and how styles look.

In: YAML. Out: `WordStyle`, frozen. `styles.py` turns it, with the theme, into Word's style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from briefgen.document.layout import Layout
from briefgen.document.theme import ColourName, TypeName
from briefgen.dossier.base import Model
from briefgen.dossier.yaml_places import YamlFile
from briefgen.edition.models import Length
from briefgen.problems import ProblemsFound, suggest

Face = Literal["text", "heading"]
GapName = Literal["control", "list", "figure", "table", "box"]
Side = Literal["top", "left", "bottom", "right", "inside"]
Indent = float | Literal["hang"]


class UnknownWordStyle(LookupError):
    """`word.yaml` gives no style for an element that the document has: our own bug."""


class Border(Model):
    """A line along one side."""

    colour: ColourName
    """Colour of the theme."""
    width: Annotated[float, Field(gt=0, le=12)]
    """Points; Word draws eighths of a point, at most 12."""
    space: Annotated[int, Field(ge=0, le=31)] = 0
    """Points between line and text; Word allows 31."""


class StyleRule(Model):
    """One Word style; what is not said comes from the style it is based on."""

    kind: Literal["paragraph", "character", "table"] = "paragraph"
    """What the style is applied to."""
    based_on: str | None = None
    """Style that it inherits from."""
    next: str | None = None
    """Style of the paragraph that Enter opens."""
    font: Face | None = None
    """Face of the theme."""
    type: TypeName | None = None
    """Size and line height of the theme."""
    exact: bool = False
    """The line height is kept even where the face wants more."""
    natural: bool = False
    """Lines as high as their content: for pictures."""
    bold: bool | None = None
    """Bold; office faces have no semibold."""
    italic: bool | None = None
    """Italic."""
    superscript: bool = False
    """Raised and small."""
    colour: ColourName | None = None
    """Colour of the theme."""
    underline: ColourName | None = None
    """A thin line under the text, in this colour."""
    tracking: float | None = None
    """Points added between letters."""
    left: Indent | None = None
    """Left indent in millimetres; `hang` reaches into the margin as far as the theme says."""
    right: float | None = None
    """Right indent in millimetres."""
    first: float | None = None
    """Indent of the first line against the others, in millimetres."""
    before: float | None = None
    """Points above."""
    after: float | None = None
    """Points below."""
    keep_next: bool | None = None
    """Stays on the page of the next paragraph."""
    keep_lines: bool | None = None
    """Is not broken over pages."""
    page_break: bool | None = None
    """Starts a page."""
    hyphenate: bool | None = None
    """Whether words may be divided."""
    outline: Annotated[int, Field(ge=0, le=9)] | None = None
    """Level in the navigation pane, from 0; 9 is none."""
    tab: Literal["right"] | None = None
    """A tab stop at the right end of the text."""
    shade: ColourName | None = None
    """Colour behind the paragraph."""
    border: dict[Side, Border] = {}
    """Lines by side; `inside` is between the rows of a table, or neighbours in one frame."""
    head: dict[Side, Border] = {}
    """Lines of a table's head row."""
    cell: dict[Side, float] = {}
    """Points between the text of a cell and its edge."""


class ListRule(Model):
    """One kind of list, with real numbering."""

    marks: Annotated[tuple[str, ...], Field(min_length=1, max_length=9)]
    """The mark of each level; `%1` stands for the number at the first."""
    formats: tuple[Literal["decimal", "lowerLetter", "lowerRoman", "upperRoman"], ...] = ()
    """How each level counts; without them the list has bullets."""
    styles: Annotated[tuple[str, ...], Field(min_length=1)]
    """Paragraph style of each level; the last holds for those below."""
    left: float
    """Left indent of the first level's text, in millimetres."""
    hanging: float
    """How far the mark stands left of the text, in millimetres."""
    step: float | None = None
    """Indent that each further level adds, in millimetres; as much as `hanging` if not said."""
    type: TypeName | None = None
    """Size of the mark, if not the text's."""
    bold: bool = False
    """The mark is bold."""
    colour: ColourName = "accent"
    """Colour of the mark."""
    continues: bool = False
    """Each list of the kind counts on from the one before."""


class Labels(Model):
    """Words that the Word file adds around the document."""

    version: str
    """In the running foot; `{version}`."""
    page: str
    """In the running foot; `{page}` and `{pages}`."""
    control: str
    """What a screen reader calls the document control on the cover."""
    repeated: str
    """In a comment on a claim that has one already."""


@dataclass(frozen=True)
class HouseRules:
    """What holds in a file that takes its styles from a reference file."""

    ids: Mapping[str, str] = field(default_factory=dict)
    """Id of each style by the name that `word.yaml` has for it."""
    unnumbered: frozenset[str] = frozenset()
    """Styles whose paragraphs must say that they have no number: they inherit one."""
    kept: frozenset[str] = frozenset()
    """Headings that must say that they stay with what follows: their style does not."""
    outlines: Mapping[str, int] = field(default_factory=dict)
    """Level in the navigation pane that paragraphs must say, because their style does not."""


class WordStyle(Model):
    """How a layout looks in Word."""

    scale: dict[Face, float]
    """By what the theme's sizes are multiplied, because office faces are smaller on the body."""
    east_asian: dict[Face, str]
    """Faces for Chinese, Japanese and Korean words."""
    stand_ins: dict[str, str] = {}
    """Faces of the same widths, by the face they replace where it is missing."""
    quotes: Annotated[tuple[str, ...], Field(min_length=4, max_length=4)]
    """Quotation marks: outer open and close, inner open and close."""
    header_distance: float
    """From the paper's upper edge to the running head, in millimetres."""
    footer_distance: float
    """From the paper's lower edge to the running foot, in millimetres."""
    labels: Labels
    """Words that the Word file adds."""
    gaps: dict[GapName, float]
    """Points kept below these, and above a box, whatever the styles say."""
    columns: dict[str, Annotated[tuple[float, ...], Field(min_length=1)]]
    """Proportions of the columns, by class of the table; `memo` is the head of a memo."""
    elements: dict[str, str]
    """Style of each tree element; `box p` is a `p` in a box."""
    lists: dict[str, ListRule]
    """Numbering of each kind of list."""
    styles: dict[str, StyleRule]
    """The style sheet, by the names that Word shows."""
    reference_styles: dict[str, str] = {}
    """Names that a reference file has for these styles, where they are not Word's."""
    flowing: tuple[Length, ...] = ()
    """Lengths in which no style starts a page: each line of white would be missed."""
    _house: HouseRules = PrivateAttr(default_factory=HouseRules)

    def at_length(self, length: Length, space: float) -> WordStyle:
        """The style at a length, with the space between blocks multiplied."""
        styles = {
            name: rule.model_copy(
                update={
                    "before": None if rule.before is None else rule.before * space,
                    "after": None if rule.after is None else rule.after * space,
                    "cell": {
                        side: points * (space if side in ("top", "bottom") else 1)
                        for side, points in rule.cell.items()
                    },
                    "page_break": None if length in self.flowing else rule.page_break,
                }
            )
            for name, rule in self.styles.items()
        }
        gaps = {name: gap * space for name, gap in self.gaps.items()}
        return self.model_copy(update={"styles": styles, "gaps": gaps})

    def at_scale(self, scale: float) -> WordStyle:
        """The style with the theme's sizes multiplied by this in every face."""
        return self.model_copy(update={"scale": dict.fromkeys(self.scale, scale)})

    @model_validator(mode="after")
    def _check_names(self) -> WordStyle:
        used = {*self.elements.values()}
        used |= {name for rule in self.lists.values() for name in rule.styles}
        used |= {rule.based_on for rule in self.styles.values() if rule.based_on}
        used |= {rule.next for rule in self.styles.values() if rule.next}
        used |= self.reference_styles.keys()
        if missing := sorted(used - self.styles.keys()):
            raise ValueError(f"names styles that it does not define: {', '.join(missing)}")
        return self

    def style_of(self, element: str, within: Sequence[str] = ()) -> str:
        """Name of the style for an element; `within` lists its surroundings, nearest first.

        Raises:
            UnknownWordStyle: `elements` has no line for it.

        """
        for key in (*(f"{around} {element}" for around in within), element):
            if key in self.elements:
                return self.elements[key]
        raise UnknownWordStyle(f'word.yaml has no style for "{element}" within {list(within)}')

    def id_of(self, style: str) -> str:
        """The id of a style in the file: in ours its name without blanks, as Word makes it."""
        return self._house.ids.get(style) or style.replace(" ", "")

    @property
    def house(self) -> HouseRules:
        """What a reference file asks for instead."""
        return self._house

    def in_house(self, house: HouseRules, styles: Mapping[str, StyleRule]) -> WordStyle:
        """The same with the ids and the styles of a reference file."""
        copy = self.model_copy(update={"styles": dict(styles)})
        copy._house = house  # noqa: SLF001 - of this class
        return copy

    def list_of(self, kind: str, within: Sequence[str] = ()) -> str:
        """Key of the list rule for a kind of list in its surroundings."""
        for key in (*(f"{around} {kind}" for around in within), kind):
            if key in self.lists:
                return key
        raise UnknownWordStyle(f'word.yaml has no list "{kind}"')

    def inherited(self, style: str, field: str) -> object:
        """A property of a style, its own or that of the nearest style it is based on."""
        name: str | None = style
        while name:
            rule = self.styles[name]
            if (value := getattr(rule, field)) is not None:
                return value
            name = rule.based_on
        return None


def load_word_style(layout: Layout) -> WordStyle:
    """The layout's `word.yaml`, over those of the layouts that it extends.

    Raises:
        ProblemsFound: the file is missing or wrong, at the place of each mistake.
    """
    file = layout.yaml("word.yaml")
    _check_style_names(file)
    if file.problems:
        raise ProblemsFound(file.problems)
    return layout.read(WordStyle, "word.yaml")


def _check_style_names(file: YamlFile) -> None:
    """Note each style that is named but not defined, where it is named."""
    styles = file.data.get("styles")
    if not isinstance(styles, dict):
        return
    for path, where in file.values.items():
        name = _value_at(file.data, path) if _names_style(path) else None
        if isinstance(name, str) and name not in styles:
            mend = f"{suggest(name, styles)}define it under `styles:`"
            file.add(where, "BG012", f'unknown Word style "{name}"', mend)


def _names_style(path: tuple[str | int, ...]) -> bool:
    """Whether the value at this path of the file is the name of a style."""
    match path:
        case ("elements", _) | ("styles", _, "based_on" | "next") | ("lists", _, "styles", _):
            return True
    return False


def _value_at(data: Any, path: tuple[str | int, ...]) -> object:
    for part in path:
        data = data[part]
    return data

"""The theme: colours, faces, sizes and page of a layout, said once for every format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from briefgen.dossier.base import Colour, Model
from briefgen.edition.models import Length, Paper

ColourName = Literal["ink", "soft", "rule", "accent", "tint", "warm"]
TypeName = Literal[
    "body",
    "title",
    "subtitle",
    "bottom_line",
    "h2",
    "h3",
    "sowhat",
    "table",
    "caption",
    "note",
    "small",
]

PAGE_SIZES: Mapping[Paper, tuple[float, float]] = {"A4": (210, 297), "Letter": (215.9, 279.4)}
"""Width and height in millimetres."""
TYPE_ON: Mapping[Paper, float] = {"A4": 1, "Letter": 0.98}
"""Factor of sizes: in fewer, wider lines on a text block of the same area, twelve documents of one
page grew by 2 to 4 per cent."""


class Fonts(Model):
    """Families by use."""

    text: str
    """Running text."""
    heading: str
    """Headings, tables, figures, notes."""


Points = Annotated[float, Field(ge=1, le=200)]
Margin = Annotated[float, Field(ge=0, le=100)]


class TypeSize(Model):
    """Size and line height, in points."""

    size: Points
    line: Points


class Margins(Model):
    """Page margins on A4, in millimetres; on Letter those above and below are narrower."""

    top: Margin
    right: Margin
    bottom: Margin
    left: Margin


class Page(Model):
    """The page, in millimetres."""

    size: Paper
    margins: Margins
    hang: Margin
    """How far headings, tables, figures and boxes reach into the left margin."""

    @field_validator("hang")
    @classmethod
    def _lies_on_the_sheet(cls, hang: float, info: ValidationInfo) -> float:
        margins = info.data.get("margins")
        if margins and hang > margins.left:
            raise ValueError(f"is more than the left margin, {margins.left:g}; make it less")
        return hang

    def on_paper(self, paper: Paper) -> Page:
        """The page on this paper, with a text block of the area that it has on A4.

        Else a page budget that holds on A4 would not on Letter, which is shorter: what it lacks in
        height it has in width, and the rest comes from the margins above and below, half each.
        """
        (width, height), (a4_width, a4_height) = PAGE_SIZES[paper], PAGE_SIZES["A4"]
        above_and_below = self.margins.top + self.margins.bottom
        beside = self.margins.left + self.margins.right
        wanted = (a4_height - above_and_below) * (a4_width - beside) / (width - beside)
        less = round((wanted - (height - above_and_below)) / 2, 2)
        margins = {
            "top": max(0.0, self.margins.top - less),
            "bottom": max(0.0, self.margins.bottom - less),
        }
        update = {"size": paper, "margins": self.margins.model_copy(update=margins)}
        return self.model_copy(update=update)

    @property
    def width(self) -> float:
        """Width of the sheet."""
        return PAGE_SIZES[self.size][0]

    @property
    def text_width(self) -> float:
        """Width of the running text."""
        return self.width - self.margins.left - self.margins.right

    @property
    def text_height(self) -> float:
        """Height of text and notes."""
        return PAGE_SIZES[self.size][1] - self.margins.top - self.margins.bottom

    @property
    def full_width(self) -> float:
        """Width of the text and the hang together."""
        return self.text_width + self.hang


class Density(Model):
    """How much smaller a length is set."""

    type: Annotated[float, Field(gt=0.5, le=1.5)] = 1
    """Factor of sizes and line heights."""
    space: Annotated[float, Field(ge=0, le=2)] = 1
    """Factor of the space between blocks."""


class Theme(Model):
    """Everything that CSS and Word styles share."""

    extends: str | None = None
    """Layout whose files serve where this one has none, and whose keys where this file has none."""

    colours: dict[ColourName, Colour]
    """ink (text), soft (captions), rule (lines), accent, tint (boxes), warm (contested)."""
    fonts: Fonts
    """Families of PDF and HTML; they come as dependencies."""
    word_fonts: Fonts
    """Families of the Word document, which offices have."""
    page: Page
    """Size, margins and hang."""
    type: dict[TypeName, TypeSize]
    """Sizes by use."""
    density: dict[Length, Density] = {}
    """How much smaller each length is set; as it stands here where nothing is said."""
    space: Annotated[float, Field(ge=0, le=5)] = 1
    """Factor of the space between blocks."""

    def at_length(self, length: Length) -> Theme:
        """The theme with the sizes and spaces of a length."""
        density = self.density.get(length, Density())
        sized = self.scaled(density.type)
        return sized.model_copy(update={"space": self.space * density.space})

    def on_paper(self, paper: Paper | None) -> Theme:
        """The theme on the edition's paper, or else on its own, with that paper's margins."""
        page = self.page.on_paper(paper or self.page.size)
        return self.model_copy(update={"page": page}).scaled(TYPE_ON[page.size])

    def scaled(self, factor: float) -> Theme:
        """The theme with all sizes and line heights multiplied."""
        sizes = {
            use: TypeSize(size=size.size * factor, line=size.line * factor)
            for use, size in self.type.items()
        }
        return self.model_copy(update={"type": sizes})

    def spaced(self, factor: float) -> Theme:
        """The theme with more or less space between blocks."""
        return self.model_copy(update={"space": self.space * factor})

    def with_accent(self, accent: str | None) -> Theme:
        """The theme in an edition's own accent colour, or as it is."""
        if accent is None:
            return self
        return self.model_copy(update={"colours": {**self.colours, "accent": accent}})

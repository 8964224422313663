"""What an edition declares: the tailoring of a dossier for one audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from briefgen.dossier.base import (
    ID_PATTERN,
    ActorRef,
    AreaRef,
    Body,
    ChosenRef,
    Colour,
    Edtf,
    FigureRef,
    Horizon,
    Model,
    ObstacleRef,
    Proposal,
    Prose,
    RecommendationRef,
    Record,
    TableRef,
    Text,
    Word,
)


def _check_folder(name: str) -> str:
    # An edition from elsewhere must not make templates of other folders run.
    if not ID_PATTERN.fullmatch(name):
        raise ValueError(f'"{name}" is not in kebab-case; write the name of a folder of templates')
    return name


FolderName = Annotated[str, AfterValidator(_check_folder)]
Weight = Annotated[int, Field(ge=0, le=5, strict=True)]
SectionName = Literal[
    "contents",
    "context",
    "areas",
    "obstacles",
    "recommendations",
    "case-against",
    "left-out",
    "abbreviations",
    "sources",
    "evidence",
]
HeadingName = Literal[SectionName, "messages", "against"]
FigureName = Literal["timeline", "matrix", "grid", "positions", "succession", "operations", "bars"]
FIGURES_IN: Mapping[SectionName, tuple[FigureName, ...]] = {
    "context": ("timeline", "succession", "operations", "bars"),
    "areas": ("positions",),
    "obstacles": ("matrix",),
    "recommendations": ("grid",),
}
"""In which section each kind of figure stands, in order."""
Format = Literal["pdf", "docx", "html"]
Length = Literal["one-page", "brief", "full"]
Paper = Literal["A4", "Letter"]


class Audience(Model):
    """Whom the edition is written for."""

    name: Text
    """As printed on the cover."""
    knows: tuple[Text, ...] = ()
    """What they know already."""
    cares_about: tuple[Text, ...] = ()
    """What they care about; for those who write the edition, not printed."""


class Stance(Model):
    """From where the edition looks; anything but neutral says so on the cover."""

    role: Literal["neutral", "perspective", "sceptic", "advocate"]
    """neutral, perspective, sceptic or advocate."""
    label: Prose | None = None
    """As printed on the cover; needed unless neutral."""
    weakness: Prose | None = None
    """What the edition is weakest at, in a sentence or two; needed unless neutral."""


class KeyMessage(Model):
    """One of the three or so things to remember."""

    id: str
    """Kebab-case key, unique in the edition."""
    lead: Prose
    """A bold sentence that could stand alone."""
    text: Prose
    """Its ground, with citations."""
    counter: Prose | None = None
    """The best answer to it, citing a claim that the message does not; needed unless neutral."""


class Reworded(Model):
    """The edition's own wording of prose fields, on the same claims."""

    title: Text | None = None
    """Replaces the record's title."""
    summary: Prose | None = None
    """Replaces the record's summary."""
    body: Body | None = None
    """Replaces the record's body."""
    first_step: Proposal | None = None
    """Replaces a recommendation's first step."""
    indicator: Proposal | None = None
    """Replaces a recommendation's sign of success."""
    risk: Proposal | None = None
    """Replaces what could go wrong with a recommendation."""


class Lens(Model):
    """What the edition says about a shared record."""

    weight: Weight | None = None
    """0 (leave out) to 5 (lead with), 1 where nothing is said; in full, from 4 on with the body."""
    so_what: Prose | None = None
    """What it means for this reader: a judgement that cites its claims."""
    caveat: Prose | None = None
    """What this reader must bear in mind."""
    text: Reworded = Reworded()
    """The edition's own wording."""


class RecommendationLens(Lens):
    """What the edition says about a recommendation."""

    position: Literal["endorse", "adapt", "oppose"] = "endorse"
    """Whether the edition recommends it, recommends it changed, or advises against it."""
    owner: tuple[ActorRef, ...] = ()
    """Who should act, for this reader; only where the position is adapt."""
    horizon: Horizon | None = None
    """By when, as the edition changes it; only where the position is adapt."""


class Lenses(Model):
    """What the edition says about shared records, by id."""

    areas: dict[AreaRef, Lens] = {}
    """Areas by id."""
    obstacles: dict[ObstacleRef, Lens] = {}
    """Obstacles by id."""
    recommendations: dict[RecommendationRef, RecommendationLens] = {}
    """Recommendations by id."""


class Exclusion(Model):
    """A record that the edition leaves out on purpose."""

    id: ChosenRef
    """The record."""
    reason: Prose
    """Why, as a clause that can stand in brackets; printed."""


class AtMost(Model):
    """How many records of each kind the edition shows."""

    areas: Annotated[int, Field(ge=1, strict=True)] = 6
    """Areas."""
    obstacles: Annotated[int, Field(ge=1, strict=True)] = 6
    """Obstacles."""
    recommendations: Annotated[int, Field(ge=1, strict=True)] = 8
    """Recommendations."""


class Figure(Model):
    """A figure drawn from records."""

    id: str
    """Kebab-case key, unique in the edition."""
    kind: FigureName
    """timeline, matrix, grid (recommendations by effort and impact), positions (of actors),
    succession (of instruments), operations (rows of a table by year and group) or bars (numbers of
    a table)."""
    title: Prose
    """Caption: what it shows, in a sentence."""
    records: tuple[FigureRef, ...] = ()
    """What it shows: milestones of a timeline; instruments of a succession; of positions the actors
    and what they are about. Where none are named: all milestones, all instruments that replace or
    are replaced, all actors, the areas of the brief."""
    table: TableRef | None = None
    """For operations: the table, whose head declares the grouping. For bars: the table."""
    year: str | None = None
    """For operations: the column (of type edtf) that places a row in time."""
    value: str | None = None
    """For bars: the column (of type integer or number) that is drawn; the table's first column
    names the bars."""


class Edition(Record):
    """The declared tailoring of a dossier for one audience."""

    extends: Word | None = None
    """Edition whose keys are taken where this one has none; mappings merge, lists replace."""
    label: Text
    """Short name, as printed in running heads: "India edition"."""
    title: Text
    """Title of the brief."""
    subtitle: Text | None = None
    """Line below the title."""
    question: Text
    """The question that the edition answers."""
    issued: Edtf
    """Date of issue (EDTF)."""
    version: Text
    """Version of the edition, quoted: "1.0"."""
    reference: Text | None = None
    """Reference number of the issuing house."""
    status: Literal["draft", "for-comment", "final"] = "draft"
    """draft, for-comment or final."""
    contact: Text | None = None
    """Whom to ask."""
    rights: Text | None = None
    """Rights statement."""
    handling: Text | None = None
    """How the document may be passed on."""
    audience: Audience
    """Whom it is written for."""
    stance: Stance
    """From where it looks."""
    bottom_line: Prose
    """The answer to the question, at most five lines, with citations."""
    key_messages: Annotated[tuple[KeyMessage, ...], Field(min_length=1)]
    """What to remember, in order."""
    context: Body
    """What the reader must know first, with citations."""
    lens: Lenses = Lenses()
    """What the edition says about shared records."""
    pin: tuple[ChosenRef, ...] = ()
    """Records that come first whatever their weight, in this order."""
    exclude: tuple[Exclusion, ...] = ()
    """Records left out on purpose, with the reason."""
    at_most: AtMost = AtMost()
    """How many records of each kind are shown, where the length does not allow fewer."""
    counter_view: Prose | None = None
    """The strongest case against this edition's stance, with citations; needed unless neutral."""
    headings: dict[HeadingName, Text] = {}
    """The edition's own headings of sections, of the messages and of what it advises against."""
    lengths: Annotated[tuple[Length, ...], Field(min_length=1)] = ("full",)
    """Lengths that its evidence fills: 1, 4 and at most 16 pages; brief is usual, or the first."""
    sections: Annotated[tuple[SectionName, ...], Field(min_length=1)]
    """Sections of the document, in order; the answer and the messages always come first."""
    figures: tuple[Figure, ...] = ()
    """Figures, at most one of a kind; each kind has its section."""
    layout: FolderName = "policy-brief"
    """Folder of templates; one in the project's `templates/` replaces the shipped one whole."""
    paper: Paper | None = None
    """A4 or Letter (8.5 by 11 inches), as its readers print on; otherwise that of the layout."""
    accent: Colour | None = None
    """The edition's accent colour, such as "#1d4f5c"; otherwise that of the layout."""
    language: Literal["en-GB"] = "en-GB"
    """Language of the document (BCP 47)."""
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = ("pdf", "docx", "html")
    """Formats that are built."""

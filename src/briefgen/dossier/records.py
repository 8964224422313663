"""The records that briefs are made of: areas, obstacles, recommendations and what they name."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from briefgen.dossier.base import (
    ActorRef,
    AreaRef,
    Body,
    ClaimRef,
    DatedValue,
    Description,
    Edtf,
    HanLanguage,
    Horizon,
    InstrumentRef,
    Model,
    ObstacleRef,
    Proposal,
    Prose,
    RecommendationRef,
    Record,
    Score,
    ShortLabel,
    SourceRef,
    SubjectRef,
    Text,
    Word,
)

Claims = Annotated[tuple[ClaimRef, ...], Field(min_length=1)]


class Area(Record):
    """A field in which the parties cooperate or could."""

    title: Text
    """Heading, without a full stop."""
    short: ShortLabel
    """Label for figures and tables, at most 28 characters."""
    summary: Prose
    """One to three sentences: what it is and how far it has come."""
    body: Body | None = None
    """Detail for the longer documents."""
    stage: Literal["idea", "dialogue", "pilot", "programme", "operational"]
    """How far it has come: idea, dialogue, pilot, programme, operational."""
    instruments: tuple[InstrumentRef, ...] = ()
    """Agreements and programmes that cover it."""
    actors: tuple[ActorRef, ...] = ()
    """Who works on it."""
    claims: Claims
    """The claims that it rests on, weightiest first."""


class Obstacle(Record):
    """Something that holds cooperation back."""

    title: Text
    """Heading, without a full stop."""
    short: ShortLabel
    """Label for figures and tables, at most 28 characters."""
    kind: Literal[
        "legal", "political", "geographic", "institutional", "resources", "perception", "external"
    ]
    """What sort of obstacle it is."""
    summary: Prose
    """One to three sentences: what holds back what, and why."""
    body: Body | None = None
    """Detail for the longer documents."""
    affects: Annotated[tuple[AreaRef, ...], Field(min_length=1)]
    """Areas that it touches, most affected first."""
    held_by: tuple[ActorRef, ...] = ()
    """Actors whose position or law it is."""
    severity: Score
    """How far it hinders: low (a nuisance) to high (blocks work)."""
    tractability: Score
    """How far it can be moved: low (given) to high (within reach)."""
    claims: Claims
    """The claims that it rests on, weightiest first."""


class Recommendation(Record):
    """A step that somebody can take."""

    title: Text
    """Imperative sentence without a full stop: what to do."""
    summary: Prose
    """One to three sentences: why, and to what end."""
    body: Body | None = None
    """Detail for the longer documents."""
    owner: Annotated[tuple[ActorRef, ...], Field(min_length=1)]
    """Who must act, the first in the lead."""
    horizon: Horizon
    """By when: now, within a year, within three years, longer, or at all times."""
    advances: Annotated[tuple[AreaRef, ...], Field(min_length=1)]
    """Areas that it serves."""
    overcomes: tuple[ObstacleRef, ...] = ()
    """Obstacles that it lowers."""
    needs: tuple[RecommendationRef, ...] = ()
    """Recommendations that must come first."""
    effort: Score
    """What it costs its owner."""
    impact: Score
    """What it would change."""
    first_step: Proposal
    """The step to take on Monday; our proposal."""
    indicator: Proposal
    """How one will see that it works; our proposal."""
    risk: Proposal
    """What could go wrong; our proposal."""
    proposed_by: tuple[SourceRef, ...] = ()
    """Sources that propose it, as printed; none where it is the curators' own proposal."""
    claims: Claims
    """The claims that it rests on: the proposal itself, or the facts that call for it."""


class Office(Model):
    """An office that a person held at the time of the evidence."""

    id: str
    """Kebab-case key, unique in the actor."""
    title: Text
    """Name of the office."""
    as_of: Edtf
    """When the source shows the person in it (EDTF)."""
    claim: ClaimRef
    """The claim that says so."""


class Position(Model):
    """What an actor holds on an area, obstacle, recommendation or instrument."""

    id: str
    """Kebab-case key, unique in the actor."""
    on: SubjectRef
    """The record that the position is about."""
    stance: Literal["supports", "opposes", "conditional", "unstated"]
    """supports, opposes, conditional (supports under conditions) or unstated."""
    claim: ClaimRef
    """The claim that carries the position."""


class Actor(Record):
    """A state, organisation, group or person."""

    name: Text
    """Full name, as printed."""
    short: ShortLabel
    """Label for figures and tables, at most 28 characters."""
    kind: Literal["state", "organisation", "group", "person"]
    """What sort of actor it is."""
    role: Prose | None = None
    """What it has to do with the subject, in a sentence."""
    offices: tuple[Office, ...] = ()
    """Offices of a person, dated."""
    positions: tuple[Position, ...] = ()
    """What it holds, with the claim that says so."""


class Instrument(Record):
    """An agreement, programme, law, body or exercise, with its succession."""

    title: Text
    """Official name."""
    short: ShortLabel
    """Label for figures and tables: an abbreviation or short name."""
    aliases: tuple[Text, ...] = ()
    """Other names and spellings under which sources and prose speak of it."""
    kind: Literal[
        "agreement",
        "declaration",
        "programme",
        "law",
        "strategy",
        "mission",
        "office",
        "exercise",
        "grouping",
        "operation",
    ]
    """What sort of instrument it is."""
    parties: tuple[ActorRef, ...] = ()
    """Who is party to it."""
    status: Literal["proposed", "stalled", "in-force", "ended", "unknown"]
    """Where it stands at the date of the evidence."""
    adopted: DatedValue | None = None
    """When it was adopted, with the claim."""
    ends: DatedValue | None = None
    """Until when it runs or ran, with the claim."""
    succeeds: tuple[InstrumentRef, ...] = ()
    """Instruments that it replaces."""
    summary: Prose
    """One or two sentences: what it does."""
    claims: Claims
    """The claims that it rests on."""


class Milestone(Record):
    """A dated event."""

    title: Text
    """What happened, without a full stop."""
    short: Annotated[Text, Field(max_length=36)]
    """Label for the timeline, at most 36 characters."""
    date: DatedValue
    """When, with the claim that says so."""
    outcome: Literal["happened", "announced", "stalled", "disputed"] = "happened"
    """happened, announced (not shown to have happened), stalled, or disputed."""
    claims: Claims
    """The claims that it rests on."""


class Term(Record):
    """An abbreviation or fixed name: expanded at first use, listed where a layout asks."""

    term: Text
    """As it stands in the text, exactly."""
    expansion: Text | None = None
    """The long form of an abbreviation; none for a fixed name."""


class Column(Model):
    """A column of a table."""

    id: str
    """Kebab-case key: the column's name in the CSV file's first line."""
    title: Text
    """Heading."""
    type: Literal["text", "integer", "number", "edtf"] = "text"
    """What its cells hold: text, integer, number or edtf."""


class Group(Model):
    """Rows of a table that the curators put together."""

    id: str
    """Kebab-case key, unique in the table."""
    title: Text
    """Name of the group, as figures print it."""
    cells: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The cells of the grouping's column that belong to it, exactly as the CSV file has them."""


class Grouping(Model):
    """How the curators group a table's rows: their own work, not the source's."""

    title: Text
    """What the groups are, such as Region."""
    column: str
    """Id of the column whose cells are grouped."""
    why: Text
    """By what the cells were assigned, and what is arguable in it."""
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    """The groups, in the order of figures; together they hold each cell once."""


class Table(Record):
    """The head of a CSV file of the same name."""

    title: Text
    """Caption, without a full stop."""
    source: SourceRef
    """The source that it is taken from."""
    columns: Annotated[tuple[Column, ...], Field(min_length=2)]
    """Columns, left to right."""
    grouping: Grouping | None = None
    """The curators' own grouping of the rows, for figures."""
    notes: tuple[Prose, ...] = ()
    """What a careful reader must know, doubts included."""
    claims: Claims
    """The claims that the table rests on."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Cells by row; read from the CSV file, not written here."""


class About(Model):
    """What the dossier is: `dossier.yaml`."""

    title: Text
    """Subject, as printed in the series line."""
    scope: Description
    """What is in and what is not."""
    as_of: Edtf
    """The date to which the evidence reaches (EDTF)."""
    language: Word
    """Language of the data (BCP 47), such as en-GB."""
    han: HanLanguage = "ja"
    """Language of names in Han characters alone: ja, zh-Hans, zh-Hant or ko."""
    method: Description
    """How it was curated."""
    limits: Description
    """What it cannot tell."""
    interests: Description
    """Interests of those who made it."""

"""The document: the brief as one semantic tree, from which every format is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from briefgen.document.ledger import Ledger
from briefgen.document.theme import Theme
from briefgen.edition.models import Length

FACTS = (
    "title",
    "subtitle",
    "series",
    "edition",
    "question",
    "audience",
    "stance",
    "evidence-to",
    "issued",
    "version",
    "reference",
    "status",
    "handling",
    "contact",
    "rights",
)
"""Every name; docs/word.md says what each holds."""


@dataclass(frozen=True)
class FigureData:
    """A figure's data as plain text, for formats that offer it beside the drawing."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first cell of a row names it."""
    drawn: bool
    """Whether a drawing stands in the document; otherwise this table does."""
    values: tuple[float | None, ...] = ()
    """Of a plain chart, which an office program can draw itself: the number of each row."""


@dataclass(frozen=True)
class Caution:
    """What an editor must know of a claim that is contested, doubtful or out of date."""

    claim: str
    """Its id."""
    kind: str
    """Kind, date and status, in words."""
    statement: str
    note: str
    """What a careful reader must know; may be empty."""
    passages: tuple[str, ...]
    """The words of the sources, with their source and, where they dissent, their role."""
    review_by: str
    """When it should be looked at again, in words; may be empty."""


@dataclass(frozen=True)
class Document:
    """One brief, ready to be rendered; `docs/document.md` is its vocabulary."""

    tree: etree._Element
    """Root `html` element; HTML elements without a namespace, SVG in its own."""
    language: str
    """BCP 47."""
    length: Length
    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    series: str
    """Title of the dossier."""
    edition_label: str
    version: str
    issued: str
    """EDTF."""
    issued_words: str
    """The same in words."""
    status: str
    handling: str | None
    theme: Theme
    claims: tuple[str, ...] = ()
    """Ids of the claims cited, in order."""
    cautions: Mapping[str, tuple[Caution, ...]] = field(default_factory=dict)
    """What to know of the claims cited that need care, by their id."""
    ledger: Ledger = field(default_factory=Ledger)
    """Its texts with their claims and evidence."""
    dossier: str = ""
    """Name of the dossier's folder."""
    edition: str = ""
    """Id of the edition."""
    layout: str = ""
    """Name of the layout."""
    data: str = ""
    """Hash of the data that it shows; nothing where it was composed for no artefact."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The fields that it prints as they stand in the data, by their name without `#<block>`."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What its cover says, as plain text by the names in `FACTS`; only those that it has."""
    fact_fields: Mapping[str, str] = field(default_factory=dict)
    """The fields of those facts whose text is that of a field."""
    figures: tuple[FigureData, ...] = ()
    """Its figures' data as plain text, in the edition's order."""
    warnings: tuple[str, ...] = ()
    """What the reader of the build should know."""

    @property
    def about(self) -> dict[str, str]:
        """Which document it is, as a ledger says it."""
        names = ("dossier", "edition", "layout", "length", "version", "issued", "data")
        return {name: getattr(self, name) for name in names}

"""The document: the brief as one semantic tree, from which every format is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from briefgen.document.ledger import Ledger
from briefgen.document.theme import Theme
from briefgen.edition.models import Length


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
    ledger: Ledger = field(default_factory=Ledger)
    """Its texts with their claims and evidence."""
    dossier: str = ""
    """Name of the dossier's folder."""
    edition: str = ""
    """Id of the edition."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What its cover says, as plain text by the names in `facts.py`; only those that it has."""
    figures: tuple[FigureData, ...] = ()
    """Its figures' data as plain text, in the edition's order."""
    warnings: tuple[str, ...] = ()
    """What the reader of the build should know."""

    @property
    def about(self) -> dict[str, str]:
        """Which document it is, as a ledger says it."""
        names = ("dossier", "edition", "length", "version", "issued")
        return {name: getattr(self, name) for name in names}

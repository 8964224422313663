"""Sources and claims: the only home of evidence and status."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    model_validator,
)

from briefgen.dossier.base import (
    SHA256,
    ClaimRef,
    Description,
    Edtf,
    Model,
    Prose,
    Record,
    SourceRef,
    Text,
)

CslType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "chapter",
    "dataset",
    "document",
    "hearing",
    "interview",
    "legislation",
    "pamphlet",
    "paper-conference",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "report",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]
"""The types of CSL 1.0.2 that a briefing is likely to cite."""


UPPER_CASE = frozenset({"url", "doi", "issn", "isbn"})
OWN_KEYS = frozenset({"depends_on"})
"""Keys with an underscore that are ours and not CSL's."""


def csl_key(name: str) -> str:
    """The CSL spelling of a field name: `container-title`, `URL`."""
    if name in UPPER_CASE:
        return name.upper()
    return name if name in OWN_KEYS else name.replace("_", "-")


class Name(Model):
    """A CSL name: a person by family and given name, or a body by its literal name."""

    model_config = ConfigDict(alias_generator=csl_key)

    family: Text | None = None
    """Family name."""
    given: Text | None = None
    """Given names as printed by the source."""
    literal: Text | None = None
    """The name of a body, or of a person whose parts are unknown."""
    static_ordering: bool = False
    """Family name first even where the style inverts (East Asian names)."""


class Reliability(Model):
    """How far the source can be trusted as such, on the Admiralty scale (NATO AJP-2.1)."""

    grade: Literal["A", "B", "C", "D", "E", "F"]
    """A (completely reliable) to E (unreliable); F (cannot be judged)."""
    why: Text
    """The reason, in a sentence."""


def _refuse_path(name: str) -> str:
    # A dossier from elsewhere must not make `check` read files outside the folder of texts.
    if "/" in name or "\\" in name or name in (".", ".."):
        raise ValueError(f'"{name}" is a path; write the name of a file in the folder of texts')
    return name


class SourceText(Model):
    """The plain text in which quotes are found; it stays outside the project."""

    file: Annotated[Text, AfterValidator(_refuse_path)]
    """Name of the text file in the folder given to `check --sources`."""
    sha256: Annotated[str, Field(pattern=SHA256)]
    """Fingerprint of that file, in hexadecimal."""


class Dependence(Model):
    """That a source leans on another, or on an origin outside the dossier.

    Sources that lean on each other or on one origin are not two witnesses.
    """

    source: SourceRef | None = None
    """The source of the dossier that it leans on; or else `origin`."""
    origin: Text | None = None
    """An origin outside the dossier, such as an organisation's web site, named alike throughout."""
    why: Text
    """How it leans on it."""

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.source is None) == (self.origin is None):
            raise ValueError("names no one thing to lean on; write either `source` or `origin`")
        return self


class Source(Record):
    """A published text: standard CSL fields, and how far to trust it."""

    model_config = ConfigDict(alias_generator=csl_key)

    type: CslType
    """CSL type: article-magazine, report, webpage and so on."""
    title: Text
    """Title as published."""
    title_short: Text | None = None
    """Short title for later notes; otherwise the first words of the title."""
    author: tuple[Name, ...] = ()
    """CSL names of the authors, in order."""
    editor: tuple[Name, ...] = ()
    """CSL names of the editors."""
    issued: Edtf | None = None
    """Date of publication (EDTF); left out when it is unknown."""
    accessed: Edtf | None = None
    """Date on which it was read (EDTF)."""
    container_title: Text | None = None
    """Journal, magazine or site."""
    collection_title: Text | None = None
    """Series."""
    collection_number: Text | None = None
    """Number in the series."""
    publisher: Text | None = None
    """Publisher."""
    publisher_place: Text | None = None
    """Place of publication."""
    volume: Text | None = None
    """Volume."""
    issue: Text | None = None
    """Issue."""
    number: Text | None = None
    """Number of a report or paper."""
    page: Text | None = None
    """Page range."""
    genre: Text | None = None
    """What it is: working paper, study and so on."""
    language: Text | None = None
    """Language of the text (BCP 47)."""
    url: Text | None = None
    """Address of the text."""
    doi: Text | None = None
    """Digital object identifier."""
    issn: Text | None = None
    """ISSN."""
    isbn: Text | None = None
    """ISBN."""
    abstract: Text | None = None
    """Abstract; not printed."""
    note: Description
    """A descriptive line for readers: who writes, for whom."""
    reliability: Reliability
    """Grade of the source with its reason; printed only where a layout asks."""
    viewpoint: Text
    """From where the source looks at the matter."""
    licence: Text
    """Terms of use that the text states, or that it states none."""
    inferred: tuple[Text, ...] = ()
    """Keys of this record that the text does not state about itself and that we infer."""
    depends_on: tuple[Dependence, ...] = ()
    """Sources and origins that it leans on."""
    text: SourceText | None = None
    """The plain text (UTF-8) that quotes are checked in; `check --sources` needs it."""


Role = Literal["supports", "contradicts", "qualifies"]


class Evidence(Model):
    """A passage of a source, found by a short exact quote (W3C TextQuoteSelector)."""

    source: SourceRef
    """The source."""
    quote: Text
    """3 to 12 words, exactly as in the source, where they occur once."""
    role: Role = "supports"
    """What the passage does to the claim."""
    credibility: Annotated[int, Field(ge=1, le=6, strict=True)] | None = None
    """Admiralty scale: 1 (confirmed) to 5 (improbable), 6 (cannot be judged); facts need it."""
    speaker: Text | None = None
    """Whose words the source quotes there, where they are not its author's."""
    occasion: Text | None = None
    """Where or when the speaker said so, as far as the source tells."""


Status = Literal["current", "contested", "superseded", "expired", "doubtful"]


class Claim(Record):
    """One checkable statement in our own words."""

    kind: Literal["fact", "position", "prediction", "judgement"]
    """fact; position (what somebody holds or wants); prediction; judgement (our own inference)."""
    statement: Text
    """The statement, one sentence."""
    as_of: Edtf
    """The date to which the statement applies (EDTF)."""
    status: Status = "current"
    """current; contested (sources disagree); superseded; expired; doubtful (see its note)."""
    supersedes: tuple[ClaimRef, ...] = ()
    """Older claims that this one replaces."""
    conflicts_with: tuple[ClaimRef, ...] = ()
    """Claims that cannot be true together with this one; naming one side is enough."""
    evidence: tuple[Evidence, ...] = ()
    """Passages that support, contradict or qualify it; none for a judgement."""
    values: dict[str, StrictInt | StrictFloat | Edtf] = {}
    """Typed numbers and EDTF dates in the statement, by name, that other records may point at."""
    basis: tuple[ClaimRef, ...] = ()
    """For a judgement: the claims that it is inferred from."""
    why: Text | None = None
    """For a judgement: how it follows from its basis."""
    note: Prose | None = None
    """What a careful reader must know; where the claim is contested or doubtful, documents print
    its first sentence."""
    review_by: Edtf | None = None
    """When the claim should be looked at again (EDTF)."""

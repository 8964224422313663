"""A record or an edition in lines of text: fields, evidence, disagreements, uses."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from pydantic import BaseModel

from briefgen.build.loaded import LoadedDossier
from briefgen.dossier.base import CHOSEN, Record
from briefgen.dossier.evidence import Claim, Evidence
from briefgen.dossier.quotes import passage_of
from briefgen.dossier.references import targets
from briefgen.dossier.rules import disputes, successors, witnesses
from briefgen.edition.lengths import usual_length
from briefgen.edition.load import LoadedEdition
from briefgen.edition.tailor import Brief, tailor
from briefgen.problems import printable

WIDTH = 96
AROUND = 160
"""Characters of a source's text on each side of a quote."""


@dataclass(frozen=True)
class Describer:
    """Puts records of a dossier into words; with source texts, quotes stand in their passages."""

    loaded: LoadedDossier
    texts: Mapping[str, str] | None = None
    """Normalised texts by the id of their source; None where no passages are asked for."""
    changed: Collection[str] = ()
    """Sources whose text is not the one that was curated from."""

    def lines(self, kind: str, record: Record) -> Iterator[str]:
        """Everything there is to say about a record."""
        place = self.loaded.reading.places[kind, record.id].nearest(("id",))
        yield f"{kind.removesuffix('s')} {record.id}  ({place})"
        if isinstance(record, Claim):
            yield from _fields(
                record, "  ", skip=("id", "evidence", "conflicts_with", "supersedes")
            )
            yield from self._evidence(record, "  ")
            yield from self._disagreements(record, "  ")
        else:
            yield from _fields(record, "  ", skip=("id", "claims", "rows"))
            yield from self._claims(getattr(record, "claims", ()))
        yield from self._all_uses(kind, record.id)

    def _claims(self, names: tuple[str, ...]) -> Iterator[str]:
        if names:
            yield "  claims:"
        for name in names:
            if claim := self._claim(name):
                yield f"    {claim.id} ({claim.kind}, {claim.status}, {claim.as_of})"
                yield from wrapped(claim.statement, "      ")
                yield from self._evidence(claim, "      ")
                yield from self._disagreements(claim, "      ")

    def _claim(self, name: str) -> Claim | None:
        found = self.loaded.reading.records["claims"].get(name)
        return found if isinstance(found, Claim) else None

    def _evidence(self, claim: Claim, indent: str) -> Iterator[str]:
        for evidence in claim.evidence:
            yield from wrapped(_grounds(evidence), indent)
            if self.texts is not None:
                passage = quote_in_passage(evidence, self.texts, self.changed)
                yield from wrapped(passage, indent + "  ")
        names = [evidence.source for evidence in claim.evidence if evidence.role == "supports"]
        for group in witnesses(self.loaded.dossier, names):
            if len(group) > 1:
                said = f"perhaps one witness: {', '.join(sorted(group))} lean on the same origin"
                yield from wrapped(said, indent)
        if claim.basis and indent != "  ":
            yield from wrapped(f"basis: {', '.join(claim.basis)}", indent)

    def _disagreements(self, claim: Claim, indent: str) -> Iterator[str]:
        """What disputes the claim, what it replaces and what replaces it, in words."""
        links = (
            ("in conflict with", self._disputes.get(claim.id, ())),
            ("supersedes", claim.supersedes),
            ("superseded by", self._successors.get(claim.id, ())),
        )
        for words, names in links:
            for name in names:
                other = self._claim(name)
                said = f" ({other.status}): {other.statement}" if other else ""
                yield from wrapped(f"{words} {name}{said}", indent)

    @cached_property
    def _disputes(self) -> dict[str, tuple[str, ...]]:
        return disputes(self.loaded.dossier)

    @cached_property
    def _successors(self) -> dict[str, tuple[str, ...]]:
        return successors(self.loaded.dossier)

    def _all_uses(self, kind: str, name: str) -> Iterator[str]:
        uses = list(self._uses(kind, name))
        yield "  used in:" if uses else "  used nowhere"
        yield from (f"    {use}" for use in uses)

    def _uses(self, kind: str, name: str) -> Iterator[str]:
        """Records that refer to the record or cite it, and what each edition makes of it."""
        for other_kind, records in self.loaded.reading.records.items():
            for record in records.values():
                if record.id != name and name in targets(record):
                    yield f"{other_kind}/{record.id}"
        for edition in self.loaded.editions.values():
            if kind in CHOSEN:
                brief = tailor(self.loaded.dossier, edition.edition, usual_length(edition.edition))
                yield f"editions/{edition.edition.id}: {_rank(brief, kind, name)}"
            elif name in targets(edition.edition):
                yield f"editions/{edition.edition.id}"


class Quoted(Protocol):
    """A quote of a source, in a dossier or in the ledger of an artefact."""

    @property
    def source(self) -> str:
        """Id of the source."""

    @property
    def quote(self) -> str:
        """Its words."""


def quote_in_passage(quoted: Quoted, texts: Mapping[str, str], changed: Collection[str]) -> str:
    """The words around the quote, or why they cannot be shown."""
    if quoted.source not in texts:
        return "[the text is not in the folder]"
    passage = passage_of(quoted.quote, texts[quoted.source], AROUND)
    if passage is None:
        return "[the quote does not stand in the text, or more than once]"
    before, quote, after = map(printable, passage)
    is_other = " [the text has changed since]" if quoted.source in changed else ""
    return f"{before}«{quote}»{after}{is_other}"


def describe_edition(loaded: LoadedDossier, edition: LoadedEdition) -> Iterator[str]:
    """What an edition asks and answers, and what it shows in which order."""
    shown = edition.edition
    yield f"edition {shown.id}  ({edition.place.nearest(('id',))})"
    for name in ("title", "question", "stance", "bottom_line"):
        yield from _value(name, getattr(shown, name), "  ")
    yield from wrapped(f"audience: {shown.audience.name}", "  ")
    brief = tailor(loaded.dossier, shown, usual_length(shown))
    lists = {kind: [c.record.id for c in getattr(brief, kind)] for kind in CHOSEN}
    lists["left out"] = [left.record.id for left in brief.left_out]
    for kind, names in lists.items():
        if names:
            yield from wrapped(f"{kind}: {', '.join(names)}", "  ")


def _rank(brief: Brief, kind: str, name: str) -> str:
    shown = [chosen.record.id for chosen in getattr(brief, kind)]
    if name in shown:
        return f"{shown.index(name) + 1} of {len(shown)}"
    reason = next((left.reason for left in brief.left_out if left.record.id == name), None)
    return f"left out: {' '.join(reason.split())}" if reason else "left out"


def _grounds(evidence: Evidence) -> str:
    grade = f", credibility {evidence.credibility}" if evidence.credibility else ""
    said = f", {evidence.speaker}" if evidence.speaker else ""
    said += f" ({evidence.occasion})" if evidence.occasion else ""
    return f"{evidence.role}: {evidence.source}{grade}{said}, “{evidence.quote}”"


def _fields(model: BaseModel, indent: str, skip: tuple[str, ...] = ()) -> Iterator[str]:
    """The fields that are not at their default, under the keys that YAML uses."""
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if name not in skip and value != info.default:
            yield from _value(info.alias or name, value, indent)


def _value(name: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield f"{indent}{name}:"
        yield from _fields(value, indent + "  ")
    elif isinstance(value, tuple) and isinstance(value[0], BaseModel):
        yield f"{indent}{name}:"
        for item in value:
            lines = list(_fields(item, indent + "    "))
            yield indent + "  - " + lines[0].strip()
            yield from lines[1:]
    elif isinstance(value, tuple):
        yield from wrapped(f"{name}: {', '.join(map(str, value))}", indent)
    elif isinstance(value, dict):
        pairs = ", ".join(f"{key}: {item}" for key, item in value.items())
        yield from wrapped(f"{name}: {pairs}", indent)
    else:
        yield from wrapped(f"{name}: {value}", indent)


def wrapped(text: str, indent: str) -> list[str]:
    """The text in lines that fit a terminal; those after the first stand further in."""
    first, *others = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return [
        *_wrapped_line(first, indent, indent + "  "),
        *(line for other in others for line in _wrapped_line(other, indent + "  ", indent + "  ")),
    ]


def _wrapped_line(text: str, first_indent: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first_indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )

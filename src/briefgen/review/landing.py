"""Where an edit lands: the value in the YAML that a field stands for, and who else shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Literal, get_args

from pydantic import BaseModel

from briefgen.build.project import LoadedDossier
from briefgen.dossier.base import CHOSEN, PlainText, ProseIn
from briefgen.dossier.fields import marked_fields, yaml_path
from briefgen.dossier.model import KINDS, Path, PlaceOf
from briefgen.edition.models import Length, Lens, Reworded
from briefgen.edition.tailor import tailor
from briefgen.problems import Place

ProseKind = Literal["plain", "inline", "blocks"]
BY_LENGTH: tuple[Length, ...] = get_args(Length)
NAMED = ("actors", "instruments", "terms", "sources", "tables")
"""Kinds of record whose plain texts are names, which are facts."""
UNASSERTED = ("label", "version", "reference", "contact", "rights", "handling", "audience")
"""Texts of an edition that say nothing of the subject."""


@dataclass(frozen=True)
class Landing:
    """The value that a field of a document stands for, as the data has it now."""

    field: str
    kind: ProseKind
    value: str
    file: FilePath
    path: Path
    """From the start of the file to the value."""
    place: Place
    edition: str
    """The edition whose own text it is; empty where the record is shared."""
    asserts: bool
    """Whether it says something of the subject, so that its numbers and dates are facts."""
    is_fact: bool
    """Whether all of it is a fact: the statement of a claim, a name."""
    claims: tuple[str, ...]
    """Claims that the record rests on, or the claim itself."""
    is_there: bool = True
    """Whether the file has the key already."""


def find_landing(loaded: LoadedDossier, field: str) -> Landing | None:
    """The landing of a field; None where there is no such record, or no such text in it.

    Only texts that people write can be one: no number, date, id or quote.
    """
    kind, _, rest = field.partition("/")
    name, _, steps = rest.partition("/")
    if kind == "dossier":
        model: BaseModel | None = loaded.reading.about
        place = loaded.dossier.places.get(("dossier", ""))
        name, steps = "", rest
    elif kind == "editions":
        edition = loaded.editions.get(name)
        model, place = (edition.edition, edition.place) if edition else (None, None)
    elif kind in KINDS:
        model = loaded.dossier.records(kind).get(name)
        place = loaded.dossier.places.get((kind, name))
    else:
        return None
    if model is None or place is None or not steps:
        return None
    return _landing(loaded, field, kind, name, model, place, yaml_path(model, steps))


def _landing(
    loaded: LoadedDossier,
    field: str,
    kind: str,
    name: str,
    model: BaseModel,
    place: PlaceOf,
    path: Path,
) -> Landing | None:
    marks = {
        type(found.mark): found
        for found in marked_fields(model, (ProseIn, PlainText))
        if found.path == path and not found.is_key
    }
    marked = marks.get(ProseIn) or marks.get(PlainText)
    if marked is None or path[-1] == "quote":
        return None
    mark = marked.mark
    is_prose = isinstance(mark, ProseIn)
    where = place.nearest(path)
    full = (*place.base, *path)
    if full not in place.values:
        return None
    return Landing(
        field=field,
        kind="plain" if not isinstance(mark, ProseIn) else "blocks" if mark.blocks else "inline",
        value=marked.text,
        file=loaded.folder / FilePath(where.file).relative_to(loaded.shown),
        path=full,
        place=where,
        edition=name if kind == "editions" else "",
        asserts=mark.asserts if isinstance(mark, ProseIn) else path[0] not in UNASSERTED,
        is_fact=(kind == "claims" and path != ("note",)) or (kind in NAMED and not is_prose),
        claims=(name,) if kind == "claims" else tuple(getattr(model, "claims", ())),
    )


def other_editions(loaded: LoadedDossier, landing: Landing, edition: str) -> tuple[str, ...]:
    """Other editions that a change of the value would change, too; statements are not edited.

    Of a shared record those that choose it at their greatest length and do not word it themselves;
    of an edition's text those that take it over from the same file.
    """
    return tuple(sorted(_others(loaded, landing, edition)))


def _others(loaded: LoadedDossier, landing: Landing, edition: str) -> Iterator[str]:
    for name, other in loaded.editions.items():
        if name == edition:
            continue
        if landing.edition:
            where = other.place.values.get(landing.path)
            if where == landing.place:
                yield name
            continue
        kind, _, rest = landing.field.partition("/")
        record, _, step = rest.partition("/")
        if kind not in CHOSEN:
            if kind != "claims":
                yield name
            continue
        lens: Lens = getattr(other.edition.lens, kind).get(record) or Lens()
        greatest = max(other.edition.lengths, key=BY_LENGTH.index)
        brief = tailor(loaded.dossier, other.edition, greatest)
        shown = {chosen.record.id for chosen in getattr(brief, kind)}
        if record in shown and not (step in Reworded.model_fields and getattr(lens.text, step)):
            yield name


def as_lens(landing: Landing, edition: str) -> str | None:
    """The field in which the edition words the same text itself; None where it cannot."""
    kind, _, rest = landing.field.partition("/")
    record, _, step = rest.partition("/")
    if landing.edition or kind not in CHOSEN or step not in Reworded.model_fields:
        return None
    return f"editions/{edition}/lens/{kind}/{record}/text/{step}"

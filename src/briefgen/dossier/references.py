"""Checks that names lead somewhere: references, citations, typed values, nested ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from briefgen.dossier.base import ID_PATTERN, DatedValue, RefTo
from briefgen.dossier.fields import marked_fields
from briefgen.dossier.model import KINDS, Dossier, PlaceOf
from briefgen.dossier.prose import cited_claims, unshown_markdown
from briefgen.problems import Place, Problem, suggest

Ids = Mapping[str, tuple[str, Place]]
"""Kind and place of every id met while reading, also of records with mistakes."""


def check_dossier_references(dossier: Dossier, ids: Ids) -> Iterator[Problem]:
    """Unknown references and citations, unshown Markdown, typed values that differ."""
    yield from check_model(dossier.about, dossier.places["dossier", ""], ids)
    for kind in KINDS:
        for record in dossier.records(kind).values():
            place = dossier.places[kind, record.id]
            yield from check_model(record, place, ids)
            yield from _check_dated_values(record, place, dossier)
            yield from check_nested_ids(record, place)


def check_model(model: BaseModel, place: PlaceOf, ids: Ids) -> Iterator[Problem]:
    """Problems of the references and prose of one record or edition."""
    for found in marked_fields(model):
        if isinstance(found.mark, RefTo):
            where = place.nearest(found.path)
            yield from _check_reference(found.text, found.mark.kinds, where, ids)
            continue
        for what in unshown_markdown(found.text, blocks=found.mark.blocks):
            yield Problem(
                place.nearest(found.path),
                "BG014",
                f"{what} is not shown in documents",
                "write it as plain paragraphs"
                if found.mark.blocks
                else "write one plain paragraph; emphasis, links and citations are shown",
            )
        for _, claim in cited_claims(found.text):
            if ids.get(claim, ("",))[0] != "claims":
                near = suggest(claim, (i for i, (kind, _) in ids.items() if kind == "claims"))
                yield Problem(
                    place.of_words(found.path, f"@{claim}"),
                    "BG013",
                    f'citation of unknown claim "{claim}"',
                    f"{near}`briefgen list claims` shows all.",
                )


def _check_reference(
    name: str, kinds: tuple[str, ...], where: Place, ids: Ids
) -> Iterator[Problem]:
    kind = ids.get(name, ("",))[0]
    if kind in kinds:
        return
    wanted = " or ".join(singular(k) for k in kinds)
    listing = " or ".join(f"`briefgen list {k}`" for k in kinds)
    near = suggest(name, (i for i, (k, _) in ids.items() if k in kinds))
    what = f'unknown {wanted} "{name}"'
    if kind:
        what += f", which is one of the {kind}"
    yield Problem(where, "BG012", what, f"{near}{listing} shows all.")


def singular(kind: str) -> str:
    """The word for one record of a kind: "areas" -> "area"."""
    return kind.removesuffix("s")


def _check_dated_values(record: BaseModel, place: PlaceOf, dossier: Dossier) -> Iterator[Problem]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        claim = dossier.claims.get(value.claim) if isinstance(value, DatedValue) else None
        if claim and value.value not in {str(v) for v in claim.values.values()}:
            known = ", ".join(f"{k}: {v}" for k, v in claim.values.items()) or "none"
            yield Problem(
                place.nearest((name, "value")),
                "BG015",
                f'{name}: "{value.value}" is not among the values of claim "{claim.id}"',
                f"correct it, or the claim; its values are {known}",
            )


def check_nested_ids(model: BaseModel, place: PlaceOf) -> Iterator[Problem]:
    """Entries of the record's lists whose id is malformed or stands twice."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        entries = value if isinstance(value, tuple) else ()
        seen: set[str] = set()
        for i, entry in enumerate(entries):
            entry_id = getattr(entry, "id", None)
            if not isinstance(entry_id, str):
                continue
            where = place.nearest((name, i, "id"))
            if entry_id in seen:
                yield Problem(
                    where,
                    "BG010",
                    f'id "{entry_id}" stands twice in {name}',
                    "give one of them another id",
                )
            if not ID_PATTERN.fullmatch(entry_id):
                yield Problem(
                    where,
                    "BG011",
                    f'"{entry_id}" is not in kebab-case',
                    "use small letters, digits and single hyphens: sea-lanes",
                )
            seen.add(entry_id)

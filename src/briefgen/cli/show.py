"""`briefgen show`: one record with its evidence and where it is used."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefgen.cli.common import ProjectOption, reporting_problems, say_if_example, say_if_incomplete
from briefgen.problems import WrongUsage, suggest

if TYPE_CHECKING:
    from pydantic import BaseModel

    from briefgen.build.project import LoadedDossier
    from briefgen.dossier.base import Record
    from briefgen.dossier.evidence import Claim

WIDTH = 96


def show_command(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a record.")],
    project: ProjectOption = None,
) -> None:
    """Show one record with its evidence and where it is used.

    \b
    Examples:
      briefgen show maritime-security
      briefgen show walia-2022
    """
    with reporting_problems():
        from briefgen.build.project import load_project, project_folder

        loaded = load_project(project_folder(project))
        say_if_example(loaded.is_example)
        say_if_incomplete(loaded.problems)
        found = [
            (dossier, kind, records[record_id])
            for dossier in loaded.dossiers.values()
            for kind, records in dossier.reading.records.items()
            if record_id in records
        ]
        if not found:
            known = [
                name
                for dossier in loaded.dossiers.values()
                for records in dossier.reading.records.values()
                for name in records
            ]
            is_edition = any(record_id in dossier.editions for dossier in loaded.dossiers.values())
            what = ", which is an edition" if is_edition else ""
            raise WrongUsage(
                f'unknown record "{record_id}"{what}\n  help: {suggest(record_id, known)}'
                "`briefgen list KIND` shows the records of a kind"
            )
        for dossier, kind, record in found:
            typer.echo("\n".join(_describe(dossier, kind, record)))


def _describe(dossier: LoadedDossier, kind: str, record: Record) -> Iterator[str]:
    place = dossier.reading.places[kind, record.id].nearest(("id",))
    yield f"{kind.removesuffix('s')} {record.id}  ({place})"
    yield from _fields(record, "  ", skip=("id", "claims", "rows"))
    claims = [record.id] if kind == "claims" else getattr(record, "claims", ())
    if claims and kind != "claims":
        yield "  claims:"
        for name in claims:
            if claim := dossier.dossier.claims.get(name):
                yield from _claim(claim)
    yield from _links(dossier, kind, record)
    used = list(_uses(dossier, record.id))
    yield "  used in:" if used else "  used nowhere"
    yield from (f"    {use}" for use in used)


def _fields(model: BaseModel, indent: str, skip: tuple[str, ...] = ()) -> Iterator[str]:
    """The fields that are not at their default, under the keys that YAML uses."""
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if name not in skip and value != info.default:
            yield from _value(info.alias or name, value, indent)


def _value(name: str, value: Any, indent: str) -> Iterator[str]:
    from pydantic import BaseModel

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
        yield from _wrapped(f"{indent}{name}: {', '.join(map(str, value))}", indent)
    elif isinstance(value, dict):
        pairs = ", ".join(f"{key}: {item}" for key, item in value.items())
        yield from _wrapped(f"{indent}{name}: {pairs}", indent)
    else:
        yield from _wrapped(f"{indent}{name}: {value}", indent)


def _wrapped(text: str, indent: str) -> list[str]:
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


def _claim(claim: Claim) -> Iterator[str]:
    yield f"    {claim.id} ({claim.kind}, {claim.status}, {claim.as_of})"
    yield from _wrapped(claim.statement, "      ")
    for evidence in claim.evidence:
        yield f"      {evidence.role}: {evidence.source}, “{evidence.quote}”"
    if claim.basis:
        yield f"      basis: {', '.join(claim.basis)}"


def _links(dossier: LoadedDossier, kind: str, record: Record) -> Iterator[str]:
    """Links of a claim that stand at the other end."""
    if kind != "claims":
        return
    from briefgen.dossier.rules import disputes, successors

    own = getattr(record, "conflicts_with", ())
    others = [name for name in disputes(dossier.dossier).get(record.id, ()) if name not in own]
    if others:
        yield f"  in conflict with: {', '.join(others)}"
    if newer := successors(dossier.dossier).get(record.id):
        yield f"  superseded by: {', '.join(newer)}"


def _uses(dossier: LoadedDossier, record_id: str) -> Iterator[str]:
    """Records and editions that refer to the record or cite it."""
    from briefgen.dossier.base import RefTo
    from briefgen.dossier.fields import marked_fields
    from briefgen.dossier.prose import cited_claims

    def refers(model: BaseModel) -> bool:
        return any(
            found.text == record_id
            if isinstance(found.mark, RefTo)
            else record_id in {claim for _, claim in cited_claims(found.text)}
            for found in marked_fields(model)
        )

    for kind, records in dossier.reading.records.items():
        for record in records.values():
            if record.id != record_id and refers(record):
                yield f"{kind}/{record.id}"
    for edition in dossier.editions.values():
        if refers(edition.edition):
            yield f"editions/{edition.edition.id}"

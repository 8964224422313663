"""Checks that names lead somewhere: references, citations, typed values, nested ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from briefgen.dossier.base import ID_PATTERN, DatedValue, ProseIn, RefTo
from briefgen.dossier.fields import Marked, marked_data, marked_fields
from briefgen.dossier.load import Broken, Reading
from briefgen.dossier.model import KINDS, Dossier, PlaceOf
from briefgen.dossier.prose import (
    BARE,
    CITATION,
    broken_citations,
    cited_claims,
    hidden_citations,
    says_nothing,
    unshown_markdown,
)
from briefgen.problems import Place, Problem, suggest


def check_dossier_references(reading: Reading) -> Iterator[Problem]:
    """Unknown references and citations, unshown Markdown, typed values that differ."""
    dossier = reading.dossier
    if reading.about:
        yield from check_model(reading.about, dossier.places["dossier", ""], reading)
    for kind in KINDS:
        for record in dossier.records(kind).values():
            place = dossier.places[kind, record.id]
            yield from check_model(record, place, reading)
            yield from _check_dated_values(record, place, dossier)
            yield from check_nested_ids(record, place)
    for broken in reading.broken:
        yield from check_broken(broken, reading)


def targets(model: BaseModel) -> Iterator[str]:
    """Ids that a record or edition refers to or cites, in the order of its fields."""
    for found in marked_fields(model):
        if isinstance(found.mark, RefTo):
            yield found.text
        else:
            yield from (claim for _, claim in cited_claims(found.text))


def check_model(model: BaseModel, place: PlaceOf, reading: Reading) -> Iterator[Problem]:
    """Problems of the references and prose of one record or edition."""
    yield from _check_marked(marked_fields(model), place, reading)


def check_broken(broken: Broken, reading: Reading) -> Iterator[Problem]:
    """The same of a record or edition that has other mistakes as well."""
    yield from _check_marked(marked_data(broken.model, broken.data), broken.place, reading)


def _check_marked(marked: Iterable[Marked], place: PlaceOf, reading: Reading) -> Iterator[Problem]:
    for found in marked:
        if isinstance(found.mark, RefTo):
            where = place.of_key(found.path) if found.is_key else place.nearest(found.path)
            yield from _check_reference(found.text, found.mark.kinds, where, reading)
            continue
        assert isinstance(found.mark, ProseIn)
        unshown = list(unshown_markdown(found.text, blocks=found.mark.blocks))
        for what in unshown:
            yield Problem(
                place.nearest(found.path),
                "BG014",
                f"{what} is not shown {'in documents' if found.mark.blocks else 'in this field'}",
                "write plain paragraphs and lists; emphasis, links and citations are shown"
                if found.mark.blocks
                else "write one plain paragraph; emphasis, links and citations are shown",
            )
        yield from _check_citations(found, place, reading)
        if not unshown:
            yield from _check_printed(found, place)


def _check_printed(found: Marked, place: PlaceOf) -> Iterator[Problem]:
    """Citations that ground a text in the data and that no reader would see, or nothing else."""
    for hidden in hidden_citations(found.text):
        yield Problem(
            place.of_citation(found.path, hidden),
            "BG013",
            f'the citation of "{hidden}" is not printed',
            "write it in the text, with no link round it and no backslash before it",
        )
    if says_nothing(found.text):
        yield Problem(
            place.nearest(found.path),
            "BG013",
            f"{found.path[-1]}: there are no words beside the citations",
            "write what the claims mean, or leave the key out",
        )


def _check_citations(found: Marked, place: PlaceOf, reading: Reading) -> Iterator[Problem]:
    for broken in broken_citations(found.text):
        yield Problem(
            place.of_words(found.path, broken),
            "BG013",
            f"{broken} is not a citation",
            "write [@claim-id] or [@claim-id; @other-id], on one line",
        )
    for bare in BARE.finditer(CITATION.sub(" ", found.text)):
        if "claims" in reading.ids.get(bare[1], ()):
            yield Problem(
                place.of_words(found.path, bare[0]),
                "BG013",
                f"{bare[0]} is not a citation",
                f"write [@{bare[1]}]",
            )
    cited = [claim for _, claim in cited_claims(found.text)]
    if cited and _lacks_all(("claims",), reading):
        yield _nothing_of("claims", reading)
        return
    for i, claim in enumerate(cited):
        if "claims" in reading.unread or "claims" in reading.ids.get(claim, ()):
            continue
        near = suggest(claim, _ids_of(("claims",), reading))
        yield Problem(
            place.of_citation(found.path, claim, cited[:i].count(claim)),
            "BG013",
            f'citation of unknown claim "{claim}"',
            f"{near}`briefgen list claims` shows all.",
        )


def _lacks_all(kinds: tuple[str, ...], reading: Reading) -> bool:
    """Whether there is no record of these kinds at all: one problem then says enough."""
    known = any(not places.keys().isdisjoint(kinds) for places in reading.ids.values())
    return not known and reading.unread.isdisjoint(kinds)


def _nothing_of(kind: str, reading: Reading) -> Problem:
    return Problem(
        Place((reading.shown / f"{kind}.yaml").as_posix()),
        "BG007",
        f"the dossier has no {kind}, but something refers to one",
        f"add {kind}.yaml, a list of records, or take the references out",
    )


def _ids_of(kinds: Iterable[str], reading: Reading) -> list[str]:
    return [name for name, places in reading.ids.items() if not places.keys().isdisjoint(kinds)]


def _check_reference(
    name: str, kinds: tuple[str, ...], where: Place, reading: Reading
) -> Iterator[Problem]:
    found = reading.ids.get(name, {})
    # The id may stand in a file that could not be read, which is reported itself.
    if not reading.unread.isdisjoint(kinds) or not found.keys().isdisjoint(kinds):
        return
    if _lacks_all(kinds, reading):
        yield _nothing_of(kinds[0], reading)
        return
    wanted = _alternatives([singular(kind) for kind in kinds])
    listing = _alternatives([f"`briefgen list {kind}`" for kind in kinds])
    near = suggest(name, _ids_of(kinds, reading))
    what = f'unknown {wanted} "{name}"'
    if " - " in name:
        mend = "line up the hyphens: the next entry of the list is indented too far"
        yield Problem(where, "BG012", what, mend)
        return
    if found:
        what += f", which is one of the {next(iter(found))}"
    yield Problem(where, "BG012", what, f"{near}{listing} shows all.")


def _alternatives(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def singular(kind: str) -> str:
    """The word for one record of a kind: "areas" -> "area"."""
    return kind.removesuffix("s")


def _check_dated_values(record: BaseModel, place: PlaceOf, dossier: Dossier) -> Iterator[Problem]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        claim = dossier.claims.get(value.claim) if isinstance(value, DatedValue) else None
        if claim and value.value not in {str(v) for v in claim.values.values()}:
            known = ", ".join(f"{k}: {v}" for k, v in claim.values.items())
            yield Problem(
                place.nearest((name, "value")),
                "BG015",
                f'{name}: "{value.value}" is not among the values of claim "{claim.id}"',
                f"correct it, or the claim; its values are {known}"
                if known
                else "add `values:` to the claim, with the date under a name",
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

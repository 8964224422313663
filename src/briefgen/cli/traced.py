"""What `briefgen trace` found, as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from briefgen.cli.describe import AROUND, quote_in_passage, wrapped
from briefgen.document.ledger import Passage, Quote
from briefgen.dossier.quotes import passage_of
from briefgen.problems import printable
from briefgen.trace.find import Place as Found
from briefgen.trace.trace import Traced, TracedClaim, TracedPlace

AROUND_WORDS = 80
"""Characters of a passage that are shown on each side of the words."""
MOST_IN_FULL = 20
"""So many places are shown with all their evidence; of the others only where they are."""
LAYOUT = "words of the layout"
NO_CLAIM = "no claim is cited here"
ELSEWHERE = {
    "earlier": "earlier in its paragraph",
    "beside": "elsewhere in the same record or message",
}
ABOUT = ("dossier", "edition", "length", "version", "issued")


def text_report(traced: Traced, file: str) -> str:
    """The places of the words, each with its claims and their evidence."""
    return "\n".join(_lines(traced, file))


def _lines(traced: Traced, file: str) -> Iterator[str]:
    carried = traced.carried
    about = f"edition {carried.edition} of {carried.dossier}, {carried.length}"
    issued = f"version {carried.version}, issued {carried.issued}"
    yield printable(f"{file}: {about}, {issued}")
    if not traced.places:
        yield "the words do not stand in it"
        if traced.nearest:
            yield printable(f"nearest, {_where(traced.nearest)}:")
            yield from _wrapped(f"“{traced.nearest.text}”", "  ")
        return
    for number, place in enumerate(traced.places, start=1):
        yield ""
        yield from _place_lines(traced, place, in_full=number <= MOST_IN_FULL)
    if len(traced.places) > MOST_IN_FULL:
        yield f"\n{len(traced.places)} places; more words would tell them apart"


def _place_lines(traced: Traced, place: TracedPlace, *, in_full: bool) -> Iterator[str]:
    for passage in place.found.passages:
        yield printable(_where(passage))
        if at := place.where.get(passage.field):
            yield printable(f"  {at}")
    if in_full:
        yield from _wrapped(f"“{_around(place.found)}”", "  ")
        yield from _claim_lines(traced, place)


def _claim_lines(traced: Traced, place: TracedPlace) -> Iterator[str]:
    if not place.claims:
        if any(passage.field or passage.is_note for passage in place.found.passages):
            yield f"  {NO_CLAIM}"
        return
    if place.cited != "here":
        yield f"  {NO_CLAIM}; {ELSEWHERE[place.cited]}:"
    for claim in place.claims:
        yield from _one_claim(traced, claim)


def _one_claim(traced: Traced, claim: TracedClaim) -> Iterator[str]:
    ground = claim.ground
    role = "  behind it: claim" if claim.is_basis else "  claim"
    yield printable(f"{role} {ground.id} ({ground.kind}, {ground.status}, {ground.as_of})")
    yield from _wrapped(ground.statement, "    ")
    if claim.changes:
        yield from _wrapped(f"changed since: {', '.join(claim.changes)}", "    ")
    if ground.note and ground.status != "current":
        yield from _wrapped(f"note: {ground.note}", "    ")
    if ground.basis:
        yield from _wrapped(f"inferred from: {', '.join(ground.basis)}", "    ")
        yield from _wrapped(f"why: {ground.why or ''}", "    ")
    for quote in ground.evidence:
        yield from _wrapped(_evidence(traced, quote), "    ")
        if traced.texts is not None:
            yield from _wrapped(quote_in_passage(quote, traced.texts, traced.changed), "      ")


def _evidence(traced: Traced, quote: Quote) -> str:
    source = traced.sources.get(quote.source)
    grade = f", credibility {quote.credibility}" if quote.credibility else ""
    said = f", {quote.speaker}" if quote.speaker else ""
    said += f" ({quote.occasion})" if quote.occasion else ""
    citation = source.citation if source else quote.source
    return f"{quote.role}: “{quote.quote}”{said}{grade}; {citation} [{quote.source}]"


def _wrapped(text: str, indent: str) -> list[str]:
    return wrapped(printable(text), indent)


def _where(passage: Passage) -> str:
    """Where a passage stands and whose it is."""
    page = f"page {passage.page}: " if passage.page else ""
    note = f", note {passage.note}" if passage.note else ""
    if passage.is_note:
        return f"{page}note {passage.note}"
    return f"{page}{passage.field} ({_owner(passage)}){note}" if passage.field else page + LAYOUT


def _owner(passage: Passage) -> str:
    """The edition whose words they are, or that they are shared by all editions."""
    kind, _, rest = passage.field.partition("/")
    return f"edition {rest.partition('/')[0]}" if kind == "editions" else "shared"


def _around(found: Found) -> str:
    """The words with what stands around them in their passages."""
    texts = [passage.text for passage in found.passages]
    end = len(texts[-1]) - found.end
    whole = " ".join(texts)
    start = max(0, found.start - AROUND_WORDS)
    stop = min(len(whole), len(whole) - end + AROUND_WORDS)
    before = f"…{whole[start : found.start].partition(' ')[2]}" if start else whole[: found.start]
    after = whole[len(whole) - end : stop]
    if stop < len(whole):
        after = f"{after.rpartition(' ')[0]}…"
    return f"{before}«{whole[found.start : len(whole) - end]}»{after}"


def json_report(traced: Traced, file: str) -> str:
    """All that is known, in one object."""
    whole = {
        "file": file,
        **{name: getattr(traced.carried, name) for name in ABOUT},
        "places": [_place_json(traced, place) for place in traced.places],
        "nearest": _passage_json(traced.nearest, None) if traced.nearest else None,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False)


def _place_json(traced: Traced, place: TracedPlace) -> dict[str, Any]:
    return {
        "passages": [_passage_json(p, place) for p in place.found.passages],
        "cited": place.cited,
        "claims": [_claim_json(traced, claim) for claim in place.claims],
    }


def _passage_json(passage: Passage, place: TracedPlace | None) -> dict[str, Any]:
    at = place.where.get(passage.field) if place else None
    return {
        "page": passage.page,
        "field": passage.field or None,
        "owner": _owner(passage) if passage.field else LAYOUT,
        "where": asdict(at) if at else None,
        "text": passage.text,
        "note": passage.note,
        "is_note": passage.is_note,
    }


def _claim_json(traced: Traced, claim: TracedClaim) -> dict[str, Any]:
    ground = claim.ground
    return {
        **asdict(ground),
        "is_basis": claim.is_basis,
        "changed": None if claim.changes is None else list(claim.changes),
        "evidence": [_quote_json(traced, quote) for quote in ground.evidence],
    }


def _quote_json(traced: Traced, quote: Quote) -> dict[str, Any]:
    source = traced.sources.get(quote.source)
    text = (traced.texts or {}).get(quote.source)
    passage = passage_of(quote.quote, text, AROUND) if text is not None else None
    return {
        **asdict(quote),
        "citation": source.citation if source else None,
        "passage": passage and dict(zip(("before", "quote", "after"), passage, strict=True)),
    }

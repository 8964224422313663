"""What a brief prints, field by field, whatever the layout.

The rule, by how much of a record the brief shows:

1. title and so-what, with the caveat; the summary where there is no so-what
2. and summary
3. and body

A recommendation also prints its first step, and in the full length its sign of success and its
risk; on one page, or where the edition advises against it, its so-what alone, or else its summary.
Of the edition's own fields the stance's label, the answer and the messages are always printed; the
context, the case against (counter-view, and but for one page counters and weakness), the captions
of figures and the reasons of what is left out wherever the brief has the section that they stand
in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefgen.dossier.base import CHOSEN
from briefgen.dossier.prose import cited_claims
from briefgen.edition.drawn import caption_of
from briefgen.edition.models import FIGURES_IN
from briefgen.edition.tailor import Brief, Chosen

Passage = tuple[str, str]
"""The name of a field and its text as the edition words it."""
WITH_SUMMARY, WITH_BODY = 2, 3
"""The tiers that add them."""


def uses_of_claims(brief: Brief) -> dict[str, tuple[str, ...]]:
    """For each claim that the brief cites in print: the fields that cite it, in order."""
    uses: dict[str, dict[str, None]] = {}
    for field, text in printed(brief):
        for _, claim in cited_claims(text):
            uses.setdefault(claim, {})[field] = None
    return {claim: tuple(fields) for claim, fields in uses.items()}


def printed(brief: Brief) -> Iterator[Passage]:
    """All prose that the brief prints, each with its field.

    Fields are named `bottom_line`, `key_messages/<id>/text`, `areas/<id>/so_what` and so on.
    """
    edition = brief.edition
    yield from _given("stance/label", edition.stance.label)
    yield "bottom_line", edition.bottom_line
    for message in brief.messages:
        yield f"key_messages/{message.id}/lead", message.lead
        yield f"key_messages/{message.id}/text", message.text
    for section in brief.sections:
        if section in CHOSEN:
            yield from _of_kind(section, brief)
        elif section == "context":
            yield "context", edition.context
            yield from _captions("context", brief)
        elif section == "case-against":
            yield from _case_against(brief)
        elif section == "left-out" and brief.length != "one-page":
            for left in brief.left_out:
                yield from _given(f"exclude/{left.record.id}/reason", left.reason)


def printed_of(chosen: Chosen[Any], brief: Brief) -> dict[str, str]:
    """What the brief prints of a record that it shows: prose by the name of its field."""
    lens, tier = chosen.lens, chosen.tier
    is_short = position_of(chosen) == "oppose" or brief.length == "one-page"
    texts = {"so_what": lens.so_what}
    if not lens.so_what or (tier >= WITH_SUMMARY and not is_short):
        texts["summary"] = worded(chosen, "summary")
    if not is_short:
        if tier >= WITH_BODY:
            texts["body"] = worded(chosen, "body")
        texts["caveat"] = lens.caveat
        texts["first_step"] = worded(chosen, "first_step")
        if brief.length == "full":
            texts |= {name: worded(chosen, name) for name in ("indicator", "risk")}
    return {name: text for name, text in texts.items() if text}


def worded(chosen: Chosen[Any], name: str) -> Any:
    """A field of a record in the edition's wording; None where the record has no such field."""
    own = getattr(chosen.lens.text, name, None)
    return getattr(chosen.record, name, None) if own is None else own


def position_of(chosen: Chosen[Any]) -> str | None:
    """What the edition holds of a recommendation; None of other records."""
    position: str | None = getattr(chosen.lens, "position", None)
    return position


def _of_kind(kind: str, brief: Brief) -> Iterator[Passage]:
    yield from _captions(kind, brief)
    for chosen in getattr(brief, kind):
        for name, text in printed_of(chosen, brief).items():
            yield f"{kind}/{chosen.record.id}/{name}", text


def _captions(section: str, brief: Brief) -> Iterator[Passage]:
    kinds = next((kinds for name, kinds in FIGURES_IN.items() if name == section), ())
    for figure in brief.figures:
        if figure.kind in kinds:
            yield f"figures/{figure.id}/title", caption_of(figure, brief)


def _case_against(brief: Brief) -> Iterator[Passage]:
    if not brief.edition.counter_view:
        return
    yield "counter_view", brief.edition.counter_view
    if brief.length == "one-page":
        return
    for message in brief.messages:
        yield from _given(f"key_messages/{message.id}/counter", message.counter)
    yield from _given("stance/weakness", brief.edition.stance.weakness)


def _given(field: str, text: str | None) -> Iterator[Passage]:
    if text:
        yield field, text

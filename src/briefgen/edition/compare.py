"""Compare: two briefs claim by claim and record by record.

The two may come from one dossier (two editions of it) or from two states of it (an edition as
it was issued and as it is now). A side uses a claim when a field that it prints cites it;
`printed` says which fields those are. A record is reframed when a field that both sides print
differs, or the so-what, the caveat, the position or a plain fact of the record (owner, severity
and so on) does. That one side shows more of it than the other is told by the placements alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from briefgen.dossier.base import CHOSEN, Score
from briefgen.dossier.evidence import Claim, Evidence
from briefgen.dossier.model import Dossier
from briefgen.edition.comparison import (
    ClaimSide,
    ComparedClaim,
    ComparedRecord,
    Comparison,
    Message,
    MessagePair,
    Outcome,
    Placement,
    Side,
    Wording,
)
from briefgen.edition.printed import position_of, printed_of, uses_of_claims, worded
from briefgen.edition.tailor import Brief, Chosen

Revisions = tuple[str | None, str | None]
LENS_FIELDS = ("so_what", "caveat")
"""What an edition adds to a record: that one side has it and the other not is a difference."""
PROSE = ("summary", "body", "first_step", "indicator", "risk")
"""Prose of records: compared where both sides print it."""
NOT_SAID = ("id", "review_by")
"""Fields that say nothing about the subject."""


def compare(a: Brief, b: Brief, revisions: Revisions = (None, None)) -> Comparison:
    """The two briefs side by side; `revisions` are the git revisions that they come from.

    `compare(b, a)` says the same with the sides changed over.
    """
    is_history = a.edition.id == b.edition.id
    return Comparison(
        a=_side(a, revisions[0]),
        b=_side(b, revisions[1]),
        fields=tuple(_fields(a, b)),
        messages=_messages(a, b, is_history=is_history),
        records=tuple(record for kind in CHOSEN for record in _records(kind, a, b)),
        claims=tuple(_claims(a, b)),
    )


def _side(brief: Brief, revision: str | None) -> Side:
    edition, about = brief.edition, brief.dossier.about
    return Side(
        dossier=brief.dossier.name,
        dossier_title=about.title,
        edition=edition.id,
        revision=revision,
        label=edition.label,
        title=edition.title,
        version=edition.version,
        issued=edition.issued,
        as_of=about.as_of,
        length=brief.length,
        audience=edition.audience.name,
        question=edition.question,
        stance=edition.stance.role,
    )


# --- The editions' own words --------------------------------------------------


def _fields(a: Brief, b: Brief) -> Iterator[Wording]:
    in_a, in_b = _own_fields(a), _own_fields(b)
    # Names that only one side has (a heading, a figure) come last, by name, so that the order
    # does not depend on which side is A.
    shared = [name for name in in_a if name in in_b]
    for name in [*shared, *sorted(in_a.keys() ^ in_b.keys())]:
        wording = Wording(name, in_a.get(name), in_b.get(name))
        if wording.a or wording.b:
            yield wording


def _own_fields(brief: Brief) -> dict[str, str | None]:
    edition, stance, about = brief.edition, brief.edition.stance, brief.dossier.about
    return {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "question": edition.question,
        "audience": edition.audience.name,
        "stance": stance.role,
        "stance/label": stance.label,
        "bottom_line": edition.bottom_line,
        "context": edition.context if "context" in brief.sections else None,
        "counter_view": edition.counter_view,
        "stance/weakness": stance.weakness,
        "label": edition.label,
        "status": edition.status,
        "reference": edition.reference,
        "handling": edition.handling,
        "contact": edition.contact,
        "rights": edition.rights,
        "dossier/method": about.method if brief.length == "full" else None,
        "dossier/limits": about.limits if brief.length != "one-page" else None,
        **{f"headings/{name}": text for name, text in sorted(edition.headings.items())},
        **{
            f"figures/{figure.id}/title": figure.title
            for figure in sorted(brief.figures, key=lambda figure: figure.id)
        },
    }


def _messages(a: Brief, b: Brief, *, is_history: bool) -> tuple[MessagePair, ...]:
    """Messages of one id beside each other; of two editions the others too, in their order."""
    in_a, in_b = _messages_by_id(a), _messages_by_id(b)
    pairs = [MessagePair(in_a[name], in_b[name]) for name in in_a if name in in_b]
    rest_a = [message for name, message in in_a.items() if name not in in_b]
    rest_b = [message for name, message in in_b.items() if name not in in_a]
    if is_history:
        pairs += [MessagePair(message, None) for message in rest_a]
        pairs += [MessagePair(None, message) for message in rest_b]
    else:
        pairs += [MessagePair(*both) for both in zip_longest(rest_a, rest_b)]
    return tuple(sorted(pairs, key=_place_of_pair))


def _messages_by_id(brief: Brief) -> dict[str, Message]:
    return {
        message.id: Message(message.id, place, message.lead, message.text, message.counter)
        for place, message in enumerate(brief.messages, start=1)
    }


def _place_of_pair(pair: MessagePair) -> tuple[list[int], list[str]]:
    both = [message for message in (pair.a, pair.b) if message]
    return sorted(message.place for message in both), sorted(message.id for message in both)


# --- Records ------------------------------------------------------------------


def _records(kind: str, a: Brief, b: Brief) -> list[ComparedRecord]:
    in_a, in_b = _shown(kind, a), _shown(kind, b)
    found = [
        _record(kind, name, (a, b), (in_a.get(name), in_b.get(name)))
        for name in in_a.keys() | in_b.keys()
    ]
    return sorted(found, key=_place_of_record)


def _shown(kind: str, brief: Brief) -> dict[str, Chosen[Any]]:
    return {chosen.record.id: chosen for chosen in getattr(brief, kind)}


def _place_of_record(record: ComparedRecord) -> tuple[list[int], str]:
    ranks = [side.rank for side in (record.a, record.b) if side.rank is not None]
    return sorted(ranks), record.id


def _record(
    kind: str,
    name: str,
    briefs: tuple[Brief, Brief],
    shown: tuple[Chosen[Any] | None, Chosen[Any] | None],
) -> ComparedRecord:
    a, b = (
        _placement(kind, name, brief, chosen) for brief, chosen in zip(briefs, shown, strict=True)
    )
    in_a, in_b = shown
    wordings: tuple[Wording, ...] = ()
    outcome: Outcome = "only_b" if in_a is None else "only_a"
    if in_a is not None and in_b is not None:
        wordings = tuple(_wordings((in_a, in_b), briefs))
        outcome = "reframed" if wordings else "shared"
        if (a.position == "oppose") != (b.position == "oppose"):
            outcome = "opposite"
    return ComparedRecord(kind, name, outcome, a, b, wordings)


def _placement(kind: str, name: str, brief: Brief, chosen: Chosen[Any] | None) -> Placement:
    everything: list[Chosen[Any]] = list(getattr(brief, kind))
    if chosen is None:
        record: Any = brief.dossier.records(kind).get(name)
        reason = next((left.reason for left in brief.left_out if left.record.id == name), None)
        return Placement(record.title if record else None, of=len(everything), reason=reason)
    return Placement(
        title=worded(chosen, "title"),
        rank=everything.index(chosen) + 1,
        of=len(everything),
        tier=1 if position_of(chosen) == "oppose" else chosen.tier,
        position=position_of(chosen),
    )


def _wordings(
    shown: tuple[Chosen[Any], Chosen[Any]], briefs: tuple[Brief, Brief]
) -> Iterator[Wording]:
    """The fields in which the two sides differ."""
    a, b = shown
    in_a, in_b = printed_of(a, briefs[0]), printed_of(b, briefs[1])
    pairs = [Wording("title", worded(a, "title"), worded(b, "title"))]
    pairs += [Wording(name, in_a.get(name), in_b.get(name)) for name in LENS_FIELDS]
    pairs += [
        Wording(name, in_a[name], in_b[name]) for name in PROSE if name in in_a and name in in_b
    ]
    pairs.append(Wording("position", position_of(a), position_of(b)))
    plain = [name for name in type(a.record).model_fields if name not in ("id", "title", *PROSE)]
    pairs += [_values(name, (_worded(a, name), _worded(b, name)), briefs) for name in plain]
    return (pair for pair in pairs if pair.differs)


def _worded(chosen: Chosen[Any], name: str) -> Any:
    """A plain field of a record as the edition has it: a lens may say who acts, and by when."""
    return getattr(chosen.lens, name, None) or getattr(chosen.record, name)


def _values(name: str, values: tuple[Any, Any], briefs: tuple[Brief, Brief]) -> Wording:
    """A plain field on both sides in words; of lists, the items that the other side lacks."""
    a, b = values
    if isinstance(a, tuple) and isinstance(b, tuple) and set(a) != set(b):
        lacking = tuple(item for item in a if item not in b), tuple(i for i in b if i not in a)
        a, b = lacking
    return Wording(name, _said(a, briefs[0].dossier), _said(b, briefs[1].dossier))


def _said(value: Any, dossier: Dossier) -> str | None:
    """A value in words; ids as the short names of their records. None where it says nothing."""
    if isinstance(value, Score):
        return f"{value.level}: {value.why}"
    if isinstance(value, Evidence):
        return _said_evidence(value)
    if isinstance(value, tuple):
        return "; ".join(str(_said_item(item, dossier)) for item in value) or None
    if isinstance(value, dict):
        return "; ".join(f"{key}: {item}" for key, item in value.items()) or None
    return None if value is None else str(value)


def _said_item(item: Any, dossier: Dossier) -> str | None:
    found = dossier.find(item) if isinstance(item, str) else None
    if found is None:
        return _said(item, dossier)
    names = (getattr(found[1], key, None) for key in ("short", "name"))
    return next((name for name in names if name), str(item))


def _said_evidence(evidence: Evidence) -> str:
    grade = f", credibility {evidence.credibility}" if evidence.credibility else ""
    said = f", {evidence.speaker}" if evidence.speaker else ""
    said += f" ({evidence.occasion})" if evidence.occasion else ""
    return f"{evidence.role}: {evidence.source}{grade}{said}, “{evidence.quote}”"


# --- Claims -------------------------------------------------------------------


def _claims(a: Brief, b: Brief) -> Iterator[ComparedClaim]:
    in_a, in_b = uses_of_claims(a), uses_of_claims(b)
    for name in sorted(in_a.keys() | in_b.keys()):
        claim_a, claim_b = a.dossier.claims.get(name), b.dossier.claims.get(name)
        yield ComparedClaim(
            id=name,
            a=_claim_side(claim_a, in_a.get(name, ())),
            b=_claim_side(claim_b, in_b.get(name, ())),
            changes=tuple(_changes(claim_a, claim_b, (a, b))),
        )


def _claim_side(claim: Claim | None, uses: tuple[str, ...]) -> ClaimSide:
    if claim is None:
        return ClaimSide(uses)
    return ClaimSide(uses, claim.statement, claim.kind, claim.status, claim.as_of)


def _changes(a: Claim | None, b: Claim | None, briefs: tuple[Brief, Brief]) -> Iterator[Wording]:
    if a is None or b is None or a == b:
        return
    for name in Claim.model_fields:
        wording = _values(name, (getattr(a, name), getattr(b, name)), briefs)
        if name not in NOT_SAID and wording.differs:
            yield wording

"""Disclosure: what an edition leaves out, computed from what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from briefgen.document.citations import short_author
from briefgen.document.locale import Locale
from briefgen.document.prose import render_inline, render_plain
from briefgen.dossier.base import CHOSEN
from briefgen.dossier.records import Recommendation
from briefgen.edition.tailor import Brief, LeftOut

NAMED = {"areas": 2, "obstacles": 1}
"""How many of the weightiest omissions are named in a sentence; the others are listed."""


@dataclass(frozen=True)
class Disclosure:
    """What the document says of its omissions."""

    sentences: tuple[Markup, ...]
    lists: tuple[tuple[str, tuple[Markup, ...]], ...]
    """Heading and labels, with reasons, of the others of each kind that are not shown."""


def disclose(brief: Brief, locale: Locale) -> Disclosure:
    """Two sentences on the weightiest omissions, and the other records that are not shown.

    Of obstacles and recommendations those that the edition gives a reason for are listed; the
    counts and the manifest speak for the rest.
    """
    words = locale.left_out
    if not brief.left_out:
        return Disclosure((escape(words["nothing"]),), ())
    numbers = {kind: len(getattr(brief, kind)) for kind in CHOSEN}
    numbers |= {f"all_{kind}": len(brief.dossier.records(kind)) for kind in CHOSEN}
    if brief.length == "one-page":
        return Disclosure((escape(words["one_page"].format(**numbers)),), ())
    counts = escape(words["counts"].format(**numbers))
    named = [item for kind, most in NAMED.items() for item in _of_kind(brief, kind)[:most]]
    pattern = words["one"] if len(named) == 1 else words["weightiest"]
    items = locale.enumerate([str(_named(item, brief, words)) for item in named])
    sentences = (counts, escape(pattern).format(items=Markup(items))) if named else (counts,)
    others = {kind: _of_kind(brief, kind)[NAMED.get(kind, 0) :] for kind in CHOSEN}
    for kind in ("obstacles", "recommendations"):
        others[kind] = [item for item in others[kind] if item.reason]
    lists = tuple(
        (words[f"list_{kind}"], tuple(_with_reason(item, brief) for item in items_of_kind))
        for kind, items_of_kind in others.items()
        if items_of_kind
    )
    return Disclosure(sentences, lists)


def evidence_used(brief: Brief, claims: Iterable[str], locale: Locale) -> Markup:
    """A sentence or two on how much of the evidence the document cites, and from whom it comes."""
    used = [brief.dossier.claims[name] for name in claims]
    passages = [passage for claim in used for passage in claim.evidence]
    by_source = Counter(passage.source for passage in passages).most_common()
    sources = brief.dossier.sources
    names = [
        (short_author(sources[name], locale) or sources[name].title, n) for name, n in by_source
    ]
    words = {
        "claims": len(used),
        "all_claims": len(brief.dossier.claims),
        "passages": len(passages),
        "mix": locale.enumerate([f"{name} {number}" for name, number in names]),
        "against": sum(passage.role != "supports" for passage in passages),
    }
    return escape(locale.left_out["evidence"].format(**words))


def mix_of_evidence(brief: Brief, claims: Iterable[str]) -> dict[str, object]:
    """Counts for the manifest: claims used and unused, pieces of evidence by source and role."""
    used = set(claims)
    evidence = [e for name in used for e in brief.dossier.claims[name].evidence]
    return {
        "claims_used": len(used),
        "claims_unused": len(brief.dossier.claims) - len(used),
        "evidence_by_source": dict(sorted(Counter(e.source for e in evidence).items())),
        "evidence_by_role": dict(sorted(Counter(e.role for e in evidence).items())),
        "left_out": {
            kind: sorted(item.record.id for item in brief.left_out if item.kind == kind)
            for kind in CHOSEN
        },
    }


def _of_kind(brief: Brief, kind: str) -> list[LeftOut]:
    return [item for item in brief.left_out if item.kind == kind]


def _named(item: LeftOut, brief: Brief, words: Mapping[str, str]) -> Markup:
    """The record by its title, with the edition's reason or else what kept it out."""
    stock = words["no_room" if item.why in ("length", "cut") else "less_weight"]
    reason = _reason(item, brief) or Markup(" ({})").format(stock)
    return Markup("‘{}’{}").format(_title(item), reason)


def _with_reason(item: LeftOut, brief: Brief) -> Markup:
    """The record by its short label, where it has one, since the lists are long."""
    return Markup("{}{}").format(_label(item), _reason(item, brief))


def _label(item: LeftOut) -> Markup:
    if isinstance(item.record, Recommendation):
        return _title(item)
    return render_plain(item.record.short, f"{item.kind}/{item.record.id}/short")


def _title(item: LeftOut) -> Markup:
    return render_plain(item.record.title, f"{item.kind}/{item.record.id}/title")


def _reason(item: LeftOut, brief: Brief) -> Markup:
    """The edition's reason in brackets, where it gives one."""
    if item.reason is None:
        return Markup()
    field = f"editions/{brief.edition.id}/exclude/{item.record.id}/reason"
    return Markup(" ({})").format(render_inline(item.reason, field))

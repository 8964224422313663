"""Disclosure: what an edition leaves out, computed from what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from briefgen.document.locale import Locale
from briefgen.document.prose import render_inline, render_plain
from briefgen.edition.tailor import Brief, LeftOut

KINDS = ("areas", "obstacles", "recommendations")
NAMED = {"areas": 2, "obstacles": 1}
"""How many of the weightiest omissions are named in a sentence; the others are listed."""


@dataclass(frozen=True)
class Disclosure:
    """What the document says of its omissions."""

    sentences: tuple[Markup, ...]
    lists: tuple[tuple[str, tuple[Markup, ...]], ...]
    """Heading and titles of the areas and of the obstacles that are not shown."""


def disclose(brief: Brief, locale: Locale) -> Disclosure:
    """Two sentences on the weightiest omissions, and the areas and obstacles not shown.

    Of recommendations the count says enough here; the manifest names them.
    """
    words = locale.left_out
    if not brief.left_out:
        return Disclosure((escape(words["nothing"]),), ())
    numbers = {kind: len(getattr(brief, kind)) for kind in KINDS}
    numbers |= {f"all_{kind}": len(brief.dossier.records(kind)) for kind in KINDS}
    counts = escape(words["counts"].format(**numbers))
    named = [item for kind, most in NAMED.items() for item in _of_kind(brief, kind)[:most]]
    pattern = words["one"] if len(named) == 1 else words["weightiest"]
    items = locale.enumerate([str(_with_reason(item, brief)) for item in named])
    sentences = (counts, escape(pattern).format(items=Markup(items))) if named else (counts,)
    lists = tuple(
        (words[f"list_{kind}"], titles)
        for kind in NAMED
        if (titles := tuple(_titles(_of_kind(brief, kind))))
    )
    return Disclosure(sentences, lists)


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
            for kind in KINDS
        },
    }


def _of_kind(brief: Brief, kind: str) -> list[LeftOut]:
    return [item for item in brief.left_out if item.kind == kind]


def _with_reason(item: LeftOut, brief: Brief) -> Markup:
    title = render_plain(item.record.title, f"{item.kind}/{item.record.id}/title")
    if item.reason is None:
        return Markup("‘{}’").format(title)
    field = f"editions/{brief.edition.id}/exclude/{item.record.id}/reason"
    return Markup("‘{}’ ({})").format(title, render_inline(item.reason, field))


def _titles(items: Iterable[LeftOut]) -> list[Markup]:
    return [
        render_plain(item.record.title, f"{item.kind}/{item.record.id}/title") for item in items
    ]

"""Cautions: what an editor must know of the claims that need care, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from briefgen.document.annex import ClaimRow
from briefgen.document.ledger_of import with_basis
from briefgen.document.locale import Locale
from briefgen.document.model import Caution
from briefgen.document.notes import REMARKED
from briefgen.document.prose import render_inline, typeset
from briefgen.dossier.evidence import Claim
from briefgen.dossier.model import Dossier
from briefgen.dossier.prose import CITATION


def cautions_of(
    cited: Iterable[str], dossier: Dossier, locale: Locale
) -> dict[str, tuple[Caution, ...]]:
    """For each claim cited that needs care, what to know of it and of doubtful claims below it."""
    found = {
        name: tuple(_caution(claim, dossier, locale) for claim in _careful(name, dossier))
        for name in cited
    }
    return {name: cautions for name, cautions in found.items() if cautions}


def _careful(name: str, dossier: Dossier) -> Iterator[Claim]:
    """The claim if it needs care, and for a judgement each doubtful one that it rests on."""
    for ground in with_basis([name], dossier):
        claim = dossier.claims[ground]
        if ground == name:
            if claim.status in REMARKED or claim.review_by:
                yield claim
        elif claim.status == "doubtful":
            yield claim


def _caution(claim: Claim, dossier: Dossier, locale: Locale) -> Caution:
    row = ClaimRow(claim, dossier, locale)
    review = locale.evidence["review_by"]
    return Caution(
        claim=claim.id,
        kind=row.kind,
        statement=typeset(claim.statement),
        note=_plain(claim.note or ""),
        passages=tuple(passage.striptags() for passage in row.passages),
        review_by=review.format(date=locale.date(claim.review_by)) if claim.review_by else "",
    )


def _plain(note: str) -> str:
    """Prose without its citations and its emphasis."""
    uncited = re.sub(r"\s*" + CITATION.pattern, "", note)
    return Markup(render_inline(uncited, "")).striptags()

"""Fit a brief to its page budget: lay out, measure, cut, lay out again."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from briefgen.build.engine import Engine
from briefgen.build.project import Target
from briefgen.document.model import Document
from briefgen.edition.fit import Height, choose_cuts
from briefgen.edition.lengths import LENGTHS
from briefgen.edition.models import Length
from briefgen.edition.tailor import Brief, Cut, tailor
from briefgen.formats.docx.height import word_height
from briefgen.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from briefgen.formats.pdf import LaidOut

NEARLY_EMPTY = 0.2
"""A last page that is filled by less than this is worth a shorter tier."""
SLACK = 60.0
"""CSS pixels that are cut beyond what was measured: breaks fall elsewhere afterwards."""


@dataclass(frozen=True)
class Fitted:
    """A brief that meets its budget, as a document on its pages."""

    brief: Brief
    document: Document
    laid_out: LaidOut
    layouts: int
    """How often it was laid out."""


def fit(target: Target, length: Length, engine: Engine) -> Fitted:
    """The edition at a length, with as many cuts as the page budget asks for.

    Raises:
        ProblemsFound: the budget cannot be met (BG044), or a template is wrong.
        WrongEnvironment: Pango or the fonts are missing.
    """
    found = _lay_out(tailor(target.dossier.dossier, target.edition, length), engine, 1)
    while excess := _excess(found):
        shorter = choose_cuts(found.brief, _height_in(found), excess)
        if shorter is found.brief:
            raise ProblemsFound([_unmet(found, target)])
        found = _lay_out(shorter, engine, found.layouts + 1)
    return _without_empty_page(found, engine)


def _lay_out(brief: Brief, engine: Engine, layouts: int) -> Fitted:
    document = engine.compose(brief)
    return Fitted(brief, document, engine.lay_out(document, brief.edition.layout), layouts)


def _excess(found: Fitted) -> float:
    """CSS pixels by which the document is too long for its budget, in PDF or in Word."""
    rule, paging = found.brief.rule, found.laid_out.paging
    in_pdf = paging.beyond(rule.pages)
    in_word = 0.0
    if rule.also_in_word:
        in_word = word_height(paging, found.document.theme) - rule.pages * paging.page_height
    excess = max(in_pdf, in_word)
    return excess + SLACK if excess > 0 else 0.0


def _height_in(found: Fitted) -> Height:
    """How much lower a document is without a cut, by what the cut takes away."""
    paging, edition = found.laid_out.paging, found.brief.edition.id

    def height(cut: Cut) -> float:
        lens = f"editions/{edition}/lens/{cut.kind}/{cut.id}"
        if cut.kind in ("messages", "figures"):
            key = {"messages": "key_messages"}.get(cut.kind, cut.kind)
            return paging.height_of(f"editions/{edition}/{key}/{cut.id}/")
        record = f"{cut.kind}/{cut.id}"
        parts = {3: ("body",), 2: ("summary",)}
        if cut.tier == 0:
            return paging.height_of(f"{record}/", f"{lens}/")
        names = [name for tier in range(cut.tier + 1, cut.was + 1) for name in parts[tier]]
        starts = [f"{record}/{name}" for name in names] + [f"{lens}/text/{name}" for name in names]
        return paging.height_of(*starts)

    return height


def _without_empty_page(found: Fitted, engine: Engine) -> Fitted:
    """The brief without a last page that holds a few lines, where shorter tiers can do it."""
    paging = found.laid_out.paging
    last = paging.beyond(paging.pages - 1)
    if paging.pages == 1 or last > NEARLY_EMPTY * paging.page_height:
        return found
    shorter = choose_cuts(found.brief, _height_in(found), last + SLACK, tiers_only=True)
    if shorter is found.brief:
        return found
    tried = _lay_out(shorter, engine, found.layouts + 1)
    return tried if tried.laid_out.paging.pages < paging.pages else found


def _unmet(found: Fitted, target: Target) -> Problem:
    """What is wrong when nothing more may be cut, and the smallest length that holds the rest."""
    edition, paging = found.brief.edition, found.laid_out.paging
    least = max(paging.pages, ceil(word_height(paging, found.document.theme) / paging.page_height))
    pinned = f", with {', '.join(edition.pin)} pinned" if edition.pin else ""
    holds = next((name for name, rule in LENGTHS.items() if rule.pages >= least), None)
    remedy = f"the smallest length that holds it is `{holds}`" if holds else "no length holds it"
    return Problem(
        target.dossier.editions[edition.id].place.nearest(("lengths",)),
        "BG044",
        f"{edition.id}: {found.brief.length} has {_pages(found.brief.rule.pages)}, and what cannot "
        f"be cut takes {_pages(least)}{pinned}",
        f"{remedy}; or shorten the edition's own texts, or pin fewer records",
    )


def _pages(number: int) -> str:
    return f"{number} page{'s' * (number != 1)}"

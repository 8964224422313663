"""Fit a brief to its page budget: lay out, measure, cut, lay out again."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from briefgen.build.engine import Engine
from briefgen.build.project import Target
from briefgen.document.model import Document
from briefgen.dossier.base import CHOSEN
from briefgen.edition.fit import Height, choose_cuts
from briefgen.edition.lengths import LENGTHS
from briefgen.edition.models import Length
from briefgen.edition.printed import printed
from briefgen.edition.tailor import Brief, Cut, tailor
from briefgen.formats.paging import Block, pdf_height
from briefgen.formats.word_height import word_block_height, word_height
from briefgen.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from briefgen.formats.pdf import LaidOut

NEARLY_EMPTY = 0.2
"""A last page that is filled by less than this is worth a shorter tier."""
CLOSER = (0.88, 0.8)
"""Factors of the space between blocks that may save such a page before anything is shortened."""
IN_EDITION = {"messages": "key_messages", "figures": "figures"}
"""Keys of the edition by the kinds of what is cut, beside records."""
SHOWN_FROM = {2: "summary", 3: "body"}
"""The field of a record that a tier adds."""
SLACK = 50.0
"""CSS pixels that are cut beyond what was measured: breaks fall elsewhere afterwards."""


@dataclass(frozen=True)
class Fitted:
    """A brief that meets its budget, as a document on its pages."""

    brief: Brief
    document: Document
    laid_out: LaidOut
    layouts: int
    """How often it was laid out."""
    for_word: bool = False
    """Whether the last cuts were made because the Word document was too long, not the PDF."""
    is_tidied: bool = False
    """Whether it was cut so that no page at its end holds a few lines only."""


def fit(target: Target, length: Length, engine: Engine, whole: Document | None = None) -> Fitted:
    """The edition at a length, with as many cuts as the page budget asks for.

    `whole` is its document before any cut, where that has been composed; what is made of it carries
    the same hash of its data.

    Raises:
        ProblemsFound: the budget cannot be met (BG044), or a template is wrong.
        WrongEnvironment: Pango or the fonts are missing.
    """
    brief = tailor(target.dossier.dossier, target.edition, length)
    press = _Press(engine, whole.data if whole else "")
    found = press.print(brief, whole or engine.compose(brief), 1)
    while (measured := _excess(found))[0] > 0:
        excess, height = measured
        shorter = choose_cuts(found.brief, height, excess + SLACK)
        if shorter is found.brief:
            raise ProblemsFound([_unmet(found, target)])
        for_word = not found.laid_out.paging.beyond(found.brief.rule.pages)
        layouts = found.layouts + 1
        del found  # pages take tens of megabytes, and nothing but the collector gives them back
        gc.collect()
        found = replace(press.lay_out(shorter, layouts), for_word=for_word)
    return _without_empty_page(found, press)


@dataclass(frozen=True)
class _Press:
    """Lays briefs out, each with the hash of what it shows."""

    engine: Engine
    data: str

    def lay_out(self, brief: Brief, layouts: int, space: float = 1) -> Fitted:
        document = replace(self.engine.compose(brief, space), data=self.data)
        return self.print(brief, document, layouts)

    def print(self, brief: Brief, document: Document, layouts: int) -> Fitted:
        laid_out = self.engine.lay_out(document, brief.edition.layout)
        return Fitted(brief, document, laid_out, layouts)


def _excess(found: Fitted) -> tuple[float, Height]:
    """CSS pixels by which the document is too long for its budget, and what each cut saves.

    Measured in PDF or in Word, wherever more is too long.
    """
    rule, paging, theme = found.brief.rule, found.laid_out.paging, found.document.theme
    in_pdf = paging.beyond(rule.pages)
    in_word = word_height(paging, theme) - rule.pages * paging.page_height
    if rule.also_in_word and in_word > in_pdf:
        return in_word, _height_in(found, lambda block: word_block_height(block, theme))
    return in_pdf, _height_in(found, pdf_height)


def _height_in(found: Fitted, height: Callable[[Block], float]) -> Height:
    """How much lower a document is without a cut, by the height of its blocks."""
    paging, edition = found.laid_out.paging, found.brief.edition.id

    def height_of_cut(cut: Cut) -> float:
        starts = tuple(_fields(cut, edition))
        return paging.height_of(starts, height)

    return height_of_cut


def _fields(cut: Cut, edition: str) -> Iterator[str]:
    """How the fields start that a cut takes away."""
    if cut.kind in IN_EDITION:
        yield f"editions/{edition}/{IN_EDITION[cut.kind]}/{cut.id}/"
        return
    record, lens = f"{cut.kind}/{cut.id}", f"editions/{edition}/lens/{cut.kind}/{cut.id}"
    if cut.tier == 0:
        yield from (f"{record}/", f"{lens}/")
        return
    for tier in range(cut.tier + 1, cut.was + 1):
        yield from (f"{record}/{SHOWN_FROM[tier]}", f"{lens}/text/{SHOWN_FROM[tier]}")


def _without_empty_page(found: Fitted, press: _Press) -> Fitted:
    """The brief without a last page that holds a few lines, where that can be done.

    By setting blocks a little closer, or else by shorter tiers.
    """
    paging = found.laid_out.paging
    last = paging.beyond(paging.pages - 1)
    if paging.pages == 1 or last > NEARLY_EMPTY * paging.page_height:
        return found
    for factor in CLOSER:
        closer = press.lay_out(found.brief, found.layouts + 1, factor)
        if closer.laid_out.paging.pages < paging.pages:
            return closer
        found = replace(found, layouts=closer.layouts)
    shorter = choose_cuts(found.brief, _height_in(found, pdf_height), last + SLACK, tiers_only=True)
    if shorter is found.brief:
        return found
    tried = press.lay_out(shorter, found.layouts + 1)
    if tried.laid_out.paging.pages >= paging.pages:
        return replace(found, layouts=tried.layouts)
    return replace(tried, is_tidied=True)


def _unmet(found: Fitted, target: Target) -> Problem:
    """What is wrong when nothing more may be cut, and the smallest length that holds the rest."""
    edition, paging = found.brief.edition, found.laid_out.paging
    least = max(paging.pages, ceil(word_height(paging, found.document.theme) / paging.page_height))
    shown = {chosen.record.id for kind in CHOSEN for chosen in getattr(found.brief, kind)}
    pins = [name for name in edition.pin if name in shown]
    pinned = f", with {', '.join(pins)} pinned" if pins else ""
    where = " in Word" if paging.pages < least else ""
    holds = next((name for name, rule in LENGTHS.items() if rule.pages >= least), None)
    remedy = f"the smallest length that holds it is `{holds}`" if holds else "no length holds it"
    return Problem(
        target.dossier.editions[edition.id].place.nearest(("lengths",)),
        "BG044",
        f"{edition.id}: {found.brief.length} has {_pages(found.brief.rule.pages)}, and what cannot "
        f"be cut takes {_pages(least)}{where}{pinned}",
        f"{remedy}; or shorten the edition's own texts: {_longest(found.brief)}",
    )


def _longest(brief: Brief) -> str:
    """The edition's own printed texts with the most words, and how many they have."""
    counted = sorted(((len(text.split()), field) for field, text in printed(brief)), reverse=True)
    return ", ".join(f"{field} has {words} words" for words, field in counted[:3])


def _pages(number: int) -> str:
    return f"{number} page{'s' * (number != 1)}"

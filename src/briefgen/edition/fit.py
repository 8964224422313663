"""Fit: what to cut from a brief so that it meets its page budget.

Shorter tiers first, then whole bundles, both from the least valuable up:

1. bodies go (tier 3 to 2), then summaries of records that say what they mean for the reader
   (tier 2 to 1);
2. figures go, which retell what the text says;
3. records go, with their so-what and caveat, then messages with their counters.

What is pinned, the last record of each kind and the last message stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from briefgen.dossier.base import CHOSEN
from briefgen.edition.tailor import Brief, Chosen, Cut, tailor, weight

Height = Callable[[Cut], float]
"""How much lower the document is without what is cut, as far as is known."""


def choose_cuts(brief: Brief, height: Height, excess: float, *, tiers_only: bool = False) -> Brief:
    """The brief with as many further cuts as it takes to save `excess`, if there are enough.

    `excess` is in the unit of `height`. Of what turns out not to be needed, the most valuable is
    put back. Where nothing is left to cut, or `tiers_only` and no tier, the brief comes back as
    it was.
    """
    taken: list[Cut] = []
    saved = 0.0
    for cut in possible_cuts(brief, tiers_only=tiers_only):
        if saved >= excess and taken:
            break
        taken.append(cut)
        saved += height(cut)
    if not taken:
        return brief
    kept = _without_needless(taken, height, saved - excess)
    cuts = _joined((*brief.cuts, *kept))
    return tailor(brief.dossier, brief.edition, brief.length, cuts)


def possible_cuts(brief: Brief, *, tiers_only: bool = False) -> Iterator[Cut]:
    """Every cut that is left, in the order in which they are made."""
    if brief.rule.is_fixed:
        return
    ranked = list(_by_value(brief))
    for tier in (3, 2):
        for kind, chosen in ranked:
            if chosen.tier >= tier > _least_tier(chosen):
                yield Cut(kind, chosen.record.id, tier, tier - 1)
    if tiers_only:
        return
    for figure in reversed(brief.figures):
        yield Cut("figures", figure.id, 1, 0)
    yield from _bundles(brief, ranked)


def _without_needless(cuts: list[Cut], height: Height, surplus: float) -> list[Cut]:
    """The cuts without those that the surplus makes needless, the most valuable put back first."""
    kept: list[Cut] = []
    for cut in reversed(cuts):
        is_cut_further = any((cut.kind, cut.id) == (later.kind, later.id) for later in kept)
        if not is_cut_further and height(cut) <= surplus:
            surplus -= height(cut)
        else:
            kept.insert(0, cut)
    return kept


def _joined(cuts: Iterable[Cut]) -> list[Cut]:
    """One cut for each thing, from what was shown at first to what is left."""
    joined: dict[tuple[str, str], Cut] = {}
    for cut in cuts:
        key = cut.kind, cut.id
        joined[key] = replace(joined.pop(key, cut), tier=cut.tier)
    return list(joined.values())


def _bundles(brief: Brief, ranked: list[tuple[str, Chosen[Any]]]) -> Iterator[Cut]:
    left = {kind: len(getattr(brief, kind)) for kind in CHOSEN}
    for kind, chosen in ranked:
        if chosen.record.id not in brief.edition.pin and left[kind] > 1:
            left[kind] -= 1
            yield Cut(kind, chosen.record.id, min(chosen.tier, _least_tier(chosen)), 0)
    for message in reversed(brief.messages[1:]):
        yield Cut("messages", message.id, 1, 0)


def _by_value(brief: Brief) -> Iterator[tuple[str, Chosen[Any]]]:
    """All records that are shown, the least valuable first.

    By pin and the edition's weight; among equals the last of a kind goes first, and the kinds
    take turns.
    """
    ranked = [
        (
            chosen.record.id in brief.edition.pin,
            weight(chosen.lens),
            -place,
            kind,
            chosen,
        )
        for kind in CHOSEN
        for place, chosen in enumerate(getattr(brief, kind))
    ]
    for *_, kind, chosen in sorted(ranked, key=lambda entry: entry[:4]):
        yield kind, chosen


def _least_tier(chosen: Chosen[Any]) -> int:
    """The tier below which nothing goes but the record itself.

    A record without a so-what shows its summary at every tier.
    """
    return 1 if chosen.lens.so_what else 2

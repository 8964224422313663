"""What a figure is drawn from, and the claims that carry its dates and positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.dossier.model import Dossier
from briefgen.dossier.records import Actor, Instrument, Milestone, Position
from briefgen.edition.models import Figure
from briefgen.edition.tailor import Brief

STATED = ("supports", "conditional", "opposes")
"""Stances that are drawn, in the order of their key; what is unstated has no sign."""


def caption_of(figure: Figure, brief: Brief) -> str:
    """The figure's title as prose that cites what is drawn as well as what it says itself.

    So a doubt about a date that is drawn stands in the caption's note, as it would in a sentence.
    """
    cited = "; ".join(f"@{claim}" for claim in claims_drawn(figure, brief))
    return f"{figure.title} [{cited}]" if cited else figure.title


def claims_drawn(figure: Figure, brief: Brief) -> tuple[str, ...]:
    """The claims that its dates and positions rest on; grades are the curators' judgement."""
    if figure.kind == "positions":
        found: Iterable[str] = (p.claim for _, _, p in positions_of(figure, brief))
    elif figure.kind in ("operations", "bars"):
        found = _claims_of_column(figure, brief.dossier)
    else:
        found = dates_drawn(figure, brief.dossier)
    # Data with mistakes can be compared too: what leads nowhere is passed over.
    return tuple(dict.fromkeys(claim for claim in found if claim in brief.dossier.claims))


def dates_drawn(figure: Figure, dossier: Dossier) -> Iterator[str]:
    """The claims that date the milestones or instruments of a figure."""
    if figure.kind == "timeline":
        yield from (milestone.date.claim for milestone in milestones_of(figure, dossier))
    if figure.kind == "succession":
        instruments = instruments_of(figure, dossier)
        yield from (date.claim for i in instruments for date in (i.adopted, i.ends) if date)
        for old, new in links(instruments):
            yield from (claim for claim in new.claims if claim in old.claims)


def milestones_of(figure: Figure, dossier: Dossier) -> list[Milestone]:
    """Those that the figure names, or else all."""
    known = dossier.milestones
    return [known[name] for name in figure.records if name in known] or list(known.values())


def instruments_of(figure: Figure, dossier: Dossier) -> list[Instrument]:
    """Those that the figure names, or else all that replace another or are replaced."""
    known = dossier.instruments
    if named := [known[name] for name in figure.records if name in known]:
        return named
    linked = {i.id for pair in links(list(known.values())) for i in pair}
    return [instrument for instrument in known.values() if instrument.id in linked]


def links(instruments: Iterable[Instrument]) -> list[tuple[Instrument, Instrument]]:
    """What was replaced and what replaced it, among these."""
    known = {i.id: i for i in instruments}
    return [(known[old], new) for new in known.values() for old in new.succeeds if old in known]


def positions_of(figure: Figure, brief: Brief) -> list[tuple[Actor, str, Position]]:
    """Each position that is drawn, with its actor and the id of its subject.

    Of the actors that the figure names, or else of all; on the other records that it names, or
    else on the areas of the brief.
    """
    known = brief.dossier.actors
    actors = [known[name] for name in figure.records if name in known] or list(known.values())
    subjects = subjects_of(figure, brief)
    return [(a, s, p) for a in actors for s in subjects for p in stances(a, s)]


def subjects_of(figure: Figure, brief: Brief) -> list[str]:
    """Ids of what positions are about; never an area that the brief leaves out."""
    areas = [chosen.record.id for chosen in brief.areas]
    named = [name for name in figure.records if name not in brief.dossier.actors]
    found = [n for n in named if brief.dossier.find(n)]
    return [n for n in found if n in areas or n not in brief.dossier.areas] or areas


def stances(actor: Actor, subject: str) -> list[Position]:
    """The positions that an actor states on a subject; contrary ones stand side by side."""
    found = [p for p in actor.positions if p.on == subject and p.stance in STATED]
    return list({p.stance: p for p in found}.values())


def _claims_of_column(figure: Figure, dossier: Dossier) -> Iterator[str]:
    """Of the table's claims those that carry one of the years or numbers drawn."""
    table = dossier.tables.get(figure.table or "")
    columns = [column.id for column in table.columns] if table else []
    drawn = figure.value or figure.year
    if table is None or drawn not in columns:
        return
    cells = {row[columns.index(drawn)] for row in table.rows}
    for name in table.claims:
        if name in dossier.claims and cells & set(map(str, dossier.claims[name].values.values())):
            yield name

"""An edition's own words: what they say stands in claims.

Prose is held to the claims that it cites. Plain text cites nothing: a title or first step in the
edition's words is held to the claims of its record; the edition's title, question and headings to
the claims that the edition cites anywhere; a message's lead to those of its ground, with which it
is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefgen.dossier.asserted import values_of_date
from briefgen.dossier.base import CHOSEN, Record
from briefgen.dossier.carried import Carriers, check_names, check_plain, check_prose
from briefgen.dossier.load import Reading
from briefgen.dossier.model import Path
from briefgen.dossier.prose import cited_claims
from briefgen.dossier.references import targets
from briefgen.edition.drawn import dates_drawn
from briefgen.edition.load import LoadedEdition
from briefgen.problems import Problem

REWORDED = ("summary", "body")
"""Keys of a record's prose that an edition may put in its own words."""
PROPOSED = ("first_step", "indicator", "risk")
"""Keys of our own proposals, whose dates and amounts assert nothing."""


def check_wording(loaded: LoadedEdition, reading: Reading, carriers: Carriers) -> Iterator[Problem]:
    """Rewordings on other claims, and numbers, dates and names that no claim carries."""
    edition, place = loaded.edition, loaded.place
    yield from _check_rewordings(loaded, reading)
    if not reading.is_whole:
        return  # what is asserted may be carried by what could not be read
    yield from check_prose(edition, place, carriers, _rests_on(loaded, reading))
    yield from check_names(edition, place, carriers)
    yield from _check_texts_of_records(loaded, reading, carriers)
    yield from _check_texts_of_edition(loaded, reading, carriers)


def claims_of(record: Record) -> set[str]:
    """The claims that a record lists or cites."""
    texts = [getattr(record, name, None) or "" for name in REWORDED]
    return {*getattr(record, "claims", ()), *(c for text in texts for _, c in cited_claims(text))}


def _rests_on(loaded: LoadedEdition, reading: Reading) -> Callable[[Path], Iterable[str]]:
    """The claims behind a caption (what dates the figure) and a message's lead (its ground)."""

    def claims(path: Path) -> Iterable[str]:
        if path[0] == "figures" and isinstance(path[1], int):
            return dates_drawn(loaded.edition.figures[path[1]], reading.dossier)
        if path[0] == "key_messages" and path[-1] == "lead" and isinstance(path[1], int):
            return [name for _, name in cited_claims(loaded.edition.key_messages[path[1]].text)]
        return ()

    return claims


def _check_texts_of_records(
    loaded: LoadedEdition, reading: Reading, carriers: Carriers
) -> Iterator[Problem]:
    """Titles say what their record's claims say; proposals may name what the edition knows."""
    known = _cited_in(loaded, reading)
    for kind in CHOSEN:
        for record_id, lens in getattr(loaded.edition.lens, kind).items():
            if (record := reading.records[kind].get(record_id)) is None:
                continue
            path, place, own = ("lens", kind, record_id, "text"), loaded.place, claims_of(record)
            if text := lens.text.title:
                yield from check_plain(text, (*path, "title"), place, carriers, own)
            for name in PROPOSED:
                if text := getattr(lens.text, name):
                    at = (*path, name)
                    yield from check_plain(text, at, place, carriers, own | known, numbers=False)


def _cited_in(loaded: LoadedEdition, reading: Reading) -> set[str]:
    """The claims that an edition cites anywhere, or shows by date in a figure."""
    cited = {name for name in targets(loaded.edition) if name in reading.dossier.claims}
    for figure in loaded.edition.figures:
        cited.update(dates_drawn(figure, reading.dossier))
    return cited


def _check_texts_of_edition(
    loaded: LoadedEdition, reading: Reading, carriers: Carriers
) -> Iterator[Problem]:
    edition, place = loaded.edition, loaded.place
    cited = _cited_in(loaded, reading)
    dates = values_of_date(edition.issued) | values_of_date(reading.dossier.about.as_of)
    texts: dict[Path, str | None] = {
        (key,): getattr(edition, key) for key in ("label", "title", "subtitle", "question")
    }
    texts |= {("headings", key): heading for key, heading in edition.headings.items()}
    for path, text in texts.items():
        yield from check_plain(text or "", path, place, carriers, cited, dates)
    for i, message in enumerate(edition.key_messages):
        own = {name for _, name in cited_claims(f"{message.lead} {message.text}")}
        path = ("key_messages", i, "lead")
        yield from check_plain(message.lead, path, place, carriers, own, numbers=False)


def _check_rewordings(loaded: LoadedEdition, reading: Reading) -> Iterator[Problem]:
    """An edition may reword a record, on the record's own claims."""
    for kind in CHOSEN:
        for record_id, lens in getattr(loaded.edition.lens, kind).items():
            record = reading.records[kind].get(record_id)
            if record is None:
                continue
            own = claims_of(record)
            for name in REWORDED:
                if text := getattr(lens.text, name):
                    path = ("lens", kind, record_id, "text", name)
                    yield from _check_reworded(name, text, path, own, loaded)


def _check_reworded(
    name: str, text: str, path: Path, own: set[str], loaded: LoadedEdition
) -> Iterator[Problem]:
    cited = {claim for _, claim in cited_claims(text)}
    if not cited:
        yield Problem(
            loaded.place.nearest(path),
            "BG041",
            f"{name}: the edition's wording cites no claim",
            "cite the claims that the record's own wording rests on: `[@claim-id]`",
        )
    for claim in sorted(cited - own):
        yield Problem(
            loaded.place.nearest(path),
            "BG041",
            f'{name}: the record does not rest on claim "{claim}"',
            f"cite claims of the record: {', '.join(sorted(own))}",
        )

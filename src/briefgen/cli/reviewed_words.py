"""The words in which reviews are told, in every form of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from briefgen.cli.people import when
from briefgen.review.facts import Alteration
from briefgen.review.landing import other_editions
from briefgen.review.read_back import Loose
from briefgen.review.review import Change, Outcome, PlacedRevision, Reviewed

OUTCOMES: dict[Outcome, str] = {
    "conflict": "Conflicts: the data and the copy have changed the same words",
    "proposed": "Would alter a fact: proposed, not written",
    "removed": "Gone from the copy: nothing is taken out of the data",
    "gone": "No longer in the data: the text is kept for you to place",
    "differs": "The copy says different things in different places",
    "unreturnable": "Cannot be made prose: the text is kept for you to place",
    "noted": "Notes written by hand: a claim must carry what they say",
    "merges": "Merges",
    "already": "Already in the data",
}
"""Headings of the outcomes, in the order of a report: what needs a person comes first."""
LOOSE: dict[str, str] = {
    "changed": "words of the layout changed",
    "added": "added paragraph",
    "deleted": "deleted paragraph",
    "moved": "moved paragraph",
    "split": "split paragraph",
    "joined": "joined paragraphs",
    "format": "formatting that prose cannot hold",
    "note": "words of a note",
    "furniture": "changed in a header, footer or text box",
}
SURE = {"mark": "by its marks", "text": "by its text", "alignment": "by its words and place"}
CONTEXT = 7
"""Words of what was kept that are shown round a change."""

Difference = Iterable[tuple[str, str]]
REVISIONS = {
    "inserted": "inserted",
    "deleted": "deleted",
    "moved-from": "moved from here",
    "moved-to": "moved here",
    "formatted": "formatted",
}


def label(review: Reviewed) -> str:
    """The edition that a file is a copy of, as it calls itself."""
    snapshot = review.file.snapshot
    edition = review.loaded.editions.get(snapshot.edition)
    return edition.edition.label if edition else f"Edition {snapshot.edition}"


def export_of(review: Reviewed) -> str:
    """Which export of the edition a file is a copy of."""
    snapshot = review.file.snapshot
    return (
        f"{snapshot.length}, version {snapshot.version}, issued {snapshot.issued}, of the dossier "
        f"{snapshot.dossier}"
    )


def where(review: Reviewed, change: Change) -> str:
    """Whether a text is shared or the edition's own, and who else shows it."""
    landing = change.landing
    if landing is None:
        return "not in the data"
    others = other_editions(review.loaded, landing, review.edition)
    own = "the edition's own" if landing.edition else "shared"
    return f"{own}; also shown by {', '.join(others)}" if others else f"{own}; shown here only"


def statements(review: Reviewed, alteration: Alteration) -> list[tuple[str, str]]:
    """The claims that a proposal is against, each with what it says by now."""
    claims = review.loaded.reading.records["claims"]
    return [
        (name, getattr(claims[name], "statement", "") if name in claims else "no longer there")
        for name in alteration.claims
    ]


def by_place(
    revisions: Sequence[PlacedRevision],
) -> Iterator[tuple[PlacedRevision, list[PlacedRevision]]]:
    """Tracked changes that one person made at one time in one place, together; the first leads."""
    for _, group in groupby(
        revisions, key=lambda p: (p.revision.author, when(p.revision.date), p.field)
    ):
        together = list(group)
        yield together[0], together


def tally(review: Reviewed) -> list[tuple[int, str]]:
    """How much there is of each sort of edit that there is, with its name."""
    told: Sequence[tuple[int, str, str]] = (
        (len(review.changes), "text edited", "texts edited"),
        (len(review.loose), "edit in no text of the data", "edits in no text of the data"),
        (len(review.comments), "comment", "comments"),
        (len(review.revisions), "tracked change", "tracked changes"),
    )
    return [(n, one if n == 1 else many) for n, one, many in told if n]


def name_of(field: str) -> str:
    """A field in words: `summary of areas/sea-lanes`."""
    parts = field.replace("_", " ").split("/")
    if parts[0] == "editions" and parts[2:3] == ["lens"]:
        return f"{' '.join(parts[5:])} of {parts[3]}/{parts[4]}, in edition {parts[1]}"
    if parts[0] == "editions" and parts[4:]:
        return f"{' '.join(parts[4:])} of {parts[2]} {parts[3]}, in edition {parts[1]}"
    if parts[0] == "editions":
        return f"{' '.join(parts[2:])} of edition {parts[1]}"
    return f"{' '.join(parts[2:])} of {parts[0]}/{parts[1]}" if parts[2:] else " ".join(parts)


def loose_words(loose: Loose) -> str:
    """What sort of edit it is."""
    table = " in a table" if loose.cell else ""
    several = "s" if loose.kind in ("added", "deleted") and "\n" in loose.was + loose.now else ""
    return f"{LOOSE[loose.kind]}{several}{table}"


def shortened(difference: Difference) -> list[tuple[str, str]]:
    """A difference with its long stretches of kept words cut to their ends."""
    runs = list(difference)
    out = []
    for i, (kind, text) in enumerate(runs):
        words = text.split(" ")
        if kind == "kept" and len(words) > 2 * CONTEXT:
            head = " ".join(words[:CONTEXT]) + " " if i else ""
            tail = " " + " ".join(words[-CONTEXT:]) if i < len(runs) - 1 else ""
            out.append((kind, f"{head}…{tail}"))
        else:
            out.append((kind, text))
    return out

"""Review: an edited Word file against its export and the data as it is now.

1. read      paragraphs, notes, comments and tracked changes of the copy, and its snapshot
2. match     what each field says in the copy
3. return    that text as the prose that it came from
4. compare   exported, edited and current: what merges, what does not, what would alter a fact
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefgen.build.project import LoadedDossier
from briefgen.dossier.carried import Carriers
from briefgen.formats.docx.edited import Comment, EditedFile, Revision, read_edited
from briefgen.formats.docx.reading import OBJECT, ReadParagraph
from briefgen.review.facts import Alteration, split_edit, whole_as_proposal
from briefgen.review.landing import Landing, find_landing
from briefgen.review.match import Sure
from briefgen.review.prose_back import Unreturnable, return_text
from briefgen.review.read_back import FieldText, Loose, ReadBack, read_back
from briefgen.review.shown import BREAK, Note
from briefgen.review.three_way import Merged, merge

Outcome = Literal[
    "merges", "already", "proposed", "conflict", "differs", "removed", "gone", "unreturnable"
]
"""What becomes of a field's edit: it merges; the data says so already; it would alter a fact; data
and copy say different things; the places of the field in the copy do; all of its text is gone from
the copy; its record is gone from the data; its text cannot be made prose."""
Accepts = Callable[[Revision], bool]


@dataclass(frozen=True)
class Change:
    """One field that the copy says otherwise than its export."""

    field: str
    outcome: Outcome
    exported: str
    """The prose that was exported."""
    edited: str
    """The same as edited; what the copy shows where it cannot be prose."""
    landing: Landing | None = None
    kept: str = ""
    """The edited prose without what would alter a fact."""
    merged: Merged | None = None
    alterations: tuple[Alteration, ...] = ()
    notes: tuple[Note, ...] = ()
    """Notes that somebody wrote by hand."""
    sure: Sure = "mark"
    by: tuple[str, ...] = ()
    """Authors of tracked changes in it."""
    why: str = ""

    @property
    def current(self) -> str:
        """What the data says now."""
        return self.landing.value if self.landing else ""


@dataclass(frozen=True)
class PlacedComment:
    """A comment and what it stands on."""

    comment: Comment
    field: str
    words: str


@dataclass(frozen=True)
class PlacedRevision:
    """A tracked change and what it stands in."""

    revision: Revision
    field: str


@dataclass
class Reviewed:
    """What there is to say about one edited file."""

    file: EditedFile
    loaded: LoadedDossier
    changes: list[Change] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    comments: list[PlacedComment] = field(default_factory=list)
    revisions: list[PlacedRevision] = field(default_factory=list)
    left_out: list[PlacedRevision] = field(default_factory=list)
    """Tracked changes that were not taken."""
    destroyed: list[str] = field(default_factory=list)
    """What the program that saved the copy lost of it."""

    @property
    def edition(self) -> str:
        """The edition that was exported."""
        return self.file.snapshot.edition


def accept_all(_: Revision) -> bool:
    """Tracked changes as if all were accepted."""
    return True


def review_file(path: Path, find: Callable[[str], LoadedDossier]) -> Reviewed:
    """The review of an edited copy; `find` gives the dossier of a name.

    Raises:
        NotReviewable: there is nothing to compare the file with.
        WrongUsage: the project has no such dossier.
    """
    file = read_edited(path)
    return review_edited(file, find(file.snapshot.dossier), accept_all)


def review_edited(file: EditedFile, loaded: LoadedDossier, accepts: Accepts) -> Reviewed:
    """The same of a file that is read, with some of its tracked changes taken as rejected."""
    paragraphs = file.paragraphs(accepts)
    found = read_back(file.snapshot, paragraphs, file.notes(accepts))
    review = Reviewed(file, loaded, loose=[*found.loose, *_furniture(file)])
    review.comments = list(_comments(file, paragraphs, found))
    review.revisions = list(_revisions(file, paragraphs, found))
    review.left_out = [placed for placed in review.revisions if not accepts(placed.revision)]
    by = _authors(review.revisions)
    carriers = Carriers(loaded.dossier)
    texts: dict[str, list[FieldText]] = {}
    for text in found.fields:
        texts.setdefault(text.field, []).append(text)
    for name, places in texts.items():
        if change := _change(name, places, file, loaded, carriers, by.get(name, ())):
            review.changes.append(change)
    review.loose += _layout_of_fields(found.fields)
    review.destroyed = list(_destroyed(file, paragraphs))
    return review


# --- One field ----------------------------------------------------------------


def _change(
    name: str,
    places: Sequence[FieldText],
    file: EditedFile,
    loaded: LoadedDossier,
    carriers: Carriers,
    by: tuple[str, ...],
) -> Change | None:
    source = file.snapshot.values.get(name)
    landing = find_landing(loaded, name)
    kind = landing.kind if landing else _kind_of(places)
    sure = max((p.sure for p in places if p.is_edited), key=_by_trust, default="mark")
    if source is None:
        source = "\n\n".join(places[0].was.text.split(BREAK))

    def change(outcome: Outcome, edited: str, why: str = "", **more: object) -> Change:
        return Change(name, outcome, source, edited, landing, sure=sure, by=by, why=why, **more)  # type: ignore[arg-type]

    if all(place.now is None for place in places):
        return change("removed", "", "all of its text is gone from the copy")
    edited, notes = source, tuple[Note, ...]()
    for place in places:
        if place.now is None or not place.is_edited:
            continue
        try:
            returned = return_text(source, place.was, place.now, kind)
        except Unreturnable as reason:
            return change("unreturnable", place.now.text, str(reason))
        notes += returned.loose_notes
        both = merge(source, edited, returned.text)
        if both.conflicts:
            why = f'elsewhere in the copy it says "{edited}"'
            return change("differs", returned.text, why, notes=notes)
        edited = both.text
    if edited == source and not notes:
        return None
    if landing is None:
        return change("gone", edited, "the data has no such text any more", notes=notes)
    return _compared(change, source, edited, landing, carriers, notes)


def _compared(
    change: Callable[..., Change],
    source: str,
    edited: str,
    landing: Landing,
    carriers: Carriers,
    notes: tuple[Note, ...],
) -> Change:
    """The change, once edited, exported and current text are all at hand."""
    kept, alterations = edited, tuple[Alteration, ...]()
    if edited == landing.value:
        return change("already", edited, kept=edited, notes=notes)
    if landing.is_fact and edited != source:
        what = "the statement of a claim" if landing.claims else "a name"
        kept = source
        alterations = (whole_as_proposal(source, edited, carriers, landing.claims, what),)
    elif landing.asserts:
        split = split_edit(source, edited, carriers, landing.claims)
        kept, alterations = split.kept, split.alterations
    merged = merge(source, landing.value, kept)
    outcome: Outcome = "merges"
    if merged.conflicts:
        outcome = "conflict"
    elif merged.text == landing.value:
        outcome = "proposed" if alterations else "already"
    return change(outcome, edited, kept=kept, merged=merged, alterations=alterations, notes=notes)


def _by_trust(sure: Sure) -> int:
    return ("mark", "text", "alignment").index(sure)


def _kind_of(places: Sequence[FieldText]) -> Literal["inline", "blocks"]:
    return "blocks" if any(BREAK in place.was.text for place in places) else "inline"


def _layout_of_fields(fields: Sequence[FieldText]) -> Iterator[Loose]:
    """Paragraphs that were split where the data has one."""
    for text in fields:
        if text.now and BREAK in text.now.text and BREAK not in text.was.text:
            number = text.paragraphs[0] if text.paragraphs else None
            near = text.now.text.split(BREAK)[0]
            yield Loose("split", text.was.text, text.now.text.replace(BREAK, "\n"), near, number)


# --- What stands beside fields ------------------------------------------------


def _comments(
    file: EditedFile, paragraphs: Sequence[ReadParagraph], found: ReadBack
) -> Iterator[PlacedComment]:
    places: dict[str, tuple[int, int, int]] = {}
    for number, paragraph in enumerate(paragraphs):
        for name, start, end in paragraph.comments:
            places.setdefault(name, (number, start, end))
    for comment in file.comments:
        if comment.is_ours and not comment.replies:
            continue
        if (place := places.get(comment.id)) is None:
            yield PlacedComment(comment, "", "")
            continue
        number, start, end = place
        words = paragraphs[number].text[start:end].replace(OBJECT, "").strip()
        yield PlacedComment(comment, found.field_at(number, start, end), words)


def _revisions(
    file: EditedFile, paragraphs: Sequence[ReadParagraph], found: ReadBack
) -> Iterator[PlacedRevision]:
    places: dict[int, str] = {}
    for number, paragraph in enumerate(paragraphs):
        for revision, start, end in paragraph.revisions:
            name = found.field_at(number, start, end)
            places[revision] = places.get(revision) or name
    for revision in file.revisions:
        yield PlacedRevision(revision, places.get(revision.number, ""))


def _authors(revisions: Sequence[PlacedRevision]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for placed in revisions:
        if placed.field and placed.revision.author:
            found.setdefault(placed.field, {})[placed.revision.author] = None
    return {name: tuple(authors) for name, authors in found.items()}


def _furniture(file: EditedFile) -> Iterator[Loose]:
    """Edits in headers, footers and text boxes: no field stands there."""
    was = set(file.snapshot.furniture)
    yield from (
        Loose("furniture", now=text, near="header, footer or text box")
        for text in file.furniture
        if text not in was
    )


def _destroyed(file: EditedFile, paragraphs: Sequence[ReadParagraph]) -> Iterator[str]:
    """What the program lost, told by what no person does: tags of hidden controls, all at once."""
    keys = {mark.key for paragraph in file.snapshot.paragraphs for mark in paragraph.fields}
    tags = {stretch.key for paragraph in paragraphs for stretch in paragraph.controls} & keys
    bookmarks = {stretch.key for paragraph in paragraphs for stretch in paragraph.marks} & keys
    if keys and not tags and bookmarks:
        yield (
            f"{file.program or 'the program that saved it'} has taken the tags off all content "
            "controls; fields were found by their bookmarks"
        )
    elif keys and not tags and not bookmarks:
        yield (
            f"{file.program or 'the program that saved it'} has taken off all marks; fields were "
            "found by their text and place"
        )

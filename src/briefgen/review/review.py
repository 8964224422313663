"""Review: an edited Word file against its export and the data as it is now.

1. read      paragraphs, notes, comments and tracked changes of the copy, and its snapshot
2. match     what each field says in the copy
3. return    that text as the prose that it came from
4. compare   exported, edited and current: what merges, what does not, what would alter a fact
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from briefgen.build.loaded import LoadedDossier
from briefgen.dossier.carried import Carriers
from briefgen.formats.docx.characters import OBJECT
from briefgen.formats.docx.edited import EditedFile
from briefgen.formats.docx.reading import ReadParagraph
from briefgen.formats.docx.revisions import Revision
from briefgen.formats.docx.threads import Comment
from briefgen.review.facts import Alteration, split_edit, whole_as_proposal
from briefgen.review.landing import Landing, ProseKind, find_landing
from briefgen.review.match import Sure
from briefgen.review.prose_back import Unreturnable, return_text
from briefgen.review.read_back import FieldText, Loose, ReadBack, read_back
from briefgen.review.shown import BREAK, Note
from briefgen.review.three_way import Merged, merge

Outcome = Literal[
    "merges",
    "already",
    "proposed",
    "noted",
    "conflict",
    "differs",
    "removed",
    "gone",
    "unreturnable",
]
"""What becomes of a field's edit: it merges; the data says so already; it would alter a fact; it
only brings notes written by hand; data and copy say different things; the places of the field in
the copy do; all of its text is gone from the copy; its record is gone from the data; its text
cannot be made prose."""
TRUST: tuple[Sure, ...] = ("mark", "text", "alignment")
"""How a match was found, the surest first."""

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


def review_edited(file: EditedFile, loaded: LoadedDossier, accepts: Accepts) -> Reviewed:
    """The review of an edited copy, with some of its tracked changes taken as rejected."""
    paragraphs = file.paragraphs(accepts)
    found = read_back(file.snapshot, paragraphs, file.notes(accepts))
    review = Reviewed(file, loaded, loose=[*found.loose, *_furniture(file)])
    review.comments = list(_comments(file, paragraphs, found))
    review.revisions = list(_revisions(file, paragraphs, found))
    review.left_out = [placed for placed in review.revisions if not accepts(placed.revision)]
    fields = _Fields(file, loaded, _authors(review.revisions), review)
    texts: dict[str, list[FieldText]] = {}
    for text in found.fields:
        texts.setdefault(text.field, []).append(text)
    for name, places in texts.items():
        fields.read(name, places)
    review.loose = list(_without_removed(review))
    review.destroyed = list(_destroyed(file, paragraphs))
    return review


# --- One field ----------------------------------------------------------------


class _Fields:
    """Finds what the copy says of each field, and what becomes of it."""

    def __init__(
        self,
        file: EditedFile,
        loaded: LoadedDossier,
        authors: Mapping[str, tuple[str, ...]],
        out: Reviewed,
    ) -> None:
        self._values = file.snapshot.values
        self._loaded, self._authors, self._out = loaded, authors, out
        self._carriers = Carriers(loaded.dossier)

    def read(self, name: str, places: Sequence[FieldText]) -> None:
        """Note the change of one field, if there is one; `places` are where it stands."""
        edited = [place for place in places if place.is_edited]
        if not edited:
            return
        change = Change(
            field=name,
            outcome="merges",
            exported=self._values.get(name, ""),
            edited="",
            landing=find_landing(self._loaded, name),
            sure=max((place.sure for place in edited), key=TRUST.index),
            by=self._authors.get(name, ()),
        )
        if all(place.now is None for place in places):
            shown = places[0].was.text.replace(BREAK, "\n\n")
            change = replace(change, outcome="removed", exported=change.exported or shown)
            self._out.changes.append(change)
        elif returned := self._returned(change, edited):
            self._out.changes.append(self._compared(returned))

    def _returned(self, change: Change, places: Sequence[FieldText]) -> Change | None:
        """The change with its text as prose: of all places that were edited, in one."""
        kind, source, edited = _kind(change, places), change.exported, change.exported
        notes: list[Note] = []
        for place in places:
            if place.now is None:
                continue
            try:
                returned = return_text(source, place.was, place.now, kind)
            except Unreturnable as reason:
                return replace(
                    change, outcome="unreturnable", edited=place.now.text, why=str(reason)
                )
            notes += returned.loose_notes
            if kind != "blocks" and BREAK in place.now.text:
                self._note_split(place)
            self._out.loose += (
                Loose("format", now=words, near=place.now.text) for words in returned.unshown
            )
            both = merge(source, edited, returned.text)
            if both.conflicts:
                why = f'elsewhere in the copy it says "{edited}"'
                return replace(change, outcome="differs", edited=returned.text, why=why)
            edited = both.text
        if edited == source and not notes:
            return None
        return replace(change, edited=edited, notes=tuple(notes))

    def _note_split(self, place: FieldText) -> None:
        """Note that somebody parted a text of which the data holds one paragraph."""
        assert place.now is not None
        parts = place.now.text.replace(BREAK, "\n")
        number = place.paragraphs[0] if place.paragraphs else None
        self._out.loose.append(Loose("split", place.was.text, parts, parts, number))

    def _compared(self, change: Change) -> Change:
        """The change, once what was exported, what was edited and the data are held together."""
        landing = change.landing
        if change.outcome != "merges":
            return change
        if landing is None:
            return replace(change, outcome="gone")
        nothing: Outcome = "noted" if change.notes else "already"
        if change.edited == landing.value:
            return replace(change, outcome=nothing, kept=change.edited)
        kept, alterations = self._without_facts(change, landing)
        merged = merge(change.exported, landing.value, kept)
        outcome: Outcome = "merges"
        if merged.conflicts:
            outcome = "conflict"
        elif merged.text == landing.value:
            outcome = "proposed" if alterations else nothing
        return replace(change, outcome=outcome, kept=kept, merged=merged, alterations=alterations)

    def _without_facts(
        self, change: Change, landing: Landing
    ) -> tuple[str, tuple[Alteration, ...]]:
        """The edited prose without what would alter a fact, and that."""
        source, edited = change.exported, change.edited
        if landing.is_fact and edited != source:
            what = "the statement of a claim" if landing.claims else "a name"
            whole = whole_as_proposal(source, edited, self._carriers, landing.claims, what)
            return source, (whole,)
        if landing.asserts:
            split = split_edit(source, edited, self._carriers, landing.claims)
            return split.kept, split.alterations
        return edited, ()


def _kind(change: Change, places: Sequence[FieldText]) -> ProseKind:
    if change.landing:
        return change.landing.kind
    return "blocks" if any(BREAK in place.was.text for place in places) else "inline"


def _without_removed(review: Reviewed) -> Iterator[Loose]:
    """The edits in no field, but for paragraphs whose fields are told as removed."""
    removed = {change.field for change in review.changes if change.outcome == "removed"}
    for loose in review.loose:
        if not (loose.fields and removed.issuperset(loose.fields)):
            yield loose


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
        for which, start, end in paragraph.revisions:
            places[which] = places.get(which) or found.field_at(number, start, end)
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

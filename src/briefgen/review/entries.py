"""Entries: what an edited copy leaves to settle, in the form that `reviews/` keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefgen.dossier.reviews import Entry, Reply, Review
from briefgen.review.facts import Alteration
from briefgen.review.read_back import Loose
from briefgen.review.review import Change, PlacedComment, PlacedRevision, Reviewed
from briefgen.review.three_way import Conflict

if TYPE_CHECKING:
    from briefgen.review.merge import Written

WHY = {
    "removed": "all of its text is gone from the copy; a deletion takes nothing out of the data",
    "gone": "the data has no such text any more",
    "differs": "the copy shows the text in several places, and they say different things",
}
NEEDS = {
    "removed": "leave the record out with `exclude`, take the text out of the data, or keep it",
    "gone": "find the record that took its place, and write the text there",
    "differs": "decide which of them holds, and write it",
    "unreturnable": "write it into the data by hand",
    "conflict": "decide which holds; the data was kept",
    "note": "a claim with a passage of a source, cited here; or take the note out",
    "problem": "word it so that the check passes, and write it into the data",
}
LOOSE = {
    "changed": "these words are the layout's, and no text of the data holds them",
    "added": "the paragraph belongs to no text of the data",
    "deleted": "a deletion takes nothing out of the data",
    "moved": "the order follows from the edition: `pin`, `weight`, or the order of its lists",
    "split": "the data holds this text as one paragraph",
    "joined": "the paragraphs are texts of their own in the data",
    "format": "prose has no sign for it",
    "note": "notes are written from sources and claims",
    "furniture": "headers, footers and text boxes are the layout's",
}


class Entries:
    """The entries of one copy, as they come up."""

    def __init__(self, review: Reviewed) -> None:
        self._review = review
        self._found: list[dict[str, object]] = []

    def add_change(self, change: Change) -> None:
        """What of a field's change is not written whatever is decided."""
        by = ", ".join(change.by)
        for alteration in change.alterations:
            self._add_proposal(change, alteration, by)
        for note in change.notes:
            self._add(
                kind="problem",
                field=change.field,
                by=by,
                text=note.text,
                why="a note that somebody wrote by hand cites no claim",
                needs=NEEDS["note"],
            )
        if change.outcome in ("removed", "gone", "differs", "unreturnable"):
            self._add(
                kind="removal" if change.outcome == "removed" else "conflict",
                field=change.field,
                by=by,
                old=change.exported,
                new=change.edited,
                why=WHY.get(change.outcome, change.why),
                needs=NEEDS[change.outcome],
            )

    def _add_proposal(self, change: Change, alteration: Alteration, by: str) -> None:
        self._add(
            kind="proposal",
            field=change.field,
            by=by,
            old=alteration.old,
            new=alteration.new,
            claims=alteration.claims,
            why=f"it alters a fact: {', '.join(alteration.what)}",
            needs=alteration.needs,
        )

    def add_refused(self, change: Change, conflict: Conflict) -> None:
        """Words of the copy that gave way to those of the data."""
        self._add(
            kind="conflict",
            field=change.field,
            by=", ".join(change.by),
            old=conflict.ours,
            new=conflict.theirs,
            why="the data says something else by now, and was kept",
            needs=NEEDS["conflict"],
        )

    def add_broken(self, change: Change, written: Written, why: str) -> None:
        """An edit that would break a rule of the dossier."""
        if change not in self._review.changes:
            return
        self._add(
            kind="problem",
            field=change.field,
            by=", ".join(change.by),
            old=written.landing.value,
            new=written.value,
            why=why,
            needs=NEEDS["problem"],
        )

    def add_rest(self) -> None:
        """Comments, and edits that are in no field."""
        for comment in self._review.comments:
            self._add_comment(comment)
        for loose in self._review.loose:
            self._add_loose(loose)
        for placed in self._review.left_out:
            self._add_left_out(placed)

    def _add_comment(self, placed: PlacedComment) -> None:
        comment = placed.comment
        self._add(
            kind="comment",
            field=placed.field,
            where=placed.words,
            by=comment.author,
            date=comment.date,
            text=comment.text,
            replies=tuple(
                Reply(by=reply.author, date=reply.date or None, text=reply.text)
                for reply in comment.replies
            ),
        )

    def _add_loose(self, loose: Loose) -> None:
        self._add(
            kind="unplaced",
            where=loose.near,
            old=loose.was,
            new=loose.now,
            why=LOOSE[loose.kind],
        )

    def _add_left_out(self, placed: PlacedRevision) -> None:
        revision = placed.revision
        self._add(
            kind="unplaced",
            field=placed.field,
            by=revision.author,
            date=revision.date,
            new=revision.text if revision.is_new else "",
            old="" if revision.is_new else revision.text,
            why=f"a tracked change ({revision.kind}) that was not taken",
        )

    def _add(self, **values: object) -> None:
        said = {key: value for key, value in values.items() if value}
        if said not in self._found:
            self._found.append(said)

    def review(self) -> Review | None:
        """All entries as one review; None where there is nothing to settle."""
        if not self._found:
            return None
        file, snapshot = self._review.file, self._review.file.snapshot
        return Review(
            id=f"{snapshot.edition}-{snapshot.length}-{file.sha256[:8]}",
            file=file.name,
            sha256=file.sha256,
            edition=snapshot.edition,
            length=snapshot.length,
            version=snapshot.version,
            data=snapshot.data,
            entries=tuple(self._entries()),
        )

    def _entries(self) -> Iterator[Entry]:
        counts: dict[str, int] = {}
        for values in self._found:
            kind = str(values["kind"])
            counts[kind] = counts.get(kind, 0) + 1
            yield Entry.model_validate({"id": f"{kind}-{counts[kind]}", **values})

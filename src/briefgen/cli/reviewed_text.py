"""Reviews and merges as text for a terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import typer

from briefgen.cli.reviewed_words import (
    OUTCOMES,
    SURE,
    Difference,
    export_of,
    label,
    loose_words,
    shortened,
    tally,
    where,
)
from briefgen.problems import printable
from briefgen.review.review import Change, PlacedComment, PlacedRevision, Reviewed
from briefgen.review.three_way import difference

PLAIN_WIDTH = 100
NARROWEST, WIDEST = 60, 120


def reviews_text(reviews: Sequence[Reviewed]) -> str:
    """The reviews, one after the other, in lines no longer than the terminal's."""
    width = PLAIN_WIDTH
    if sys.stdout.isatty():
        width = min(max(shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns, NARROWEST), WIDEST)
    return "\n\n".join(
        "\n".join(line.rstrip() for line in _Page(review, width).lines()) for review in reviews
    )


@dataclass(frozen=True)
class _Page:
    review: Reviewed
    width: int

    def lines(self) -> Iterator[str]:
        review = self.review
        yield from self._wrapped(f"{review.file.name}: {label(review)}, {export_of(review)}", "")
        for words in review.destroyed:
            yield from self._wrapped(words, "  ")
        yield ""
        told = ", ".join(f"{number} {words}" for number, words in tally(review))
        yield from self._wrapped(f"{told}." if told else "Nothing was edited.", "")
        for outcome, heading in OUTCOMES.items():
            changes = [change for change in review.changes if change.outcome == outcome]
            if changes:
                yield from self._heading(f"{heading} ({len(changes)})")
            for change in changes:
                yield from self._change(change)
        yield from self._loose()
        yield from self._comments(review.comments)
        yield from self._revisions(review.revisions)

    # --- Parts ----------------------------------------------------------------

    def _change(self, change: Change) -> Iterator[str]:
        place = f"{change.landing.place}: " if change.landing else ""
        yield from self._wrapped(f"{place}{change.field}", "  ")
        found = f"found {SURE[change.sure]}"
        by = f"; tracked by {', '.join(change.by)}" if change.by else ""
        yield from self._wrapped(f"{where(self.review, change)}; {found}{by}", "    ")
        if change.why:
            yield from self._wrapped(change.why, "    ")
        if change.outcome == "conflict" and change.merged:
            for conflict in change.merged.conflicts:
                yield from self._wrapped(f"exported: {conflict.base}", "    ")
                yield from self._wrapped(f"data:     {conflict.ours}", "    ")
                yield from self._wrapped(f"copy:     {conflict.theirs}", "    ")
        elif change.outcome == "removed":
            yield from self._wrapped(f"[-{change.exported}-]", "    ")
        elif change.outcome in ("gone", "unreturnable"):
            yield from self._wrapped(change.edited, "    ")
        elif change.kept != change.exported:
            yield from self._difference(difference(change.exported, change.kept))
        for alteration in change.alterations:
            yield from self._wrapped(f"proposed: {', '.join(alteration.what)}", "    ")
            yield from self._difference(difference(alteration.old, alteration.new))
            if alteration.claims:
                yield from self._wrapped(f"against: {', '.join(alteration.claims)}", "    ")
            yield from self._wrapped(f"needs: {alteration.needs}", "    ")
        for note in change.notes:
            yield from self._wrapped(f"note written by hand: {note.text}", "    ")
        yield ""

    def _loose(self) -> Iterator[str]:
        loose = self.review.loose
        if loose:
            yield from self._heading(f"In no text of the data ({len(loose)}): kept for you")
        for one in loose:
            near = textwrap.shorten(one.near, 70, placeholder=" …")
            yield from self._wrapped(f"{loose_words(one)}, near “{near}”", "  ")
            if one.was:
                yield from self._wrapped(f"[-{one.was}-]", "    ")
            if one.now:
                yield from self._wrapped(f"{{+{one.now}+}}", "    ")

    def _comments(self, comments: Sequence[PlacedComment]) -> Iterator[str]:
        if comments:
            yield from self._heading(f"Comments ({len(comments)})")
        for placed in comments:
            comment = placed.comment
            on = f" on {placed.field}" if placed.field else ""
            yield from self._wrapped(f"{comment.author}, {comment.date}{on}", "  ")
            if placed.words:
                yield from self._wrapped(f"“{placed.words}”", "    ")
            yield from self._wrapped(comment.text, "    ")
            for reply in comment.replies:
                yield from self._wrapped(f"{reply.author}, {reply.date}: {reply.text}", "      ")

    def _revisions(self, revisions: Sequence[PlacedRevision]) -> Iterator[str]:
        if revisions:
            yield from self._heading(f"Tracked changes ({len(revisions)})")
        for placed in revisions:
            revision = placed.revision
            on = f" in {placed.field}" if placed.field else ""
            words = textwrap.shorten(revision.text, 200, placeholder=" …")
            who = f"{revision.author}, {revision.date}"
            yield from self._wrapped(f"{who}: {revision.kind}{on}: “{words}”", "  ")

    # --- Lines ----------------------------------------------------------------

    def _heading(self, text: str) -> Iterator[str]:
        yield ""
        is_terminal = sys.stdout.isatty()
        for line in textwrap.wrap(text, self.width):
            yield typer.style(line, bold=True) if is_terminal else line
        yield ""

    def _difference(self, words: Difference) -> Iterator[str]:
        marks = {"kept": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
        text = "".join(marks[kind].format(run) for kind, run in shortened(words))
        yield from self._wrapped(text, "    ")

    def _wrapped(self, text: str, indent: str) -> Iterator[str]:
        for line in text.split("\n"):
            yield from textwrap.wrap(
                printable(line),
                self.width,
                initial_indent=indent,
                subsequent_indent=indent,
                break_on_hyphens=False,
            )

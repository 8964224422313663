"""Reviews and merges as text for a terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import typer

from briefgen.cli.people import readable, signed
from briefgen.cli.reviewed_words import (
    OUTCOMES,
    REVISIONS,
    SURE,
    Difference,
    by_place,
    export_of,
    label,
    loose_words,
    shortened,
    statements,
    tally,
    where,
)
from briefgen.review.facts import Alteration
from briefgen.review.read_back import Loose
from briefgen.review.review import Change, PlacedComment, PlacedRevision, Reviewed
from briefgen.review.three_way import difference

PLAIN_WIDTH = 100
NARROWEST, WIDEST = 60, 120


def reviews_text(reviews: Sequence[Reviewed]) -> str:
    """The reviews, one after the other, in lines no longer than the terminal's."""
    width = PLAIN_WIDTH
    if sys.stdout.isatty():
        width = min(max(shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns, NARROWEST), WIDEST)
    return "\n\n".join("\n".join(_tidy(_Page(review, width).lines())) for review in reviews)


def _tidy(lines: Iterable[str]) -> Iterator[str]:
    """The lines without blanks at their ends, and never two empty ones together."""
    for line, group in groupby(line.rstrip() for line in lines):
        yield from group if line else [line]


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
                yield from self._labelled("exported:", conflict.base or "(nothing)")
                yield from self._labelled("data:", conflict.ours or "(nothing)")
                yield from self._labelled("copy:", conflict.theirs or "(nothing)")
        if change.outcome == "removed":
            yield from self._wrapped(f"[-{change.exported}-]", "    ")
        elif change.outcome == "unreturnable":
            yield from self._wrapped(change.edited, "    ")
        elif change.outcome in ("gone", "differs"):
            yield from self._difference(shortened(difference(change.exported, change.edited)))
        elif change.kept != change.exported:
            yield from self._difference(shortened(difference(change.exported, change.kept)))
        for alteration in change.alterations:
            yield from self._proposal(alteration)
        for note in change.notes:
            yield from self._wrapped(f"note written by hand: {note.text}", "    ")
        yield ""

    def _proposal(self, alteration: Alteration) -> Iterator[str]:
        yield from self._labelled("proposed:", ", ".join(alteration.what))
        yield from self._difference(difference(alteration.old, alteration.new), "      ")
        for name, statement in statements(self.review, alteration):
            yield from self._labelled("against:", f"{name}: {statement}")
        yield from self._labelled("needs:", alteration.needs)

    def _loose(self) -> Iterator[str]:
        loose = self.review.loose
        if loose:
            yield from self._heading(f"In no text of the data ({len(loose)}): kept for you")
        for one in loose:
            near = textwrap.shorten(one.near, 70, placeholder=" …")
            yield from self._wrapped(loose_words(one) + (f", near “{near}”" if near else ""), "  ")
            yield from self._edit(one)
            yield ""

    def _edit(self, loose: Loose) -> Iterator[str]:
        if loose.kind in ("moved", "format"):
            yield from self._wrapped(loose.now, "    ")
        else:
            yield from self._difference(shortened(difference(loose.was, loose.now)))

    def _comments(self, comments: Sequence[PlacedComment]) -> Iterator[str]:
        if comments:
            yield from self._heading(f"Comments ({len(comments)})")
        for placed in comments:
            comment = placed.comment
            on = f", on {placed.field}" if placed.field else ""
            done = "; marked as resolved" if comment.done else ""
            yield from self._wrapped(f"{signed(comment.author, comment.date)}{on}{done}", "  ")
            if placed.words:
                yield from self._wrapped(f"“{placed.words}”", "    ")
            yield from self._wrapped(comment.text, "    ")
            for reply in comment.replies:
                who = signed(reply.author, reply.date)
                yield from self._wrapped(f"{who}: {reply.text}", "      ")
            yield ""

    def _revisions(self, revisions: Sequence[PlacedRevision]) -> Iterator[str]:
        if revisions:
            yield from self._heading(f"Tracked changes ({len(revisions)})")
        for first, together in by_place(revisions):
            who = signed(first.revision.author, first.revision.date)
            yield from self._wrapped(f"{who}{f', in {first.field}' if first.field else ''}", "  ")
            for placed in together:
                what = REVISIONS[placed.revision.kind]
                words = textwrap.shorten(placed.revision.text, 200, placeholder=" …")
                yield from self._wrapped(f"{what}: {words}" if words else what, "    ")

    # --- Lines ----------------------------------------------------------------

    def _heading(self, text: str) -> Iterator[str]:
        yield ""
        is_terminal = sys.stdout.isatty()
        for line in textwrap.wrap(text, self.width):
            yield typer.style(line, bold=True) if is_terminal else line
        yield ""

    def _difference(self, words: Difference, indent: str = "    ") -> Iterator[str]:
        marks = {"kept": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
        yield from self._wrapped("".join(marks[kind].format(run) for kind, run in words), indent)

    def _labelled(self, label: str, text: str) -> Iterator[str]:
        """Text behind a label that stands out of it."""
        start = f"    {label:<9} "
        yield from self._wrapped(text, start, " " * len(start))

    def _wrapped(self, text: str, start: str, indent: str | None = None) -> Iterator[str]:
        indent = start if indent is None else indent
        for line in text.split("\n"):
            yield from textwrap.wrap(
                readable(line),
                self.width,
                initial_indent=start,
                subsequent_indent=indent,
                break_on_hyphens=False,
            )
            start = indent

"""A comparison as text for a terminal: counts first, then rows, wordings in two columns."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from briefgen.cli.compared_words import (
    facts,
    flat,
    identity,
    mark_changes,
    name_of_field,
    outcome_words,
    overlap,
    parts_of,
    placed,
    shown_fields,
    told_wordings,
)
from briefgen.dossier.base import CHOSEN
from briefgen.edition.comparison import (
    ComparedClaim,
    ComparedRecord,
    Comparison,
    Message,
    Outcome,
)
from briefgen.problems import printable

NARROWEST, WIDEST = 60, 140
ORDER: tuple[Outcome, ...] = ("opposite", "reframed", "shared", "only_a", "only_b")
BETWEEN = " | "
NOTHING = "(none)"
FIRST = max(map(len, CHOSEN))
"""Width of the first column of the counts."""


def comparison_text(comparison: Comparison, width: int, heading: Callable[[str], str] = str) -> str:
    """The comparison in lines of at most `width` characters (no narrower than 60).

    `heading` may set headings off for a terminal.
    """
    table = _Table(comparison, min(max(width, NARROWEST), WIDEST), heading)
    return "\n".join(line.rstrip() for line in table.lines())


@dataclass(frozen=True)
class _Table:
    comparison: Comparison
    width: int
    heading: Callable[[str], str]
    words: dict[Outcome, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", outcome_words(self.comparison))

    def lines(self) -> Iterator[str]:
        compared = self.comparison
        yield from self._summary()
        if not compared.differs:
            return
        if not compared.is_history:
            yield from self._opposite()
        yield from self._own_words()
        for kind in CHOSEN:
            yield from self._records(kind)
        yield from self._claims()

    # --- The summary ----------------------------------------------------------

    def _summary(self) -> Iterator[str]:
        compared = self.comparison
        for letter, side in (("A", compared.a), ("B", compared.b)):
            yield from self._wrapped(f"{letter}  {side.name}: {identity(side)}", "")
        yield ""
        if not compared.differs:
            yield from self._wrapped("Nothing differs in what the two print or rest on.", "")
            return
        yield from self._wrapped(overlap(compared), "")
        yield from self._wrapped(facts(compared), "")
        yield ""
        yield from self._counts()

    def _counts(self) -> Iterator[str]:
        names = [self.words[outcome] for outcome in ORDER]
        if FIRST + sum(map(_room, names)) > self.width and not self.comparison.is_history:
            names = ["opposite", "reframed", "shared", "only A", "only B"]
        yield " " * FIRST + "".join(name.rjust(_room(name)) for name in names)
        for kind in CHOSEN:
            counts = [
                sum(record.outcome == outcome for record in self.comparison.of_kind(kind))
                for outcome in ORDER
            ]
            cells = zip(names, counts, strict=True)
            yield kind.ljust(FIRST) + "".join(str(n).rjust(_room(name)) for name, n in cells)

    # --- Sections -------------------------------------------------------------

    def _opposite(self) -> Iterator[str]:
        opposite = self.comparison.opposite
        yield from self._section(f"Opposite positions ({len(opposite)})")
        if not opposite:
            yield from self._wrapped(
                "None: no recommendation is wanted by one and advised against by the other.", "  "
            )
        for record in opposite:
            yield from self._record(record)
        for record in self.comparison.opposed_by_both:
            yield from self._wrapped(f"Both advise against: {record.id}", "  ")

    def _own_words(self) -> Iterator[str]:
        fields = list(shown_fields(self.comparison))
        pairs = [pair for pair in self.comparison.messages if pair.a != pair.b]
        if not fields and not pairs:
            return
        yield from self._section("In their own words")
        yield from self._columns(self.comparison.a.name, self.comparison.b.name)
        for wording in fields:
            yield from self._wrapped(name_of_field(wording.field), "  ")
            yield from self._pair(wording.a, wording.b)
        for pair in pairs:
            places = [f"{m.place}. {m.id}" if m else "" for m in (pair.a, pair.b)]
            yield "  key message"
            yield from self._columns(*places)
            yield from self._pair(_said(pair.a), _said(pair.b))

    def _records(self, kind: str) -> Iterator[str]:
        records = self.comparison.of_kind(kind)
        for outcome in ORDER:
            if outcome == "opposite" and not self.comparison.is_history:
                continue
            found = [record for record in records if record.outcome == outcome]
            if self.comparison.is_history and outcome == "shared":
                found = [record for record in found if record.is_moved]
            if not found:
                continue
            name = "moved" if self.comparison.is_history and outcome == "shared" else None
            yield from self._section(
                f"{kind.capitalize()}, {name or self.words[outcome]} ({len(found)})"
            )
            for record in found:
                yield from self._record(record)

    def _record(self, record: ComparedRecord) -> Iterator[str]:
        yield from self._wrapped(f"{record.id}: {flat(record.title)}", "  ")
        if record.outcome == "only_a":
            yield from self._wrapped(f"A: {placed(record.a)}", "    ")
            yield from self._absence("B", placed(record.b))
        elif record.outcome == "only_b":
            yield from self._absence("A", placed(record.a))
            yield from self._wrapped(f"B: {placed(record.b)}", "    ")
        else:
            yield from self._columns(placed(record.a), placed(record.b))
        for wording in told_wordings(record):
            yield from self._wrapped(name_of_field(wording.field), "    ")
            yield from self._pair(wording.a, wording.b)

    def _absence(self, side: str, said: str) -> Iterator[str]:
        if said != "not shown":
            yield from self._wrapped(f"{side}: {said}", "    ")

    def _claims(self) -> Iterator[str]:
        compared = self.comparison
        is_history = compared.is_history
        changed = compared.changed_claims
        if changed:
            yield from self._section(f"Claims that changed ({len(changed)})")
        for claim in changed:
            yield from self._wrapped(claim.id, "  ")
            for wording in claim.changes:
                yield from self._wrapped(name_of_field(wording.field), "    ")
                yield from self._pair(wording.a, wording.b)
        groups = (
            ("cited by both", () if is_history else compared.shared_claims),
            ("no longer cited" if is_history else self.words["only_a"], compared.only_a),
            ("newly cited" if is_history else self.words["only_b"], compared.only_b),
        )
        yield from self._claims_of("in the data of one side alone", compared.claims_in_one)
        for name, claims in groups:
            yield from self._claims_of(name, [claim for claim in claims if not claim.is_in_one])

    def _claims_of(self, name: str, claims: Sequence[ComparedClaim]) -> Iterator[str]:
        if claims:
            yield from self._section(f"Claims, {name} ({len(claims)})")
        for claim in claims:
            yield from self._claim(claim)

    def _claim(self, claim: ComparedClaim) -> Iterator[str]:
        known = claim.latest
        about = f" ({known.kind}, {known.status}, {known.as_of})" if known.statement else ""
        yield from self._wrapped(f"{claim.id}{about}", "  ")
        yield from self._wrapped(known.statement or "not in the data", "    ")
        for side, uses in (("A", claim.a.uses), ("B", claim.b.uses)):
            if uses:
                yield from self._wrapped(f"{side}: {', '.join(uses)}", "    ")

    # --- Lines ----------------------------------------------------------------

    def _section(self, title: str) -> Iterator[str]:
        yield ""
        yield from map(self.heading, textwrap.wrap(printable(title), self.width))
        yield ""

    def _pair(self, a: str | None, b: str | None) -> Iterator[str]:
        """Two wordings; between two states what changed stands in brackets."""
        if a is None or b is None or not self.comparison.is_history:
            yield from self._columns(*(_prose(text) if text else NOTHING for text in (a, b)))
        else:
            old, new = mark_changes(_prose(a), _prose(b))
            yield from self._columns(
                " ".join(f"[-{words}-]" if is_gone else words for words, is_gone in old),
                " ".join(f"{{+{words}+}}" if is_new else words for words, is_new in new),
            )
        yield ""

    def _columns(self, a: str, b: str) -> Iterator[str]:
        indent = "    "
        room = (self.width - len(indent) - len(BETWEEN)) // 2
        for left, right in zip_longest(_fill(a, room), _fill(b, room), fillvalue=""):
            yield f"{indent}{left:<{room}}{BETWEEN}{right}"

    def _wrapped(self, text: str, indent: str) -> Sequence[str]:
        return textwrap.wrap(
            printable(text),
            self.width,
            initial_indent=indent,
            subsequent_indent=indent and indent + "  ",
            break_on_hyphens=False,
        )


def _room(name: str) -> int:
    """Width of a column of the counts."""
    return max(4, len(name)) + 2


def _said(message: Message | None) -> str | None:
    if message is None:
        return None
    counter = f"\n\nCounter: {message.counter}" if message.counter else ""
    return f"{message.lead} {message.text}{counter}"


def _prose(text: str) -> str:
    """The text's paragraphs without citations, each on a line."""
    return "\n".join(map(flat, parts_of(text)))


def _fill(text: str, width: int) -> list[str]:
    paragraphs = [
        textwrap.wrap(printable(line), width, break_on_hyphens=False) or [""]
        for line in text.split("\n")
    ]
    return [line for paragraph in paragraphs for line in ([*paragraph, ""])][:-1]

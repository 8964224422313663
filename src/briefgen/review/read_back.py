"""Read back: what each field of an export says in an edited copy, and what no field owns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from briefgen.formats.docx.characters import OBJECT
from briefgen.formats.docx.reading import Emphasis, ReadParagraph
from briefgen.formats.docx.snapshot import Snapshot, SnapshotParagraph
from briefgen.review.groups import BLOCK, Group, group_paragraphs
from briefgen.review.identify import Identities, identify_notes
from briefgen.review.match import Matching, Sure, match_paragraphs
from briefgen.review.parts import Slot, share, without_generated
from briefgen.review.pieces import Piece, Range, joined, piece_of
from briefgen.review.shown import BREAK, Note, Shown

CONTENTS = re.compile(r"(.+)\t\d+", re.DOTALL)
"""An entry of the contents list: Word writes those anew."""
MARK = "[note]"
"""Stands for a note's mark in the words that are reported."""
LEAST_SURE: tuple[Sure, ...] = ("mark", "text", "alignment")


@dataclass(frozen=True)
class FieldText:
    """One field as the export and the edited copy show it, in one of its places."""

    field: str
    """Its name, without the number of a block."""
    copy: int
    """Which of its occurrences in the document, from 0."""
    was: Shown
    now: Shown | None
    """None where all of its text is gone."""
    sure: Sure
    """How it was found again, at the weakest."""
    paragraphs: tuple[int, ...] = ()
    """Paragraphs of the copy, from 0."""

    @property
    def is_edited(self) -> bool:
        """Whether the copy shows it otherwise."""
        now = self.now
        return now is None or _compared(self.was) != _compared(now)


@dataclass(frozen=True)
class Loose:
    """An edit that is in no field: words of the layout, whole paragraphs, notes' own texts."""

    kind: Literal[
        "changed", "added", "deleted", "moved", "joined", "split", "note", "furniture", "format"
    ]
    was: str = ""
    now: str = ""
    near: str = ""
    """How the paragraph begins in which it stands, or the one before."""
    paragraph: int | None = None
    """Number of the paragraph of the copy, from 0."""
    cell: bool = False
    """Whether it stands in a table."""
    fields: tuple[str, ...] = ()
    """Fields that a deleted paragraph showed."""


@dataclass
class ReadBack:
    """All that an edited copy says, field by field."""

    fields: list[FieldText] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    stretches: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    """For paragraphs of the copy: from, to and field of their parts."""

    def field_at(self, paragraph: int, start: int, end: int) -> str:
        """The field that a stretch of a paragraph of the copy stands on, or nothing."""
        found = self.stretches.get(paragraph, ())
        gone = (name for a, b, name in found if a == b == start == end)
        inside = (name for a, b, name in found if a < max(end, start + 1) and b > start)
        touching = (name for a, b, name in found if a <= end and b >= start)
        return next(gone, next(inside, next(touching, "")))


def read_back(
    snapshot: Snapshot, paragraphs: Sequence[ReadParagraph], notes: Mapping[str, str]
) -> ReadBack:
    """What the paragraphs and notes of a copy say of the fields of its export."""
    matching = match_paragraphs(snapshot.paragraphs, paragraphs)
    reader = _Reader(snapshot, paragraphs, notes, matching)
    return reader.read()


@dataclass
class _Part:
    """A field's stretch in one group."""

    slot: Slot
    field: str
    copy: int
    keys: tuple[str, ...]


@dataclass
class _Reader:
    snapshot: Snapshot
    paragraphs: Sequence[ReadParagraph]
    notes: Mapping[str, str]
    matching: Matching
    out: ReadBack = field(default_factory=ReadBack)
    _was: dict[tuple[str, int], list[tuple[int, Shown]]] = field(default_factory=dict)
    _now: dict[tuple[str, int], list[tuple[Shown, Sure, int]]] = field(default_factory=dict)
    _same: Identities = field(default_factory=Identities)
    _placed: set[str] = field(default_factory=set)
    """Notes of the copy that stand in a field."""

    @cached_property
    def _texts(self) -> frozenset[str]:
        """What the paragraphs of the copy say."""
        return frozenset(paragraph.text.strip() for paragraph in self.paragraphs)

    def read(self) -> ReadBack:
        exported = self.snapshot.paragraphs
        grouping = group_paragraphs(exported, self.paragraphs, self.matching)
        self._same = self._identify(grouping.groups)
        for group in grouping.groups:
            self._read_group(group)
        for number in grouping.deleted:
            self._read_deleted(exported[number], number)
        self._finish_fields()
        self._report_deleted(grouping.deleted)
        self._report_added(grouping.added)
        self._report_moved(grouping.groups)
        self._report_notes()
        return self.out

    # --- Notes ---

    def _identify(self, groups: Sequence[Group]) -> Identities:
        was = {name: note.text for name, note in self.snapshot.notes.items()}
        matched = {o for group in groups for o in group.exported}
        placed = {n for group in groups for n in group.edited}
        exported, edited = self.snapshot.paragraphs, self.paragraphs
        pairs = [(self._exported(g.exported), self._edited(g.edited)) for g in groups]
        pairs += [(self._exported([o]), Piece()) for o in range(len(exported)) if o not in matched]
        pairs += [(Piece(), self._edited([n])) for n in range(len(edited)) if n not in placed]
        return identify_notes(pairs, was, self.notes)

    def _exported(self, numbers: Sequence[int]) -> Piece:
        return joined(
            Piece(
                p.text,
                tuple((at, name) for at, name in p.notes),
                tuple((e.start, e.end, Emphasis(e.em, e.strong, e.href)) for e in p.emphasis),
            )
            for p in (self.snapshot.paragraphs[number] for number in numbers)
        )

    def _edited(self, numbers: Sequence[int]) -> Piece:
        return joined(piece_of(self.paragraphs[number]) for number in numbers)

    def _shown_before(self, piece: Piece, items: frozenset[int]) -> Shown:
        notes = []
        for at, name in piece.notes:
            note = self.snapshot.notes.get(name)
            notes.append(Note(at, note.claims if note else (), note.text if note else ""))
        return Shown(piece.text, tuple(notes), piece.emphasis, items)

    def _shown_now(self, piece: Piece, items: frozenset[int]) -> Shown:
        notes = []
        self._placed.update(name for _, name in piece.notes)
        for at, name in piece.notes:
            origin = self.snapshot.notes.get(self._same.exported.get(name, ""))
            notes.append(Note(at, origin.claims if origin else (), self.notes.get(name, "")))
        return Shown(piece.text, tuple(notes), piece.emphasis, items)

    # --- Fields ---

    def _read_group(self, group: Group) -> None:
        exported = [self.snapshot.paragraphs[number] for number in group.exported]
        was, now = self._exported(group.exported), self._edited(group.edited)
        parts = list(_parts(exported))
        marks = self._marks(parts, group)
        shared = share(was.text, [part.slot for part in parts], now.text, marks)
        starts = _starts([self.paragraphs[number].text for number in group.edited])
        near = now.text.replace(OBJECT, "")
        for old, new in shared.loose:
            is_entry = CONTENTS.fullmatch(old) and self._is_contents(new)
            if not is_entry and (_words(old) or _words(new)):
                self._note_loose("changed", old, new, near, group.edited[0])
        for part in parts:
            slot, span = part.slot, shared.texts[part.slot.key]
            ranges = _generated(exported, slot)
            before = was.part(slot.start, slot.end)
            after, gone = without_generated(before.text, ranges, now.part(*span))
            for words in gone:
                if after.text.strip():
                    self._note_loose("changed", words, "", near, group.edited[0])
            before = before.without(ranges)
            sure = _sure(group.sure, by_mark=slot.key in shared.by_mark, same=before == after)
            self._keep(part, before, group.exported, was.text.count(BREAK, 0, slot.start))
            self._keep_now(part, after, sure, group, now, span)
            self._keep_stretches(part.field, group, starts, span)
        if len(group.edited) == 1 and _is_joined(exported, parts, shared.texts):
            self._note_loose("joined", was.text.replace(BREAK, "\n"), now.text, "", group.edited[0])

    def _marks(self, parts: Sequence[_Part], group: Group) -> dict[str, Range]:
        """The stretches of the parts in the group's text: of controls and bookmarks together."""
        doubled = set(self.matching.doubled)
        home = {key: part.slot.key for part in parts for key in part.keys}
        controls: dict[str, Range] = {}
        bookmarks: dict[str, Range] = {}
        base = 0
        for number in group.edited:
            paragraph = self.paragraphs[number]
            for found, stretches in ((controls, paragraph.controls), (bookmarks, paragraph.marks)):
                for stretch in stretches:
                    key = home.get(stretch.key)
                    blank = not paragraph.text[stretch.start : stretch.end].strip()
                    if key and not blank and (stretch.key, number) not in doubled:
                        span = base + stretch.start, base + stretch.end
                        found[key] = _hull(found.get(key, span), span)
            base += len(paragraph.text) + 1
        marks = dict(bookmarks)
        for key, span in controls.items():
            other = marks.get(key, span)
            touch = other[0] <= span[1] and span[0] <= other[1]
            marks[key] = _hull(span, other) if touch else span
        return marks

    def _keep(self, part: _Part, before: Piece, exported: Sequence[int], first: int) -> None:
        numbers = exported[first : first + before.text.count(BREAK) + 1]
        paragraphs = [self.snapshot.paragraphs[number] for number in numbers]
        items = frozenset(i for i, paragraph in enumerate(paragraphs) if paragraph.is_item)
        entry = self._was.setdefault((part.field, part.copy), [])
        entry.append((numbers[0], self._shown_before(before, items)))

    def _keep_now(
        self, part: _Part, after: Piece, sure: Sure, group: Group, now: Piece, span: Range
    ) -> None:
        first = now.text.count(BREAK, 0, span[0])
        piece = after.stripped()
        lead = after.text[: len(after.text) - len(after.text.lstrip())].count(BREAK)
        count = piece.text.count(BREAK) + 1
        numbers = group.edited[first + lead : first + lead + count] or group.edited[-1:]
        items = frozenset(i for i, n in enumerate(numbers) if self.paragraphs[n].is_item)
        shown = self._shown_now(piece, items)
        self._now.setdefault((part.field, part.copy), []).append((shown, sure, numbers[0]))

    def _keep_stretches(self, name: str, group: Group, starts: Sequence[int], span: Range) -> None:
        for number, start in zip(group.edited, starts, strict=True):
            end = start + len(self.paragraphs[number].text)
            a, b = max(span[0], start), min(span[1], end)
            if a < b or (a == b and span[0] == span[1]):
                self.out.stretches.setdefault(number, []).append((a - start, b - start, name))

    def _read_deleted(self, paragraph: SnapshotParagraph, number: int) -> None:
        was = self._exported([number])
        for part in _parts([paragraph]):
            before = was.part(part.slot.start, part.slot.end)
            self._keep(part, before.without(_generated([paragraph], part.slot)), [number], 0)
            self._now.setdefault((part.field, part.copy), [])

    def _finish_fields(self) -> None:
        for (name, copy), befores in self._was.items():
            found = [entry for entry in self._now[name, copy] if entry[0].text.strip()]
            self.out.fields.append(
                FieldText(
                    name,
                    copy,
                    _one([shown for _, shown in sorted(befores, key=lambda b: b[0])]),
                    _one([shown for shown, _, _ in found]) if found else None,
                    max((sure for _, sure, _ in found), key=LEAST_SURE.index, default="mark"),
                    tuple(number for _, _, number in found),
                )
            )

    # --- What no field owns ---

    def _report_deleted(self, numbers: Sequence[int]) -> None:
        """Paragraphs that are gone; of a text of several, its own change tells it."""
        for run in _runs(numbers):
            gone = [self.snapshot.paragraphs[number] for number in run]
            gone = [p for p in gone if not any(BLOCK in mark.field for mark in p.fields)]
            texts = [_words(p.text) for p in gone if not self._is_contents(p.text)]
            names = [mark.field for p in gone for mark in p.fields]
            if was := "\n".join(filter(None, texts)):
                near = _words_before(self.snapshot.paragraphs, run[0])
                self.out.loose.append(
                    Loose("deleted", was, near=near, fields=tuple(dict.fromkeys(names)))
                )

    def _report_added(self, numbers: Sequence[int]) -> None:
        for run in _runs(numbers):
            texts = [self.paragraphs[number].text for number in run]
            texts = [_words(text) for text in texts if not self._is_contents(text)]
            if now := "\n".join(filter(None, texts)):
                self._note_loose("added", "", now, self._before(run[0]), run[0])

    def _report_moved(self, groups: Sequence[Group]) -> None:
        """Paragraphs that stand elsewhere; a text of several has its order in the data."""
        for group in groups:
            names = {
                mark.field.partition(BLOCK)[0]
                for number in group.exported
                for mark in self.snapshot.paragraphs[number].fields
                if BLOCK in mark.field
            }
            if names and any(self._is_reordered(name) for name in names):
                continue
            for number in group.edited:
                text = _words(self.paragraphs[number].text)
                if number in self.matching.moved and text:
                    self._note_loose("moved", "", text, self._before(number), number)

    def _is_reordered(self, name: str) -> bool:
        """Whether the paragraphs of a text follow each other in another order."""
        origins = [
            self.matching.edited[number][0]
            for (field_name, _), found in self._now.items()
            if field_name == name
            for _, _, number in found
            if number in self.matching.edited
        ]
        return origins != sorted(origins)

    def _report_notes(self) -> None:
        """Notes whose own words are other, and new ones that stand in no field."""
        for name, origin in self._same.reworded.items():
            was = self.snapshot.notes[origin].text
            self._note_loose("note", was, self.notes.get(name, ""), f"note {origin}", None)
        for number, paragraph in enumerate(self.paragraphs):
            for _, name in paragraph.notes:
                if name not in self._same.exported and name not in self._placed:
                    text = self.notes.get(name, "")
                    self._note_loose("note", "", text, _words(paragraph.text), number)

    def _is_contents(self, text: str) -> bool:
        """Whether it is an entry of the contents list, which Word writes from the headings."""
        entry = CONTENTS.fullmatch(text)
        heading = entry[1].strip() if entry else None
        return heading in self._texts

    def _before(self, number: int) -> str:
        return _words_before(self.paragraphs, number)

    def _note_loose(
        self,
        kind: Literal["changed", "added", "moved", "joined", "note"],
        was: str,
        now: str,
        near: str,
        number: int | None,
    ) -> None:
        cell = number is not None and self.paragraphs[number].cell is not None
        was, now = (text.replace(OBJECT, MARK) for text in (was, now))
        self.out.loose.append(Loose(kind, was, now, near, number, cell))


def _parts(paragraphs: Sequence[SnapshotParagraph]) -> Iterator[_Part]:
    """The fields of a group; neighbouring blocks of one field are one."""
    base, last = 0, None
    for paragraph in paragraphs:
        for mark in paragraph.fields:
            name, _, block = mark.field.partition(BLOCK)
            start, end = base + mark.start, base + mark.end
            if last and block and (last.field, last.copy) == (name, mark.occurrence):
                slot = Slot(last.slot.key, last.slot.start, end)
                last = _Part(slot, name, mark.occurrence, (*last.keys, mark.key))
                continue
            if last:
                yield last
            last = _Part(Slot(mark.key, start, end), name, mark.occurrence, (mark.key,))
        base += len(paragraph.text) + 1
    if last:
        yield last


def _is_joined(
    paragraphs: Sequence[SnapshotParagraph], parts: Sequence[_Part], texts: Mapping[str, Range]
) -> bool:
    """Whether texts of several paragraphs stand in one; not where all of one is gone."""
    keys = {part.slot.key for part in parts if texts[part.slot.key][0] < texts[part.slot.key][1]}
    fields = {part.field for part in parts if part.slot.key in keys}
    left = [p for p in paragraphs if not p.fields or keys & {mark.key for mark in p.fields}]
    return len(fields) > 1 and len(left) > 1


def _generated(paragraphs: Sequence[SnapshotParagraph], slot: Slot) -> list[Range]:
    """What the program added inside a slot, as offsets in it."""
    found, base = [], 0
    for paragraph in paragraphs:
        for start, end in paragraph.generated:
            if slot.start <= base + start and base + end <= slot.end:
                found.append((base + start - slot.start, base + end - slot.start))
        base += len(paragraph.text) + 1
    return found


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _words(text: str) -> str:
    return text.replace(OBJECT, "").strip()


def _words_before(paragraphs: Sequence[ReadParagraph | SnapshotParagraph], number: int) -> str:
    """What the nearest paragraph before this one says that says something."""
    before = (_words(paragraphs[n].text) for n in range(number - 1, -1, -1))
    return next(filter(None, before), "")


def _starts(texts: Sequence[str]) -> list[int]:
    """Where each text starts when they are joined by breaks."""
    found = [0]
    for text in texts[:-1]:
        found.append(found[-1] + len(text) + 1)
    return found


def _sure(of_paragraph: Sure, *, by_mark: bool, same: bool) -> Sure:
    """How a field was found: its own mark counts for more than that of its paragraph."""
    if by_mark:
        return "mark"
    return of_paragraph if same and of_paragraph != "mark" else "text" if same else "alignment"


def _hull(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])


def _one(parts: Sequence[Shown]) -> Shown:
    """The parts as one text, with breaks between them."""
    text, notes, emphasis, items = "", [], [], set()
    for i, part in enumerate(parts):
        text += BREAK if i else ""
        by, blocks = len(text), text.count(BREAK)
        notes += [Note(note.at + by, note.claims, note.text) for note in part.notes]
        emphasis += [(a + by, b + by, how) for a, b, how in part.emphasis]
        items |= {item + blocks for item in part.items}
        text += part.text
    return Shown(text, tuple(notes), tuple(emphasis), frozenset(items))


def _compared(shown: Shown) -> object:
    notes = tuple((note.at, note.claims) for note in shown.notes)
    return shown.text, notes, shown.emphasis, shown.items

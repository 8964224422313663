"""A field's text, edited where it was shown, back as the source it came from."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.dossier.base import LONGEST_TEXT
from briefgen.dossier.prose import cited_claims, unshown_markdown
from briefgen.formats.docx.reading import OBJECT
from briefgen.review.prose_cells import Text, compare, plainly, tidy
from briefgen.review.prose_citations import Placing
from briefgen.review.prose_shown import Kind, shown_of
from briefgen.review.prose_source import Atom, Misaligned, Source, SourceCitation, read_source
from briefgen.review.prose_write import ANEW, LEVELS, SPLICED, Draft
from briefgen.review.shown import BREAK, Note, Shown

ROUNDS = 12
"""Attempts at most; each writes more of the text anew."""


class Unreturnable(Exception):
    """The edited text has no source that would show it; the message says why."""


@dataclass(frozen=True)
class Returned:
    """The edited source of a field."""

    text: str
    loose_notes: tuple[Note, ...] = ()
    """Notes that no citation can stand for: written by hand, or in a field of plain text."""
    unshown: tuple[str, ...] = ()
    """What prose has no sign for and has lost, in words; the text under it stays."""
    is_exact: bool = True
    """Whether what was not edited is spelled as it was; else a block was written anew."""


def return_text(source: str, was: Shown, now: Shown, kind: Kind) -> Returned:
    """The source that shows what `now` shows, with all spelled as in `source` that stayed.

    `was` is how the export showed the source. The result has been shown again and compared.

    Raises:
        Unreturnable: no source was found that shows the edited text.
    """
    if was == now:
        return Returned(source)
    if len(now.text) > LONGEST_TEXT:
        raise Unreturnable(f"it has {len(now.text):,} characters, and may have {LONGEST_TEXT:,}")
    old, new = tidy(was, kind), tidy(now, kind)
    if not _differ(old, new):
        return Returned(source, unshown=tuple(dict.fromkeys(new.unshown)))
    if kind != "plain":
        refused = list(unshown_markdown(source, blocks=kind == "blocks"))
        if refused:
            raise Unreturnable(f"its source uses {refused[0]}")
    if kind != "plain" and _has_bare_note(now):
        raise Unreturnable("a note is left in a paragraph without words")
    if not new.chars:
        return Returned("", tuple(note for _, note in new.notes), tuple(new.unshown))
    try:
        read, lowest = _followed(source, kind)
        draft = _draft(read, old, new, kind, source)
        text, is_exact = _written(draft, lowest)
    except ValueError as error:
        raise Unreturnable(f"it holds a character that no document can: {error}") from error
    return Returned(
        text,
        tuple(draft.loose),
        tuple(dict.fromkeys([*new.unshown, *draft.unshown])),
        is_exact,
    )


def _differ(old: Text, new: Text) -> bool:
    return (
        (old.chars, old.items) != (new.chars, new.items)
        or old.looks != new.looks
        or [(at, n.claims, n.text) for at, n in old.notes]
        != [(at, n.claims, n.text) for at, n in new.notes]
    )


def _has_bare_note(now: Shown) -> bool:
    """Whether claims are cited where nothing is said that they could stand for."""
    start = 0
    for block in now.text.split(BREAK):
        end = start + len(block)
        cites = any(note.claims and start <= note.at < end for note in now.notes)
        if cites and not block.replace(OBJECT, "").strip():
            return True
        start = end + 1
    return False


def _draft(read: Source, old: Text, new: Text, kind: Kind, source: str) -> Draft:
    text = "".join(atom.char for atom in read.atoms)
    if plainly(text) != plainly(old.text):
        raise Unreturnable("the export shows other words than its source")
    origins = compare(old, new)
    if kind == "plain":
        loose = [note for (_, note), a in zip(new.notes, origins.notes, strict=True) if a < 0]
        return Draft(read, source, old, new, origins, {}, loose, kind)
    placing = Placing(read, old, new, origins).run()
    return Draft(read, source, old, new, origins, placing.placed, placing.loose, kind)


def _followed(source: str, kind: Kind) -> tuple[Source, int]:
    """The source by its characters, and the level from which on it may be written."""
    shown = tidy(shown_of(source, kind), kind)
    try:
        read = read_source(source, kind)
        if plainly("".join(atom.char for atom in read.atoms)) == plainly(shown.text):
            return read, SPLICED
    except Misaligned:
        pass
    atoms = [Atom(char, plainly(char)) for char in shown.chars]
    cited = [SourceCitation(at, "", note.claims) for at, note in shown.notes]
    return Source(atoms=atoms, citations=cited), ANEW


def _written(draft: Draft, lowest: int) -> tuple[str, bool]:
    """The text that shows what it should, and whether nothing was written anew."""
    levels = [lowest] * len(draft.blocks)
    literal: set[int] = set()
    for _ in range(ROUNDS):
        text = draft.write(levels, literal)
        check = _Check(draft, text)
        if check.curly - literal:
            literal |= check.curly
            continue
        if not check.bad:
            return text, max(levels, default=0) == SPLICED
        if all(levels[block] == LEVELS for block in check.bad):
            break
        for block in check.bad:
            levels[block] = min(levels[block] + 1, LEVELS)
    raise Unreturnable(check.why)


class _Check:
    """What a source shows, compared with what it should show."""

    def __init__(self, draft: Draft, text: str) -> None:
        self._draft = draft
        self.bad: set[int] = set()
        """Blocks that show something else."""
        self.curly: set[int] = set()
        """Characters that typesetting does not make, to be written as they stand."""
        self.why = ""
        shown = tidy(shown_of(text, draft.kind), draft.kind)
        if len(shown.blocks()) != len(draft.blocks) or shown.items != draft.items:
            self._refuse(range(len(draft.blocks)), "its paragraphs or lists would be others")
        else:
            for number, ends in enumerate(zip(draft.blocks, shown.blocks(), strict=True)):
                self._compare(number, *ends, shown)
        if draft.kind != "plain":
            cited = [name for _, name in cited_claims(text)]
            seen = {name for _, note in shown.notes for name in note.claims}
            if cited != draft.cited or seen != set(cited):
                self._refuse(range(len(draft.blocks)), "its citations would be others")

    def _refuse(self, blocks: range, why: str) -> None:
        self.bad |= set(blocks)
        self.why = self.why or why

    def _compare(
        self, number: int, wanted: tuple[int, int], got: tuple[int, int], shown: Text
    ) -> None:
        chars = self._draft.now.chars[slice(*wanted)]
        others = shown.chars[slice(*got)]
        only = range(number, number + 1)
        if plainly("".join(chars)) != plainly("".join(others)):
            self._refuse(only, f"its words would be {''.join(others)[:60]!r}")
            return
        for at, (char, other) in enumerate(zip(chars, others, strict=True), start=wanted[0]):
            made_of = "-" if other == "–" else plainly(other)
            if char not in (other, made_of) and not self._draft.is_remade(at):
                self.curly.add(at)
        looks = self._draft.wanted[slice(*wanted)]
        marked = zip(chars, looks, shown.looks[slice(*got)], strict=True)
        if any(look != other for char, look, other in marked if not char.isspace()):
            self._refuse(only, "its emphasis or links would be others")

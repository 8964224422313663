"""What was changed in an artefact: the texts that it shows, against those that it was built with.

A Word file that is made to be edited carries a snapshot; of other files the ledger says what each
field showed. Blanks of any kind and soft hyphens do not count; of a PDF, whose lines are broken, no
hyphen does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefgen.document.ledger import Passage
from briefgen.formats.docx.edited import EditedFile, NotReviewable, read_edited
from briefgen.review.read_back import FieldText, read_back
from briefgen.review.shown import BREAK
from briefgen.trace.carried import Carried, Opened
from briefgen.verify.pdf_shown import pdf_shown
from briefgen.verify.shown import ShownPage, letters, page_shown, seen, unbroken, word_shown

PDF_LIMIT = "words added beside its own, pictures and how it looks were not compared"
PAGE_LIMIT = "pictures, styles and the evidence behind the notes were not compared"
SNAPSHOT_LIMIT = "pictures and styles were not compared"
WORD_LIMIT = "it has no snapshot that can be read, so words added beside its own cannot be told"
LEDGER_LIMIT = "its ledger was changed as well, so there may be more, and what was is not sure"
TOO_LONG = "it shows more text than any file of ours, so its texts were not compared"
UNREADABLE = "its texts cannot be read"
MOST_MISSING = 0.5
"""Share of the passages; where more are gone, a program has written letters in its own way."""
MOST_LETTERS = 2_000_000
"""Of the text of a file; sixteen pages have about 100,000."""


@dataclass(frozen=True)
class Edit:
    """One text that is other than it was built."""

    field: str
    """Its name; nothing where it is no text of the data."""
    was: str
    now: str | None
    """None where it is gone, or where what stands there instead cannot be told."""
    kind: str = "changed"
    """As `Loose.kind` says; also `comment`."""


@dataclass(frozen=True)
class Edits:
    """What can be told of the changes in a file."""

    found: tuple[Edit, ...] = ()
    limit: str = ""
    """What was not compared."""
    program: str = ""
    """The program that saved a Word file, as it says itself."""

    @property
    def is_compared(self) -> bool:
        """Whether any texts were compared."""
        return self.limit not in (TOO_LONG, UNREADABLE)


def find_edits(opened: Opened, path: Path) -> Edits:
    """What was changed in an artefact since it was built."""
    if opened.kind == "pdf":
        return _in_pdf(opened)
    if opened.kind == "html":
        page = page_shown(opened.data)
        if len(page.letters) > MOST_LETTERS:
            return Edits(limit=TOO_LONG)
        limit = PAGE_LIMIT if opened.carried.is_own else LEDGER_LIMIT
        return Edits(tuple(_in_page(opened.carried, page)), limit)
    try:
        file = read_edited(path)
    except NotReviewable:
        return _without_snapshot(opened)
    return Edits(tuple(_by_snapshot(file)), SNAPSHOT_LIMIT, file.program)


# --- A page ---------------------------------------------------------------------


def _in_page(carried: Carried, page: ShownPage) -> Iterator[Edit]:
    """Fields whose text is other, then words of the layout and notes that are gone."""
    passages = carried.ledger.passages
    texts: dict[str, list[str]] = {}
    for passage in passages:
        if passage.field:
            texts.setdefault(passage.field, []).append(passage.text)
    for name, parts in texts.items():
        now = page.fields.get(name, "")
        if letters("".join(parts)) != letters(now):
            yield Edit(name, " ".join(parts), " ".join(seen(now).split()) or None)
    yield from _missing([p for p in passages if not p.field], page.letters)


# --- A PDF ------------------------------------------------------------------------


def _in_pdf(opened: Opened) -> Edits:
    texts = pdf_shown(opened.data)
    if texts is None:
        return Edits(limit=UNREADABLE)
    whole = unbroken("\n".join(map(letters, texts)))
    if len(whole) > MOST_LETTERS:
        return Edits(limit=TOO_LONG)
    passages = opened.carried.ledger.passages
    found = tuple(_missing(passages, whole, unbroken))
    if len(found) > len(passages) * MOST_MISSING:
        return Edits(limit=UNREADABLE)
    return Edits(found, PDF_LIMIT if opened.carried.is_own else LEDGER_LIMIT)


# --- A Word file ------------------------------------------------------------------


def _without_snapshot(opened: Opened) -> Edits:
    texts = word_shown(opened.data)
    if texts is None:
        return Edits(limit=UNREADABLE)
    whole = "\n".join(map(letters, texts))
    if len(whole) > MOST_LETTERS:
        return Edits(limit=TOO_LONG)
    limit = WORD_LIMIT if opened.carried.is_own else LEDGER_LIMIT
    return Edits(tuple(_missing(opened.carried.ledger.passages, whole)), limit)


def _missing(
    passages: Sequence[Passage], whole: str, spelt: Callable[[str], str] = str
) -> Iterator[Edit]:
    """The passages that a file no longer shows; `spelt` is how it spells letters."""
    found: dict[str, bool] = {}
    for passage in passages:
        wanted = spelt(letters(passage.text))
        if wanted not in found:
            found[wanted] = wanted in whole
        if not found[wanted]:
            kind = "note" if passage.is_note else "changed"
            yield Edit(passage.field, passage.text, None, kind)


def _by_snapshot(file: EditedFile) -> Iterator[Edit]:
    """Fields that read otherwise, then what no field owns."""
    back = read_back(file.snapshot, file.paragraphs(), file.notes())
    edited = [text for text in back.fields if text.is_edited]
    yield from dict.fromkeys(map(_of_field, edited))
    gone = {text.field for text in edited if text.now is None}
    for loose in back.loose:
        if not (loose.fields and gone.issuperset(loose.fields)):
            yield Edit("", loose.was, loose.now or None, loose.kind)
    for text in file.furniture:
        if text not in file.snapshot.furniture:
            yield Edit("", "", text, "furniture")
    for comment in file.comments:
        if not comment.is_ours:
            yield Edit("", "", comment.text, "comment")


def _of_field(text: FieldText) -> Edit:
    return Edit(text.field, _plain(text.was.text), _plain(text.now.text) if text.now else None)


def _plain(text: str) -> str:
    return seen(text.replace(BREAK, "\n"))

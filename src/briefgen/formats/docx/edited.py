"""An edited copy of a Word file of ours, which may come from anyone.

In: a path. Out: its snapshot and its text in any view of the tracked changes. Nothing in the file
is trusted: it is unpacked and parsed within limits, and refused where it is not what it should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NoReturn

from lxml import etree

from briefgen.formats.docx.looks import Styles
from briefgen.formats.docx.oxml import wname
from briefgen.formats.docx.reading import (
    ReadParagraph,
    View,
    read_furniture,
    read_paragraphs,
    read_text,
)
from briefgen.formats.docx.revisions import Revision, Revisions, find_revisions
from briefgen.formats.docx.snapshot import NAME, Snapshot, UnreadableSnapshot, parse_snapshot
from briefgen.formats.docx.threads import Comment, read_comments
from briefgen.formats.tame import tame
from briefgen.formats.untrusted_docx import (
    ANOTHER_COPY,
    MOST_TAGS,
    Parts,
    UnusableDocx,
    count_tags,
    is_data,
    open_docx,
    read_bytes,
    texts_of_data,
)
from briefgen.formats.untrusted_zip import UnreadableXml
from briefgen.problems import WrongUsage, printable

Element = etree._Element

LARGEST_FILE = 100_000_000
"""Bytes; with many pictures a file of ours has a tenth of it."""
MOST_PARAGRAPHS = 20_000
MOST_PARTS = 100
"""Heads, feet, notes and parts of data."""
LONGEST_WHAT = 300
"""Characters of a message."""
NOT_OURS = "name a Word file that `briefgen build` made without --final, and that somebody edited"
NO_SNAPSHOT = (
    f"{NOT_OURS}; what was typed in another format comes back when it is pasted into such a file"
)
NAMESPACE = f"urn:briefgen:{NAME}"
NAMESPACES = tuple(NAMESPACE.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
NOTE_KINDS = {"footnotes": ("footnote", ""), "endnotes": ("endnote", "e")}
"""Relations of notes: the element of one, and what its id begins with."""


class NotReviewable(WrongUsage):
    """The file cannot be read as an edited copy; the message names it, and says what to do."""


def accept_all(_: Revision) -> bool:
    """The text as it is when all tracked changes are accepted."""
    return True


def reject_all(_: Revision) -> bool:
    """The text as it was before the tracked changes."""
    return False


@dataclass(frozen=True)
class EditedFile:
    """What an edited copy holds."""

    name: str
    """Of the file, without its folder."""
    sha256: str
    """Fingerprint of the file, in hexadecimal."""
    program: str
    """The program that saved it, as the file says; nothing where it doesn't."""
    snapshot: Snapshot
    """What was exported."""
    revisions: tuple[Revision, ...]
    """Tracked changes of the text, the notes, heads and feet, in this order."""
    comments: tuple[Comment, ...]
    """In the order of their part."""
    furniture: tuple[str, ...]
    """What heads and feet say, each text once."""
    _body: Element = field(repr=False)
    _styles: Styles = field(repr=False)
    _links: Mapping[str, str] = field(repr=False)
    _found: Revisions = field(repr=False)
    _notes: tuple[tuple[str, Element], ...] = field(repr=False)

    def paragraphs(self, accepts: Callable[[Revision], bool] = accept_all) -> list[ReadParagraph]:
        """The text, with those tracked changes made that the predicate accepts."""
        view = View(self._styles, self._links, self._found, accepts)
        return list(read_paragraphs(self._body, view=view))

    def notes(self, accepts: Callable[[Revision], bool] = accept_all) -> dict[str, str]:
        """What each note says, by its id as paragraphs give it."""
        view = View(self._styles, {}, self._found, accepts)
        return {note_id: read_text(note, view) for note_id, note in self._notes}


def read_edited(path: Path) -> EditedFile:
    """The edited copy at a path.

    Raises:
        NotReviewable: it is no Word file, holds macros or no snapshot, is damaged, encrypted,
            forged or too large.
    """
    try:
        data = read_bytes(path, LARGEST_FILE)
        return _read(path, data, open_docx(data))
    except UnusableDocx as refused:
        what = printable(refused.what[:LONGEST_WHAT])  # it may name a part, as the file does
        raise NotReviewable(f"{path}: {what}\n  help: {refused.mend or NOT_OURS}") from None


def _read(path: Path, data: bytes, parts: Parts) -> EditedFile:
    _check_names(parts)
    snapshot = _snapshot(parts)
    story = _Stories(parts)
    body = story.root(parts.main).find(wname("body"))
    if body is None:
        _refuse_damaged("its main part holds no text")
    if sum(1 for _ in body.iter(wname("p"))) > MOST_PARAGRAPHS:
        raise UnusableDocx(f"holds more than {MOST_PARAGRAPHS} paragraphs")
    notes = [story.root(name) for kind in NOTE_KINDS for name in story.named(kind)]
    heads = [story.root(name) for kind in ("header", "footer") for name in story.named(kind)]
    found = find_revisions([body, *notes, *heads])
    return EditedFile(
        name=path.name,
        sha256=sha256(data).hexdigest(),
        program=_program(parts, story),
        snapshot=snapshot,
        revisions=tuple(sorted(set(found.values()), key=lambda r: r.number)),
        comments=_comments(story, snapshot),
        furniture=tuple(read_furniture(heads)),
        _body=body,
        _styles=Styles.of(story.first("styles")),
        _links={r.id: r.target for r in story.relations if r.is_external},
        _found=found,
        _notes=tuple(_notes(notes)),
    )


def _refuse_damaged(what: str) -> NoReturn:
    raise UnusableDocx(f"is damaged: {what}", ANOTHER_COPY, is_damaged=True)


def _check_names(parts: Parts) -> None:
    """Refuse what would be written outside a folder by whoever unpacks it."""
    for name in parts.files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise UnusableDocx(f'holds a file with the name "{tame(name)}"', ANOTHER_COPY)


@dataclass
class _Stories:
    """The parts that the main part names, parsed within limits."""

    parts: Parts
    _tags: int = 0
    _roots: dict[str, Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.relations = tuple(self.parts.relations(self.parts.main))

    def named(self, kind: str) -> list[str]:
        """Names of the parts of a kind."""
        of_kind = (r for r in self.relations if r.kind == kind and not r.is_external)
        names = list(dict.fromkeys(r.target for r in of_kind))
        if len(names) > MOST_PARTS:
            raise UnusableDocx(f"holds more than {MOST_PARTS} {kind} parts")
        return names

    def first(self, kind: str) -> Element | None:
        """The root of the part of a kind, if there is one."""
        names = self.named(kind)
        return self.root(names[0]) if names else None

    def root(self, name: str) -> Element:
        """The root of a part."""
        if name not in self._roots:
            self._tags += count_tags(name, self.parts.files.get(name, b""))
            if self._tags > MOST_TAGS:
                raise UnusableDocx(f"holds more than {MOST_TAGS} tags")
            self._roots[name] = self.parts.parsed(name)
        return self._roots[name]


def _snapshot(parts: Parts) -> Snapshot:
    data = [(name, xml) for name, xml in parts.files.items() if is_data(name)]
    if len(data) > MOST_PARTS:
        raise UnusableDocx(f"holds more than {MOST_PARTS} parts of data")
    marked = [(name, xml) for name, xml in data if any(mark in xml for mark in NAMESPACES)]
    if sum(count_tags(name, xml) for name, xml in marked) > MOST_TAGS:
        raise UnusableDocx(f"holds more than {MOST_TAGS} tags of data")
    try:
        texts = texts_of_data(marked, f"{{{NAMESPACE}}}{NAME}")
        if not texts:
            what = (
                "carries no snapshot: it is a --final copy or a file that briefgen did not make, "
                "or was saved in another format in between, such as ODT"
            )
            raise UnusableDocx(what, NO_SNAPSHOT)
        if len(texts) > 1:
            _refuse_damaged(f"it carries {len(texts)} snapshots, and a file of ours has one")
        return parse_snapshot(texts[0])
    except UnreadableXml as error:
        raise UnusableDocx(str(error), ANOTHER_COPY) from None
    except UnreadableSnapshot as error:
        mend = "review it with the briefgen that exported it" if error.form else ANOTHER_COPY
        raise UnusableDocx(f"carries a snapshot {error}", mend) from None


def _notes(roots: list[Element]) -> Iterator[tuple[str, Element]]:
    """Each note of a person's, by its id; separators are none."""
    for root in roots:
        for tag, start in NOTE_KINDS.values():
            for note in root.iterfind(wname(tag)):
                if note.get(wname("type"), "normal") == "normal":
                    yield start + tame(note.get(wname("id"), "")), note


def _comments(story: _Stories, snapshot: Snapshot) -> tuple[Comment, ...]:
    comments = story.first("comments")
    if comments is None:
        return ()
    return read_comments(comments, story.first("commentsExtended"), frozenset(snapshot.comments))


def _program(parts: Parts, story: _Stories) -> str:
    """The program and its version: `Microsoft Office Word 16.0000`, `LibreOffice/7.4.7.2`."""
    kind = "extended-properties"
    names = [r.target for r in parts.relations() if r.kind == kind and not r.is_external]
    if not names:
        return ""
    root = story.root(names[0])
    program = root.findtext(f"{{{PROPERTIES}}}Application") or ""
    version = root.findtext(f"{{{PROPERTIES}}}AppVersion") or ""
    if "/" in program:
        return tame(program.partition("$")[0])
    return tame(f"{program} {version}".strip())

"""Comments of a Word file, each with the answers to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from lxml import etree

from briefgen.formats.docx.looks import OFF
from briefgen.formats.docx.marks import W15
from briefgen.formats.docx.oxml import wname
from briefgen.formats.docx.reading import read_text
from briefgen.formats.tame import tame

PROGRAM = "briefgen"
"""The author of the comments that the program writes itself."""
Element = etree._Element

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
PARAGRAPH_ID = f"{{{W14}}}paraId"
LONGEST_TEXT = 20_000
"""Characters kept of one comment."""


@dataclass(frozen=True)
class Reply:
    """An answer to a comment."""

    author: str
    date: str
    """ISO 8601; empty where the file says none."""
    text: str


@dataclass(frozen=True)
class Comment:
    """A comment."""

    id: str
    author: str
    date: str
    """ISO 8601; empty where the file says none."""
    text: str
    replies: tuple[Reply, ...] = ()
    """In the order of the file."""
    done: bool = False
    """Whether somebody has marked it as resolved."""
    is_ours: bool = False
    """Whether the program wrote it, and nobody has changed it."""


def fingerprint(comment: Element) -> str:
    """Tells whether a comment still says what it said."""
    return sha256(read_text(comment).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def read_comments(
    comments: Element, extended: Element | None, ours: Collection[str]
) -> tuple[Comment, ...]:
    """The comments in the order of their part.

    `extended` says which answers which (MS-DOCX, 2.5.1.12); `ours` are the fingerprints of those
    that the program wrote.
    """
    said = _said(extended)
    by_end: dict[str, Element] = {}
    for comment in comments.iterfind(wname("comment")):
        end = _end_of(comment)
        by_end[f"comment {len(by_end)}" if end is None or end in by_end else end] = comment
    found: dict[str, Comment] = {}
    for end, comment in by_end.items():
        root = _root_of(end, said)
        if root == end or root not in by_end:
            found[end] = _comment(comment, said.get(end), ours)
    for end, comment in by_end.items():
        if end not in found:
            root = _root_of(end, said)
            reply = _comment(comment, None, ())
            answer = Reply(reply.author, reply.date, reply.text)
            found[root] = replace(found[root], replies=(*found[root].replies, answer))
    return tuple(found.values())


def _date(comment: Element) -> str:
    """When it was written; LibreOffice writes a day of 0 where nobody said."""
    date = tame(comment.get(wname("date"), ""))
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return ""
    return date


def _said(extended: Element | None) -> Mapping[str, Element]:
    """What is said of each comment, by the id of its last paragraph."""
    entries = () if extended is None else extended.iter(f"{{{W15}}}commentEx")
    return {entry.get(f"{{{W15}}}paraId", ""): entry for entry in entries}


def _end_of(comment: Element) -> str | None:
    """The id of its last paragraph, by which the other part knows it."""
    paragraphs = list(comment.iter(wname("p")))
    return paragraphs[-1].get(PARAGRAPH_ID) if paragraphs else None


def _root_of(end: str, said: Mapping[str, Element]) -> str:
    """The comment that a chain of answers begins with; a circle has none, so each stands alone."""
    seen = {end}
    at = end
    while at in said and (parent := said[at].get(f"{{{W15}}}paraIdParent")):
        if parent in seen:
            return end
        seen.add(parent)
        at = parent
    return at


def _comment(comment: Element, said: Element | None, ours: Collection[str]) -> Comment:
    author = tame(comment.get(wname("author"), ""))
    return Comment(
        id=tame(comment.get(wname("id"), "")),
        author=author,
        date=_date(comment),
        text=tame(read_text(comment), LONGEST_TEXT),
        done=said is not None and said.get(f"{{{W15}}}done", "0") not in OFF,
        is_ours=author == PROGRAM and fingerprint(comment) in ours,
    )

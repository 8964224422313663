"""Read the ledger that an artefact carries: from a PDF, Word or HTML file of anyone's.

Nothing in the file is trusted: what it is, is told from its first bytes; everything that is
packed is unpacked up to a limit; XML with a DTD is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

from lxml import etree
from pydantic import TypeAdapter, ValidationError

from briefgen.document.ledger import CitedSource, Ground, Ledger, Passage, Quote, ledger_digest
from briefgen.dossier.base import UNPRINTABLE
from briefgen.formats.untrusted_docx import is_data, texts_of_data
from briefgen.formats.untrusted_zip import (
    DAMAGED_ZIP,
    MOST_ENTRIES,
    ZIP,
    UnreadableXml,
)
from briefgen.problems import WrongUsage
from briefgen.trace.attached import WHAT_ENDS, Unread, read_attached

LARGEST_FILE = 100_000_000
"""Bytes; an artefact with many pictures has a tenth of it."""
LARGEST_LEDGER = 4_000_000
"""Bytes of JSON; sixteen pages have about 200,000."""
MOST_LEDGERS = 20
"""Custom XML parts that are looked into."""
MOST_PASSAGES, MOST_CLAIMS = 10_000, 2_000
"""Sixteen pages have about 600 passages and 100 claims."""
LONGEST_TEXT = 100_000
"""Characters of one text in a ledger; a paragraph of ours has at most some thousands."""
LARGEST_NUMBER = 1_000_000
"""Of a page, a note or a grade."""
MOST_FORMS = 1_000
"""A form of the ledger is a small number; anything else is not repeated in a message."""
LONGEST_ABOUT = 200
"""Characters of an edition's name and the like."""
HEAD = 1024
"""So many bytes from the start say what a file is; PDF allows for as many before its mark."""
PDF = b"%PDF-"
ATTACHED = "ledger.json"
LEDGER_TAG = "{urn:briefgen:ledger}ledger"
VERSION = 1
ABOUT = ("dossier", "edition", "length", "version", "issued", "layout", "data")
"""Keys of the ledger that say which document it is of."""
ABSENT: dict[type, dict[str, Any]] = {
    Passage: {"field": ""},
    Quote: {"credibility": None, "speaker": None, "occasion": None},
    Ground: {"note": None, "why": None, "basis": (), "evidence": ()},
    CitedSource: {"note": "", "url": None},
}
"""What a key that is left out of the JSON stands for, where the type has no default."""


class NotTraceable(WrongUsage):
    """The file carries no ledger that can be read; the message names it, and says what to do."""


@dataclass(frozen=True)
class Carried:
    """A ledger and the document that it is of."""

    ledger: Ledger
    dossier: str
    edition: str
    length: str
    version: str
    issued: str
    layout: str = ""
    data: str = ""
    """Hash of the data that it shows."""
    is_own: bool = True
    """Whether the ledger is as it was written, as far as it can tell."""


Kind = Literal["pdf", "docx", "html"]


@dataclass(frozen=True)
class Opened:
    """An artefact: what it is, all of it, and what it carries."""

    kind: Kind
    data: bytes
    carried: Carried


def read_carried(path: Path) -> Carried:
    """The ledger in an artefact; raises what `open_artefact` does."""
    return open_artefact(path).carried


def open_artefact(path: Path) -> Opened:
    """An artefact with its ledger.

    Raises:
        NotTraceable: it is none of ours, damaged, encrypted, too large, or hides what it holds.
    """
    try:
        data = _bytes_of(path)
        kind = _kind_of(data)
        return Opened(kind, data, _parsed(READERS[kind](data)))
    except _Refused as refused:
        raise NotTraceable(f"{path}: {refused.what}\n  help: {refused.mend}") from None


class _Refused(Exception):
    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


NOT_OURS = _Refused(
    "carries no ledger, so nothing in it can be traced",
    "name a PDF, DOCX or HTML file that `briefgen build` made",
)
DAMAGED = "build it again, or get an undamaged copy"
UNLOCKED = "save a copy without a password"


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise _Refused("is no file", "name a PDF, DOCX or HTML file that `briefgen build` made")
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise _Refused(
            f"is larger than {LARGEST_FILE // 1_000_000} MB, more than any file of ours",
            NOT_OURS.mend,
        )
    return data


def _kind_of(data: bytes) -> Kind:
    head = data[:HEAD]
    if PDF in head:
        return "pdf"
    if data.startswith(ZIP):
        return "docx"
    if b"<html" in head.lower():
        return "html"
    raise _Refused("is no PDF, DOCX or HTML file", NOT_OURS.mend)


def _from_pdf(data: bytes) -> bytes:
    try:
        return read_attached(data, ATTACHED, LARGEST_LEDGER)
    except Unread as unread:
        what = WHAT_ENDS[unread.why].format(LARGEST_LEDGER // 1_000_000)
        mend = {"damaged": DAMAGED, "packed": DAMAGED, "encrypted": UNLOCKED}
        detail = f": {unread.detail}" if unread.detail else ""
        raise _Refused(what + detail, mend.get(unread.why, NOT_OURS.mend)) from None


def _limited(data: bytes) -> bytes:
    if len(data) > LARGEST_LEDGER:
        raise _Refused(
            f"carries a ledger larger than {LARGEST_LEDGER // 1_000_000} MB, which none of ours is",
            NOT_OURS.mend,
        )
    return data


def _from_docx(data: bytes) -> bytes:
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise _Refused(f"holds more than {MOST_ENTRIES} files", NOT_OURS.mend)
            names = [entry.filename for entry in entries if is_data(entry.filename)]
            if len(names) > MOST_LEDGERS:
                raise _Refused(f"holds more than {MOST_LEDGERS} parts of data", NOT_OURS.mend)
            texts = texts_of_data(_parts(archive, names), LEDGER_TAG)
    except UnreadableXml as error:
        raise _Refused(str(error), DAMAGED) from None
    except DAMAGED_ZIP as error:
        is_encrypted = "encrypted" in str(error)
        what = "is encrypted" if is_encrypted else f"is damaged: {error}"
        raise _Refused(what, UNLOCKED if is_encrypted else DAMAGED) from None
    return _only(texts).encode()


def _parts(archive: ZipFile, names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        with archive.open(name) as part:
            yield name, _limited(part.read(LARGEST_LEDGER + 1))


def _from_html(data: bytes) -> bytes:
    try:
        root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
    except etree.ParserError as error:
        raise _Refused(f"is damaged: {error}", DAMAGED) from None
    scripts = () if root is None else root.iter("script")
    texts = [script.text or "" for script in scripts if script.get("id") == "ledger"]
    return _limited(_only(texts).encode())


READERS: Mapping[Kind, Callable[[bytes], bytes]] = {
    "pdf": _from_pdf,
    "docx": _from_docx,
    "html": _from_html,
}


def _only(ledgers: list[str]) -> str:
    """The one ledger: of two, nobody could say which is the document's."""
    if not ledgers:
        raise NOT_OURS
    if len(ledgers) > 1:
        raise _Refused(f"carries {len(ledgers)} ledgers, and a file of ours has one", DAMAGED)
    return ledgers[0]


def _parsed(data: bytes) -> Carried:
    try:
        whole = json.loads(data)
        version = whole["ledger"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _Refused("carries a ledger that is damaged", DAMAGED) from None
    if version != VERSION:
        shown = f" {version!r}" if isinstance(version, int) and abs(version) < MOST_FORMS else ""
        raise _Refused(
            f"carries a ledger of another form{shown}; this briefgen reads form {VERSION}",
            "trace it with the briefgen that built it",
        )
    try:
        _check_values(whole)
        about = {name: whole.get(name, "") for name in ABOUT}
        _check_about(about)
        is_own = whole.get("sha256") in (None, ledger_digest(whole))
        return Carried(_ledger(whole), **about, is_own=is_own)
    except (ValidationError, TypeError, AttributeError, RecursionError) as error:
        first = error.errors()[0]["loc"] if isinstance(error, ValidationError) else error
        raise _Refused(f"carries a ledger that is damaged, at {first}", DAMAGED) from None


def _check_values(whole: dict[str, Any]) -> None:
    """Refuse what no ledger of ours holds, although JSON can."""
    for name, most in (("passages", MOST_PASSAGES), ("claims", MOST_CLAIMS)):
        if isinstance(found := whole.get(name), list) and len(found) > most:
            raise _Refused(f"carries a ledger with more than {most} {name}", NOT_OURS.mend)
    waiting: list[Any] = [whole]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and (found := UNPRINTABLE.search(value)):
            code = f"U+{ord(found[0]):04X}"
            raise _Refused(f"carries a ledger with the control character {code}", NOT_OURS.mend)
        elif isinstance(value, str) and len(value) > LONGEST_TEXT:
            what = f"carries a ledger with a text of more than {LONGEST_TEXT} characters"
            raise _Refused(what, NOT_OURS.mend)
        elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise _Refused("carries a ledger with a number that nothing has", NOT_OURS.mend)


def _check_about(about: dict[str, Any]) -> None:
    for name, value in about.items():
        if not isinstance(value, str) or len(value) > LONGEST_ABOUT:
            raise _Refused(f"carries a ledger that is damaged, at {name}", DAMAGED)


def _ledger(whole: dict[str, Any]) -> Ledger:
    claims = [
        {**claim, "evidence": _filled(claim.get("evidence", ()), Quote)}
        for claim in _filled(whole.get("claims", ()), Ground)
    ]
    return TypeAdapter(Ledger).validate_python(
        {
            "passages": _filled(whole.get("passages", ()), Passage),
            "claims": claims,
            "sources": _filled(whole.get("sources", ()), CitedSource),
        }
    )


def _filled(items: Any, kind: type) -> list[dict[str, Any]]:
    return [{**ABSENT[kind], **item} for item in items]

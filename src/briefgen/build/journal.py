"""What a run that writes several files notes down first, so that a killed one can be finished."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

JOURNAL = ".briefgen-journal.json"
"""Stands in the folder from the moment at which the files are to be the new ones."""
DRAFT = f"{JOURNAL}.new"
"""The same before that moment: what it names is to be removed."""
PREFIX = ".briefgen-"
SUFFIX = ".new"
FORMAT = 1
MAX_BYTES = 1_000_000


class Damaged(Exception):
    """A journal is not as it was written."""


@dataclass(frozen=True)
class Entry:
    """One file that is written."""

    name: str
    """Its path in the folder, with `/`."""
    old: str | None
    """SHA-256 of what stood there, in hexadecimal; none where nothing did."""
    new: str
    """SHA-256 of what is to stand there."""

    @property
    def prepared(self) -> str:
        """The path of the finished file that is to take its place."""
        path = PurePosixPath(self.name)
        return str(path.with_name(f"{PREFIX}{path.name}{SUFFIX}"))


@dataclass(frozen=True)
class Journal:
    """The files of one run."""

    entries: tuple[Entry, ...]
    folders: tuple[str, ...]
    """Those that were made for them."""

    def text(self) -> bytes:
        """As it stands in the file."""
        entries = [asdict(entry) for entry in self.entries]
        return json.dumps({"format": FORMAT, "files": entries, "folders": self.folders}).encode()

    @classmethod
    def read(cls, path: Path) -> Journal:
        """The journal in a file, which may come from anyone: it names nothing outside its folder.

        Raises:
            Damaged: it is no journal of ours.
            OSError: it cannot be read.
        """
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES)
        try:
            found: Any = json.loads(raw)
            if found["format"] != FORMAT:
                raise Damaged
            entries = tuple(Entry(**entry) for entry in found["files"])
            journal = cls(entries, tuple(found["folders"]))
            _check(journal)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Damaged from error
        return journal


def _check(journal: Journal) -> None:
    names = [*(entry.name for entry in journal.entries), *journal.folders]
    sums = [entry.new for entry in journal.entries]
    sums += [entry.old for entry in journal.entries if entry.old is not None]
    if not all(map(_is_inside, names)) or not all(len(value) == 64 for value in sums):  # noqa: PLR2004
        raise Damaged


def _is_inside(name: str) -> bool:
    """Whether a path leads to something in the folder that it starts from."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def fingerprint(path: Path) -> str | None:
    """SHA-256 of a file, in hexadecimal; none where nothing is.

    Raises:
        OSError: something else stands there, or it cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def sync_folders(paths: Sequence[Path]) -> None:
    """Make sure that names of these folders outlast a power cut, where the system can."""
    for path in dict.fromkeys(paths):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

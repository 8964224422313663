"""The output folder: whole files only, and never over a person's work."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from briefgen import __version__
from briefgen.build.files import locked, mode_of_new_files
from briefgen.build.journal import PREFIX
from briefgen.problems import ArtefactsChanged, Place, Problem, WrongEnvironment

MANIFEST = "manifest.json"
TEMPORARY = f"{PREFIX}out-"
"""How the names of files begin that are not in their places yet. In a folder of data other files of
a run may lie, which must stay: what is to be written there, and its journal."""
FORMAT = 1


@dataclass(frozen=True)
class Artefact:
    """A finished file, still in memory."""

    name: str
    data: bytes
    facts: Mapping[str, Any]
    """What the manifest says of it besides its fingerprint."""

    @property
    def sha256(self) -> str:
        """Fingerprint, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class OutputFolder:
    """`out/` and its manifest."""

    folder: Path
    shown: Path
    """The folder as messages name it."""
    manifest: dict[str, Any] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def open(cls, folder: Path, shown: Path) -> Iterator[OutputFolder]:
        """The folder, made where it is missing, with its manifest, for this run alone.

        One that was made and stays empty is removed.

        Raises:
            WrongEnvironment: the folder cannot be made or written to.
        """
        is_new = not folder.exists()
        with _clear_errors(shown):
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=folder, prefix=TEMPORARY)
            os.close(handle)
            Path(name).unlink(missing_ok=True)
        try:
            with locked(folder, shown):
                output = cls(folder, shown)
                output._tidy()
                output._read_manifest()
                yield output
        finally:
            if is_new:
                with suppress(OSError):  # it is not empty
                    folder.rmdir()

    @classmethod
    def look(cls, folder: Path, shown: Path) -> OutputFolder:
        """The folder as it is, with its manifest; it need not be there, and is not written to."""
        output = cls(folder, shown)
        output._read_manifest()
        return output

    def _tidy(self) -> None:
        """Remove what a killed run had not yet put in place."""
        for path in self.folder.glob(f"{TEMPORARY}*"):
            with suppress(OSError):
                path.unlink()

    def _read_manifest(self) -> None:
        try:
            self.manifest = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            self.manifest["artefacts"] = {
                name: dict(entry) for name, entry in self.manifest["artefacts"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.manifest = {"format": FORMAT, "artefacts": {}}

    def key_of(self, name: str) -> str | None:
        """The hash of what a file was made from, if it is there as it was made."""
        entry = self.manifest["artefacts"].get(name, {})
        key = entry.get("key")
        if not isinstance(key, str) or self._fingerprint(name) != entry.get("sha256"):
            return None
        return key

    def told(self, names: Iterable[str]) -> list[str]:
        """What was to be said when the files were made, each line once."""
        entries = (self.manifest["artefacts"].get(name, {}) for name in names)
        told = (entry.get("told") for entry in entries)
        lines = (line for some in told if isinstance(some, list) for line in some)
        return list(dict.fromkeys(map(str, lines)))

    def refuse_changed(self, names: Iterable[str]) -> None:
        """Stop before anything is made when a file to be replaced is not as it was built.

        Raises:
            ArtefactsChanged: a person changed one of the files.
        """
        problems = [self.changed(name) for name in names if self.is_changed(name)]
        if problems:
            raise ArtefactsChanged(problems)

    def changed(self, name: str) -> Problem:
        """What is wrong with a file that a person changed."""
        path = self.shown / name
        what = "the file is not as briefgen built it, so it is not overwritten"
        return Problem(Place(path.as_posix(), 0, 0), "BG060", what, _mend(path))

    def is_changed(self, name: str) -> bool:
        """Whether a file may hold a person's work: it is there, whole, and not as it was made.

        One that the manifest does not know is as it was made where its own seal says so.
        """
        path = self.folder / name
        if not path.exists() or self.is_damaged(name):
            return False
        entry = self.manifest["artefacts"].get(name, {})
        known = {entry.get("sha256"), entry.get("replaces")}
        if not path.is_file():
            return True
        return self._fingerprint(name) not in known and not self._is_sealed(path)

    def _is_sealed(self, path: Path) -> bool:
        from briefgen.formats.seal import state_of, state_of_parts
        from briefgen.formats.untrusted_zip import UnreadableZip, unpack

        with _clear_errors(self.shown):
            data = path.read_bytes()
        if path.suffix != ".docx":
            return state_of(data) == "intact"
        try:
            return state_of_parts(unpack(data)) == "intact"
        except UnreadableZip:
            return False

    def is_damaged(self, name: str) -> bool:
        """Whether a file is empty, or begins as what its name says and was cut off."""
        path = self.folder / name
        if not path.is_file():
            return False
        with _clear_errors(self.shown):
            data = path.read_bytes()
        if path.suffix == ".docx" and data.startswith(b"PK"):  # with a password it is no archive
            return not is_zipfile(BytesIO(data))
        if path.suffix == ".pdf" and data.startswith(b"%PDF-"):
            return b"%%EOF" not in data
        return not data.strip(b"\0")

    def data_of(self, name: str) -> str | None:
        """The hash of the data that a file shows, by the manifest."""
        data = self.manifest["artefacts"].get(name, {}).get("data")
        return data if isinstance(data, str) else None

    def _fingerprint(self, name: str) -> str | None:
        """What stands there now, if it is a file."""
        path = self.folder / name
        with _clear_errors(self.shown):
            return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None

    def write(self, artefacts: Iterable[Artefact]) -> None:
        """Put finished files in place and into the manifest.

        Everything is written under other names first, so a full disk changes nothing. Then the
        manifest comes, which remembers what each file replaces: killed in between, the folder
        holds old or new files, and both are known.

        Raises:
            ArtefactsChanged: a person changed one of the files while they were made.
            WrongEnvironment: the disk is full or the folder not writable; no part of a file stays.
        """
        artefacts = list(artefacts)
        self.manifest["briefgen"] = __version__
        self.refuse_changed(artefact.name for artefact in artefacts)
        finished = {a.name: {**a.facts, "sha256": a.sha256} for a in artefacts}
        under_way = {
            name: {**entry, "replaces": self._fingerprint(name)} for name, entry in finished.items()
        }
        temporary: list[Path] = []
        try:
            with _clear_errors(self.shown):
                moves = [
                    (self._manifest_with(under_way), MANIFEST),
                    *((artefact.data, artefact.name) for artefact in artefacts),
                    (self._manifest_with(finished), MANIFEST),
                ]
                for data, _ in moves:
                    self._write_temporary(data, temporary)
                for path, (_, name) in zip(temporary, moves, strict=True):
                    self._set_aside(name)
                    path.replace(self.folder / name)
        finally:
            for path in temporary:
                path.unlink(missing_ok=True)
        self.manifest["artefacts"] |= finished

    def _set_aside(self, name: str) -> None:
        """Keep what is left of a file that was cut off: it may have been a person's."""
        path = self.folder / name
        if name != MANIFEST and self.is_damaged(name) and path.read_bytes().strip(b"\0"):
            numbers = (path.with_name(f"{name}.damaged-{number}") for number in count(1))
            path.rename(next(kept for kept in numbers if not kept.exists()))

    def _manifest_with(self, entries: Mapping[str, Any]) -> bytes:
        every = {**self.manifest["artefacts"], **entries}
        manifest = {**self.manifest, "artefacts": dict(sorted(every.items()))}
        return (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()

    def _write_temporary(self, data: bytes, temporary: list[Path]) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=TEMPORARY)
        temporary.append(Path(name))
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(mode_of_new_files())


def _mend(path: Path) -> str:
    """How to go on where a person has changed an artefact."""
    if path.suffix == ".docx":
        return (
            f"see what was edited with `briefgen review {path}`, bring it into the data with "
            "`briefgen merge`, then move the file away"
        )
    return "move or rename the file, or build into another folder with `--out`"


class _clear_errors:  # noqa: N801 - reads as a statement
    """Turns the system's errors about files into a fact and a remedy."""

    def __init__(self, shown: Path) -> None:
        self.shown = shown

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, OSError):
            raise WrongEnvironment(self._explain(error)) from error

    def _explain(self, error: OSError) -> str:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return (
                f"the disk is full: nothing was written to {self.shown}\n"
                "  help: free some space, or build elsewhere with `--out DIR`"
            )
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return (
                f"cannot write to {self.shown}: {error.strerror}\n"
                "  help: change its permissions, or build elsewhere with `--out DIR`"
            )
        return (
            f"cannot write to {self.shown}: {error.strerror}\n"
            "  help: name a folder with `--out DIR`"
        )

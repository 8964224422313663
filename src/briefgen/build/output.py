"""The output folder: whole files only, and never over a person's work."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefgen.build.files import mode_of_new_files
from briefgen.problems import ArtefactsChanged, Place, Problem, WrongEnvironment

MANIFEST = "manifest.json"
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
    def open(cls, folder: Path, shown: Path) -> OutputFolder:
        """The folder, made where it is missing, with its manifest read.

        Raises:
            WrongEnvironment: the folder cannot be made or written to.
        """
        with _clear_errors(shown):
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=folder, prefix=".briefgen-")
            os.close(handle)
            Path(name).unlink()
        output = cls(folder, shown)
        output._read_manifest()
        return output

    def _read_manifest(self) -> None:
        try:
            self.manifest = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            self.manifest["artefacts"] = {
                name: dict(entry) for name, entry in self.manifest["artefacts"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.manifest = {"format": FORMAT, "artefacts": {}}

    def refuse_changed(self, names: Iterable[str]) -> None:
        """Stop before anything is made when a file to be replaced is not as it was built.

        Raises:
            ArtefactsChanged: a person changed one of the files.
        """
        problems = [
            Problem(
                Place((self.shown / name).as_posix()),
                "BG060",
                "the file is not as briefgen built it, so it is not overwritten",
                _mend(self.shown / name),
            )
            for name in names
            if self._is_changed(name)
        ]
        if problems:
            raise ArtefactsChanged(problems)

    def _is_changed(self, name: str) -> bool:
        path = self.folder / name
        if not path.exists():
            return False
        entry = self.manifest["artefacts"].get(name, {})
        known = {entry.get("sha256"), entry.get("replaces")}
        return not path.is_file() or self._fingerprint(name) not in known

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
        program = self.manifest.get("briefgen")
        # Another run may have written since.
        self._read_manifest()
        self.manifest["briefgen"] = program
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
                    path.replace(self.folder / name)
        finally:
            for path in temporary:
                path.unlink(missing_ok=True)
        self.manifest["artefacts"] |= finished

    def _manifest_with(self, entries: Mapping[str, Any]) -> bytes:
        every = {**self.manifest["artefacts"], **entries}
        manifest = {**self.manifest, "artefacts": dict(sorted(every.items()))}
        return (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()

    def _write_temporary(self, data: bytes, temporary: list[Path]) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".briefgen-")
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

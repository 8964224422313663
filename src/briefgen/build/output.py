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
        try:
            output.manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            output.manifest["artefacts"] = dict(output.manifest["artefacts"])
        except (OSError, ValueError, KeyError, TypeError):
            output.manifest = {"format": FORMAT, "artefacts": {}}
        return output

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
                "move or rename the file, or build into another folder with `--out`",
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
        return hashlib.sha256(path.read_bytes()).hexdigest() not in known

    def write(self, artefacts: Iterable[Artefact]) -> None:
        """Put finished files in place and into the manifest.

        The manifest is written first and remembers what each file replaces: killed in between,
        the folder holds old or new files, and both are known.

        Raises:
            WrongEnvironment: the disk is full or the folder not writable; no part of a file stays.
        """
        artefacts = list(artefacts)
        entries = self.manifest["artefacts"]
        for artefact in artefacts:
            old = entries.get(artefact.name, {}).get("sha256")
            entry = {**artefact.facts, "sha256": artefact.sha256}
            if old and old != artefact.sha256:
                entry["replaces"] = old
            entries[artefact.name] = entry
        with _clear_errors(self.shown):
            temporary = [(self._write_temporary(a.data), a.name) for a in artefacts]
            self._write_manifest()
            for path, name in temporary:
                path.replace(self.folder / name)
            for artefact in artefacts:
                entries[artefact.name].pop("replaces", None)
            self._write_manifest()

    def _write_manifest(self) -> None:
        self.manifest["artefacts"] = dict(sorted(self.manifest["artefacts"].items()))
        text = json.dumps(self.manifest, indent=1, ensure_ascii=False) + "\n"
        self._write_temporary(text.encode()).replace(self.folder / MANIFEST)

    def _write_temporary(self, data: bytes) -> Path:
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".briefgen-")
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            path.chmod(0o644)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path


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

"""Write files whole or not at all: a full disk must not cut what a person has written.

Several files of a folder are written all or none, whenever the run is killed. What is to be written
is made ready under other names, then a journal is put in place, which is the moment at which all is
decided; then each file takes its place. A later run finishes what a killed one left: it moves the
rest after that moment, and tidies up before it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no flock: there two runs at once do not take turns
    fcntl = None  # type: ignore[assignment]

from briefgen.build.journal import (
    DRAFT,
    JOURNAL,
    Damaged,
    Entry,
    Journal,
    fingerprint,
    sync_folders,
)
from briefgen.problems import Place, Problem, ProblemsFound, WrongEnvironment

LOCK = ".briefgen-lock"
OPEN_LOCK = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def write_whole(path: Path, data: bytes) -> None:
    """Put the data in the file's place, behind a link where it is one; its rights stay.

    Raises:
        WrongEnvironment: it cannot be written, and the file is as it was.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".briefgen-")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(target.stat().st_mode if target.exists() else mode_of_new_files())
        temporary.replace(target)
        temporary = None
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def unwritable(path: Path, error: OSError) -> WrongEnvironment:
    """What the system's error about a path means, and its remedy."""
    fact = f"cannot write {path}: {error.strerror}; nothing was changed"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return WrongEnvironment(f"{fact}\n  help: change its permissions, or those of its folder")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return WrongEnvironment(f"{fact}\n  help: free some space")
    return WrongEnvironment(fact)


def mode_of_new_files() -> int:
    """The rights that new files get; the system tells its mask only when one is set."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


# --- Several files ------------------------------------------------------------


def write_all(
    folder: Path,
    files: Mapping[Path, bytes],
    expected: Mapping[Path, bytes | None],
    shown: Path | None = None,
) -> None:
    """Write the files, all of which stand in the folder or below it, all of them or none.

    `expected` is what each file held when its new text was made, or None where there was no file;
    `shown` is the folder as messages name it. Two runs at once take turns.

    Raises:
        ProblemsFound: a file is not as expected, so nothing was written.
        WrongEnvironment: they cannot be written; nothing was changed unless the message says so.
    """
    with locked(folder, shown or folder):
        desk = _Desk(folder, shown or folder)
        desk.finish()
        named = {path.relative_to(folder).as_posix(): data for path, data in files.items()}
        was = {path.relative_to(folder).as_posix(): data for path, data in expected.items()}
        journal = desk.journal_of(named, was)
        if journal.entries:
            desk.prepare(journal, named)
            desk.finish()


def finish_writing(folder: Path, shown: Path | None = None) -> None:
    """Finish what a killed `write_all` left in the folder, so that its files fit together.

    Raises:
        ProblemsFound: a person has changed a file since, or the journal is damaged.
        WrongEnvironment: the folder cannot be written to.
    """
    is_decided = os.path.lexists(folder / JOURNAL)
    if not is_decided and not os.path.lexists(folder / DRAFT):
        return
    try:
        with locked(folder, shown or folder):
            _Desk(folder, shown or folder).finish()
    except WrongEnvironment:
        if is_decided:
            raise
        # Nothing was decided: the files are the old ones, and what lies about does no harm.


@contextmanager
def locked(folder: Path, shown: Path) -> Iterator[None]:
    """Wait until no other run writes to the folder; the lock of a dead one is gone with it."""
    path = folder / LOCK
    try:
        handle = _openlocked(path)
    except OSError as error:
        is_decided = os.path.lexists(folder / JOURNAL)
        raise (_cannot_finish if is_decided else unwritable)(shown, error) from error
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _openlocked(path: Path) -> int:
    while True:
        handle = os.open(path, OPEN_LOCK, 0o666)
        try:
            if fcntl:
                fcntl.flock(handle, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.stat()):
                    return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # the run before has removed it


@dataclass(frozen=True)
class _Desk:
    """A folder in which files are written."""

    folder: Path
    shown: Path

    def path(self, name: str) -> Path:
        """Where a file stands, behind links that stay in the folder.

        Raises:
            WrongEnvironment: a link leads out of it.
        """
        path = Path(os.path.realpath(self.folder / name))
        if not path.is_relative_to(os.path.realpath(self.folder)):
            raise WrongEnvironment(
                f"{self.shown / name} is a link out of {self.shown}, and is not written to\n"
                "  help: put the file itself there"
            )
        return path

    def prepared(self, entry: Entry) -> Path:
        """The file that is to take the place of the entry's."""
        return self.path(entry.name).with_name(Path(entry.prepared).name)

    def journal_of(
        self, files: Mapping[str, bytes], expected: Mapping[str, bytes | None]
    ) -> Journal:
        """What is to be written.

        Raises:
            ProblemsFound: a file is not as expected.
        """
        entries: list[Entry] = []
        problems: list[Problem] = []
        for name, data in sorted(files.items()):
            was = expected[name]
            old = None if was is None else hashlib.sha256(was).hexdigest()
            if self._now(name) != old:
                problems.append(self._changed(name))
            elif was != data:
                entries.append(Entry(name, old, hashlib.sha256(data).hexdigest()))
        if problems:
            raise ProblemsFound(problems)
        return Journal(tuple(entries), tuple(self._missing_folders(entries)))

    def _now(self, name: str) -> str | None:
        try:
            return fingerprint(self.path(name))
        except OSError:
            return "unreadable"

    def _changed(self, name: str) -> Problem:
        return Problem(
            Place((self.shown / name).as_posix()),
            "BG061",
            "the file was changed while its new text was made, so nothing was written",
            "run the command again",
        )

    def _missing_folders(self, entries: Sequence[Entry]) -> Iterator[str]:
        """Folders that have to be made, the outer ones first."""
        parents = {parent for entry in entries for parent in Path(entry.name).parents}
        yield from (p.as_posix() for p in sorted(parents) if not (self.folder / p).is_dir())

    def prepare(self, journal: Journal, files: Mapping[str, bytes]) -> None:
        """Make everything ready, and decide.

        Raises:
            WrongEnvironment: it cannot be written, and all is as it was.
        """
        draft = self.folder / DRAFT
        try:
            _write_safely(draft, journal.text(), mode_of_new_files())
            sync_folders([self.folder])
            for name in journal.folders:
                (self.folder / name).mkdir()
            for entry in journal.entries:
                target, prepared = self.path(entry.name), self.prepared(entry)
                mode = target.stat().st_mode & 0o7777 if entry.old else mode_of_new_files()
                _write_safely(prepared, files[entry.name], mode)
            sync_folders([self.folder, *(self.prepared(e).parent for e in journal.entries)])
            draft.replace(self.folder / JOURNAL)
        except BaseException as error:
            with suppress(OSError):
                self._tidy(journal)
            if isinstance(error, OSError):
                raise unwritable(self.shown, error) from error
            raise

    def _tidy(self, journal: Journal) -> None:
        """Remove what was made ready and is not wanted."""
        for entry in journal.entries:
            self.prepared(entry).unlink(missing_ok=True)
        for name in reversed(journal.folders):
            with suppress(OSError):  # somebody has put something there
                (self.folder / name).rmdir()
        (self.folder / DRAFT).unlink(missing_ok=True)

    def finish(self) -> None:
        """Put the files of a journal in their places, or tidy up after one that never was.

        Raises:
            ProblemsFound: a person has changed a file since, or the journal is damaged.
            WrongEnvironment: the folder cannot be written to.
        """
        try:
            if os.path.lexists(self.folder / JOURNAL):
                self._move(self._read())
            elif os.path.lexists(self.folder / DRAFT):
                try:
                    journal = Journal.read(self.folder / DRAFT)
                except Damaged:  # killed while it was written, and nothing came after
                    journal = Journal((), ())
                self._tidy(journal)
        except OSError as error:
            raise _cannot_finish(self.shown, error) from error

    def _read(self) -> Journal:
        try:
            return Journal.read(self.folder / JOURNAL)
        except Damaged as error:
            problem = Problem(
                Place((self.shown / JOURNAL).as_posix()),
                "BG062",
                "a run was killed while it wrote, and its journal is damaged",
                f"compare the files of {self.shown} with your last commit, then delete {JOURNAL}",
            )
            raise ProblemsFound([problem]) from error

    def _move(self, journal: Journal) -> None:
        """Put the files that are ready in their places, if nobody has changed one since."""
        waiting = [entry for entry in journal.entries if os.path.lexists(self.prepared(entry))]
        if problems := [p for entry in waiting if (p := self._obstacle(entry))]:
            raise ProblemsFound(problems)
        sync_folders([self.folder])  # a power cut must not lose the journal and keep what follows
        for entry in waiting:
            self.prepared(entry).replace(self.path(entry.name))
        sync_folders([self.path(entry.name).parent for entry in journal.entries])
        (self.folder / JOURNAL).unlink()
        sync_folders([self.folder])

    def _obstacle(self, entry: Entry) -> Problem | None:
        """Why a file that is ready cannot take its place."""
        now, prepared = self._now(entry.name), self.shown / entry.prepared
        if fingerprint(self.prepared(entry)) != entry.new:
            what = "a run was killed while it wrote, and the text that it had ready is damaged"
            mend = f"compare {prepared} with your last commit, then delete it"
            return Problem(Place((self.shown / entry.name).as_posix()), "BG062", what, mend)
        if now in (entry.old, entry.new):
            return None
        what = "a run was killed while it wrote, and this file has been changed since"
        mend = f"take over what you need from {prepared}, delete that file and run again"
        return Problem(Place((self.shown / entry.name).as_posix()), "BG061", what, mend)


def _cannot_finish(folder: Path, error: OSError) -> WrongEnvironment:
    return WrongEnvironment(
        f"the files of {folder} are written in part, and the rest cannot be written: "
        f"{error.strerror}\n  help: make the folder writable and run again: the rest follows"
    )


def _write_safely(path: Path, data: bytes, mode: int) -> None:
    """Write a new file that outlasts a power cut."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())

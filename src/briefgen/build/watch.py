"""Watch: what is made is made again whenever what it is made from changes.

What wakes the watch does not matter, nor how a program saves: hashes of files decide whether
anything has changed. So neither a file that is saved as it was nor what a round itself writes
starts another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

from briefgen.build.inputs import paths_in
from briefgen.build.runs import Finished
from briefgen.dossier.load import is_leaving
from briefgen.problems import ArtefactsChanged, BriefgenError, WrongEnvironment, WrongUsage

QUIET = 50
"""Milliseconds without another save after which several count as one."""
GLANCE = 500
"""Milliseconds between two looks at what the system does not report."""


@dataclass
class Watched:
    """What a watch looks at."""

    folder: Path
    """The project's, absolute."""
    out: Path
    """The output folder, which may lie in one that is watched."""
    files: tuple[Path, ...] = ()
    """Files elsewhere that documents are made from."""
    edited: tuple[Path, ...] = ()
    """Artefacts that a person changed: once they are out of the way, the rest can be made."""

    @property
    def folders(self) -> tuple[Path, Path]:
        """Those that hold what documents are made from; either may be missing."""
        return self.folder / "data", self.folder / "templates"

    def hashes(self) -> dict[str, str]:
        """The hash of each file that documents are made from, by its name in messages."""
        out = self.out.resolve()
        inside = {
            path.relative_to(self.folder).as_posix(): path
            for folder in self.folders
            for path in paths_in(folder)
            if not is_leaving(path.name) and out not in path.resolve().parents
        }
        return _hashes(inside) | _hashes_of(self.files)

    def wait_for(self, done: Round) -> dict[str, str]:
        """Watch the artefacts that stood in the way of a round, too; gives their hashes."""
        problems = done.failure.problems if isinstance(done.failure, ArtefactsChanged) else ()
        self.edited = tuple(Path(problem.where.file) for problem in problems)
        return _hashes_of(self.edited)

    def marks(self) -> list[tuple[int, ...]]:
        """What changes when a folder comes, goes or is replaced, or a single file is written to."""
        folders = (_mark(path)[:2] for path in (self.folder, *self.folders))
        return [*folders, *map(_mark, (*self.files, *self.edited))]


@dataclass(frozen=True)
class Round:
    """What came of making everything once."""

    changed: tuple[str, ...] = ()
    """Files that were saved, added or removed before; none in the first round."""
    finished: Finished | None = None
    failure: BriefgenError | None = None
    """What kept something from being made."""


Make = Callable[[Sequence[str]], Finished]
"""Makes what is not there as it would be made; told the files that have changed."""


def rounds(watched: Watched, wakes: Iterable[object], make: Make) -> Iterator[Round]:
    """A round at once, then one after each of the `wakes` before which something had changed.

    What fails for want of something on the machine is tried again at each of them.

    Raises:
        WrongUsage: the folder of the project was removed.
    """
    there = watched.hashes()
    done = _round((), make)
    seen = there | watched.wait_for(done)
    yield done
    for _ in wakes:
        if not watched.folder.is_dir():
            raise WrongUsage(f"the folder {watched.folder} is gone")
        there = watched.hashes()
        changed = _differing(seen, there | _hashes_of(watched.edited))
        if changed or isinstance(done.failure, WrongEnvironment):
            done = _round(changed, make)
            seen = there | watched.wait_for(done)
            yield done


def saves(watched: Watched) -> Iterator[None]:
    """Something each time when files may have been saved, endlessly.

    Also at first and whenever a folder has come or gone, for what happened before the system was
    asked to report.

    Raises:
        WrongEnvironment: the system cannot watch the folders.
    """
    while True:
        folders = {folder: _mark(folder)[:2] for folder in watched.folders if folder.is_dir()}
        seen = None
        for is_reported in _reports([*folders]):
            marks = watched.marks()
            if is_reported or marks != seen:
                yield
            seen = marks
            if folders != {f: _mark(f)[:2] for f in watched.folders if f.is_dir()}:
                break


def _reports(folders: Sequence[Path]) -> Iterator[bool]:
    """Whether the system has reported a change, each time it has and every so often."""
    try:
        for changes in watch(
            *folders, watch_filter=None, step=QUIET, rust_timeout=GLANCE, yield_on_timeout=True
        ):
            yield bool(changes)
    except FileNotFoundError:
        return  # a folder went away just now
    except (OSError, RuntimeError) as error:
        raise WrongEnvironment(
            f"the system cannot watch the folders: {error}\n"
            "  help: let it watch more files, or set WATCHFILES_FORCE_POLLING=1"
        ) from error


def _round(changed: tuple[str, ...], make: Make) -> Round:
    try:
        return Round(changed, make(changed))
    except BriefgenError as failure:
        return Round(changed, failure=failure)
    except OSError as error:
        return Round(changed, failure=_unreadable(error))


def _unreadable(error: OSError) -> WrongEnvironment:
    return WrongEnvironment(
        f"cannot read {error.filename}: {error.strerror}\n  help: change its permissions"
    )


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    names = sorted(old.keys() | new.keys())
    return tuple(name for name in names if old.get(name) != new.get(name))


def _hashes_of(files: Iterable[Path]) -> dict[str, str]:
    return _hashes({path.as_posix(): path for path in files})


def _hashes(files: Mapping[str, Path]) -> dict[str, str]:
    """The hash of each file; one that cannot be read now is as good as not there."""
    found = {}
    for name, path in files.items():
        with suppress(OSError):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _mark(path: Path) -> tuple[int, ...]:
    """What tells a file or folder from another one at its place, and from itself later on."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

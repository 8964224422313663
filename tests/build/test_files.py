"""Several files at once: whenever the run is killed, the folder is the old or the new one."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import pytest

from briefgen.build.files import LOCK, finish_writing, write_all
from briefgen.build.inputs import data_digest
from briefgen.build.journal import DRAFT, JOURNAL
from briefgen.build.project import load_project
from briefgen.problems import ProblemsFound, WrongEnvironment
from briefgen.trace.project import read_project

Content = TypeVar("Content", bytes, bytes | None)
AREAS, INDIA, REVIEW = Path("areas.yaml"), Path("editions/india.yaml"), Path("reviews/a.yaml")
OLD = {AREAS: b"old areas\n", INDIA: b"old india\n", REVIEW: None}
NEW = {AREAS: b"new areas\n", INDIA: b"new india\n", REVIEW: b"a review\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, data in OLD.items():
        if data:
            (tmp_path / "d" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "d" / path).write_bytes(data)
    (tmp_path / "d" / "notes").write_bytes(b"none of ours")
    return tmp_path / "d"


def state(folder: Path) -> dict[Path, bytes | None]:
    return {
        path: (folder / path).read_bytes() if (folder / path).exists() else None for path in OLD
    }


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.name.startswith(".") and p.name != LOCK)


def inside(folder: Path, files: Mapping[Path, Content]) -> dict[Path, Content]:
    return {folder / path: data for path, data in files.items()}


def write(folder: Path) -> None:
    write_all(folder, inside(folder, NEW), inside(folder, OLD), Path("data/d"))


def test_all_files_are_written_and_nothing_else_is_left(folder: Path) -> None:
    (folder / AREAS).chmod(0o640)

    write(folder)

    assert state(folder) == NEW
    assert (folder / AREAS).stat().st_mode & 0o777 == 0o640
    everything = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert everything == {"notes", *map(Path.as_posix, NEW)}


def test_a_file_changed_while_its_text_was_made_is_not_overwritten(folder: Path) -> None:
    (folder / INDIA).write_bytes(b"mine")
    (folder / REVIEW).parent.mkdir()
    (folder / REVIEW).write_bytes(b"mine, too")

    with pytest.raises(ProblemsFound) as found:
        write(folder)

    assert str(found.value) == (
        "data/d/editions/india.yaml:1:1: error[BG061]: the file was changed while its new text was "
        "made, so nothing was written\n  help: run the command again\n"
        "data/d/reviews/a.yaml:1:1: error[BG061]: the file was changed while its new text was "
        "made, so nothing was written\n  help: run the command again"
    )
    assert state(folder) == {AREAS: OLD[AREAS], INDIA: b"mine", REVIEW: b"mine, too"}
    assert leftovers(folder) == []


# --- Killed -------------------------------------------------------------------

STEPS = ("open", "replace", "rename", "unlink", "mkdir", "rmdir", "fsync", "fchmod", "write")
PAIRS = [[(path.as_posix(), data) for path, data in files.items()] for files in (NEW, OLD)]
KILLED = f"""
import os, signal, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
from briefgen.build.files import write_all
NEW, OLD = ({{Path(name): data for name, data in pairs}} for pairs in {PAIRS!r})
at, folder, count = int(sys.argv[1]), Path(sys.argv[2]), 0
def counted(real):
    def call(*args, **more):
        global count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    return call
for step in {STEPS!r}:
    setattr(os, step, counted(getattr(os, step)))
write_all(folder, *({{folder / path: files[path] for path in files}} for files in (NEW, OLD)))
print(count)
"""


def run_killed(at: int, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(at), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_killed_at_any_step_the_folder_is_the_old_or_the_new_one(folder: Path) -> None:
    seen = []
    for at in range(1, 100):
        _reset(folder)
        result = run_killed(at, folder)
        if result.returncode == 0:
            break
        assert result.returncode == -9, result.stderr
        finish_writing(folder)
        assert state(folder) in (OLD, NEW)
        seen.append(state(folder) == NEW)
        assert leftovers(folder) == []
        assert (folder / "reviews").exists() == seen[-1]
        write_all(folder, inside(folder, NEW), inside(folder, state(folder)))
        assert state(folder) == NEW
    assert len(seen) > 20
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


def _reset(folder: Path) -> None:
    for path, data in OLD.items():
        if data:
            (folder / path).write_bytes(data)
        else:
            (folder / path).unlink(missing_ok=True)
            if (folder / path).parent.is_dir():
                (folder / path).parent.rmdir()


# --- No room, no rights -------------------------------------------------------


def failing(at: int, real: Callable[..., object], code: int) -> Callable[..., object]:
    calls = 0

    def call(*args: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(code, os.strerror(code))
        return real(*args, **more)

    return call


def failures() -> Iterator[tuple[str, int]]:
    for step, most in (("fsync", 9), ("replace", 4), ("mkdir", 1), ("open", 9), ("fchmod", 4)):
        yield from ((step, at) for at in range(1, most + 1))


@pytest.mark.parametrize(("step", "at"), [*failures()])
def test_on_a_full_disk_the_folder_is_the_old_or_the_new_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, at: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, step, failing(at, getattr(os, step), errno.ENOSPC))
        told = ""
        try:
            write(folder)
        except WrongEnvironment as error:
            told = str(error)
        if "nothing was changed" in told:
            assert state(folder) == OLD
            assert leftovers(folder) == []
            assert not (folder / "reviews").exists()
        elif told:
            assert "written in part" in told
            assert (folder / JOURNAL).exists()
    finish_writing(folder)
    assert state(folder) == (OLD if "nothing was changed" in told else NEW)
    assert leftovers(folder) == []


# --- What a person did meanwhile ----------------------------------------------


@pytest.fixture
def killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a run ended after the first of three files took its place."""
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing(3, os.replace, errno.EIO))
        with pytest.raises(WrongEnvironment, match="written in part"):
            write(folder)
    assert state(folder) == {**OLD, AREAS: NEW[AREAS]}
    return folder


def test_what_a_person_changed_since_is_not_overwritten(killed: Path) -> None:
    (killed / INDIA).write_bytes(b"mine")

    with pytest.raises(ProblemsFound) as found:
        finish_writing(killed, Path("data/d"))

    assert str(found.value) == (
        "data/d/editions/india.yaml:1:1: error[BG061]: a run was killed while it wrote, and this "
        "file has been changed since\n  help: take over what you need from "
        "data/d/editions/.briefgen-india.yaml.new, delete that file and run again"
    )
    assert state(killed) == {AREAS: NEW[AREAS], INDIA: b"mine", REVIEW: None}
    (killed / "editions" / ".briefgen-india.yaml.new").unlink()
    finish_writing(killed)
    assert state(killed) == {**NEW, INDIA: b"mine"}
    assert leftovers(killed) == []


def test_a_file_that_already_took_its_place_may_be_changed_again(killed: Path) -> None:
    (killed / AREAS).write_bytes(b"mine")

    finish_writing(killed)

    assert state(killed) == {**NEW, AREAS: b"mine"}


def test_a_text_that_is_not_as_it_was_made_ready_is_not_used(killed: Path) -> None:
    (killed / "editions" / ".briefgen-india.yaml.new").write_bytes(b"cut")

    with pytest.raises(ProblemsFound, match=r"india\.yaml:1:1: error\[BG062\]"):
        finish_writing(killed)
    assert state(killed)[INDIA] == OLD[INDIA]


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "{}", '{"format": 2, "files": [], "folders": []}'),
        '{"format": 1, "files": [1], "folders": []}',
        '{"format": 1, "files": [{"name": "a"}], "folders": []}',
        "[" * 100_000,
        *(
            json.dumps(
                {"format": 1, "files": [{"name": n, "old": o, "new": "0" * 64}], "folders": f}
            )
            for n, o, f in (
                ("../x", None, []),
                ("/etc/x", None, []),
                ("", None, []),
                ("a", "1", []),
                ("a", None, [".."]),
                (1, None, []),
            )
        ),
    ],
)
def test_a_damaged_or_hostile_journal_moves_nothing(folder: Path, text: str) -> None:
    (folder / JOURNAL).write_text(text)
    (folder / ".briefgen-areas.yaml.new").write_bytes(b"hostile")
    (folder.parent / ".briefgen-x.new").write_bytes(b"hostile")

    with pytest.raises(ProblemsFound, match=r"\.briefgen-journal\.json:1:1: error\[BG062\]"):
        finish_writing(folder)

    assert state(folder) == OLD
    assert not (folder.parent / "x").exists()


def test_a_hostile_draft_removes_nothing_outside(folder: Path) -> None:
    outside = folder.parent / ".briefgen-x.new"
    outside.write_bytes(b"mine")
    files = [{"name": "../x", "old": None, "new": "0" * 64}]
    (folder / DRAFT).write_text(json.dumps({"format": 1, "files": files, "folders": ["../d"]}))

    finish_writing(folder)

    assert outside.read_bytes() == b"mine"
    assert state(folder) == OLD


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    outside = folder.parent / "outside.yaml"
    outside.write_bytes(b"old areas\n")
    (folder / AREAS).unlink()
    (folder / AREAS).symlink_to(outside)

    with pytest.raises(WrongEnvironment, match="is a link out of"):
        write(folder)
    assert outside.read_bytes() == b"old areas\n"
    assert state(folder) == OLD


def test_a_link_in_the_folder_is_written_through(folder: Path) -> None:
    (folder / AREAS).rename(folder / "real.yaml")
    (folder / AREAS).symlink_to("real.yaml")

    write(folder)

    assert (folder / AREAS).is_symlink()
    assert (folder / "real.yaml").read_bytes() == NEW[AREAS]


# --- A folder that cannot be written to ---------------------------------------


def denied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can open a file for writing; the tests may run as root, who always can."""
    real = os.open

    def refuse(path: Path, flags: int, *rest: int) -> int:
        if flags & (os.O_CREAT | os.O_RDWR | os.O_WRONLY):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)


def test_what_cannot_be_finished_is_said(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    denied(monkeypatch)

    with pytest.raises(WrongEnvironment) as found:
        finish_writing(killed)

    assert found.value.exit_code == 3
    assert str(found.value).endswith(
        "are written in part, and the rest cannot be written: Read-only file system\n"
        "  help: make the folder writable and run again: the rest follows"
    )


def test_what_was_never_decided_hinders_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / DRAFT).write_text("{")
    denied(monkeypatch)

    finish_writing(folder)

    assert state(folder) == OLD


# --- Two at once --------------------------------------------------------------


def test_a_second_run_waits_for_the_first(folder: Path) -> None:
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(target=write, args=(folder,))
        second.start()
        second.join(0.2)
        assert second.is_alive()
        assert state(folder) == OLD
    second.join(30)
    assert state(folder) == NEW


def test_the_lock_of_a_dead_run_blocks_nobody(folder: Path) -> None:
    (folder / LOCK).write_text("")

    write(folder)

    assert state(folder) == NEW


def test_of_many_runs_at_once_one_writes_and_the_others_are_told(folder: Path) -> None:
    told: list[str] = []

    def run(number: int) -> None:
        try:
            write_all(folder, {folder / AREAS: b"%d" % number}, {folder / AREAS: OLD[AREAS]})
        except ProblemsFound as found:
            told.append(found.problems[0].code)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == ["BG061"] * 7
    assert leftovers(folder) == []
    assert not (folder / LOCK).exists()


# --- Where data are loaded ----------------------------------------------------


def unfinished(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, bytes, bytes]:
    """A dossier of which a run has written one of two files: the other, its old and new text."""
    paths = [Path("areas.yaml"), Path("claims.yaml")]
    old = {path: (dossier / path).read_bytes() for path in paths}
    new = {path: data + b"# new\n" for path, data in old.items()}
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing(3, os.replace, errno.EIO))
        with pytest.raises(WrongEnvironment):
            write_all(dossier, inside(dossier, new), inside(dossier, old))
    assert (dossier / paths[1]).read_bytes() == old[paths[1]]
    return dossier / paths[1], old[paths[1]], new[paths[1]]


def test_loading_a_project_finishes_what_was_begun(
    bus_lanes: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _, new = unfinished(dossier, monkeypatch)

    assert load_project(bus_lanes).problems == []
    assert path.read_bytes() == new


def test_tracing_finishes_what_was_begun(
    bus_lanes: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _, new = unfinished(dossier, monkeypatch)

    assert read_project(bus_lanes, "bus-lanes")
    assert path.read_bytes() == new


def test_a_project_whose_files_do_not_fit_together_has_problems(
    bus_lanes: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, old, _ = unfinished(dossier, monkeypatch)
    path.write_bytes(old + b"# mine\n")

    (problem,) = load_project(bus_lanes).problems

    assert (problem.code, problem.where.file) == ("BG061", "data/bus-lanes/claims.yaml")
    assert path.read_bytes() == old + b"# mine\n"


def test_what_lies_about_makes_no_document_stale(dossier: Path) -> None:
    before = data_digest(dossier)
    (dossier / LOCK).write_text("")
    (dossier / "reviews").mkdir()
    (dossier / "reviews" / "a.yaml").write_text("")

    assert data_digest(dossier) == before

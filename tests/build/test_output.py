"""The output folder: whole files only, never over a person's work, calm when it cannot write."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from briefgen.build.output import Artefact, OutputFolder
from briefgen.problems import ArtefactsChanged, WrongEnvironment

OUT = Path("out")


def artefact(name: str, text: str) -> Artefact:
    return Artefact(name, text.encode(), {"edition": name.split(".", maxsplit=1)[0]})


def opened(folder: Path) -> AbstractContextManager[OutputFolder]:
    return OutputFolder.open(folder, OUT)


def write(folder: Path, **texts: str) -> None:
    with opened(folder) as output:
        output.write(artefact(f"{name}.html", text) for name, text in texts.items())


def files(folder: Path) -> dict[str, str]:
    """The artefacts by name, and whatever else lies there, but for the manifest."""
    return {
        path.name: path.read_text("utf-8")
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json"
    }


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def refusal(folder: Path, name: str) -> str:
    with opened(folder) as output, pytest.raises(ArtefactsChanged) as found:
        output.refuse_changed([name])
    assert found.value.exit_code == 5
    return str(found.value)


CHANGED = (
    "out/a.html: error[BG060]: the file is not as briefgen built it, so it is not overwritten\n"
    "  help: move or rename the file, or build into another folder with `--out`"
)


# --- Writing ------------------------------------------------------------------


def test_files_and_manifest_are_written(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "out", b="two", a="one")

    assert files(tmp_path / "deep" / "out") == {"a.html": "one", "b.html": "two"}
    assert manifest(tmp_path / "deep" / "out")["artefacts"] == {
        "a.html": {"edition": "a", "sha256": sha256("one")},
        "b.html": {"edition": "b", "sha256": sha256("two")},
    }


def test_what_other_runs_built_stays_in_the_manifest(tmp_path: Path) -> None:
    write(tmp_path, a="one")
    write(tmp_path, b="two")

    assert list(manifest(tmp_path)["artefacts"]) == ["a.html", "b.html"]


def test_our_own_files_are_overwritten(tmp_path: Path) -> None:
    write(tmp_path, a="one")
    write(tmp_path, a="other")

    assert files(tmp_path) == {"a.html": "other"}
    assert "replaces" not in manifest(tmp_path)["artefacts"]["a.html"]


def test_files_get_the_rights_that_the_person_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path, a="one")
    finally:
        os.umask(before)

    assert oct((tmp_path / "a.html").stat().st_mode & 0o777) == oct(0o640)


# --- Work of people -----------------------------------------------------------


def test_a_changed_file_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, a="one")
    (tmp_path / "a.html").write_text("one, edited", "utf-8")

    assert refusal(tmp_path, "a.html") == CHANGED
    with pytest.raises(ArtefactsChanged):
        write(tmp_path, a="two", b="new")
    assert files(tmp_path) == {"a.html": "one, edited"}


def test_a_file_of_unknown_origin_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, a="one")
    (tmp_path / "manifest.json").unlink()

    assert refusal(tmp_path, "a.html") == CHANGED


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"artefacts": 1}', '{"artefacts": {"a.html": "x"}}', '"x"', "\x00"],
)
def test_a_broken_manifest_counts_as_none(tmp_path: Path, text: str) -> None:
    write(tmp_path, a="one")
    (tmp_path / "manifest.json").write_text(text, "utf-8")

    assert refusal(tmp_path, "a.html") == CHANGED
    write(tmp_path, b="two")
    assert list(manifest(tmp_path)["artefacts"]) == ["b.html"]


def test_a_folder_in_a_files_place_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "a.html").mkdir()

    assert refusal(tmp_path, "a.html") == CHANGED


def test_a_removed_file_is_built_again(tmp_path: Path) -> None:
    write(tmp_path, a="one")
    (tmp_path / "a.html").unlink()

    write(tmp_path, a="two")

    assert files(tmp_path) == {"a.html": "two"}


def test_a_file_that_is_changed_while_documents_are_made_is_not_overwritten(
    tmp_path: Path,
) -> None:
    write(tmp_path, a="one")
    with opened(tmp_path) as output:
        output.refuse_changed(["a.html"])
        (tmp_path / "a.html").write_text("one, edited", "utf-8")

        with pytest.raises(ArtefactsChanged):
            output.write([artefact("a.html", "two")])

    assert files(tmp_path) == {"a.html": "one, edited"}


# --- Killed in between --------------------------------------------------------


class Killed(BaseException):
    """Stands for the end of the process between two steps."""


def kill_at(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """End the process before the move number `count`, from 1."""
    moves = 0
    move = Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves == count:
            raise Killed
        return move(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("second", [1, 2, 3, 4])
@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_whenever_runs_are_killed_files_are_whole_and_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, second: int
) -> None:
    write(tmp_path, a="one", b="one")
    for round_, count in (("two", first), ("three", second)):
        with monkeypatch.context() as patch:
            kill_at(patch, count)
            with pytest.raises(Killed):
                write(tmp_path, a=round_, b=round_)
        assert set(files(tmp_path)) == {"a.html", "b.html"}
        assert set(files(tmp_path).values()) <= {"one", "two", "three"}

    write(tmp_path, a="four", b="four")

    assert files(tmp_path) == {"a.html": "four", "b.html": "four"}


# --- Nowhere to write ---------------------------------------------------------


def failing(number: int, *, after: int = 0) -> Callable[..., Any]:
    calls = 0
    open_file = os.fdopen

    def fdopen(handle: int, mode: str) -> Any:
        nonlocal calls
        calls += 1
        file = open_file(handle, mode)
        if calls > after:
            file.close()
            raise OSError(number, os.strerror(number))
        return file

    return fdopen


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_full_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    write(tmp_path, a="one", b="one")
    before = files(tmp_path), manifest(tmp_path)
    with opened(tmp_path) as output:
        monkeypatch.setattr(os, "fdopen", failing(errno.ENOSPC, after=after))

        with pytest.raises(WrongEnvironment) as found:
            output.write([artefact("a.html", "two"), artefact("b.html", "two")])

    assert str(found.value) == (
        "the disk is full: nothing was written to out\n"
        "  help: free some space, or build elsewhere with `--out DIR`"
    )
    assert found.value.exit_code == 3
    assert (files(tmp_path), manifest(tmp_path)) == before


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EACCES, "Permission denied"), (errno.EROFS, "Read-only file system")],
)
def test_a_folder_that_may_not_be_written_to_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def mkstemp(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", mkstemp)

    with pytest.raises(WrongEnvironment) as found, opened(tmp_path):
        pass

    assert str(found.value) == (
        f"cannot write to out: {reason}\n"
        "  help: change its permissions, or build elsewhere with `--out DIR`"
    )


@pytest.mark.parametrize(("below", "reason"), [("", "File exists"), ("deeper", "Not a directory")])
def test_a_file_in_the_folders_place_is_reported(tmp_path: Path, below: str, reason: str) -> None:
    (tmp_path / "file").write_text("x", "utf-8")

    with pytest.raises(WrongEnvironment) as found, opened(tmp_path / "file" / below):
        pass

    assert str(found.value) == (
        f"cannot write to out: {reason}\n  help: name a folder with `--out DIR`"
    )
    assert (tmp_path / "file").read_text("utf-8") == "x"

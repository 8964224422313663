"""A new dossier: small, complete and commented, so that it builds at once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from briefgen.build.files import unwritable, write_whole
from briefgen.build.loaded import LoadedDossier
from briefgen.build.modeline import modeline_in
from briefgen.build.naming import as_title, check_name
from briefgen.build.project import Project, write_locks
from briefgen.build.starter import read_starter, render_starter, starter_files
from briefgen.dossier.load import read_dossier
from briefgen.problems import WrongUsage


def new_dossier(project: Path, name: str, texts: Path, issued: str) -> list[Path]:
    """Write the dossier into `data/` of the project and its sample texts into `texts`.

    Gives the files written. Both folders are made where they are missing; nothing that is there
    is changed, and where one file cannot be written, none is.

    Raises:
        WrongUsage: the name cannot be one, or something of this name is there.
        WrongEnvironment: a folder cannot be written to.
    """
    check_name("dossier", name)
    target = project / "data" / name
    if os.path.lexists(target):
        raise WrongUsage(
            f"{target} is there already\n  help: choose another name, move the folder away, or add "
            f"to the dossier with `briefgen new edition NAME --dossier {name}`"
        )
    samples = _samples(name)
    missing = [file for file in samples if _is_missing(texts / file, samples[file])]
    with _undone_on_failure(target) as made:
        _make_folder(target.parent, made)
        _make_folder(texts, made)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".briefgen-") as temporary:
            whole = Path(temporary, name)
            _write_dossier(whole, target, project, samples, issued)
            for file in missing:
                made.append(texts / file)
                write_whole(texts / file, samples[file])
            whole.rename(target)
    written = sorted(path for path in target.rglob("*") if path.is_file())
    return [*written, *(texts / file for file in missing)]


def _samples(name: str) -> dict[str, bytes]:
    """The sample texts under names of their own: all dossiers of a project may share a folder."""
    return {f"{name}-{file}": read_starter(f"sources/{file}") for file in starter_files("sources")}


def _is_missing(path: Path, sample: bytes) -> bool:
    """Whether the sample text must be written; one that a broken-off run left behind serves.

    Raises:
        WrongUsage: a file or folder of this name is something else.
    """
    if not os.path.lexists(path):
        return True
    if path.is_file() and path.read_bytes() == sample:
        return False
    raise WrongUsage(
        f"{path} is there already\n  help: choose another name, or another folder for the sample "
        "texts with --sources"
    )


def _write_dossier(
    folder: Path, target: Path, project: Path, samples: Mapping[str, bytes], issued: str
) -> None:
    """Write the dossier that is to become `target` into `folder`, with its lock."""
    name = target.name
    prints = {
        file.removeprefix(f"{name}-").removesuffix(".txt"): hashlib.sha256(data).hexdigest()
        for file, data in samples.items()
    }
    values = {"name": name, "title": as_title(name), "issued": issued, "sha256": prints}
    for file in starter_files("dossier"):
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = Path(file).parts[0].removesuffix(".yaml")
        line = modeline_in(project, kind, target / file)
        path.write_text(line + render_starter(f"dossier/{file}", **values), encoding="utf-8")
    texts = folder.parent / ".texts"
    texts.mkdir()
    for file, data in samples.items():
        (texts / file).write_bytes(data)
    loaded = LoadedDossier(folder, folder, read_dossier(folder, folder))
    list(write_locks(Project(project, {name: loaded}), texts))


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make the folder and those above it, noting each that was not there."""
    if not folder.is_dir():
        _make_folder(folder.parent, made)
        folder.mkdir()
        made.append(folder)


@contextmanager
def _undone_on_failure(target: Path) -> Iterator[list[Path]]:
    """A list of what the block has made, to be removed again where the block breaks off."""
    made: list[Path] = []
    try:
        yield made
    except BaseException as error:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            failed = Path(error.filename) if isinstance(error.filename, str) else target
            raise unwritable(_beside(failed, target), error) from error
        raise


def _beside(failed: Path, target: Path) -> Path:
    """What a person can do something about: not our temporary folder, but the one it lies in."""
    return target if any(part.startswith(".briefgen-") for part in failed.parts) else failed

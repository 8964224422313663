"""What artefacts are made from, as hashes: data, layouts, the program, what it stands on.

Hashes alone decide what is stale, never the times of files. Nothing here parses anything, so that a
build without a change is over in a moment.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from briefgen import __version__
from briefgen.build.journal import PREFIX
from briefgen.resources import shipped

LEFT_OUT = ("__pycache__", "reviews")
"""Folders that change no document: what is to be settled, and what Python keeps for itself."""
PACKAGES = (".dist-info", ".egg-info")
LIBRARIES = ("libpango", "libharfbuzz", "libfreetype", "libfribidi")
"""Shared libraries that set text; the names of their files give their versions."""
LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")


def data_digest(dossier: Path) -> str:
    """One hash over the files of a dossier, by name and content, but for its reviews."""
    return digest_of(_files_of(dossier))


def layouts_digest(folders: Iterable[Path]) -> str:
    """One hash over the files of the folders of a layout, or of several; any may be missing."""
    return digest_of(pair for folder in folders for pair in _files_of(folder))


@cache
def program_digest() -> str:
    """One hash over the program and what it stands on.

    Its files, those that ship with it, the version of Python, the names and versions of the
    packages that lie beside it, fonts and engines among them, and of the libraries that set text.
    """
    package = Path(__file__).parents[1]
    own = (*_files_of(package), *_files_of(shipped("templates")))
    told = (__version__, sys.version, sys.platform, *sorted(_packages()), *sorted(_libraries()))
    return digest_of([*own, ("", "\n".join(told).encode())])


def inputs_digest(project: Path) -> str:
    """One hash over all that a build of this project reads, whatever it makes."""
    data = project / "data"
    own = [*_files_of(data if data.is_dir() else shipped("data"))]
    own += _files_of(project / "templates")
    return digest_of([*own, ("", program_digest().encode())])


def paths_in(folder: Path) -> Iterator[Path]:
    """The files in a folder and in those below it, in order; drafts and leavings are none."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(PREFIX) and path.is_file():
                yield path


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256, in hexadecimal, over names and contents in their order."""
    total = hashlib.sha256()
    for name, content in files:
        total.update(
            f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode(errors="surrogateescape")
        )
    return total.hexdigest()


def _files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a folder by their names in it, in order."""
    for path in paths_in(folder):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def _packages() -> Iterator[str]:
    """Installed packages with their versions, as the names of their folders give them."""
    for key in ("purelib", "platlib"):
        folder = Path(sysconfig.get_path(key))
        if folder.is_dir():
            yield from (path.name for path in folder.iterdir() if path.suffix in PACKAGES)


def _libraries() -> set[str]:
    """The files that the libraries are, such as `libpango-1.0.so.0.5000.12`."""
    multiarch = Path("/usr/lib", sysconfig.get_config_var("MULTIARCH") or "")
    return {
        path.resolve().name
        for folder in (multiarch, *map(Path, LIBRARY_FOLDERS))
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name.startswith(LIBRARIES) and (".so." in path.name or path.suffix == ".dylib")
    }

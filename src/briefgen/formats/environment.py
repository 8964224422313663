"""What the machine offers to the formats, and the command that mends a lack.

Serves `briefgen doctor` (everything, with versions) and `build` (the two needs
without which no PDF can be made, asked for quickly). Nothing here imports
WeasyPrint: a machine without Pango cannot even do that.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from briefgen.problems import WrongEnvironment

OLDEST_PYTHON: Final = (3, 11)

LIBRARIES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "pango": (
        ("libpango-1.0.so.0", "libpango-1.0.dylib"),
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ),
    "harfbuzz-subset": (("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),),
}
"""What must load for each: one name of each group (Linux, macOS), as WeasyPrint asks."""

FONTS: Final = ("font_source_sans_pro", "font_source_serif_pro")
"""Packages whose static faces our layouts are set in."""

DISTRIBUTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "weasyprint": ("weasyprint>=70,<71", "PDF"),
    "python-docx": ("python-docx>=1.2", "DOCX"),
    "resvg-py": ("resvg-py>=0.5", "pictures in DOCX"),
    "uharfbuzz": ("uharfbuzz>=0.50", "labels of figures in DOCX"),
}
"""Python packages that draw: the versions that serve, and what each makes."""

CHROME_ON_MACOS: Final = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

PROGRAMS: Final[Mapping[str, tuple[str, ...]]] = {
    "LibreOffice": ("soffice", "libreoffice"),
    "pdftoppm": ("pdftoppm",),
    "Chromium": ("chromium", "chromium-browser", "google-chrome", CHROME_ON_MACOS),
}
"""Programs that only tests and people looking at the result need, by any of their names."""

INSTALL: Final[Mapping[str, str]] = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "brew": "brew install",
}
"""How each package manager that we know installs; the first one found is used."""

PACKAGES: Final[Mapping[str, Mapping[str, str]]] = {
    "pango": {
        "apt-get": "libpango-1.0-0 libpangoft2-1.0-0",
        "dnf": "pango",
        "brew": "pango",
    },
    "harfbuzz-subset": {"apt-get": "libharfbuzz-subset0", "dnf": "harfbuzz", "brew": "harfbuzz"},
    "LibreOffice": {
        "apt-get": "libreoffice-writer-nogui",
        "dnf": "libreoffice-writer",
        "brew": "libreoffice",
    },
    "pdftoppm": {"apt-get": "poppler-utils", "dnf": "poppler-utils", "brew": "poppler"},
    "Chromium": {"apt-get": "chromium", "dnf": "chromium", "brew": "google-chrome"},
    "git": {"apt-get": "git", "dnf": "git", "brew": "git"},
}
"""The packages that carry each, in each manager's words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that briefgen looked for on this machine."""

    name: str
    ok: bool
    detail: str
    """The version or place found, or what is missing."""
    mend: str | None
    """The exact command that mends it; none where nothing is wrong or none is known."""
    needed_for: str
    required: bool = True
    """Whether documents can only be made with it; the lack of the rest is a note."""


def _is_root() -> bool:
    return os.geteuid() == 0


def _version_of(distribution: str) -> str | None:
    """The version of an installed Python package, if it is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _faces_of(package: str) -> tuple[Path, ...]:
    """The TrueType files that a font package carries, in order of name."""
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return tuple(sorted(face for folder in folders or () for face in Path(folder).rglob("*.ttf")))


@dataclass(frozen=True, slots=True)
class Probes:
    """How the machine is asked; tests ask one that they made up."""

    dlopen: Callable[[str], object] = ctypes.CDLL
    """Loads a shared library by name, or raises OSError."""
    which: Callable[[str], str | None] = shutil.which
    version_of: Callable[[str], str | None] = _version_of
    faces_of: Callable[[str], tuple[Path, ...]] = _faces_of
    is_root: Callable[[], bool] = _is_root


THIS_MACHINE: Final = Probes()


def inspect_environment(probes: Probes = THIS_MACHINE) -> tuple[Finding, ...]:
    """Everything that briefgen uses on this machine, whether there or not."""
    return (
        _inspect_python(),
        _inspect_pango(probes),
        _inspect_subsetter(probes),
        *(_inspect_fonts(package, probes) for package in FONTS),
        *_inspect_distributions(probes),
        _inspect_git(probes),
        *_inspect_programs(probes),
    )


def require_pango(probes: Probes = THIS_MACHINE) -> None:
    """Stop calmly where no PDF can be drawn; takes a few milliseconds.

    Raises:
        WrongEnvironment: Pango cannot be loaded; the message has the command.
    """
    _require(_inspect_pango(probes))


def require_fonts(probes: Probes = THIS_MACHINE) -> None:
    """Stop calmly where our layouts' typefaces are missing.

    Raises:
        WrongEnvironment: a font package is missing; the message has the command.
    """
    for package in FONTS:
        _require(_inspect_fonts(package, probes))


def require_git(probes: Probes = THIS_MACHINE) -> str:
    """Where git is.

    Raises:
        WrongEnvironment: there is none; the message has the command.
    """
    finding = _inspect_git(probes)
    _require(finding)
    return finding.detail


def _require(finding: Finding) -> None:
    if not finding.ok:
        mend = finding.mend or "install it with your system's package manager"
        message = f"{finding.name}: {finding.detail}; {finding.needed_for} needs it\n  help: {mend}"
        raise WrongEnvironment(message)


def _inspect_python() -> Finding:
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding(
        name="Python",
        ok=sys.version_info >= OLDEST_PYTHON,
        detail=f"{sys.version.split()[0]} ({oldest} or newer is needed)",
        mend=None,
        needed_for="briefgen",
    )


def _inspect_pango(probes: Probes) -> Finding:
    missing = _missing_libraries("pango", probes)
    return Finding(
        name="Pango",
        ok=not missing,
        detail=f"{' and '.join(missing)} cannot be loaded" if missing else _pango_version(probes),
        mend=_mend("pango", probes) if missing else None,
        needed_for="PDF",
    )


def _inspect_subsetter(probes: Probes) -> Finding:
    """HarfBuzz's subsetter: without it WeasyPrint 70 uses fontTools, and warns.

    A PDF is made all the same, but several times slower and with bytes that
    differ from run to run.
    """
    missing = _missing_libraries("harfbuzz-subset", probes)
    return Finding(
        name="HarfBuzz subset",
        ok=not missing,
        detail=f"{missing[0]} cannot be loaded" if missing else "loads",
        mend=_mend("harfbuzz-subset", probes) if missing else None,
        needed_for="quick and reproducible PDF",
        required=False,
    )


def _inspect_fonts(package: str, probes: Probes) -> Finding:
    faces = probes.faces_of(package)
    distribution = package.replace("_", "-")
    return Finding(
        name=distribution,
        ok=bool(faces),
        detail=f"{len(faces)} faces" if faces else "its font files are missing",
        mend=None if faces else _pip(f"--force-reinstall {distribution}"),
        needed_for="every layout",
    )


def _inspect_distributions(probes: Probes) -> Iterator[Finding]:
    for distribution, (requirement, needed_for) in DISTRIBUTIONS.items():
        version = probes.version_of(distribution)
        yield Finding(
            name=distribution,
            ok=version is not None,
            detail=version or "not installed",
            mend=None if version else _pip(shlex.quote(requirement)),
            needed_for=needed_for,
        )


def _inspect_git(probes: Probes) -> Finding:
    place = probes.which("git")
    return Finding(
        name="git",
        ok=place is not None,
        detail=place or "not found",
        mend=None if place else _mend("git", probes),
        needed_for="comparing with an earlier state of the data",
        required=False,
    )


def _inspect_programs(probes: Probes) -> Iterator[Finding]:
    for program, names in PROGRAMS.items():
        place = next((found for name in names if (found := probes.which(name))), None)
        yield Finding(
            name=program,
            ok=place is not None,
            detail=place or "not found",
            mend=None if place else _mend(program, probes),
            needed_for="tests, and looking at results",
            required=False,
        )


def _missing_libraries(name: str, probes: Probes) -> list[str]:
    """The libraries that load under none of their names, each by its first."""
    return [
        names[0] for names in LIBRARIES[name] if not any(_loads(name, probes) for name in names)
    ]


def _loads(library: str, probes: Probes) -> bool:
    try:
        probes.dlopen(library)
    except OSError:
        return False
    return True


def _pango_version(probes: Probes) -> str:
    for name in LIBRARIES["pango"][0]:
        try:
            ask = getattr(probes.dlopen(name), "pango_version_string", None)
        except OSError:
            continue
        if ask is not None:
            ask.restype = ctypes.c_char_p
            return str(ask().decode())
    return "loads"


def _mend(what: str, probes: Probes) -> str | None:
    """The command that installs `what` here; none where no manager is known.

    Homebrew refuses root, and its folder is not searched on Apple processors
    unless the loader is told (WeasyPrint's "First Steps" page says the same).
    """
    manager = next((manager for manager in INSTALL if probes.which(manager)), None)
    if manager is None:
        return None
    sudo = "" if manager == "brew" or probes.is_root() else "sudo "
    command = f"{sudo}{INSTALL[manager]} {PACKAGES[what][manager]}"
    if manager == "apt-get":
        return f"{sudo}apt-get update && {command}"
    if manager == "brew" and what in LIBRARIES:
        return f"{command} && export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib"
    return command


def _pip(arguments: str) -> str:
    return f"{shlex.quote(sys.executable)} -m pip install {arguments}"

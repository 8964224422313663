"""Same input, same bytes: wherever, whenever and by whomever an edition is built."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from briefgen.formats.fonts import FAMILIES, font_file

FORMATS = ("html", "pdf", "docx")
NAME = "bus-lanes-overview"


def build(project: Path, jobs: int = 1, **environment: str) -> dict[str, bytes]:
    """The artefacts of both editions, made by processes of their own, and the manifest."""
    editions = ("overview", "shopkeepers")
    subprocess.run(
        [sys.executable, "-m", "briefgen", "build", *editions, "--jobs", str(jobs)],
        cwd=project,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in sorted((project / "out").iterdir())}


def copy(project: Path, to: Path) -> Path:
    to.parent.mkdir(parents=True)
    # Other file times, another order of writing.
    for path in sorted(project.rglob("*"), reverse=True):
        if path.is_file() and "out" not in path.relative_to(project).parts:
            target = to / path.relative_to(project)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            os.utime(target, (1, 1))
    return to


@pytest.fixture
def here(bus_lanes: Path, tmp_path: Path) -> dict[str, bytes]:
    return build(bus_lanes, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8", HOME=str(tmp_path))


def install_fonts(home: Path) -> None:
    """Fonts of a person's own, by the names of ours: Serif's letters as Sans, and the reverse."""
    folder = home / ".local" / "share" / "fonts"
    folder.mkdir(parents=True)
    families = list(FAMILIES)
    for family, other in zip(families, reversed(families), strict=True):
        font = TTFont(font_file(other, "Regular"))
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = family
        font.save(folder / f"{family}.ttf")


def test_another_folder_seed_zone_language_home_and_fonts_change_nothing(
    bus_lanes: Path, tmp_path: Path, here: dict[str, bytes]
) -> None:
    home = tmp_path / "home-of-klaus"
    install_fonts(home)

    there = build(
        copy(bus_lanes, tmp_path / "Übung mit Leerzeichen" / "projekt"),
        jobs=2,
        PYTHONHASHSEED="4242",
        TZ="Asia/Tokyo",
        LC_ALL="tr_TR.UTF-8",
        LANG="tr_TR.UTF-8",
        HOME=str(home),
        USER="klaus",
        LOGNAME="klaus",
        XDG_CACHE_HOME=str(home / "cache"),
    )

    assert [name for name in here if here[name] != there.get(name)] == []
    assert set(here) == set(there)
    assert {f"{NAME}.{suffix}" for suffix in FORMATS} < set(here)


def contents(name: str, data: bytes, folder: Path) -> bytes:
    """What a person could read in a file, with packed parts unpacked."""
    path = folder / name
    path.write_bytes(data)
    if name.endswith(".docx"):
        with zipfile.ZipFile(path) as parts:
            return b"\n".join(parts.read(part) for part in parts.namelist())
    if name.endswith(".pdf"):
        import pikepdf

        with pikepdf.open(path) as pdf:
            pdf.save(path.with_suffix(".plain"), stream_decode_level=pikepdf.StreamDecodeLevel.all)
        return path.with_suffix(".plain").read_bytes()
    return data


def test_no_file_tells_where_or_by_whom_it_was_made(bus_lanes: Path, tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    made = build(bus_lanes, HOME="/home/klaus-kinski", USER="klaus-kinski", LOGNAME="klaus-kinski")

    traces = [str(tmp_path), "klaus-kinski", "site-packages", "file:///"]
    for name, data in made.items():
        text = contents(name, data, aside)
        assert [trace for trace in traces if trace.encode() in text] == [], name

"""The wheel: what it holds, and that it builds a brief by itself in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
QUIET = ["--quiet", "--disable-pip-version-check", "--no-input"]


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", *QUIET, "--no-index"]
    run(*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which nothing but the wheel is installed."""
    folder = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", *QUIET, "--no-index"]
    run(*pip, "--no-deps", "--target", folder, wheel, cwd=folder)
    return folder


def shipped(folder: str) -> set[str]:
    return {
        f"briefgen/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_wheel_holds_the_program_its_layouts_and_the_example_only(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    about = {name for name in names if name.split("/")[0].endswith(".dist-info")}
    modules = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "briefgen").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names - about == modules | shipped("templates") | shipped("data")
    assert "briefgen/py.typed" in names
    assert {name.split("/", 1)[1] for name in about} >= {"METADATA", "entry_points.txt", "RECORD"}


def test_the_installed_program_builds_a_brief_in_an_empty_folder(
    site: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    program = (
        "import briefgen, sys; print(briefgen.__file__); from briefgen.cli import main; "
        "sys.argv[0] = 'briefgen'; main()"
    )

    made = run(
        *(sys.executable, "-c", program, "build", "india", "--format", "html", "--format", "pdf"),
        cwd=folder,
        PYTHONPATH=str(site),
    )

    first, *files = made.stdout.splitlines()
    assert Path(first).is_relative_to(site)
    assert files == ["out/japan-nato-india.html", "out/japan-nato-india.pdf"]
    example, *said = made.stderr.splitlines()
    assert example == (
        "briefgen: no data/ here; using the example dossier that comes with briefgen"
    )
    assert said[:2] == ["[1/2] japan-nato-india.html", "[2/2] japan-nato-india.pdf"]
    assert all(line.startswith("india, brief: to fit 4 pages") for line in said[2:])
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "japan-nato-india.html",
        "japan-nato-india.pdf",
        "manifest.json",
    ]
    assert (folder / "out" / "japan-nato-india.pdf").read_bytes().startswith(b"%PDF-")


def test_the_installed_program_starts_a_dossier_that_has_no_problems(
    site: Path, tmp_path: Path
) -> None:
    command: list[str | Path] = [sys.executable, site / "bin" / "briefgen"]

    run(*command, "new", "dossier", "housing", cwd=tmp_path, PYTHONPATH=str(site))
    run(*command, "new", "edition", "traders", cwd=tmp_path, PYTHONPATH=str(site))
    checked = run(*command, "check", "--strict", cwd=tmp_path, PYTHONPATH=str(site))

    assert checked.stdout.startswith("no problems: 20 claims")


def test_the_installed_program_is_a_command(site: Path, tmp_path: Path) -> None:
    command = site / "bin" / "briefgen"

    shown = run(sys.executable, command, "--version", cwd=tmp_path, PYTHONPATH=str(site))

    assert shown.stdout.startswith("briefgen ")

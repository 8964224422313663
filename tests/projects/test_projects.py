"""The projects that tests work on, and the rules of the test run itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Edit, Problems, RunCli

TESTS = Path(__file__).parents[1]
ONE_SKIPPED = """
import pytest
def test_well(): pass
@pytest.mark.skip
def test_skipped(): pass
"""


def test_the_bus_lanes_are_clean_with_their_sources(problems: Problems) -> None:
    assert problems() == []
    assert problems(sources=True) == []


def test_the_bus_lanes_hold_every_kind_of_record(bus_lanes: Path) -> None:
    from briefgen.build.project import load_project

    loaded = load_project(bus_lanes).dossiers["bus-lanes"]

    assert all(loaded.reading.records.values())
    assert set(loaded.editions) == {"overview", "shopkeepers"}


def test_a_change_must_find_what_it_changes(edit: Edit) -> None:
    with pytest.raises(AssertionError, match=r"terms\.yaml does not hold 'tram'"):
        edit("terms.yaml", "tram", "bus")


def test_a_dossier_of_one_file_is_clean(run_cli: RunCli, dossier: Path) -> None:
    for path in dossier.iterdir():
        if path.name == "dossier.yaml":
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    ran = run_cli("check")

    assert (ran.code, ran.stderr) == (0, "")
    assert (
        ran.stdout == "no problems: 0 claims, 0 quotes as verified in evidence.lock, 0 editions\n"
    )
    assert run_cli("list").stdout.startswith("bus-lanes          Bus lanes in Harrowmere\n")


def test_files_of_a_kind_may_lie_in_a_folder_or_be_linked(
    problems: Problems, dossier: Path, tmp_path: Path
) -> None:
    for kind in ("claims", "areas"):
        (dossier / kind).mkdir()
        (dossier / f"{kind}.yaml").rename(dossier / kind / "all.yaml")
    (dossier / "terms.yaml").rename(tmp_path / "terms.yaml")
    (dossier / "terms.yaml").symlink_to(tmp_path / "terms.yaml")
    (dossier / "claims" / "README.md").write_text("How to claim.\n", "utf-8")
    (dossier / ".draft.yaml").write_text("{", "utf-8")

    assert problems() == []


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("1", 1)])
def test_in_continuous_integration_a_skipped_test_fails_the_run(
    tmp_path: Path, ci: str, code: int
) -> None:
    shutil.copy(TESTS / "conftest.py", tmp_path)
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        (folder / "conftest.py").touch()
    (tmp_path / "one" / "test_some.py").write_text(ONE_SKIPPED, "utf-8")

    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("--import-mode=importlib", "--rootdir", tmp_path, "two", "one"),
        ],
        cwd=tmp_path,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == code, ran.stdout + ran.stderr
    assert ("FAILED: 1 skipped; in CI every test runs" in ran.stdout) == bool(ci)

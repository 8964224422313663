"""Projects that tests of new editions work on, beside the bus lanes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starting import ROOT, start


@pytest.fixture
def housing(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    start(folder)
    return folder


@pytest.fixture
def example_copy(tmp_path: Path) -> Path:
    """A copy of the dossier that ships, as large as dossiers get."""
    shutil.copytree(ROOT / "data", tmp_path / "example" / "data")
    return tmp_path / "example"

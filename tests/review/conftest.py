"""Desks to work at."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, desk_with


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the tiny project."""
    return desk_with("bus-lanes", tmp_path)


@pytest.fixture
def india(tmp_path: Path) -> Desk:
    """A desk with the dossier on Japan and NATO."""
    return desk_with("japan-nato", tmp_path)

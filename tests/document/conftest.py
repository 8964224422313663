"""What the tests of the document share: the shipped words, and documents of the bus lanes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.layout import load_layout
from briefgen.document.locale import Locale
from briefgen.document.model import Document
from briefgen.edition.tailor import tailor
from briefgen.resources import shipped

Compose = Callable[..., Document]


@pytest.fixture
def locale() -> Locale:
    """The words that ship, in British English."""
    return load_layout("policy-brief", [(shipped("templates"), Path("templates"))]).locale("en-GB")


@pytest.fixture
def compose_edition(bus_lanes: Path) -> Compose:
    """`compose_edition("overview")`: the document of an edition of `bus_lanes` as it is now."""

    def compose(name: str = "overview") -> Document:
        project = load_project(bus_lanes)
        errors = [problem for problem in project.problems if problem.severity == "error"]
        assert not errors, "\n".join(map(str, errors))
        target = find_targets(project, [name])[0]
        return Engine(project).compose(tailor(target.dossier.dossier, target.edition, "full"))

    return compose


@pytest.fixture
def own_layout(bus_lanes: Path) -> Path:
    """The layout that ships, copied into `bus_lanes` where tests may change it."""
    to = bus_lanes / "templates" / "policy-brief"
    return shutil.copytree(shipped("templates") / "policy-brief", to)

"""What the repository makes: every edition, layout and length of its projects."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import get_args

from briefgen.build.engine import Engine
from briefgen.build.project import Project, Target, find_targets, load_project
from briefgen.edition.models import Length
from briefgen.resources import shipped

ROOT = Path(__file__).parents[1]
PROJECTS = {"japan-nato": ROOT, "bus-lanes": ROOT / "tests" / "projects" / "bus-lanes"}
LAYOUTS = sorted(folder.name for folder in shipped("templates").iterdir() if folder.is_dir())
Case = tuple[str, str, str, Length]


def cases() -> list[Case]:
    """Every project and edition in every layout and at every length."""
    return [
        (name, target.edition.id, layout, length)
        for name, layout in product(PROJECTS, LAYOUTS)
        for target in find_targets(project(name), [])
        for length in get_args(Length)
    ]


@lru_cache(maxsize=len(PROJECTS))
def project(name: str) -> Project:
    return load_project(PROJECTS[name], loose_ends=False)


@lru_cache(maxsize=len(PROJECTS))
def engine(name: str) -> Engine:
    return Engine(project(name))


def target_of(case: Case) -> Target:
    """The edition of a case, in its layout."""
    name, edition, layout, _ = case
    [target] = find_targets(project(name), [edition])
    return replace(target, edition=target.edition.model_copy(update={"layout": layout}))

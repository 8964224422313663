"""Refuse: nothing is made of data with mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from briefgen.build.project import Project
from briefgen.problems import ProblemsFound


def refuse_problems(project: Project) -> None:
    """Stop where the data has mistakes; an edition with one may not even be known by name.

    Raises:
        ProblemsFound: with all of them.
    """
    errors = [problem for problem in project.problems if problem.severity == "error"]
    if errors:
        raise ProblemsFound(errors)


@contextmanager
def refusing_problems(project: Project) -> Iterator[None]:
    """Whatever fails meanwhile, mistakes in the data are told instead: they may be the cause.

    Raises:
        ProblemsFound: there are some.
    """
    try:
        yield
    except Exception:
        refuse_problems(project)
        raise

"""Any file of a dossier may be cut, garbled or of another shape: problems, never a crash.

`FUZZ=2000 ./run test tests/dossier/test_mutated_files.py` tries more, and other ones each time.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.build.project import load_project
from briefgen.edition.tailor import tailor
from briefgen.problems import CODES, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

BUS_LANES = Path(__file__).parents[1] / "projects" / "bus-lanes"
DOSSIER = BUS_LANES / "data" / "bus-lanes"
NAMES = sorted(path.relative_to(DOSSIER).as_posix() for path in DOSSIER.rglob("*.*"))
YAML_NAMES = [name for name in NAMES if name.endswith(".yaml")]
ODD_VALUES: list[Any] = [
    *(None, True, 0, -1, 1.0, 10**30, "", " ", "x", "2024-13", "@", "[@x]", "# x", "[@x\ny]"),
    *([], [None], [[]], {}, {"id": "x"}, {"a": {"b": 1}}, ["x", "x"], "x" * 5000, "\u0000", "🚌"),
]

SNIPPETS = (
    *(b"", b"\n", b"\r", b"\t", b": ", b"- ", b"&a ", b"*a", b"!!x ", b"{", b"]", b'"', b"'"),
    *(b"#", b"\xff", b"\x00", b"|", b">", b"---\n", b"? ", b"[@", "é\u2028".encode()),
)

a_few = settings(
    max_examples=int(os.environ.get("FUZZ", "50")),
    deadline=None,
    derandomize="FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@a_few
@given(st.sampled_from(NAMES), st.floats(0, 1))
def test_a_file_that_is_cut_off_gives_problems_with_real_places(
    bus_lanes: Path, name: str, share: float
) -> None:
    def cut(data: bytes) -> bytes:
        return data[: int(len(data) * share)]

    check_after(bus_lanes, name, cut)


@a_few
@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.integers(1, 4))
def test_a_file_with_bytes_changed_gives_problems_with_real_places(
    bus_lanes: Path, name: str, seed: int, times: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret

    def garble(data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(times):
            at = dice.randrange(len(changed))
            changed[at : at + dice.randint(0, 3)] = dice.choice(SNIPPETS)
        return bytes(changed)

    check_after(bus_lanes, name, garble)


@a_few
@given(st.sampled_from(YAML_NAMES), st.integers(0, 2**32), st.sampled_from(ODD_VALUES))
def test_a_value_of_another_type_gives_problems_with_real_places(
    bus_lanes: Path, name: str, seed: int, value: object
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret

    def replace(data: bytes) -> bytes:
        tree = yaml.safe_load(data)
        holder, key = dice.choice(list(places_in(tree)))
        if dice.random() < 0.3:
            del holder[key]
        else:
            holder[key] = value
        return yaml.safe_dump(tree, allow_unicode=True).encode()

    check_after(bus_lanes, name, replace)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_missing_or_empty_gives_problems_with_real_places(
    bus_lanes: Path, name: str
) -> None:
    check_after(bus_lanes, name, lambda _: b"")

    (bus_lanes / "data" / "bus-lanes" / name).unlink()
    check(bus_lanes)


def places_in(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every mapping or list in the tree with each of its keys or positions."""
    keys: list[Any] = []
    if isinstance(tree, (dict, list)):
        keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    for key in keys:
        yield tree, key
        yield from places_in(tree[key])


def check_after(project: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Check the project with one file changed, and put the file back."""
    path = project / "data" / "bus-lanes" / name
    path.write_bytes(change((DOSSIER / name).read_bytes()))
    try:
        check(project)
    finally:
        path.write_bytes((DOSSIER / name).read_bytes())


def check(project: Path) -> None:
    """All problems stand in real places; without any, every edition can be tailored."""
    loaded = load_project(project)
    misplaced = [p for p in loaded.problems if not is_well_formed(p, project)]
    assert not misplaced
    if not loaded.problems:
        for dossier in loaded.dossiers.values():
            for edition in dossier.editions.values():
                tailor(dossier.dossier, edition.edition, "full")


def is_well_formed(problem: Problem, project: Path) -> bool:
    """The problem has a code, a fact and a remedy, and its place is a line of a file."""
    path = project / problem.where.file
    if not path.is_file():
        return problem.code in ("BG007", "BG016", "BG023") and problem.where.line == 1
    lines = re.split(r"\r\n|\r|\n", path.read_bytes().decode("utf-8-sig", errors="replace"))
    return (
        problem.code in CODES
        and bool(problem.what and problem.mend)
        and 1 <= problem.where.line <= len(lines)
        and 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 1
    )

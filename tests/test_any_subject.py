"""The program serves any subject: nothing of the dossier that ships is built into it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SUBJECT = re.compile(r"(?i)japan|nato\b|\bindia|tokyo|takahashi")
MODULES = sorted((ROOT / "src").rglob("*.py"))
OTHERS = sorted(
    path
    for folder in ("src/briefgen/starter", "templates")
    for path in (ROOT / folder).rglob("*")
    if path.is_file()
)
ALLOWED = {"cli/reference.py": 1}
"""The page of problems shows a line as `check` prints it, from the dossier that ships."""


def used_at_run_time(module: Path) -> Iterator[str]:
    """Names and texts of a module, without comments and what documents it.

    The help of a command is its docstring; its examples name the dossier that ships, which is
    what a newcomer has.
    """
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in documents:
                yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def found_in(module: Path) -> list[str]:
    return [text for text in used_at_run_time(module) if SUBJECT.search(text)]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_module_knows_the_subject_of_the_dossier_that_ships(module: Path) -> None:
    assert len(found_in(module)) == ALLOWED.get(f"{module.parent.name}/{module.name}", 0)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_no_template_knows_it_either(path: Path) -> None:
    assert SUBJECT.search(path.read_text(encoding="utf-8")) is None


def test_a_module_that_did_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""Of Japan."""\nTITLE = "Japan edition"  # of Japan\n', encoding="utf-8")

    assert found_in(module) == ["Japan edition"]

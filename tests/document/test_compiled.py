"""Templates are compiled once for their text, and anew for another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError

from briefgen.document.bounds import BoundedEnvironment
from briefgen.document.layout import Layout, load_layout
from briefgen.resources import shipped


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the templates that are compiled."""
    names: list[str] = []
    compile_it = BoundedEnvironment.compile

    def counted(self: BoundedEnvironment, source: str, name: str, file: str) -> object:
        names.append(name)
        return compile_it(self, source, name, file)

    monkeypatch.setattr(BoundedEnvironment, "compile", counted)
    return names


def load(folder: Path, template: str) -> Layout:
    """A layout with one template of its own, which is as old as any other version of it."""
    mine = folder / "mine"
    mine.mkdir(parents=True, exist_ok=True)
    (mine / "theme.yaml").write_text("extends: policy-brief\n", "utf-8")
    (mine / "own.j2").write_text(template, "utf-8")
    os.utime(mine / "own.j2", (0, 0))
    return load_layout("mine", [(folder, Path("templates")), (shipped("templates"), Path("t"))])


def written(layout: Layout) -> str:
    return layout.templates.get_template("own.j2").render(a="A", b="B")


def test_a_text_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    assert [written(load(tmp_path, "{{ a }}")) for _ in range(3)] == ["A", "A", "A"]
    assert compiled == ["own.j2"]


def test_another_text_and_another_folder_are_compiled_anew(
    tmp_path: Path, compiled: list[str]
) -> None:
    assert written(load(tmp_path, "{{ a }}")) == "A"
    assert written(load(tmp_path, "{{ b }}")) == "B"
    assert written(load(tmp_path / "other", "{{ b }}")) == "B"
    assert written(load(tmp_path, "{{ a }}")) == "A"
    assert compiled == ["own.j2"] * 3


def test_a_mistake_has_its_line_each_time(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError) as found:
            written(load(tmp_path, "\n\n{% if %}"))
        assert found.value.lineno == 3
    for _ in range(2):
        with pytest.raises(UndefinedError) as missing:
            written(load(tmp_path, "\n{{ nothing }}"))
        lines = [e.lineno + 1 for e in missing.traceback if str(e.path).endswith("own.j2")]
        assert lines == [2]

"""`docs/layouts.md`: its examples work, its mistake is reported so, and its tables are complete."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import RunCli

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document import compose as composing
from briefgen.document import rendering
from briefgen.document.layout import layout_names
from briefgen.edition.tailor import tailor
from briefgen.formats.css import css_variables
from briefgen.problems import CODES

PAGE = (Path(__file__).parents[1] / "docs" / "layouts.md").read_text("utf-8")
EXAMPLES = dict(
    re.findall(r"\n\*\*(templates/[\w./-]+)\*\*[^`]*?:\n\n```\w+\n(.*?)```", PAGE, re.DOTALL)
)


@pytest.fixture
def harbour(bus_lanes: Path) -> Path:
    """The bus lanes with the layout that the page makes."""
    for name, text in EXAMPLES.items():
        path = bus_lanes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return bus_lanes


def test_the_page_makes_a_layout_of_three_files_that_builds_in_all_formats(
    harbour: Path, run_cli: RunCli
) -> None:
    assert sorted(EXAMPLES) == [
        "templates/harbour/print.css",
        "templates/harbour/sections/issue.html.j2",
        "templates/harbour/theme.yaml",
    ]

    ran = run_cli("build", "overview", "--layout", "harbour")

    assert ran.code == 0, ran.stderr
    html = (harbour / "out" / "bus-lanes-overview-harbour.html").read_text("utf-8")
    assert "The harbour office asks: " in html
    assert "Lines to take" in html
    with pikepdf.open(harbour / "out" / "bus-lanes-overview-harbour.pdf") as pdf:
        assert len(pdf.pages) > 1
    assert (harbour / "out" / "bus-lanes-overview-harbour.docx").is_file()


def test_the_layout_of_the_page_passes_the_check(harbour: Path, run_cli: RunCli) -> None:
    assert harbour.is_dir()
    assert "templates/" not in run_cli("check").stdout


def test_the_mistake_of_the_page_is_reported_as_it_says(harbour: Path, run_cli: RunCli) -> None:
    sheet = harbour / "templates" / "harbour" / "print.css"
    sheet.write_text(sheet.read_text("utf-8").replace("--accent", "--acent"), "utf-8")
    said = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[-1]

    assert said in run_cli("check").stdout


def test_the_page_names_every_variable_of_templates(
    bus_lanes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = load_project(bus_lanes)
    target = find_targets(project, ["overview"])[0]
    seen: dict[str, Any] = {}
    render = rendering.render_template

    def spy(layout: Any, name: str, context: Any) -> str:
        seen.update(context)
        return render(layout, name, context)

    monkeypatch.setattr(composing, "render_template", spy)
    Engine(project).compose(tailor(target.dossier.dossier, target.edition, "full"))
    table = PAGE.split("| Name | What it is |")[1].split("\n\n")[0]
    named = {
        n for cell in re.findall(r"\n\| (.*?) \|", table) for n in re.findall(r"`(\w+)`", cell)
    }

    assert named == seen.keys()


def test_the_page_names_every_variable_of_style_sheets() -> None:
    theme = (
        Engine(load_project(Path(__file__).parents[1], loose_ends=False))
        .layout("policy-brief")
        .theme
    )
    table = PAGE.split("| Variable | From |")[1].split("\n\n")[0]
    cells = re.findall(r"\n\| (.*?) \|", table)
    named = set(re.findall(r"`(--[\w-]+)`", " ".join(cells)))
    of_type = next(cell for cell in cells if "--body-size" in cell)
    for use in re.findall(r"`([a-z0-9-]+)`", of_type):
        named |= {f"--{use}-size", f"--{use}-line"} if not use.startswith("--") else set()

    assert named == set(re.findall(r"(--[\w-]+):", css_variables(theme)))


def test_the_page_names_every_layout_that_ships_and_only_known_codes() -> None:
    folder = Path(__file__).parents[1] / "templates"

    for name in layout_names([(folder, Path("templates"))]):
        assert f"| `{name}` |" in PAGE
    assert set(re.findall(r"BG\d{3}", PAGE)) <= CODES.keys()

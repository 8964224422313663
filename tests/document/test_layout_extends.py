"""Layouts that extend others: what they take over, what they change, and where it must end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.document.layout import Layout, layout_names, load_layout
from briefgen.problems import ProblemsFound
from briefgen.resources import shipped

SHOWN = Path("templates")
MINE = "templates/mine"
Write = Callable[[str, str], None]
Load = Callable[..., Layout]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write("mine/theme.yaml", text)` puts a file into the project's layouts."""

    def put(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return put


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """`load("mine")`: a layout of the project, or one that ships."""

    def read(name: str = "mine") -> Layout:
        return load_layout(name, [(tmp_path, SHOWN), (shipped("templates"), SHOWN)])

    return read


def message(load: Load, name: str = "mine") -> str:
    with pytest.raises(ProblemsFound) as found:
        load(name)
    return str(found.value)


def test_a_theme_says_only_what_differs(write: Write, load: Load) -> None:
    write("mine/theme.yaml", 'extends: policy-brief\ncolours: {soft: "#444444"}\npage: {hang: 3}\n')
    base, mine = load("policy-brief").theme, load().theme

    assert mine.colours == {**base.colours, "soft": "#444444"}
    assert (mine.page.hang, mine.page.margins) == (3, base.page.margins)
    assert mine.type == base.type


def test_each_value_keeps_the_place_where_it_was_written(write: Write, load: Load) -> None:
    write("mine/theme.yaml", 'extends: policy-brief\ncolours:\n  soft: "grey"\n')

    assert message(load).startswith(f"{MINE}/theme.yaml:3:9: error[BG006]: soft: ")

    write("mine/theme.yaml", 'extends: policy-brief\ncolours:\n  soft: "#444444"\n')
    places = load().theme_file.values
    assert str(places["colours", "soft"]) == f"{MINE}/theme.yaml:3:9"
    assert places["colours", "ink"].file == "templates/policy-brief/theme.yaml"


def test_null_takes_a_key_away(write: Write, load: Load) -> None:
    write("mine/theme.yaml", "extends: policy-brief\ndensity: {brief: null}\n")

    assert load().theme.density.keys() == {"one-page"}
    write("mine/theme.yaml", "extends: policy-brief\nfonts: null\n")
    assert 'key "fonts" is missing' in message(load)


def test_files_that_a_layout_lacks_are_those_of_the_other(write: Write, load: Load) -> None:
    write("mine/theme.yaml", "extends: briefing-note\n")
    write("mine/sections/issue.html.j2", "<p>Ours.</p>")
    layout, note = load(), load("briefing-note")

    assert [folder.name for folder in layout.folders] == ["mine", "briefing-note", "policy-brief"]
    assert layout.templates.get_template("sections/issue.html.j2").render() == "<p>Ours.</p>"
    assert layout.text("sections/cover.html.j2") == note.text("sections/cover.html.j2")
    assert layout.sheet("screen.css") == note.sheet("screen.css")
    assert layout.locale("en-GB").headings["issue"] == "Issue"
    assert layout.locale("en-GB").headings["abbreviations"] == "Abbreviations"
    assert str(layout.place("sections/issue.html.j2", 4)) == f"{MINE}/sections/issue.html.j2:4:1"
    assert layout.place("figures/figure.svg.j2").file.startswith("templates/policy-brief/")


def test_a_sheet_replaces_the_other_or_adds_to_it(write: Write, load: Load) -> None:
    write("mine/theme.yaml", "extends: policy-brief\n")
    write("mine/print.css", "h2 { color: red }")
    write("mine/screen.css", '/* Ours. */\n@import "policy-brief/screen.css";\nh2 { color: red }')
    layout, base = load(), load("policy-brief")

    assert layout.sheet("print.css") == "h2 { color: red }"
    assert layout.sheet("screen.css").startswith(base.sheet("screen.css"))
    assert layout.sheet("screen.css").endswith("\nh2 { color: red }")
    assert "@import" not in layout.sheet("screen.css")


@pytest.mark.parametrize(
    "address", ["policy-brief/screen.css", "../x.css", "https://x.example/x.css", "print.css"]
)
def test_a_sheet_imports_nothing_but_the_one_it_extends(
    write: Write, load: Load, address: str
) -> None:
    write("mine/theme.yaml", "extends: policy-brief\n")
    write("mine/print.css", f'/* One. */\n@import "{address}";\n')

    with pytest.raises(ProblemsFound) as found:
        load().sheet("print.css")

    assert str(found.value) == (
        f'{MINE}/print.css:2:1: error[BG055]: the sheet imports "{address}"\n'
        '  help: a sheet may begin with `@import "policy-brief/print.css";` and import nothing else'
    )


def test_a_layout_may_extend_the_shipped_one_of_its_name(write: Write, load: Load) -> None:
    write("policy-brief/theme.yaml", "extends: policy-brief\npage: {hang: 5}\n")

    layout = load("policy-brief")

    assert layout.theme.page.hang == 5
    assert [folder.path.parent for folder in layout.folders][1] == shipped("templates")


def test_layouts_that_extend_each_other_in_a_circle_are_reported(write: Write, load: Load) -> None:
    write("mine/theme.yaml", "extends: yours\n")
    write("yours/theme.yaml", "# Yours.\nextends: mine\n")
    write("lonely/theme.yaml", "extends: lonely\n")

    assert message(load) == (
        "templates/yours/theme.yaml:2:10: error[BG017]: extends goes in a circle: "
        "mine -> yours -> mine\n  help: let one of them extend another layout or none"
    )
    assert "templates/lonely/theme.yaml:1:10: error[BG017]" in message(load, "lonely")


@pytest.mark.parametrize("name", ["policy-breif", "../policy-brief", "policy-brief/sections", ""])
def test_an_unknown_layout_to_extend_is_reported_at_its_place(
    write: Write, load: Load, name: str
) -> None:
    write("mine/theme.yaml", f'extends: "{name}"\n')

    assert message(load).startswith(
        f'{MINE}/theme.yaml:1:10: error[BG012]: unknown layout "{name}"\n  help: '
    )


def test_the_names_of_layouts_are_those_of_all_folders(write: Write, tmp_path: Path) -> None:
    write("mine/theme.yaml", "extends: policy-brief\n")
    folders = [(tmp_path, SHOWN), (shipped("templates"), SHOWN)]

    assert layout_names(folders) == ["briefing-note", "mine", "policy-brief"]

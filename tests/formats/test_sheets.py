"""Style sheets of layouts: each mistake at its line, and nothing said of what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.build.check import style_problems
from briefgen.document.layout import Layout, layout_names, load_layout
from briefgen.formats.sheets import check_sheets
from briefgen.resources import shipped

SHOWN = Path("templates")


def layout_with(folder: Path, **sheets: str) -> Layout:
    """A layout over the policy brief, with these sheets added to its own."""
    mine = folder / "mine"
    mine.mkdir()
    (mine / "theme.yaml").write_text("extends: policy-brief\n", "utf-8")
    for name, css in sheets.items():
        text = f'@import "policy-brief/{name}.css";\n{css}\n'
        (mine / f"{name}.css").write_text(text, "utf-8")
    return load_layout("mine", [(folder, SHOWN), (shipped("templates"), SHOWN)])


@pytest.mark.parametrize("name", layout_names([(shipped("templates"), SHOWN)]))
def test_the_layouts_that_ship_have_no_mistake_in_colours_sheets_and_word_styles(name: str) -> None:
    layout = load_layout(name, [(shipped("templates"), SHOWN)])

    assert [str(problem) for problem in style_problems(layout)] == []


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (
            "h2 { colr: red }",
            (
                "print.css:2:6: error[BG055]: Ignored `colr: red`, unknown property\n"
                '  help: did you mean "color"? correct this line'
            ),
        ),
        (
            "h2 { color: var(--acent) }",
            (
                "print.css:2:17: error[BG055]: unknown variable --acent\n"
                '  help: did you mean "--accent"? docs/layouts.md lists them'
            ),
        ),
        (
            "h2 { margin: calc(2mm * var(--spcae)) }",
            (
                "print.css:2:29: error[BG055]: unknown variable --spcae\n"
                '  help: did you mean "--space"? docs/layouts.md lists them'
            ),
        ),
        (
            "h2 { margin: 3 }",
            (
                "print.css:2:6: warning[BG055]: Ignored `margin: 3`, invalid value\n"
                "  help: PDF is made without it: remove it"
            ),
        ),
        (
            "h2 { text-wrap: pretty }",
            (
                "print.css:2:6: warning[BG055]: Ignored `text-wrap: pretty`, unknown property\n"
                "  help: PDF is made without it: remove it"
            ),
        ),
        (
            'h2::after { content: "a 🚌" }',
            (
                "print.css:2:22: error[BG052]: no typeface has 🚌 (U+1F68C)\n"
                "  help: take a sign that the faces have"
            ),
        ),
        ('@page { @top-left { content: "שב" } }', "print.css:2:30: error[BG052]: no typeface has"),
        ('h2::after { content: "→ –" }', None),
        ("h2 { color red }", "print.css:2:"),
        ("h4:::x { color: red }", "print.css:2:1: error[BG055]: Invalid or unsupported selector"),
        ("h2 {", None),
        ("h2 { color: red", None),
    ],
)
def test_a_mistake_in_the_print_sheet_is_reported_at_its_place(
    tmp_path: Path, css: str, said: str | None
) -> None:
    found = [str(problem) for problem in check_sheets(layout_with(tmp_path, print=css))]

    # CSS closes at its end what is open: no program could call that wrong.
    expected = [] if said is None else [f"templates/mine/{said}"]
    assert len(found) == len(expected)
    assert all(map(str.startswith, found, expected))


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (
            "h2 { colr: red }",
            (
                'screen.css:2:6: error[BG055]: unknown property "colr"\n'
                '  help: did you mean "color"? correct this line'
            ),
        ),
        (
            "@media (min-width: 1px) { h2 { colr: red } }",
            'screen.css:2:32: error[BG055]: unknown property "colr"',
        ),
        (
            "@keyframes a { from { opacityy: 0 } }",
            'screen.css:2:23: error[BG055]: unknown property "opacityy"',
        ),
        (
            "h2 { color: var(--acent) }",
            "screen.css:2:17: error[BG055]: unknown variable --acent",
        ),
        ("h2 { color red }", "screen.css:2:"),
        (
            "h2 { background: url(https://x.example/a.png) }",
            "screen.css:1:1: error[BG055]: the document asks for https://x.example/a.png",
        ),
    ],
)
def test_a_mistake_in_the_screen_sheet_is_reported_at_its_place(
    tmp_path: Path, css: str, said: str
) -> None:
    (found,) = check_sheets(layout_with(tmp_path, screen=css))

    assert str(found).startswith(f"templates/mine/{said}")


@pytest.mark.parametrize(
    "css",
    [
        "h2 { color: var(--acent, red) }",
        ":root { --own: 1px } h2 { margin: var(--own) }",
        "h2 { text-wrap: pretty; -webkit-text-size-adjust: none; scroll-margin-top: 1rem }",
        "@media print { h2 { color: red } } @font-face { font-family: x; src: url(data:,x) }",
        "h2 { color: red; &:hover { color: blue } }",
        "/* colr: red */ h2 { background: url('data:image/png;base64,AAAA') }",
    ],
)
def test_what_browsers_understand_is_passed_over(tmp_path: Path, css: str) -> None:
    assert [str(p) for p in check_sheets(layout_with(tmp_path, screen=css))] == []


def test_a_mistake_in_an_imported_sheet_is_reported_in_that_one(tmp_path: Path) -> None:
    layout_with(tmp_path, print="h2 { colr: red }")
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "theme.yaml").write_text("extends: mine\n", "utf-8")
    (tmp_path / "next" / "print.css").write_text('@import "mine/print.css";\n', "utf-8")

    (found,) = check_sheets(load_layout("next", [(tmp_path, SHOWN), (shipped("templates"), SHOWN)]))

    assert str(found.where) == "templates/mine/print.css:2:6"

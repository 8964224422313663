"""Mistakes in layouts: each with its file, its line and its remedy; and what layouts may not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.document.layout import load_layout
from briefgen.document.model import Document
from briefgen.problems import ProblemsFound

Compose = Callable[..., Document]
T = "templates/policy-brief"


@pytest.fixture
def problem_of(own_layout: Path, compose_edition: Compose) -> Callable[[], str]:
    """What composing the overview in the changed layout reports."""
    assert own_layout.is_dir()

    def compose() -> str:
        with pytest.raises(ProblemsFound) as found:
            compose_edition("overview")
        return str(found.value)

    return compose


def replace_line(path: Path, number: int, line: str) -> None:
    lines = path.read_text("utf-8").splitlines()
    lines[number - 1] = line
    path.write_text("\n".join(lines) + "\n", "utf-8")


# --- Templates ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "what", "mend"),
    [
        pytest.param(
            "{% if x = %}{% endif %}",
            "not a valid template: expected token 'end of statement block', got '='",
            "correct this line",
            id="syntax",
        ),
        pytest.param(
            "{{ editoin.title }}",
            "'editoin' is undefined",
            "correct the name, or test for it with `is defined`",
            id="unknown name",
        ),
        pytest.param(
            "{{ edition.titel }}",
            'no field "titel" here',
            "correct the name, or test for it with `is defined`",
            id="unknown field",
        ),
        pytest.param(
            "{{ headings.colophon }}",
            'no field "colophon" here',
            "correct the name, or test for it with `is defined`",
            id="unknown word",
        ),
        pytest.param(
            "{{ 1 // 0 }}",
            "ZeroDivisionError: integer division or modulo by zero",
            "correct the expression on this line",
            id="arithmetic",
        ),
        pytest.param(
            "{{ date('2023-21') }}",
            None,
            "correct the expression on this line",
            id="no date",
        ),
        pytest.param(
            "{{ ''.__class__ }}",
            "access to attribute '__class__' of 'str' object is unsafe.",
            "templates use the fields of records, not what lies behind them",
            id="escape by class",
        ),
        pytest.param(
            "{{ edition._model.model_fields }}",
            "access to attribute '_model' of 'View' object is unsafe.",
            "templates use the fields of records, not what lies behind them",
            id="escape by model",
        ),
        pytest.param(
            "{{ edition.sections.__class__.__mro__ }}",
            "access to attribute '__class__' of 'tuple' object is unsafe.",
            "templates use the fields of records, not what lies behind them",
            id="escape by tuple",
        ),
        pytest.param(
            "{{ '{0.__class__}'.format(edition) }}",
            "access to attribute '__class__' of 'View' object is unsafe.",
            "templates use the fields of records, not what lies behind them",
            id="escape by format",
        ),
        pytest.param(
            "{% for i in range(10000000000) %}x{% endfor %}",
            "OverflowError: Range too big. The sandbox blocks ranges larger than MAX_RANGE "
            "(100000).",
            "correct the expression on this line",
            id="endless loop",
        ),
        pytest.param(
            "{{ edition.sections.append('x') }}",
            'no field "append" here',
            "correct the name, or test for it with `is defined`",
            id="change of data",
        ),
        pytest.param(
            "{{ headings.update({}) }}",
            None,
            "templates use the fields of records, not what lies behind them",
            id="change of a mapping",
        ),
    ],
)
def test_a_mistake_in_a_section_is_reported_with_its_line(
    own_layout: Path, problem_of: Callable[[], str], line: str, what: str | None, mend: str
) -> None:
    replace_line(own_layout / "sections" / "context.html.j2", 3, line)

    message = problem_of()

    assert message.startswith(f"{T}/sections/context.html.j2:3:1: error[BG050]: ")
    assert message.endswith(f"\n  help: {mend}")
    if what:
        assert message.split("error[BG050]: ")[1].split("\n")[0] == what


@pytest.mark.parametrize("name", ["../../x", "../theme.yaml", "/etc/passwd"])
def test_no_template_outside_the_layout_is_read(
    own_layout: Path, problem_of: Callable[[], str], name: str
) -> None:
    replace_line(own_layout / "sections" / "context.html.j2", 3, f'{{% include "{name}" %}}')

    assert f"error[BG050]: the template {name} is missing\n  help: add it to the" in problem_of()


def test_a_missing_section_is_named(own_layout: Path, problem_of: Callable[[], str]) -> None:
    (own_layout / "sections" / "areas.html.j2").unlink()

    assert problem_of() == (
        f"{T}/sections/areas.html.j2:1:1: error[BG050]: "
        "the template sections/areas.html.j2 is missing\n  help: add it to the layout"
    )


def test_templates_that_include_each_other_without_end_are_stopped(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    replace_line(
        own_layout / "sections" / "context.html.j2", 3, '{% include "sections/context.html.j2" %}'
    )

    assert problem_of() == (
        f"{T}/sections/context.html.j2:3:1: error[BG050]: templates that include each other "
        "without end\n  help: remove one of the includes"
    )


def test_a_whole_record_is_not_printed(own_layout: Path, problem_of: Callable[[], str]) -> None:
    replace_line(own_layout / "sections" / "context.html.j2", 3, "{{ edition.audience }}")

    assert problem_of() == (
        f"{T}/sections/context.html.j2:3:1: error[BG050]: TypeError: this is a whole audience, "
        "not a text; print one of its fields: cares_about, knows, name\n"
        "  help: correct the expression on this line"
    )


def test_a_template_that_is_not_utf_8_is_reported(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    (own_layout / "document.html.j2").write_bytes(b"<html>\xff</html>")

    assert problem_of() == (
        f"{T}/document.html.j2:1:1: error[BG050]: a template that is not UTF-8\n"
        "  help: save the layout's templates as UTF-8"
    )


# --- The page -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (
            "<p>x",
            'Opening and ending tag mismatch: p and section; near: </section><section id="areas">',
        ),
        ("<p>x &nbsp;</p>", "Entity 'nbsp' not defined; near: <p>x &nbsp;</p>"),
        ("<p>x & y</p>", "xmlParseEntityRef: no name; near: <p>x & y</p>"),
        ("<p class=x>y</p>", "AttValue: \" or ' expected; near: <p class=x>y</p>"),
    ],
)
def test_a_page_that_is_not_well_formed_is_traced_to_the_template(
    own_layout: Path, problem_of: Callable[[], str], line: str, what: str
) -> None:
    replace_line(own_layout / "sections" / "context.html.j2", 3, line)

    message = problem_of()

    where, rest = message.split(": error[BG050]: ")
    # What is not closed is only missed at the end of what holds it.
    line_found = 7 if what.startswith("Opening") else 3
    assert where == f"{T}/sections/context.html.j2:{line_found}:1"
    assert rest == (
        f"the document is not well-formed: {what}\n"
        "  help: close every element (also <br/>); write & as {{ '&' }}"
    )


def test_an_entity_cannot_fill_memory_or_read_files(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    template = own_layout / "document.html.j2"
    text = template.read_text("utf-8")
    doctype = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n'
    template.write_text(doctype + text.replace("<body>", "<body><p>&x;</p>"), "utf-8")

    assert "error[BG05" in problem_of()


def test_an_element_outside_the_vocabulary_is_traced_to_the_template(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    replace_line(own_layout / "sections" / "context.html.j2", 3, "<marquee>x</marquee>")
    replace_line(own_layout / "sections" / "left-out.html.j2", 3, '<h2 style="x">x</h2>')

    assert problem_of() == (
        f"{T}/sections/context.html.j2:3:1: error[BG051]: the document has element <marquee>\n"
        "  help: see docs/document.md\n"
        f'{T}/sections/left-out.html.j2:3:1: error[BG051]: the document has attribute "style" '
        "on <h2>\n  help: see docs/document.md"
    )


def test_alt_text_like_a_file_name_is_traced_to_the_template(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    picture = '<figure><img alt="IMG_1234.png" src="data:,"/></figure>'
    replace_line(own_layout / "sections" / "context.html.j2", 3, picture)

    assert problem_of() == (
        f"{T}/sections/context.html.j2:3:1: error[BG051]: the document has a picture whose alt "
        'text is "IMG_1234.png"\n  help: say in `alt` what it shows, not what the file is called'
    )


def test_a_note_of_a_template_on_an_unknown_claim_is_reported(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    note = '<p>x.<span class="footnote" data-claims="minutes-204"/></p>'
    replace_line(own_layout / "sections" / "context.html.j2", 3, note)

    assert problem_of() == (
        f"{T}/sections/context.html.j2:3:1: error[BG051]: the document has a note on the unknown "
        'claim "minutes-204"\n'
        '  help: did you mean "minutes-2024"? `briefgen list claims` shows all'
    )


# --- Theme and words ----------------------------------------------------------


def test_a_layout_without_theme_is_reported(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    (own_layout / "theme.yaml").unlink()

    assert problem_of() == (
        f"{T}/theme.yaml:1:1: error[BG050]: the layout has no theme.yaml\n  help: add the file"
    )


@pytest.mark.parametrize("text", ["", "- a list\n"])
def test_a_theme_that_holds_no_keys_is_reported(
    own_layout: Path, problem_of: Callable[[], str], text: str
) -> None:
    (own_layout / "theme.yaml").write_text(text, "utf-8")

    assert problem_of() == (
        f"{T}/theme.yaml:1:1: error[BG006]: the file should hold a mapping\n"
        "  help: write `key: value` lines"
    )


def test_a_wrong_colour_is_reported_with_its_line(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    theme = own_layout / "theme.yaml"
    theme.write_text(theme.read_text("utf-8").replace('ink: "#', 'ink: "'), "utf-8")

    assert problem_of().startswith(f"{T}/theme.yaml:3:8: error[BG006]: ink: ")


def test_a_layout_without_the_words_of_a_language_is_reported(
    own_layout: Path, problem_of: Callable[[], str]
) -> None:
    (own_layout / "locales" / "en-GB.yaml").rename(own_layout / "locales" / "de-DE.yaml")

    assert problem_of() == (
        f'{T}/locales/en-GB.yaml:1:1: error[BG050]: layout "policy-brief" has no words in en-GB\n'
        "  help: add the file; languages here: de-DE"
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "what"),
    [
        ("neutral_stance:", "neutral:", "BG005", 'key "neutral_stance" is missing'),
        ("  judgement:", "  judgment:", "BG006", 'notes: key "judgement" is missing'),
        (
            "from {sources}",
            "from {source}",
            "BG006",
            "notes: judgement: cannot fill in {source}",
        ),
        (
            "from {sources}",
            "from {sources.__class__}",
            "BG006",
            "notes: judgement: cannot fill in {sources.__class__}",
        ),
        (
            "{start} to {end}",
            "{start} to {end",
            "BG006",
            "period: pattern: expected '}' before end of string",
        ),
        (
            "about {date}",
            "about {}",
            "BG006",
            "approximate: pattern: cannot fill in {}",
        ),
    ],
)
def test_wrong_words_are_reported_with_their_place(
    own_layout: Path, problem_of: Callable[[], str], old: str, new: str, code: str, what: str
) -> None:
    words = own_layout / "locales" / "en-GB.yaml"
    text = words.read_text("utf-8")
    assert old in text
    words.write_text(text.replace(old, new, 1), "utf-8")

    first = next(line for line in problem_of().splitlines() if code in line)

    assert first.startswith(f"{T}/locales/en-GB.yaml:")
    assert first.split(f"error[{code}]: ")[1] == what


# --- Which layout -------------------------------------------------------------


@pytest.mark.parametrize("name", ["policy-breif", "../secrets", ".", "policy-brief/sections"])
def test_an_unknown_layout_is_reported_with_the_choices(tmp_path: Path, name: str) -> None:
    (tmp_path / "templates" / "policy-brief" / "sections").mkdir(parents=True)
    (tmp_path / "secrets").mkdir()

    with pytest.raises(ProblemsFound) as found:
        load_layout(name, [(tmp_path / "templates", Path("templates"))])

    near = 'did you mean "policy-brief"? ' if name.startswith("policy") else ""
    assert str(found.value) == (
        f'templates/{name}:1:1: error[BG012]: unknown layout "{name}"\n'
        f"  help: {near}layouts: policy-brief"
    )


def test_a_projects_own_layout_comes_before_the_one_that_ships(
    own_layout: Path, compose_edition: Compose
) -> None:
    replace_line(own_layout / "sections" / "context.html.j2", 3, "<p>Ours alone.</p>")

    assert "Ours alone." in "".join(map(str, compose_edition("overview").tree.itertext()))


def test_a_missing_style_sheet_is_reported(own_layout: Path) -> None:
    layout = load_layout("policy-brief", [(own_layout.parent, Path("templates"))])
    (own_layout / "print.css").unlink()
    (own_layout / "screen.css").write_bytes(b"\xff")

    with pytest.raises(ProblemsFound) as missing:
        layout.text("print.css")
    with pytest.raises(ProblemsFound) as garbled:
        layout.text("screen.css")

    assert str(missing.value) == (
        f"{T}/print.css:1:1: error[BG050]: the layout has no print.css\n  help: add the file"
    )
    assert str(garbled.value) == (
        f"{T}/screen.css:1:1: error[BG050]: the file is not UTF-8\n  help: save it as UTF-8"
    )


def test_a_layout_may_stand_behind_a_link(own_layout: Path, compose_edition: Compose) -> None:
    aside = own_layout.parents[1] / "aside"
    shutil.move(own_layout, aside)
    own_layout.symlink_to(aside)

    assert compose_edition("overview").title == "Faster buses, open questions"

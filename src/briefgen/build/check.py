"""Check layouts: what `check` reports beside the data itself, so that `build` has no surprise."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2

from briefgen.build.project import Project
from briefgen.document.contrast import OF_TEXT, check_contrast
from briefgen.document.layout import Layout, layout_names, load_layout
from briefgen.edition.load import LoadedEdition
from briefgen.formats.docx.word_style import load_word_style
from briefgen.formats.sheets import check_sheets
from briefgen.problems import Problem, ProblemsFound


def layout_problems(project: Project) -> list[Problem]:
    """Mistakes in the layouts that editions ask for, and in all of the project's own."""
    editions = [e for dossier in project.dossiers.values() for e in dossier.editions.values()]
    asked = {(e.edition.layout, e.edition.language) for e in editions}
    own, languages = layout_names(project.layouts[:1]), {language for _, language in asked}
    asked |= {(name, language) for name in own for language in languages}
    found: set[Problem] = set()
    for name, language in sorted(asked):
        try:
            layout = load_layout(name, project.layouts)
            layout.locale(language)
        except ProblemsFound as error:
            found |= set(error.problems)
            continue
        found |= {*_check_templates(layout), *style_problems(layout)}
        for edition in editions:
            if edition.edition.layout == name:
                found |= set(accent_problems(edition, layout))
    return sorted(found)


def style_problems(layout: Layout) -> Iterator[Problem]:
    """Mistakes in a layout's colours, style sheets and Word styles."""
    values = layout.theme_file.values
    yield from check_contrast(layout.theme.colours, OF_TEXT, lambda name: values["colours", name])
    try:
        yield from check_sheets(layout)
    except ProblemsFound as error:
        yield from error.problems
    try:
        load_word_style(layout)
    except ProblemsFound as error:
        yield from error.problems


def accent_problems(edition: LoadedEdition, layout: Layout) -> Iterator[Problem]:
    """An edition's accent colour, where it cannot be read in its layout."""
    accent = edition.edition.accent
    if accent is not None:
        colours = layout.theme.with_accent(accent).colours
        yield from check_contrast(
            colours, ("accent",), lambda _: edition.place.nearest(("accent",))
        )


def _check_templates(layout: Layout) -> Iterator[Problem]:
    for name in layout.templates.list_templates(extensions=["j2"]):
        try:
            layout.templates.get_template(name)
        except jinja2.TemplateSyntaxError as error:
            where = layout.place(name, error.lineno)
            what = f"not a valid template: {error.message}"
            yield Problem(where, "BG050", what, "correct this line")

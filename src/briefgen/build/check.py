"""Check layouts: what `check` reports beside the data itself, so that `build` has no surprise."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2

from briefgen.build.project import Project
from briefgen.document.layout import Layout, load_layout
from briefgen.problems import Problem, ProblemsFound


def layout_problems(project: Project) -> list[Problem]:
    """Mistakes in themes, words and templates of the layouts that editions ask for."""
    asked = {
        (loaded.edition.layout, loaded.edition.language)
        for dossier in project.dossiers.values()
        for loaded in dossier.editions.values()
    }
    found = [
        problem for name, language in sorted(asked) for problem in _check(name, language, project)
    ]
    return sorted(set(found))


def _check(name: str, language: str, project: Project) -> Iterator[Problem]:
    try:
        layout = load_layout(name, project.layouts)
        layout.locale(language)
    except ProblemsFound as error:
        yield from error.problems
    else:
        yield from _check_templates(layout)


def _check_templates(layout: Layout) -> Iterator[Problem]:
    for name in layout.templates.list_templates(extensions=["j2"]):
        try:
            layout.templates.get_template(name)
        except jinja2.TemplateSyntaxError as error:
            where = layout.place(name, error.lineno)
            what = f"not a valid template: {error.message}"
            yield Problem(where, "BG050", what, "correct this line")

"""Places in templates: from a line of the composed page back to the line that wrote it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from jinja2 import Environment, FileSystemLoader
from lxml import etree

from briefgen.document.layout import Layout
from briefgen.problems import Place

LINE_START = re.compile(r"^[ \t]*(?=<[a-zA-Z/]|\{\{)")
MARK = re.compile(r"<!--place (\S+):(\d+)-->")


class TemplatePlaces:
    """Where the parts of one page come from.

    Asked only when something is wrong: the page is then rendered once more, with a comment
    before each line of each template that says which line it is.
    """

    def __init__(self, layout: Layout, name: str, context: Mapping[str, Any]) -> None:
        self._layout = layout
        self._name = name
        self._context = context

    def at(self, line: int, column: int = sys.maxsize) -> Place:
        """The place that wrote a line of the page; the first line of the template if unknown.

        The last line of one template and the first of another may be one line of the page: the
        column, counted from 1, tells them apart.
        """
        first = self._layout.place(self._name)
        before = (place for *start, place in reversed(self._starts) if start < [line, column])
        return next(before, first)

    def of(self, element: etree._Element) -> Place:
        """The place that wrote an element, or the element round it that a template wrote."""
        around = (element, *element.iterancestors())
        lines: list[Any] = [one.sourceline for one in around]
        return self.at(next(filter(None, lines), 1))

    @cached_property
    def _starts(self) -> list[tuple[int, int, Place]]:
        """For each comment: line and column of the page on which it stands, and its place."""
        starts = []
        for number, line in enumerate(self._marked_page().strip().split("\n"), start=1):
            for mark in MARK.finditer(line):
                column = len(MARK.sub("", line[: mark.start()])) + 1
                place = self._layout.place(mark[1], int(mark[2]))
                starts.append((number, column, place))
        return starts

    def _marked_page(self) -> str:
        folders = [folder.path for folder in self._layout.folders]
        marking = self._layout.templates.overlay(loader=_MarkingLoader(folders))
        return marking.get_template(self._name).render(self._context)


class _MarkingLoader(FileSystemLoader):
    """Writes the place of each line before it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        source, file, is_current = super().get_source(environment, template)
        marked = [
            LINE_START.sub(rf"\g<0><!--place {template}:{number}-->", line)
            for number, line in enumerate(source.split("\n"), start=1)
        ]
        return "\n".join(marked), file, is_current


def template_line(error: BaseException | None, layout: Layout, name: str) -> Place:
    """The innermost line of a template in the error's traceback."""
    found = layout.place(name)
    trace = error.__traceback__ if error else None
    while trace:
        file = trace.tb_frame.f_code.co_filename
        for folder in layout.folders:
            if file.startswith(f"{folder.path}/"):
                shown = folder.shown / file[len(str(folder.path)) + 1 :]
                found = Place(shown.as_posix(), trace.tb_lineno)
        trace = trace.tb_next
    return found

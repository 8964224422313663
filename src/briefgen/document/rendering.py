"""Render: templates to a page, and the page to a tree, with mistakes at the template's line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from lxml import etree

from briefgen.document.bounds import OutOfBounds, joined, limited_time
from briefgen.document.layout import Layout
from briefgen.document.places import TemplatePlaces, template_line
from briefgen.problems import Problem, ProblemsFound

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no document can hold (XML 1.0, production 2)."""
MISTAKES = (
    jinja2.TemplateError,
    TypeError,
    ValueError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
    MemoryError,
)
"""What a template's own mistakes raise."""


def render_template(layout: Layout, name: str, context: Mapping[str, Any]) -> str:
    """What a template of the layout writes.

    Raises:
        ProblemsFound: the template is wrong, at its own line.
    """
    try:
        with limited_time():
            return joined(layout.templates.get_template(name).generate(context))
    except jinja2.TemplateNotFound as error:
        where = layout.place(str(error.name or name))
        what, mend = f"the template {error.name} is missing", "add it to the layout"
    except jinja2.TemplateSyntaxError as error:
        where = layout.place(error.name or name, error.lineno)
        what, mend = f"not a valid template: {error.message}", "correct this line"
    except UnicodeDecodeError:
        where = template_line(None, layout, name)
        what, mend = "a template that is not UTF-8", "save the layout's templates as UTF-8"
    except MISTAKES as error:
        where = template_line(error, layout, name)
        what, mend = _explain(error)
    raise ProblemsFound([Problem(where, "BG050", what, mend)])


def _explain(error: BaseException) -> tuple[str, str]:
    if isinstance(error, SecurityError):
        return f"{error}", "templates use the fields of records, not what lies behind them"
    if isinstance(error, OutOfBounds):
        return f"the template goes on without end: {error}", "end the loop, or write less"
    if isinstance(error, MemoryError):
        return "the template takes more memory than there is", "write less"
    if isinstance(error, jinja2.TemplateError):
        what = re.sub(
            r"'[\w.]+ object' has no attribute '(\w+)'", r'no field "\1" here', str(error)
        )
        return what, "correct the name, or test for it with `is defined`"
    if isinstance(error, RecursionError):
        return "templates that include each other without end", "remove one of the includes"
    return f"{type(error).__name__}: {error}", "correct the expression on this line"


def find_id(tree: etree._Element, name: str) -> etree._Element | None:
    """The element with this id, if there is one."""
    return next((element for element in tree.iter() if element.get("id") == name), None)


def parse_page(html: str, places: TemplatePlaces) -> etree._Element:
    """The composed page as a tree.

    Raises:
        ProblemsFound: it is not well-formed, at the line of the template that wrote the fault.
    """
    text = html.strip()
    if found := NOT_IN_XML.search(text):
        line = text.count("\n", 0, found.start()) + 1
        before = text[: found.start()].splitlines()[-1][-40:]
        what = f"a text holds the character U+{ord(found.group()):04X}; behind: {before}"
        mend = "remove the character from the data"
        raise ProblemsFound([Problem(places.at(line), "BG050", what, mend)])
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        snippet = (text.splitlines()[line - 1 : line] or [""])[0].strip()[:80]
        # The lines that the parser names are those of the page, which nobody has seen.
        message = re.sub(r",? line \d+(, column \d+)?( \(.*\))?", "", error.msg)
        what = f"the document is not well-formed: {message}; near: {snippet}"
        mend = "close every element (also <br/>); write & as {{ '&' }}"
        raise ProblemsFound([Problem(places.at(line, column), "BG050", what, mend)]) from None

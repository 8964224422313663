"""Style sheets of layouts: what is wrong with them, at its line.

A browser and WeasyPrint pass over what they do not understand. That suits pages from elsewhere;
in a layout it hides a slip of the pen.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any

from briefgen.document.layout import Layout, Sheet
from briefgen.formats.css import RefusedAddress, css_variables, refuse_addresses
from briefgen.formats.css_properties import SCREEN_PROPERTIES
from briefgen.formats.fonts import missing_characters, named
from briefgen.formats.html.colours import screen_colours
from briefgen.problems import Place, Problem, Severity, suggest

PRINT, SCREEN = "print.css", "screen.css"
AT = re.compile(r" at (\d+):(\d+)[,.:]?\s*")
"""Line and column in WeasyPrint's messages."""
FIRM = ("unknown property", "Parse error", "Error:", "selector", "Unknown empty rule")
"""What in WeasyPrint's messages is a mistake under any program; the rest it may yet learn."""
CONDITIONAL = frozenset({"media", "supports", "layer", "container", "scope", "starting-style"})
"""Rules that hold rules."""


def check_sheets(layout: Layout) -> Iterator[Problem]:
    """What is wrong with the style sheets of a layout and of those that they import.

    Raises:
        ProblemsFound: a sheet is missing, cannot be read, or imports what it may not.
    """
    for name in (PRINT, SCREEN):
        sheets = layout.sheets(name)
        rules = {sheet.shown: _rules(sheet) for sheet in sheets}
        written = css_variables(layout.theme) + screen_colours(layout.theme) * (name == SCREEN)
        known = set(re.findall(r"(--[\w-]+):", written))
        known |= {d.name for own in rules.values() for d in _declarations(own) if _is_custom(d)}
        for sheet in sheets:
            yield from _check_addresses(sheet)
            yield from _check_variables(sheet, rules[sheet.shown], known)
            if name == PRINT:
                yield from _check_signs(sheet, rules[sheet.shown])
            yield from (_as_printed(sheet) if name == PRINT else _as_shown(sheet))


def _rules(sheet: Sheet) -> list[Any]:
    import tinycss2  # type: ignore[import-untyped]

    rules: list[Any] = tinycss2.parse_stylesheet(
        sheet.text, skip_comments=True, skip_whitespace=True
    )
    return rules


def _problem(sheet: Sheet, node: Any, what: str, mend: str, level: Severity = "error") -> Problem:
    where = Place(sheet.shown, node.source_line, node.source_column)
    return Problem(where, "BG055", what, mend, level)


def _check_addresses(sheet: Sheet) -> Iterator[Problem]:
    try:
        refuse_addresses(sheet.text)
    except RefusedAddress as error:
        what, _, mend = str(error).partition("\n  help: ")
        yield Problem(Place(sheet.shown), "BG055", what, mend)


def _check_variables(sheet: Sheet, rules: Iterable[Any], known: set[str]) -> Iterator[Problem]:
    """Variables that neither the theme nor a sheet gives a value, and that have no other."""
    for declaration in _declarations(rules):
        for function in _functions(declaration.value):
            if function.lower_name != "var":
                continue
            name, *others = [a for a in function.arguments if a.type != "whitespace"] or [None]
            if name is None or name.type != "ident" or others or name.value in known:
                continue
            mend = f"{suggest(name.value, known)}docs/layouts.md lists them"
            yield _problem(sheet, name, f"unknown variable {name.value}", mend)


def _check_signs(sheet: Sheet, rules: Iterable[Any]) -> Iterator[Problem]:
    """Characters that the sheet itself prints and no typeface draws, in a PDF."""
    for declaration in _declarations(rules):
        if declaration.lower_name == "content":
            for token in declaration.value:
                if token.type == "string" and (missing := missing_characters(token.value)):
                    where = Place(sheet.shown, token.source_line, token.source_column)
                    what = f"no typeface has {named(missing)}"
                    yield Problem(where, "BG052", what, "take a sign that the faces have")


def _as_printed(sheet: Sheet) -> Iterator[Problem]:
    """What WeasyPrint says of the sheet."""
    import weasyprint

    with _Listening() as said:
        weasyprint.CSS(string=sheet.text, url_fetcher=_no_fetcher)
    for message in said:
        yield _printed_problem(sheet, message.replace(" ` at ", "` at "))


def _printed_problem(sheet: Sheet, message: str) -> Problem:
    found = AT.search(message)
    line, column = (int(found[1]), int(found[2])) if found else _find_selector(sheet, message)
    where = Place(sheet.shown, line, column)
    what = AT.sub(": " if message.startswith("Parse") else ", ", message, count=1).strip(" .,:")
    name = message.removeprefix("Ignored `").partition(":")[0]
    if not any(word in message for word in FIRM) or name in SCREEN_PROPERTIES:
        mend = "PDF is made without it: remove it"
        return Problem(where, "BG055", what, mend, "warning")
    near = suggest(name, SCREEN_PROPERTIES) if "unknown property" in message else ""
    return Problem(where, "BG055", what, f"{near}correct this line")


def _as_shown(sheet: Sheet) -> Iterator[Problem]:
    """What no browser would understand."""
    for node in _nodes(_rules(sheet)):
        if node.type == "error":
            yield _problem(sheet, node, f"not valid CSS: {node.message}", "correct this line")
        elif node.type == "declaration" and not _is_known(node.lower_name):
            mend = f"{suggest(node.lower_name, SCREEN_PROPERTIES)}correct this line"
            yield _problem(sheet, node, f'unknown property "{node.name}"', mend)


def _is_known(name: str) -> bool:
    # Custom properties, and those that one browser alone has.
    return name.startswith("-") or name in SCREEN_PROPERTIES


def _is_custom(declaration: Any) -> bool:
    return str(declaration.name).startswith("--")


def _declarations(rules: Iterable[Any]) -> Iterator[Any]:
    """Every declaration in the rules, at any depth, descriptors included."""
    import tinycss2

    for rule in rules:
        if rule.type == "declaration":
            yield rule
        elif getattr(rule, "content", None) is not None:
            yield from _declarations(tinycss2.parse_blocks_contents(rule.content))


def _nodes(rules: Iterable[Any]) -> Iterator[Any]:
    """Declarations of properties, and mistakes of syntax, at any depth."""
    import tinycss2

    for rule in rules:
        if rule.type in ("declaration", "error"):
            yield rule
        elif rule.type == "qualified-rule" or (
            rule.type == "at-rule" and rule.lower_at_keyword in CONDITIONAL and rule.content
        ):
            yield from _nodes(
                tinycss2.parse_blocks_contents(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
            )
        elif rule.type == "at-rule" and rule.lower_at_keyword == "keyframes" and rule.content:
            yield from _nodes(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            )


def _functions(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        if token.type == "function":
            yield token
        inner = getattr(token, "arguments", None) or getattr(token, "content", None) or ()
        yield from _functions(inner)


def _find_selector(sheet: Sheet, message: str) -> tuple[int, int]:
    """Where the selector stands that a message without a place quotes."""
    quoted = re.search(r"'(.+?)'", message, re.DOTALL)
    at = sheet.text.find(quoted[1].strip()) if quoted else -1
    if at < 0:
        return 1, 1
    return sheet.text.count("\n", 0, at) + 1, at - sheet.text.rfind("\n", 0, at)


def _no_fetcher(url: str, *_: object, **__: object) -> Any:
    raise RefusedAddress(url)


class _Listening(logging.Handler):
    """Hears what WeasyPrint logs, and keeps it to itself."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []
        self._logger = logging.getLogger("weasyprint")
        self._before = (self._logger.level, self._logger.propagate)

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())

    def __enter__(self) -> list[str]:
        self._before = (self._logger.level, self._logger.propagate)
        self._logger.addHandler(self)
        self._logger.setLevel(logging.WARNING)
        self._logger.propagate = False
        return self._said

    def __exit__(self, *error: object) -> None:
        self._logger.removeHandler(self)
        level, self._logger.propagate = self._before
        self._logger.setLevel(level)

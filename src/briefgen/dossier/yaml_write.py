"""Plain data as lines of YAML, as people write them: each text in the simplest style that holds it.

Every text was read again before it is given back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.dossier.yaml_places import parse_yaml
from briefgen.dossier.yaml_scalar import CannotHold, Frame, Style, raw_of, with_text

BLOCKS = (">", "|")
PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class Lines:
    """How lines are written."""

    newline: str = "\n"
    width: int = 100
    step: int = 2
    """By how many columns what is inside stands further in."""


def nearest(style: Style, value: str, *, in_flow: bool) -> list[Style]:
    """Styles other than this one, the one that changes least first."""
    quotes = ["'", '"'] if '"' in value or "\\" in value else ['"', "'"]
    blocks: list[Style] = [] if in_flow else [*BLOCKS]
    is_long = style in BLOCKS or "\n" in value
    order = [*blocks, '"'] if is_long else [*quotes, *blocks]
    return [other for other in order if other != style]


def key_text(key: str) -> str:
    """A key as it is written, in quotes where it needs them."""
    if PLAIN_KEY.fullmatch(key):
        return key
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text_lines(start: str, value: str, indent: int, lines: Lines) -> Iterator[str]:
    """Ways to write a text behind `key:` or `-`, the most readable first, without the line end.

    Lines that follow are indented by `indent`. Not every way is sure to mean the text.
    """
    fits = len(start) + 1 + len(value) <= lines.width and "\n" not in value
    quotes = [style for style in nearest("", value, in_flow=True) if style in ("'", '"')]
    for style in ["", *quotes, *BLOCKS] if fits else [*BLOCKS, *quotes]:
        is_block = style in BLOCKS
        frame = Frame(lines.newline, " " * indent, 0, lines.width, wraps=is_block)
        try:
            raw = raw_of(with_text([], value, style, frame))
        except CannotHold:
            continue
        written = f"{style}-{lines.newline}{raw}" if is_block else f"{style}{raw}{style}"
        yield f"{start} {written}"


def mapping_lines(data: Mapping[str, Any], column: int, lines: Lines) -> Iterator[str]:
    """The lines of a mapping of texts, and of lists of texts or mappings; each may hold several.

    Raises:
        CannotHold: a text has characters that YAML cannot hold.
    """
    for key, value in data.items():
        start = f"{' ' * column}{key_text(key)}:"
        if isinstance(value, str):
            yield _text(start, value, column + lines.step, lines)
        elif not value:
            yield f"{start} []"
        else:
            yield start
            yield from list_lines(value, column + lines.step, lines)


def list_lines(items: Sequence[Any], column: int, lines: Lines) -> Iterator[str]:
    """The lines of a list; see `mapping_lines`."""
    dash = f"{' ' * column}-"
    for item in items:
        if isinstance(item, str):
            yield _text(dash, item, column + lines.step, lines)
        else:
            first, *rest = mapping_lines(item, column + 2, lines)
            yield f"{dash} {first[column + 2 :]}"
            yield from rest


def _text(start: str, value: str, indent: int, lines: Lines) -> str:
    for written in text_lines(start, value, indent, lines):
        file = parse_yaml(written, "")
        read = file.data if isinstance(file.data, list) else [*(file.data or {}).values()]
        if not file.problems and read == [value]:
            return written
    raise CannotHold

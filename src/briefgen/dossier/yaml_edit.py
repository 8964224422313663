"""Change one value in the text of a YAML file, and leave every other byte as it is.

Each function gives the whole text of the file. What it gives was read again first: all data are
as they were, but for the value that was to change, which is as asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from briefgen.dossier.base import UNPRINTABLE
from briefgen.dossier.model import Path
from briefgen.dossier.yaml_file import (
    GONE,
    EditedFile,
    Splice,
    Unwritable,
    Way,
    indentation_step,
    shown,
)
from briefgen.dossier.yaml_scalar import (
    CannotHold,
    Frame,
    Pieces,
    Style,
    block_pieces,
    flow_pieces,
    raw_of,
    usual_width,
    value_of,
    width_of,
    with_text,
)
from briefgen.dossier.yaml_write import BLOCKS, Lines, key_text, list_lines, nearest, text_lines

__all__ = ["Unwritable", "add_text", "append", "remove", "set_text"]

STEP = 2
"""Spaces by which lines that continue a value are indented, where no other shows."""


def set_text(text: str, path: Path, value: str) -> str:
    """The text with `value` at `path`, in the style of what stood there, where that can hold it.

    Words that stay keep their quotes, escapes and line breaks; a line that grew too long is
    broken anew. Line ends behind a block (`>` or `|`) stay, as records are read without them.

    Raises:
        Unwritable: no text stands there, or it cannot be written.
    """
    _refuse_unprintable(value)
    file = EditedFile.of(text)
    nodes, missing = file.deepest(path)
    if missing or not isinstance(nodes[-1], yaml.ScalarNode):
        raise Unwritable(f"{shown(path)} is no text")
    node, old = nodes[-1], _get(file.data, path)
    if isinstance(old, str) and node.style in BLOCKS and not value.endswith("\n"):
        value += old[len(old.rstrip("\n")) :]
    if old == value or (type(old) is int and str(old) == value):
        return text
    wanted: tuple[Any, ...] = (value,)
    if type(old) is int and re.fullmatch("-?(0|[1-9][0-9]*)", value):
        wanted = (int(value), value)  # models read a year that is a number as text
    return file.verified(_set_ways(_Spot.of(file, nodes), value), path, wanted)


def add_text(text: str, path: Path, value: str) -> str:
    """The text with the key at the end of `path` added behind the last one beside it.

    Mappings on the way that are missing are made.

    Raises:
        Unwritable: the key is there, no mapping can hold it, or it cannot be written.
    """
    _refuse_unprintable(value)
    file = EditedFile.of(text)
    nodes, missing = file.deepest(path)
    is_empty = bool(nodes) and isinstance(nodes[-1], yaml.ScalarNode) and _is_empty(nodes[-1])
    if not missing:
        if is_empty:
            return set_text(text, path, value)
        raise Unwritable(f"{shown(path)} is there already")
    keys = [step for step in missing if isinstance(step, str)]
    if len(keys) < len(missing):
        raise Unwritable(f"{shown(path)} is not in the file")
    return file.verified(_add_ways(file, nodes, keys, value), path, (value,))


def remove(text: str, path: Path) -> str:
    """The text without the key at the end of `path` and its value; comments beside them stay.

    Raises:
        Unwritable: the key is not there, or cannot be taken out alone.
    """
    file = EditedFile.of(text)
    nodes, missing = file.deepest(path)
    if missing or len(nodes) < 2 or not isinstance(nodes[-2], yaml.MappingNode):  # noqa: PLR2004
        raise Unwritable(f"{shown(path)} is no key in the file")
    return file.verified(_remove_ways(file, nodes), path, (GONE,))


def append(text: str, path: Path, items: Sequence[Mapping[str, Any]]) -> str:
    """The text with mappings of texts and lists added to the end of the list at `path`.

    Raises:
        Unwritable: no list of lines stands there, or they cannot be written.
    """
    file = EditedFile.of(text)
    nodes, missing = file.deepest(path)
    if missing or len(nodes) < 2:  # noqa: PLR2004
        raise Unwritable(f"{shown(path)} is no list in the file")
    old = _get(file.data, path)
    if not isinstance(nodes[-1], yaml.SequenceNode) and old is not None:
        raise Unwritable(f"{shown(path)} is no list")
    return file.verified([_append_way(file, nodes, items)], path, ([*(old or ()), *items],))


def _refuse_unprintable(value: str) -> None:
    if found := UNPRINTABLE.search(value):
        raise Unwritable(f"the text holds the control character U+{ord(found[0]):04X}")


def _get(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _is_empty(node: yaml.Node) -> bool:
    """Whether nothing stands there, not even quotes."""
    return bool(node.start_mark.index == node.end_mark.index)


# --- One text -----------------------------------------------------------------


@dataclass(frozen=True)
class _Spot:
    """A scalar and what holds it."""

    file: EditedFile
    node: yaml.ScalarNode
    parent: int
    """The column of the mapping or list that holds it; -1 where nothing does."""
    in_flow: bool
    """Whether it stands between braces or brackets."""
    width: int

    @classmethod
    def of(cls, file: EditedFile, nodes: list[yaml.Node]) -> _Spot:
        node, above = nodes[-1], nodes[:-1]
        assert isinstance(node, yaml.ScalarNode)
        parent = above[-1].start_mark.column if above else -1
        in_flow = any(getattr(holder, "flow_style", False) for holder in above)
        return cls(file, node, parent, in_flow, usual_width(file.text))

    def frame(self, pieces: Pieces, column: int, indent: str, *, may_wrap: bool) -> Frame:
        """The frame for lines like those of the pieces."""
        broken = next((p.raw for p in pieces[2::2] if p.breaks and p.value == " "), None)
        has_lines = any(piece.breaks for piece in pieces[1:])
        if broken is not None:
            indent = re.split(r"[\r\n]", broken)[-1]
        width = width_of(pieces, self.width, column)
        fits = column + len(raw_of(pieces)) <= width
        wraps = has_lines or (may_wrap and fits)
        return Frame(self.file.newline, indent, column, width, wraps)


def _set_ways(spot: _Spot, value: str) -> Iterator[Way]:
    style, old = spot.node.style or "", spot.node.value
    is_parted = "\n" in value and "\n" not in old
    if not (is_parted and style in ("", "'")):
        for keep in (True, False):
            yield from _attempt(spot, value, style, keep=keep)
    for other in nearest(style, value, in_flow=spot.in_flow):
        yield from _attempt(spot, value, other, keep=False)


def _attempt(spot: _Spot, value: str, style: Style, *, keep: bool) -> Iterator[Way]:
    """The way to write the value in a style, if there is one; `keep` the words that stay."""
    was_block = spot.node.style in BLOCKS
    try:
        if was_block:
            yield _from_block(spot, value, style, keep=keep)
        elif style in BLOCKS:
            yield _to_block(spot, value, style)
        else:
            yield _flow(spot, value, style, keep=keep)
    except CannotHold:
        return


def _flow(spot: _Spot, value: str, style: Style, *, keep: bool) -> Way:
    """Plain or quoted, as before or anew."""
    node, file = spot.node, spot.file
    start, end = node.start_mark.index, node.end_mark.index
    was = node.style or ""
    pieces = flow_pieces(file.text[start + len(was) : end - len(was)], was)
    column = file.column(start) + len(style)
    indent = " " * (max(spot.parent, 0) + STEP)
    frame = spot.frame(pieces, column, indent, may_wrap=not spot.in_flow)
    old = pieces if keep and value_of(pieces) == node.value else []
    before = " " if start == end else ""
    new = raw_of(with_text(old, value, style, frame))
    return [Splice(start, end, f"{before}{style}{new}{style}")]


def _to_block(spot: _Spot, value: str, style: Style) -> Way:
    """From plain or quoted to folded or literal; a comment on the line stays there."""
    node, file = spot.node, spot.file
    start, end = node.start_mark.index, node.end_mark.index
    line_end = file.line_end(end)
    indent = " " * (max(spot.parent, 0) + STEP)
    frame = Frame(file.newline, indent, 0, spot.width)
    body = raw_of(with_text([], value, style, frame))
    before = " " if start == end else ""
    head = Splice(start, end, f"{before}{style}-")
    return [head, Splice(line_end, line_end, file.newline + body)]


def _from_block(spot: _Spot, value: str, style: Style, *, keep: bool) -> Way:
    """From folded or literal, to the same or to another style."""
    node, file = spot.node, spot.file
    block = file.block(node, spot.parent)
    core, was = value.rstrip("\n"), node.style or ""
    body = file.text[block.body : block.end]
    pieces = block_pieces(body, block.indent, was) if body else []
    if style not in BLOCKS:
        frame = Frame(file.newline, "", 0, spot.width, wraps=False)
        quoted = f"{style}{raw_of(with_text([], value, style, frame))}{style}"
        sign_end = block.start + len(re.match(r"[>|][-+1-9]*", file.text[block.start :])[0])  # type: ignore[index]
        return [Splice(block.start, sign_end, quoted), Splice(block.head_end, block.end, "")]
    indent = " " * (block.indent if body else max(spot.parent, 0) + STEP)
    frame = spot.frame(pieces, 0, indent, may_wrap=True)
    is_known = value_of(pieces) == node.value.rstrip("\n")
    new = raw_of(with_text(pieces if keep and is_known else [], core, style, frame))
    head = Splice(block.start, block.start + 1, style)
    if body:
        return [head, Splice(block.body, block.end, new)]
    return [head, Splice(block.head_end, block.head_end, file.newline + new)]


# --- A key more ---------------------------------------------------------------


def _add_ways(
    file: EditedFile, nodes: list[yaml.Node], keys: list[str], value: str
) -> Iterator[Way]:
    if not nodes:
        yield from _at_the_end(file, keys, value)
    elif isinstance(nodes[-1], yaml.MappingNode):
        add = _add_in_flow if nodes[-1].flow_style else _add_in_block
        yield from add(file, nodes, keys, value)
    elif isinstance(nodes[-1], yaml.ScalarNode) and _is_empty(nodes[-1]) and len(nodes) > 1:
        node, holder = nodes[-1], nodes[-2]
        if not getattr(holder, "flow_style", False):
            column = holder.start_mark.column + indentation_step(file.root)
            end = file.line_end(node.end_mark.index)
            for entry in _entries(file, keys, value, column):
                yield [Splice(end, end, file.newline + entry)]


def _at_the_end(file: EditedFile, keys: list[str], value: str) -> Iterator[Way]:
    """Into a file that holds no data yet."""
    end = len(file.text)
    before = file.newline if file.text and not file.text.endswith(("\n", "\r")) else ""
    for entry in _entries(file, keys, value, 0):
        yield [Splice(end, end, before + entry + file.newline)]


def _add_in_block(
    file: EditedFile, nodes: list[yaml.Node], keys: list[str], value: str
) -> Iterator[Way]:
    node = nodes[-1]
    end = file.end_of(node, node.start_mark.column)
    for entry in _entries(file, keys, value, node.start_mark.column):
        yield [Splice(end, end, file.newline + entry)]


def _entries(file: EditedFile, keys: list[str], value: str, column: int) -> Iterator[str]:
    """The lines of a key and its value, without the last line end, in one style and another."""
    lines = _lines(file)
    above: list[str] = []
    for key in keys[:-1]:
        above.append(f"{' ' * column}{key_text(key)}:")
        column += lines.step
    start = f"{' ' * column}{key_text(keys[-1])}:"
    for written in text_lines(start, value, column + lines.step, lines):
        yield file.newline.join([*above, written])


def _lines(file: EditedFile) -> Lines:
    return Lines(file.newline, usual_width(file.text), indentation_step(file.root))


def _add_in_flow(
    file: EditedFile, nodes: list[yaml.Node], keys: list[str], value: str
) -> Iterator[Way]:
    """Inside the braces where the line has room, else as lines of their own."""
    node = nodes[-1]
    inside = list(_inside_braces(file, node, keys, value))
    opened = list(_opened(file, nodes, keys, value))
    line_start = file.line_start(node.end_mark.index)
    line_end = re.compile(r"[\r\n]|$").search(file.text, node.end_mark.index)
    assert line_end
    length = line_end.start() - line_start + (len(inside[0][0].new) if inside else 0)
    fits = inside and length <= usual_width(file.text) and "\n" not in value
    yield from (*inside, *opened) if fits else (*opened, *inside)


def _inside_braces(file: EditedFile, node: yaml.Node, keys: list[str], value: str) -> Iterator[Way]:
    at = node.value[-1][1].end_mark.index if node.value else node.start_mark.index + 1
    comma = ", " if node.value else ""
    frame = Frame(file.newline, "", 0, 0, wraps=False)
    quotes = ['"'] if "\n" in value else ["", *nearest("", value, in_flow=True)]
    for style in quotes:
        try:
            raw = raw_of(with_text([], value, style, frame))
        except CannotHold:
            continue
        around = ": {".join(map(key_text, keys))
        yield [Splice(at, at, f"{comma}{around}: {style}{raw}{style}{'}' * (len(keys) - 1)}")]


def _opened(file: EditedFile, nodes: list[yaml.Node], keys: list[str], value: str) -> Iterator[Way]:
    """`{a: 1}` written as lines, with the new key behind them."""
    node, holders = nodes[-1], nodes[:-1]
    start, end = node.start_mark.index, node.end_mark.index
    if not holders or any(getattr(holder, "flow_style", False) for holder in holders):
        return
    if file.comments(start, end):
        return
    holder, line_end = holders[-1], file.line_end(end)
    old = [file.text[key.start_mark.index : inner.end_mark.index] for key, inner in node.value]
    in_mapping = isinstance(holder, yaml.MappingNode)
    column = (
        holder.start_mark.column + indentation_step(file.root) if in_mapping else file.column(start)
    )
    for entry in _entries(file, keys, value, column):
        lines = [*(f"{' ' * column}{words}" for words in old), entry]
        if in_mapping:
            before = len(file.text[:start].rstrip(" \t\r\n"))
            first, rest = Splice(before, end, ""), lines
        else:
            first, rest = Splice(start, end, lines[0].lstrip(" ")), lines[1:]
        behind = "".join(file.newline + line for line in rest)
        yield [first, Splice(line_end, line_end, behind)]


# --- A key less ---------------------------------------------------------------


def _remove_ways(file: EditedFile, nodes: list[yaml.Node]) -> Iterator[Way]:
    holder = nodes[-2]
    assert isinstance(holder, yaml.MappingNode)
    at = next(i for i, (_, value) in enumerate(holder.value) if value is nodes[-1])
    if holder.flow_style:
        yield _out_of_braces(file, holder, at)
    elif len(holder.value) == 1:
        yield _emptied(file, nodes)
    else:
        yield _out_of_lines(file, holder, at)


def _out_of_braces(file: EditedFile, holder: yaml.Node, at: int) -> Way:
    key, value = holder.value[at]
    start, end = key.start_mark.index, value.end_mark.index
    if at + 1 < len(holder.value):
        end = holder.value[at + 1][0].start_mark.index
    elif at:
        start = holder.value[at - 1][1].end_mark.index
    if file.comments(start, end):
        raise Unwritable("a comment stands beside it, between braces")
    return [Splice(start, end, "")]


def _emptied(file: EditedFile, nodes: list[yaml.Node]) -> Way:
    """The mapping holds nothing else: `{}` takes its place."""
    holder, above = nodes[-2], nodes[-3] if len(nodes) > 2 else None  # noqa: PLR2004
    start, end = holder.start_mark.index, file.end_of(holder, holder.start_mark.column)
    if isinstance(above, yaml.MappingNode):
        start = len(file.text[:start].rstrip(" \t\r\n"))
    if file.comments(start, end):
        raise Unwritable("a comment stands beside it, and nothing else would be left")
    return [Splice(start, end, " {}" if isinstance(above, yaml.MappingNode) else "{}")]


def _out_of_lines(file: EditedFile, holder: yaml.Node, at: int) -> Way:
    """Its lines go; comments that stood on them get lines of their own."""
    key, value = holder.value[at]
    start, end = key.start_mark.index, file.end_of(value, holder.start_mark.column)
    indent = " " * holder.start_mark.column
    comments = file.comments(start, end)
    line_start = file.line_start(start)
    line_break = re.compile(r"\r\n|\n|\r|$").match(file.text, end)
    assert line_break
    if file.text[line_start:start].strip(" "):  # the first key behind a dash
        spaces = re.compile(r"[ \t\r\n]*").match(file.text, end)
        assert spaces
        kept = "".join(f"{comment}{file.newline}{indent}" for comment in comments)
        return [Splice(start, spaces.end(), kept)]
    if comments:
        kept = file.newline.join(f"{indent}{comment}" for comment in comments)
        return [Splice(line_start, end, kept)]
    if line_break[0] or not line_start:
        return [Splice(line_start, line_break.end(), "")]
    before = re.compile(r"(\r\n|\n|\r)\Z").search(file.text[:line_start])
    assert before
    return [Splice(before.start(), end, "")]


# --- An item more -------------------------------------------------------------


def _append_way(
    file: EditedFile, nodes: list[yaml.Node], items: Sequence[Mapping[str, Any]]
) -> Way:
    node, holder = nodes[-1], nodes[-2]
    if isinstance(node, yaml.SequenceNode) and node.value:
        if node.flow_style:
            raise Unwritable("the list stands in brackets; write it as lines that start with `-`")
        column, way = node.start_mark.column, Way()
        end = file.end_of(node, column)
    else:  # `[]`, or nothing
        start = len(file.text[: node.start_mark.index].rstrip(" \t\r\n"))
        end = file.line_end(node.end_mark.index)
        column = holder.start_mark.column + indentation_step(file.root)
        way = [Splice(start, node.end_mark.index, "")]
    try:
        written = list_lines(items, column, _lines(file))
        lines = "".join(file.newline + line for line in written)
    except CannotHold as error:
        raise Unwritable("a text holds characters that YAML cannot hold") from error
    return [*way, Splice(end, end, lines)]

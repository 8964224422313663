"""The text of a YAML file as it is edited: its nodes, where they end, and whether an edit is right.

Marks of nodes are offsets into the text without a byte order mark, which comes back at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from briefgen.dossier.model import Path
from briefgen.dossier.yaml_places import LOADER, parse_yaml
from briefgen.problems import BriefgenError

BOM = "\ufeff"
HEAD = re.compile(r"([>|])([-+1-9]{0,2})([ \t]+#[^\r\n]*|[ \t]*)(\r\n|\n|\r|$)")
"""The first line of a folded or literal scalar: style, signs, comment, line end."""
LINE = re.compile(r"( *)([^\r\n]*)(\r\n|\n|\r|$)")
REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)")
"""What may stand behind a value on its line: spaces and a comment."""
COMMENT = re.compile(r"#[^\r\n]*")
GONE = object()
"""Stands for a key that is to be taken out."""


class Unwritable(BriefgenError):
    """A file cannot be edited as asked; the message says why. Nothing is changed."""


@dataclass(frozen=True)
class Splice:
    """A stretch of the text, and what is to stand there."""

    start: int
    end: int
    new: str


Way = list[Splice]
"""One way to make a change."""


@dataclass(frozen=True)
class Block:
    """Where the parts of a folded or literal scalar stand."""

    start: int
    """Its mark, `>` or `|`."""
    head_end: int
    """The end of its first line, before the line break."""
    body: int
    """The start of the next line."""
    end: int
    """The end of its last word; the same as `body` where it has none."""
    indent: int
    keeps: bool
    """Whether empty lines behind it belong to it."""


@dataclass(frozen=True)
class EditedFile:
    """A YAML file that can be edited."""

    text: str
    """Without the byte order mark."""
    bom: str
    data: Any
    root: yaml.Node | None

    @classmethod
    def of(cls, text: str) -> EditedFile:
        """The file of this text.

        Raises:
            Unwritable: the text is not YAML as dossiers have it.
        """
        bare = text.removeprefix(BOM)
        file = parse_yaml(bare, "")
        if file.problems:
            raise Unwritable(f"the file has problems: {file.problems[0].what}")
        root = yaml.compose(bare, Loader=LOADER)
        return cls(bare, text[: len(text) - len(bare)], file.data, root)

    @property
    def newline(self) -> str:
        """How lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def deepest(self, path: Path) -> tuple[list[yaml.Node], Path]:
        """The nodes from the root down along the path, and what of it is not there."""
        nodes = [self.root] if self.root else []
        for i, step in enumerate(path if nodes else ()):
            inner = _inner(nodes[-1], step)
            if inner is None:
                return nodes, path[i:]
            nodes.append(inner)
        return nodes, () if nodes else path

    def block(self, node: yaml.ScalarNode, parent: int) -> Block:
        """The parts of a folded or literal scalar; `parent`: the column of what holds it."""
        head = HEAD.match(self.text, node.start_mark.index)
        if head is None:
            raise Unwritable("a block of lines starts in an unusual way")
        number = re.search("[1-9]", head[2])
        indent = max(parent, 0) + int(number[0]) if number else 0
        at = end = head.end()
        while at < len(self.text):
            line = LINE.match(self.text, at)
            assert line
            if line[2].strip(" \t"):
                indent = indent or len(line[1])
                if len(line[1]) < indent or indent <= parent:
                    break
                end = line.end(2)
            at = line.end()
        keeps = "+" in head[2]
        return Block(node.start_mark.index, head.end(3), head.end(), end, indent, keeps)

    def line_end(self, at: int) -> int:
        """The end of the line behind a value that ends at `at`.

        Raises:
            Unwritable: something else stands on that line.
        """
        rest = REST.match(self.text, at)
        if rest is None:
            raise Unwritable("something else stands on the same line")
        return rest.end()

    def column(self, at: int) -> int:
        """How many characters stand before this one on its line."""
        return at - self.line_start(at)

    def line_start(self, at: int) -> int:
        """Where the line of this character starts."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def end_of(self, node: yaml.Node, parent: int) -> int:
        """The end of the last line of a value in block style, before the line break."""
        while not getattr(node, "flow_style", True) and node.value:
            parent, node = node.start_mark.column, last_of(node)
        if isinstance(node, yaml.ScalarNode) and node.style in tuple(">|"):
            block = self.block(node, parent)
            if block.keeps and node.value:
                end: int = node.end_mark.index
                before = self.text[:end]
                return end - len(before) + len(before.removesuffix("\n").removesuffix("\r"))
            return block.end if block.end > block.body else block.head_end
        return self.line_end(node.end_mark.index)

    def comments(self, start: int, end: int) -> list[str]:
        """The comments in a stretch of the text that starts and ends between values."""
        tokens = [(t.start_mark.index, t.end_mark.index) for t in yaml.scan(self.text, LOADER)]
        gaps: list[str] = []
        at = start
        for first, last in tokens:
            if start <= first < end:
                gaps.append(self.text[at:first])
                head = HEAD.match(self.text, first)
                gaps.append(head[3] if head else "")
                at = max(at, last)
        gaps.append(self.text[at:end])
        return [comment.rstrip() for gap in gaps for comment in COMMENT.findall(gap)]

    def verified(self, ways: Iterable[Way], path: Path, wanted: tuple[Any, ...]) -> str:
        """The text after the first way that gives one of the wanted values, and nothing else.

        Raises:
            Unwritable: no way does.
        """
        for way in ways:
            text = self._spliced(way)
            file = parse_yaml(text, "")
            expected = (_changed(self.data, path, value) for value in wanted)
            # Types and the order of keys count, too.
            if not file.problems and any(repr(file.data) == repr(data) for data in expected):
                return self.bom + text
        raise Unwritable("this file has no place where the text can be written safely")

    def _spliced(self, way: Way) -> str:
        text = self.text
        for splice in sorted(way, key=lambda splice: splice.start, reverse=True):
            text = text[: splice.start] + splice.new + text[splice.end :]
        return text


def last_of(node: yaml.Node) -> yaml.Node:
    """The last value of a mapping or list."""
    last: Any = node.value[-1]
    found: yaml.Node = last[1] if isinstance(node, yaml.MappingNode) else last
    return found


def _inner(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if 0 <= step < len(node.value) else None
    return None


def _changed(data: Any, path: Path, value: Any) -> Any:
    """The data with another value at the path; what is missing above it is a mapping."""
    if not path:
        return value
    step, *rest = path
    if isinstance(data, list):
        return [_changed(v, tuple(rest), value) if i == step else v for i, v in enumerate(data)]
    changed = dict(data or {})
    if value is GONE and not rest:
        del changed[step]
    else:
        changed[step] = _changed(changed.get(step), tuple(rest), value)
    return changed


def shown(path: Path) -> str:
    """A path in words of a message."""
    return "/".join(map(str, path)) or "the file"


def indentation_step(node: yaml.Node | None) -> int:
    """By how many columns the first nested mapping is indented; 2 where there is none."""
    return next(_steps(node), 2) if node else 2


def _steps(node: yaml.Node) -> Iterator[int]:
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            if isinstance(value, yaml.MappingNode) and not value.flow_style:
                yield value.start_mark.column - node.start_mark.column
            yield from _steps(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _steps(item)

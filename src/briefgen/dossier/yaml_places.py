"""YAML with positions: the plain data of a file, and where each value stands.

Only plain YAML is read: one document, no anchors, aliases or tags, no key twice.
Scalars follow the core schema of YAML 1.2, so that `no` stays a word and a date stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from briefgen.dossier.base import UNPRINTABLE
from briefgen.dossier.model import Path
from briefgen.problems import Place, Problem

MAX_BYTES = 5_000_000
"""Refuse larger files: no curated file comes near, and a hostile one must not fill memory."""
MAX_DEPTH = 40
MAX_DIGITS = 18

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

INTEGER = re.compile(r"[-+]?[0-9]+")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
CONSTANTS = {
    "": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


SIGN_OF_A_FEATURE = re.compile(r"(?:^|[\s\[{,:])(?:[&*]\S|!)|^(?:---|\.\.\.|%)", re.MULTILINE)
"""Where an anchor, an alias, a tag, a directive or a second document could begin."""
SHALLOW = 1_000
"""Brackets, columns and signs of lists that the stack of the parser holds."""
DEEP = re.compile(rf"^ {{{SHALLOW}}}|(?:[-?:] +){{{SHALLOW}}}", re.MULTILINE)
"""So many levels of blocks that they could overflow it."""


TOO_DEEP = f"nested more than {MAX_DEPTH} deep", "flatten the data"
INDENTED_WITH_TAB = "not valid YAML: the line is indented with a tab", "indent with spaces"
SYNTAX_HELP = "check indentation, quotes and brackets on this line and the one before"


@dataclass
class YamlFile:
    """The data of one file, and where each of its keys and values stands."""

    name: str
    """The file as it is shown to people."""
    data: Any = None
    text: str = ""
    keys: dict[Path, Place] = field(default_factory=dict)
    """Where the key of each value of a mapping stands."""
    values: dict[Path, Place] = field(default_factory=dict)
    """Where each value starts."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether the file could be read to its end; `data` is None where it is empty, too."""
        return not any(problem.code in ("BG001", "BG002") for problem in self.problems)

    def add(self, place: Place, code: str, what: str, mend: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(place, code, what, mend))


def read_text(path: FilePath, name: str) -> str | Problem:
    """The text of a UTF-8 file, or why it cannot be read."""
    start = Place(name)
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        return Problem(
            start, "BG002", f"cannot read the file: {error.strerror}", "check its permissions"
        )
    if len(raw) > MAX_BYTES:
        return Problem(
            start,
            "BG002",
            f"the file has more than {MAX_BYTES:,} bytes",
            "split it into several files in a folder of the same name",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        return Problem(_end_of(before, name), "BG002", "the file is not UTF-8", "save it as UTF-8")
    if unprintable := UNPRINTABLE.search(text):
        return Problem(
            _end_of(text[: unprintable.start()], name),
            "BG002",
            f"the file holds the control character U+{ord(unprintable[0]):04X}",
            "remove it",
        )
    return _with_newlines(text)


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _end_of(text: str, name: str) -> Place:
    text = _with_newlines(text)
    return Place(name, text.count("\n") + 1, len(text) - text.rfind("\n"))


def place_in(text: str, at: int, name: str) -> Place:
    """Where the character at an offset of a text of `read_text` stands."""
    return _end_of(text[:at], name)


def read_yaml(path: FilePath, name: str) -> YamlFile:
    """The file's data with places; mistakes are in `problems`, never raised."""
    text = read_text(path, name)
    if isinstance(text, Problem):
        return YamlFile(name, values={(): Place(name)}, problems=[text])
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """The same of a text at hand."""
    file = YamlFile(name, text=text, values={(): Place(name)})
    try:
        if not _refuse_features(text, file):
            node = yaml.compose(text, Loader=LOADER)
            file.data = None if node is None else _value(node, (), file)
    except _TooDeep as error:
        file.add(_place(error.node.start_mark, file), "BG002", *TOO_DEEP)
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, file)
    return file


def _report_syntax(error: yaml.MarkedYAMLError, file: YamlFile) -> None:
    """Note where the parser gave up, or what is opened there and never closed."""
    problem = f"{error.problem} {error.context or ''}".rstrip()
    place = _in_file(_place(error.problem_mark or error.context_mark, file), file)
    what, mend = f"not valid YAML: {problem}", SYNTAX_HELP
    if "end of stream while scanning a quoted" in problem:
        place = _place(error.context_mark, file)
        what, mend = "not valid YAML: a quotation mark opens here and is not closed", "close it"
    elif "parsing a flow node" in problem:
        what = "not valid YAML: an item is missing here, or a bracket is not closed"
        mend = "separate the items with single commas and close the bracket"
    elif "while parsing a flow" in problem:
        place = _place(error.context_mark, file)
        what = "not valid YAML: a bracket opens here, and a comma or its end is missing"
        mend = "separate the items with commas and close the bracket"
    elif "tab character" in problem:
        what, mend = INDENTED_WITH_TAB
    elif "cannot start any token" in problem:
        what, mend = _explain_character(file.text.split("\n")[place.line - 1][place.column - 1 :])
    elif "mapping values are not allowed" in problem:
        mend = 'put quotes round text that contains ": ", or check the indentation'
    elif "unknown escape character" in problem:
        mend = "use single quotation marks, in which a backslash is a backslash"
    file.add(place, "BG001", what, mend)


def _explain_character(rest: str) -> tuple[str, str]:
    if rest.startswith("\t"):
        return INDENTED_WITH_TAB
    return (
        f"not valid YAML: the text starts with {rest[:1]}",
        f"put quotes round text that starts with {rest[:1]}",
    )


def _in_file(place: Place, file: YamlFile) -> Place:
    """The place, or the last one before the end of the file, where the parser went past it."""
    lines = file.text.rstrip().split("\n")
    if place.line <= len(lines):
        return place
    return Place(place.file, len(lines), len(lines[-1]) + 1)


def _may_have_features(text: str) -> bool:
    """Whether the text could hold something that is refused: a quick look that errs to yes."""
    deep = text.count("[") + text.count("{") > SHALLOW or DEEP.search(text)
    return bool(deep or SIGN_OF_A_FEATURE.search(text))


def _refuse_features(text: str, file: YamlFile) -> bool:
    """Refuse what is not plain YAML, before the parser builds anything of it.

    Nested aliases make a small file unfold into gigabytes, and positions would lie; deep nesting
    overflows the stack of the parser, which is written in C.
    """
    if not _may_have_features(text):
        return False
    depth = documents = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if refused := _refused(event, depth, documents):
            file.add(_place(event.start_mark, file), "BG002", *refused)
            return True
    return False


def _refused(event: yaml.Event, depth: int, documents: int) -> tuple[str, str] | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return (
            "anchors and aliases (& and *) are not read",
            "write the value out, or put quotes round text that starts with & or *",
        )
    if tag := getattr(event, "tag", None):
        return (
            f"the tag {tag.replace('tag:yaml.org,2002:', '!!')} is not read",
            "remove it, or put quotes round text that starts with !",
        )
    if depth > MAX_DEPTH:
        return TOO_DEEP
    if documents > 1:
        return "a second document begins here", "remove the line `---`"
    return None


def _place(mark: Any, file: YamlFile) -> Place:
    return Place(file.name, mark.line + 1, mark.column + 1)


class _TooDeep(Exception):
    """A node stands deeper than anybody writes."""

    def __init__(self, node: yaml.Node) -> None:
        super().__init__()
        self.node = node


def _value(node: yaml.Node, path: Path, file: YamlFile) -> Any:
    if len(path) >= MAX_DEPTH and not isinstance(node, yaml.ScalarNode):
        raise _TooDeep(node)
    file.values[path] = _place(node.start_mark, file)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, file)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), file) for i, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, file: YamlFile) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, place = str(key_node.value), _place(key_node.start_mark, file)
        if not isinstance(key_node, yaml.ScalarNode):
            file.add(place, "BG001", "a key must be a word", "write the key as plain text")
        elif key in result:
            first = file.keys[(*path, key)]
            file.add(
                place,
                "BG003",
                f'key "{key}" stands twice; first on line {first.line}',
                "keep one of them",
            )
        else:
            file.keys[(*path, key)] = place
            result[key] = _value(value_node, (*path, key), file)
    return result


def _scalar(node: yaml.ScalarNode) -> Any:
    text: str = node.value
    if node.style:  # quoted or block: text as it stands
        return text
    if text in CONSTANTS:
        return CONSTANTS[text]
    if (
        INTEGER.fullmatch(text)
        and not (len(text) > 1 and text.startswith("0"))
        and len(text) <= MAX_DIGITS
    ):
        return int(text)
    if "." in text and NUMBER.fullmatch(text):
        return float(text)
    return text

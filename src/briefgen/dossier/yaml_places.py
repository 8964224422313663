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

    def add(self, place: Place, code: str, what: str, mend: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(place, code, what, mend))


def read_yaml(path: FilePath, name: str) -> YamlFile:
    """The file's data with places; mistakes are in `problems`, never raised."""
    file = YamlFile(name)
    start = Place(name)
    try:
        raw = path.read_bytes()
    except OSError as error:
        file.add(start, "BG002", f"cannot read the file: {error.strerror}", "check its permissions")
        return file
    if len(raw) > MAX_BYTES:
        file.add(
            start,
            "BG002",
            f"the file has {len(raw):,} bytes; at most {MAX_BYTES:,} are read",
            "split it into several files in a folder of the same name",
        )
        return file
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        file.add(Place(name, line, column), "BG002", "the file is not UTF-8", "save it as UTF-8")
        return file
    file.text = text
    _compose(text, file)
    return file


def _compose(text: str, file: YamlFile) -> None:
    loader = LOADER(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file.name, mark.line + 1, mark.column + 1) if mark else Place(file.name)
        context = f" {error.context}" if error.context else ""
        file.add(place, "BG001", f"not valid YAML: {error.problem}{context}", _yaml_help(error))
    except (yaml.YAMLError, ValueError) as error:
        file.add(Place(file.name), "BG001", f"not valid YAML: {error}", "correct the file")
    else:
        if node is not None and not _refuse_aliases(text, file):
            file.data = _value(node, (), file)
    finally:
        loader.dispose()


def _yaml_help(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return 'put quotes round text that contains ": "'
    if "tab" in problem or "\\t" in problem:
        return "indent with spaces, not tabs"
    if "expected <block end>" in problem:
        return "check the indentation, and quotes that are opened but not closed"
    return "check indentation, quotes and brackets on this line and the one before"


def _refuse_aliases(text: str, file: YamlFile) -> bool:
    # Nested aliases make a small file unfold into gigabytes, and positions would lie.
    if "&" not in text and "*" not in text:
        return False
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark: Any = event.start_mark
            place = Place(file.name, mark.line + 1, mark.column + 1)
            file.add(
                place,
                "BG002",
                "anchors and aliases (& and *) are not read",
                "write the value out, or put quotes round text that starts with & or *",
            )
            return True
    return False


def _place(node: yaml.Node, file: YamlFile) -> Place:
    return Place(file.name, node.start_mark.line + 1, node.start_mark.column + 1)


def _value(node: yaml.Node, path: Path, file: YamlFile) -> Any:
    place = _place(node, file)
    file.values[path] = place
    if len(path) > MAX_DEPTH:
        file.add(place, "BG002", f"nested more than {MAX_DEPTH} deep", "flatten the data")
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, file)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), file) for i, item in enumerate(node.value)]
    if node.tag.startswith("!") or not node.tag.startswith("tag:yaml.org,2002:"):
        file.add(place, "BG002", f"the tag {node.tag} is not read", "remove it")
        return None
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, file: YamlFile) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, place = str(key_node.value), _place(key_node, file)
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

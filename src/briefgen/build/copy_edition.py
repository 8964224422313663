"""A new edition that begins as a copy of another one, with an identity of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from briefgen.build.files import write_whole
from briefgen.build.loaded import LoadedDossier
from briefgen.build.new_edition import label_of_new, path_of_new
from briefgen.build.starter import as_scalar
from briefgen.dossier.yaml_places import parse_yaml
from briefgen.problems import ProblemsFound, WrongUsage, suggest

REWORDED = (
    "subtitle",
    "question",
    "audience",
    "stance",
    "bottom_line",
    "key_messages",
    "context",
    "lens",
    "exclude",
    "counter_view",
    "figures",
)
"""Keys whose words make an edition what it is, in the order in which one writes them anew."""


@dataclass(frozen=True)
class Copied:
    """A copy and what of it still says the same as its pattern."""

    path: Path
    to_reword: tuple[str, ...]


def copy_edition(loaded: LoadedDossier, name: str, like: str) -> Copied:
    """Write `editions/NAME.yaml` as the text of `like`, comments included, under a new identity.

    Id, label, title, reference and status are new; everything else is for its author to change.

    Raises:
        WrongUsage: a name cannot be one, is taken or unknown, or the file has an unusual form.
        ProblemsFound: the edition to copy has mistakes.
        WrongEnvironment: the file cannot be written.
    """
    path = path_of_new(loaded, name)
    original = _original(loaded, like)
    label = label_of_new(loaded, name)
    changes = {
        "id": name,
        "label": label,
        "title": f"To write: the title of the {label[:1].lower()}{label[1:]}",
    }
    if loaded.editions[like].edition.reference:
        changes["reference"] = f"To be given: {name}"
    changes["status"] = "draft"
    raw = original.read_bytes().decode("utf-8-sig")
    text = _with_values(raw, changes)
    before, after = parse_yaml(raw, str(original)).data, parse_yaml(text, str(path)).data
    if after != {**before, **changes}:
        raise WrongUsage(
            f"{original} is written in a form that cannot be copied\n"
            "  help: write it as plain keys, one a line, each with its value"
        )
    write_whole(path, text.encode())
    return Copied(path, tuple(key for key in REWORDED if key in before))


def _original(loaded: LoadedDossier, like: str) -> Path:
    path = loaded.folder / "editions" / f"{like}.yaml"
    if like in loaded.editions:
        return path
    shown = (loaded.shown / "editions" / f"{like}.yaml").as_posix()
    if found := [problem for problem in loaded.problems if problem.where.file == shown]:
        raise ProblemsFound(found)
    names = list(loaded.editions)
    raise WrongUsage(
        f'unknown edition "{like}"\n  help: {suggest(like, names)}'
        f"editions of {loaded.name}: {', '.join(names) or 'none'}"
    )


def _with_values(text: str, changes: Mapping[str, str]) -> str:
    """The text of a mapping with other values of these keys; keys that it lacks follow its id.

    All else stays as it is, byte for byte.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    nodes = {key.value: value for key, value in root.value}
    edits = [_edit(text, nodes[key], value) for key, value in changes.items() if key in nodes]
    newline = "\r\n" if "\r\n" in text else "\n"
    lacking = (f"{key}: {_quoted(changes[key])}{newline}" for key in changes if key not in nodes)
    at = text.find("\n", nodes["id"].end_mark.index) + 1 if "id" in nodes else 0
    edits.append((at, at, "".join(lacking)))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _edit(text: str, node: yaml.Node, value: str) -> tuple[int, int, str]:
    """Start and end of the node in the text, and what is to stand there."""
    start, end = node.start_mark.index, node.end_mark.index
    old = text[start:end]
    line_ends = old[len(old.rstrip()) :]  # those of a block of lines belong to it
    return start, end, _quoted(value) + line_ends


def _quoted(value: str) -> str:
    return f'"{value}"' if ":" in value else as_scalar(value)

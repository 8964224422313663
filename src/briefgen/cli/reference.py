"""The generated pages of the documentation: data, commands, problems.

`python -m briefgen.cli.reference` writes them into `docs/`; a test holds them against the code.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.main import get_command
from typer.testing import CliRunner

from briefgen.cli import app
from briefgen.document.theme import Theme
from briefgen.dossier.base import Edtf, ProseIn, RefTo
from briefgen.dossier.meanings import meanings
from briefgen.dossier.model import KINDS
from briefgen.dossier.records import About
from briefgen.dossier.reviews import Review
from briefgen.edition.models import Edition
from briefgen.problems import CODES

NOTICE = "<!-- Made by `./run docs`; edit the code instead. -->\n"
DATA_INTRODUCTION = """\
A dossier is a folder `data/<dossier>/` of plain YAML: `dossier.yaml`, one file or one folder a
kind (`claims.yaml` or `claims/*.yaml`, each a list of records), `tables/` with a CSV file and a
head for each table, and `editions/`; merging edited Word files adds `reviews/`. Ids are in
kebab-case and unique in the dossier. Dates are in EDTF (ISO 8601-2): `2014-05-06`, `2014-05`,
`2014`, `2014~` (about), `2014?` (perhaps), `2023/2026` (from, to), `2014/..` (since). *Prose* is
CommonMark in one paragraph with citations such as `[@claim-id; @other]`; *prose blocks* may hold
paragraphs and lists. Anchors, aliases and tags of YAML are not read.
"""
EXAMPLE = """\
Each problem prints its place, a stable code, the fact and the way to mend it:

```text
data/japan-nato/obstacles.yaml:41:9: error[BG012]: unknown area "maritime-secrity"
  help: did you mean "maritime-security"? `briefgen list areas` shows all.
```
"""
WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def pages() -> dict[str, str]:
    """Each page's text by its file name in `docs/`."""
    return {"data.md": data_page(), "commands.md": commands_page(), "problems.md": problems_page()}


def data_page() -> str:
    """Every key of every record, edition and theme."""
    parts = ["# The data\n", NOTICE, DATA_INTRODUCTION]
    seen: set[type[BaseModel]] = set()
    roots: dict[str, tuple[str, type[BaseModel]]] = {
        "dossier": ("`dossier.yaml`", About),
        **{kind: (f"a record of `{kind}`", model) for kind, model in KINDS.items()},
        "editions": ("`editions/*.yaml`", Edition),
        "reviews": ("`reviews/*.yaml`", Review),
        "theme": ("a layout's `theme.yaml`", Theme),
    }
    for name, (where, root) in roots.items():
        parts.append(f"## {name}: {where}\n")
        for model in _family(root, seen):
            parts += _section(model, is_root=model is root)
    return "\n".join(parts)


def commands_page() -> str:
    """The help of every command."""
    runner = CliRunner()
    parts = ["# The commands\n", NOTICE]
    for words in _command_lines(get_command(app), ()):
        result = runner.invoke(app, [*words, "--help"], prog_name="briefgen")
        text = "\n".join(line.rstrip() for line in result.stdout.strip().splitlines())
        parts.append(f"## `{' '.join(('briefgen', *words))}`\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def _command_lines(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words of each command and of those inside it."""
    yield words
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from _command_lines(inner, (*words, name))


def problems_page() -> str:
    """Every stable code and what it stands for."""
    rows = [f"| {code} | {meaning} |" for code, meaning in CODES.items()]
    table = ["| Code | Meaning |", "|---|---|", *rows, ""]
    return "\n".join(["# Problems\n", NOTICE, EXAMPLE, *table])


def _family(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """The model and the models inside it, each once on the page."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for info in model.model_fields.values():
        for inner in _models_in(info.annotation):
            yield from _family(inner, seen)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for arg in get_args(annotation):
        yield from _models_in(arg)


def _section(model: type[BaseModel], *, is_root: bool) -> list[str]:
    heading = [] if is_root else [f"### {model.__name__}\n"]
    summary, told = (model.__doc__ or "").strip(), meanings(model)
    rows = [
        f"| `{info.alias or name}` | {_words(info)} | {'yes' if info.is_required() else ''} "
        f"| {told.get(name, '').replace('|', '&#124;')} |"
        for name, info in model.model_fields.items()
        if name != "rows"  # read from the CSV file
    ]
    table = ["| Key | Holds | Needed | Meaning |", "|---|---|---|---|", *rows, ""]
    return [*heading, summary + "\n", *table]


def _words(info: FieldInfo) -> str:
    return _describe(info.annotation, tuple(info.metadata))


def _describe(annotation: Any, metadata: tuple[Any, ...]) -> str:
    if marked := _describe_mark(annotation, metadata):
        return marked
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _describe(args[0], (*args[1:], *metadata))
    if origin in (Union, types.UnionType):
        named = [_describe(arg, metadata) for arg in args if arg is not types.NoneType]
        return " or ".join(dict.fromkeys(named))
    by_origin = {
        Literal: lambda: ", ".join(f"`{choice}`" for choice in args),
        tuple: lambda: f"list of: {_describe(args[0], ())}",
        dict: lambda: f"mapping: {_describe(args[0], ())} to {_describe(args[1], ())}",
    }
    if origin in by_origin:
        return by_origin[origin]()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return WORDS.get(annotation, "text")


def _describe_mark(annotation: Any, metadata: tuple[Any, ...]) -> str | None:
    for mark in metadata:
        if isinstance(mark, RefTo):
            return "id of " + " or ".join(kind.removesuffix("s") for kind in mark.kinds)
        if isinstance(mark, ProseIn):
            return "prose blocks" if mark.blocks else "prose"
    is_date = annotation is str and metadata[:2] == get_args(Edtf)[1:3]
    return "EDTF date" if is_date else None


def write_pages(folder: Path) -> None:
    """Write the pages anew."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path("docs"))

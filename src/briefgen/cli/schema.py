"""`briefgen schema`: JSON Schemas, with which editors complete and check the YAML."""

from __future__ import annotations

import json
import os
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefgen.cli.common import ProjectOption, reporting_problems
from briefgen.problems import WrongEnvironment, WrongUsage

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter

MODELINE = "# yaml-language-server: $schema="
"""How a YAML file names its schema in its first line; understood by the YAML extensions of
VS Code, Neovim, Emacs and others."""


def schema_command(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder to write to.",
            show_default="schemas/ in the project",
        ),
    ] = None,
    link: Annotated[
        bool,
        typer.Option("--link", help="Also name the schema in the first line of each YAML file."),
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Write a JSON Schema for each kind of file, for completion and checks in an editor.

    \b
    Examples:
      briefgen schema
      briefgen schema --link
    """
    with reporting_problems():
        from briefgen.build.project import project_folder

        folder = project_folder(project)
        target = out or folder / "schemas"
        for name, schema in schemas().items():
            path = target / f"{name}.json"
            _write_schema(path, schema)
            typer.echo(str(path))
        if link:
            if not (folder / "data").is_dir():
                raise WrongUsage("there is no data/ here to link\n  help: go to your project")
            for path in _link_all(folder / "data", target):
                typer.echo(f"linked {path}", err=True)


def schemas() -> dict[str, dict[str, Any]]:
    """A schema (JSON Schema 2020-12) for each kind of YAML file, by its name."""
    from pydantic import TypeAdapter

    from briefgen.dossier.model import KINDS
    from briefgen.dossier.records import About
    from briefgen.edition.models import Edition

    single: Mapping[str, type[BaseModel]] = {
        "dossier": About,
        "editions": Edition,
        "tables": KINDS["tables"],
    }
    lists = {kind: model for kind, model in KINDS.items() if kind not in single}
    adapters = {
        **{name: TypeAdapter[Any](model) for name, model in single.items()},
        **{kind: TypeAdapter[Any](list[model]) for kind, model in lists.items()},  # type: ignore[valid-type]
    }
    found = {name: _schema(adapter) for name, adapter in adapters.items()}
    # What an edition leaves out it may take from the one that it extends.
    found["editions"].pop("required")
    found["tables"]["properties"].pop("rows")
    return found


def _schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **adapter.json_schema(by_alias=True, mode="validation"),
    }


def _link_all(data: Path, target: Path) -> Iterator[Path]:
    """Put the line at the top of every YAML file of every dossier that has none."""
    for dossier in sorted(path for path in data.iterdir() if (path / "dossier.yaml").is_file()):
        for path in sorted(dossier.rglob("*.yaml")):
            inside = path.relative_to(dossier)
            schema = target / f"{inside.parts[0].removesuffix('.yaml')}.json"
            text = path.read_bytes()
            if schema.is_file() and MODELINE.encode() not in text[:99]:
                way = Path(os.path.relpath(schema, path.parent)).as_posix()
                ending = b"\r\n" if b"\r\n" in text else b"\n"
                _write(path, f"{MODELINE}{way}".encode() + ending + text.removeprefix(BOM_UTF8))
                yield path


def _write_schema(path: Path, schema: dict[str, Any]) -> None:
    """Write the schema, but never over a file that is something else."""
    if path.exists() and b'"$schema"' not in path.read_bytes()[:99]:
        raise WrongUsage(f"{path} is no schema\n  help: name another folder with --out")
    _write(path, (json.dumps(schema, indent=1, ensure_ascii=False) + "\n").encode())


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise WrongEnvironment(
            f"cannot write {path}: {error.strerror}\n  help: name another folder with --out"
        ) from error

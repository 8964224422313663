"""`briefgen schema`: JSON Schemas, with which editors complete and check the YAML."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefgen.build.files import write_whole
from briefgen.build.modeline import MODELINE, modeline
from briefgen.cli.common import ProjectOption, reporting_problems
from briefgen.problems import WrongUsage

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter

ANY_MODELINE = re.compile(rb"(?m)^#[ \t]*yaml-language-server[ \t]*:[^\r\n]*")


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
        from briefgen.build.folder import project_folder

        folder = project_folder(project)
        target = out or folder / "schemas"
        data = folder / "data"
        if link and not data.is_dir():
            raise WrongUsage("there is no data/ here to link\n  help: go to your project")
        for name, schema in schemas().items():
            path = target / f"{name}.json"
            _write_schema(path, schema)
            typer.echo(str(path))
        for path in _files_to_link(data) if link else ():
            if told := _link(path, target, data):
                typer.echo(told, err=True)


def schemas() -> dict[str, dict[str, Any]]:
    """A schema (JSON Schema 2020-12) for each kind of YAML file, by its name."""
    from pydantic import TypeAdapter

    from briefgen.dossier.model import KINDS
    from briefgen.dossier.records import About
    from briefgen.dossier.reviews import Review
    from briefgen.edition.models import Edition

    single: Mapping[str, type[BaseModel]] = {
        "dossier": About,
        "editions": Edition,
        "reviews": Review,
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
    from pydantic.json_schema import GenerateJsonSchema

    from briefgen.dossier.meanings import meanings

    class WithMeanings(GenerateJsonSchema):
        """Adds what each field means as its description."""

        def model_schema(self, schema: Any) -> dict[str, Any]:
            made = super().model_schema(schema)
            fields = schema["cls"].model_fields
            for name, text in meanings(schema["cls"]).items():
                made["properties"][fields[name].alias or name]["description"] = text
            return made

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **adapter.json_schema(by_alias=True, mode="validation", schema_generator=WithMeanings),
    }


def _files_to_link(data: Path) -> Iterator[Path]:
    for dossier in sorted(path for path in data.iterdir() if (path / "dossier.yaml").is_file()):
        yield from sorted(path for path in dossier.rglob("*.yaml") if path.is_file())


def _link(path: Path, target: Path, data: Path) -> str | None:
    """Put the line at the top of the file, or renew our own; what to tell about it.

    A line that somebody wrote in another form stays as it is.
    """
    kind = path.relative_to(data).parts[1].removesuffix(".yaml")
    schema = target / f"{kind}.json"
    text = path.read_bytes()
    if not schema.is_file():
        return None
    if b"\0" in text or text[:2] in (BOM_UTF16_LE, BOM_UTF16_BE):
        return f"passed over {path}: it is not UTF-8"
    line, body = modeline(schema, path).encode(), text.removeprefix(BOM_UTF8)
    named = ANY_MODELINE.search(body)
    if named and not body.startswith(MODELINE.encode()):
        return f"passed over {path}: it names a schema already"
    if named:
        body = body[named.end() :]
    else:
        line += b"\r\n" if b"\r\n" in text else b"\n"
    if line + body == text:
        return None
    write_whole(path, line + body)
    return f"linked {path}"


def _write_schema(path: Path, schema: dict[str, Any]) -> None:
    """Write the schema, but never over something else."""
    is_other = path.exists() and not (path.is_file() and b'"$schema"' in path.read_bytes()[:99])
    if is_other:
        raise WrongUsage(f"{path} is no schema\n  help: name another folder with --out")
    write_whole(path, (json.dumps(schema, indent=1, ensure_ascii=False) + "\n").encode())

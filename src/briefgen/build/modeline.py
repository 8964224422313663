"""The first line of a YAML file, by which an editor finds its JSON Schema."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

MODELINE = "# yaml-language-server: $schema="
"""How a YAML file names its schema in its first line; understood by the YAML extensions of
VS Code, Neovim, Emacs and others."""
FOLDERS = ("schemas", "docs/schemas")
"""Where a project keeps its schemas, the usual place first."""


def modeline(schema: Path, file: Path) -> str:
    """The line by which the file names the schema."""
    way = Path(os.path.relpath(schema, file.parent)).as_posix()
    return f"{MODELINE}{quote(way)}"


def modeline_in(project: Path, kind: str, file: Path) -> str:
    """The line, with its end, for a file of the kind; empty where the project has no schema."""
    for folder in FOLDERS:
        if (schema := project / folder / f"{kind}.json").is_file():
            return f"{modeline(schema, file)}\n"
    return ""

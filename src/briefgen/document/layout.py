"""Layouts: a folder of templates with its theme, styles and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from briefgen.document.locale import Locale
from briefgen.document.theme import Theme
from briefgen.dossier.validate import validate
from briefgen.dossier.yaml_places import read_yaml
from briefgen.problems import Place, Problem, ProblemsFound, suggest

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Layout:
    """What a document is composed with."""

    name: str
    folder: Path
    shown: Path
    """The folder as messages name it."""
    theme: Theme
    templates: ImmutableSandboxedEnvironment

    def text(self, name: str) -> str:
        """One of the layout's files, such as `print.css`.

        Raises:
            ProblemsFound: the layout does not have it, or it is not UTF-8.
        """
        where = Place((self.shown / name).as_posix())
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            problem = Problem(where, "BG050", "the file is not UTF-8", "save it as UTF-8")
        except OSError:
            problem = Problem(where, "BG050", f"the layout has no {name}", "add the file")
        raise ProblemsFound([problem])

    def locale(self, language: str) -> Locale:
        """The layout's words in a language.

        Raises:
            ProblemsFound: the layout has no such language, or its file is incomplete.
        """
        path = self.folder / "locales" / f"{language}.yaml"
        shown = self.shown / "locales" / path.name
        if not path.is_file():
            known = sorted(p.stem for p in path.parent.glob("*.yaml"))
            raise ProblemsFound(
                [
                    Problem(
                        Place(shown.as_posix()),
                        "BG050",
                        f'layout "{self.name}" has no words in {language}',
                        f"add the file; languages here: {', '.join(known) or 'none'}",
                    )
                ]
            )
        return _read(Locale, path, shown)


def load_layout(name: str, folders: Sequence[tuple[Path, Path]]) -> Layout:
    """The layout `name` from the first of the folders that has it.

    Each folder comes as its path and as messages name it.

    Raises:
        ProblemsFound: there is no such layout, or its theme is wrong.
    """
    known = sorted({p.name for folder, _ in folders for p in folder.glob("*/") if p.is_dir()})
    for folder, shown in folders:
        # Only a name of the list: "../secrets" is a folder too.
        if name in known and (folder / name).is_dir():
            return _read_layout(name, folder / name, shown / name)
    raise ProblemsFound(
        [
            Problem(
                Place(f"templates/{name}"),
                "BG012",
                f'unknown layout "{name}"',
                f"{suggest(name, known)}layouts: {', '.join(known) or 'none'}",
            )
        ]
    )


def _read_layout(name: str, folder: Path, shown: Path) -> Layout:
    theme = _read(Theme, folder / "theme.yaml", shown / "theme.yaml")
    # Templates may come from anyone: they get no file system but their own folder, no Python
    # internals, and every value is escaped.
    templates = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return Layout(name, folder, shown, theme, templates)


def _read(model: type[M], path: Path, shown: Path) -> M:
    """A YAML file of the layout as a model.

    Raises:
        ProblemsFound: the file is missing or wrong.
    """
    name = shown.as_posix()
    if not path.is_file():
        what = f"the layout has no {path.name}"
        raise ProblemsFound([Problem(Place(name), "BG050", what, "add the file")])
    file = read_yaml(path, name)
    if not file.problems and not isinstance(file.data, dict):
        file.add(Place(name), "BG006", "the file should hold a mapping", "write `key: value` lines")
    found = validate(model, file.data, file, ()) if not file.problems else None
    if found is None:
        raise ProblemsFound(file.problems)
    return found

"""Layouts: a folder of templates with its theme, styles and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import ValidationError

from briefgen.document.locale import Locale
from briefgen.document.theme import Theme
from briefgen.dossier.validate import validate
from briefgen.dossier.yaml_places import read_yaml
from briefgen.problems import Place, Problem, ProblemsFound, suggest


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
            ProblemsFound: the layout does not have it.
        """
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except OSError:
            where = Place((self.shown / name).as_posix())
            raise ProblemsFound(
                [Problem(where, "BG050", f"the layout has no {name}", "add the file")]
            ) from None

    def locale(self, language: str) -> Locale:
        """The layout's words in a language.

        Raises:
            ProblemsFound: the layout has no such language, or its file is incomplete.
        """
        path = self.folder / "locales" / f"{language}.yaml"
        shown = (self.shown / "locales" / path.name).as_posix()
        if not path.is_file():
            known = sorted(p.stem for p in path.parent.glob("*.yaml"))
            raise ProblemsFound(
                [
                    Problem(
                        Place(shown),
                        "BG050",
                        f'layout "{self.name}" has no words in {language}',
                        f"add the file; languages here: {', '.join(known)}",
                    )
                ]
            )
        file = read_yaml(path, shown)
        try:
            if not file.problems:
                return Locale.of(file.data)
        except ValidationError as error:
            for detail in error.errors():
                key = ".".join(str(part) for part in detail["loc"])
                file.add(Place(shown), "BG050", f"{key}: {detail['msg']}", "correct the file")
        raise ProblemsFound(file.problems)


def load_layout(name: str, folders: Sequence[tuple[Path, Path]]) -> Layout:
    """The layout `name` from the first of the folders that has it.

    Each folder comes as its path and as messages name it.

    Raises:
        ProblemsFound: there is no such layout, or its theme is wrong.
    """
    for folder, shown in folders:
        if (folder / name).is_dir():
            return _read_layout(name, folder / name, shown / name)
    known = sorted({p.name for folder, _ in folders for p in folder.glob("*/") if p.is_dir()})
    raise ProblemsFound(
        [
            Problem(
                Place(f"templates/{name}"),
                "BG012",
                f'unknown layout "{name}"',
                f"{suggest(name, known)}layouts: {', '.join(known)}",
            )
        ]
    )


def _read_layout(name: str, folder: Path, shown: Path) -> Layout:
    file = read_yaml(folder / "theme.yaml", (shown / "theme.yaml").as_posix())
    theme = validate(Theme, file.data, file, ()) if not file.problems else None
    if theme is None:
        raise ProblemsFound(file.problems)
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

"""Layouts: a folder of templates with its theme, styles and words.

A layout may extend another (`extends` in its `theme.yaml`): a file that it lacks is that one's,
and its YAML files say only what differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from jinja2 import FileSystemLoader, StrictUndefined
from pydantic import BaseModel

from briefgen.document.bounds import BoundedEnvironment
from briefgen.document.compiled import COMPILED
from briefgen.document.locale import Locale
from briefgen.document.theme import Theme
from briefgen.dossier.validate import validate
from briefgen.dossier.yaml_merge import lay_over
from briefgen.dossier.yaml_places import YamlFile, read_yaml
from briefgen.problems import Place, Problem, ProblemsFound, suggest
from briefgen.resources import shipped

M = TypeVar("M", bound=BaseModel)
IMPORT = re.compile(r'(?:\s|/\*.*?\*/)*(@import\s+"([^"\n]*)"\s*;)', re.DOTALL)
"""An import at the head of a style sheet. Source: CSS Cascading 4, section 2.

Where it may stand alone: after anything else CSS ignores it, and `refuse_addresses` stops it."""


@dataclass(frozen=True)
class LayoutFolder:
    """One of the folders that a layout is made of."""

    path: Path
    shown: Path
    """The folder as messages name it."""

    @property
    def name(self) -> str:
        """The layout that it holds."""
        return self.path.name


@dataclass(frozen=True)
class Sheet:
    """A style sheet of one folder, without its import."""

    shown: str
    """The file as messages name it."""
    folder: LayoutFolder
    text: str


@dataclass(frozen=True)
class Layout:
    """What a document is composed with."""

    name: str
    folders: tuple[LayoutFolder, ...]
    """Its own folder, then those of the layouts that it extends, nearest first."""
    theme: Theme
    theme_file: YamlFile
    """The theme's data with the place of each value."""
    templates: BoundedEnvironment
    _files: dict[str, YamlFile] = field(default_factory=dict, repr=False, compare=False)
    """YAML files that were read."""

    def place(self, name: str, line: int = 1) -> Place:
        """A line of one of the layout's files, in the folder that the file comes from."""
        folder = self._folder_with(name) or self.folders[0]
        return Place((folder.shown / name).as_posix(), line)

    def text(self, name: str) -> str:
        """One of the layout's files, such as `screen.css`.

        Raises:
            ProblemsFound: the layout does not have it, or it is not UTF-8.
        """
        return self._text(name, self._folder_with(name))

    def sheet(self, name: str) -> str:
        """A style sheet with those that it imports before it; raises what `sheets` does."""
        return "\n".join(sheet.text for sheet in self.sheets(name))

    def sheets(self, name: str) -> tuple[Sheet, ...]:
        """A style sheet, `print.css` or `screen.css`, behind those that it imports.

        A sheet replaces that of the layout which its own extends, unless it begins with
        `@import "<that layout>/<sheet>";`.

        Raises:
            ProblemsFound: a sheet is missing, not UTF-8, or imports anything else.
        """
        found: list[Sheet] = []
        folders = list(self.folders)
        while True:
            folder = self._folder_with(name, folders)
            text = self._text(name, folder, found[-1] if found else None)
            assert folder is not None
            del folders[: folders.index(folder) + 1]
            match = IMPORT.match(text)
            shown = (folder.shown / name).as_posix()
            if match:
                # Blanks keep the places of what follows.
                blank = "".join(c if c == "\n" else " " for c in match[1])
                text = text[: match.start(1)] + blank + text[match.end(1) :]
                _check_import(match, shown, name, folders)
            found.insert(0, Sheet(shown, folder, text))
            if not match:
                return tuple(found)

    def read(self, model: type[M], name: str) -> M:
        """A YAML file of the layout, over those of the layouts that it extends, as a model.

        Raises:
            ProblemsFound: no folder has the file, or it is wrong.
        """
        return _validated(model, self.yaml(name))

    def yaml(self, name: str) -> YamlFile:
        """The data of a YAML file of the layout, over those of the layouts that it extends.

        Raises:
            ProblemsFound: no folder has the file, or it is no YAML mapping.
        """
        if self._folder_with(name) is None:
            raise ProblemsFound([_missing(self.place(name), name)])
        if name not in self._files:
            self._files[name] = _merged(self.folders, name)
        return self._files[name]

    def locale(self, language: str) -> Locale:
        """The layout's words in a language.

        Raises:
            ProblemsFound: the layout has no such language, or its file is incomplete.
        """
        name = f"locales/{language}.yaml"
        if self._folder_with(name) is None:
            known = sorted({p.stem for f in self.folders for p in f.path.glob("locales/*.yaml")})
            what = f'layout "{self.name}" has no words in {language}'
            mend = f"add the file; languages here: {', '.join(known) or 'none'}"
            raise ProblemsFound([Problem(self.place(name), "BG050", what, mend)])
        return self.read(Locale, name)

    def _folder_with(
        self, name: str, folders: Sequence[LayoutFolder] | None = None
    ) -> LayoutFolder | None:
        among = self.folders if folders is None else folders
        return next((folder for folder in among if (folder.path / name).is_file()), None)

    def _text(self, name: str, folder: LayoutFolder | None, after: Sheet | None = None) -> str:
        if folder is None:
            where = Place(after.shown) if after else self.place(name)
            raise ProblemsFound([_missing(where, name)])
        try:
            return (folder.path / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            what, mend = "the file is not UTF-8", "save it as UTF-8"
        except OSError as error:
            what, mend = f"cannot read the file: {error.strerror}", "check its permissions"
        raise ProblemsFound([Problem(self.place(name), "BG050", what, mend)])


def layout_names(folders: Sequence[tuple[Path, Path]]) -> list[str]:
    """The layouts that there are, by name."""
    return sorted({p.name for folder, _ in folders for p in folder.glob("*/") if p.is_dir()})


def load_layout(name: str, folders: Sequence[tuple[Path, Path]]) -> Layout:
    """The layout `name` from the first of the folders that has it.

    Each folder comes as its path and as messages name it.

    Raises:
        ProblemsFound: there is no such layout, its theme is wrong, or it extends what is not there.
    """
    found = _find(name, folders)
    if found is None:
        known = layout_names(folders)
        what = f'unknown layout "{name}"'
        mend = f"{suggest(name, known)}layouts: {', '.join(known) or 'none'}"
        raise ProblemsFound([Problem(Place(f"templates/{name}"), "BG012", what, mend)])
    chain = _chain(found, folders)
    _refuse_links_out(chain)
    theme_file = _merged(chain, "theme.yaml")
    # Templates may come from anyone: they get no file system but their own folders, no Python
    # internals, and every value is escaped.
    templates = BoundedEnvironment(
        loader=FileSystemLoader([folder.path for folder in chain]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
    )
    return Layout(name, chain, _validated(Theme, theme_file), theme_file, templates)


def _refuse_links_out(chain: Sequence[LayoutFolder]) -> None:
    """Let no file of a layout be a link to one elsewhere: its text would be printed.

    Layouts that ship are let be; an installer may have linked them.

    Raises:
        ProblemsFound: there are such links, each at its place.
    """
    problems = []
    for folder in chain:
        if folder.path.is_relative_to(shipped("templates")):
            continue
        home = folder.path.resolve()
        for path in sorted(folder.path.rglob("*")):
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                where = Place((folder.shown / path.relative_to(folder.path)).as_posix())
                what, mend = "the file is a link out of the layout", "put the file itself here"
                problems.append(Problem(where, "BG050", what, mend))
    if problems:
        raise ProblemsFound(problems)


def _find(
    name: str, folders: Sequence[tuple[Path, Path]], but: LayoutFolder | None = None
) -> LayoutFolder | None:
    """The first folder of this name, other than `but`."""
    # Only a name of the list: "../secrets" is a folder too.
    if name not in layout_names(folders):
        return None
    found = (LayoutFolder(path / name, shown / name) for path, shown in folders)
    return next((f for f in found if f.path.is_dir() and (not but or f.path != but.path)), None)


def _chain(first: LayoutFolder, folders: Sequence[tuple[Path, Path]]) -> tuple[LayoutFolder, ...]:
    """The folder, then those that it extends, nearest first.

    A layout of a project may extend the one of the same name that ships.

    Raises:
        ProblemsFound: a theme is missing or no mapping, or `extends` leads nowhere or round.
    """
    chain = [first]
    while True:
        theme = _read(chain[-1], "theme.yaml")
        if theme is None:
            where = Place((chain[-1].shown / "theme.yaml").as_posix())
            raise ProblemsFound([_missing(where, "theme.yaml")])
        base = theme.data.get("extends")
        if not isinstance(base, str):
            return tuple(chain)
        found = _find(base, folders, but=chain[-1])
        where = theme.values[("extends",)]
        if found is None and base != chain[-1].name:
            known = layout_names(folders)
            what, mend = f'unknown layout "{base}"', f"layouts: {', '.join(known)}"
            raise ProblemsFound([Problem(where, "BG012", what, f"{suggest(base, known)}{mend}")])
        if found is None or found in chain:
            names = [f.name for f in chain[chain.index(found) if found else -1 :]]
            what = f"extends goes in a circle: {' -> '.join([*names, base])}"
            mend = "let one of them extend another layout or none"
            raise ProblemsFound([Problem(where, "BG017", what, mend)])
        chain.append(found)


def _check_import(match: re.Match[str], shown: str, name: str, below: list[LayoutFolder]) -> None:
    """Let a sheet import nothing but the same sheet of the layout that its own extends."""
    wanted = f"{below[0].name}/{name}" if below else None
    if match[2] == wanted:
        return
    line = match.string.count("\n", 0, match.start(1)) + 1
    column = match.start(1) - match.string.rfind("\n", 0, match.start(1))
    what = f'the sheet imports "{match[2]}"'
    mend = (
        f'a sheet may begin with `@import "{wanted}";` and import nothing else'
        if wanted
        else "a sheet may import that of the layout which its own extends; this one extends none"
    )
    raise ProblemsFound([Problem(Place(shown, line, column), "BG055", what, mend)])


def _missing(where: Place, name: str) -> Problem:
    what = f"the layout has no {PurePosixPath(name).name}"
    return Problem(where, "BG050", what, "add the file")


def _merged(chain: Sequence[LayoutFolder], name: str) -> YamlFile:
    """A YAML file of the nearest folder over those of the others that have it.

    Raises:
        ProblemsFound: one of them is no YAML mapping.
    """
    files = [file for folder in chain if (file := _read(folder, name))]
    merged = YamlFile(files[0].name)
    for file in reversed(files):
        lay_over(merged, file, null_removes=True)
    return merged


def _read(folder: LayoutFolder, name: str) -> YamlFile | None:
    """A YAML file of one folder, or None where it has none.

    Raises:
        ProblemsFound: it is no YAML mapping.
    """
    path, shown = folder.path / name, (folder.shown / name).as_posix()
    if not path.is_file():
        return None
    file = read_yaml(path, shown)
    if not file.problems and not isinstance(file.data, dict):
        what, mend = "the file should hold a mapping", "write `key: value` lines"
        file.add(Place(shown), "BG006", what, mend)
    if file.problems:
        raise ProblemsFound(file.problems)
    return file


def _validated(model: type[M], file: YamlFile) -> M:
    found = validate(model, file.data, file, ())
    if found is None:
        raise ProblemsFound(file.problems)
    return found

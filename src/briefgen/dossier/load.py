"""Read a dossier: from a folder of YAML and CSV to records, with all problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel

from briefgen.dossier.base import LONGEST_ID, Record, id_mistake
from briefgen.dossier.model import KINDS, Dossier, Path, PlaceOf
from briefgen.dossier.records import About, Table
from briefgen.dossier.tables import grouping_mistakes, read_rows
from briefgen.dossier.validate import validate
from briefgen.dossier.yaml_places import YamlFile, read_yaml
from briefgen.problems import Place, Problem, suggest

FILES = frozenset(
    {"dossier.yaml", "evidence.lock", "LICENSE"}
    | {f"{kind}.yaml" for kind in KINDS if kind != "tables"}
)
FOLDERS = frozenset({"editions", "reviews", *KINDS})
"""What may stand in the folder of a dossier."""
WHAT_STANDS_HERE = (
    "a dossier holds dossier.yaml, evidence.lock, editions/, reviews/, tables/, README.md, LICENSE "
    f"and, each as .yaml or as a folder, {', '.join(kind for kind in KINDS if kind != 'tables')}"
)


@dataclass(frozen=True)
class Broken:
    """What should have become a record or an edition but has mistakes."""

    model: type[BaseModel]
    data: Any
    place: PlaceOf


@dataclass
class Reading:
    """A dossier as far as it could be read."""

    name: str
    shown: FilePath
    """The folder as it is shown to people."""
    about: About | None = None
    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {k: {} for k in KINDS})
    places: dict[tuple[str, str], PlaceOf] = field(default_factory=dict)
    ids: dict[str, dict[str, Place]] = field(default_factory=dict)
    """For every id met, also of records with mistakes: its place, by the kind of record."""
    unread: set[str] = field(default_factory=set)
    """Kinds of which some ids are unknown, because a file or record could not be read."""
    broken: list[Broken] = field(default_factory=list)
    """Records with mistakes; their references are checked all the same."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def dossier(self) -> Dossier:
        """All records that could be read; `about` is hollow when `dossier.yaml` could not be."""
        records: Mapping[str, Any] = self.records
        hollow: dict[str, Any] = dict.fromkeys(About.model_fields, "")
        about = self.about or About.model_construct(**hollow)
        return Dossier(self.name, about, **records, places=self.places)

    @property
    def is_whole(self) -> bool:
        """Whether every record of every kind could be read."""
        return all(self.has_all(kind) for kind in KINDS)

    def has_all(self, kind: str) -> bool:
        """Whether every record of the kind could be read."""
        named = {name for name, places in self.ids.items() if kind in places}
        return kind not in self.unread and named == set(self.records[kind])


def read_dossier(folder: FilePath, shown: FilePath) -> Reading:
    """All records of the dossier in `folder`; mistakes are noted, never raised.

    `shown` is the folder as messages name it.
    """
    reading = Reading(folder.name, shown)
    _report_names(folder, reading)
    _report_strangers(folder, reading)
    _read_about(folder, reading)
    for kind in KINDS:
        for path in _files_of(folder, kind):
            if kind == "tables":
                _read_table(path, reading, folder)
            else:
                _read_list(kind, path, reading, folder)
    return reading


def _files_of(folder: FilePath, kind: str) -> Iterator[FilePath]:
    if kind != "tables" and (single := folder / f"{kind}.yaml").is_file():
        yield single
    yield from (path for path in sorted((folder / kind).glob("*.yaml")) if path.is_file())


def _shown(path: FilePath, folder: FilePath, reading: Reading) -> str:
    return (reading.shown / path.relative_to(folder)).as_posix()


def _report_strangers(folder: FilePath, reading: Reading) -> None:
    """Note files and folders that nothing reads: a misspelt name must not hide its records."""

    def report(path: FilePath, what: str, mend: str) -> None:
        place = Place(_shown(path, folder, reading))
        reading.problems.append(Problem(place, "BG007", what, mend))

    for path in _visible(folder):
        here = FOLDERS if path.is_dir() else FILES if path.is_file() else ()
        if path.name in FILES | FOLDERS and path.name not in here:
            sort = "file" if path.name in FILES else "folder"
            report(path, f'"{path.name}" is not a {sort}', f"make it a {sort}")
            reading.unread.add(path.stem)
        elif path.name not in here:
            mend = f"{suggest(path.name, sorted(here))}{WHAT_STANDS_HERE}"
            report(path, f'"{path.name}" has no place in a dossier', mend)
    for kind in ("editions", *KINDS):
        endings = (".yaml", ".csv") if kind == "tables" else (".yaml",)
        for path in _visible(folder / kind):
            if path.suffix not in endings or not path.is_file():
                mend = f"only files that end in {' or '.join(endings)} are read here"
                report(path, f'"{path.name}" has no place in {kind}/', mend)
                reading.unread.add(kind)
            elif path.suffix == ".csv" and not path.with_suffix(".yaml").is_file():
                report(path, f"the table {path.name} has no head", f"add {path.stem}.yaml")


def _report_names(folder: FilePath, reading: Reading) -> None:
    """Note names that no message could show and no file in `out/` could have."""
    inside = [path for kind in sorted(FOLDERS) for path in _visible(folder / kind)]
    for path in (folder, *_visible(folder), *inside):
        if not path.name.isprintable():
            what = "the name holds a character that cannot be printed"
        elif path == folder and len(path.name) > LONGEST_ID:
            what = f"the name has {len(path.name)} characters, and at most {LONGEST_ID} are allowed"
        else:
            continue
        place = Place(_shown(path, folder, reading))
        reading.problems.append(Problem(place, "BG007", what, "rename it"))


def _visible(folder: FilePath) -> list[FilePath]:
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if not is_leaving(path.name) and path.name != "README.md"
    )


def is_leaving(name: str) -> bool:
    """Whether a file or folder is hidden, or what an editor puts beside an open file."""
    return name.startswith((".", "#", "~$")) or name.endswith("~")


def _read_about(folder: FilePath, reading: Reading) -> None:
    path = folder / "dossier.yaml"
    name = _shown(path, folder, reading)
    if not path.is_file():
        reading.problems.append(
            Problem(
                Place(name),
                "BG007",
                "dossier.yaml is missing",
                "add it with title, scope, as_of, language, method, limits and interests",
            )
        )
        return
    file = read_yaml(path, name)
    if file.is_whole:
        reading.about = validate(About, file.data, file, ())
        reading.places["dossier", ""] = PlaceOf(file.values, file.keys, (), {name: file.text})
    reading.problems += file.problems


def _read_list(kind: str, path: FilePath, reading: Reading, folder: FilePath) -> None:
    file = read_yaml(path, _shown(path, folder, reading))
    if isinstance(file.data, list):
        for i, data in enumerate(file.data):
            _read_record(kind, data, file, (i,), reading)
    elif file.data is not None:
        file.add(
            Place(file.name),
            "BG006",
            "the file should hold a list of records",
            "start each record with `- id: …`",
        )
    if file.problems and not isinstance(file.data, list):
        reading.unread.add(kind)
    reading.problems += file.problems


def _read_record(kind: str, data: Any, file: YamlFile, base: Path, reading: Reading) -> None:
    record_id = data.get("id") if isinstance(data, dict) else None
    is_new = False
    if isinstance(record_id, str):
        is_new = _note_id(kind, record_id, file, file.values[(*base, "id")], reading)
    else:
        reading.unread.add(kind)
    record = validate(KINDS[kind], data, file, base)
    places = PlaceOf(file.values, file.keys, base, {file.name: file.text})
    if record is None:
        reading.broken.append(Broken(KINDS[kind], data, places))
    elif is_new:
        reading.records[kind][record.id] = record
        reading.places[kind, record.id] = places


def _note_id(kind: str, name: str, file: YamlFile, place: Place, reading: Reading) -> bool:
    """Whether the id is new among its kind."""
    if mistake := id_mistake(name):
        file.add(place, "BG011", *mistake)
    places = reading.ids.setdefault(name, {})
    if places:
        first = next(iter(places.values()))
        file.add(
            place,
            "BG010",
            f'id "{name}" stands twice; first in {first}',
            "give one of them another id",
        )
    is_new = kind not in places
    places.setdefault(kind, place)
    return is_new


def _read_table(path: FilePath, reading: Reading, folder: FilePath) -> None:
    file = read_yaml(path, _shown(path, folder, reading))
    if file.is_whole:
        _read_record("tables", file.data, file, (), reading)
        table = reading.records["tables"].get(path.stem)
        if isinstance(table, Table):
            rows = path.with_suffix(".csv")
            cells, problems = read_rows(rows, _shown(rows, folder, reading), table)
            reading.problems += problems
            if not problems:
                for at, what, mend in grouping_mistakes(table, cells):
                    file.add(file.values[at], "BG016", what, mend)
            reading.records["tables"][table.id] = table.model_copy(update={"rows": cells})
        elif not file.problems:
            file.add(
                file.values[("id",)],
                "BG016",
                f"the id should be the file's name, {path.stem}",
                f"write `id: {path.stem}`",
            )
    else:
        reading.unread.add("tables")
    reading.problems += file.problems

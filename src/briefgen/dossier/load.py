"""Read a dossier: from a folder of YAML and CSV to records, with all problems."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from briefgen.dossier.base import ID_PATTERN, Record
from briefgen.dossier.model import KINDS, Dossier, Path, PlaceOf
from briefgen.dossier.records import About, Table
from briefgen.dossier.validate import validate
from briefgen.dossier.yaml_places import MAX_BYTES, YamlFile, read_yaml
from briefgen.problems import Place, Problem, suggest

OTHER_NAMES = frozenset(
    {"dossier.yaml", "editions", "reviews", "evidence.lock", "README.md", "LICENSE"}
)
"""What may stand in the folder of a dossier beside the kinds of record."""


@dataclass
class Reading:
    """A dossier as far as it could be read."""

    name: str
    shown: FilePath
    """The folder as it is shown to people."""
    about: About | None = None
    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {k: {} for k in KINDS})
    places: dict[tuple[str, str], PlaceOf] = field(default_factory=dict)
    ids: dict[str, tuple[str, Place]] = field(default_factory=dict)
    """Kind and place of every id met, also of records with mistakes."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def dossier(self) -> Dossier | None:
        """The dossier, unless `dossier.yaml` itself could not be read."""
        if self.about is None:
            return None
        records: dict[str, Any] = self.records
        return Dossier(self.name, self.about, **records, places=self.places)


def read_dossier(folder: FilePath, shown: FilePath) -> Reading:
    """All records of the dossier in `folder`; mistakes are noted, never raised.

    `shown` is the folder as messages name it.
    """
    reading = Reading(folder.name, shown)
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
    if (single := folder / f"{kind}.yaml").is_file():
        yield single
    yield from sorted((folder / kind).glob("*.yaml"))


def _shown(path: FilePath, folder: FilePath, reading: Reading) -> str:
    return (reading.shown / path.relative_to(folder)).as_posix()


def _report_strangers(folder: FilePath, reading: Reading) -> None:
    known = OTHER_NAMES | set(KINDS) | {f"{kind}.yaml" for kind in KINDS}
    for path in sorted(folder.iterdir()):
        if path.name not in known and not path.name.startswith("."):
            reading.problems.append(
                Problem(
                    Place(_shown(path, folder, reading)),
                    "BG007",
                    f'"{path.name}" has no place in a dossier',
                    f"{suggest(path.name, known)}files here: {', '.join(sorted(known))}",
                )
            )


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
    if not file.problems:
        reading.about = validate(About, file.data, file, ())
        reading.places["dossier", ""] = PlaceOf(file.values, (), {file.name: file.text})
    reading.problems += file.problems


def _read_list(kind: str, path: FilePath, reading: Reading, folder: FilePath) -> None:
    file = read_yaml(path, _shown(path, folder, reading))
    if not isinstance(file.data, list):
        if not file.problems and file.data is not None:
            file.add(
                Place(file.name),
                "BG006",
                "the file should hold a list of records",
                "start each record with `- id: …`",
            )
    else:
        for i, data in enumerate(file.data):
            _read_record(kind, data, file, (i,), reading)
    reading.problems += file.problems


def _read_record(kind: str, data: Any, file: YamlFile, base: Path, reading: Reading) -> None:
    record_id = data.get("id") if isinstance(data, dict) else None
    if isinstance(record_id, str):
        place = file.values[(*base, "id")]
        if not ID_PATTERN.fullmatch(record_id):
            file.add(
                place,
                "BG011",
                f'"{record_id}" is not in kebab-case',
                "use small letters, digits and single hyphens: sea-lanes",
            )
        if earlier := reading.ids.get(record_id):
            file.add(
                place,
                "BG010",
                f'id "{record_id}" stands twice; first in {earlier[1]}',
                "give one of them another id",
            )
            return
        reading.ids[record_id] = (kind, place)
    if record := validate(KINDS[kind], data, file, base):
        reading.records[kind][record.id] = record
        reading.places[kind, record.id] = PlaceOf(file.values, base, {file.name: file.text})


def _read_table(path: FilePath, reading: Reading, folder: FilePath) -> None:
    file = read_yaml(path, _shown(path, folder, reading))
    if not file.problems:
        _read_record("tables", file.data, file, (), reading)
        table = reading.records["tables"].get(path.stem)
        if isinstance(table, Table):
            rows = _read_rows(path.with_suffix(".csv"), table, reading, folder)
            reading.records["tables"][table.id] = table.model_copy(update={"rows": rows})
        elif not file.problems:
            file.add(
                file.values[("id",)],
                "BG016",
                f"the id should be the file's name, {path.stem}",
                f"write `id: {path.stem}`",
            )
    reading.problems += file.problems


def _read_rows(
    path: FilePath, table: Table, reading: Reading, folder: FilePath
) -> tuple[tuple[str, ...], ...]:
    name = _shown(path, folder, reading)

    def report(line: int, what: str, mend: str) -> None:
        reading.problems.append(Problem(Place(name, line), "BG016", what, mend))

    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
        text = raw.decode("utf-8-sig")
    except OSError:
        report(1, "the table's CSV file is missing", f"add {path.name} beside its head")
        return ()
    except UnicodeDecodeError:
        report(1, "the file is not UTF-8", "save it as UTF-8")
        return ()
    reader = csv.reader(io.StringIO(text), strict=True)
    wanted = [column.id for column in table.columns]
    rows: list[tuple[str, ...]] = []
    try:
        for row in reader:
            if reader.line_num == 1 or (not rows and row == wanted):
                if row != wanted:
                    report(1, f"the first line should be {','.join(wanted)}", "name the columns so")
            elif len(row) != len(wanted):
                report(
                    reader.line_num,
                    f"{len(row)} cells where the head has {len(wanted)} columns",
                    "put quotes round cells with commas; leave no cell out",
                )
            else:
                rows.append(tuple(cell.strip() for cell in row))
                _check_cells(row, table, reader.line_num, report)
    except csv.Error as error:
        report(reader.line_num, f"not valid CSV: {error}", "correct the line")
    return tuple(rows)


def _check_cells(row: list[str], table: Table, line: int, report: Any) -> None:
    patterns = {"integer": r"[-+]?\d+", "number": r"[-+]?\d+(\.\d+)?"}
    for cell, column in zip(row, table.columns, strict=True):
        pattern = patterns.get(column.type)
        if pattern and cell.strip() and not re.fullmatch(pattern, cell.strip()):
            report(
                line,
                f'{column.id}: "{cell}" is not of type {column.type}',
                "correct the cell or the column's type",
            )

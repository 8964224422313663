"""The cells of a table: from a CSV file to rows that fit the table's head."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path as FilePath

from briefgen.dossier.base import deceits
from briefgen.dossier.dates import check_edtf
from briefgen.dossier.records import Column, Table
from briefgen.dossier.yaml_places import place_in, read_text
from briefgen.problems import Place, Problem, suggest

CELL = re.compile(r'"(?:[^"]|"")*"|[^,]*')
"""A cell as the file writes it."""
MOST_ROWS = 1_000
"""Of a table; sixteen pages, the longest that a brief may be, hold some 600 lines."""
Rows = tuple[tuple[str, ...], ...]


def read_rows(path: FilePath, name: str, table: Table) -> tuple[Rows, list[Problem]]:
    """The cells by row, and every line of the file that does not fit the head.

    `name` is the file as messages name it.
    """
    if not path.is_file():
        mend = f"add {path.name} beside its head"
        return (), [Problem(Place(name), "BG016", "the table's CSV file is missing", mend)]
    text = read_text(path, name)
    if isinstance(text, Problem):
        return (), [text]
    problems = [
        Problem(place_in(text, at, name), "BG016", what, mend)
        for at, deceit in deceits(text)
        for what, _, mend in [deceit.partition("; ")]
    ]

    starts = [0, *(end.end() for end in re.finditer("\n", text))]

    def report(line: int, what: str, mend: str, cell: int = 0) -> None:
        where = place_in(text, _start_of(cell, text, starts[line - 1]), name)
        problems.append(Problem(where, "BG016", what, mend))

    wanted = [column.id for column in table.columns]
    lines = _read_lines(text, report)
    if not lines or lines[0][1] != wanted:
        report(1, f"the first line should be {','.join(wanted)}", "name the columns so")
    elif len(lines) == 1:
        report(1, "the table has no rows", "add them, or remove the table")
    rows, beyond = lines[1 : MOST_ROWS + 1], lines[MOST_ROWS + 1 :]
    if beyond:
        what = f"the table has {len(rows) + len(beyond):,} rows; {MOST_ROWS:,} may be"
        report(beyond[0][0], what, "keep the rows that a brief could show")
    for line, row in rows:
        for cell, what, mend in _mistakes_of(row, table.columns):
            report(line, what, mend, cell)
    return tuple(tuple(row) for _, row in rows), problems


def grouping_mistakes(table: Table, rows: Rows) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What is wrong with a grouping of the rows: path in the head, fact, remedy."""
    grouping = table.grouping
    if grouping is None:
        return
    ids = [column.id for column in table.columns]
    if grouping.column not in ids:
        mend = f"{suggest(grouping.column, ids)}columns: {', '.join(ids)}"
        yield ("grouping", "column"), f'unknown column "{grouping.column}"', mend
        return
    cells = list(dict.fromkeys(row[ids.index(grouping.column)] for row in rows))
    where: dict[str, str] = {}
    for i, group in enumerate(grouping.groups):
        for j, cell in enumerate(group.cells):
            at = ("grouping", "groups", i, "cells", j)
            if cell not in cells:
                mend = f"{suggest(cell, cells)}write it as the CSV file does"
                yield at, f'no row has "{cell}" in {grouping.column}', mend
            elif cell in where:
                mend = "leave it in one of them"
                yield at, f'"{cell}" is in the groups {where[cell]} and {group.id}', mend
            where[cell] = group.id
    for cell in cells:
        if cell not in where:
            what = f'no group holds "{cell}"'
            yield ("grouping", "groups"), what, "put it into one, so that no row goes missing"


def _read_lines(text: str, report: Callable[[int, str, str], None]) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            if row:
                lines.append((start, [cell.strip() for cell in row]))
            start = reader.line_num + 1
    except csv.Error as error:
        report(start, f"not valid CSV: {error}", "close the quotation marks; double those inside")
    return lines


def _start_of(cell: int, text: str, at: int) -> int:
    """Where a cell, counted from 0, of the row at an offset of the text starts."""
    for _ in range(cell):
        found = CELL.match(text, at)
        assert found is not None
        at = found.end() + 1
    return at


def _mistakes_of(row: list[str], columns: tuple[Column, ...]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the row: which cell from 0, the fact and the remedy."""
    if len(row) != len(columns):
        yield (
            0,
            f"{len(row)} cells where the head has {len(columns)} columns",
            "put quotes round cells with commas; leave no cell out",
        )
        return
    for i, (cell, column) in enumerate(zip(row, columns, strict=True)):
        if cell and not HOLDS[column.type](cell):
            yield (
                i,
                f'{column.id}: "{cell}" is not of type {column.type}',
                "correct the cell or the column's type",
            )


def _is_date(cell: str) -> bool:
    try:
        return bool(check_edtf(cell))
    except ValueError:
        return False


HOLDS: Mapping[str, Callable[[str], object]] = {
    "text": bool,
    "integer": re.compile(r"[-+]?[0-9]+").fullmatch,
    "number": re.compile(r"[-+]?[0-9]+(\.[0-9]+)?").fullmatch,
    "edtf": _is_date,
}
"""For each type of column, whether a cell is of it."""

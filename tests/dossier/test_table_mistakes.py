"""Tables that do not fit their heads."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Edit, Problems


def test_a_missing_csv_file_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "tables/journey-times.csv").unlink()

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:1:1: error[BG016]: the table's CSV file is missing\n  help: add journey-times.csv beside its head",
    ]


def test_a_csv_file_without_a_head_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "tables/journey-times.yaml").unlink()

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:1:1: error[BG007]: the table journey-times.csv has no head\n  help: add journey-times.yaml",
    ]


def test_a_first_line_that_differs_from_the_head_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("tables/journey-times.csv", "minutes,measured-by", "minute,measured-by")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:1:1: error[BG016]: the first line should be period,minutes,measured-by\n  help: name the columns so",
    ]


def test_an_empty_csv_file_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "tables/journey-times.csv").write_text("", "utf-8")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:1:1: error[BG016]: the first line should be period,minutes,measured-by\n  help: name the columns so",
    ]


def test_a_table_without_rows_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "tables/journey-times.csv").write_text("period,minutes,measured-by\n", "utf-8")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:1:1: error[BG016]: the table has no rows\n  help: add them, or remove the table",
    ]


def test_cells_of_other_scripts_are_text(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.csv", "2021,17,Council", "2021,17,Café «Ωδή» 北 5 µm")

    assert problems() == []


def test_more_rows_than_any_brief_could_show_are_refused(dossier: Path, problems: Problems) -> None:
    table = dossier / "tables/journey-times.csv"
    head, *_ = table.read_text("utf-8").splitlines()
    rows = [f"{1000 + i},17,Council" for i in range(1001)]

    table.write_text("\n".join([head, *rows[:-1], ""]), "utf-8")
    assert problems() == []

    table.write_text("\n".join([head, *rows, "not a row", ""]), "utf-8")
    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:1002:1: error[BG016]: the table has 1,002 rows; 1,000 may be\n  help: keep the rows that a brief could show",
    ]


def test_a_row_with_a_cell_too_many_is_reported_on_its_line(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.csv", "2021,17,Council", "2021,17,Council,again")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:2:1: error[BG016]: 4 cells where the head has 3 columns\n  help: put quotes round cells with commas; leave no cell out",
    ]


def test_a_cell_that_is_no_whole_number_is_reported_on_its_line(
    edit: Edit, problems: Problems
) -> None:
    edit("tables/journey-times.csv", "2022-10~,12", "2022-10~,12.5")

    assert problems() == [
        'data/bus-lanes/tables/journey-times.csv:3:10: error[BG016]: minutes: "12.5" is not of type integer\n  help: correct the cell or the column\'s type',
    ]


def test_a_cell_that_is_no_date_is_reported_on_its_line(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.csv", "2022-10~,12", "autumn,12")

    assert problems() == [
        'data/bus-lanes/tables/journey-times.csv:3:1: error[BG016]: period: "autumn" is not of type edtf\n  help: correct the cell or the column\'s type',
    ]


def test_what_cannot_be_seen_in_cells_is_reported_at_its_place_all_at_once(
    edit: Edit, problems: Problems
) -> None:
    edit("tables/journey-times.csv", "2021,17,Council", '2021,17,"Cou\nn\u202ecil"')
    edit("tables/journey-times.csv", "to the Gazette", "to the G\u0430zette")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:3:2: error[BG016]: holds the unseen character U+202E\n  help: remove it",
        'data/bus-lanes/tables/journey-times.csv:5:34: error[BG016]: "G\u0430zette" mixes two alphabets\n  help: write the Latin letter in place of U+0430',
    ]


def test_a_cell_behind_a_quoted_one_is_reported_at_its_own_place(
    dossier: Path, problems: Problems
) -> None:
    head = "id: journey-times\ntitle: A\nsource: council-report-2023\nclaims: [minutes-before]\n"
    columns = "columns: [{id: a, title: A}, {id: b, title: B}, {id: c, title: C, type: integer}]\n"
    (dossier / "tables/journey-times.yaml").write_text(head + columns, "utf-8")
    rows = 'a,b,c\n"x, ""y""\nz",,many\nx,,few\n'
    (dossier / "tables/journey-times.csv").write_text(rows, "utf-8")

    assert [problem.split(" is not")[0] for problem in problems()] == [
        'data/bus-lanes/tables/journey-times.csv:3:5: error[BG016]: c: "many"',
        'data/bus-lanes/tables/journey-times.csv:4:4: error[BG016]: c: "few"',
    ]


def test_a_row_that_runs_over_lines_is_reported_where_it_starts(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "tables/journey-times.csv",
        '2024-06,13,"Lindal Buses, to the Gazette"',
        '2024-06,many,"Lindal\nBuses"',
    )

    assert problems() == [
        'data/bus-lanes/tables/journey-times.csv:4:9: error[BG016]: minutes: "many" is not of type integer\n  help: correct the cell or the column\'s type',
    ]


def test_a_quotation_mark_that_is_not_closed_in_csv_is_reported_where_its_row_starts(
    edit: Edit, problems: Problems
) -> None:
    edit("tables/journey-times.csv", 'to the Gazette"', "to the Gazette")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:4:1: error[BG016]: not valid CSV: unexpected end of data\n  help: close the quotation marks; double those inside",
    ]


def test_blank_lines_of_a_csv_file_are_passed_over(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.csv", "2022-10~", "\n\n2022-10~")

    assert problems() == []


def test_a_csv_file_that_is_not_utf_8_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "tables/journey-times.csv").write_bytes(
        b"period,minutes,measured-by\n2021,17,Caf\xe9\n"
    )

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:2:12: error[BG002]: the file is not UTF-8\n  help: save it as UTF-8",
    ]


def test_an_id_that_differs_from_the_name_of_the_file_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("tables/journey-times.yaml", "id: journey-times", "id: journeys")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.yaml:1:5: error[BG016]: the id should be the file's name, journey-times\n  help: write `id: journey-times`",
    ]


def test_a_type_of_column_that_does_not_exist_is_reported(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.yaml", "type: integer", "type: int")

    assert problems() == [
        'data/bus-lanes/tables/journey-times.yaml:10:11: error[BG006]: type: "int" is not one of the choices\n  help: did you mean "integer"? choose one of text, integer, number, edtf',
    ]


def test_a_column_id_that_stands_twice_is_reported(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.yaml", "id: measured-by", "id: minutes")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.csv:1:1: error[BG016]: the first line should be period,minutes,minutes\n  help: name the columns so",
        'data/bus-lanes/tables/journey-times.yaml:11:9: error[BG010]: id "minutes" stands twice in columns\n  help: give one of them another id',
    ]


def test_a_head_that_is_not_yaml_is_reported_once(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.yaml", "title: Minutes by bus", "title: Minutes: by bus")

    assert problems() == [
        'data/bus-lanes/tables/journey-times.yaml:2:15: error[BG001]: not valid YAML: mapping values are not allowed in this context\n  help: put quotes round text that contains ": ", or check the indentation',
    ]


def test_an_empty_head_is_reported_without_a_crash(dossier: Path, problems: Problems) -> None:
    (dossier / "tables/journey-times.yaml").write_text("", "utf-8")

    assert problems() == [
        "data/bus-lanes/tables/journey-times.yaml:1:1: error[BG006]: should be a mapping, is nothing\n  help: write it as lines below: `id: …`, `title: …`, `source: …`, `columns: …`, `claims: …`",
    ]


def test_a_list_of_tables_in_one_file_is_refused(dossier: Path, problems: Problems) -> None:
    (dossier / "tables.yaml").write_text("[]", "utf-8")

    assert problems() == [
        'data/bus-lanes/tables.yaml:1:1: error[BG007]: "tables.yaml" has no place in a dossier\n  help: did you mean "obstacles.yaml"? a dossier holds dossier.yaml, evidence.lock, editions/, reviews/, tables/, README.md, LICENSE and, each as .yaml or as a folder, sources, claims, areas, obstacles, recommendations, actors, instruments, milestones, terms',
    ]


GROUPED = """\
grouping:
  title: Half
  column: period
  why: By the calendar.
  groups:
    - {id: early, title: Early, cells: ["2021", 2022-10~]}
    - {id: late, title: Late, cells: ["2024-06"]}
"""


def test_a_grouping_that_holds_each_cell_once_is_accepted(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.yaml", "notes:\n", f"{GROUPED}notes:\n")

    assert problems() == []


def test_a_grouping_of_an_unknown_column_is_reported(edit: Edit, problems: Problems) -> None:
    wrong = GROUPED.replace("column: period", "column: perod")
    edit("tables/journey-times.yaml", "notes:\n", f"{wrong}notes:\n")

    assert problems() == [
        'data/bus-lanes/tables/journey-times.yaml:15:11: error[BG016]: unknown column "perod"\n  help: did you mean "period"? columns: period, minutes, measured-by',
    ]


def test_cells_in_no_group_in_two_or_in_no_row_are_reported(edit: Edit, problems: Problems) -> None:
    wrong = GROUPED.replace('["2024-06"]', '["2021", "2025"]')
    edit("tables/journey-times.yaml", "notes:\n", f"{wrong}notes:\n")

    assert problems() == [
        'data/bus-lanes/tables/journey-times.yaml:18:5: error[BG016]: no group holds "2024-06"\n  help: put it into one, so that no row goes missing',
        'data/bus-lanes/tables/journey-times.yaml:19:39: error[BG016]: "2021" is in the groups early and late\n  help: leave it in one of them',
        'data/bus-lanes/tables/journey-times.yaml:19:47: error[BG016]: no row has "2025" in period\n  help: did you mean "2021"? write it as the CSV file does',
    ]

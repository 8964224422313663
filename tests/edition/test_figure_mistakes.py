"""Figures of an edition that lack what their kind is drawn from, or name what it is not."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Edit, Problems

GROUPING = """\
grouping:
  title: Half
  column: period
  why: By the calendar.
  groups:
    - {id: all, title: All, cells: ["2021", 2022-10~, "2024-06"]}
"""
TITLE = "    title: Which obstacle touches which area.\n"
AT = "data/bus-lanes/editions/overview.yaml"


def test_each_kind_with_what_it_needs_is_accepted(edit: Edit, problems: Problems) -> None:
    edit("tables/journey-times.yaml", "notes:\n", f"{GROUPING}notes:\n")
    edit(
        "editions/overview.yaml",
        TITLE,
        TITLE
        + """\
  - {id: effort, kind: grid, title: What it takes.}
  - {id: views, kind: positions, title: Who holds what., records: [council, trade]}
  - {id: orders, kind: succession, title: Which order came when., records: [permanent-order]}
  - {id: times, kind: operations, title: Minutes., table: journey-times, year: period}
  - {id: minutes, kind: bars, title: Minutes., table: journey-times, value: minutes}
""",
    )

    assert problems() == []


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(
            "{id: x, kind: succession, title: Orders., records: [council]}",
            '11: error[BG041]: "council" is of the actors, and a succession does not show them\n  help: a succession shows instruments',
            id="a stranger",
        ),
        pytest.param(
            "{id: x, kind: grid, title: Steps., records: [paint-bays]}",
            '11: error[BG041]: "paint-bays" is of the recommendations, and a grid does not show them\n  help: a grid shows what the brief shows, and names no records',
            id="records that none are asked for",
        ),
        pytest.param(
            "{id: x, kind: grid, title: Steps., year: period}",
            "11: error[BG041]: a figure of kind grid has no year\n  help: take `year` out",
            id="a key of another kind",
        ),
        pytest.param(
            "{id: x, kind: operations, title: Minutes., table: journey-times}",
            "11: error[BG041]: operations without `year`\n  help: name the table and its column of dates",
            id="no year",
        ),
        pytest.param(
            "{id: x, kind: bars, title: Minutes., value: minutes}",
            "11: error[BG041]: bars without `table`\n  help: name the table and its column of numbers",
            id="no table",
        ),
        pytest.param(
            "{id: x, kind: bars, title: Minutes., table: journey-times, value: minutes, year: period}",
            "11: error[BG041]: a figure of kind bars has no year\n  help: take `year` out",
            id="a year of bars",
        ),
        pytest.param(
            "{id: x, kind: bars, title: Minutes., table: journey-times, value: period}",
            '11: error[BG041]: "period" is no column of numbers of the table journey-times\n  help: columns of type integer or number: minutes',
            id="bars of dates",
        ),
    ],
)
def test_what_a_figure_cannot_show_is_reported(
    figure: str, expected: str, edit: Edit, problems: Problems
) -> None:
    edit("editions/overview.yaml", TITLE, f"{TITLE}  - {figure}\n")

    found = problems()

    assert len(found) == 1
    assert found[0].partition(": ")[2] == expected.partition(": ")[2]
    assert found[0].startswith(f"{AT}:60:")


def test_a_table_without_grouping_and_a_column_without_dates_are_reported(
    edit: Edit, problems: Problems
) -> None:
    figure = "{id: x, kind: operations, title: Minutes., table: journey-times, year: minutes}"
    edit("editions/overview.yaml", TITLE, f"{TITLE}  - {figure}\n")

    assert [problem.partition(": ")[2] for problem in problems()] == [
        "error[BG041]: the table journey-times has no grouping\n  help: declare `grouping` in the table's head",
        'error[BG041]: "minutes" is no column of dates of the table journey-times\n  help: columns of type edtf: period',
    ]


def test_a_title_rests_on_the_dates_of_what_its_own_figure_shows(
    edit: Edit, problems: Problems
) -> None:
    dated = "title: Permanent since 11 April 2023."
    edit(
        "editions/overview.yaml",
        TITLE,
        f"{TITLE}  - {{id: x, kind: succession, {dated}, records: [permanent-order]}}\n",
    )

    assert problems() == []


def test_a_title_of_a_grid_rests_on_no_dates_of_milestones(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/overview.yaml",
        TITLE,
        f"{TITLE}  - {{id: x, kind: grid, title: Permanent since 11 April 2023.}}\n",
    )

    assert [problem.partition("error")[2][:7] for problem in problems()] == ["[BG027]"]

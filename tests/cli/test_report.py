"""The forms of problems that continuous integration reads."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft202012Validator

from briefgen.cli.report import MOST_FILES, ReportFormat, report
from briefgen.problems import CODES, Place, Problem

COMMAND = re.compile(r"::(?P<kind>error|warning) (?P<properties>.*?)::(?P<message>.*)")
DELIMITERS = "\r\n:,"
TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
    "properties": {
        "level": {"enum": ["none", "note", "warning", "error"]},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "message": TEXT,
        "locations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["physicalLocation"],
                "properties": {
                    "physicalLocation": {
                        "required": ["artifactLocation"],
                        "additionalProperties": False,
                        "properties": {
                            "artifactLocation": {
                                "required": ["uri"],
                                "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}},
                            },
                            "region": {
                                "required": ["startLine"],
                                "properties": {
                                    "startLine": {"type": "integer", "minimum": 1},
                                    "startColumn": {"type": "integer", "minimum": 1},
                                },
                            },
                        },
                    }
                },
            },
        },
    },
}
RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "help"],
    "additionalProperties": False,
    "properties": {"id": {"type": "string"}, "shortDescription": TEXT, "help": TEXT},
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "version", "rules"],
                                "properties": {"rules": {"type": "array", "items": RULE}},
                            }
                        },
                    },
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
"""What the standard, and code scanning on top of it, ask of a log such as ours."""


def problem(number: int = 1, **changes: Any) -> Problem:
    values = {"where": Place("data/x/areas.yaml", number, 2), "code": "BG012"}
    told = {"what": f"what {number}", "mend": "mend it"}
    return Problem(**{**values, **told, **changes})


def annotated(*problems: Problem) -> list[re.Match[str]]:
    lines = report(problems, ReportFormat.github, "briefs/").split("\n")
    found = [COMMAND.fullmatch(line) for line in lines]
    assert all(found), lines
    return [match for match in found if match]


def log(*problems: Problem, prefix: str = "briefs/") -> dict[str, Any]:
    written: dict[str, Any] = json.loads(report(problems, ReportFormat.sarif, prefix))
    Draft202012Validator(SARIF).validate(written)
    [run] = written["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    return run  # type: ignore[no-any-return]


# --- Annotations --------------------------------------------------------------


def test_ten_of_a_kind_are_shown_as_they_are() -> None:
    shown = annotated(*map(problem, range(1, 11)))

    assert [match["message"].split("%0A")[0] for match in shown] == [
        f"what {number}" for number in range(1, 11)
    ]


def test_of_more_than_ten_the_tenth_says_what_is_not_shown() -> None:
    elsewhere = [
        problem(n, where=Place("data/x/terms.yaml", n), code=code)
        for n, code in ((1, "BG006"), (2, "BG070"), (3, "BG006"))
    ]

    shown = annotated(*map(problem, range(1, 12)), *elsewhere)

    assert shown[9]["properties"] == "title=5 more errors"
    assert shown[9]["message"] == (
        "briefs/data/x/areas.yaml: 2 BG012%0Abriefs/data/x/terms.yaml: 2 BG006, 1 BG070%0A"
        "help: the log of this step has each of them"
    )
    assert len(shown) == 15, "the log has every one"


def test_errors_and_warnings_are_counted_each_for_themselves() -> None:
    shown = annotated(
        *(problem(n, severity="warning") for n in range(1, 13)), *map(problem, range(1, 11))
    )

    assert [match["kind"] for match in shown] == ["error"] * 10 + ["warning"] * 13
    assert shown[19]["properties"] == "title=3 more warnings"


def test_a_roll_up_names_a_bounded_number_of_files() -> None:
    shown = annotated(*(problem(n, where=Place(f"data/{n}.yaml")) for n in range(1, 60)))

    rows = shown[9]["message"].split("%0A")
    assert len(rows) == MOST_FILES + 2
    assert rows[-2] == f"and {50 - MOST_FILES} more files"


@pytest.mark.parametrize("nasty", ["%0A::error::", "a\r\n::set-output name=x::y", "a:b,c=d%25"])
def test_data_cannot_leave_its_place_in_a_command(nasty: str) -> None:
    [*shown] = annotated(*(problem(n, where=Place(nasty), what=nasty) for n in range(1, 12)))

    for match in (*shown[:9], *shown[10:]):
        file = match["properties"].removeprefix("file=").split(",")[0]
        assert not set(file) & set(DELIMITERS)
        assert unquote(file) == f"briefs/{nasty}"
        assert unquote(match["message"]) == f"{nasty}\nhelp: mend it"


def test_a_place_without_a_line_is_the_file() -> None:
    [shown] = annotated(problem(where=Place("out/x.pdf", 0, 0), code="BG060"))

    assert shown["properties"] == "file=briefs/out/x.pdf,title=BG060"


def test_a_file_outside_the_project_keeps_its_name() -> None:
    [shown] = annotated(problem(where=Place("/elsewhere/x.pdf", 0, 0)))

    assert shown["properties"] == "file=/elsewhere/x.pdf,title=BG012"


# --- SARIF --------------------------------------------------------------------


def test_a_log_without_results_is_valid() -> None:
    assert log()["results"] == []


def test_every_code_makes_a_valid_rule() -> None:
    run = log(*(problem(code=code) for code in CODES))

    assert len(run["tool"]["driver"]["rules"]) == len(CODES)


@pytest.mark.parametrize("file", ["a b/é.yaml", "a:b.yaml", "a?b#c%20.yaml", "../x.yaml"])
def test_addresses_are_relative_and_encoded(file: str) -> None:
    [result] = log(problem(where=Place(file)), prefix="")["results"]

    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path) == file


def test_a_result_without_a_line_has_no_region() -> None:
    found = log(problem(where=Place("out/x.pdf", 0, 0)), problem(7, severity="warning"))["results"]

    first, second = (result["locations"][0]["physicalLocation"] for result in found)
    assert first == {"artifactLocation": {"uri": "briefs/out/x.pdf"}}
    assert second["region"] == {"startLine": 7, "startColumn": 2}
    assert [result["level"] for result in found] == ["error", "warning"]

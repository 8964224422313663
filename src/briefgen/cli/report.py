"""Problems in the forms that people, programs and continuous integration read."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefgen import __version__
from briefgen.problems import CODES, Place, Problem, printable

MOST_SHOWN = 10
"""As many annotations of a kind GitHub shows of a step."""
MOST_FILES = 20
"""As many files the roll-up names."""


class ReportFormat(StrEnum):
    """The forms, as the command line offers them."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


def prefix_of(folder: Path) -> str:
    """The way from the repository to a project, with a slash at its end.

    GitHub names the repository's folder; elsewhere it is taken to be this one.
    """
    way = Path(os.path.relpath(folder, os.environ.get("GITHUB_WORKSPACE", "."))).as_posix()
    return "" if way == "." else f"{way}/"


def report(problems: Sequence[Problem], form: ReportFormat, prefix: str = "") -> str:
    """The problems in one of the forms, ready to print; nothing at all where text has none.

    `prefix` leads from the folder of the run to that of the project, since annotations are
    placed by the path in the repository.
    """
    return WRITERS[form](problems, prefix)


def _text(problems: Sequence[Problem], _: str) -> str:
    return "\n".join(map(str, problems))


def _json(problems: Sequence[Problem], prefix: str) -> str:
    """One object: the problems with their places, and how many there are of each severity."""
    counts = {
        f"{severity}s": sum(problem.severity == severity for problem in problems)
        for severity in ("error", "warning")
    }
    entries = [
        {
            "file": prefix + problem.where.file,
            "line": problem.where.line,
            "column": problem.where.column,
            "severity": problem.severity,
            "code": problem.code,
            "what": problem.what,
            "mend": problem.mend,
        }
        for problem in problems
    ]
    return json.dumps({"problems": entries, **counts}, indent=1, ensure_ascii=False)


def _github(problems: Sequence[Problem], prefix: str) -> str:
    """Workflow commands of GitHub Actions, which become annotations at their lines.

    Of each kind GitHub shows the first ten of a step and drops the rest without a word, so the
    tenth says what is not shown. The rest follow all the same: the log has them.
    """
    lines: list[str] = []
    for severity in ("error", "warning"):
        kind = [problem for problem in problems if problem.severity == severity]
        shown = kind if len(kind) <= MOST_SHOWN else kind[: MOST_SHOWN - 1]
        rest = kind[len(shown) :]
        lines += [_annotation(problem, prefix) for problem in shown]
        if rest:
            lines.append(_roll_up(rest, prefix))
            lines += [_annotation(problem, prefix) for problem in rest]
    return "\n".join(lines)


def _annotation(problem: Problem, prefix: str) -> str:
    where = problem.where
    place = [f"file={_escape(_located(where.file, prefix), in_property=True)}"]
    if _has_line(where):
        place += [f"line={where.line}", f"col={where.column}"]
    message = _escape(f"{problem.what}\nhelp: {problem.mend}")
    return f"::{problem.severity} {','.join(place)},title={problem.code}::{message}"


def _roll_up(rest: Sequence[Problem], prefix: str) -> str:
    """One annotation for those that GitHub will not show: how many, by file and code."""
    by_file: dict[str, Counter[str]] = {}
    for problem in rest:
        file = printable(_located(problem.where.file, prefix))
        by_file.setdefault(file, Counter())[problem.code] += 1
    rows = [
        f"{file}: {', '.join(f'{n} {code}' for code, n in sorted(codes.items()))}"
        for file, codes in by_file.items()
    ]
    if len(rows) > MOST_FILES:
        rows[MOST_FILES:] = [f"and {len(rows) - MOST_FILES} more files"]
    severity = rest[0].severity
    title = f"{len(rest)} more {severity}{'s' * (len(rest) != 1)}"
    message = _escape("\n".join([*rows, "help: the log of this step has each of them"]))
    return f"::{severity} title={title}::{message}"


def _located(file: str, prefix: str) -> str:
    """The file as the repository has it; what lies outside the project is named as it is."""
    return file if file.startswith("/") else prefix + file


def _has_line(where: Place) -> bool:
    """Whether the place is in a file's text; finished documents and missing files have no lines."""
    return where.line > 0


def _escape(text: str, *, in_property: bool = False) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if in_property else escaped


def _sarif(problems: Sequence[Problem], prefix: str) -> str:
    """A log in SARIF 2.1.0 (OASIS), with the codes met as its rules."""
    codes = sorted({problem.code for problem in problems})
    results = [_sarif_result(problem, codes.index(problem.code), prefix) for problem in problems]
    rules = [_sarif_rule(code) for code in codes]
    driver = {"name": "briefgen", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def _sarif_rule(code: str) -> Mapping[str, Any]:
    text = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": text},
        "help": {"text": f"{text} Each result says where, and how to mend it."},
    }


def _sarif_result(problem: Problem, rule: int, prefix: str) -> Mapping[str, Any]:
    where = problem.where
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(_located(where.file, prefix))}}
    if _has_line(where):
        place["region"] = {"startLine": where.line, "startColumn": max(where.column, 1)}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": f"{problem.what}. {problem.mend}"},
        "locations": [{"physicalLocation": place}],
    }


WRITERS: Mapping[ReportFormat, Callable[[Sequence[Problem], str], str]] = {
    ReportFormat.text: _text,
    ReportFormat.json: _json,
    ReportFormat.github: _github,
    ReportFormat.sarif: _sarif,
}

"""Problems in the forms that people, programs and continuous integration read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from briefgen import __version__
from briefgen.problems import CODES, Problem


class ReportFormat(StrEnum):
    """The forms, as the command line offers them."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


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
    """Workflow commands of GitHub Actions, which become annotations at their lines."""
    return "\n".join(_annotation(problem, prefix) for problem in problems)


def _annotation(problem: Problem, prefix: str) -> str:
    where = problem.where
    file = _escape(prefix + where.file, in_property=True)
    message = _escape(f"{problem.what}\nhelp: {problem.mend}")
    place = f"file={file},line={where.line},col={where.column},title={problem.code}"
    return f"::{problem.severity} {place}::{message}"


def _escape(text: str, *, in_property: bool = False) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if in_property else escaped


def _sarif(problems: Sequence[Problem], prefix: str) -> str:
    """A log in SARIF 2.1.0 (OASIS), with the codes met as its rules."""
    codes = sorted({problem.code for problem in problems})
    rules = [{"id": code, "shortDescription": {"text": CODES[code]}} for code in codes]
    results = [_sarif_result(problem, codes.index(problem.code), prefix) for problem in problems]
    driver = {"name": "briefgen", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def _sarif_result(problem: Problem, rule: int, prefix: str) -> Mapping[str, Any]:
    region = {"startLine": problem.where.line, "startColumn": problem.where.column}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": f"{problem.what}. {problem.mend}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(prefix + problem.where.file)},
                    "region": region,
                }
            }
        ],
    }


WRITERS: Mapping[ReportFormat, Callable[[Sequence[Problem], str], str]] = {
    ReportFormat.text: _text,
    ReportFormat.json: _json,
    ReportFormat.github: _github,
    ReportFormat.sarif: _sarif,
}

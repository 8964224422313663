"""`briefgen doctor`: what this machine lacks, and the command that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from briefgen.problems import WrongEnvironment

if TYPE_CHECKING:
    from briefgen.formats.environment import Finding


def doctor_command() -> None:
    """Report what briefgen finds on this machine, and how to mend what it lacks."""
    from briefgen.formats.environment import inspect_environment

    findings = inspect_environment()
    for line in report_lines(findings):
        typer.echo(line)
    if any(finding.required and not finding.ok for finding in findings):
        raise typer.Exit(WrongEnvironment.exit_code)


def report_lines(findings: Sequence[Finding]) -> list[str]:
    """One aligned line a finding; below what is lacking, the command that mends it."""
    width = max(len(finding.name) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(_line(finding, width))
        if finding.mend:
            lines.append(f"         help: {finding.mend}")
    return lines


def _line(finding: Finding, width: int) -> str:
    status = "ok" if finding.ok else "missing" if finding.required else "note"
    needed_for = "" if finding.ok else f" (for {finding.needed_for})"
    return f"{status:<7}  {finding.name:<{width}}  {finding.detail}{needed_for}"

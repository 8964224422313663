"""How far a build has come."""

from __future__ import annotations

import sys
from typing import Literal, Self

import typer


class Progress:
    """A bar on a terminal; elsewhere, if `lines`, a plain line a file; both on standard error."""

    def __init__(self, total: int, *, lines: bool = True) -> None:
        self._total, self._number, self._lines = total, 0, lines
        self._bar = (
            typer.progressbar(length=total, label="briefgen", file=sys.stderr)
            if sys.stderr.isatty()
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar:
            if error[0] is None:
                self._bar.update(self._total - self._bar.pos)
            self._bar.render_finish()

    def __call__(self, name: str, what: Literal["made", "fresh"]) -> None:
        """Count an artefact, and show it if it is made."""
        self._number += 1
        if self._bar:
            self._bar.label = name
            self._bar.update(self._number - 1 - self._bar.pos)
            self._bar.render_progress()
        elif self._lines and what == "made":
            typer.echo(f"[{self._number}/{self._total}] {name}", err=True)

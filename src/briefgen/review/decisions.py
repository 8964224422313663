"""Decisions on conflicts: one answer for all, one by one, or from a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefgen.review.three_way import Conflict

Side = Literal["ours", "theirs"]
Ask = Callable[[str, Conflict], str | None]
"""Told the field and the conflict; gives the words to write, or nothing where it is left open."""


@dataclass(frozen=True)
class Decisions:
    """How conflicts are settled: `ours` is what the data says, `theirs` what the copy says."""

    side: Side | None = None
    """For all conflicts that nothing else decides."""
    answers: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """Words by field and both sides."""
    ask: Ask | None = None

    def on(self, name: str, conflict: Conflict) -> str | None:
        """The words to write, or nothing: then the conflict is still open."""
        answer = self.answers.get((name, conflict.ours, conflict.theirs))
        if answer is not None:
            return answer
        if self.ask:
            return self.ask(name, conflict)
        return getattr(conflict, self.side) if self.side else None

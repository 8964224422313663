"""The conflicts file: each conflict with both sides and room for the answer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefgen.dossier.yaml_places import read_yaml
from briefgen.problems import Place, Problem, ProblemsFound
from briefgen.review.three_way import Conflict

HEAD = """\
# Each entry is a conflict between the data and an edited copy. Write after `take:`
#   ours    to keep what the data says
#   theirs  to take what the copy says
#   or the words that shall stand there, in quotes.
# Then run the merge again with --conflicts and this file.
"""
SIDES = ("ours", "theirs")
KEYS = ("field", "exported", "ours", "theirs", "take")

Key = tuple[str, str, str]
"""Field and both sides of a conflict."""


def read_answers(path: Path) -> dict[Key, str]:
    """The words that the file's answers stand for; entries without one are left out.

    Raises:
        ProblemsFound: the file is not as `conflicts_text` writes it.
    """
    file = read_yaml(path, str(path))
    problems = list(file.problems)
    found: dict[Key, str] = {}
    entries = file.data if isinstance(file.data, list) else []
    if file.data is not None and not isinstance(file.data, list):
        problems.append(_mistake(Place(str(path)), "the file should hold a list of conflicts"))
    for i, entry in enumerate(entries):
        place = file.values[(i,)]
        if not isinstance(entry, dict) or not set(entry) <= set(KEYS):
            problems.append(_mistake(place, f"an entry has the keys {', '.join(KEYS)}"))
            continue
        take = entry.get("take")
        if take is None:
            continue
        name, ours, theirs = (str(entry.get(key) or "") for key in ("field", *SIDES))
        found[name, ours, theirs] = {"ours": ours, "theirs": theirs}.get(str(take), str(take))
    if problems:
        raise ProblemsFound(problems)
    return found


def _mistake(place: Place, what: str) -> Problem:
    mend = "let `briefgen merge --conflicts` write the file anew under another name"
    return Problem(place, "BG006", what, mend)


def conflicts_text(conflicts: Iterable[tuple[str, Conflict]]) -> str:
    """A file of conflicts, by field, none of them answered."""
    entries = [HEAD]
    for name, conflict in conflicts:
        values = (name, conflict.base, conflict.ours, conflict.theirs)
        lines = [f"{key}: {_quoted(v)}" for key, v in zip(KEYS, values, strict=False)]
        entries.append("- " + "\n  ".join([*lines, "take:"]) + "\n")
    return "\n".join(entries)


def _quoted(text: str) -> str:
    """The text as a single-quoted scalar; paragraph breaks are escaped in double quotes."""
    if "\n" in text:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return "'" + text.replace("'", "''") + "'"

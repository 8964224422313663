"""Runs: what the manifest remembers of whole runs, so that one without a change is over at once.

A run is known by what was asked for. Where the inputs are what they were and every file is as it
was made, nothing needs to be read, composed or drawn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.build.output import OutputFolder

MOST = 50
"""Runs that are remembered, the latest."""


@dataclass(frozen=True)
class Run:
    """What was asked for, and of what data."""

    asked: str
    """A hash of the command's arguments."""
    inputs: str
    """As `inputs_digest` gives it, from before the data was read."""

    @classmethod
    def of(cls, inputs: str, **arguments: object) -> Run:
        """The run with these arguments, all of which JSON can hold."""
        text = json.dumps(arguments, sort_keys=True)
        return cls(hashlib.sha256(text.encode()).hexdigest(), inputs)


@dataclass(frozen=True)
class Finished:
    """A run that left all that was asked for."""

    files: tuple[str, ...]
    """Names in the output folder."""
    told: tuple[str, ...]
    """Lines that it had to say."""
    made: tuple[str, ...] = ()
    """Names of the files that were not there as they are now."""


def find_finished(run: Run, out: Path) -> Finished | None:
    """The same run, if its inputs were these and its files are as they were made."""
    output = OutputFolder.look(out, out)
    entry = _runs(output).get(run.asked)
    if not isinstance(entry, dict) or entry.get("inputs") != run.inputs:
        return None
    names, told = entry.get("files"), entry.get("told")
    if not isinstance(names, list) or not isinstance(told, list) or not names:
        return None
    if any(output.key_of(str(name)) is None for name in names):
        return None
    return Finished(tuple(map(str, names)), tuple(map(str, told)))


def remember(run: Run, finished: Finished, output: OutputFolder) -> None:
    """Note in the manifest what a run left.

    Raises:
        WrongEnvironment: the manifest cannot be written.
    """
    runs = {name: entry for name, entry in _runs(output).items() if name != run.asked}
    entry = {"inputs": run.inputs, "files": list(finished.files), "told": list(finished.told)}
    if _runs(output).get(run.asked) != entry:
        output.manifest["runs"] = dict([*runs.items(), (run.asked, entry)][-MOST:])
        output.write(())


def _runs(output: OutputFolder) -> Mapping[str, Any]:
    found = output.manifest.get("runs")
    return found if isinstance(found, dict) else {}

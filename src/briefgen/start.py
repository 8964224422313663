"""Start: a build without a change is over before the command line is even read by its library.

What that library needs takes longer than to see that nothing has changed. So the plain forms of
`briefgen build` are looked at here first; whatever is not plain, and all else, goes on as ever.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Any

VALUES = {"--format": "formats", "--length": "length", "--layout": "layout", "--jobs": "jobs"}
FLAGS = {"--final": "final", "--annotate": "annotate", "--embed-fonts": "embed_fonts"}


def main() -> None:
    """The program `briefgen`."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows a question mark; the command still works.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    words = sys.argv[1:]
    if words[:1] == ["build"] and (asked := read_plain(words[1:])) and _is_over(asked):
        return
    from briefgen.cli import main as run

    run()


def read_plain(words: Sequence[str]) -> dict[str, Any] | None:
    """What arguments of `build` ask for, in the form that runs are remembered by.

    None where they name a folder or a file, or anything that is not known here.
    """
    word: dict[str, Any] = dict.fromkeys(FLAGS.values(), False)
    asked: dict[str, Any] = {"editions": [], "formats": [], "length": None, "layout": None}
    left = list(words)
    while left:
        name, _, value = left.pop(0).partition("=")
        if name in FLAGS and not value:
            word[FLAGS[name]] = True
        elif name in VALUES and (value or left):
            value = value or left.pop(0)
            if VALUES[name] == "formats":
                asked["formats"].append(value)
            else:
                asked[VALUES[name]] = value
        elif name.startswith("-") or value:
            return None
        else:
            asked["editions"].append(name)
    asked.pop("jobs", None)
    return {**asked, "word": {**word, "create_styles": False, "reference": None}}


def _is_over(asked: dict[str, Any]) -> bool:
    """Whether all of it is there as it would be made; then it is told."""
    from briefgen.build.folder import project_folder
    from briefgen.build.inputs import inputs_digest
    from briefgen.build.runs import Run, find_finished
    from briefgen.problems import BriefgenError

    try:
        folder = project_folder(None)
        finished = find_finished(Run.of(inputs_digest(folder), **asked), folder / "out")
    except (BriefgenError, OSError):
        return False  # what is wrong is found again, and told as it should be
    if finished is None:
        return False
    sys.stderr.writelines(f"{line}\n" for line in finished.told)
    sys.stdout.writelines(f"{folder / 'out' / name}\n" for name in finished.files)
    return True

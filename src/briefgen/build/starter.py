"""The files that a new dossier or edition starts from: templates that ship with the program."""

from __future__ import annotations

import textwrap
from functools import lru_cache
from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from briefgen.resources import shipped

WIDTH = 100
WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that some readers of YAML take for something else than text."""


def starter_files(folder: str) -> list[str]:
    """The files of a folder of the starter, by their way from it, in order."""
    top = shipped("starter") / folder
    files = (path for path in top.rglob("*") if path.is_file() and path.suffix in (".yaml", ".txt"))
    return sorted(path.relative_to(top).as_posix() for path in files)


def render_starter(file: str, **values: object) -> str:
    """The text of a starter's file, with the values put in."""
    return _templates().get_template(file).render(values)


def read_starter(file: str) -> bytes:
    """A starter's file as it is."""
    return Path(shipped("starter"), file).read_bytes()


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    # The files are YAML, where HTML has nothing to escape.
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(shipped("starter")),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"scalar": as_scalar, "prose": as_prose, "cite": as_citation}
    return environment


def as_scalar(word: str) -> str:
    """A name as YAML reads it: in quotation marks where it would be a number or a constant."""
    return f'"{word}"' if word[:1].isdigit() or word in WORDS_OF_YAML else word


def as_citation(claims: list[str]) -> str:
    """The citation of the claims: `[@one; @other]`."""
    return f"[{'; '.join(f'@{claim}' for claim in claims)}]"


def as_prose(text: str, indent: int) -> str:
    """A folded block scalar: the lines after its key, this many columns in."""
    lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return ">-\n" + textwrap.indent("\n".join(lines), " " * indent)

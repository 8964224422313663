"""The command line's own HTML pages: a report on the screen of whoever ran the command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def render_page(
    template: str, context: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]] = {}
) -> str:
    """A page from a template that lies beside this module; text in it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    return environment.get_template(template).render(context)

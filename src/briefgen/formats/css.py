"""The theme as CSS variables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from briefgen.document.theme import Theme
from briefgen.problems import BriefgenError

ADDRESSING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
"""Functions of CSS that take an address as a string."""
FALLBACKS = {"text": "Georgia, serif", "heading": "system-ui, sans-serif"}


class RefusedAddress(BriefgenError):
    """A document asks for something outside the layout, the fonts and data URIs."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"the document asks for {address}\n  help: only fonts, the layout and data: addresses "
            "may be used; put the picture into the layout as a data: address"
        )


@lru_cache(maxsize=16)  # a document is laid out several times in the same styles
def refuse_addresses(css: str) -> None:
    """Let no style sheet through that makes the page ask for anything.

    Raises:
        RefusedAddress: it names an address other than `data:`.
    """
    import tinycss2  # type: ignore[import-untyped]

    _refuse_in(tinycss2.parse_component_value_list(css, skip_comments=True))


def _refuse_in(tokens: Iterable[Any]) -> None:
    in_import = False
    for token in tokens:
        # An import takes a plain string as an address; it ends with a semicolon.
        in_import = token.type != "literal" and (
            in_import or getattr(token, "lower_value", "") == "import"
        )
        name = getattr(token, "lower_name", "")
        if token.type == "url" or (token.type == "string" and in_import):
            _refuse_address(token.value)
        elif token.type == "function" and name in ADDRESSING:
            for argument in token.arguments:
                if argument.type == "string":
                    _refuse_address(argument.value)
        _refuse_in(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


def _refuse_address(address: str) -> None:
    if not address.lower().startswith("data:"):
        raise RefusedAddress(address)


def css_variables(theme: Theme) -> str:
    """A `:root` rule with colours, faces, sizes (points) and measures (millimetres)."""
    lines = [f"--{name}: {colour}" for name, colour in theme.colours.items()]
    lines += [
        f"--{use}-font: {css_string(getattr(theme.fonts, use))}, {fallback}"
        for use, fallback in FALLBACKS.items()
    ]
    for use, size in theme.type.items():
        name = use.replace("_", "-")
        lines += [f"--{name}-size: {size.size:g}pt", f"--{name}-line: {size.line:g}pt"]
    lines.append(f"--space: {theme.space:g}")
    lines.append(f"--hang: {theme.page.hang}mm")
    lines.append(f"--full-width: {theme.page.full_width:g}mm")
    return ":root { " + "; ".join(lines) + " }\n"


def css_string(text: str) -> str:
    """The text as a CSS string, quotes included."""
    escaped = "".join(f"\\{ord(c):x} " if c in '\\"\n\r\f<' else c for c in text)
    return f'"{escaped}"'

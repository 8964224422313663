"""The theme as CSS variables."""

from __future__ import annotations

from briefgen.document.theme import Theme

FALLBACKS = {"text": "Georgia, serif", "heading": "system-ui, sans-serif"}


def css_variables(theme: Theme) -> str:
    """A `:root` rule with colours, faces, sizes (points) and measures (millimetres)."""
    lines = [f"--{name}: {colour}" for name, colour in theme.colours.items()]
    lines += [
        f'--{use}-font: "{getattr(theme.fonts, use)}", {fallback}'
        for use, fallback in FALLBACKS.items()
    ]
    for use, size in theme.type.items():
        name = use.replace("_", "-")
        lines += [f"--{name}-size: {size.size}pt", f"--{name}-line: {size.line}pt"]
    lines.append(f"--hang: {theme.page.hang}mm")
    lines.append(f"--full-width: {theme.page.full_width:g}mm")
    return ":root { " + "; ".join(lines) + " }\n"


def css_string(text: str) -> str:
    """The text as a CSS string, quotes included."""
    escaped = "".join(f"\\{ord(c):x} " if c in '\\"\n\r\f<' else c for c in text)
    return f'"{escaped}"'

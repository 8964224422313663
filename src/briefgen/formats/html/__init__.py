"""HTML: one file without requests, for screen, phone and the browser's print."""

from briefgen.formats.html.page import render_html
from briefgen.formats.html.serialise import serialise

__all__ = ["render_html", "serialise"]

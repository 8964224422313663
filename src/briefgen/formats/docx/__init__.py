"""The DOCX format: the document tree in, the bytes of a Word file out.

Importing this package imports python-docx (50 ms), so the build does it late.
"""

from briefgen.formats.docx.reference import examine
from briefgen.formats.docx.render import render_docx
from briefgen.formats.docx.tree import UnwritableElement
from briefgen.formats.docx.word_style import UnknownWordStyle, WordStyle, load_word_style

__all__ = [
    "UnknownWordStyle",
    "UnwritableElement",
    "WordStyle",
    "examine",
    "load_word_style",
    "render_docx",
]

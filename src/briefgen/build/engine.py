"""The engine: what all documents of a run share, made once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from briefgen.build.collector import paused_collector
from briefgen.build.project import Project
from briefgen.document.compose import compose
from briefgen.document.layout import Layout, load_layout
from briefgen.document.measure import Measure, font_measure
from briefgen.document.model import Document
from briefgen.edition.models import Format
from briefgen.edition.tailor import Brief
from briefgen.formats.fonts import font_file
from briefgen.formats.reference_doc import ReferenceDoc
from briefgen.formats.word_options import FOR_EDITING, WordOptions
from briefgen.problems import Problem

if TYPE_CHECKING:
    from briefgen.formats.pdf import LaidOut


@dataclass
class Engine:
    """Layouts, styles and font measures, read at first use."""

    project: Project
    _layouts: dict[str, Layout] = field(default_factory=dict)

    @cached_property
    def measure(self) -> Measure:
        """Widths of text in the figures' face."""
        from briefgen.formats.environment import require_fonts

        require_fonts()
        family = "Source Sans Pro"
        return font_measure(font_file(family, "Regular"), font_file(family, "Semibold"))

    def layout(self, name: str) -> Layout:
        """A layout by its name."""
        if name not in self._layouts:
            self._layouts[name] = load_layout(name, self.project.layouts)
        return self._layouts[name]

    def compose(self, brief: Brief, space: float = 1) -> Document:
        """The document of a brief, in its edition's layout; `space` as for `compose`."""
        return compose(brief, self.layout(brief.edition.layout), self.measure, space)

    def lay_out(self, document: Document, layout_name: str) -> LaidOut:
        """The document on the pages of its PDF."""
        from briefgen.formats.pdf import lay_out

        with paused_collector():
            return lay_out(document, self.layout(layout_name).sheet("print.css"))

    def examine(
        self, reference: ReferenceDoc, layouts: Iterable[str], *, create_styles: bool
    ) -> list[Problem]:
        """What is wrong with a reference file for Word documents in these layouts."""
        from briefgen.formats.docx.reference import examine
        from briefgen.formats.docx.word_style import load_word_style

        words = [load_word_style(self.layout(name)) for name in layouts]
        return examine(reference, words, create_styles=create_styles)

    def render(
        self,
        document: Document,
        layout_name: str,
        file_format: Format,
        laid_out: LaidOut | None = None,
        word: WordOptions = FOR_EDITING,
    ) -> bytes:
        """The document in one format; `laid_out` spares the PDF its layout, `word` is for DOCX.

        Each writer is imported when it is first needed.
        """
        if file_format == "pdf":
            laid_out = laid_out or self.lay_out(document, layout_name)
            with paused_collector():
                return laid_out.pdf()
        layout = self.layout(layout_name)
        if file_format == "html":
            from briefgen.formats.html import render_html

            date = layout.locale(document.language).date
            return render_html(document, layout.sheet("screen.css"), date)
        from briefgen.formats.docx.render import render_docx
        from briefgen.formats.docx.word_style import load_word_style

        with paused_collector():
            return render_docx(document, load_word_style(layout), word)


def warm(formats: Iterable[Format]) -> None:
    """Import what makes files in these formats, ahead of need."""
    from briefgen.formats import pdf  # noqa: F401 - any format is laid out to be cut to length

    if "html" in formats:
        from briefgen.formats import html  # noqa: F401
    if "docx" in formats:
        from briefgen.formats.docx import reference, render, word_style  # noqa: F401

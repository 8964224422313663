"""The frame of the text on the page: what tables, figures and indents are measured by."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.document.theme import PAGE_SIZES, Page


@dataclass(frozen=True)
class Frame:
    """Where text stands on the page, in millimetres."""

    text_width: float
    """Width of the running text, or of one of its columns."""
    text_height: float
    """Height of the text, without running head and foot."""
    hang: float
    """How far headings, tables, figures and boxes reach into the left margin."""

    @property
    def full_width(self) -> float:
        """Width of the text and the hang together."""
        return self.text_width + self.hang

    @classmethod
    def of_page(cls, page: Page) -> Frame:
        """The frame on the theme's page."""
        height = PAGE_SIZES[page.size][1] - page.margins.top - page.margins.bottom
        return cls(page.text_width, height, page.hang)

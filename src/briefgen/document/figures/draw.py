"""Draw: the figures of an edition as SVG with its words, and their data as tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from briefgen.document.figures.data import Cell, Shown, show
from briefgen.document.figures.drawing import Drawing, Label, Room
from briefgen.document.layout import Layout
from briefgen.document.locale import Locale
from briefgen.document.measure import Measure
from briefgen.document.model import FigureData
from briefgen.document.prose import render_inline
from briefgen.document.rendering import render_template
from briefgen.document.theme import PAGE_SIZES, Theme
from briefgen.edition.drawn import caption_of
from briefgen.edition.models import Figure
from briefgen.edition.tailor import Brief

TALLEST = 0.62
"""Share of the page's text height that a figure may take."""
NOTE = re.compile(r'<span class="footnote"[^>]*/>')


@dataclass(frozen=True)
class DrawnFigure:
    """A figure of the edition: its drawing, and the table that may take its place."""

    id: str
    kind: str
    title: Markup
    """Its caption, with notes."""
    plain_title: Markup
    """The same without notes, for where it is repeated."""
    svg: Markup | None
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    remarks: tuple[str, ...]
    """Sentences that the caption adds."""
    values: tuple[float | None, ...]
    """Of a plain chart, the number of each row."""


def draw_figure(
    figure: Figure,
    brief: Brief,
    layout: Layout,
    theme: Theme,
    locale: Locale,
    measure: Measure,
    warnings: list[str],
) -> DrawnFigure:
    """The figure that an edition asks for; a table in its place is noted in `warnings`."""
    edition = brief.edition
    room = Room(theme.page.full_width, _tallest(theme), locale, measure)
    shown = show(figure, brief, room)
    field = f"editions/{edition.id}/figures/{figure.id}/title"
    title = render_inline(caption_of(figure, brief), field)
    svg = None
    if shown.drawing:
        desc = _in_words(figure, shown, locale)
        svg = _svg(layout, theme, measure, title, desc, shown.drawing)
    else:
        warnings.append(
            f"{edition.id}: a table stands in place of the {figure.kind}: "
            "too little data, or more than fits"
        )
    return DrawnFigure(
        figure.id,
        figure.kind,
        title,
        Markup(NOTE.sub("", title)),
        svg,
        shown.head,
        shown.rows,
        tuple(locale.figures[key] for key in shown.remarks),
        shown.values,
    )


def data_of(figure: DrawnFigure) -> FigureData:
    """The figure's data as plain text."""
    rows = tuple(tuple(_plain(cell) for cell in row) for row in figure.rows)
    return FigureData(
        figure.id,
        _plain(figure.plain_title),
        figure.head,
        rows,
        drawn=figure.svg is not None,
        values=figure.values,
    )


def _plain(cell: Markup) -> str:
    return str(Markup(cell).striptags())


def _tallest(theme: Theme) -> float:
    page = theme.page
    return TALLEST * (PAGE_SIZES[page.size][1] - page.margins.top - page.margins.bottom)


def _in_words(figure: Figure, shown: Shown, locale: Locale) -> str:
    """The data in a sentence, for those who hear the figure."""
    rows = "; ".join(", ".join(filter(None, (_plain(cell) for cell in row))) for row in shown.rows)
    return locale.figures[f"{figure.kind}_desc"].format(rows=rows)


def _svg(
    layout: Layout, theme: Theme, measure: Measure, title: Markup, desc: str, drawing: Drawing
) -> Markup:
    def width(label: Label) -> float:
        return round(label.width(measure), 2)

    context = {"theme": theme, "title": _plain(title), "desc": desc, "width": width, "d": drawing}
    return Markup(render_template(layout, "figures/figure.svg.j2", context))

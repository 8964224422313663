"""Drawings: the figures of an edition as SVG, from where `figures.py` puts each mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from briefgen.document.figures import draw_matrix, draw_timeline, in_order
from briefgen.document.layout import Layout
from briefgen.document.locale import Locale
from briefgen.document.measure import Measure
from briefgen.document.prose import render_inline, typeset
from briefgen.document.rendering import render_template
from briefgen.document.theme import Theme
from briefgen.document.views import View, view_of
from briefgen.edition.models import Figure
from briefgen.edition.tailor import Brief


@dataclass(frozen=True)
class DrawnFigure:
    """A figure of the edition: its drawing, or what a table shows in its place."""

    id: str
    kind: str
    title: Markup
    svg: Markup | None
    has_open: bool
    milestones: tuple[View, ...]


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
    edition, dossier = brief.edition, brief.dossier
    field = f"editions/{edition.id}/figures/{figure.id}/title"
    title = render_inline(figure.title, field)
    names = figure.records or tuple(dossier.milestones)
    milestones = in_order(dossier.milestones[name] for name in names)
    svg, has_open = None, False
    if figure.kind == "timeline":
        timeline = draw_timeline(milestones, theme.page.full_width, locale, measure)
        if timeline:
            events = "; ".join(
                f"{locale.date(m.date.value)}, {typeset(m.short)}" for m in milestones
            )
            desc = locale.figures["timeline_desc"].format(events=events)
            svg, has_open = (
                _svg(layout, theme, measure, title, desc, "timeline", t=timeline),
                timeline.has_open,
            )
    else:
        areas = [chosen.record for chosen in brief.areas]
        obstacles = [chosen.record for chosen in brief.obstacles]
        matrix = draw_matrix(areas, obstacles, theme.page.full_width, locale, measure)
        if matrix:
            desc = locale.figures["matrix_desc"].format(rows=_matrix_in_words(brief, locale))
            svg = _svg(layout, theme, measure, title, desc, "matrix", m=matrix)
    if svg is None:
        warnings.append(
            f"{edition.id}: a table stands in place of the {figure.kind}: "
            "too little data, or more than fits"
        )
    return DrawnFigure(
        figure.id,
        figure.kind,
        title,
        svg,
        has_open,
        tuple(view_of(m.id, dossier) for m in milestones),
    )


def _svg(
    layout: Layout,
    theme: Theme,
    measure: Measure,
    title: Markup,
    desc: str,
    kind: str,
    **drawing: Any,
) -> Markup:
    def width(text: str, size: float, *, bold: bool = False) -> float:
        return round(size * measure(text, bold=bold), 2)

    plain_title = Markup(title).striptags()
    context = {"theme": theme, "title": plain_title, "desc": desc, "width": width, **drawing}
    return Markup(render_template(layout, f"figures/{kind}.svg.j2", context))


def _matrix_in_words(brief: Brief, locale: Locale) -> str:
    rows = []
    for area in brief.areas:
        touching = [
            f"{typeset(o.record.short)} ({locale.levels[o.record.severity.level]})"
            for o in brief.obstacles
            if area.record.id in o.record.affects
        ]
        if touching:
            rows.append(f"{typeset(area.record.short)}: {', '.join(touching)}")
    return "; ".join(rows)

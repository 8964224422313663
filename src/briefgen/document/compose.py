"""Compose: from a brief to the one document that every format is made from.

1. views      records as templates see them, each text with its field
2. templates  the layout's `document.html.j2` and its sections
3. tree       parsed once, as XML
4. annotate   notes, numbers, expansions; what nothing refers to is taken out
5. check      nothing outside the vocabulary
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from lxml import etree
from markupsafe import Markup

from briefgen.document.annotate import (
    expand_terms,
    mark_copies,
    merge_notes,
    number_captions,
    prune,
    write_notes,
)
from briefgen.document.citations import full_note
from briefgen.document.disclosure import disclose
from briefgen.document.figures import draw_matrix, draw_timeline, in_order
from briefgen.document.layout import Layout
from briefgen.document.locale import Locale
from briefgen.document.measure import Measure
from briefgen.document.model import Document
from briefgen.document.notes import NoteWriter
from briefgen.document.prose import render_inline, typeset
from briefgen.document.theme import Theme
from briefgen.document.views import View, chosen_views, view_of
from briefgen.document.vocabulary import check_vocabulary
from briefgen.edition.models import Figure
from briefgen.edition.tailor import Brief, Chosen
from briefgen.problems import Place, Problem, ProblemsFound

TEMPLATE = "document.html.j2"


@dataclass(frozen=True)
class DrawnFigure:
    """A figure of the edition: its drawing, or what a table shows in its place."""

    id: str
    kind: str
    title: Markup
    svg: Markup | None
    has_open: bool
    milestones: tuple[View, ...]


def compose(brief: Brief, layout: Layout, measure: Measure) -> Document:
    """The brief as one checked document.

    Raises:
        ProblemsFound: a template is wrong, or writes something outside the vocabulary.
    """
    edition = brief.edition
    locale = layout.locale(edition.language)
    theme = layout.theme.for_edition(edition.id)
    warnings: list[str] = []
    figures = tuple(
        _draw(f, brief, layout, theme, locale, measure, warnings) for f in edition.figures
    )
    html = _render(layout, TEMPLATE, _context(brief, theme, locale, figures))
    where = Place((layout.shown / TEMPLATE).as_posix())
    tree = _parse(html, where)
    writer = NoteWriter(brief.dossier, locale)
    _annotate(tree, brief, writer, locale)
    if problems := list(check_vocabulary(tree, where)):
        raise ProblemsFound(problems)
    about = brief.dossier.about
    return Document(
        tree=tree,
        language=edition.language,
        title=typeset(edition.title),
        subject=typeset(edition.subtitle or edition.question),
        author=", ".join([edition.contact] if edition.contact else []),
        keywords=tuple(typeset(chosen.record.short) for chosen in brief.areas),
        series=typeset(about.title),
        edition_label=typeset(edition.label),
        version=edition.version,
        issued=edition.issued,
        issued_words=locale.date(edition.issued),
        status=edition.status,
        handling=edition.handling,
        theme=theme,
        claims=tuple(writer.claims),
        warnings=tuple(warnings),
    )


def _context(
    brief: Brief, theme: Theme, locale: Locale, figures: tuple[DrawnFigure, ...]
) -> dict[str, Any]:
    dossier, edition = brief.dossier, brief.edition
    titles = locale.headings | {str(name): title for name, title in edition.headings.items()}
    return {
        "about": View(dossier.about, "dossier", dossier),
        "edition": View(edition, f"editions/{edition.id}", dossier),
        "areas": _chosen("areas", brief.areas, brief),
        "obstacles": _chosen("obstacles", brief.obstacles, brief),
        "recommendations": _chosen("recommendations", brief.recommendations, brief),
        "sources": tuple(view_of(name, dossier) for name in _by_author(brief)),
        "terms": tuple(
            view_of(term.id, dossier)
            for term in sorted(dossier.terms.values(), key=lambda term: term.term.casefold())
            if term.expansion
        ),
        "figures": {figure.kind: figure for figure in figures},
        "disclosure": disclose(brief, locale),
        "words": locale,
        "headings": {name: typeset(title) for name, title in titles.items()},
        "theme": theme,
        "tier": brief.tier,
        "date": locale.date,
        "listed": locale.enumerate,
        "cite": lambda source: full_note(dossier.sources[source.id], locale),
    }


def _chosen(kind: str, chosen: tuple[Chosen[Any], ...], brief: Brief) -> Any:
    pairs = ((item.record, item.lens) for item in chosen)
    return chosen_views(kind, pairs, brief.edition.id, brief.dossier)


def _by_author(brief: Brief) -> list[str]:
    def key(name: str) -> tuple[str, str]:
        source = brief.dossier.sources[name]
        first = source.author[0] if source.author else None
        author = (first.family or first.literal or "") if first else source.title
        return author.casefold(), source.issued or ""

    return sorted(brief.dossier.sources, key=key)


def _draw(
    figure: Figure,
    brief: Brief,
    layout: Layout,
    theme: Theme,
    locale: Locale,
    measure: Measure,
    warnings: list[str],
) -> DrawnFigure:
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
                _svg(layout, theme, title, desc, "timeline", t=timeline),
                timeline.has_open,
            )
    else:
        areas = [chosen.record for chosen in brief.areas]
        obstacles = [chosen.record for chosen in brief.obstacles]
        matrix = draw_matrix(areas, obstacles, theme.page.full_width, measure)
        if matrix:
            desc = locale.figures["matrix_desc"].format(rows=_matrix_in_words(brief, locale))
            svg = _svg(layout, theme, title, desc, "matrix", m=matrix)
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
    layout: Layout, theme: Theme, title: Markup, desc: str, kind: str, **drawing: Any
) -> Markup:
    plain_title = Markup(title).striptags()
    context = {"theme": theme, "title": plain_title, "desc": desc, **drawing}
    return Markup(_render(layout, f"figures/{kind}.svg.j2", context))


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


def _render(layout: Layout, name: str, context: Mapping[str, Any]) -> str:
    try:
        return layout.templates.get_template(name).render(context)
    except jinja2.TemplateNotFound as error:
        where = Place((layout.shown / str(error.name or name)).as_posix())
        what, mend = f"the template {error.name} is missing", "add it to the layout"
    except jinja2.TemplateSyntaxError as error:
        where = Place((layout.shown / (error.name or name)).as_posix(), error.lineno)
        what, mend = f"not a valid template: {error.message}", "correct this line"
    except jinja2.TemplateError as error:
        where = _template_line(error, layout, name)
        what, mend = f"{error.message}", "correct the name, or test for it with `{% if … %}`"
    except (TypeError, ValueError, KeyError, ArithmeticError, AttributeError) as error:
        where = _template_line(error, layout, name)
        what, mend = f"{type(error).__name__}: {error}", "correct the expression on this line"
    raise ProblemsFound([Problem(where, "BG050", what, mend)])


def _template_line(error: BaseException, layout: Layout, name: str) -> Place:
    """The innermost line of a template in the traceback."""
    found = Place((layout.shown / name).as_posix())
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(f"{layout.folder}/"):
            shown = layout.shown / file[len(str(layout.folder)) + 1 :]
            found = Place(shown.as_posix(), trace.tb_lineno)
        trace = trace.tb_next
    return found


def _parse(html: str, where: Place) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(html.strip().encode(), parser)
    except etree.XMLSyntaxError as error:
        line, _ = error.position
        snippet = html.strip().splitlines()[line - 1].strip()[:80] if line else ""
        what = f"the document is not well-formed: {error.msg}; near: {snippet}"
        mend = "close every element (also <br/>); write & as {{ '&' }}"
        raise ProblemsFound([Problem(where, "BG050", what, mend)]) from None


def _annotate(tree: etree._Element, brief: Brief, writer: NoteWriter, locale: Locale) -> None:
    merge_notes(tree, writer)
    write_notes(tree, writer)
    used = expand_terms(tree, brief.dossier.terms.values(), brief.edition.audience.knows)
    number_captions(tree, locale.figures["figure"], locale.figures["table"])
    prune(tree, writer.sources, used)
    mark_copies(tree)

"""Compose: from a brief to the one document that every format is made from.

1. views      records as templates see them, each text with its field
2. templates  the layout's `document.html.j2` and its sections
3. tree       parsed once, as XML
4. annotate   notes, numbers, expansions; what nothing refers to is taken out
5. check      nothing outside the vocabulary
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import jinja2
from jinja2.exceptions import SecurityError
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
from briefgen.document.places import TemplatePlaces, template_line
from briefgen.document.prose import render_inline, typeset
from briefgen.document.theme import Theme
from briefgen.document.views import View, chosen_views, view_of
from briefgen.document.vocabulary import check_vocabulary
from briefgen.edition.models import Figure, FigureName
from briefgen.edition.tailor import Brief, Chosen
from briefgen.problems import Place, Problem, ProblemsFound, suggest

TEMPLATE = "document.html.j2"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no document can hold (XML 1.0, production 2)."""
MISTAKES = (
    jinja2.TemplateError,
    TypeError,
    ValueError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
)
"""What a template's own mistakes raise."""


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
    context = _context(brief, theme, locale, figures)
    html = _render(layout.templates, layout, TEMPLATE, context)
    places = TemplatePlaces(layout, TEMPLATE, context)
    tree = _parse(html, places)
    writer = NoteWriter(brief.dossier, locale)
    _refuse_unknown_claims(tree, brief, places)
    _annotate(tree, brief, writer, locale)
    if problems := list(check_vocabulary(tree, places.of)):
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
        "figures": dict.fromkeys(get_args(FigureName)) | {f.kind: f for f in figures},
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
    shown = ((item.record, item.lens, item.tier) for item in chosen)
    return chosen_views(kind, shown, brief.edition.id, brief.dossier)


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
    return Markup(_render(layout.templates, layout, f"figures/{kind}.svg.j2", context))


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


def _render(
    templates: jinja2.Environment, layout: Layout, name: str, context: Mapping[str, Any]
) -> str:
    try:
        return templates.get_template(name).render(context)
    except jinja2.TemplateNotFound as error:
        where = Place((layout.shown / str(error.name or name)).as_posix())
        what, mend = f"the template {error.name} is missing", "add it to the layout"
    except jinja2.TemplateSyntaxError as error:
        where = Place((layout.shown / (error.name or name)).as_posix(), error.lineno)
        what, mend = f"not a valid template: {error.message}", "correct this line"
    except UnicodeDecodeError:
        where = template_line(None, layout, name)
        what, mend = "a template that is not UTF-8", "save the layout's templates as UTF-8"
    except MISTAKES as error:
        where = template_line(error, layout, name)
        what, mend = _explain(error)
    raise ProblemsFound([Problem(where, "BG050", what, mend)])


def _explain(error: BaseException) -> tuple[str, str]:
    if isinstance(error, SecurityError):
        return f"{error}", "templates use the fields of records, not what lies behind them"
    if isinstance(error, jinja2.TemplateError):
        what = re.sub(
            r"'[\w.]+ object' has no attribute '(\w+)'", r'no field "\1" here', str(error)
        )
        return what, "correct the name, or test for it with `is defined`"
    if isinstance(error, RecursionError):
        return "templates that include each other without end", "remove one of the includes"
    return f"{type(error).__name__}: {error}", "correct the expression on this line"


def _parse(html: str, places: TemplatePlaces) -> etree._Element:
    text = html.strip()
    if found := NOT_IN_XML.search(text):
        line = text.count("\n", 0, found.start()) + 1
        before = text[: found.start()].splitlines()[-1][-40:]
        what = f"a text holds the character U+{ord(found.group()):04X}; behind: {before}"
        mend = "remove the character from the data"
        raise ProblemsFound([Problem(places.at(line), "BG050", what, mend)])
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        snippet = (text.splitlines()[line - 1 : line] or [""])[0].strip()[:80]
        # The lines that the parser names are those of the page, which nobody has seen.
        message = re.sub(r",? line \d+(, column \d+)?( \(.*\))?", "", error.msg)
        what = f"the document is not well-formed: {message}; near: {snippet}"
        mend = "close every element (also <br/>); write & as {{ '&' }}"
        raise ProblemsFound([Problem(places.at(line, column), "BG050", what, mend)]) from None


def _refuse_unknown_claims(tree: etree._Element, brief: Brief, places: TemplatePlaces) -> None:
    """Notes that templates write themselves may name claims that are not there."""
    claims = brief.dossier.claims
    problems = [
        Problem(
            places.of(mark),
            "BG051",
            f'the document has a note on the unknown claim "{name}"',
            f"{suggest(name, claims)}`briefgen list claims` shows all",
        )
        for mark in tree.iter("span")
        if mark.get("class") == "footnote"
        for name in mark.get("data-claims", "").split()
        if name not in claims
    ]
    if problems:
        raise ProblemsFound(problems)


def _annotate(tree: etree._Element, brief: Brief, writer: NoteWriter, locale: Locale) -> None:
    merge_notes(tree, writer)
    write_notes(tree, writer)
    used = expand_terms(tree, brief.dossier.terms.values(), brief.edition.audience.knows)
    number_captions(tree, locale.figures["figure"], locale.figures["table"])
    prune(tree, writer.sources, used)
    mark_copies(tree)

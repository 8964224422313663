"""Compose: from a brief to the one document that every format is made from.

1. views      records as templates see them, each text with its field
2. templates  the layout's `document.html.j2` and its sections
3. tree       parsed once, as XML
4. annotate   notes, numbers, expansions; what nothing refers to is taken out
5. check      nothing outside the vocabulary; what honesty asks for is there
"""

from __future__ import annotations

from typing import Any, get_args

from lxml import etree
from markupsafe import Markup

from briefgen.document.annex import claim_rows, order_claims
from briefgen.document.annotate import (
    expand_terms,
    mark_copies,
    merge_notes,
    number_captions,
    prune,
    write_notes,
)
from briefgen.document.cautions import cautions_of
from briefgen.document.citations import full_note, short_author
from briefgen.document.disclosure import disclose, evidence_used
from briefgen.document.facts import facts_of, fields_of_facts
from briefgen.document.figures.draw import DrawnFigure, data_of, draw_figure
from briefgen.document.languages import mark_languages
from briefgen.document.layout import Layout
from briefgen.document.ledger_of import ledger_of
from briefgen.document.letters import write_letters
from briefgen.document.locale import Locale
from briefgen.document.measure import Measure
from briefgen.document.model import Document
from briefgen.document.notes import NoteWriter
from briefgen.document.paragraphs import number_paragraphs
from briefgen.document.places import TemplatePlaces
from briefgen.document.prose import typeset
from briefgen.document.rendering import find_id, parse_page, render_template
from briefgen.document.required import check_required
from briefgen.document.theme import Theme
from briefgen.document.values import values_of
from briefgen.document.views import ChosenView, View, chosen_views, view_of
from briefgen.document.vocabulary import check_vocabulary
from briefgen.edition.models import FigureName
from briefgen.edition.tailor import Brief, Chosen
from briefgen.problems import Problem, ProblemsFound, suggest

TEMPLATE = "document.html.j2"


def compose(brief: Brief, layout: Layout, measure: Measure, space: float = 1) -> Document:
    """The brief as one checked document; `space` is a factor of the space between its blocks.

    Raises:
        ProblemsFound: a template is wrong, or writes something outside the vocabulary.
    """
    edition = brief.edition
    locale = layout.locale(edition.language)
    theme = layout.theme.with_accent(edition.accent).on_paper(edition.paper)
    theme = theme.at_length(brief.length).spaced(space)
    warnings: list[str] = []
    figures = tuple(
        draw_figure(f, brief, layout, theme, locale, measure, warnings) for f in brief.figures
    )
    context = _context(brief, theme, locale, figures)
    html = render_template(layout, TEMPLATE, context)
    if "evidence" in brief.sections:
        context["claims"] = claim_rows(html, brief.dossier, locale)
        html = render_template(layout, TEMPLATE, context)
    places = TemplatePlaces(layout, TEMPLATE, context)
    tree = parse_page(html, places)
    writer = NoteWriter(brief.dossier, locale)
    _refuse_unknown_claims(tree, brief, places)
    _annotate(tree, brief, writer, locale, places)
    if problems := list(check_vocabulary(tree, places.of)):
        raise ProblemsFound(problems)
    if problems := list(check_required(tree, brief, layout.place(TEMPLATE))):
        raise ProblemsFound(problems)
    about = brief.dossier.about
    facts = facts_of(brief, locale)
    values = values_of(tree, brief.dossier, edition)
    return Document(
        tree=tree,
        language=edition.language,
        title=typeset(edition.title),
        length=brief.length,
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
        cautions=cautions_of(writer.claims, brief.dossier, locale),
        ledger=ledger_of(tree, brief.dossier, locale),
        dossier=brief.dossier.name,
        edition=edition.id,
        layout=layout.name,
        values=values,
        facts=facts,
        fact_fields=fields_of_facts(facts, values, edition.id),
        figures=tuple(map(data_of, figures)),
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
        "messages": _messages(brief),
        "sections": brief.sections,
        "areas": _chosen("areas", brief.areas, brief),
        "obstacles": _chosen("obstacles", brief.obstacles, brief),
        "recommendations": _chosen("recommendations", brief.recommendations, brief),
        "sources": tuple(view_of(name, dossier) for name in _by_author(brief)),
        "claims": (),
        "terms": tuple(
            view_of(term.id, dossier)
            for term in sorted(dossier.terms.values(), key=lambda term: term.term.casefold())
            if term.expansion
        ),
        "figures": dict.fromkeys(get_args(FigureName)) | {f.kind: f for f in figures},
        "drawn": tuple(f for f in figures if f.svg),
        "disclosure": disclose(brief, locale),
        "words": locale,
        "headings": {name: typeset(title) for name, title in titles.items()},
        "theme": theme,
        "length": brief.length,
        "date": locale.date,
        "listed": locale.enumerate,
        "origin": lambda chosen: _origin(chosen, brief, locale),
        "cite": lambda source: full_note(dossier.sources[source.id], locale),
    }


def _messages(brief: Brief) -> tuple[View, ...]:
    shown = {message.id for message in brief.messages}
    edition = View(brief.edition, f"editions/{brief.edition.id}", brief.dossier)
    return tuple(message for message in edition.key_messages if message.id in shown)


def _chosen(kind: str, chosen: tuple[Chosen[Any], ...], brief: Brief) -> Any:
    shown = ((item.record, item.lens, item.tier) for item in chosen)
    return chosen_views(kind, shown, brief.edition.id, brief.dossier)


def _origin(chosen: ChosenView, brief: Brief, locale: Locale) -> str:
    """Who proposes a recommendation: the authors of its sources, or we ourselves."""
    proposers = brief.dossier.recommendations[chosen.record.id].proposed_by
    if not proposers:
        return locale.labels["ours"]
    sources = [brief.dossier.sources[name] for name in proposers]
    names = [short_author(source, locale) or typeset(source.title) for source in sources]
    words = locale.labels["adapted" if chosen.lens.position == "adapt" else "theirs"]
    return words.format(names=locale.enumerate(names))


def _by_author(brief: Brief) -> list[str]:
    def key(name: str) -> tuple[str, str]:
        source = brief.dossier.sources[name]
        first = source.author[0] if source.author else None
        author = (first.family or first.literal or "") if first else source.title
        return author.casefold(), source.issued or ""

    return sorted(brief.dossier.sources, key=key)


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


def _annotate(
    tree: etree._Element,
    brief: Brief,
    writer: NoteWriter,
    locale: Locale,
    places: TemplatePlaces,
) -> None:
    merge_notes(tree, writer)
    if brief.rule.notes == "letters":
        write_letters(tree, writer, places)
    else:
        write_notes(tree, writer)
    if (place := find_id(tree, "evidence-used")) is not None:
        place.text = str(Markup(evidence_used(brief, writer.claims, locale)).unescape())
    sources = writer.sources.keys() | order_claims(tree, writer.claims, brief.dossier)
    used = expand_terms(tree, brief.dossier.terms.values(), brief.edition.audience.knows)
    number_captions(tree, locale.figures["figure"], locale.figures["table"])
    prune(tree, sources, used)
    mark_copies(tree)
    number_paragraphs(tree)
    mark_languages(tree, brief.dossier.about.han)

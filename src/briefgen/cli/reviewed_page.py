"""Reviews as one HTML page: no scripts, no requests, for screen, phone and print."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from briefgen.cli.page import render_page
from briefgen.cli.people import signed
from briefgen.cli.reviewed_words import (
    OUTCOMES,
    REVISIONS,
    SURE,
    by_place,
    export_of,
    label,
    loose_words,
    name_of,
    shortened,
    statements,
    tally,
    where,
)
from briefgen.dossier.prose import CITATION
from briefgen.review.review import Reviewed
from briefgen.review.three_way import difference

TEMPLATE = "reviewed.html.j2"
ELEMENTS = {"deleted": "del", "inserted": "ins"}


def reviews_page(reviews: Sequence[Reviewed]) -> str:
    """The reviews as a page of HTML5."""
    context = {
        "reviews": reviews,
        "outcomes": OUTCOMES,
        "sure": SURE,
        "label": label,
        "export_of": export_of,
        "where": where,
        "tally": tally,
        "name_of": name_of,
        "loose_words": loose_words,
        "marked": _marked,
        "signed": signed,
        "statements": statements,
        "by_place": by_place,
        "revisions": REVISIONS,
    }
    return render_page(TEMPLATE, context)


def _marked(old: str, new: str, *, is_whole: bool = False) -> tuple[Markup, Markup]:
    """Both texts in paragraphs, with what is only in one of them set off.

    Long stretches that are the same in both are cut, unless the texts are wanted whole.
    """
    runs = list(difference(old, new)) if is_whole else shortened(difference(old, new))
    return _side(runs, "deleted"), _side(runs, "inserted")


def _side(runs: Sequence[tuple[str, str]], own: str) -> Markup:
    paragraphs: list[list[Markup]] = [[]]
    for kind, text in runs:
        if kind not in ("kept", own):
            continue
        for i, part in enumerate(text.split("\n\n")):
            if i:
                paragraphs.append([])
            words = _cited(part)
            if kind == own and part.strip():
                words = Markup("<{0}>{1}</{0}>").format(Markup(ELEMENTS[own]), words)
            paragraphs[-1].append(words)
    return Markup().join(Markup("<p>{}</p>").format(Markup().join(p)) for p in paragraphs)


def _cited(text: str) -> Markup:
    """The text, with its citations set off."""
    out, at = Markup(), 0
    for citation in CITATION.finditer(text):
        out += Markup("{}<cite>{}</cite>").format(text[at : citation.start()], citation[0])
        at = citation.end()
    return out + Markup("{}").format(text[at:])

"""What a document says of itself on its cover, as plain text by name."""

from __future__ import annotations

from briefgen.document.locale import Locale
from briefgen.document.prose import typeset
from briefgen.edition.tailor import Brief

FACTS = (
    "title",
    "subtitle",
    "series",
    "edition",
    "question",
    "audience",
    "stance",
    "evidence-to",
    "issued",
    "version",
    "reference",
    "status",
    "handling",
    "contact",
    "rights",
)
"""Every name; docs/word.md says what each holds."""


def facts_of(brief: Brief, locale: Locale) -> dict[str, str]:
    """The facts that the edition has, in words; others are left out."""
    edition, about = brief.edition, brief.dossier.about
    facts = {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "series": about.title,
        "edition": edition.label,
        "question": edition.question,
        "audience": edition.audience.name,
        "stance": edition.stance.label or locale.neutral_stance,
        "evidence-to": locale.cover.get("nothing_later", "{date}").format(
            date=locale.date(about.as_of)
        ),
        "issued": locale.date(edition.issued),
        "version": edition.version,
        "reference": edition.reference,
        "status": locale.statuses[edition.status],
        "handling": edition.handling,
        "contact": edition.contact,
        "rights": edition.rights,
    }
    return {name: typeset(text) for name, text in facts.items() if text}

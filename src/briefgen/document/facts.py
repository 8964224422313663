"""What a document says of itself on its cover, as plain text by name."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.document.locale import Locale
from briefgen.document.prose import typeset
from briefgen.edition.tailor import Brief

OF_RECORDS = {
    "title": "editions/{edition}/title",
    "subtitle": "editions/{edition}/subtitle",
    "series": "dossier/title",
    "edition": "editions/{edition}/label",
    "question": "editions/{edition}/question",
    "audience": "editions/{edition}/audience/name",
    "stance": "editions/{edition}/stance/label",
    "reference": "editions/{edition}/reference",
    "handling": "editions/{edition}/handling",
    "contact": "editions/{edition}/contact",
    "rights": "editions/{edition}/rights",
}
"""Fields of the facts that are texts of the data; the others are put in words by the program."""


def fields_of_facts(
    facts: Mapping[str, str], values: Mapping[str, str], edition: str
) -> dict[str, str]:
    """The fields of those facts whose text is that of a field, by their name.

    `values` are the texts of the fields as they stand in the data.
    """
    named = {fact: name.format(edition=edition) for fact, name in OF_RECORDS.items()}
    return {
        fact: name
        for fact, name in named.items()
        if fact in facts and typeset(values.get(name, "")) == facts[fact]
    }


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

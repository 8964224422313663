"""Glyphs: what a document prints and no typeface draws, at the field that says it.

A box in place of a name is a mistake that only the reader would see. Word and browsers might find
a face of their own; what they find differs from machine to machine, so the same is asked of all
formats.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path as FilePath

from lxml import etree

from briefgen.build.project import Target
from briefgen.document.languages import RUN
from briefgen.document.model import Document
from briefgen.dossier.base import PlainText, ProseIn
from briefgen.dossier.fields import Marked, marked_fields
from briefgen.dossier.model import KINDS, PlaceOf
from briefgen.formats.east_asian import EXTRA, variable_font
from briefgen.formats.fonts import missing_characters, named
from briefgen.problems import Place, Problem

SHOWN_ATTRIBUTES = ("alt", "title", "content")
RIGHT_TO_LEFT = ("R", "AL")
"""Bidirectional classes of the letters of Hebrew, Arabic and their kin (UAX 9)."""


def glyph_problems(document: Document, target: Target) -> Iterator[Problem]:
    """The fields of the document that say characters which no face has, each with all of them."""
    texts = list(_texts(document))
    missing = set(missing_characters("".join(text for text, _ in texts)))
    if not missing:
        return
    fields = _Fields(target)
    found: dict[str, dict[str, Place]] = {}
    for text, field in texts:
        for char in sorted(missing & set(text)):
            for name, where in fields.saying(char, field):
                found.setdefault(name, {})[char] = where
    for name, places in found.items():
        yield _problem(name, places)


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Each text with the field that it comes from, if it says so; bookmarks are headings."""
    for element in document.tree.iter(etree.Element):
        yield element.text or "", _field_of(element)
        yield element.tail or "", _field_of(element.getparent())
        for name in SHOWN_ATTRIBUTES:
            yield element.get(name) or "", _field_of(element)
    for text in (
        document.title,
        document.subject,
        document.author,
        *document.keywords,
        document.series,
        document.edition_label,
        document.version,
        document.handling or "",
    ):
        yield text, ""


def _field_of(element: etree._Element | None) -> str:
    around = () if element is None else (element, *element.iterancestors())
    return next(filter(None, (one.get("data-field") for one in around)), "")


def _problem(name: str, places: dict[str, Place]) -> Problem:
    """One problem for the characters of one field, at the first of them."""
    chars = sorted(places)
    remedies = dict.fromkeys(map(_remedy, chars))
    return Problem(
        min(places.values()),
        "BG052",
        f"no typeface has {named(chars)} in {name}",
        "; ".join(remedies),
    )


def _remedy(char: str) -> str:
    if RUN.match(char) and variable_font("ja") is None:
        return f"{EXTRA} brings the letters of East Asia"
    if unicodedata.bidirectional(char) in RIGHT_TO_LEFT:
        return "write it in Latin letters; text from right to left cannot be set"
    if unicodedata.category(char) in ("So", "Sk", "Mn", "Me"):
        return "write a word in place of the sign"
    return "write it in Latin letters"


class _Fields:
    """The texts of the dossier and the edition, with their names and places."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def saying(self, char: str, field: str) -> Iterator[tuple[str, Place]]:
        """Name and place of the fields that say the character.

        The named one if it does; else all, since notes, labels and the cover repeat fields without
        naming them; else the layout, whose own words then hold it.
        """
        saying = [(name, place, m) for name, place, m in self._all if char in m.text]
        path = field.split("#", maxsplit=1)[0]
        named = [s for s in saying if path == s[0] or path.startswith(f"{s[0]}/")] or saying
        for name, place, marked in named:
            yield name, place.of_words(marked.path, char)
        if not named:
            layout = self._target.edition.layout
            yield f'the layout "{layout}"', Place((FilePath("templates") / layout).as_posix())

    @cached_property
    def _all(self) -> list[tuple[str, PlaceOf, Marked]]:
        loaded = self._target.dossier
        dossier, edition = loaded.dossier, self._target.edition
        models = [
            ("dossier", dossier.about, dossier.places["dossier", ""]),
            (f"editions/{edition.id}", edition, loaded.editions[edition.id].place),
            *(
                (f"{kind}/{record.id}", record, dossier.places[kind, record.id])
                for kind in KINDS
                for record in dossier.records(kind).values()
            ),
        ]
        return [
            (f"{name}/{'/'.join(map(str, marked.path))}", place, marked)
            for name, model, place in models
            for marked in marked_fields(model, (PlainText, ProseIn))
        ]

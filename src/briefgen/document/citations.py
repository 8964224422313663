"""Citations: sources as notes and as list entries.

Form: Chicago Manual of Style (17th edition), full note at first, short from then on, in British
typography: single quotation marks, commas outside them. A date that the text does not state of
itself stands in square brackets (CMOS 14.145).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from briefgen.document.locale import Locale
from briefgen.document.prose import typeset
from briefgen.dossier.evidence import Name, Source

SHORT_TITLE_WORDS = 5
SHORT_NAMES = 3
EDITOR, EDITORS = " (ed.)", " (eds)"
ISSUE = "no.\u00a0{}"
IN_A_BOOK = frozenset({"chapter", "paper-conference"})
"""Types whose container is a book: "in" stands before it (CMOS 14.106)."""
DATED_ONLY = frozenset(
    {
        "article-magazine",
        "article-newspaper",
        "post",
        "post-weblog",
        "speech",
        "treaty",
        "webpage",
    }
)
"""Types whose date follows a comma where no publisher stands beside it (CMOS 14.188, 14.207)."""
PLAIN = frozenset({"treaty"})
"""Types whose title stands in the type of the text (CMOS 14.290)."""
SITES = frozenset({"webpage", "post"})
"""Types whose container is a web site, which is not italic (CMOS 14.206)."""
CONTAINED = frozenset(
    {
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "chapter",
        "post-weblog",
        "webpage",
        "post",
        "paper-conference",
        "article",
        "report",
        "document",
        "speech",
        "interview",
        "thesis",
    }
)
"""Types whose title is a part of something and stands in quotation marks; others are italic."""


def full_note(source: Source, locale: Locale) -> Markup:
    """The source as its first note gives it, without the full stop."""
    lead = _names(source.author or source.editor, locale)
    if lead and not source.author:
        lead += EDITOR if len(source.editor) == 1 else EDITORS
    pieces = [escape(lead)] if lead else []
    pieces.append(_title(source, source.title))
    if source.container_title:
        pieces.append(_container(source, source.container_title))
        if source.author and source.editor:
            pieces.append(Markup("ed. {}").format(_names(source.editor, locale)))
    pieces += [escape(typeset(part)) for part in _locators(source)]
    text = Markup(", ").join(pieces)
    if imprint := _imprint(source, locale):
        # A lone date in square brackets needs no round ones.
        is_inferred = imprint.startswith("[") and imprint.endswith("]")
        lone = is_inferred or (source.type in DATED_ONLY and imprint == _date(source, locale))
        text += Markup(", {}" if lone else " ({})").format(imprint)
    if source.page:
        is_journal = source.type == "article-journal" and text.endswith(")")
        pages = re.sub(r"(?<=\d)-(?=\d)", "–", source.page)
        text += Markup(": {}" if is_journal else ", {}").format(pages)
    return text


def _names(names: Sequence[Name], locale: Locale) -> str:
    """The names in a row, of four and more the first alone (CMOS 14.76)."""
    shown = [typeset(name_in_note(name)) for name in names]
    return f"{shown[0]} et al." if len(shown) > SHORT_NAMES else locale.enumerate(shown)


def _container(source: Source, title: str) -> Markup:
    """What the source is a part of: "*International Reports* 12", "in *Partners in Asia*"."""
    before = "in " if source.type in IN_A_BOOK else ""
    after = f" {source.volume}" if source.volume else ""
    pattern = "{}{}{}" if source.type in SITES else "{}<cite>{}</cite>{}"
    return Markup(pattern).format(before, typeset(title), after)


def short_note(source: Source, locale: Locale) -> Markup:
    """The source as later notes give it: family name and short title, without the full stop."""
    lead, title = short_author(source, locale), _title(source, short_title(source))
    return Markup("{}, {}").format(lead, title) if lead else title


def short_entry(source: Source, locale: Locale) -> Markup:
    """The source in a key of letters: as later notes give it, with its date."""
    date = _date(source, locale)
    if not date:
        return short_note(source, locale)
    # A date in square brackets needs no round ones.
    pattern = Markup(" {}" if date.startswith("[") else " ({})")
    return short_note(source, locale) + pattern.format(date)


def short_author(source: Source, locale: Locale) -> str:
    """Family names of the authors, or of the editors; nothing where it has neither."""
    names = [n.family or n.literal or n.given or "" for n in source.author or source.editor]
    # CMOS 14.27: a note shortens four authors and more.
    lead = f"{names[0]} et al." if len(names) > SHORT_NAMES else locale.enumerate(names)
    return typeset(lead)


def short_title(source: Source) -> str:
    """The title as short notes give it: the part before a colon or dash, without its article."""
    if source.title_short:
        return source.title_short
    main = re.split(r": | [-\u2013\u2014] ", source.title, maxsplit=1)[0]
    words = re.sub(r"^(The|A|An) ", "", main).split()
    short = words[:SHORT_TITLE_WORDS]
    while " ".join(short).count('"') % 2 and len(short) < len(words):
        short = words[: len(short) + 1]  # not in the middle of a quotation
    return " ".join(short)


def name_in_note(name: Name) -> str:
    """A name in running order: "Simran Walia", "Takahashi Kosuke" where the order is fixed."""
    if name.literal:
        return name.literal
    parts = [name.family, name.given] if name.static_ordering else [name.given, name.family]
    return " ".join(part for part in parts if part)


def _title(source: Source, title: str) -> Markup:
    if source.type in CONTAINED:
        return Markup("‘{}’").format(typeset(title))
    pattern = "{}" if source.type in PLAIN else "<cite>{}</cite>"
    return Markup(pattern).format(typeset(title))


def _locators(source: Source) -> list[str]:
    series = " ".join(part for part in (source.collection_title, source.collection_number) if part)
    volume = None if source.container_title else source.volume
    issue = ISSUE.format(source.issue) if source.issue else None
    if source.type == "thesis":  # its genre stands with the university
        return [part for part in (series, source.number, volume, issue) if part]
    # "Working Paper 42"; where a series stands between them, its number is its own.
    genre = source.genre
    number = source.number
    if genre and number and not series:
        genre, number = f"{genre} {number}", None
    return [part for part in (genre, series, number, volume, issue) if part]


def _imprint(source: Source, locale: Locale) -> str:
    place = ": ".join(part for part in (source.publisher_place, source.publisher) if part)
    genre = source.genre if source.type == "thesis" else None
    parts = [typeset(part) for part in (genre, place) if part]
    return ", ".join([*parts, date] if (date := _date(source, locale)) else parts)


def _date(source: Source, locale: Locale) -> str:
    """The date of issue in words, in square brackets where it is inferred."""
    if not source.issued:
        return ""
    date = typeset(locale.date(source.issued))
    return locale.dates.inferred.format(date=date) if "issued" in source.inferred else date

"""PDF: WeasyPrint over the document and the layout's print styles.

One file meets PDF/UA-1 and PDF/A-3a. `pdf_structure` says what is read in which order, `pdf_tags`
writes that, `pdf_archive` adds what archives want, `pdf_pages` finds the pages for the ledger
that is attached.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree
from markupsafe import escape

from briefgen.document.ledger import ledger_json
from briefgen.document.model import Document
from briefgen.document.vocabulary import INLINE
from briefgen.dossier.dates import period_of
from briefgen.formats.css import RefusedAddress, css_string, css_variables, refuse_addresses
from briefgen.formats.east_asian import face_rules, faces_for, texts_by_language
from briefgen.formats.fonts import FAMILIES, STYLES, font_faces, font_file, font_folder
from briefgen.formats.html import serialise
from briefgen.formats.paging import Paging, paging_of
from briefgen.formats.pdf_archive import (
    INTENT,
    PLAIN_PIXELS,
    VARIANT,
    associate_once,
    clear_stream_ends,
    colour_profiles,
    declare_both,
)
from briefgen.formats.pdf_pages import with_pages
from briefgen.formats.pdf_structure import Structure, read_structure
from briefgen.formats.pdf_tags import our_tags
from briefgen.formats.quick_start import import_weasyprint
from briefgen.formats.typography import (
    WORD_JOINER,
    add_style,
    bind_last_words,
    keep_leads,
    keep_names_and_dates,
    keep_words_whole,
    let_long_words_break,
)
from briefgen.problems import BriefgenError

LEDGER = "ledger.json"
TRIES = 4
"""How often a document is laid out to find a place for each note.

Where a page ends near several marks, WeasyPrint 70 sometimes prints a mark and loses its note. The
block that holds the mark is then kept on one page, and all is laid out again.
"""
NOTES_WITH_MARKS = ".footnote { footnote-policy: line }"
"""A line whose note no longer fits moves to the next page; else only the note would."""


class LostNotes(BriefgenError):
    """Notes would be missing from the PDF."""

    def __init__(self, numbers: Sequence[int]) -> None:
        named = ", ".join(map(str, numbers))
        super().__init__(
            f"the PDF would not print the text of note {named}\n  help: shorten or split the "
            "paragraph that holds its mark, so that the page ends elsewhere"
        )


@dataclass(frozen=True)
class LaidOut:
    """A document on its pages, ready to be written."""

    document: Document
    rendered: Any
    """WeasyPrint's own document."""
    root: Any
    """The root element that the rendered boxes come from."""
    paging: Paging

    @cached_property
    def structure(self) -> Structure:
        """What is read in which order, and as what."""
        # WeasyPrint has no other way to its boxes.
        boxes = [page._page_box for page in self.rendered.pages]  # noqa: SLF001
        return read_structure(self.root, boxes)

    def pdf(self) -> bytes:
        """The file, PDF/UA-1 and PDF/A-3a in one, with its ledger.

        Raises:
            ContentOutsidePage: the styles paint text where tags cannot reach it.
        """
        with (
            _own_environment(self.document.issued),
            our_tags(self.structure),
            clear_stream_ends(),
        ):
            data: bytes = self.rendered.write_pdf(
                pdf_variant=VARIANT,
                output_intent=INTENT,
                attachments=[self._ledger()],
                finisher=associate_once,
            )
        return data

    def _ledger(self) -> Any:
        """The ledger as an attachment, dated as the fonts are."""
        from weasyprint import Attachment

        issued = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), tz=UTC)
        ledger = with_pages(self.document.ledger, self.structure)
        return Attachment(
            string=ledger_json(ledger, self.document.about),
            name=LEDGER,
            description="Printed texts with their claims, and the evidence of each claim",
            created=issued,
            modified=issued,
            relationship="Data",
        )


def render_pdf(document: Document, print_css: str) -> bytes:
    """The document as a PDF file; raises what `lay_out` does."""
    return lay_out(document, print_css).pdf()


def lay_out(document: Document, print_css: str) -> LaidOut:
    """The document on its pages.

    Raises:
        RefusedAddress: the document or its styles ask for an outside address.
        WrongEnvironment: Pango or the fonts are missing.
        LostNotes: the text of a note finds no place on any page.
    """
    from briefgen.formats.environment import require_fonts, require_pango

    refuse_addresses(print_css)
    require_pango()
    require_fonts()
    whole: set[int] = set()
    for _ in range(TRIES):
        laid_out = _lay_out_once(document, print_html(document, print_css, whole))
        if not (lost := laid_out.structure.lost_notes()):
            return laid_out
        whole.update(lost)
    raise LostNotes(lost)


def _lay_out_once(document: Document, html: str) -> LaidOut:
    with _own_environment(document.issued):
        rendered, root = _render(html)
    return LaidOut(document, rendered, root, paging_of(rendered))


def _render(html: str) -> tuple[Any, Any]:
    """WeasyPrint's document, and the root element of what it was made from."""
    weasyprint = import_weasyprint()

    fetcher, outside_address = _fetcher(weasyprint)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="about:briefgen")
    try:
        rendered = page.render(
            pdf_variant=VARIANT, output_intent=INTENT, color_profiles=colour_profiles()
        )
    except outside_address as error:
        raise RefusedAddress(str(error)) from None
    declare_both(rendered)
    return rendered, page.etree_element


@contextmanager
def _own_environment(issued: str) -> Iterator[None]:
    """The variables that WeasyPrint's libraries read, ours while one document is made.

    Fonts are those of our configuration and no system's. They carry the time of their
    subsetting, which is the date of issue, unless whoever runs us sets `SOURCE_DATE_EPOCH`.
    """
    before = dict(os.environ)
    os.environ["FONTCONFIG_FILE"] = str(_font_configuration().path)
    if not os.environ.get("SOURCE_DATE_EPOCH", "").isdecimal():
        os.environ["SOURCE_DATE_EPOCH"] = _epoch(issued)
    try:
        yield
    finally:
        for name in ("FONTCONFIG_FILE", "SOURCE_DATE_EPOCH"):
            os.environ.pop(name)
            if name in before:
                os.environ[name] = before[name]


def _epoch(issued: str) -> str:
    moment = datetime(*period_of(issued).first, tzinfo=UTC)
    return str(max(0, int(moment.timestamp())))


def print_html(document: Document, print_css: str, whole: Collection[int] = ()) -> str:
    """The HTML that is laid out as PDF, with all of its styles inside.

    The blocks that the notes of these numbers, from 1, belong to are kept on one page each.
    """
    tree = deepcopy(document.tree)
    head = tree.find("head")
    assert head is not None
    for name, content in _metadata(document).items():
        etree.SubElement(head, "meta", {"name": name, "content": content})
    bind_last_words(tree)
    let_long_words_break(tree)
    keep_leads(tree)
    _keep_whole(tree, whole)
    _keep_marks_with_words(tree)
    keep_words_whole(tree)
    keep_names_and_dates(tree)
    _list_definitions(tree)
    style = etree.SubElement(head, "style")
    style.text = "\n".join(
        (
            "",
            font_faces(),
            css_variables(document.theme),
            _east_asian_rules(document),
            _page_rules(document),
            NOTES_WITH_MARKS,
            print_css,
            PLAIN_PIXELS,
        )
    )
    return serialise(tree)


def _east_asian_rules(document: Document) -> str:
    running = (document.title, document.edition_label, document.series, document.issued_words)
    faces = faces_for(texts_by_language(document.tree, running))
    return face_rules(faces, document.theme.fonts.text, document.theme.fonts.heading)


def _keep_whole(tree: etree._Element, notes: Collection[int]) -> None:
    """Let no page end inside the blocks that these notes belong to."""
    for number, mark in enumerate(_note_marks(tree), start=1):
        if number in notes:
            block = next(e for e in mark.iterancestors() if e.tag not in INLINE)
            add_style(block, "break-inside: avoid")


def _note_marks(tree: etree._Element) -> list[etree._Element]:
    return [span for span in tree.iter("span") if span.get("class") == "footnote"]


def _list_definitions(tree: etree._Element) -> None:
    """Turn each `dl` into a list whose items hold term and detail, as print styles know it."""
    for definitions in list(tree.iter("dl")):
        definitions.tag = "ul"
        for item in definitions.iterchildren("div"):
            item.tag = "li"
        for part in list(definitions.iter("dt", "dd")):
            part.set("class", str(part.tag))
            part.tag = "div"


def _keep_marks_with_words(tree: etree._Element) -> None:
    """Tie each note mark to the word before it, or it may start the next line.

    A word joiner does it. A span that does not wrap would be cleaner, but with one at the end of
    a line WeasyPrint 70 sometimes breaks the line after its first word.
    """
    for mark in _note_marks(tree):
        parent, before = mark.getparent(), mark.getprevious()
        assert parent is not None
        if before is None:
            parent.text = (parent.text or "") + WORD_JOINER
        else:
            before.tail = (before.tail or "") + WORD_JOINER


def _metadata(document: Document) -> dict[str, str]:
    # Dates are those of the edition, never of the clock.
    plain = re.match(r"[\d-]*", document.issued)
    created = plain[0] if plain else ""
    named = {"author": document.author, "dcterms.created": created}
    return {name: content for name, content in named.items() if content}


def _page_rules(document: Document) -> str:
    margins = document.theme.page.margins
    foot = f"{document.series} · version {document.version} · {document.issued_words}"
    return (
        f"@page {{ size: {document.theme.page.size}; "
        f"margin: {margins.top}mm {margins.right}mm {margins.bottom}mm {margins.left}mm;\n"
        f" @top-left {{ content: {css_string(document.title)} }}\n"
        f" @top-right {{ content: {css_string(document.edition_label)} }}\n"
        f" @bottom-left {{ content: {css_string(foot)} }} }}\n"
    )


@dataclass(frozen=True)
class FontConfiguration:
    """A fontconfig file that knows our faces only."""

    folder: tempfile.TemporaryDirectory[str]
    path: Path


_CONFIGURATIONS: list[FontConfiguration] = []


def _font_configuration() -> FontConfiguration:
    # A stray system font must not creep in: the same data gives the same pages everywhere.
    if not _CONFIGURATIONS:
        folder = tempfile.TemporaryDirectory(prefix="briefgen-fonts-")
        path = Path(folder.name) / "fonts.conf"
        dirs = "".join(f"<dir>{escape(str(font_folder(family)))}</dir>" for family in FAMILIES)
        path.write_text(
            f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{dirs}'
            f"<cachedir>{escape(folder.name)}/cache</cachedir></fontconfig>",
            encoding="utf-8",
        )
        _CONFIGURATIONS.append(FontConfiguration(folder, path))
    return _CONFIGURATIONS[0]


def _fetcher(weasyprint: Any) -> Any:
    fonts = {
        font_file(family, style).as_uri() for family in FAMILIES for style, _, _ in STYLES
    }  # whole addresses, so that no "../" leads out of the folder

    class OutsideAddress(weasyprint.urls.FatalURLFetchingError):  # type: ignore[misc]
        """Stops the rendering; WeasyPrint only logs other errors."""

    class OfflineFetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        """Serves our fonts and data URIs, and refuses everything else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:") or url in fonts:
                return super().fetch(url, headers)
            raise OutsideAddress(url)

    return OfflineFetcher(), OutsideAddress

"""PDF: WeasyPrint over the document and the layout's print styles.

`print_tree` makes what is laid out. One file meets PDF/UA-1 and PDF/A-3a: `pdf_structure` says what
is read in which order, `pdf_tags` writes that, `pdf_archive` adds what archives want, `pdf_pages`
finds the pages for the ledger that is attached.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper
from lxml import etree
from markupsafe import escape

from briefgen.document.ledger import ledger_json
from briefgen.document.model import Document
from briefgen.dossier.dates import period_of
from briefgen.formats.css import RefusedAddress, refuse_addresses
from briefgen.formats.fonts import FAMILIES, STYLES, font_file, font_folder
from briefgen.formats.paging import Paging, paging_of
from briefgen.formats.pdf_archive import (
    INTENT,
    VARIANT,
    associate_once,
    clear_stream_ends,
    colour_profiles,
    declare_both,
)
from briefgen.formats.pdf_pages import with_pages
from briefgen.formats.pdf_structure import Structure, read_structure
from briefgen.formats.pdf_tags import our_tags
from briefgen.formats.print_tree import print_tree
from briefgen.formats.quick_notes import is_confirmed, quick_notes
from briefgen.formats.quick_start import import_weasyprint
from briefgen.formats.scratch import scratch_folder
from briefgen.formats.seal import sealed
from briefgen.problems import BriefgenError

LEDGER = "ledger.json"
TRIES = 4
"""How often a document is laid out to find a place for each note.

Where a page ends near several marks, WeasyPrint 70 sometimes prints a mark and loses its note. The
block that holds the mark is then kept on one page, and all is laid out again.
"""


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
        """The file, PDF/UA-1 and PDF/A-3a in one, with its ledger, sealed.

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
        return sealed(data)

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
        laid_out = _lay_out_once(document, print_tree(document, print_css, whole))
        if not (lost := laid_out.structure.lost_notes()):
            return laid_out
        whole.update(lost)
    raise LostNotes(lost)


def _lay_out_once(document: Document, tree: etree._Element) -> LaidOut:
    root = _plain(tree)
    with _own_environment(document.issued):
        with quick_notes():
            rendered = _render(root)
        if not is_confirmed(rendered):
            rendered = _render(root)
    return LaidOut(document, rendered, root, paging_of(rendered))


def _plain(element: etree._Element) -> ET.Element:
    """The element as WeasyPrint knows elements: of the standard library."""
    plain = ET.Element(str(element.tag), {str(k): str(v) for k, v in element.attrib.items()})
    plain.text, plain.tail = element.text, element.tail
    plain.extend(_plain(child) for child in element)
    return plain


def _render(root: ET.Element) -> Any:
    """WeasyPrint's document."""
    weasyprint = import_weasyprint()

    fetcher, outside_address = _fetcher(weasyprint)
    page = _page(weasyprint, root, fetcher)
    try:
        rendered = page.render(
            font_config=_fonts(root),
            pdf_variant=VARIANT,
            output_intent=INTENT,
            color_profiles=colour_profiles(),
        )
    except outside_address as error:
        raise RefusedAddress(str(error)) from None
    declare_both(rendered)
    return rendered


def _page(weasyprint: Any, root: ET.Element, fetcher: Any) -> Any:
    """What `weasyprint.HTML` makes of a text, from the elements themselves.

    WeasyPrint 70 takes texts only; to write one and to parse it again is 4 per cent of a layout.
    """
    page = weasyprint.HTML.__new__(weasyprint.HTML)
    page.base_url, page.url_fetcher, page.media_type = "about:briefgen", fetcher, "print"
    page.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    page.etree_element = root
    return page


@contextmanager
def _own_environment(issued: str) -> Iterator[None]:
    """The variables that WeasyPrint's libraries read, ours while one document is made.

    Fonts are those of our configuration and no system's. They carry the time of their
    subsetting, which is the date of issue, unless whoever runs us sets `SOURCE_DATE_EPOCH`.
    """
    before = dict(os.environ)
    os.environ["FONTCONFIG_FILE"] = str(_font_configuration())
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


@cache
def _font_configuration() -> Path:
    """A fontconfig file that knows our faces only.

    A stray system font must not creep in: the same data gives the same pages everywhere.
    """
    folder = scratch_folder()
    dirs = "".join(f"<dir>{escape(str(font_folder(family)))}</dir>" for family in FAMILIES)
    path = folder / "fonts.conf"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{dirs}'
        f"<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return path


def _fonts(root: ET.Element) -> Any:
    """What WeasyPrint knows of the fonts that a document's styles declare.

    All documents whose styles declare no more than the faces that ship have one in common.
    """
    styles = "".join(style.text or "" for style in root.iter("style"))
    if styles.casefold().count("@font-face") == len(FAMILIES) * len(STYLES):
        return _shipped_fonts(os.getpid())
    return import_weasyprint().text.fonts.FontConfiguration()


@cache
def _shipped_fonts(process: int) -> Any:  # noqa: ARG001 - a copy of a process makes its own
    # Each leaves a third of a megabyte behind, which nothing frees. Newer versions of Pango look
    # for fonts in a thread, which no copy of the process has: it would wait for it endlessly.
    fonts = import_weasyprint().text.fonts.FontConfiguration()
    fonts._folder = Path(tempfile.mkdtemp(dir=scratch_folder()))  # noqa: SLF001
    return fonts


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

"""PDF: WeasyPrint over the document and the layout's print styles."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree
from markupsafe import escape

from briefgen.document.model import Document
from briefgen.dossier.dates import period_of
from briefgen.formats.css import RefusedAddress, css_string, css_variables, refuse_addresses
from briefgen.formats.fonts import FAMILIES, STYLES, font_faces, font_file, font_folder
from briefgen.formats.html import serialise
from briefgen.formats.paging import Paging, paging_of
from briefgen.formats.quick_start import import_weasyprint

VARIANT = "pdf/ua-1"
WORD_JOINER = "\u2060"
NOTES_WITH_MARKS = ".footnote { footnote-policy: line }"
"""A line whose note no longer fits moves to the next page; else only the note would."""


@dataclass(frozen=True)
class LaidOut:
    """A document on its pages, ready to be written."""

    document: Document
    rendered: Any
    """WeasyPrint's own document."""
    paging: Paging

    def pdf(self) -> bytes:
        """The PDF/UA-1 file."""
        with _own_environment(self.document.issued):
            data: bytes = self.rendered.write_pdf(pdf_variant=VARIANT)
        return data


def render_pdf(document: Document, print_css: str) -> bytes:
    """The document as a PDF/UA-1 file; raises what `lay_out` does."""
    return lay_out(document, print_css).pdf()


def lay_out(document: Document, print_css: str) -> LaidOut:
    """The document on its pages.

    Raises:
        RefusedAddress: the document or its styles ask for an outside address.
        WrongEnvironment: Pango or the fonts are missing.
    """
    from briefgen.formats.environment import require_fonts, require_pango

    refuse_addresses(print_css)
    require_pango()
    require_fonts()
    html = print_html(document, print_css)
    with _own_environment(document.issued):
        rendered = _render(html)
    return LaidOut(document, rendered, paging_of(rendered))


def _render(html: str) -> Any:
    weasyprint = import_weasyprint()
    fetcher, outside_address = _fetcher(weasyprint)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="about:briefgen")
    try:
        return page.render(pdf_variant=VARIANT)
    except outside_address as error:
        raise RefusedAddress(str(error)) from None


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


def print_html(document: Document, print_css: str) -> str:
    """The HTML that is laid out as PDF, with all of its styles inside."""
    tree = deepcopy(document.tree)
    head = tree.find("head")
    assert head is not None
    for name, content in _metadata(document).items():
        etree.SubElement(head, "meta", {"name": name, "content": content})
    _keep_marks_with_words(tree)
    _list_definitions(tree)
    style = etree.SubElement(head, "style")
    style.text = "\n".join(
        (
            "",
            font_faces(),
            css_variables(document.theme),
            _page_rules(document),
            NOTES_WITH_MARKS,
            print_css,
        )
    )
    return serialise(tree)


def _list_definitions(tree: etree._Element) -> None:
    """Turn each `dl` into a list whose items hold term and detail.

    WeasyPrint 70 tags a `dt` and a `dd` as list items and the `div` that holds both as a Div
    between list and item, which PDF/UA-1 does not allow.
    """
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
    for mark in [span for span in tree.iter("span") if span.get("class") == "footnote"]:
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

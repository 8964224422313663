"""The tree that WeasyPrint lays out: the document's own, with what only print needs."""

from __future__ import annotations

import re
from collections.abc import Collection
from copy import deepcopy

from lxml import etree

from briefgen.document.model import Document
from briefgen.document.vocabulary import INLINE, WORD_JOINER
from briefgen.formats.css import css_string, css_variables
from briefgen.formats.east_asian import face_rules, faces_for, texts_by_language
from briefgen.formats.fonts import font_faces
from briefgen.formats.pdf_archive import PLAIN_PIXELS
from briefgen.formats.shorten import shorten
from briefgen.formats.typography import (
    LONGEST_WORD,
    add_style,
    bind_last_words,
    keep_leads,
    keep_names_and_dates,
    keep_words_whole,
    let_long_words_break,
    set_spaces_apart,
)

LONGEST_RUNNING = 120
"""Characters of a running head or foot."""
NOTES_WITH_MARKS = ".footnote { footnote-policy: line }"
"""A line whose note no longer fits moves to the next page; else only the note would."""


def print_tree(document: Document, print_css: str, whole: Collection[int] = ()) -> etree._Element:
    """The tree that is laid out as PDF, with all of its styles inside.

    The blocks that the notes of these numbers, from 1, belong to are kept on one page each.
    """
    tree = deepcopy(document.tree)
    etree.strip_tags(tree, etree.Comment, etree.PI)
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
    set_spaces_apart(tree)
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
    return tree


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
        f" @top-left {{ {_running(document.title)} }}\n"
        f" @top-right {{ {_running(document.edition_label)} }}\n"
        f" @bottom-left {{ {_running(foot)} }} }}\n"
    )


def _running(text: str) -> str:
    """A running head or foot, cut where it is longer than one can be; the cover has the whole."""
    text = shorten(text, LONGEST_RUNNING)
    is_wide = any(len(word) > LONGEST_WORD for word in text.split())
    return f"content: {css_string(text)}{'; overflow-wrap: anywhere' * is_wide}"

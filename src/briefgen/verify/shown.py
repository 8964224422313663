"""The texts that a page or a Word file of anyone's shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from briefgen.formats.docx.characters import OBJECT
from briefgen.formats.docx.reading import read_paragraphs, read_text
from briefgen.formats.untrusted_docx import Parts, UnusableDocx, open_docx

UNSEEN = {
    **dict.fromkeys(map(ord, f"\u00ad\u200b\u2060\ufeff{OBJECT}")),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " "),
}
"""Soft hyphens, blanks without width and what stands for a note's mark go; others are blanks."""
HYPHENS = str.maketrans("", "", "-\u2010\u2011")
HIDDEN = ("script", "style", "button")
"""Elements of a page without text of the document; the mark of a note is a button."""
NOTES = ("footnotes", "endnotes")


def seen(text: str) -> str:
    """A text as a person sees it: all blanks alike, no soft hyphens, no marks of notes."""
    return text.translate(UNSEEN)


def letters(text: str) -> str:
    """A text without what does not count: no blanks, nothing unseen."""
    return "".join(seen(text).split())


def unbroken(text: str) -> str:
    """Letters without hyphens: some of those in a PDF only break its lines."""
    return text.translate(HYPHENS)


@dataclass(frozen=True)
class ShownPage:
    """What an HTML page shows."""

    texts: tuple[tuple[str, str], ...]
    """Each with the field that it belongs to, or nothing, in order."""

    @cached_property
    def fields(self) -> dict[str, str]:
        """All that each field shows, in order."""
        found: dict[str, list[str]] = {}
        for name, text in self.texts:
            found.setdefault(name, []).append(text)
        return {name: "".join(texts) for name, texts in found.items()}

    @cached_property
    def letters(self) -> str:
        """The letters of all of it."""
        return letters("".join(text for _, text in self.texts))


def page_shown(data: bytes) -> ShownPage:
    """The texts of a page that could be read before."""
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
    body = root.find("body")
    return ShownPage(() if body is None else tuple(_texts(body)))


def _texts(body: etree._Element) -> Iterator[tuple[str, str]]:
    """Each text with its field; not by recursion, since a page may nest as deep as it likes."""
    owners = [""]
    hidden = 0
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        text = element.text if event == "start" else element.tail
        if event == "start":
            owners.append(element.get("data-field") or owners[-1])
            hidden += element.tag in HIDDEN
        elif event == "end":
            owners.pop()
            hidden -= element.tag in HIDDEN
        if text and not hidden:
            yield owners[-1], text


def word_shown(data: bytes) -> list[str] | None:
    """The paragraphs and notes of a Word file; None where they cannot be read."""
    try:
        parts = open_docx(data)
        return list(_word_texts(parts))
    except UnusableDocx:
        return None


def _word_texts(parts: Parts) -> Iterator[str]:
    yield from (p.text for p in read_paragraphs(parts.parsed(parts.main)))
    for relation in parts.relations(parts.main):
        if relation.kind in NOTES and not relation.is_external:
            yield from map(read_text, parts.parsed(relation.target))

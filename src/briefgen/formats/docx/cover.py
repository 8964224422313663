"""Our cover where the house has its own: what the house's does not show still stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from briefgen.formats.docx.tree import classes, plain_text
from briefgen.formats.docx.word_style import WordStyle

Element = etree._Element


def without_what_is_shown(
    body: Element, facts: Mapping[str, str], shown: frozenset[str], word: WordStyle
) -> Element:
    """The document's body, its cover without the lines that say nothing but what is shown.

    A line that says more stays whole, and so does one that a link leads to.
    """
    body = deepcopy(body)
    said = [facts[name] for name in shown if name in facts]
    if "version" in shown:
        said.append(word.labels.version.format(version=facts["version"]))
    words = [
        re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
        for text in sorted(map(_plain, said), key=len, reverse=True)
    ]
    for cover in [e for e in body.findall("header") if "cover" in classes(e)]:
        for line in list(cover):
            entries = line.findall("div") if line.tag == "dl" else [line]
            for entry in entries:
                text = entry.find("dd") if line.tag == "dl" else entry
                if text is not None and _is_said(text, words) and not _has_id(entry):
                    _remove(entry)
            if line.tag == "dl" and not len(line):
                _remove(line)
        if not len(cover):
            _remove(cover)
    return body


def _is_said(element: Element, words: list[re.Pattern[str]]) -> bool:
    left = _plain(plain_text(element))
    if not left:
        return False
    for text in words:
        left = text.sub(" ", left)
    return not any(character.isalnum() for character in left)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _has_id(element: Element) -> bool:
    return any(e.get("id") for e in element.iter())


def _remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)

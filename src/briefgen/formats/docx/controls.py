"""Content controls of a reference file: placeholders for what a document says of itself.

A control is known by its tag, or by its title where it has no tag. Once filled, it is taken away
and its text stays: what a person edits is then a line of text as any other, not a form, and
LibreOffice 7.4 would lose the controls anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import partial

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from lxml import etree

from briefgen.document.model import FACTS
from briefgen.formats.docx.oxml import text_element, w, wname

Element = etree._Element
Bind = Callable[[str, Element], list[Element]]
"""Gives the run of a fact as it is to stand in the text."""

BODY = "body"
"""The control that gives its place to the document."""
NAMES = (*FACTS, BODY)
SYNONYMS = {"date": "issued"}
BLOCKS = frozenset(map(wname, ("p", "tbl", "sdt")))
STORIES = (RT.HEADER, RT.FOOTER)
VISIBLE = tuple(
    map(wname, ("t", "drawing", "pict", "object", "sym", "tab", "br", "sdt", "fldSimple"))
)
GALLERIES = tuple(map(wname, ("docPartObj", "docPartList")))
"""What Word's own building blocks are marked by: page numbers, contents."""


def name_of(control: Element) -> str | None:
    """The tag of a control, or else its title; nothing for Word's own building blocks."""
    properties = control.find(wname("sdtPr"))
    if properties is None or any(properties.find(tag) is not None for tag in GALLERIES):
        return None
    for tag in ("tag", "alias"):
        found = properties.find(wname(tag))
        if found is not None and (value := found.get(wname("val"), "").strip()):
            return value
    return None


def fact_of(control: Element) -> str | None:
    """The name in `NAMES` that a control asks for, however it is spelt."""
    name = re.sub(r"[\s_]+", "-", (name_of(control) or "").lower())
    name = SYNONYMS.get(name, name)
    return name if name in NAMES else None


def story_parts(document_part: XmlPart) -> Iterator[XmlPart]:
    """The document itself, then its heads and feet."""
    yield document_part
    for rel in document_part.rels.values():
        if rel.reltype in STORIES:
            yield rel.target_part


def controls(root: Element) -> list[Element]:
    """Every control, outer ones first."""
    return list(root.iter(wname("sdt")))


def body_control(root: Element) -> Element | None:
    """The control that gives its place to the document."""
    return next((c for c in controls(root) if fact_of(c) == BODY), None)


def facts_shown(body: Element) -> frozenset[str]:
    """The facts for which a control stands visibly before that of the body: on the cover."""
    shown: set[str] = set()
    for control in controls(body):
        fact = fact_of(control)
        if fact == BODY:
            return frozenset(shown)
        if fact and next(control.iter(wname("vanish")), None) is None:
            shown.add(fact)
    return frozenset()


def fill(root: Element, facts: Mapping[str, str], bind: Bind) -> None:
    """Put facts into the controls of a part; one without a value goes, with its paragraph.

    `bind` marks the run that holds a fact, if it is a field's.
    """
    for control in controls(root):
        fact = fact_of(control)
        if fact is None or fact == BODY or control.getparent() is None:
            continue
        text = facts.get(fact, "")
        _write(control, text, partial(bind, fact))
        rest = unwrap(control)
        if not text:
            for paragraph in rest:
                _drop_if_empty(paragraph)


def unwrap(control: Element) -> list[Element]:
    """Take a control away and leave its content; what comes back are paragraphs touched."""
    parent = control.getparent()
    assert parent is not None
    content = control.find(wname("sdtContent"))
    inside = [] if content is None else list(content)
    place = parent.index(control)
    parent[place : place + 1] = inside
    paragraphs = [p for element in inside for p in element.iter(wname("p"))]
    if paragraphs:
        return paragraphs
    return [parent] if parent.tag == wname("p") else []


def _write(control: Element, text: str, bind: Callable[[Element], list[Element]]) -> None:
    """Replace the content of a control by one run in the look of its first."""
    content = control.find(wname("sdtContent"))
    if content is None:
        content = w("sdtContent")
        control.append(content)
    look = _look(control, content)
    paragraph = next(content.iter(wname("p")), None)
    holder = content if paragraph is None else paragraph
    if paragraph is not None:
        container = paragraph.getparent()
        assert container is not None
        for block in [b for b in container if b.tag in BLOCKS and b is not paragraph]:
            container.remove(block)
    for child in [c for c in holder if c.tag != wname("pPr")]:
        holder.remove(child)
    if text:
        holder.extend(bind(w("r", look, text_element(text))))


def _look(control: Element, content: Element) -> Element | None:
    """The formatting of the text to be: that of the first run, or the control's own.

    While a control shows its placeholder, its run has the style of placeholders and the control
    says how text in it will look.
    """
    own = control.find(f"{wname('sdtPr')}/{wname('rPr')}")
    run = next(content.iter(wname("r")), None)
    of_run = None if run is None else run.find(wname("rPr"))
    if control.find(f"{wname('sdtPr')}/{wname('showingPlcHdr')}") is None:
        found = own if of_run is None else of_run
        return None if found is None else deepcopy(found)
    if own is not None or of_run is None:
        return None if own is None else deepcopy(own)
    look = deepcopy(of_run)
    for style in look.findall(wname("rStyle")):
        look.remove(style)
    return look


def _drop_if_empty(paragraph: Element) -> None:
    """Remove a paragraph in which nothing is left, where Word can do without it."""
    parent = paragraph.getparent()
    if parent is None or any(_is_visible(e) for e in paragraph.iter(*VISIBLE)):
        return
    if paragraph.find(f"{wname('pPr')}/{wname('sectPr')}") is not None:
        return
    around = [paragraph.getprevious(), paragraph.getnext()]
    if all(e is not None and e.tag == wname("tbl") for e in around):
        return  # Word makes one table of two that touch.
    blocks = [child for child in parent if child.tag in BLOCKS]
    # A cell, a text box, a head and a foot must end in a paragraph.
    if parent.tag == wname("body") or blocks[-1] is not paragraph:
        parent.remove(paragraph)


def _is_visible(element: Element) -> bool:
    return element.tag != wname("t") or bool((element.text or "").strip())

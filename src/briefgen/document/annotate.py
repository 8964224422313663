"""What the program adds to the tree once all sections stand, in document order.

Notes, numbers of figures and tables, expansions of abbreviations; then what nothing refers to
is taken out again: sources that no note cites, terms that no text uses, sections left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lxml import etree

from briefgen.document.annex import SOURCE
from briefgen.document.notes import NoteWriter
from briefgen.document.prose import sentence_ends
from briefgen.document.vocabulary import INLINE, SVG
from briefgen.dossier.records import Term

NOT_EXPANDED_IN = frozenset(
    {
        "h1",
        "h2",
        "h3",
        "h4",
        "nav",
        "header",
        "caption",
        "figcaption",
        "table",
        "title",
        "abbr",
        "dl",
        "meta",
        "strong",
        f"{SVG}svg",
    }
)
CLASSES_NOT_EXPANDED_IN = frozenset({"footnote", "sources", "disclosure"})
DATA = "-data"
"""What the id of a table of data adds to that of its figure."""


def write_notes(tree: etree._Element, writer: NoteWriter) -> None:
    """Fill every note mark, in document order."""
    for mark in list(tree.iter("span")):
        if mark.get("class") == "footnote" and not len(mark) and not mark.text:
            writer.write(mark)


def merge_notes(tree: etree._Element, writer: NoteWriter) -> None:
    """Let one note serve neighbouring sentences of a block that rest on the same sources.

    The note stands after the last of them and names the claims of all: a page full of notes that
    repeat one source helps nobody. A sentence without a source keeps its neighbours apart: it would
    seem to have theirs.
    """
    for block in list(tree.iter("span", "p", "li")):
        marks = [child for child in block if child.get("class") == "footnote"]
        for mark, following in pairwise(marks):
            are_neighbours = len(sentence_ends(_between(mark, following))) <= 1
            if are_neighbours and writer.ground_of(mark) == writer.ground_of(following):
                claims = f"{mark.get('data-claims')} {following.get('data-claims')}".split()
                following.set("data-claims", " ".join(dict.fromkeys(claims)))
                _remove_keeping_tail(mark)


def _between(mark: etree._Element, following: etree._Element) -> str:
    text, element = mark.tail or "", mark.getnext()
    while element is not None and element is not following:
        text += "".join(map(str, element.itertext())) + (element.tail or "")
        element = element.getnext()
    return text


def _remove_keeping_tail(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def number_captions(tree: etree._Element, figure: str, table: str) -> None:
    """Put "Figure 1. " and "Table 1. " before the captions.

    Tables of the figures' data come in the order of their figures and name them: "Table 3
    (Figure 1). ".
    """
    ids = [
        str(drawn.get("id"))
        for drawn in tree.iter("figure")
        if drawn.find("figcaption") is not None
    ]
    _sort_data(tree, ids)
    behind = {f"{name}{DATA}": f" ({figure}\u00a0{i})" for i, name in enumerate(ids, start=1)}
    for tag, word in (("figcaption", figure), ("caption", table)):
        for i, caption in enumerate(tree.iter(tag), start=1):
            owner = caption.getparent()
            of = "" if owner is None else behind.get(str(owner.get("id")), "")
            number = etree.Element("span", {"class": "generated"})
            number.text = f"{word}\u00a0{i}{of}. "
            number.tail, caption.text = caption.text, None
            caption.insert(0, number)


def _sort_data(tree: etree._Element, figures: list[str]) -> None:
    """Put the tables of the figures' data, where they stand, into the order of the figures."""
    order = {f"{name}{DATA}": i for i, name in enumerate(figures)}
    found = [table for table in tree.iter("table") if table.get("id") in order]
    holders = [etree.Comment("") for _ in found]
    for table, holder in zip(found, holders, strict=True):
        table.addprevious(holder)
    for table, holder in zip(
        sorted(found, key=lambda t: order[str(t.get("id"))]), holders, strict=True
    ):
        holder.addnext(table)
        parent = holder.getparent()
        assert parent is not None
        parent.remove(holder)


def expand_terms(tree: etree._Element, terms: Iterable[Term], known: Iterable[str]) -> set[str]:
    """Expand each abbreviation where the text first uses it; gives the terms that occur.

    A reader who knows a term gets it as it stands; so does text that spells it out itself.
    """
    terms = [term for term in terms if term.expansion]
    known = set(known)
    body = tree.find("body")
    if body is None:
        return set()
    patterns = {t.id: re.compile(rf"(?<![\w-]){re.escape(t.term)}(?![\w-])") for t in terms}
    everything = "\n".join(_visible(body))
    used = {t.id for t in terms if patterns[t.id].search(everything)}
    for term in terms:
        if term.id in used and term.term not in known:
            _expand_first(body, term, patterns[term.id])
    return used


def _visible(element: etree._Element) -> Iterator[str]:
    """Text of the body but for the list of abbreviations itself and the passages of sources."""
    if _is_list_of_terms(element) or _is_passage(element):
        return
    yield element.text or ""
    for child in element:
        yield from _visible(child)
        yield child.tail or ""


def _is_list_of_terms(element: etree._Element) -> bool:
    return element.tag == "dl" and element.get("class") == "abbreviations"


def _is_passage(element: etree._Element) -> bool:
    """Whether a paragraph of the annex gives the words of a source, and names it."""
    links = element.iterchildren("a") if element.tag == "p" else ()
    return any(str(link.get("href")).startswith(f"#{SOURCE}") for link in links)


def _expand_first(body: etree._Element, term: Term, pattern: re.Pattern[str]) -> None:
    assert term.expansion
    for owner, is_tail in _running_text(body):
        text = (owner.tail if is_tail else owner.text) or ""
        if match := pattern.search(text):
            if not _is_spelt_out(owner, term.expansion, is_tail=is_tail):
                _insert(owner, text, match, term, is_tail=is_tail)
            return


def _running_text(element: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Each text of the running text, in order: its element, and whether it stands behind it."""
    yield element, False
    for child in element:
        skipped = child.tag in NOT_EXPANDED_IN or child.get("class") in CLASSES_NOT_EXPANDED_IN
        if not skipped:
            yield from _running_text(child)
        yield child, True


def _is_spelt_out(owner: etree._Element, expansion: str, *, is_tail: bool) -> bool:
    """Whether the paragraph that holds the text has the long form as well."""
    block = owner.getparent() if is_tail else owner
    while block is not None and block.tag in INLINE:
        block = block.getparent()
    text = "" if block is None else " ".join(_without_notes(block).split())
    return expansion.casefold() in text.casefold()


def _without_notes(element: etree._Element) -> str:
    """The text of an element as it stands on the page, without that of its notes."""
    parts = [element.text or ""]
    for child in element:
        if child.get("class") != "footnote":
            parts.append(_without_notes(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _insert(
    owner: etree._Element, text: str, match: re.Match[str], term: Term, *, is_tail: bool
) -> None:
    abbr = etree.Element("abbr", {"title": term.expansion or ""})
    abbr.text = match.group()
    added = etree.Element("span", {"class": "generated", "data-generated": ""})
    added.text = f" ({term.expansion})"
    # "the ITPP’s (…) goals", not "the ITPP (…)’s goals"
    possessive = re.match(r"[’']s?(?!\w)", text[match.end() :])
    abbr.tail = possessive.group() if possessive else None
    added.tail = text[match.end() + len(abbr.tail or "") :]
    if is_tail:
        owner.tail = text[: match.start()]
        parent = owner.getparent()
        assert parent is not None
        at = parent.index(owner) + 1
    else:
        owner.text = text[: match.start()]
        parent, at = owner, 0
    parent.insert(at, abbr)
    parent.insert(at + 1, added)


def prune(tree: etree._Element, sources: Iterable[str], terms: Iterable[str]) -> None:
    """Take out sources that no note cites, terms that no text uses, and empty sections."""
    keep = {f"source-{name}" for name in sources} | {f"term-{name}" for name in terms}
    for element in list(tree.iter("li", "div")):
        element_id = element.get("id") or ""
        if element_id.startswith(("source-", "term-")) and element_id not in keep:
            _remove(element)
    gone = set()
    # From the inside out: a section of empty sections is empty.
    for section in reversed(list(tree.iter("section"))):
        if not any(child.tag not in ("h2", "h3") and _has_content(child) for child in section):
            gone.add(f"#{section.get('id')}")
            _remove(section)
    for link in [link for link in tree.iter("a") if link.get("href") in gone]:
        item = link.getparent()
        if item is not None and item.tag == "li":
            _remove(item)


def _has_content(element: etree._Element) -> bool:
    return any(str(text).strip() for text in element.itertext())


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def mark_copies(tree: etree._Element) -> None:
    """Mark repeats of a field: edits return from its first place in the document."""
    seen: set[str] = set()
    for element in tree.iter():
        if field := element.get("data-field"):
            if field in seen:
                element.set("data-copy", "")
            seen.add(field)

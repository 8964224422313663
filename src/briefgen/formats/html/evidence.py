"""Claims with their evidence: in the note that cites them, and once each at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from briefgen.document.ledger import Ground, Ledger, Quote
from briefgen.document.prose import typeset, typeset_quote
from briefgen.formats.html.words import Words

CITATION = re.compile(r"\[(@[^\]]*)\]")
"""`[@claim-id; @other]`, as prose cites claims."""
CLAIM = "claim-"
"""Start of a claim's id, as links from outside name it."""


@dataclass(frozen=True)
class Telling:
    """What claims are told with."""

    ledger: Ledger
    words: Words
    date: Callable[[str], str]
    """An EDTF date in words."""


def add_evidence(body: etree._Element, telling: Telling) -> None:
    """Every claim of the ledger once, closed, each with its own id.

    Those that the document tells itself, as `full` does in its annex, are not told again.
    """
    words = telling.words
    told = {str(e.get("id")) for e in body.iter() if e.get("id")}
    claims = [claim for claim in telling.ledger.claims if CLAIM + claim.id not in told]
    if not claims:
        return
    section = etree.SubElement(body, "section", {"class": "evidence", "id": "evidence_"})
    etree.SubElement(section, "h2").text = words["evidence"]
    etree.SubElement(section, "p").text = words["about_evidence"]
    for claim in claims:
        fold = etree.SubElement(section, "details")
        etree.SubElement(fold, "summary").text = typeset(claim.statement)
        # Browsers open a closed `details` for a target inside it, not for itself.
        ground = etree.SubElement(fold, "div", {"class": "ground"})
        name = CLAIM + claim.id
        ground.set("id", name)
        link = etree.SubElement(ground, "a", {"class": "self", "href": f"#{name}"})
        link.set("aria-label", words["link"].format(name=typeset(claim.statement)))
        _describe(ground, claim, telling)


def claims_list(names: Iterable[str], telling: Telling) -> etree._Element:
    """The claims of those ids, each with its statement, status and evidence."""
    known = {claim.id: claim for claim in telling.ledger.claims}
    listing = etree.Element("ul", {"class": "claims"})
    for name in names:
        if claim := known.get(name):
            item = etree.SubElement(listing, "li")
            etree.SubElement(item, "p", {"class": "statement"}).text = typeset(claim.statement)
            _describe(item, claim, telling)
    return listing


def _describe(parent: etree._Element, claim: Ground, telling: Telling) -> None:
    ledger, words = telling.ledger, telling.words
    status = etree.SubElement(parent, "p", {"class": f"status {claim.status}"})
    dated = words["as_of"].format(date=telling.date(claim.as_of))
    status.text = f"{words[claim.kind]}, {words[claim.status]}, {dated}"
    for remark in filter(None, (claim.note, claim.why)):
        _remark(etree.SubElement(parent, "p", {"class": "remark"}), remark, telling)
    if claim.evidence:
        passages = etree.SubElement(parent, "ul", {"class": "passages"})
        before = None
        for quote in claim.evidence:
            item = etree.SubElement(passages, "li")
            cited = _passage(item, quote, words)
            if quote.source == before:
                cited.text = words["same_source"]
            else:
                _cite(cited, quote.source, ledger)
            before = quote.source
    if claim.basis:
        _basis(parent, claim, ledger, words)


def _remark(paragraph: etree._Element, text: str, telling: Telling) -> None:
    """The remark; where it cites claims, links to those that the page tells."""
    statements = {claim.id: typeset(claim.statement) for claim in telling.ledger.claims}
    paragraph.text, *rest = CITATION.split(typeset(text))
    last = None
    for cited, following in zip(rest[::2], rest[1::2], strict=True):
        names = [name.strip().lstrip("@") for name in cited.split(";")]
        for name in filter(statements.__contains__, names):
            last = etree.SubElement(paragraph, "a", {"href": f"#{CLAIM}{name}"})
            last.text = telling.words["claim"]
            last.set("aria-label", f"{last.text}: {statements[name]}")
            last.tail = " "
        # Where no link stands, the space before the citation goes with it.
        if last is None:
            paragraph.text = (paragraph.text or "").rstrip() + following
        else:
            last.tail = (last.tail or "").rstrip() + following


def _passage(item: etree._Element, quote: Quote, words: Words) -> etree._Element:
    """Write a passage; the element for its source."""
    role = etree.SubElement(item, "span", {"class": f"role {quote.role}"})
    role.text, role.tail = words[quote.role], " "
    quoted = etree.SubElement(item, "q")
    quoted.text = typeset_quote(quote.quote)
    who = ", ".join(filter(None, (quote.speaker, quote.occasion)))
    quoted.tail = f" {who}. " if who else " "
    return etree.SubElement(item, "span", {"class": "citation"})


def _cite(cited: etree._Element, name: str, ledger: Ledger) -> None:
    source = next((s for s in ledger.sources if s.id == name), None)
    cited.text = f"{source.citation if source else name}."
    if source and source.note:
        cited.tail = f" {typeset(source.note)}"


def _basis(parent: etree._Element, claim: Ground, ledger: Ledger, words: Words) -> None:
    statements = {known.id: typeset(known.statement) for known in ledger.claims}
    etree.SubElement(parent, "p", {"class": "remark"}).text = words["basis"]
    listing = etree.SubElement(parent, "ul", {"class": "basis"})
    for name in claim.basis:
        link = etree.SubElement(etree.SubElement(listing, "li"), "a", {"href": f"#{CLAIM}{name}"})
        link.text = statements.get(name, name)

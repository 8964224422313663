"""The head of the page: what it may do, what it is, how it looks; and the ledger as data."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from lxml import etree

from briefgen.document.ledger import ledger_json
from briefgen.document.model import Document
from briefgen.formats.seal import META, UNSEALED

SCRIPT: Final = """
addEventListener("hashchange", open); open();
function open() {
  document.querySelector(":popover-open")?.hidePopover();
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.closest("details");
  if (fold && !fold.open) { fold.open = true; target.scrollIntoView(); }
}
const links = new Map([...document.querySelectorAll(".toc a[href^='#']")]
  .map(link => [document.getElementById(link.hash.slice(1)), link]).filter(([part]) => part));
const seen = new Set();
const watch = new IntersectionObserver(changes => {
  for (const {target, isIntersecting} of changes) seen[isIntersecting ? "add" : "delete"](target);
  const now = [...links.keys()].find(part => seen.has(part));
  for (const [part, link] of links)
    if (part === now) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
}, {rootMargin: "-10% 0px -60% 0px"});
for (const part of links.keys()) watch.observe(part);
"""
"""Marks the current section in the contents and opens a claim that the address names.

The page serves its reader without it.
"""


def write_head(tree: etree._Element, document: Document, css: str) -> None:
    """Complete the head, and put the ledger and our script at the end of the body."""
    head, body = tree.find("head"), tree.find("body")
    assert head is not None
    assert body is not None
    viewport = {"name": "viewport", "content": "width=device-width, initial-scale=1"}
    head.insert(1, etree.Element("meta", viewport))
    # Early, so that it holds for all that follows.
    policy = {"http-equiv": "Content-Security-Policy", "content": content_policy()}
    head.insert(2, etree.Element("meta", policy))
    etree.SubElement(head, "meta", {"name": "color-scheme", "content": "light dark"})
    for name, value in (*_properties(document), (META, UNSEALED)):
        etree.SubElement(head, "meta", {"name": name, "content": value})
    etree.SubElement(head, "link", {"rel": "icon", "href": "data:,"})
    style = etree.SubElement(head, "style")
    # "</style>" would end the sheet; behind a backslash the stroke means the same to CSS.
    style.text = "\n" + css.replace("</", "<\\/")
    data = etree.SubElement(body, "script", {"type": "application/json", "id": "ledger"})
    data.text = embedded_ledger(document)
    etree.SubElement(body, "script").text = SCRIPT


def content_policy() -> str:
    """Nothing is fetched and nothing runs but our own script."""
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def embedded_ledger(document: Document) -> str:
    """The ledger as JSON that no text in it can end: `<` stands only in strings, and escaped."""
    return ledger_json(document.ledger, document.about).decode().replace("<", "\\u003c")


def _properties(document: Document) -> list[tuple[str, str]]:
    """Author, and Dublin Core for reference managers (DCMI, "Expressing Dublin Core in HTML")."""
    found = [
        ("author", document.author),
        ("DC.title", document.title),
        ("DC.creator", document.author),
        ("DC.date", document.issued),
        ("DC.language", document.language),
        ("DC.type", "Text"),
    ]
    return [(name, value) for name, value in found if value]

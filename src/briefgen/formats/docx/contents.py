"""Which headings the contents list names, so that Word finds the same ones when it updates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

Element = etree._Element

HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass(frozen=True)
class Contents:
    """The contents list of a document, which may have none."""

    levels: int = 0
    """How many it has."""
    names: Mapping[Element, str] = field(default_factory=dict)
    """Of the bookmark round each heading that it names, as Word calls them."""
    targets: Mapping[str, str] = field(default_factory=dict)
    """The same, by the id that the entry links to."""

    def leaves_out(self, heading: Element) -> bool:
        """Whether there is a list, and it does not name the heading."""
        return bool(self.levels) and heading not in self.names


def find_contents(tree: Element) -> Contents:
    """What the `nav.toc` of a document lists."""
    nav = next(tree.iter("nav"), None)
    if nav is None:
        return Contents()
    ids = {element.get("id"): element for element in tree.iter() if element.get("id")}
    names: dict[Element, str] = {}
    targets: dict[str, str] = {}
    for link in nav.iter("a"):
        identifier = (link.get("href") or "").removeprefix("#")
        target = ids.get(identifier)
        heading = next(target.iter(*HEADINGS), None) if target is not None else None
        if heading is not None:
            targets[identifier] = names.setdefault(heading, f"_Toc{len(names) + 1:09}")
    levels = 2 if nav.find("ol/li/ol") is not None else 1
    return Contents(levels, names, targets)

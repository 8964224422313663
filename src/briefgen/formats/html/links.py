"""Links of things to themselves, so that a reader can copy the address of each."""

from __future__ import annotations

from lxml import etree

from briefgen.formats.html.words import Words

MESSAGE = "/key_messages/"


def add_links(body: etree._Element, words: Words) -> None:
    """Give sections, messages, figures and tables a link to themselves; ids where they lack one."""
    taken = {str(e.get("id")) for e in body.iter() if e.get("id")}
    _name_messages(body, taken)
    _name_tables(body, taken)
    for element in body.iter("section", "li", "figure", "table"):
        if (own := element.get("id")) and (place := _place(element)) is not None:
            link = etree.SubElement(place, "a", {"class": "self", "href": f"#{own}"})
            name = "".join(map(str, _label(element, place).itertext()))
            link.set("aria-label", words["link"].format(name=" ".join(name.split())))


def _place(element: etree._Element) -> etree._Element | None:
    """Where the link of a thing stands: in its heading, its caption, or at its end."""
    if element.tag == "section":
        return next((e for e in element if e.tag in ("h2", "h3", "h4")), None)
    if element.tag in ("figure", "table"):
        return element.find("figcaption" if element.tag == "figure" else "caption")
    parent = element.getparent()
    return element if parent is not None and parent.get("class") == "messages" else None


def _label(element: etree._Element, place: etree._Element) -> etree._Element:
    lead = element.find("strong") if element.tag == "li" else None
    return place if lead is None else lead


def _name_messages(body: etree._Element, taken: set[str]) -> None:
    for item in body.iterfind(".//ol[@class='messages']/li"):
        fields = (str(e.get("data-field", "")) for e in item.iter())
        found = next((f.split(MESSAGE)[1].split("/")[0] for f in fields if MESSAGE in f), None)
        if found:
            _give(item, f"message-{found}", taken)


def _name_tables(body: etree._Element, taken: set[str]) -> None:
    for table in body.iter("table"):
        section = next((e for e in table.iterancestors("section") if e.get("id")), None)
        if section is not None:
            _give(table, f"{section.get('id')}-table", taken)


def _give(element: etree._Element, name: str, taken: set[str]) -> None:
    if element.get("id") is None and name not in taken:
        element.set("id", name)
        taken.add(name)

"""Notes: each mark is a button that opens its note with the evidence, without a script.

The note is the popover. Closed, the style sheet sets it among the notes at the end; open, the
browser lifts it over the page, closes it on Escape and gives the focus back. A browser that does
not know popovers shows every note with its evidence at the end.
"""

from __future__ import annotations

from lxml import etree

from briefgen.document.vocabulary import WORD_JOINER
from briefgen.formats.html.evidence import Telling, claims_list
from briefgen.formats.html.words import Words

NOTE, CALL, LETTER = "note_", "call_", "letter_"
"""Starts of ids; with an underscore they differ from any id of a record, which is kebab-case."""


def collect_notes(body: etree._Element, telling: Telling) -> None:
    """Move the notes to the end of the page; marks with letters get their evidence as well."""
    words = telling.words
    marks = [span for span in body.iter("span") if span.get("class") == "footnote"]
    letters = [sup for sup in body.iter("sup") if sup.get("data-claims")]
    if marks:
        section = etree.SubElement(body, "section", {"class": "notes"})
        etree.SubElement(section, "h2").text = words["notes"]
        listing = etree.SubElement(section, "ol")
        for number, mark in enumerate(marks, start=1):
            _move_note(mark, number, listing, telling)
    if letters:
        # Hidden until opened, or shown where popovers are unknown: the key stands in the text.
        holder = etree.SubElement(body, "section", {"class": "letters"})
        for number, mark in enumerate(letters, start=1):
            _open_letters(mark, number, holder, telling)


def _move_note(
    mark: etree._Element, number: int, listing: etree._Element, telling: Telling
) -> None:
    words = telling.words
    name = words["note"].format(number=number)
    item = etree.SubElement(listing, "li")
    note = _popover(item, f"{NOTE}{number}", name, words)
    text = etree.SubElement(note, "p", {"class": "note-text"})
    text.text, text[:] = mark.text, list(mark)
    back = etree.SubElement(text, "a", {"class": "back", "href": f"#{CALL}{number}"})
    back.set("aria-label", words["back"].format(number=number))
    note.append(claims_list(mark.get("data-claims", "").split(), telling))
    call = etree.Element("sup", {"class": "note-call", "id": f"{CALL}{number}"})
    call.text = WORD_JOINER  # browsers would else set the mark on a line of its own
    _button(call, f"{NOTE}{number}", str(number), words["opens"].format(name=name))
    call.tail = mark.tail
    parent = mark.getparent()
    assert parent is not None
    parent.replace(mark, call)


def _open_letters(
    mark: etree._Element, number: int, holder: etree._Element, telling: Telling
) -> None:
    words = telling.words
    shown = (mark.text or "").strip(WORD_JOINER)
    name = words["letters"].format(number=shown)
    note = _popover(holder, f"{LETTER}{number}", name, words)
    note.append(claims_list(mark.get("data-claims", "").split(), telling))
    mark.set("class", "note-call")
    mark.text = WORD_JOINER  # browsers would else set the mark on a line of its own
    _button(mark, f"{LETTER}{number}", shown, words["opens"].format(name=name))


def _popover(parent: etree._Element, own_id: str, name: str, words: Words) -> etree._Element:
    attributes = {"popover": "auto", "id": own_id, "role": "group", "aria-label": name}
    note = etree.SubElement(parent, "div", attributes)
    close = etree.SubElement(note, "button", {"type": "button", "class": "close"})
    close.set("popovertarget", own_id)
    close.set("popovertargetaction", "hide")
    close.set("aria-label", words["close"])
    return note


def _button(parent: etree._Element, target: str, text: str, label: str) -> None:
    button = etree.SubElement(parent, "button", {"type": "button", "popovertarget": target})
    button.set("aria-label", label)
    button.text = text

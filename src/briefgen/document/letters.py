"""Source letters: what stands in place of notes where there is no room for them.

A mark names the letters of its sources, "a, c"; the key with the sources and with what a careful
reader must know of the claims stands in the element with the id `source-key`.
"""

from __future__ import annotations

from string import ascii_lowercase

from lxml import etree
from markupsafe import Markup

from briefgen.document.notes import NoteWriter
from briefgen.document.places import TemplatePlaces
from briefgen.document.rendering import find_id
from briefgen.document.vocabulary import WORD_JOINER
from briefgen.problems import Problem, ProblemsFound

KEY = "source-key"


def write_letters(tree: etree._Element, writer: NoteWriter, places: TemplatePlaces) -> None:
    """Turn every note mark into the letters of its sources, and write their key.

    Raises:
        ProblemsFound: the template has no element for the key.
    """
    remarks: list[Markup] = []
    for mark in [span for span in tree.iter("span") if span.get("class") == "footnote"]:
        numbers, said = writer.cite_in_short(mark)
        remarks += said
        mark.tag = "sup"
        mark.attrib.pop("class")
        mark.text = WORD_JOINER + ",".join(map(_letter, numbers))
    if writer.sources:
        _write_key(_key(tree, places), writer, remarks)


def _letter(number: int) -> str:
    """The letter of a source by its number from 0: a to z, then aa, ab and so on."""
    first, last = divmod(number, len(ascii_lowercase))
    return (_letter(first - 1) if first else "") + ascii_lowercase[last]


def _key(tree: etree._Element, places: TemplatePlaces) -> etree._Element:
    if (found := find_id(tree, KEY)) is not None:
        return found
    what = f'the document has source letters but no element with the id "{KEY}"'
    mend = f'write `<p id="{KEY}"></p>` where their key is to stand'
    raise ProblemsFound([Problem(places.of(tree), "BG051", what, mend)])


def _write_key(key: etree._Element, writer: NoteWriter, remarks: list[Markup]) -> None:
    entries = [
        Markup("<strong>{}</strong>\u00a0{}").format(_letter(number), entry)
        for number, entry in enumerate(writer.key())
    ]
    said = Markup(" ").join([Markup("; ").join(entries) + ".", *dict.fromkeys(remarks)])
    filled = etree.fromstring(f"<p>{said}</p>")
    key.text = (key.text or "") + (filled.text or "")
    key.extend(filled)

"""What of a reference file travels into ours: its style and its page, and nothing personal.

Kept are the parts listed in `KEPT`, with pictures and web links that their text uses. Left behind
is whatever says who wrote the reference file, or belongs to another document: comments, tracked
changes (all are accepted), properties, custom XML, glossary, embedded and linked objects, the
attached template, notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.opc.rel import _Relationship
from lxml import etree

from briefgen.formats.docx.controls import body_control, controls, fact_of, story_parts
from briefgen.formats.docx.oxml import R, w, wname

Element = etree._Element

KEPT: Mapping[str, frozenset[str]] = {
    "/": frozenset({RT.OFFICE_DOCUMENT}),
    "document": frozenset(
        {
            RT.STYLES,
            RT.NUMBERING,
            RT.SETTINGS,
            RT.FONT_TABLE,
            RT.THEME,
            RT.HEADER,
            RT.FOOTER,
            RT.IMAGE,
            RT.HYPERLINK,
        }
    ),
    "story": frozenset({RT.IMAGE, RT.HYPERLINK}),
    RT.FONT_TABLE: frozenset({RT.FONT}),
    RT.THEME: frozenset({RT.IMAGE}),
    RT.NUMBERING: frozenset({RT.IMAGE}),
}
"""Relations that stay, by where they start; other parts keep none."""
USED = frozenset({RT.IMAGE, RT.HYPERLINK, RT.HEADER, RT.FOOTER})
"""Relations that stay only where something in the part uses them."""
WEB = ("http:", "https:", "mailto:")

SETTINGS = frozenset(
    wname(tag)
    for tag in (
        "zoom",
        "embedTrueTypeFonts",
        "embedSystemFonts",
        "saveSubsetFonts",
        "mirrorMargins",
        "alignBordersAndEdges",
        "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter",
        "gutterAtTop",
        "defaultTabStop",
        "autoHyphenation",
        "consecutiveHyphenLimit",
        "hyphenationZone",
        "doNotHyphenateCaps",
        "evenAndOddHeaders",
        "bookFoldPrinting",
        "drawingGridHorizontalSpacing",
        "drawingGridVerticalSpacing",
        "characterSpacingControl",
        "noLineBreaksAfter",
        "noLineBreaksBefore",
        "displayBackgroundShape",
        "compat",
        "themeFontLang",
        "clrSchemeMapping",
        "decimalSymbol",
        "listSeparator",
    )
)
"""Settings that say how pages look; all others speak of the reference file or its writers."""
AFTER_NOTES = frozenset(
    map(
        wname,
        ("compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
    )
)
"""Settings that stand behind those of notes by the schema."""

DROPPED = frozenset(
    wname(tag)
    for tag in (
        *("del", "moveFrom", "cellIns", "cellDel", "cellMerge", "numberingChange"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange"),
        *("trPrChange", "tcPrChange", "tblPrExChange"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd"),
        *("customXmlDelRangeStart", "customXmlDelRangeEnd"),
        *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
        *("commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr"),
    )
)
"""Tracked changes and marks of reviewing."""
UNWRAPPED = frozenset(map(wname, ("ins", "moveTo", "smartTag", "customXml")))
MARKED_RUNS = tuple(
    map(wname, ("commentReference", "footnoteReference", "endnoteReference", "annotationRef"))
)
OBJECTS = frozenset(map(wname, ("drawing", "pict", "object")))
RELATION_ID = f"{{{R}}}"
OLD_RELATION_ID = "{urn:schemas-microsoft-com:office:office}relid"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
REFERENCES = {wname("headerReference"): "header", wname("footerReference"): "footer"}


def clean(document: WordDocument) -> list[str]:
    """Leave behind what must not travel; what comes back names what a person may miss."""
    missed: dict[str, None] = {}
    body = document.element.body
    if body_control(body) is None:
        _leave_text_behind(body)
    parts = list(story_parts(document.part))
    for part in parts:
        if next(part.element.iter(*MARKED_RUNS[1:3]), None) is not None:
            missed["notes"] = None
        _accept_changes(part.element)
        _unbind(part.element)
        kind = "document" if part is document.part else "story"
        if _drop_foreign(part, KEPT[kind]):
            missed["embedded or linked objects"] = None
    for part in parts:
        _drop_relations(part, KEPT["document" if part is document.part else "story"])
    _renumber_bookmarks(list(story_parts(document.part)))
    _drop_other_relations(document)
    _keep_settings(document.settings.element)
    return list(missed)


def _leave_text_behind(body: Element) -> None:
    """Only the last section stays, with the heads and feet that it has from those before."""
    sections = list(body.iter(wname("sectPr")))
    last = body.find(wname("sectPr"))
    if last is None:
        last = w("sectPr")
    references: dict[tuple[str, str | None], Element] = {}
    for section in [*[s for s in sections if s is not last], last]:
        for reference in section:
            if reference.tag in REFERENCES:
                references[REFERENCES[reference.tag], reference.get(wname("type"))] = reference
    for reference in [e for e in last if e.tag in REFERENCES]:
        last.remove(reference)
    last[:0] = list(references.values())
    body[:] = [last]


def _accept_changes(root: Element) -> None:
    deleted = f"{wname('trPr')}/{wname('del')}"
    for row in [row for row in root.iter(wname("tr")) if row.find(deleted) is not None]:
        _remove(row)
    for mark in list(root.iter(*MARKED_RUNS)):
        run = mark.getparent()
        _remove(run if run is not None and run.tag == wname("r") else mark)
    for element in list(root.iter(*DROPPED)):
        _remove(element)
    for element in list(root.iter(*UNWRAPPED)):
        parent = element.getparent()
        if parent is None:
            continue
        if parent.tag in {wname("rPr"), wname("trPr")}:
            parent.remove(element)
            continue
        place = parent.index(element)
        parent[place : place + 1] = [c for c in element if not str(c.tag).endswith("Pr")]


def _unbind(root: Element) -> None:
    """Controls lose what they are bound to, and what they show while they are empty."""
    for properties in root.iter(wname("sdtPr")):
        for child in list(properties):
            if etree.QName(child).localname in {"dataBinding", "placeholder"}:
                properties.remove(child)


def _drop_foreign(part: XmlPart, kept: frozenset[str]) -> bool:
    """Remove what leads to parts that do not travel; whether an object was among it."""
    lost = False
    for element in list(part.element.iter(etree.Element)):
        for name in [n for n in element.attrib if _is_relation(n)]:
            relation = part.rels.get(element.get(name, ""))
            if relation is not None and _travels(relation, kept):
                continue
            lost |= _detach(element, name)
    return lost


def _is_relation(name: str | bytes) -> bool:
    return str(name).startswith(RELATION_ID) or name == OLD_RELATION_ID


def _travels(relation: _Relationship, kept: frozenset[str]) -> bool:
    if relation.reltype not in kept or not relation.is_external:
        return relation.reltype in kept
    target: str = relation.target_ref
    return relation.reltype == RT.HYPERLINK and target.lower().startswith(WEB)


def _detach(element: Element, name: str) -> bool:
    if element.tag == wname("hyperlink"):
        parent = element.getparent()
        if parent is not None:
            place = parent.index(element)
            parent[place : place + 1] = list(element)
        return False
    embedded = f"{RELATION_ID}embed"
    if name == f"{RELATION_ID}link" and element.get(embedded):
        del element.attrib[name]
        return False
    holder = next((e for e in element.iterancestors() if e.tag in OBJECTS), None)
    if element.tag in OBJECTS:
        holder = element
    if holder is None or str(element.tag).endswith(("hlinkClick", "hlinkHover")):
        _remove(element)
        return False
    outer = next((e for e in holder.iterancestors(ALTERNATE)), None)
    _remove(holder if outer is None else outer)
    return True


def _drop_relations(part: XmlPart, kept: frozenset[str]) -> None:
    used = {
        value
        for element in part.element.iter(etree.Element)
        for name, value in element.attrib.items()
        if _is_relation(name)
    }
    for key, relation in list(part.rels.items()):
        if not _travels(relation, kept) or (relation.reltype in USED and key not in used):
            del part.rels[key]


def _drop_other_relations(document: WordDocument) -> None:
    package = document.part.package
    _keep_only(package.rels, KEPT["/"])
    for relation in document.part.rels.values():
        if relation.reltype not in {RT.HEADER, RT.FOOTER, RT.HYPERLINK}:
            _keep_only(relation.target_part.rels, KEPT.get(relation.reltype, frozenset()))


def _keep_only(relations: dict[str, _Relationship], kept: Iterable[str]) -> None:
    for key in [k for k, r in relations.items() if r.reltype not in kept or r.is_external]:
        del relations[key]


def _renumber_bookmarks(parts: list[XmlPart]) -> None:
    """Keep the bookmarks that something refers to, numbered from one through the file."""
    words = " ".join(_instructions(parts)).split()
    number = 0
    for part in parts:
        ids: dict[str | None, int] = {}
        for start in list(part.element.iter(wname("bookmarkStart"))):
            if start.get(wname("name")) in words:
                number += 1
                ids[start.get(wname("id"))] = number
                start.set(wname("id"), str(number))
            else:
                _remove(start)
        for end in list(part.element.iter(wname("bookmarkEnd"))):
            if end.get(wname("id")) in ids:
                end.set(wname("id"), str(ids[end.get(wname("id"))]))
            else:
                _remove(end)


def _instructions(parts: list[XmlPart]) -> Iterator[str]:
    for part in parts:
        for element in part.element.iter(*map(wname, ("instrText", "fldSimple", "hyperlink"))):
            yield element.text or ""
            yield element.get(wname("instr"), "")
            yield element.get(wname("anchor"), "")


def _keep_settings(settings: Element) -> None:
    settings[:] = [child for child in settings if child.tag in SETTINGS]
    notes = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    place = next((i for i, e in enumerate(settings) if e.tag in AFTER_NOTES), len(settings))
    settings.insert(place, notes)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def own_text(body: Element) -> str:
    """The text of a reference file's own, outside its controls."""
    inside = {
        text
        for control in controls(body)
        if fact_of(control) is not None
        for text in control.iter(wname("t"))
    }
    return " ".join(t.text or "" for t in body.iter(wname("t")) if t not in inside)

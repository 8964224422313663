"""The contents of a Word file, as `contents.py` lists those of any format."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field

from contents import Contents, Listing, alternative
from docx_opened import CHARACTERS, Element, Opened, find, style_of, values

from briefgen.formats.docx.oxml import R, W, wname

HEADINGS = {"Title": "heading 1", "TOCHeading": "heading 2"}
"""Styles of headings that have no level of the outline."""
BODY_LEVEL = 9
"""The outline level of text that is no heading."""
ABBREVIATION = "BriefgenAbbreviation"
"""Its tab parts two blocks."""
LEADS = re.compile(r"\s*REF\s+(\S+)")
SILENT = re.compile(r"\s*(PAGEREF|PAGE|NUMPAGES)\b")


def contents_of(opened: Opened) -> Contents:
    """What a reader finds in a Word file, as its XML has it: changes accepted, comments aside."""
    reader = _Reader(opened)
    reader.read_blocks(opened.body)
    return reader.listing.contents()


class _Reader:
    def __init__(self, opened: Opened) -> None:
        self.listing = Listing()
        self._styles = Styles(opened.part("word/styles.xml"))
        self._numbers = Numbers(opened.part("word/numbering.xml"), self._styles)
        self._notes = {
            str(note.get(wname("id"))): note
            for note in find(opened.part("word/footnotes.xml"), "w:footnote")
        }
        self._targets = {
            "word/document.xml": _targets(opened, "document"),
            "word/footnotes.xml": _targets(opened, "footnotes"),
        }
        self._part = "word/document.xml"
        self._fields: list[_Field] = []
        self._tab = " "
        self._is_entry = False

    def read_blocks(self, parent: Element, kind: str = "") -> None:
        for child in parent:
            if child.tag == wname("p"):
                self._read_paragraph(child, kind)
                kind = kind and "text"
            elif child.tag == wname("tbl"):
                self._read_table(child)
            elif child.tag in (wname("sdt"), wname("sdtContent")):
                self.read_blocks(child, kind)

    def _read_table(self, table: Element) -> None:
        """A table without a row of heads is there for its layout: its cells are paragraphs."""
        kind = "cell" if find(table, "w:tr/w:trPr/w:tblHeader") else ""
        for cell in find(table, "w:tr/w:tc"):
            self.read_blocks(cell, kind)

    def _read_paragraph(self, paragraph: Element, kind: str) -> None:
        style = style_of(paragraph)
        self._tab = "" if style == ABBREVIATION else " "
        self._is_entry = style.startswith("TOC") and style != "TOCHeading"
        self.listing.open(kind or self._kind(paragraph, style))
        self._read_runs(paragraph)
        self.listing.close()

    def _kind(self, paragraph: Element, style: str) -> str:
        if style in HEADINGS:
            return HEADINGS[style]
        if (level := self._styles.outline(paragraph)) is not None:
            return f"heading {level + 2}"
        if style == "Caption":
            return "caption"
        return self._numbers.item(paragraph) or "text"

    def _read_runs(self, parent: Element) -> None:
        for child in parent:
            tag = str(child.tag).removeprefix(f"{{{W}}}")
            match tag:
                case "bookmarkStart":
                    self.listing.place(child.get(wname("name")))
                case "hyperlink":
                    with self.listing.link(self._target(child)):
                        self._read_runs(child)
                case "fldSimple":
                    self._read_field(child)
                case "r" | "ins" | "smartTag" | "sdt" | "sdtContent":
                    self._read_runs(child)
                case "fldChar":
                    self._read_field_mark(str(child.get(wname("fldCharType"))))
                case "instrText":
                    self._fields[-1].code += child.text or ""
                case "tab" if not self._tab:
                    self.listing.close()
                case _ if not any(f.is_silent for f in self._fields):
                    self._read_content(child, tag)

    def _read_content(self, element: Element, tag: str) -> None:
        if tag == "t":
            self.listing.write(element.text or "")
        elif tag == "tab" and self._is_entry:
            pass  # it leads to the number of a page
        elif tag in ("tab", "br"):
            self.listing.write(" ")
        elif element.tag in CHARACTERS:
            self.listing.write(CHARACTERS[str(element.tag)])
        elif tag == "drawing":
            (alt,) = values(element, ".//*[local-name()='docPr']/@descr")
            self.listing.open("figure")
            self.listing.write(alternative(alt))
        elif tag == "footnoteReference":
            with self.listing.note():
                self._part = "word/footnotes.xml"
                for paragraph in find(self._notes[str(element.get(wname("id")))], "w:p"):
                    self._read_runs(paragraph)
                self._part = "word/document.xml"

    def _target(self, link: Element) -> str:
        if relation := link.get(f"{{{R}}}id"):
            return self._targets[self._part].get(relation, "nowhere")
        return f"#{link.get(wname('anchor'))}"

    def _read_field(self, element: Element) -> None:
        code = element.get(wname("instr")) or ""
        if found := LEADS.match(code):
            with self.listing.link(f"#{found[1]}"):
                self._read_runs(element)
        elif not SILENT.match(code):
            self._read_runs(element)

    def _read_field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
            return
        opened = self._fields[-1]
        found = LEADS.match(opened.code)
        if kind == "separate":
            opened.is_silent = bool(SILENT.match(opened.code))
            if found:
                opened.result.enter_context(self.listing.link(f"#{found[1]}"))
        elif kind == "end":
            self._fields.pop().result.close()


@dataclass
class _Field:
    code: str = ""
    is_silent: bool = False
    """Whether its result is a page number."""
    result: ExitStack = field(default_factory=ExitStack)
    """Open while its result is read."""


def _targets(opened: Opened, part: str) -> dict[str, str]:
    name = f"word/_rels/{part}.xml.rels"
    if name not in opened.names:
        return {}
    return {str(rel.get("Id")): str(rel.get("Target")) for rel in opened.part(name)}


class Styles:
    """Values of styles, with what they inherit."""

    def __init__(self, part: Element) -> None:
        self._styles = {str(s.get(wname("styleId"))): s for s in find(part, "w:style")}

    def chain(self, style: str) -> list[Element]:
        """The style and those that it is based on, nearest first."""
        found: list[Element] = []
        while (element := self._styles.get(style)) is not None and element not in found:
            found.append(element)
            style = next(iter(values(element, "w:basedOn/@w:val")), "")
        return found

    def value(self, style: str, path: str) -> str:
        """The nearest value in the chain, or nothing."""
        return next((v for element in self.chain(style) for v in values(element, path)), "")

    def outline(self, paragraph: Element) -> int | None:
        """The level of a heading, from 0, that it or its style says; None for other text."""
        path = "w:pPr/w:outlineLvl/@w:val"
        level = _one(paragraph, path) or self.value(style_of(paragraph), path)
        return int(level) if level and int(level) < BODY_LEVEL else None


class Numbers:
    """Counts items as Word does. Source: ECMA-376-1, 17.9."""

    def __init__(self, part: Element, styles: Styles) -> None:
        self._part = part
        self._styles = styles
        self._counts: dict[tuple[str, int], int] = defaultdict(int)
        self._started: set[tuple[str, int]] = set()

    def item(self, paragraph: Element) -> str:
        """`item`, `item 3`, or nothing where the paragraph is none."""
        style = style_of(paragraph)
        number = _one(paragraph, "w:pPr/w:numPr/w:numId/@w:val")
        level = _one(paragraph, "w:pPr/w:numPr/w:ilvl/@w:val")
        number = number or self._styles.value(style, "w:pPr/w:numPr/w:numId/@w:val")
        level = level or self._styles.value(style, "w:pPr/w:numPr/w:ilvl/@w:val") or "0"
        if number in ("", "0"):
            return ""
        return self._count(number, int(level))

    def _count(self, number: str, level: int) -> str:
        definition = _one(self._part, f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
        at = f"w:abstractNum[@w:abstractNumId='{definition}']/w:lvl[@w:ilvl='{level}']"
        if _one(self._part, f"{at}/w:numFmt/@w:val") == "bullet":
            return "item"
        restart = _one(
            self._part,
            f"w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val",
        )
        key = (definition, level)
        if restart and (number, level) not in self._started:
            self._counts[key] = int(restart) - 1
        elif key not in self._counts:
            self._counts[key] = int(_one(self._part, f"{at}/w:start/@w:val") or 0) - 1
        self._started.add((number, level))
        self._counts[key] += 1
        for below in [k for k in self._counts if k[0] == definition and k[1] > level]:
            del self._counts[below]
        return f"item {self._counts[key]}"


def _one(element: Element, path: str) -> str:
    return next(iter(values(element, path)), "")

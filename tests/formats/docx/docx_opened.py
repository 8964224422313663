"""A Word file opened for looking at: its parts, its text, the formatting of its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from briefgen.formats.docx.oxml import NAMESPACES, W, wname

Element = etree._Element

CHARACTERS = {
    wname("noBreakHyphen"): "\u2011",
    wname("softHyphen"): "\u00ad",
    wname("tab"): "\t",
    wname("br"): "\n",
}


class Opened:
    """The parts of a Word file by name, XML parsed."""

    def __init__(self, blob: bytes) -> None:
        self.blob = blob
        with ZipFile(BytesIO(blob)) as archive:
            self.names = archive.namelist()
            self.raw = {name: archive.read(name) for name in self.names}
        self._parsed: dict[str, Element] = {}

    def part(self, name: str) -> Element:
        """The root of a part, always the same."""
        if name not in self._parsed:
            self._parsed[name] = etree.fromstring(self.raw[name])
        return self._parsed[name]

    @property
    def body(self) -> Element:
        body = self.part("word/document.xml").find(wname("body"))
        assert body is not None
        return body

    @property
    def xml_parts(self) -> Iterator[tuple[str, Element]]:
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                yield name, self.part(name)

    def paragraphs(self, style: str | None = None) -> list[Element]:
        found = self.body.iter(wname("p"))
        return [p for p in found if style is None or style_of(p) == style]

    def texts(self, style: str | None = None) -> list[str]:
        return [text_of(p) for p in self.paragraphs(style)]


def find(element: Element, path: str) -> list[Element]:
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [e for e in found if isinstance(e, etree._Element)]


def values(element: Element, path: str) -> list[str]:
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [str(value) for value in found]


def style_of(paragraph: Element) -> str:
    return next(iter(values(paragraph, "w:pPr/w:pStyle/@w:val")), "")


def text_of(element: Element) -> str:
    return "".join(
        (e.text or "") if e.tag == wname("t") else CHARACTERS.get(str(e.tag), "")
        for e in element.iter(f"{{{W}}}t", *CHARACTERS)
        if e.getparent() is not None and e.getparent().tag == wname("r")  # type: ignore[union-attr]
    )


def entries_of(opened: Opened) -> list[tuple[str, str]]:
    """The entries of the contents list: text and page, which may be empty."""
    entries, depth = [], 0
    for paragraph in opened.body.iter(wname("p")):
        codes = "".join(code.text or "" for code in paragraph.iter(wname("instrText")))
        if depth or " TOC " in codes:
            text, _, page = text_of(paragraph).partition("\t")
            entries.append((text, page))
            for kind in values(paragraph, ".//w:fldChar/@w:fldCharType"):
                depth += {"begin": 1, "separate": 0, "end": -1}[kind]
    return entries

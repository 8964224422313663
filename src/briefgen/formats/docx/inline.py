"""Runs: the text of one paragraph, with emphasis, links, notes, languages and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from lxml import etree

from briefgen.formats.docx.draft import Draft
from briefgen.formats.docx.fields import simple_field
from briefgen.formats.docx.oxml import (
    RELATION_ATTRIBUTE,
    SPACE_ATTRIBUTE,
    property_list,
    text_element,
    w,
    wname,
)
from briefgen.formats.docx.tree import (
    WHITE_SPACE,
    Piece,
    classes,
    is_inline,
    pieces,
    plain_text,
    refuse,
    selector,
)

Element = etree._Element

FULL_TAGS = {
    "ja": "ja-JP",
    "zh": "zh-CN",
    "ko": "ko-KR",
    "fr": "fr-FR",
    "de": "de-DE",
    "es": "es-ES",
    "it": "it-IT",
    "la": "la-Latn",
}
"""Word's proofing wants a country; where a template gives none, the usual one."""
EAST_ASIAN = ("ja", "zh", "ko")
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")

SPECIAL = re.compile("([\u00ad\u2011])")
SPECIAL_ELEMENTS = {"\u00ad": "softHyphen", "\u2011": "noBreakHyphen"}
"""Word shows U+00AD as a hyphen and takes U+2011 from another face; it has elements for both."""


@dataclass(frozen=True)
class Look:
    """What a run takes from the inline elements around it."""

    style: str | None = None
    """Character style of a link, an edition or the like."""
    strong: bool = False
    em: bool = False
    raised: str | None = None
    """`superscript` or `subscript`."""
    language: str | None = None
    quotes: int = 0
    """How many quotations are open."""
    generated: bool = False
    """Whether the program added the text to a field."""


class Line:
    """The content of one paragraph, white space collapsed as HTML does it."""

    def __init__(
        self,
        draft: Draft,
        paragraph_style: str,
        part: Part | None = None,
        *,
        is_bound: bool = True,
    ) -> None:
        self.draft = draft
        self._marks = draft.marks if is_bound and part is None else None
        self.part: Part = part or draft.file.part
        self.content: list[Element] = []
        self._target: list[Element] | Element = self.content
        self._after_blank = True
        self._last_text: Element | None = None
        self._last_look: Look | None = None
        self._cited_up_to: tuple[list[Element] | Element, int] = self.content, 0
        self._comments = draft.comments if is_bound and part is None else None
        # Word's toggles: a bold character style makes bold text of a bold paragraph light again.
        self._bold = draft.word.inherited(paragraph_style, "bold") is True

    def write(self, stretch: Iterable[Piece], look: Look = Look()) -> Line:
        """Append text and inline elements."""
        for piece in stretch:
            if isinstance(piece, str):
                self.write_text(piece, look)
            else:
                self._write_element(piece, look)
        return self

    def write_all(self, element: Element, stretch: Iterable[Piece], look: Look) -> Line:
        """Append content of an element, marked as its field if it is one."""
        with self._in_field(element):
            return self.write(stretch, look)

    def finish(self) -> list[Element]:
        """The runs, without a blank at the end."""
        self._trim()
        return self.content

    def write_text(self, text: str, look: Look) -> None:
        """Append text in one look: the one place where runs of text are made."""
        text = WHITE_SPACE.sub(" ", text)
        if self._after_blank:
            text = text.removeprefix(" ")
        if not text:
            return
        self._after_blank = text.endswith(" ")
        for bit in filter(None, SPECIAL.split(text)):
            if bit in SPECIAL_ELEMENTS:
                self._append_run(look, w(SPECIAL_ELEMENTS[bit]))
            elif self._last_text is not None and self._last_look == look:
                _extend(self._last_text, bit)
            else:
                element = text_element(bit)
                self._append_run(look, element)
                self._last_text, self._last_look = element, look

    def append(self, element: Element) -> None:
        """Append a finished run or field."""
        self._target.append(element)
        self._last_text = None
        self._after_blank = False

    def append_tab(self) -> None:
        """Append a tab."""
        self._trim()
        self.append(w("r", w("tab")))
        self._after_blank = True

    def _append_run(self, look: Look, content: Element) -> None:
        run = w("r", self._properties(look), content)
        if look.generated and self._marks:
            self._marks.generated.add(run)
        self._target.append(run)
        self._last_text = None

    def _properties(self, look: Look) -> Element | None:
        style, bold, italic = look.style, look.strong and not self._bold, look.em
        if style is None and bold:
            style, bold = self.draft.word.style_of("strong"), False
        if style is None and italic:
            style, italic = self.draft.word.style_of("em"), False
        language = look.language
        return property_list(
            "rPr",
            (
                w("rStyle", val=self.draft.word.id_of(style)) if style else None,
                w("rFonts", hint="eastAsia")
                if language and language.startswith(EAST_ASIAN)
                else None,
                w("b") if bold else None,
                w("i") if italic else None,
                w("vertAlign", val=look.raised) if look.raised else None,
                w("rtl") if language and language.startswith(RIGHT_TO_LEFT) else None,
                _language(language) if language else None,
            ),
        )

    def _write_element(self, element: Element, look: Look) -> None:
        if not is_inline(element):
            refuse(element, "a block inside a line of text")
        look = look_of(element, look)
        marks = self.draft.bookmarks.around([i] if (i := element.get("id")) else [], [])
        self._append_marks(islice(marks, 1))
        with self._in_field(element):
            self._write_by_tag(element, look)
        self._append_marks(marks)
        if claims := element.get("data-claims"):
            self._comment(claims.split())

    def _comment(self, claims: list[str]) -> None:
        """Put comments on the text since the last citation; there is none without comments."""
        if self._comments:
            target, at = self._cited_up_to
            at = at if target is self._target else 0
            for number in self._comments.on(claims):
                self._target.insert(at, self._comments.start(number))
                self._append_marks(self._comments.end(number))
        self._cited_up_to = self._target, len(self._target)

    @contextmanager
    def _in_field(self, element: Element) -> Iterator[None]:
        """Mark what is written inside, if the element carries a field that has text."""
        name = element.get("data-field")
        if not name or self._marks is None or not "".join(map(str, element.itertext())).strip():
            yield
            return
        mark = self._marks.make(name)
        self._append_marks([mark.start])
        with self._target_is(mark.content, holder=mark.control):
            yield
        self._append_marks([mark.end])

    def _write_by_tag(self, element: Element, look: Look) -> None:
        match element.tag:
            case "a":
                self._write_link(element, look)
            case "br":
                self._write_break(look)
            case "q":
                self._write_quotation(element, look)
            case "span" if "footnote" in classes(element):
                self._write_footnote(element, look)
            case _:
                self._write_children(element, look)

    def _append_marks(self, marks: Iterable[Element]) -> None:
        """Append a bookmark's start or end, which changes nothing in the text around it."""
        for mark in marks:
            self._target.append(mark)
            self._last_text = None

    def _write_children(self, element: Element, look: Look) -> None:
        self.write(pieces(element), look)

    def _write_footnote(self, element: Element, look: Look) -> None:
        if self.part is self.draft.notes.part:
            refuse(element, "a note inside a note")
        style = self.draft.word.style_of("span.footnote")
        note = Line(self.draft, style, self.draft.notes.part)
        note.write(pieces(element), Look(language=look.language))
        claims = element.get("data-claims", "").split()
        self.append(self.draft.notes.add(note.finish(), claims))

    def _write_link(self, element: Element, look: Look) -> None:
        href = element.get("href") or ""
        look = replace(look, style=self.draft.word.style_of(selector(element)))
        if href.startswith("#"):
            self._write_reference(element, look)
        else:
            link = w("hyperlink", history=1)
            link.set(RELATION_ATTRIBUTE, self.part.relate_to(href, RT.HYPERLINK, is_external=True))
            self._write_inside(link, element, look)

    def _write_reference(self, element: Element, look: Look) -> None:
        """A link inside the file; one that says "Figure 1" is a field and follows renumbering."""
        name = self.draft.bookmarks.name_for(element)
        label = self.draft.bookmarks.labels.get((element.get("href") or "")[1:])
        if label and plain_text(element) == label:
            self._write_inside(simple_field(f"REF {name} \\h \\* MERGEFORMAT"), element, look)
        else:
            self._write_inside(w("hyperlink", anchor=name, history=1), element, look)

    def _write_inside(self, container: Element, element: Element, look: Look) -> None:
        with self._target_is(container):
            self._write_children(element, look)

    @contextmanager
    def _target_is(self, container: Element, holder: Element | None = None) -> Iterator[None]:
        outer, self._target = self._target, container
        outer.append(container if holder is None else holder)
        self._last_text = None
        yield
        self._target = outer
        self._last_text = None

    def _write_quotation(self, element: Element, look: Look) -> None:
        inner = 2 * (look.quotes % 2)
        opening, closing = self.draft.word.quotes[inner : inner + 2]
        self.write_text(opening, look)
        self._write_children(element, replace(look, quotes=look.quotes + 1))
        self.write_text(closing, look)

    def _write_break(self, look: Look) -> None:
        self._trim()
        self._append_run(look, w("br"))
        self._after_blank = True

    def _trim(self) -> None:
        """Take away a blank that ends a line."""
        texts = [t for top in self.content for t in top.iter(wname("t"), wname("br"), wname("tab"))]
        last = texts[-1] if texts else None
        if not self._after_blank or last is None or last.tag != wname("t"):
            return
        last.text = (last.text or "").removesuffix(" ")
        self._last_text = None
        run = last.getparent()
        if not last.text and run is not None:
            parent = run.getparent()
            (self.content if parent is None else parent).remove(run)


def look_of(element: Element, look: Look) -> Look:
    """The look inside an element: what it adds to the one around it."""
    match element.tag:
        case "strong":
            look = replace(look, strong=True)
        case "em" | "cite":
            look = replace(look, em=True)
        case "sup":
            look = replace(look, raised="superscript")
        case "sub":
            look = replace(look, raised="subscript")
    if language := element.get("lang"):
        look = replace(look, language=language)
    if element.get("data-generated") is not None:
        look = replace(look, generated=True)
    return look


def _extend(element: Element, text: str) -> None:
    element.text = (element.text or "") + text
    if element.text != element.text.strip():
        element.set(SPACE_ATTRIBUTE, "preserve")


def _language(tag: str) -> Element:
    full = FULL_TAGS.get(tag, tag)
    if tag.startswith(EAST_ASIAN):
        return w("lang", val=full, eastAsia=full)
    return w("lang", bidi=full) if tag.startswith(RIGHT_TO_LEFT) else w("lang", val=full)

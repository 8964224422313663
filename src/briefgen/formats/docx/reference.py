"""A Word file in the style of a reference file: its styles, its page, its cover, our text.

In: a vetted file, the document, the layout's `word.yaml`. Out: the file that is written into, with
what the writers must know of it. The reference file is cleaned once a process; `examine` says
beforehand what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from lxml import etree

from briefgen.document.model import Document
from briefgen.formats.docx.controls import (
    BODY,
    NAMES,
    body_control,
    controls,
    fact_of,
    facts_shown,
    name_of,
    story_parts,
)
from briefgen.formats.docx.frame import Frame
from briefgen.formats.docx.house import APPLICATION
from briefgen.formats.docx.marks import PREFIX
from briefgen.formats.docx.numbering import Lists, define_lists
from briefgen.formats.docx.oxml import w, wname
from briefgen.formats.docx.package import save_package
from briefgen.formats.docx.paragraphs import is_empty
from briefgen.formats.docx.reference_parts import clean, own_text
from briefgen.formats.docx.reference_styles import (
    HouseStyles,
    house_levels,
    in_house_style,
    missing_styles,
    write_styles,
)
from briefgen.formats.docx.word_style import WordStyle
from briefgen.formats.reference_doc import DAMAGED, UNUSABLE, ReferenceDoc
from briefgen.formats.untrusted_docx import ANOTHER_COPY
from briefgen.problems import Problem, ProblemsFound, suggest

Element = etree._Element

MISSING, LEFT_OUT, CONTROL = "BG067", "BG068", "BG069"
MOST_WORDS = 30
"""Words of a reference file's own that are no loss where it has no `body`: a line on what it is."""
MOST_KEPT = 400
"""Words that a cover, an imprint and a last page may have; more is another document's text."""
DRAWING_NAME = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

PURPOSES = {
    "Normal": "all text",
    "Body Text": "paragraphs",
    "Title": "the title",
    "Subtitle": "the line below the title",
    "Heading 1": "headings of sections",
    "Heading 2": "headings in sections",
    "Heading 3": "headings below those",
    "TOC Heading": "the heading of the contents",
    "TOC 1": "sections in the contents",
    "TOC 2": "headings in the contents",
    "List Bullet": "bulleted lists",
    "List Bullet 2": "bulleted lists in lists",
    "List Bullet 3": "bulleted lists below those",
    "List Number": "numbered lists",
    "List Number 2": "numbered lists in lists",
    "List Number 3": "numbered lists below those",
    "List Continue": "further paragraphs in a list",
    "Bibliography": "the list of sources",
    "Quote": "quotations set apart",
    "Caption": "captions of figures and tables",
    "Footnote Text": "notes",
    "Footnote Reference": "marks of notes",
    "Strong": "what is strong",
    "Emphasis": "what is emphasised",
    "Hyperlink": "links",
    "Header": "the running head",
    "Footer": "the running foot",
}
"""What the styles with names of Word's are for; other names of a layout say it themselves."""


@dataclass(frozen=True)
class HouseFile:
    """A file in the house's style, and what to know for writing into it."""

    file: WordDocument
    word: WordStyle
    frame: Frame
    lists: Lists
    slot: Element
    """What the document's text takes the place of: a control, or an empty paragraph."""
    shown: frozenset[str]
    """What the house's cover says of the document."""
    has_furniture: bool
    """Whether the pages have a head or a foot of the house."""
    first_picture: int
    """The first number that no drawing of the house has."""
    bookmarks: int
    """How many bookmarks the house's text has."""


def house_file_of(reference: ReferenceDoc, document: Document, word: WordStyle) -> HouseFile:
    """The reference file, ready for the document's facts and text."""
    file = docx.Document(BytesIO(_cleaned(reference)))
    body = file.element.body
    has_furniture = _has_furniture(body)
    house = HouseStyles(file.styles.element, word.reference_styles)
    numbering = _numbering(file)
    first = _first_free(numbering)
    control = body_control(body)
    frame = Frame.of_section(_section_of(body, control), document.theme.page)
    sheet = in_house_style(house, document.theme, word, frame, first, has_furniture=has_furniture)
    write_styles(sheet, document.language)
    levels = house_levels(sheet, numbering)
    _add_definitions(numbering, define_lists(sheet))
    return HouseFile(
        file=file,
        word=sheet.word,
        frame=frame,
        lists=Lists(sheet.word, numbering, first, levels),
        slot=_slot(body, control),
        shown=facts_shown(body),
        has_furniture=has_furniture,
        first_picture=_last_drawing(file) + 1,
        bookmarks=sum(1 for p in story_parts(file.part) for _ in p.element.iter(BOOKMARK)),
    )


BOOKMARK = wname("bookmarkStart")


@lru_cache(maxsize=4)
def _cleaned(reference: ReferenceDoc) -> bytes:
    """The reference file without what must not travel."""
    file = _opened(reference)
    clean(file)
    package = file.part.package
    app = Part(PackURI("/docProps/app.xml"), CT.OFC_EXTENDED_PROPERTIES, APPLICATION.encode())
    package.relate_to(app, RT.EXTENDED_PROPERTIES)
    return save_package(package)


def _opened(reference: ReferenceDoc) -> WordDocument:
    try:
        file = docx.Document(BytesIO(reference.data))
        inner = [r for r in file.part.rels.values() if not r.is_external]
        has_body = file.element.body is not None
    except (KeyError, ValueError, AttributeError, TypeError, etree.LxmlError) as error:
        raise _problem(reference, DAMAGED, f"is damaged: {error}", ANOTHER_COPY) from None
    for relation in inner:
        if not isinstance(relation.target_part, PART_TYPES.get(relation.reltype, Part)):
            what = f"is damaged: {relation.target_part.partname} is not what the file says it is"
            raise _problem(reference, DAMAGED, what, ANOTHER_COPY)
    kinds = [relation.reltype for relation in inner]
    if not has_body or kinds.count(RT.STYLES) != 1 or kinds.count(RT.NUMBERING) > 1:
        what = f"is no Word file with {'styles' if has_body else 'a text'}"
        raise _problem(reference, UNUSABLE, what, "open it in Word and save it anew")
    return file


PART_TYPES = {
    RT.STYLES: StylesPart,
    RT.NUMBERING: NumberingPart,
    RT.SETTINGS: SettingsPart,
    RT.HEADER: XmlPart,
    RT.FOOTER: XmlPart,
}


def _problem(reference: ReferenceDoc, code: str, what: str, mend: str) -> ProblemsFound:
    return ProblemsFound([Problem(reference.place, code, what, mend)])


def _numbering(file: WordDocument) -> Element:
    """The file's numbering, made where it has none."""
    if not any(r.reltype == RT.NUMBERING for r in file.part.rels.values()):
        made: Any = w("numbering")
        name = PackURI("/word/numbering.xml")
        part = NumberingPart(name, CT.WML_NUMBERING, made, file.part.package)
        file.part.relate_to(part, RT.NUMBERING)
    element: Element = file.part.numbering_part.element
    return element


def _first_free(numbering: Element) -> int:
    """A number that neither a definition nor an instance of a list has, nor any above it."""
    ids = [
        element.get(wname(name), "0")
        for tag, name in (("abstractNum", "abstractNumId"), ("num", "numId"))
        for element in numbering.iter(wname(tag))
    ]
    return max((int(i) for i in ids if i.isdecimal()), default=0) + 1


def _add_definitions(numbering: Element, ours: list[Element]) -> None:
    """By the schema, pictures of bullets come first, then definitions, instances, a clean-up."""
    instances = [e for e in numbering if e.tag == wname("num")]
    clean_up = [e for e in numbering if e.tag == wname("numIdMacAtCleanup")]
    rest = [e for e in numbering if e not in instances and e not in clean_up]
    definitions = [e for e in ours if e.tag == wname("abstractNum")]
    numbering[:] = [*rest, *definitions, *instances, *(e for e in ours if e not in definitions)]
    numbering.extend(clean_up)


def _section_of(body: Element, control: Element | None) -> Element:
    """The section that the document's text stands in: the next one that ends after its place."""
    if control is not None:
        for element in control.itersiblings():
            found = next(element.iter(wname("sectPr")), None)
            if found is not None:
                return found
    last = body.find(wname("sectPr"))
    if last is None:
        last = w("sectPr")
        body.append(last)
    return last


def _has_furniture(body: Element) -> bool:
    return any(True for _ in body.iter(wname("headerReference"), wname("footerReference")))


def _slot(body: Element, control: Element | None) -> Element:
    if control is not None:
        paragraph = next(control.iterancestors(wname("p")), None)
        return control if paragraph is None else paragraph
    place = w("p")
    body.insert(0, place)
    return place


def put_in_place(slot: Element, blocks: list[Element]) -> None:
    """Put the document's text where the slot is."""
    parent = slot.getparent()
    assert parent is not None
    place = parent.index(slot)
    following = slot.getnext()
    if following is not None and following.tag == wname("p") and is_empty(blocks[-1]):
        # It was there in case that a table ends the text.
        blocks = blocks[:-1]
    section = slot.find(f"{wname('pPr')}/{wname('sectPr')}")
    if section is not None:
        # The line of the control ends its section, and goes on doing so.
        blocks.append(w("p", w("pPr", section)))
    parent[place : place + 1] = blocks


def _last_drawing(file: WordDocument) -> int:
    ids = [
        element.get("id", "")
        for part in story_parts(file.part)
        for element in part.element.iter(DRAWING_NAME)
    ]
    return max((int(i) for i in ids if i.isdecimal()), default=0)


def examine(
    reference: ReferenceDoc, words: Iterable[WordStyle], *, create_styles: bool
) -> list[Problem]:
    """What is wrong with a reference file for these layouts, and what of it will be missed.

    Raises:
        ProblemsFound: the file is damaged in a way that only shows when it is opened.
    """
    file = _opened(reference)
    problems = [*_control_problems(reference, file), *_text_problems(reference, file)]
    if missed := clean(file):
        what = f"has {' and '.join(missed)}, which are left out"
        mend = "put pictures in as pictures, and text as text, if they are to stay"
        problems.append(Problem(reference.place, LEFT_OUT, what, mend, "warning"))
    furniture = _has_furniture(file.element.body)
    for word in words:
        house = HouseStyles(file.styles.element, word.reference_styles)
        problems += _mapping_problems(reference, house, word)
        missing = missing_styles(house, word, has_furniture=furniture)
        if missing and not create_styles:
            problems.append(_missing(reference, missing, word))
    return list(dict.fromkeys(problems))


def _control_problems(reference: ReferenceDoc, file: WordDocument) -> Iterator[Problem]:
    bodies = 0
    for part in story_parts(file.part):
        for control in controls(part.element):
            fact = fact_of(control)
            if fact == BODY:
                bodies += 1
                yield from _place_problems(reference, control)
            name = name_of(control)
            if fact is None and name and not name.startswith(PREFIX):
                known = ", ".join(NAMES)
                what = f'has a control "{name}" that stands for nothing known, so it stays as it is'
                mend = f"{suggest(name, NAMES)}known are {known}"
                yield Problem(reference.place, CONTROL, what, mend, "warning")
    if bodies > 1:
        what = f"has {bodies} controls `body`, and the text can stand in one place only"
        yield Problem(reference.place, CONTROL, what, "leave one of them")


def _place_problems(reference: ReferenceDoc, control: Element) -> Iterator[Problem]:
    around = [str(e.tag) for e in control.iterancestors()]
    allowed = {wname(tag) for tag in ("document", "body", "p")}
    if any(tag not in allowed for tag in around):
        what = "has its control `body` in a table, a text box, a head or a foot"
        yield Problem(reference.place, CONTROL, what, "put it on a line of its own in the text")


def _text_problems(reference: ReferenceDoc, file: WordDocument) -> Iterator[Problem]:
    body = file.element.body
    words = len(own_text(body).split())
    if body_control(body) is None and words > MOST_WORDS:
        what = f"has {words} words of its own, which are left out"
        mend = "if a cover is to stay, add a content control with the tag `body` for our text"
        yield Problem(reference.place, LEFT_OUT, what, mend, "warning")
    elif body_control(body) is not None and words > MOST_KEPT:
        what = f"has {words} words of its own, which will stand in every document"
        mend = "take out what is no cover: the control `body` stands for the document's text"
        yield Problem(reference.place, LEFT_OUT, what, mend, "warning")


def _mapping_problems(
    reference: ReferenceDoc, house: HouseStyles, word: WordStyle
) -> Iterator[Problem]:
    for ours, theirs in word.reference_styles.items():
        if house.find(ours, word.styles[ours].kind) is None:
            kind = word.styles[ours].kind
            what = f'has no {kind} style "{theirs}", which `reference_styles` gives for {ours}'
            mend = f"{suggest(theirs, house.names)}define it there, or mend word.yaml"
            yield Problem(reference.place, MISSING, what, mend)


def _missing(reference: ReferenceDoc, missing: list[str], word: WordStyle) -> Problem:
    names = [name for name in missing if name not in word.reference_styles]
    listed = "; ".join(f"{name} ({_purpose(name, word)})" for name in names)
    return Problem(
        reference.place,
        MISSING,
        f"lacks {len(names)} style{'s' * (len(names) != 1)}: {listed}",
        "define them there (Word stores a style only once it has been used), say in word.yaml "
        "under `reference_styles:` what they are called, or build with --create-styles",
    )


def _purpose(name: str, word: WordStyle) -> str:
    used: Mapping[str, None] = {key: None for key, style in word.elements.items() if style == name}
    return PURPOSES.get(name) or ", ".join(used) or "lists"

"""The Word file of a document: the last stage, from the tree to bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import count
from typing import Any

import docx
from docx.document import Document as WordDocument
from lxml import etree

from briefgen.document.ledger import ledger_json
from briefgen.document.model import Document
from briefgen.formats.docx.blocks import add_body
from briefgen.formats.docx.bookmarks import Bookmarks
from briefgen.formats.docx.captions import find_labels
from briefgen.formats.docx.comments import Comments
from briefgen.formats.docx.contents import find_contents
from briefgen.formats.docx.controls import fill, story_parts
from briefgen.formats.docx.cover import without_what_is_shown
from briefgen.formats.docx.custom_xml import add_custom_xml
from briefgen.formats.docx.draft import Draft, Spot
from briefgen.formats.docx.embedded_fonts import embed_fonts
from briefgen.formats.docx.frame import Frame
from briefgen.formats.docx.house import house_file
from briefgen.formats.docx.lines import KNOWN_FACES
from briefgen.formats.docx.marks import W15, Marks
from briefgen.formats.docx.notes import Notes
from briefgen.formats.docx.numbering import Lists
from briefgen.formats.docx.oxml import declaring, w
from briefgen.formats.docx.package import save_package
from briefgen.formats.docx.page_references import set_page_numbers
from briefgen.formats.docx.properties import first_day, set_properties
from briefgen.formats.docx.reference import house_file_of, put_in_place
from briefgen.formats.docx.running import add_running_text
from briefgen.formats.docx.tree import refuse
from briefgen.formats.docx.word_style import WordStyle
from briefgen.formats.docx.write_snapshot import add_snapshot
from briefgen.formats.seal import NAME as SEAL
from briefgen.formats.seal import UNSEALED
from briefgen.formats.word_options import FOR_EDITING, WordOptions

Element = etree._Element


def render_docx(document: Document, word: WordStyle, options: WordOptions = FOR_EDITING) -> bytes:
    """The bytes of the Word file; the same for the same document, style and options.

    Raises:
        UnwritableElement: the tree holds what the vocabulary does not: our own bug.
        UnknownWordStyle: `word.yaml` has no style for an element.
        ProblemsFound: the reference file is damaged in a way that only shows when it is opened.

    """
    body = document.tree.find("body")
    if body is None:
        refuse(document.tree, "a document without a body")
    style = word.at_length(document.length, document.theme.space)
    write = _write if options.reference is None else _write_in_house_style
    draft = write(document, body, style, options)
    set_properties(draft.file, document, is_final=options.final)
    add_custom_xml(draft.file, "ledger", ledger_json(document.ledger, document.about).decode())
    if draft.marks:
        add_snapshot(draft, draft.marks)
    add_custom_xml(draft.file, SEAL, UNSEALED)
    return save_package(draft.file.part.package)


def _write(document: Document, body: Element, word: WordStyle, options: WordOptions) -> Draft:
    """The document in the layout's own style."""
    if options.embed_fonts:
        document, word = _in_own_faces(document), word.at_scale(1)
    file = docx.Document(BytesIO(house_file(document.theme, word, document.language)))
    if options.embed_fonts:
        embed_fonts(file)
    fonts = document.theme.word_fonts
    draft = _open_draft(
        document=document,
        word=word,
        options=options,
        frame=Frame.of_page(document.theme.page),
        file=_ready_for_marks(file),
        lists=Lists(word, file.part.numbering_part.element),
        bookmarks=Bookmarks(document.tree),
        contents=find_contents(body),
        has_pages={fonts.text, fonts.heading} <= KNOWN_FACES.keys(),
    )
    written = w("body")
    add_body(Spot(draft, written), body)
    set_page_numbers(draft, written)
    draft.file.element.body[:0] = list(written)
    add_running_text(draft)
    return draft


def _in_own_faces(document: Document) -> Document:
    theme = document.theme.model_copy(update={"word_fonts": document.theme.fonts})
    return replace(document, theme=theme)


def _write_in_house_style(
    document: Document, body: Element, word: WordStyle, options: WordOptions
) -> Draft:
    """The document in the style of the reference file, at its place there."""
    assert options.reference is not None
    house = house_file_of(options.reference, document, word)
    body = without_what_is_shown(body, document.facts, house.shown, house.word)
    draft = _open_draft(
        document=document,
        word=house.word,
        options=options,
        frame=house.frame,
        file=_ready_for_marks(house.file),
        lists=house.lists,
        bookmarks=Bookmarks(document.tree, house.bookmarks + 1),
        contents=find_contents(body),
        has_pages=False,  # whose faces and sizes they are is not ours to know
        pictures=count(house.first_picture),
    )
    _fill_controls(draft)
    written = w("body")
    add_body(Spot(draft, written), body)
    put_in_place(house.slot, list(written))
    if not house.has_furniture:
        add_running_text(draft)
    return draft


def _fill_controls(draft: Draft) -> None:
    """Put the document's facts into the house's controls; in the text they are marked as fields."""
    names = draft.document.fact_fields

    def bind(fact: str, run: Element) -> list[Element]:
        if draft.marks is None or fact not in names:
            return [run]
        return draft.marks.around(names[fact], [run])

    for part in story_parts(draft.file.part):
        is_text = part is draft.file.part
        fill(part.element, draft.document.facts, bind if is_text else lambda _, run: [run])


def _open_draft(
    document: Document, word: WordStyle, options: WordOptions, file: WordDocument, **others: Any
) -> Draft:
    """The file in the making, with what stands beside its text.

    Those are notes, marks for the way back unless it is final, and the comments that are asked for.
    """
    draft = Draft(
        document=document,
        word=word,
        options=options,
        file=file,
        notes=Notes(file, word, document.theme.colours["rule"]),
        **others,
    )
    draft.bookmarks.labels.update(find_labels(document.tree))
    if not options.final:
        draft.marks = Marks(draft.bookmarks)
    if options.annotate:
        day = f"{first_day(document.issued):%Y-%m-%d}"
        draft.comments = Comments(file, word, document.cautions, day)
    return draft


def _ready_for_marks(file: WordDocument) -> WordDocument:
    """The file, in whose text may stand what Word added to its format in 2013."""
    part: Any = file.part
    part._element = declaring(part.element, "w15", W15)  # noqa: SLF001 - no public setter
    ready: WordDocument = part.document
    return ready

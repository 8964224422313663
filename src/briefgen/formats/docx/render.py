"""The Word file of a document: the last stage, from the tree to bytes."""

from __future__ import annotations

from io import BytesIO
from itertools import count

import docx

from briefgen.document.model import Document
from briefgen.formats.docx.blocks import add_body
from briefgen.formats.docx.bookmarks import Bookmarks
from briefgen.formats.docx.captions import find_labels
from briefgen.formats.docx.cover import without_what_is_shown
from briefgen.formats.docx.draft import Draft, Spot
from briefgen.formats.docx.frame import Frame
from briefgen.formats.docx.house import house_file
from briefgen.formats.docx.ledger import add_ledger
from briefgen.formats.docx.notes import Notes
from briefgen.formats.docx.numbering import Lists
from briefgen.formats.docx.oxml import w
from briefgen.formats.docx.package import save_package
from briefgen.formats.docx.properties import set_properties
from briefgen.formats.docx.reference import HouseFile, house_file_of, put_in_place
from briefgen.formats.docx.running import add_running_text
from briefgen.formats.docx.tree import refuse
from briefgen.formats.docx.word_style import WordStyle
from briefgen.formats.word_options import FOR_EDITING, WordOptions


def render_docx(document: Document, word: WordStyle, options: WordOptions = FOR_EDITING) -> bytes:
    """The bytes of the Word file; the same for the same document, style and options.

    Raises:
        UnwritableElement: the tree holds what the vocabulary does not: our own bug.
        UnknownWordStyle: `word.yaml` has no style for an element.

    """
    style = word.at_length(document.length, document.theme.space)
    body = document.tree.find("body")
    if body is None:
        refuse(document.tree, "a document without a body")
    written = w("body")
    if options.reference is None:
        draft = _open_draft(document, style, options)
        add_body(Spot(draft, written), body)
        draft.file.element.body[:0] = list(written)
        add_running_text(draft)
    else:
        house = house_file_of(options.reference, document, style)
        draft = _open_house_draft(document, house, options)
        body = without_what_is_shown(body, document.facts, house.shown, house.word)
        add_body(Spot(draft, written), body)
        put_in_place(house.slot, list(written))
        if not house.has_furniture:
            add_running_text(draft)
    set_properties(draft.file, document)
    add_ledger(draft.file, document)
    return save_package(draft.file.part.package)


def _open_draft(document: Document, word: WordStyle, options: WordOptions) -> Draft:
    file = docx.Document(BytesIO(house_file(document.theme, word, document.language)))
    return Draft(
        document=document,
        word=word,
        options=options,
        frame=Frame.of_page(document.theme.page),
        file=file,
        notes=Notes(file, word, document.theme.colours["rule"]),
        lists=Lists(word, file.part.numbering_part.element),
        bookmarks=_bookmarks(document),
    )


def _open_house_draft(document: Document, house: HouseFile, options: WordOptions) -> Draft:
    return Draft(
        document=document,
        word=house.word,
        options=options,
        frame=house.frame,
        file=house.file,
        notes=Notes(house.file, house.word, document.theme.colours["rule"]),
        lists=house.lists,
        bookmarks=_bookmarks(document, house.bookmarks + 1),
        pictures=count(house.first_picture),
    )


def _bookmarks(document: Document, first: int = 1) -> Bookmarks:
    bookmarks = Bookmarks(document.tree, first)
    bookmarks.labels.update(find_labels(document.tree))
    return bookmarks

"""The Word file of a document: the last stage, from the tree to bytes."""

from __future__ import annotations

from io import BytesIO

import docx

from briefgen.document.model import Document
from briefgen.formats.docx.blocks import add_body
from briefgen.formats.docx.bookmarks import Bookmarks
from briefgen.formats.docx.captions import find_labels
from briefgen.formats.docx.contents import find_contents
from briefgen.formats.docx.draft import Draft, Spot
from briefgen.formats.docx.house import house_file
from briefgen.formats.docx.ledger import add_ledger
from briefgen.formats.docx.lines import OFFICE_FACES
from briefgen.formats.docx.notes import Notes
from briefgen.formats.docx.numbering import Lists
from briefgen.formats.docx.oxml import w
from briefgen.formats.docx.package import save_package
from briefgen.formats.docx.page_references import set_page_numbers
from briefgen.formats.docx.properties import set_properties
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
    draft = _open_draft(document, style, options)
    body = document.tree.find("body")
    if body is None:
        refuse(document.tree, "a document without a body")
    written = w("body")
    add_body(Spot(draft, written), body)
    set_page_numbers(draft, written)
    draft.file.element.body[:0] = list(written)
    add_running_text(draft)
    set_properties(draft.file, document)
    add_ledger(draft.file, document)
    return save_package(draft.file.part.package)


def _open_draft(document: Document, word: WordStyle, options: WordOptions) -> Draft:
    file = docx.Document(BytesIO(house_file(document.theme, word, document.language)))
    fonts = document.theme.word_fonts
    bookmarks = Bookmarks(document.tree)
    bookmarks.labels.update(find_labels(document.tree))
    return Draft(
        document=document,
        word=word,
        options=options,
        file=file,
        notes=Notes(file, word, document.theme.colours["rule"]),
        lists=Lists(word, file.part.numbering_part.element),
        bookmarks=bookmarks,
        contents=find_contents(document.tree),
        has_pages={fonts.text, fonts.heading} <= OFFICE_FACES.keys(),
    )

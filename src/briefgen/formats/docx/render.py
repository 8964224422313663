"""The Word file of a document: the last stage, from the tree to bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument

from briefgen.document.ledger import ledger_json
from briefgen.document.model import Document
from briefgen.formats.docx.blocks import add_body
from briefgen.formats.docx.bookmarks import Bookmarks
from briefgen.formats.docx.captions import find_labels
from briefgen.formats.docx.comments import Comments
from briefgen.formats.docx.custom_xml import add_custom_xml
from briefgen.formats.docx.draft import Draft, Spot
from briefgen.formats.docx.embedded_fonts import embed_fonts
from briefgen.formats.docx.house import house_file
from briefgen.formats.docx.marks import W15, Marks
from briefgen.formats.docx.notes import Notes
from briefgen.formats.docx.numbering import Lists
from briefgen.formats.docx.oxml import declaring, w
from briefgen.formats.docx.package import save_package
from briefgen.formats.docx.properties import first_day, set_properties
from briefgen.formats.docx.running import add_running_text
from briefgen.formats.docx.snapshot import add_snapshot
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
    if options.embed_fonts:
        document, style = _in_own_faces(document), style.at_scale(1)
    draft = _open_draft(document, style, options)
    body = document.tree.find("body")
    if body is None:
        refuse(document.tree, "a document without a body")
    written = w("body")
    add_body(Spot(draft, written), body)
    draft.file.element.body[:0] = list(written)
    add_running_text(draft)
    set_properties(draft.file, document, is_final=options.final)
    add_custom_xml(draft.file, "ledger", ledger_json(document.ledger, document.about).decode())
    if draft.marks:
        add_snapshot(draft, draft.marks)
    return save_package(draft.file.part.package)


def _open_draft(document: Document, word: WordStyle, options: WordOptions) -> Draft:
    file = _open_file(house_file(document.theme, word, document.language))
    if options.embed_fonts:
        embed_fonts(file)
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
        marks=None if options.final else Marks(bookmarks),
        comments=_open_comments(file, word, document) if options.annotate else None,
    )


def _in_own_faces(document: Document) -> Document:
    theme = document.theme.model_copy(update={"word_fonts": document.theme.fonts})
    return replace(document, theme=theme)


def _open_file(blob: bytes) -> WordDocument:
    """The file, ready for marks: what Word added to its format in 2013 may stand in it."""
    part: Any = docx.Document(BytesIO(blob)).part
    part._element = declaring(part.element, "w15", W15)  # noqa: SLF001 - no public setter
    file: WordDocument = part.document
    return file


def _open_comments(file: WordDocument, word: WordStyle, document: Document) -> Comments:
    return Comments(file, word, document.cautions, f"{first_day(document.issued):%Y-%m-%d}")

"""Numbers of pages in the text: fields with the number that laying the file out will give."""

from __future__ import annotations

from lxml import etree

from briefgen.formats.docx.draft import Draft
from briefgen.formats.docx.fields import field_end, field_start
from briefgen.formats.docx.formatting import Formatting
from briefgen.formats.docx.heights import Heights
from briefgen.formats.docx.lines import LineBreaker
from briefgen.formats.docx.oxml import POINTS, w
from briefgen.formats.docx.pages import pages_of

Element = etree._Element


def page_reference(draft: Draft, bookmark: str) -> list[Element]:
    """Runs with the page of a bookmark; `set_page_numbers` writes the number.

    As in Word's contents lists they are hidden in its web layout, which has no pages.
    """
    result = w("t")
    draft.page_references.append((bookmark, result))
    runs = [*field_start(f"PAGEREF {bookmark} \\h"), w("r", result), field_end()]
    for run in runs:
        run.insert(0, w("rPr", w("webHidden")))
    return runs


def set_page_numbers(draft: Draft, body: Element) -> None:
    """Write the numbers into all references, once the body is whole."""
    names = {name for name, _ in draft.page_references}
    if not names:
        return
    page = draft.document.theme.page
    formatting = Formatting(draft.file.styles.element, draft.file.part.numbering_part.element)
    heights = Heights(
        formatting, LineBreaker(formatting), draft.notes.part.element, page.text_width * POINTS
    )
    pages = pages_of(names, heights.blocks(body), heights.note, page.text_height * POINTS)
    for name, result in draft.page_references:
        result.text = str(pages[name])

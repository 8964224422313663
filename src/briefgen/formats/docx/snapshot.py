"""The snapshot: what was exported, inside the file, so that an edited copy can be read against it.

It travels in a custom XML part, which Word and LibreOffice keep when people edit.
"""

from __future__ import annotations

import json
from typing import Any

from briefgen.formats.docx.custom_xml import add_custom_xml
from briefgen.formats.docx.draft import Draft
from briefgen.formats.docx.marks import Marks
from briefgen.formats.docx.reading import ReadParagraph, read_paragraphs

NAME = "snapshot"
"""Of the root element, whose text is JSON in the form that docs/snapshot.md gives."""
FORM = 1


def add_snapshot(draft: Draft, marks: Marks) -> None:
    """Put the snapshot of the written body into the file."""
    document = draft.document
    values = {name.partition("#")[0] for name, _ in marks.fields.values()}
    snapshot = {
        "snapshot": FORM,
        **document.about,
        "layout": document.layout,
        "data": document.data,
        "values": {name: document.values[name] for name in sorted(values & document.values.keys())},
        "notes": {str(n): list(claims) for n, claims in enumerate(draft.notes.claims, start=1)},
        "paragraphs": [
            _paragraph(paragraph, marks)
            for paragraph in read_paragraphs(draft.file.element.body, marks.generated)
        ],
    }
    add_custom_xml(draft.file, NAME, json.dumps(snapshot, ensure_ascii=False))


def _paragraph(paragraph: ReadParagraph, marks: Marks) -> dict[str, Any]:
    """A paragraph as the snapshot has it; keys that would say nothing are left out."""
    entry = {
        "text": paragraph.text,
        "fields": [
            {
                "key": stretch.key,
                "field": marks.fields[stretch.key][0],
                "copy": marks.fields[stretch.key][1],
                "from": stretch.start,
                "to": stretch.end,
            }
            for stretch in paragraph.marks
        ],
        "generated": paragraph.generated,
        "notes": paragraph.notes,
    }
    return {key: value for key, value in entry.items() if value or key == "text"}

"""Put the snapshot into a file that is being written."""

from __future__ import annotations

import json
from typing import Any

from briefgen.formats.docx.controls import story_parts
from briefgen.formats.docx.custom_xml import add_custom_xml
from briefgen.formats.docx.draft import Draft
from briefgen.formats.docx.looks import Styles
from briefgen.formats.docx.marks import Marks
from briefgen.formats.docx.reading import (
    ReadParagraph,
    View,
    read_furniture,
    read_paragraphs,
    read_text,
)
from briefgen.formats.docx.snapshot import FORM, NAME
from briefgen.formats.docx.threads import fingerprint


def add_snapshot(draft: Draft, marks: Marks) -> None:
    """Put the snapshot of the written body into the file."""
    document, part = draft.document, draft.file.part
    values = {name.partition("#")[0] for name, _ in marks.fields.values()}
    links = {r.rId: r.target_ref for r in part.rels.values() if r.is_external}
    view = View(styles=Styles.of(draft.file.styles.element), links=links)
    snapshot: dict[str, Any] = {
        "snapshot": FORM,
        **document.about,
        "values": {name: document.values[name] for name in sorted(values & document.values.keys())},
        "notes": {
            note_id: {"claims": claims, "text": read_text(note)}
            for note_id, claims, note in draft.notes.written()
        },
        "furniture": read_furniture([p.element for p in story_parts(part) if p is not part]),
        "paragraphs": [
            _paragraph(paragraph, marks)
            for paragraph in read_paragraphs(draft.file.element.body, marks.generated, view)
        ],
    }
    if draft.comments:
        snapshot["comments"] = [fingerprint(comment) for comment in draft.comments.written()]
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
        "emphasis": [
            {"from": start, "to": end, **{k: v for k, v in vars(look).items() if v}}
            for start, end, look in paragraph.emphasis
        ],
        "item": paragraph.is_item,
    }
    return {key: value for key, value in entry.items() if value or key == "text"}

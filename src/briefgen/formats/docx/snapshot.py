"""The snapshot: what was exported, inside the file, so that an edited copy can be read against it.

It travels in a custom XML part, which Word and LibreOffice keep when people edit. docs/snapshot.md
gives its form. An edited copy may come from anyone, so whoever reads a snapshot trusts nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from briefgen.dossier.base import UNPRINTABLE, id_mistake
from briefgen.edition.models import Length
from briefgen.formats.docx.controls import story_parts
from briefgen.formats.docx.custom_xml import add_custom_xml
from briefgen.formats.docx.draft import Draft
from briefgen.formats.docx.looks import Styles
from briefgen.formats.docx.marks import Marks, key_of
from briefgen.formats.docx.reading import (
    Emphasis,
    ReadParagraph,
    Stretch,
    View,
    read_furniture,
    read_paragraphs,
    read_text,
)
from briefgen.formats.docx.threads import fingerprint

NAME = "snapshot"
"""Of the root element, whose text is JSON in the form that docs/snapshot.md gives."""
FORM = 2
LARGEST = 4_000_000
"""Bytes of JSON; sixteen pages have about 200,000."""
MOST_PARAGRAPHS = 20_000
MOST_VALUES = 10_000
MOST_FORMS = 1_000
"""A form is a small number; anything else is not repeated in a message."""
LONGEST_NAME = 300
"""Characters of a field's name, which joins ids of at most 100."""
FIELD = re.compile(r"[\w-]+(\.[\w-]+)*(/[\w-]+(\.[\w-]+)*)+(#\d{1,4})?")
"""A field's name: `<kind>/<id>/<path>#<block>`. Nothing in it leads out of a folder."""


def _check_printable(text: str) -> str:
    if found := UNPRINTABLE.search(text):
        raise ValueError(f"holds the character U+{ord(found[0]):04X}")
    return text


def _check_id(name: str) -> str:
    if mistake := id_mistake(name):
        raise ValueError(mistake[0])
    return name


def _check_field(name: str) -> str:
    if not FIELD.fullmatch(name):
        raise ValueError("is no name of a field")
    return name


Id = Annotated[str, AfterValidator(_check_id)]
FieldName = Annotated[str, StringConstraints(max_length=LONGEST_NAME), AfterValidator(_check_field)]
About = Annotated[str, StringConstraints(max_length=200), AfterValidator(_check_printable)]
Text = Annotated[str, StringConstraints(max_length=100_000), AfterValidator(_check_printable)]
Offset = Annotated[int, Field(ge=0, le=100_000)]
NoteId = Annotated[str, StringConstraints(pattern=r"^e?\d{1,6}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{0,64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class SnapshotField(_Part):
    """A field in a paragraph, between its marks."""

    key: str
    field: FieldName
    occurrence: int = Field(alias="copy", ge=0, le=MOST_VALUES)
    start: Offset = Field(alias="from")
    end: Offset = Field(alias="to")

    @model_validator(mode="after")
    def _check_key(self) -> Self:
        if self.key != key_of(self.field, self.occurrence):
            raise ValueError("the key is not that of the field")
        return self


class SnapshotEmphasis(_Part):
    """A stretch that stands out."""

    start: Offset = Field(alias="from")
    end: Offset = Field(alias="to")
    em: bool = False
    strong: bool = False
    href: Text = ""


class SnapshotParagraph(_Part):
    """A paragraph as it was exported."""

    text: Text
    fields: tuple[SnapshotField, ...] = Field((), max_length=1_000)
    generated: tuple[tuple[Offset, Offset], ...] = Field((), max_length=1_000)
    notes: tuple[tuple[Offset, NoteId], ...] = Field((), max_length=1_000)
    emphasis: tuple[SnapshotEmphasis, ...] = Field((), max_length=10_000)
    is_item: bool = Field(default=False, alias="item")

    @model_validator(mode="after")
    def _check_offsets(self) -> Self:
        ranges = [(f.start, f.end) for f in self.fields]
        ranges += [(e.start, e.end) for e in self.emphasis]
        ranges += [*self.generated, *((at, at + 1) for at, _ in self.notes)]
        if any(not start <= end <= len(self.text) for start, end in ranges):
            raise ValueError("an offset lies outside the text")
        return self

    def as_read(self) -> ReadParagraph:
        """The paragraph in the form in which one of an edited copy is read."""
        return ReadParagraph(
            text=self.text,
            marks=tuple(Stretch(f.key, f.start, f.end) for f in self.fields),
            generated=self.generated,
            notes=self.notes,
            emphasis=tuple(
                (e.start, e.end, Emphasis(e.em, e.strong, e.href)) for e in self.emphasis
            ),
            is_item=self.is_item,
        )


class SnapshotNote(_Part):
    """A footnote as it was exported."""

    claims: tuple[Id, ...] = Field(max_length=1_000)
    text: Text


class Snapshot(_Part):
    """What was exported."""

    snapshot: Literal[2]
    dossier: Id
    edition: Id
    length: Length
    version: About
    issued: About
    layout: Id
    data: Digest
    values: Mapping[FieldName, Text] = Field(max_length=MOST_VALUES)
    notes: Mapping[NoteId, SnapshotNote] = Field(max_length=MOST_VALUES)
    furniture: tuple[Text, ...] = Field(max_length=1_000)
    comments: tuple[Digest, ...] = Field((), max_length=MOST_VALUES)
    paragraphs: tuple[SnapshotParagraph, ...] = Field(max_length=MOST_PARAGRAPHS)

    @model_validator(mode="after")
    def _check_keys(self) -> Self:
        keys = [f.key for paragraph in self.paragraphs for f in paragraph.fields]
        if len(keys) != len(set(keys)):
            raise ValueError("a key stands twice")
        return self


class UnreadableSnapshot(Exception):
    """Why a snapshot is refused; the message goes on from "carries a snapshot"."""

    def __init__(self, what: str, form: int | None = None) -> None:
        super().__init__(what)
        self.form = form
        """Its form, where that is what cannot be read."""


class _Form(BaseModel):
    snapshot: int = Field(strict=True)


def parse_snapshot(text: str) -> Snapshot:
    """The snapshot in the text of its part.

    Raises:
        UnreadableSnapshot: it is too large, damaged, forged or of another form.
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST:
        raise UnreadableSnapshot(f"larger than {LARGEST // 1_000_000} MB, which none of ours is")
    try:
        form = _Form.model_validate_json(data).snapshot
        if form != FORM:
            shown = f" {form}" if abs(form) < MOST_FORMS else ""
            what = f"of another form{shown}; this briefgen reads form {FORM}"
            raise UnreadableSnapshot(what, form)
        return Snapshot.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])[:LONGEST_NAME]
        raise UnreadableSnapshot(f"that is damaged, at {place or 'its start'}") from None


def add_snapshot(draft: Draft, marks: Marks) -> None:
    """Put the snapshot of the written body into the file."""
    document, part = draft.document, draft.file.part
    values = {name.partition("#")[0] for name, _ in marks.fields.values()}
    links = {r.rId: r.target_ref for r in part.rels.values() if r.is_external}
    view = View(styles=Styles.of(draft.file.styles.element), links=links)
    snapshot: dict[str, Any] = {
        "snapshot": FORM,
        **document.about,
        "layout": document.layout,
        "data": document.data,
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

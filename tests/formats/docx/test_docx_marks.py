"""Marks and snapshot: each field's text is known in the file, and nobody who edits sees it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx_office import office
from docx_opened import Opened, find, text_of, values
from docx_sample import document_of, sample, word_style
from openxml_audit import OpenXmlValidator

from briefgen.document.model import Document
from briefgen.formats.docx import render_docx
from briefgen.formats.docx.marks import key_of
from briefgen.formats.docx.oxml import w, wname
from briefgen.formats.docx.reading import OBJECT, ReadParagraph, read_paragraphs
from briefgen.formats.word_options import FOR_EDITING, WordOptions

TITLE = "areas/watch/title"
BODY = f"""
<nav class="toc" id="contents"><h2>Contents</h2>
<ol><li><a href="#watch"><span data-field="{TITLE}">Watch</span></a></li></ol></nav>
<section id="watch">
<h2><span data-field="{TITLE}">Watch</span></h2>
<p><strong><span data-field="areas/watch/short">Ships.</span></strong> By us:
<span data-field="areas/watch/body#0">The HL<span class="generated" data-generated="">
(Harbour League)</span> keeps <em>watch</em>.<span class="footnote" data-generated=""
data-claims="a b">Nilsen, <em>Ports</em>.</span> It pays.</span></p>
<p data-field="areas/watch/body#1">Two  stations.</p>
<p>Of <span data-field="{TITLE}" data-copy="">Watch</span>: our own words.</p>
</section>"""


def document() -> Document:
    return replace(
        document_of(BODY),
        dossier="harbours",
        edition="crews",
        layout="policy-brief",
        data="f00d",
        values={
            TITLE: "Watch",
            "areas/watch/short": "Ships.",
            "areas/watch/body": "The HL keeps *watch* [@a; @b]. It pays.\n\nTwo  stations.",
            "areas/watch/unused": "Not printed.",
        },
    )


def rendered(options: WordOptions = FOR_EDITING) -> Opened:
    return Opened(render_docx(document(), word_style(), options))


def snapshot_of(opened: Opened) -> dict[str, Any]:
    for name in opened.names:
        if name.startswith("customXml/item") and b"urn:briefgen:snapshot" in opened.raw[name]:
            part = opened.part(name)
            if part.tag == "{urn:briefgen:snapshot}snapshot":
                found: dict[str, Any] = json.loads(part.text or "")
                return found
    raise AssertionError("no snapshot")


def texts_by_key(paragraphs: list[ReadParagraph]) -> dict[str, str]:
    return {m.key: p.text[m.start : m.end] for p in paragraphs for m in p.marks}


def test_each_field_stands_in_a_control_and_a_bookmark_of_one_key() -> None:
    body = rendered().body

    controls = {values(c, "w:sdtPr/w:tag/@w:val")[0]: text_of(c) for c in find(body, "//w:sdt")}
    assert controls == {
        key_of(TITLE, 0): "Watch",
        key_of("areas/watch/short", 0): "Ships.",
        key_of("areas/watch/body#0", 0): "The HL (Harbour League) keeps watch. It pays.",
        key_of("areas/watch/body#1", 0): "Two stations.",
        key_of(TITLE, 1): "Watch",
    }
    assert texts_by_key(list(read_paragraphs(body))) == {
        key: text.replace("watch. It", f"watch.{OBJECT} It") for key, text in controls.items()
    }


def test_marks_show_nothing() -> None:
    opened = rendered()

    # Word hides a bookmark whose name starts with an underscore.
    assert all(
        re.fullmatch(r"_bg_[0-9a-f]{12}", name)
        for name in values(opened.body, "//w:sdt/preceding-sibling::*[1]/@w:name")
    )
    for properties in find(opened.body, "//w:sdtPr"):
        assert [child.tag.rpartition("}")[2] for child in properties] == ["tag", "id", "appearance"]
        assert properties[2].attrib.values() == ["hidden"]
    root = opened.part("word/document.xml")
    ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")
    assert "w15" in (ignorable or "").split()
    assert root.nsmap["w15"] == "http://schemas.microsoft.com/office/word/2012/wordml"


def test_the_contents_list_is_words_to_write_and_has_no_marks() -> None:
    entries = rendered().paragraphs("TOC1")

    assert [text_of(entry) for entry in entries] == ["Watch\t1"]
    assert not [element for entry in entries for element in entry.iter(wname("sdt"))]


def test_a_field_lies_in_one_paragraph_and_reads_as_it_is_printed() -> None:
    """Of the sample, where a field is a whole block."""
    body = Opened(render_docx(sample(), word_style())).body

    marked = [p for p in read_paragraphs(body) if p.marks]
    assert [p.text for p in marked] == [p.text[m.start : m.end] for p in marked for m in p.marks]


def test_the_snapshot_says_what_was_exported() -> None:
    snapshot = snapshot_of(rendered())

    assert {key: snapshot[key] for key in list(snapshot)[:8]} == {
        "snapshot": 2,
        "dossier": "harbours",
        "edition": "crews",
        "length": "full",
        "version": "1.0",
        "issued": "2026-11",
        "layout": "policy-brief",
        "data": "f00d",
    }
    assert snapshot["values"] == {
        name: value for name, value in document().values.items() if name != "areas/watch/unused"
    }
    assert snapshot["notes"] == {"1": {"claims": ["a", "b"], "text": "Nilsen, Ports."}}
    assert snapshot["furniture"] == [
        "Open harbours first\tIsland edition",
        "The harbour league · version 1.0 · November 2026\t of",
    ]
    text = f"Ships. By us: The HL (Harbour League) keeps watch.{OBJECT} It pays."
    assert snapshot["paragraphs"][3] == {
        "text": text,
        "fields": [
            {
                "key": key_of("areas/watch/short", 0),
                "field": "areas/watch/short",
                "copy": 0,
                "from": 0,
                "to": 6,
            },
            {
                "key": key_of("areas/watch/body#0", 0),
                "field": "areas/watch/body#0",
                "copy": 0,
                "from": 14,
                "to": len(text),
            },
        ],
        "generated": [[text.index(" (Harbour"), text.index(" keeps")]],
        "notes": [[text.index(OBJECT), "1"]],
        "emphasis": [
            {"from": 0, "to": 6, "strong": True},
            {"from": text.index("watch"), "to": text.index(OBJECT) - 1, "em": True},
        ],
    }
    assert snapshot["paragraphs"][-1]["fields"][0]["copy"] == 1


def test_the_snapshot_has_every_paragraph_as_the_file_reads() -> None:
    opened = Opened(render_docx(sample(), word_style()))

    read = [paragraph.text for paragraph in read_paragraphs(opened.body)]
    assert [entry["text"] for entry in snapshot_of(opened)["paragraphs"]] == read


def test_a_field_without_text_gets_no_control_that_would_ask_for_some() -> None:
    body = '<p>Before<span data-field="areas/a/title"></span> and after.</p>'
    opened = Opened(render_docx(document_of(body), word_style()))

    assert opened.texts()[0] == "Before and after."
    assert not find(opened.body, "//w:sdt")
    assert not values(opened.body, "//w:bookmarkStart/@w:name")


def test_what_word_shows_in_an_emptied_control_is_no_text() -> None:
    body = rendered().body
    control = find(body, f"//w:sdt[w:sdtPr/w:tag/@w:val='{key_of('areas/watch/short', 0)}']")[0]
    find(control, "w:sdtPr")[0].append(w("showingPlcHdr"))
    text = find(control, ".//w:t")[0]
    text.text = 5 * "\u00a0"

    read = list(read_paragraphs(body))
    assert texts_by_key(read)[key_of("areas/watch/short", 0)] == ""
    assert read[3].text.startswith(" By us: The HL")


def test_marks_and_comments_leave_the_file_valid(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(render_docx(sample(), word_style(), WordOptions(annotate=True)))

    assert OpenXmlValidator().validate(path).errors == []


def test_marks_survive_python_docx() -> None:
    blob = render_docx(sample(), word_style())
    saved = BytesIO()
    docx.Document(BytesIO(blob)).save(saved)

    before, after = Opened(blob), Opened(saved.getvalue())
    assert list(read_paragraphs(before.body)) == list(read_paragraphs(after.body))
    assert snapshot_of(before) == snapshot_of(after)


def test_text_and_bookmarks_survive_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(render_docx(document(), word_style()))
    (tmp_path / "saved").mkdir()
    office(tmp_path / "saved", "docx", path)

    before, after = Opened(path.read_bytes()), Opened((tmp_path / "saved/a.docx").read_bytes())
    assert texts_by_key(list(read_paragraphs(after.body))) == texts_by_key(
        list(read_paragraphs(before.body))
    )
    assert snapshot_of(after) == snapshot_of(before)


@pytest.mark.parametrize("options", [WordOptions(), WordOptions(annotate=True)])
def test_a_copy_for_publication_has_nothing_of_it(options: WordOptions) -> None:
    editable = rendered(options)
    final = Opened(render_docx(document(), word_style(), replace(options, final=True)))
    whole = b"".join(final.raw.values())

    assert b"_bg_" not in whole
    assert b"<w:sdt>" not in whole
    assert b"urn:briefgen:snapshot" not in whole
    assert b"<w:comment" not in whole or options.annotate
    assert b"_bg_" in b"".join(editable.raw.values())
    assert [text_of(p) for p in final.paragraphs()] == [text_of(p) for p in editable.paragraphs()]


def test_a_copy_for_publication_names_no_author_and_lets_word_add_none() -> None:
    editable, final = rendered(), rendered(WordOptions(final=True))

    assert b"Island desk" in editable.raw["docProps/core.xml"]
    assert b"Island desk" not in final.raw["docProps/core.xml"]
    assert not find(editable.part("word/settings.xml"), "w:removePersonalInformation")
    assert find(final.part("word/settings.xml"), "w:removePersonalInformation")

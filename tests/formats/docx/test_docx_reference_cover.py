"""Controls of a reference file, and what must not travel from it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx_opened import Opened, find, text_of, values
from docx_references import NS, body_control, by_hand, control, rezipped, saved
from docx_sample import document_of, sample, word_style
from test_docx_reference import FACTS

from briefgen.formats.docx.marks import key_of
from briefgen.formats.docx.reading import read_paragraphs
from briefgen.formats.docx.reference import examine
from briefgen.formats.docx.render import render_docx
from briefgen.formats.reference_doc import read_reference
from briefgen.formats.word_options import WordOptions
from briefgen.problems import Problem, ProblemsFound

WRITER = "Irma Nobody"


def made(file: WordDocument, path: Path, *, body: str | None = None, **facts: str) -> Opened:
    reference = read_reference(saved(file, path / "house.docx"))
    document = replace(document_of(body) if body else sample(), facts={**FACTS, **facts})
    options = WordOptions(reference=reference, create_styles=True)
    return Opened(render_docx(document, word_style(), options))


def examined(file: WordDocument, path: Path, *, create: bool = True) -> list[Problem]:
    reference = read_reference(saved(file, path / "house.docx"))
    return examine(reference, [word_style()], create_styles=create)


def with_line(*elements: object) -> WordDocument:
    """A house file with a line of these elements above the body."""
    file = docx.Document()
    line = file.add_paragraph("Line: ")
    for element in elements:
        line._p.append(element)
    file.element.body.insert(1, body_control())
    return file


def test_a_control_is_filled_in_its_own_look_and_taken_away(tmp_path: Path) -> None:
    opened = made(by_hand(), tmp_path)
    title = opened.paragraphs("Title")[0]

    assert text_of(title) == "Open harbours first"
    assert values(title, "w:r/w:rPr/w:color/@w:val") == ["AA0000"]
    assert not find(opened.body, ".//w:sdt[not(w:sdtPr/w:tag[starts-with(@w:val, '_bg')])]")


def test_a_fact_in_the_houses_cover_is_bound_to_its_field(tmp_path: Path) -> None:
    reference = read_reference(saved(by_hand(), tmp_path / "house.docx"))
    fields = {"title": "editions/crews/title"}
    document = replace(sample(), facts=FACTS, fact_fields=fields)
    options = WordOptions(reference=reference, create_styles=True)

    read = list(read_paragraphs(Opened(render_docx(document, word_style(), options)).body))
    final = render_docx(document, word_style(), replace(options, final=True))

    key = key_of("editions/crews/title", 0)
    assert [p.text[m.start : m.end] for p in read for m in p.marks if m.key == key] == [
        "Open harbours first"
    ]
    assert b"_bg_" not in b"".join(Opened(final).raw.values())


def test_a_placeholder_gives_up_its_grey_for_the_look_of_the_control(tmp_path: Path) -> None:
    placeholder = parse_xml(
        f'<w:sdt {NS}><w:sdtPr><w:rPr><w:i/></w:rPr><w:alias w:val="Evidence To"/>'
        '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/><w:showingPlcHdr/><w:text/></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
        "<w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>"
    )
    opened = made(with_line(placeholder), tmp_path, **{"evidence-to": "2024"})
    run = opened.paragraphs()[0].findall("{*}r")[-1]

    assert text_of(opened.paragraphs()[0]) == "Line: 2024"
    assert values(run, "w:rPr/w:i") is not None
    assert not find(run, "w:rPr/w:rStyle")


def test_a_control_without_a_value_goes_with_its_line(tmp_path: Path) -> None:
    file = by_hand()
    bare = {name: text for name, text in FACTS.items() if name != "handling"}
    reference = read_reference(saved(file, tmp_path / "house.docx"))
    options = WordOptions(reference=reference, create_styles=True)
    opened = Opened(render_docx(replace(sample(), facts=bare), word_style(), options))
    heads = [text_of(opened.part(n)) for n in opened.names if n.startswith("word/header")]

    assert "House odd " in heads
    assert "[contact]" not in text_of(opened.body)
    assert "[handling]" not in "".join(heads)
    first = [text_of(p) for p in opened.body.findall("{*}p")[:3]]
    assert first[1] == "By the house, November 2026"
    assert first[2] == ""  # the line that ends the cover's section


def test_controls_in_text_boxes_are_filled(tmp_path: Path) -> None:
    box = parse_xml(
        f'<w:r {NS} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:99pt">'
        "<v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    next(box.iter("{*}p")).append(control("version", "[version]"))
    opened = made(with_line(box), tmp_path)

    assert [text_of(p) for p in find(opened.body, ".//w:txbxContent/w:p")] == ["1.0"]


def test_what_the_houses_cover_does_not_show_stands_on_ours(tmp_path: Path) -> None:
    opened = made(with_line(control("title", "x"), control("stance", "x")), tmp_path, stance="ours")
    text = text_of(opened.body)

    assert text.count("Open harbours first") == 1
    assert "Written from the islands’ interests" in text  # in other words than the fact
    assert "Evidence to" in text
    assert "HL-2026-07" in text


def test_a_hidden_control_or_one_behind_the_text_shows_nothing(tmp_path: Path) -> None:
    hidden = with_line(control("reference", "x", "<w:vanish/>"))
    behind = docx.Document()
    behind.element.body.insert(0, body_control())
    behind.add_paragraph()._p.append(control("reference", "x"))

    for file in (hidden, behind):
        assert text_of(made(file, tmp_path).body).count("HL-2026-07") == 2


def test_a_line_that_says_more_than_is_shown_stays_whole(tmp_path: Path) -> None:
    opened = made(with_line(control("issued", "x")), tmp_path)
    assert "November 2026, version 1.0" in text_of(opened.body)

    opened = made(with_line(control("issued", "x"), control("version", "x")), tmp_path)
    assert "November 2026, version 1.0" not in text_of(opened.body)


def test_an_unknown_control_stays_and_is_named(tmp_path: Path) -> None:
    file = with_line(control("titel", "Stay"))
    (found,) = examined(file, tmp_path)

    assert (found.code, found.severity) == ("BG069", "warning")
    assert '"titel"' in found.what
    assert 'did you mean "title"?' in found.mend
    assert "Stay" in text_of(made(file, tmp_path).body)


def test_a_brief_that_serves_as_house_file_leaves_its_marks_behind(tmp_path: Path) -> None:
    brief = docx.Document(BytesIO(render_docx(sample(), word_style())))
    brief.element.body.insert(3, body_control())
    before = Opened(saved(brief, tmp_path / "brief.docx").read_bytes())
    assert b"_bg_" in before.raw["word/document.xml"]

    made_again = made(brief, tmp_path, body="<p>Nothing of the data.</p>")

    assert b"_bg_" not in made_again.raw["word/document.xml"]
    assert "The islands gain more" in "".join(made_again.texts())
    assert [p.code for p in examined(brief, tmp_path)] == ["BG068", "BG068"]


def test_the_body_stands_in_one_place_and_in_the_text(tmp_path: Path) -> None:
    twice = with_line()
    twice.element.body.insert(0, body_control())
    in_table = docx.Document()
    in_table.add_table(1, 1).cell(0, 0)._tc.insert(1, body_control())

    for file in (twice, in_table):
        (found,) = examined(file, tmp_path)
        assert (found.code, found.severity) == ("BG069", "error")


def test_text_that_is_left_out_or_kept_in_bulk_is_said(tmp_path: Path) -> None:
    lost = docx.Document()
    lost.add_paragraph("A sentence of another document. " * 20)
    kept = with_line()
    kept.add_paragraph("A sentence of another document. " * 200)

    for file, words in ((lost, "100"), (kept, "1001")):
        (found,) = examined(file, tmp_path)
        assert (found.code, found.severity) == ("BG068", "warning")
        assert f"{words} words" in found.what
    assert "another document" not in text_of(made(lost, tmp_path).body)
    assert examined(docx.Document(), tmp_path) == []


def test_missing_styles_are_one_error_that_says_what_each_is_for(tmp_path: Path) -> None:
    file = docx.Document()
    for name in ("Quote", "Body Text"):
        file.styles[name].delete()
    (found,) = examined(file, tmp_path, create=False)

    assert (found.code, found.severity) == ("BG067", "error")
    assert "Body Text (paragraphs)" in found.what
    assert "Quote (quotations set apart)" in found.what
    assert "Briefgen" not in found.what
    assert "Heading 1" not in found.what
    assert "--create-styles" in found.mend
    assert "only once it has been used" in found.mend
    assert examined(file, tmp_path, create=True) == []


def test_a_mapping_to_a_style_that_is_not_there_is_an_error_in_any_case(tmp_path: Path) -> None:
    file = docx.Document()
    reference = read_reference(saved(file, tmp_path / "house.docx"))
    word = word_style().model_copy(update={"reference_styles": {"Quote": "Intense Quot"}})
    (found,) = examine(reference, [word], create_styles=True)

    assert found.code == "BG067"
    assert 'did you mean "Intense Quote"?' in found.mend


def test_a_style_is_found_by_its_alias(tmp_path: Path) -> None:
    file = docx.Document()
    quote = file.styles["Quote"]
    quote.element.name_val = "Zitat"
    quote.element.insert(1, parse_xml(f'<w:aliases {NS} w:val="q,Quote"/>'))
    opened = made(file, tmp_path)

    assert values(opened.part("word/styles.xml"), "w:style/w:name[@w:val='Quote']") == []
    assert "A harbour that is open to one is open to none." in opened.texts("Quote")


def with_traces() -> WordDocument:
    """A house file that says who wrote it, in every way that Word knows."""
    file = by_hand()
    body, package = file.element.body, file.part.package
    file.core_properties.author = file.core_properties.last_modified_by = WRITER
    file.core_properties.category = WRITER
    file.add_comment(file.paragraphs[1].runs, text=WRITER, author=WRITER, initials="IN")
    paragraph = body.find("{*}p")
    by = f'w:author="{WRITER}" w:date="2020-01-01T00:00:00Z"'
    for xml in (
        f'<w:ins {NS} w:id="1" {by}><w:r><w:t>!</w:t></w:r></w:ins>',
        f'<w:del {NS} w:id="2" {by}><w:r><w:delText>{WRITER}</w:delText></w:r></w:del>',
        f'<w:permStart {NS} w:id="3" w:ed="{WRITER}"/>',
        f'<w:bookmarkStart {NS} w:id="4" w:name="_{WRITER.replace(" ", "")}"/>',
        f'<w:bookmarkEnd {NS} w:id="4"/>',
    ):
        paragraph.append(parse_xml(xml))
    link = parse_xml(
        f'<w:hyperlink {NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships" r:id="rIdFile"><w:r><w:t>?</w:t></w:r></w:hyperlink>'
    )
    paragraph.append(link)
    file.part.rels.add_relationship(RT.HYPERLINK, f"file:///home/{WRITER}", "rIdFile", True)  # noqa: FBT003
    office = "application/vnd.openxmlformats-officedocument."
    parts = {
        RT.CUSTOM_XML: ("/customXml/item9.xml", "application/xml"),
        RT.GLOSSARY_DOCUMENT: ("/word/glossary/document.xml", f"{office}x+xml"),
        RT.CUSTOM_PROPERTIES: ("/docProps/custom.xml", f"{office}custom-properties+xml"),
    }
    for kind, (name, content_type) in parts.items():
        blob = f"<x>{WRITER}</x>".encode()
        part = Part(PackURI(name), content_type, blob, package)
        (package if kind == RT.CUSTOM_PROPERTIES else file.part).relate_to(part, kind)
    variable = f'<w:docVar w:name="a" w:val="{WRITER}"/>'
    file.settings.element.append(parse_xml(f"<w:docVars {NS}>{variable}</w:docVars>"))
    settings = file.part.part_related_by(RT.SETTINGS)
    template = RT.SETTINGS.replace("settings", "attachedTemplate")
    settings.relate_to(f"file:///home/{WRITER}/t.dotm", template, is_external=True)
    return file


def test_nothing_personal_travels(tmp_path: Path) -> None:
    file = with_traces()
    house = Opened(saved(file, tmp_path / "traces.docx").read_bytes())
    assert sum(WRITER.encode() in blob for blob in house.raw.values()) >= 7
    opened = made(file, tmp_path)

    assert [name for name, blob in opened.raw.items() if b"Nobody" in blob] == []
    assert not [n for n in opened.names if "glossary" in n or "comments" in n or "thumbnail" in n]
    assert text_of(opened.paragraphs("Title")[0]) == "Open harbours first!?"
    core = docx.Document(BytesIO(opened.blob)).core_properties
    assert (core.author, core.last_modified_by, core.category) == ("Island desk", "", "")


@pytest.mark.parametrize("has_zoom", [True, False])
def test_a_final_copy_in_a_houses_style_forbids_names_where_the_schema_has_it(
    tmp_path: Path, *, has_zoom: bool
) -> None:
    file = by_hand()
    zoom = file.settings.element.find("{*}zoom")
    if not has_zoom:
        file.settings.element.remove(zoom)
    reference = read_reference(saved(file, tmp_path / "house.docx"))
    options = WordOptions(reference=reference, create_styles=True, final=True)
    settings = Opened(render_docx(sample(), word_style(), options)).part("word/settings.xml")

    names = [str(child.tag).rpartition("}")[2] for child in settings]
    expected = [*["zoom"] * has_zoom, "removePersonalInformation"]
    assert names[: len(expected)] == expected


def test_linked_and_embedded_objects_are_left_out_and_said(tmp_path: Path) -> None:
    file = with_line()
    chart = parse_xml(
        f'<w:r {NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<w:object><w:control r:id="rIdOle"/></w:object></w:r>'
    )
    file.paragraphs[0]._p.append(chart)
    part = Part(PackURI("/word/embeddings/a.bin"), "application/x", b"x", file.part.package)
    file.part.rels.add_relationship(RT.OLE_OBJECT, part, "rIdOle")
    (found,) = examined(file, tmp_path)

    assert "embedded or linked objects" in found.what
    assert not find(made(file, tmp_path).body, ".//w:object")


def test_our_running_head_ignores_the_tab_stops_of_the_house(tmp_path: Path) -> None:
    opened = made(docx.Document(), tmp_path)
    foot = opened.part("word/footer1.xml")

    # Stops of the house at 4320 and 9360 or the like; the text is 6 inches wide.
    *cleared, last = find(foot, "w:p/w:pPr/w:tabs/w:tab")
    assert {value for tab in cleared for value in values(tab, "@w:val")} == {"clear"}
    assert values(last, "@w:val | @w:pos") == ["right", "8640"]
    assert "The harbour league · version 1.0 · November 2026" in text_of(foot)


def test_a_part_that_is_not_what_the_file_says_is_damage(tmp_path: Path) -> None:
    path = saved(by_hand(), tmp_path / "house.docx")
    kinds = (b"wordprocessingml.settings+xml", b"wordprocessingml.other+xml")
    wrong = rezipped(path, lambda n, c: c.replace(*kinds) if "Types" in n else c, tmp_path / "w")

    with pytest.raises(ProblemsFound, match=r"BG066.*settings\.xml is not what the file says"):
        examine(read_reference(wrong), [word_style()], create_styles=True)


@pytest.mark.parametrize("language", ["en-GB", "en-US"])
def test_the_language_is_the_documents_not_the_houses(tmp_path: Path, language: str) -> None:
    reference = read_reference(saved(by_hand(), tmp_path / "house.docx"))
    options = WordOptions(reference=reference, create_styles=True)
    document = replace(document_of("<p>x</p>", language=language), facts=FACTS)
    opened = Opened(render_docx(document, word_style(), options))

    assert set(values(opened.part("word/styles.xml"), "//w:lang/@w:val")) == {language}

"""The house style: named styles from the theme, and a `word.yaml` that cannot be half right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx_opened import Opened, find, values
from docx_sample import LAYOUT, document_of, layout_in, theme, word_style

from briefgen.document.layout import load_layout
from briefgen.document.vocabulary import CLASSES
from briefgen.formats.docx.blocks import WRITERS
from briefgen.formats.docx.render import render_docx
from briefgen.formats.docx.tree import INLINE
from briefgen.formats.docx.word_style import UnknownWordStyle, load_word_style
from briefgen.problems import ProblemsFound

BUILT_IN = {
    "Normal",
    "Title",
    "Subtitle",
    "heading 1",
    "heading 2",
    "heading 3",
    "heading 4",
    "Body Text",
    "List Bullet",
    "List Number",
    "Quote",
    "caption",
    "footnote text",
    "footnote reference",
    "Hyperlink",
    "TOC Heading",
    "toc 1",
    "toc 2",
    "header",
    "footer",
    "Bibliography",
}
OWN = {
    "Series",
    "Bottom Line",
    "Question",
    "So What",
    "Message",
    "Box",
    "Box Heading",
    "Case Heading",
    "Disclosure",
    "Table Text",
    "Table Head",
    "Control Label",
    "Control Text",
    "Table",
}


def sheet() -> Opened:
    return Opened(render_docx(document_of("<p>x</p>"), word_style()))


def test_the_named_styles_are_there() -> None:
    names = set(values(sheet().part("word/styles.xml"), "w:style/w:name/@w:val"))

    assert names >= BUILT_IN
    assert names >= {f"Briefgen {name}" for name in OWN}


def test_the_gallery_offers_what_people_write_with_before_all_else() -> None:
    styles = find(sheet().part("word/styles.xml"), "//w:style[w:qFormat]")
    priority = {
        values(style, "w:name/@w:val")[0]: int(values(style, "w:uiPriority/@w:val")[0])
        for style in styles
    }

    assert sorted(priority, key=priority.__getitem__)[:6] == [
        *("Body Text", "heading 1", "heading 2", "heading 3", "heading 4", "List Bullet")
    ]
    assert not [name for name in priority if name.startswith(("Briefgen", "toc", "annotation"))]


def test_nothing_of_the_templates_own_style_is_left() -> None:
    styles = sheet().part("word/styles.xml")

    assert len(find(styles, "w:style")) == len(word_style().styles) + 3
    assert len(sheet().raw["word/styles.xml"]) < 60_000


def test_colours_come_from_the_theme() -> None:
    allowed = {colour.lstrip("#").upper() for colour in theme().colours.values()} | {"auto"}
    styles = sheet().part("word/styles.xml")

    used = values(styles, "//w:color/@w:val | //@w:color | //@w:fill")
    assert set(used) <= allowed


def test_an_edition_in_another_accent_gets_its_own_house_file() -> None:
    red = theme().model_copy(update={"colours": {**theme().colours, "accent": "#aa0000"}})
    document = document_of("<h2>x</h2>")
    changed = Opened(render_docx(type(document)(**{**vars(document), "theme": red}), word_style()))

    assert "AA0000" in values(changed.part("word/styles.xml"), "//w:color/@w:val")
    assert "AA0000" not in values(sheet().part("word/styles.xml"), "//w:color/@w:val")


def test_headings_and_boxes_hang_into_the_margin() -> None:
    styles = sheet().part("word/styles.xml")

    for name in ("Title", "Heading1", "Caption", "BriefgenSeries"):
        assert values(styles, f"w:style[@w:styleId='{name}']/w:pPr/w:ind/@w:left") == ["-794"]


def test_every_element_of_the_vocabulary_has_a_writer() -> None:
    inside_others = {
        "html",
        "head",
        "title",
        "meta",
        "body",
        "li",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figcaption",
        "img",
        "div",
        "dt",
        "dd",
    }

    assert CLASSES.keys() == WRITERS.keys() | INLINE | inside_others


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "scale: {text",
            "fonts: {text: Papyrus}\nscale: {text",
            (
                'templates/policy-brief/word.yaml:6:1: error[BG004]: unknown key "fonts"\n'
                "  help: keys here: columns, "
            ),
        ),
        (
            "  h1: Title",
            "  h1: Titel",
            (
                'templates/policy-brief/word.yaml:32:7: error[BG012]: unknown Word style "Titel"\n'
                '  help: did you mean "Title"? define it under `styles:`'
            ),
        ),
        (
            "styles: [Briefgen Message]",
            "styles: [Briefgen Massage]",
            (
                'error[BG012]: unknown Word style "Briefgen Massage"\n'
                '  help: did you mean "Briefgen Message"? define it under `styles:`'
            ),
        ),
        (
            "{based_on: Normal, after: 7}",
            "{based_on: Normel, after: 7}",
            (
                'error[BG012]: unknown Word style "Normel"\n'
                '  help: did you mean "Normal"? define it under `styles:`'
            ),
        ),
    ],
)
def test_a_mistake_in_the_word_styles_is_reported_at_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    copied = shutil.copytree(LAYOUT, tmp_path / "policy-brief")
    text = (copied / "word.yaml").read_text("utf-8")
    assert old in text
    (copied / "word.yaml").write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(ProblemsFound) as found:
        load_word_style(layout_in(tmp_path))

    assert message in str(found.value)


def test_an_element_without_a_style_is_named() -> None:
    with pytest.raises(UnknownWordStyle, match=r'"p\.loud" within'):
        word_style().style_of("p.loud", ("box",))


def test_the_nearest_surroundings_decide() -> None:
    assert word_style().style_of("h2", ("case", "box")) == "Briefgen Case Heading"
    assert word_style().style_of("h2", ("box",)) == "Briefgen Box Heading"
    assert word_style().style_of("p", ("case", "box")) == "Briefgen Box"
    assert word_style().style_of("h2", ("cover",)) == "Heading 1"


def test_a_level_added_to_a_numbered_paragraph_looks_as_the_lists_of_the_layout_do() -> None:
    layout = load_layout("briefing-note", [(LAYOUT.parent, Path("templates"))])
    lists = load_word_style(layout).lists

    assert lists["ol.paragraphs"].marks == lists["ol"].marks
    assert lists["ol.paragraphs"].formats == lists["ol"].formats


def test_properties_are_inherited() -> None:
    assert word_style().inherited("Briefgen Case Heading", "keep_next") is True
    assert word_style().inherited("Briefgen Case Heading", "tab") is None

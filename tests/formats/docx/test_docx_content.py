"""Nothing that a reader of the document sees is missing in the Word file."""

from __future__ import annotations

import pytest
from docx_opened import Opened, find, text_of, values
from docx_sample import document_of, sample, word_style
from lxml import etree

from briefgen.document.vocabulary import CLASSES
from briefgen.formats.docx.oxml import wname
from briefgen.formats.docx.render import render_docx
from briefgen.formats.docx.tree import UnwritableElement


def rendered(body: str) -> Opened:
    return Opened(render_docx(document_of(body), word_style()))


def test_the_sample_uses_the_whole_vocabulary() -> None:
    tree = sample().tree
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    used = {e.tag for e in elements}
    used_classes = {(e.tag, name) for e in elements for name in (e.get("class") or "").split()}

    assert {name for name in CLASSES if name not in used} <= {"meta", "img"}
    assert used_classes >= {(tag, name) for tag, names in CLASSES.items() for name in names}


@pytest.mark.parametrize(
    "body",
    [
        "<video>A film</video>",
        "<section><h2>Part</h2><div>A block</div></section>",
        "<p>Text <button>Press</button></p>",
        "<p>Text <ul><li>in a line</li></ul></p>",
        "<ul><p>Not an item</p></ul>",
        "<table><tbody><tr><td>One</td></tr><tr><td>One</td><td>Two</td></tr></tbody></table>",
        "<section>Loose text</section>",
        '<p class="shouting">Text</p>',
        '<p>Note<span class="footnote">in a <span class="footnote">note</span></span></p>',
        '<p><a href="#nowhere">Link</a></p>',
        '<p id="a">One</p><p id="a">Two</p>',
        '<figure><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/></figure>',
        '<figure><img src="https://example.org/a.png" alt="A picture"/></figure>',
    ],
)
def test_what_the_writer_has_no_rule_for_stops_the_build(body: str) -> None:
    with pytest.raises((UnwritableElement, LookupError)):
        rendered(body)


def test_the_refusal_names_the_place() -> None:
    with pytest.raises(UnwritableElement, match=r"^html/body/section/video: no rule"):
        rendered("<section><video/></section>")


def test_white_space_collapses_as_in_html() -> None:
    opened = rendered("<p>\n  One <strong>two </strong>\n three<br/>\n four\u00a0five \n</p>")

    assert opened.texts("BodyText") == ["One two three\nfour\u00a0five"]


def test_a_blank_before_a_link_is_not_part_of_the_link() -> None:
    opened = rendered('<p>See <a href="https://example.org">there</a> and here.</p>')
    (link,) = find(opened.body, ".//w:hyperlink")

    assert text_of(link) == "there"
    assert opened.texts("BodyText") == ["See there and here."]


def test_blanks_at_the_ends_of_runs_survive_in_word() -> None:
    opened = rendered("<p>One <em>two</em> three</p>")
    texts = [t for t in opened.body.iter(wname("t")) if (t.text or "") != (t.text or "").strip()]

    assert texts
    assert all(t.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" for t in texts)


def test_quotations_alternate_their_marks() -> None:
    opened = rendered("<p><q>one <q>two <q>three</q></q></q></p>")

    assert opened.texts("BodyText") == ["‘one “two ‘three’”’"]


def test_word_is_given_its_own_hyphens() -> None:
    opened = rendered("<p>co\u2011operation, har\u00adbour</p>")

    assert len(find(opened.body, ".//w:noBreakHyphen")) == 1
    assert len(find(opened.body, ".//w:softHyphen")) == 1


def test_words_of_another_language_say_so() -> None:
    opened = rendered('<p>A <span lang="ja">港湾</span>, a <em lang="fr">port</em></p>')

    assert values(opened.body, ".//w:lang/@w:eastAsia") == ["ja-JP"]
    assert values(opened.body, ".//w:lang/@w:val") == ["ja-JP", "fr-FR"]
    assert values(opened.body, ".//w:rFonts/@w:hint") == ["eastAsia"]


def test_the_language_of_a_block_holds_for_its_text() -> None:
    opened = rendered('<section lang="de"><p>Ein Hafen</p></section><p>A harbour</p>')

    assert values(opened.body, "w:p//w:lang/@w:val") == ["de-DE"]


def test_emphasis_inside_emphasis_keeps_both() -> None:
    opened = rendered("<p><strong>night <em>pilots</em></strong></p>")
    outer, inner = find(opened.body, ".//w:r")

    assert values(outer, "w:rPr/*/@w:val") == ["Strong"]
    assert [etree.QName(e).localname for e in find(inner, "w:rPr/*")] == ["rStyle", "i"]


def test_strong_text_in_a_bold_style_is_not_toggled_to_light() -> None:
    table = '<tr><th scope="row"><strong>Lead</strong></th><td>Text</td></tr>'
    opened = rendered(f"<table><tbody>{table}</tbody></table>")

    assert "Strong" not in values(opened.body, ".//w:rStyle/@w:val")

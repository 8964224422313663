"""Prose in HTML: notes, emphasis, links, lists, typography."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefgen.document.prose import (
    render_blocks,
    render_inline,
    render_plain,
    sentence_ends,
    typeset_quote,
)

NOTE = re.compile(r'<span class="footnote" data-claims="([^"]*)" data-generated=""/>')


def shown(text: str) -> str:
    """The prose as HTML, its notes shortened to {claims}, without the carrier of its field."""
    html = str(render_inline(text, "claims/x/note"))
    inner = html.removeprefix('<span data-field="claims/x/note">').removesuffix("</span>")
    return NOTE.sub(r"{\1}", inner)


# --- Notes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A says so [@a].", "A says so.{a}", id="at the end"),
        pytest.param("A says so. [@a]", "A says so.{a}", id="behind the full stop"),
        pytest.param("A [@a] says so.", "A says so.{a}", id="in the middle"),
        pytest.param("[@a] A says so. B too.", "A says so.{a} B too.", id="at the start"),
        pytest.param("A [@a] and B [@b].", "A and B.{a b}", id="several places, one note"),
        pytest.param("A [@a; @b].", "A.{a b}", id="several claims"),
        pytest.param("A [@a] or A [@a].", "A or A.{a}", id="the same claim twice"),
        pytest.param("A [@a]. [@b]", "A.{a b}", id="before and behind the full stop"),
        pytest.param("A. [@a] [@b] B.", "A.{a b} B.", id="two citations behind the full stop"),
        pytest.param("A [@a]. B [@b].", "A.{a} B.{b}", id="two sentences"),
        pytest.param("A [@a]", "A{a}", id="no full stop"),
        pytest.param("Is it [@a]? Yes.", "Is it?{a} Yes.", id="a question"),
        pytest.param("So [@a]! Yes.", "So!{a} Yes.", id="an exclamation"),
        pytest.param("So… [@a] Yes [@b].", "So…{a} Yes.{b}", id="an ellipsis"),
        pytest.param('He says "so" [@a]. Yes.', "He says “so”.{a} Yes.", id="before a stop"),
        pytest.param('He says "so." [@a] Yes.', "He says “so.”{a} Yes.", id="after a quotation"),
        pytest.param("(A says so [@a].) Yes.", "(A says so.){a} Yes.", id="in brackets"),
        pytest.param("A **says.** [@a] Yes.", "A <strong>says.</strong>{a} Yes.", id="emphasis"),
        pytest.param("*A [@a] says.* Yes.", "<em>A says.</em>{a} Yes.", id="inside emphasis"),
        pytest.param("A\n[@a]\nsays. B.", "A says.{a} B.", id="over several lines"),
        pytest.param("It grew by 3.5 [@a] in all. B.", "It grew by 3.5 in all.{a} B.", id="3.5"),
    ],
)
def test_a_sentence_has_one_note_behind_its_full_stop(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A [@a], the U.S. Navy says. B.", "A, the U.S. Navy says.{a} B."),
        ("A [@a], the U.S. and B say. C.", "A, the U.S. and B say.{a} C."),
        ("Mr. Abe [@a] met Dr. Holm. B.", "Mr.\u00a0Abe met Dr.\u00a0Holm.{a} B."),
        ("J. Smith [@a] vs. K. Jones said. B.", "J. Smith vs. K. Jones said.{a} B."),
        ("See [@a] No. 4 of p. 3 again. B.", "See No.\u00a04\u00a0of p.\u00a03\u00a0again.{a} B."),
        ("This [@a], i.e. that, e.g. it. B.", "This, i.e. that, e.g. it.{a} B."),
        ("He said no [@a]. Then B.", "He said no.{a} Then B."),
        # Whoever cites behind a stop means its sentence.
        ("So says the U.S. [@a] Japan does not [@b].", "So says the U.S.{a} Japan does not.{b}"),
        ("So say the U.S. [@a] and Japan. B.", "So say the U.S. and Japan.{a} B."),
    ],
)
def test_an_abbreviation_does_not_end_its_sentence(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_each_item_of_a_list_has_its_own_notes_and_field() -> None:
    html = render_blocks("First [@a]:\n\n- one [@b].\n- two *x* [@c]\n\nLast.", "areas/x/body")

    assert NOTE.sub(r"{\1}", str(html)) == (
        '<p><span data-field="areas/x/body#0">First:{a}</span></p>'
        '<ul><li><span data-field="areas/x/body#1">one.{b}</span></li>'
        '<li><span data-field="areas/x/body#2">two <em>x</em>{c}</span></li></ul>'
        '<p><span data-field="areas/x/body#3">Last.</span></p>'
    )


@given(st.lists(st.sampled_from([*"abAB .!?…\"'()*<&", "[@x]", "[@y; @z]", " U.S. "]), max_size=40))
def test_no_citation_is_lost_and_the_page_stays_well_formed(parts: list[str]) -> None:
    text = "A" + "".join(parts)

    html = str(render_inline(text, "f"))

    etree.fromstring(html)
    in_notes = {name for note in NOTE.findall(html) for name in note.split()}
    assert in_notes == set(re.findall(r"[xyz]", "".join(re.findall(r"\[@[^]]*\]", text))))
    assert '></span><span class="footnote"' not in html
    assert not re.search(r'data-generated=""/><span class="footnote"', html)


def test_sentences_end_behind_their_quotation_marks() -> None:
    text = "One. “Two.” Three (3.5)? four"

    assert [text[:end] for end in sentence_ends(text)] == ["One.", "One. “Two.”"]


# --- Text ---------------------------------------------------------------------


def test_characters_of_markup_are_escaped() -> None:
    assert shown("a < b & c > d") == "a &lt; b &amp; c &gt; d"
    assert render_plain('<b>"x"</b> & y', "f") == (
        '<span data-field="f">&lt;b&gt;“x”&lt;/b&gt; &amp; y</span>'
    )
    assert str(render_plain("x", '"><script>')) == (
        '<span data-field="&#34;&gt;&lt;script&gt;">x</span>'
    )


@pytest.mark.parametrize("render", [lambda text: str(render_plain(text, "f")), shown])
def test_quotation_marks_and_dashes_are_typographic(render: object) -> None:
    assert callable(render)

    assert "He’s “here” – so" in render('He\'s "here" - so')


@pytest.mark.parametrize(
    "text",
    [
        "on 9~June 2022",
        "in June~2022",
        "Article~9",
        "Table~1, p.~3, no.~4",
        "50~per~cent",
        "16~goals",
        "£210,000~in all",
        "1.5~billion US dollars",
        "Md.~Harun, Dr~Abe",
    ],
)
def test_no_line_ends_between_what_belongs_together(text: str) -> None:
    assert shown(text.replace("~", " ")).replace("\u00a0", "~") == text


@pytest.mark.parametrize("text", ["In 2005 both", "SM-3, SM-2 Block", "May I ask", "a 3. Then"])
def test_other_spaces_break(text: str) -> None:
    assert shown(text) == text


def test_a_space_does_not_break_over_the_end_of_a_line_of_yaml() -> None:
    assert shown("on 9\nJune") == "on 9\u00a0June"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[l](https://x.example?a=1&b=2)", '<a href="https://x.example?a=1&amp;b=2">l</a>'),
        ("[l](mailto:a@b.example)", '<a href="mailto:a@b.example">l</a>'),
        ("[l](#areas)", '<a href="#areas">l</a>'),
        ("[*l* m](http://x.example) n", "<em>l</em> m n"),
        ("[l](ftp://x.example)", "l"),
        ("[l](javascript:alert)", "[l](javascript:alert)"),
        ("[l](/etc/passwd)", "l"),
    ],
)
def test_links_lead_to_https_mail_or_the_document_itself(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_emphasis_is_kept() -> None:
    assert shown("an *italic* and a **bold** word") == (
        "an <em>italic</em> and a <strong>bold</strong> word"
    )


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("the council's *own* words", "the council’s own words"),
        ("* Independent Researcher", "Independent Researcher"),
        ("no mark at all", "no mark at all"),
        (r"they pledged \$5", "they pledged $5"),
        ("under the 'First Plan,' since", "under the “First Plan,” since"),
        ("Japan's 'first' plan", "Japan’s “first” plan"),
        ('Mission," *Asahi*', "Mission,” Asahi"),
        ('so the "new plan', "so the “new plan"),
    ],
)
def test_a_passage_is_shown_without_signs_of_markup_and_with_double_quotation_marks(
    quote: str, shown: str
) -> None:
    assert typeset_quote(quote) == shown

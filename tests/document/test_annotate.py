"""What is added to the tree: terms, numbers, copies; and what is taken out again."""

from __future__ import annotations

import pytest
from lxml import etree

from briefgen.document.annotate import expand_terms, mark_copies, number_captions, prune
from briefgen.dossier.records import Term

ETO = Term(id="term-eto", term="ETO", expansion="Experimental Traffic Order")


def page(body: str) -> etree._Element:
    return etree.fromstring(f"<html><body>{body}</body></html>")


def inside(tree: etree._Element) -> str:
    body = tree.find("body")
    assert body is not None
    html = "".join(etree.tostring(child, encoding="unicode") for child in body)
    return html.replace(' data-generated=""', "")


def expanded(body: str, *, known: tuple[str, ...] = ()) -> str:
    tree = page(body)
    expand_terms(tree, [ETO], known)
    return inside(tree)


LONG = '<abbr title="Experimental Traffic Order">ETO</abbr>'
ADDED = '<span class="generated"> (Experimental Traffic Order)</span>'


# --- Terms --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>An ETO is an ETO.</p>", f"<p>An {LONG}{ADDED} is an ETO.</p>"),
        ("<h2>ETO</h2><p>ETO</p>", f"<h2>ETO</h2><p>{LONG}{ADDED}</p>"),
        ("<p>An <em>ETO</em> is an ETO.</p>", f"<p>An <em>{LONG}{ADDED}</em> is an ETO.</p>"),
        ("<p><em>An</em> ETO.</p>", f"<p><em>An</em> {LONG}{ADDED}.</p>"),
        ("<p>The ETO’s end.</p>", f"<p>The {LONG}’s{ADDED} end.</p>"),
        ("<p>ETO-like</p><p>xETO ETOs</p>", "<p>ETO-like</p><p>xETO ETOs</p>"),
        (
            "<table><tbody><tr><td>ETO</td></tr></tbody></table><p>ETO</p>",
            f"<table><tbody><tr><td>ETO</td></tr></tbody></table><p>{LONG}{ADDED}</p>",
        ),
        (
            '<p>A.<span class="footnote">ETO</span> ETO</p>',
            f'<p>A.<span class="footnote">ETO</span> {LONG}{ADDED}</p>',
        ),
    ],
)
def test_an_abbreviation_is_expanded_where_the_running_text_first_uses_it(
    body: str, expected: str
) -> None:
    assert expanded(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<p>An Experimental Traffic Order (ETO) came. The ETO went.</p>",
        "<p>An ETO (experimental traffic order) came.</p>",
        "<p>An <em>Experimental\n Traffic Order</em>, or <strong>ETO</strong>.</p>",
    ],
)
def test_an_abbreviation_that_the_paragraph_spells_out_is_left_alone(body: str) -> None:
    assert expanded(body) == body


def test_what_the_audience_knows_is_not_expanded() -> None:
    assert expanded("<p>An ETO.</p>", known=("ETO",)) == "<p>An ETO.</p>"


def test_a_term_occurs_where_any_text_but_the_list_itself_shows_it() -> None:
    fixed = Term(id="term-quad", term="Quad")
    listing = '<dl class="abbreviations"><div><dt>ETO</dt><dd>x</dd></div></dl>'

    assert expand_terms(page(f"<p>Quad</p>{listing}"), [ETO, fixed], ()) == set()
    assert expand_terms(page(f"<h2>ETO</h2>{listing}"), [ETO, fixed], ()) == {"term-eto"}


def test_a_term_that_stands_only_in_the_words_of_a_source_does_not_occur() -> None:
    link = '<a class="ref" href="#{}">ETO</a>'
    passage = f"<p>‘under the ETO’, {link.format('source-council-2021')}</p>"
    ours = f"<p>Our inference from {link.format('claim-x')}: an ETO.</p>"

    assert expand_terms(page(f"<table><tr><td>{passage}</td></tr></table>"), [ETO], ()) == set()
    assert expand_terms(page(f"<table><tr><td>{ours}</td></tr></table>"), [ETO], ()) == {"term-eto"}


# --- Numbers, copies ----------------------------------------------------------


def test_figures_and_tables_are_numbered_apart() -> None:
    tree = page(
        "<table><caption>A</caption></table><figure><figcaption>B <em>c</em></figcaption></figure>"
        "<table><caption><em>D</em></caption></table>"
    )

    number_captions(tree, "Figure", "Table")

    assert inside(tree) == (
        '<table><caption><span class="generated">Table&#160;1. </span>A</caption></table>'
        '<figure><figcaption><span class="generated">Figure&#160;1. </span>B <em>c</em>'
        "</figcaption></figure>"
        '<table><caption><span class="generated">Table&#160;2. </span><em>D</em></caption></table>'
    ).replace("&#160;", "\u00a0")


def test_tables_of_data_follow_the_order_of_their_figures_and_name_them() -> None:
    tree = page(
        '<figure id="b"><figcaption>B</figcaption></figure>'
        '<figure id="a"><figcaption>A</figcaption></figure>'
        '<table id="a-data"><caption>A</caption></table><p/>'
        '<table id="b-data"><caption>B</caption></table>'
        '<table id="other-data"><caption>C</caption></table>'
    )

    number_captions(tree, "Figure", "Table")

    captions = ["".join(map(str, caption.itertext())) for caption in tree.iter("caption")]
    assert captions == [
        "Table\u00a01 (Figure\u00a01). B",
        "Table\u00a02 (Figure\u00a02). A",
        "Table\u00a03. C",
    ]


def test_the_first_place_of_a_field_is_plain_and_its_repeats_are_copies() -> None:
    tree = page('<p data-field="a"/><p data-field="b"/><p data-field="a"/><p data-field="a"/>')

    mark_copies(tree)

    assert [(p.get("data-field"), p.get("data-copy")) for p in tree.iter("p")] == [
        ("a", None),
        ("b", None),
        ("a", ""),
        ("a", ""),
    ]


# --- Pruning ------------------------------------------------------------------


def test_sources_that_no_note_cites_and_terms_that_no_text_uses_go() -> None:
    tree = page(
        '<ul><li id="source-a">A</li><li id="source-b">B</li></ul>'
        '<dl><div id="term-term-eto"><dt>ETO</dt></div><div id="term-term-x"><dt>X</dt></div></dl>'
    )

    prune(tree, ["a"], ["term-eto"])

    assert inside(tree) == (
        '<ul><li id="source-a">A</li></ul><dl><div id="term-term-eto"><dt>ETO</dt></div></dl>'
    )


def test_a_record_whose_id_begins_like_a_source_or_a_term_stays() -> None:
    body = '<section id="source-of-doubt"><h3>A</h3><p>B</p></section>'
    tree = page(body + body.replace("source-of-doubt", "term-limits"))

    prune(tree, [], [])

    assert len(list(tree.iter("section"))) == 2


def test_an_empty_section_goes_with_its_entry_in_the_contents() -> None:
    tree = page(
        '<nav><ol><li><a href="#a">A</a></li><li><a href="#b">B</a></li></ol></nav>'
        '<section id="a"><h2>A</h2><dl> </dl></section><section id="b"><h2>B</h2><p>b</p></section>'
    )

    prune(tree, [], [])

    assert inside(tree) == (
        '<nav><ol><li><a href="#b">B</a></li></ol></nav>'
        '<section id="b"><h2>B</h2><p>b</p></section>'
    )


def test_a_section_of_empty_sections_is_empty() -> None:
    tree = page('<section id="a"><h2>A</h2><section id="b"><h3>B</h3></section></section>')

    prune(tree, [], [])

    assert inside(tree) == ""

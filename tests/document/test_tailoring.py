"""Whose words a document has, and whether shared text is the same in all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from briefgen.document.model import Document
from briefgen.document.printed import passages, printed_sentences
from briefgen.document.tailoring import (
    Shares,
    differing_fields,
    in_common,
    own_sentences,
    own_texts,
    shares,
)

Compose = Callable[..., Document]

PAGE = """
<html><head><title>Not in the body</title></head><body>
<header class="cover"><h1><span data-field="editions/x/title">Five words of the cover</span></h1>
<p><span data-field="dossier/title">Bus lanes</span></p></header>
<nav class="toc"><ol><li>Contents</li></ol></nav>
<section id="answer"><h2>What it <em>all</em> means</h2>
<p><span data-field="editions/x/bottom_line">The lanes <abbr>HBC</abbr><span class="generated"
 data-generated=""> (the long form)</span>’s men <em>work</em>.<span class="footnote"
 data-generated="">A note.</span> So “do” <a href="#a">buses</a>.</span> By our count.</p></section>
<section id="areas"><h3><span data-field="areas/trade/title">Trade</span></h3>
<table><caption><span class="generated">Table 1. </span>Steps</caption>
<tbody><tr><th scope="row">When</th><td><span data-field="areas/trade/short">Till receipts</span>
</td></tr></tbody></table>
<figure><svg xmlns="http://www.w3.org/2000/svg"><text>drawn words</text></svg></figure></section>
<section id="terms"><dl class="abbreviations"><div><dt>HBC</dt><dd>council</dd></div></dl></section>
<section id="refs"><h2>Sources</h2><ul class="sources"><li>A report</li></ul>
<aside class="note"><p><span data-field="dossier/method">How it was made.</span></p></aside>
</section>
</body></html>
"""


@pytest.fixture
def page() -> etree._Element:
    return etree.fromstring(PAGE)


def test_every_word_of_the_body_is_somebodys(page: etree._Element) -> None:
    # own: The lanes HBC’s men work. So “do” buses. shared: Trade, Till receipts.
    # of the layout: What it all means, By our count, Steps, When.
    assert shares(page) == Shares(own=8, shared=3, template=9)
    assert shares(page).words == 20
    assert shares(page).own_share == pytest.approx(0.4)


def test_a_body_without_words_has_no_share() -> None:
    assert shares(etree.fromstring("<html><body/></html>")).own_share == 0
    assert shares(etree.fromstring("<html/>")).words == 0


def test_own_sentences_are_as_they_are_printed(page: etree._Element) -> None:
    assert own_texts(page) == ["The lanes HBC’s men work. So “do” buses."]
    assert own_sentences(page) == ["The lanes HBC’s men work.", "So “do” buses."]


def test_a_heading_is_one_piece() -> None:
    assert printed_sentences("Trade in the street") == ["Trade in the street"]
    assert printed_sentences("So. Dr. Abe said no. 4") == ["So.", "Dr. Abe said no. 4"]
    assert printed_sentences("") == []


def test_the_cover_and_the_sources_are_there_when_everything_is_asked_for(
    page: etree._Element,
) -> None:
    fields = {passage.field for passage in passages(page, everywhere=True)}

    assert {"dossier/title", "dossier/method", "editions/x/title"} <= fields
    assert fields.isdisjoint({"dossier/nothing"})


def test_all_words_of_a_composed_body_are_counted_once(compose_edition: Compose) -> None:
    tree = compose_edition("shopkeepers").tree
    counted = shares(tree)

    assert counted.own > 0
    assert counted.shared > 0
    assert counted.words == sum(
        any(char.isalnum() for char in word)
        for passage in passages(tree)
        for word in passage.text.split()
    )


def test_shared_fields_of_two_editions_read_the_same(compose_edition: Compose) -> None:
    trees = {name: compose_edition(name).tree for name in ("overview", "shopkeepers")}

    assert differing_fields(trees) == []


def test_a_shared_field_that_reads_otherwise_somewhere_is_found(page: etree._Element) -> None:
    other = etree.fromstring(PAGE.replace(">Trade<", ">Commerce<"))

    [found] = differing_fields({"x": page, "y": other})

    assert found.field == "areas/trade/title"
    assert found.texts == {"Trade": ("x",), "Commerce": ("y",)}


def test_expansions_and_notes_are_no_difference(page: etree._Element) -> None:
    shared = PAGE.replace("editions/x/bottom_line", "areas/trade/summary")
    bare = shared.replace(" (the long form)", "").replace("A note.", "Another one.")

    assert differing_fields({"x": etree.fromstring(shared), "y": etree.fromstring(bare)}) == []
    assert differing_fields({"x": page}) == []


def test_what_two_have_in_common_keeps_the_order_of_the_first() -> None:
    assert in_common("cab", "abd") == ("a", "b")

"""Sources as notes and as list entries."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from briefgen.document.citations import full_note, short_note
from briefgen.document.locale import Locale
from briefgen.dossier.evidence import CslType, Source


def source(**fields: Any) -> Source:
    given = {
        "id": "s",
        "type": "report",
        "title": "Ships at Sea",
        "author": [{"family": "Holm", "given": "Petra"}],
        "note": "A note.",
        "reliability": {"grade": "B", "why": "Known."},
        "viewpoint": "The sea.",
        "licence": "None stated.",
    }
    return Source.model_validate(given | fields)


def test_a_report_names_series_place_publisher_and_day(locale: Locale) -> None:
    report = source(
        **{"collection-title": "InFocus", "collection-number": "42", "issued": "2022-07-12"},
        **{"publisher": "Centre", "publisher-place": "New Delhi"},
    )

    assert full_note(report, locale) == (
        "Petra Holm, ‘Ships at Sea’, InFocus 42 (New Delhi: Centre, 12\u00a0July 2022)"
    )
    assert short_note(report, locale) == "Holm, ‘Ships at Sea’"


def test_an_article_names_volume_number_and_pages(locale: Locale) -> None:
    article = source(
        **{"type": "article-journal", "container-title": "Review", "volume": "12", "issue": "3"},
        issued="2020",
        page="45-67",
    )

    assert full_note(article, locale) == (
        "Petra Holm, ‘Ships at Sea’, <cite>Review</cite> 12, no.\u00a03 (2020): 45–67"
    )


def test_a_magazine_has_its_date_behind_a_comma(locale: Locale) -> None:
    article = source(
        **{"type": "article-magazine", "container-title": "The Diplomat", "issued": "2023-07"}
    )

    assert full_note(article, locale) == (
        "Petra Holm, ‘Ships at Sea’, <cite>The Diplomat</cite>, July\u00a02023"
    )


def test_a_chapter_stands_in_its_book(locale: Locale) -> None:
    chapter = source(
        **{"type": "chapter", "container-title": "Seas", "publisher": "Press", "issued": "2019"},
        page="1-9",
    )

    assert full_note(chapter, locale) == (
        "Petra Holm, ‘Ships at Sea’, in <cite>Seas</cite> (Press, 2019), 1–9"
    )


@pytest.mark.parametrize("csl_type", get_args(CslType))
def test_every_type_but_treaties_has_its_title_in_quotation_marks_or_italics(
    locale: Locale, csl_type: str
) -> None:
    note = full_note(source(type=csl_type), locale)

    if csl_type == "treaty":
        assert note == "Petra Holm, Ships at Sea"
        return
    assert note in ("Petra Holm, ‘Ships at Sea’", "Petra Holm, <cite>Ships at Sea</cite>")
    is_whole = csl_type in (
        *("bill", "book", "dataset", "hearing", "legislation", "pamphlet", "periodical"),
        *("personal_communication", "standard"),
    )
    assert note.endswith("</cite>") == is_whole


def test_a_date_that_the_text_does_not_state_stands_in_square_brackets(locale: Locale) -> None:
    assert full_note(source(issued="2014~", inferred=["issued"]), locale) == (
        "Petra Holm, ‘Ships at Sea’, [about 2014]"
    )
    with_publisher = source(issued="2014~", inferred=["issued", "publisher"], publisher="Press")
    assert full_note(with_publisher, locale) == ("Petra Holm, ‘Ships at Sea’ (Press, [about 2014])")


def test_a_text_without_author_starts_with_its_title(locale: Locale) -> None:
    assert full_note(source(author=[], issued="2020"), locale) == "‘Ships at Sea’ (2020)"
    assert short_note(source(author=[]), locale) == "‘Ships at Sea’"


def test_an_editor_stands_for_a_missing_author(locale: Locale) -> None:
    one, other = {"family": "Roe", "given": "Jane"}, {"family": "Poe", "given": "Al"}

    assert full_note(source(type="book", author=[], editor=[one]), locale) == (
        "Jane Roe (ed.), <cite>Ships at Sea</cite>"
    )
    assert full_note(source(type="book", author=[], editor=[one, other]), locale) == (
        "Jane Roe and Al Poe (eds), <cite>Ships at Sea</cite>"
    )
    assert short_note(source(type="book", author=[], editor=[one, other]), locale) == (
        "Roe and Poe, <cite>Ships at Sea</cite>"
    )


def test_authors_stand_in_a_row_and_notes_shorten_four(locale: Locale) -> None:
    authors = [{"family": family, "given": "A."} for family in ("Ash", "Birch", "Cedar", "Dogwood")]

    assert full_note(source(author=authors[:3]), locale) == (
        "A. Ash, A. Birch and A. Cedar, ‘Ships at Sea’"
    )
    assert short_note(source(author=authors[:3]), locale) == (
        "Ash, Birch and Cedar, ‘Ships at Sea’"
    )
    assert full_note(source(author=authors), locale) == "A. Ash et al., ‘Ships at Sea’"
    assert short_note(source(author=authors), locale) == "Ash et al., ‘Ships at Sea’"


def test_a_family_name_comes_first_where_the_order_is_fixed(locale: Locale) -> None:
    author = {"family": "Takahashi", "given": "Kosuke", "static-ordering": True}

    assert full_note(source(author=[author]), locale).startswith("Takahashi Kosuke, ")
    assert short_note(source(author=[author]), locale).startswith("Takahashi, ")


def test_a_body_is_named_as_it_is(locale: Locale) -> None:
    assert full_note(source(author=[{"literal": "A & B's <Office>"}]), locale).startswith(
        "A &amp; B’s &lt;Office&gt;, "
    )


def test_quotation_marks_in_a_title_stand_inside_the_titles_own(locale: Locale) -> None:
    quoting = source(title='The "Asian NATO" <and> & Japan\'s Seas: A Study')

    assert full_note(quoting, locale) == (
        "Petra Holm, ‘The “Asian NATO” &lt;and&gt; &amp; Japan’s Seas: A Study’"
    )
    assert short_note(quoting, locale) == ("Holm, ‘“Asian NATO” &lt;and&gt; &amp; Japan’s’")


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("The Limits of Japan-NATO Cooperation", "Limits of Japan-NATO Cooperation"),
        ("NATO-Japan Relation: A Study", "NATO-Japan Relation"),
        ("Partners - A Study", "Partners"),
        ("One two three four five six seven", "One two three four five"),
        ("The 10:30 Train", "10:30 Train"),
        ('One two three four "five six" seven', "One two three four “five six”"),
    ],
)
def test_a_short_title_is_the_part_before_the_colon(locale: Locale, title: str, short: str) -> None:
    assert short_note(source(title=title), locale) == f"Holm, ‘{short}’"


def test_a_source_may_bring_its_short_title(locale: Locale) -> None:
    assert short_note(source(**{"title-short": "Ships"}), locale) == "Holm, ‘Ships’"

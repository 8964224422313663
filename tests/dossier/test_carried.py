"""Statements are carried by their quotes, prose by the claims that it cites."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.dossier.asserted import LANGUAGES, asserted, values_of, values_of_date
from briefgen.dossier.names import Names, fold, named_instruments
from briefgen.dossier.prose import sentences

if TYPE_CHECKING:
    from conftest import Edit, Problems

IN_QUOTES = "quote the words of the source that say so, or take it out of the statement"
IN_CLAIMS = (
    "cite the claim that carries it, in this sentence or earlier in its paragraph: `[@claim-id]`"
)


# --- What a text asserts ------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("59 projects with 12 teams", ["59", "12"]),
        ("fifty-nine projects with twelve teams", ["59", "12"]),
        ("two destroyers and two P-3C", ["2", "2"]),
        ("5.5 trillion dollars", ["5500000000000"]),
        (r"pledged \$5 billion", ["5000000000"]),
        ("five billion dollars", ["5000000000"]),
        ("half a million kilolitres", ["500000"]),
        ("13,000,000 dollars", ["13000000"]),
        ("2% of GDP", ["2%"]),
        ("2 per cent of output", ["2%"]),
        ("175 to 200 per cent", ["175%", "200%"]),
        ("a two-thirds majority", ["2/3"]),
        ("the second year in a row", ["#2"]),
        ("the ninth-largest budget", ["#9"]),
        ("the inaugural conference", ["#1"]),
        ("on 6 May 2014", ["05-06", "2014"]),
        ("May 6, 2014", ["05-06", "2014"]),
        ("from July 11 to 12", ["07-11", "07-12"]),
        ("from 28 to 30 June 2022", ["06-28", "06-30", "2022"]),
        ("in April 2013", ["04", "2013"]),
        ("March to October 2011", ["03", "10", "2011"]),
        ("in 1979, 1981, and 1984", ["1979", "1981", "1984"]),
        ("one of them may ask", []),
        ("1 ship of 5", ["1", "5"]),
        ("since the mid-1990s", ["1990s"]),
        ("$6bn, €2.3m and £5 Million", ["6000000000", "2300000", "5000000"]),
        ("4 to 5 million", ["4000000", "5000000"]),
        ("a 155mm gun at 50 km", ["155", "50"]),
        ("on 7/6/2022, in 2014/15", ["7/6/2022", "2014/15"]),
        ("6 Sept. 2014, 6 MAY 2014", ["09-06", "2014", "05-06", "2014"]),
        ("some ٤٥ of ४५ and ４５", ["45", "45", "45"]),
        ("Ⅻ allies", ["12"]),
        ("45pc, 45 pct and 4 pcs", ["45%", "45%", "4"]),
        ("up by 9 percentage points, not 9 per cent", ["9%p", "9%"]),
        ("nine tenths, two-thirds and three quarters", ["9/10", "2/3", "3/4"]),
        ("USD45, GBP 210, $3B and £45k", ["45", "210", "3000000000", "45000"]),
        ("the 1st of May 2014", ["05-01", "2014"]),
        ("2014-05-06 and 06.05.2014", ["05-06", "2014", "05-06", "2014"]),
        ("from 1973-75", ["1973", "1975"]),
        ("10 000 men", ["10000"]),
        ("5-7% or 2, 3 and 4 per cent", ["5%", "7%", "2%", "3%", "4%"]),
        ("a 2-per-cent target", ["2%"]),
        ("a third of them; a third country", ["1/3", "#3"]),
        ("a dozen of ½", ["12", "1/2"]),
        ("３０ ships", ["30"]),
        ("2014年5月6日に59件、5億ドル", ["05-06", "2014", "59", "500000000"]),
        ("March said so; May it be", []),
        ("an F-35 and an SS-20", []),
        ("Article 9 and the G7", ["9"]),
    ],
)
def test_numbers_and_dates_are_read_in_any_spelling(text: str, values: list[str]) -> None:
    assert [item.value for item in asserted(text, "en-GB")] == values


def test_prose_may_count_to_nine_in_words_and_use_ordinals() -> None:
    text = "Three of nine came first; twelve came on 30 May."

    found = [item.value for item in asserted(text, "en", all_words=False)]

    assert found == ["12", "05-30"]


def test_in_other_languages_only_figures_are_compared() -> None:
    assert values_of("十二 teams and 59 projects", "ja") == {"59"}
    assert values_of("zwölf Gruppen", "de") == {"12"}
    assert values_of("двенадцать и 59", "ru") == {"59"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_number_words_of_each_language_are_known(language: str) -> None:
    assert values_of("59", language) == {"59"}


def test_a_date_carries_its_year_and_its_month() -> None:
    assert values_of_date("2014-05-06") == {"2014", "05", "05-06"}
    assert values_of_date("2023-07-11/..") == {"2023", "07", "07-11"}
    assert values_of("on 6 May 2014", "en") == {"2014", "05", "05-06"}


def test_names_are_the_same_in_british_and_american_spelling() -> None:
    assert fold("Individual Partnership and Cooperation Programme") == fold(
        "individual partnership and cooperation program"
    )
    assert fold("Organisation of *Defence*") == fold("Organization of Defense")


def test_a_name_inside_a_longer_one_does_not_count() -> None:
    names = Names(["Strategic Concept", "Strategic Concept of 2010"])

    assert names.found_in("The Strategic Concept of 2010 did.") == ["Strategic Concept of 2010"]
    assert names.found_in("The Strategic Concept did.") == ["Strategic Concept"]
    assert names.found_in("strategic concepts") == []


def test_no_names_are_found_where_there_are_none() -> None:
    assert Names([]).found_in("The Strategic Concept did.") == []


def test_a_known_name_may_stand_with_others_before_it_or_in_part() -> None:
    names = Names({"Joint Political Declaration"})

    assert list(names.unknown_in("The Brussels Joint Political Declaration stands.")) == []
    assert list(names.unknown_in("The Political Declaration stands.")) == []
    assert list(names.unknown_in("The Brussels Declaration stands.")) == ["Brussels Declaration"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Joint Political Declaration holds.", ["Joint Political Declaration"]),
        ("Japan's Status of Forces Agreement", ["Status of Forces Agreement"]),
        ("Under Export Control Acts", ["Export Control Acts"]),
        ("Acquisition & Cross-Servicing Agreement", ["Acquisition & Cross-Servicing Agreement"]),
        ("Every Agreement, No Treaty, Such Framework", []),
        ("Her Majesty's Treaty; the Rule of Law", ["Rule of Law"]),
        ("Why Act? They Act.", []),
    ],
)
def test_capitalised_names_of_agreements_are_found(text: str, names: list[str]) -> None:
    assert list(named_instruments(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "12, " * 25_000,
        "1 to " * 20_000,
        "12-" * 30_000,
        "1/" * 50_000,
        "0." + "0" * 100_000,
        "Foo " * 25_000,
        "A" * 100_000,
        "A-" * 50_000,
        "Foo of the " * 9_000 + "Agreement",
        " " * 100_000,
        "May " * 25_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_texts_are_read(text: str) -> None:
    """Where a search is quadratic, this test does not come back."""
    assert len(asserted(text, "en")) <= len(text)
    assert len(list(named_instruments(text))) <= len(text)


# --- Statements and their quotes ----------------------------------------------


def test_a_number_that_no_quote_carries_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "Mill Lane carries 340 more", "Mill Lane carries 430 more")
    edit("claims.yaml", "values: {vehicles: 340}", "values: {vehicles: 430}")
    edit("areas.yaml", "340 more", "430 more")

    assert problems() == [
        f'data/bus-lanes/claims.yaml:84:32: error[BG026]: claim "mill-lane-traffic": "430" is in none of its quotes\n  help: {IN_QUOTES}',
    ]


def test_a_number_word_that_no_quote_carries_is_reported_as_it_is_written(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "claims.yaml",
        "early green at three junctions, without",
        "early green at four junctions, without",
    )

    assert problems() == [
        f'data/bus-lanes/claims.yaml:264:56: error[BG026]: claim "early-green-offer": "four" is in none of its quotes\n  help: {IN_QUOTES}',
    ]


def test_a_date_that_no_quote_carries_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "opened on 6 September 2021.", "opened on 7 September 2021.")
    edit("claims.yaml", 'values: {opened: "2021-09-06"}', 'values: {opened: "2021-09-07"}')
    edit("milestones.yaml", '"2021-09-06"', '"2021-09-07"')

    assert problems() == [
        f'data/bus-lanes/claims.yaml:13:51: error[BG026]: claim "lanes-opened": "7 September 2021" is in none of its quotes\n  help: {IN_QUOTES}',
    ]


def test_what_a_source_says_of_now_it_says_of_its_own_date(edit: Edit, problems: Problems) -> None:
    """The Gazette bears the date 18 June 2024; where that is inferred, it carries nothing."""
    assert problems() == []

    edit(
        "sources.yaml",
        "  container-title: The Harrowmere Gazette\n",
        "  container-title: The Harrowmere Gazette\n  inferred: [issued]\n",
    )

    assert problems() == [
        f'data/bus-lanes/claims.yaml:63:17: error[BG026]: claim "minutes-2024": "June 2024" is in none of its quotes\n  help: {IN_QUOTES}',
    ]


def test_a_source_s_date_does_not_stand_for_a_month_that_its_quote_names(
    edit: Edit, problems: Problems
) -> None:
    """The report bears the date 14 March 2023; the quote speaks of another month."""
    edit("claims.yaml", "opened on 6 September 2021.", "opened on 6 September 2021, not in March.")

    assert [line.split(": ")[1:4] for line in problems()] == [
        ["error[BG026]", 'claim "lanes-opened"', '"in March" is in none of its quotes\n  help'],
    ]


def test_a_named_agreement_that_no_quote_names_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "statement: Such an order may last",
        "statement: An Experimental Traffic Order may last",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:32:17: error[BG026]: claim "experiment-limit": "Experimental Traffic Order" is named in none of its quotes\n  help: quote the words that name it, or add the source\'s name for it to the instrument\'s `aliases`',
    ]

    edit("instruments.yaml", "  short: Trial order\n", "  short: Trial order\n  aliases: [order]\n")

    assert problems() == []


def test_a_judgement_may_say_only_the_numbers_of_its_basis(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "why: Four of the five minutes gained",
        "why: Of 17 minutes 14 are lost; four of the five minutes gained",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:309:22: error[BG026]: judgement "gain-is-real": "14" is in none of the claims of its basis\n  help: add the claim that says so to `basis`, or take it out',
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("values: {days: 21}", "values: {days: 12}", '197:18: error[BG015]: claim "camera-notice": the value days: 12'),
        ("values: {pounds: 210000}", "values: {pounds: 210}", '207:20: error[BG015]: claim "cost-of-paint": the value pounds: 210'),
        ('values: {due: "2024-12"}', 'values: {due: "2025-12"}', '252:17: error[BG015]: claim "review-wanted": the value due: 2025-12'),
        ('values: {due: "2024-12"}', 'values: {due: "2024-11~"}', None),
    ],
)  # fmt: skip
def test_typed_values_are_those_of_the_statement(
    edit: Edit, problems: Problems, old: str, new: str, line: str | None
) -> None:
    edit("claims.yaml", old, new)
    if "due" in new:
        edit("milestones.yaml", "2024-12", new.split('"')[1])

    expected = (
        [f"data/bus-lanes/claims.yaml:{line} is not in its statement\n  help: make the two agree"]
        if line
        else []
    )
    assert problems() == expected


# --- Prose and its claims -----------------------------------------------------


def test_a_count_in_prose_that_no_cited_claim_carries_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "Mill Lane has 340 more", "Mill Lane has 350 more")

    assert problems() == [
        f'data/bus-lanes/areas.yaml:51:26: error[BG027]: "350" is in no claim that is cited here\n  help: {IN_CLAIMS}',
    ]


def test_a_claim_cited_earlier_in_the_paragraph_carries_and_one_cited_later_does_not(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "areas.yaml",
        "summary: Mill Lane has 340 more vehicles a day [@mill-lane-traffic].",
        "summary: Mill Lane is full [@mill-lane-traffic]. It has 340 more vehicles.",
    )

    assert problems() == []

    edit(
        "areas.yaml",
        "Mill Lane is full [@mill-lane-traffic]. It has 340 more vehicles.",
        "It has 340 more vehicles. Mill Lane is full [@mill-lane-traffic].",
    )

    assert problems() == [
        f'data/bus-lanes/areas.yaml:51:19: error[BG027]: "340" is in no claim that is cited here\n  help: {IN_CLAIMS}',
    ]


@pytest.mark.parametrize(
    "words", ["the U.S. Chamber", "St. Mary's", "No. 5", "J. F. Kennedy", "Dr. Who", "vs. Them"]
)
def test_an_abbreviation_ends_no_sentence(words: str) -> None:
    assert sentences(f"All 340 of {words} came. They left.") == [
        f"All 340 of {words} came.",
        "They left.",
    ]


def test_our_own_proposals_need_no_claim(edit: Edit, problems: Problems) -> None:
    edit("recommendations.yaml", "  first_step: ", "  first_step: Set 250 days aside. ")

    assert problems() == []


def test_an_edition_s_prose_is_held_to_its_claims(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "A journey of 17 minutes", "A journey of 18 minutes")

    assert problems() == [
        f'data/bus-lanes/editions/overview.yaml:21:24: error[BG027]: "18" is in no claim that is cited here\n  help: {IN_CLAIMS}',
    ]


def test_a_caption_is_held_to_the_milestones_of_its_figure(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "Market Street, 2021 to 2025.", "Market Street, 1921 to 2025.")

    assert [line.split(": ")[1:3] for line in problems()] == [
        ["error[BG027]", '"1921" is in no claim that is cited here\n  help'],
    ]


def test_the_name_of_an_agreement_that_is_no_record_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "areas.yaml",
        "summary: Mill Lane has 340",
        "summary: The Mill Lane Charter aside, it has 340",
    )

    assert problems() == [
        'data/bus-lanes/areas.yaml:51:16: error[BG028]: "Mill Lane Charter" is neither an instrument of the dossier nor a term\n  help: add an instrument of this title, or the name to an instrument\'s `aliases` or to terms.yaml',
    ]


# --- Our own words ------------------------------------------------------------


def test_nine_words_of_a_source_in_a_row_are_copying(edit: Edit, problems: Problems) -> None:
    edit(
        "areas.yaml",
        "  stage: pilot",
        "  body: Officers find no measurable effect of the lanes on the number [@visitors-unchanged; @takings-fell].\n  stage: pilot",
    )
    edit(
        "areas.yaml",
        "claims: [cyclists-doubled, level-boarding]",
        "claims: [cyclists-doubled, level-boarding, visitors-unchanged, takings-fell]",
    )

    assert problems() == []
    assert problems(sources=True) == [
        'data/bus-lanes/areas.yaml:61:9: error[BG025]: "officers find no measurable effect of the lanes on" stands word for word in council-report-2023\n  help: say it in your own words, or set it in quotation marks as somebody\'s words',
    ]

    edit(
        "areas.yaml",
        "Officers find no measurable effect of the lanes on the number",
        "Officers “find no measurable effect of the lanes on the number”",
    )

    assert problems(sources=True) == []

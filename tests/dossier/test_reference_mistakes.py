"""Names that lead nowhere, prose that documents do not show, values that differ."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Edit, Problems


def test_an_unknown_reference_is_reported_with_a_suggestion(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "actors: [traders]", "actors: [trader]")

    assert problems() == [
        'data/bus-lanes/areas.yaml:36:12: error[BG012]: unknown actor "trader"\n  help: did you mean "traders"? `briefgen list actors` shows all.',
    ]


def test_an_unknown_reference_without_a_near_one_names_the_command_that_lists_them(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "actors: [traders]", "actors: [xyz]")

    assert problems() == [
        'data/bus-lanes/areas.yaml:36:12: error[BG012]: unknown actor "xyz"\n  help: `briefgen list actors` shows all.',
    ]


def test_a_reference_to_a_record_of_the_wrong_kind_says_which_kind_it_is(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "actors: [traders]", "actors: [trade]")

    assert problems() == [
        'data/bus-lanes/areas.yaml:36:12: error[BG012]: unknown actor "trade", which is one of the areas\n  help: did you mean "traders"? `briefgen list actors` shows all.',
    ]


def test_a_reference_that_may_name_several_kinds_lists_them_all(
    edit: Edit, problems: Problems
) -> None:
    edit("actors.yaml", "on: paint-bays", "on: traders")

    assert problems() == [
        'data/bus-lanes/actors.yaml:23:11: error[BG012]: unknown area, obstacle, recommendation or instrument "traders", which is one of the actors\n  help: did you mean "trade"? `briefgen list areas`, `briefgen list obstacles`, `briefgen list recommendations` or `briefgen list instruments` shows all.',
    ]


def test_an_unknown_source_of_evidence_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "source: traders-2024", "source: trader-2024")

    assert problems() == [
        'data/bus-lanes/claims.yaml:119:15: error[BG012]: unknown source "trader-2024"\n  help: did you mean "traders-2024"? `briefgen list sources` shows all.',
    ]


def test_an_unknown_claim_of_a_dated_value_is_reported(edit: Edit, problems: Problems) -> None:
    edit("milestones.yaml", "claim: trial-approved", "claim: trial-aproved")

    assert problems() == [
        'data/bus-lanes/milestones.yaml:4:38: error[BG012]: unknown claim "trial-aproved"\n  help: did you mean "trial-approved"? `briefgen list claims` shows all.',
    ]


def test_a_citation_of_an_unknown_claim_is_reported_where_it_stands(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "areas.yaml",
        "summary: Mill Lane has 340 more vehicles a day [@mill-lane-traffic].",
        "summary: Mill Lane has 340 more vehicles a day [@mill-lane-trafic].",
    )

    assert problems() == [
        'data/bus-lanes/areas.yaml:51:51: error[BG013]: citation of unknown claim "mill-lane-trafic"\n  help: did you mean "mill-lane-traffic"? `briefgen list claims` shows all.',
    ]


def test_a_citation_inside_folded_lines_is_reported_on_its_own_line(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "areas.yaml", "[@visitors-unchanged; @takings-fell]", "[@visitors-unchanged; @taking-fell]"
    )

    assert problems() == [
        'data/bus-lanes/areas.yaml:30:27: error[BG013]: citation of unknown claim "taking-fell"\n  help: did you mean "takings-fell"? `briefgen list claims` shows all.',
    ]


def test_a_citation_is_not_mistaken_for_a_longer_one_before_it(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "[@minutes-before; @minutes-2024]", "[@minutes-2024; @minutes]")

    assert problems() == [
        'data/bus-lanes/areas.yaml:6:21: error[BG013]: citation of unknown claim "minutes"\n  help: did you mean "minutes-2024"? `briefgen list claims` shows all.',
    ]


def test_each_of_several_unknown_citations_is_reported_in_its_own_place(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "areas.yaml",
        "on doubtful authority [@empty-shops]. No till has been read, so the question is open\n    [@trade-unknown]",
        "on doubtful authority [@nothing]. No till has been read, so the question is open\n    [@nothing]",
    )

    assert problems() == [
        'data/bus-lanes/areas.yaml:33:32: error[BG013]: citation of unknown claim "nothing"\n  help: `briefgen list claims` shows all.',
        'data/bus-lanes/areas.yaml:34:6: error[BG013]: citation of unknown claim "nothing"\n  help: `briefgen list claims` shows all.',
    ]


def test_a_citation_of_a_record_that_is_no_claim_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "[@mill-lane-traffic]", "[@trade]")

    assert problems() == [
        'data/bus-lanes/areas.yaml:51:51: error[BG013]: citation of unknown claim "trade"\n  help: `briefgen list claims` shows all.',
    ]


def test_a_citation_in_dossier_yaml_is_checked(edit: Edit, problems: Problems) -> None:
    edit(
        "dossier.yaml",
        "interests: The curators own no shop",
        "interests: The curators [@nobody] own no shop",
    )

    assert problems() == [
        'data/bus-lanes/dossier.yaml:13:26: error[BG013]: citation of unknown claim "nobody"\n  help: `briefgen list claims` shows all.',
    ]


def test_a_citation_without_an_id_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "[@mill-lane-traffic]", "[@]")

    assert problems() == [
        "data/bus-lanes/areas.yaml:51:50: error[BG013]: [@] is not a citation\n  help: write [@claim-id] or [@claim-id; @other-id], on one line",
    ]


def test_a_citation_that_is_not_closed_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "[@mill-lane-traffic]", "[@mill-lane-traffic")

    assert problems() == [
        "data/bus-lanes/areas.yaml:51:50: error[BG013]: [@mill-lane-traffic is not a citation\n  help: write [@claim-id] or [@claim-id; @other-id], on one line",
    ]


def test_a_citation_without_brackets_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "[@mill-lane-traffic]", "@mill-lane-traffic")

    assert problems() == [
        "data/bus-lanes/areas.yaml:51:50: error[BG013]: @mill-lane-traffic is not a citation\n  help: write [@claim-id] or [@claim-id; @other-id], on one line",
    ]


def test_citations_are_not_parted_by_commas(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "[@minutes-before; @minutes-2024]", "[@minutes-before, @minutes-2024]")

    assert problems() == [
        "data/bus-lanes/areas.yaml:6:5: error[BG013]: [@minutes-before, @minutes-2024] is not a citation\n  help: write [@claim-id] or [@claim-id; @other-id], on one line",
    ]


def test_a_second_citation_without_its_sign_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "[@minutes-before; @minutes-2024]", "[@minutes-before; minutes-2024]")

    assert problems() == [
        "data/bus-lanes/areas.yaml:6:5: error[BG013]: [@minutes-before; minutes-2024] is not a citation\n  help: write [@claim-id] or [@claim-id; @other-id], on one line",
    ]


def test_a_citation_in_double_brackets_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "[@mill-lane-traffic]", "[[@mill-lane-traffic; [@cars-slower]")

    assert problems() == [
        "data/bus-lanes/areas.yaml:51:51: error[BG013]: [@mill-lane-traffic is not a citation\n  help: write [@claim-id] or [@claim-id; @other-id], on one line",
    ]


@pytest.mark.parametrize(
    "text",
    [
        'Shops [suffer](#x "[@trade-unknown]").',
        "Shops [suffer](#[@trade-unknown]).",
        "Shops suffer \\[@trade-unknown].",
        "Shops suffer.\n\n[@trade-unknown]: #x",
    ],
)
def test_a_citation_that_would_not_be_printed_is_reported(
    edit: Edit, problems: Problems, text: str
) -> None:
    """It would ground a judgement in the data, and no reader could see in what."""
    old = "Your own till is the missing evidence [@trade-unknown]."
    edit("editions/shopkeepers.yaml", old, json.dumps(text))

    [line] = problems()
    assert 'error[BG013]: the citation of "trade-unknown" is not printed' in line


def test_a_citation_beside_a_link_passes(edit: Edit, problems: Problems) -> None:
    old = "Your own till is the missing evidence [@trade-unknown]."
    edit("editions/shopkeepers.yaml", old, '"Your [own](#x) *till* \\\\* counts [@trade-unknown]."')

    assert problems() == []


def test_citations_without_a_word_are_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "Your own till is the missing evidence [@t", '"[@t')
    edit("editions/shopkeepers.yaml", "[@trade-unknown].\n", '[@trade-unknown]."\n')

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:41:16: error[BG013]: so_what: there are no words beside the citations\n  help: write what the claims mean, or leave the key out",
    ]


def test_an_address_of_mail_is_not_a_citation(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "[@mill-lane-traffic]", "[@mill-lane-traffic], says clerk@town-hall.example")

    assert problems() == []


def test_a_heading_in_prose_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "summary: Mill Lane", 'summary: "# Mill Lane"\n  body: Mill Lane')

    assert problems() == [
        "data/bus-lanes/areas.yaml:51:12: error[BG014]: a heading is not shown in this field\n  help: write one plain paragraph; emphasis, links and citations are shown",
    ]


def test_a_list_in_a_summary_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "areas.yaml",
        "summary: Mill Lane has 340",
        'summary: "- Mill Lane\\n- and 340"\n  body: Mill Lane has 340',
    )

    assert problems() == [
        "data/bus-lanes/areas.yaml:51:12: error[BG014]: a list is not shown in this field\n  help: write one plain paragraph; emphasis, links and citations are shown",
    ]


def test_paragraphs_in_a_summary_are_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "areas.yaml",
        "summary: Mill Lane has 340",
        'summary: "Mill Lane\\n\\nand 340"\n  body: Mill Lane has 340',
    )

    assert problems() == [
        "data/bus-lanes/areas.yaml:51:12: error[BG014]: a second paragraph is not shown in this field\n  help: write one plain paragraph; emphasis, links and citations are shown",
    ]


def test_html_and_pictures_and_code_in_a_body_are_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "obstacles.yaml",
        "body: Vans that stop",
        "body: <b>Vans</b> ![a van](van.png) `vans` that stop",
    )

    assert problems() == [
        "data/bus-lanes/obstacles.yaml:6:9: error[BG014]: HTML is not shown in documents\n  help: write plain paragraphs and lists; emphasis, links and citations are shown",
        "data/bus-lanes/obstacles.yaml:6:9: error[BG014]: a picture is not shown in documents\n  help: write plain paragraphs and lists; emphasis, links and citations are shown",
        "data/bus-lanes/obstacles.yaml:6:9: error[BG014]: code is not shown in documents\n  help: write plain paragraphs and lists; emphasis, links and citations are shown",
    ]


def test_a_block_quotation_in_a_body_is_reported(edit: Edit, problems: Problems) -> None:
    edit("obstacles.yaml", "body: Vans that stop", 'body: "> Vans that stop"\n  # ')

    assert problems() == [
        "data/bus-lanes/obstacles.yaml:6:9: error[BG014]: a block quotation is not shown in documents\n  help: write plain paragraphs and lists; emphasis, links and citations are shown",
    ]


def test_a_typed_value_that_differs_from_its_claim_is_reported_with_the_values_of_the_claim(
    edit: Edit, problems: Problems
) -> None:
    edit("milestones.yaml", 'value: "2021-06-09"', 'value: "2021-06-10"')

    assert problems() == [
        'data/bus-lanes/milestones.yaml:4:17: error[BG015]: date: "2021-06-10" is not among the values of claim "trial-approved"\n  help: correct it, or the claim; its values are approved: 2021-06-09',
    ]


def test_a_typed_value_of_a_claim_without_values_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "milestones.yaml",
        'date: {value: "2021-06-09", claim: trial-approved}',
        'date: {value: "2021-06-09", claim: one-camera}',
    )

    assert problems() == [
        'data/bus-lanes/milestones.yaml:4:17: error[BG015]: date: "2021-06-09" is not among the values of claim "one-camera"\n  help: add `values:` to the claim, with the date under a name',
    ]


def test_mistakes_of_form_do_not_hide_unknown_names_of_a_record(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "stage: ", "stag: ")
    edit("areas.yaml", "actors: [", "actors: [nobody, ")

    codes = {problem.split("error[")[1][:5] for problem in problems()}
    assert codes == {"BG004", "BG005", "BG012"}


def test_a_kind_without_records_is_said_once(dossier: Path, problems: Problems) -> None:
    (dossier / "actors.yaml").unlink()

    assert problems() == [
        "data/bus-lanes/actors.yaml:1:1: error[BG007]: the dossier has no actors, but something refers to one\n  help: add actors.yaml, a list of records, or take the references out",
    ]


def test_a_link_that_documents_do_not_show_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "summary: >-\n", "summary: >-\n    [Here](http://example.org) it is.\n")

    assert [problem.partition(": ")[2] for problem in problems()] == [
        "error[BG014]: the link to http://example.org is not shown in this field\n  help: write one plain paragraph; emphasis, links and citations are shown",
    ]


def test_an_id_in_brackets_without_its_sign_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "[@crates-carried]", "[crates-carried] (@crates-carried) [@crates-carried]")

    found = [line.split(": ", 2)[1:] for line in problems()]
    assert [
        "error[BG013]",
        "[crates-carried] is not a citation\n  help: write [@crates-carried]",
    ] in found
    assert any(what.startswith("@crates-carried is not a citation") for _, what in found)


def test_an_entry_that_is_indented_too_far_is_explained(edit: Edit, problems: Problems) -> None:
    edit(
        "obstacles.yaml",
        "  affects: [",
        "  affects:\n    - trade\n      - deliveries\n  held_by: []\n  claims_: [",
    )

    assert any(
        "line up the hyphens: the next entry of the list is indented too far" in line
        for line in problems()
    )

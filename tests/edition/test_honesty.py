"""Honesty of an edition's words: both sides, nothing turned round, a short case against."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Edit, Problems

SHOPS, OVERVIEW = "editions/shopkeepers.yaml", "editions/overview.yaml"
AS_CLAIMED = "say it as the claim says it, or cite the claim that says otherwise"
GROUND = "take it out, or cite the claim that carries it where the text is grounded"
NAMED = "take it out, or cite a claim that names it where the text is grounded"


# --- Both sides ---------------------------------------------------------------


def test_a_contested_claim_in_an_edition_needs_its_other_side(
    edit: Edit, problems: Problems
) -> None:
    edit(SHOPS, "no effect [@takings-fell; @visitors-unchanged]", "no effect [@takings-fell]")

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:13:98: error[BG033]: "takings-fell" is contested, and nothing of its other side is cited with it\n  help: give the other side in the same text and cite [@visitors-unchanged]',
    ]


def test_the_counter_of_a_message_may_give_its_other_side(edit: Edit, problems: Problems) -> None:
    """A message's lead, ground and counter are one text; the message cites one side only."""
    assert problems() == []

    edit(SHOPS, "[@visitors-unchanged; @bookshop-gains]", "[@bookshop-gains]")

    assert [line.partition(": help")[0].split(": ")[1] for line in problems()] == ["error[BG033]"]


def test_a_superseded_claim_in_an_edition_needs_its_successor(
    edit: Edit, problems: Problems
) -> None:
    edit(OVERVIEW, "has lasted [@gain-is-real]", "has lasted [@minutes-2022]")

    assert problems() == [
        'data/bus-lanes/editions/overview.yaml:15:65: error[BG034]: "minutes-2022" is superseded, and nothing that came after it is cited with it\n  help: say in the same text what came after and cite [@minutes-2024]',
    ]


# --- Words that turn a claim round --------------------------------------------


def test_a_so_what_that_denies_what_its_claim_asserts_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit(SHOPS, "Evening bays would end the carrying", "Traders do not want bays")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:45:31: error[BG042]: the sentence denies "want", which claim "bays-wanted" asserts\n  help: {AS_CLAIMED}',
    ]


def test_a_so_what_that_asserts_what_its_claim_denies_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("claims.yaml", "Nobody knows yet what the lanes", "The town does not know what they")
    edit(SHOPS, "Your own till is the missing evidence", "The town knows it from its tills")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:41:25: error[BG042]: the sentence asserts "knows", which claim "trade-unknown" denies\n  help: {AS_CLAIMED}',
    ]


def test_a_so_what_that_denies_what_no_claim_asserts_passes(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "Evening bays would end the carrying", "No shop need wait for the lanes to go")

    assert problems() == []


def test_a_lead_is_held_to_the_claims_of_its_ground(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "lead: Goods travel by hand.", "lead: Drivers do not carry goods.")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:24:26: error[BG042]: the sentence denies "carry", which claim "crates-carried" asserts\n  help: {AS_CLAIMED}',
    ]


def test_a_counter_and_the_context_are_held_to_their_claims(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "and more people ride them", "and boardings never grew")
    edit(OVERVIEW, "The committee approved an ETO", "The committee never approved an ETO")

    assert [line.split("error[BG042]: ")[1].split("\n")[0] for line in problems()] == [
        'the sentence denies "approved", which claim "trial-approved" asserts',
        'the sentence denies "grew", which claim "boardings-rose" asserts',
    ]


def test_a_rewording_may_not_add_a_denial(edit: Edit, problems: Problems) -> None:
    edit(
        SHOPS,
        "Crates travel over 200 metres from Mill Lane",
        "It is never far for goods, over 200 metres",
    )

    assert problems() == [
        f"data/bus-lanes/{SHOPS}:48:18: error[BG042]: summary: the edition's wording denies what it rests on, which denies nothing\n  help: say what the record and its claims say; a judgement of your own goes into `so_what`",
    ]


def test_a_rewording_may_not_lose_a_denial(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "Drivers unload in Mill Lane and carry goods over 200 metres, traders say.", "Drivers cannot stop, and carry goods over 200 metres, traders say.")  # fmt: skip

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:48:64: error[BG042]: summary: the edition\'s wording denies nothing, but claim "crates-carried" does\n  help: say it as the claim says it',
    ]


def test_a_title_may_not_turn_the_record_s_title_round(edit: Edit, problems: Problems) -> None:
    edit(
        SHOPS,
        "      text:\n        first_step: Send",
        "      text:\n        title: Do not review the hours\n        first_step: Send",
    )

    assert [line.split("error")[1].split(":")[0:2] for line in problems()] == [
        ["[BG042]", " title"],
    ]


def test_in_another_language_negation_is_not_read(edit: Edit, problems: Problems) -> None:
    edit("dossier.yaml", "language: en-GB", "language: de")
    edit(SHOPS, "lead: Goods travel by hand.", "lead: Drivers do not carry goods.")

    assert not [line for line in problems() if "BG042" in line]


# --- Plain text ---------------------------------------------------------------


def test_a_title_in_the_edition_s_words_is_held_to_the_claims_of_its_record(
    edit: Edit, problems: Problems
) -> None:
    edit(SHOPS, "title: Getting goods to the door", "title: Getting goods over 200 metres")

    assert problems() == []

    edit(SHOPS, "title: Getting goods over 200", "title: Getting goods over 300")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:47:35: error[BG027]: "300" is in none of the claims that the title rests on\n  help: {GROUND}',
    ]


def test_a_title_may_not_name_an_agreement_that_its_record_does_not_rest_on(
    edit: Edit, problems: Problems
) -> None:
    edit(SHOPS, "title: Getting goods to the door", "title: Goods under the Trial order")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:47:32: error[BG028]: "Trial order" is named in none of the claims that the title rests on\n  help: {NAMED}',
    ]


def test_a_first_step_may_propose_numbers_but_names_only_what_the_edition_knows(
    edit: Edit, problems: Problems
) -> None:
    edit(SHOPS, "Send the committee a letter", "Within 30 days, under the Permanent order, write")

    assert problems() == []

    edit(SHOPS, "under the Permanent order", "under the Trial order")
    edit(SHOPS, "records: [approval, opening", "records: [opening")

    assert [line.split("error[")[1].split("\n")[0] for line in problems()] == [
        'BG028]: "Trial order" is named in none of the claims that the first_step rests on',
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: Faster buses, open", "title: Twenty faster buses, open", "Twenty"),
        ("subtitle: Market Street after", "subtitle: Market Street in 1921, after", "1921"),
        ("question: What have", "question: What have 40 days of", "40"),
        ("areas: What changed", "areas: What changed in 45 steps", "45"),
        ("label: Overview", "label: Overview of 1921", "1921"),
        ("lead: Buses are faster.", "lead: Buses are faster by 30 minutes.", "30"),
    ],
)
def test_a_number_that_no_claim_of_the_edition_carries_is_reported(
    edit: Edit, problems: Problems, old: str, new: str, words: str
) -> None:
    edit(OVERVIEW, old, new)

    assert [line.split("error[")[1].split(" is in")[0] for line in problems()] == [
        f'BG027]: "{words}"'
    ]


def test_numbers_that_claims_of_the_edition_carry_may_stand_in_its_title(
    edit: Edit, problems: Problems
) -> None:
    edit(OVERVIEW, "title: Faster buses, open", "title: Thirteen minutes, open")
    edit(OVERVIEW, "lead: Buses are faster.", "lead: Buses need 13 minutes.")
    edit(OVERVIEW, "subtitle: Market Street after", "subtitle: Market Street, 2021 to 2024, after")

    assert problems() == []


def test_an_agreement_that_no_claim_of_the_edition_names_may_not_stand_in_its_title(
    edit: Edit, problems: Problems
) -> None:
    edit(SHOPS, "title: Ask the tills first", "title: The Permanent order and the tills")

    assert problems() == []

    edit(SHOPS, "The Permanent order and", "The Trial order and")
    edit(SHOPS, "records: [approval, opening", "records: [opening")

    assert [line.split("error[")[1].split("\n")[0] for line in problems()] == [
        'BG028]: "Trial order" is named in none of the claims that the title rests on',
    ]


# --- The case against ---------------------------------------------------------


def test_a_case_against_that_is_too_long_for_a_short_length_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit(
        SHOPS,
        "Each of them walks past a shop.",
        f"Each of them walks past a shop{'. Again and again' * 30}.",
    )

    assert problems() == []

    edit("editions/_base.yaml", "lengths: [full]", "lengths: [full, brief]")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:79:15: error[BG043]: the case against has 147 words: counter_view 109, counter of "takings" 10, counter of "unloading" 12, stance.weakness 16\n  help: shorten it to 120 words, or take one-page and brief out of `lengths`',
    ]


def test_a_short_case_against_passes_in_every_length(edit: Edit, problems: Problems) -> None:
    edit("editions/_base.yaml", "lengths: [full]", "lengths: [full, brief, one-page]")

    assert problems() == []


# --- Who should act -----------------------------------------------------------


def test_an_edition_may_name_others_to_act_where_it_adapts(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "position: adapt\n", "position: adapt\n      owner: [traders]\n")

    assert problems() == []


def test_a_time_of_its_own_needs_a_change_too(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "position: adapt\n", "position: adapt\n      horizon: now\n")

    assert problems() == []

    edit(SHOPS, "position: oppose\n", "position: oppose\n      horizon: now\n")

    [problem] = problems()
    assert problem.endswith(
        "error[BG041]: horizon of its own, but the position is oppose\n"
        "  help: write `position: adapt`, or take `horizon` out"
    )


def test_an_owner_without_a_change_is_reported(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "position: oppose\n", "position: oppose\n      owner: [traders]\n")

    assert problems() == [
        f"data/bus-lanes/{SHOPS}:71:14: error[BG041]: owner of its own, but the position is oppose\n  help: write `position: adapt`, or take `owner` out",
    ]


def test_an_unknown_owner_is_reported(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "position: adapt\n", "position: adapt\n      owner: [trader]\n")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:65:15: error[BG012]: unknown actor "trader"\n  help: did you mean "traders"? `briefgen list actors` shows all.',
    ]


def test_only_recommendations_have_an_owner(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "    access: {weight: 0}", "    access: {weight: 0, owner: [traders]}")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:52:25: error[BG004]: unknown key "owner"\n  help: keys here: caveat, so_what, text, weight',
    ]


# --- Placeholders -------------------------------------------------------------


def test_a_placeholder_in_a_final_edition_is_reported(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "title: Ask the tills first", "title: 'To write for traders: the title'")

    assert problems() == [], "a draft may wait for its words"

    edit("editions/_base.yaml", "status: for-comment", "status: final")

    assert problems() == [
        f'data/bus-lanes/{SHOPS}:4:8: error[BG045]: the status is final, and a placeholder is left: "To write for traders: the title …"\n  help: write your own text, or set `status: draft`',
    ]


def test_a_final_edition_in_its_own_words_passes(edit: Edit, problems: Problems) -> None:
    edit("editions/_base.yaml", "status: for-comment", "status: final")

    assert problems() == []


def test_a_neutral_edition_with_a_label_is_reported(edit: Edit, problems: Problems) -> None:
    edit(SHOPS, "role: sceptic", "role: neutral")

    assert [line.split(": error")[1].split("\n")[0] for line in problems()] == [
        "[BG040]: the stance is neutral, but a label says from where the edition looks",
    ]

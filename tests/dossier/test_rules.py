"""Rules of claims: what each kind rests on, and what each status asks for."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Edit, Problems


def test_a_fact_without_evidence_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  evidence:\n    - source: council-report-2023\n      quote: from 7 to 10 in the morning and from 4 to 7\n      credibility: 1\n",
        "",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:22:9: error[BG031]: the fact "lane-hours" has no evidence that supports it\n  help: add a source and a quote, or make it a judgement with a basis',
    ]


def test_evidence_that_only_contradicts_does_not_carry_a_claim(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "claims.yaml",
        "quote: people waiting for the bus come in",
        "quote: people waiting for the bus come in\n      role: contradicts",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:127:9: error[BG031]: the position "bookshop-gains" has no evidence that supports it\n  help: add a source and a quote, or make it a judgement with a basis',
    ]


def test_evidence_for_a_fact_needs_its_credibility(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "      quote: There is a single camera, at Station Road\n      credibility: 1\n",
        "      quote: There is a single camera, at Station Road\n",
    )

    assert problems() == [
        "data/bus-lanes/claims.yaml:176:7: error[BG031]: evidence for a fact has no credibility\n  help: add `credibility:` from 1 (confirmed) to 5 (improbable), or 6 (cannot be judged)",
    ]


def test_a_judgement_without_a_basis_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "  basis: [minutes-before, minutes-2024]\n", "")

    assert problems() == [
        'data/bus-lanes/claims.yaml:305:9: error[BG031]: the judgement "gain-is-real" has no basis or no why\n  help: name the claims that it follows from in `basis` and say how in `why`',
    ]


def test_a_judgement_without_a_why_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  why: Four of the five minutes gained are still there after three years.\n",
        "",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:305:9: error[BG031]: the judgement "gain-is-real" has no basis or no why\n  help: name the claims that it follows from in `basis` and say how in `why`',
    ]


def test_a_contested_claim_needs_its_other_side(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "conflicts_with: [takings-fell]", "conflicts_with: []")

    assert problems() == [
        'data/bus-lanes/claims.yaml:105:11: error[BG030]: "visitors-unchanged" is contested, but the other side is missing\n  help: name the other claim in `conflicts_with`, or add evidence that contradicts',
    ]


def test_the_other_side_may_name_the_conflict(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "  conflicts_with: [takings-fell]\n", "")
    edit(
        "claims.yaml",
        "statement: In the traders",
        "conflicts_with: [visitors-unchanged]\n  statement: In the traders",
    )

    assert problems() == []


def test_a_claim_does_not_conflict_with_itself(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "conflicts_with: [takings-fell]", "conflicts_with: [visitors-unchanged]")

    assert problems() == [
        'data/bus-lanes/claims.yaml:106:20: error[BG030]: "visitors-unchanged" conflicts with itself\n  help: name the other claim',
    ]


def test_a_contested_claim_needs_a_note(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  note: The association asked only its own members, and nobody else has counted.\n",
        "",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:117:11: error[BG030]: "takings-fell" is contested, but has no note\n  help: say in `note` how a careful reader treats it',
    ]


def test_a_doubtful_claim_needs_a_note(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  note: The newspaper names a register that the town hall is not known to keep.\n",
        "",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:138:11: error[BG030]: "empty-shops" is doubtful, but has no note\n  help: say in `note` how a careful reader treats it',
    ]


def test_a_superseded_claim_needs_a_successor(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "  supersedes: [minutes-2022]\n", "")

    assert problems() == [
        'data/bus-lanes/claims.yaml:54:11: error[BG030]: "minutes-2022" is superseded, but nothing supersedes it\n  help: name it in `supersedes` of the claim that replaces it',
    ]


def test_a_claim_with_a_successor_is_superseded(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "  status: superseded\n", "")

    assert problems() == [
        'data/bus-lanes/claims.yaml:50:3: error[BG030]: "minutes-2022" is current, but minutes-2024 supersedes it\n  help: write `status: superseded`',
    ]


def test_a_claim_with_a_successor_may_be_expired(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "  status: superseded\n", "  status: expired\n")

    assert problems() == []


def test_claims_that_supersede_each_other_are_reported_as_a_circle(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "claims.yaml",
        "  status: superseded\n",
        "  status: superseded\n  supersedes: [minutes-2024]\n",
    )
    edit(
        "claims.yaml",
        "  supersedes: [minutes-2022]\n",
        "  supersedes: [minutes-2022]\n  status: superseded\n",
    )

    assert problems() == [
        "data/bus-lanes/claims.yaml:55:15: error[BG017]: supersedes goes in a circle: minutes-2022 -> minutes-2024 -> minutes-2022\n  help: remove one of the links",
    ]


def test_a_judgement_that_rests_on_itself_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "basis: [minutes-before, minutes-2024]",
        "basis: [minutes-before, gain-is-real]",
    )

    assert problems() == [
        "data/bus-lanes/claims.yaml:308:10: error[BG017]: basis goes in a circle: gain-is-real -> gain-is-real\n  help: remove one of the links",
    ]


def test_judgements_that_rest_on_each_other_are_reported_once(
    edit: Edit, problems: Problems
) -> None:
    edit("claims.yaml", "basis: [minutes-before, minutes-2024]", "basis: [trade-unknown]")
    edit("claims.yaml", "basis: [visitors-unchanged,", "basis: [gain-is-real, visitors-unchanged,")

    assert problems() == [
        "data/bus-lanes/claims.yaml:308:10: error[BG017]: basis goes in a circle: gain-is-real -> trade-unknown -> gain-is-real\n  help: remove one of the links",
    ]


def test_two_circles_through_one_claim_are_both_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "basis: [minutes-before, minutes-2024]",
        "basis: [gain-is-real, trade-unknown]",
    )
    edit("claims.yaml", "basis: [visitors-unchanged,", "basis: [gain-is-real, visitors-unchanged,")

    assert problems() == [
        "data/bus-lanes/claims.yaml:308:10: error[BG017]: basis goes in a circle: gain-is-real -> gain-is-real\n  help: remove one of the links",
        "data/bus-lanes/claims.yaml:308:10: error[BG017]: basis goes in a circle: gain-is-real -> trade-unknown -> gain-is-real\n  help: remove one of the links",
    ]


def test_judgements_may_share_their_basis(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "basis: [minutes-before, minutes-2024]",
        "basis: [takings-fell, minutes-before, trade-unknown]",
    )

    assert problems() == []


def test_steps_that_need_each_other_are_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "recommendations.yaml",
        "  overcomes: [nobody-counted-takings, split-committee]",
        "  overcomes: [nobody-counted-takings, split-committee]\n  needs: [review-hours]",
    )

    assert problems() == [
        "data/bus-lanes/recommendations.yaml:38:10: error[BG017]: needs goes in a circle: count-together -> review-hours -> count-together\n  help: remove one of the links",
    ]


def test_instruments_that_succeed_each_other_are_reported(edit: Edit, problems: Problems) -> None:
    edit("instruments.yaml", "  status: ended", "  status: ended\n  succeeds: [permanent-order]")

    assert problems() == [
        "data/bus-lanes/instruments.yaml:7:13: error[BG017]: succeeds goes in a circle: experimental-order -> permanent-order -> experimental-order\n  help: remove one of the links",
    ]


def test_two_current_claims_cannot_conflict(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  as_of: 2024-06\n  evidence:\n    - source: gazette-2024\n      quote: people waiting",
        "  as_of: 2024-06\n  conflicts_with: [one-camera]\n  evidence:\n    - source: gazette-2024\n      quote: people waiting",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:130:20: error[BG030]: "bookshop-gains" conflicts with "one-camera", and both are current\n  help: mark those that are not certain as contested, superseded, expired or doubtful',
    ]


def test_a_chain_of_successors_ends_in_a_current_claim(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  as_of: 2024-06\n  supersedes: [minutes-2022]\n",
        "  as_of: 2024-06\n  status: expired\n  supersedes: [minutes-2022]\n",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:54:11: error[BG032]: the claims that supersede "minutes-2022" end in minutes-2024 (expired), which is not current\n  help: name the claim that holds now, or write `status: expired` where none does',
    ]


def test_a_chain_of_successors_ends_in_one_claim(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  as_of: 2023-03\n  evidence:\n    - source: council-report-2023\n      quote: There is a single",
        "  as_of: 2023-03\n  supersedes: [minutes-2022]\n  evidence:\n    - source: council-report-2023\n      quote: There is a single",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:54:11: error[BG032]: "minutes-2022" is superseded by several claims: minutes-2024 (current), one-camera (current)\n  help: let one claim supersede it, which the others follow',
    ]


def test_a_long_chain_may_pass_through_superseded_claims(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  status: superseded\n  evidence:\n    - source: council-report-2023\n      quote: In the autumn",
        "  status: superseded\n  supersedes: [minutes-before]\n  evidence:\n    - source: council-report-2023\n      quote: In the autumn",
    )
    edit("claims.yaml", '  as_of: "2021"\n', '  as_of: "2021"\n  status: superseded\n')

    assert problems() == []


def test_a_contested_claim_cannot_conflict_with_a_current_one(
    edit: Edit, problems: Problems
) -> None:
    edit("claims.yaml", "  as_of: 2023-10~\n  status: contested\n", "  as_of: 2023-10~\n")

    assert problems() == [
        'data/bus-lanes/claims.yaml:106:20: error[BG030]: "takings-fell" is current, but the contested "visitors-unchanged" conflicts with it\n  help: mark both as contested; or, where takings-fell is certain, the other as doubtful',
    ]


def test_a_judgement_has_no_evidence_of_its_own(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  basis: [minutes-before, minutes-2024]\n",
        "  basis: [minutes-before, minutes-2024]\n  evidence:\n    - source: gazette-2024\n      quote: a minute more than in\n",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:310:5: error[BG031]: the judgement "gain-is-real" has evidence of its own\n  help: name claims in `basis` instead; or make it a fact, a position or a prediction',
        'data/bus-lanes/claims.yaml:311:14: error[BG023]: claim "gain-is-real": the quote has not been looked for yet in gazette-2024\n  help: run `briefgen check --sources DIR` with the source texts',
    ]


# --- How far the evidence reaches ---------------------------------------------


def test_a_source_later_than_the_date_of_the_evidence_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("dossier.yaml", "as_of: ", "as_of: 2020 # ")

    found = [line for line in problems() if "BG035" in line]

    assert found
    assert found[0].startswith("data/bus-lanes/dossier.yaml:")
    assert "the evidence is said to reach to 2020, and source " in found[0]
    assert "\n  help: set `as_of` to " in found[0]


def test_sources_of_that_time_or_before_pass(problems: Problems) -> None:
    assert problems() == []

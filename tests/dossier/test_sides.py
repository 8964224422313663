"""Prose gives both sides of what is contested, and says what came after what is superseded."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Edit, Problems

FIRST = "    [@minutes-2022; @minutes-2024]; the operator"


def test_a_contested_claim_without_its_other_side_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("obstacles.yaml", "trusts no other [@trade-unknown]", "trusts no other [@takings-fell]")

    assert problems() == [
        'data/bus-lanes/obstacles.yaml:41:61: error[BG033]: "takings-fell" is contested, and nothing of its other side is cited with it\n  help: give the other side in the same text and cite [@visitors-unchanged]',
    ]


def test_whichever_claim_names_the_conflict_both_need_the_other_side(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "obstacles.yaml",
        "trusts no other [@trade-unknown]",
        "trusts no other [@visitors-unchanged]",
    )

    assert [line.split("help: ")[1] for line in problems()] == [
        "give the other side in the same text and cite [@takings-fell]"
    ]


def test_a_contested_claim_beside_its_other_side_passes(edit: Edit, problems: Problems) -> None:
    edit(
        "obstacles.yaml",
        "trusts no other [@trade-unknown]",
        "trusts no other [@takings-fell]. Officers see no effect [@visitors-unchanged]",
    )

    assert problems() == []


def test_another_field_of_the_record_is_another_text(edit: Edit, problems: Problems) -> None:
    edit(
        "areas.yaml",
        "    Officers see no effect on visitors, while 61 of 86 traders report lower takings\n    [@visitors-unchanged; @takings-fell].",
        "    Officers see no effect on visitors\n    [@visitors-unchanged].",
    )
    edit(
        "areas.yaml",
        "One bookseller does better [@bookshop-gains].",
        "One bookseller does better [@bookshop-gains; @takings-fell].",
    )

    assert [line.partition(": ")[0] for line in problems()] == [
        "data/bus-lanes/areas.yaml:30:6",
        "data/bus-lanes/areas.yaml:32:50",
    ]


def test_a_claim_that_only_its_own_evidence_contradicts_needs_no_other(
    edit: Edit, problems: Problems
) -> None:
    """The note on it names the source that says the contrary."""
    edit("claims.yaml", "  conflicts_with: [takings-fell]\n", "")
    edit("claims.yaml", "  as_of: 2023-03\n  status: contested\n", "  as_of: 2023-03\n")
    edit("obstacles.yaml", "trusts no other [@trade-unknown]", "trusts no other [@takings-fell]")

    assert problems() == []


def test_a_claim_s_note_may_name_the_other_side_alone(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "and nobody else has counted.", "as officers did [@visitors-unchanged].")

    assert problems() == []


def test_a_superseded_claim_without_its_successor_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", FIRST, "    [@minutes-2022]; the operator")

    assert problems() == [
        'data/bus-lanes/areas.yaml:9:6: error[BG034]: "minutes-2022" is superseded, and nothing that came after it is cited with it\n  help: say in the same text what came after and cite [@minutes-2024]',
    ]


def test_the_last_of_a_chain_of_successors_will_do(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  status: superseded\n",
        "  status: superseded\n  supersedes: [minutes-before]\n",
    )
    edit("claims.yaml", '  as_of: "2021"\n', '  as_of: "2021"\n  status: superseded\n')

    assert problems() == []  # the summary of the area cites the first and the last

    edit("areas.yaml", "[@minutes-before; @minutes-2024]", "[@minutes-before; @minutes-2022]")

    assert [line.split("help: ")[1] for line in problems() if "BG034" in line] == [
        "say in the same text what came after and cite [@minutes-2024]",
    ]


def test_a_text_that_cites_an_unknown_claim_has_that_reported_first(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", FIRST, "    [@minutes-2022; @minutes-2042]; the operator")

    assert [line.split("error[")[1][:5] for line in problems()] == ["BG013"]

"""Loose ends are warnings, shown once the data has no errors."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Edit, Problems, RunCli


def test_a_claim_that_nothing_uses_is_pointed_out(edit: Edit, problems: Problems) -> None:
    edit("instruments.yaml", "[made-permanent, lane-hours]", "[made-permanent]")

    assert problems() == [
        'data/bus-lanes/claims.yaml:21:7: warning[BG070]: no area, obstacle, other record or edition uses the claim "lane-hours"\n  help: list it under `claims` of the record that it bears on, or remove it',
    ]


def test_claims_that_only_know_of_each_other_are_pointed_out(
    edit: Edit, problems: Problems
) -> None:
    edit("instruments.yaml", "[made-permanent, lane-hours]", "[made-permanent]")
    edit(
        "claims.yaml",
        "- id: lane-hours\n  kind: fact\n",
        "- id: lane-hours\n  kind: fact\n  note: See [@lane-days].\n",
    )
    edit(
        "claims.yaml",
        "- id: experiment-limit",
        "- id: lane-days\n  kind: judgement\n  statement: The lanes rest at weekends.\n  as_of: 2023-03\n  basis: [lane-hours]\n  why: They hold on working days.\n\n- id: experiment-limit",
    )

    assert [line.split(": ")[2] for line in problems()] == [
        'no area, obstacle, other record or edition uses the claim "lane-hours"\n  help',
        'no area, obstacle, other record or edition uses the claim "lane-days"\n  help',
    ]


def test_what_a_claim_in_use_conflicts_with_or_replaces_is_in_use(
    edit: Edit, problems: Problems
) -> None:
    edit("tables/journey-times.yaml", "minutes-2022, ", "")
    edit("areas.yaml", "gain-is-real, minutes-2022, ", "gain-is-real, ")
    edit(
        "areas.yaml",
        "The council first measured 12 minutes\n    [@minutes-2022; @minutes-2024]; the",
        "The",
    )

    assert problems() == []


def test_a_claim_that_speaks_against_one_in_use_is_in_use(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "- id: experiment-limit",
        "- id: lane-days\n  kind: judgement\n  statement: The lanes rest at weekends.\n  as_of: 2023-03\n  status: doubtful\n  note: Ask the council.\n  basis: [lane-hours]\n  why: They hold on working days.\n  conflicts_with: [lane-hours]\n\n- id: experiment-limit",
    )

    assert problems() == []

    edit("claims.yaml", "  conflicts_with: [lane-hours]\n", "")

    assert [line.split(": ")[2] for line in problems()] == [
        'no area, obstacle, other record or edition uses the claim "lane-days"\n  help',
    ]


def test_a_source_that_no_claim_quotes_is_pointed_out(edit: Edit, problems: Problems) -> None:
    edit(
        "sources.yaml",
        "- id: gazette-2024",
        "- id: log-2022\n  type: document\n  title: Log\n  note: A log.\n  reliability: {grade: F, why: Unread.}\n  viewpoint: None.\n  licence: None.\n\n- id: gazette-2024",
    )

    assert problems() == [
        'data/bus-lanes/sources.yaml:41:7: warning[BG070]: no claim quotes the source "log-2022"\n  help: quote it in a claim, or remove it',
    ]


def test_a_term_that_no_text_uses_is_pointed_out(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: Market Street", "term: Market Streets")

    assert problems() == [
        'data/bus-lanes/terms.yaml:5:7: warning[BG070]: no text uses the term "Market Streets"\n  help: remove it',
    ]


def test_an_actor_without_a_position_is_pointed_out(edit: Edit, problems: Problems) -> None:
    edit(
        "actors.yaml",
        "  positions:\n    - id: on-permanent-order\n      on: permanent-order\n      stance: opposes\n      claim: only-paint\n",
        "",
    )

    assert problems() == [
        'data/bus-lanes/actors.yaml:53:7: warning[BG071]: the actor "petra-holm" has no position\n  help: add one with its claim, `stance: unstated` where the sources do not say',
    ]


def test_an_area_without_an_obstacle_is_pointed_out(edit: Edit, problems: Problems) -> None:
    for _ in range(3):
        edit("obstacles.yaml", ", side-streets", "")

    assert problems() == [
        'data/bus-lanes/areas.yaml:48:7: warning[BG072]: no obstacle affects the area "side-streets"\n  help: name it in `affects` of one',
    ]


def test_a_claim_that_is_cited_and_not_listed_is_pointed_out(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "claims: [crates-carried, bays-wanted]", "claims: [bays-wanted]")

    assert problems() == [
        'data/bus-lanes/areas.yaml:43:74: warning[BG073]: "deliveries" cites the claim "crates-carried", but does not list it\n  help: add it to `claims` of the record',
    ]


def test_loose_ends_are_not_shown_beside_errors(edit: Edit, problems: Problems) -> None:
    edit("instruments.yaml", "[made-permanent, lane-hours]", "[made-permanent]")
    edit("areas.yaml", "stage: idea", "stage: ideal")

    assert ["warning" in line for line in problems()] == [False]


def confirm_by_two(edit: Edit) -> None:
    edit(
        "claims.yaml",
        "      quote: There is a single camera, at Station Road\n      credibility: 1\n",
        "      quote: There is a single camera, at Station Road\n      credibility: 1\n    - source: traders-2024\n      quote: drivers carry crates over 200 metres\n      credibility: 1\n",
    )


ONE_WITNESS = 'warning[BG074]: "one-camera" is graded as confirmed, but council-report-2023 and traders-2024 lean on the same origin'


def test_witnesses_that_lean_on_one_origin_do_not_confirm(
    edit: Edit, problems: Problems, dossier: Path, run_cli: RunCli
) -> None:
    confirm_by_two(edit)
    origin = "  depends_on:\n    - origin: The town hall\n      why: It quotes it.\n  text:\n"
    edit("sources.yaml", "  text:\n    file: council", origin + "    file: council")
    edit("sources.yaml", "  text:\n    file: traders", origin + "    file: traders")
    (dossier / "evidence.lock").unlink()
    run_cli("check", "--sources", "sources")

    found = problems()
    assert len(found) == 1
    assert ONE_WITNESS in found[0]
    shown = " ".join(run_cli("show", "one-camera").stdout.split())
    assert "perhaps one witness: council-report-2023, traders-2024 lean on the same origin" in shown


def test_witnesses_that_lean_on_each_other_do_not_confirm(
    edit: Edit, problems: Problems, dossier: Path, run_cli: RunCli
) -> None:
    confirm_by_two(edit)
    edit(
        "sources.yaml",
        "  text:\n    file: traders",
        "  depends_on:\n    - source: council-report-2023\n      why: It answers it.\n  text:\n    file: traders",
    )
    (dossier / "evidence.lock").unlink()
    run_cli("check", "--sources", "sources")

    assert [ONE_WITNESS in line for line in problems()] == [True]


def test_independent_witnesses_confirm(
    edit: Edit, problems: Problems, dossier: Path, run_cli: RunCli
) -> None:
    confirm_by_two(edit)
    (dossier / "evidence.lock").unlink()
    run_cli("check", "--sources", "sources")

    assert problems() == []


def test_a_witness_against_the_claim_does_not_confirm_it(
    edit: Edit, problems: Problems, dossier: Path, run_cli: RunCli
) -> None:
    confirm_by_two(edit)
    edit(
        "sources.yaml",
        "  text:\n    file: traders",
        "  depends_on:\n    - source: council-report-2023\n      why: It answers it.\n  text:\n    file: traders",
    )
    edit(
        "claims.yaml",
        "carry crates over 200 metres\n      credibility: 1\n",
        "carry crates over 200 metres\n      credibility: 1\n      role: contradicts\n",
    )
    (dossier / "evidence.lock").unlink()
    run_cli("check", "--sources", "sources")

    assert problems() == []

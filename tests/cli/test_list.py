"""`briefgen list`: what there is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.dossier.model import KINDS

if TYPE_CHECKING:
    from conftest import Edit, RunCli


def test_without_a_kind_everything_is_counted(run_cli: RunCli) -> None:
    ran = run_cli("list")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        """\
bus-lanes          Bus lanes in Harrowmere
  editions         2
  sources          3
  claims           34
  areas            5
  obstacles        5
  recommendations  5
  actors           5
  instruments      2
  milestones       7
  terms            3
  tables           1
  reviews          0
"""
    )


def test_editions_are_listed_with_title_and_question(run_cli: RunCli) -> None:
    ran = run_cli("list", "editions")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        "overview     Faster buses, open questions: What have the bus lanes changed, and what "
        "should follow?\n"
        "shopkeepers  Ask the tills first: Should shops accept more bus lanes?\n"
    )


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("sources", "traders-2024         What the lanes cost us"),
        ("claims", "one-camera          One camera watches the lanes."),
        ("areas", "trade         Trade & takings"),
        ("obstacles", "no-money                The budget holds nothing for more"),
        ("recommendations", "paint-bays      Paint loading bays for the evening"),
        ("actors", "petra-holm    Petra Holm"),
        ("instruments", "permanent-order     Market Street Traffic Order"),
        ("milestones", "opening         The lanes open"),
        ("terms", "term-hbc            HBC"),
        ("tables", "journey-times  Minutes by bus from the Corn Exchange to the station"),
    ],
)
def test_records_of_a_kind_are_listed_with_what_they_are(
    run_cli: RunCli, kind: str, line: str
) -> None:
    ran = run_cli("list", kind)

    assert (ran.code, ran.stderr) == (0, "")
    assert line in ran.stdout.splitlines()


def test_every_kind_can_be_listed(run_cli: RunCli) -> None:
    for kind in KINDS:
        assert run_cli("list", kind).stdout, kind


def test_an_unknown_kind_is_refused_with_a_suggestion(run_cli: RunCli) -> None:
    ran = run_cli("list", "clams")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        'briefgen: unknown kind "clams"\n'
        '  help: did you mean "claims"? kinds: editions, sources, claims, areas, obstacles, '
        "recommendations, actors, instruments, milestones, terms, tables, reviews, layouts\n"
    )


def test_with_several_dossiers_the_ids_carry_their_dossier(
    run_cli: RunCli, bus_lanes: Path
) -> None:
    shutil.copytree(bus_lanes / "data" / "bus-lanes", bus_lanes / "data" / "trams")

    assert run_cli("list", "tables").stdout.splitlines() == [
        f"{dossier}/journey-times  Minutes by bus from the Corn Exchange to the station".replace(
            "trams/journey-times", "trams/journey-times    "
        )
        for dossier in ("bus-lanes", "trams")
    ]


def test_data_with_mistakes_is_listed_with_a_warning(run_cli: RunCli, edit: Edit) -> None:
    edit("terms.yaml", "term: HBC", "term: 5")
    edit("dossier.yaml", "as_of: 2024-06\n", "")

    ran = run_cli("list")

    assert ran.code == 0
    assert "bus-lanes          (dossier.yaml has problems)\n" in ran.stdout
    assert "  terms            2\n" in ran.stdout
    assert ran.stderr == (
        "briefgen: the data has 2 errors, so this may be incomplete; see `briefgen check`\n"
    )


def test_layouts_are_listed_with_where_they_are_from_and_who_uses_them(
    run_cli: RunCli, bus_lanes: Path
) -> None:
    for name, theme in {"mine": "extends: briefing-note\n", "wrong": "extends: nowhere\n"}.items():
        (bus_lanes / "templates" / name).mkdir(parents=True)
        (bus_lanes / "templates" / name / "theme.yaml").write_text(theme, "utf-8")

    ran = run_cli("list", "layouts")

    assert ran.code == 0
    assert ran.stdout.splitlines() == [
        "briefing-note  ships with briefgen; extends policy-brief; A4",
        "mine           in this project; extends briefing-note; A4",
        "policy-brief   ships with briefgen; A4; used by overview, shopkeepers",
        "wrong          (has problems: `briefgen check` lists them)",
    ]

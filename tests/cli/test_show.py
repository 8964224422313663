"""`briefgen show`: one record with its evidence and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Edit, RunCli


def test_an_area_is_shown_with_its_claims_their_quotes_and_its_uses(run_cli: RunCli) -> None:
    ran = run_cli("show", "side-streets")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        """\
area side-streets  (data/bus-lanes/areas.yaml:48:7)
  title: Side streets
  short: Side streets
  summary: Mill Lane has 340 more vehicles a day [@mill-lane-traffic].
  stage: dialogue
  claims:
    mill-lane-traffic (fact, current, 2023-03)
      Mill Lane carries 340 more vehicles a day than it did before the trial.
      supports: council-report-2023, credibility 2, “show 340 more vehicles a day than before”
    cars-slower (fact, current, 2023-03)
      Drivers on the street lose 2 minutes in the peak.
      supports: council-report-2023, credibility 2, “became 2 minutes longer in the peak”
  used in:
    obstacles/no-loading-bays
    obstacles/no-money
    obstacles/split-committee
    editions/overview: 5 of 5
    editions/shopkeepers: left out
"""
    )


def test_a_claim_is_shown_with_both_sides_and_with_what_conflicts_with_it(run_cli: RunCli) -> None:
    ran = run_cli("show", "takings-fell")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        """\
claim takings-fell  (data/bus-lanes/claims.yaml:113:7)
  kind: position
  statement: In the traders' survey, 61 of 86 members report lower takings than before the
    lanes.
  as_of: 2023-10~
  status: contested
  note: The association asked only its own members, and nobody else has counted.
  supports: traders-2024, “61 of 86 members reported lower takings”
  contradicts: gazette-2024, “the bookshop says her takings rose”
  in conflict with visitors-unchanged (contested): Council officers see no effect of the lanes
    on visitor numbers.
  used in:
    claims/visitors-unchanged
    claims/trade-unknown
    areas/trade
    obstacles/nobody-counted-takings
    actors/traders
    editions/overview
    editions/shopkeepers
"""
    )


@pytest.mark.parametrize(
    ("record", "first", "lines"),
    [
        ("gazette-2024", "source", ["  container-title: The Harrowmere Gazette", "  URL: https"]),
        (
            "minutes-2022",
            "claim",
            ["  superseded by minutes-2024 (current): By June", "  values: minutes: 12"],
        ),
        ("trade-unknown", "claim", ["  basis: visitors-unchanged, takings-fell, bookshop-gains"]),
        ("bus-journeys", "area", ["    - loading bays, so that vans have *somewhere else* to"]),
        ("no-money", "obstacle", ["  severity:", "    level: high"]),
        ("paint-bays", "recommendation", ["  owner: council", "  proposed_by: traders-2024"]),
        ("petra-holm", "actor", ["      stance: opposes", "  used nowhere"]),
        ("permanent-order", "instrument", ["    value: 2023-04-11", "    claim: made-permanent"]),
        ("traders-meet", "milestone", ["  outcome: disputed", "    editions/shopkeepers"]),
        ("term-eto", "term", ["  expansion: experimental traffic order"]),
        ("journey-times", "table", ["    - id: measured-by", "      title: Measured by"]),
    ],
)
def test_each_kind_of_record_can_be_shown(
    run_cli: RunCli, record: str, first: str, lines: list[str]
) -> None:
    ran = run_cli("show", record)

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith(f"{first} {record}  (data/bus-lanes/")
    for line in lines:
        assert f"\n{line}" in ran.stdout, line


def test_an_unknown_record_is_refused_with_a_suggestion(run_cli: RunCli) -> None:
    ran = run_cli("show", "bus-journey")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        'briefgen: unknown record "bus-journey"\n'
        '  help: did you mean "bus-journeys"? `briefgen list KIND` shows the records of a kind\n'
    )


def test_an_edition_is_shown_with_what_it_shows_in_its_order(run_cli: RunCli) -> None:
    ran = run_cli("show", "shopkeepers")

    assert (ran.code, ran.stderr) == (0, "")
    lines = ran.stdout.splitlines()
    assert lines[0] == "edition shopkeepers  (data/bus-lanes/editions/shopkeepers.yaml:1:5)"
    assert lines[2] == "  question: Should shops accept more bus lanes?"
    assert lines[-4:] == [
        "  areas: deliveries, trade, bus-journeys",
        "  obstacles: no-loading-bays, nobody-counted-takings, no-money",
        "  recommendations: paint-bays, count-together, review-hours, second-camera",
        "  left out: access, side-streets, split-committee, weak-enforcement, early-green",
    ]


def test_with_the_source_texts_each_quote_stands_in_its_passage(run_cli: RunCli) -> None:
    ran = run_cli("show", "one-camera", "--sources", "sources")

    assert (ran.code, ran.stderr) == (0, "")
    flat = " ".join(ran.stdout.split())
    assert "doubled within the year. 6. Enforcement «There is a single camera, at" in flat
    assert "Station Road». Officers estimate that one vehicle in eight" in flat


def test_the_folder_of_the_texts_may_come_from_the_environment(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_SOURCES", "sources")

    shown = " ".join(run_cli("show", "one-camera").stdout.split())

    assert "«There is a single camera, at Station Road»" in shown


def test_a_passage_that_cannot_be_shown_says_why(run_cli: RunCli, bus_lanes: Path) -> None:
    text = bus_lanes / "sources" / "council-report-2023.txt"
    text.write_text(text.read_text("utf-8").replace("a single camera", "one camera"))
    (bus_lanes / "sources" / "traders-2024.txt").unlink()

    def passage(record: str) -> str:
        return " ".join(run_cli("show", record, "--sources", "sources").stdout.split())

    assert "[the quote does not stand in the text, or more than once]" in passage("one-camera")
    assert "[the text has changed since]" in passage("camera-notice")
    assert "[the text is not in the folder]" in passage("bays-wanted")


def test_a_record_says_what_each_edition_makes_of_it(run_cli: RunCli) -> None:
    shown = run_cli("show", "early-green").stdout

    assert "    editions/overview: 5 of 5\n" in shown
    assert "    editions/shopkeepers: left out: " in shown


def test_a_record_is_shown_although_others_have_mistakes(run_cli: RunCli, edit: Edit) -> None:
    edit("dossier.yaml", "as_of: 2024-06\n", "")
    edit("claims.yaml", "credibility: 1", "credibility: 7")

    ran = run_cli("show", "side-streets")

    assert ran.code == 0
    assert "    mill-lane-traffic (fact, current, 2023-03)\n" in ran.stdout
    assert ran.stderr == (
        "briefgen: the data has 2 errors, so this may be incomplete; see `briefgen check`\n"
    )


def test_without_an_id_the_usage_is_shown(run_cli: RunCli) -> None:
    ran = run_cli("show")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.endswith("Error: Missing argument 'ID'.\n")

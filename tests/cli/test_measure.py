"""`briefgen measure`: the report, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Edit, RunCli

GOLDEN = Path(__file__).parents[1] / "golden" / "bus-lanes-measure.txt"
LONG = "The traders met the council in the old hall on a wet day without lunch."


def test_the_report_of_the_bus_lanes(run_cli: RunCli, *, update_golden: bool) -> None:
    ran = run_cli("measure")

    assert (ran.code, ran.stderr) == (0, "")
    if update_golden:
        GOLDEN.write_text(ran.stdout, "utf-8")
    assert ran.stdout == GOLDEN.read_text("utf-8")


def test_the_report_fits_into_80_columns(run_cli: RunCli, edit: Edit, bus_lanes: Path) -> None:
    editions = bus_lanes / "data" / "bus-lanes" / "editions"
    name = "shopkeepers-on-both-sides-of-market-street"
    edit("editions/shopkeepers.yaml", "id: shopkeepers", f"id: {name}")
    (editions / "shopkeepers.yaml").rename(editions / f"{name}.yaml")
    edit("editions/overview.yaml", "  Holm holds", f"  {LONG} Holm holds")
    edit(f"editions/{name}.yaml", "  Buses gained", f"  {LONG} Buses gained")

    lines = run_cli("measure").stdout.splitlines()

    assert max(map(len, lines)) <= 80
    assert any(line.startswith("shopkeepers-on") and "…" in line for line in lines)


def test_figures_beyond_their_limits_are_marked_and_worded(run_cli: RunCli, edit: Edit) -> None:
    edit("editions/overview.yaml", "  Holm holds", f"  {LONG} Holm holds")
    edit("editions/shopkeepers.yaml", "  Buses gained", f"  {LONG} Buses gained")

    ran = run_cli("measure", "--strict")

    assert "overview, shopkeepers    1!" in ran.stdout
    assert "overview, shopkeepers: the same: The traders met the council" in ran.stdout
    assert ran.stdout.endswith("\nbeyond their limits (!): 2\n")
    assert (ran.code, ran.stderr) == (1, "")


def test_sentences_that_are_nearly_the_same_stand_one_below_the_other(
    run_cli: RunCli, edit: Edit
) -> None:
    # without --strict it is a report, and no failure
    near = LONG.replace("wet", "dry")
    edit("editions/overview.yaml", "  Holm holds", f"  {LONG} Holm holds")
    edit("editions/shopkeepers.yaml", "  Buses gained", f"  {near} Buses gained")

    ran = run_cli("measure")

    assert ran.code == 0
    assert f"overview, shopkeepers: 62% alike:\n  {LONG}\n  {near}\n" in ran.stdout


def test_what_nothing_explains_and_what_is_too_long_is_worded(run_cli: RunCli, edit: Edit) -> None:
    words = " ".join(["word"] * 40)
    edit("editions/overview.yaml", "  Holm holds", f"  The DIY {words} ends. Holm holds")

    shown = run_cli("measure", "overview").stdout

    assert "overview: nothing explains DIY\n" in shown
    assert "overview: 43 words: The DIY word word" in shown
    assert shown.count("43 words:") == 1


def test_strict_passes_where_every_figure_is_within_its_limit(run_cli: RunCli) -> None:
    assert run_cli("measure", "--strict").code == 0


def test_json_gives_the_same_figures(run_cli: RunCli) -> None:
    ran = run_cli("measure", "--format", "json")

    assert (ran.code, ran.stderr) == (0, "")
    report = json.loads(ran.stdout)
    assert list(report) == ["limits", "editions", "pairs", "differing", "within_limits"]
    assert report["limits"]["own_share"] == 0.4
    assert [figures["edition"] for figures in report["editions"]] == ["overview", "shopkeepers"]
    for figures in report["editions"]:
        parts = ("own_words", "shared_words", "template_words")
        assert figures["words"] == sum(figures[part] for part in parts)
        assert figures["beyond"] == []
        assert set(figures["own"]) == set(figures["whole"])
    [pair] = report["pairs"]
    assert (pair["left"], pair["right"], pair["shared"]) == ("overview", "shopkeepers", [])
    assert (report["differing"], report["within_limits"]) == ([], True)


def test_an_unknown_edition_is_wrong_usage(run_cli: RunCli) -> None:
    ran = run_cli("measure", "shopkeeper")

    assert (ran.code, ran.stdout) == (2, "")
    assert 'did you mean "shopkeepers"?' in ran.stderr


def test_data_with_mistakes_is_not_measured(run_cli: RunCli, edit: Edit) -> None:
    edit("areas.yaml", "stage: operational", "stage: operating")

    ran = run_cli("measure")

    assert (ran.code, ran.stdout) == (1, "")
    assert "error[BG006]" in ran.stderr

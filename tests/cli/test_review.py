"""`briefgen review` and `briefgen merge` as people meet them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk import Desk
from word_editing import WordFile

if TYPE_CHECKING:
    from conftest import Edit, RunCli

AREAS = Path("data") / "bus-lanes" / "areas.yaml"


@pytest.fixture
def copy(bus_lanes: Path) -> WordFile:
    """An export of the overview, to be edited."""
    return Desk(bus_lanes, "bus-lanes").export("overview")


@pytest.fixture
def edited(bus_lanes: Path, copy: WordFile) -> Path:
    """A copy with an edit, a changed number, a tracked change and a comment."""
    copy.replace("faster than before", "quicker than before")
    copy.replace("61 of 86 traders", "62 of 86 traders")
    copy.replace("One bookseller does", "One bookshop does", "Anna")
    copy.comment("loading bays", "Where?", "Ben")
    return copy.save(bus_lanes / "edited.docx")


def test_a_review_tells_what_becomes_of_each_edit(run_cli: RunCli, edited: Path) -> None:
    ran = run_cli("review", edited.name)
    assert (ran.code, ran.stderr) == (0, "")
    told = ran.stdout
    assert told.startswith("edited.docx: ")
    assert "3 texts edited, 1 comment, 2 tracked changes." in told
    assert "data/bus-lanes/areas.yaml:4:12: areas/bus-journeys/summary" in told
    assert "[-faster-]{+quicker+}" in told
    assert "proposed: 62 for 61" in told
    assert "needs:    a passage of a source that says 62" in told
    assert "tracked by Anna" in told
    assert "Where?" in told


def test_a_review_writes_nothing_but_its_report(
    run_cli: RunCli, bus_lanes: Path, edited: Path
) -> None:
    before = Desk(bus_lanes, "bus-lanes").fingerprints()
    assert run_cli("review", edited.name, "--out", "review.html").code == 0
    page = (bus_lanes / "review.html").read_text("utf-8")
    assert "<ins>quicker</ins>" in page
    assert "<script" not in page
    assert Desk(bus_lanes, "bus-lanes").fingerprints() == before


def test_a_review_as_json(run_cli: RunCli, edited: Path) -> None:
    ran = run_cli("review", edited.name, "--json")
    [review] = json.loads(ran.stdout)["reviews"]
    outcomes = {change["field"]: change["outcome"] for change in review["changes"]}
    assert outcomes["areas/bus-journeys/summary"] == "merges"
    assert outcomes["areas/trade/summary"] == "proposed"
    assert review["comments"][0]["field"] == "areas/bus-journeys/body"
    assert {r["author"] for r in review["revisions"]} == {"Anna"}


def test_the_name_of_a_report_says_its_form(run_cli: RunCli, edited: Path) -> None:
    ran = run_cli("review", edited.name, "--out", "review.pdf")
    assert ran.code == 2
    assert "help: name a file that ends in one of .html, .json, .txt" in ran.stderr


def test_a_merge_that_is_not_told_about_tracked_changes_stops(
    run_cli: RunCli, bus_lanes: Path, edited: Path
) -> None:
    before = Desk(bus_lanes, "bus-lanes").fingerprints()
    ran = run_cli("merge", edited.name)
    assert ran.code == 2
    assert "2 tracked changes" in ran.stderr
    assert "--tracked accept" in ran.stderr
    assert Desk(bus_lanes, "bus-lanes").fingerprints() == before


def test_a_dry_run_shows_the_patch_and_writes_nothing(
    run_cli: RunCli, bus_lanes: Path, edited: Path
) -> None:
    before = Desk(bus_lanes, "bus-lanes").fingerprints()
    ran = run_cli("merge", edited.name, "--tracked", "accept", "--dry-run")
    assert (ran.code, ran.stderr) == (0, "")
    assert "-    Buses to the station are faster than before the trial" in ran.stdout
    assert "+    Buses to the station are quicker than before the trial" in ran.stdout
    assert "62" not in ran.stdout.partition("to settle")[0]
    assert Desk(bus_lanes, "bus-lanes").fingerprints() == before


def test_a_merge_writes_and_says_what_is_to_be_settled(
    run_cli: RunCli, bus_lanes: Path, edited: Path
) -> None:
    ran = run_cli("merge", edited.name, "--tracked", "accept")
    assert (ran.code, ran.stderr) == (0, "")
    assert "areas/bus-journeys/summary (shared)" in ran.stdout
    assert "to settle: 1 proposal, 1 comment" in ran.stdout
    text = (bus_lanes / AREAS).read_text("utf-8")
    assert "quicker than before" in text
    assert "One bookshop does" in text
    assert "61 of 86" in text
    listed = run_cli("list", "reviews").stdout
    assert "proposal" in listed
    assert "Where?" in listed
    assert run_cli("check").code == 0


def test_one_author_s_changes_alone(run_cli: RunCli, bus_lanes: Path, copy: WordFile) -> None:
    copy.replace("faster than before", "quicker than before", "Anna")
    copy.replace("One bookseller does", "One bookshop does", "Ben")
    copy.save(bus_lanes / "edited.docx")
    ran = run_cli("merge", "edited.docx", "--tracked", "accept", "--author", "Anna")
    assert ran.code == 0
    text = (bus_lanes / AREAS).read_text("utf-8")
    assert "quicker than before" in text
    assert "One bookseller does" in text
    unknown = run_cli("merge", "edited.docx", "--author", "Carla")
    assert unknown.code == 2
    assert "there are changes by Anna, Ben" in unknown.stderr


def test_conflicts_are_answered_in_a_file(
    run_cli: RunCli, bus_lanes: Path, copy: WordFile, edit: Edit
) -> None:
    copy.replace("faster than before", "quicker than before")
    copy.save(bus_lanes / "edited.docx")
    edit("areas.yaml", "faster than before", "swifter than before")
    stopped = run_cli("merge", "edited.docx", "--conflicts", "conflicts.yaml")
    assert stopped.code == 4
    assert "error[BG091]" in stopped.stderr
    assert "answer the conflicts in conflicts.yaml" in stopped.stderr
    path = bus_lanes / "conflicts.yaml"
    written = path.read_text("utf-8")
    assert "swifter" in written
    assert "quicker" in written
    path.write_text(written.replace("take:\n", "take: theirs\n"), "utf-8")
    ran = run_cli("merge", "edited.docx", "--conflicts", "conflicts.yaml")
    assert ran.code == 0
    assert "quicker than before" in (bus_lanes / AREAS).read_text("utf-8")


def test_ways_to_decide_exclude_each_other(run_cli: RunCli, edited: Path) -> None:
    ran = run_cli("merge", edited.name, "--ours", "--theirs")
    assert ran.code == 2
    assert "exclude each other" in ran.stderr


def test_a_final_copy_is_refused_with_the_reason(run_cli: RunCli) -> None:
    assert run_cli("build", "overview", "--format", "docx", "--final").code == 0
    ran = run_cli("review", "out/bus-lanes-overview-final.docx")
    assert ran.code == 2
    assert "no snapshot" in ran.stderr
    assert "--final" in ran.stderr


def test_data_with_mistakes_is_not_merged_into(run_cli: RunCli, edited: Path, edit: Edit) -> None:
    edit("areas.yaml", "stage: operational", "stage: sleeping")
    ran = run_cli("merge", edited.name, "--tracked", "accept")
    assert ran.code == 1
    assert "error[BG006]" in ran.stderr


def test_a_build_over_an_edited_file_names_the_way_back(run_cli: RunCli, bus_lanes: Path) -> None:
    assert run_cli("build", "overview", "--format", "docx").code == 0
    path = bus_lanes / "out" / "bus-lanes-overview.docx"
    word = WordFile.open(path)
    word.replace("faster than before", "quicker than before")
    kept = word.save(path).read_bytes()
    ran = run_cli("build", "overview", "--format", "docx")
    assert ran.code == 5
    assert "error[BG060]" in ran.stderr
    assert "`briefgen review out/bus-lanes-overview.docx`" in ran.stderr
    assert path.read_bytes() == kept

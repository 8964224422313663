"""`briefgen check`: what it prints where, its exit codes, and the lock that it writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.resources import shipped

if TYPE_CHECKING:
    from conftest import Edit, RunCli

CLEAN = "no problems: 34 claims, 33 quotes {}, 2 editions\n"
IN_LOCK = CLEAN.format("as verified in evidence.lock")
IN_TEXTS = CLEAN.format("found once each in the sources")


def test_a_clean_project_is_summed_up(run_cli: RunCli) -> None:
    ran = run_cli("check")

    assert (ran.code, ran.stdout, ran.stderr) == (0, IN_LOCK, "")


def test_a_clean_project_is_summed_up_with_its_sources(run_cli: RunCli) -> None:
    ran = run_cli("check", "--sources", "sources")

    assert (ran.code, ran.stdout, ran.stderr) == (0, IN_TEXTS, "")


def test_a_project_elsewhere_can_be_named(run_cli: RunCli, bus_lanes: Path, tmp_path: Path) -> None:
    ran = run_cli("check", "--project", bus_lanes, cwd=tmp_path)

    assert (ran.code, ran.stdout, ran.stderr) == (0, IN_LOCK, "")


def test_problems_go_to_standard_output_and_their_count_to_standard_error(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("areas.yaml", "stage: operational", "stage: operating")

    ran = run_cli("check")

    assert ran.code == 1
    assert ran.stdout == (
        'data/bus-lanes/areas.yaml:20:10: error[BG006]: stage: "operating" is not one of the '
        'choices\n  help: did you mean "operational"? choose one of idea, dialogue, pilot, '
        "programme, operational\n"
    )
    assert ran.stderr == "1 error\n"


def test_mistakes_in_all_files_are_reported_in_one_run_in_order_of_their_places(
    run_cli: RunCli, edit: Edit, dossier: Path
) -> None:
    edit("terms.yaml", "term: HBC", "term: 5")
    edit("areas.yaml", "actors: [traders]", "actors: [trader]")
    edit("areas.yaml", "[@mill-lane-traffic]", "[@mill-lane]")
    edit("actors.yaml", "kind: group", "kind: crowd")
    edit("claims.yaml", "  conflicts_with: [takings-fell]\n", "")
    edit("editions/shopkeepers.yaml", "weight: 2", "weight: 9")
    edit("editions/overview.yaml", "bus-journeys: {weight: 5}", "buses: {weight: 5}")
    edit("tables/journey-times.csv", "2021,17", "2021,seventeen")
    edit("milestones.yaml", "title: The lanes open", "title: The lanes: open")
    (dossier / "obstacle.yaml").touch()
    (dossier / "evidence.lock").unlink()

    ran = run_cli("check")

    heads = [line.split(": error[") for line in ran.stdout.splitlines() if "error[" in line]
    assert [(place.removeprefix("data/bus-lanes/"), what[:5]) for place, what in heads] == [
        ("actors.yaml:19:9", "BG006"),
        ("areas.yaml:36:12", "BG012"),
        ("areas.yaml:51:51", "BG013"),
        ("claims.yaml:105:11", "BG030"),
        ("editions/overview.yaml:40:5", "BG012"),
        ("editions/shopkeepers.yaml:50:15", "BG006"),
        ("evidence.lock:1:1", "BG023"),
        ("milestones.yaml:8:19", "BG001"),
        ("obstacle.yaml:1:1", "BG007"),
        ("tables/journey-times.csv:2:6", "BG016"),
        ("terms.yaml:2:9", "BG006"),
    ]
    assert (ran.code, ran.stderr) == (1, "11 errors\n")


def test_a_folder_of_sources_that_is_not_there_is_wrong_usage(run_cli: RunCli) -> None:
    ran = run_cli("check", "--sources", "nowhere")

    assert (ran.code, ran.stdout) == (2, "")
    assert "Invalid value for '--sources'" in ran.stderr
    assert "'nowhere' does not exist" in ran.stderr


# --- The lock -----------------------------------------------------------------


def test_the_lock_is_written_when_all_is_well(run_cli: RunCli, dossier: Path) -> None:
    lock = dossier / "evidence.lock"
    before = lock.read_bytes()
    lock.unlink()

    ran = run_cli("check", "--sources", "sources")

    assert (ran.code, ran.stdout) == (0, IN_TEXTS)
    assert ran.stderr == "wrote data/bus-lanes/evidence.lock\n"
    assert lock.read_bytes() == before


def test_the_lock_is_left_alone_when_it_is_right(run_cli: RunCli, dossier: Path) -> None:
    lock = dossier / "evidence.lock"
    before = lock.stat()

    run_cli("check", "--sources", "sources")

    assert lock.stat().st_mtime_ns == before.st_mtime_ns
    assert lock.stat().st_ino == before.st_ino


def test_a_lock_that_is_not_text_is_written_anew(run_cli: RunCli, dossier: Path) -> None:
    lock = dossier / "evidence.lock"
    before = lock.read_bytes()
    lock.write_bytes(b"\xff\xfe")

    assert run_cli("check", "--sources", "sources").code == 0
    assert lock.read_bytes() == before


def test_the_lock_is_not_written_while_anything_is_wrong(
    run_cli: RunCli, edit: Edit, dossier: Path
) -> None:
    (dossier / "evidence.lock").unlink()
    edit("terms.yaml", "term: HBC", "term: 5")

    assert run_cli("check", "--sources", "sources").code == 1
    assert not (dossier / "evidence.lock").exists()


def test_a_lock_that_cannot_be_written_is_a_matter_of_the_machine(
    run_cli: RunCli, dossier: Path
) -> None:
    (dossier / "evidence.lock").unlink()
    (dossier / "evidence.lock").symlink_to("no/such/folder")

    ran = run_cli("check", "--sources", "sources")

    assert ran.code == 1
    assert '"evidence.lock" is not a file' in ran.stdout


def test_without_sources_nothing_is_written(run_cli: RunCli, dossier: Path) -> None:
    files = sorted(dossier.rglob("*"))
    (dossier / "evidence.lock").unlink()

    run_cli("check")

    assert sorted(dossier.rglob("*")) == [f for f in files if f.name != "evidence.lock"]


def test_a_quote_that_is_right_but_new_is_red_until_the_texts_were_searched(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("claims.yaml", "quote: There is a single camera, at", "quote: a single camera, at")

    assert run_cli("check").code == 1
    assert run_cli("check", "--sources", "sources").code == 0
    assert run_cli("check").code == 0


@pytest.mark.parametrize(
    ("text", "old", "new", "red"),
    [
        ("council-report-2023", "17 minutes on average", "16 minutes on average", "minutes-before"),
        ("council-report-2023", "rose by 9 per cent", "fell by 9 per cent", "boardings-rose"),
        ("traders-2024", "61 of 86", "51 of 86", "takings-fell"),
        ("gazette-2024", "from 14 to 11", "from 14 to 12", "empty-shops"),
    ],
)
def test_one_changed_word_of_a_source_turns_exactly_the_claims_red_that_rest_on_it(
    run_cli: RunCli, edit: Edit, text: str, old: str, new: str, red: str
) -> None:
    edit(f"../../sources/{text}.txt", old, new)

    ran = run_cli("check", "--sources", "sources")

    facts = [line for line in ran.stdout.splitlines() if "error[" in line]
    quotes = [line for line in facts if "error[BG020]" in line]
    assert len(quotes) == 1
    assert f'error[BG020]: claim "{red}": the quote is not in {text}:' in quotes[0]
    assert [line for line in facts if line not in quotes] == [
        line for line in facts if f'the text of "{text}" has changed since it was curated' in line
    ]
    assert (ran.code, ran.stderr, len(facts)) == (1, "2 errors\n", 2)


def test_a_change_that_no_quote_touches_leaves_every_claim_green(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("../../sources/gazette-2024.txt", "two of those let are barbers", "all let are barbers")

    ran = run_cli("check", "--sources", "sources")

    assert ran.code == 1
    assert "BG020" not in ran.stdout
    assert 'the text of "gazette-2024" has changed since it was curated' in ran.stdout


def test_typographic_marks_and_line_breaks_of_a_source_do_not_matter(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("claims.yaml", "quote: budget for 2023", "quote: council's  budget for 2023")

    assert run_cli("check", "--sources", "sources").code == 0


def test_a_template_that_is_wrong_is_reported_before_anything_is_built(
    bus_lanes: Path, run_cli: RunCli
) -> None:
    layout = shutil.copytree(
        shipped("templates") / "policy-brief", bus_lanes / "templates" / "policy-brief"
    )
    section = layout / "sections" / "areas.html.j2"
    section.write_text(section.read_text("utf-8") + "{% endfor %}", "utf-8")
    lines = section.read_text("utf-8").count("\n") + 1

    ran = run_cli("check")

    assert ran.code == 1
    place = f"templates/policy-brief/sections/areas.html.j2:{lines}:1"
    assert ran.stdout.startswith(f"{place}: error[BG050]: not a valid template")


def test_the_project_is_found_from_a_folder_inside_it(bus_lanes: Path, run_cli: RunCli) -> None:
    ran = run_cli("check", cwd=bus_lanes / "data" / "bus-lanes" / "editions")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("no problems: 34 claims")


def test_a_named_folder_without_data_is_refused(bus_lanes: Path, run_cli: RunCli) -> None:
    ran = run_cli("check", "--project", bus_lanes / "data")

    assert ran.code == 2
    assert ran.stderr == (
        f"briefgen: {bus_lanes / 'data'} has no data/\n"
        "  help: name the folder that holds data/ and out/\n"
    )


# --- Other forms --------------------------------------------------------------


def test_json_gives_every_problem_with_its_place(run_cli: RunCli, edit: Edit) -> None:
    edit("areas.yaml", "stage: operational", "stage: operating")

    ran = run_cli("check", "--format", "json")

    assert (ran.code, ran.stderr) == (1, "1 error\n")
    assert json.loads(ran.stdout) == {
        "problems": [
            {
                "file": "data/bus-lanes/areas.yaml",
                "line": 20,
                "column": 10,
                "severity": "error",
                "code": "BG006",
                "what": 'stage: "operating" is not one of the choices',
                "mend": 'did you mean "operational"? choose one of idea, dialogue, pilot, '
                "programme, operational",
            }
        ],
        "errors": 1,
        "warnings": 0,
    }


def test_json_is_an_object_where_there_is_no_problem(run_cli: RunCli) -> None:
    ran = run_cli("check", "--format", "json")

    assert (ran.code, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == {"problems": [], "errors": 0, "warnings": 0}


def test_github_annotations_stand_at_the_lines_of_the_repository(
    run_cli: RunCli, edit: Edit, bus_lanes: Path
) -> None:
    edit("areas.yaml", "stage: operational", "stage: 100%")

    ran = run_cli("check", "--format", "github", "--project", bus_lanes, cwd=bus_lanes.parent)

    assert ran.code == 1
    assert ran.stdout == (
        "::error file=bus-lanes/data/bus-lanes/areas.yaml,line=20,col=10,title=BG006::"
        'stage: "100%25" is not one of the choices%0Ahelp: choose one of idea, dialogue, pilot, '
        "programme, operational\n"
    )


def test_sarif_names_its_rules_and_places(run_cli: RunCli, edit: Edit) -> None:
    edit("terms.yaml", "term: Market Street", "term: Market Streets")

    ran = run_cli("check", "--format", "sarif")

    assert (ran.code, ran.stderr) == (0, "0 errors, 1 warning\n")
    log = json.loads(ran.stdout)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    assert run["tool"]["driver"]["rules"] == [
        {
            "id": "BG070",
            "shortDescription": {"text": "Nothing uses the record."},
            "help": {
                "text": "Nothing uses the record. Each result says where, and how to mend it."
            },
        }
    ]
    [result] = run["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("BG070", 0, "warning")
    assert result["message"]["text"] == 'no text uses the term "Market Streets". remove it'
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "data/bus-lanes/terms.yaml"},
        "region": {"startLine": 5, "startColumn": 7},
    }


def test_warnings_do_not_fail_unless_they_are_asked_to(run_cli: RunCli, edit: Edit) -> None:
    edit("terms.yaml", "term: Market Street", "term: Market Streets")
    warning = (
        'data/bus-lanes/terms.yaml:5:7: warning[BG070]: no text uses the term "Market Streets"\n'
        "  help: remove it\n"
    )

    lenient, strict = run_cli("check"), run_cli("check", "--strict")

    assert (lenient.code, lenient.stderr) == (0, "0 errors, 1 warning\n")
    assert lenient.stdout == warning + IN_LOCK.replace("no problems", "no errors")
    assert (strict.code, strict.stdout) == (1, warning)


def test_strict_passes_where_there_is_nothing_to_warn_of(run_cli: RunCli) -> None:
    assert run_cli("check", "--strict").code == 0


def test_warnings_do_not_keep_the_lock_from_being_written(
    run_cli: RunCli, edit: Edit, dossier: Path
) -> None:
    edit("terms.yaml", "term: Market Street", "term: Market Streets")
    (dossier / "evidence.lock").unlink()

    ran = run_cli("check", "--sources", "sources")

    assert ran.code == 0
    assert (dossier / "evidence.lock").is_file()


def test_a_changed_word_of_a_source_turns_exactly_the_claims_red_that_rest_on_it(
    run_cli: RunCli, bus_lanes: Path
) -> None:
    text = bus_lanes / "sources" / "council-report-2023.txt"
    text.write_text(
        text.read_text("utf-8").replace("12 minutes. Boardings", "14 minutes. Boardings")
    )

    ran = run_cli("check", "--sources", "sources")

    red = [line for line in ran.stdout.splitlines() if "BG020" in line]
    assert len(red) == 1
    assert 'claim "minutes-2022": the quote is not in council-report-2023' in red[0]


def test_paths_in_annotations_start_from_the_repository_that_github_names(
    run_cli: RunCli, edit: Edit, bus_lanes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("areas.yaml", "stage: operational", "stage: operating")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(bus_lanes.parent))

    ran = run_cli("check", "--format", "github", cwd=bus_lanes / "data")

    assert ran.stdout.startswith("::error file=bus-lanes/data/bus-lanes/areas.yaml,line=20,")


def test_addresses_in_sarif_are_encoded(run_cli: RunCli, bus_lanes: Path) -> None:
    moved = bus_lanes.rename(bus_lanes.parent / "bus lanes é")
    (moved / "data" / "bus-lanes" / "terms.yaml").write_text("- id: x\n")

    ran = run_cli("check", "--format", "sarif", "--project", moved, cwd=moved.parent)

    [result] = json.loads(ran.stdout)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "bus%20lanes%20%C3%A9/data/bus-lanes/terms.yaml"


def test_control_characters_of_the_data_do_not_reach_the_terminal(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("areas.yaml", "actors: [traders]", 'actors: ["\\e[31mred\\n::error::x"]')

    ran = run_cli("check")

    assert "\x1b" not in ran.stdout
    assert 'unknown actor "\\u001b[31mred\\u000a::error::x"' in ran.stdout

"""`briefgen new`: what it prints, what it refuses, and that its next commands work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Edit, RunCli

NO_PROBLEMS = "no problems: 20 claims, 19 quotes as verified in evidence.lock, 2 editions\n"
FOUND_IN_TEXTS = "no problems: 20 claims, 19 quotes found once each in the sources, 2 editions\n"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def next_commands(stderr: str) -> list[list[str]]:
    """The commands that are offered, without the program's name."""
    return [shlex.split(line)[1:] for line in re.findall(r"(?m)^  (briefgen .+)$", stderr)]


# --- A dossier ----------------------------------------------------------------


def test_an_empty_folder_becomes_a_project(run_cli: RunCli, empty: Path) -> None:
    ran = run_cli("new", "dossier", "housing", cwd=empty)

    assert ran.code == 0
    assert ran.stdout.splitlines() == [
        "data/housing/actors.yaml",
        "data/housing/areas.yaml",
        "data/housing/claims.yaml",
        "data/housing/dossier.yaml",
        "data/housing/editions/_base.yaml",
        "data/housing/editions/overview.yaml",
        "data/housing/editions/sceptic.yaml",
        "data/housing/evidence.lock",
        "data/housing/instruments.yaml",
        "data/housing/milestones.yaml",
        "data/housing/obstacles.yaml",
        "data/housing/recommendations.yaml",
        "data/housing/sources.yaml",
        "data/housing/terms.yaml",
        "sources/housing-sample-letter.txt",
        "sources/housing-sample-report.txt",
    ]
    assert ran.stderr == (
        "next:\n"
        "  briefgen check --strict --sources sources\n"
        "  briefgen build housing/overview housing/sceptic\n"
    )


def test_the_next_commands_of_a_new_dossier_work(run_cli: RunCli, empty: Path) -> None:
    check, build = next_commands(run_cli("new", "dossier", "housing", cwd=empty).stderr)
    before = (empty / "data" / "housing" / "evidence.lock").read_bytes()

    checked = run_cli(*check, cwd=empty)
    built = run_cli(*build, "--format", "html", cwd=empty)

    assert (checked.code, checked.stdout, checked.stderr) == (0, FOUND_IN_TEXTS, "")
    assert run_cli("check", "--strict", cwd=empty).stdout == NO_PROBLEMS
    assert (empty / "data" / "housing" / "evidence.lock").read_bytes() == before
    assert built.code == 0
    assert built.stdout.splitlines() == ["out/housing-overview.html", "out/housing-sceptic.html"]
    assert "warning" not in built.stderr


def test_the_project_above_takes_the_new_dossier(run_cli: RunCli, bus_lanes: Path) -> None:
    inside = bus_lanes / "notes" / "today"
    inside.mkdir(parents=True)

    ran = run_cli("new", "dossier", "housing", cwd=inside)

    assert ran.code == 0
    assert ran.stdout.startswith("../../data/housing/actors.yaml\n")
    check, _ = next_commands(ran.stderr)
    assert check == ["check", "--strict", "--sources", "../../sources"]
    assert run_cli(*check, cwd=inside).code == 0


@pytest.mark.parametrize("is_project", [True, False])
def test_a_project_may_be_named(
    run_cli: RunCli, tmp_path: Path, bus_lanes: Path, empty: Path, *, is_project: bool
) -> None:
    named = bus_lanes if is_project else empty

    ran = run_cli("new", "dossier", "housing", "--project", named, cwd=tmp_path)

    assert ran.code == 0
    assert (named / "data" / "housing" / "dossier.yaml").is_file()
    for command in next_commands(ran.stderr):
        assert run_cli(*command, cwd=tmp_path).code == 0


def test_the_sample_texts_may_go_to_a_folder_of_ones_own(run_cli: RunCli, empty: Path) -> None:
    ran = run_cli("new", "dossier", "housing", "--sources", "../my texts", cwd=empty)

    check, _ = next_commands(ran.stderr)
    assert check[-1] == "../my texts"
    assert run_cli(*check, cwd=empty).stdout == FOUND_IN_TEXTS
    assert not (empty / "sources").exists()


def test_a_dossier_that_is_there_is_wrong_usage(run_cli: RunCli) -> None:
    ran = run_cli("new", "dossier", "bus-lanes")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        "briefgen: data/bus-lanes is there already\n"
        "  help: choose another name, move the folder away, or add to the dossier with "
        "`briefgen new edition NAME --dossier bus-lanes`\n"
    )


def test_a_name_with_a_space_is_wrong_usage_with_a_near_one(run_cli: RunCli, empty: Path) -> None:
    ran = run_cli("new", "dossier", "Sea Lanes", cwd=empty)

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == 'briefgen: "Sea Lanes" is not in kebab-case\n  help: write sea-lanes\n'
    assert list(empty.iterdir()) == []


def test_a_project_that_is_not_there_is_not_made(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("new", "dossier", "housing", "--project", "nowhere", cwd=tmp_path)

    assert (ran.code, ran.stderr) == (2, "briefgen: there is no folder nowhere\n")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_cannot_be_written_is_a_matter_of_the_machine(
    run_cli: RunCli, empty: Path
) -> None:
    (empty / "data").write_text("mine", "utf-8")

    ran = run_cli("new", "dossier", "housing", cwd=empty)

    assert (ran.code, ran.stdout) == (3, "")
    assert ran.stderr == "briefgen: cannot write data: File exists; nothing was changed\n"


def test_mistakes_elsewhere_do_not_stop_a_new_dossier_and_are_told(
    run_cli: RunCli, bus_lanes: Path, edit: Edit
) -> None:
    edit("areas.yaml", "stage: operational", "stage: finished")

    ran = run_cli("new", "dossier", "housing")

    assert ran.code == 0
    assert (bus_lanes / "data" / "housing" / "dossier.yaml").is_file()
    assert ran.stderr.startswith(
        "briefgen: the rest of data/ has 1 error, and nothing is built before that is mended; "
        "see `briefgen check`\nnext:\n"
    )


# --- An edition ---------------------------------------------------------------


def test_a_draft_is_written_and_its_next_commands_work(run_cli: RunCli) -> None:
    ran = run_cli("new", "edition", "residents")

    assert (ran.code, ran.stdout) == (0, "data/bus-lanes/editions/residents.yaml\n")
    assert ran.stderr == (
        "next:\n  briefgen check --strict\n  briefgen build bus-lanes/residents\n"
    )
    check, build = next_commands(ran.stderr)
    assert run_cli(*check).stdout == (
        "no problems: 34 claims, 33 quotes as verified in evidence.lock, 3 editions\n"
    )
    assert run_cli(*build, "--format", "html").stdout == "out/bus-lanes-residents.html\n"


@pytest.mark.parametrize("role", ["perspective", "sceptic", "advocate"])
def test_a_stance_comes_with_its_label_weakness_and_counters(
    run_cli: RunCli, dossier: Path, role: str
) -> None:
    assert run_cli("new", "edition", "residents", "--role", role).code == 0

    text = (dossier / "editions" / "residents.yaml").read_text("utf-8")
    assert f"  role: {role}\n" in text
    assert '\n  label: "To write for residents: ' in text
    assert "\n  weakness: >-\n    To write for residents: " in text
    assert text.count("\n    counter: >-\n      To write for residents: ") == 3
    assert run_cli("check", "--strict").code == 0


def test_a_copy_says_what_to_write_anew(run_cli: RunCli) -> None:
    ran = run_cli("new", "edition", "residents", "--like", "shopkeepers")

    assert (ran.code, ran.stdout) == (0, "data/bus-lanes/editions/residents.yaml\n")
    assert ran.stderr.startswith(
        "residents says what shopkeepers says; no sentence may stand in two editions, so write "
        "these anew: question, audience, stance, bottom_line, key_messages, context, lens, "
        "exclude, counter_view, figures\nnext:\n"
    )
    assert run_cli("check").code == 0


def test_several_dossiers_need_a_name(run_cli: RunCli) -> None:
    run_cli("new", "dossier", "housing")

    ran = run_cli("new", "edition", "residents")
    unknown = run_cli("new", "edition", "residents", "--dossier", "houses")
    named = run_cli("new", "edition", "residents", "--dossier", "housing")

    assert (ran.code, ran.stderr) == (
        2,
        (
            "briefgen: there are several dossiers\n  help: name one with --dossier: "
            "bus-lanes, housing\n"
        ),
    )
    assert (unknown.code, unknown.stderr) == (
        2,
        (
            'briefgen: unknown dossier "houses"\n  help: did you mean "housing"? '
            "dossiers: bus-lanes, housing\n"
        ),
    )
    assert named.stdout == "data/housing/editions/residents.yaml\n"


def test_the_example_that_ships_takes_no_edition(run_cli: RunCli, empty: Path) -> None:
    ran = run_cli("new", "edition", "residents", cwd=empty)

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        "briefgen: there is no data/ here\n  help: start with `briefgen new dossier NAME`, go to "
        "your project, or name it with --project\n"
    )


def test_a_stance_and_a_pattern_exclude_each_other(run_cli: RunCli, dossier: Path) -> None:
    ran = run_cli("new", "edition", "residents", "--role", "sceptic", "--like", "overview")

    assert (ran.code, ran.stderr) == (
        2,
        (
            "briefgen: --like takes the stance of the edition that it copies\n"
            "  help: leave out --role\n"
        ),
    )
    assert not (dossier / "editions" / "residents.yaml").exists()


def test_an_edition_that_is_there_is_wrong_usage(run_cli: RunCli) -> None:
    ran = run_cli("new", "edition", "overview")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        "briefgen: data/bus-lanes/editions/overview.yaml is there already\n"
        "  help: choose another name, or move the file away\n"
    )


def test_mistakes_elsewhere_do_not_stop_a_draft_and_are_told(run_cli: RunCli, edit: Edit) -> None:
    edit("areas.yaml", "stage: operational", "stage: finished")

    ran = run_cli("new", "edition", "residents")

    assert ran.code == 0
    assert ran.stderr.startswith("briefgen: the rest of data/ has 1 error, and nothing ")


# --- Help ---------------------------------------------------------------------


@pytest.mark.parametrize("command", ["dossier", "edition"])
def test_the_help_has_examples(run_cli: RunCli, command: str) -> None:
    ran = run_cli("new", command, "--help")

    assert ran.code == 0
    assert f"Examples:\n    briefgen new {command} " in ran.stdout


def test_the_examples_of_the_help_run_one_after_another(run_cli: RunCli, empty: Path) -> None:
    shown = "".join(run_cli("new", c, "--help").stdout for c in ("dossier", "edition"))
    examples = re.findall(r"(?m)^    briefgen (new .+)$", shown)

    assert len(examples) == 5
    for i, example in enumerate(examples):
        words = example.replace("traders", f"traders-{i}").split()
        if words[1] == "edition" and "--dossier" not in words:
            words += ["--dossier", "housing"]
        assert run_cli(*words, cwd=empty).code == 0, example
    assert run_cli("check", cwd=empty).code == 0

"""Names of files and ids that come from anyone: refused with a reason in `check` and `build`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Problems, RunCli

UNPRINTABLE = "the name holds a character that cannot be printed\n  help: rename it"


def rename(dossier: Path, name: bytes) -> None:
    """Move the claims into a file of this name."""
    (dossier / "claims").mkdir()
    os.rename(  # noqa: PTH104 - names of any bytes
        os.fsencode(dossier / "claims.yaml"), os.fsencode(dossier / "claims") + b"/" + name
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"\xff.yaml", "\\udcff.yaml"),
        (b"a\n\x1b[31mb.yaml", "a\\u000a\\u001b[31mb.yaml"),
        ("a\u202eb.yaml".encode(), "a\\u202eb.yaml"),
    ],
)
def test_a_file_whose_name_cannot_be_printed_is_refused_and_its_name_spelt_out(
    dossier: Path, problems: Problems, run_cli: RunCli, name: bytes, shown: str
) -> None:
    rename(dossier, name)

    said = f"data/bus-lanes/claims/{shown}:1:1: error[BG007]: {UNPRINTABLE}"
    assert problems() == [said]
    ran = run_cli("build", "overview", "--length", "full")
    assert (ran.code, said in ran.stdout + ran.stderr) == (1, True)


def test_a_name_is_text_where_it_can_be_printed(dossier: Path, problems: Problems) -> None:
    rename(dossier, "<script>{{ a }} ü&.yaml".encode())

    assert problems() == []


def test_an_id_that_no_file_could_be_named_after_is_refused(
    dossier: Path, problems: Problems
) -> None:
    name = "o" * 101
    overview = dossier / "editions/overview.yaml"
    text = overview.read_text("utf-8").replace("id: overview", f"id: {name}")
    overview.rename(overview.with_stem(name)).write_text(text, "utf-8")

    assert problems() == [
        (
            f"data/bus-lanes/editions/{name}.yaml:1:1: error[BG011]: the id has 101 characters\n"
            "  help: rename the file; use at most 100"
        )
    ]


def test_an_id_may_have_a_hundred_characters(dossier: Path, problems: Problems) -> None:
    for file in dossier.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("bus-journeys", "o" * 100), "utf-8")

    assert problems() == []


def test_an_id_of_a_record_is_as_short(dossier: Path, problems: Problems) -> None:
    for file in dossier.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("bus-journeys", "o" * 101), "utf-8")

    assert problems() == [
        (
            "data/bus-lanes/areas.yaml:1:7: error[BG011]: the id has 101 characters\n"
            "  help: use at most 100"
        )
    ]


def test_the_longest_names_that_are_allowed_are_built(dossier: Path, run_cli: RunCli) -> None:
    name = "o" * 100
    overview = dossier / "editions/overview.yaml"
    text = overview.read_text("utf-8").replace("id: overview", f"id: {name}")
    overview.rename(overview.with_stem(name)).write_text(text, "utf-8")
    dossier.rename(dossier.with_name("d" * 100))

    ran = run_cli("build", name, "--length", "full", "--format", "html")

    assert (ran.code, f"{'d' * 100}-{name}.html" in ran.stdout) == (0, True)


def test_a_folder_with_a_longer_name_is_refused(dossier: Path, problems: Problems) -> None:
    dossier.rename(dossier.with_name("d" * 101))

    assert problems() == [
        (
            f"data/{'d' * 101}:1:1: error[BG007]: the name has 101 characters, and at most 100 are "
            "allowed\n  help: rename it"
        )
    ]


def test_a_hidden_file_of_any_name_stops_no_build(dossier: Path, run_cli: RunCli) -> None:
    with open(os.fsencode(dossier) + b"/.\xff", "wb"):  # noqa: PTH123 - names of any bytes
        pass

    ran = run_cli("build", "overview", "--length", "full", "--format", "html")

    assert (ran.code, ran.stderr.count("error")) == (0, 0)


@pytest.mark.parametrize("name", ["areas.yaml~", "#areas.yaml#", "~$areas.yaml", ".areas.yaml.swp"])
def test_what_an_editor_leaves_beside_a_file_is_no_data(
    dossier: Path, problems: Problems, name: str
) -> None:
    (dossier / name).write_text("- id: [", "utf-8")
    assert problems() == []


@pytest.mark.parametrize("name", ["areas~old.yaml", "areas#.yaml"])
def test_a_name_that_only_looks_so_is_reported(
    dossier: Path, problems: Problems, name: str
) -> None:
    (dossier / name).write_text("- id: [", "utf-8")
    assert any(name in problem for problem in problems())

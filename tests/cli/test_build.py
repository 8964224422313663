"""`briefgen build`: what it prints, its exit codes, what it leaves behind."""

from __future__ import annotations

import errno
import json
import os
import pty
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Inches

Edit = Callable[[str, str, str], None]


class Ran(Protocol):
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str


RunCli = Callable[..., Ran]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- Done ---------------------------------------------------------------------


def test_all_editions_are_built_where_none_is_named(bus_lanes: Path, run_cli: RunCli) -> None:
    ran = run_cli("build", "--format", "html")

    assert ran.code == 0
    assert ran.stdout == "out/bus-lanes-overview.html\nout/bus-lanes-shopkeepers.html\n"
    assert ran.stderr == "[1/2] bus-lanes-overview.html\n[2/2] bus-lanes-shopkeepers.html\n"
    assert names(bus_lanes / "out") == [
        "bus-lanes-overview.html",
        "bus-lanes-shopkeepers.html",
        "manifest.json",
    ]


@pytest.mark.parametrize("name", ["overview", "bus-lanes/overview"])
def test_an_edition_is_named_with_or_without_its_dossier(run_cli: RunCli, name: str) -> None:
    assert run_cli("build", name, "--format", "html").stdout == "out/bus-lanes-overview.html\n"


def test_an_edition_that_is_named_twice_is_built_once(run_cli: RunCli) -> None:
    ran = run_cli("build", "overview", "bus-lanes/overview", "--format", "html")

    assert ran.stdout == "out/bus-lanes-overview.html\n"


def test_another_folder_may_take_the_files(
    bus_lanes: Path, tmp_path: Path, run_cli: RunCli
) -> None:
    out = tmp_path / "deep" / "er"

    ran = run_cli("build", "overview", "--format", "html", "--out", out)

    assert ran.stdout == f"{out}/bus-lanes-overview.html\n"
    assert names(out) == ["bus-lanes-overview.html", "manifest.json"]
    assert not (bus_lanes / "out").exists()


def test_another_project_is_built_into_its_own_folder(
    bus_lanes: Path, tmp_path: Path, run_cli: RunCli
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    ran = run_cli("build", "overview", "--format", "html", "--project", bus_lanes, cwd=elsewhere)

    assert ran.stdout == f"{bus_lanes}/out/bus-lanes-overview.html\n"
    assert names(elsewhere) == []


def test_a_folder_without_data_gets_the_example(tmp_path: Path, run_cli: RunCli) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()

    ran = run_cli("build", "india", "--format", "html", cwd=folder)

    assert (ran.code, ran.stdout) == (0, "out/japan-nato-india.html\n")
    first, second, *cuts = ran.stderr.splitlines()
    assert first == "briefgen: no data/ here; using the example dossier that comes with briefgen"
    assert second == "[1/1] japan-nato-india.html"
    assert all(line.startswith("india, brief: to fit 4 pages") for line in cuts)


def test_a_second_run_gives_the_same_files(bus_lanes: Path, run_cli: RunCli) -> None:
    run_cli("build", "overview", "--format", "html")
    before = {path: path.read_bytes() for path in (bus_lanes / "out").iterdir()}

    assert run_cli("build", "overview", "--format", "html").code == 0
    assert {path: path.read_bytes() for path in (bus_lanes / "out").iterdir()} == before


def test_warnings_are_printed_and_do_not_stop_the_build(run_cli: RunCli, edit: Edit) -> None:
    edit(
        "editions/overview.yaml",
        "    title: Market Street, 2021 to 2025.\n",
        "    title: Market Street.\n    records: [approval, opening]\n",
    )

    ran = run_cli("build", "overview", "--format", "html")

    assert ran.code == 0
    assert ran.stderr == (
        "[1/1] bus-lanes-overview.html\n"
        "warning: overview: a table stands in place of the timeline: too little data, or more than "
        "fits\n"
    )


# --- Not done -----------------------------------------------------------------


def test_an_unknown_edition_is_refused_with_the_choices(bus_lanes: Path, run_cli: RunCli) -> None:
    ran = run_cli("build", "overvew")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        'briefgen: unknown edition "overvew"\n'
        '  help: did you mean "overview"? editions: overview, shopkeepers\n'
    )
    assert not (bus_lanes / "out").exists()


def test_an_unknown_format_is_refused_with_the_choices(run_cli: RunCli) -> None:
    ran = run_cli("build", "--format", "odt")

    assert (ran.code, ran.stdout) == (2, "")
    assert "Invalid value for '--format'" in ran.stderr
    assert ran.stderr.endswith("'odt' is not one of 'pdf', 'docx', 'html'.\n")


def test_mistakes_in_the_data_stop_the_build(bus_lanes: Path, run_cli: RunCli, edit: Edit) -> None:
    edit("areas.yaml", "stage:", "stag:")

    ran = run_cli("build", "overview")

    assert (ran.code, ran.stdout) == (1, "")
    assert 'error[BG004]: unknown key "stag"' in ran.stderr
    assert "[1/" not in ran.stderr
    assert not (bus_lanes / "out").exists()


def test_a_mistake_in_an_edition_is_told_rather_than_that_it_is_unknown(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("editions/overview.yaml", "label:", "lable:")

    ran = run_cli("build", "overview")

    assert ran.code == 1
    assert 'error[BG004]: unknown key "lable"' in ran.stderr
    assert "unknown edition" not in ran.stderr


def test_a_file_that_a_person_changed_is_not_overwritten(bus_lanes: Path, run_cli: RunCli) -> None:
    run_cli("build", "--format", "html")
    changed = bus_lanes / "out" / "bus-lanes-overview.html"
    changed.write_text("mine", "utf-8")
    before = {path: path.read_bytes() for path in (bus_lanes / "out").iterdir()}

    ran = run_cli("build", "--format", "html")

    assert (ran.code, ran.stdout) == (5, "")
    assert ran.stderr == (
        "out/bus-lanes-overview.html: error[BG060]: the file is not as briefgen built it, so "
        "it is not overwritten\n"
        "  help: move or rename the file, or build into another folder with `--out`\n"
        "1 error\n"
    )
    assert {path: path.read_bytes() for path in (bus_lanes / "out").iterdir()} == before


def test_a_full_disk_is_told_calmly(
    bus_lanes: Path, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, mode: str) -> None:
        os.close(handle)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), mode)

    monkeypatch.setattr("briefgen.build.output.os.fdopen", full)

    ran = run_cli("build", "overview", "--format", "html")

    assert (ran.code, ran.stdout) == (3, "")
    assert ran.stderr == (
        "[1/1] bus-lanes-overview.html\n"
        "briefgen: the disk is full: nothing was written to out\n"
        "  help: free some space, or build elsewhere with `--out DIR`\n"
    )
    assert not (bus_lanes / "out").exists()


def test_a_file_in_the_folders_place_is_told_calmly(bus_lanes: Path, run_cli: RunCli) -> None:
    (bus_lanes / "out").write_text("x", "utf-8")

    ran = run_cli("build", "overview", "--format", "html")

    assert (ran.code, ran.stdout) == (3, "")
    assert ran.stderr == (
        "briefgen: cannot write to out: File exists\n  help: name a folder with `--out DIR`\n"
    )


# --- Progress -----------------------------------------------------------------


def run_on_terminal(*arguments: str, cwd: Path) -> tuple[int, str]:
    """Exit code, and what a command shows on a terminal of 80 columns."""
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(cwd)
        os.environ.update(COLUMNS="80", TERM="xterm", PYTHONWARNINGS="")
        command = [sys.executable, "-m", "briefgen", *arguments]
        os.execv(sys.executable, command)  # noqa: S606 - a terminal, not a shell
    shown = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other end has closed
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()


def test_a_terminal_shows_a_bar(bus_lanes: Path) -> None:
    code, shown = run_on_terminal("build", "--format", "html", cwd=bus_lanes)

    assert code == 0
    assert "[1/2]" not in shown
    assert "bus-lanes-overview.html  [" in shown
    assert "100%" in shown
    assert shown.index("100%") < shown.index("out/bus-lanes-overview.html")


def test_the_line_of_a_bar_ends_before_a_message(bus_lanes: Path, edit: Edit) -> None:
    edit("areas.yaml", "stage:", "stag:")

    code, shown = run_on_terminal("build", "--format", "html", cwd=bus_lanes)

    assert code == 1
    assert "\r\n" in shown
    assert all("%" not in line for line in shown.splitlines() if "error[" in line)


# --- In the style of a reference file -------------------------------------------


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A reference file that has all styles of Word's, with a paragraph of its own."""
    path = tmp_path / "house.docx"
    file = docx.Document()
    for name in ("TOC 1", "TOC 2", "Footnote Text", "Bibliography"):
        file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    file.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    file.add_paragraph("Some text of the house. " * 20)
    file.save(str(path))
    return path


def test_word_takes_the_style_of_a_reference_file(
    bus_lanes: Path, run_cli: RunCli, house: Path
) -> None:
    ran = run_cli("build", "overview", "--format", "docx", "--reference-doc", str(house))

    assert ran.code == 0, ran.stderr
    assert "warning[BG068]: has 100 words of its own, which are left out" in ran.stderr
    page = docx.Document(str(bus_lanes / "out" / "bus-lanes-overview.docx")).sections[0]
    assert page.page_width == Inches(8.5)
    manifest = json.loads((bus_lanes / "out" / "manifest.json").read_text("utf-8"))
    told = manifest["artefacts"]["bus-lanes-overview.docx"]["reference_doc"]
    assert told["name"] == "house.docx"


def test_missing_styles_stop_the_build_until_they_are_to_be_made(
    bus_lanes: Path, run_cli: RunCli, tmp_path: Path
) -> None:
    path = tmp_path / "bare.docx"
    docx.Document().save(str(path))
    asked = ("build", "overview", "--format", "docx", "--reference-doc", str(path))

    refused = run_cli(*asked)
    assert refused.code == 1
    assert "error[BG067]: lacks " in refused.stderr
    assert not (bus_lanes / "out").exists()
    assert run_cli(*asked, "--create-styles").code == 0


def test_a_reference_file_that_cannot_serve_stops_the_build_at_once(
    bus_lanes: Path, run_cli: RunCli, tmp_path: Path
) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(b"%PDF-1.7")
    ran = run_cli("build", "--reference-doc", str(path))

    assert ran.code == 1
    assert ran.stderr == (
        f"{path}:1:1: error[BG065]: is a PDF file, not a Word file\n"
        "  help: name a Word file: .docx or .dotx\n1 error\n"
    )
    assert not (bus_lanes / "out").exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--format", "html", "--reference-doc"), "no Word file is asked for"),
        (("--create-styles",), "there is none"),
    ],
)
def test_options_that_nothing_would_follow_are_wrong_usage(
    bus_lanes: Path, run_cli: RunCli, house: Path, asked: tuple[str, ...], said: str
) -> None:
    more = (str(house),) if asked[-1] == "--reference-doc" else ()
    ran = run_cli("build", *asked, *more)

    assert ran.code == 2
    assert said in ran.stderr
    assert not (bus_lanes / "out").exists()


def test_the_reference_file_is_not_overwritten(bus_lanes: Path, run_cli: RunCli) -> None:
    asked = ("build", "overview", "--format", "docx")
    assert run_cli(*asked).code == 0
    built = bus_lanes / "out" / "bus-lanes-overview.docx"
    before = built.read_bytes()
    ran = run_cli(*asked, "--reference-doc", str(built), "--create-styles")

    assert ran.code == 2
    assert "would be overwritten" in ran.stderr
    assert built.read_bytes() == before


def test_what_was_made_beside_a_failure_is_named(run_cli: RunCli, edit: Edit) -> None:
    edit("editions/shopkeepers.yaml", "question: ", "question: \U00012000 ")

    ran = run_cli("build", "--format", "html")

    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.endswith("1 error\nthe rest was made: bus-lanes-overview.html\n")

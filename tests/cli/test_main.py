"""The command line as a whole: help, version, wrong usage, our own mistakes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import briefgen.cli
from briefgen import __version__
from briefgen.build.runs import Finished
from briefgen.start import read_plain

if TYPE_CHECKING:
    from conftest import RunCli

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "build",
    "watch",
    "check",
    "measure",
    "list",
    "show",
    "explain",
    "compare",
    "review",
    "merge",
    "verify",
    "doctor",
)
EXAMPLE = re.compile(
    r"^ +briefgen (?:list|show|check|measure|explain)\b(?! --sources).*?(?=  |$)", re.MULTILINE
)


def test_the_version_is_printed(run_cli: RunCli) -> None:
    ran = run_cli("--version")

    assert (ran.code, ran.stdout, ran.stderr) == (0, f"briefgen {__version__}\n", "")


def test_help_shows_a_newcomer_what_to_do(run_cli: RunCli) -> None:
    ran = run_cli("--help")

    assert ran.code == 0
    assert ran.stderr == ""
    assert ran.stdout == (
        """\
Usage: briefgen [OPTIONS] COMMAND [ARGS]...

  Make tailored policy briefs, as PDF, DOCX and HTML, from one body of checked
  evidence.

  A first tour:
    briefgen list                  what there is
    briefgen list areas            the records of one kind
    briefgen show cyber-defence    one record with its evidence
    briefgen compare india european-sceptic
                                   what two editions share, and where they part
    briefgen build                 all editions, in all formats, into out/
    briefgen build india           one edition
    briefgen watch india           the same again at each save
    briefgen check                 every problem in the data, with its remedy
    briefgen explain india         why an edition shows this and not that
    briefgen measure               how far the editions differ, how plainly they read
    briefgen trace FILE "words"    from a sentence in a finished file to its evidence
    briefgen review FILE           what somebody edited in a Word file
    briefgen merge FILE            the same, into the data
    briefgen verify FILE           whether a finished file is as it was built, and from this data

  Exit codes: 0 done; 1 problems in the data; 2 wrong usage; 3 something is missing on
  this machine; 4 conflicts to settle; 5 an artefact was changed by hand; 70 a mistake of ours.

Options:
  --version   Print the version.
  -h, --help  Show this message and exit.

Commands:
  build    Build all editions, or those that are named.
  watch    Build again whenever a file is saved.
  check    Report every problem in the data, with its place and remedy.
  measure  Measure how far editions differ, and how plainly they read.
  list     List what there is: editions, records, or what is to be settled.
  show     Show one record or edition with its evidence and where it is used.
  explain  Explain why an edition shows this and not that.
  compare  Compare two editions, or one with its past.
  trace    Trace words in a finished file to their evidence.
  review   Review edited Word files against their export and the data.
  merge    Merge edited Word files into the data.
  summary  Sum up the finished files, in Markdown.
  verify   Verify finished files: intact, and built from this data.
  schema   Write JSON Schemas, for editors.
  doctor   Report what this machine has and lacks.
  new      Start a dossier or an edition.
  import   Add sources from a reference manager.
"""
    )


def test_starting_imports_nothing_that_reads_data_or_makes_documents() -> None:
    code = (
        "import sys, briefgen.cli;"
        "print({'pydantic', 'yaml', 'lxml', 'jinja2', 'markdown_it', 'docx'} & set(sys.modules))"
    )

    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert asked.stdout == "set()\n"


def test_without_a_command_the_help_is_shown(run_cli: RunCli) -> None:
    ran = run_cli()

    assert ran.code == 2
    assert ran.stdout + ran.stderr == run_cli("--help").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(run_cli: RunCli, command: str) -> None:
    ran = run_cli(command, "-h")

    assert ran.code == 0
    assert ran.stdout.startswith(f"Usage: briefgen {command} ")
    assert "..." not in run_cli("--help").stdout.split("Commands:")[1]


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "doctor"])
def test_the_help_of_a_command_with_arguments_has_examples(run_cli: RunCli, command: str) -> None:
    assert f"Examples:\n    briefgen {command}" in run_cli(command, "--help").stdout


@pytest.mark.parametrize("command", ["", "check", "measure", "list", "show"])
def test_the_examples_in_the_help_run_on_the_dossier_that_ships(
    run_cli: RunCli, command: str, sources_folder: Path | None
) -> None:
    shown = run_cli(*filter(None, [command]), "--help").stdout
    examples = [example.split(">")[0].split()[1:] for example in EXAMPLE.findall(shown)]
    if not command:  # each command's own help has it again
        examples = [example for example in examples if example != ["measure"]]

    assert examples
    for example in examples:
        if "../sources" in example and sources_folder is None:
            continue  # the texts are not at hand; the commands have tests with texts of their own
        words = [str(sources_folder) if word == "../sources" else word for word in example]
        ran = run_cli(*words, cwd=ROOT)
        assert (ran.code, ran.stderr) == (0, ""), example


def test_an_unknown_command_is_refused_with_a_suggestion(run_cli: RunCli) -> None:
    ran = run_cli("chek")

    assert (ran.code, ran.stdout) == (2, "")
    assert "Error: No such command 'chek'. Did you mean 'check'" in ran.stderr


def test_an_unknown_option_is_refused(run_cli: RunCli) -> None:
    ran = run_cli("list", "--colour")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.endswith("Error: No such option: --colour\n")


@pytest.mark.parametrize("command", [["check"], ["list"], ["show", "trade"]])
def test_a_project_that_is_not_there_is_wrong_usage(run_cli: RunCli, command: list[str]) -> None:
    ran = run_cli(*command, "--project", "nowhere")

    assert (ran.code, ran.stdout, ran.stderr) == (2, "", "briefgen: there is no folder nowhere\n")


@pytest.mark.parametrize("command", [["check"], ["list"], ["show", "cyber-defence"]])
def test_a_folder_without_data_stands_for_the_example_and_says_so(
    run_cli: RunCli, tmp_path: Path, command: list[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    ran = run_cli(*command, cwd=empty)

    assert ran.code == 0
    assert ran.stderr == (
        "briefgen: no data/ here; using the example dossier that comes with briefgen\n"
    )
    assert ran.stdout
    assert list(empty.iterdir()) == []


def test_a_data_folder_without_a_dossier_is_wrong_usage(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "hollow" / "data").mkdir(parents=True)

    ran = run_cli("check", cwd=tmp_path / "hollow")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        "briefgen: data holds no dossier: a folder with a dossier.yaml\n"
        "  help: start one with `briefgen new dossier NAME`\n"
    )


def test_a_folder_without_permission_is_a_matter_of_the_machine(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "data/secret")

    monkeypatch.setattr("briefgen.build.project.load_project", refuse)

    ran = run_cli("check")

    assert (ran.code, ran.stdout) == (3, "")
    assert ran.stderr == (
        "briefgen: cannot read data/secret: Permission denied\n  help: change its permissions\n"
    )


def test_a_terminal_that_lacks_characters_shows_the_rest() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from briefgen.start import main; main()", "show", "cyber-defence"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"supports: nagy-2024, ?Cybersecurity and" in ran.stdout


def test_our_own_mistake_is_told_from_theirs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(briefgen.cli, "app", broken)

    with pytest.raises(SystemExit) as stopped:
        briefgen.cli.main()

    said = capsys.readouterr()
    assert stopped.value.code == 70
    assert said.out == ""
    assert said.err.startswith("Traceback (most recent call last):\n")
    assert said.err.endswith(
        "ZeroDivisionError: a bug\n\n"
        f"This is a mistake in briefgen {__version__}, not in your data. Please report it "
        "with the lines above.\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["overview"],
        ["overview", "bus-lanes/shopkeepers", "--format", "html", "--format=pdf"],
        ["--length=one-page", "--layout", "briefing-note", "--jobs", "2", "overview"],
        ["--final", "--format", "docx"],
        ["--annotate", "--embed-fonts", "overview"],
    ],
)
def test_plain_words_mean_the_same_to_the_start_and_to_the_command(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """Else a run without a change would be found for other words than those that made it."""
    asked: list[Any] = []

    def note(given: Any, *_: object, **__: object) -> Finished:
        asked.append(json.loads(json.dumps(given.plain())))
        return Finished((), ())

    monkeypatch.setattr("briefgen.cli.build.make", note)
    assert run_cli("build", *words).code == 0
    assert asked == [read_plain(words)]


@pytest.mark.parametrize(
    "words", [["--out", "x"], ["--project=."], ["--check"], ["-h"], ["--format"], ["--final=1"]]
)
def test_words_that_are_not_plain_are_left_to_the_command(words: list[str]) -> None:
    assert read_plain(words) is None


def test_a_build_without_a_change_reads_no_data_and_starts_no_engine(bus_lanes: Path) -> None:
    code = (
        "import sys; sys.argv = ['briefgen', 'build', 'overview', '--format', 'html']\n"
        "from briefgen.start import main; main()\n"
        "print({'yaml', 'pydantic', 'jinja2', 'weasyprint', 'lxml', 'typer'} & set(sys.modules))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=bus_lanes, capture_output=True, text=True, check=False
        )
        for _ in range(2)
    ]
    assert made[0].stderr.startswith("[1/1] bus-lanes-overview.html")
    assert (made[1].returncode, made[1].stderr) == (0, "")
    assert made[1].stdout == "out/bus-lanes-overview.html\nset()\n"

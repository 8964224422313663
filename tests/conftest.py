"""What all tests share: a small project to build, the command line in-process, golden files."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROJECTS = HERE / "projects"
SOURCES = HERE.parent.parent / "shared" / "sources"


# --- The run ------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden documents anew; read the diff before committing",
    )


@pytest.fixture
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden documents are to be written anew instead of compared."""
    return bool(pytestconfig.getoption("--update-golden"))


@dataclass(eq=False)  # pytest keeps its plugins in sets
class NoSkips:
    """In continuous integration a skipped test fails the run: nobody would notice it there."""

    skipped: int = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.skipped += report.skipped and not hasattr(report, "wasxfail")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.skipped += report.skipped

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped:
            terminalreporter.write_line(
                f"FAILED: {self.skipped} skipped; in CI every test runs", red=True
            )


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("CI"):
        config.pluginmanager.register(NoSkips(), "no-skips")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell lets its background jobs, and all that they start, ignore Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)


# --- Projects -----------------------------------------------------------------


@pytest.fixture
def bus_lanes(tmp_path: Path) -> Path:
    """A fresh copy of a tiny, complete project; its source texts are in `sources/`."""
    return copy_project("bus-lanes", tmp_path / "bus-lanes")


def copy_project(name: str, to: Path) -> Path:
    return shutil.copytree(PROJECTS / name, to)


Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(bus_lanes: Path) -> Edit:
    """`edit(file, old, new)` changes the first `old` in a file of the dossier of `bus_lanes`."""
    dossier = bus_lanes / "data" / "bus-lanes"

    def replace(file: str, old: str, new: str) -> None:
        path = dossier / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return replace


@pytest.fixture
def dossier(bus_lanes: Path) -> Path:
    """The folder of the dossier in `bus_lanes`."""
    return bus_lanes / "data" / "bus-lanes"


Problems = Callable[..., list[str]]


@pytest.fixture
def problems(bus_lanes: Path) -> Problems:
    """`problems(sources=True)`: all that is wrong with `bus_lanes`, as it is printed."""
    from briefgen.build.project import load_project

    def check(*, sources: bool = False) -> list[str]:
        texts = bus_lanes / "sources" if sources else None
        return [str(problem) for problem in load_project(bus_lanes, texts).problems]

    return check


@pytest.fixture(scope="session")
def sources_folder() -> Path | None:
    """The source texts of the dossier that ships, or None where they are not at hand."""
    folder = Path(os.environ.get("BRIEFGEN_SOURCES") or SOURCES)
    return folder if folder.is_dir() else None


# --- The command line ---------------------------------------------------------


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str


RunCli = Callable[..., Ran]


@pytest.fixture
def run_cli(bus_lanes: Path, monkeypatch: pytest.MonkeyPatch) -> RunCli:
    """`run_cli("check", cwd=…)` runs a command in this process, in `bus_lanes` by default.

    A mistake of our own comes through as the exception that it is.
    """
    from typer.testing import CliRunner

    from briefgen.cli import app

    def run(*arguments: str | Path, cwd: Path = bus_lanes) -> Ran:
        monkeypatch.chdir(cwd)
        words = [str(argument) for argument in arguments]
        result = CliRunner().invoke(app, words, prog_name="briefgen")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run

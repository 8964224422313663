"""Checks made beside the work: nothing is put in place before they have ended, nor for them."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import briefgen.build.project
import briefgen.build.workers
from briefgen.build.beside import beside
from briefgen.build.build import build
from briefgen.build.plan import plan
from briefgen.build.project import Project, find_targets, load_ahead, load_project
from briefgen.problems import ProblemsFound

if TYPE_CHECKING:
    from conftest import Edit, RunCli


# --- Beside -------------------------------------------------------------------


def test_a_task_is_done_in_a_copy_of_the_process_where_the_system_stands_that() -> None:
    there = beside(os.getpid)()

    assert (there != os.getpid()) == (sys.platform == "linux")


def test_a_task_whose_copy_is_ended_is_done_by_whoever_waits() -> None:
    here = os.getpid()

    def task() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert beside(task)() == here


def test_what_fails_in_a_copy_fails_where_it_is_waited_for(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def task() -> None:
        raise LookupError("no such thing")

    wait = beside(task)
    with pytest.raises(LookupError, match="no such thing"):
        wait()
    assert capfd.readouterr() == ("", "")  # the copy said nothing of its own


# --- Checks -------------------------------------------------------------------


def built(project: Project, out: Path) -> None:
    steps = plan(find_targets(project, []), ["html"])
    build(project, steps, out, lambda *_: None)


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_start_while_checks_are_pending(
    bus_lanes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    monkeypatch.setattr(briefgen.build.workers, "START", start)
    steps = plan(find_targets(project := load_ahead(bus_lanes), []), ["html"])
    assert project.pending

    report = build(project, steps, tmp_path / "out", lambda *_: None, workers=2)

    assert len(report.made) == 2


def test_what_is_checked_beside_is_what_is_checked_before(
    bus_lanes: Path, tmp_path: Path, edit: Edit
) -> None:
    edit("areas.yaml", "340 more", "430 more")
    before = load_project(bus_lanes, loose_ends=False).problems
    project = load_ahead(bus_lanes)

    with pytest.raises(ProblemsFound) as found:
        built(project, tmp_path / "out")
    assert {problem.code for problem in before} == {"BG027"}
    assert list(found.value.problems) == before
    assert not (tmp_path / "out").exists()


def test_a_fault_that_comes_of_a_mistake_is_told_as_the_mistake(
    bus_lanes: Path, tmp_path: Path, edit: Edit
) -> None:
    edit("editions/overview.yaml", "[@trade-unknown]", "[@trade-guessed]")
    project = load_ahead(bus_lanes)
    assert project.pending

    with pytest.raises(ProblemsFound, match="trade-guessed"):
        built(project, tmp_path / "out")


def test_a_fault_in_right_data_is_told_as_it_is(
    bus_lanes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.build.build.jobs_of", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        built(load_ahead(bus_lanes), tmp_path / "out")


def test_data_with_a_mistake_seen_in_reading_is_checked_at_once(
    bus_lanes: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefgen.build.project, "beside", lambda _: pytest.fail("a copy"))
    edit("areas.yaml", "stage:", "stag:")
    edit("editions/overview.yaml", "[@trade-unknown]", "[@trade-guessed]")

    assert {problem.code for problem in load_ahead(bus_lanes).problems} >= {"BG005", "BG013"}


def test_nothing_is_remembered_of_a_run_whose_data_has_mistakes(
    run_cli: RunCli, edit: Edit
) -> None:
    run_cli("build", "--format", "html", "--jobs", "2")
    edit("actors.yaml", "It speaks for shops", "It speaks for 1234 shops")  # no brief shows it
    first = run_cli("build", "--format", "html", "--jobs", "2")
    again = run_cli("build", "--format", "html", "--jobs", "2")

    assert (first.code, again.code) == (1, 1)
    assert first.stderr == again.stderr
    assert "1234" in first.stderr

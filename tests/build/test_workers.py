"""Work shared out: the same files, whatever happens to a worker, a run or a neighbour."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import briefgen.build.workers
from briefgen.build.build import BuildReport, build
from briefgen.build.jobs import Done, Job
from briefgen.build.jobs import do_job as do_it
from briefgen.build.plan import plan
from briefgen.build.project import find_targets, load_project
from briefgen.problems import ProblemsFound, WrongEnvironment

if TYPE_CHECKING:
    from conftest import Edit

NAMES = ("bus-lanes-overview.html", "bus-lanes-shopkeepers.html")


def made(
    folder: Path, out: Path, workers: int = 2, executor: Executor | None = None
) -> BuildReport:
    project = load_project(folder, loose_ends=False)
    steps = plan(find_targets(project, []), ["html"])
    return build(project, steps, out, lambda *_: None, workers=workers, executor=executor)


def files(folder: Path) -> dict[str, bytes]:
    """What is in a folder, which need not be there."""
    return {path.name: path.read_bytes() if path.is_file() else b"" for path in folder.glob("*")}


class InTurn(Executor):
    """Somebody's own executor: it takes jobs by the standard interface, and does one at a time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def test_one_worker_several_or_another_executor_make_the_same(
    bus_lanes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefgen.build.workers, "_held", None)
    made(bus_lanes, tmp_path / "one", workers=1)
    made(bus_lanes, tmp_path / "two", workers=2)
    made(bus_lanes, tmp_path / "own", executor=InTurn())
    assert files(tmp_path / "one") == files(tmp_path / "two") == files(tmp_path / "own")


def test_a_worker_that_stays_sees_what_has_changed(
    bus_lanes: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefgen.build.workers, "_held", None)
    out = bus_lanes / "out"
    made(bus_lanes, out, executor=InTurn())
    edit("editions/shopkeepers.yaml", "question:", "subtitle: A view from the shops\nquestion:")
    assert made(bus_lanes, out, executor=InTurn()).made == (NAMES[1],)
    assert b"A view from the shops" in (out / NAMES[1]).read_bytes()


def test_what_fails_keeps_no_other_from_being_made(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/shopkeepers.yaml", "question: ", "question: \U00012000 ")
    with pytest.raises(ProblemsFound, match="BG052") as found:
        made(bus_lanes, bus_lanes / "out")
    assert found.value.made == (NAMES[0],)
    assert set(files(bus_lanes / "out")) == {NAMES[0], "manifest.json"}


def die(monkeypatch: pytest.MonkeyPatch, when: Callable[[Job], bool]) -> None:
    """Let the system end a worker at some jobs."""

    def do_job(job: Job, *args: Any, **kwargs: Any) -> Done:
        if when(job):
            os.kill(os.getpid(), signal.SIGKILL)
        return do_it(job, *args, **kwargs)

    monkeypatch.setattr(briefgen.build.workers, "START", "fork")  # copies have what is set here
    monkeypatch.setattr(briefgen.build.workers, "do_job", do_job)


def test_the_job_of_a_worker_that_dies_is_done_again(
    bus_lanes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "died"

    def first_time(job: Job) -> bool:
        if job.edition != "overview" or mark.exists():
            return False
        mark.touch()
        return True

    die(monkeypatch, first_time)
    assert set(made(bus_lanes, bus_lanes / "out").made) == set(NAMES)
    assert mark.exists()


def test_a_job_that_always_ends_its_worker_is_told_and_the_others_are_done(
    bus_lanes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    die(monkeypatch, lambda job: job.edition == "overview")
    with pytest.raises(WrongEnvironment) as found:
        made(bus_lanes, bus_lanes / "out")
    assert "the process that made bus-lanes-overview.html was ended by the system" in str(
        found.value
    )
    assert found.value.made == (NAMES[1],)
    assert set(files(bus_lanes / "out")) == {NAMES[1], "manifest.json"}


# --- Whole commands -----------------------------------------------------------


def scratch(folder: Path) -> Path:
    return folder / "tmp"


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "briefgen", "build", "--jobs", "2"]
    scratch(folder).mkdir(exist_ok=True)
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(scratch(folder))},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_two_builds_at_once_take_turns(bus_lanes: Path) -> None:
    both = [start(bus_lanes), start(bus_lanes)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert said[0][0] == said[1][0]
    made_by = [err.count("] bus-lanes") for _, err in said]
    assert sorted(made_by) == [0, 6]
    assert len(files(bus_lanes / "out")) == 7
    assert files(scratch(bus_lanes)) == {}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_ended_leaves_whole_files_and_no_process(
    bus_lanes: Path, number: signal.Signals
) -> None:
    process = start(bus_lanes)
    out = bus_lanes / "out"
    assert process.stderr is not None
    process.stderr.readline()  # the first document is done, others are under way
    os.kill(process.pid, number)
    process.communicate(timeout=60)  # ends when the last process that holds the pipe is gone
    assert process.returncode != 0
    assert number == signal.SIGKILL or files(scratch(bus_lanes)) == {}
    known = {name for name in files(out) if not name.startswith(".") and name != "manifest.json"}
    again = start(bus_lanes)
    _, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    assert len(files(out)) == 7
    assert all(f"] {name}" not in err for name in known)

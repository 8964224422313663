"""`briefgen watch`: a process of its own, real saves, and Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import RunCli

Edit = Callable[[str, str, str], None]
LONGEST = 120
"""Seconds after which a watch that has not ended is killed, and prints where it stands."""


@pytest.fixture
def watch(bus_lanes: Path) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-m", "briefgen", "watch", "--format", "html", "--jobs", "1"]
    with subprocess.Popen(
        words,
        cwd=bus_lanes,
        env={**os.environ, "PYTHONFAULTHANDLER": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        killer = threading.Timer(LONGEST, process.send_signal, [signal.SIGABRT])
        killer.start()
        yield process
        killer.cancel()
        process.kill()


def until(watch: subprocess.Popen[str], start: str) -> list[str]:
    """What is printed up to the first line that starts so."""
    assert watch.stdout
    lines = []
    for line in watch.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith(start):
            return lines
    raise AssertionError("\n".join(lines))


def test_a_watch_builds_tells_recovers_and_ends_quietly(
    watch: subprocess.Popen[str], edit: Edit, dossier: Path
) -> None:
    assert "out/bus-lanes-overview.html" in until(watch, "watching data/ and templates/")

    edit("editions/overview.yaml", "title: Market Street", "title: The Market Street")
    assert until(watch, "1 file built")[:2] == [
        "changed: data/bus-lanes/editions/overview.yaml",
        "out/bus-lanes-overview.html",
    ]

    edit("areas.yaml", "stage:", "stag:")
    assert any("areas.yaml:20:3: error[BG004]" in line for line in until(watch, "2 errors"))

    mended = (dossier / "areas.yaml").read_text("utf-8").replace("stag:", "stage:")
    (dossier / ".areas.new").write_text(mended, "utf-8")
    (dossier / ".areas.new").replace(dossier / "areas.yaml")
    assert until(watch, "nothing to build")[0] == "changed: data/bus-lanes/areas.yaml"

    watch.send_signal(signal.SIGINT)
    assert watch.stdout
    assert watch.stdout.read() == ""
    assert watch.wait() == 0


def test_an_unknown_edition_ends_the_watch_at_once(run_cli: RunCli) -> None:
    ran = run_cli("watch", "overvew")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith('briefgen: unknown edition "overvew"\n')


def test_without_data_there_is_nothing_to_watch(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    ran = run_cli("watch", cwd=tmp_path / "empty")

    assert ran.code == 2
    assert ran.stderr.startswith("briefgen: there is no data/ to watch\n")

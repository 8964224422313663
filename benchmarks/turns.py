"""Turns: what commands and renderings cost, ours and a peer's one after the other.

Cold in fresh processes, warm in two that stay. Seconds and memory are medians, and so are the
ratios, each of one turn: a machine that others use is as slow for both. Processor time, of the
process and of the programs that it runs, is steadier than wall time.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What a process used."""

    wall: float
    """Seconds from its start to its end."""
    processor: float
    """Seconds, user and system."""
    memory: float
    """At most, in MB (resident)."""


def run(command: Sequence[str]) -> Cost:
    """What the command used, with the programs that it ran; it reads one line.

    Raises:
        SystemExit: it failed.
    """
    start = time.perf_counter()
    child = _start(command)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b"\n")
    child.stdin.close()
    child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = status
    if status:
        raise SystemExit(f"this failed: {' '.join(command)}")
    return Cost(wall, used.ru_utime + used.ru_stime, _in_mb(used.ru_maxrss))


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment)


def _in_mb(resident: int) -> float:
    return resident / (1024 if sys.platform == "linux" else 1024**2)  # macOS counts bytes


def afresh(out: Path, command: Sequence[str]) -> list[str]:
    """The command, without what an earlier run left in the folder."""
    return ["sh", "-ec", 'rm -rf "$1"; shift; exec "$@"', "sh", str(out), *command]


def cold(ours: Sequence[str], peer: Sequence[str], rounds: int) -> list[tuple[Cost, Cost]]:
    """Our command and its peer, in turns, after one run of each that fills the caches."""
    return [(run(ours), run(peer)) for _ in range(rounds + 1)][1:]


def warm(ours: Sequence[str], peer: Sequence[str], rounds: int) -> list[tuple[Cost, Cost]]:
    """One rendering of each in turns, in processes that have made one before."""
    workers = _start(ours), _start(peer)
    pairs = [(_again(workers[0]), _again(workers[1])) for _ in range(rounds + 1)][1:]
    most = [_end(worker) for worker in workers]
    return [(replace(a, memory=most[0]), replace(b, memory=most[1])) for a, b in pairs]


def warm_against_cold(
    ours: Sequence[str], peer: Sequence[str], rounds: int
) -> list[tuple[Cost, Cost]]:
    """The same where the peer is a program that makes one document and ends."""
    worker = _start(ours)
    pairs = [(_again(worker), run(peer)) for _ in range(rounds + 1)][1:]
    most = _end(worker)
    return [(replace(a, memory=most), b) for a, b in pairs]


def _end(worker: subprocess.Popen[bytes]) -> float:
    """End a process that stays, and give its memory."""
    assert worker.stdin is not None
    worker.stdin.close()
    most = _in_mb(os.wait4(worker.pid, 0)[2].ru_maxrss)
    worker.returncode = 0
    return most


def _again(worker: subprocess.Popen[bytes]) -> Cost:
    """One more rendering; its memory is not known yet."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(b"\n")
    worker.stdin.flush()
    wall, processor = map(float, worker.stdout.readline().split())
    return Cost(wall, processor, 0)


def report(name: str, pairs: Sequence[tuple[Cost, Cost]], aim: str) -> None:
    """A line: wall, processor and memory of both, and their ratios."""
    cells = []
    for used in ("wall", "processor", "memory"):
        each = [(getattr(ours, used), getattr(peer, used)) for ours, peer in pairs]
        mine, theirs = (statistics.median(side) for side in zip(*each, strict=True))
        ratio = statistics.median(a / b for a, b in each)
        cells.append(f"{mine:>7.2f} {theirs:>7.2f} {ratio:>5.2f}")
    print(f"{name:<38} {' | '.join(cells)} | {aim}", flush=True)

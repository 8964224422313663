"""Speed of small commands, as ratios against what they cannot do without.

Each pair is run in turns, cold, and the medians are compared: identical runs drift by 10 to 25
per cent on shared machines, so a figure from one run alone means little.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BRIEFGEN = [sys.executable, "-m", "briefgen"]


@dataclass(frozen=True)
class Pair:
    """A command and the peer that it is measured against."""

    name: str
    ours: Sequence[str]
    peer: Sequence[str]
    aim: float | None = None


def pairs() -> list[Pair]:
    """The comparisons."""
    return [
        Pair("--help ÷ import typer", [*BRIEFGEN, "--help"],
             [sys.executable, "-c", "import typer"], 2.0),
        Pair("check ÷ import pydantic, yaml", [*BRIEFGEN, "check", "--project", str(ROOT)],
             [sys.executable, "-c", "import pydantic.main, yaml"]),
    ]  # fmt: skip


def measure(pair: Pair, rounds: int) -> tuple[float, float]:
    """Medians in seconds of our command and its peer, run in turns."""
    ours, peer = [], []
    for _ in range(rounds):
        ours.append(_seconds(pair.ours))
        peer.append(_seconds(pair.peer))
    return statistics.median(ours), statistics.median(peer)


def _seconds(command: Sequence[str]) -> float:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def main() -> None:
    """Print a table of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(f"{'':<50} {'ours':>8} {'peer':>8} {'ratio':>6} {'aim':>5}")
    for pair in pairs():
        for command in (pair.ours, pair.peer):  # fills the caches of bytecode
            _seconds(command)
        ours, peer = measure(pair, rounds)
        ratio = f"{ours / peer:>6.2f} {pair.aim or '-':>5}"
        print(f"{pair.name:<50} {ours:>7.3f}s {peer:>7.3f}s {ratio}")


if __name__ == "__main__":
    main()

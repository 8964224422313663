"""Speed, as ratios against a bare engine in the same run.

Each pair is run in turns, cold, and the medians are compared: identical runs drift by 10 to 25
per cent on shared machines, so a figure from one run alone means little.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BRIEFGEN = [sys.executable, "-m", "briefgen"]
BARE = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant=sys.argv[3])
"""


@dataclass(frozen=True)
class Pair:
    """A command and the peer that it is measured against."""

    name: str
    ours: Sequence[str]
    peer: Sequence[str]
    aim: float | None = None


def pairs(folder: Path) -> list[Pair]:
    """The comparisons; `folder` is for what they write."""
    from briefgen.formats.pdf_archive import VARIANT

    html = folder / "final.html"
    html.write_text(_final_html(), encoding="utf-8")
    build = [*BRIEFGEN, "build", "india", "--project", str(ROOT), "--out", str(folder / "out")]
    bare = [sys.executable, "-c", BARE, str(html), str(folder / "bare.pdf"), VARIANT]
    return [
        Pair("build india --format pdf ÷ bare WeasyPrint", [*build, "--format", "pdf"], bare, 1.2),
        Pair("build india (pdf, docx, html) ÷ bare WeasyPrint", build, bare),
        Pair("--help ÷ import typer", [*BRIEFGEN, "--help"],
             [sys.executable, "-c", "import typer"], 2.0),
        Pair("check ÷ import pydantic, yaml", [*BRIEFGEN, "check", "--project", str(ROOT)],
             [sys.executable, "-c", "import pydantic.main, yaml"]),
    ]  # fmt: skip


def _final_html() -> str:
    """The HTML that the PDF writer lays out, so that the peer renders the same page."""
    from briefgen.build.engine import Engine
    from briefgen.build.project import find_targets, load_project
    from briefgen.edition.tailor import tailor
    from briefgen.formats.html import serialise
    from briefgen.formats.print_tree import print_tree

    project = load_project(ROOT)
    target = find_targets(project, ["india"])[0]
    engine = Engine(project)
    document = engine.compose(tailor(target.dossier.dossier, target.edition, "full"))
    print_css = engine.layout(target.edition.layout).text("print.css")
    return serialise(print_tree(document, print_css))


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
    folder = Path(tempfile.mkdtemp(prefix="briefgen-bench-"))
    try:
        print(f"{'':<50} {'ours':>8} {'peer':>8} {'ratio':>6} {'aim':>5}")
        for pair in pairs(folder):
            for command in (pair.ours, pair.peer):  # fills the caches of bytecode
                _seconds(command)
            ours, peer = measure(pair, rounds)
            ratio = f"{ours / peer:>6.2f} {pair.aim or '-':>5}"
            print(f"{pair.name:<50} {ours:>7.3f}s {peer:>7.3f}s {ratio}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

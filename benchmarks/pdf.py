"""PDF against the bare engine: cold, warm, whole command, memory, and pages a second.

The peer is WeasyPrint on the HTML that our writer lays out, with the same styles inside and the
same variant, but without our font isolation, checks, repairs and attachments, which count as ours.
Pairs are run in turns, in fresh processes; figures are medians. Processor time, of the process and
of the programs that it runs, is steadier than wall time where others use the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
AGAIN = 5
"""Renderings in one process; the first is not counted as warm."""


@dataclass(frozen=True)
class Cost:
    """What a process used."""

    wall: float
    """Seconds from its start to its end."""
    processor: float
    """Seconds, user and system."""
    memory: float
    """At most, in MB (resident)."""


@dataclass(frozen=True)
class Job:
    """A finished document, on disk, for processes that start from it."""

    folder: Path
    variant: str

    def ours(self, times: int) -> list[str]:
        """A command that renders it so many times with our writer."""
        return [sys.executable, __file__, "--worker", "ours", str(self.folder), str(times)]

    def bare(self, times: int) -> list[str]:
        """The same with the bare engine."""
        code = (
            "import sys, time, json, weasyprint\n"
            "spent = []\n"
            f"for _ in range({times}):\n"
            "    start = time.perf_counter(), time.process_time()\n"
            "    weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="
            f"{self.variant!r})\n"
            "    spent.append((time.perf_counter() - start[0], time.process_time() - start[1]))\n"
            "print(json.dumps(spent))\n"
        )
        html, pdf = self.folder / "final.html", self.folder / "bare.pdf"
        return [sys.executable, "-c", code, str(html), str(pdf)]


def prepare(folder: Path, edition: str, length: str) -> Job:
    """The edition, cut to its length and composed, in `folder`.

    Made by a process of its own: a child counts the memory of the process that it is started by.
    """
    folder.mkdir()
    run([sys.executable, __file__, "--prepare", str(folder), edition, length])
    return Job(folder, (folder / "variant").read_text("utf-8"))


def compose(folder: Path, edition: str, length: str) -> None:
    """Write all that both sides start from."""
    from briefgen.build.engine import Engine
    from briefgen.build.fit import fit
    from briefgen.build.project import find_targets, load_project
    from briefgen.formats.html import serialise
    from briefgen.formats.pdf_archive import VARIANT
    from briefgen.formats.print_tree import print_tree

    project = load_project(ROOT, loose_ends=False)
    target = find_targets(project, [edition])[0]
    engine = Engine(project)
    document = fit(target, length, engine).document  # type: ignore[arg-type]
    print_css = engine.layout(target.edition.layout).text("print.css")
    (folder / "variant").write_text(VARIANT, "utf-8")
    html = serialise(print_tree(document, print_css))
    (folder / "final.html").write_text(html, "utf-8")
    (folder / "print.css").write_text(print_css, "utf-8")
    (folder / "tree.xml").write_bytes(etree.tostring(document.tree, encoding="utf-8"))
    hollow = replace(document, tree=None)  # type: ignore[arg-type]
    (folder / "document.pickle").write_bytes(pickle.dumps(hollow))


def work(folder: Path, times: int) -> None:
    """Our side: render the document as `briefgen build` does; prints seconds of each time."""
    from briefgen.build.collector import paused_collector
    from briefgen.formats.pdf import render_pdf

    # Written by `prepare` of the same run, in a folder that only its user can enter.
    hollow = pickle.loads((folder / "document.pickle").read_bytes())  # noqa: S301
    document = replace(hollow, tree=etree.fromstring((folder / "tree.xml").read_bytes()))
    print_css = (folder / "print.css").read_text("utf-8")
    spent = []
    for _ in range(times):
        start = time.perf_counter(), time.process_time()
        with paused_collector():
            (folder / "ours.pdf").write_bytes(render_pdf(document, print_css))
        spent.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    print(json.dumps(spent))


# --- Measuring ------------------------------------------------------------------


def run(command: Sequence[str]) -> tuple[Cost, str]:
    """What the command used, with the programs that it ran, and what it printed.

    Raises:
        SystemExit: it failed.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+") as output, open(os.devnull, "w") as nowhere:  # noqa: PTH123
        start = time.perf_counter()
        child = os.posix_spawn(
            command[0],
            list(command),
            environment,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2),
            ],
        )
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - start
        if status:
            raise SystemExit(f"this failed: {' '.join(command)}")
        output.seek(0)
        in_mb = 1 / 1024 if sys.platform == "linux" else 1 / 1024**2  # macOS counts bytes
        memory = used.ru_maxrss * in_mb
        return Cost(wall, used.ru_utime + used.ru_stime, memory), output.read()


def in_turns(
    measure: Callable[[Sequence[str]], Cost],
    ours: Sequence[str],
    peer: Sequence[str],
    rounds: int,
) -> tuple[Cost, Cost]:
    """Medians of our command and its peer, run in turns after one run that fills the caches."""
    for command in (ours, peer):
        run(command)
    pairs = [(measure(ours), measure(peer)) for _ in range(rounds)]
    return _median([pair[0] for pair in pairs]), _median([pair[1] for pair in pairs])


def cold(command: Sequence[str]) -> Cost:
    """A process from start to end."""
    return run(command)[0]


def warm(command: Sequence[str]) -> Cost:
    """One rendering in a process that has made another before."""
    whole, printed = run(command)
    times = json.loads(printed)[1:]
    wall, processor = (statistics.median(column) for column in zip(*times, strict=True))
    return Cost(wall, processor, whole.memory)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.processor for cost in costs),
        statistics.median(cost.memory for cost in costs),
    )


# --- The report -----------------------------------------------------------------


def report(name: str, ours: Cost, peer: Cost, aim: str) -> None:
    """A line: wall, processor and memory of both, and their ratios."""
    cells = [
        f"{mine:>7.2f} {theirs:>7.2f} {mine / theirs:>5.2f}"
        for mine, theirs in (
            (ours.wall, peer.wall),
            (ours.processor, peer.processor),
            (ours.memory, peer.memory),
        )
    ]
    print(f"{name:<38} {' | '.join(cells)} | {aim}", flush=True)


def report_pages(folder: Path, rounds: int) -> None:
    """Pages a second of all editions at full length, in one process."""
    command = [
        *(sys.executable, "-m", "briefgen", "build", "--length", "full", "--format", "pdf"),
        *("--project", str(ROOT), "--out", str(folder / "all")),
    ]
    run(command)
    cost = _median([cold(command) for _ in range(rounds)])
    pages = sum(_pages(path) for path in (folder / "all").glob("*.pdf"))
    print(
        f"\nall editions, full: {pages} pages, {cost.wall:.2f} s wall, {cost.processor:.2f} s "
        f"processor, {cost.memory:.0f} MB; {pages / cost.wall:.1f} pages a second wall, "
        f"{pages / cost.processor:.1f} processor"
    )


def _pages(path: Path) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def main() -> None:
    """Print the table, and the line on pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--edition", default="india")
    parser.add_argument("--length", action="append", help="brief and full, if none is named")
    parser.add_argument("--prepare", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.prepare:
        compose(Path(given.prepare[0]), *given.prepare[1:])
        return
    if given.worker:
        work(Path(given.worker[1]), int(given.worker[2]))
        return
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as name:
        folder = Path(name)
        print(f"{'':<38} {'wall: ours, bare, ÷':<21} | {'processor':<21} | {'MB':<21} | aim")
        for length in given.length or ("brief", "full"):
            job = prepare(folder / length, given.edition, length)
            costs = in_turns(cold, job.ours(1), job.bare(1), given.rounds)
            report(f"{given.edition}, {length}: PDF, cold", *costs, "0.9")
            costs = in_turns(warm, job.ours(AGAIN), job.bare(AGAIN), max(2, given.rounds // 2))
            report(f"{given.edition}, {length}: PDF, warm", *costs, "below 1.0")
            whole = [
                *(sys.executable, "-m", "briefgen", "build", given.edition, "--length", length),
                *("--format", "pdf", "--project", str(ROOT), "--out", str(folder / "out")),
            ]
            costs = in_turns(cold, whole, job.bare(1), given.rounds)
            report(f"{given.edition}, {length}: `briefgen build`", *costs, "-")
        report_pages(folder, max(1, given.rounds // 3))


if __name__ == "__main__":
    main()

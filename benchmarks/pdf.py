"""PDF against the bare engine: cold, warm, whole command, memory, and pages a second.

The peer is WeasyPrint on the HTML that our writer lays out, with the same styles inside and the
same variant, but without our font isolation, checks, repairs and attachments, which count as ours.
How both sides are measured: turns.py.
"""

from __future__ import annotations

import argparse
import pickle
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree
from turns import afresh, cold, report, run, warm

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Job:
    """A finished document, on disk, for processes that start from it."""

    folder: Path
    variant: str

    def ours(self) -> list[str]:
        """A command that renders it with our writer, once for each line that it reads."""
        return [sys.executable, __file__, "--worker", str(self.folder)]

    def bare(self) -> list[str]:
        """The same with the bare engine."""
        code = (
            "import sys, time, weasyprint\n"
            "for _ in sys.stdin:\n"
            "    wall, processor = time.perf_counter(), time.process_time()\n"
            "    weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="
            f"{self.variant!r})\n"
            "    wall, processor = time.perf_counter() - wall, time.process_time() - processor\n"
            "    print(wall, processor, flush=True)\n"
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


def work(folder: Path) -> None:
    """Our side: render the document as `briefgen build` does; prints seconds of each time."""
    from briefgen.build.collector import paused_collector
    from briefgen.formats.pdf import render_pdf

    # Written by `prepare` of the same run, in a folder that only its user can enter.
    hollow = pickle.loads((folder / "document.pickle").read_bytes())  # noqa: S301
    document = replace(hollow, tree=etree.fromstring((folder / "tree.xml").read_bytes()))
    print_css = (folder / "print.css").read_text("utf-8")
    for _ in sys.stdin:
        start = time.perf_counter(), time.process_time()
        with paused_collector():
            (folder / "ours.pdf").write_bytes(render_pdf(document, print_css))
        print(time.perf_counter() - start[0], time.process_time() - start[1], flush=True)


# --- The report -----------------------------------------------------------------


def report_pages(folder: Path, rounds: int) -> None:
    """Pages a second of all editions at full length, in one process."""
    command = [
        *(sys.executable, "-m", "briefgen", "build", "--length", "full", "--format", "pdf"),
        *("--project", str(ROOT), "--out", str(folder / "all")),
    ]
    costs = [run(afresh(folder / "all", command)) for _ in range(rounds + 1)][1:]
    wall, processor, memory = (
        statistics.median(getattr(cost, used) for cost in costs)
        for used in ("wall", "processor", "memory")
    )
    pages = sum(_pages(path) for path in (folder / "all").glob("*.pdf"))
    print(
        f"\nall editions, full: {pages} pages, {wall:.2f} s wall, {processor:.2f} s "
        f"processor, {memory:.0f} MB; {pages / wall:.1f} pages a second wall, "
        f"{pages / processor:.1f} processor"
    )


def _pages(path: Path) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def main() -> None:
    """Print the table, and the line on pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--edition", default="india")
    parser.add_argument("--length", action="append", help="brief and full, if none is named")
    parser.add_argument("--prepare", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.prepare:
        compose(Path(given.prepare[0]), *given.prepare[1:])
        return
    if given.worker:
        work(Path(given.worker))
        return
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as name:
        folder = Path(name)
        print(f"{'':<38} {'wall: ours, bare, ÷':<21} | {'processor':<21} | {'MB':<21} | aim")
        for length in given.length or ("brief", "full"):
            job = prepare(folder / length, given.edition, length)
            pairs = cold(job.ours(), job.bare(), given.rounds)
            report(f"{given.edition}, {length}: PDF, cold", pairs, "0.9")
            pairs = warm(job.ours(), job.bare(), given.rounds)
            report(f"{given.edition}, {length}: PDF, warm", pairs, "below 1.0")
            whole = [
                *(sys.executable, "-m", "briefgen", "build", given.edition, "--length", length),
                *("--format", "pdf", "--project", str(ROOT), "--out", str(folder / "out")),
            ]
            whole = afresh(folder / "out", whole)
            pairs = cold(whole, job.bare(), max(1, given.rounds // 2))
            report(f"{given.edition}, {length}: `briefgen build`", pairs, "-")
        report_pages(folder, max(1, given.rounds // 3))


if __name__ == "__main__":
    main()

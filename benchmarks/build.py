"""`briefgen build` against B: the bare `weasyprint` command on the same HTML and PDF variant.

1. nothing has changed: all editions are there
2. one edition from nothing, in three formats
3. one record has changed: the editions that show it are made anew
4. the same under `briefgen watch india`, from the save to the last of three files
5. many editions, from nothing, with two workers, and the memory of these
6. beside them: pandoc making DOCX, pandoc and Typst making PDF, Chromium printing the same HTML

In turns, cold but for the watch; what B does for several editions, it does one after the other. See
turns.py.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from turns import afresh, cold, report, run, warm_against_cold

ROOT = Path(__file__).resolve().parents[1]
BRIEFGEN = [sys.executable, "-m", "briefgen", "build"]
SHOWN = ("plainest record of work", "clearest record of work", "data/japan-nato/areas.yaml")
"""Words of a record, others for them, and their file."""


def bare(html: Path) -> list[str]:
    """The command that B is."""
    from briefgen.formats.pdf_archive import VARIANT

    command = [sys.executable, "-m", "weasyprint", "--pdf-variant", VARIANT]
    return [*command, str(html), str(html.with_suffix(".pdf"))]


def in_turn(commands: Sequence[Sequence[str]]) -> list[str]:
    """The commands one after the other, as one."""
    lines = map(shlex.join, commands)
    return ["sh", "-ec", "\n".join(lines)]


def write_html(folder: Path, project: Path, editions: Sequence[str]) -> None:
    """What the PDF writer lays out of each edition."""
    from briefgen.build.engine import Engine
    from briefgen.build.fit import fit
    from briefgen.build.project import find_targets, load_project
    from briefgen.formats.html import serialise
    from briefgen.formats.print_tree import print_tree

    loaded = load_project(project, loose_ends=False)
    engine = Engine(loaded)
    for target in find_targets(loaded, editions):
        document = fit(target, "brief", engine).document
        css = engine.layout(target.edition.layout).text("print.css")
        html = serialise(print_tree(document, css))
        (folder / f"{target.edition.id}.html").write_text(html, "utf-8")


def changing(file: Path, one: str, other: str, command: Sequence[str]) -> list[str]:
    """The command behind an edit, which puts one for the other and the other for the one."""
    program = f"s/{one}/{other}/;t\ns/{other}/{one}/"
    return ["sh", "-ec", 'sed -i "$1" "$2"; shift 2; exec "$@"', "sh", program, str(file), *command]


def serve_watch(project: Path) -> None:
    """For each line of the input, save a record; print what the watch took for India's files."""
    words = [sys.executable, "-m", "briefgen", "watch", "india", "--project", str(project)]
    quiet, one, other, file = subprocess.DEVNULL, *SHOWN
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=quiet, text=True) as watch:
        _read_until(watch, "watching")
        for _ in sys.stdin:
            text = (project / file).read_text("utf-8")
            changed = text.replace(one, other) if one in text else text.replace(other, one)
            start, used = time.perf_counter(), _processor(watch.pid)
            (project / file).write_text(changed, "utf-8")
            _read_until(watch, "3 files built")
            print(time.perf_counter() - start, _processor(watch.pid) - used, flush=True)
        watch.terminate()


def _read_until(process: subprocess.Popen[str], start: str) -> None:
    assert process.stdout
    for line in process.stdout:
        if line.startswith(start):
            return
    raise SystemExit(f"the watch ended before it said: {start}")


def _processor(pid: int) -> float:
    """Seconds of a process and of those that it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def many(project: Path, count: int) -> None:
    """Leave so many editions in a project, all like India's."""
    folder = project / "data" / "japan-nato" / "editions"
    text = (folder / "india.yaml").read_text("utf-8")
    for path in folder.glob("[!_]*.yaml"):
        path.unlink()
    for number in range(count):
        own = re.sub(r"^id: india$", f"id: india-{number:03}", text, flags=re.MULTILINE)
        letters = "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")
        own = re.sub(r"^label: .*$", f"label: Edition {letters}", own, flags=re.MULTILINE)
        own = re.sub(r"^reference: .*$", f"reference: JN-{number:03}", own, flags=re.MULTILINE)
        (folder / f"india-{number:03}.yaml").write_text(own, "utf-8")


class Memory:
    """The memory of a command's workers, sampled while it runs."""

    def __init__(self) -> None:
        self.samples: list[tuple[float, float]] = []
        """Seconds since the start, and the most that one worker holds (proportional, MB)."""

    def watch(self, process: subprocess.Popen[bytes]) -> None:
        """Sample until the command ends."""
        start = time.perf_counter()
        while process.poll() is None:
            sizes = [_size(pid) for pid in _children(process.pid)]
            if sizes:
                self.samples.append((time.perf_counter() - start, max(sizes)))
            time.sleep(0.5)

    def most(self, since: float, until: float) -> float:
        """Between two shares of the time that passed."""
        end = self.samples[-1][0]
        return max(mb for at, mb in self.samples if since * end <= at <= until * end)


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found.append(int(stat.parent.name))
    return found


def _size(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(kb) for kb in re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)) / 1024


def report_many(folder: Path, count: int, sample: int) -> None:
    """Many editions in three formats with two workers, against a loop of B over their PDFs."""
    project = folder / "many"
    shutil.copytree(ROOT / "data", project / "data")
    many(project, count)
    names = [f"india-{number:03}" for number in range(sample)]
    run([sys.executable, __file__, "--html", str(folder), str(project), *names])
    command = [*BRIEFGEN, "--jobs", "2", "--project", str(project)]
    memory, start = Memory(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        watcher = threading.Thread(target=memory.watch, args=(process,))
        watcher.start()
        process.wait()
        watcher.join()
    if process.returncode:
        raise SystemExit(f"this failed: {' '.join(command)}")
    ours = time.perf_counter() - start
    b = statistics.mean(run(bare(folder / f"{name}.html")).wall for name in names) * count
    print(
        f"{count} editions, three formats, two workers: {ours:.0f} s; a loop of B over their PDFs "
        f"(reckoned from {sample}) {b:.0f} s; {ours / b:.2f} (aim 0.35); a worker at most "
        f"{memory.most(0, 1):.0f} MB, from 10 to 20 % of the time {memory.most(0.1, 0.2):.0f}, "
        f"from 90 % on {memory.most(0.9, 1):.0f} (aim 110)",
        flush=True,
    )


def report_peers(html: Path, rounds: int) -> None:
    """What others take for the same content; they write no marks of editing and no ledger.

    Typst gets neither figures nor keywords: it reads neither as pandoc 3.9 writes them.
    """
    import pypandoc  # type: ignore[import-untyped]

    plain, typst = html.with_suffix(".plain.html"), html.with_suffix(".typ")
    plain.write_text(re.sub(r'(?s)<svg.*?</svg>|<meta[^>]*"keywords"[^>]*>', "", html.read_text()))
    pandoc = [pypandoc.get_pandoc_path(), "--from=html", "--standalone"]
    compile_it = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    to_pdf = [sys.executable, "-c", compile_it, str(typst), str(html.with_suffix(".typst.pdf"))]
    peers: dict[str, list[str]] = {
        "pandoc, DOCX": [*pandoc, f"--output={html.with_suffix('.docx')}", str(html)],
        "pandoc and Typst, PDF": in_turn([[*pandoc, f"--output={typst}", str(plain)], to_pdf]),
    }
    if chromium := shutil.which("chromium"):
        to = f"--print-to-pdf={html.with_suffix('.chromium.pdf')}"
        words = [chromium, "--headless", "--no-sandbox", "--disable-gpu", to, html.as_uri()]
        peers["Chromium, PDF"] = words
    for name, command in peers.items():
        report(f"{name} ÷ B", cold(command, bare(html), rounds), "-")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--editions", type=int, default=200)
    parser.add_argument("--html", nargs="+", help=argparse.SUPPRESS)
    parser.add_argument("--watch", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.watch:
        serve_watch(given.watch)
        return
    if given.html:
        write_html(Path(given.html[0]), Path(given.html[1]), given.html[2:])
        return
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as name:
        folder = Path(name)
        project, out = folder / "project", folder / "project" / "out"
        shutil.copytree(ROOT / "data", project / "data")
        touched = ("asean", "india", "overview")
        run([sys.executable, __file__, "--html", str(folder), str(project), *touched])
        build = [*BRIEFGEN, "--project", str(project)]
        b = bare(folder / "india.html")
        print(f"{'':<38} {'wall: ours, bare, ÷':<21} | {'processor':<21} | {'MB':<21} | aim")
        run(build)
        report("nothing changed ÷ B", cold(_within(project), b, given.rounds), "0.1")
        one, other, file = SHOWN
        change = changing(project / file, one, other, build)
        each = in_turn([bare(folder / f"{edition}.html") for edition in touched])
        report("a record changed ÷ B, three editions", cold(change, each, given.rounds), "1.0")
        watch = [sys.executable, __file__, "--watch", str(project)]
        report("the same in watch, India ÷ B", warm_against_cold(watch, b, given.rounds), "0.6")
        first = afresh(out, [*build, "india"])
        report("india from nothing ÷ B", cold(first, b, given.rounds), "0.9")
        report_peers(folder / "india.html", given.rounds)
        if given.editions:
            report_many(folder, given.editions, min(given.editions, given.rounds))


def _within(project: Path) -> list[str]:
    """`briefgen build` as people run it: in the project."""
    return ["sh", "-ec", 'cd "$1"; shift; exec "$@"', "sh", str(project), *BRIEFGEN]


if __name__ == "__main__":
    main()

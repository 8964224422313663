"""`briefgen check` on large dossiers: time and memory, and whether both grow in line with size.

The peer is what no check can do without: PyYAML's C parser and the record models over the same
claims. Both are run cold, in turns; figures are medians.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (2_500, 5_000, 10_000)
PER_SOURCE = 250
"""Claims that rest on one source."""
PER_AREA = 50
BRIEFGEN = [sys.executable, "-m", "briefgen"]
PEER = """
import sys, yaml
from pathlib import Path
from briefgen.dossier.evidence import Claim
for path in Path(sys.argv[1]).glob("*.yaml"):
    for data in yaml.load(path.read_text(), Loader=yaml.CSafeLoader):
        Claim.model_validate(data)
"""
MEASURED = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([time.perf_counter() - start, used]))
"""
ABOUT = """\
title: Buoys
scope: Every buoy of an invented bay.
as_of: "2024"
language: en-GB
method: Made by a program.
limits: None of it is so.
interests: None.
"""


def main() -> None:
    """Print a table, one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(f"{'claims':>7} {'check':>8} {'memory':>8} {'peer':>8} {'ratio':>6} {'ms a claim':>11}")
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as name:
            folder = Path(name)
            write_project(folder, size)
            check = [*BRIEFGEN, "check", "--project", name, "--sources", str(folder / "texts")]
            peer = [sys.executable, "-c", PEER, str(folder / "data" / "buoys" / "claims")]
            ours, peers = [], []
            for _ in range(rounds):
                ours.append(measure(check))
                peers.append(measure(peer))
            seconds = statistics.median(took for took, _ in ours)
            memory = statistics.median(used for _, used in ours) / 1024
            base = statistics.median(took for took, _ in peers)
            line = f"{size:>7} {seconds:>7.2f}s {memory:>5.0f} MB {base:>7.2f}s"
            print(f"{line} {seconds / base:>6.2f} {1000 * seconds / size:>11.2f}")


def measure(command: list[str]) -> tuple[float, int]:
    """Seconds and the greatest resident memory (KiB) of a command that must succeed."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], check=True, capture_output=True, text=True
    )
    seconds, used = json.loads(ran.stdout)
    return seconds, used


def write_project(folder: Path, size: int) -> None:
    """A dossier of so many claims without a problem, with the texts that carry them."""
    dossier, texts = folder / "data" / "buoys", folder / "texts"
    for path in (dossier / "claims", texts):
        path.mkdir(parents=True)
    (dossier / "dossier.yaml").write_text(ABOUT)
    sources, areas = [], []
    for number in range(size // PER_SOURCE):
        buoys = range(number * PER_SOURCE, (number + 1) * PER_SOURCE)
        text = " ".join(f"Buoy {b} of the bay was moored on 7 May 1990 by {b} men." for b in buoys)
        (texts / f"log-{number}.txt").write_text(text)
        sources.append(_source(number, hashlib.sha256(text.encode()).hexdigest()))
        claims = "\n".join(map(_claim, buoys))
        (dossier / "claims" / f"log-{number}.yaml").write_text(claims)
        areas += [_area(first, first + PER_AREA) for first in buoys[::PER_AREA]]
    (dossier / "sources.yaml").write_text("\n".join(sources))
    (dossier / "areas.yaml").write_text("\n".join(areas))
    affects = ", ".join(f"buoys-{first}" for first in range(0, size, PER_AREA))
    (dossier / "obstacles.yaml").write_text(OBSTACLE.format(affects=affects))


def _source(number: int, sha256: str) -> str:
    return f"""\
- id: log-{number}
  type: report
  title: Log {number}
  language: en
  note: A log of the harbour master.
  reliability: {{grade: B, why: He saw them.}}
  viewpoint: The harbour.
  licence: None.
  text: {{file: log-{number}.txt, sha256: {sha256}}}
"""


def _claim(buoy: int) -> str:
    return f"""\
- id: buoy-{buoy}
  kind: fact
  statement: On 7 May 1990, {buoy} men laid out buoy {buoy}.
  as_of: "1990-05-07"
  evidence:
    - source: log-{buoy // PER_SOURCE}
      quote: Buoy {buoy} of the bay was moored on 7 May 1990
      credibility: 2
    - source: log-{buoy // PER_SOURCE}
      quote: on 7 May 1990 by {buoy} men
      credibility: 2
  values: {{laid: "1990-05-07", men: {buoy}}}
"""


def _area(first: int, end: int) -> str:
    listed = "".join(f"    - buoy-{buoy}\n" for buoy in range(first, end))
    return f"""\
- id: buoys-{first}
  title: Buoys from {first}
  short: Buoys {first}
  summary: On 7 May 1990 buoy {first} was laid out by {first} men [@buoy-{first}].
  stage: idea
  claims:
{listed}"""


OBSTACLE = """\
- id: storm
  title: Storms
  short: Storms
  kind: geographic
  summary: The buoys drift [@buoy-0].
  affects: [{affects}]
  severity: {{level: low, why: Rare.}}
  tractability: {{level: low, why: Weather.}}
  claims: [buoy-0]
"""

if __name__ == "__main__":
    main()

"""Tailoring: many editions of a large dossier, and what it costs to meet a page budget.

1. 1,000 synthetic editions over 5,000 records are tailored without rendering. The time an edition
   takes must not grow with how many there are.
2. Each edition of the example is made in each length, as `build` fits it, beside the plain build
   of the same edition and length: composed, laid out once, whatever the number of pages. In turns,
   in one warm process; the figure is the ratio of the medians.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from briefgen.build.engine import Engine
from briefgen.build.fit import fit
from briefgen.build.project import Target, find_targets, load_project
from briefgen.dossier.base import CHOSEN
from briefgen.dossier.model import Dossier
from briefgen.edition.lengths import LENGTHS
from briefgen.edition.models import Edition, Length
from briefgen.edition.tailor import tailor

ROOT = Path(__file__).parents[1]
RECORDS = {"areas": 1_500, "obstacles": 1_500, "recommendations": 2_000}
EDITIONS = (10, 100, 1_000)
LENSES = 40
"""Records of each kind that a synthetic edition says something of."""
SEED = 7
"""Of the choice, so that every run measures the same editions."""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    project = load_project(ROOT, loose_ends=False)
    targets = find_targets(project, [])
    tailor_many(targets[0])
    fit_all(targets, Engine(project), rounds)


# --- Many editions ------------------------------------------------------------


def tailor_many(example: Target) -> None:
    """Time an edition as editions grow."""
    dossier = enlarged(example.dossier.dossier)
    print(f"{sum(RECORDS.values()):,} records; a synthetic edition weighs {3 * LENSES} of them")
    print(f"{'editions':>9} {'ms an edition':>14}")
    for number in EDITIONS:
        editions = [synthetic(dossier, example.edition, i) for i in range(number)]
        start = time.perf_counter()
        for edition in editions:
            tailor(dossier, edition, "brief")
        took = time.perf_counter() - start
        print(f"{number:>9,} {1000 * took / number:>14.2f}")


def enlarged(dossier: Dossier) -> Dossier:
    """The dossier with so many copies of its records, under ids of their own."""
    many: dict[str, Any] = {}
    for kind, wanted in RECORDS.items():
        records: list[Any] = list(dossier.records(kind).values())
        copies = (records[i % len(records)] for i in range(wanted))
        many[kind] = {
            f"{record.id}-{i}": record.model_copy(update={"id": f"{record.id}-{i}"})
            for i, record in enumerate(copies)
        }
    return replace(dossier, **many)


def synthetic(dossier: Dossier, like: Edition, number: int) -> Edition:
    """An edition that weighs, words, pins and excludes records of its own choice."""
    chance = random.Random(SEED * 1_000 + number)  # noqa: S311 - nothing secret
    lens: dict[str, Any] = {}
    for kind in CHOSEN:
        ids = chance.sample(list(dossier.records(kind)), LENSES)
        lens[kind] = {name: {"weight": chance.randint(0, 5), "so_what": "So."} for name in ids}
    chosen = [name for kind in CHOSEN for name in lens[kind]]
    changes = {
        "id": f"edition-{number}",
        "lens": lens,
        "pin": chance.sample(chosen, 4),
        "exclude": [
            {"id": name, "reason": "not asked for"}
            for name in chance.sample(list(dossier.areas), 5)
            if name not in chosen
        ],
    }
    return Edition.model_validate(like.model_dump() | changes)


# --- Page budgets -------------------------------------------------------------


def fit_all(targets: list[Target], engine: Engine, rounds: int) -> None:
    """The cost of meeting the budget, and how often documents are laid out."""
    print(f"\n{'length':>9} {'plain':>8} {'fitted':>8} {'ratio':>6}  layouts (documents)")
    for length in LENGTHS:
        asked = [target for target in targets if length in target.edition.lengths]
        layouts: Counter[int] = Counter()
        plain, fitted = [], []
        for turn in range(rounds + 1):
            for target in asked:
                before = timed(partial(plain_build, target, length, engine))
                after = timed(partial(fitted_build, target, length, engine, layouts))
                if turn:  # the first warms up
                    plain.append(before)
                    fitted.append(after)
        base, ours = statistics.median(plain), statistics.median(fitted)
        times = ", ".join(f"{n}: {count // (rounds + 1)}" for n, count in sorted(layouts.items()))
        print(f"{length:>9} {base:>7.2f}s {ours:>7.2f}s {ours / base:>6.2f}  {times}")


def plain_build(target: Target, length: Length, engine: Engine) -> None:
    """Compose, lay out once, write."""
    document = engine.compose(tailor(target.dossier.dossier, target.edition, length))
    engine.lay_out(document, target.edition.layout).pdf()


def fitted_build(target: Target, length: Length, engine: Engine, layouts: Counter[int]) -> None:
    """The same as `build` does it."""
    found = fit(target, length, engine)
    layouts[found.layouts] += 1
    found.laid_out.pdf()


def timed(work: Callable[[], None]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

"""Which parts of two sequences are the same: a diff for people, in bounded time.

Patience diff (Bram Cohen): what stands once on each side pairs up first, in order; what lies
between is compared in full where it is short, by weight, longer runs before crumbs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise

FULL = 8_000
"""Pairs up to which two stretches are compared in full; longer ones count as rewritten."""
ANCHOR = 3
"""Least weight of an item that may pair up by standing once on each side."""
PHRASE = 5
"""How many items in a row may pair up for want of single ones."""
RUN = 4
"""What it is worth that a pair follows a pair."""

Pair = tuple[int, int]


def aligned(
    old: Sequence[Hashable], new: Sequence[Hashable], weigh: Callable[[Hashable], int]
) -> list[Pair]:
    """Places in `old` and `new` that hold the same item, both rising."""
    pairs: list[Pair] = []
    todo = [(0, len(old), 0, len(new))]
    while todo:
        a, a_end, b, b_end = todo.pop()
        while a < a_end and b < b_end and old[a] == new[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            pairs.append((a_end, b_end))
        if a == a_end or b == b_end:
            continue
        anchors = _anchors(old, new, (a, a_end, b, b_end), weigh)
        if not anchors and (a_end - a) * (b_end - b) > FULL:
            anchors = _anchors(old, new, (a, a_end, b, b_end), weigh, length=PHRASE)
        if anchors:
            pairs += anchors
            ends = [(a - 1, b - 1), *anchors, (a_end, b_end)]
            todo += [(x + 1, y, u + 1, v) for (x, u), (y, v) in pairwise(ends)]
        elif (a_end - a) * (b_end - b) <= FULL:
            pairs += _heaviest(old, new, (a, a_end, b, b_end), weigh)
    return sorted(pairs)


def _anchors(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    bounds: tuple[int, int, int, int],
    weigh: Callable[[Hashable], int],
    *,
    length: int = 1,
) -> list[Pair]:
    """Items or phrases that stand once on each side, as many as can keep their order.

    Of a phrase the first item pairs up; the others follow when what lies between is compared.
    """
    a, a_end, b, b_end = bounds
    ours = [tuple(old[i : i + length]) for i in range(a, a_end - length + 1)]
    others = [tuple(new[i : i + length]) for i in range(b, b_end - length + 1)]
    once, often = Counter(ours), Counter(others)
    places = {phrase: i for i, phrase in enumerate(others, start=b)}
    found = [
        (i, places[phrase])
        for i, phrase in enumerate(ours, start=a)
        if once[phrase] == 1 == often[phrase] and max(map(weigh, phrase)) >= ANCHOR
    ]
    return rising(found)


def rising(pairs: list[Pair]) -> list[Pair]:
    """The longest part of the pairs whose second places rise, too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for k, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        ends[at:] = [place, *ends[at + 1 :]] if at < len(ends) else [place]
        last[at:] = [k, *last[at + 1 :]] if at < len(last) else [k]
    chain, k = [], last[-1] if last else -1
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    return chain[::-1]


def _heaviest(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    bounds: tuple[int, int, int, int],
    weigh: Callable[[Hashable], int],
) -> list[Pair]:
    """The heaviest common subsequence, pairs in a row weighing more."""
    a, a_end, b, b_end = bounds
    width = b_end - b + 1
    best = [[0] * width]
    in_row = [[0] * width]
    for i in range(a, a_end):
        item, weight = old[i], weigh(old[i])
        above, row, runs, run_above = best[-1], [0], [0], in_row[-1]
        for j in range(1, width):
            run = 0
            if new[b + j - 1] == item:
                run = weight + max(above[j - 1], run_above[j - 1] and run_above[j - 1] + RUN)
            runs.append(run)
            row.append(max(above[j], row[j - 1], run))
        best.append(row)
        in_row.append(runs)
    return _traced(best, in_row, a, b)


def _traced(best: list[list[int]], in_row: list[list[int]], a: int, b: int) -> list[Pair]:
    pairs = []
    i, j = len(best) - 1, len(best[0]) - 1
    in_run = False
    while i and j:
        if in_row[i][j] and (in_run or best[i][j] == in_row[i][j]):
            pairs.append((a + i - 1, b + j - 1))
            i, j = i - 1, j - 1
            in_run = bool(in_row[i][j]) and in_row[i][j] + RUN >= best[i][j]
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]

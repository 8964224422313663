"""Figures of editions in the forms that people and programs read."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from briefgen.build.measure import EditionFigures, Measured, PairFigures
from briefgen.document.reading_level import LONG, VERY_LONG, ReadingLevel
from briefgen.document.tailoring import (
    FIRST_AREAS,
    LARGEST_NEAR_SHARE,
    MOST_SHARED_AREAS,
    SMALLEST_OWN_SHARE,
)
from briefgen.dossier.plain_language import LARGEST_PASSIVE_SHARE, LONGEST_MEAN, LONGEST_SENTENCE
from briefgen.edition.overlap import NEAR, Alike
from briefgen.problems import printable

WIDTH = 80
GAP = "  "
WORTH_SHOWING = 0.4
"""Likeness from which on two sentences are printed one below the other."""
LIMITS = {
    "own_share": SMALLEST_OWN_SHARE,
    "near_share": LARGEST_NEAR_SHARE,
    "near": NEAR,
    "first_areas": MOST_SHARED_AREAS,
    "mean": LONGEST_MEAN,
    "longest": LONGEST_SENTENCE,
    "passive": LARGEST_PASSIVE_SHARE,
}


def text_report(measured: Measured) -> str:
    """Tables that fit into 80 columns, then the wordings that the figures are about."""
    parts = [_words_table(measured.editions), _reading_table(measured.editions)]
    if measured.pairs:
        parts.append(_pairs_table(measured.pairs))
    parts += [_wordings(measured), _outcome(measured)]
    return "\n\n".join(part for part in parts if part)


def json_report(measured: Measured) -> str:
    """One object: the limits, the figures of editions and pairs, and what is beyond a limit."""
    report = {
        "limits": LIMITS,
        "editions": [_edition_entry(figures) for figures in measured.editions],
        "pairs": [_pair_entry(figures) for figures in measured.pairs],
        "differing": [
            {"dossier": dossier, "field": field.field, "texts": dict(field.texts)}
            for dossier, field in measured.differing
        ],
        "within_limits": not measured.beyond,
    }
    return json.dumps(report, indent=1, ensure_ascii=False)


# --- Tables -------------------------------------------------------------------


def _words_table(editions: Sequence[EditionFigures]) -> str:
    rows: list[tuple[str, ...]] = [
        ("edition", "length", "words", "own", "shared", "layout", "own share", "leads alone")
    ]
    for figures in editions:
        shares, beyond = figures.shares, figures.beyond()
        alone = f"{len(figures.led_alone)} of {len(figures.lead_claims)}"
        counts = (shares.words, shares.own, shares.shared, shares.template)
        own = _percent(shares.own_share, is_beyond="own_share" in beyond)
        rows.append((figures.edition, figures.length, *map(str, counts), own, alone))
    limit = f"in a brief at least {SMALLEST_OWN_SHARE:.0%} own"
    return _table(f"Whose words the body has ({limit})", rows)


def _reading_table(editions: Sequence[EditionFigures]) -> str:
    heads = ("mean", "longest", f">{LONG}", f">{VERY_LONG}", "passive", "abbr.", "ease", "grade")
    rows: list[tuple[str, ...]] = [("edition", "text", *heads)]
    for figures in editions:
        beyond = figures.beyond()
        for name, level in (("own", figures.own), ("whole", figures.whole)):
            rows.append(
                (figures.edition if name == "own" else "", name, *_level(name, level, beyond))
            )
    limits = (
        f"mean at most {LONGEST_MEAN} words, longest {LONGEST_SENTENCE}, "
        f"passive {LARGEST_PASSIVE_SHARE:.0%}"
    )
    legend = "abbr.: different ones to 1,000 words; ease, grade: Flesch, Flesch-Kincaid"
    return _table(f"How it reads ({limits})", rows) + f"\n\n{legend}"


def _level(name: str, level: ReadingLevel, beyond: Sequence[str]) -> Iterator[str]:
    yield _marked(f"{level.mean:.1f}", is_beyond=f"{name}.mean" in beyond)
    yield _marked(str(level.longest_words), is_beyond=f"{name}.longest" in beyond)
    yield _percent(level.long_share)
    yield _percent(level.very_long_share)
    yield _percent(level.passive_share, is_beyond=f"{name}.passive" in beyond)
    yield _marked(
        f"{level.abbreviations_per_thousand:.1f}", is_beyond=f"{name}.unexplained" in beyond
    )
    yield f"{level.ease:.0f}"
    yield f"{level.grade:.1f}"


def _pairs_table(pairs: Sequence[PairFigures]) -> str:
    rows = [("editions", "same", "nearly", "first areas", "lead claims")]
    for pair in pairs:
        beyond = pair.beyond()
        rows.append(
            (
                f"{pair.left}, {pair.right}",
                _marked(str(len(pair.shared)), is_beyond="shared" in beyond),
                _percent(pair.near_share, is_beyond="near_share" in beyond),
                _marked(
                    f"{len(pair.first_areas)} of {FIRST_AREAS}", is_beyond="first_areas" in beyond
                ),
                str(len(pair.lead_claims)),
            )
        )
    limits = (
        f"at most: same 0, nearly {LARGEST_NEAR_SHARE:.0%}, "
        f"{MOST_SHARED_AREAS} of the first {FIRST_AREAS} areas"
    )
    return _table(f"What two have in common ({limits})", rows)


def _table(title: str, rows: Sequence[Sequence[str]]) -> str:
    """The rows below a title; the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[0] = min(widths[0], WIDTH - sum(len(GAP) + width for width in widths[1:]))
    lines = [
        GAP.join([_cut(row[0], widths[0]).ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])])
        for row in rows
    ]
    return "\n".join([title, "", *(line.rstrip() for line in lines)])


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _percent(share: float, *, is_beyond: bool = False) -> str:
    return _marked(f"{share:.0%}", is_beyond=is_beyond)


def _marked(figure: str, *, is_beyond: bool) -> str:
    """The figure, marked when beyond its limit; the space keeps the digits of a column in line."""
    return figure + ("!" if is_beyond else " ")


# --- Wordings -----------------------------------------------------------------


def _wordings(measured: Measured) -> str:
    lines: list[str] = []
    for figures in measured.editions:
        lines += _long_sentence(figures)
        if unexplained := figures.whole.unexplained:
            lines += _wrapped(f"{figures.edition}: nothing explains {', '.join(unexplained)}")
    for pair in measured.pairs:
        for alike in pair.worst:
            if alike.likeness >= WORTH_SHOWING or alike.is_shared:
                lines += _alike(pair, alike)
    for dossier, field in measured.differing:
        lines += _wrapped(f"{dossier}: {field.field} is not printed alike everywhere:")
        for text, editions in field.texts.items():
            lines += _wrapped(f"{', '.join(editions)}: {text}", GAP)
    return "\n".join(["Wordings", "", *lines]) if lines else ""


def _long_sentence(figures: EditionFigures) -> list[str]:
    levels = [
        level
        for name, level in (("own", figures.own), ("whole", figures.whole))
        if f"{name}.longest" in figures.beyond()
    ]
    said = dict.fromkeys((level.longest_words, level.longest) for level in levels)
    return [
        line
        for words, sentence in said
        for line in _wrapped(f"{figures.edition}: {words} words: {sentence}")
    ]


def _alike(pair: PairFigures, alike: Alike) -> list[str]:
    if alike.is_shared:
        return _wrapped(f"{pair.left}, {pair.right}: the same: {alike.left}")
    head = f"{pair.left}, {pair.right}: {alike.likeness:.0%} alike:"
    return [*_wrapped(head), *_wrapped(alike.left, GAP), *_wrapped(alike.right, GAP)]


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + GAP,
        break_on_hyphens=False,
    )


def _outcome(measured: Measured) -> str:
    if not (beyond := measured.beyond):
        return "every figure is within its limit"
    return f"beyond {'its limit' if beyond == 1 else 'their limits'} (!): {beyond}"


# --- JSON ---------------------------------------------------------------------


def _edition_entry(figures: EditionFigures) -> dict[str, Any]:
    shares = figures.shares
    return {
        "dossier": figures.dossier,
        "edition": figures.edition,
        "length": figures.length,
        "words": shares.words,
        "own_words": shares.own,
        "shared_words": shares.shared,
        "template_words": shares.template,
        "own_share": _rounded(shares.own_share),
        "lead_claims": figures.lead_claims,
        "led_alone": figures.led_alone,
        "own": _level_entry(figures.own),
        "whole": _level_entry(figures.whole),
        "beyond": figures.beyond(),
    }


def _level_entry(level: ReadingLevel) -> dict[str, Any]:
    return {
        "sentences": level.sentences,
        "words": level.words,
        "mean": _rounded(level.mean),
        "longest": level.longest_words,
        "longest_sentence": level.longest,
        "over_25": _rounded(level.long_share),
        "over_30": _rounded(level.very_long_share),
        "passive": _rounded(level.passive_share),
        "abbreviations": level.abbreviations,
        "abbreviations_per_thousand": _rounded(level.abbreviations_per_thousand),
        "unexplained": level.unexplained,
        "flesch_reading_ease": _rounded(level.ease),
        "flesch_kincaid_grade": _rounded(level.grade),
    }


def _pair_entry(pair: PairFigures) -> dict[str, Any]:
    return {
        "dossier": pair.dossier,
        "left": pair.left,
        "right": pair.right,
        "shared": pair.shared,
        "near_share": _rounded(pair.near_share),
        "first_areas": pair.first_areas,
        "lead_claims": pair.lead_claims,
        "most_alike": [
            {"likeness": _rounded(a.likeness), "left": a.left, "right": a.right} for a in pair.worst
        ],
        "beyond": pair.beyond(),
    }


def _rounded(value: float) -> float:
    """Three decimals: more than the figures are good for, and the same on every machine."""
    return round(value, 3)

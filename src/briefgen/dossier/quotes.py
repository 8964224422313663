"""Quotes found in their sources, and the lock that remembers what was verified.

A quote is a W3C TextQuoteSelector of exact words: after normalising white space, quotation
marks, dashes and soft hyphens it occurs in its source's text exactly once.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path as FilePath

from briefgen.dossier.evidence import Source
from briefgen.dossier.model import Dossier
from briefgen.problems import Place, Problem

SAME = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "\u2032": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2033": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)

LOCK_NAME = "evidence.lock"
NEAR = 2
"""So many words of a quote in a row show where in the source it was meant to be."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One piece of evidence that is found by a quote."""

    claim: str
    index: int
    source: Source
    quote: str
    where: Place


@dataclass(frozen=True, slots=True)
class Found:
    """A quote that occurs exactly once; offsets count characters of the normalised text."""

    quoted: Quoted
    start: int
    end: int


def normalise(text: str) -> str:
    """The text with one kind of quotation mark, dash and space, and no soft hyphens."""
    return re.sub(r"\s+", " ", text.translate(SAME)).strip()


def quotes_of(dossier: Dossier) -> Iterator[Quoted]:
    """Every piece of evidence whose source is known."""
    for claim in dossier.claims.values():
        for i, evidence in enumerate(claim.evidence):
            if source := dossier.sources.get(evidence.source):
                where = dossier.place("claims", claim.id, ("evidence", i, "quote"))
                yield Quoted(claim.id, i, source, evidence.quote, where)


def read_texts(dossier: Dossier, folder: FilePath) -> tuple[dict[str, str], list[Problem]]:
    """The normalised text of each source (by id) that is in `folder`, and what is missing."""
    read = {source.id: _read_text(source, dossier, folder) for source in dossier.sources.values()}
    texts = {name: text for name, text in read.items() if isinstance(text, str)}
    return texts, [problem for problem in read.values() if isinstance(problem, Problem)]


def find_quotes(dossier: Dossier, texts: Mapping[str, str]) -> tuple[list[Found], list[Problem]]:
    """Each quote's place in the sources' texts, and the quotes that are missing or repeated."""
    found: list[Found] = []
    problems: list[Problem] = []
    for quoted in quotes_of(dossier):
        text = texts.get(quoted.source.id)
        if text is None:
            continue
        quote = normalise(quoted.quote)
        starts = list(_occurrences(quote, text))
        if len(starts) == 1:
            found.append(Found(quoted, starts[0], starts[0] + len(quote)))
        else:
            problems.append(_misquoted(quoted, len(starts), texts))
    return found, problems


def passage_of(quote: str, text: str, around: int) -> tuple[str, str, str] | None:
    """What stands before the quote, the quote, and what stands after it, cut between words.

    None where the quote does not occur in the normalised text exactly once. `around` is how many
    characters there are at most on each side.
    """
    found = list(_occurrences(normalise(quote), text))
    if len(found) != 1:
        return None
    start, end = found[0], found[0] + len(normalise(quote))
    before, after = text[max(0, start - around) : start], text[end : end + around]
    if start > around:
        before = f"…{before[before.find(' ') :]}"
    if end + around < len(text):
        after = f"{after[: after.rfind(' ') + 1]}…"
    return before, text[start:end], after


def _occurrences(quote: str, text: str) -> Iterator[int]:
    """Where the quote begins in the text, each time that it stands there as whole words."""
    at = text.find(quote)
    while at >= 0:
        end = at + len(quote)
        if not (_joins(text[at - 1 : at], quote[:1]) or _joins(quote[-1:], text[end : end + 1])):
            yield at
        at = text.find(quote, at + 1)


def _joins(left: str, right: str) -> bool:
    """Whether two characters, side by side, are inside one word."""
    return left.isalnum() and right.isalnum()


def _misquoted(quoted: Quoted, times: int, texts: Mapping[str, str]) -> Problem:
    name = quoted.source.id
    if times == 0:
        return Problem(
            quoted.where,
            "BG020",
            f'claim "{quoted.claim}": the quote is not in {name}: "{quoted.quote}"',
            _instead_of(quoted, texts),
        )
    return Problem(
        quoted.where,
        "BG021",
        f'claim "{quoted.claim}": the quote stands {times} times in {name}: "{quoted.quote}"',
        "quote more of the passage, until it occurs once",
    )


def _instead_of(quoted: Quoted, texts: Mapping[str, str]) -> str:
    """Where else the quote stands, or the words of the source that come nearest."""
    quote = normalise(quoted.quote)
    elsewhere = [
        n for n, text in texts.items() if next(_occurrences(quote, text), None) is not None
    ]
    if elsewhere:
        return f"it stands in {' and '.join(elsewhere)}: correct `source`"
    wanted, words = quote.lower().split(), texts[quoted.source.id].split()
    lower = [word.lower() for word in words]
    match = SequenceMatcher(None, lower, wanted, autojunk=False).find_longest_match()
    if match.size < NEAR:
        return "copy the words exactly from the source"
    start = max(0, match.a - match.b)
    near = " ".join(words[start : start + len(wanted)])
    return f'copy the words exactly from the source, which has "{near}"'


def _read_text(source: Source, dossier: Dossier, folder: FilePath) -> str | Problem:
    where = dossier.place("sources", source.id, ("text",))
    if source.text is None:
        return Problem(
            where,
            "BG022",
            f'source "{source.id}" names no text',
            "add `text: {file: …, sha256: …}`",
        )
    path = folder / source.text.file
    try:
        if not path.is_file():
            raise FileNotFoundError
        raw = path.read_bytes()
    except OSError:
        return Problem(
            where,
            "BG022",
            f'the text of "{source.id}" is missing: {source.text.file}',
            "put it into the folder that `--sources` names, or correct `file` under `text`",
        )
    # A text that differs from its fingerprint is still searched, so that the claims that no
    # longer stand are named; the lock then refuses the text as a whole.
    return normalise(raw.decode("utf-8", errors="replace"))


def check_fingerprints(dossier: Dossier, folder: FilePath) -> Iterator[Problem]:
    """Sources whose text is not the one that the dossier was curated from."""
    for name, actual in changed_texts(dossier, folder).items():
        yield Problem(
            dossier.place("sources", name, ("text", "sha256")),
            "BG022",
            f'the text of "{name}" has changed since it was curated',
            f"read it again, then write `sha256: {actual}`",
        )


def changed_texts(dossier: Dossier, folder: FilePath) -> dict[str, str]:
    """The fingerprint of each text, by its source, that is not the one that was curated from."""
    found = {}
    for source in dossier.sources.values():
        if source.text and (path := folder / source.text.file).is_file():
            actual = hashlib.sha256(path.read_bytes()).hexdigest()
            if actual != source.text.sha256:
                found[source.id] = actual
    return found


def lock_text(dossier: Dossier, found: list[Found]) -> str:
    """The contents of `evidence.lock`: which quote was found where in which text."""
    entries = [
        {
            "claim": item.quoted.claim,
            "source": item.quoted.source.id,
            "quote": _fingerprint(item.quoted.quote),
            "start": item.start,
            "end": item.end,
        }
        for item in found
    ]
    texts = {s.id: s.text.sha256 for s in dossier.sources.values() if s.text}
    return json.dumps({"texts": texts, "quotes": entries}, indent=1, sort_keys=True) + "\n"


def check_lock(dossier: Dossier, folder: FilePath, shown: FilePath) -> Iterator[Problem]:
    """Evidence that `evidence.lock` in the dossier's folder does not vouch for."""
    lock = Place((shown / LOCK_NAME).as_posix())
    mend = "run `briefgen check --sources DIR` with the source texts"
    try:
        data = json.loads((folder / LOCK_NAME).read_text(encoding="utf-8"))
        texts = dict(data["texts"])
        verified = {(e["claim"], e["source"], e["quote"]) for e in data["quotes"]}
    except FileNotFoundError:
        if dossier.sources:
            yield Problem(lock, "BG023", "evidence.lock is missing: no quote was verified", mend)
        return
    except (ValueError, KeyError, TypeError, OSError, RecursionError):
        yield Problem(lock, "BG023", "evidence.lock cannot be read", mend)
        return
    for source in dossier.sources.values():
        if source.text and texts.get(source.id) != source.text.sha256:
            yield Problem(
                dossier.place("sources", source.id, ("text", "sha256")),
                "BG023",
                f'the text of "{source.id}" has not been verified yet, or has changed since',
                mend,
            )
    for quoted in quotes_of(dossier):
        if (quoted.claim, quoted.source.id, _fingerprint(quoted.quote)) not in verified:
            yield Problem(
                quoted.where,
                "BG023",
                f'claim "{quoted.claim}": the quote has not been looked for yet in '
                f"{quoted.source.id}",
                mend,
            )


def _fingerprint(quote: str) -> str:
    return hashlib.sha256(normalise(quote).encode()).hexdigest()[:16]

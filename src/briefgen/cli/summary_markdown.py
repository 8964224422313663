"""The summary of an output folder, as Markdown that GitHub shows.

The manifest may come from anyone: whatever it says is bounded, and stands in code spans, in which
Markdown, HTML, links and mentions are plain text. Pictures have no place here: GitHub shows none
that a page carries within itself, and cannot see the files of a run.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from briefgen.build.output import MANIFEST
from briefgen.problems import WrongUsage, printable

LARGEST_MANIFEST = 32 * 2**20
LARGEST_SUMMARY = 900 * 1024
"""In bytes; GitHub refuses the whole summary of a step above 1,024 KiB."""
LONGEST_WORD = 120
MOST_NAMED = 12
IN_CODE = str.maketrans({"`": "'", "|": "¦", "\\": "/"})
"""What would end a code span, or a cell of a table."""
HEAD = "| File | Size | Length | Version | Issued | Status |\n|---|---:|---|---|---|---|"


class _Lenient(BaseModel):
    """Later manifests may say more."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Cut(_Lenient):
    """A record that was shortened, or left out where `tier` is 0."""

    id: str
    tier: NonNegativeInt = 0


class Evidence(_Lenient):
    """What a file rests on, by counts."""

    claims_used: NonNegativeInt = 0
    claims_unused: NonNegativeInt = 0
    evidence_by_source: dict[str, NonNegativeInt] = {}
    evidence_by_role: dict[str, NonNegativeInt] = {}


class Entry(_Lenient):
    """What the manifest says of a file."""

    dossier: str
    edition: str
    length: str = ""
    version: str = ""
    issued: str = ""
    status: str = ""
    cuts: list[Cut] = []
    disclosure: Evidence = Evidence()


class Manifest(_Lenient):
    """The part of `manifest.json` that the summary shows."""

    briefgen: str | None = None
    artefacts: dict[str, Entry] = Field(max_length=100_000)


def read_manifest(folder: Path) -> Manifest:
    """What the folder's manifest says.

    Raises:
        WrongUsage: there is none, it is too large, or briefgen did not write it.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise WrongUsage(
            f"{folder} has no {MANIFEST}\n  help: build first, or name the folder with --out"
        )
    with path.open("rb") as file:
        data = file.read(LARGEST_MANIFEST + 1)
    if len(data) > LARGEST_MANIFEST:
        raise _unreadable(path)
    try:
        return Manifest.model_validate_json(data)
    except ValidationError:
        raise _unreadable(path) from None


def _unreadable(path: Path) -> WrongUsage:
    return WrongUsage(f"{path} is not as briefgen writes it\n  help: remove it and build again")


def summary_markdown(manifest: Manifest, folder: Path) -> str:
    """One section an edition, as many as GitHub takes; the folder tells the sizes."""
    sections = list(_sections(manifest, folder))
    by = f", by briefgen {code(manifest.briefgen)}" if manifest.briefgen else ""
    lines = [f"## Briefs: {_count(len(manifest.artefacts), 'file')}{by}"]
    room = LARGEST_SUMMARY
    for number, section in enumerate(sections):
        room -= len(section.encode()) + 2
        if room < 0:
            lines.append(f"And {_count(len(sections) - number, 'edition')} more.")
            break
        lines.append(section)
    return "\n\n".join(lines)


def code(text: str) -> str:
    """The text as a code span: bounded, on one line, and nothing but text."""
    plain = printable(text).translate(IN_CODE).strip()
    if len(plain) > LONGEST_WORD:
        plain = f"{plain[: LONGEST_WORD - 1]}…"
    return f"`{plain}`" if plain else ""


def _sections(manifest: Manifest, folder: Path) -> Iterator[str]:
    def edition_of(item: tuple[str, Entry]) -> tuple[str, str]:
        return item[1].dossier, item[1].edition

    for (dossier, edition), group in groupby(
        sorted(manifest.artefacts.items(), key=lambda item: (edition_of(item), item[0])), edition_of
    ):
        files = dict(group)
        rows = (_row(name, entry, folder) for name, entry in files.items())
        parts = [f"### {code(edition)} of {code(dossier)}", "\n".join([HEAD, *rows])]
        notes = [note for length in _by_length(files.values()) for note in _notes(length)]
        yield "\n\n".join([*parts, "\n".join(notes)])


def _row(name: str, entry: Entry, folder: Path) -> str:
    facts = (entry.length, entry.version, entry.issued, entry.status)
    return f"| {' | '.join([code(name), _size(folder, name), *map(code, facts)])} |"


def _size(folder: Path, name: str) -> str:
    """The file's size, where the name is that of a file in the folder and leads nowhere else."""
    if name != Path(name).name:
        return "not in the folder"
    try:
        found = (folder / name).lstat()
    except (OSError, ValueError):
        return "missing"
    return f"{-(-found.st_size // 1024):,} KB" if stat.S_ISREG(found.st_mode) else "no file"


def _by_length(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a length: its formats say the same."""
    return list({entry.length: entry for entry in entries}.values())


def _notes(entry: Entry) -> Iterator[str]:
    found = entry.disclosure
    claims = found.claims_used + found.claims_unused
    pieces = sum(found.evidence_by_source.values())
    at = f" at {code(entry.length)}" if entry.length else ""
    yield (
        f"- Evidence{at}: {found.claims_used} of {_count(claims, 'claim')}; "
        f"{_count(pieces, 'passage')} from {_count(len(found.evidence_by_source), 'source')}"
        f"{_counts(found.evidence_by_source)}, by role{_counts(found.evidence_by_role)}"
    )
    shorter = [cut.id for cut in entry.cuts if cut.tier]
    gone = [cut.id for cut in entry.cuts if not cut.tier]
    for what, ids in (("Shortened", shorter), ("Left out", gone)):
        if ids:
            yield f"- {what}{at}: {_named(ids)}"


def _counts(counts: Mapping[str, int]) -> str:
    """The counts in brackets, the highest first; nothing where there are none."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    words = [f"{code(name)} {count}" for name, count in ranked]
    return f" ({_bounded(words)})" if words else ""


def _named(ids: Iterable[str]) -> str:
    return _bounded([code(id_) for id_ in ids])


def _bounded(words: list[str]) -> str:
    more = [f"{len(words) - MOST_NAMED} more"] if len(words) > MOST_NAMED else []
    return ", ".join([*words[:MOST_NAMED], *more])


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"

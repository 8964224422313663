"""Which note of an edited copy is which of the export.

Word and LibreOffice number notes anew when they save, so a note is known by where its mark stands
and by what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefgen.formats.docx.characters import OBJECT
from briefgen.review.pieces import Piece, likeness, opcodes, tokens

ALIKE = 0.5
"""Likeness of a note to what stood in its place, from which it is that note, edited."""


@dataclass
class Identities:
    """The notes of the copy by their ids there."""

    exported: dict[str, str] = field(default_factory=dict)
    """Id in the export, for those that it had."""
    reworded: dict[str, str] = field(default_factory=dict)
    """The same, for those whose own text somebody edited."""


def identify_notes(
    pairs: Sequence[tuple[Piece, Piece]], was: Mapping[str, str], now: Mapping[str, str]
) -> Identities:
    """The identities; `pairs` are groups before and after, `was` and `now` the notes' texts.

    Notes whose mark stands between the same words come first. Then those that were moved, by
    their text. Last, one for another in the same place, if they are alike.
    """
    found = Identities()
    replaced: list[tuple[list[str], list[str]]] = []
    for before, after in pairs:
        replaced += _same_place(before, after, was, now, found)
    taken = set(found.exported.values())
    waiting: dict[str, list[str]] = {}
    for name in _ids(before for before, _ in pairs):
        if name not in taken:
            waiting.setdefault(_plain(was.get(name, "")), []).append(name)
    for name in _ids(after for _, after in pairs):
        same = waiting.get(_plain(now.get(name, "")))
        if name not in found.exported and same:
            found.exported[name] = same.pop(0)
    _edited(replaced, was, now, found)
    return found


def _ids(pieces: Iterable[Piece]) -> list[str]:
    return [name for piece in pieces for _, name in piece.notes]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _same_place(
    before: Piece,
    after: Piece,
    was: Mapping[str, str],
    now: Mapping[str, str],
    found: Identities,
) -> list[tuple[list[str], list[str]]]:
    """Note those with the same words round them; gives what stands for what, elsewhere."""
    old, old_ids = _with_notes(before, was)
    new, new_ids = _with_notes(after, now)
    replaced = []
    for tag, a, b, c, d in opcodes(old, new):
        if tag == "equal":
            for i in range(b - a):
                if a + i in old_ids and c + i in new_ids:
                    found.exported[new_ids[c + i]] = old_ids[a + i]
        elif tag == "replace":
            gone = [old_ids[i] for i in range(a, b) if i in old_ids]
            come = [new_ids[i] for i in range(c, d) if i in new_ids]
            if gone and come:
                replaced.append((gone, come))
    return replaced


def _with_notes(piece: Piece, texts: Mapping[str, str]) -> tuple[list[str], dict[int, str]]:
    """The tokens, in which a note's mark is what the note says; and their ids."""
    by_place = dict(piece.notes)
    parts, ids, at = tokens(piece.text), {}, 0
    for i, part in enumerate(parts):
        if part == OBJECT and at in by_place:
            ids[i] = by_place[at]
            parts[i] = OBJECT + _plain(texts.get(by_place[at], ""))
        at += len(part) if i not in ids else 1
    return parts, ids


def _edited(
    replaced: Iterable[tuple[list[str], list[str]]],
    was: Mapping[str, str],
    now: Mapping[str, str],
    found: Identities,
) -> None:
    taken = set(found.exported.values())
    for gone, come in replaced:
        for name in come:
            left = [other for other in gone if other not in taken]
            if name in found.exported or not left:
                continue
            like = {other: likeness(was.get(other, ""), now.get(name, "")) for other in left}
            best = max(left, key=lambda other: like[other])
            if like[best] >= ALIKE:
                found.exported[name] = found.reworded[name] = best
                taken.add(best)

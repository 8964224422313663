"""One scalar of a YAML file, word by word: as the file writes it, and with other words in it.

Each word of the value is mapped to its letters in the file, and so are the spaces and line
breaks between two words. What an edit leaves alone is written as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise

LINE_END = re.compile(r"\r\n|\n|\r")
SPACES = " \t\n\r"
FOLD = re.compile(r"[ \t]*(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*")
"""Line breaks of a plain or quoted scalar, with the spaces round them, which do not count."""
ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\r\n])")
ESCAPED_BREAK = re.compile(r"\\(?:\r\n|\n|\r)[ \t]*")
MEANING = dict(
    zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True)
)
"""What stands for a character behind a backslash in double quotes (YAML 1.2, 5.7)."""
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Style = str
"""The mark that a scalar starts with: `'`, `"`, `>`, `|`; none where it is plain."""


class CannotHold(Exception):
    """A style has no way to write a text."""


@dataclass(frozen=True)
class Piece:
    """A word, or the spaces and line breaks before, between or behind words."""

    raw: str
    """As the file writes it."""
    value: str
    """What it means."""
    is_new: bool = False

    @property
    def breaks(self) -> bool:
        """Whether a line of the file ends in it."""
        return bool(LINE_END.search(self.raw))


Pieces = list[Piece]
"""Of a scalar: spaces, word, spaces … word, spaces; the spaces may be empty."""


@dataclass(frozen=True)
class Frame:
    """Where a scalar stands on the page."""

    newline: str
    indent: str
    """What its lines start with but for the first of a plain or quoted one."""
    column: int
    """Where the first line begins: that of a block begins with its indentation."""
    width: int
    """A line should not be longer."""
    wraps: bool = True
    """Whether long lines are broken."""


# --- What a scalar says -------------------------------------------------------


def flow_pieces(raw: str, style: Style) -> Pieces:
    """The pieces of a plain or quoted scalar, given what is inside the quotes."""
    return _grouped(_flow_cells(raw, style))


def _flow_cells(raw: str, style: Style) -> Iterator[Piece]:
    at = 0
    while at < len(raw):
        cell = _flow_cell(raw, at, style)
        yield cell
        at += len(cell.raw)


def _flow_cell(raw: str, at: int, style: Style) -> Piece:
    if fold := FOLD.match(raw, at):
        count = len(LINE_END.findall(fold[0]))
        return Piece(fold[0], "\n" * (count - 1) or " ")
    if style == "'" and raw.startswith("''", at):
        return Piece("''", "'")
    if style == '"' and (hidden := ESCAPED_BREAK.match(raw, at)):
        return Piece(hidden[0], "")
    if style == '"' and (escape := ESCAPE.match(raw, at)):
        code = escape[0][1:]
        return Piece(escape[0], MEANING.get(code) or chr(int(code[1:] or "0", 16)))
    return Piece(raw[at], raw[at])


def block_pieces(body: str, indent: int, style: Style) -> Pieces:
    """The pieces of a folded or literal scalar, from the line after its head to its last word."""
    return _grouped(_block_cells(body, indent, is_folded=style == ">"))


def _block_cells(body: str, indent: int, *, is_folded: bool) -> Iterator[Piece]:
    gap, count, was_spaced, is_first = "", 0, False, True
    for line, end in _lines(body):
        words = line[indent:]
        if not words:
            gap, count = gap + line + end, count + 1
            continue
        is_spaced = words[0] in " \t"
        if is_first:
            value = "\n" * count
        elif is_folded and not was_spaced and not is_spaced:
            value = "\n" * (count - 1) or " "
        else:
            value = "\n" * count
        yield Piece(gap + line[:indent], value)
        yield from (Piece(letter, letter) for letter in words)
        gap, count, was_spaced, is_first = end, 1, is_spaced, False


def _lines(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for end in LINE_END.finditer(text):
        yield text[at : end.start()], end[0]
        at = end.end()
    yield text[at:], ""


def _grouped(cells: Iterator[Piece]) -> Pieces:
    """Words and what is between them, from single letters."""
    found: Pieces = []
    for is_space, run in groupby(cells, key=_is_space):
        parts = list(run)
        piece = Piece("".join(p.raw for p in parts), "".join(p.value for p in parts))
        if is_space == bool(len(found) % 2):
            found.append(Piece("", ""))
        found.append(piece)
    return found if len(found) % 2 else [*found, Piece("", "")]


def _is_space(cell: Piece) -> bool:
    # The empty value is a line break that is escaped: it stands inside a word or beside spaces.
    if cell.value:
        return not cell.value.strip(SPACES)
    return not cell.raw.startswith("\\")


def value_of(pieces: Pieces) -> str:
    """What the pieces say."""
    return "".join(piece.value for piece in pieces)


def raw_of(pieces: Pieces) -> str:
    """What the file holds for them."""
    return "".join(piece.raw for piece in pieces)


# --- Another text -------------------------------------------------------------


def with_text(old: Pieces, value: str, style: Style, frame: Frame) -> Pieces:
    """The pieces for another value: words that stay are written as they were.

    Raises:
        CannotHold: the style has no way to write the value.
    """
    wanted = re.split(r"([ \t\n\r]+)", value)
    words, gaps = _words(wanted), _gaps(wanted)
    kept = _kept([piece.value for piece in old[1::2]], words)
    made: Pieces = []
    for j, gap in enumerate(gaps):
        reused = _reused(old, kept, j, gap) if old else None
        made.append(reused or _new_gap(made, gap, style, frame, is_last=j == len(words)))
        if j < len(words):
            made.append(_word(old, kept, j, words[j], style))
    return _wrapped(made, frame) if frame.wraps and style != "|" else made


def _words(parts: Sequence[str]) -> list[str]:
    return [word for word in parts[::2] if word]


def _gaps(parts: Sequence[str]) -> list[str]:
    """What is before, between and behind the words."""
    gaps = list(parts[1::2])
    if parts[0]:
        gaps.insert(0, "")
    if parts[-1]:
        gaps.append("")
    return gaps or [""]


@dataclass(frozen=True)
class _Kept:
    same: dict[int, int]
    """For each new word that stays: which of the old words it is."""
    instead: dict[int, int]
    """For each new word that takes the place of one old word: which."""
    goes_on: dict[int, int]
    """For each new word with which an insertion starts: the old word behind the insertion."""
    old: int
    """How many old words there are."""
    new: int

    def before(self, j: int) -> int | None:
        """The old word that precedes the gap in front of new word `j`: -1 is the start."""
        return -1 if j == 0 else self.same.get(j - 1, self.instead.get(j - 1))

    def after(self, j: int) -> int | None:
        return self.old if j == self.new else self.same.get(j, self.instead.get(j))


def _kept(old: Sequence[str], new: Sequence[str]) -> _Kept:
    """Which words stay: those that both begin and end with, and what is alike between."""
    same: dict[int, int] = {}
    instead: dict[int, int] = {}
    goes_on: dict[int, int] = {}
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail])
    same |= {j: j for j in range(head)}
    same |= {len(new) - k: len(old) - k for k in range(1, tail + 1)}
    for tag, i1, i2, j1, j2 in middle.get_opcodes():
        if tag == "equal":
            same |= {head + j1 + k: head + i1 + k for k in range(i2 - i1)}
        elif i1 == i2:
            goes_on[head + j1] = head + i1
        elif i2 - i1 == j2 - j1:
            instead |= {head + j1 + k: head + i1 + k for k in range(i2 - i1)}
    return _Kept(same, instead, goes_on, len(old), len(new))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    differing = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def _reused(old: Pieces, kept: _Kept, j: int, gap: str) -> Piece | None:
    """What stood between two words before, if it can stand before new word `j`."""
    left, right = kept.before(j), kept.after(j)
    found = [old[2 * (left + 1)]] if left is not None else []
    found += [old[2 * right]] if right is not None else []
    fitting = [piece for piece in found if piece.value == gap]
    is_insertion = left is not None and kept.goes_on.get(j) == left + 1
    if is_insertion and gap == " " and fitting and fitting[0].breaks:
        return None  # words come in at the end of a line: its break stands behind them
    best = max(fitting, key=lambda piece: piece.breaks, default=None)
    stays = left is not None and right == left + 1
    # Where words went, what is left of two lines may have become one that is too long.
    return best if stays or best is None else replace(best, is_new=True)


def _word(old: Pieces, kept: _Kept, j: int, word: str, style: Style) -> Piece:
    if j in kept.same:
        return old[2 * kept.same[j] + 1]
    if style == "'":
        return Piece(word.replace("'", "''"), word, is_new=True)
    if style == '"':
        return Piece(_escaped(word), word, is_new=True)
    return Piece(word, word, is_new=True)


def _escaped(text: str) -> str:
    return "".join(ESCAPES.get(letter, letter) for letter in text)


def _new_gap(before: Pieces, gap: str, style: Style, frame: Frame, *, is_last: bool) -> Piece:
    """Spaces and line breaks that were not there.

    Raises:
        CannotHold: the style would lose or change them, or nobody could see them.
    """
    if style == '"':
        return Piece(_escaped(gap), gap, is_new=True)
    is_edge = not before or is_last
    in_block = style in tuple(">|")
    if is_edge and gap.strip(" " if style == "'" else ""):
        raise CannotHold
    if in_block and not before:
        return Piece(frame.indent, "", is_new=True)
    if "\n" not in gap:
        return Piece(gap, gap, is_new=True)
    first, *middle, last = gap.split("\n")
    if first or any(middle) or (last and not in_block):
        raise CannotHold
    count = gap.count("\n")
    if style != "|" and not (style == ">" and (last or _is_spaced(before))):
        count += 1
    return Piece(frame.newline * count + frame.indent + last, gap, is_new=True)


def _is_spaced(pieces: Pieces) -> bool:
    """Whether the last line of a folded scalar starts with a space, so that it is not folded."""
    start = next((p.value for p in reversed(pieces) if p.breaks), "")
    return start.endswith((" ", "\t")) and start != " "


# --- Lines --------------------------------------------------------------------


def _wrapped(pieces: Pieces, frame: Frame) -> Pieces:
    """The pieces with lines broken where new words make them too long."""
    pieces, start = list(pieces), 0
    while start < len(pieces):
        end = _end_of_line(pieces, start)
        if _is_too_long(pieces, start, end, frame):
            last = _broken(pieces, start, end, frame)
            if last > start and _draw_up(pieces, last, end, frame):
                end = last
        start = end
    return pieces


def _broken(pieces: Pieces, start: int, end: int, frame: Frame) -> int:
    """Break a line wherever it is too long; gives the piece with which its last part starts."""
    column, space = _column(pieces, start, frame), None
    for i in range(start + 1, end):
        piece = pieces[i]
        column += len(piece.raw)
        if i % 2 and column > frame.width and space:
            pieces[space] = Piece(frame.newline + frame.indent, " ", is_new=True)
            column = len(frame.indent) + sum(len(p.raw) for p in pieces[space + 1 : i + 1])
            start, space = space, None
        elif piece.raw == piece.value == " ":
            space = i
    return start


def _end_of_line(pieces: Pieces, start: int) -> int:
    """The next piece behind `start` in which the line ends."""
    return next((i for i in range(start + 1, len(pieces)) if pieces[i].breaks), len(pieces))


def _column(pieces: Pieces, start: int, frame: Frame) -> int:
    """Where the words of the line begin whose first piece is `start`."""
    raw = pieces[start].raw
    return len(LINE_END.split(raw)[-1]) + (0 if pieces[start].breaks else frame.column)


def _length(pieces: Pieces, start: int, end: int, frame: Frame) -> int:
    return _column(pieces, start, frame) + sum(len(p.raw) for p in pieces[start + 1 : end])


def _is_too_long(pieces: Pieces, start: int, end: int, frame: Frame) -> bool:
    is_new = any(piece.is_new for piece in pieces[start : end + 1])
    is_folded = pieces[start].value in ("", " ") or not pieces[start].value.endswith((" ", "\t"))
    return is_new and is_folded and _length(pieces, start, end, frame) > frame.width


def _draw_up(pieces: Pieces, start: int, end: int, frame: Frame) -> bool:
    """Join what was broken off with the next line, if that has room for it."""
    if end >= len(pieces) or pieces[end].value != " ":
        return False
    following = _end_of_line(pieces, end)
    joined = Piece(" ", " ", is_new=True)
    line = [*pieces[start:end], joined, *pieces[end + 1 : following]]
    has_room = _length(line, 0, len(line), frame) <= frame.width
    if has_room:
        pieces[end] = joined
    return has_room


def usual_width(text: str, most: int = 100, least: int = 70) -> int:
    """How long the lines of a file are, as far as it shows it; `most` where it does not."""
    lengths = [len(line) for line, _ in _lines(text)]
    longest = max((length for length in lengths if length <= most), default=0)
    return longest if longest >= least else most


def width_of(pieces: Pieces, usual: int, column: int) -> int:
    """How long the lines of a scalar are: as the file's, unless most of them are shorter."""
    starts = [0, *(i for i in range(2, len(pieces), 2) if pieces[i].breaks)]
    early = lengths = 0
    longest = 0
    frame = Frame("\n", "", column, usual)
    for start, end in pairwise(starts):
        if pieces[end].value == " ":
            length = _length(pieces, start, end, frame)
            lengths += 1
            longest = max(longest, length)
            early += length + 1 + len(pieces[end + 1].raw) <= usual
    return min(longest, usual) if lengths > 1 and early * 2 > lengths else usual

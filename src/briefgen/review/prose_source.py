"""A field's source, character by character: what each one that is shown is spelled by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markdown_it.token import Token

from briefgen.dossier.prose import CITATION, NAMES, SHOWN_LINKS, parse_prose
from briefgen.formats.docx.reading import Emphasis
from briefgen.review.prose_shown import WHITE_SPACE, Kind
from briefgen.review.shown import BREAK

LINK_END = re.compile(r"\]\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|\]\[[^\[\]]*\]|\]", re.DOTALL)
SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}


class Misaligned(Exception):
    """The source cannot be followed character by character."""


@dataclass(frozen=True)
class Style:
    """Emphasis or a link that the source opens and closes."""

    kind: str
    """`em`, `strong` or `link`."""
    opening: str
    closing: str
    href: str = ""
    start: int = -1
    """Where it opens in the source; less than 0 where it is new."""


Styles = tuple[Style, ...]


@dataclass(frozen=True)
class Atom:
    """A character that is shown, or the break between two blocks."""

    char: str
    spelling: str
    styles: Styles = ()


@dataclass(frozen=True)
class SourceCitation:
    """A citation with the blanks before it."""

    at: int
    """How many atoms stand before it."""
    spelling: str
    claims: tuple[str, ...]
    styles: Styles = ()


@dataclass
class Source:
    """The source of one field."""

    head: str = ""
    """What stands before the first block's text: nothing, or the mark of an item."""
    atoms: list[Atom] = field(default_factory=list)
    citations: list[SourceCitation] = field(default_factory=list)
    tail: str = ""
    """What stands behind the last block's text."""


def look_of(styles: Styles) -> Emphasis:
    """How a character of these styles stands out."""
    hrefs = [style.href for style in styles if style.kind == "link"]
    return Emphasis(
        em=any(style.kind == "em" for style in styles),
        strong=any(style.kind == "strong" for style in styles),
        href=next((href for href in hrefs if href.startswith(SHOWN_LINKS)), ""),
    )


def read_source(source: str, kind: Kind) -> Source:
    """The source with every character that documents show.

    Raises:
        Misaligned: it uses what documents do not show, or cannot be followed.
    """
    if kind == "plain":
        return _read_plain(source)
    tokens = [token for token in parse_prose(source) if token.type == "inline"]
    if kind == "inline" and len(tokens) > 1:
        raise Misaligned("the text has a second paragraph")
    found, end = Source(), 0
    for number, token in enumerate(tokens):
        start, content, places = _content(source, token)
        gap = source[end:start]
        if number:
            found.atoms.append(Atom(BREAK, gap))
        else:
            found.head = gap
        reading = _Inline(content, places, found, source)
        reading.read(token.children or ())
        end = places[-1] if places else start
    found.tail = source[end:]
    return found


def _read_plain(source: str) -> Source:
    found = Source()
    pieces = [*WHITE_SPACE.finditer(source)]
    blank = {match.start(): match.group() for match in pieces}
    at = 0
    while at < len(source):
        spelling = blank.get(at, source[at])
        found.atoms.append(Atom(" " if at in blank else source[at], spelling))
        at += len(spelling)
    if found.atoms and found.atoms[0].char == " ":
        found.head = found.atoms.pop(0).spelling
    if found.atoms and found.atoms[-1].char == " ":
        found.tail = found.atoms.pop().spelling
    return found


def _content(source: str, token: Token) -> tuple[int, str, list[int]]:
    """Start of a block's text, the text, and where each of its characters, and its end, stands."""
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    content, (first, last) = token.content, token.map or (0, 0)
    parts = content.split("\n")
    # Definitions of links may stand before the text in the same lines.
    first = max(first, last - len(parts))
    places: list[int] = []
    for number, part in enumerate(parts):
        if first + number >= len(lines):
            raise Misaligned("the text of a block was not found")
        line = lines[first + number]
        column = line.rfind(part)
        if column < 0:
            raise Misaligned("the text of a block was not found")
        start = starts[first + number] + column
        places += range(start, start + len(part) + 1)
    return places[0], content, places


class _Inline:
    """The text of one block while it is followed."""

    def __init__(self, content: str, places: list[int], found: Source, source: str) -> None:
        self._content = content
        self._places = places
        self._found = found
        self._source = source
        self._at = 0
        self._styles: list[Style] = []
        self._first = len(found.atoms)
        self._text_from = self._first
        """The first atom since the last tag or citation."""

    def read(self, tokens: Sequence[Token]) -> None:
        ends = self._link_ends(tokens)
        for number, token in enumerate(tokens):
            if token.type in ("text", "text_special", "softbreak"):
                self._read_text(token)
            elif token.type == "citation":
                self._read_citation(token)
            elif token.type in ("em_open", "strong_open", "link_open"):
                self._open(token, ends.get(number, ""))
            elif token.type in ("em_close", "strong_close", "link_close"):
                self._close()
            else:
                what = NAMES.get(token.type, token.type)
                raise Misaligned(f"the text uses {what}, which documents do not show")
        if self._content[self._at :].strip():
            raise Misaligned("the text of a block goes on behind what is shown")
        self._collapse()

    def _read_text(self, token: Token) -> None:
        if token.type == "softbreak":
            match = SOFT_BREAK.match(self._content, self._at)
            if not match:
                raise Misaligned("a line break was not found")
            self._add(" ", match.group())
        elif token.type == "text_special":
            self._expect(token.markup)
            for number, char in enumerate(token.content):
                self._add(char, "" if number else token.markup)
        else:
            for char in token.content:
                spelling = self._content[self._at : self._at + 1]
                if char not in (spelling, *[c for c in STRAIGHT if STRAIGHT[c] == spelling]):
                    raise Misaligned(f"{char!r} was not found")
                self._add(spelling, spelling)

    def _add(self, char: str, spelling: str) -> None:
        # Lines of one block may be indented: what stands between them goes with the break.
        start, end = self._at, self._at + len(spelling)
        written = self._source[self._places[start] : self._places[end]] if spelling else ""
        self._found.atoms.append(Atom(char, written, tuple(self._styles)))
        self._at = end

    def _expect(self, spelling: str) -> None:
        if not self._content.startswith(spelling, self._at):
            raise Misaligned(f"{spelling!r} was not found")

    def _read_citation(self, token: Token) -> None:
        match = CITATION.match(self._content, self._at)
        if not match:
            raise Misaligned("a citation was not found")
        atoms, blanks = self._found.atoms, ""
        while len(atoms) > self._text_from and atoms[-1].char == " ":
            blanks = atoms.pop().spelling + blanks
        claims = tuple(token.meta["claims"])
        spelling = blanks + match.group()
        place = len(atoms)
        self._found.citations.append(SourceCitation(place, spelling, claims, tuple(self._styles)))
        self._at = match.end()
        self._text_from = len(atoms)

    def _open(self, token: Token, closing: str) -> None:
        opening = token.markup
        if token.type == "link_open":
            opening = "<" if token.markup == "autolink" else "["
        self._expect(opening)
        kind = token.type.removesuffix("_open")
        href = str(token.attrGet("href") or "")
        start = self._places[self._at]
        self._styles.append(Style(kind, opening, closing or opening, href, start))
        self._at += len(opening)
        self._text_from = len(self._found.atoms)

    def _close(self) -> None:
        style = self._styles.pop()
        closing = style.closing
        if style.kind == "link" and style.opening == "[":
            match = LINK_END.match(self._content, self._at)
            if not match:
                raise Misaligned("the end of a link was not found")
            closing = match.group()
            self._rename(style, replace(style, closing=closing))
        self._expect(closing)
        self._at += len(closing)
        self._text_from = len(self._found.atoms)

    def _link_ends(self, tokens: Sequence[Token]) -> dict[int, str]:
        return {
            number: ">"
            for number, token in enumerate(tokens)
            if token.type == "link_open" and token.markup == "autolink"
        }

    def _rename(self, style: Style, into: Style) -> None:
        """Let what stands in a link know how the link ends."""

        def renamed(styles: Styles) -> Styles:
            return tuple(into if one == style else one for one in styles)

        atoms, cited = self._found.atoms, self._found.citations
        for i in range(self._first, len(atoms)):
            atoms[i] = replace(atoms[i], styles=renamed(atoms[i].styles))
        for i, citation in enumerate(cited):
            cited[i] = replace(citation, styles=renamed(citation.styles))

    def _collapse(self) -> None:
        """Let blanks in a row be one, as documents show them, and none at the block's start."""
        atoms, cited = self._found.atoms, self._found.citations
        for i in range(len(atoms) - 1, self._first, -1):
            if atoms[i].char == " " and atoms[i - 1].char == " ":
                joint = atoms[i - 1].spelling + atoms[i].spelling
                atoms[i - 1] = replace(atoms[i - 1], spelling=joint)
                self._drop(i)
        for i in (len(atoms) - 1, self._first):
            if self._first <= i < len(atoms) and atoms[i].char == " ":
                self._hide(i)
        assert all(x.at <= y.at for x, y in pairwise(cited))

    def _hide(self, place: int) -> None:
        """Take a blank that is not shown; the citation before it keeps it."""
        cited = self._found.citations
        spelling = self._found.atoms[place].spelling
        for i, citation in enumerate(cited):
            if citation.at == place:
                cited[i] = replace(citation, spelling=citation.spelling + spelling)
                break
        else:
            raise Misaligned("a blank that is not shown")
        self._drop(place)

    def _drop(self, place: int) -> None:
        del self._found.atoms[place]
        cited = self._found.citations
        for i, citation in enumerate(cited):
            if citation.at > place:
                cited[i] = replace(citation, at=citation.at - 1)

"""Prose in HTML: paragraphs, emphasis and note marks, with their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markdown_it.token import Token
from markupsafe import Markup, escape

from briefgen.dossier.dates import MONTHS
from briefgen.dossier.prose import SHOWN_LINKS, parse_prose, typographer

STOP = re.compile(r"[.!?…]+[’”\"')\]]*(?=\s|$)")
"""A stop with its closing quotation marks and brackets; whether a sentence ends there is open."""
NEVER_LAST = re.compile(
    r"(?:^|[\s(“‘])(?:(?:[A-Z]\.)*[A-Z]|Mrs?|Ms|Dr|Prof|Md|St|Gen|Lt|Col|Adm|Sen|Rep|"
    r"e\.g|i\.e|cf|vs|viz|approx|et al)$"
)
"""What a full stop shortens and a capital may follow: "Dr", "J", "U.S"."""
BEFORE_NUMBER = re.compile(r"(?:^|[\s(“‘])(?:[Nn]os?|pp?|[Aa]rt|[Vv]ol|[Ff]ig|[Cc]h|ca?)$")
TEXTS = ("text", "text_special", "softbreak")
NO_BREAK = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[.,]\d+)* (?=[a-z]|US dollars)"  # a number and what it counts
    rf"|\b\d{{1,2}} (?=(?:{MONTHS})\b)"  # day and month; the year may stand apart
    rf"|(?<!\d[ \u00a0])\b(?:{MONTHS}) (?=\d{{4}}\b)"
    r"|\bper (?=cent\b)"
    r"|\b(?:Article|Table|Figure|Chapter|Part) (?=\d)"
    r"|\b(?:[Nn]o|pp?|vol)\. (?=\d)"
    r"|\b(?:Dr|Mrs?|Ms|Md|Prof|Gen|Lt|Adm)\.? (?=[A-Z])"  # a title and its name
)
"""What no line break may part; each match holds one space, at its end."""
ITALICS = re.compile(r"\*(?=\w)|(?<=[\w)])\*")
"""Asterisks before or behind a word; quotes are often cut between the two of a pair."""
ESCAPED = re.compile(r"\\(?=[^\w\s])")
INNER_SINGLE = re.compile(r"‘([^‘]*)’(?!\w)")
LONE_CLOSING = re.compile(r'(?<=\S)"')
OPEN = {
    "em_open": "<em>",
    "strong_open": "<strong>",
    "bullet_list_open": "<ul>",
    "ordered_list_open": "<ol>",
    "list_item_open": "<li>",
}
CLOSE = {
    "em_close": "</em>",
    "strong_close": "</strong>",
    "bullet_list_close": "</ul>",
    "ordered_list_close": "</ol>",
    "list_item_close": "</li>",
    "paragraph_close": "</p>",
}


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """Plain text with typographic quotation marks and dashes, and spaces that do not break."""
    return _spaced(typographer(text))


def typeset_quote(quote: str) -> str:
    """A passage as it is shown, between single quotation marks: those inside it are double.

    Without the asterisks by which plain-text sources mark emphasis, and the backslashes before
    other signs. Of two marks of a pair the passage may hold only one.
    """
    plain = ESCAPED.sub("", ITALICS.sub("", quote)).removeprefix("* ").strip()
    double = INNER_SINGLE.sub(r"“\1”", typeset(plain))
    return LONE_CLOSING.sub("”", double).replace('"', "“")


def _spaced(text: str) -> str:
    return NO_BREAK.sub(lambda found: found[0][:-1] + "\u00a0", text).replace(" - ", " – ")


def render_inline(text: str, field: str) -> Markup:
    """One paragraph of prose as inline HTML inside a span that carries its field."""
    tokens = [child for token in parse_prose(text) for child in token.children or ()]
    return Markup('<span data-field="{}">{}</span>').format(field, Markup(_inline(tokens)))


def render_plain(text: str, field: str) -> Markup:
    """Plain text in a span that carries its field."""
    return Markup('<span data-field="{}">{}</span>').format(field, typeset(text))


def render_blocks(text: str, field: str) -> Markup:
    """Prose as paragraphs and lists; each block that holds text carries its field and number."""
    out: list[str] = []
    blocks = 0
    for token in parse_prose(text):
        if token.type == "paragraph_open":
            # In a tight list the item itself is the paragraph.
            out.append("" if token.hidden else "<p>")
        elif token.type == "paragraph_close":
            out.append("" if token.hidden else "</p>")
        elif token.type == "inline":
            inner = Markup(_inline(token.children or ()))
            out.append(Markup('<span data-field="{}#{}">{}</span>').format(field, blocks, inner))
            blocks += 1
        else:
            out.append(OPEN.get(token.type) or CLOSE.get(token.type, ""))
    return Markup("".join(out))


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a paragraph end, behind stops and closing quotation marks.

    Before a small letter and after an abbreviation ("Dr. Abe", "the U.S. Navy", "No. 4") the
    sentence goes on.
    """
    return [end for start, end in _stops(text) if not _is_abbreviation(text, start, end)]


def _stops(text: str) -> list[tuple[int, int]]:
    """Start and end of each stop that no small letter follows."""
    return [
        stop.span() for stop in STOP.finditer(text) if not text[stop.end() :].lstrip()[:1].islower()
    ]


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end:].lstrip()
    if not after or text[start:end] != ".":
        return False
    return bool(NEVER_LAST.search(before) or (after[0].isdigit() and BEFORE_NUMBER.search(before)))


@dataclass(frozen=True)
class _Piece:
    """A run of text, a tag or a citation."""

    text: str = ""
    tag: str = ""
    claims: tuple[str, ...] = ()


def _inline(tokens: Sequence[Token]) -> str:
    """Inline HTML, with at most one note a sentence, after the sentence's full stop."""
    pieces = list(_pieces(tokens))
    whole = "".join(piece.text for piece in pieces)
    stops, ends = dict(_stops(whole)), set(sentence_ends(whole))
    out: list[str] = []
    waiting: list[str] = []
    at, due = 0, False
    for piece in pieces:
        if piece.claims:
            waiting += piece.claims
            # "Says the U.S. [@a] Japan …", "says Plan B [@a]. Japan …": whoever cites at a stop
            # means its sentence.
            due = due or at in stops.values()
            ends |= {stops[at]} if at in stops else set()
        elif piece.tag:
            if due and not piece.tag.startswith("</"):
                out.append(_note(waiting))
                due = False
            out.append(piece.tag)
        for part in _cut(piece.text, at, ends):
            if due:
                out.append(_note(waiting))
            out.append(str(escape(part)))
            at += len(part)
            due = bool(waiting) and at in ends
    out.append(_note(waiting))
    return "".join(out)


def _pieces(tokens: Sequence[Token]) -> Iterator[_Piece]:
    """The tokens with neighbouring texts joined and without the spaces round citations."""
    text, is_start = "", True
    closing: list[str] = []
    for token in tokens:
        if token.type in TEXTS:
            text += " " if token.type == "softbreak" else token.content
            continue
        if token.type == "citation":
            # Citations stand after a space, pandoc's way; the note mark does not.
            text = text.rstrip(" ")
        if text:
            yield _Piece(text=_spaced(text.lstrip(" ") if is_start else text))
            text, is_start = "", False
        if token.type == "citation":
            yield _Piece(claims=tuple(token.meta["claims"]))
        elif tag := _tag(token, closing):
            yield _Piece(tag=tag)
    if text:
        yield _Piece(text=_spaced(text.lstrip(" ") if is_start else text))


def _cut(text: str, at: int, ends: set[int]) -> Iterator[str]:
    """The text, which starts at `at` in its paragraph, in parts that end where sentences do."""
    inside = sorted(end - at for end in ends if at < end < at + len(text))
    for start, end in pairwise([0, *inside, len(text)]):
        if start < end:
            yield text[start:end]


def _note(claims: list[str]) -> str:
    """The mark of a note on these claims, which are then no longer waiting for one."""
    if not claims:
        return ""
    ids = " ".join(dict.fromkeys(claims))
    claims.clear()
    return str(Markup('<span class="footnote" data-claims="{}" data-generated=""/>').format(ids))


def _tag(token: Token, closing: list[str]) -> str:
    """The tag of a token; `closing` holds the ends of the links that are open."""
    if token.type == "link_open":
        href = str(token.attrGet("href") or "")
        is_shown = href.startswith(SHOWN_LINKS)
        closing.append("</a>" if is_shown else "")
        return str(Markup('<a href="{}">').format(href)) if is_shown else ""
    if token.type == "link_close":
        return closing.pop()
    return OPEN.get(token.type) or CLOSE.get(token.type, "")

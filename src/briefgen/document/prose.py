"""Prose in HTML: paragraphs, emphasis and note marks, with their fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markdown_it.token import Token
from markupsafe import Markup, escape

from briefgen.dossier.prose import parse_prose, typographer

SENTENCE_END = re.compile(r"[.!?][’”\"')\]]*$")
NO_BREAK = re.compile(
    r"(?<=\d) (?=(?:per cent|million|billion|trillion|US dollars|years?|months?|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"|(?<=\bArticle) (?=\d)|(?<=\bTable) (?=\d)|(?<=\bFigure) (?=\d)"
)
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
    "link_close": "</a>",
    "bullet_list_close": "</ul>",
    "ordered_list_close": "</ol>",
    "list_item_close": "</li>",
    "paragraph_close": "</p>",
}
ALLOWED_LINKS = ("https:", "mailto:", "#")


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """Plain text with typographic quotation marks and dashes, and spaces that do not break."""
    return NO_BREAK.sub("\u00a0", typographer(text)).replace(" - ", " – ")


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


def _inline(tokens: Sequence[Token]) -> str:
    """Inline HTML, with at most one note a sentence, after the sentence's full stop."""
    out: list[str] = []
    waiting: list[str] = []
    text = ""
    for token in tokens:
        if token.type == "citation":
            waiting += token.meta["claims"]
            out, text = _without_space_before(out, text)
            if SENTENCE_END.search(text):
                out.append(_note(waiting))
                waiting = []
            continue
        if token.type in ("text", "text_special", "softbreak"):
            content = " " if token.type == "softbreak" else token.content
            for sentence in _sentences(content):
                out.append(str(escape(NO_BREAK.sub("\u00a0", sentence))))
                text += sentence
                if waiting and SENTENCE_END.search(text.rstrip()):
                    out.append(_note(waiting))
                    waiting = []
        else:
            out.append(_tag(token))
    if waiting:
        out.append(_note(waiting))
    return "".join(out)


def _sentences(text: str) -> Iterable[str]:
    """The text cut after each sentence end that a space and a new sentence follow."""
    return re.split(r"(?<=[.!?])(?=\s)|(?<=[.!?][’”\"')])(?=\s)", text) if text else []


def _without_space_before(out: list[str], text: str) -> tuple[list[str], str]:
    # Citations stand after a space, pandoc's way; the note mark does not.
    if out and out[-1].endswith(" "):
        return [*out[:-1], out[-1].rstrip(" ")], text.rstrip(" ")
    return out, text


def _note(claims: Sequence[str]) -> str:
    ids = " ".join(dict.fromkeys(claims))
    return str(Markup('<span class="footnote" data-claims="{}" data-generated=""/>').format(ids))


def _tag(token: Token) -> str:
    if token.type == "link_open":
        href = str(token.attrGet("href") or "")
        if href.startswith(ALLOWED_LINKS):
            return str(Markup('<a href="{}">').format(href))
        return "<a>"
    return OPEN.get(token.type) or CLOSE.get(token.type, "")

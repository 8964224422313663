"""Prose: CommonMark with citations, parsed once and checked for what documents can show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CITATION = re.compile(r"\[@[^\[\]\n]*\]")
CITED = re.compile(r"@([^\s;,\]]+)")
WELL_FORMED = re.compile(r"\[@[^\s;,@\]]+(; *@[^\s;,@\]]+)*\]")
STRAY = re.compile(r"\[@[^\s;,.]*|(?<![\w\[.])@[a-z0-9]+(?:-[a-z0-9]+)+")
"""What looks like a citation outside its brackets; an address of mail does not."""
BARE = re.compile(r"\[([a-z0-9]+(?:-[a-z0-9]+)*)\](?![(\[:])")
"""An id in brackets that lacks its sign."""
MARKS = re.compile(r"[*\\_]")
"""Marks of emphasis and escapes."""

PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|[0-9]+[.)]) )")
"""Where a paragraph or an item of a list ends."""
SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)*_]*+\s++(?=[\"'“‘(*_]*+[A-ZÀ-ÖØ-Þ0-9])")
_ABBREVIATIONS = """
mr mrs ms dr st no nos gen col lt prof adm capt sen rep jr vs vol p pp art ch c ca approx md cf eg
ie e.g i.e
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Words whose full stop ends no sentence; nor does that of a single capital."""

SHOWN_LINKS = ("https:", "mailto:", "#")
"""How an address may begin; other links would be lost or unsafe."""

INLINE_TOKENS = frozenset(
    {
        "inline",
        "text",
        "softbreak",
        "em_open",
        "em_close",
        "strong_open",
        "strong_close",
        "link_open",
        "link_close",
        "citation",
        "text_special",
    }
)
PARAGRAPH = frozenset({"paragraph_open", "paragraph_close"})
BLOCK_TOKENS = (
    INLINE_TOKENS
    | PARAGRAPH
    | {
        "bullet_list_open",
        "bullet_list_close",
        "ordered_list_open",
        "ordered_list_close",
        "list_item_open",
        "list_item_close",
    }
)
NAMES = {
    "heading_open": "a heading",
    "fence": "a code block",
    "code_block": "an indented code block",
    "code_inline": "code",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "hr": "a rule",
    "blockquote_open": "a block quotation",
    "hardbreak": "a forced line break",
    "bullet_list_open": "a list",
    "ordered_list_open": "a list",
}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "typographer": True, "quotes": "“”‘’"})
    parser.enable("smartquotes")
    # Escapes and entities stay tokens of their own, which know their spelling.
    parser.disable("text_join")
    parser.inline.ruler.before("link", "citation", _read_citation)
    return parser


def _read_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    match = CITATION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"claims": CITED.findall(match.group())}
    state.pos = match.end()
    return True


@lru_cache(maxsize=8192)
def parse_prose(text: str) -> Sequence[Token]:
    """The tokens of a text: markdown-it's, and `citation` with `meta["claims"]`."""
    return _parser().parse(text)


def typographer(text: str) -> str:
    """Plain text with typographic quotation marks and dashes; Markdown in it stays as it is."""
    tokens = _plain_parser().parseInline(text)
    return "".join(child.content for token in tokens for child in token.children or ())


@lru_cache(maxsize=1)
def _plain_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"typographer": True, "quotes": "“”‘’"})
    return parser.enable("smartquotes")


def cited_claims(text: str) -> list[tuple[int, str]]:
    """Every claim id cited, with its offset in the text, in order."""
    return [
        (match.start() + cited.start(1), cited.group(1))
        for match in CITATION.finditer(text)
        for cited in CITED.finditer(match.group())
    ]


def paragraphs(text: str) -> list[str]:
    """The paragraphs and items of lists of a text."""
    return PARAGRAPHS.split(text)


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, each with its citations."""
    found, start = [], 0
    for match in SENTENCE_END.finditer(paragraph):
        if not _is_abbreviated(paragraph[start : match.start()]):
            found.append(paragraph[start : match.end()].rstrip())
            start = match.end()
    return [*found, paragraph[start:]]


def _is_abbreviated(text: str) -> bool:
    """Whether the full stop at the end of the text belongs to its last word."""
    words = text.rsplit(maxsplit=1)
    bare = words[-1].lstrip("(\"'“‘*_").rstrip(".") if words and text.endswith(".") else ""
    return bare.lower() in ABBREVIATIONS or bool(re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", bare))


def broken_citations(text: str) -> list[str]:
    """What is meant as a citation and would be printed as it stands, or lost in part."""
    whole = [match.group() for match in CITATION.finditer(text)]
    broken = [citation for citation in whole if not WELL_FORMED.fullmatch(citation)]
    return [*broken, *STRAY.findall(CITATION.sub(" ", text))]


def hidden_citations(text: str) -> list[str]:
    """Claims cited where no note is printed: in a link's address, behind a backslash and so on."""
    inner = (child for token in parse_prose(text) for child in token.children or ())
    shown = Counter(name for token in inner for name in token.meta.get("claims", ()))
    return [*(Counter(name for _, name in cited_claims(text)) - shown)]


def says_nothing(text: str) -> bool:
    """Whether there is no word beside the citations."""
    return not re.search(r"\w", CITATION.sub(" ", text))


def unshown_markdown(text: str, *, blocks: bool) -> Iterator[str]:
    """What the prose uses that documents do not show, in words ("a heading")."""
    tokens = parse_prose(text)
    allowed = BLOCK_TOKENS if blocks else INLINE_TOKENS | PARAGRAPH
    inner = [child for token in tokens for child in token.children or ()]
    kinds = dict.fromkeys(t.type for t in (*tokens, *inner) if t.type not in allowed)
    named = [NAMES.get(k, k) for k in kinds if not k.endswith("_close") and k != "list_item_open"]
    if not blocks and not named and [t.type for t in tokens].count("paragraph_open") > 1:
        named = ["a second paragraph"]
    hrefs = [str(token.attrGet("href") or "") for token in inner if token.type == "link_open"]
    named += [f"the link to {href}" for href in hrefs if not href.startswith(SHOWN_LINKS)]
    yield from dict.fromkeys(named)

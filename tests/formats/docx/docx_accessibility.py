"""What would keep a reader out of a Word file who hears it, or sees little.

`barriers` looks at any Word file, whoever wrote it. Sources: WCAG 2.2 (1.1.1, 1.3.1, 1.4.3, 2.4.2,
2.4.4, 3.1.1, 3.1.2) and the rules of Word's own accessibility checker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docx_contents import Styles
from docx_opened import Element, Opened, find, text_of, values
from docx_soundness import stories

from briefgen.document.contrast import LEAST, PAPER, contrast
from briefgen.formats.docx.oxml import wname

LEAST_LARGE = 3.0
"""Contrast that large text needs: from 18 points, or from 14 in bold."""
LARGE, LARGE_BOLD = 36, 28
"""In half points."""
LAID_OUT = "BriefgenControl"
"""Style of the one table that is no table of data: its cells are a label over its text."""
SAYS_NOTHING = re.compile(r"(?i)(click )?here|this|more|read more|link|\W*")
EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
FILE_NAME = re.compile(r"(?i).*\.(png|jpe?g|svg|gif)|(figure|image|picture)\s*\d*")


def barriers(opened: Opened) -> list[str]:
    """All that stands in the way, in the order of the checks."""
    return [line for check in CHECKS for line in check(opened)]


def headings(opened: Opened) -> Iterator[str]:
    """One title, then headings that skip no level; none is empty."""
    sheet = Styles(opened.part("word/styles.xml"))
    titles = opened.texts("Title")
    if len(titles) != 1:
        yield f"{len(titles)} titles"
    last = -1
    for paragraph in opened.paragraphs():
        outline = sheet.outline(paragraph)
        if outline is None:
            continue
        if outline > last + 1:
            yield f"heading of level {outline + 1} after {last + 1}: {text_of(paragraph)!r}"
        if not text_of(paragraph).strip():
            yield f"an empty heading of level {outline + 1}"
        last = outline


def alternatives(opened: Opened) -> Iterator[str]:
    """Each drawing stands in the line and is told in words; nothing else is drawn."""
    for part, story in stories(opened):
        for drawing in find(story, ".//w:drawing"):
            for alt in values(drawing, ".//*[local-name()='docPr']/@descr") or [""]:
                if not alt.strip() or FILE_NAME.fullmatch(alt.strip()):
                    yield f"{part}: a drawing is told as {alt!r}"
        floating = find(story, ".//w:drawing/*[local-name()='anchor'] | .//w:pict | .//w:framePr")
        if floating:
            yield f"{part}: {len(floating)} floating things, which are read out of order"


def tables(opened: Opened) -> Iterator[str]:
    """Tables of data have a row or a column of heads, none is merged, none stands in another."""
    for number, table in enumerate(find(opened.body, ".//w:tbl"), start=1):
        style = next(iter(values(table, "w:tblPr/w:tblStyle/@w:val")), "")
        rows = find(table, "w:tr")
        heads = [bool(find(row, "w:trPr/w:tblHeader")) for row in rows]
        look = values(table, "w:tblPr/w:tblLook/@w:firstColumn")
        if style != LAID_OUT and not any(heads[:1]) and look != ["1"]:
            yield f"table {number} has no heads"
        if any(heads[1:]) and heads != sorted(heads, reverse=True):
            yield f"table {number} has a row of heads below others"
        if find(table, "w:tr/w:tc/w:tcPr/*[self::w:gridSpan or self::w:vMerge or self::w:hMerge]"):
            yield f"table {number} has merged cells"
        if find(table, ".//w:tbl"):
            yield f"table {number} holds a table"
        if not any(values(table, "w:tblPr/w:tblCaption/@w:val | w:tblPr/w:tblDescription/@w:val")):
            yield f"table {number} has no name"


def properties(opened: Opened) -> Iterator[str]:
    """The file says its title and its language."""
    core = opened.part("docProps/core.xml")
    for name in ("title", "language"):
        if not "".join(values(core, f"//*[local-name()='{name}']/text()")).strip():
            yield f"no {name} among the properties"
    default = values(opened.part("word/styles.xml"), "w:docDefaults//w:lang/@w:val")
    if not default or default != values(core, "//*[local-name()='language']/text()"):
        yield f"the text is in {default}, the file in another language"


def languages(opened: Opened) -> Iterator[str]:
    """Text in another script says its language."""
    for part, story in stories(opened):
        for run in find(story, ".//w:r[w:t]"):
            if EAST_ASIAN.search(text_of(run)) and not values(run, "w:rPr/w:lang/@w:eastAsia"):
                yield f"{part}: the language of {text_of(run)!r} is not said"


def links(opened: Opened) -> Iterator[str]:
    """The words of a link say something by themselves."""
    for part, story in stories(opened):
        for link in find(story, ".//w:hyperlink"):
            if SAYS_NOTHING.fullmatch(text_of(link)):
                yield f"{part}: a link says {text_of(link)!r}"


def colours(opened: Opened) -> Iterator[str]:
    """Text stands out from its ground: each style from its shade or paper, each mark of a list."""
    sheet = opened.part("word/styles.xml")
    chains = Styles(sheet)
    grounds = {PAPER, *(f"#{fill.lower()}" for fill in values(sheet, "//w:shd/@w:fill"))}
    grounds -= {"#auto"}
    for style in find(sheet, "w:style[@w:type='paragraph' or @w:type='character']"):
        name = str(style.get(wname("styleId")))
        colour = chains.value(name, "w:rPr/w:color/@w:val")
        if colour in ("", "auto"):
            continue
        fill = chains.value(name, "w:pPr/w:shd/@w:fill")
        # A character style may stand in any paragraph, so on any ground.
        own = {f"#{fill.lower()}"} if fill not in ("", "auto") else {PAPER}
        for ground in grounds if style.get(wname("type")) == "character" else own:
            yield from _too_faint(f"style {name}", colour, ground, _least(chains, name))
    if "word/numbering.xml" in opened.names:
        for colour in set(values(opened.part("word/numbering.xml"), "//w:color/@w:val")):
            for ground in grounds:
                yield from _too_faint("the mark of a list", colour, ground, LEAST)
    for part, story in stories(opened):
        for colour in set(values(story, ".//w:r[w:t]/w:rPr/w:color/@w:val")) - {"auto"}:
            yield from _too_faint(f"{part}: text", colour, PAPER, LEAST)


def _least(chains: Styles, name: str) -> float:
    size = int(chains.value(name, "w:rPr/w:sz/@w:val") or 0)
    bold = any(e.get(wname("val")) not in ("0", "false") for e in _bold(chains, name))
    return LEAST_LARGE if size >= (LARGE_BOLD if bold else LARGE) else LEAST


def _bold(chains: Styles, name: str) -> list[Element]:
    return next((found for e in chains.chain(name) if (found := find(e, "w:rPr/w:b"))), [])


def _too_faint(what: str, colour: str, ground: str, least: float) -> Iterator[str]:
    ratio = contrast(f"#{colour.lower()}", ground)
    if ratio < least:
        yield f"{what}: #{colour} on {ground} has a contrast of {ratio:.2f}, not {least}"


CHECKS: tuple[Callable[[Opened], Iterator[str]], ...] = (
    headings,
    alternatives,
    tables,
    properties,
    languages,
    links,
    colours,
)

"""What no validator finds: bookmarks, fields and notes left open, names that lead nowhere, …

`faults` looks at any Word file, whoever wrote it. Each check is one function over the whole file
and gives a line for each fault.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from docx_opened import Element, Opened, find, text_of, values

from briefgen.formats.docx.oxml import R, W, wname

LONGEST_BOOKMARK = 40
LONGEST_TAG = 64
PARTS_OF_STORIES = re.compile(
    r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"
)
SEVERAL_STORIES = ("footnotes", "endnotes", "comments")
POINTERS = re.compile(r"\s*(?:(?:REF|PAGEREF|NOTEREF)\s+(\S+)|HYPERLINK\s+\\l\s+\"([^\"]+)\")")
USED_BY_NAME = frozenset({"hyperlink", "image", "header", "footer", "chart"})
"""Relations that are of no use unless the text names them."""
CONTENT_TYPES = "[Content_Types].xml"
STANDS_FOR_TEXT = ("drawing", "object", "pict", "fldChar", "fldSimple", "sdt", "br", "tab")
SEPARATORS = ("separator", "continuationSeparator", "footnoteRef", "endnoteRef", "annotationRef")


def faults(opened: Opened) -> list[str]:
    """All that is wrong with a file, in the order of the checks."""
    return [line for check in CHECKS for line in check(opened)]


def stories(opened: Opened) -> Iterator[tuple[str, Element]]:
    """The flows of text, each with its part: body, running heads and feet, every note and comment.

    What is begun in one of them must end in it.
    """
    for name, part in opened.xml_parts:
        if PARTS_OF_STORIES.fullmatch(name):
            several = str(part.tag).removeprefix(f"{{{W}}}") in SEVERAL_STORIES
            yield from ((name, story) for story in (part if several else [part]))


def everywhere(opened: Opened, path: str) -> list[str]:
    """Values in all stories."""
    return [value for _, story in stories(opened) for value in values(story, path)]


def twice(what: str, found: Iterable[str]) -> Iterator[str]:
    """A line for each that stands twice."""
    yield from (f"{what} {one!r} stands {n} times" for one, n in Counter(found).items() if n > 1)


# --- Marks in the text --------------------------------------------------------


def bookmarks(opened: Opened) -> Iterator[str]:
    """Each is opened, then closed, once, in one story; its name is one that Word keeps."""
    for part, story in stories(opened):
        opened_now: list[str] = []
        for mark in find(story, ".//w:bookmarkStart | .//w:bookmarkEnd"):
            number = str(mark.get(wname("id")))
            if mark.tag == wname("bookmarkStart"):
                opened_now.append(number)
            elif number in opened_now:
                opened_now.remove(number)
            else:
                yield f"{part}: bookmark {number} is closed before it is opened"
        yield from (f"{part}: bookmark {number} is not closed" for number in opened_now)
    names = everywhere(opened, ".//w:bookmarkStart/@w:name")
    yield from twice("bookmark", (name.lower() for name in names))
    yield from twice("bookmark's id", everywhere(opened, ".//w:bookmarkStart/@w:id"))
    for name in names:
        if len(name) > LONGEST_BOOKMARK or not re.fullmatch(r"[^\W\d]\w*", name):
            yield f"bookmark {name!r} has a name that Word does not keep"


def wide_bookmarks(opened: Opened) -> list[str]:
    """Names of the bookmarks that do not lie in one paragraph: LibreOffice loses an end of them."""
    found = []
    for _, story in stories(opened):
        for paragraph in find(story, ".//w:p"):
            ends = values(paragraph, ".//w:bookmarkEnd/@w:id")
            starts = find(paragraph, ".//w:bookmarkStart")
            found += [s.get(wname("name")) for s in starts if s.get(wname("id")) not in ends]
    return list(map(str, found))


def fields(opened: Opened) -> Iterator[str]:
    """Each is begun, parted at most once, and ended, in one story; it says what it is."""
    for part, story in stories(opened):
        depths: list[list[str]] = []
        for mark in find(story, ".//w:fldChar | .//w:instrText"):
            kind = mark.get(wname("fldCharType")) or "code"
            if kind == "begin":
                depths.append([])
            elif not depths:
                yield f"{part}: a field has its {kind} before its begin"
                continue
            depths[-1].append(kind)
            if kind == "end":
                seen = [k for k in depths.pop() if k != "code"]
                if seen not in (["begin", "separate", "end"], ["begin", "end"]):
                    yield f"{part}: a field goes {', '.join(seen)}"
        yield from (f"{part}: a field is not ended" for _ in depths)
        yield from (
            f"{part}: a field without instruction"
            for field in find(story, ".//w:fldSimple")
            if not (field.get(wname("instr")) or "").strip()
        )


def controls(opened: Opened) -> Iterator[str]:
    """Content controls have ids of their own, tags that Word keeps, and content."""
    yield from twice("control's id", everywhere(opened, ".//w:sdt/w:sdtPr/w:id/@w:val"))
    for tag in everywhere(opened, ".//w:sdtPr/w:tag/@w:val"):
        if len(tag) > LONGEST_TAG:
            yield f"control's tag {tag!r} is longer than {LONGEST_TAG} characters"
    for part, story in stories(opened):
        for control in find(story, ".//w:sdt[not(w:sdtContent)]"):
            yield f"{part}: control {values(control, 'w:sdtPr/w:id/@w:val')} without content"


def notes(opened: Opened) -> Iterator[str]:
    """Marks and notes match one to one in order; comments, in any, with the ranges they are on."""
    body = opened.part("word/document.xml")
    for kind in ("footnote", "endnote", "comment"):
        name = f"word/{kind}s.xml"
        part = opened.part(name) if name in opened.names else None
        written = [] if part is None else values(part, f"w:{kind}[not(@w:type)]/@w:id")
        marks = values(body, f".//w:{kind}Reference/@w:id")
        if kind == "comment":
            marks, written = sorted(marks), sorted(written)
        if marks != written:
            yield f"{kind}s {written} are marked as {marks}"
    referred = values(body, ".//w:commentReference/@w:id")
    for end in ("commentRangeStart", "commentRangeEnd"):
        ranges = values(body, f".//w:{end}/@w:id")
        if sorted(ranges) != sorted(referred):
            yield f"comments {referred} have a {end} each: {ranges}"


def drawings(opened: Opened) -> Iterator[str]:
    """No two drawings have the same id."""
    yield from twice("drawing", everywhere(opened, ".//*[local-name()='docPr']/@id"))


# --- What leads somewhere -----------------------------------------------------


def links(opened: Opened) -> Iterator[str]:
    """Links and references lead to a bookmark, or by a relation to an address."""
    known = set(everywhere(opened, ".//w:bookmarkStart/@w:name")) | {"_top"}
    for anchor in everywhere(opened, ".//w:hyperlink[not(@r:id)]/@w:anchor"):
        if anchor not in known:
            yield f"a link leads to the bookmark {anchor!r}, which is not there"
    for found in filter(None, map(POINTERS.match, instructions(opened))):
        if (found[1] or found[2]) not in known:
            yield f"a field refers to a bookmark that is not there: {found[0].strip()}"
    for part, story in stories(opened):
        targets = {str(rel.get("Id")): rel for rel in relations(opened, part)}
        for link in find(story, ".//w:hyperlink"):
            relation = targets.get(str(link.get(f"{{{R}}}id")))
            if relation is None and not link.get(wname("anchor")):
                yield f"{part}: a link without a target: {text_of(link)!r}"
            elif relation is not None and not re.match(
                r"(https?://|mailto:)\S+\Z", relation.get("Target") or ""
            ):
                yield f"{part}: a link leads to {relation.get('Target')!r}"


def instructions(opened: Opened) -> Iterator[str]:
    """What each field says; Word may write it in several pieces."""
    yield from everywhere(opened, ".//w:fldSimple/@w:instr")
    for _, story in stories(opened):
        begun: list[str] = []
        for mark in find(story, ".//w:fldChar | .//w:instrText"):
            if mark.get(wname("fldCharType")) == "begin":
                begun.append("")
            elif mark.get(wname("fldCharType")) == "end" and begun:
                yield begun.pop()
            elif begun:
                begun[-1] += mark.text or ""


def relations(opened: Opened, part: str) -> list[Element]:
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    return list(opened.part(name)) if name in opened.names else []


def relations_used(opened: Opened) -> Iterator[str]:
    """Each relation that a part uses is there, and each that a part must name is named."""
    for name, part in opened.xml_parts:
        if name.endswith(".rels") or name == CONTENT_TYPES:
            continue
        used = Counter(values(part, "//@r:id | //@r:embed | //@r:link"))
        named = relations(opened, name)
        yield from twice(f"{name}: relation", (str(rel.get("Id")) for rel in named))
        for missing in used.keys() - {rel.get("Id") for rel in named}:
            yield f"{name}: relation {missing} is not there"
        for relation in named:
            kind = posixpath.basename(relation.get("Type") or "")
            if kind in USED_BY_NAME and relation.get("Id") not in used:
                yield f"{name}: relation {relation.get('Id')} ({kind}) is not used"


def parts(opened: Opened) -> Iterator[str]:
    """Each part is led to by a relation and has a content type; none is named that is not there."""
    yield from twice("part", (name.lower() for name in opened.names))
    reached = {CONTENT_TYPES}
    for name in opened.names:
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        reached.add(name)
        if name != "_rels/.rels" and owner not in opened.names:
            yield f"{name}: relations of a part that is not there"
        for relation in opened.part(name):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", folder, relation.get("Target") or "")
                )
                reached.add(target.lstrip("/"))
    yield from (f"no relation leads to {name}" for name in opened.names if name not in reached)
    yield from (f"{name} is not there" for name in sorted(reached.difference(opened.names)))
    types = opened.part(CONTENT_TYPES)
    overridden = [name.lstrip("/") for name in values(types, "//@PartName")]
    usual = {extension.lower() for extension in values(types, "//@Extension")}
    yield from twice("content type of", overridden)
    yield from (
        f"content type of {n}, which is not there" for n in overridden if n not in opened.names
    )
    for name in opened.names:
        if name not in (*overridden, CONTENT_TYPES) and name.rpartition(".")[2] not in usual:
            yield f"{name} has no content type"


# --- Styles, lists, tables ----------------------------------------------------


def styles(opened: Opened) -> Iterator[str]:
    """Styles that are named exist, of the kind that is asked for."""
    part = opened.part("word/styles.xml")
    kinds = {
        kind: set(values(part, f"w:style[@w:type='{kind}']/@w:styleId"))
        for kind in ("paragraph", "character", "table", "numbering")
    }
    yield from twice("style", values(part, "w:style/@w:styleId"))
    yield from twice("style's name", (n.lower() for n in values(part, "w:style/w:name/@w:val")))
    for path, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
        for name, xml in opened.xml_parts:
            for style in sorted(set(values(xml, f"//w:{path}/@w:val")) - kinds[kind]):
                yield f"{name}: {kind} style {style!r} is not there"
    for element in find(part, "w:style"):
        own = element.get(wname("styleId"))
        same = kinds[str(element.get(wname("type")))]
        for other in values(element, "w:basedOn/@w:val | w:next/@w:val"):
            if other not in same:
                yield f"style {own!r} names {other!r}, which is not there"
        for other in values(element, "w:link/@w:val"):
            if other not in kinds["paragraph"] | kinds["character"]:
                yield f"style {own!r} is linked to {other!r}, which is not there"


def lists(opened: Opened) -> Iterator[str]:
    """Lists that are named exist; a level and the style that it belongs to name each other."""
    if "word/numbering.xml" not in opened.names:
        return
    part, sheet = opened.part("word/numbering.xml"), opened.part("word/styles.xml")
    definitions = values(part, "w:abstractNum/@w:abstractNumId")
    numbers = values(part, "w:num/@w:numId")
    yield from twice("definition of a list", definitions)
    yield from twice("list", numbers)
    for definition in values(part, "w:num/w:abstractNumId/@w:val"):
        if definition not in definitions:
            yield f"the definition {definition} of a list is not there"
    for name, xml in opened.xml_parts:
        for number in sorted(set(values(xml, "//w:numPr/w:numId/@w:val")) - {*numbers, "0"}):
            yield f"{name}: list {number} is not there"
    for number in numbers:
        (definition,) = values(part, f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
        for style in values(sheet, f"w:style[w:pPr/w:numPr/w:numId/@w:val='{number}']/@w:styleId"):
            at = f"w:abstractNum[@w:abstractNumId='{definition}']/w:lvl/w:pStyle/@w:val"
            if style not in values(part, at):
                yield f"style {style!r} is on list {number}, which has no level for it"


def tables(opened: Opened) -> Iterator[str]:
    """Cells fill the columns of their table; each ends in a paragraph, as Word asks."""
    for part, story in stories(opened):
        for number, table in enumerate(find(story, ".//w:tbl"), start=1):
            grid = [int(width) for width in values(table, "w:tblGrid/w:gridCol/@w:w")]
            total = values(table, "w:tblPr/w:tblW[@w:type='dxa']/@w:w")
            if total and int(total[0]) != sum(grid):
                yield f"{part}: table {number} is {total[0]} wide, its columns {sum(grid)}"
            for row in find(table, "w:tr"):
                yield from _row(f"{part}: table {number}", row, grid)


def _row(where: str, row: Element, grid: list[int]) -> Iterator[str]:
    at = sum(map(int, values(row, "w:trPr/w:gridBefore/@w:val")))
    for cell in find(row, "w:tc"):
        span = int(next(iter(values(cell, "w:tcPr/w:gridSpan/@w:val")), 1))
        width = values(cell, "w:tcPr/w:tcW[@w:type='dxa']/@w:w")
        if width and int(width[0]) != sum(grid[at : at + span]):
            yield f"{where}: a cell is {width[0]} wide in columns of {grid[at : at + span]}"
        at += span
        if not len(cell) or cell[-1].tag != wname("p"):
            yield f"{where}: a cell does not end in a paragraph: {text_of(cell)!r}"
    if at + sum(map(int, values(row, "w:trPr/w:gridAfter/@w:val"))) != len(grid):
        yield f"{where}: a row fills {at} of {len(grid)} columns"


# --- Spacing by hand ----------------------------------------------------------


def empty_paragraphs(opened: Opened) -> Iterator[str]:
    """A paragraph is empty only where Word needs one: alone, behind a table, to end a section."""
    for part, story in stories(opened):
        for paragraph in find(story, ".//w:p"):
            if _is_empty(paragraph) and not _is_needed(paragraph):
                before = paragraph.getprevious()
                behind = "" if before is None else text_of(before)[-40:]
                yield f"{part}: an empty paragraph behind {behind!r}"


def _is_empty(paragraph: Element) -> bool:
    if text_of(paragraph).strip():
        return False
    return not any(
        paragraph.find(f".//{wname(t)}") is not None for t in STANDS_FOR_TEXT + SEPARATORS
    )


def _is_needed(paragraph: Element) -> bool:
    around = paragraph.getparent()
    assert around is not None
    if paragraph.find(f"{wname('pPr')}/{wname('sectPr')}") is not None:
        return True  # it ends a section
    if len(around.findall(wname("p"))) == 1 and around.find(wname("tbl")) is None:
        return around.tag != wname("body")
    before, after = paragraph.getprevious(), paragraph.getnext()
    behind_table = before is not None and before.tag == wname("tbl")
    ends = after is None or after.tag in (wname("tbl"), wname("sectPr"))
    return behind_table and ends


def runs_of_blanks(opened: Opened) -> Iterator[str]:
    """Nothing is set in its place by blanks, tabs or line breaks in a row."""
    for part, story in stories(opened):
        for paragraph in find(story, ".//w:p"):
            text = text_of(paragraph)
            if re.search(r"[ \u00a0]{2}|\t\s*\t|\n\s*\n", text):
                yield f"{part}: set by blanks: {text[:60]!r}"


CHECKS: tuple[Callable[[Opened], Iterator[str]], ...] = (
    bookmarks,
    fields,
    controls,
    notes,
    drawings,
    links,
    relations_used,
    parts,
    styles,
    lists,
    tables,
    empty_paragraphs,
    runs_of_blanks,
)

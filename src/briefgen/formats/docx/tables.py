"""Tables: repeated header rows, rows that do not break, widths by class or by content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lxml import etree

from briefgen.formats.docx.captions import add_caption
from briefgen.formats.docx.draft import Spot
from briefgen.formats.docx.oxml import mm, w, wname
from briefgen.formats.docx.paragraphs import add_empty, add_text, set_keep_next
from briefgen.formats.docx.tree import blocks, classes, parts, pieces, plain_text, refuse

Element = etree._Element
AddBlock = Callable[[Spot, Element], None]

LONGEST_COUNTED = 60
"""Characters of a cell that count for the width of its column; longer text wraps anyway."""
LONGEST_IN_CONTROL = 34
"""The same in the document control, where the columns are to be nearly even: as much as PDF sets on
a line of the widest."""
CELL_PADDING = 3
"""Characters' width that the space between columns takes."""
CONTROL_COLUMNS = 4
MOST_ROWS_TOGETHER = 12
"""Rows of a table that is not to break over pages."""
FIRST_ROW, FIRST_COLUMN, NO_BANDS = 0x20, 0x80, 0x600
"""Bits of `w:tblLook`. Source: ECMA-376-1, 17.4.55 and 17.18.87."""


def add_table(spot: Spot, table: Element, add_block: AddBlock) -> None:
    """Write a `table`; `add_block` writes the blocks in its cells."""
    caption, rows = None, []
    for child in blocks(table):
        if child.tag == "caption":
            caption = child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows += [(row, child.tag == "thead") for row in blocks(child)]
        elif child.tag == "tr":
            rows.append((child, False))
        else:
            refuse(child)
    if caption is not None:
        set_keep_next(add_caption(spot, caption), keep=True)
    widths = _column_widths(spot, table, [list(blocks(row)) for row, _ in rows])
    element = _open_table(
        spot,
        style=spot.style_of("table"),
        widths=widths,
        name=plain_text(caption) if caption is not None else "",
        head_row=any(is_head for _, is_head in rows),
        head_column=all(is_head or _has_head(row) for row, is_head in rows),
    )
    for row, is_head in rows:
        element.append(_row(spot, row, widths, add_block, is_head=is_head))
    if len(rows) <= MOST_ROWS_TOGETHER:
        _keep_together(element)
    spot.ask_gap("table")


def _has_head(row: Element) -> bool:
    """Whether the first cell of a row heads it."""
    first = next(blocks(row), None)
    return first is not None and first.get("scope") == "row"


def _keep_together(table: Element) -> None:
    """Keep a short table on one page: Word keeps a row with the next by its paragraphs."""
    for row in list(table.iter(wname("tr")))[:-1]:
        for paragraph in row.iter(wname("p")):
            set_keep_next(paragraph, keep=True)


def add_control(spot: Spot, control: Element) -> None:
    """Write the document control: rows of four, label over value, so that it reads in order."""
    pairs = list(blocks(control))
    columns = min(len(pairs), CONTROL_COLUMNS) or refuse(control, "an empty document control")
    rows = [pairs[start : start + columns] for start in range(0, len(pairs), columns)]
    texts = [[plain_text(part) for pair in row for part in pair.iter("dd")] for row in rows]
    needs = [_Column.of(column, LONGEST_IN_CONTROL) for column in _columns(texts)]
    widths = share_width(needs, _full_width(spot))
    table = _open_table(
        spot,
        style=spot.style_of("dl.control"),
        widths=widths,
        name=spot.draft.word.labels.control,
    )
    for row in rows:
        cells = [_control_cell(spot, pair, width) for pair, width in zip(row, widths, strict=False)]
        cells += [_empty_cell(width) for width in widths[len(row) :]]
        table.append(w("tr", w("trPr", w("cantSplit")), *cells))
    spot.ask_gap("control")


def add_memo(spot: Spot, memo: Element) -> None:
    """Write the head of a memo: a row for each entry, its label to the left of its text."""
    widths = _split(_full_width(spot), spot.draft.word.columns["memo"])
    table = _open_table(
        spot,
        style=spot.style_of("dl.memo"),
        widths=widths,
        name=spot.draft.word.labels.control,
        head_column=True,
    )
    inside = spot.inside("memo")
    for pair in blocks(memo):
        spot.bookmarks.await_paragraph(pair)
        cells = []
        for part, width in zip(blocks(pair), widths, strict=True):
            if part.tag not in {"dt", "dd"}:
                refuse(part, "only dt and dd may stand in the head of a memo")
            cells.append(_cell(width))
            spot.bookmarks.await_paragraph(part)
            add_text(replace(inside, parent=cells[-1]), str(part.tag), pieces(part), part)
        table.append(w("tr", w("trPr", w("cantSplit")), *cells))
    spot.ask_gap("control")


def _control_cell(spot: Spot, pair: Element, width: int) -> Element:
    cell = _cell(width)
    inside = replace(spot, parent=cell)
    spot.bookmarks.await_paragraph(pair)
    for part in blocks(pair):
        if part.tag not in {"dt", "dd"}:
            refuse(part, "only dt and dd may stand in the document control")
        spot.bookmarks.await_paragraph(part)
        add_text(inside, str(part.tag), pieces(part), part)
    return cell


def _open_table(
    spot: Spot,
    *,
    style: str,
    widths: Sequence[int],
    name: str,
    head_row: bool = False,
    head_column: bool = False,
) -> Element:
    """A table without rows; readers are told which of its cells head the others."""
    look = NO_BANDS + FIRST_ROW * head_row + FIRST_COLUMN * head_column
    _part_from_last_table(spot)
    table = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=spot.draft.word.id_of(style)),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblInd", w=mm(-spot.page.hang), type="dxa"),
            w("tblLayout", type="fixed"),
            w(
                "tblLook",
                val=f"{look:04X}",
                firstRow=int(head_row),
                lastRow=0,
                firstColumn=int(head_column),
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
            # Read out by screen readers before the table.
            w("tblCaption", val=name) if name else None,
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
    )
    spot.parent.append(table)
    return table


def _part_from_last_table(spot: Spot) -> None:
    """Word makes one table of two that touch."""
    before = [child for child in spot.parent if child.tag != wname("sectPr")]
    if before and before[-1].tag == wname("tbl"):
        add_empty(spot)


def _row(
    spot: Spot, row: Element, widths: Sequence[int], add_block: AddBlock, *, is_head: bool
) -> Element:
    if row.tag != "tr":
        refuse(row, "only tr may stand in a table")
    cells = list(blocks(row))
    if len(cells) != len(widths):
        refuse(row, f"{len(cells)} cells in a table of {len(widths)} columns")
    spot.bookmarks.await_paragraph(row)
    return w(
        "tr",
        w("trPr", w("cantSplit"), w("tblHeader") if is_head else None),
        *(
            _filled_cell(spot, cell, width, add_block)
            for cell, width in zip(cells, widths, strict=True)
        ),
    )


def _filled_cell(spot: Spot, source: Element, width: int, add_block: AddBlock) -> Element:
    if source.tag not in {"th", "td"}:
        refuse(source, "only th and td may stand in a row")
    cell = _cell(width)
    names = [name for table in source.iterancestors("table") for name in classes(table)]
    inside = replace(
        spot.inside(*names, "cell"),
        parent=cell,
        level=0,
        language=source.get("lang") or spot.language,
    )
    spot.bookmarks.await_paragraph(source)
    key = f"th {source.get('scope', 'col')}" if source.tag == "th" else "td"
    for part in parts(source):
        if isinstance(part, list):
            add_text(inside, key, part, source)
        elif part.tag == "p":
            spot.bookmarks.await_paragraph(part)
            add_text(inside, key, pieces(part), part)
        else:
            add_block(inside, part)
    if cell[-1].tag != wname("p"):
        add_text(inside, key, [], source)
    return cell


def _cell(width: int) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")))


def _empty_cell(width: int) -> Element:
    cell = _cell(width)
    cell.append(w("p"))
    return cell


def _full_width(spot: Spot) -> int:
    return mm(spot.page.full_width)


def _column_widths(spot: Spot, table: Element, rows: Sequence[Sequence[Element]]) -> list[int]:
    count = len(rows[0]) if rows else refuse(table, "a table without rows")
    for name in classes(table):
        shares = spot.draft.word.columns.get(name, ())
        if len(shares) == count:
            return _split(_full_width(spot), shares)
    texts = [[plain_text(cell) for cell in row] for row in rows]
    return share_width([_Column.of(column) for column in _columns(texts)], _full_width(spot))


def _columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    count = max(map(len, rows))
    return [[row[index] for row in rows if index < len(row)] for index in range(count)]


class _Column(tuple[int, int]):
    """What a column needs, in characters: its longest word, and its longest text on one line."""

    __slots__ = ()

    @classmethod
    def of(cls, texts: Sequence[str], longest: int = LONGEST_COUNTED) -> _Column:
        """What these cells need, text beyond the longest left out of account."""
        word = max((len(word) for text in texts for word in text.split()), default=1)
        line = max((len(text) for text in texts), default=1)
        return cls((word + CELL_PADDING, max(word, min(line, longest)) + CELL_PADDING))


def share_width(columns: Sequence[tuple[int, int]], width: int) -> list[int]:
    """Widths of the columns, summing exactly to `width`.

    Each has room for its longest word; the rest is shared by how much more its longest text wants.
    """
    words = sum(word for word, _ in columns)
    wanted = sum(line for _, line in columns)
    if wanted == words:
        return _split(width, [word for word, _ in columns])
    # So many characters would go on one line if all columns had what they want, at most twice over.
    room = max(words, min(wanted, 2 * words))
    share = (room - words) / (wanted - words)
    return _split(width, [word + (line - word) * share for word, line in columns])


def _split(width: int, shares: Sequence[float]) -> list[int]:
    """`width` in these proportions; the last takes the rounding."""
    total = sum(shares)
    widths = [int(width * share / total) for share in shares]
    widths[-1] += width - sum(widths)
    return widths

"""Word's style sheet (`word/styles.xml`), from `word.yaml` and the theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from briefgen.document.theme import Theme, TypeName
from briefgen.formats.docx.frame import Frame
from briefgen.formats.docx.oxml import (
    eighths,
    half_points,
    mm,
    property_list,
    pt,
    rgb,
    switch,
    w,
    wname,
)
from briefgen.formats.docx.word_style import (
    Border,
    Face,
    Indent,
    Side,
    StyleRule,
    WordStyle,
)

Element = etree._Element

SIDES: tuple[Side, ...] = ("top", "left", "bottom", "right", "inside")
"""In the order of the schema."""

MM_PER_POINT = 25.4 / 72

LOWER_CASE = ("Heading", "TOC ", "Caption", "Footnote", "Header", "Footer")
"""Built-in styles that Word shows with a capital and stores without."""

GALLERY = (
    *("Body Text", "Heading 1", "Heading 2", "Heading 3", "Heading 4"),
    *("List Bullet", "List Number", "List Continue", "Quote", "Caption"),
    *("Strong", "Emphasis", "Title", "Subtitle"),
)
"""What Word offers in its gallery, in this order: the styles that people write with."""
OURS, SELDOM = 50, 99
"""Places of our own styles and of all others in Word's list of styles."""


def stored_name(name: str) -> str:
    """The name as the file has it: `heading 1` for what Word shows as Heading 1."""
    if name == "TOC Heading":
        return name
    if name.startswith("TOC "):
        return name.replace("TOC", "toc")
    if name.startswith("Comment "):
        return name.replace("Comment", "annotation").lower()
    return name.lower() if name.startswith(LOWER_CASE) else name


def _priority(name: str) -> int:
    """Where Word lists the style: small numbers first, equal ones by name."""
    if name in GALLERY:
        return GALLERY.index(name) + 1
    return OURS if name.startswith("Briefgen") else SELDOM


@dataclass(frozen=True)
class StyleSheet:
    """Makes style elements from rules, in the theme's colours, faces and sizes."""

    theme: Theme
    word: WordStyle
    frame: Frame
    first_list: int = 1
    """Number of the first of our lists among those of the file."""

    def styles(self) -> Iterator[Element]:
        """Every `w:style`: Word's own defaults first, then those of `word.yaml` in its order."""
        yield from default_styles()
        for name, rule in self.word.styles.items():
            yield self.style(name, rule)

    def style(self, name: str, rule: StyleRule) -> Element:
        """One `w:style`."""
        element = w(
            "style",
            w("name", val=stored_name(name)),
            w("basedOn", val=self.word.id_of(rule.based_on or ROOTS[rule.kind]))
            if name != "Normal"
            else None,
            w("next", val=self.word.id_of(rule.next))
            if rule.next and self.has(rule.next)
            else None,
            w("uiPriority", val=_priority(name)),
            w("qFormat") if name in GALLERY else None,
            self._paragraph_properties(name, rule) if rule.kind == "paragraph" else None,
            self.run_properties(rule) if rule.kind != "table" else None,
            *(self._table(rule) if rule.kind == "table" else ()),
            type=rule.kind,
            styleId=self.word.id_of(name),
        )
        if name == "Normal":
            element.set(wname("default"), "1")
        if name.startswith("Briefgen"):
            element.set(wname("customStyle"), "1")
        return element

    def run_properties(self, rule: StyleRule) -> Element | None:
        """The `w:rPr` of a style; the order of its children is the schema's."""
        size = half_points(self.size(rule.font or "text", rule.type)) if rule.type else None
        return property_list(
            "rPr",
            (
                self.faces(rule.font) if rule.font else None,
                switch("b", on=rule.bold),
                switch("bCs", on=rule.bold),
                switch("i", on=rule.italic),
                switch("iCs", on=rule.italic),
                self.colour(rule.colour) if rule.colour else None,
                w("spacing", val=pt(rule.tracking)) if rule.tracking else None,
                w("sz", val=size) if size else None,
                w("szCs", val=size) if size else None,
                w("u", val="single", color=rgb(self.theme.colours[rule.underline]))
                if rule.underline
                else None,
                w("vertAlign", val="superscript") if rule.superscript else None,
            ),
        )

    def faces(self, face: Face) -> Element | None:
        """The `w:rFonts` of a face of the theme."""
        name: str = getattr(self.theme.word_fonts, face)
        return w("rFonts", ascii=name, hAnsi=name, eastAsia=self.word.east_asian[face], cs=name)

    def colour(self, name: str) -> Element:
        """The `w:color` of a colour of the theme."""
        return w("color", val=rgb(self.theme.colours[name]))  # type: ignore[index]

    def size(self, face: Face, name: TypeName) -> float:
        """Points of a size of the theme, in the office's face."""
        return self.theme.type[name].size * self.word.scale[face]

    def indent(self, indent: Indent) -> int:
        """Twips of an indent."""
        return mm(-self.frame.hang if indent == "hang" else indent)

    def shift(self, style: str, edge: float) -> float:
        """Millimetres to the right by which a line or mark stays out of the paper's margin.

        `edge` is where text or mark begins; the style's line on the left stands further out. Both
        may reach into the margin as far as the frame's hang.
        """
        return max(0, self._reach(style) - self.frame.hang - edge)

    def _reach(self, style: str) -> float:
        """How far the line on the left of a style stands out, in millimetres."""
        name: str | None = style
        while name:
            rule = self.word.styles[name]
            if line := rule.border.get("left"):
                return (line.space + line.width) * MM_PER_POINT
            name = rule.based_on
        return 0

    def _paragraph_properties(self, name: str, rule: StyleRule) -> Element | None:
        return property_list(
            "pPr",
            (
                switch("keepNext", on=rule.keep_next),
                switch("keepLines", on=rule.keep_lines),
                switch("pageBreakBefore", on=rule.page_break),
                self._numbering(name),
                self._borders("pBdr", rule.border),
                w("shd", val="clear", color="auto", fill=rgb(self.theme.colours[rule.shade]))
                if rule.shade
                else None,
                w("tabs", w("tab", val="right", pos=mm(self.frame.text_width)))
                if rule.tab
                else None,
                switch(
                    "suppressAutoHyphens", on=None if rule.hyphenate is None else not rule.hyphenate
                ),
                self._spacing(rule),
                self._indents(name, rule),
                self._alignment(rule),
                w("outlineLvl", val=rule.outline) if rule.outline is not None else None,
            ),
        )

    def has(self, style: str) -> bool:
        """Whether the file has a style of this name."""
        return style in self.word.styles

    def links(self, style: str) -> bool:
        """Whether a style of this name carries our numbering."""
        return self.has(style)

    def _alignment(self, _rule: StyleRule) -> Element | None:
        return None

    def _numbering(self, style: str) -> Element | None:
        for number, rule in enumerate(self.word.lists.values(), start=self.first_list):
            if style in rule.styles:
                level = rule.styles.index(style)
                return w("numPr", w("ilvl", val=level) if level else None, w("numId", val=number))
        return None

    def _borders(self, tag: str, borders: Mapping[Side, Border]) -> Element | None:
        inside = "between" if tag == "pBdr" else "insideH"
        return property_list(
            tag,
            (
                self.border(inside if side == "inside" else side, borders[side])
                for side in SIDES
                if side in borders
            ),
        )

    def border(self, side: str, border: Border) -> Element:
        """One line of a `w:pBdr`, `w:tblBorders` or `w:tcBorders`."""
        colour = rgb(self.theme.colours[border.colour])
        return w(side, val="single", sz=eighths(border.width), space=border.space, color=colour)

    def _spacing(self, rule: StyleRule) -> Element | None:
        attributes: dict[str, str | int] = {}
        if rule.before is not None:
            attributes["before"] = pt(rule.before)
        if rule.after is not None:
            attributes["after"] = pt(rule.after)
        if rule.natural:
            attributes |= {"line": 240, "lineRule": "auto"}
        elif rule.type:
            # "atLeast", not "exact": taller glyphs (Japanese, raised marks) are not cut off.
            attributes["line"] = pt(self.theme.type[rule.type].line)
            attributes["lineRule"] = "exact" if rule.exact else "atLeast"
        return w("spacing", **attributes) if attributes else None

    def _indents(self, name: str, rule: StyleRule) -> Element | None:
        attributes: dict[str, str | int] = {}
        left = rule.left
        if left != "hang" and (shift := self.shift(name, left or 0)) and "left" in rule.border:
            left = (left or 0) + shift
        if left is not None:
            attributes["left"] = self.indent(left)
        if rule.right is not None:
            attributes["right"] = mm(rule.right)
        if rule.first is not None:
            attributes["firstLine" if rule.first >= 0 else "hanging"] = mm(abs(rule.first))
        return w("ind", **attributes) if attributes else None

    def _table(self, rule: StyleRule) -> Iterator[Element]:
        yield w(
            "tblPr",
            w("tblInd", w=0, type="dxa"),
            self._borders("tblBorders", rule.border),
            w(
                "tblCellMar",
                *(w(side, w=pt(rule.cell.get(side, 0)), type="dxa") for side in SIDES[:4]),
            ),
        )
        if rule.head:
            yield w("tblStylePr", w("tcPr", self._borders("tcBorders", rule.head)), type="firstRow")


ROOTS = {
    "paragraph": "Normal",
    "character": "DefaultParagraphFont",
    "table": "TableNormal",
}


def default_styles() -> Iterator[Element]:
    """The styles that Word expects in every file."""
    hidden = (w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    yield w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        w("semiHidden"),
        w("unhideWhenUsed"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    yield w(
        "style",
        w("name", val="Normal Table"),
        *hidden,
        w(
            "tblPr",
            w("tblInd", w=0, type="dxa"),
            w("tblCellMar", *(w(side, w=0, type="dxa") for side in SIDES[:4])),
        ),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    yield w(
        "style",
        w("name", val="No List"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        type="numbering",
        default=1,
        styleId="NoList",
    )


def document_defaults(sheet: StyleSheet, language: str) -> Element:
    """The `w:docDefaults`: face, size and languages of text without a style."""
    size = half_points(sheet.size("text", "body"))
    return w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                sheet.faces("text"),
                w("sz", val=size),
                w("szCs", val=size),
                w("lang", val=language, eastAsia="ja-JP", bidi="ar-SA"),
            ),
        ),
        w("pPrDefault", w("pPr", w("widowControl"))),
    )

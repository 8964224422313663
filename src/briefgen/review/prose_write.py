"""The edited source of a field written out, spliced or anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from markdown_it.common.normalize_url import normalizeLink

from briefgen.dossier.prose import SHOWN_LINKS
from briefgen.formats.docx.reading import Emphasis
from briefgen.review.prose_cells import Origins, Text, plainly
from briefgen.review.prose_citations import Placed, written
from briefgen.review.prose_shown import Kind
from briefgen.review.prose_source import Source, Style, Styles, look_of
from briefgen.review.shown import BREAK, Note

SPLICED, ANEW, UNDERSCORED, LEVELS = 0, 1, 2, 3
"""How a block is written: with its own markup; with new; with `_`; without its own spelling."""

QUOTES = "“”‘’"
SIGNS = "\\`*_[]<&"
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
LINE_START = re.compile(
    r"(?P<number>\d{1,9})[.)](?=\s|$)|[-+*](?=\s|$)|\#{1,6}(?=\s|$)|>|~~~|=+\s*$|-+\s*$"
    r"|(?P<rule>[-*_])(?:\s*(?P=rule)){2,}\s*$"
)
"""What would begin a list, a heading, a quotation, a rule or code."""
LINE_SIGN = re.compile(r"(?P<number>\d{1,9})[.)]|[-+*#>=~]")
"""The same by its first sign alone: a citation may stand behind it."""
ITEM = re.compile(
    r"(?P<indent>(?:\s|[-*+]\s|\d+[.)]\s)*)(?:(?P<number>\d+)(?P<stop>[.)])|[-*+])(?P<gap>\s+)$"
)
BULLET = "- "


@dataclass(frozen=True)
class _Element:
    """A character or citation with the styles it stands in."""

    spelling: str
    styles: Styles


@dataclass
class Draft:
    """An edited field before it is written."""

    source: Source
    original: str
    was: Text
    now: Text
    origins: Origins
    placed: Mapping[int, Sequence[Placed]]
    loose: list[Note]
    kind: Kind

    def __post_init__(self) -> None:
        self.blocks = self.now.blocks()
        self.unshown: list[str] = []
        self._ends = {
            style.href: style.closing
            for atom in self.source.atoms
            for style in atom.styles
            if style.opening == "["
        }
        self._styles, self.wanted = self._styled()
        self._of_block = self._source_blocks()
        self.items = self._item_flags()
        self.cited = [
            name for at in sorted(self.placed) for one in self.placed[at] for name in one.claims
        ]

    def is_remade(self, at: int) -> bool:
        """Whether typesetting had made the blank from one that breaks."""
        u = self.origins.chars[at]
        return self.now.chars[at] == "\u00a0" and u >= 0 and self.source.atoms[u].char == " "

    # What each character looks like.

    def _styled(self) -> tuple[list[Styles], list[Emphasis]]:
        """The styles of each character, and how it must look."""
        styles: list[Styles] = []
        looks: list[Emphasis] = []
        fresh: list[int] = []
        for at, u in enumerate(self.origins.chars):
            if u >= 0:
                own = self.source.atoms[u].styles
                look = self._changed(look_of(own), self.was.looks[u], self.now.looks[at])
                styles.append(own if look == look_of(own) else fresh_styles(look, self._ends))
                looks.append(look)
            else:
                fresh.append(at)
                styles.append(())
                looks.append(Emphasis())
        unset = set(fresh)
        for at in fresh:
            self._inherit(at, unset, styles, looks)
            unset.discard(at)
        _join_styles(styles, looks)
        return styles, looks

    def _changed(self, own: Emphasis, was: Emphasis, now: Emphasis) -> Emphasis:
        """The look in the source with what the edit has changed of it."""
        if was == now:
            return own
        look = Emphasis(
            em=own.em if was.em == now.em else now.em,
            strong=own.strong if was.strong == now.strong else now.strong,
            href=own.href if was.href == now.href else now.href,
        )
        return self._sayable(look)

    def _sayable(self, look: Emphasis) -> Emphasis:
        """As much of the look as the field's prose can say."""
        if self.kind == "plain" and look != Emphasis():
            self.unshown.append(f"the link to {look.href}" if look.href else "emphasis")
            return Emphasis()
        if look.href and not look.href.startswith(SHOWN_LINKS):
            self.unshown.append(f"the link to {look.href}")
            return replace(look, href="")
        return replace(look, href=normalizeLink(look.href))

    def _inherit(
        self, at: int, unset: set[int], styles: list[Styles], looks: list[Emphasis]
    ) -> None:
        """Give a new character the styles of a neighbour that looks the same."""
        chars, shown = self.now.chars, self.now.looks
        if chars[at] == BREAK:
            return
        right = at + 1
        while right in unset and chars[right] != BREAK and shown[right] == shown[at]:
            right += 1
        for near in (at - 1, right):
            if not 0 <= near < len(chars) or chars[near] == BREAK or near in unset:
                continue
            if shown[near] == shown[at]:
                styles[at], looks[at] = styles[near], looks[near]
                return
        for u in self._replaced(at):
            if self.was.looks[u] == shown[at]:
                styles[at] = self.source.atoms[u].styles
                looks[at] = look_of(styles[at])
                return
        looks[at] = self._sayable(shown[at])
        styles[at] = fresh_styles(looks[at], self._ends)

    def _replaced(self, at: int) -> range:
        """The characters of the export that stood where a new one stands."""
        origins = self.origins.chars
        left = next((origins[i] for i in range(at - 1, -1, -1) if origins[i] >= 0), -1)
        right = next((u for u in origins[at:] if u >= 0), len(self.source.atoms))
        return range(left + 1, right)

    # Blocks and their marks.

    def _source_blocks(self) -> list[int]:
        """Of each atom, the number of its block."""
        found, block = [], 0
        for atom in self.source.atoms:
            found.append(block)
            block += atom.char == BREAK
        return found

    def _origin_block(self, number: int) -> int:
        """The block of the export that a block begins with; less than 0 where it is new."""
        start, end = self.blocks[number]
        return next((self._of_block[u] for u in self.origins.chars[start:end] if u >= 0), -1)

    def _item_flags(self) -> list[bool]:
        marks = [bool(ITEM.fullmatch(mark)) for mark in self._source_marks()]
        flags = []
        for number, is_item in enumerate(self.now.items):
            origin = self._origin_block(number)
            is_kept = 0 <= origin < len(self.was.items) and self.was.items[origin] == is_item
            flags.append(marks[origin] if is_kept else is_item)
        return flags

    def _source_gaps(self) -> list[str]:
        """What the source has before each block."""
        return [self.source.head, *(a.spelling for a in self.source.atoms if a.char == BREAK)]

    def _source_marks(self) -> list[str]:
        return [gap.rpartition("\n")[2] for gap in self._source_gaps()]

    def _mark(self, number: int, before: Sequence[str], *, anew: bool) -> str:
        """The mark or indentation of a block behind blocks with these marks."""
        marks = self._source_marks()
        origin = self._origin_block(number)
        own = marks[origin] if origin >= 0 else ""
        if not self.items[number]:
            return "" if anew or ITEM.fullmatch(own) else own
        if ITEM.fullmatch(own):
            return self._numbered(own, before)
        near = [*reversed(before), *marks]
        return self._numbered(next(filter(ITEM.fullmatch, near), BULLET), before)

    def _numbered(self, mark: str, before: Sequence[str]) -> str:
        """The mark with the number that follows on those before it in the list."""
        own = ITEM.fullmatch(mark)
        if not own or not own["number"]:
            return mark
        last = ITEM.fullmatch(before[-1]) if before else None
        if not last or not last["number"] or last["indent"] != own["indent"]:
            return mark
        numbers = [m["number"] for m in map(ITEM.fullmatch, self._source_marks()) if m]
        step = 0 if len(numbers) > 1 and len(set(numbers)) == 1 else 1
        return f"{own['indent']}{int(last['number']) + step}{own['stop']}{own['gap']}"

    def _gap(self, number: int, *, anew: bool) -> str:
        """What stands between a block and the one before, without its mark."""
        here, there = self.items[number - 1], self.items[number]
        start = self.blocks[number][0]
        u = self.origins.chars[start - 1]
        if u >= 0 and not anew and self._origin_block(number) == self._of_block[u] + 1:
            marks = [bool(ITEM.fullmatch(mark)) for mark in self._source_marks()]
            block = self._of_block[u]
            if (marks[block], marks[block + 1]) == (here, there):
                return self.source.atoms[u].spelling.rpartition("\n")[0] + "\n"
        if here and there:
            gaps, marks_of = self._source_gaps(), self._source_marks()
            for i in range(1, len(gaps)):
                if ITEM.fullmatch(marks_of[i - 1]) and ITEM.fullmatch(marks_of[i]):
                    return gaps[i].rpartition("\n")[0] + "\n"
            return "\n"
        return "\n\n"

    # Writing.

    def write(self, levels: Sequence[int], literal: set[int]) -> str:
        """The source; each block written by its level, `literal` characters as they stand."""
        out: list[str] = []
        marks: list[str] = []
        for number in range(len(self.blocks)):
            level = levels[number]
            if self.kind == "blocks":
                mark = self._mark(number, marks, anew=level >= LEVELS)
                if number:
                    out.append(self._gap(number, anew=level >= LEVELS))
                marks.append(mark)
                out.append(mark)
            elif not number:
                out.append(self.source.head)
            out.append(self._block(number, level, literal))
        return "".join(out) + self.source.tail

    def _block(self, number: int, level: int, literal: set[int]) -> str:
        start, end = self.blocks[number]
        styles = self._styles[start:end]
        if level >= ANEW and self.kind != "plain":
            emphasis = "_" if level == UNDERSCORED else "*"
            looks = trimmed(self.now.chars[start:end], self.wanted[start:end])
            styles = stacked([fresh_styles(look, self._ends, emphasis) for look in looks])
        else:
            styles = self._without_edges(start, styles)
        spellings = [self._spelling(at, level, literal) for at in range(start, end)]
        if self.kind != "plain":
            self._escape_lines(start, spellings, level)
        elements: list[_Element] = []
        for i in range(end - start + 1):
            placed = self.placed.get(start + i, ())
            elements += [self._citation(cited, i, styles, level) for cited in placed]
            if i < end - start:
                elements.append(_Element(spellings[i], styles[i]))
        return joined(elements)

    def _without_edges(self, start: int, styles: Sequence[Styles]) -> list[Styles]:
        """The styles without blanks at the edges of what an edit has cut or marked."""
        found = list(styles)
        for i in range(len(styles)):
            if not self.now.chars[start + i].isspace():
                continue
            around = self.origins.chars[start + i - 1 : start + i + 2] if start + i else []
            is_own = around == [*range(around[0], around[0] + 3)] if around else False
            if not is_own or any(style.start < 0 for style in styles[i]):
                left = styles[i - 1] if i else ()
                right = styles[i + 1] if i + 1 < len(styles) else ()
                found[i] = shared(left, right)
        return found

    def _citation(self, cited: Placed, i: int, styles: Sequence[Styles], level: int) -> _Element:
        left = styles[i - 1] if i else ()
        right = styles[i] if i < len(styles) else ()
        around = shared(left, right)
        own = cited.styles
        fits = own in (left[: len(own)], right[: len(own)])
        inside = own if cited.spelling and level == SPLICED and fits else around
        # CommonMark takes no brackets of their own meaning in a link: it ends before them.
        inside = tuple(takewhile(lambda style: style.kind != "link", inside))
        spelling = cited.spelling or written(cited.claims)
        if not i and not cited.spelling:
            spelling = spelling.lstrip() + " "
        return _Element(spelling, inside)

    def _spelling(self, at: int, level: int, literal: set[int]) -> str:
        """How one character is written."""
        char, u = self.now.chars[at], self.origins.chars[at]
        level = SPLICED if self.kind == "plain" else level
        if u >= 0 and level < LEVELS and at not in literal and self._is_spelled(u, char):
            own = self.source.atoms[u].spelling
            if level == SPLICED or len(own) != 1 or own not in SIGNS:
                return own
        plain = char if at in literal else self._plain(at)
        if self.kind == "plain":
            return plain
        if level > SPLICED and plain in ("*", "_"):
            return f"\\{plain}"
        return self._escaped(at, plain)

    def _is_spelled(self, u: int, char: str) -> bool:
        """Whether the source's spelling is that of a character, too.

        Quotation marks and dashes from the keyboard are the source's: typesetting makes them so. A
        blank that breaks is not one that the source has written as unbreakable.
        """
        shown = self.was.chars[u]
        made_of = "-" if shown == "–" else plainly(shown)
        return char == shown or (char == made_of and self.source.atoms[u].spelling != "\u00a0")

    def _plain(self, at: int) -> str:
        """The spelling that typesetting may make the character of."""
        char = self.now.chars[at]
        around = self._char(at - 1), self._char(at + 1)
        if char in QUOTES:
            plain = plainly(char)
            return char if char in self.original and plain not in self.original else plain
        if char == "\u00a0":
            return char if any(c.isspace() or not c for c in around) else " "
        if char == "–" and around == (" ", " "):
            return "–" if " – " in self.original else "-"
        return char

    def _char(self, at: int) -> str:
        """The character at a place of the edited text; nothing where its block ends."""
        inside = 0 <= at < len(self.now.chars)
        return self.now.chars[at] if inside and self.now.chars[at] != BREAK else ""

    def _escaped(self, at: int, char: str) -> str:
        before, after = self._char(at - 1), self._char(at + 1)
        ahead = "".join(self.now.chars[at : at + 40])
        is_sign = char in "`[]"
        if char == "@":
            stands = before == "[" or re.match(r"@[a-z0-9]+-", ahead)
            return "&#64;" if stands and not before.isalnum() else char
        if char == "\\":
            is_sign = not after or bool(PUNCTUATION.match(after))
        elif char == "*":
            is_sign = not (_is_blank(before) and _is_blank(after))
        elif char == "_":
            is_sign = not (before.isalnum() and after.isalnum())
        elif char == "<":
            is_sign = after.isalpha() or after in ("/", "!", "?")
        elif char == "&":
            is_sign = bool(ENTITY.match(ahead))
        return f"\\{char}" if is_sign else char

    def _escape_lines(self, start: int, spellings: list[str], level: int) -> None:
        """Keep the start of a line from opening a list or a heading."""
        at = 0
        while at < len(spellings):
            line = "".join(spellings[at:]).partition("\n")[0]
            match = (LINE_SIGN if level >= LEVELS else LINE_START).match(line)
            if match and (level > SPLICED or self._is_fresh(start, at, match.end())):
                sign = at + len(match["number"] or "")
                if len(spellings[sign]) == 1:
                    spellings[sign] = f"\\{spellings[sign]}"
            at = next(
                (i for i in range(at, len(spellings)) if "\n" in spellings[i]), len(spellings)
            )
            at += 1

    def _is_fresh(self, start: int, at: int, length: int) -> bool:
        """Whether the start of a line did not stand there in the source."""
        origin = self.origins.chars[start + at : start + at + length + 1]
        before = self.origins.chars[start + at - 1] if at else origin[0] - 1
        if not at and origin[0] > 0 and self.source.atoms[origin[0] - 1].char != BREAK:
            return True
        steps = pairwise([before, *origin])
        return any(u < 0 for u in origin) or any(b != a + 1 for a, b in steps)


def _join_styles(styles: list[Styles], looks: Sequence[Emphasis]) -> None:
    """Let new styles be those of a neighbour that looks the same."""
    count = len(styles)
    for places, step in ((range(1, count), -1), (range(count - 2, -1, -1), 1)):
        for i in places:
            is_new = any(style.start < 0 for style in styles[i])
            if is_new and looks[i] == looks[i + step]:
                styles[i] = styles[i + step]


def _is_blank(char: str) -> bool:
    return not char or char.isspace()


def shared(one: Styles, other: Styles) -> Styles:
    """The styles that both have, from the outermost on."""
    pairs = zip(one, other, strict=False)
    return tuple(style for style, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def fresh_styles(look: Emphasis, ends: Mapping[str, str], emphasis: str = "*") -> Styles:
    """New styles for a look, the outermost first; `ends` has how the source ends its links."""
    found = []
    if look.href:
        end = ends.get(look.href) or f"]({destination(look.href)})"
        found.append(Style("link", "[", end, look.href))
    if look.strong:
        found.append(Style("strong", "**", "**"))
    if look.em:
        found.append(Style("em", emphasis, emphasis))
    return tuple(found)


def destination(href: str) -> str:
    """An address as CommonMark takes it between round brackets."""
    bare = re.sub(r"\([^()]*\)", "", href)
    return f"<{href}>" if re.search(r"[\s()<>\\]", bare) else href


def trimmed(chars: Sequence[str], looks: Sequence[Emphasis]) -> list[Emphasis]:
    """The looks without blanks at the edges of a stretch, where Markdown has no sign for it."""
    found = list(looks)
    for places in (range(len(chars)), range(len(chars) - 1, -1, -1)):
        before = Emphasis()
        for i in places:
            if chars[i].isspace():
                look = found[i]
                found[i] = Emphasis(
                    em=look.em and before.em,
                    strong=look.strong and before.strong,
                    href=look.href if look.href == before.href else "",
                )
            before = found[i]
    return found


def stacked(wanted: Sequence[Styles]) -> list[Styles]:
    """The styles of each character, nested so that what lasts longest lies outside."""
    stack: list[Style] = []
    out = []
    for i, styles in enumerate(wanted):
        while any(style not in styles for style in stack):
            stack.pop()
        missing = [style for style in styles if style not in stack]
        stack += sorted(missing, key=lambda style: -_lasting(style, wanted[i:]))
        out.append(tuple(stack))
    return out


def _lasting(style: Style, wanted: Sequence[Styles]) -> int:
    return sum(1 for _ in takewhile(lambda styles: style in styles, wanted))


def joined(elements: Iterable[_Element]) -> str:
    """The elements with styles opened and closed between them."""
    out: list[str] = []
    open_: Styles = ()
    for element in [*elements, _Element("", ())]:
        kept = len(shared(open_, element.styles))
        out += [style.closing for style in reversed(open_[kept:])]
        out += [style.opening for style in element.styles[kept:]]
        out.append(element.spelling)
        open_ = element.styles
    return "".join(out)

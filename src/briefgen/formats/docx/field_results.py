"""Complex fields while a text is read: their codes are no text, their results are.

A field is a beginning, a code, a separator, a result and an end, each in a run of its own
(ECMA-376-1, 17.16.18).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from briefgen.formats.docx.oxml import wname

Element = etree._Element

LONGEST_HREF = 2_000
"""Characters of an address; browsers take about as many."""


@dataclass
class _Field:
    """A field that is open."""

    is_plain: bool = False
    """Whether a tracked change takes its beginning away: what it holds is text like other."""
    is_result: bool = False
    is_link: bool = False
    href: str = ""
    """Where its text leads, or that of the field around it."""
    codes: list[str] = field(default_factory=list)

    @property
    def hides(self) -> bool:
        return not self.is_result and not self.is_plain

    @property
    def is_computed(self) -> bool:
        return not self.is_link and not self.is_plain


@dataclass
class Fields:
    """The fields that are open."""

    whole: frozenset[Element]
    """What `whole_fields` found."""
    _open: list[_Field] = field(default_factory=list)
    _hiding: int = 0
    _computing: int = 0

    @property
    def hides(self) -> bool:
        """Whether text at this place belongs to a code."""
        return self._hiding > 0

    @property
    def computes(self) -> bool:
        """Whether text at this place is what a field other than a link has worked out."""
        return self._computing > 0

    @property
    def href(self) -> str:
        """Where text at this place leads out of the file, or nothing."""
        return self._open[-1].href if self._open else ""

    def read_mark(self, mark: Element, *, is_hidden: bool) -> None:
        """Go on at a `w:fldChar`."""
        if mark not in self.whole:
            return
        kind = mark.get(wname("fldCharType"))
        if kind == "begin":
            self._push(_Field(is_plain=is_hidden, href=self.href))
        elif kind == "end":
            self._pop()
        elif not self._open[-1].is_result:
            last = self._pop()
            last.is_result = True
            self._push(_linked(last, "".join(last.codes)))

    def read_code(self, code: str) -> None:
        """Go on at a piece of code."""
        if self._open and not self._open[-1].is_result:
            self._open[-1].codes.append(code)

    @contextmanager
    def inside(self, code: str) -> Iterator[None]:
        """The result of a simple field, which is one element."""
        self._push(_linked(_Field(is_result=True, href=self.href), code))
        yield
        self._pop()

    def _push(self, opened: _Field) -> None:
        self._open.append(opened)
        self._hiding += opened.hides
        self._computing += opened.is_computed

    def _pop(self) -> _Field:
        closed = self._open.pop()
        self._hiding -= closed.hides
        self._computing -= closed.is_computed
        return closed


def whole_fields(story: Element) -> frozenset[Element]:
    """The marks of fields that are closed; one that is not would hide the rest of the text."""
    whole: set[Element] = set()
    waiting: list[list[Element]] = []
    for mark in story.iter(wname("fldChar")):
        kind = mark.get(wname("fldCharType"))
        if kind == "begin":
            waiting.append([mark])
        elif waiting and kind in ("separate", "end"):
            waiting[-1].append(mark)
            if kind == "end":
                whole.update(waiting.pop())
    return frozenset(whole)


def _linked(opened: _Field, code: str) -> _Field:
    href = _href_of(code)
    opened.is_link = href is not None
    if href and not opened.is_plain:
        opened.href = href
    return opened


def _href_of(code: str) -> str | None:
    """Where a field leads, if it is a link; an empty text for one inside the file."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', code[: 2 * LONGEST_HREF])
    if not words or words[0][1].upper() != "HYPERLINK":
        return None
    target = anchor = ""
    rest = iter(words[1:])
    for quoted, bare in rest:
        if bare.lower() in ("\\l", "\\o", "\\t"):
            value = "".join(next(rest, ("", "")))
            anchor = value if bare.lower() == "\\l" else anchor
        elif not bare.startswith("\\"):
            target = target or (quoted or bare).replace("\\\\", "\\")
    return href_of(target, anchor)


def href_of(target: str, anchor: str) -> str:
    """An address out of the file with its anchor; nothing where it leads inside or is too long."""
    whole = f"{target}#{anchor}" if target and anchor else target
    return whole if len(whole) <= LONGEST_HREF else ""

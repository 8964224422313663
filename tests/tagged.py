"""What readers' tools are told of a PDF: its tags and their text, read from the finished file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf


@dataclass
class Tag:
    """A structure element with its text and what is in it, in order."""

    role: str
    kids: list[Tag | str] = field(default_factory=list)
    alt: str = ""
    target: str = ""
    """Where a link leads: an address, or `#` and the name of a destination."""

    def tags(self, *roles: str) -> list[Tag]:
        """The tags of these roles in it, in reading order."""
        return [tag for tag in self.walk() if tag.role in roles]

    def walk(self) -> Iterator[Tag]:
        """The tag itself and all in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def text(self, *without: str) -> str:
        """Its text, without that of tags of these roles."""
        return "".join(
            kid if isinstance(kid, str) else kid.text(*without)
            for kid in self.kids
            if isinstance(kid, str) or kid.role not in without
        )


def tags_of(data: bytes) -> Tag:
    """The tree of tags of a PDF, with the text that its content streams show."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root: Any = pdf.Root
        sheets: list[Any] = list(pdf.pages)
        texts = {tuple(sheet.obj.objgen): texts_of(sheet) for sheet in sheets}
        return _tag(root.StructTreeRoot.K[0], texts)


def _tag(element: Any, texts: dict[tuple[int, ...], dict[int, str]]) -> Tag:
    tag = Tag(role_of(element), alt=str(element.get("/Alt", "")))
    for kid in element.K:
        if not isinstance(kid, pikepdf.Dictionary):
            tag.kids.append(texts[tuple(element.Pg.objgen)][int(kid)])
        elif "/S" in kid:
            tag.kids.append(_tag(kid, texts))
        elif "/MCID" in kid:
            tag.kids.append(texts[tuple(kid.Pg.objgen)][int(kid.MCID)])
        elif "/Obj" in kid:
            tag.target = _target_of(kid.Obj)
    return tag


def _target_of(annotation: Any) -> str:
    if "/Dest" in annotation:
        return f"#{annotation.Dest}"
    return str(annotation.A.URI) if "/A" in annotation else ""


def texts_of(sheet: Any) -> dict[int, str]:
    """The text of each piece of marked content of a page."""
    letters_of: dict[str, dict[bytes, str]] = {}
    font, number, found = "", -1, {}
    for operands, operator in instructions(sheet):
        if operator == "BDC" and "/MCID" in operands[1]:
            number = int(operands[1].MCID)
            found[number] = ""
        elif operator == "Tf":
            font = str(operands[0])
            if font not in letters_of:
                letters_of[font] = _letters_of(sheet.Resources.Font[font])
        elif operator in ("Tj", "TJ") and number in found:
            shown = operands[0] if operator == "TJ" else operands
            codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
            pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
            found[number] += "".join(letters_of[font][pair] for pair in pairs)
        elif operator == "EMC":
            number = -1
    return found


def _letters_of(font: Any) -> dict[bytes, str]:
    """What each code of a font stands for: ISO 32000-1, 9.10.3."""
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.DOTALL):
        for code, text in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            letters = bytes.fromhex(text.decode()).decode("utf-16-be")
            found[bytes.fromhex(code.decode())] = letters
    return found


def instructions(sheet: Any) -> Iterator[tuple[list[Any], str]]:
    """The operands and operators of a page, in order."""
    for instruction in pikepdf.parse_content_stream(sheet):
        yield list(instruction.operands), str(instruction.operator)


def elements_of(pdf: pikepdf.Pdf) -> list[Any]:
    """The structure elements of a PDF, in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            yield from walk(node.get("/K", pikepdf.Array()))

    root: Any = pdf.Root
    return list(walk(root.StructTreeRoot.K))


def role_of(element: Any) -> str:
    return str(element.S).removeprefix("/")


def content_of(page: Any) -> Iterator[tuple[str, Any]]:
    """The marked content of a page, outermost only: its tag and its property list."""
    depth = 0
    for operands, operator in instructions(page):
        if operator in ("BDC", "BMC"):
            if not depth:
                yield str(operands[0]), operands[1] if len(operands) > 1 else None
            depth += 1
        elif operator == "EMC":
            depth -= 1


def letters(text: str) -> str:
    """Letters and digits alone: how they are spaced and hyphenated is the page's affair."""
    return "".join(filter(str.isalnum, text))

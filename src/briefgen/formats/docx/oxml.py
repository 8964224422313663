"""WordprocessingML elements and units, so that the writers read like the XML they make."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = {"w": W, "r": R}

SPACE_ATTRIBUTE = f"{{{XML}}}space"
RELATION_ATTRIBUTE = f"{{{R}}}id"
IGNORABLE = f"{{{MC}}}Ignorable"


@cache
def wname(tag: str) -> str:
    """Clark name of a tag or attribute in the w namespace."""
    return f"{{{W}}}{tag}"


def w(tag: str, *children: etree._Element | None, **attributes: str | int) -> etree._Element:
    """A `w:` element with `w:` attributes; children that are None are left out."""
    element = etree.Element(wname(tag), nsmap=NAMESPACES)
    for name, value in attributes.items():
        element.set(wname(name), str(value))
    element.extend([child for child in children if child is not None])
    return element


def declaring(root: etree._Element, prefix: str, namespace: str) -> etree._Element:
    """A root with the same content, in which programs pass over a namespace that they don't know.

    Word calls a file damaged if the namespace of an extension is not declared ignorable
    (ECMA-376-3, 7.2).
    """
    ignorable = root.get(IGNORABLE, "").split()
    if root.nsmap.get(prefix) == namespace and prefix in ignorable:
        return root
    nsmap: dict[Any, str] = {**root.nsmap, prefix: namespace, "mc": MC}
    new = root.makeelement(root.tag, nsmap=nsmap)
    new.attrib.update(root.attrib)
    new.set(IGNORABLE, " ".join([*ignorable, prefix]))
    new[:] = list(root)
    return new


def switch(tag: str, *, on: bool | None) -> etree._Element | None:
    """An on-off property; nothing when the style leaves it to the one it is based on."""
    if on is None:
        return None
    return w(tag) if on else w(tag, val=0)


def text_element(text: str) -> etree._Element:
    """A `w:t`; without xml:space Word drops blanks at its ends."""
    element = w("t")
    element.text = text
    if text != text.strip():
        element.set(SPACE_ATTRIBUTE, "preserve")
    return element


def property_list(tag: str, children: Iterable[etree._Element | None]) -> etree._Element | None:
    """A `w:pPr` or the like, or nothing when it would be empty."""
    present = [child for child in children if child is not None]
    return w(tag, *present) if present else None


def mm(millimetres: float) -> int:
    """Millimetres in twips (1/20 pt)."""
    return round(millimetres / 25.4 * 1440)


POINTS = 72 / 25.4
"""Points in a millimetre."""


def pt(points: float) -> int:
    """Points in twips."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Points in the half points that `w:sz` counts."""
    return round(points * 2)


def eighths(points: float) -> int:
    """Points in the eighths that a border's width counts; 2 is the thinnest that Word draws."""
    return max(2, round(points * 8))


def emu(millimetres: float) -> int:
    """Millimetres in EMU (914,400 to the inch)."""
    return round(millimetres * 36000)


def rgb(colour: str) -> str:
    """`#1d4f5c` as Word writes it."""
    return colour.lstrip("#").upper()

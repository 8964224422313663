"""Word fields. Each carries its result, so that nothing must be updated to read the file."""

from __future__ import annotations

from lxml import etree

from briefgen.formats.docx.oxml import SPACE_ATTRIBUTE, w

Element = etree._Element


def simple_field(instruction: str, *result: Element) -> Element:
    """A `w:fldSimple`: it cannot be left open, and Word and LibreOffice 7.4 both read it."""
    return w("fldSimple", *result, instr=f" {instruction} ")


def field_start(instruction: str) -> list[Element]:
    """Runs that open a field whose result goes over several paragraphs."""
    code = w("instrText")
    code.set(SPACE_ATTRIBUTE, "preserve")
    code.text = f" {instruction} "
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
    ]


def field_end() -> Element:
    """The run that closes it."""
    return w("r", w("fldChar", fldCharType="end"))

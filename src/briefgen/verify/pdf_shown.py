"""The texts that a PDF of ours shows, in the order of its tags; read in a process of its own.

Our PDFs say of each code of a font which letter it stands for (ISO 32000-1, 9.10.3), and of each
stretch of a page where it is read (14.7). A file of which that does not hold gives no text.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from briefgen.trace.apart import limit_memory, run_apart

APART = ("/Note", "/Reference")
"""Tags inside a text that interrupt it: notes and their marks."""
UNKNOWN = "\ufffd"
"""Stands for a code without a letter."""
CODE = 2
"""Bytes of a code in our fonts."""
LARGEST = 20_000_000
"""Bytes of text; sixteen pages have about 200,000."""

Fonts = dict[Any, dict[bytes, str]]


def pdf_shown(pdf: bytes) -> list[str] | None:
    """The texts of a PDF: the body in one, then each note; None where they cannot be read."""
    run = run_apart("briefgen.verify.pdf_shown", pdf)
    if run is None or run[0] != 0:
        return None
    texts: list[str] = json.loads(run[1])
    return texts


def _main() -> None:
    limit_memory(int(sys.argv[-1]))
    try:
        texts = _texts(sys.stdin.buffer.read())
    except Exception:  # noqa: BLE001 - whatever is wrong with the file, there is no text
        sys.exit(1)
    if sum(map(len, texts)) > LARGEST:
        sys.exit(1)
    sys.stdout.write(json.dumps(texts))


def _texts(data: bytes) -> list[str]:
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        fonts: Fonts = {}
        pages: list[Any] = list(pdf.pages)
        pieces = {page.obj.objgen: dict(_pieces(page, fonts)) for page in pages}
        reader = _Reader(pieces)
        root: Any = pdf.Root
        body = "".join(reader.read(root.StructTreeRoot.K[0]))
        return [body, *reader.apart]


@dataclass
class _Reader:
    """Reads the tree of tags."""

    pieces: dict[Any, dict[int, str]]
    """The text of each piece of each page, by its number there."""
    apart: list[str] = field(default_factory=list)

    def read(self, element: Any) -> Iterator[str]:
        """The text of a tag; what stands apart is put aside."""
        import pikepdf

        for kid in element.K:
            if not isinstance(kid, pikepdf.Dictionary):
                yield self._piece(element.Pg, kid)
            elif "/MCID" in kid:
                yield self._piece(kid.Pg, kid.MCID)
            elif "/S" in kid and str(kid.S) in APART:
                self.apart.append("".join(self.read(kid)))
            elif "/S" in kid:
                yield from self.read(kid)

    def _piece(self, page: Any, number: Any) -> str:
        # Each is read once: tags that lead in a circle end here.
        return self.pieces[page.objgen].pop(int(number))


def _pieces(page: Any, fonts: Fonts) -> Iterator[tuple[int, str]]:
    """The text of each piece of marked content of a page, by its number."""
    import pikepdf

    letters: dict[bytes, str] = {}
    number, text = -1, ""
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = str(instruction.operator)
        if operator == "BDC" and "/MCID" in operands[1]:
            number, text = int(operands[1].MCID), ""
        elif operator == "Tf":
            letters = _letters(page.Resources.Font[str(operands[0])], fonts)
        elif operator in ("Tj", "TJ"):
            parts = operands[0] if operator == "TJ" else operands
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            split = (codes[at : at + CODE] for at in range(0, len(codes), CODE))
            text += "".join(letters.get(code, UNKNOWN) for code in split)
        elif operator == "EMC" and number >= 0:
            yield number, text
            number = -1


def _letters(font: Any, fonts: Fonts) -> dict[bytes, str]:
    """What each code of a font stands for; nothing where the font does not say."""
    if font.objgen not in fonts:
        table = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
        fonts[font.objgen] = {
            bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
            for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL)
            for code, text in re.findall(rb"<(\w+)>\s*<(\w+)>", block)
        }
    return fonts[font.objgen]


if __name__ == "__main__":
    _main()

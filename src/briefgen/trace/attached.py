"""The file that a PDF carries as an attachment, read in a process of its own."""

from __future__ import annotations

import re
import sys
import zlib
from io import BytesIO
from typing import Any

from briefgen.trace.apart import limit_memory, run_apart

STREAM = re.compile(r"stream <[^>]*>: ")
"""What the library calls a file that comes as bytes."""
WHAT_ENDS = {
    "none": "carries no ledger, so nothing in it can be traced",
    "encrypted": "is encrypted",
    "large": "carries a ledger larger than {} MB, which none of ours is",
    "damaged": "is damaged",
    "packed": "packs its ledger in an unknown way",
    "bomb": "needs more memory or time to open than any file of ours",
}


class Unread(Exception):
    """Why there is nothing: one of the keys of `WHAT_ENDS`."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why)
        self.why, self.detail = why, detail


def read_attached(pdf: bytes, name: str, largest: int) -> bytes:
    """The attachment `name` of a PDF, of at most `largest` bytes.

    Raises:
        Unread: there is none, or it cannot be read within the limits.
    """
    run = run_apart("briefgen.trace.attached", pdf, name, str(largest))
    if run is None:
        raise Unread("bomb")
    code, output = run
    if code == 0:
        return output
    # Out of memory the library may end the process before it can say so.
    said = output.decode("utf-8", "replace") if code == 1 else "bomb"
    why, _, detail = said.partition(": ")
    raise Unread(why, detail) if why in WHAT_ENDS else Unread("bomb")


def _main() -> None:
    name, largest, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    limit_memory(memory)
    try:
        data = _attached(sys.stdin.buffer.read(), name, largest)
    except Unread as unread:
        sys.stdout.write(f"{unread.why}: {unread.detail}")
        sys.exit(1)
    except MemoryError:
        sys.stdout.write("bomb")
        sys.exit(1)
    sys.stdout.buffer.write(data)


def _attached(data: bytes, name: str, largest: int) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if name not in pdf.attachments:
                raise Unread("none")
            return _unpacked(pdf.attachments[name].get_file().obj, largest)
    except pikepdf.PasswordError:
        raise Unread("encrypted") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unread("damaged", STREAM.sub("", str(error))) from None


def _unpacked(stream: Any, largest: int) -> bytes:
    """The bytes of a PDF stream, with a limit that the PDF library does not have."""
    raw = bytes(stream.read_raw_bytes())
    packing = stream.get("/Filter")
    names = [] if packing is None else [str(packing)] if str(packing) else list(map(str, packing))
    if names not in ([], ["/FlateDecode"]) or stream.get("/DecodeParms") is not None:
        raise Unread("packed", ", ".join(names))
    try:
        data = zlib.decompressobj().decompress(raw, largest + 1) if names else raw
    except zlib.error as error:
        raise Unread("damaged", str(error)) from None
    if len(data) > largest:
        raise Unread("large")
    return data


if __name__ == "__main__":
    _main()

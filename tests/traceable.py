"""Artefacts to trace in: one ledger in a PDF, a Word and an HTML file, made by hand."""

from __future__ import annotations

import json
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf

LEDGER: dict[str, Any] = {
    "ledger": 1,
    "dossier": "harbours",
    "edition": "crews",
    "length": "brief",
    "version": "1.0",
    "issued": "2024-09",
    "passages": [
        {"text": "Key messages", "page": 1},
        {
            "field": "areas/piers/summary",
            "text": "The league’s piers – all 3.5 miles – cost 40 crowns at least.",
            "claims": ["piers-cost"],
            "note": 23,
            "page": 2,
        },
        {
            "field": "areas/piers/summary",
            "text": "If the harbour-\u00admaster agrees, ﬁshing goes on.",
            "claims": ["fishing"],
            "note": 24,
            "page": 2,
        },
        {"field": "areas/piers/summary", "text": "Nobody has asked.", "page": 3},
        {
            "text": "Holm, ‘Ships at Sea’.",
            "claims": ["piers-cost"],
            "note": 23,
            "is_note": True,
            "page": 2,
        },
        {"field": "editions/crews/title", "text": "Key messages", "page": 3},
    ],
    "claims": [
        {
            "id": "piers-cost",
            "kind": "fact",
            "statement": "The piers cost 40 crowns.",
            "as_of": "2020",
            "status": "doubtful",
            "note": "One count only.",
            "evidence": [
                {
                    "source": "holm",
                    "quote": "cost us 40 crowns",
                    "role": "supports",
                    "credibility": 3,
                }
            ],
        },
        {
            "id": "fishing",
            "kind": "judgement",
            "statement": "Fishing goes on.",
            "as_of": "2020",
            "status": "current",
            "why": "It pays.",
            "basis": ["piers-cost"],
        },
    ],
    "sources": [{"id": "holm", "citation": "Holm, ‘Ships at Sea’", "note": "A captain."}],
}


def write_pdf(path: Path, ledger: bytes | None = None, **options: Any) -> Path:
    """A PDF of one page with the ledger attached."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        data = json.dumps(LEDGER).encode() if ledger is None else ledger
        pdf.attachments["ledger.json"] = data
        pdf.save(path, **options)
    return path


def write_docx(path: Path, xml: str | None = None) -> Path:
    """A zip with the ledger as a Word file has it."""
    text = json.dumps(LEDGER).replace("&", "&amp;").replace("<", "&lt;")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<document/>")
        archive.writestr("customXml/item1.xml", "<other/>")
        archive.writestr(
            "customXml/item2.xml",
            xml or f'<ledger xmlns="urn:briefgen:ledger">{text}</ledger>',
        )
    return path


def write_html(path: Path, ledger: str | None = None) -> Path:
    """A page with the ledger in a script element."""
    data = json.dumps(LEDGER).replace("<", "\\u003c") if ledger is None else ledger
    path.write_text(
        "<!DOCTYPE html>\n<html><head><title>t</title></head><body><p>x</p>"
        f'<script type="application/json" id="ledger">{data}</script></body></html>',
        "utf-8",
    )
    return path


def bomb(size: int) -> bytes:
    """A zip whose ledger is `size` bytes of nothing when it is unpacked."""
    stream = BytesIO()
    with (
        ZipFile(stream, "w", ZIP_DEFLATED) as archive,
        archive.open("customXml/item1.xml", "w") as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return stream.getvalue()


def table_bomb(size: int, part: str) -> bytes:
    """A PDF whose object stream or table of places is `size` bytes when it is unpacked."""
    out = bytearray(b"%PDF-1.7\n")
    at = {3: len(out)}
    objects = _packed(b"1 0 <</Type/Catalog/Pages 2 0 R>>", size if part == "objects" else 0, b" ")
    out += _stream(3, b"/Type/ObjStm/N 1/First 4", objects)
    at[2] = len(out)
    out += b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    at[4] = len(out)
    rows = [(0, 0), (2, 3), (1, at[2]), (1, at[3]), (1, at[4])]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + b"\0" for kind, place in rows)
    packed = _packed(table, size if part == "table" else 0, b"\0")
    out += _stream(4, b"/Type/XRef/Size 5/W[1 4 1]/Root 1 0 R", packed)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % at[4])


def _packed(start: bytes, size: int, filler: bytes) -> bytes:
    packer = zlib.compressobj(9)
    parts = [packer.compress(start)]
    parts += [packer.compress(filler * 1_000_000) for _ in range(size // 1_000_000)]
    return b"".join((*parts, packer.flush()))


def _stream(number: int, about: bytes, data: bytes) -> bytes:
    head = b"%d 0 obj<<%s/Filter/FlateDecode/Length %d>>stream\n" % (number, about, len(data))
    return head + data + b"\nendstream endobj\n"

"""The seal: the hash of a file in the file itself, which tells whether a byte has changed since.

A writer leaves room for it (`UNSEALED`), and once all else is written the hash of the whole, with
that room as it was left, takes its place; no byte moves. It shows accidents and edits. It is no
signature: whoever means to forge a file can seal it anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final, Literal

State = Literal["intact", "changed", "none"]
"""Whether a file is as it was sealed; "none" where it carries no seal."""

UNSEALED: Final = f"sha256:{'0' * 64}"
NAME: Final = "seal"
"""Of the root element of a Word file's part; docs/verify.md gives all three places."""
META: Final = "briefgen-seal"
"""Name of the `meta` element of a page."""
PROPERTY: Final = "briefgen:seal"
"""Of the metadata of a PDF."""
ROOM: Final = re.compile(
    rb'(?:<meta name="briefgen-seal" content="|<briefgen:seal>|<seal xmlns="urn:briefgen:seal">)'
    rb"sha256:([0-9a-f]{64})"
)
TRACES: Final = (META.encode(), PROPERTY.encode(), b"urn:briefgen:seal")
"""One of these stands where there is a seal, however a program wrote the file anew."""


def sealed(data: bytes) -> bytes:
    """The file with its seal; as it is where it has no room for one."""
    return _filled(data, _hash(data))


def sealed_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a Word file by their names, with the seal in the one that has room for it."""
    seal = _hash_of_parts(parts)
    return {
        name: _filled(content, seal) if _may_hold(name) else content
        for name, content in parts.items()
    }


def state_of(data: bytes) -> State:
    """Whether a PDF or a page is as it was sealed."""
    return _state([data], _hash(data))


def state_of_parts(parts: Mapping[str, bytes]) -> State:
    """Whether the parts of a Word file are as they were sealed, in whatever order they lie."""
    data = [content for name, content in parts.items() if _may_hold(name)]
    return _state(data, _hash_of_parts(parts))


def _state(places: list[bytes], seal: bytes) -> State:
    found = [match[1] for data in places if (match := ROOM.search(data))]
    if found:
        return "intact" if found == [seal] else "changed"
    has_trace = any(trace in data for data in places for trace in TRACES)
    return "changed" if has_trace else "none"


def _filled(data: bytes, seal: bytes) -> bytes:
    match = ROOM.search(data)
    return data[: match.start(1)] + seal + data[match.end(1) :] if match else data


def _hash(data: bytes) -> bytes:
    """SHA-256, in hexadecimal, over the file before it was sealed."""
    unsealed = _filled(data, b"0" * 64)
    return hashlib.sha256(unsealed).hexdigest().encode()


def _hash_of_parts(parts: Mapping[str, bytes]) -> bytes:
    """The same over the names and contents of all parts."""
    total = hashlib.sha256()
    for name, content in sorted(parts.items()):
        seal = _hash(content) if _may_hold(name) else hashlib.sha256(content).hexdigest().encode()
        total.update(name.encode(errors="surrogateescape") + b"\0" + seal + b"\n")
    return total.hexdigest().encode()


def _may_hold(name: str) -> bool:
    """Whether a part is one in which the seal may stand: text that people wrote is none."""
    return name.startswith("customXml/item")

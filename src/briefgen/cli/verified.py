"""What `briefgen verify` found, as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from briefgen.cli.describe import wrapped
from briefgen.problems import printable
from briefgen.verify.edits import Edit, Edits
from briefgen.verify.verify import Verified

Found = Sequence[tuple[str, Verified]]

ABOUT = ("dossier", "edition", "layout", "length", "version", "issued")
ORIGINS = {
    "same": "built from this data",
    "other": "built from other data than is here now",
    "unknown": "its data cannot be compared here",
}
SEALS = {
    "intact": "intact",
    "changed": "changed since it was built",
    "none": "without a seal",
}
NO_SEAL = (
    "whether it was changed is not known: it was built by an earlier briefgen, or saved anew by a "
    "program that took the seal away"
)
KINDS = {
    "added": "a paragraph was added",
    "changed": "words of the layout or of the program",
    "comment": "a comment was added",
    "deleted": "a paragraph was deleted",
    "format": "how words look",
    "furniture": "header, footer or text box",
    "joined": "paragraphs were joined",
    "moved": "a paragraph was moved",
    "note": "a note",
    "split": "a paragraph was split",
}
OURS = "briefgen"
"""As a Word file names the program that saved it."""
MOST_EDITS = 50
"""So many are shown to people; JSON has all."""
LONGEST = 600
"""Characters of a text that are shown to people."""


def text_report(found: Found) -> str:
    """What there is to say of each file, in lines for people."""
    return "\n\n".join("\n".join(_lines(name, verified)) for name, verified in found)


def _lines(name: str, verified: Verified) -> Iterator[str]:
    carried, origin = verified.carried, verified.origin
    yield printable(f"{name}: {SEALS[verified.seal]}; {ORIGINS[origin.state]}")
    about = f"edition {carried.edition} of {carried.dossier}, {carried.length}"
    yield printable(f"  {about}, version {carried.version}, issued {carried.issued}")
    if origin.why:
        yield from _wrapped(f"data: {origin.why}", "  ")
    if origin.revision:
        yield f"  data: that of commit {origin.revision}"
    if verified.seal == "none":
        yield from _wrapped(f"seal: {NO_SEAL}", "  ")
    if verified.edits:
        yield from _edit_lines(verified.edits)


def _edit_lines(edits: Edits) -> Iterator[str]:
    if edits.program not in ("", OURS):
        yield from _wrapped(f"saved by: {edits.program}", "  ")
    for edit in edits.found[:MOST_EDITS]:
        yield from _one_edit(edit)
    if (more := len(edits.found) - MOST_EDITS) > 0:
        yield f"  and {more} more; --json has all"
    if edits.is_compared and not edits.found:
        yield "  no text was found to be other than it was built"
    yield from _wrapped(f"limit: {edits.limit}", "  ")


def _one_edit(edit: Edit) -> Iterator[str]:
    yield printable(f"  {edit.field or KINDS.get(edit.kind, edit.kind)}")
    if edit.was:
        yield from _wrapped(f"was: {_quoted(edit.was)}", "    ")
    if edit.now:
        yield from _wrapped(f"now: {_quoted(edit.now)}", "    ")
    elif edit.was:
        yield "    now: gone, or other words"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:LONGEST]}…”" if len(line) > LONGEST else f"“{line}”"


def _wrapped(text: str, indent: str) -> list[str]:
    return wrapped(printable(text), indent)


def json_report(found: Found) -> str:
    """One object with the files in their order; docs/verify.md names its keys."""
    files = [_file(name, verified) for name, verified in found]
    return json.dumps({"files": files}, indent=1, ensure_ascii=False)


def _file(name: str, verified: Verified) -> dict[str, Any]:
    edits, origin = verified.edits, verified.origin
    return {
        "file": name,
        "format": verified.kind,
        **{key: getattr(verified.carried, key) for key in ABOUT},
        "proven": verified.is_proven,
        "seal": verified.seal,
        "data": origin.state,
        "why": origin.why,
        "revision": origin.revision or None,
        "program": edits.program if edits else "",
        "edits": [asdict(edit) for edit in edits.found] if edits else [],
        "limit": edits.limit if edits else "",
    }

"""Reviews as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from briefgen.review.landing import other_editions
from briefgen.review.review import Change, Reviewed
from briefgen.review.three_way import difference


def reviews_json(reviews: Sequence[Reviewed]) -> str:
    """One object with the reviews in the order of the files; docs/review.md names its keys."""
    return json.dumps({"reviews": list(map(_review, reviews))}, indent=1, ensure_ascii=False)


def _review(review: Reviewed) -> dict[str, Any]:
    file, snapshot = review.file, review.file.snapshot
    return {
        "file": file.name,
        "sha256": file.sha256,
        "program": file.program,
        "dossier": snapshot.dossier,
        "edition": snapshot.edition,
        "length": snapshot.length,
        "version": snapshot.version,
        "issued": snapshot.issued,
        "data": snapshot.data,
        "destroyed": review.destroyed,
        "changes": [_change(review, change) for change in review.changes],
        "unplaced": [
            {
                "kind": loose.kind,
                "was": loose.was,
                "now": loose.now,
                "near": loose.near,
                "paragraph": loose.paragraph,
                "table": loose.cell,
            }
            for loose in review.loose
        ],
        "comments": [
            {
                "field": placed.field,
                "words": placed.words,
                "author": placed.comment.author,
                "date": placed.comment.date,
                "text": placed.comment.text,
                "done": placed.comment.done,
                "replies": [asdict(reply) for reply in placed.comment.replies],
            }
            for placed in review.comments
        ],
        "revisions": [
            {"field": placed.field, **asdict(placed.revision)} for placed in review.revisions
        ],
    }


def _change(review: Reviewed, change: Change) -> dict[str, Any]:
    landing, merged = change.landing, change.merged
    return {
        "field": change.field,
        "outcome": change.outcome,
        "why": change.why,
        "found": change.sure,
        "authors": change.by,
        "place": str(landing.place) if landing else None,
        "edition": landing.edition if landing else None,
        "also": other_editions(review.loaded, landing, review.edition) if landing else [],
        "exported": change.exported,
        "edited": change.edited,
        "current": landing.value if landing else None,
        "merged": merged.text if merged and not merged.conflicts else None,
        "difference": list(difference(change.exported, change.edited)),
        "conflicts": [
            {"exported": c.base, "data": c.ours, "copy": c.theirs}
            for c in (merged.conflicts if merged else ())
        ],
        "proposals": [asdict(alteration) for alteration in change.alterations],
        "notes": [note.text for note in change.notes],
    }

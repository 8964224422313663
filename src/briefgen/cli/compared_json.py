"""A comparison as JSON, for programs."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from briefgen.edition.comparison import Comparison


def comparison_json(comparison: Comparison) -> str:
    """One object: both sides, how far they overlap, fields, messages, records and claims.

    Prose is as it stands in the data, with its citations.
    """
    values = TypeAdapter(Comparison).dump_python(comparison, mode="json")
    shared = comparison.shared_claims
    overlap = {
        "claims_in_both": len(shared),
        "claims_only_in_a": len(comparison.only_a),
        "claims_only_in_b": len(comparison.only_b),
        "claims_in_all": len(comparison.claims),
        "claims_that_differ": [claim.id for claim in comparison.changed_claims],
        "opposite_positions": [record.id for record in comparison.opposite],
    }
    sides = {"differs": comparison.differs, "a": values.pop("a"), "b": values.pop("b")}
    return json.dumps({**sides, "overlap": overlap, **values}, indent=1, ensure_ascii=False)

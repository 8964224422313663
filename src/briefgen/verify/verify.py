"""Verify an artefact, from the file alone and, where it is at hand, from its data.

1. open     the ledger that it carries
2. seal     whether a byte has changed since it was built
3. data     whether the hash of the data that it shows is that of the data at hand
4. edits    where it is not known to be intact: which texts are other than they were built
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefgen.formats.seal import State, state_of, state_of_parts
from briefgen.formats.untrusted_zip import UnreadableZip, unpack
from briefgen.trace.carried import Carried, Kind, Opened, open_artefact
from briefgen.verify.edits import Edits, find_edits
from briefgen.verify.known import Known, Origin

NO_PROJECT = Origin("unknown", "there is no data/ here")


@dataclass(frozen=True)
class Verified:
    """What there is to say of an artefact."""

    kind: Kind
    carried: Carried
    seal: State
    """Whether it is as it was built, or carries no seal."""
    origin: Origin
    """Which data it shows."""
    edits: Edits | None
    """What was changed; None where it is intact."""

    @property
    def is_proven(self) -> bool:
        """Whether it was built from the data at hand and is as it was built."""
        return self.seal == "intact" and self.origin.state == "same"


def verify(path: Path, known: Known | None = None) -> Verified:
    """What there is to say of an artefact, also of one found alone.

    Raises:
        NotTraceable: it is none of ours, damaged, encrypted, too large, or hides what it holds.
        WrongUsage: past data is asked for, and the project is in no git repository.
        WrongEnvironment: the same, and there is no git.
    """
    opened = open_artefact(path)
    seal = _seal_of(opened)
    return Verified(
        kind=opened.kind,
        carried=opened.carried,
        seal=seal,
        origin=known.origin_of(opened.carried) if known else NO_PROJECT,
        edits=None if seal == "intact" else find_edits(opened, path),
    )


def _seal_of(opened: Opened) -> State:
    if opened.kind != "docx":
        return state_of(opened.data)
    try:
        return state_of_parts(unpack(opened.data))
    except UnreadableZip:  # its ledger can be read, other parts cannot
        return "changed"

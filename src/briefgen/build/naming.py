"""Names of dossiers and editions that are still to be made."""

from __future__ import annotations

import re
import unicodedata

from briefgen.dossier.base import ID_PATTERN
from briefgen.problems import WrongUsage, printable

LONGEST = 60
"""Files in `out/` join the names of a dossier, an edition and a length; systems allow 255 bytes."""


def check_name(kind: str, name: str) -> None:
    """Refuse a name that no dossier or edition can bear.

    Raises:
        WrongUsage: it is reserved, too long or not in kebab-case; with the name that is near.
    """
    shown = f'"{printable(name)}"'
    near = as_kebab(name)
    instead = f"write {near}" if near else "use small letters, digits and single hyphens: sea-lanes"
    if name.startswith((".", "_")):
        what = f"{shown} is reserved: names that start with {name[0]} stand for no {kind}"
    elif not ID_PATTERN.fullmatch(name):
        what = f"{shown} is not in kebab-case"
    elif len(name) > LONGEST:
        what = f"the name has {len(name)} characters, and at most {LONGEST} are allowed"
    else:
        return
    raise WrongUsage(f"{what}\n  help: {instead}")


def as_kebab(text: str) -> str:
    """The text as a name: "Sea Lanes" gives `sea-lanes`; empty where nothing of it can stay."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    return found[:LONGEST].rstrip("-")


def as_words(name: str) -> str:
    """The name as people write it: `sea-lanes` gives "sea lanes"."""
    return name.replace("-", " ")


def as_title(name: str) -> str:
    """The name as a heading: `sea-lanes` gives "Sea lanes"."""
    words = as_words(name)
    return words[:1].upper() + words[1:]

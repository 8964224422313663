"""What stands in the data of the fields that a document prints: the text before it was set."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pydantic import BaseModel

from briefgen.dossier.model import Dossier
from briefgen.edition.models import Edition


def values_of(tree: etree._Element, dossier: Dossier, edition: Edition) -> dict[str, str]:
    """The text of each field of the tree, by its name without the number of a block."""
    names = {element.get("data-field", "").partition("#")[0] for element in tree.iter()}
    found = {name: _value(name, dossier, edition) for name in sorted(names) if name}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _value(name: str, dossier: Dossier, edition: Edition) -> Any:
    kind, _, rest = name.partition("/")
    if kind == "dossier":
        value: Any = dossier.about
    else:
        record, _, rest = rest.partition("/")
        value = edition if kind == "editions" else getattr(dossier, kind)[record]
    for step in rest.split("/"):
        value = _step(value, step)
    return value


def _step(value: Any, step: str) -> Any:
    """What a field, an item's id or number, or a key leads to, as `View` names them."""
    if isinstance(value, BaseModel):
        return getattr(value, step)
    if isinstance(value, tuple):
        return next(v for i, v in enumerate(value) if getattr(v, "id", str(i)) == step)
    return value[step]

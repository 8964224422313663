"""Sources from a reference manager: CSL-JSON or BibTeX in, records of `sources.yaml` out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import yaml

from briefgen.dossier.base import UNPRINTABLE
from briefgen.dossier.bibtex import Item, read_bibtex
from briefgen.dossier.dates import check_edtf
from briefgen.dossier.evidence import CslType, Source
from briefgen.dossier.names import fold

TEXTS = (
    "title",
    "title-short",
    "container-title",
    "collection-title",
    "collection-number",
    "publisher",
    "publisher-place",
    "volume",
    "issue",
    "number",
    "page",
    "genre",
    "language",
    "URL",
    "DOI",
    "ISSN",
    "ISBN",
    "abstract",
)
"""CSL variables that are plain text and that a source takes over as they are."""
BY_HAND = tuple(
    name
    for name, info in Source.model_fields.items()
    if info.is_required() and name not in ("id", "type", "title")
)
"""Keys that a source needs and no reference manager knows."""
TODO = f"""\
  # Still to be added by hand: {", ".join(BY_HAND)};
  # and `text` with the file and its sha256, so that `check --sources` finds the quotes.
"""


@dataclass(frozen=True)
class Imported:
    """A source made from an item."""

    id: str
    record: Mapping[str, Any]
    """Its keys and values, as they are written."""
    left_out: tuple[str, ...]
    """Variables of the item that a source does not take."""


def read_items(text: str) -> list[Item]:
    """The items of a CSL-JSON or BibTeX export, in their order.

    Raises:
        ValueError: the text is neither.
    """
    start = text.lstrip()[:1]
    if start not in ("[", "{"):
        if "@" not in text:
            raise ValueError("it is neither CSL-JSON nor BibTeX")
        return read_bibtex(text)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not valid JSON: {error}") from error
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("it is JSON, but not a list of CSL items")
    return items


def make_source(item: Item, taken: Iterable[str]) -> Imported:
    """A source of the item under an id of its own, such as `tsuruoka-2011`.

    `taken` are the ids that exist already.

    Raises:
        ValueError: the item has no title.
    """
    record: dict[str, Any] = {"type": item.get("type")}
    if record["type"] not in get_args(CslType):
        record["type"] = "document"
    texts = {name: _clean(item.get(name)) for name in TEXTS}
    if not texts["title"]:
        raise ValueError(f'the item "{item.get("id", "?")}" has no title')
    record["title"] = texts.pop("title")
    for role in ("author", "editor"):
        if names := [name for name in map(_name, _listed(item.get(role))) if name]:
            record[role] = names
    for role in ("issued", "accessed"):
        if date := _edtf(item.get(role)):
            record[role] = date
    record |= {name: text for name, text in texts.items() if text}
    name = _new_id(record, set(taken))
    left_out = [k for k, v in item.items() if v and k not in record and k != "id"]
    return Imported(name, {"id": name, **record}, tuple(sorted(left_out)))


def same_source(item: Item, sources: Iterable[Mapping[str, Any]]) -> str | None:
    """The id of the source that the item already is: by DOI, address, or title and year.

    `sources` are records of `sources.yaml` as plain data, unfinished ones included.
    """
    doi, url = _clean(item.get("DOI")).lower(), _clean(item.get("URL"))
    title, year = fold(_clean(item.get("title"))), (_edtf(item.get("issued")) or "")[:4]
    for source in sources:
        by_doi = doi and _clean(source.get("DOI")).lower() == doi
        by_url = url and _clean(source.get("URL")) == url
        issued = _clean(source.get("issued"))[:4]
        by_title = fold(_clean(source.get("title"))) == title and year in ("", issued)
        if by_doi or by_url or by_title:
            return _clean(source.get("id"))
    return None


def as_yaml(imported: Imported) -> str:
    """The record as an entry of `sources.yaml`, with what is left to add in a comment."""
    text: str = yaml.dump(
        [dict(imported.record)],
        Dumper=_Indented,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )
    return text + TODO


class _Indented(yaml.SafeDumper):
    """Lists inside a mapping are indented, as in the files that people write."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001
        del indentless
        super().increase_indent(flow, False)  # noqa: FBT003


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _clean(value: Any) -> str:
    """Text on one line, without markup of the reference manager and unprintable characters."""
    text = str(value) if isinstance(value, (str, int, float)) else ""
    text = UNPRINTABLE.sub("", re.sub(r"</?(?:i|b|sub|sup|span)(?: [^>]*)?>", "", text))
    return " ".join(text.split())


def _name(value: Any) -> dict[str, str]:
    part = {k: _clean(v) for k, v in value.items()} if isinstance(value, dict) else {}
    if part.get("literal") or not part.get("family"):
        return {"literal": part["literal"]} if part.get("literal") else {}
    particles = (part.get("dropping-particle", ""), part.get("non-dropping-particle", ""))
    family = " ".join(filter(None, (*particles, part["family"])))
    given = ", ".join(filter(None, (part.get("given", ""), part.get("suffix", ""))))
    return {"family": family} | ({"given": given} if given else {})


def _edtf(value: Any) -> str | None:
    """The date in EDTF; None where it has none or in a form that documents do not print."""
    if not isinstance(value, dict):
        return None
    written = str(value.get("raw") or value.get("literal") or "").strip()
    if parts := _listed(value.get("date-parts")):
        written = "/".join(map(_single_date, parts))
    if value.get("circa") and written and not written.endswith(("~", "?", "%")):
        written += "~"
    try:
        return check_edtf(written)
    except ValueError:
        return None


def _single_date(parts: Any) -> str:
    year, *rest = [str(part) for part in _listed(parts)] or ["?"]
    return "-".join([year, *(part.zfill(2) for part in rest)])


def _new_id(record: Mapping[str, Any], taken: set[str]) -> str:
    """The first author's family name and the year; a number where that is taken."""
    people = record.get("author") or record.get("editor") or [{}]
    who = people[0].get("family") or people[0].get("literal") or record["title"]
    plain = unicodedata.normalize("NFKD", who).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:3] or ["source"]
    name = "-".join([*words, *([record["issued"][:4]] if "issued" in record else [])])
    number = 2
    unique = name
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    return unique

"""Sources from a reference manager: CSL-JSON or BibTeX in, records of `sources.yaml` out."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, get_args

import yaml

from briefgen.dossier.base import UNPRINTABLE, UNSEEN
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
MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?: [^<>]*)?>")
DOI_ADDRESS = re.compile(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi: ?)")
WEB = ("http://", "https://")
LONGEST_ID = 40


@dataclass(frozen=True)
class Imported:
    """A source made from an item."""

    id: str
    record: Mapping[str, Any]
    """Its keys and values, as they are written."""
    left_out: tuple[str, ...]
    """Variables of the item that a source does not take."""


@dataclass
class Shelf:
    """The sources that are there, unfinished ones included, found by what identifies a work."""

    _by_key: dict[tuple[str, ...], str] = field(default_factory=dict)
    _dois: dict[str, str] = field(default_factory=dict)

    def add(self, record: Mapping[str, Any]) -> None:
        """Put a record of `sources.yaml`, as plain data, on the shelf."""
        name = _clean(record.get("id"))
        for key in _identities(record, _clean(record.get("issued"))):
            self._by_key.setdefault(key, name)
        self._dois[name] = _doi(record)

    def find(self, item: Item) -> str | None:
        """The id of the source that the item already is; two DOIs are two works."""
        for key in _identities(item, _edtf(item.get("issued")) or ""):
            name = self._by_key.get(key)
            if name and (key[0] == "doi" or not _doi(item) or _doi(item) == self._dois[name]):
                return name
        return None


def read_items(text: str) -> tuple[list[Item], list[str]]:
    """The items of a CSL-JSON or BibTeX export, in their order, and what could not be read.

    Raises:
        ValueError: the text is neither.
    """
    start = text.lstrip()[:1]
    if start not in ("[", "{"):
        if "@" not in text:
            raise ValueError("it is neither CSL-JSON nor BibTeX")
        return read_bibtex(text)
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not valid JSON: {error}") from error
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("it is JSON, but not a list of CSL items")
    return items, []


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
        raise ValueError(f'the item "{_clean(item.get("id")) or "?"}" has no title')
    record["title"] = texts.pop("title")
    for role in ("author", "editor"):
        if names := [name for name in map(_name, _listed(item.get(role))) if name]:
            record[role] = names
    for role in ("issued", "accessed"):
        if date := _edtf(item.get(role)):
            record[role] = date
    texts["DOI"] = DOI_ADDRESS.sub("", texts["DOI"])
    texts["URL"] = texts["URL"] if texts["URL"].startswith(WEB) else ""
    record |= {name: text for name, text in texts.items() if text}
    name = _new_id(record, set(taken))
    left_out = [_clean(k) for k, v in item.items() if v and k not in record and k != "id"]
    return Imported(name, {"id": name, **record}, tuple(sorted(left_out)))


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


def _identities(record: Mapping[str, Any], issued: str) -> list[tuple[str, ...]]:
    """What makes two records the same work, the surest first."""
    found: list[tuple[str, ...]] = []
    if doi := _doi(record):
        found.append(("doi", doi))
    if url := _clean(record.get("URL")):
        found.append(("url", url))
    if title := fold(_clean(record.get("title"))):
        found.append(("title", title, issued[:4], _first_author(record)))
    return found


def _doi(record: Mapping[str, Any]) -> str:
    return DOI_ADDRESS.sub("", _clean(record.get("DOI"))).lower()


def _first_author(record: Mapping[str, Any]) -> str:
    people = [_name(person) for person in _listed(record.get("author"))]
    first = people[0] if people else {}
    return fold(first.get("family") or first.get("literal") or "")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _clean(value: Any) -> str:
    """Text on one line, without markup of the reference manager and what cannot be printed."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    text = str(value) if isinstance(value, str) or (is_number and math.isfinite(value)) else ""
    return " ".join(UNSEEN.sub("", UNPRINTABLE.sub("", MARKUP.sub("", text))).split())


def _name(value: Any) -> dict[str, str]:
    part = {k: _clean(v) for k, v in value.items()} if isinstance(value, Mapping) else {}
    if part.get("literal") or not part.get("family"):
        return {"literal": part["literal"]} if part.get("literal") else {}
    particles = (part.get("dropping-particle", ""), part.get("non-dropping-particle", ""))
    family = " ".join(filter(None, (*particles, part["family"])))
    given = ", ".join(filter(None, (part.get("given", ""), part.get("suffix", ""))))
    return {"family": family} | ({"given": given} if given else {})


def _edtf(value: Any) -> str | None:
    """The date in EDTF; the year alone where the rest is in no form that documents print."""
    if not isinstance(value, dict):
        return None
    written = str(value.get("raw") or value.get("literal") or "").strip()
    if parts := _listed(value.get("date-parts")):
        written = "/".join(map(_single_date, parts))
    year = re.search(r"(?<![0-9])[12][0-9]{3}(?![0-9])", written)
    for date in (written, written.partition("T")[0], year[0] if year else ""):
        about = "~" if value.get("circa") and not date.endswith(("~", "?", "%")) else ""
        try:
            return check_edtf(f"{date}{about}")
        except ValueError:
            continue
    return None


def _single_date(parts: Any) -> str:
    whole = [int(p) if isinstance(p, float) and p.is_integer() else p for p in _listed(parts)]
    year, *rest = [str(part) for part in whole] or ["?"]
    return "-".join([year, *(part.zfill(2) for part in rest)])


def _new_id(record: Mapping[str, Any], taken: set[str]) -> str:
    """The first author's family name and the year; a number where that is taken."""
    people = record.get("author") or record.get("editor") or [{}]
    who = people[0].get("family") or people[0].get("literal") or record["title"]
    plain = unicodedata.normalize("NFKD", who[:200]).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:3] or ["source"]
    start = "-".join(words)[:LONGEST_ID].rstrip("-")
    name = "-".join([start, *([record["issued"][:4]] if "issued" in record else [])])
    if name not in taken:
        return name
    numbers = {int(n) for t in taken if (n := t.removeprefix(f"{name}-")) != t and n.isdecimal()}
    return f"{name}-{max(numbers, default=1) + 1}"

"""BibTeX and BibLaTeX entries as CSL items, read with pybtex."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pybtex.database import Entry, Person

Item = dict[str, Any]
"""An item of CSL-JSON."""

TYPES: Mapping[str, str] = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "legislation": "legislation",
    "manual": "report",
    "mastersthesis": "thesis",
    "online": "webpage",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "standard": "standard",
    "techreport": "report",
    "thesis": "thesis",
    "www": "webpage",
}
"""CSL types of BibTeX's; any other is a document."""
FIELDS: Mapping[str, str] = {
    "title": "title",
    "shorttitle": "title-short",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "series": "collection-title",
    "volume": "volume",
    "issue": "issue",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "type": "genre",
    "howpublished": "genre",
    "langid": "language",
    "language": "language",
    "abstract": "abstract",
    "doi": "DOI",
    "issn": "ISSN",
    "isbn": "ISBN",
    "url": "URL",
}
"""CSL variables of BibTeX's fields that need no thought."""
NUMBERS = {"article-journal": "issue", "book": "collection-number", "chapter": "collection-number"}
"""What `number` counts by CSL type; elsewhere it is the number of the report or paper."""
COMMANDS = re.compile(r"\\(?:textbf|textit|textsc|texttt|emph|enquote|mbox|url|uppercase)\b ?")
"""Commands that only dress their argument."""
PLAIN = frozenset({"url", "doi"})
"""Fields that are no LaTeX."""
HANDLED = frozenset({"pages", "number", "year", "month", "date", "urldate", "title"})
MONTHS = {name.lower()[:3]: i for i, name in enumerate(month_name) if name}


def read_bibtex(text: str) -> tuple[list[Item], list[str]]:
    """The entries as CSL items, in their order, and what could not be read; `id` is their key.

    Fields without a CSL variable are kept under their own names, so that whoever reads the items
    can say what is left out.

    Raises:
        ValueError: the text is not valid BibTeX.
    """
    from pybtex.database import parse_string
    from pybtex.errors import capture
    from pybtex.exceptions import PybtexError
    from pybtex.scanner import PybtexSyntaxError

    try:
        with capture() as mistakes:
            entries = parse_string(text, "bibtex").entries
    except PybtexError as error:
        raise ValueError(str(error)) from error
    for mistake in mistakes:
        # Unknown macros come as syntax errors, too; an entry that breaks off is none of them.
        if isinstance(mistake, PybtexSyntaxError) and "undefined string" not in str(mistake):
            raise ValueError(str(mistake)) from mistake
    return [_item(key, entry) for key, entry in entries.items()], [str(m) for m in mistakes]


def _item(key: str, entry: Entry) -> Item:
    kind = TYPES.get(entry.type.lower(), "webpage" if "url" in entry.fields else "document")
    item: Item = {"id": key, "type": kind}
    for role in ("author", "editor"):
        if people := entry.persons.get(role):
            item[role] = [_name(person) for person in people if str(person) != "others"]
    fields = {name.lower(): value for name, value in entry.fields.items()}
    for name, value in fields.items():
        text = value.strip() if name in PLAIN else _plain(value)
        if name == "howpublished" and "://" in text:
            item.setdefault("URL", text)
        elif name in FIELDS:
            item.setdefault(FIELDS[name], text)
        elif name == "number":
            item[NUMBERS.get(kind, "number")] = text
        elif name == "pages":
            item["page"] = re.sub(r"[-–—]+", "-", text)
        elif name not in HANDLED:
            item[name] = text
    item |= dict(_dates(fields))
    return item


def _plain(latex: str) -> str:
    from pybtex.richtext import Text

    return str(Text.from_latex(COMMANDS.sub("", latex))) if latex else ""


def _name(person: Person) -> Item:
    family = " ".join(map(_plain, [*person.prelast_names, *person.last_names]))
    given = " ".join(map(_plain, [*person.first_names, *person.middle_names]))
    if not given:
        return {"literal": family}
    suffix = " ".join(map(_plain, person.lineage_names))
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _dates(fields: Mapping[str, str]) -> Iterator[tuple[str, Item]]:
    if date := fields.get("date"):
        yield "issued", {"raw": date}
    elif re.fullmatch(r"[0-9]{4}", fields.get("year", "")):
        yield "issued", {"date-parts": [[int(fields["year"]), *_month_and_day(fields)]]}
    elif fields.get("year"):
        yield "issued", {"raw": fields["year"]}
    if date := fields.get("urldate"):
        yield "accessed", {"raw": date}


def _month_and_day(fields: Mapping[str, str]) -> list[int]:
    """From `month = may`, `5` or `"6~May"`."""
    written = fields.get("month", "").lower()
    name = next((number for short, number in MONTHS.items() if short in written), None)
    numbers = [int(n) for n in re.findall(r"[0-9]+", written)]
    return [name, *numbers[:1]] if name else numbers[:1]

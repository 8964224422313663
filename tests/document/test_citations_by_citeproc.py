"""Our notes against those of pandoc's citeproc, an independent writer of Chicago notes.

pandoc 3.9 ships the author-date style only, which is run here: what both styles share must be in
both. The notes in `NOTES` were written by the same pandoc with the style
"Chicago Manual of Style 17th edition (notes and bibliography)" in en-GB, which is no part of this
repository, and are compared with ours after the deviations in `WANTED`.
"""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pypandoc  # type: ignore[import-untyped]
import pytest
from markupsafe import Markup

from briefgen.document.citations import full_note
from briefgen.document.locale import Locale
from briefgen.dossier.evidence import Source

HOLM = {"family": "Holm", "given": "Petra"}
ROE = {"family": "Roe", "given": "Jane"}
ASH, BIRCH = {"family": "Ash", "given": "Al"}, {"family": "Birch", "given": "Bo"}
CEDAR, DOGWOOD = {"family": "Cedar", "given": "Cy"}, {"family": "Dogwood", "given": "Di"}
TAKAHASHI = {"family": "Takahashi", "given": "Kosuke", "static-ordering": True}
PORTS = "Review of Northern Ports"
RECORDS: dict[str, dict[str, Any]] = {
    "book": {
        "type": "book",
        "title": "The Price of Storms",
        "author": [{"family": "Okoro", "given": "Ben"}],
        "publisher": "Harbour Press",
        "publisher-place": "Lagos",
        "issued": "2021",
    },
    "chapter": {
        "type": "chapter",
        "title": "Ice and Insurance",
        "author": [HOLM],
        "editor": [ROE],
        "container-title": "Seas in Common",
        "publisher": "North Press",
        "publisher-place": "Oslo",
        "issued": "2019",
        "page": "11-29",
    },
    "journal": {
        "type": "article-journal",
        "title": "Pilots Abroad",
        "author": [HOLM, ROE],
        "container-title": PORTS,
        "volume": "12",
        "issue": "3",
        "issued": "2020",
        "page": "45-67",
    },
    "magazine": {
        "type": "article-magazine",
        "title": "Two Harbours, One Flag",
        "author": [HOLM],
        "container-title": "The Mariner",
        "issued": "2023-07",
    },
    "newspaper": {
        "type": "article-newspaper",
        "title": "League Splits over Fees",
        "author": [HOLM],
        "container-title": "Harbour Gazette",
        "issued": "2024-06-14",
    },
    "web page": {
        "type": "webpage",
        "title": "How to Join the League",
        "author": [{"literal": "Harbour League"}],
        "container-title": "Harbour League Online",
        "issued": "2023-05-02",
    },
    "treaty": {"type": "treaty", "title": "Harbour Treaty", "issued": "1990-07-01"},
    "corporate author": {
        "type": "report",
        "title": "Findings of the Trial",
        "author": [{"literal": "Borough Council"}],
        "publisher": "Borough Council",
        "issued": "2023",
    },
    "no author": {
        "type": "article-magazine",
        "title": "Who Pays for Pilots?",
        "container-title": "The Mariner",
        "issued": "2020-02",
    },
    "two editors": {
        "type": "book",
        "title": "Seas in Common",
        "editor": [ROE, {"family": "Poe", "given": "Al"}],
        "publisher": "North Press",
        "publisher-place": "Oslo",
        "issued": "2019",
    },
    "one editor": {
        "type": "book",
        "title": "Fees",
        "editor": [ROE],
        "publisher": "North Press",
        "issued": "2018",
    },
    "three authors": {
        "type": "book",
        "title": "Three Ports",
        "author": [ASH, BIRCH, CEDAR],
        "publisher": "North Press",
        "issued": "2017",
    },
    "four authors": {
        "type": "article-journal",
        "title": "Four Ports",
        "author": [ASH, BIRCH, CEDAR, DOGWOOD],
        "container-title": PORTS,
        "volume": "9",
        "issued": "2016",
        "page": "1-9",
    },
    "inferred date": {
        "type": "article-journal",
        "title": "Undated Waters",
        "author": [HOLM],
        "container-title": PORTS,
        "issued": "2014~",
        "inferred": ["issued"],
    },
    "East Asian name": {
        "type": "article-magazine",
        "title": "The Limits of Fleets",
        "author": [TAKAHASHI],
        "container-title": "The Mariner",
        "issued": "2023-07",
    },
    "thesis": {
        "type": "thesis",
        "title": "Tides and Tariffs",
        "author": [HOLM],
        "genre": "PhD diss.",
        "publisher": "University of Bergen",
        "issued": "2015",
    },
    "speech": {
        "type": "speech",
        "title": "Open Harbours",
        "author": [HOLM],
        "issued": "2021-03-04",
    },
}
NOTES = {
    "book": "Ben Okoro, *The Price of Storms* (Lagos: Harbour Press, 2021).",
    "chapter": "Petra Holm, ‘Ice and Insurance’, in *Seas in Common*, ed. Jane Roe "
    "(Oslo: North Press, 2019), 11–29.",
    "journal": "Petra Holm and Jane Roe, ‘Pilots Abroad’, *Review of Northern Ports* 12, no. 3 "
    "(2020): 45–67.",
    "magazine": "Petra Holm, ‘Two Harbours, One Flag’, *The Mariner*, July 2023.",
    "newspaper": "Petra Holm, ‘League Splits over Fees’, *Harbour Gazette*, 14 June 2024.",
    "web page": "Harbour League, ‘How to Join the League’, Harbour League Online, 2 May 2023.",
    "treaty": "Harbour Treaty, 1 July 1990.",
    "corporate author": "Borough Council, *Findings of the Trial* (Borough Council, 2023).",
    "no author": "‘Who Pays for Pilots?’, *The Mariner*, February 2020.",
    "two editors": "Jane Roe and Al Poe, eds, *Seas in Common* (Oslo: North Press, 2019).",
    "one editor": "Jane Roe, ed., *Fees* (North Press, 2018).",
    "three authors": "Al Ash, Bo Birch, and Cy Cedar, *Three Ports* (North Press, 2017).",
    "four authors": "Al Ash et al., ‘Four Ports’, *Review of Northern Ports* 9 (2016): 1–9.",
    "inferred date": "Petra Holm, ‘Undated Waters’, *Review of Northern Ports*, [2014?].",
    "East Asian name": "Kosuke Takahashi, ‘The Limits of Fleets’, *The Mariner*, July 2023.",
    "thesis": "Petra Holm, ‘Tides and Tariffs’ (PhD diss., University of Bergen, 2015).",
    "speech": "Petra Holm, ‘Open Harbours’, 4 March 2021.",
}
"""As pandoc wrote them; the locale en-GB gives single quotation marks and commas outside them."""
WANTED = (
    (r"\.$", ""),  # the stop is the note's, which may hold several sources
    (r", eds, ", " (eds), "),  # New Hart's Rules, 18.2.6
    (r", ed\., \*", " (ed.), *"),
    (r", and (?=\w+ \w+, )", " and "),  # no serial comma
    (r"\[2014\?\]", "[about 2014]"),  # in words, as all dates here
    (r"^Kosuke Takahashi", "Takahashi Kosuke"),  # CMOS 8.16; pandoc inverts it
    (r"\*Findings of the Trial\*", "‘Findings of the Trial’"),  # a report is taken for a paper
)
"""Where we depart from citeproc, as replacements in its notes."""


def source(name: str) -> Source:
    common = {
        "id": "s",
        "note": "A note.",
        "reliability": {"grade": "B", "why": "Known."},
        "viewpoint": "The sea.",
        "licence": "None stated.",
    }
    return Source.model_validate(common | RECORDS[name])


def ours(name: str, locale: Locale) -> str:
    note = str(full_note(source(name), locale))
    return str(Markup(re.sub("</?cite>", "*", note)).unescape()).replace("\u00a0", " ")


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_as_citeproc_writes_it(name: str, locale: Locale) -> None:
    expected = NOTES[name]
    for pattern, replacement in WANTED:
        expected = re.sub(pattern, replacement, expected)

    assert ours(name, locale) == expected


def test_every_deviation_is_used() -> None:
    for pattern, _ in WANTED:
        assert any(re.search(pattern, note) for note in NOTES.values()), pattern


def csl_json(name: str) -> dict[str, Any]:
    """The record as citeproc reads it."""
    item = {key: value for key, value in RECORDS[name].items() if key != "inferred"}
    parts = [int(part) for part in item["issued"].rstrip("~").split("-")]
    return item | {"id": name.replace(" ", "-"), "issued": {"date-parts": [parts]}}


@pytest.fixture(scope="module")
def bibliography() -> str:
    """The records as pandoc's own style lists them, as plain text in which `_` is italic."""
    items = [csl_json(name) for name in RECORDS]
    page = {"lang": "en-GB", "nocite": "@*", "references": items}
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--citeproc", "--to=plain", "--wrap=none", "--from=markdown"],
        input=f"---\n{json.dumps(page)}\n---\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize("name", RECORDS)
def test_what_both_styles_share_is_in_both(name: str, bibliography: str, locale: Locale) -> None:
    record, note = RECORDS[name], ours(name, locale)
    # The 18th edition, which is pandoc's, leaves the pages of a chapter and places out.
    pages = "" if record["type"] == "chapter" else record.get("page", "").replace("-", "–")
    shared = [
        record["title"],
        record.get("container-title", ""),
        record.get("publisher", ""),
        pages,
    ]

    for part in filter(None, shared):
        assert part in note
        assert part in bibliography

"""Our own words: no run of words of a source stands in our prose outside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from briefgen.dossier.base import PlainText
from briefgen.dossier.evidence import Source
from briefgen.dossier.fields import Marked, marked_fields
from briefgen.dossier.model import KINDS, Dossier, PlaceOf
from briefgen.dossier.prose import CITATION, MARKS
from briefgen.dossier.quotes import normalise
from briefgen.problems import Problem

RUN = 9
"""So many words of a source in a row are copying."""
QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*|\|")
TITLES = frozenset({"title", "container-title", "collection-title", "publisher", "abstract"})
"""Keys of a source that give its own words."""

Run = tuple[str, ...]


def runs_in_texts(texts: Mapping[str, str]) -> dict[Run, str]:
    """Every run of words of the texts, with the source (id) in which it stands first."""
    runs: dict[Run, str] = {}
    for source, text in texts.items():
        for run in _runs(text):
            runs.setdefault(run, source)
    return runs


def check_copied(dossier: Dossier, runs: Mapping[Run, str]) -> Iterator[Problem]:
    """Runs of words that records of the dossier share with a source."""
    if ("dossier", "") in dossier.places:
        yield from check_copied_in(dossier.about, dossier.places["dossier", ""], runs)
    for kind in KINDS:
        for record in dossier.records(kind).values():
            yield from check_copied_in(record, dossier.places[kind, record.id], runs)


def check_copied_in(model: BaseModel, place: PlaceOf, runs: Mapping[Run, str]) -> Iterator[Problem]:
    """The same for one record or edition; one problem a field."""
    for field in marked_fields(model, marks=(PlainText,)):
        if _is_our_own(field, model):
            text = QUOTATION.sub(" | ", CITATION.sub("", field.text))
            found = next((run for run in _runs(text) if run in runs), None)
            if found:
                yield Problem(
                    place.of_run(field.path, found),
                    "BG025",
                    f'"{" ".join(found)}" stands word for word in {runs[found]}',
                    "say it in your own words, or set it in quotation marks as somebody's words",
                )


def _is_our_own(field: Marked, model: BaseModel) -> bool:
    key = field.path[-1]
    return key not in TITLES if isinstance(model, Source) else key != "quote"


def _runs(text: str) -> Iterable[Run]:
    words = _words(text)
    return zip(*(words[i:] for i in range(RUN)), strict=False)


def _words(text: str) -> list[str]:
    return WORDS.findall(normalise(MARKS.sub("", text)).lower())

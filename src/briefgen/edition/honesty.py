"""Honesty of an edition's words: both sides, nothing turned round, a case against that is short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from briefgen.dossier.base import CHOSEN, ProseIn
from briefgen.dossier.fields import marked_fields
from briefgen.dossier.load import Reading
from briefgen.dossier.model import Path
from briefgen.dossier.negation import adds_denial, polarity, turned_round
from briefgen.dossier.prose import CITATION, cited_claims, paragraphs, sentences
from briefgen.dossier.sides import Sides, check_sides_in
from briefgen.edition.load import LoadedEdition
from briefgen.edition.wording import REWORDED, claims_of
from briefgen.problems import Problem

MOST_AGAINST = 120
"""Words of the case against in the lengths that must stay short."""
WORD = re.compile(r"\S*\w\S*")
SHORT = frozenset({"one-page", "brief"})


def check_honesty(loaded: LoadedEdition, reading: Reading, sides: Sides) -> Iterator[Problem]:
    """What an edition leaves out beside what it says, turns round, or says at too great length."""
    if reading.has_all("claims"):
        yield from check_sides_in(loaded.edition, loaded.place, sides, _printed_with)
        if (reading.dossier.about.language or "en").startswith("en"):
            yield from _check_turned(loaded, reading)
            yield from _check_rewordings(loaded, reading)
    yield from _check_case_against(loaded)


def _printed_with(path: Path) -> Path:
    """A message, its ground and its counter are one text."""
    return path[:2] if path[0] == "key_messages" else path


# --- Words that turn a claim round --------------------------------------------


def _check_turned(loaded: LoadedEdition, reading: Reading) -> Iterator[Problem]:
    """Sentences that deny what the claims cited there say, or say what they deny."""
    for field in marked_fields(loaded.edition, (ProseIn,)):
        assert isinstance(field.mark, ProseIn)
        if not field.mark.asserts or field.is_key:
            continue
        for sentence in _sentences(field.text):
            cited = [name for _, name in cited_claims(sentence)]
            yield from _turned(sentence, cited, field.path, loaded, reading)
    for i, message in enumerate(loaded.edition.key_messages):
        if not cited_claims(message.lead):
            cited = [name for _, name in cited_claims(message.text)]
            yield from _turned(message.lead, cited, ("key_messages", i, "lead"), loaded, reading)


def _turned(
    sentence: str, cited: Iterable[str], path: Path, loaded: LoadedEdition, reading: Reading
) -> Iterator[Problem]:
    known = reading.dossier.claims
    claims = [known[name] for name in dict.fromkeys(cited) if name in known]
    for turned in turned_round(sentence, [claim.statement for claim in claims]):
        name = claims[turned.statement].id
        here, there = ("denies", "asserts") if turned.is_denied else ("asserts", "denies")
        yield Problem(
            loaded.place.of_words(path, turned.word),
            "BG042",
            f'the sentence {here} "{turned.word}", which claim "{name}" {there}',
            "say it as the claim says it, or cite the claim that says otherwise",
        )


def _check_rewordings(loaded: LoadedEdition, reading: Reading) -> Iterator[Problem]:
    """Rewordings are held stricter: no negation comes in and none is lost."""
    dossier = reading.dossier
    for kind in CHOSEN:
        for record_id, lens in getattr(loaded.edition.lens, kind).items():
            record = reading.records[kind].get(record_id)
            if record is None:
                continue
            path: Path = ("lens", kind, record_id, "text")
            if lens.text.title:
                own = [
                    dossier.claims[n].statement for n in claims_of(record) if n in dossier.claims
                ]
                title = str(getattr(record, "title", ""))
                shared = [title[:1].lower() + title[1:]]  # its first word is seldom a name
                yield from _check_added(lens.text.title, shared, own, (*path, "title"), loaded)
            for name in REWORDED:
                shared = [getattr(record, name, None) or ""]
                for sentence in _sentences(getattr(lens.text, name) or ""):
                    cited = [n for _, n in cited_claims(sentence) if n in dossier.claims]
                    own = [dossier.claims[n].statement for n in cited]
                    yield from _check_added(sentence, own, shared, (*path, name), loaded)
                    yield from _check_lost(sentence, cited, (*path, name), loaded, reading)


def _check_added(
    text: str, rests_on: Sequence[str], beside: Sequence[str], path: Path, loaded: LoadedEdition
) -> Iterator[Problem]:
    if adds_denial(text, rests_on, beside):
        yield Problem(
            loaded.place.nearest(path),
            "BG042",
            f"{path[-1]}: the edition's wording denies what it rests on, which denies nothing",
            "say what the record and its claims say; a judgement of your own goes into `so_what`",
        )


def _check_lost(
    sentence: str, cited: list[str], path: Path, loaded: LoadedEdition, reading: Reading
) -> Iterator[Problem]:
    claims = reading.dossier.claims
    is_denied = bool(cited) and all(polarity(claims[n].statement).negates for n in cited)
    if is_denied and not polarity(sentence).is_open:
        yield Problem(
            loaded.place.of_citation(path, cited[0]),
            "BG042",
            f'{path[-1]}: the edition\'s wording denies nothing, but claim "{cited[0]}" does',
            "say it as the claim says it",
        )


def _sentences(text: str) -> Iterator[str]:
    return (sentence for paragraph in paragraphs(text) for sentence in sentences(paragraph))


# --- The case against ---------------------------------------------------------


def _check_case_against(loaded: LoadedEdition) -> Iterator[Problem]:
    """The case against fits the box that it has in the short lengths."""
    edition = loaded.edition
    if SHORT.isdisjoint(edition.lengths):
        return
    parts = {"counter_view": _words(edition.counter_view)}
    for message in edition.key_messages:
        parts[f'counter of "{message.id}"'] = _words(message.counter)
    parts["stance.weakness"] = _words(edition.stance.weakness)
    if (words := sum(parts.values())) > MOST_AGAINST:
        counted = ", ".join(f"{part} {number}" for part, number in parts.items() if number)
        yield Problem(
            loaded.place.nearest(("counter_view",)),
            "BG043",
            f"the case against has {words} words: {counted}",
            f"shorten it to {MOST_AGAINST} words, or take one-page and brief out of `lengths`",
        )


def _words(text: str | None) -> int:
    return len(WORD.findall(CITATION.sub("", text or "")))

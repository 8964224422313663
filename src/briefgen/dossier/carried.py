"""Checks that what is asserted is carried: statements by their quotes, prose by its claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal
from functools import cached_property

from pydantic import BaseModel

from briefgen.dossier.asserted import (
    as_written,
    asserted,
    has_scale,
    values_of,
    values_of_date,
)
from briefgen.dossier.base import PlainText, ProseIn
from briefgen.dossier.evidence import Claim, Evidence
from briefgen.dossier.fields import Marked, marked_fields
from briefgen.dossier.load import Reading
from briefgen.dossier.model import KINDS, Dossier, Path, PlaceOf
from briefgen.dossier.names import Names, fold
from briefgen.dossier.prose import (
    CITATION,
    broken_citations,
    cited_claims,
    paragraphs,
    sentences,
    unshown_markdown,
)
from briefgen.dossier.quotes import normalise
from briefgen.dossier.rules import QUOTE_WORDS
from briefgen.problems import Problem

YEAR = re.compile(r"[0-9]{4}")
MONTH = re.compile(r"(?:0[1-9]|1[0-2])(?:-[0-9]{2})?")
DATE_PARTS = (YEAR, re.compile(r"[0-9]{2}"), re.compile(r"[0-9]{2}-[0-9]{2}"))
INSTEAD = (
    "cite the claim that carries it, in this sentence or earlier in its paragraph: `[@claim-id]`"
)


@dataclass(frozen=True)
class Carriers:
    """What a dossier knows of its names and claims, for comparing texts with them."""

    dossier: Dossier
    _by_claim: dict[str, frozenset[str]] = dataclass_field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        """Language of statements and prose (BCP 47)."""
        return self.dossier.about.language or "en"

    @cached_property
    def instruments(self) -> dict[str, frozenset[str]]:
        """For each name of an instrument, normalised, all names of those that bear it."""
        found: dict[str, frozenset[str]] = {}
        expansions = {t.term: t.expansion for t in self.dossier.terms.values() if t.expansion}
        for instrument in self.dossier.instruments.values():
            names = {instrument.title, instrument.short, *instrument.aliases}
            names |= {expansions[name] for name in names if name in expansions}
            names |= {term for term, expansion in expansions.items() if expansion in names}
            for name in map(normalise, names):
                found[name] = found.get(name, frozenset()) | names
        return found

    @cached_property
    def instrument_names(self) -> Names:
        """The names of instruments, to be found in statements."""
        return Names(self.instruments)

    @cached_property
    def names(self) -> Names:
        """Names that may hold a number and assert none: instruments and terms."""
        terms = self.dossier.terms.values()
        expansions = {term.expansion for term in terms if term.expansion}
        return Names({*self.instruments, *(term.term for term in terms), *expansions})

    def named_in(self, claims: Iterable[str]) -> frozenset[str]:
        """Names of the instruments that these claims name or that rest on one of them."""
        known = [self.dossier.claims[name] for name in claims if name in self.dossier.claims]
        found: set[str] = set()
        for claim in known:
            for text in (claim.statement, *(evidence.quote for evidence in claim.evidence)):
                found.update(*(self.instruments[n] for n in self.instrument_names.found_in(text)))
        ids = {claim.id for claim in known}
        for instrument in self.dossier.instruments.values():
            if not ids.isdisjoint(instrument.claims):
                found |= self.instruments[normalise(instrument.title)]
        return frozenset(map(normalise, found))

    def in_quotes(self, claim: Claim) -> frozenset[str]:
        """Values of the claim's quotes, and of the dates that their sources bear.

        What a text says of "now" it says of its own date, where it states one; a quote that
        names a month speaks of another time.
        """
        found: set[str] = set()
        dates: set[str] = set()
        for evidence in claim.evidence:
            source = self.dossier.sources.get(evidence.source)
            found |= values_of(evidence.quote, (source and source.language) or self.language)
            if source and source.issued and "issued" not in source.inferred:
                dates |= values_of_date(source.issued)
        names_a_month = any(MONTH.fullmatch(value) for value in found)
        return frozenset(found if names_a_month else found | dates)

    def of_sources_named(self, sentence: str) -> frozenset[str]:
        """Values of the dates of sources whose author the sentence names."""
        words = f" {fold(sentence)} "
        found: set[str] = set()
        for source in self.dossier.sources.values():
            names = [name.family or name.literal or "" for name in source.author]
            if source.issued and any(f" {fold(name)} " in words for name in names):
                found |= values_of_date(source.issued)
        return frozenset(found)

    def of_claim(self, name: str) -> frozenset[str]:
        """Values that a citation of the claim carries: its statement, values and dates."""
        if name not in self._by_claim:
            self._by_claim[name] = self._of_claim(self.dossier.claims.get(name))
        return self._by_claim[name]

    def _of_claim(self, claim: Claim | None) -> frozenset[str]:
        if claim is None:
            return frozenset()
        found = set(values_of(claim.statement, self.language)) | values_of_date(claim.as_of)
        for value in claim.values.values():
            found |= values_of_date(value) if isinstance(value, str) else {_scaled(value, 0)}
        for evidence in claim.evidence:
            source = self.dossier.sources.get(evidence.source)
            if source and source.issued:
                found |= values_of_date(source.issued)
        return frozenset(found)


def check_statements(reading: Reading, carriers: Carriers) -> Iterator[Problem]:
    """Numbers, dates and names in claims that their quotes, or their basis, do not carry."""
    dossier, is_whole = carriers.dossier, reading.is_whole
    for claim in dossier.claims.values():
        place = dossier.places["claims", claim.id]
        yield from _check_values(claim, place, carriers)
        if claim.kind == "judgement":
            if is_whole:  # the basis may stand in what could not be read
                yield from _check_judgement(claim, place, carriers)
        elif claim.evidence and all(_is_whole(e, dossier) for e in claim.evidence):
            yield from _check_statement(claim, place, carriers)


def _is_whole(evidence: Evidence, dossier: Dossier) -> bool:
    """Whether its source is known and its quote has a length that is allowed."""
    return evidence.source in dossier.sources and len(evidence.quote.split()) in QUOTE_WORDS


def _check_statement(claim: Claim, place: PlaceOf, carriers: Carriers) -> Iterator[Problem]:
    carried = carriers.in_quotes(claim)
    for item in asserted(claim.statement, carriers.language):
        if item.value not in carried:
            words = as_written(claim.statement, item, carriers.language)
            yield Problem(
                place.of_words(("statement",), words),
                "BG026",
                f'claim "{claim.id}": "{words}" is in none of its quotes',
                "quote the words of the source that say so, or take it out of the statement",
            )
    for name in carriers.instrument_names.found_in(claim.statement):
        quotes = [f" {fold(evidence.quote)} " for evidence in claim.evidence]
        spellings = {f" {fold(other)} " for other in carriers.instruments[name]}
        if not any(spelling in quote for quote in quotes for spelling in spellings):
            yield Problem(
                place.of_words(("statement",), name),
                "BG026",
                f'claim "{claim.id}": "{name}" is named in none of its quotes',
                "quote the words that name it, or add the source's name for it to the "
                "instrument's `aliases`",
            )


def _check_judgement(claim: Claim, place: PlaceOf, carriers: Carriers) -> Iterator[Problem]:
    carried = frozenset[str]().union(*map(carriers.of_claim, claim.basis))
    for key, text in (("statement", claim.statement), ("why", claim.why or "")):
        for item in _asserted_in_prose(text, carriers):
            if item[1] not in carried:
                yield Problem(
                    place.of_words((key,), item[0]),
                    "BG026",
                    f'judgement "{claim.id}": "{item[0]}" is in none of the claims of its basis',
                    "add the claim that says so to `basis`, or take it out",
                )


def _check_values(claim: Claim, place: PlaceOf, carriers: Carriers) -> Iterator[Problem]:
    """Typed values are those of the statement; approximate dates may be inferred."""
    stated = values_of(claim.statement, carriers.language)
    numbers = {value.rstrip("%p").lstrip("#") for value in stated}
    for name, value in claim.values.items():
        if isinstance(value, str):
            is_stated = value[-1] in "~?%" or _agrees(values_of_date(value), stated)
        else:
            powers = (0, 3, 6, 9, 12) if has_scale(claim.statement) else (0,)
            is_stated = value == 1 or any(_scaled(value, power) in numbers for power in powers)
        if not is_stated:
            yield Problem(
                place.nearest(("values", name)),
                "BG015",
                f'claim "{claim.id}": the value {name}: {value} is not in its statement',
                "make the two agree",
            )


def _agrees(date: frozenset[str], stated: frozenset[str]) -> bool:
    """Whether the statement names the date's year, and no other month or day than its own."""
    return all(
        {value for value in date if form.fullmatch(value)} <= stated
        for form in DATE_PARTS
        if form is YEAR or any(form.fullmatch(value) for value in stated)
    )


def _scaled(value: float, power: int) -> str:
    """The number as it is written where the value counts thousands, millions and so on."""
    return f"{(Decimal(str(value)) * 10**power).normalize():f}"


def check_prose(
    model: BaseModel,
    place: PlaceOf,
    carriers: Carriers,
    rests_on: Callable[[Path], Iterable[str]] = lambda _: (),
) -> Iterator[Problem]:
    """Dates, amounts and counts in prose that no claim cited there carries.

    `rests_on` names claims that a field (by its path) rests on without citing them.
    """
    for field in marked_fields(model):
        if isinstance(field.mark, ProseIn) and field.mark.asserts and not field.is_key:
            own = frozenset[str]().union(*map(carriers.of_claim, rests_on(field.path)))
            yield from _check_field(field, place, carriers, own)


def _check_field(
    field: Marked, place: PlaceOf, carriers: Carriers, own: frozenset[str]
) -> Iterator[Problem]:
    if _has_other_mistakes(field, carriers):
        return
    for paragraph in paragraphs(field.text):
        if not any(_asserted_in_prose(paragraph, carriers)):
            continue  # as most do; sentences are looked at where there is something to carry
        carried = set(own)
        for sentence in sentences(paragraph):
            for _, name in cited_claims(sentence):
                carried |= carriers.of_claim(name)
            carried |= carriers.of_sources_named(sentence)
            for words, value in _asserted_in_prose(sentence, carriers):
                if value not in carried:
                    yield Problem(
                        place.of_words(field.path, words),
                        "BG027",
                        f'"{words}" is in no claim that is cited here',
                        INSTEAD,
                    )


def _has_other_mistakes(field: Marked, carriers: Carriers) -> bool:
    """Whether the field cites or shows what it may not; what it rests on is then unknown."""
    assert isinstance(field.mark, ProseIn)
    cited = {name for _, name in cited_claims(field.text)}
    return (
        not cited <= carriers.dossier.claims.keys()
        or bool(broken_citations(field.text))
        or any(unshown_markdown(field.text, blocks=field.mark.blocks))
    )


def _asserted_in_prose(text: str, carriers: Carriers) -> Iterator[tuple[str, str]]:
    plain = carriers.names.masked(CITATION.sub(" ", text))
    for item in asserted(plain, carriers.language, all_words=False):
        yield as_written(plain, item, carriers.language), item.value


def _check_note(claim: Claim, place: PlaceOf, carriers: Carriers) -> Iterator[Problem]:
    if not claim.note:
        return
    own = carriers.of_claim(claim.id) | carriers.in_quotes(claim)
    for field in marked_fields(claim):
        if isinstance(field.mark, ProseIn):
            yield from _check_field(field, place, carriers, own)


def check_names(model: BaseModel, place: PlaceOf, carriers: Carriers) -> Iterator[Problem]:
    """Names of agreements, programmes and laws that no instrument or term bears."""
    for field in marked_fields(model, marks=(PlainText,)):
        if field.path[-1] == "quote":
            continue
        for name in carriers.names.unknown_in(CITATION.sub(" ", field.text)):
            yield Problem(
                place.of_words(field.path, name),
                "BG028",
                f'"{name}" is neither an instrument of the dossier nor a term',
                "add an instrument of this title, or the name to an instrument's `aliases` or to "
                "terms.yaml",
            )


def check_plain(
    text: str,
    path: Path,
    place: PlaceOf,
    carriers: Carriers,
    claims: Iterable[str],
    also: frozenset[str] = frozenset(),
    *,
    numbers: bool = True,
) -> Iterator[Problem]:
    """Numbers, dates and known instruments in a text without citations, held to these claims.

    `also` are values that need no claim; without `numbers`, only names are looked at.
    """
    names = tuple(claims)
    carried = also.union(*map(carriers.of_claim, names))
    for words, value in _asserted_in_prose(text, carriers) if numbers else ():
        if value not in carried:
            yield Problem(
                place.of_words(path, words),
                "BG027",
                f'"{words}" is in none of the claims that the {path[-1]} rests on',
                "take it out, or cite the claim that carries it where the text is grounded",
            )
    found = carriers.instrument_names.found_in(CITATION.sub(" ", text))
    if found and not (named := carriers.named_in(names)).issuperset(found):
        name = next(name for name in found if name not in named)
        yield Problem(
            place.of_words(path, name),
            "BG028",
            f'"{name}" is named in none of the claims that the {path[-1]} rests on',
            "take it out, or cite a claim that names it where the text is grounded",
        )


def check_carried(reading: Reading, carriers: Carriers) -> Iterator[Problem]:
    """All of these checks over a dossier's records; prose only where all of them could be read."""
    yield from check_statements(reading, carriers)
    if not reading.is_whole:
        return
    dossier = carriers.dossier
    for kind in KINDS:
        for record in dossier.records(kind).values():
            place = dossier.places[kind, record.id]
            if isinstance(record, Claim):
                yield from _check_note(record, place, carriers)
            else:
                yield from check_prose(record, place, carriers)
            if kind not in ("sources", "terms"):
                yield from check_names(record, place, carriers)

"""Measure: how far the editions of a dossier differ, and how plainly they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from briefgen.build.engine import Engine
from briefgen.build.fit import fit
from briefgen.build.loaded import LoadedDossier
from briefgen.build.project import Project, Target
from briefgen.document.model import Document
from briefgen.document.reading_level import ReadingLevel, reading_level
from briefgen.document.tailoring import (
    FIRST_AREAS,
    LARGEST_NEAR_SHARE,
    MOST_SHARED_AREAS,
    SMALLEST_OWN_SHARE,
    Differing,
    Shares,
    differing_fields,
    in_common,
    own_sentences,
    own_texts,
    record_texts,
    shares,
)
from briefgen.dossier.abbreviations import Known
from briefgen.dossier.plain_language import LARGEST_PASSIVE_SHARE, LONGEST_MEAN, LONGEST_SENTENCE
from briefgen.dossier.prose import cited_claims
from briefgen.edition.lengths import usual_length
from briefgen.edition.models import Edition, Length
from briefgen.edition.overlap import Alike, can_resemble, closest, is_near
from briefgen.edition.tailor import Brief, tailor

WORST = 3
"""So many of the most similar sentences of two editions are shown."""


@dataclass(frozen=True)
class EditionFigures:
    """What is measured of one edition."""

    dossier: str
    edition: str
    length: Length
    shares: Shares
    own: ReadingLevel
    """Of the edition's own words."""
    whole: ReadingLevel
    """Of the text of all records in the body; a layout's own words are labels and lists."""
    lead_claims: tuple[str, ...]
    """Claims that the bottom line and the key messages cite."""
    led_alone: tuple[str, ...]
    """Those of them that no other edition of the dossier leads with."""

    def beyond(self) -> list[str]:
        """Which figures are beyond their limits, by the names that reports give them.

        How much is an edition's own is judged in a `brief`: a longer document prints more of what
        all share, and is meant to.
        """
        is_too_alike = self.length == "brief" and self.shares.own_share < SMALLEST_OWN_SHARE
        found = ["own_share"] if is_too_alike else []
        for name, level in (("own", self.own), ("whole", self.whole)):
            found += [f"{name}.mean"] if level.mean > LONGEST_MEAN else []
            found += [f"{name}.longest"] if level.longest_words > LONGEST_SENTENCE else []
            found += [f"{name}.passive"] if level.passive_share > LARGEST_PASSIVE_SHARE else []
            found += [f"{name}.unexplained"] if level.unexplained else []
        return found


@dataclass(frozen=True)
class PairFigures:
    """What is measured of two editions of one dossier."""

    dossier: str
    left: str
    right: str
    alike: tuple[Alike, ...]
    """Each sentence of the left edition with the closest one of the right, most alike first."""
    near_share: float
    """The larger of two shares: of each edition's sentences, those nearly the same as one of the
    other's."""
    first_areas: tuple[str, ...]
    """Areas among the first of both."""
    lead_claims: tuple[str, ...]
    """Claims that both lead with."""

    @property
    def shared(self) -> tuple[str, ...]:
        """Sentences that are the same in both."""
        return tuple(pair.left for pair in self.alike if pair.is_shared)

    @property
    def worst(self) -> tuple[Alike, ...]:
        """The sentences most alike, the same ones included."""
        return self.alike[:WORST]

    def beyond(self) -> list[str]:
        """Which figures are beyond their limits, by the names that reports give them."""
        found = ["shared"] if self.shared else []
        found += ["near_share"] if self.near_share > LARGEST_NEAR_SHARE else []
        return found + (["first_areas"] if len(self.first_areas) > MOST_SHARED_AREAS else [])


@dataclass(frozen=True)
class Measured:
    """All figures of a run."""

    editions: tuple[EditionFigures, ...]
    pairs: tuple[PairFigures, ...]
    differing: tuple[tuple[str, Differing], ...]
    """Fields of shared records that are not printed alike everywhere, with their dossiers."""

    @property
    def beyond(self) -> int:
        """How many figures are beyond their limits."""
        editions = sum(len(figures.beyond()) for figures in self.editions)
        return editions + sum(len(pair.beyond()) for pair in self.pairs) + len(self.differing)


@dataclass(frozen=True)
class _Made:
    """An edition with its document."""

    target: Target
    brief: Brief
    document: Document


def measure(project: Project, targets: Sequence[Target]) -> Measured:
    """The figures of the editions, and of each two of them that are of one dossier.

    Raises:
        ProblemsFound: a template is wrong, or a page budget cannot be met.
        WrongEnvironment: Pango or the faces are missing.
    """
    engine = Engine(project)
    made = [_Made(target, *document_of(target, engine)) for target in targets]
    sentences = {id(one): own_sentences(one.document.tree) for one in made}
    pairs = tuple(
        _pair(left, right, sentences[id(left)], sentences[id(right)])
        for left, right in combinations(made, 2)
        if left.target.dossier is right.target.dossier
    )
    return Measured(tuple(map(_edition, made)), pairs, tuple(_differing(made)))


def document_of(target: Target, engine: Engine) -> tuple[Brief, Document]:
    """The brief of an edition and its document as they are built, at the length that is measured.

    With the cuts that its page budget asks for, since what is cut nobody reads.
    """
    fitted = fit(target, usual_length(target.edition), engine)
    return fitted.brief, fitted.document


def lead_claims(edition: Edition) -> tuple[str, ...]:
    """The claims that the bottom line and the key messages cite, in order.

    The counter to a message is not what an edition leads with.
    """
    texts = [
        edition.bottom_line,
        *(text for m in edition.key_messages for text in (m.lead, m.text)),
    ]
    return tuple(dict.fromkeys(claim for text in texts for _, claim in cited_claims(text)))


def _edition(made: _Made) -> EditionFigures:
    edition, loaded, tree = made.brief.edition, made.target.dossier, made.document.tree
    known = Known.of(loaded.dossier.terms.values(), edition.audience.knows)
    leads = lead_claims(edition)
    elsewhere = _led_elsewhere(edition, loaded)
    return EditionFigures(
        dossier=loaded.name,
        edition=edition.id,
        length=made.brief.length,
        shares=shares(tree),
        own=reading_level(own_texts(tree), known),
        whole=reading_level(record_texts(tree), known),
        lead_claims=leads,
        led_alone=tuple(claim for claim in leads if claim not in elsewhere),
    )


def _led_elsewhere(edition: Edition, loaded: LoadedDossier) -> set[str]:
    others = (e.edition for e in loaded.editions.values() if e.edition.id != edition.id)
    return {claim for other in others for claim in lead_claims(other)}


def _pair(left: _Made, right: _Made, ours: list[str], theirs: list[str]) -> PairFigures:
    alike = closest(ours, theirs)
    first = [_first_areas(made.target) for made in (left, right)]
    return PairFigures(
        dossier=left.target.dossier.name,
        left=left.brief.edition.id,
        right=right.brief.edition.id,
        alike=tuple(alike),
        near_share=max(_near_share(ours, alike), _near_share(theirs, closest(theirs, ours))),
        first_areas=in_common(*first),
        lead_claims=in_common(lead_claims(left.brief.edition), lead_claims(right.brief.edition)),
    )


def _first_areas(target: Target) -> list[str]:
    """The areas that the edition puts first, whatever the length leaves of them."""
    brief = tailor(target.dossier.dossier, target.edition, "full")
    return [chosen.record.id for chosen in brief.areas[:FIRST_AREAS]]


def _near_share(sentences: list[str], alike: Sequence[Alike]) -> float:
    compared = len(can_resemble(sentences))
    return sum(map(is_near, alike)) / compared if compared else 0.0


def _differing(made: Sequence[_Made]) -> list[tuple[str, Differing]]:
    names = dict.fromkeys(one.target.dossier.name for one in made)
    return [
        (name, field)
        for name in names
        for field in differing_fields(
            {
                one.brief.edition.id: one.document.tree
                for one in made
                if one.target.dossier.name == name
            }
        )
    ]

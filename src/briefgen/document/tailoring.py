"""Tailoring: how much of a document is its edition's own, and whether shared text is one text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from briefgen.document.printed import OWN, passages, printed_sentences
from briefgen.dossier.plain_language import count_words

SMALLEST_OWN_SHARE = 0.4
"""Of the body's words in a `brief`: with less, readers would get one text under several covers."""
LARGEST_NEAR_SHARE = 0.05
"""Of an edition's sentences, those nearly like another edition's: the odd formula, no more."""
MOST_SHARED_AREAS = 3
"""Of the first areas of two editions: readers with different questions need different answers."""
FIRST_AREAS = 5
"""So many areas come first."""


@dataclass(frozen=True)
class Shares:
    """The words of a body by where they come from; together they are all its words."""

    own: int
    """Words of the edition."""
    shared: int
    """Words of shared records."""
    template: int
    """Headings, labels and sentences that the layout writes."""

    @property
    def words(self) -> int:
        """All words of the body."""
        return self.own + self.shared + self.template

    @property
    def own_share(self) -> float:
        """The edition's own words, as a share of all."""
        return self.own / self.words if self.words else 0.0


@dataclass(frozen=True)
class Differing:
    """A field of a shared record that does not read the same wherever it is printed."""

    field: str
    texts: Mapping[str, tuple[str, ...]]
    """Each wording with the editions that print it."""


def shares(tree: etree._Element) -> Shares:
    """The words of the document's body by where they come from."""
    own = shared = template = 0
    for passage in passages(tree):
        words = count_words(passage.text)
        if not passage.field:
            template += words
        elif passage.field.startswith(OWN):
            own += words
        else:
            shared += words
    return Shares(own, shared, template)


def own_texts(tree: etree._Element) -> list[str]:
    """The fields of the body that are the edition's own, in order."""
    return [p.text for p in passages(tree) if p.field.startswith(OWN)]


def record_texts(tree: etree._Element) -> list[str]:
    """The fields of the body, the edition's own and the shared ones, in order."""
    return [p.text for p in passages(tree) if p.field]


def own_sentences(tree: etree._Element) -> list[str]:
    """The sentences, headings and labels that are the edition's own, each once, in order."""
    return list(dict.fromkeys(s for text in own_texts(tree) for s in printed_sentences(text)))


def differing_fields(trees: Mapping[str, etree._Element]) -> list[Differing]:
    """The fields of shared records that documents of one dossier print in different words.

    None is what is right: an edition may leave a shared field out or replace it by text of its own,
    but not change it. `trees` are by the name of the edition.
    """
    met: dict[str, dict[str, dict[str, None]]] = {}
    for edition, tree in trees.items():
        for passage in passages(tree, everywhere=True):
            if passage.field and not passage.field.startswith(OWN):
                wordings = met.setdefault(passage.field, {})
                wordings.setdefault(passage.text, {})[edition] = None
    return [
        Differing(field, {text: tuple(editions) for text, editions in wordings.items()})
        for field, wordings in met.items()
        if len(wordings) > 1
    ]


def in_common(left: Iterable[str], right: Sequence[str]) -> tuple[str, ...]:
    """Those of `left` that are also in `right`, in the order of `left`."""
    return tuple(name for name in left if name in right)

"""At most one note a sentence, in every edition that ships and at every length."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from lxml import etree

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.prose import sentence_ends
from briefgen.edition.tailor import tailor

ROOT = Path(__file__).parents[2]
BLOCKS = ("p", "li", "td", "th", "dd", "h1", "h2", "h3", "h4", "figcaption", "caption")


STOPS = (".", "?", "!", "…")
CLOSING = "’”)]\u2060"


def crowded(tree: etree._Element) -> list[str]:
    """The texts between two marks of one sentence."""
    found = []
    for block in tree.iter(*BLOCKS):
        texts = _texts_between_marks(block)
        for before, between in pairwise(texts[:-1]):
            # A note stands behind the stop of its sentence; one that does not shares it with the
            # next, unless a sentence ends between them.
            is_behind_stop = before.rstrip().rstrip(CLOSING).endswith(STOPS)
            ends = [end for end in sentence_ends(between) if end < len(between.rstrip())]
            if not is_behind_stop and not ends:
                found.append(between)
    return found


def _texts_between_marks(block: etree._Element) -> list[str]:
    """The text before the first mark, between each two, and behind the last."""
    texts = [""]

    def read(element: etree._Element) -> None:
        if element.get("data-claims") is not None:
            texts.append("")
        else:
            texts[-1] += element.text or ""
            for child in element:
                read(child)
                texts[-1] += child.tail or ""

    read(block)
    return texts


def test_no_sentence_of_a_shipped_edition_has_two_notes() -> None:
    project = load_project(ROOT, loose_ends=False)
    engine = Engine(project)
    looked_at = 0
    for target in find_targets(project, []):
        for length in target.edition.lengths:
            document = engine.compose(tailor(target.dossier.dossier, target.edition, length))
            assert crowded(document.tree) == [], f"{target.edition.id}, {length}"
            looked_at += sum(p.note is not None for p in document.ledger.passages)
    assert looked_at > 100


def test_two_notes_in_a_sentence_are_seen() -> None:
    note = '<span class="footnote" data-claims="a">Source.</span>'

    assert crowded(etree.fromstring(f"<body><p>One,{note} two.{note}</p></body>")) == [" two."]
    assert crowded(etree.fromstring(f"<body><p>One.{note} Two.{note}</p></body>")) == []
    assert crowded(etree.fromstring(f"<body><p>One,{note} b. Two.{note}</p></body>")) == []

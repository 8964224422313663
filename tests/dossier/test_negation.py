"""Negation: what texts deny of the statements that they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.dossier.negation import adds_denial, polarity, stem_of, turned_round

ROOT = Path(__file__).parents[2]


def turned(text: str, *statements: str) -> list[tuple[str, bool]]:
    return [(found.word, found.is_denied) for found in turned_round(text, statements)]


WANT = "Eastern states do not want resources moved, Nagy reports."
COST = "The sources give no cost for any activity."
STALL = "Talk of the office stalled because one president opposed it."
SHARE = "The agreement lets the two share secret papers."


@pytest.mark.parametrize(
    ("text", "statement", "word", "is_denied"),
    [
        ("The agreement does not let the two share papers.", SHARE, "share", True),
        ("Under the agreement the two cannot share papers.", SHARE, "share", True),
        ("They share no papers.", SHARE, "papers", True),
        ("The two never shared them.", SHARE, "shared", True),
        ("The two don't share them.", SHARE, "share", True),
        ("The two no longer share them.", SHARE, "share", True),
        ("None of the five shares them.", SHARE, "shares", True),
        ("It works without papers.", SHARE, "papers", True),
        ("Eastern states want them moved.", WANT, "want", False),
        ("The sources give a cost for each activity.", COST, "cost", False),
        ("The two do not, Nagy reports, share them.", SHARE, "share", True),
        (
            "The road takes no vans with heavy goods.",
            "Many vans with heavy goods use it.",
            "vans",
            True,
        ),
        ("It does not take up vans on goods days.", "Many vans leave their goods.", "vans", True),
        ("The label does not cost more.", "The label costs more than the task.", "cost", True),
    ],
)
def test_a_text_that_turns_a_statement_round_is_seen(
    *, text: str, statement: str, word: str, is_denied: bool
) -> None:
    assert turned(text, statement) == [(word, is_denied)]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        pytest.param("The two share papers.", SHARE, id="said as it is"),
        pytest.param("They want no resources moved.", WANT, id="the same in other words"),
        pytest.param("None gives a cost for it.", COST, id="denied by the subject"),
        pytest.param("Not only papers are shared.", SHARE, id="not only"),
        pytest.param("They share them no later than May.", SHARE, id="no later than"),
        pytest.param("Whether they do not share is open.", SHARE, id="whether"),
        pytest.param("The two need not wait for them.", SHARE, id="a word of its own"),
        pytest.param("If the two should ever not share, ask.", SHARE, id="if"),
        pytest.param("Ask for the cost of each activity.", COST, id="a request"),
        pytest.param("The sources are silent on cost.", COST, id="silence"),
        pytest.param("The sources lack a cost for it.", COST, id="lack"),
        pytest.param("What an activity costs, no text says.", COST, id="an indirect question"),
        pytest.param("Few papers are shared.", SHARE, id="few"),
        pytest.param("No text quotes the papers' authors.", "Texts differ.", id="the text itself"),
        pytest.param("Nor do the two share much.", SHARE, id="nor"),
        pytest.param("Japan is not named.", "Japan is sometimes not named.", id="open there"),
    ],
)  # fmt: skip
def test_a_text_that_turns_nothing_round_passes(text: str, statement: str) -> None:
    assert turned(text, statement) == []


def test_another_statement_may_say_what_the_first_denies() -> None:
    assert turned("Eastern states want help.", WANT) == [("want", False)]
    assert turned("Eastern states want help.", WANT, "Eastern states want help.") == []


def test_a_rewording_is_held_to_each_word_behind_a_negation() -> None:
    assert adds_denial("It did not come up for a vote on the papers.", [SHARE])
    assert not adds_denial("It did not come up for a vote.", [SHARE])
    assert not adds_denial("It did not bear upon resources.", [WANT])
    assert not adds_denial("It did not rest on papers.", [SHARE], ["Few papers are shared."])


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("wants wanted wanting want", "want"),
        ("imposes imposed imposing impose", "impos"),
        ("stops stopped stopping stop", "stop"),
        ("carries carried carry", "carry"),
        ("gives gave given giving give", "giv"),
        ("access", "access"),
        ("focus", "focus"),
    ],
)
def test_forms_of_a_word_have_one_stem(words: str, stem: str) -> None:
    assert {stem_of(word) for word in words.split()} == {stem}


@pytest.mark.parametrize("text", ["not " * 20_000, ", A b," * 9_000, "A-" * 50_000, "no " * 9_000])
def test_hostile_texts_are_read(text: str) -> None:
    """Where a search is quadratic, this test does not come back."""
    assert polarity(text).clauses


# --- How much is caught -------------------------------------------------------

VERBS = {
    "set": "sets", "find": "finds", "report": "reports", "hold": "holds", "want": "wants",
    "name": "names", "see": "sees", "think": "thinks", "suggest": "suggests", "expect": "expects",
}  # fmt: skip
AUXILIARY = re.compile(r"\b(?:is|are|was|were|can|could|will|would|may|has|have|had)\b(?! not)")
DENIED = re.compile(r"\b(?:does|do|did) not ")


def mutations(sentence: str) -> Iterator[str]:
    """The sentence with a negation put in or taken out, in each place that offers itself."""
    if found := AUXILIARY.search(sentence):
        yield f"{sentence[: found.end()]} not{sentence[found.end() :]}"
    for verb, form in VERBS.items():
        if re.search(rf"\b{form}\b", sentence):
            yield re.sub(rf"\b{form}\b", f"does not {verb}", sentence, count=1)
    if DENIED.search(sentence):
        yield DENIED.sub("", sentence, count=1)


def test_statements_of_the_dossier_turned_round_are_caught_and_none_as_it_stands() -> None:
    """Each statement against itself: what is missed are words that open their own clause."""
    from briefgen.build.project import load_project

    claims = load_project(ROOT).dossiers["japan-nato"].dossier.claims.values()
    statements = [claim.statement for claim in claims]
    pairs = [(changed, s) for s in statements for changed in mutations(" ".join(s.split()))]
    caught = sum(bool(turned(changed, s)) for changed, s in pairs)

    assert [s for s in statements if turned(s, s)] == []
    assert len(pairs) > 500
    assert caught / len(pairs) > 0.8

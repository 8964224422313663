"""Notes: what they cite, when they are short, what they remark, which are shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree

from briefgen.document.annotate import merge_notes, write_notes
from briefgen.document.locale import Locale
from briefgen.document.notes import NoteWriter
from briefgen.dossier.evidence import Claim, Source
from briefgen.dossier.model import Dossier
from briefgen.dossier.records import About

ABOUT = {
    "title": "Buses",
    "scope": "Buses.",
    "as_of": "2024",
    "language": "en",
    "method": "By hand.",
    "limits": "Many.",
    "interests": "None.",
}


def claim(claim_id: str, *sources: str, **fields: Any) -> Claim:
    evidence = [{"source": name, "quote": "one two three"} for name in sources]
    given = {
        "id": claim_id,
        "kind": "position",
        "statement": "So it is.",
        "as_of": "2024",
        "evidence": evidence,
    }
    return Claim.model_validate(given | fields)


def against(source: str) -> dict[str, str]:
    return {"source": source, "quote": "one two three", "role": "contradicts"}


def source(name: str) -> Source:
    return Source.model_validate(
        {
            "id": name,
            "type": "book",
            "title": f"Book {name.upper()}: All of It",
            "author": [{"family": f"Writer{name.upper()}", "given": "A."}],
            "note": "A note.",
            "reliability": {"grade": "B", "why": "Known."},
            "viewpoint": "The sea.",
            "licence": "None stated.",
        }
    )


def dossier(*claims: Claim) -> Dossier:
    sources: Mapping[str, Source] = {name: source(name) for name in "abc"}
    about = About.model_validate(ABOUT)
    return Dossier("buses", about, sources=sources, claims={one.id: one for one in claims})


def page(body: str) -> etree._Element:
    marked = body.replace("{", '<span class="footnote" data-claims="').replace("}", '"/>')
    return etree.fromstring(f"<html><body>{marked}</body></html>")


def marks(tree: etree._Element) -> list[etree._Element]:
    return [span for span in tree.iter("span") if span.get("class") == "footnote"]


def notes(locale: Locale, body: str, *claims: Claim) -> list[str]:
    """The texts of the notes of a page."""
    tree = page(body)
    write_notes(tree, NoteWriter(dossier(*claims), locale))
    return ["".join(map(str, mark.itertext())) for mark in marks(tree)]


def full(letter: str) -> str:
    return f"A. Writer{letter}, Book {letter}: All of It"


A, A2, B, C = claim("a1", "a"), claim("a2", "a"), claim("b1", "b"), claim("c1", "c")


# --- Citations ----------------------------------------------------------------


def test_a_source_stands_in_full_first_and_short_from_then_on(locale: Locale) -> None:
    assert notes(locale, "<p>x.{a1} y.{b1}</p><p>z.{a2 b1}</p>", A, A2, B) == [
        "A. WriterA, Book A: All of It.",
        "A. WriterB, Book B: All of It.",
        "WriterA, Book A; WriterB, Book B.",
    ]


def test_a_note_names_a_source_once(locale: Locale) -> None:
    assert notes(locale, "<p>x.{a1 a2}</p>", A, A2) == ["A. WriterA, Book A: All of It."]


def test_evidence_against_a_claim_is_named_as_such(locale: Locale) -> None:
    disputed = claim("d", evidence=[{"source": "a", "quote": "one two three"}, against("b")])

    assert notes(locale, "<p>x.{d}</p>", disputed) == [
        "A. WriterA, Book A: All of It; for the contrary, see A. WriterB, Book B: All of It."
    ]


def test_a_judgement_names_the_sources_of_all_that_it_rests_on(locale: Locale) -> None:
    first = claim("j1", kind="judgement", basis=["a1", "b1"], why="So.")
    second = claim("j2", kind="judgement", basis=["j1", "c1"], why="So.")

    assert notes(locale, "<p>x.{j2}</p>", A, B, C, first, second) == [
        f"Our judgement, from {full('A')}; {full('B')}; {full('C')}."
    ]


def test_a_sentence_of_fact_and_judgement_says_that_it_is_both(locale: Locale) -> None:
    judgement = claim("j", kind="judgement", basis=["b1"], why="So.")

    assert notes(locale, "<p>x.{a1 j}</p>", A, B, judgement) == [
        f"{full('A')}; {full('B')}; in part our judgement."
    ]


# --- Remarks ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "note", "remark"),
    [
        ("contested", "The two differ [@b1].", "Contested: The two differ."),
        ("doubtful", "Who counted?", "Doubtful: Who counted?"),
        ("doubtful", "Wait... a *single* & odd number", "Doubtful: Wait... a single & odd number."),
        ("superseded", None, "{superseded}"),
        ("expired", None, "{expired}"),
    ],
)
def test_a_claims_status_is_remarked_once(
    locale: Locale, status: str, note: str | None, remark: str
) -> None:
    odd = claim("odd", "a", status=status, note=note)
    remark = remark.format(**locale.notes)

    assert notes(locale, "<p>x.{odd}</p><p>y.{odd}</p>", odd, B) == [
        f"A. WriterA, Book A: All of It. {remark}",
        "WriterA, Book A.",
    ]


def test_the_first_sentence_of_a_claims_note_is_the_remark(locale: Locale) -> None:
    odd = claim("odd", "a", status="doubtful", note="Who counted [@b1]? Use the year alone.")

    assert notes(locale, "<p>x.{odd}</p>", odd, B) == [f"{full('A')}. Doubtful: Who counted?"]


def test_a_sentence_that_gives_the_other_side_itself_needs_no_remark(locale: Locale) -> None:
    one = claim(
        "one",
        status="contested",
        note="It is not so.",
        conflicts_with=["b1"],
        evidence=[{"source": "a", "quote": "one two three"}, against("b")],
    )

    assert notes(locale, "<p>x.{one b1}</p><p>y.{one}</p>", one, B) == [
        f"{full('A')}; {full('B')}.",
        "WriterA, Book A; for the contrary, see WriterB, Book B. Contested: It is not so.",
    ]


def test_a_sentence_that_names_the_successor_needs_no_remark(locale: Locale) -> None:
    old = claim("old", "a", status="superseded")
    new = claim("new", "b", supersedes=["old"])

    assert notes(locale, "<p>x.{old new}</p>", old, new) == [f"{full('A')}; {full('B')}."]


def test_a_sentence_that_names_a_later_successor_needs_no_remark(locale: Locale) -> None:
    old = claim("old", "a", status="superseded")
    mid = claim("mid", "a", status="superseded", supersedes=["old"])
    new = claim("new", "b", supersedes=["mid"])

    assert notes(locale, "<p>x.{old new}</p>", old, mid, new) == [f"{full('A')}; {full('B')}."]


def test_a_judgement_carries_the_remarks_on_its_doubtful_grounds_once(locale: Locale) -> None:
    odd = claim("odd", "a", status="doubtful", note="Who counted? Use the year alone.")
    first = claim("j1", kind="judgement", basis=["odd"], why="So.")
    second = claim("j2", kind="judgement", basis=["j1", "b1"], why="So.")

    assert notes(locale, "<p>x.{j2}</p><p>y.{j1}</p><p>z.{odd}</p>", odd, B, first, second) == [
        f"Our judgement, from {full('A')}; {full('B')}. Doubtful in its grounds: Who counted?",
        "Our judgement, from WriterA, Book A.",
        "WriterA, Book A.",
    ]


def test_a_judgement_does_not_remark_on_contested_grounds(locale: Locale) -> None:
    """They are what it weighs; each side is remarked on where a text uses it."""
    one = claim("one", "a", status="contested", note="It is not so.", conflicts_with=["b1"])
    judgement = claim("j", kind="judgement", basis=["one"], why="So.")

    assert notes(locale, "<p>x.{j}</p>", one, B, judgement) == [f"Our judgement, from {full('A')}."]


def test_a_judgement_that_rests_on_a_doubt_and_on_its_answer_needs_no_remark(
    locale: Locale,
) -> None:
    odd = claim("odd", "a", status="doubtful", note="Who counted?", conflicts_with=["b1"])
    judgement = claim("j", kind="judgement", basis=["odd", "b1"], why="So.")

    assert notes(locale, "<p>x.{j}</p>", odd, B, judgement) == [
        f"Our judgement, from {full('A')}; {full('B')}."
    ]


def test_the_remark_carries_the_field_that_it_comes_from(locale: Locale) -> None:
    tree = page("<p>x.{odd}</p>")

    write_notes(
        tree,
        NoteWriter(dossier(claim("odd", "a", status="doubtful", note="Who?")), locale),
    )

    assert [e.text for e in tree.iter("span") if e.get("data-field") == "claims/odd/note"] == [
        "Who?"
    ]


def test_words_of_the_layout_are_text_and_no_markup(locale: Locale) -> None:
    wordy = locale.model_copy(
        update={"notes": {**locale.notes, "judgement": "We & <ours>, {sources}"}}
    )
    judgement = claim("j", kind="judgement", basis=["a1"], why="So.")

    assert notes(wordy, "<p>x.{j}</p>", A, judgement) == [
        "We & <ours>, A. WriterA, Book A: All of It."
    ]


# --- Shared notes -------------------------------------------------------------


def merged(locale: Locale, body: str, *claims: Claim) -> str:
    tree = page(body)
    merge_notes(tree, NoteWriter(dossier(*claims), locale))
    html = etree.tostring(tree, encoding="unicode")
    inner = html.removeprefix("<html><body>").removesuffix("</body></html>")
    return inner.replace('<span class="footnote" data-claims="', "{").replace('"/>', "}")


def test_neighbouring_sentences_on_the_same_source_share_the_last_ones_note(
    locale: Locale,
) -> None:
    assert merged(locale, "<p>One.{a1} <em>Two</em>.{a2} Three.{a1}</p>", A, A2) == (
        "<p>One. <em>Two</em>. Three.{a1 a2}</p>"
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<p>One.{a1}</p><p>Two.{a2}</p>", id="two paragraphs"),
        pytest.param("<p>One.{a1} Ours. Two.{a2}</p>", id="a sentence without a source between"),
        pytest.param("<p>One.{a1 b1} Two.{c1}</p>", id="three sources"),
        pytest.param("<p>One.{a1} Two.{j}</p>", id="a judgement"),
        pytest.param("<p>One.{a1} Two.{d}</p>", id="a contradiction"),
    ],
)
def test_other_sentences_keep_notes_of_their_own(locale: Locale, body: str) -> None:
    judgement = claim("j", kind="judgement", basis=["a1"], why="So.")
    disputed = claim("d", evidence=[{"source": "a", "quote": "one two three"}, against("b")])

    assert merged(locale, body, A, A2, B, C, judgement, disputed) == body

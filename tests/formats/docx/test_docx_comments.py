"""Comments for editors: on each claim that needs care, with its note and sources."""

from __future__ import annotations

from dataclasses import replace

from docx_opened import Opened, find, text_of, values
from docx_sample import document_of, word_style

from briefgen.document.model import Caution
from briefgen.formats.docx.oxml import wname
from briefgen.formats.docx.render import render_docx
from briefgen.formats.word_options import WordOptions

NOTE = '<span class="footnote" data-generated="" data-claims="{}">A note.</span>'
BODY = f"""
<p><span data-field="areas/a/summary">Storms are rare.{NOTE.format("calm")} They cost a
day.{NOTE.format("storms pays")} Nobody counts.{NOTE.format("calm storms")}</span></p>
<table class="data"><tbody><tr><td>Cape<sup data-claims="storms">a</sup></td></tr></tbody></table>
"""
STORMS = Caution(
    "storms",
    "Fact, 2021, contested",
    "Storms cost a day.",
    "Okoro counts two.",
    ("‘a day a year’, Nilsen", "Against: ‘two days’, Okoro"),
    "To be looked at again by 2027.",
)
GROUND = Caution("depth", "Fact, 2020, doubtful", "The cape is deep.", "", ("‘deep’, Nilsen",), "")


def annotated() -> Opened:
    cautions = {"storms": (STORMS,), "pays": (GROUND, STORMS)}
    document = replace(document_of(BODY), cautions=cautions)
    return Opened(render_docx(document, word_style(), WordOptions(annotate=True)))


def comments(opened: Opened) -> list[list[str]]:
    part = opened.part("word/comments.xml")
    return [[text_of(p) for p in comment] for comment in part]


def test_a_comment_gives_status_note_sources_and_date() -> None:
    assert comments(annotated())[:2] == [
        [
            "Fact, 2021, contested. Storms cost a day. [storms]",
            "Okoro counts two.",
            "‘a day a year’, Nilsen",
            "Against: ‘two days’, Okoro",
            "To be looked at again by 2027.",
        ],
        ["Fact, 2020, doubtful. The cape is deep. [depth]", "‘deep’, Nilsen"],
    ]


def test_a_claim_is_explained_once_and_marked_at_each_citation() -> None:
    repeats = comments(annotated())[2:]

    assert len(repeats) == 2  # third sentence, and the cell with a source letter
    assert all(
        repeat
        == [
            "Fact, 2021, contested. Storms cost a day. [storms]",
            "The comment at its first citation gives its note and sources.",
        ]
        for repeat in repeats
    )


def test_a_comment_stands_on_the_text_since_the_last_citation() -> None:
    paragraph = annotated().paragraphs()[0]
    covered: dict[str, str] = {}
    started: set[str] = set()
    for element in paragraph.iter():
        number = element.get(wname("id"), "")
        if element.tag == wname("commentRangeStart"):
            started.add(number)
        elif element.tag == wname("commentRangeEnd"):
            started.discard(number)
        elif element.tag == wname("t"):
            for number in started:
                covered[number] = covered.get(number, "") + (element.text or "")

    assert covered == {"0": " They cost a day.", "1": " They cost a day.", "2": " Nobody counts."}


def test_comments_and_their_marks_match_one_to_one() -> None:
    opened = annotated()
    numbers = [str(n) for n in range(4)]

    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(values(opened.body, f"//w:{tag}/@w:id")) == numbers
    part = opened.part("word/comments.xml")
    assert values(part, "w:comment/@w:id") == numbers
    # Never the clock: the day of issue.
    assert set(values(part, "w:comment/@w:date")) == {"2026-11-01T00:00:00Z"}
    assert set(values(part, "w:comment/@w:author")) == {"briefgen"}
    assert len(find(part, "w:comment/w:p[1]/w:r/w:annotationRef")) == 4
    styles = set(values(opened.part("word/styles.xml"), "//w:style/@w:styleId"))
    assert {"CommentText", "CommentReference"} <= styles


def test_without_being_asked_a_file_has_no_comments() -> None:
    cautions = {"storms": (STORMS,)}
    opened = Opened(render_docx(replace(document_of(BODY), cautions=cautions), word_style()))

    assert "word/comments.xml" not in opened.names
    assert not find(opened.body, "//w:commentReference")

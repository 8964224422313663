"""What each field says in an edited copy, whatever somebody did to its paragraph."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from desk import Desk
from word_editing import WordFile, take_out, text_of, w

from briefgen.formats.docx.edited import read_edited
from briefgen.review.parts import Slot, share
from briefgen.review.read_back import FieldText, ReadBack, read_back
from briefgen.review.shown import BREAK, Shown

SUMMARY = "areas/bus-journeys/summary"
BODY = "areas/bus-journeys/body"
FIRST = "Most of the gain has lasted"


@pytest.fixture
def export(desk: Desk) -> WordFile:
    return desk.export("overview")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[WordFile], ReadBack]:
    def read(word: WordFile) -> ReadBack:
        file = read_edited(word.save(tmp_path / "edited.docx"))
        return read_back(file.snapshot, file.paragraphs(), file.notes())

    return read


def edited(found: ReadBack) -> list[FieldText]:
    return [text for text in found.fields if text.is_edited]


def now_of(text: FieldText) -> Shown:
    """What the copy shows of a field that is still there."""
    assert text.now is not None
    return text.now


def now(found: ReadBack) -> dict[str, str | None]:
    return {t.field: t.now.text if t.now else None for t in edited(found)}


def test_a_copy_that_nobody_edited_says_what_was_exported(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    found = read(export)
    assert len(found.fields) > 40
    assert not edited(found)
    assert not found.loose


def test_typing_within_a_field(export: WordFile, read: Callable[[WordFile], ReadBack]) -> None:
    export.replace("faster than before", "quicker than before")
    [text] = edited(read(export))
    assert (text.field, text.sure) == (SUMMARY, "mark")
    assert now_of(text).text == text.was.text.replace("faster", "quicker")
    assert [n.claims for n in now_of(text).notes] == [n.claims for n in text.was.notes]


def test_typing_behind_the_marks_of_a_field_is_typing_in_it(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    paragraph = export.find("faster than before")
    paragraph.append(export._run(" More words.", None))
    [text] = edited(read(export))
    assert now_of(text).text == f"{text.was.text} More words."


def test_typing_over_a_whole_paragraph_takes_its_marks_and_not_its_place(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.type_over(export.find("faster than before"), "Other words.")
    [text] = edited(read(export))
    assert (text.field, now_of(text).text, text.sure) == (SUMMARY, "Other words.", "alignment")


def test_a_field_beside_others_in_its_paragraph(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    paragraph = next(p for p in export.paragraphs() if text_of(p).startswith("Sign of success"))
    before = text_of(paragraph)
    export.type(paragraph, before.index("Risk:") - 2, before.index("Risk:") - 2, " by March")
    found = read(export)
    [text] = edited(found)
    assert text.field.endswith("/indicator")
    assert " by March" in now_of(text).text
    assert found.loose == []


def test_a_paragraph_that_is_taken_out_with_tracking_says_nothing_of_the_next(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    gone = next(p for p in export.paragraphs() if text_of(p).startswith("Sign of success"))
    export.remove_tracked(gone, "Anna")
    found = read(export)
    assert {text.now for text in edited(found)} == {None}
    assert edited(found)
    assert {loose.kind for loose in found.loose} <= {"deleted"}


def test_words_of_the_layout_belong_to_no_field(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.replace("Sign of success", "How to tell")
    found = read(export)
    assert edited(found) == []
    [loose] = found.loose
    assert (loose.kind, loose.was, loose.now) == (
        "changed",
        "Sign of success:",
        "How to tell:",
    )


def test_splitting_a_text_of_several_paragraphs(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    paragraph = export.find(FIRST)
    export.split(paragraph, text_of(paragraph).index(" The council"))
    [text] = edited(read(export))
    assert text.field == BODY
    assert now_of(text).text == text.was.text.replace("lasted. The", f"lasted.{BREAK}The") or (
        now_of(text).text.count(BREAK) == text.was.text.count(BREAK) + 1
    )


def test_splitting_a_text_of_one_paragraph_keeps_its_words(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    paragraph = export.find("faster than before")
    export.split(paragraph, 20)
    [text] = edited(read(export))
    assert text.field == SUMMARY
    assert now_of(text).text.replace(BREAK, "") == text.was.text


def test_splitting_where_the_bookmark_got_lost(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    paragraph = export.find("faster than before")
    fresh = export.split(paragraph, text_of(paragraph).index("More people"))
    for part in (paragraph, fresh):
        for mark in [*part.iter(w("bookmarkStart")), *part.iter(w("bookmarkEnd"))]:
            take_out(mark)
    found = read(export)
    [text] = edited(found)
    assert text.field == SUMMARY
    assert "More people" in now_of(text).text
    assert [loose.kind for loose in found.loose] == []


@pytest.mark.parametrize("place", ["faster than before", "loading bays, so that"])
def test_paragraphs_typed_before_or_behind_a_text_of_several_are_all_of_it(
    export: WordFile, read: Callable[[WordFile], ReadBack], place: str
) -> None:
    typed = ["One more.", "Two more.", "Three more."]
    for words in reversed(typed):
        export.add_paragraph(export.find(place), words)
    found = read(export)
    [text] = edited(found)
    assert text.field == BODY
    assert BREAK.join(typed) in now_of(text).text
    assert found.loose == []


def test_joining_paragraphs_of_one_text(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.join(export.find(FIRST))
    [text] = edited(read(export))
    assert text.field == BODY
    assert now_of(text).text.count(BREAK) == text.was.text.count(BREAK) - 1


def test_joining_two_texts_keeps_both_and_is_told(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.join(export.find("faster than before"))
    found = read(export)
    assert edited(found) == []
    assert [loose.kind for loose in found.loose] == ["joined"]


def test_a_paragraph_added_to_a_text_of_several(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.add_paragraph(export.find(FIRST), "A new paragraph.")
    [text] = edited(read(export))
    assert text.field == BODY
    assert now_of(text).text.split(BREAK)[1] == "A new paragraph."


def test_a_paragraph_added_where_no_text_goes_on(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.add_paragraph(export.find("What this edition leaves out"), "A stray thought of mine.")
    found = read(export)
    assert edited(found) == []
    [loose] = found.loose
    assert (loose.kind, loose.now) == ("added", "A stray thought of mine.")


def test_a_paragraph_taken_out_of_a_text_of_several(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.remove(export.find(FIRST))
    [text] = edited(read(export))
    assert FIRST in text.was.text
    assert FIRST not in now_of(text).text


def test_a_text_taken_out_whole(export: WordFile, read: Callable[[WordFile], ReadBack]) -> None:
    export.remove(export.find("faster than before"))
    found = read(export)
    assert now(found) == {SUMMARY: None}
    assert [loose.kind for loose in found.loose] == ["deleted"]


def test_a_paragraph_moved_within_its_text(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.move(export.find(FIRST), export.find("Three remedies"))
    found = read(export)
    [text] = edited(found)
    assert now_of(text).text.split(BREAK)[0] == "Three remedies are on the table:"
    assert found.loose == []


def test_a_paragraph_moved_away(export: WordFile, read: Callable[[WordFile], ReadBack]) -> None:
    summary, elsewhere = export.find("faster than before"), export.find("Officers see no effect")
    export.move(summary, elsewhere)
    found = read(export)
    assert edited(found) == []
    assert {loose.kind for loose in found.loose} == {"moved"}


def test_a_row_taken_out_of_a_table(export: WordFile, read: Callable[[WordFile], ReadBack]) -> None:
    rows = [tr for tr in export.body.iter(w("tr")) if tr.findall(f".//{w('sdt')}")]
    row = rows[2]
    words = [text_of(p) for p in row.iter(w("p")) if text_of(p)]
    take_out(row)
    found = read(export)
    told = "\n".join(loose.was for loose in found.loose if loose.kind == "deleted")
    assert all(word in told for word in words)


def test_a_note_taken_out_moved_and_written_by_hand(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    export.note("faster than before", "See my memo.")
    [text] = edited(read(export))
    assert now_of(text).notes[0].claims == ()
    assert now_of(text).notes[0].text == "See my memo."
    assert now_of(text).notes[1].claims == text.was.notes[0].claims


def test_a_mark_that_stands_twice_counts_where_its_text_is(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    paragraph = export.find("faster than before")
    copy = deepcopy(paragraph)
    export.find("What this edition leaves out").addnext(copy)
    export.type(copy, 0, len(text_of(copy)), "Something else entirely.")
    found = read(export)
    assert edited(found) == []
    assert [(loose.kind, loose.now) for loose in found.loose] == [
        ("added", "Something else entirely.")
    ]


def test_the_numbers_of_the_contents_are_the_programs_business(
    export: WordFile, read: Callable[[WordFile], ReadBack]
) -> None:
    entries = [
        p for p in export.paragraphs() if list(p.iter(w("tab"))) and text_of(p)[-1:].isdigit()
    ]
    assert entries
    for entry in entries:
        last = list(entry.iter(w("t")))[-1]
        last.text = "99"
    found = read(export)
    assert not edited(found)
    assert not found.loose


def test_where_the_text_is_as_it_was_no_field_is_edited_whatever_became_of_marks() -> None:
    was, slots = "First. Second.", [Slot("a", 0, 6), Slot("b", 7, 14)]
    assert share(was, slots, was, {"a": (0, 10)}).texts == {"a": (0, 6), "b": (7, 14)}


def test_a_figure_counted_anew_is_no_edit_and_one_without_its_label_is() -> None:
    was, slots = "Figure\u00a01. Buses", [Slot("a", 10, 15)]
    assert share(was, slots, "Figure\u00a02. Buses", {"a": (10, 15)}).loose == []
    assert share(was, slots, "Buses", {"a": (0, 5)}).loose == [("Figure\u00a01.", "")]

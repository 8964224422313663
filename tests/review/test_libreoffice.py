"""Files edited and saved by LibreOffice: each edit comes back as the same edit in Word does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desk import Desk, desk_with
from libreoffice_editing import Step, edit_in_libreoffice
from word_editing import WordFile, take_out, w

from briefgen.formats.docx.edited import NotReviewable
from briefgen.review.review import Reviewed

ANNA = "Anna"
FASTER = "faster than before"
PHASE = "A second phase, in Priory Road,"


def _unnote(word: WordFile) -> None:
    mark = word.note_runs(word.find(FASTER))[0]
    take_out(mark)


def _remove_row(word: WordFile) -> None:
    row = next(word.find("Publish the notice").iterancestors(w("tr")))
    take_out(row)


Same = Callable[[WordFile], object]
EDITS: dict[str, tuple[list[Step], Same]] = {
    "nothing": ([], lambda _: None),
    "replace": (
        [("replace", FASTER, "quicker than before")],
        lambda word: word.replace(FASTER, "quicker than before"),
    ),
    "append": (
        [("append", FASTER, ", at last,")],
        lambda word: word.insert_after(FASTER, ", at last,"),
    ),
    "number": (
        [("replace", "61 of 86 traders", "62 of 86 traders")],
        lambda word: word.replace("61 of 86 traders", "62 of 86 traders"),
    ),
    "split": (
        [("split", PHASE)],
        lambda word: word.split(word.find(PHASE), len(PHASE)),
    ),
    "join": (
        [("join", "The committee approved")],
        lambda word: word.join(word.find("The committee approved")),
    ),
    "remove": ([("remove", FASTER)], lambda word: word.remove(word.find(FASTER))),
    "move within a text": (
        [("move", "The committee approved", "A second phase, in")],
        lambda word: word.move(
            word.find("The committee approved"), word.find("A second phase, in")
        ),
    ),
    "move out of its place": (
        [("move", "Officers see no effect", "Vans unload")],
        lambda word: word.move(word.find("Officers see no effect"), word.find("Vans unload")),
    ),
    "row": ([("row", "Publish the notice")], _remove_row),
    "note": (
        [("note", FASTER, "See my memo of June.")],
        lambda word: word.note(FASTER, "See my memo of June."),
    ),
    "unnote": ([("unnote", "minutes against 17.")], _unnote),
    "italics": ([("italics", FASTER)], lambda word: word.format(FASTER, "i")),
    "item": (
        [("add", "loading bays, so that", "a warden on Saturdays.")],
        lambda word: word.add_paragraph(
            word.find("loading bays, so that"), "a warden on Saturdays."
        ),
    ),
    "layout": (
        [("replace", "Sign of success", "How to tell")],
        lambda word: word.replace("Sign of success", "How to tell"),
    ),
    "comment": (
        [("comment", FASTER, "Since when?", ANNA)],
        lambda word: word.comment(FASTER, "Since when?", ANNA),
    ),
    "tracked words": (
        [("track",), ("replace", FASTER, "quicker than before")],
        lambda word: word.replace(FASTER, "quicker than before", ANNA),
    ),
    "tracked removal": (
        [("track",), ("remove", "One bookseller does better")],
        lambda word: word.remove_tracked(word.find("One bookseller does better"), ANNA),
    ),
}


class Saved:
    """Copies that LibreOffice has saved, and the desk that they came from."""

    def __init__(self, folder: Path) -> None:
        self.desk = desk_with("bus-lanes", folder / "bus-lanes")
        answered = self.desk.export("overview")
        answered.comment(FASTER, "Since when?", ANNA, "Since 2023.", "Ben")
        answered.replace("One bookseller does", "One bookshop does", "Ben")
        copies = {name: (self.desk.export("overview"), steps) for name, (steps, _) in EDITS.items()}
        replaced: list[Step] = [("replace", FASTER, "quicker than before")]
        copies |= {"answered": (answered, replaced), "odt": (answered, [("odt",), *replaced])}
        self.paths = edit_in_libreoffice(folder, copies)

    def review(self, name: str) -> Reviewed:
        return self.desk.review(self.paths[name])


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    return Saved(tmp_path_factory.mktemp("libreoffice"))


def _told(review: Reviewed) -> object:
    """All that a review says, but for who tracked it, when, and how it was found."""
    changes = [
        (
            change.field,
            change.outcome,
            change.edited,
            change.merged.text if change.merged else "",
            [(a.old, a.new, a.claims) for a in change.alterations],
            [note.text for note in change.notes],
        )
        for change in review.changes
    ]
    comments = [
        (p.field, p.words, p.comment.author, p.comment.text, p.comment.replies)
        for p in review.comments
    ]
    loose = [(one.kind, one.was, one.now) for one in review.loose]
    revisions = [(p.revision.kind, p.revision.text.strip(), p.field) for p in review.revisions]
    return changes, loose, comments, revisions


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_comes_back_as_the_same_edit_in_word_does(saved: Saved, name: str) -> None:
    word = saved.desk.export("overview")
    EDITS[name][1](word)
    assert _told(saved.review(name)) == _told(saved.desk.review(word))


def test_edits_are_found_by_the_marks_that_are_left(saved: Saved) -> None:
    [change] = saved.review("replace").changes
    assert (change.outcome, change.sure) == ("merges", "mark")


def test_what_saving_destroyed_is_told_as_such_and_no_edit(saved: Saved) -> None:
    review = saved.review("nothing")
    [told] = review.destroyed
    assert told.startswith("LibreOffice/")
    assert "tags off all content controls" in told
    assert (review.changes, review.loose, review.comments, review.revisions) == ([], [], [], [])


def test_words_comments_and_tracked_changes_of_a_copy_that_was_passed_on(saved: Saved) -> None:
    """Edited in Word, with answers to a comment, then in LibreOffice."""
    review = saved.review("answered")
    assert {change.outcome for change in review.changes} == {"merges"}
    assert len(review.changes) == 2
    said = [(p.comment.author, p.comment.text, p.field) for p in review.comments]
    summary = "areas/bus-journeys/summary"
    # LibreOffice 7.4 keeps an answer as a comment of its own, before or behind the other.
    assert sorted(said) == [(ANNA, "Since when?", summary), ("Ben", "Since 2023.", summary)]
    assert [p.revision.author for p in review.revisions] == ["Ben", "Ben"]


def test_a_comment_that_has_no_date_has_none(saved: Saved) -> None:
    """LibreOffice writes 0-00-00 where nobody said when."""
    [placed] = saved.review("comment").comments
    assert placed.comment.date == ""


def test_a_copy_that_went_through_odt_is_refused_with_the_reason(saved: Saved) -> None:
    with pytest.raises(NotReviewable, match="saved in another format in between, such as ODT"):
        saved.review("odt")


def test_a_copy_of_libreoffice_merges(saved: Saved, desk: Desk) -> None:
    desk.merge(saved.paths["answered"])
    assert "quicker than before" in desk.text("areas.yaml")
    assert "One bookshop does" in desk.text("areas.yaml")
    assert "Since 2023." in desk.reviews()

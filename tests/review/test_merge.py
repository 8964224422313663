"""What merging writes, what it leaves to settle, and what it never touches."""

from __future__ import annotations

import pytest
from desk import Desk
from word_editing import take_out, text_of

from briefgen.problems import ProblemsFound
from briefgen.review.decisions import Decisions
from briefgen.review.merge import ConflictsLeft, plan_merge, write_merge

AREAS = "areas.yaml"


def test_an_unedited_copy_changes_nothing(desk: Desk) -> None:
    before = desk.fingerprints()
    plan = desk.merge(desk.export("overview"))
    assert plan.written == []
    assert desk.fingerprints() == before


def test_an_edit_changes_its_words_and_no_other_byte(desk: Desk) -> None:
    before = desk.text(AREAS)
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    desk.merge(word)
    assert desk.text(AREAS) == before.replace("faster than before", "quicker than before")
    assert desk.reviews() == ""


def test_the_next_export_shows_the_edit_and_merging_again_does_nothing(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    path = desk.saved(word)
    desk.merge(path)
    desk.export("overview").find("quicker than before")
    state = desk.fingerprints()
    plan = desk.merge(path)
    assert [change.outcome for change in plan.already] == ["already"]
    assert desk.fingerprints() == state


def test_edits_to_different_words_of_one_text_both_survive(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    desk.edit(AREAS, "More people board", "Far more people board")
    desk.merge(word)
    assert "quicker than before" in desk.text(AREAS)
    assert "Far more people board" in desk.text(AREAS)


def test_a_conflict_stops_everything_until_it_is_decided(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    word.replace("One bookseller does", "One bookshop does")
    desk.edit(AREAS, "faster than before", "swifter than before")
    state = desk.fingerprints()
    with pytest.raises(ConflictsLeft) as left:
        desk.merge(word)
    assert desk.fingerprints() == state
    [problem] = left.value.problems
    assert problem.code == "BG091"
    assert "swifter" in problem.what
    assert "quicker" in problem.what


@pytest.mark.parametrize(
    ("decisions", "written", "kept"),
    [
        (Decisions("ours"), "swifter", "quicker"),
        (Decisions("theirs"), "quicker", ""),
        (Decisions(ask=lambda *_: "speedier"), "speedier", "quicker"),
    ],
)
def test_a_decided_conflict_keeps_the_other_words(
    desk: Desk, decisions: Decisions, written: str, kept: str
) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    desk.edit(AREAS, "faster than before", "swifter than before")
    desk.merge(word, decisions=decisions)
    assert f"{written} than before" in desk.text(AREAS)
    assert kept in desk.reviews()


def test_two_reviewers_of_one_export(desk: Desk) -> None:
    anna, ben = desk.export("overview"), desk.export("overview")
    anna.replace("faster than before", "quicker than before")
    ben.replace("More people board", "Many more people board")
    ben.replace("One bookseller does", "One bookshop does")
    plan = desk.merge(desk.saved(anna, "anna.docx"), desk.saved(ben, "ben.docx"))
    text = desk.text(AREAS)
    assert "quicker than before" in text
    assert "Many more people board" in text
    assert "One bookshop does" in text
    assert len(plan.written) == 2


def test_a_changed_number_is_proposed_and_the_rest_merges(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("13 minutes against", "12 minutes against")
    word.replace("faster than before", "quicker than before")
    desk.merge(word)
    assert "13 minutes against" in desk.text(AREAS)
    assert "quicker than before" in desk.text(AREAS)
    reviews = desk.reviews()
    assert "kind: proposal" in reviews
    assert "minutes-2024" in reviews
    assert "12 minutes" in reviews


def test_a_claims_statement_is_only_proposed(desk: Desk) -> None:
    before = desk.fingerprints()
    word = desk.export("overview")
    paragraph = next(
        p for p in word.paragraphs() if text_of(p).startswith("The lanes on Market Street opened")
    )
    word.type(paragraph, 0, 0, "It is said that ")
    desk.merge(word)
    after = desk.fingerprints()
    assert {name: after[name] for name in before} == before
    assert "It is said that" in desk.reviews()


def test_a_contested_claim_keeps_its_other_side(desk: Desk) -> None:
    """What would break a rule of the dossier is taken back; the rest merges."""
    desk.edit(
        AREAS,
        "Officers see no effect on visitors, while 61",
        "Officers see no effect on visitors [@visitors-unchanged]. 61",
    )
    desk.edit(AREAS, "[@visitors-unchanged; @takings-fell]", "[@takings-fell]")
    before = desk.text(AREAS)
    word = desk.export("overview")
    word.replace(" 61 of 86 traders report lower takings.", "")
    for run in word.note_runs(word.find("Officers see"))[1:]:
        take_out(run)
    word.replace("One bookseller does", "One bookshop does")
    desk.merge(word)
    assert desk.text(AREAS) == before.replace("One bookseller does", "One bookshop does")
    assert "BG033" in desk.reviews()
    assert "kind: problem" in desk.reviews()


def test_as_lens_keeps_an_edit_to_the_edition(desk: Desk) -> None:
    shared = desk.text(AREAS)
    word = desk.export("shopkeepers")
    word.replace("Officers see", "Officials see")
    desk.merge(word, to_lens=True)
    assert desk.text(AREAS) == shared
    assert "Officials see" in desk.text("editions/shopkeepers.yaml")
    desk.export("shopkeepers").find("Officials see")
    desk.export("overview").find("Officers see")


def test_a_shared_text_names_the_other_editions_that_show_it(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("Officers see", "Officials see")
    [written] = desk.merge(word).written
    assert written.editions == ("shopkeepers",)


def test_a_record_that_is_gone_keeps_the_text_as_a_conflict(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    desk.edit(AREAS, "- id: bus-journeys", "- id: bus-rides")
    path = desk.path("")
    for file in path.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("bus-journeys", "bus-rides"), "utf-8")
    desk.merge(word)
    assert "faster than before" in desk.text(AREAS)
    reviews = desk.reviews()
    assert "kind: conflict" in reviews
    assert "quicker than before" in reviews


def test_a_deleted_text_takes_nothing_out_of_the_data(desk: Desk) -> None:
    before = desk.text(AREAS)
    word = desk.export("overview")
    word.remove(word.find("faster than before"))
    desk.merge(word)
    assert desk.text(AREAS) == before
    assert "kind: removal" in desk.reviews()


def test_comments_with_their_answers_are_kept_until_settled(desk: Desk) -> None:
    word = desk.export("overview")
    word.comment("faster than before", "Since when?", "Anna", "Since 2023.", "Ben")
    desk.merge(word)
    reviews = desk.reviews()
    for words in ("kind: comment", "Since when?", "Anna", "Since 2023.", "Ben", "bus-journeys"):
        assert words in reviews


def test_tracked_changes_accepted_rejected_and_by_author(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before", "Anna")
    word.replace("One bookseller does", "One bookshop does", "Ben")
    path = desk.saved(word)
    state = desk.text(AREAS)
    desk.merge(path, accepts=lambda _: False)
    assert desk.text(AREAS) == state
    desk.merge(path, accepts=lambda revision: revision.author == "Anna")
    assert "quicker than before" in desk.text(AREAS)
    assert "One bookseller does" in desk.text(AREAS)
    assert "bookshop" in desk.reviews()


def test_a_note_by_hand_is_a_problem_with_its_text(desk: Desk) -> None:
    before = desk.text(AREAS)
    word = desk.export("overview")
    word.note("faster than before", "See my memo of June.")
    desk.merge(word)
    assert desk.text(AREAS) == before
    assert "See my memo of June." in desk.reviews()


def test_data_that_somebody_saves_meanwhile_is_not_overwritten(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    plan = plan_merge([desk.review(word)], Decisions())
    desk.edit(AREAS, "Buses to the station", "All buses to the station")
    with pytest.raises(ProblemsFound):
        write_merge(plan)
    assert "All buses to the station" in desk.text(AREAS)
    assert "quicker" not in desk.text(AREAS)


def test_an_old_export_merges_against_what_it_was_made_from(desk: Desk) -> None:
    word = desk.export("overview")
    desk.edit(AREAS, "More people board them", "People board them more often")
    word.replace("faster than before", "quicker than before")
    desk.merge(word)
    assert "quicker than before" in desk.text(AREAS)
    assert "People board them more often" in desk.text(AREAS)


def test_emphasis_lists_and_links_come_back(desk: Desk) -> None:
    word = desk.export("overview")
    word.format("faster than before", "i")
    bay = word.find("loading bays")
    item = word.add_paragraph(bay, "a warden on Saturdays.")
    desk.merge(word)
    assert "*faster than before*" in desk.text(AREAS)
    assert "- a warden on Saturdays." in desk.text(AREAS)
    assert text_of(desk.export("overview").find("a warden on Saturdays")) == text_of(item)


def test_the_case_of_a_file_of_another_dossier(desk: Desk, india: Desk) -> None:
    from briefgen.problems import WrongUsage

    word = india.export("india", "one-page")
    with pytest.raises(WrongUsage, match="japan-nato"):
        desk.review(word)

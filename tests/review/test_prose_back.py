"""Text that was edited where it was shown comes back as the prose it came from."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from prose_edits import Sheet, edit, paragraph, prose, with_merged_notes
from shipped import project

from briefgen.dossier.base import PlainText, ProseIn
from briefgen.dossier.fields import marked_fields
from briefgen.dossier.model import KINDS
from briefgen.dossier.prose import cited_claims, unshown_markdown
from briefgen.formats.docx.reading import OBJECT, Emphasis
from briefgen.review.prose_back import Returned, Unreturnable, return_text
from briefgen.review.prose_cells import plainly, tidy
from briefgen.review.prose_shown import Kind, shown_of
from briefgen.review.shown import BREAK, Note, Shown

EM = Emphasis(em=True)
STRONG = Emphasis(strong=True)
SITE = Emphasis(href="https://example.org/x")


def edited(shown: Shown, *changes: tuple[str, str]) -> Shown:
    """The showing with words replaced; `¹` in them stands for a note and keeps its claims."""
    sheet = Sheet.of(shown)
    for old, new in changes:
        text = "".join(cell[0] for cell in sheet.cells).replace(OBJECT, "¹")
        assert text.count(old) == 1, (old, text)
        at = text.index(old)
        lost = sheet.cells[at : at + len(old)]
        notes = [cell for cell in lost if cell[2]]
        look = lost[0][1] if lost else Emphasis()
        put = [notes.pop(0) if c == "¹" else (c, look, None) for c in new]
        sheet.cells[at : at + len(old)] = put
    return sheet.shown()


def back(source: str, *changes: tuple[str, str], kind: Kind = "inline") -> str:
    was = shown_of(source, kind)
    return return_text(source, was, edited(was, *changes), kind).text


def marked(shown: Shown, words: str, look: Emphasis) -> Shown:
    sheet = Sheet.of(shown)
    at = shown.text.index(words)
    for i in range(at, at + len(words)):
        sheet.cells[i] = sheet.cells[i][0], look, sheet.cells[i][2]
    return sheet.shown()


def with_note(shown: Shown, behind: str, claims: tuple[str, ...], text: str = "") -> Shown:
    sheet = Sheet.of(shown)
    at = shown.text.index(behind) + len(behind)
    sheet.cells.insert(at, (OBJECT, Emphasis(), Note(at, claims, text)))
    return sheet.shown()


# What stayed.


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('It\'s "so" - and\nhere ‘too’ [@a] &amp; \\*there\\*  [@b;@c].\n', "inline"),
        ("_Some_ *words* **here** [x](#y 'title') <https://example.org>.", "inline"),
        ("One.\n\n\n- two\n-  three [@a]\n\n1) four\n\n   five\n", "blocks"),
        ('A *star* [@a]  \nand - "more"', "plain"),
    ],
)
def test_what_nobody_edited_is_the_same_to_the_byte(source: str, kind: Kind) -> None:
    was = shown_of(source, kind)
    assert return_text(source, was, was, kind) == Returned(source)
    # Read once more, its notes have words and its blanks break.
    reread = edited(was)
    retyped = replace(reread, text=reread.text.replace("\u00a0", " ").replace("’", "'"))
    assert return_text(source, was, retyped, kind).text == source


def test_one_word_changes_and_nothing_else() -> None:
    source = 'It\'s "so" - and\nhere &amp; \\*there\\* [@a;@b], *slanted* old _words_.\n'
    assert back(source, ("old", "new")) == source.replace("old", "new")


@pytest.mark.parametrize("words", ["*slanted*", "_slanted_", "**strong**", "[linked](#x 'title')"])
def test_words_in_marked_text_change_inside_their_marks(words: str) -> None:
    source = f"Some text {words} and more [@a]."
    plain = words.strip("*_").removeprefix("[").partition("]")[0]
    assert back(source, (plain, "other")) == source.replace(plain, "other")


def test_marks_go_with_the_words_in_them() -> None:
    assert back("Some *slanted* text.", ("slanted ", "")) == "Some text."


def test_lines_keep_their_breaks() -> None:
    assert back("One two\nthree four\nfive.", ("three", "3")) == "One two\n3 four\nfive."


# What is new.


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("2*3*4", "2\\*3\\*4"),
        ("a * b", "a * b"),
        ("_so_", "\\_so\\_"),
        ("snake_case", "snake_case"),
        ("[sic]", "\\[sic\\]"),
        ("R&D", "R&D"),
        ("&amp;", "\\&amp;"),
        ("<b>", "\\<b>"),
        ("3 < 4", "3 < 4"),
        ("a\\b \\*", "a\\b \\\\\\*"),
        ("`code`", "\\`code\\`"),
        ("[@a-claim]", "\\[&#64;a-claim\\]"),
        ("it’s “so”", 'it\'s "so"'),
        ("this – that", "this - that"),
        ("1999–2001", "1999–2001"),
        ("5\u00a0ships", "5 ships"),
        ("Mr\u00a0x", "Mr\u00a0x"),
        ("soft\u00adhyphen non\u2011breaking", "soft\u00adhyphen non\u2011breaking"),
    ],
)
def test_new_words_are_spelled_as_markdown_and_a_keyboard_have_it(typed: str, spelled: str) -> None:
    assert back("Some old text [@a].", ("old", typed)) == f"Some {spelled} text [@a]."


def test_quotation_marks_stay_curly_where_the_source_has_them_so() -> None:
    assert back("It’s old.", ("old", "the patrol’s")) == "It’s the patrol’s."


def test_a_quotation_mark_that_typesetting_turns_the_other_way_is_written_out() -> None:
    assert back("The old men.", ("old", "’90s")) == "The ’90s men."


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("1. Then", "1\\. Then"),
        ("- Then", "\\- Then"),
        ("# Then", "\\# Then"),
        ("> Then", "\\> Then"),
    ],
)
def test_the_start_of_a_paragraph_opens_no_list_or_heading(typed: str, spelled: str) -> None:
    assert back("First it was.", ("First", typed), kind="blocks") == f"{spelled} it was."


def test_a_year_that_comes_to_stand_first_opens_no_list() -> None:
    assert back("It ended in 1999. Then peace.", ("It ended in ", "")) == "1999\\. Then peace."


# Emphasis and links.


def test_emphasis_and_links_come_back() -> None:
    source = "Some words stand here [@a]."
    was = shown_of(source, "inline")
    for look, spelled in (
        (EM, "*words*"),
        (STRONG, "**words**"),
        (Emphasis(em=True, strong=True), "***words***"),
        (SITE, "[words](https://example.org/x)"),
        (Emphasis(href="#area-x"), "[words](#area-x)"),
        (Emphasis(href="https://e.org/a_(b"), "[words](<https://e.org/a_(b>)"),
    ):
        now = marked(was, "words", look)
        found = return_text(source, was, now, "inline")
        assert found == Returned(source.replace("words", spelled))


def test_emphasis_does_not_reach_over_blanks_at_its_edges() -> None:
    source = "Some words stand here."
    was = shown_of(source, "inline")
    now = marked(was, " words ", EM)
    assert return_text(source, was, now, "inline").text == "Some *words* stand here."


def test_emphasis_and_links_go() -> None:
    source = "Some *words* and [a link](#x) stand here."
    was = shown_of(source, "inline")
    now = replace(was, emphasis=())
    assert return_text(source, was, now, "inline").text == "Some words and a link stand here."


def test_emphasis_that_grows_into_other_emphasis_is_one() -> None:
    source = "Some *words* stand here."
    was = shown_of(source, "inline")
    now = marked(was, "Some words", EM)
    found = return_text(source, was, now, "inline")
    assert found == Returned("*Some words* stand here.")


def test_a_link_of_another_kind_comes_back_as_its_text_and_is_told() -> None:
    source = "Some words stand here."
    was = shown_of(source, "inline")
    now = marked(was, "words", Emphasis(em=True, href="http://example.org"))
    found = return_text(source, was, now, "inline")
    assert found.text == "Some *words* stand here."
    assert found.unshown == ("the link to http://example.org",)


def test_plain_text_takes_no_emphasis_and_tells_it() -> None:
    was = shown_of("A *plain* title", "plain")
    found = return_text("A *plain* title", was, marked(was, "title", EM), "plain")
    assert (found.text, found.unshown) == ("A *plain* title", ("emphasis",))


def test_what_looks_emphasised_in_the_export_already_is_no_emphasis_of_an_editor() -> None:
    was = shown_of("A plain title", "inline")
    bold = marked(was, was.text, STRONG)
    now = replace(bold, text="A plain name!", emphasis=((0, 13, STRONG),))
    assert return_text("A plain title", bold, now, "inline").text == "A plain name!"


# Citations.

CITED = "One says [@a]. Two say so [@b; @c]. Three."


def test_a_deleted_note_takes_its_citations_with_it() -> None:
    assert back(CITED, ("so.¹", "so.")) == "One says [@a]. Two say so. Three."


def test_a_note_stands_for_all_citations_since_the_one_before() -> None:
    source = "One [@a] says [@b]. Two [@c] say [@d]."
    assert back(source, ("says.¹", "says.")) == "One says. Two [@c] say [@d]."


def test_a_moved_note_takes_its_citations_along() -> None:
    was = shown_of(CITED, "inline")
    sheet = Sheet.of(was)
    cell = sheet.cells.pop(was.notes[0].at)
    sheet.cells.append(cell)
    found = return_text(CITED, was, sheet.shown(), "inline")
    assert found.text == "One says. Two say so [@b; @c]. Three [@a]."


@pytest.mark.parametrize(
    ("behind", "spelled"),
    [
        ("Three.", "Three [@x; @y]."),
        ("Three", "Three [@x; @y]."),
        ("Two", "Two [@x; @y] say so [@b; @c]."),
    ],
)
def test_a_new_note_is_written_before_the_stop(behind: str, spelled: str) -> None:
    was = shown_of(CITED, "inline")
    now = with_note(was, behind, ("x", "y"))
    assert spelled in return_text(CITED, was, now, "inline").text


def test_a_note_behind_a_closing_quotation_mark_is_written_behind_it() -> None:
    source = 'He said "so." They went.'
    was = shown_of(source, "inline")
    now = with_note(was, "so.”", ("x",))
    assert return_text(source, was, now, "inline").text == 'He said "so." [@x] They went.'


def test_words_deleted_round_a_kept_note_leave_the_citation() -> None:
    assert back(CITED, (" say so.", " do.")) == "One says [@a]. Two do [@b; @c]. Three."
    assert back(CITED, ("say ", "")) == "One says [@a]. Two so [@b; @c]. Three."
    # The whole sentence but for the note: it is the next one's, as it stands there.
    assert cited_claims(back(CITED, ("One says.", "")))[0][1] == "a"


def test_words_put_before_the_stop_are_cited_with_the_sentence() -> None:
    assert back("One says [@a].", ("says.", "says so.")) == "One says so [@a]."


def test_a_citation_in_the_middle_stays_with_its_words() -> None:
    source = "Ships [@a] sailed and planes [@b] flew."
    assert back(source, ("sailed", "went")) == "Ships [@a] went and planes [@b] flew."
    assert back(source, ("Ships", "Boats")) == "Boats [@a] sailed and planes [@b] flew."
    assert back(source, (" and planes flew.", ".")) == "Ships [@a] sailed [@b]."


def test_a_citation_never_comes_to_stand_at_the_sentence_before() -> None:
    source = "Zero. One says [@a]. Two say [@b]."
    was = shown_of(source, "inline")
    text = was.text.replace(f"says.{OBJECT}", "says.")
    merged = Shown(text, (Note(text.index(OBJECT), ("a", "b")),))
    now = Shown(f"Zero. Two say.{OBJECT}", (Note(14, ("a", "b")),))
    assert return_text(source, merged, now, "inline").text == "Zero. Two say [@a; @b]."


def test_a_note_that_is_not_of_this_field_stays_out_of_it() -> None:
    source = "A caption of a figure"
    was = with_note(shown_of(source, "inline"), "figure", ("drawn-from",))
    now = edited(was, ("caption", "title"))
    assert return_text(source, was, now, "inline") == Returned("A title of a figure")
    copied = with_note(now, "A title", ("drawn-from",))
    assert return_text(source, was, copied, "inline").text == "A title of a figure"


def test_claims_that_a_note_names_beside_those_of_the_field_are_neither_lost_nor_invented() -> None:
    source = "A caption [@a] of a figure"
    was = with_note(replace(shown_of("A caption of a figure", "inline")), "figure", ("a", "z"))
    now = edited(was, ("caption", "title"))
    assert return_text(source, was, now, "inline").text == "A title [@a] of a figure"
    moved = Sheet.of(now)
    moved.cells.insert(1, moved.cells.pop())
    assert return_text(source, was, moved.shown(), "inline").text == "A [@a] title of a figure"


def test_a_sentence_that_is_taken_out_takes_its_citations_from_a_note_of_several() -> None:
    source = "One says [@a]. Two says [@b; @c]. Three says [@d]."
    text = "One says. Two says. Three says.\ufffc"
    was = Shown(text, (Note(len(text) - 1, ("a", "b", "c", "d")),))
    shorter = text.replace(" Two says.", "")
    now = Shown(shorter, (Note(len(shorter) - 1, ("a", "b", "c", "d")),))

    assert return_text(source, was, now, "inline").text == "One says [@a]. Three says [@d]."


def test_other_words_in_a_sentence_s_place_keep_its_citations() -> None:
    source = "One says [@a]. Two says [@b]."
    text = "One says. Two says.\ufffc"
    was = Shown(text, (Note(len(text) - 1, ("a", "b")),))
    other = "One says. Nobody knows.\ufffc"
    now = Shown(other, (Note(len(other) - 1, ("a", "b")),))

    found = return_text(source, was, now, "inline").text
    assert {name for _, name in cited_claims(found)} == {"a", "b"}


def test_a_note_without_claims_is_loose() -> None:
    was = shown_of(CITED, "inline")
    now = with_note(was, "Three.", (), "See the author.")
    found = return_text(CITED, was, now, "inline")
    assert found.text == CITED
    assert [note.text for note in found.loose_notes] == ["See the author."]


def test_a_note_in_plain_text_is_loose_whatever_it_cites() -> None:
    was = shown_of("A title", "plain")
    now = with_note(was, "title", ("x",))
    found = return_text("A title", was, now, "plain")
    assert (found.text, [n.claims for n in found.loose_notes]) == ("A title", [("x",)])


# Blocks.

BLOCKS = "One [@a]. Two.\n\n- red\n- green [@b]\n\nThree *slanted*\nwords."


def blocks_back(change: str, by: str, items: set[int]) -> str:
    was = shown_of(BLOCKS, "blocks")
    now = replace(edited(was, (change, by)), items=frozenset(items))
    return return_text(BLOCKS, was, now, "blocks").text


def test_a_break_that_is_deleted_joins() -> None:
    assert blocks_back(f"green¹{BREAK}Three", "green¹ Three", {1, 2}) == (
        "One [@a]. Two.\n\n- red\n- green [@b] Three *slanted*\nwords."
    )


def test_a_break_that_is_put_in_splits() -> None:
    assert blocks_back(".¹ Two", f".¹{BREAK}Two", {2, 3}) == BLOCKS.replace(". Two", ".\n\nTwo")


def test_an_item_that_is_put_in_has_the_mark_of_its_list() -> None:
    assert blocks_back("red", f"red{BREAK}blue", {1, 2, 3}) == (
        BLOCKS.replace("- red\n", "- red\n- blue\n")
    )


def test_paragraphs_become_items_and_items_paragraphs() -> None:
    assert blocks_back("Three", "Three", {1, 2, 3}) == BLOCKS.replace("\n\nThree", "\n- Three")
    assert blocks_back("Three", "Three", {2}) == BLOCKS.replace("- red\n", "red\n\n")


def test_a_paragraph_that_moves_keeps_its_spelling() -> None:
    source = "One [@a] is\n_here_.\n\nTwo &amp; more [@b].\n\nThree."
    was = shown_of(source, "blocks")
    first, second, third = Sheet.of(was).shown().text.split(BREAK)
    now = Shown(
        BREAK.join([third, second, first]),
        (Note(len(third) + len(second), ("b",)), Note(len(was.text) - 1, ("a",))),
        ((len(was.text) - 6, len(was.text) - 2, EM),),
    )
    found = return_text(source, was, now, "blocks").text
    assert found == "Three.\n\nTwo &amp; more [@b].\n\nOne [@a] is\n_here_."


def test_a_numbered_list_goes_on_counting() -> None:
    source = "1. one\n2. two\n3. three"
    was = shown_of(source, "blocks")
    more = Shown(was.text.replace("two", f"two{BREAK}more"), items=frozenset(range(4)))
    assert return_text(source, was, more, "blocks").text == "1. one\n2. two\n3. more\n4. three"
    fewer = Shown(was.text.replace(f"two{BREAK}", ""), items=frozenset(range(2)))
    assert return_text(source, was, fewer, "blocks").text == "1. one\n2. three"


def test_in_one_paragraph_a_break_is_a_blank() -> None:
    source = "One says. Two say."
    for kind in ("plain", "inline"):
        was = shown_of(source, kind)
        now = replace(was, text=f"One says.{BREAK}Two did.")
        assert return_text(source, was, now, kind).text == "One says. Two did."


def test_a_forced_line_break_is_a_blank_and_told() -> None:
    was = shown_of("One says.", "inline")
    found = return_text("One says.", was, Shown("One\nsaid."), "inline")
    assert (found.text, found.unshown) == ("One said.", ("a forced line break",))


def test_a_text_that_is_deleted_is_empty() -> None:
    assert back("One says.", ("One says.", "")) == ""


# What cannot come back.


def test_an_export_that_shows_other_words_than_its_source_is_refused() -> None:
    with pytest.raises(Unreturnable, match="other words"):
        return_text("One says.", Shown("Two say."), Shown("Two said."), "inline")


def test_a_source_with_what_documents_do_not_show_is_refused() -> None:
    source = "Some `code` and words."
    was = shown_of(source, "inline")
    assert return_text(source, was, was, "inline").text == source
    with pytest.raises(Unreturnable, match="code"):
        return_text(source, was, edited(was, ("words", "text")), "inline")


def test_a_note_in_a_paragraph_without_words_is_refused() -> None:
    with pytest.raises(Unreturnable, match="without words"):
        back("One says [@a].\n\nTwo.", ("One says.", ""), kind="blocks")


def test_a_character_that_no_document_holds_is_refused() -> None:
    with pytest.raises(Unreturnable, match="character"):
        back("One says.", ("says", "says\x01"))


# Anything.


def check(source: str, was: Shown, now: Shown, kind: Kind) -> Returned | None:
    """Bring a text back and compare how it shows; nothing where it was rightly refused."""
    wanted = tidy(now, kind)
    try:
        found = return_text(source, was, now, kind)
    except Unreturnable as refusal:
        assert "without words" in str(refusal)  # noqa: PT017
        return None
    shown = tidy(shown_of(found.text, kind), kind)
    assert plainly(shown.text) == plainly(wanted.text)
    if kind == "plain":
        return found
    looks = [
        look for char, look in zip(wanted.chars, wanted.looks, strict=True) if not char.isspace()
    ]
    others = [
        look for char, look in zip(shown.chars, shown.looks, strict=True) if not char.isspace()
    ]
    assert others == looks
    assert shown.items == wanted.items
    cited = {name for _, name in cited_claims(found.text)}
    assert cited <= {name for _, note in wanted.notes for name in note.claims}
    # A note loses only what was cited by words that are gone, and never all of it.
    assert all(cited & set(note.claims) for _, note in wanted.notes if note.claims)
    assert len(found.loose_notes) == sum(not note.claims for _, note in wanted.notes)
    return found


def generated(random: Random) -> tuple[str, Kind]:
    while True:
        kind: Kind = random.choice(["blocks", "blocks", "inline"])
        source = prose(random) if kind == "blocks" else paragraph(random)
        if not any(unshown_markdown(source, blocks=kind == "blocks")):
            return source, kind


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_edited_shows_as_edited(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same texts every time
    exact = 0
    for _ in range(120):
        source, kind = generated(random)
        was = shown_of(source, kind)
        if random.random() < 0.4:
            was = with_merged_notes(was, random)
        assert return_text(source, was, was, kind).text == source
        sheet = Sheet.of(was)
        for _ in range(random.choice([1, 1, 2, 4])):
            edit(sheet, random, blocks=kind == "blocks")
        found = check(source, was, sheet.shown(), kind)
        exact += found is None or found.is_exact
    # Nearly all is spliced: to write a block anew is for the rest.
    assert exact > 110


def shipped_values() -> list[tuple[str, Kind]]:
    found: dict[tuple[str, Kind], None] = {}
    for loaded in project("japan-nato").dossiers.values():
        records = [r for kind in KINDS for r in loaded.dossier.records(kind).values()]
        editions = [edition.edition for edition in loaded.editions.values()]
        for model in (loaded.dossier.about, *records, *editions):
            for value in marked_fields(model, (ProseIn, PlainText)):
                if isinstance(value.mark, ProseIn):
                    found[value.text, "blocks" if value.mark.blocks else "inline"] = None
                elif not value.is_key:
                    found[value.text, "plain"] = None
    return list(found)


def test_every_value_of_the_shipped_dossier_comes_back() -> None:
    values = shipped_values()
    assert {kind for _, kind in values} == {"plain", "inline", "blocks"}
    prosaic = [value for value in values if value[1] != "plain"]
    plain = [value for value in values if value[1] == "plain"]
    for number, (source, kind) in enumerate([*prosaic, *plain[::10]]):
        was = shown_of(source, kind)
        # From a keyboard: the same, but not by the first comparison.
        typed = replace(was, text=plainly(was.text))
        assert return_text(source, was, typed, kind).text == source
        if kind == "inline" and number % 3:
            continue
        random = Random(number)  # noqa: S311 - the same edits every time
        sheet = Sheet.of(with_merged_notes(was, random))
        merged = sheet.shown()
        edit(sheet, random, blocks=kind == "blocks")
        check(source, merged, sheet.shown(), kind)

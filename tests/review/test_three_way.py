"""Texts compared and merged word by word."""

from __future__ import annotations

import re
from random import Random

import pytest

from briefgen.review.alignment import aligned
from briefgen.review.three_way import (
    Conflict,
    Hunk,
    Merged,
    Own,
    apply,
    difference,
    hunks,
    merge,
    resolve,
)

BASE = "The old navy sails far [@a]. It came home in 2024.\n\nNothing more."


def changed(old: str, new: str, base: str = BASE) -> str:
    assert base.count(old) == 1
    return base.replace(old, new)


# Hunks.


@pytest.mark.parametrize(
    ("old", "new", "hunk"),
    [
        ("old", "new", ("old", "new")),
        ("sails", "sailed", ("sails", "sailed")),
        ("2024", "2025", ("2024", "2025")),
        ("[@a]", "[@a; @b]", ("[@a]", "[@a; @b]")),
        ("old navy", "new fleet", ("old navy", "new fleet")),
        ("It came home in 2024.", "It came back.", ("home in 2024", "back")),
        ("old ", "", ("old ", "")),
        ("home", "home again", ("", "again ")),
        (" It came home in 2024.", "", (" It came home in 2024.", "")),
        ("2024.", "2024. It stayed.", ("", " It stayed.")),
        ("\n\nNothing", " Nothing", ("\n\n", " ")),
    ],
)
def test_a_hunk_is_whole_words(old: str, new: str, hunk: tuple[str, str]) -> None:
    edited = changed(old, new)
    [found] = hunks(BASE, edited)
    assert (BASE[found.start : found.end], found.replacement) == hunk
    assert apply(BASE, [found]) == edited


def test_a_sentence_that_goes_goes_from_its_start_to_the_next() -> None:
    assert hunks("A one. A two. A three.", "A one. A three.") == (Hunk(7, 14, ""),)


def test_what_two_edits_leave_between_them_is_no_crumb() -> None:
    rewritten = "The old navy of Japan sails", "Every young sailor of India swims"
    assert len(hunks(*rewritten)) == 2
    long = "These ships carried soldiers of yesterday, waiting", "Modern vessels bring of sailors"
    assert difference(*long)[0][0] == "deleted"


def test_a_line_that_is_wrapped_elsewhere_is_the_same_but_for_the_blanks() -> None:
    wrapped = BASE.replace("navy sails", "navy\n  sails")
    assert [(BASE[h.start : h.end], h.replacement) for h in hunks(BASE, wrapped)] == [(" ", "\n  ")]
    assert difference(BASE, wrapped) == [("kept", wrapped)]


def test_a_difference_reads_in_order() -> None:
    assert difference("The old navy sails.", "The new navy sails today.") == [
        ("kept", "The "),
        ("deleted", "old"),
        ("inserted", "new"),
        ("kept", " navy sails"),
        ("inserted", " today"),
        ("kept", "."),
    ]


# Merging.


def test_edits_of_different_words_of_a_sentence_both_survive() -> None:
    merged = merge(BASE, changed("old", "new"), changed("far", "near"))
    assert merged == Merged(changed("old", "new", changed("far", "near")))


def test_neighbouring_words_are_different_words() -> None:
    merged = merge(BASE, changed("old", "new"), changed("navy", "fleet"))
    assert merged == Merged(changed("old navy", "new fleet"))


def test_the_same_edit_on_both_sides_is_no_conflict() -> None:
    edited = changed("old", "new")
    assert merge(BASE, edited, edited) == Merged(edited)
    more = changed("far", "near", edited)
    assert merge(BASE, edited, more) == Merged(more)


def test_two_edits_of_one_word_conflict() -> None:
    ours, theirs = changed("old", "new"), changed("old", "older")
    merged = merge(BASE, ours, theirs)
    assert merged.text == ours
    assert merged.conflicts == (Conflict(4, 7, "old", "new", "older", 4),)
    assert resolve(merged, ["ours"]) == ours
    assert resolve(merged, ["theirs"]) == theirs
    assert resolve(merged, [Own("young")]) == changed("old", "young")


def test_words_put_in_at_one_place_conflict() -> None:
    merged = merge(BASE, changed("2024.", "2024. We."), changed("2024.", "2024. They."))
    [conflict] = merged.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("", " We.", " They.")


def test_words_put_in_at_the_edge_of_words_that_go_conflict() -> None:
    merged = merge(BASE, changed("old", "very old"), changed("old ", ""))
    [conflict] = merged.conflicts
    assert (conflict.ours, conflict.theirs) == ("very old ", "")


def test_a_rewritten_sentence_conflicts_as_a_whole_with_edits_inside_it() -> None:
    ours = changed("It came home in 2024.", "Nobody knows when those ships returned.")
    theirs = changed("in 2024", "in 2025", changed("came", "went"))
    merged = merge(BASE, ours, theirs)
    assert merged.text == ours
    assert "".join(c.theirs for c in merged.conflicts).count("2025") == 1


def test_a_conflict_says_where_its_words_stand_in_base_and_text() -> None:
    ours = changed("home", "h", changed("old", "quite new"))
    merged = merge(BASE, ours, changed("home", "back"))
    [conflict] = merged.conflicts
    assert merged.text[conflict.start : conflict.end] == conflict.ours == "h"
    assert BASE[conflict.base_start :].startswith(conflict.base)


def test_blanks_alone_never_conflict() -> None:
    wrapped = BASE.replace(" ", "\n  ")
    ours, theirs = changed("old navy", "new fleet"), wrapped.replace("far", "near")
    for one, other in ((ours, wrapped), (wrapped, ours), (ours, theirs), (theirs, ours)):
        merged = merge(BASE, one, other)
        assert not merged.conflicts
        assert "new fleet" in " ".join(merged.text.split())
    assert merge(BASE, ours, wrapped).text.count("\n  ") > 8
    assert merge(BASE, BASE.replace(" ", "\n", 1), BASE.replace(" ", "\n\t", 1)).conflicts == ()


def test_a_citation_is_one_word() -> None:
    merged = merge(BASE, changed("[@a]", "[@a; @b]"), changed("[@a]", "[@a; @c]"))
    [conflict] = merged.conflicts
    assert conflict.base == "[@a]"


def test_paragraphs_that_are_joined_and_words_edited_beside_them_merge() -> None:
    merged = merge(BASE, changed("\n\nNothing", " Nothing"), changed("more", "else"))
    assert merged == Merged(changed("\n\nNothing more", " Nothing else"))


def test_every_conflict_wants_a_choice() -> None:
    merged = merge(BASE, changed("old", "new"), changed("old", "older"))
    with pytest.raises(ValueError, match="argument 2"):
        resolve(merged, [])


# Laws.

WORDS = [
    *[
        "a",
        "b",
        "c",
        "the",
        "of",
        "India",
        "Japan",
        "navy",
        ",",
        ".",
        ".",
        "[@a]",
        "[@b;@c]",
        "2024",
    ],
    "\n\n",
    "\n- ",
]


def scribbled(random: Random) -> str:
    words = random.choices(WORDS, k=random.randint(0, 14))
    return "".join(word + random.choice([" ", " ", "\n", ""]) for word in words)


def scribbled_on(text: str, random: Random, mark: str) -> str:
    parts = re.split(r"(?<=\s)", text)
    for _ in range(random.randint(0, 3)):
        at = random.randrange(len(parts) + 1)
        new = f"{mark}{random.randrange(100)} "
        kind = random.random()
        if kind < 0.3:
            parts[at:at] = [new]
        elif kind < 0.5:
            parts[at : at + random.randint(1, 4)] = []
        elif kind < 0.9:
            parts[at : at + 1] = [new]
        else:
            parts = [part.replace(" ", "\n") for part in parts]
    return "".join(parts)


@pytest.mark.parametrize("seed", range(4))
def test_laws(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same texts every time
    conflicting = 0
    for _ in range(400):
        base = scribbled(random)
        ours = scribbled_on(base, random, "ours")
        theirs = scribbled_on(base, random, "theirs")
        assert apply(base, hunks(base, ours)) == ours
        assert merge(base, base, ours) == merge(base, ours, base) == Merged(ours)
        assert merge(base, ours, ours) == Merged(ours)
        one, other = merge(base, ours, theirs), merge(base, theirs, ours)
        assert len(one.conflicts) == len(other.conflicts)
        taken = resolve(one, ["theirs"] * len(one.conflicts))
        given = resolve(other, ["ours"] * len(other.conflicts))
        assert taken.split() == given.split()
        # Nothing that was put in is lost.
        everything = " ".join([one.text, *(c.theirs for c in one.conflicts)])
        for word in re.findall(r"ours\d+|theirs\d+", f"{ours} {theirs}"):
            assert re.search(rf"{word}(?!\d)", everything)
        for conflict in one.conflicts:
            assert one.text[conflict.start : conflict.end] == conflict.ours
            assert base[conflict.base_start :].startswith(conflict.base)
        shown = difference(base, ours)
        assert "".join(text for kind, text in shown if kind != "deleted") == ours
        kept = "".join(text for kind, text in shown if kind != "inserted")
        assert "".join(kept.split()) == "".join(base.split())
        conflicting += bool(one.conflicts)
    assert 40 < conflicting < 360


def test_what_is_compared_stays_bounded_in_a_long_text_of_repeats() -> None:
    random = Random(0)  # noqa: S311 - the same text every time
    old, new = (random.choices("ab ", k=20_000) for _ in range(2))
    asked = 0

    def weigh(_key: object) -> int:
        nonlocal asked
        asked += 1
        return 1

    aligned(old, new, weigh)
    assert asked < 500_000

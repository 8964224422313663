"""Edits of YAML leave every other byte of a file as it was."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.dossier.yaml_edit import Unwritable, add_text, remove, set_text
from briefgen.dossier.yaml_places import parse_yaml

DATA = Path(__file__).parents[2] / "data" / "japan-nato"
LONG = "word " * 18 + "end"


def value_at(text: str, path: tuple[str | int, ...]) -> Any:
    value = parse_yaml(text, "").data
    for step in path:
        value = value[step]
    return value


# --- One text: each style -----------------------------------------------------

STYLES = {
    "plain": ("a: one two three\nb: 1\n", "a: one 2 three\nb: 1\n"),
    "plain with a comment": ("a: one two three  # why\nb: 1\n", "a: one 2 three  # why\nb: 1\n"),
    "single quotes": ("a: 'one two ''three'' '\nb: 1\n", "a: 'one 2 ''three'' '\nb: 1\n"),
    "double quotes": (
        'a: "one two \\u00e9t\\u00e9 \\"q\\""\nb: 1\n',
        'a: "one 2 \\u00e9t\\u00e9 \\"q\\""\nb: 1\n',
    ),
    "plain over lines": ("a: one two\n  three\nb: 1\n", "a: one 2\n  three\nb: 1\n"),
    "quotes over lines": ('a: "one two\n\n  three"\nb: 1\n', 'a: "one 2\n\n  three"\nb: 1\n'),
    "an escaped break": ('a: "one two th\\\n  ree"\nb: 1\n', 'a: "one 2 th\\\n  ree"\nb: 1\n'),
    "folded, stripped": (
        "a: >-\n  one\n  two three\n\nb: 1\n",
        "a: >-\n  one\n  2 three\n\nb: 1\n",
    ),
    "folded, clipped": (
        "a: >\n    one\n    two three\nb: 1\n",
        "a: >\n    one\n    2 three\nb: 1\n",
    ),
    "folded, kept": ("a: >+\n  one two\n\n\nb: 1\n", "a: >+\n  one 2\n\n\nb: 1\n"),
    "folded, paragraphs": (
        "a: >-\n  one two\n\n\n  three\n\nb: 1\n",
        "a: >-\n  one 2\n\n\n  three\n\nb: 1\n",
    ),
    "folded, more indented": (
        "a: >-\n  one two\n    - x\n    - y\n  three\nb: 1\n",
        "a: >-\n  one 2\n    - x\n    - y\n  three\nb: 1\n",
    ),
    "literal, stripped": ("a: |-\n  one two\n  three\nb: 1\n", "a: |-\n  one 2\n  three\nb: 1\n"),
    "literal, clipped": ("a: |\n  one two\n\n  three\nb: 1\n", "a: |\n  one 2\n\n  three\nb: 1\n"),
    "literal, kept": ("a: |+\n  one two\n\nb: 1\n", "a: |+\n  one 2\n\nb: 1\n"),
    "indentation given": (
        "a: |2-\n    one two\n  three\nb: 1\n",
        "a: |2-\n    one 2\n  three\nb: 1\n",
    ),
    "a comment on the head": ("a: >- # why\n  one two\nb: 1\n", "a: >- # why\n  one 2\nb: 1\n"),
    "an item of a list": ("a:\n- >-\n  one two\n- b\n", "a:\n- >-\n  one 2\n- b\n"),
    "between braces": ("a: {b: one two, c: [d]}\n", "a: {b: one 2, c: [d]}\n"),
    "no line end": ("a: >-\n  one two", "a: >-\n  one 2"),
    "blank lines, spaces behind": (
        "\n# c \na: >-\n   one two  \n   \n \n# d\nb:   1   \n",
        "\n# c \na: >-\n   one 2  \n   \n \n# d\nb:   1   \n",
    ),
}
PATHS: dict[str, tuple[str | int, ...]] = {
    "an item of a list": ("a", 0),
    "between braces": ("a", "b"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("name", STYLES)
def test_a_word_is_changed_in_its_place(name: str, bom: str, newline: str) -> None:
    before, after = (bom + text.replace("\n", newline) for text in STYLES[name])
    path = PATHS.get(name, ("a",))
    value = str(value_at(before.removeprefix(bom), path)).replace("two", "2")

    assert set_text(before, path, value) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: one\n", "b: c", 'a: "b: c"\n'),
        ("a: one\n", 'b: "c"', "a: 'b: \"c\"'\n"),
        ("a: one  # why\n", "b\n\nc", "a: >-  # why\n  b\n\n\n  c\n"),
        ("a: one\n", "b\n  - c", "a: >-\n  b\n    - c\n"),
        ("a: one\n", "5", 'a: "5"\n'),
        ("a: one\n", "", 'a: ""\n'),
        ("a: 'it'\n", "it's", "a: 'it''s'\n"),
        ('a: "b"\n', 'c\n"d"', 'a: "c\\n\\"d\\""\n'),
        ("a: >-\n  one\n  two\n", "one\n\ntwo", "a: >-\n  one\n\n\n  two\n"),
        ("a: >-\n  one\n", "one\n- b\n- c", "a: >-\n  one\n\n  - b\n\n  - c\n"),
        ("a: >-\n  one\n", "  one", 'a: "  one"\n'),
        ("a: >-\n  one\n", "one ", 'a: "one "\n'),
        ("a: |-\n  one\n", "one \n b", 'a: "one \\n b"\n'),
        ("a: |\n  one\n", "two", "a: |\n  two\n"),
        ("a: >- # why\n  one\nb: 1\n", " two", 'a: " two" # why\nb: 1\n'),
        ("a:\nb: 1\n", "one", "a: one\nb: 1\n"),
        ("a: >-\nb: 1\n", "one", "a: >-\n  one\nb: 1\n"),
        ("a: 1990\n", "1991", "a: 1991\n"),
        ("a: {b: one}\n", "one, two", 'a: {b: "one, two"}\n'),
        ("a: {b: one}\n", "x\n\ny", 'a: {b: "x\\n\\ny"}\n'),
    ],
)
def test_the_nearest_style_that_can_hold_the_text_is_taken(
    before: str, value: str, after: str
) -> None:
    path = ("a", "b") if "{" in before else ("a",)

    assert set_text(before, path, value) == after


# --- Lines --------------------------------------------------------------------


def wrapped(words: str, at: int) -> str:
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > at:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "".join(f"  {line}\n" for line in [*lines, line])


def test_only_a_line_that_grew_too_long_is_broken_anew() -> None:
    first, second, third = "a" * 60 + " bb", "c" * 90, "d e f"
    before = f"x: >-\n  {first}\n  {second}\n  {third}\ny: 1\n"
    value = f"{first} {'n' * 38} {second} {third}"

    after = f"x: >-\n  {first}\n  {'n' * 38}\n  {second}\n  {third}\ny: 1\n"
    assert set_text(before, ("x",), value) == after


def test_what_is_broken_off_joins_the_next_line_where_there_is_room() -> None:
    first = "a" * 60 + " " + "b" * 30
    before = f"x: >-\n  {first}\n  last words\ny: 1\n"
    value = f"{'a' * 60} new words {'b' * 30} last words"

    after = f"x: >-\n  {'a' * 60} new words\n  {'b' * 30} last words\ny: 1\n"
    assert set_text(before, ("x",), value) == after


def test_words_at_the_end_of_a_line_stay_before_its_break() -> None:
    before = "x: >-\n  one two\n  three four\n"

    assert (
        set_text(before, ("x",), "one two new three four") == "x: >-\n  one two new\n  three four\n"
    )
    assert set_text(before, ("x",), "one three four") == "x: >-\n  one\n  three four\n"
    assert set_text(before, ("x",), "one two four") == "x: >-\n  one two\n  four\n"
    assert set_text(before, ("x",), "one 2 3 four") == "x: >-\n  one 2\n  3 four\n"
    assert set_text(before, ("x",), "one four") == "x: >-\n  one four\n"


def test_what_is_left_of_two_lines_is_broken_again_where_it_is_too_long() -> None:
    first, second = "a" * 60, "b" * 60
    before = f"x: >-\n  {first} two three four\n  five six {second}\n"

    after = f"x: >-\n  {first} two\n  {second}\n"
    assert set_text(before, ("x",), f"{first} two {second}") == after


def test_a_file_of_shorter_lines_keeps_to_them() -> None:
    words = " ".join(f"word{i}" for i in range(60))
    before = f"x: >-\n{wrapped(words, 76)}"
    value = words.replace("word3 ", "word3 and some more words that are new here ")

    after = set_text(before, ("x",), value)

    assert max(map(len, after.splitlines())) <= 78
    assert after.splitlines()[3:] == before.splitlines()[2:]


def test_one_long_line_stays_one_line() -> None:
    before = f"x: >-\n  {LONG} {LONG}\n"

    assert set_text(before, ("x",), f"{LONG} more {LONG}") == f"x: >-\n  {LONG} more {LONG}\n"


def test_a_plain_text_that_outgrows_its_line_goes_on_below() -> None:
    after = set_text("- x: a title\n  y: 1\n", (0, "x"), f"a title {LONG}")

    first, second, last = after.splitlines()
    assert len(first) <= 100
    assert first.startswith("- x: a title word")
    assert second == "    end" or second.startswith("    word")
    assert last == "  y: 1"


# --- Everything in the dossier ------------------------------------------------


Way = tuple[str | int, ...]


def prose_of(
    data: Any, path: tuple[str | int, ...] = ()
) -> list[tuple[tuple[str | int, ...], str]]:
    items = data.items() if isinstance(data, dict) else enumerate(data)
    found: list[tuple[tuple[str | int, ...], str]] = []
    for step, value in items:
        if isinstance(value, dict | list):
            found += prose_of(value, (*path, step))
        elif isinstance(value, str) and " " in value:
            found.append(((*path, step), value))
    return found


WORDS = (
    "naval",
    "Japan's",
    "‘quoted’",
    "2024,",
    "[@claim; @other]",
    "and",
    "東京",
    "co-operation;",
)


def edited(value: str, chance: random.Random) -> str:
    parts = re.split(r"(\s+)", value)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(0, len(parts), 2)
        how = chance.choice("idrs")
        if how == "d" and len(parts) > 3:
            del parts[at : at + 2]
            if not len(parts) % 2:
                parts.pop()
        elif how == "r":
            parts[at] = chance.choice(WORDS)
        elif how == "s":
            parts[at] = parts[at][::-1].strip("'\"@`%&*!|>#:-") or "x"
        else:
            parts[at:at] = [chance.choice(WORDS), " "]
    return "".join(parts)


def parts_of(file: Path) -> list[str]:
    """The text of each record of a file, or the whole text where it is no list."""
    text = file.read_bytes().decode()
    return re.split(r"(?m)^(?=- id:)", text)[1:] or [text]


@pytest.mark.parametrize("file", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.stem)
def test_random_edits_touch_no_line_but_those_of_the_text(file: Path) -> None:
    chance = random.Random(file.name)  # noqa: S311
    for before in parts_of(file):
        places = parse_yaml(before, "")
        lines = before.splitlines(keepends=True)
        starts = sorted({place.line for place in (*places.keys.values(), *places.values.values())})
        texts = prose_of(places.data)
        for path, value in texts if len(texts) < 40 else chance.sample(texts, 25):
            wanted = edited(value, chance)
            after = set_text(before, path, wanted)
            assert value_at(after, path) == wanted
            first = places.values[path].line
            end = next((start for start in starts if start > first), len(lines) + 1)
            new = after.splitlines(keepends=True)
            rest = len(lines) - end + 1
            assert new[: first - 1] == lines[: first - 1]
            assert new[len(new) - rest :] == lines[end - 1 :]
            if ">-" in lines[first - 1]:
                assert set_text(after, path, value).split() == before.split()


HOSTILE = st.one_of(
    st.sampled_from(
        [
            *(
                "- a",
                "? a",
                ": a",
                "a: b",
                "a #b",
                "# a",
                "@a",
                "%a",
                "`a",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
            ),
            *(
                "{a}",
                "[a]",
                "a]",
                "a, b",
                "'",
                '"',
                "''",
                '"a" b',
                "a\\b",
                "---",
                "...",
                "~",
                "null",
            ),
            *(
                "true",
                "5",
                "1.5",
                "0x1F",
                "",
                " ",
                "\n",
                "a\n",
                "\na",
                "a\n\nb",
                "a\n\n\nb",
                "a \nb",
            ),
            *("a\n b", " a", "a\tb", "\ta", "a\n\tb", "- a\n- b", "a\n\n- b\n  - c\n- d\n\ne"),
            *("x" * 300, "東京 " * 40, "𝄞 é", "a\u00a0b", "a\r\nb", "word " * 40, "'a': b", "a:"),
            *("a\n   \nb", "   \n\na", "\\", "a\\", "<<", "=", "2024-06-01", "key: >-\n  x"),
        ]
    ),
    st.text(st.sampled_from(list("ab \n:#-'\"\\{}[],&*!|>%@`é")), max_size=30),
)
HOLDERS = {
    "plain": ("k: old text\nz: 1\n", ("k",)),
    "single": ("k: 'old text'  # c\nz: 1\n", ("k",)),
    "double": ('k: "old text"\nz: 1\n', ("k",)),
    "folded": ("k: >-\n  old\n  text\nz: 1\n", ("k",)),
    "clipped": ("k: >\n  old\n  text\n\nz: 1\n", ("k",)),
    "literal": ("- k: |-\n    old\n    text\n  z: 1\n", (0, "k")),
    "kept": ("k: |+\n  old\n\nz: 1\n", ("k",)),
    "flow": ("k: {a: old text, b: 1}\nz: 1\n", ("k", "a")),
    "item": ("k:\n  - old text\n  - b\n", ("k", 0)),
}


@settings(max_examples=60, deadline=None)
@given(value=HOSTILE)
@pytest.mark.parametrize("holder", HOLDERS)
def test_any_text_can_be_held_and_is_read_back(holder: str, value: str) -> None:
    before, path = HOLDERS[holder]
    tail = {"clipped": "\n", "kept": "\n\n"}.get(holder, "")

    after = set_text(before, path, value)

    assert value_at(after, path) in (value, value + tail)


@settings(max_examples=100, deadline=None)
@given(value=HOSTILE)
def test_any_text_can_be_added(value: str) -> None:
    for before, path in (
        ("a: 1\n", ("b",)),
        ("- a: {c: 1}\n", (0, "a", "d")),
        ("- a: {c: 1}\n", (0, "e", "f", "g")),
    ):
        assert value_at(add_text(before, path, value), path) == value


@pytest.mark.parametrize("value", ["a\0b", "a\x1bb", "a\u2028b", "a\ud800b"])
def test_a_control_character_is_not_written(value: str) -> None:
    with pytest.raises(Unwritable, match="control character U"):
        set_text("a: b\n", ("a",), value)
    with pytest.raises(Unwritable, match="control character U"):
        add_text("a: b\n", ("c",), value)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: [b]\n", ("a",)),
        ("a: {b: c}\n", ("a",)),
        ("a: b\n", ("c",)),
        ("a: b\n", ("a", "c")),
        ("a: [b]\n", ("a", 1)),
        ("a: &x b\n", ("a",)),
        ("a: b\na: c\n", ("a",)),
        ("a: [b\n", ("a",)),
        ("", ("a",)),
    ],
)
def test_what_is_no_text_is_refused(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(Unwritable):
        set_text(text, path, "new")


def test_a_text_that_is_wholly_other_is_written_soon() -> None:
    """Twenty thousand characters, the most that a text may have, and no word stays."""
    old, new = ("the of and " * 1800, "of the or " * 1900)

    after = set_text(f"a: >-\n{wrapped(old, 98)}", ("a",), new.strip())

    assert value_at(after, ("a",)) == new.strip()


# --- A key more ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("a: 1\n", ("b",), "c", "a: 1\nb: c\n"),
        ("a: 1", ("b",), "c", "a: 1\nb: c"),
        ("a: 1\r\n", ("b",), LONG, f"a: 1\r\nb: {LONG}\r\n"),
        ("# only\n", ("b", "c"), "d", "# only\nb:\n  c: d\n"),
        ("", ("b",), "c d", "b: c d\n"),
        (
            "- a: 1  # x\n  # y\n\n# z\n- a: 2\n",
            (0, "b"),
            "c: d",
            '- a: 1  # x\n  b: "c: d"\n  # y\n\n# z\n- a: 2\n',
        ),
        (
            "- a: >-\n    one\n\n\n- a: 2\n",
            (0, "b"),
            f"{LONG} {LONG}",
            f"- a: >-\n    one\n  b: >-\n    {LONG}\n    {LONG}\n\n\n- a: 2\n",
        ),
        ("- a: |+\n    one\n\n- a: 2\n", (0, "b"), "c", "- a: |+\n    one\n\n  b: c\n- a: 2\n"),
        ("a:\n  b:\n    c: [1,\n     2]  # x\nz: 1\n", ("a", "d"), "e", None),
        (
            "a:\n    b: 1\nz: 1\n",
            ("a", "c", "d"),
            "e",
            "a:\n    b: 1\n    c:\n        d: e\nz: 1\n",
        ),
        ("a:  # x\nz: 1\n", ("a", "b"), "c", "a:  # x\n  b: c\nz: 1\n"),
        ("a:\nz: 1\n", ("a",), "c", "a: c\nz: 1\n"),
        ("a: {b: 5}  # x\nz: 1\n", ("a", "c"), "d", "a: {b: 5, c: d}  # x\nz: 1\n"),
        ("a: {b: 5}\n", ("a", "c"), "d, e", 'a: {b: 5, c: "d, e"}\n'),
        ("a: {b: 5}\n", ("a", "c", "d"), "e", "a: {b: 5, c: {d: e}}\n"),
        ("a: {}\n", ("a", "c"), "d", "a: {c: d}\n"),
        ("a: [{b: 5}]\n", ("a", 0, "c"), "d", "a: [{b: 5, c: d}]\n"),
        (
            "k:\n  a: {b: 5, c: [d, e]}  # x\n  z: 1\n",
            ("k", "a", "f"),
            f"{LONG[5:]}s.",
            f"k:\n  a:  # x\n    b: 5\n    c: [d, e]\n    f: {LONG[5:]}s.\n  z: 1\n",
        ),
        (
            "k:\n  - {b: 5, c: d}  # x\n  - z\n",
            ("k", 0, "f"),
            f"{LONG} {LONG}",
            f"k:\n  - b: 5  # x\n    c: d\n    f: >-\n      {LONG}\n      {LONG}\n  - z\n",
        ),
        ("a: {b: 5} # x\n", ("a", "c"), "d\n\ne", "a: # x\n  b: 5\n  c: >-\n    d\n\n\n    e\n"),
        (
            "a: {b: 5, # x\n  c: 1}\n",
            ("a", "d"),
            f"{LONG}s",
            f"a: {{b: 5, # x\n  c: 1, d: {LONG}s}}\n",
        ),
        ("a: 1\n", ("odd key: #",), "b", 'a: 1\n"odd key: #": b\n'),
        ("\ufeffa: 1\n", ("b",), "c", "\ufeffa: 1\nb: c\n"),
    ],
)
def test_a_key_is_added_behind_the_last_one(
    before: str, path: tuple[str | int, ...], value: str, after: str | None
) -> None:
    after = after or "a:\n  b:\n    c: [1,\n     2]  # x\n  d: e\nz: 1\n"

    assert add_text(before, path, value) == after


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: 1\n", ("a",)),
        ("a: 1\n", ("a", "b")),
        ("a: [1]\n", ("a", "b")),
        ("a: [1]\n", ("a", 1)),
        ("- a: 1\n", (1, "b")),
        ("- a: 1\n", ("b",)),
    ],
)
def test_what_no_mapping_can_hold_is_refused(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(Unwritable):
        add_text(text, path, "new")


# --- A key less ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a: 1\nb: 2\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
        ("a: 1\nb: 2", ("b",), "a: 1"),
        ("a: 1\r\nb: 2", ("b",), "a: 1"),
        ("a: 1\nb: >-\n  c\n\n  d\n\n# x\ne: 2\n", ("b",), "a: 1\n\n# x\ne: 2\n"),
        ("a: 1\nb: c  # x\nd: 2\n", ("b",), "a: 1\n# x\nd: 2\n"),
        ("a: 1\nb: >- # x\n  c # d\nd: 2\n", ("b",), "a: 1\n# x\nd: 2\n"),
        ("- b: 1\n  c: 2\n", (0, "b"), "- c: 2\n"),
        ("- b: 1 # x\n  # y\n  c: 2\n", (0, "b"), "- # x\n  # y\n  c: 2\n"),
        ("- b: 1\n  c:\n    d: [1]\n    e: 2\n- f\n", (0, "c"), "- b: 1\n- f\n"),
        ("a:\n  b: 1\nc: 2\n", ("a", "b"), "a: {}\nc: 2\n"),
        ("- b: 1\n- c\n", (0, "b"), "- {}\n- c\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "b"), "a: {c: 2, d: 3}\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "c"), "a: {b: 1, d: 3}\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "d"), "a: {b: 1, c: 2}\n"),
        ("a: {b: 1}\n", ("a", "b"), "a: {}\n"),
        ("a: |+\n  b\n\nc: 1\n", ("a",), "c: 1\n"),
    ],
)
def test_a_key_goes_with_its_value_and_nothing_else(
    before: str, path: tuple[str | int, ...], after: str
) -> None:
    assert remove(before, path) == after


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: 1\n", ("b",)),
        ("a: [1]\n", ("a", 0)),
        ("a: 1\n", ()),
        ("a:\n  b: 1 # x\nc: 1\n", ("a", "b")),
        ("a: {b: 1, # x\n  c: 2}\n", ("a", "c")),
    ],
)
def test_what_cannot_go_alone_is_refused(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(Unwritable):
        remove(text, path)


@pytest.mark.parametrize("file", ["areas", "obstacles", "editions/india", "editions/_base"])
def test_what_is_added_to_the_dossier_and_removed_leaves_it_as_it_was(file: str) -> None:
    before = (DATA / f"{file}.yaml").read_bytes().decode()
    data = parse_yaml(before, "").data
    holders: list[Way] = [()] if isinstance(data, dict) else [(i,) for i in range(len(data))]
    holders += [path[:-1] for path, _ in prose_of(data) if isinstance(path[-1], str)][::5]
    for holder in holders[:20]:
        path = (*holder, "new-key")
        after = add_text(before, path, f"{LONG} {LONG}")
        assert value_at(after, path) == f"{LONG} {LONG}"
        if "{" not in before.split("new-key")[0][-200:]:
            assert remove(after, path) == before

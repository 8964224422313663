"""What edited Word files leave to settle: how it is written, added to and read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from briefgen.build.project import load_project
from briefgen.dossier.reviews import Entry, Reply, Review, add_entries, read_reviews
from briefgen.dossier.yaml_edit import Unwritable

if TYPE_CHECKING:
    from conftest import RunCli

SHA = "ab12" * 16
COMMENT = Entry(
    id="comment-1",
    kind="comment",
    field="areas/trade/summary",
    where="One bookseller does",
    by="A. Reader",
    date="2026-11-03T10:00:00Z",
    text="Which one?\n\nAsk her: she may say more.",
    replies=(Reply(by="B. Editor", text="Asked"), Reply(text="- yes")),
)
PROPOSAL = Entry(
    id="proposal-1",
    kind="proposal",
    field="areas/trade/summary",
    old="It took 12 minutes [@one-camera].",
    new="It took 13 minutes [@one-camera].",
    claims=("one-camera", "gone-by-now"),
    why="it alters a fact: 13 for 12",
    needs="a passage of a source that says 13",
)
WRITTEN = f"""\
# To be settled, from an edited Word file. When you have dealt with an entry, add a line to it:
#   settled: how
id: overview-full-ab12ab12
file: edited by A.docx
sha256: {SHA}
edition: overview
length: full
version: "1.0"
data: {"cd34" * 16}
entries:
  - id: comment-1
    kind: comment
    field: areas/trade/summary
    where: One bookseller does
    by: A. Reader
    date: 2026-11-03T10:00:00Z
    text: >-
      Which one?


      Ask her: she may say more.
    replies:
      - by: B. Editor
        text: Asked
      - text: "- yes"
  - id: proposal-1
    kind: proposal
    field: areas/trade/summary
    old: It took 12 minutes [@one-camera].
    new: It took 13 minutes [@one-camera].
    claims:
      - one-camera
      - gone-by-now
    why: "it alters a fact: 13 for 12"
    needs: a passage of a source that says 13
"""


def review(*entries: Entry) -> Review:
    return Review(
        id="overview-full-ab12ab12",
        file="edited by A.docx",
        sha256=SHA,
        edition="overview",
        length="full",
        version="1.0",
        data="cd34" * 16,
        entries=entries,
    )


def stored(folder: Path, text: str, name: str = "overview-full-ab12ab12.yaml") -> Path:
    (folder / "reviews").mkdir(exist_ok=True)
    (folder / "reviews" / name).write_bytes(text.encode())
    return folder / "reviews"


def read(folder: Path) -> tuple[dict[str, Review], list[str]]:
    found, problems = read_reviews(folder / "reviews", Path("data/d/reviews"))
    return found, [str(problem) for problem in problems]


# --- Writing ------------------------------------------------------------------


def test_a_review_is_written_as_people_write_yaml(tmp_path: Path) -> None:
    assert add_entries(None, review(COMMENT, PROPOSAL)) == WRITTEN
    stored(tmp_path, WRITTEN)

    assert read(tmp_path) == ({"overview-full-ab12ab12": review(COMMENT, PROPOSAL)}, [])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_adding_the_same_entries_again_changes_nothing(newline: str) -> None:
    text = WRITTEN.replace("\n", newline)

    assert add_entries(text, review(COMMENT, PROPOSAL)) == text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_new_entries_come_last_and_what_people_wrote_stays(newline: str, bom: str) -> None:
    mine = WRITTEN.replace(
        "    date: 2026-11-03T10:00:00Z\n", "    date:   '2026-11-03T10:00:00Z'  # a Tuesday\n"
    ).replace(
        "says 13\n",
        "says 13\n    # mine\n    settled: >\n      the claim\n      says so\n\n# end\n",
    )
    mine = bom + mine.replace("\n", newline)
    other = Entry(id="comment-1", kind="comment", text="another")

    after = add_entries(mine, review(COMMENT, other, PROPOSAL))

    added = f"  - id: comment-2{newline}    kind: comment{newline}    text: another{newline}"
    assert after == mine.replace(f"says so{newline}", f"says so{newline}{added}")
    assert add_entries(after, review(COMMENT, other, PROPOSAL)) == after


@pytest.mark.parametrize("entries", ["entries: []\n", "entries:\n", "entries: []  # none\n"])
def test_a_review_without_entries_can_get_some(tmp_path: Path, entries: str) -> None:
    text = WRITTEN[: WRITTEN.index("entries:")] + entries

    after = add_entries(text, review(COMMENT))

    stored(tmp_path, after)
    assert read(tmp_path) == ({"overview-full-ab12ab12": review(COMMENT)}, [])
    assert add_entries(None, review()) == WRITTEN[: WRITTEN.index("entries:")] + "entries: []\n"


def test_two_comments_alike_in_different_places_are_two(tmp_path: Path) -> None:
    here = Entry(id="comment-1", kind="comment", text="Source?", where="here")
    there = Entry(id="comment-2", kind="comment", text="Source?", where="there")
    stored(tmp_path, add_entries(None, review(here, there)))

    assert [entry.where for entry in read(tmp_path)[0]["overview-full-ab12ab12"].entries] == [
        "here",
        "there",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "- a\n", "id: a\n", "id: [\n", "id: a\nentries: x\n", "id: a\nid: b\nentries: []\n"],
)
def test_a_file_that_is_no_review_is_not_added_to(text: str) -> None:
    with pytest.raises(Unwritable, match=r"reviews/overview-full-ab12ab12\.yaml cannot be read"):
        add_entries(text, review(COMMENT))


def test_a_list_in_brackets_is_not_added_to() -> None:
    with pytest.raises(Unwritable, match="stands in brackets"):
        add_entries("id: a\nentries: [{id: a}]\n", review(COMMENT))


HOSTILE = [
    *(
        "\x1b[31mred",
        "a\0b",
        "a\u2028b",
        "a\r\nb\rc",
        "\ufeffx",
        "\u202eevil",
        "a\x85b",
        "&a *b !c",
    ),
    *(
        "- a\n- b",
        "key: value",
        "# no comment",
        "'",
        '"',
        "\\",
        "x" * 5000,
        "東京 " * 2000,
        "5",
        "null",
    ),
    *("a\n\n\n\nb", "  a\n b\n", "{{ template }}", "%YAML 1.2", "---\nid: x", "\ttab\tbed", "𝄞"),
]


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_the_words_are_they_are_kept_and_change_nothing_else(
    tmp_path: Path, words: str
) -> None:
    entry = Entry(
        id="comment-1",
        kind="comment",
        field=words,
        where=words,
        by=words,
        text=words,
        replies=(Reply(by=words, text=words),),
        claims=(words,),
    )
    asked = review(PROPOSAL, entry)
    text = add_entries(add_entries(None, review(PROPOSAL)), asked)
    stored(tmp_path, text)

    assert read(tmp_path) == ({"overview-full-ab12ab12": asked}, [])
    assert add_entries(text, asked) == text
    for letter in set(words.split(maxsplit=1)[0]) - set("\0\x1b\x85\u2028\ufeff"):
        assert letter in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_words_are_read_back(words: list[str]) -> None:
    entries = tuple(
        Entry(id=f"unplaced-{i}", kind="unplaced", old=text, new=text[::-1], where=str(i))
        for i, text in enumerate(words)
    )
    text = add_entries(None, review(*entries))

    assert add_entries(text, review(*entries)) == text


@pytest.mark.parametrize("name", ["../x", "a/b", "A", "", "a b", "x" * 101, ".hidden"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Review(id=name, file="x", sha256=SHA, edition="e")


# --- Reading ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "    kind: comment\n",
            "    kind: remark\n",
            '12:11: warning[BG006]: kind: "remark" is not',
        ),
        ("    by: A", "    bye: A", '15:5: warning[BG004]: unknown key "bye"'),
        ("file: edited by A.docx\n", "", '3:1: warning[BG005]: key "file" is missing'),
        ("id: overview", "id: over", "3:5: warning[BG006]: id: should be overview-full-ab12ab12"),
        ("id: proposal-1", "id: comment-1", '26:9: warning[BG010]: id "comment-1" stands twice'),
        ("id: proposal-1", "id: Proposal", '26:9: warning[BG006]: id: "Proposal" is not in kebab'),
        (SHA, "x", "5:9: warning[BG006]: sha256:"),
        ("entries:\n", "entries: {\n", "warning[BG001]: not valid YAML"),
        ("text: Asked", 'text: "\\u0007"', ""),
    ],
)
def test_mistakes_are_warnings_at_their_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in WRITTEN
    stored(tmp_path, WRITTEN.replace(old, new, 1))

    problems = read(tmp_path)[1]

    assert len(problems) == bool(told)
    for problem in problems:
        assert problem.startswith("data/d/reviews/overview-full-ab12ab12.yaml:")
        assert told in problem


def test_what_is_no_review_is_reported(tmp_path: Path) -> None:
    stored(tmp_path, "- a\n", "list.yaml")
    stored(tmp_path, "", "notes.txt")
    stored(tmp_path, "", "README.md")
    stored(tmp_path, "", ".hidden")
    (tmp_path / "reviews" / "folder.yaml").mkdir()

    found, problems = read(tmp_path)

    assert found == {}
    assert "\n".join(problems) == (
        'data/d/reviews/folder.yaml:1:1: warning[BG007]: "folder.yaml" has no place in reviews/\n'
        "  help: only files that end in .yaml are read here\n"
        "data/d/reviews/list.yaml:1:1: warning[BG006]: the file should hold the keys of a review\n"
        "  help: start it with `id: …`\n"
        'data/d/reviews/notes.txt:1:1: warning[BG007]: "notes.txt" has no place in reviews/\n'
        "  help: only files that end in .yaml are read here"
    )


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == ({}, [])


# --- In the commands ----------------------------------------------------------


def test_a_mistake_is_told_by_check_and_stops_no_build(
    bus_lanes: Path, dossier: Path, run_cli: RunCli
) -> None:
    stored(dossier, WRITTEN.replace("kind: comment", "kind: remark"))

    checked = run_cli("check")

    assert checked.code == 0
    assert "reviews/overview-full-ab12ab12.yaml:12:11: warning[BG006]: kind:" in checked.stdout
    assert run_cli("check", "--strict").code == 1
    assert load_project(bus_lanes, loose_ends=False).problems == []
    assert run_cli("build", "overview", "--format", "html").code == 0


def test_what_is_open_is_listed(dossier: Path, run_cli: RunCli) -> None:
    stored(dossier, WRITTEN)

    ran = run_cli("list", "reviews")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        "overview-full-ab12ab12/comment-1   comment on areas/trade/summary by A. Reader: Which "
        "one? Ask her: she may say more. (edited by A.docx)\n"
        "overview-full-ab12ab12/proposal-1  proposal on areas/trade/summary: It took 13 minutes "
        "[@one-camera]. (edited by A.docx)\n"
    )
    assert "  reviews          2, 2 to settle\n" in run_cli("list").stdout


def test_what_is_settled_leaves_the_list(dossier: Path, run_cli: RunCli) -> None:
    text = WRITTEN.replace("says 13\n", "says 13\n    settled: the claim says 13 now\n")
    stored(dossier, text)
    assert "proposal" not in run_cli("list", "reviews").stdout
    assert "  reviews          2, 1 to settle\n" in run_cli("list").stdout

    stored(dossier, text.replace("    text: >-\n", "    settled: asked\n    text: >-\n"))

    ran = run_cli("list", "reviews")
    assert (ran.code, ran.stdout) == (0, "nothing to settle: all 2 entries are settled\n")


def test_without_reviews_the_list_says_so(run_cli: RunCli) -> None:
    assert run_cli("list", "reviews").stdout == (
        "nothing to settle: no edited Word file has left anything\n"
    )


def test_a_list_that_may_lack_something_says_so(dossier: Path, run_cli: RunCli) -> None:
    stored(dossier, "id: [\n")

    ran = run_cli("list", "reviews")

    assert (ran.code, ran.stdout) == (0, "")
    assert "files in reviews/ have mistakes, so this may be incomplete" in ran.stderr


def test_words_of_others_do_not_steer_the_terminal(dossier: Path, run_cli: RunCli) -> None:
    entry: dict[str, Any] = {"id": "comment-1", "kind": "comment", "text": "a\u202eb\x1b[31m" * 30}
    stored(dossier, add_entries(None, review(Entry(**entry))))

    listed = run_cli("list", "reviews").stdout

    assert "\x1b" not in listed
    assert "\u202e" not in listed
    assert len(listed) < 400

"""An analyst's afternoon: two people edit two briefs while the data moves on; all comes back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from desk import Desk, desk_with
from libreoffice_editing import Step, edit_in_libreoffice
from word_editing import Element, WordFile, text_of

if TYPE_CHECKING:
    from conftest import RunCli

ANNA, BEN = "Anna", "Ben"
INDIA, SCEPTIC = "editions/india.yaml", "editions/european-sceptic.yaml"


def anna_edits(word: WordFile) -> None:
    """The India edition, in Word, with tracked changes where Word can track them."""
    word.replace("plainest record of work", "clearest record of work", ANNA)
    word.replace("Expect sharper ones", "Count on sharper ones", ANNA)
    word.replace("runs out in 2026", "runs out in 2027", ANNA)
    word.insert_after("none gives India a part.", " The ministries could ask Brussels.", ANNA)
    word.move(word.find("Since July 2023"), word.find("Two statements about India"))
    word.comment("A shared picture of who sails", "Who would host it?", ANNA, "Tokyo, I hope.", BEN)
    word.add_paragraph(word.find("Mere presence drew"), "A note on Moscow would help here.")
    word.note("thinks help with sea lanes", "See our paper on the Red Sea.")
    for start in ("Study the effect on", "It would put Indian", "Who: India, Japan, now."):
        word.remove_tracked(_starting(word, start), ANNA)


def _starting(word: WordFile, start: str) -> Element:
    return next(p for p in word.paragraphs() if text_of(p).replace("\u00a0", " ").startswith(start))


BEN_EDITS: list[Step] = [
    ("replace", "which make energy slower", "which turn energy slower"),
    ("replace", "sets 16 goals", "sets 17 goals"),
    ("append", "ask what each exercise proved", " to the navies"),
    ("move", "The weightiest work on record", "Since then the record is"),
    ("comment", "Resources belong where", "Does Warsaw say so itself?", BEN),
    ("note", "No text says that any force has left.", "Warsaw may publish a list."),
    ("remove", "Tie joint work at sea"),
    ("remove", "Vote for ships, we judge,"),
    ("remove", "Ask the ministry on which lanes"),
    ("add", "A figure for each activity", "A table of ships would help."),
]
"""The European-sceptic edition, in LibreOffice."""

WRITTEN = {
    INDIA: (
        "Count on sharper ones",
        "The ministries could ask Brussels.",
        "over Ukraine [@sanctions-gap]. Since July 2023",  # moved behind that paragraph
        "it runs out in 2026",
    ),
    SCEPTIC: (
        "which turn energy slower",
        "each exercise proved to the navies",
        "sets 16 goals",
        "is long past. Japan backed",
    ),
    "areas.yaml": ("clearest record of work", "the five texts show no programme"),
}
"""What the data says in the end."""
KEPT = (
    "it runs out in 2027",
    "Who would host it?",
    "Tokyo, I hope.",
    "A note on Moscow would help here.",
    "See our paper on the Red Sea.",
    "Study the effect on India's ties with Japan",
    "It would put Indian evidence",
    "Commission one paper from institutes",
    "The ITPP sets 17 goals",
    "Does Warsaw say so itself?",
    "Warsaw may publish a list.",
    "Tie joint work at sea to lanes that Europe uses",
    "Vote for ships, we judge,",
    "Ask the ministry on which lanes",
    "A table of ships would help.",
)
"""What is to be settled, in their words."""


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with both copies, whose data has moved on."""
    folder = tmp_path_factory.mktemp("afternoon")
    desk = desk_with("japan-nato", folder / "desk")
    anna, ben = desk.export("india", "brief"), desk.export("european-sceptic", "brief")
    anna_edits(anna)
    desk.saved(anna, "anna.docx")
    [saved] = edit_in_libreoffice(folder, {"ben": (ben, BEN_EDITS)}).values()
    shutil.copy(saved, desk.folder / "ben.docx")
    desk.edit(INDIA, "Expect sharper ones", "Brace for sharper ones")
    desk.edit("areas.yaml", "these texts show no programme", "the five texts show no programme")
    desk.edit(SCEPTIC, "we judge, is old", "we judge, is long past")
    return desk


def test_every_word_of_an_afternoon_is_in_the_data_or_to_be_settled(
    run_cli: RunCli, afternoon: Desk
) -> None:
    desk, folder = afternoon, afternoon.folder
    for name in ("anna.docx", "ben.docx"):
        ran = run_cli("review", name, cwd=folder)
        assert ran.code == 0
        assert "the data and the copy have changed the same words (1)" in ran.stdout

    assert run_cli("merge", "anna.docx", "--tracked", "accept", cwd=folder).code == 4
    ran = run_cli("merge", "anna.docx", "--tracked", "accept", "--theirs", cwd=folder)
    assert (ran.code, ran.stderr) == (0, "")
    answers = folder / "answers.yaml"
    assert run_cli("merge", "ben.docx", "--conflicts", answers.name, cwd=folder).code == 4
    answers.write_text(answers.read_text("utf-8").replace("take:", "take: ours"), "utf-8")
    ran = run_cli("merge", "ben.docx", "--conflicts", answers.name, cwd=folder)
    assert (ran.code, ran.stderr) == (0, "")

    for name, said in WRITTEN.items():
        assert _lacking(desk.text(name), said) == []
    assert _lacking(desk.reviews(), KEPT) == []
    _is_as_it_should_be(run_cli, desk)


def _is_as_it_should_be(run_cli: RunCli, desk: Desk) -> None:
    """The data is sound, the next briefs show the edits, and a second merge finds none to write."""
    assert run_cli("check", cwd=desk.folder).code == 0
    assert "Does Warsaw say so itself?" in run_cli("list", "reviews", cwd=desk.folder).stdout
    desk.export("india", "brief").find("Count on sharper ones")
    desk.export("european-sceptic", "brief").find("which turn energy slower")
    before = desk.fingerprints()
    ran = run_cli("merge", "anna.docx", "--tracked", "accept", "--ours", cwd=desk.folder)
    assert ran.code == 0
    assert desk.fingerprints() == before


def _lacking(text: str, words: tuple[str, ...]) -> list[str]:
    """Those of the words that a text does not have, wherever its lines break."""
    plain = " ".join(text.split())
    return [one for one in words if one not in plain]

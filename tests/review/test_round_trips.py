"""Edits at random: nothing lost, nothing overwritten, nothing invented.

That a copy without edits has none is held for every artefact in test_docx_artefacts.py.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from desk import Desk, desk_with
from word_editing import Element, WordFile, parent_of, text_of, w

from briefgen.build.loaded import LoadedDossier
from briefgen.build.project import load_project
from briefgen.formats.docx.edited import accept_all, read_edited, reject_all
from briefgen.review.decisions import Decisions
from briefgen.review.project import read_for_review
from briefgen.review.read_back import read_back
from briefgen.review.review import Reviewed, review_edited
from briefgen.review.shown import Shown

MEANWHILE = "Meanwhilst"
MERGED = 36
"""Edit scripts whose edits are merged and exported again; each has one to twelve edits."""
MERGED_AT_LARGE = 4
"""The same in a large dossier."""
REVIEWED = 200
"""Edit scripts that are reviewed alone."""


# --- Edits at random ----------------------------------------------------------


class Analyst:
    """Somebody who edits without sense; every word that they type is one of a kind."""

    def __init__(self, word: WordFile, seed: int) -> None:
        self.word, self.random = word, random.Random(seed)  # noqa: S311 - the same edits every time
        self.typed: list[str] = []
        self.deleted: list[str] = []
        self.done: list[str] = []

    def work(self, edits: int) -> None:
        for _ in range(edits):
            edit = self.random.choice(
                [
                    self.type,
                    self.type,
                    self.type,
                    self.type_tracked,
                    self.delete,
                    self.delete_tracked,
                    self.type_over,
                    self.split,
                    self.join,
                    self.move,
                    self.remove,
                    self.add,
                    self.comment,
                    self.note,
                    self.italicise,
                ]
            )
            paragraph = self.paragraph()
            self.done.append(f"{edit.__name__}: {text_of(paragraph)[:60]!r}")
            edit(paragraph)

    def paragraph(self) -> Element:
        return self.random.choice(
            [p for p in self.word.paragraphs() if len(text_of(p)) > 12 and not _is_contents(p)]
        )

    def fresh(self) -> str:
        letters = "".join(self.random.choices("bcdfghjklmnpqrstvwxz", k=9))
        self.typed.append(f"q{letters}")
        return self.typed[-1]

    def spot(self, paragraph: Element) -> int:
        """A place between words."""
        return self.random.choice([m.start() for m in re.finditer(r"\b\w", text_of(paragraph))])

    def type(self, paragraph: Element, author: str = "") -> None:
        at = self.spot(paragraph)
        self.word.type(paragraph, at, at, f"{self.fresh()} ", author)

    def type_tracked(self, paragraph: Element) -> None:
        self.type(paragraph, self.random.choice(["Anna", "Ben"]))

    def delete(self, paragraph: Element, author: str = "") -> None:
        if self.holds_typed(paragraph):
            return
        at = self.spot(paragraph)
        end = text_of(paragraph).find(" ", at + 4)
        self.word.type(paragraph, at, end + 1 if end > 0 else len(text_of(paragraph)), "", author)

    def delete_tracked(self, paragraph: Element) -> None:
        self.delete(paragraph, "Ben")

    def type_over(self, paragraph: Element) -> None:
        if self.holds_typed(paragraph):
            return
        self.word.type_over(paragraph, f"{self.fresh()} {self.fresh()} and so on.")

    def split(self, paragraph: Element) -> None:
        if parent_of(paragraph).tag != w("tc"):
            self.word.split(paragraph, self.spot(paragraph))

    def join(self, paragraph: Element) -> None:
        following = paragraph.getnext()
        if following is not None and following.tag == w("p") and text_of(following):
            self.word.join(paragraph)

    def move(self, paragraph: Element) -> None:
        target = self.paragraph()
        if paragraph.getparent() is self.word.body and target.getparent() is self.word.body:
            self.word.move(paragraph, target)

    def remove(self, paragraph: Element) -> None:
        if paragraph.getparent() is self.word.body and not self.holds_typed(paragraph):
            self.word.remove(paragraph)

    def add(self, paragraph: Element) -> None:
        if paragraph.getparent() is self.word.body:
            self.word.add_paragraph(paragraph, f"{self.fresh()} was added.")

    def comment(self, paragraph: Element) -> None:
        words = re.findall(r"\w{4,}", text_of(paragraph))
        if words and "word/comments.xml" not in self.word.parts:
            where = text_of(paragraph).index(words[0])
            if self.word.find(words[0]) is paragraph and where >= 0:
                self.word.comment(words[0], f"{self.fresh()}?", "Anna", self.fresh(), "Ben")

    def note(self, paragraph: Element) -> None:
        words = re.findall(r"\w{4,}", text_of(paragraph))
        if words and self.word.find(words[0]) is paragraph:
            self.word.note(words[0], f"See {self.fresh()}.")

    def italicise(self, paragraph: Element) -> None:
        words = re.findall(r"\w{4,}", text_of(paragraph))
        if words and self.word.find(words[0]) is paragraph:
            self.word.format(words[0], "i")

    def holds_typed(self, paragraph: Element) -> bool:
        return any(word in text_of(paragraph) for word in self.typed)


def _is_contents(paragraph: Element) -> bool:
    return bool(list(paragraph.iter(w("tab")))) and text_of(paragraph)[-1:].isdigit()


@pytest.mark.parametrize("seed", range(MERGED))
def test_every_word_that_somebody_typed_is_in_the_data_or_to_be_settled(
    desk: Desk, seed: int
) -> None:
    edition = ["overview", "shopkeepers"][seed % 2]
    analyst = Analyst(desk.export(edition), seed)
    analyst.work(1 + seed % 12)
    _check(desk, analyst, edition)


@pytest.mark.parametrize("seed", range(MERGED_AT_LARGE))
def test_the_same_in_a_large_dossier(india: Desk, seed: int) -> None:
    analyst = Analyst(india.export("india"), 1000 + seed)
    analyst.work(10)
    _check(india, analyst, "india")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose data nobody changes."""
    return desk_with("bus-lanes", tmp_path_factory.mktemp("office") / "bus-lanes")


@pytest.fixture(scope="module")
def loaded(office: Desk) -> LoadedDossier:
    return read_for_review(office.folder, office.dossier)


@pytest.mark.parametrize("seed", range(2000, 2000 + REVIEWED))
def test_a_review_tells_every_word_and_no_other(
    office: Desk, loaded: LoadedDossier, seed: int
) -> None:
    analyst = Analyst(office.export(["overview", "shopkeepers"][seed % 2]), seed)
    analyst.work(1 + seed % 16)
    file = read_edited(office.saved(analyst.word))
    for accepts in (accept_all, reject_all):
        review = review_edited(file, loaded, accepts)
        told = _plain(_told(review))
        lost = [word for word in analyst.typed if word not in told]
        assert not lost, (lost, analyst.done)
        for change in review.changes:
            typed = set(re.findall(r"\bq[b-z]{9}\b", change.edited))
            was = set(re.findall(r"\w+", change.exported))
            assert typed <= set(analyst.typed), analyst.done
            if change.outcome == "merges" and change.merged is not None and not typed:
                known = was | _words_of(analyst.word)
                assert set(re.findall(r"\w+", change.merged.text)) <= known, analyst.done


def _told(review: Reviewed) -> str:
    """All that a review says."""
    told = [f"{change.edited} {change.notes}" for change in review.changes]
    told += [f"{one.was} {one.now}" for one in review.loose]
    told += [f"{c.comment.text} {c.comment.replies}" for c in review.comments]
    told += [placed.revision.text for placed in review.revisions]
    return "\n".join(told)


def _words_of(word: WordFile) -> set[str]:
    return set(re.findall(r"\w+", " ".join(text_of(p) for p in word.paragraphs())))


def _check(desk: Desk, analyst: Analyst, edition: str) -> None:
    before = "\n".join(path.read_text("utf-8") for path in _yaml(desk))
    meanwhile = _meanwhile(desk, analyst.random)
    path = desk.saved(analyst.word)
    review = desk.review(path)
    desk.merge(path, decisions=Decisions("theirs"))
    data = "\n".join(p.read_text("utf-8") for p in _yaml(desk))
    reviews = desk.reviews()
    everywhere = _plain(data + reviews)
    lost = [word for word in analyst.typed if word not in everywhere]
    assert not lost, (lost, analyst.done)
    assert meanwhile in data or meanwhile in reviews, analyst.done
    # Nothing is invented: words of the data are those it had, or those that were typed.
    known = set(re.findall(r"\w+", before)) | set(analyst.typed)
    known |= _words_of(analyst.word)
    known |= {"so", "on", "was", "added", "and", meanwhile}
    assert set(re.findall(r"\w+", data)) <= known, analyst.done
    project = load_project(desk.folder, loose_ends=False)
    assert [p for p in project.problems if p.severity == "error"] == [], analyst.done
    _check_shown(desk, review, edition, analyst)


def _check_shown(desk: Desk, review: Reviewed, edition: str, analyst: Analyst) -> None:
    """What merges whole is shown so by the next export."""
    again = desk.saved(desk.export(edition), "again.docx")
    file = read_edited(again)
    shown = {
        text.field: text.was
        for text in reversed(read_back(file.snapshot, file.paragraphs(), file.notes()).fields)
    }
    copy = read_edited(desk.folder / "edited.docx")
    found = read_back(copy.snapshot, copy.paragraphs(), copy.notes())
    edited = {t.field: t.now for t in found.fields if t.is_edited and t.now}
    settled = desk.reviews()
    for change in review.changes:
        whole = change.outcome == "merges" and not change.alterations
        if whole and change.field in shown and f"field: {change.field}" not in settled:
            assert _words(shown[change.field]) == _words(edited[change.field]), analyst.done


def _words(shown: Shown) -> list[str]:
    return [word for word in re.findall(r"\w+", shown.text) if word != MEANWHILE]


def _yaml(desk: Desk) -> list[Path]:
    return [p for p in sorted(desk.path("").rglob("*.yaml")) if p.parent.name != "reviews"]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _meanwhile(desk: Desk, chance: random.Random) -> str:
    """A word that somebody puts into the data while the copy is away."""
    start = re.compile(r"^  summary: >-\n    ", re.MULTILINE)
    path = chance.choice([p for p in _yaml(desk) if start.search(p.read_text("utf-8"))])
    text = path.read_text("utf-8")
    places = [match.end() for match in start.finditer(text)]
    at = chance.choice(places)
    path.write_text(f"{text[:at]}{MEANWHILE} {text[at:]}", "utf-8")
    return MEANWHILE

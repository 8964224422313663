"""Copies whose snapshot or marks somebody forged: what they reach, and what they never reach."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from desk import Desk
from docx_edit import snapshot_of, with_snapshot
from word_editing import WordFile

from briefgen.formats.docx.marks import key_of
from briefgen.review.review import Reviewed

SUMMARY = "areas/bus-journeys/summary"


def forged(word: WordFile, forge: Callable[[dict[str, Any]], object]) -> WordFile:
    """The copy with its snapshot forged."""
    whole = snapshot_of(word.bytes())
    forge(whole)
    return WordFile(with_snapshot(word.bytes(), whole))


def turned(word: WordFile, old: str, new: str) -> WordFile:
    """The copy with the text of one field given out as that of another, by all its marks."""

    def forge(whole: dict[str, Any]) -> None:
        whole["values"][new] = whole["values"].pop(old)
        for paragraph in whole["paragraphs"]:
            for found in paragraph.get("fields", ()):
                if found["field"] == old:
                    found |= {"field": new, "key": key_of(new, found["copy"])}

    names = {key_of(old, number): key_of(new, number) for number in range(4)}
    for element in word.root.iter():
        for attribute, value in element.attrib.items():
            if value in names:
                element.set(attribute, names[str(value)])
    return forged(word, forge)


def outcomes(review: Reviewed) -> dict[str, str]:
    return {change.field: change.outcome for change in review.changes}


@pytest.mark.parametrize(
    "name",
    [
        "areas/bus-journeys/no-such-text",
        "areas/no-such-area/summary",
        "areas/bus-journeys/id",
        "areas/bus-journeys/stage",
        "areas/bus-journeys/claims/0",
        "claims/minutes-2024/values/after",
        "claims/minutes-2024/evidence/0/quote",
        "claims/minutes-2024/as_of",
        "sources/council-report-2023/file",
        "editions/overview/id",
        "editions/overview/extends",
        "files/etc/passwd",
    ],
)
def test_what_no_text_of_the_data_is_gets_nothing_and_loses_nothing(desk: Desk, name: str) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    before = desk.fingerprints()
    word = turned(word, SUMMARY, name)
    assert outcomes(desk.review(word)) == {name: "gone"}
    desk.merge(word)
    kept = {path: digest for path, digest in desk.fingerprints().items() if "reviews/" not in path}
    assert kept == before
    assert "quicker than before" in desk.reviews()


@pytest.mark.parametrize("name", ["claims/experiment-limit/statement", "actors/council/name"])
def test_what_is_a_fact_is_never_written(desk: Desk, name: str) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")
    before = desk.fingerprints()
    word = turned(word, SUMMARY, name)
    assert outcomes(desk.review(word))[name] in ("proposed", "unreturnable")
    desk.merge(word)
    assert before.items() <= desk.fingerprints().items()
    assert "quicker than before" in desk.reviews()


def test_an_export_that_says_another_text_than_the_data_meets_what_the_data_says(
    desk: Desk,
) -> None:
    """A forged export is another base, and no way round the data or its facts."""
    word = desk.export("overview")
    word.replace("13 minutes against", "12 minutes against")

    def forge(whole: dict[str, Any]) -> None:
        whole["values"][SUMMARY] = whole["values"][SUMMARY].replace("13 minutes", "12 minutes")
        for paragraph in whole["paragraphs"]:
            paragraph["text"] = paragraph["text"].replace("13 minutes", "12 minutes")
            paragraph["text"] = paragraph["text"].replace("13\u00a0minutes", "12\u00a0minutes")

    word = forged(word, forge)
    word.replace("faster than before", "quicker than before")
    desk.merge(word)
    assert "13 minutes against" in desk.text("areas.yaml")
    assert "quicker than before" in desk.text("areas.yaml")


def test_an_export_whose_texts_and_values_disagree_writes_nothing(desk: Desk) -> None:
    word = desk.export("overview")
    word.replace("faster than before", "quicker than before")

    def forge(whole: dict[str, Any]) -> None:
        whole["values"][SUMMARY] = "All other words."

    before = desk.fingerprints()
    word = forged(word, forge)
    assert outcomes(desk.review(word)) == {SUMMARY: "unreturnable"}
    desk.merge(word)
    assert before.items() <= desk.fingerprints().items()
    assert "quicker than before" in desk.reviews()


def test_marks_that_stand_twice_and_disagree_keep_both_texts(desk: Desk) -> None:
    word = desk.export("overview")
    paragraph = word.find("faster than before")
    twin = deepcopy(paragraph)
    paragraph.addnext(twin)
    word.replace("faster than before", "quicker than before", in_paragraph=paragraph)
    word.replace("faster than before", "swifter than before", in_paragraph=twin)
    desk.merge(word)
    everything = desk.text("areas.yaml") + desk.reviews()
    assert "quicker than before" in everything
    assert "swifter than before" in everything


def test_an_unknown_dossier_is_refused(desk: Desk) -> None:
    word = forged(desk.export("overview"), lambda whole: whole.update(dossier="no-such-dossier"))
    with pytest.raises(Exception, match="no-such-dossier"):
        desk.review(word)

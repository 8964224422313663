"""Quotes and their sources: not found, found twice, never verified."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Edit, Problems


def test_a_quote_that_is_not_in_its_source_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "quote: There is a single camera", "quote: There is one single camera")

    assert problems(sources=True) == [
        'data/bus-lanes/claims.yaml:177:14: error[BG020]: claim "one-camera": the quote is not in council-report-2023: "There is one single camera, at Station Road"\n  help: copy the words exactly from the source, which has "There is a single camera, at Station Road."',
    ]


def test_a_quote_that_stands_twice_in_its_source_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("claims.yaml", "quote: the meeting of 23 November 2023", "quote: of 23 November 2023")
    edit(
        "../../sources/traders-2024.txt",
        "We have been waiting",
        "A letter of 23 November 2023 came back. We have been waiting",
    )

    assert problems(sources=True) == [
        'data/bus-lanes/claims.yaml:234:14: error[BG021]: claim "meeting-2023": the quote stands 2 times in traders-2024: "of 23 November 2023"\n  help: quote more of the passage, until it occurs once',
        'data/bus-lanes/sources.yaml:39:13: error[BG022]: the text of "traders-2024" has changed since it was curated\n  help: read it again, then write `sha256: b1251cc497787d22195cd14ec3316e36f4ac5a2f51f4abeb180fc49e8cb05da7`',
    ]


def test_a_quote_that_is_too_short_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "quote: the meeting of 23 November 2023", "quote: 23 November")

    assert problems(sources=True) == [
        "data/bus-lanes/claims.yaml:234:14: error[BG024]: the quote has 2 words\n  help: quote 3 to 12 words",
    ]


def test_a_quote_that_is_too_long_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "quote: If the hours were cut to the morning",
        "quote: If the hours were cut to the morning, most of our members could",
    )

    assert problems(sources=True) == [
        "data/bus-lanes/claims.yaml:260:14: error[BG024]: the quote has 13 words\n  help: quote 3 to 12 words",
    ]


def test_part_of_a_word_is_not_found(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "quote: There is a single camera, at Station Road",
        "quote: here is a single camera, at Station",
    )

    assert problems(sources=True) == [
        'data/bus-lanes/claims.yaml:177:14: error[BG020]: claim "one-camera": the quote is not in council-report-2023: "here is a single camera, at Station"\n  help: copy the words exactly from the source, which has "There is a single camera, at Station"',
    ]


def test_a_source_whose_text_is_missing_is_reported(bus_lanes: Path, problems: Problems) -> None:
    (bus_lanes / "sources/traders-2024.txt").unlink()

    assert problems(sources=True) == [
        'data/bus-lanes/sources.yaml:38:5: error[BG022]: the text of "traders-2024" is missing: traders-2024.txt\n  help: put it into the folder that `--sources` names, or correct `file` under `text`',
    ]


def test_a_source_without_a_text_is_reported_when_texts_are_asked_for(
    edit: Edit, dossier: Path, problems: Problems
) -> None:
    text = (dossier / "sources.yaml").read_text("utf-8")
    edit("sources.yaml", text[text.rindex("  text:") :], "")

    assert problems(sources=True) == [
        'data/bus-lanes/sources.yaml:41:3: error[BG022]: source "gazette-2024" names no text\n  help: add `text: {file: …, sha256: …}`',
    ]


def test_a_source_whose_text_has_changed_is_reported_with_its_new_fingerprint(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "../../sources/gazette-2024.txt",
        "and ask for more benches.",
        "and ask for many more benches.",
    )

    assert problems(sources=True) == [
        'data/bus-lanes/sources.yaml:64:13: error[BG022]: the text of "gazette-2024" has changed since it was curated\n  help: read it again, then write `sha256: d17ec7e29a7e6576733dce419e91a8bde7b9cbd4bbb4c983ada4cb58714b69ef`',
    ]


def test_without_texts_a_quote_that_was_never_found_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "claims.yaml",
        "quote: There is a single camera, at Station Road",
        "quote: There is a single camera, at Station",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:177:14: error[BG023]: claim "one-camera": the quote has not been looked for yet in council-report-2023\n  help: run `briefgen check --sources DIR` with the source texts',
    ]


def test_without_texts_a_new_fingerprint_is_reported(
    edit: Edit, dossier: Path, problems: Problems
) -> None:
    text = (dossier / "sources.yaml").read_text("utf-8")
    edit("sources.yaml", text.split("sha256: ")[1][:64], "a" * 64)

    assert problems() == [
        'data/bus-lanes/sources.yaml:20:13: error[BG023]: the text of "council-report-2023" has not been verified yet, or has changed since\n  help: run `briefgen check --sources DIR` with the source texts',
    ]


def test_without_texts_a_missing_lock_is_reported_once(dossier: Path, problems: Problems) -> None:
    (dossier / "evidence.lock").unlink()

    assert problems() == [
        "data/bus-lanes/evidence.lock:1:1: error[BG023]: evidence.lock is missing: no quote was verified\n  help: run `briefgen check --sources DIR` with the source texts",
    ]


def test_a_lock_that_is_not_json_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "evidence.lock").write_text("{", "utf-8")

    assert problems() == [
        "data/bus-lanes/evidence.lock:1:1: error[BG023]: evidence.lock cannot be read\n  help: run `briefgen check --sources DIR` with the source texts",
    ]


def test_a_lock_of_another_shape_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "evidence.lock").write_text('{"texts": [], "quotes": [{"claim": []}]}', "utf-8")

    assert problems() == [
        "data/bus-lanes/evidence.lock:1:1: error[BG023]: evidence.lock cannot be read\n  help: run `briefgen check --sources DIR` with the source texts",
    ]


def test_a_lock_that_is_not_text_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "evidence.lock").write_bytes(b"\xff\xfe")

    assert problems() == [
        "data/bus-lanes/evidence.lock:1:1: error[BG023]: evidence.lock cannot be read\n  help: run `briefgen check --sources DIR` with the source texts",
    ]


def test_a_lock_that_nests_without_end_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "evidence.lock").write_text("[" * 100_000, "utf-8")

    assert problems() == [
        "data/bus-lanes/evidence.lock:1:1: error[BG023]: evidence.lock cannot be read\n  help: run `briefgen check --sources DIR` with the source texts",
    ]


def test_a_quote_from_another_source_is_recognised(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "quote: There is a single camera, at Station Road",
        "quote: carry crates over 200 metres to the shops",
    )

    assert problems(sources=True) == [
        'data/bus-lanes/claims.yaml:177:14: error[BG020]: claim "one-camera": the quote is not in council-report-2023: "carry crates over 200 metres to the shops"\n  help: it stands in traders-2024: correct `source`',
    ]


def test_a_quote_unlike_anything_in_the_source_has_no_suggestion(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "claims.yaml",
        "quote: There is a single camera, at Station Road",
        "quote: zebra xylophone quartz",
    )

    assert problems(sources=True)[0].endswith("help: copy the words exactly from the source")

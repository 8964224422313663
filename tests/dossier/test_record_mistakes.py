"""Records that do not have the shape of their kind, and what is said of them."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from briefgen.dossier.base import Text

if TYPE_CHECKING:
    from conftest import Edit, Problems


def test_an_unknown_key_is_reported_with_a_suggestion(edit: Edit, problems: Problems) -> None:
    edit(
        "milestones.yaml", "  short: Trial approved", "  short: Trial approved\n  outcme: disputed"
    )

    assert problems() == [
        'data/bus-lanes/milestones.yaml:4:3: error[BG004]: unknown key "outcme"\n  help: did you mean "outcome"? keys here: claims, date, id, outcome, short, title',
    ]


def test_an_unknown_key_in_other_letters_is_suggested_as_it_is_written(
    edit: Edit, problems: Problems
) -> None:
    edit("sources.yaml", "  URL: https", "  url: https")

    assert problems() == [
        'data/bus-lanes/sources.yaml:52:3: error[BG004]: unknown key "url"\n  help: did you mean "URL"? keys here: DOI, ISBN, ISSN, URL, abstract, accessed, author, collection-number, collection-title, container-title, depends_on, editor, genre, id, inferred, issue, issued, language, licence, note, number, page, publisher, publisher-place, reliability, text, title, title-short, type, viewpoint, volume',
    ]


def test_an_unknown_key_in_a_list_of_mappings_names_the_keys_of_its_entries(
    edit: Edit, problems: Problems
) -> None:
    edit("actors.yaml", "      stance: supports", "      stnce: supports")

    assert problems() == [
        'data/bus-lanes/actors.yaml:7:7: error[BG005]: key "stance" is missing\n  help: add `stance: …`',
        'data/bus-lanes/actors.yaml:9:7: error[BG004]: unknown key "stnce"\n  help: did you mean "stance"? keys here: claim, id, on, stance',
    ]


def test_an_unknown_key_in_a_mapping_names_the_keys_of_that_mapping(
    edit: Edit, problems: Problems
) -> None:
    edit("obstacles.yaml", "severity: {level: high, why:", "severity: {level: high, wy:")

    assert problems() == [
        'data/bus-lanes/obstacles.yaml:9:13: error[BG005]: key "why" is missing\n  help: add `why: …`',
        'data/bus-lanes/obstacles.yaml:9:27: error[BG004]: unknown key "wy"\n  help: did you mean "why"? keys here: level, why',
    ]


def test_an_unknown_key_in_dossier_yaml_is_reported(edit: Edit, problems: Problems) -> None:
    edit("dossier.yaml", "as_of: 2024-06", "as_of: 2024-06\nauthor: nobody")

    assert problems() == [
        'data/bus-lanes/dossier.yaml:6:1: error[BG004]: unknown key "author"\n  help: keys here: as_of, han, interests, language, limits, method, scope, title',
    ]


def test_a_missing_key_is_reported_at_the_record(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "  short: Deliveries\n", "")

    assert problems() == [
        'data/bus-lanes/areas.yaml:39:3: error[BG005]: key "short" is missing\n  help: add `short: …`',
    ]


def test_a_missing_key_of_a_nested_mapping_is_reported_at_the_mapping(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "milestones.yaml",
        'date: {value: "2021-06-09", claim: trial-approved}',
        'date: {value: "2021-06-09"}',
    )

    assert problems() == [
        'data/bus-lanes/milestones.yaml:4:9: error[BG005]: key "claim" is missing\n  help: add `claim: …`',
    ]


def test_a_number_where_text_belongs_is_to_be_quoted(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", "term: 2024")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG006]: term: should be text, is a number (2024)\n  help: put quotes round it",
    ]


def test_a_word_where_a_list_belongs_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "actors: [traders]", "actors: traders")

    assert problems() == [
        "data/bus-lanes/areas.yaml:36:11: error[BG006]: actors: should be a list, is text (traders)\n  help: write it as [one, two] or as `- one` lines",
    ]


def test_a_list_where_a_mapping_belongs_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "milestones.yaml",
        'date: {value: "2021-06-09", claim: trial-approved}',
        'date: ["2021-06-09", trial-approved]',
    )

    assert problems() == [
        "data/bus-lanes/milestones.yaml:4:9: error[BG006]: date: should be a mapping, is a list\n  help: write it as lines below: `value: …`, `claim: …`",
    ]


def test_a_mapping_where_text_belongs_is_reported(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", "term: {short: HBC}")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG006]: term: should be text, is a mapping\n  help: write text",
    ]


def test_nothing_where_text_belongs_is_reported(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", "term:")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:8: error[BG006]: term: should be text, is nothing\n  help: write text",
    ]


def test_blank_text_is_reported(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", 'term: "  "')

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG006]: term: is empty\n  help: write it, or leave the key out",
    ]


def test_a_control_character_written_as_an_escape_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("terms.yaml", "term: HBC", 'term: "H\\0BC"')

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG006]: term: holds the control character U+0000\n  help: remove it",
    ]


@pytest.mark.parametrize("char", ["200b", "200d", "2060", "202e", "2066", "200f", "034f", "fe0f"])
def test_a_character_that_nobody_sees_is_reported(
    edit: Edit, problems: Problems, char: str
) -> None:
    """It would hide a word from the checks, or turn the order of those that are printed."""
    edit("terms.yaml", "term: HBC", f'term: "H\\u{char}BC"')

    assert problems() == [
        f"data/bus-lanes/terms.yaml:2:9: error[BG006]: term: holds the unseen character U+{char.upper()}\n  help: remove it",
    ]


def test_a_word_of_two_alphabets_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "Your own till is", "Your оwn till is")

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:41:16: error[BG006]: so_what: "оwn" mixes two alphabets\n  help: write the Latin letter in place of U+043E',
    ]


def test_joiners_soft_hyphens_and_whole_words_of_other_alphabets_pass(
    edit: Edit, problems: Problems
) -> None:
    words = "Your tav\u00adern, क्\u200dष, Αθήνα, Москва and some \u03bcm are"
    edit("editions/shopkeepers.yaml", "Your own till is", words)

    assert problems() == []


def test_a_value_outside_the_choices_is_reported_with_a_suggestion(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "stage: operational", "stage: operating")

    assert problems() == [
        'data/bus-lanes/areas.yaml:20:10: error[BG006]: stage: "operating" is not one of the choices\n  help: did you mean "operational"? choose one of idea, dialogue, pilot, programme, operational',
    ]


def test_a_long_value_is_shortened_in_the_message(edit: Edit, problems: Problems) -> None:
    edit(
        "areas.yaml",
        "stage: operational",
        "stage: operational and more operational and more operational and more operational and more operational and more ",
    )

    assert problems() == [
        'data/bus-lanes/areas.yaml:20:10: error[BG006]: stage: "operational and more operational and more operational and m…" is not one of the choices\n  help: choose one of idea, dialogue, pilot, programme, operational',
    ]


def test_text_where_a_number_belongs_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "credibility: 1", "credibility: high")

    assert problems() == [
        "data/bus-lanes/claims.yaml:8:20: error[BG006]: credibility: should be a whole number, is text (high)\n  help: write a whole number",
    ]


def test_true_is_no_number(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "credibility: 1", "credibility: true")

    assert problems() == [
        "data/bus-lanes/claims.yaml:8:20: error[BG006]: credibility: should be a whole number, is true or false\n  help: write a whole number",
    ]


def test_a_quoted_number_is_no_number(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "credibility: 1", 'credibility: "1"')

    assert problems() == [
        "data/bus-lanes/claims.yaml:8:20: error[BG006]: credibility: should be a whole number, is text (1)\n  help: write a whole number",
    ]


def test_true_is_no_value_of_a_claim(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "values: {months: 18}", "values: {months: true}")

    assert problems() == [
        "data/bus-lanes/claims.yaml:38:20: error[BG006]: months: should be a number or a date, is true or false\n  help: write a number, or a date such as 2023-07",
    ]


def test_a_year_is_a_value_of_a_claim(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        'values: {approved: "2021-06-09"}',
        'values: {approved: "2021-06-09", year: 2021, until: 2021-07~}',
    )
    edit("claims.yaml", "values: {months: 18}", "values: {months: 18.0}")

    assert problems() == []


def test_a_number_out_of_range_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "credibility: 1", "credibility: 7")

    assert problems() == [
        "data/bus-lanes/claims.yaml:8:20: error[BG006]: credibility: should be 6 or less, is 7\n  help: correct the value",
    ]


def test_an_empty_list_where_something_is_needed_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("obstacles.yaml", "affects: [trade, deliveries]", "affects: []")

    assert problems() == [
        "data/bus-lanes/obstacles.yaml:42:12: error[BG006]: affects: should have 1 or more entries, has 0\n  help: correct the value",
    ]


def test_a_label_that_is_too_long_for_figures_is_reported(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "short: Deliveries", "short: Deliveries of every kind by van")

    assert problems() == [
        "data/bus-lanes/areas.yaml:41:10: error[BG006]: short: should have 28 or fewer characters, has 31\n  help: correct the value",
    ]


def test_a_value_of_a_claim_that_is_neither_number_nor_date_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("claims.yaml", "values: {months: 18}", "values: {months: many}")

    assert problems() == [
        "data/bus-lanes/claims.yaml:38:20: error[BG006]: months: should be a number or a date, is text (many)\n  help: write a number, or a date such as 2023-07",
    ]


def test_a_fingerprint_that_is_none_is_reported(
    edit: Edit, dossier: Path, problems: Problems
) -> None:
    text = (dossier / "sources.yaml").read_text("utf-8")
    edit("sources.yaml", text.split("sha256: ")[1][:64], "unknown")

    assert problems() == [
        'data/bus-lanes/sources.yaml:20:13: error[BG006]: sha256: "unknown" does not have the form that it needs\n  help: write the 64 small hex digits that `sha256sum FILE` prints',
    ]


def test_a_text_of_a_source_outside_its_folder_is_refused(edit: Edit, problems: Problems) -> None:
    edit("sources.yaml", "file: traders-2024.txt", "file: ../../../etc/passwd")

    assert problems(sources=True) == [
        'data/bus-lanes/sources.yaml:38:11: error[BG006]: file: "../../../etc/passwd" is a path\n  help: write the name of a file in the folder of texts',
    ]


def test_an_absolute_path_of_a_text_is_refused(edit: Edit, problems: Problems) -> None:
    edit("sources.yaml", "file: traders-2024.txt", "file: /etc/passwd")

    assert problems(sources=True) == [
        'data/bus-lanes/sources.yaml:38:11: error[BG006]: file: "/etc/passwd" is a path\n  help: write the name of a file in the folder of texts',
    ]


def test_the_folder_above_is_refused_as_a_text(edit: Edit, problems: Problems) -> None:
    edit("sources.yaml", "file: traders-2024.txt", 'file: ".."')

    assert problems(sources=True) == [
        'data/bus-lanes/sources.yaml:38:11: error[BG006]: file: ".." is a path\n  help: write the name of a file in the folder of texts',
    ]


def test_a_date_that_does_not_exist_is_reported(edit: Edit, problems: Problems) -> None:
    edit("milestones.yaml", 'value: "2021-06-09"', 'value: "2021-06-31"')

    assert problems() == [
        'data/bus-lanes/milestones.yaml:4:17: error[BG006]: value: "2021-06-31" is not a day of the calendar\n  help: correct the day',
    ]


def test_a_season_is_not_a_date_that_briefs_can_print(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "review_by: 2025-07", "review_by: 2025-21")

    assert problems() == [
        'data/bus-lanes/claims.yaml:302:14: error[BG006]: review_by: "2025-21" is not a date that briefs can print\n  help: write it as 2023, 2023-07, 2023-07-11, 2023~ (about), 2023-07/2026 (from, to) or 2023/.. (since)',
    ]


def test_a_period_that_ends_before_it_begins_is_reported(edit: Edit, problems: Problems) -> None:
    edit("claims.yaml", "review_by: 2025-07", "review_by: 2025/2024")

    assert problems() == [
        'data/bus-lanes/claims.yaml:302:14: error[BG006]: review_by: "2025/2024" ends before it begins\n  help: write the earlier date first',
    ]


def test_a_date_in_words_is_reported(edit: Edit, problems: Problems) -> None:
    edit("dossier.yaml", "as_of: 2024-06", "as_of: June 2024")

    assert problems() == [
        'data/bus-lanes/dossier.yaml:5:8: error[BG006]: as_of: "June 2024" is not a date that briefs can print\n  help: write it as 2023, 2023-07, 2023-07-11, 2023~ (about), 2023-07/2026 (from, to) or 2023/.. (since)',
    ]


def test_a_record_that_is_no_mapping_is_reported(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "- id: term-market-street\n  term: Market Street", "- Market Street")

    assert problems() == [
        "data/bus-lanes/terms.yaml:5:3: error[BG006]: should be a mapping, is text (Market Street)\n  help: write it as lines below: `id: …`, `term: …`",
    ]


def test_a_file_that_holds_a_mapping_in_place_of_a_list_is_reported(
    dossier: Path, problems: Problems
) -> None:
    (dossier / "terms.yaml").write_text("term-hbc:\n  term: HBC\n", "utf-8")

    assert problems() == [
        "data/bus-lanes/terms.yaml:1:1: error[BG006]: the file should hold a list of records\n  help: start each record with `- id: …`",
    ]


def test_a_file_that_holds_a_word_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "terms.yaml").write_text("HBC\n", "utf-8")

    assert problems() == [
        "data/bus-lanes/terms.yaml:1:1: error[BG006]: the file should hold a list of records\n  help: start each record with `- id: …`",
    ]


def test_an_empty_file_is_a_kind_without_records(dossier: Path, problems: Problems) -> None:
    (dossier / "terms.yaml").write_text("", "utf-8")

    # nothing explains the one abbreviation any more
    assert ["warning[BG082]" in problem for problem in problems()] == [True]


def test_a_file_of_comments_is_a_kind_without_records(dossier: Path, problems: Problems) -> None:
    (dossier / "terms.yaml").write_text("# to do\n", "utf-8")

    # nothing explains the one abbreviation any more
    assert ["warning[BG082]" in problem for problem in problems()] == [True]


def test_an_empty_dossier_yaml_is_reported_without_a_crash(
    dossier: Path, problems: Problems
) -> None:
    (dossier / "dossier.yaml").write_text("", "utf-8")

    assert problems() == [
        "data/bus-lanes/dossier.yaml:1:1: error[BG006]: should be a mapping, is nothing\n  help: write it as lines below: `title: …`, `scope: …`, `as_of: …`, `language: …`, `method: …`, `limits: …`, `interests: …`",
    ]


def test_an_id_outside_kebab_case_is_reported(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "id: term-market-street", "id: Term_Market")

    assert problems() == [
        'data/bus-lanes/terms.yaml:5:7: error[BG011]: "Term_Market" is not in kebab-case\n  help: use small letters, digits and single hyphens: sea-lanes',
    ]


def test_an_id_that_is_a_number_is_to_be_quoted(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "id: term-market-street", "id: 7")

    assert problems() == [
        "data/bus-lanes/terms.yaml:5:7: error[BG006]: id: should be text, is a number (7)\n  help: put quotes round it",
    ]


def test_a_record_without_an_id_is_reported(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "- id: term-market-street\n  term", "- term")

    assert problems() == [
        'data/bus-lanes/terms.yaml:5:3: error[BG005]: key "id" is missing\n  help: add `id: …`',
    ]


def test_an_id_that_stands_twice_is_reported_with_the_first_place(
    edit: Edit, problems: Problems
) -> None:
    edit("terms.yaml", "id: term-market-street", "id: term-hbc")

    assert problems() == [
        'data/bus-lanes/terms.yaml:5:7: error[BG010]: id "term-hbc" stands twice; first in data/bus-lanes/terms.yaml:1:7\n  help: give one of them another id',
    ]


def test_an_id_that_stands_twice_in_two_kinds_is_reported_and_both_can_be_referred_to(
    edit: Edit, problems: Problems
) -> None:
    edit("obstacles.yaml", "id: no-money\n", "id: trade\n")
    edit("recommendations.yaml", "overcomes: [no-money]", "overcomes: [trade]")

    assert problems() == [
        'data/bus-lanes/obstacles.yaml:26:7: error[BG010]: id "trade" stands twice; first in data/bus-lanes/areas.yaml:25:7\n  help: give one of them another id',
    ]


def test_an_id_that_stands_twice_in_two_files_is_reported(
    dossier: Path, problems: Problems
) -> None:
    (dossier / "terms").mkdir()
    (dossier / "terms/more.yaml").write_text("- id: term-hbc\n  term: HBC\n", "utf-8")

    assert problems() == [
        'data/bus-lanes/terms/more.yaml:1:7: error[BG010]: id "term-hbc" stands twice; first in data/bus-lanes/terms.yaml:1:7\n  help: give one of them another id',
    ]


def test_an_entry_id_that_stands_twice_in_a_record_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("actors.yaml", "id: on-permanent-order", "id: on-bus-journeys")

    assert problems() == [
        'data/bus-lanes/actors.yaml:11:11: error[BG010]: id "on-bus-journeys" stands twice in positions\n  help: give one of them another id',
    ]


def test_an_entry_id_outside_kebab_case_is_reported(edit: Edit, problems: Problems) -> None:
    edit("actors.yaml", "id: on-bus-journeys", "id: On_Buses")

    assert problems() == [
        'data/bus-lanes/actors.yaml:7:11: error[BG011]: "On_Buses" is not in kebab-case\n  help: use small letters, digits and single hyphens: sea-lanes',
    ]


def test_a_file_with_no_place_in_a_dossier_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "claim.yaml").write_text("[]", "utf-8")

    assert problems() == [
        'data/bus-lanes/claim.yaml:1:1: error[BG007]: "claim.yaml" has no place in a dossier\n  help: did you mean "claims.yaml"? a dossier holds dossier.yaml, evidence.lock, editions/, reviews/, tables/, README.md, LICENSE and, each as .yaml or as a folder, sources, claims, areas, obstacles, recommendations, actors, instruments, milestones, terms',
    ]


def test_a_folder_with_no_place_in_a_dossier_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "drafts").mkdir()

    assert problems() == [
        'data/bus-lanes/drafts:1:1: error[BG007]: "drafts" has no place in a dossier\n  help: a dossier holds dossier.yaml, evidence.lock, editions/, reviews/, tables/, README.md, LICENSE and, each as .yaml or as a folder, sources, claims, areas, obstacles, recommendations, actors, instruments, milestones, terms',
    ]


def test_a_misspelt_ending_in_a_folder_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "claims").mkdir()
    (dossier / "claims/more.yml").write_text("[]", "utf-8")

    assert problems() == [
        'data/bus-lanes/claims/more.yml:1:1: error[BG007]: "more.yml" has no place in claims/\n  help: only files that end in .yaml are read here',
    ]


def test_an_edition_with_a_misspelt_ending_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "editions/overview.yaml").rename(dossier / "editions/overview.yml")

    assert problems() == [
        'data/bus-lanes/editions/overview.yml:1:1: error[BG007]: "overview.yml" has no place in editions/\n  help: only files that end in .yaml are read here',
    ]


def test_a_broken_link_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "tables.bak").symlink_to("nowhere")

    assert problems() == [
        'data/bus-lanes/tables.bak:1:1: error[BG007]: "tables.bak" has no place in a dossier\n  help: a dossier holds dossier.yaml, evidence.lock, editions/, reviews/, tables/, README.md, LICENSE and, each as .yaml or as a folder, sources, claims, areas, obstacles, recommendations, actors, instruments, milestones, terms',
    ]


def test_a_kind_that_is_a_link_to_nothing_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "terms.yaml").unlink()
    (dossier / "terms.yaml").symlink_to("nowhere")

    assert problems() == [
        'data/bus-lanes/terms.yaml:1:1: error[BG007]: "terms.yaml" is not a file\n  help: make it a file',
    ]


def test_dossier_yaml_that_is_missing_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "dossier.yaml").unlink()

    assert problems() == [
        "data/bus-lanes/dossier.yaml:1:1: error[BG007]: dossier.yaml is missing\n  help: add it with title, scope, as_of, language, method, limits and interests",
    ]


def test_a_broken_dossier_yaml_does_not_hide_mistakes_elsewhere(
    edit: Edit, dossier: Path, problems: Problems
) -> None:
    (dossier / "dossier.yaml").write_text("title: x\n", "utf-8")
    edit("areas.yaml", "actors: [traders]", "actors: [trader]")
    edit("editions/overview.yaml", "bus-journeys: {weight: 5}", "bus-journey: {weight: 5}")

    assert problems() == [
        'data/bus-lanes/areas.yaml:36:12: error[BG012]: unknown actor "trader"\n  help: did you mean "traders"? `briefgen list actors` shows all.',
        'data/bus-lanes/dossier.yaml:1:1: error[BG005]: key "as_of" is missing\n  help: add `as_of: …`',
        'data/bus-lanes/dossier.yaml:1:1: error[BG005]: key "interests" is missing\n  help: add `interests: …`',
        'data/bus-lanes/dossier.yaml:1:1: error[BG005]: key "language" is missing\n  help: add `language: …`',
        'data/bus-lanes/dossier.yaml:1:1: error[BG005]: key "limits" is missing\n  help: add `limits: …`',
        'data/bus-lanes/dossier.yaml:1:1: error[BG005]: key "method" is missing\n  help: add `method: …`',
        'data/bus-lanes/dossier.yaml:1:1: error[BG005]: key "scope" is missing\n  help: add `scope: …`',
        'data/bus-lanes/editions/overview.yaml:40:5: error[BG012]: unknown area "bus-journey"\n  help: did you mean "bus-journeys"? `briefgen list areas` shows all.',
    ]


def test_a_record_with_a_mistake_can_still_be_referred_to(edit: Edit, problems: Problems) -> None:
    edit("areas.yaml", "stage: operational", "stage: operating")

    assert problems() == [
        'data/bus-lanes/areas.yaml:20:10: error[BG006]: stage: "operating" is not one of the choices\n  help: did you mean "operational"? choose one of idea, dialogue, pilot, programme, operational',
    ]


def test_a_claim_with_a_mistake_does_not_make_others_break_the_rules_of_their_status(
    edit: Edit, problems: Problems
) -> None:
    edit("claims.yaml", "supersedes: [minutes-2022]", "supersedes: [minutes-2022]\n  extra: 1")

    assert problems() == [
        'data/bus-lanes/claims.yaml:66:3: error[BG004]: unknown key "extra"\n  help: keys here: as_of, basis, conflicts_with, evidence, id, kind, note, review_by, statement, status, supersedes, values, why',
    ]


def test_a_part_of_a_record_that_is_text_says_which_keys_it_needs(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "sources.yaml",
        "  reliability:\n    grade: B\n    why: It gives its counts and dates, but the council judges its own work.\n",
        "  reliability: B\n",
    )

    assert problems()[0] == (
        "data/bus-lanes/sources.yaml:13:16: error[BG006]: reliability: should be a mapping, is text (B)\n  help: write it as lines below: `grade: …`, `why: …`"
    )


def test_an_inferred_key_that_a_source_does_not_have_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("sources.yaml", "inferred: [issued]", "inferred: [isued]")

    assert any(
        'inferred: a source has no key "isued"\n  help: did you mean "issued"?' in line
        for line in problems()
    )


def test_what_a_source_leans_on_is_one_thing(edit: Edit, problems: Problems) -> None:
    edit(
        "sources.yaml",
        "    - source: council-report-2023\n",
        "    - source: council-report-2023\n      origin: The town hall\n",
    )

    assert problems()[0] == (
        "data/bus-lanes/sources.yaml:60:7: error[BG006]: depends_on: names no one thing to lean on\n  help: write either `source` or `origin`"
    )


LONG_TEXTS = [
    pytest.param(["- a"] * 5_000, "5,000 lines; a text may have 500", id="a list"),
    pytest.param(["- a cat"] * 501, "501 lines; a text may have 500", id="lines"),
    pytest.param(["a " * 10_000 + "b"], "20,001 characters; a text may have 20,000", id="text"),
]


@pytest.mark.parametrize(("lines", "said"), LONG_TEXTS)
def test_a_text_that_no_brief_could_hold_is_refused_at_once(
    edit: Edit, problems: Problems, lines: list[str], said: str
) -> None:
    body = "".join(f"    {line}\n" for line in lines)
    edit("areas.yaml", "  stage: dialogue", "  # body")
    edit("areas.yaml", "  body: >-\n    One bookseller", "  stage: dialogue\n  xbody: >-\n    One")
    edit("areas.yaml", "  xbody: >-", f"  body: |-\n{body}  xbody: >-")

    found = [problem for problem in problems() if "body: has" in problem]

    what, mend = said.split("; ")
    assert found == [
        f"data/bus-lanes/areas.yaml:32:9: error[BG006]: body: has {what}\n  help: {mend}: shorten it"
    ]


@pytest.mark.parametrize("text", ["a " * 9_999 + "bc", "- a cat\n" * 499 + "- a cat"])
def test_a_text_at_the_edge_is_a_text(text: str) -> None:
    assert TypeAdapter(Text).validate_python(text) == text

"""Files that are not plain YAML, and what is said of them."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Edit, Problems


def test_a_colon_in_unquoted_text_is_reported_where_it_stands(
    edit: Edit, problems: Problems
) -> None:
    edit("claims.yaml", "statement: One camera watches", "statement: One camera: it watches")

    assert problems() == [
        'data/bus-lanes/claims.yaml:173:24: error[BG001]: not valid YAML: mapping values are not allowed in this context\n  help: put quotes round text that contains ": ", or check the indentation',
    ]


def test_a_quotation_mark_that_is_not_closed_is_reported_where_it_opens(
    edit: Edit, problems: Problems
) -> None:
    edit("dossier.yaml", "title: Bus lanes in Harrowmere", 'title: "Bus lanes in Harrowmere')

    assert problems() == [
        "data/bus-lanes/dossier.yaml:1:8: error[BG001]: not valid YAML: a quotation mark opens here and is not closed\n  help: close it",
    ]


def test_a_bracket_that_is_not_closed_is_reported_where_it_opens(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "instruments: [permanent-order]", "instruments: [permanent-order")

    assert problems() == [
        "data/bus-lanes/areas.yaml:21:16: error[BG001]: not valid YAML: a bracket opens here, and a comma or its end is missing\n  help: separate the items with commas and close the bracket",
    ]


def test_a_comma_without_an_item_is_reported_where_it_stands(
    edit: Edit, problems: Problems
) -> None:
    edit("areas.yaml", "instruments: [permanent-order]", "instruments: [permanent-order,,]")

    assert problems() == [
        "data/bus-lanes/areas.yaml:21:33: error[BG001]: not valid YAML: an item is missing here, or a bracket is not closed\n  help: separate the items with single commas and close the bracket",
    ]


def test_a_tab_in_the_indentation_is_named(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "  term: HBC", "\tterm: HBC")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:1: error[BG001]: not valid YAML: the line is indented with a tab\n  help: indent with spaces",
    ]


def test_text_that_starts_with_a_sign_of_yaml_is_to_be_quoted(
    edit: Edit, problems: Problems
) -> None:
    edit("terms.yaml", "  term: HBC", "  term: @HBC")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG001]: not valid YAML: the text starts with @\n  help: put quotes round text that starts with @",
    ]


def test_wrong_indentation_is_reported_where_the_parser_stops(
    edit: Edit, problems: Problems
) -> None:
    edit("milestones.yaml", "  short: Trial approved", "    short: Trial approved")

    assert problems() == [
        'data/bus-lanes/milestones.yaml:3:10: error[BG001]: not valid YAML: mapping values are not allowed in this context\n  help: put quotes round text that contains ": ", or check the indentation',
    ]


def test_an_unknown_escape_is_reported_with_a_way_round_it(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: Market Street", 'term: "Market \\Street"')

    assert problems() == [
        "data/bus-lanes/terms.yaml:6:17: error[BG001]: not valid YAML: found unknown escape character while parsing a quoted scalar\n  help: use single quotation marks, in which a backslash is a backslash",
    ]


def test_a_key_that_is_no_word_is_reported(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "  term: Market Street", "  term: Market Street\n  ? [a, b]\n  : c")

    assert problems() == [
        "data/bus-lanes/terms.yaml:7:5: error[BG001]: a key must be a word\n  help: write the key as plain text",
    ]


def test_a_file_that_is_not_utf_8_is_reported_at_its_first_wrong_byte(
    dossier: Path, problems: Problems
) -> None:
    (dossier / "terms.yaml").write_bytes(b"- id: term-cafe\n  term: Caf\xc3\xa9 caf\xe9\n")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:17: error[BG002]: the file is not UTF-8\n  help: save it as UTF-8",
    ]


def test_a_control_character_is_reported_where_it_stands(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", "term: H\x07BC")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:10: error[BG002]: the file holds the control character U+0007\n  help: remove it",
    ]


def test_a_line_end_that_only_some_programs_count_is_refused(
    edit: Edit, problems: Problems
) -> None:
    edit("terms.yaml", "term: HBC", "term: H\u2028BC")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:10: error[BG002]: the file holds the control character U+2028\n  help: remove it",
    ]


def test_a_file_that_is_too_large_is_not_read(dossier: Path, problems: Problems) -> None:
    (dossier / "terms.yaml").write_bytes(b"#" * 5_000_001)

    assert problems() == [
        "data/bus-lanes/terms.yaml:1:1: error[BG002]: the file has more than 5,000,000 bytes\n  help: split it into several files in a folder of the same name",
    ]


def test_an_anchor_is_refused(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", "term: &hbc HBC")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG002]: anchors and aliases (& and *) are not read\n  help: write the value out, or put quotes round text that starts with & or *",
    ]


def test_an_alias_is_refused(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", "term: *hbc")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG002]: anchors and aliases (& and *) are not read\n  help: write the value out, or put quotes round text that starts with & or *",
    ]


def test_a_tag_is_refused(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", "term: !python/object:os.system HBC")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG002]: the tag !python/object:os.system is not read\n  help: remove it, or put quotes round text that starts with !",
    ]


def test_a_tag_of_yaml_itself_is_refused_too(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "term: HBC", "term: !!str 5")

    assert problems() == [
        "data/bus-lanes/terms.yaml:2:9: error[BG002]: the tag !!str is not read\n  help: remove it, or put quotes round text that starts with !",
    ]


def test_a_second_document_is_refused(edit: Edit, problems: Problems) -> None:
    edit("terms.yaml", "- id: term-market-street", "---\n- id: term-market-street")

    assert problems() == [
        "data/bus-lanes/terms.yaml:5:1: error[BG002]: a second document begins here\n  help: remove the line `---`",
    ]


def test_deep_nesting_is_refused_before_it_can_overflow_the_parser(
    dossier: Path, problems: Problems
) -> None:
    (dossier / "terms.yaml").write_text("[" * 100_000, "utf-8")

    assert problems() == [
        "data/bus-lanes/terms.yaml:1:41: error[BG002]: nested more than 40 deep\n  help: flatten the data",
    ]


def test_a_folder_that_has_the_name_of_a_file_is_not_read(
    dossier: Path, problems: Problems
) -> None:
    (dossier / "terms.yaml").unlink()
    (dossier / "terms.yaml").mkdir()

    assert problems() == [
        'data/bus-lanes/terms.yaml:1:1: error[BG007]: "terms.yaml" is not a file\n  help: make it a file',
    ]


def test_a_key_that_stands_twice_is_reported_at_the_second(edit: Edit, problems: Problems) -> None:
    edit(
        "claims.yaml",
        "  statement: One camera watches the lanes.",
        "  statement: One camera watches the lanes.\n  kind: position",
    )

    assert problems() == [
        'data/bus-lanes/claims.yaml:174:3: error[BG003]: key "kind" stands twice; first on line 172\n  help: keep one of them',
    ]


def test_a_mistake_in_one_file_does_not_make_its_records_unknown_to_the_others(
    edit: Edit, problems: Problems
) -> None:
    edit("claims.yaml", "statement: One camera watches", "statement: One camera: it watches")
    edit("areas.yaml", "short: Deliveries", "shrt: Deliveries")

    assert problems() == [
        'data/bus-lanes/areas.yaml:39:3: error[BG005]: key "short" is missing\n  help: add `short: …`',
        'data/bus-lanes/areas.yaml:41:3: error[BG004]: unknown key "shrt"\n  help: did you mean "short"? keys here: actors, body, claims, id, instruments, short, stage, summary, title',
        'data/bus-lanes/claims.yaml:173:24: error[BG001]: not valid YAML: mapping values are not allowed in this context\n  help: put quotes round text that contains ": ", or check the indentation',
    ]

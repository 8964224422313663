"""Plain YAML: what its scalars mean, and where each key and value stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.dossier.yaml_places import YamlFile, read_yaml
from briefgen.problems import Place


def read(tmp_path: Path, text: str) -> YamlFile:
    path = tmp_path / "file.yaml"
    path.write_bytes(text.encode())
    return read_yaml(path, "file.yaml")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("no", "no"), ("yes", "yes"), ("on", "on"), ("2024-06", "2024-06"), ("12:30", "12:30")),
        *(("2024-06-18", "2024-06-18"), ("0044", "0044"), ("1_000", "1_000"), ("0x1F", "0x1F")),
        *(("1e5", "1e5"), (".nan", ".nan"), ("<<", "<<"), ("9" * 30, "9" * 30), ("=", "=")),
        *(
            ("5", 5),
            ("-5", -5),
            ("1.5", 1.5),
            ("1.0", 1.0),
            ("0", 0),
            ('"5"', "5"),
            ("'1.0'", "1.0"),
        ),
        *(("true", True), ("false", False), ("null", None), ("~", None), ("", None), ('""', "")),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(tmp_path: Path, written: str, value: Any) -> None:
    file = read(tmp_path, f"key: {written}\n")

    assert file.problems == []
    assert file.data == {"key": value}
    assert type(file.data["key"]) is type(value)


def test_every_key_and_value_has_its_place(tmp_path: Path) -> None:
    file = read(tmp_path, "- id: a\n  list: [x, {y: z}]\n  text: >-\n    folded\n    lines\n")

    assert file.data == [{"id": "a", "list": ["x", {"y": "z"}], "text": "folded lines"}]
    assert file.values == {
        (): Place("file.yaml", 1, 1),
        (0,): Place("file.yaml", 1, 3),
        (0, "id"): Place("file.yaml", 1, 7),
        (0, "list"): Place("file.yaml", 2, 9),
        (0, "list", 0): Place("file.yaml", 2, 10),
        (0, "list", 1): Place("file.yaml", 2, 13),
        (0, "list", 1, "y"): Place("file.yaml", 2, 17),
        (0, "text"): Place("file.yaml", 3, 9),
    }
    assert file.keys == {
        (0, "id"): Place("file.yaml", 1, 3),
        (0, "list"): Place("file.yaml", 2, 3),
        (0, "list", 1, "y"): Place("file.yaml", 2, 14),
        (0, "text"): Place("file.yaml", 3, 3),
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_whatever_ends_them(tmp_path: Path, end: str) -> None:
    file = read(tmp_path, end.join(["a: 1", "", "b: é x", "c: : x"]))

    assert [problem.where for problem in file.problems] == [Place("file.yaml", 4, 4)]


def test_a_byte_order_mark_does_not_count_as_a_column(tmp_path: Path) -> None:
    file = read(tmp_path, "\ufeffa: b")

    assert (file.data, file.values["a",]) == ({"a": "b"}, Place("file.yaml", 1, 4))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=" \t\n-:?[]{}'\"#&*!|>%@`ab1.,\\\u00e9\u2028\u0007", max_size=60))
def test_any_text_is_read_or_has_one_place_where_it_is_wrong(tmp_path: Path, text: str) -> None:
    file = read(tmp_path, text)

    lines = text.split("\n")
    for problem in file.problems:
        assert problem.where.line <= len(lines)
        assert problem.where.column <= len(lines[problem.where.line - 1]) + 1
        assert problem.what
        assert problem.mend

"""Names of dossiers and editions, and what starter files make of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starting import (
    NAMES,
    draft,
    files_in,
    start,
)

from briefgen.build.naming import as_kebab, as_title, check_name
from briefgen.build.starter import as_prose, as_scalar
from briefgen.dossier.yaml_places import parse_yaml
from briefgen.problems import WrongUsage


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Sea Lanes", '"Sea Lanes" is not in kebab-case\n  help: write sea-lanes'),
        ("sea_lanes", '"sea_lanes" is not in kebab-case\n  help: write sea-lanes'),
        ("Été à Paris", '"Été à Paris" is not in kebab-case\n  help: write ete-a-paris'),
        ("don't", '"don\'t" is not in kebab-case\n  help: write dont'),
        ("../up", "../up"),
        ("a/b", '"a/b" is not in kebab-case\n  help: write a-b'),
        ("", '"" is not in kebab-case\n  help: use small letters, digits and single hyphens'),
        (
            "日本",
            '"日本" is not in kebab-case\n  help: use small letters, digits and single hyphens',
        ),
        ("_base", '"_base" is reserved: names that start with _ stand for no'),
        (".git", '".git" is reserved: names that start with . stand for no'),
        ("x" * 61, "the name has 61 characters, and at most 60 are allowed\n  help: write xxx"),
        ("a\nb", '"a\\u000ab" is not in kebab-case\n  help: write a-b'),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_with_a_near_one(
    bus_lanes: Path, name: str, said: str
) -> None:
    before = files_in(bus_lanes)

    with pytest.raises(WrongUsage) as no_dossier:
        start(bus_lanes, name)
    with pytest.raises(WrongUsage) as no_edition:
        draft(bus_lanes, name)

    assert said in str(no_dossier.value)
    assert said in str(no_edition.value)
    assert files_in(bus_lanes) == before


@given(st.text())
def test_a_suggested_name_is_a_name_and_stays_as_it_is(text: str) -> None:
    suggested = as_kebab(text)

    if suggested:
        check_name("edition", suggested)
        assert as_kebab(suggested) == suggested


@given(NAMES)
def test_names_in_kebab_case_pass(name: str) -> None:
    check_name("dossier", name)
    assert as_title(name).lower() == name.replace("-", " ")


@given(st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True))
def test_a_name_written_into_yaml_stays_text(name: str) -> None:
    data = parse_yaml(f"{as_scalar(name)}: {as_scalar(name)}\n", "x").data

    assert data == {name: name}


def test_prose_is_folded_within_the_width_and_citations_stay_whole() -> None:
    written = as_prose("word " * 40 + "[@a-long-claim-id; @another-long-claim-id].", 6)

    data = parse_yaml(f"key: {written}\n", "x").data
    assert data == {"key": "word " * 40 + "[@a-long-claim-id; @another-long-claim-id]."}
    assert max(map(len, written.splitlines())) <= 100

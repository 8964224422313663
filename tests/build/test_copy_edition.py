"""Editions that begin as a copy: a new identity, and every other byte as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starting import (
    edition_of,
    errors,
    loaded_of,
)

from briefgen.build.copy_edition import copy_edition
from briefgen.build.project import load_project
from briefgen.dossier.yaml_places import parse_yaml
from briefgen.problems import ProblemsFound, WrongUsage

if TYPE_CHECKING:
    from conftest import Edit


def copied(project: Path, name: str, like: str) -> str:
    (loaded,) = load_project(project).dossiers.values()
    return copy_edition(loaded, name, like).path.read_text("utf-8")


def test_a_copy_changes_its_identity_and_nothing_else(bus_lanes: Path, dossier: Path) -> None:
    original = (dossier / "editions" / "shopkeepers.yaml").read_text("utf-8")

    text = copied(bus_lanes, "residents", "shopkeepers")

    assert text == (
        original.replace("id: shopkeepers\n", "id: residents\nstatus: draft\n")
        .replace("label: Shopkeepers' edition\n", "label: Residents edition\n")
        .replace(
            "title: Ask the tills first\n",
            'title: "To write: the title of the residents edition"\n',
        )
        .replace("reference: HBC-2024-SK\n", 'reference: "To be given: residents"\n')
    )
    assert errors(bus_lanes) == []


@pytest.mark.parametrize(("project", "like"), [("housing", "sceptic"), ("example_copy", "india")])
def test_a_copy_has_no_problems_and_keeps_the_comments(
    request: pytest.FixtureRequest, project: str, like: str
) -> None:
    folder: Path = request.getfixturevalue(project)
    original = next((folder / "data").rglob(f"{like}.yaml")).read_text("utf-8")

    text = copied(folder, "copied", like)

    assert errors(folder) == []
    assert text.count("#") == original.count("#")


def test_a_copy_names_what_still_says_the_same(bus_lanes: Path) -> None:
    found = copy_edition(loaded_of(bus_lanes), "residents", "overview").to_reword

    assert found == (
        "subtitle", "question", "audience", "stance", "bottom_line", "key_messages", "context",
        "lens", "counter_view", "figures",
    )  # fmt: skip


def test_a_copy_of_a_final_edition_is_a_draft(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/overview.yaml", "label: Overview", "status: final # signed\nlabel: Overview")

    text = copied(bus_lanes, "residents", "overview")

    assert "\nstatus: draft # signed\n" in text
    assert edition_of(bus_lanes, "overview").status == "final"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: Overview", "label: >-\n  Over\n  view\n"),
        ("label: Overview", "label: 'Over''view'   # said so"),
        ("label: Overview", "label: Over\n  view"),
        ("title: Faster buses, open questions", "title: |\n  Faster\n\n\n# a comment"),
        ("id: overview\n", "# a comment\n\nid: overview # the file\n"),
        ("id: overview\n", ""),
    ],
)
def test_a_copy_is_made_however_the_values_are_written(
    bus_lanes: Path, edit: Edit, old: str, new: str
) -> None:
    edit("editions/overview.yaml", old, new)
    original = edition_of(bus_lanes, "overview")

    text = copied(bus_lanes, "residents", "overview")

    edition = edition_of(bus_lanes, "residents")
    assert (edition.id, edition.label, edition.status) == (
        "residents",
        "Residents edition",
        "draft",
    )
    assert edition.lens == original.lens
    assert text.count("#") == new.count("#")


def test_a_copy_keeps_the_ends_of_lines(bus_lanes: Path, dossier: Path) -> None:
    path = dossier / "editions" / "overview.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    copy = copy_edition(loaded_of(bus_lanes), "residents", "overview").path

    data = copy.read_bytes()

    assert data.count(b"\n") == data.count(b"\r\n")
    assert errors(bus_lanes) == []


def test_a_form_that_cannot_be_copied_is_refused(bus_lanes: Path, dossier: Path) -> None:
    path = dossier / "editions" / "overview.yaml"
    data = parse_yaml(path.read_text("utf-8"), "x").data
    path.write_text("{" + ", ".join(f"{k}: {_flow(v)}" for k, v in data.items()) + "}", "utf-8")
    assert "overview" in loaded_of(bus_lanes).editions

    with pytest.raises(WrongUsage, match="is written in a form that cannot be copied"):
        copied(bus_lanes, "residents", "overview")

    assert not (dossier / "editions" / "residents.yaml").exists()


def _flow(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def test_an_unknown_pattern_is_refused_with_a_suggestion(bus_lanes: Path) -> None:
    with pytest.raises(WrongUsage) as refused:
        copied(bus_lanes, "residents", "overveiw")

    assert str(refused.value) == (
        'unknown edition "overveiw"\n  help: did you mean "overview"? '
        "editions of bus-lanes: overview, shopkeepers"
    )


def test_an_edition_with_mistakes_is_not_copied(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/overview.yaml", "title: Faster", "titel: Faster")

    with pytest.raises(ProblemsFound, match='unknown key "titel"'):
        copied(bus_lanes, "residents", "overview")

"""New editions: drafts on a dossier's own claims that pass the checks and build."""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starting import (
    ISSUED,
    NAMES,
    draft,
    edition_of,
    errors,
    files_in,
    problems,
    sentences_of,
    silent,
)

from briefgen.build.build import build
from briefgen.build.copy_edition import copy_edition
from briefgen.build.new_edition import Role, new_edition
from briefgen.build.plan import plan
from briefgen.build.project import find_targets, load_project
from briefgen.problems import WrongEnvironment, WrongUsage

if TYPE_CHECKING:
    from conftest import Edit

ROLES: tuple[Role, ...] = ("neutral", "perspective", "sceptic", "advocate")
TRICKY = ("null", "2024", "1e5", "yes", "g7", "in-may-2024", "third-way", "paris-agreement")


@pytest.mark.parametrize("project", ["bus_lanes", "housing", "example_copy"])
def test_drafts_of_every_stance_have_no_problems(
    request: pytest.FixtureRequest, project: str
) -> None:
    folder: Path = request.getfixturevalue(project)
    before = problems(folder)

    for role in ROLES:
        draft(folder, f"draft-{role}", role)

    assert problems(folder) == before
    assert errors(folder) == []


@pytest.mark.parametrize("project", ["bus_lanes", "housing", "example_copy"])
def test_a_draft_builds_in_every_format_without_a_warning(
    request: pytest.FixtureRequest, project: str
) -> None:
    folder: Path = request.getfixturevalue(project)
    draft(folder, "traders", "advocate")
    loaded = load_project(folder)

    report = build(loaded, plan(find_targets(loaded, ["traders"]), []), folder / "out", silent)

    assert not [line for line in report.told if line.startswith("warning")]
    assert [path.suffix for path in report.files] == [".pdf", ".docx", ".html"]
    html = report.files[2].read_text("utf-8")
    assert "To write for traders: the answer" in html
    assert "The case against" in html


def test_a_draft_is_plainly_one(bus_lanes: Path) -> None:
    path = draft(bus_lanes, "residents", "perspective")

    edition = edition_of(bus_lanes, "residents")
    assert path == bus_lanes / "data" / "bus-lanes" / "editions" / "residents.yaml"
    assert (edition.status, edition.label) == ("draft", "Residents edition")
    assert edition.audience.name.startswith("To write for residents: ")
    for sentence in sentences_of(edition):
        assert sentence.startswith("To write for residents: ")


def test_a_draft_shows_the_weightiest_records_and_cites_their_claims(bus_lanes: Path) -> None:
    draft(bus_lanes, "residents")

    (loaded,) = load_project(bus_lanes).dossiers.values()
    lens = loaded.editions["residents"].edition.lens
    assert list(lens.areas) == ["bus-journeys", "trade", "access"]
    assert list(lens.obstacles) == ["no-loading-bays", "no-money", "nobody-counted-takings"]
    assert list(lens.recommendations) == ["paint-bays", "second-camera", "review-hours"]
    for kind in ("areas", "obstacles", "recommendations"):
        for name, one in getattr(lens, kind).items():
            cited = set(re.findall(r"@([a-z0-9-]+)", one.so_what))
            assert cited <= set(getattr(loaded.dossier, kind)[name].claims)


def test_a_draft_cites_no_disputed_claim_without_its_other_side(housing: Path) -> None:
    draft(housing, "traders", "sceptic")

    edition = edition_of(housing, "traders")
    lenses = (*edition.lens.areas.values(), *edition.lens.obstacles.values())
    texts = [*(one.so_what or "" for one in lenses), edition.counter_view or ""]
    texts += [text for m in edition.key_messages for text in (m.text, m.counter or "")]
    assert any("queue-short" in text for text in texts)
    for text in texts:
        assert ("@queue-short" in text) == ("@queue-long" in text)


def test_drafts_share_no_sentence_with_each_other(bus_lanes: Path) -> None:
    draft(bus_lanes, "residents", "advocate")
    draft(bus_lanes, "drivers", "advocate")

    one, other = (sentences_of(edition_of(bus_lanes, n)) for n in ("residents", "drivers"))

    assert set(one) & set(other) == set()


def test_a_draft_explains_the_decisions_to_take(bus_lanes: Path) -> None:
    text = draft(bus_lanes, "residents").read_text("utf-8")

    for key in ("stance:", "weight ", "position ", "pin:", "exclude:", "counter_view:", "figures:"):
        assert key in text
    assert "bus-journeys:     # Bus journeys" in text
    assert text.count("#") > 40
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("name", TRICKY)
def test_names_that_look_like_something_else_pass_the_checks(bus_lanes: Path, name: str) -> None:
    draft(bus_lanes, name, "sceptic")

    assert problems(bus_lanes) == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=NAMES, role=st.sampled_from(ROLES))
def test_an_edition_of_any_name_has_no_errors(housing: Path, name: str, role: Role) -> None:
    if name in ("overview", "sceptic"):
        return

    path = draft(housing, name, role)

    try:
        assert errors(housing) == []
    finally:
        path.unlink()


def test_without_a_base_a_draft_says_everything_itself(housing: Path) -> None:
    editions = housing / "data" / "housing" / "editions"
    shutil.rmtree(editions)

    draft(housing, "traders")

    edition = edition_of(housing, "traders")
    assert (edition.extends, edition.issued, edition.version) == (None, ISSUED, "1.0")
    assert errors(housing) == []


def test_a_draft_extends_what_the_others_extend(bus_lanes: Path) -> None:
    editions = bus_lanes / "data" / "bus-lanes" / "editions"
    (editions / "_base.yaml").rename(editions / "_house.yaml")
    for path in editions.glob("[a-z]*.yaml"):
        path.write_text(path.read_text("utf-8").replace("extends: _base", "extends: _house"))

    draft(bus_lanes, "residents")

    assert edition_of(bus_lanes, "residents").extends == "_house"
    assert problems(bus_lanes) == []


def test_what_a_base_says_of_records_does_not_spoil_a_draft(bus_lanes: Path) -> None:
    base = bus_lanes / "data" / "bus-lanes" / "editions" / "_base.yaml"
    own = "reference: HOUSE-1\npin: [paint-bays]\nexclude: [{id: bus-journeys, reason: known}]\n"
    base.write_text(base.read_text("utf-8") + own, "utf-8")
    for name in ("overview", "shopkeepers"):
        (base.parent / f"{name}.yaml").unlink()

    draft(bus_lanes, "residents")
    draft(bus_lanes, "drivers")

    assert edition_of(bus_lanes, "residents").reference == "To be given: residents"
    assert errors(bus_lanes) == []


def test_a_label_that_is_taken_is_not_given_again(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/overview.yaml", "label: Overview", "label: Residents edition")

    draft(bus_lanes, "residents")

    assert edition_of(bus_lanes, "residents").label == "Residents edition (new)"
    assert problems(bus_lanes) == []


def test_a_draft_can_be_made_while_other_records_have_mistakes(bus_lanes: Path, edit: Edit) -> None:
    edit("areas.yaml", "stage: operational", "stage: finished")
    before = problems(bus_lanes)

    draft(bus_lanes, "residents", "advocate")

    assert before
    assert problems(bus_lanes) == before
    assert "bus-journeys" not in edition_of(bus_lanes, "residents").lens.areas


@pytest.mark.parametrize(
    ("role", "kept", "said"),
    [
        ("neutral", 0, "needs 1 and has 0"),
        ("sceptic", 0, "needs 2 and has 0"),
        ("sceptic", 1, "needs 2 and has 1"),
    ],
)
def test_without_claims_there_is_nothing_to_cite(
    dossier: Path, bus_lanes: Path, role: Role, kept: int, said: str
) -> None:
    _keep_claims(dossier, kept)

    with pytest.raises(WrongUsage, match=said):
        draft(bus_lanes, "residents", role)

    assert not (dossier / "editions" / "residents.yaml").exists()


@pytest.mark.parametrize(("role", "kept"), [("neutral", 1), ("sceptic", 2)])
def test_a_dossier_of_claims_alone_is_enough(
    dossier: Path, bus_lanes: Path, role: Role, kept: int
) -> None:
    _keep_claims(dossier, kept)

    draft(bus_lanes, "residents", role)

    assert errors(bus_lanes) == []


def _keep_claims(dossier: Path, number: int) -> None:
    """Leave so many claims and none of what could rest on them."""
    claims = (dossier / "claims.yaml").read_text("utf-8").split("\n- id: ")
    (dossier / "claims.yaml").write_text("\n- id: ".join(claims[:number]) + "\n", "utf-8")
    kinds = "areas obstacles recommendations actors instruments milestones terms"
    for kind in kinds.split():
        (dossier / f"{kind}.yaml").unlink()
    shutil.rmtree(dossier / "tables")
    for path in (dossier / "editions").glob("[a-z]*.yaml"):
        path.unlink()


@pytest.mark.parametrize("like", ["", "shopkeepers"])
def test_an_edition_that_is_there_is_not_overwritten(dossier: Path, like: str) -> None:
    path = dossier / "editions" / "overview.yaml"
    before = path.read_bytes()

    with pytest.raises(WrongUsage, match=r"overview\.yaml is there already"):
        make(dossier, "overview", like)

    assert path.read_bytes() == before


def test_a_broken_edition_is_not_overwritten_either(dossier: Path) -> None:
    path = dossier / "editions" / "residents.yaml"
    path.write_text("{", "utf-8")

    with pytest.raises(WrongUsage):
        make(dossier, "residents", "")

    assert path.read_text("utf-8") == "{"


def make(dossier: Path, name: str, like: str) -> None:
    project = dossier.parents[1]
    loaded = load_project(project).dossiers[dossier.name]
    if like:
        copy_edition(loaded, name, like)
    else:
        new_edition(loaded, project, name, "neutral", ISSUED)


@pytest.mark.parametrize("like", ["", "shopkeepers"])
def test_an_edition_that_cannot_be_written_leaves_nothing(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, like: str
) -> None:
    before = files_in(dossier)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(WrongEnvironment, match="free some space"):
        make(dossier, "residents", like)

    assert files_in(dossier) == before

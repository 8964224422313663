"""Reading a project's data as git has kept it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.build import revisions
from briefgen.build.compare import compare_named
from briefgen.build.revisions import load_revision
from briefgen.formats.environment import Probes, require_git
from briefgen.problems import ProblemsFound, WrongEnvironment, WrongUsage

if TYPE_CHECKING:
    from conftest import Edit

IDENTITY = ("-c", "user.name=Clerk", "-c", "user.email=clerk@harrowmere.example")
Git = Callable[..., str]


def git_in(folder: Path) -> Git:
    """Runs git in the folder, without the settings of whoever runs the tests."""

    def run(*words: str) -> str:
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }
        command = ["git", "-C", str(folder), *IDENTITY, "-c", "commit.gpgsign=false", *words]
        return subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        ).stdout

    return run


@pytest.fixture
def git(bus_lanes: Path) -> Git:
    """A repository of the project, with its present state as the tag v1.0."""
    run = git_in(bus_lanes)
    run("init", "--quiet", "--initial-branch=main")
    commit(run, "v1.0")
    return run


def commit(git: Git, tag: str) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", tag)
    git("tag", tag)


# --- What is read -------------------------------------------------------------


def test_a_revision_is_read_as_it_was_committed(bus_lanes: Path, git: Git, edit: Edit) -> None:
    edit("claims.yaml", "Drivers on the street lose 2 minutes", "Drivers lose 2 minutes")

    found = load_revision(bus_lanes, "v1.0")

    dossier = found.project.dossiers["bus-lanes"]
    assert found.commit == git("rev-parse", "v1.0").strip()
    assert dossier.dossier.claims["cars-slower"].statement.startswith("Drivers on the street")
    assert set(dossier.editions) == {"overview", "shopkeepers"}
    assert [p for p in dossier.problems if p.severity == "error"] == []
    assert found.not_followed == ()


@pytest.mark.parametrize("name", ["v1.0", "HEAD", "main", "@", "HEAD~0"])
def test_a_revision_may_have_any_name_that_git_knows(bus_lanes: Path, git: Git, name: str) -> None:
    assert load_revision(bus_lanes, name).commit == git("rev-parse", "HEAD").strip()


def test_a_project_may_lie_in_a_folder_of_its_repository(bus_lanes: Path, tmp_path: Path) -> None:
    folder = bus_lanes.rename(tmp_path / "street, with a space")
    run = git_in(tmp_path)
    run("init", "--quiet")
    commit(run, "v1.0")

    assert "bus-lanes" in load_revision(folder, "v1.0").project.dossiers


def test_the_work_tree_and_the_index_stay_as_they_are(
    bus_lanes: Path, git: Git, edit: Edit
) -> None:
    edit("claims.yaml", "Drivers on the street lose 2 minutes", "Drivers lose 2 minutes")
    (bus_lanes / "data" / "new.txt").write_text("not yet added")
    before = (
        git("status", "--porcelain"),
        {path: path.read_bytes() for path in bus_lanes.rglob("*") if path.is_file()},
    )

    load_revision(bus_lanes, "v1.0")

    after = {path: path.read_bytes() for path in bus_lanes.rglob("*") if path.is_file()}
    assert after == before[1]
    assert git("status", "--porcelain") == before[0]


def test_no_filter_of_the_repository_runs(bus_lanes: Path, git: Git, tmp_path: Path) -> None:
    (bus_lanes / ".gitattributes").write_text("*.yaml filter=own export-ignore export-subst\n")
    commit(git, "v1.1")
    git("config", "filter.own.smudge", f"touch {tmp_path / 'ran'}")

    found = load_revision(bus_lanes, "v1.1")

    assert "overview" in found.project.dossiers["bus-lanes"].editions
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("git")
def test_a_hook_of_another_repository_does_not_lead_astray(
    bus_lanes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))

    assert load_revision(bus_lanes, "v1.0").commit


def test_links_are_not_followed_and_are_named(bus_lanes: Path, git: Git) -> None:
    (bus_lanes / "data" / "bus-lanes" / "secret.yaml").symlink_to("/etc/hostname")
    commit(git, "v1.1")

    found = load_revision(bus_lanes, "v1.1")

    assert found.not_followed == ("data/bus-lanes/secret.yaml",)


def test_problems_name_the_revision_as_git_does(bus_lanes: Path, git: Git, edit: Edit) -> None:
    edit("claims.yaml", "credibility: 1", "credibility: 7")
    commit(git, "v1.1")

    problems = load_revision(bus_lanes, "v1.1").project.problems

    assert any(p.where.file == "v1.1:data/bus-lanes/claims.yaml" for p in problems)


# --- What is refused ----------------------------------------------------------


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize("name", ["", "-x", "--output=here", "v1\x1b[2J"])
def test_what_cannot_name_a_revision_is_refused_before_git_sees_it(
    bus_lanes: Path, name: str
) -> None:
    with pytest.raises(WrongUsage, match="is not the name of a revision") as raised:
        load_revision(bus_lanes, name)

    assert "\x1b" not in str(raised.value)


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize("name", ["v9", "HEAD:data", "^HEAD", "v1.0..HEAD"])
def test_an_unknown_revision_is_refused(bus_lanes: Path, name: str) -> None:
    with pytest.raises(WrongUsage) as raised:
        load_revision(bus_lanes, name)

    assert str(raised.value) == (
        f'unknown revision "{name}"\n  help: name a tag, a branch or a commit; '
        "`git tag` and `git log --oneline` show some"
    )


def test_a_revision_without_data_is_refused(bus_lanes: Path, git: Git) -> None:
    (bus_lanes / "data").rename(bus_lanes / "aside")
    commit(git, "v0")
    (bus_lanes / "aside").rename(bus_lanes / "data")

    with pytest.raises(WrongUsage, match="at v0 the project has no folder data/"):
        load_revision(bus_lanes, "v0")


def test_a_revision_whose_data_holds_no_dossier_is_refused(bus_lanes: Path, git: Git) -> None:
    (bus_lanes / "data" / "bus-lanes").rename(bus_lanes / "aside")
    (bus_lanes / "data" / "LICENSE").write_text("CC BY 4.0\n")
    commit(git, "v0")

    with pytest.raises(WrongUsage, match="at v0, data/ holds no dossier"):
        load_revision(bus_lanes, "v0")


def test_a_project_outside_any_repository_is_refused(
    bus_lanes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(bus_lanes.parent))

    with pytest.raises(WrongUsage) as raised:
        load_revision(bus_lanes, "HEAD")

    assert str(raised.value) == (
        f"the project in {bus_lanes} is in no git repository, so it has no revisions\n"
        "  help: name editions without @, or keep the project in git"
    )


@pytest.mark.usefixtures("git")
def test_a_repository_that_git_refuses_is_a_matter_of_the_machine(
    bus_lanes: Path,
) -> None:
    (bus_lanes / ".git" / "config").write_text("[core")

    with pytest.raises(WrongEnvironment, match=r"git cannot read the repository: .*bad config"):
        load_revision(bus_lanes, "v1.0")


def test_without_git_the_command_that_installs_it_is_named(
    bus_lanes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = Probes(which=lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(revisions, "require_git", lambda: require_git(lacking))

    with pytest.raises(WrongEnvironment, match="install -y --no-install-recommends git"):
        load_revision(bus_lanes, "v1.0")


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_BYTES"])
def test_a_data_folder_beyond_measure_is_not_read(
    bus_lanes: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(revisions, limit, 5)

    with pytest.raises(WrongUsage, match="data/ is too large to be read"):
        load_revision(bus_lanes, "v1.0")


@pytest.mark.parametrize("path", ["../stray.yaml", "a/../../b", "/etc/passwd", "a//b", "./a"])
def test_a_path_that_leads_out_of_the_folder_is_refused(path: str) -> None:
    with pytest.raises(WrongUsage, match="leads elsewhere"):
        revisions._checked(path, "v1.0")


# --- Comparing with it --------------------------------------------------------


@pytest.mark.usefixtures("git")
def test_an_edition_is_compared_with_its_past(bus_lanes: Path, edit: Edit) -> None:
    edit("claims.yaml", "statement: By June 2024,", "statement: In June 2024,")

    compared = compare_named(bus_lanes, "overview@v1.0", "overview").comparison

    assert [claim.id for claim in compared.changed_claims] == ["minutes-2024"]
    assert not compare_named(bus_lanes, "overview@v1.0", "overview@HEAD").comparison.differs


@pytest.mark.usefixtures("git")
def test_two_editions_may_be_compared_across_revisions(bus_lanes: Path) -> None:
    now = compare_named(bus_lanes, "overview", "shopkeepers").comparison
    then = compare_named(bus_lanes, "bus-lanes/overview@v1.0", "shopkeepers").comparison

    assert (then.claims, then.records) == (now.claims, now.records)
    assert not then.is_history


def test_a_past_with_problems_is_compared_all_the_same(
    bus_lanes: Path, git: Git, edit: Edit
) -> None:
    edit("claims.yaml", "credibility: 1", "credibility: 7")
    commit(git, "v1.1")
    git("checkout", "--quiet", "v1.0")

    compared = compare_named(bus_lanes, "overview@v1.1", "overview")

    assert list(compared.problems) == ["v1.1"]
    assert compared.problems["v1.1"][0].where.file == "v1.1:data/bus-lanes/claims.yaml"


def test_a_past_edition_that_cannot_be_read_is_an_error_that_names_its_mistakes(
    bus_lanes: Path, git: Git, edit: Edit
) -> None:
    edit("editions/overview.yaml", "question:", "asks:")
    edit("claims.yaml", "credibility: 1", "credibility: 7")
    commit(git, "v1.1")

    with pytest.raises(ProblemsFound) as raised:
        compare_named(bus_lanes, "overview@v1.1", "overview@v1.0")

    files = {problem.where.file for problem in raised.value.problems}
    assert files == {"v1.1:data/bus-lanes/editions/overview.yaml"}

"""New dossiers and editions: complete, commented, never over anything, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefgen.build.build import build, plan
from briefgen.build.check import layout_problems
from briefgen.build.copy_edition import copy_edition
from briefgen.build.naming import LONGEST, as_kebab, as_title, check_name
from briefgen.build.new_dossier import new_dossier
from briefgen.build.new_edition import Role, new_edition
from briefgen.build.project import LoadedDossier, find_targets, load_project
from briefgen.build.starter import as_prose, as_scalar, starter_files
from briefgen.dossier.base import ID_PATTERN
from briefgen.dossier.prose import CITATION
from briefgen.dossier.yaml_places import parse_yaml
from briefgen.edition.models import Edition
from briefgen.problems import ProblemsFound, WrongEnvironment, WrongUsage

if TYPE_CHECKING:
    from conftest import Edit

ROOT = Path(__file__).parents[2]
ISSUED = "2024-05"
ROLES: tuple[Role, ...] = ("neutral", "perspective", "sceptic", "advocate")
NAMES = st.from_regex(ID_PATTERN, fullmatch=True).filter(lambda name: len(name) <= LONGEST)
TRICKY = ("null", "2024", "1e5", "yes", "g7", "in-may-2024", "third-way", "paris-agreement")


def start(folder: Path, name: str = "housing") -> list[Path]:
    return new_dossier(folder, name, folder / "sources", ISSUED)


def problems(folder: Path, *, sources: bool = False) -> list[str]:
    """Everything that `check --strict` reports."""
    project = load_project(folder, folder / "sources" if sources else None)
    return [str(problem) for problem in (*project.problems, *layout_problems(project))]


def draft(project: Path, name: str, role: Role = "neutral") -> Path:
    (loaded,) = load_project(project).dossiers.values()
    return new_edition(loaded, project, name, role, ISSUED)


def edition_of(project: Path, name: str) -> Edition:
    (loaded,) = load_project(project).dossiers.values()
    return loaded.editions[name].edition


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file, hidden ones included, and every folder, with what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def silent(number: int, total: int, name: str) -> None:
    """Show no progress."""


def sentences_of(edition: Edition) -> list[str]:
    texts = [edition.bottom_line, edition.context, edition.counter_view or ""]
    texts += [t for m in edition.key_messages for t in (m.lead, m.text, m.counter or "")]
    lenses = [*edition.lens.areas.values(), *edition.lens.obstacles.values()]
    texts += [lens.so_what or "" for lens in (*lenses, *edition.lens.recommendations.values())]
    plain = " ".join(CITATION.sub("", text) for text in texts)
    return [s.strip() for s in re.split(r"(?<=[.?!])\s+", plain.replace(" .", ".")) if s.strip()]


# --- A new dossier ------------------------------------------------------------


def test_a_new_dossier_has_no_problems_with_and_without_its_texts(tmp_path: Path) -> None:
    start(tmp_path)

    assert problems(tmp_path) == []
    assert problems(tmp_path, sources=True) == []


def test_a_new_dossier_builds_in_every_format_without_a_warning(tmp_path: Path) -> None:
    start(tmp_path)
    project = load_project(tmp_path)

    report = build(project, plan(find_targets(project, []), []), tmp_path / "out", silent)

    assert report.warnings == ()
    assert [path.name for path in report.files] == [
        f"housing-{edition}.{form}"
        for edition in ("overview", "sceptic")
        for form in ("pdf", "docx", "html")
    ]
    for path in report.files:
        assert path.stat().st_size > 5000


def test_a_new_dossier_holds_a_file_of_each_kind_and_says_which(tmp_path: Path) -> None:
    written = start(tmp_path)

    loaded = load_project(tmp_path).dossiers["housing"]
    kinds = {kind for kind, records in loaded.reading.records.items() if records}
    assert kinds == set(loaded.reading.records) - {"tables"}
    assert {e.edition.stance.role for e in loaded.editions.values()} == {"neutral", "sceptic"}
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(written) == sorted(found)


def test_a_new_dossier_shows_disagreement_judgement_and_prediction(tmp_path: Path) -> None:
    start(tmp_path)

    claims = load_project(tmp_path).dossiers["housing"].dossier.claims.values()

    assert {claim.kind for claim in claims} == {"fact", "position", "prediction", "judgement"}
    assert {claim.status for claim in claims} == {"current", "contested"}


def test_the_name_becomes_the_title(tmp_path: Path) -> None:
    start(tmp_path, "sea-lanes")

    assert load_project(tmp_path).dossiers["sea-lanes"].dossier.about.title == "Sea lanes"


def test_nobody_takes_the_sample_for_fact(tmp_path: Path) -> None:
    start(tmp_path)

    loaded = load_project(tmp_path).dossiers["housing"]
    for source in loaded.dossier.sources.values():
        assert "SAMPLE" in source.title
    for text in (tmp_path / "sources").iterdir():
        assert text.read_text("utf-8").startswith("SAMPLE. Made up for a new dossier.")
    for edition in (loaded.edition for loaded in loaded.editions.values()):
        for words in (edition.label, edition.title, edition.bottom_line, edition.handling):
            assert words is not None
            assert "SAMPLE" in words
        assert edition.status == "draft"
    about = loaded.dossier.about
    for words in (about.scope, about.method, about.limits, about.interests):
        assert words.startswith("SAMPLE: ")


def test_the_editions_of_a_new_dossier_share_no_sentence(tmp_path: Path) -> None:
    start(tmp_path)

    overview, sceptic = (sentences_of(edition_of(tmp_path, n)) for n in ("overview", "sceptic"))

    assert len(overview) > 10
    assert set(overview) & set(sceptic) == set()


def test_the_case_against_of_a_new_dossier_keeps_within_its_words(tmp_path: Path) -> None:
    start(tmp_path)

    for name in ("overview", "sceptic"):
        edition = edition_of(tmp_path, name)
        parts = [edition.counter_view, edition.stance.weakness]
        parts += [message.counter for message in edition.key_messages]
        assert len(CITATION.sub("", " ".join(filter(None, parts))).split()) <= 120


@pytest.mark.parametrize("file", starter_files("dossier"))
def test_each_file_of_a_new_dossier_explains_itself(tmp_path: Path, file: str) -> None:
    start(tmp_path)

    text = (tmp_path / "data" / "housing" / file).read_text("utf-8")

    assert text.startswith("# ")
    assert "{{" not in text
    assert "://" not in text
    assert max(map(len, text.splitlines())) <= 160


def test_the_sections_that_comments_point_to_are_in_the_guide(tmp_path: Path) -> None:
    start(tmp_path)
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    draft(tmp_path, "traders")

    texts = "\n".join(p.read_text("utf-8") for p in (tmp_path / "data").rglob("*.yaml"))

    named = set(re.findall(r'"(\d\. [^"]+)"', texts))
    assert len(named) >= 4
    for heading in named:
        assert f"\n## {heading}\n" in guide


def test_a_schema_is_named_where_the_project_has_one(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs" / "schemas", tmp_path / "schemas")

    start(tmp_path)
    path = draft(tmp_path, "traders")

    dossier = tmp_path / "data" / "housing"
    for file in dossier.rglob("*.yaml"):
        first = file.read_text("utf-8").split("\n")[0]
        assert (file.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file()
    assert path.read_text("utf-8").split("\n")[0].endswith("/schemas/editions.json")
    assert problems(tmp_path) == []


def test_several_new_dossiers_share_a_project_and_a_folder_of_texts(tmp_path: Path) -> None:
    start(tmp_path, "housing")
    start(tmp_path, "sea-lanes")

    assert problems(tmp_path, sources=True) == []
    project = load_project(tmp_path)
    assert len(plan(find_targets(project, []), [])) == 12


def test_the_sample_texts_may_lie_elsewhere(tmp_path: Path) -> None:
    written = new_dossier(tmp_path, "housing", tmp_path / "far" / "texts", ISSUED)

    assert tmp_path / "far" / "texts" / "housing-sample-report.txt" in written
    assert load_project(tmp_path, tmp_path / "far" / "texts").problems == []


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=NAMES)
@example(name="null")
@example(name="2024")
@example(name="x" * LONGEST)
def test_a_dossier_of_any_name_has_no_problems(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("any")

    start(folder, name)

    assert problems(folder, sources=True) == []


# --- Nothing is overwritten, nothing is left half done ------------------------


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_is_not_overwritten(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "data" / "housing"
    target.parent.mkdir()
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_text("mine", "utf-8")
    else:
        target.symlink_to("nowhere")
    before = files_in(tmp_path)

    with pytest.raises(WrongUsage, match=r"housing is there already\n  help: choose another name"):
        start(tmp_path)

    assert files_in(tmp_path) == before


def test_a_text_of_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "housing-sample-report.txt").write_text("mine", "utf-8")
    before = files_in(tmp_path)

    with pytest.raises(WrongUsage, match=r"housing-sample-report\.txt is there already"):
        start(tmp_path)

    assert files_in(tmp_path) == before


def test_a_text_that_an_earlier_run_left_behind_serves(tmp_path: Path) -> None:
    start(tmp_path)
    shutil.rmtree(tmp_path / "data")

    written = start(tmp_path)

    assert not any(path.suffix == ".txt" for path in written)
    assert problems(tmp_path, sources=True) == []


@pytest.mark.parametrize("step", ["mkdir", "write_text", "rename", "replace"])
def test_a_dossier_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The disk is full at the first, the second, … the last file or folder that is made."""
    whole = getattr(Path, step)
    calls: list[Path] = []
    limit = 0

    def fill_up(path: Path, *arguments: object, **options: object) -> object:
        calls.append(path)
        if len(calls) == limit:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return whole(path, *arguments, **options)

    rehearsal, real = tmp_path / "rehearsal", tmp_path / "real"
    rehearsal.mkdir()
    real.mkdir()
    monkeypatch.setattr(Path, step, fill_up)
    start(rehearsal)
    for number in range(1, len(calls) + 1):
        limit, calls[:] = number, []

        with pytest.raises(WrongEnvironment, match=r"cannot write .*\n  help: free some space"):
            start(real)

        assert files_in(real) == {}, number


def test_a_break_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupt)

    with pytest.raises(KeyboardInterrupt):
        start(tmp_path)

    assert files_in(tmp_path) == {}


def test_a_file_in_the_place_of_data_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine", "utf-8")

    with pytest.raises(WrongEnvironment, match=r"cannot write .*/data: File exists"):
        start(tmp_path)

    assert files_in(tmp_path) == {"data": b"mine"}


def test_a_folder_without_permission_is_named_and_not_our_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_text", refuse)

    with pytest.raises(WrongEnvironment) as refused:
        start(tmp_path)

    assert str(refused.value) == (
        f"cannot write {tmp_path}/data/housing: Permission denied; nothing was changed\n"
        "  help: change its permissions, or those of its folder"
    )


# --- Names --------------------------------------------------------------------


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


# --- A new edition ------------------------------------------------------------


@pytest.fixture
def housing(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    start(folder)
    return folder


@pytest.fixture
def example_copy(tmp_path: Path) -> Path:
    """A copy of the dossier that ships, as large as dossiers get."""
    shutil.copytree(ROOT / "data", tmp_path / "example" / "data")
    return tmp_path / "example"


@pytest.mark.parametrize("project", ["bus_lanes", "housing", "example_copy"])
def test_drafts_of_every_stance_have_no_problems(
    request: pytest.FixtureRequest, project: str
) -> None:
    folder: Path = request.getfixturevalue(project)

    for role in ROLES:
        draft(folder, f"draft-{role}", role)

    assert problems(folder) == []


@pytest.mark.parametrize("project", ["bus_lanes", "housing", "example_copy"])
def test_a_draft_builds_in_every_format_without_a_warning(
    request: pytest.FixtureRequest, project: str
) -> None:
    folder: Path = request.getfixturevalue(project)
    draft(folder, "traders", "advocate")
    loaded = load_project(folder)

    report = build(loaded, plan(find_targets(loaded, ["traders"]), []), folder / "out", silent)

    assert report.warnings == ()
    assert [path.suffix for path in report.files] == [".pdf", ".docx", ".html"]
    html = report.files[2].read_text("utf-8")
    assert "To be written: the answer for readers of the traders edition" in html
    assert "The case against" in html


def test_a_draft_is_plainly_one(bus_lanes: Path) -> None:
    path = draft(bus_lanes, "residents", "perspective")

    edition = edition_of(bus_lanes, "residents")
    assert path == bus_lanes / "data" / "bus-lanes" / "editions" / "residents.yaml"
    assert (edition.status, edition.label) == ("draft", "Residents edition")
    assert edition.audience.name.startswith("To be written: ")
    for sentence in sentences_of(edition):
        assert sentence.startswith("To be written: ")


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
def test_an_edition_of_any_name_has_no_problems(housing: Path, name: str, role: Role) -> None:
    if name in ("overview", "sceptic"):
        return

    path = draft(housing, name, role)

    try:
        assert problems(housing) == []
    finally:
        path.unlink()


def test_without_a_base_a_draft_says_everything_itself(housing: Path) -> None:
    editions = housing / "data" / "housing" / "editions"
    shutil.rmtree(editions)

    draft(housing, "traders")

    edition = edition_of(housing, "traders")
    assert (edition.extends, edition.issued, edition.version) == (None, ISSUED, "1.0")
    assert [p for p in problems(housing) if "error" in p] == []


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
    assert [p for p in problems(bus_lanes) if "error" in p] == []


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

    assert [p for p in problems(bus_lanes) if "error" in p] == []


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


# --- A copy of another edition ------------------------------------------------


def copied(project: Path, name: str, like: str) -> str:
    (loaded,) = load_project(project).dossiers.values()
    return copy_edition(loaded, name, like).path.read_text("utf-8")


def loaded_of(project: Path) -> LoadedDossier:
    (loaded,) = load_project(project).dossiers.values()
    return loaded


def test_a_copy_changes_its_identity_and_nothing_else(bus_lanes: Path, dossier: Path) -> None:
    original = (dossier / "editions" / "shopkeepers.yaml").read_text("utf-8")

    text = copied(bus_lanes, "residents", "shopkeepers")

    assert text == (
        original.replace("id: shopkeepers\n", "id: residents\nstatus: draft\n")
        .replace("label: Shopkeepers' edition\n", "label: Residents edition\n")
        .replace(
            "title: Ask the tills first\n",
            'title: "To be written: a title for the residents edition"\n',
        )
        .replace("reference: HBC-2024-SK\n", 'reference: "To be given: residents"\n')
    )
    assert problems(bus_lanes) == []


@pytest.mark.parametrize(("project", "like"), [("housing", "sceptic"), ("example_copy", "india")])
def test_a_copy_has_no_problems_and_keeps_the_comments(
    request: pytest.FixtureRequest, project: str, like: str
) -> None:
    folder: Path = request.getfixturevalue(project)
    original = next((folder / "data").rglob(f"{like}.yaml")).read_text("utf-8")

    text = copied(folder, "copied", like)

    assert problems(folder) == []
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
    assert problems(bus_lanes) == []


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

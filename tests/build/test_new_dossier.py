"""New dossiers: complete, commented, never over anything, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from starting import (
    ISSUED,
    NAMES,
    ROOT,
    draft,
    edition_of,
    errors,
    files_in,
    problems,
    sentences_of,
    silent,
    start,
)

from briefgen.build.build import build
from briefgen.build.naming import LONGEST
from briefgen.build.new_dossier import new_dossier
from briefgen.build.plan import plan
from briefgen.build.project import find_targets, load_project
from briefgen.build.starter import starter_files
from briefgen.dossier.prose import CITATION
from briefgen.problems import WrongEnvironment, WrongUsage

# --- A new dossier ------------------------------------------------------------


def test_a_new_dossier_has_no_problems_with_and_without_its_texts(tmp_path: Path) -> None:
    start(tmp_path)

    assert problems(tmp_path) == []
    assert problems(tmp_path, sources=True) == []


def test_a_new_dossier_builds_in_every_format_without_a_warning(tmp_path: Path) -> None:
    start(tmp_path)
    project = load_project(tmp_path)

    report = build(project, plan(find_targets(project, []), []), tmp_path / "out", silent)

    assert not [line for line in report.told if line.startswith("warning")]
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
def test_a_dossier_of_any_name_has_no_errors(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("any")

    start(folder, name)

    assert errors(folder, sources=True) == []


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

"""Plans, and what a run puts into the manifest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen import __version__
from briefgen.build.build import build
from briefgen.build.plan import plan
from briefgen.build.project import Project, find_targets, load_project
from briefgen.build.refuse import refuse_problems
from briefgen.formats.reference_doc import ReferenceDoc
from briefgen.formats.word_options import WordOptions
from briefgen.problems import ProblemsFound, WrongUsage

Edit = Callable[[str, str, str], None]


def silent(name: str, what: str) -> None:
    """Show no progress."""


def made(project: Project, out: Path, *names: str) -> Any:
    """The manifest after building the HTML of some editions."""
    build(project, plan(find_targets(project, names), ["html"]), out, silent)
    return json.loads((out / "manifest.json").read_text("utf-8"))


def test_a_plan_has_every_edition_in_its_own_formats(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/shopkeepers.yaml", "id: shopkeepers\n", "id: shopkeepers\nformats: [html]\n")

    steps = plan(find_targets(load_project(bus_lanes), []), [])

    assert [step.file_name for step in steps] == [
        "bus-lanes-overview.pdf",
        "bus-lanes-overview.docx",
        "bus-lanes-overview.html",
        "bus-lanes-shopkeepers.html",
    ]


def test_a_format_that_is_named_twice_is_made_once(bus_lanes: Path) -> None:
    targets = find_targets(load_project(bus_lanes), ["overview"])

    assert len(plan(targets, ["html", "html"])) == 1


def test_the_usual_length_goes_unsaid_in_a_files_name(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/_base.yaml", "lengths: [full]", "lengths: [one-page, brief, full]")
    targets = find_targets(load_project(bus_lanes), ["overview"])

    assert [step.file_name for step in plan(targets, ["pdf"], "all")] == [
        "bus-lanes-overview-one-page.pdf",
        "bus-lanes-overview.pdf",
        "bus-lanes-overview-full.pdf",
    ]
    assert [step.length for step in plan(targets, ["pdf"])] == ["brief"]
    assert [step.length for step in plan(targets, ["pdf"], "full")] == ["full"]


def test_editions_without_the_length_are_passed_over(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/shopkeepers.yaml", "id: shopkeepers\n", "id: shopkeepers\nlengths: [brief]\n")
    targets = find_targets(load_project(bus_lanes), [])

    assert [step.file_name for step in plan(targets, ["pdf"], "brief")] == [
        "bus-lanes-shopkeepers.pdf"
    ]


def test_a_length_that_no_edition_has_is_refused(bus_lanes: Path) -> None:
    targets = find_targets(load_project(bus_lanes), ["overview"])

    with pytest.raises(WrongUsage) as found:
        plan(targets, ["pdf"], "one-page")

    assert str(found.value) == (
        'no edition here has the length "one-page"\n  help: lengths: overview: full'
    )


def test_two_editions_do_not_share_a_file(bus_lanes: Path) -> None:
    data = bus_lanes / "data"
    shutil.copytree(data / "bus-lanes", data / "bus")
    (data / "bus" / "editions" / "overview.yaml").rename(
        data / "bus" / "editions" / "lanes-overview.yaml"
    )
    text = (data / "bus" / "editions" / "lanes-overview.yaml").read_text("utf-8")
    (data / "bus" / "editions" / "lanes-overview.yaml").write_text(
        text.replace("id: overview", "id: lanes-overview", 1), "utf-8"
    )

    with pytest.raises(WrongUsage) as found:
        plan(find_targets(load_project(bus_lanes), []), ["pdf"])

    assert str(found.value) == (
        "two editions would both be written to bus-lanes-overview.pdf\n"
        "  help: build one at a time, each with its own `--out DIR`, or rename one"
    )


def test_the_manifest_says_what_each_file_is_and_rests_on(bus_lanes: Path, tmp_path: Path) -> None:
    manifest = made(load_project(bus_lanes), tmp_path / "out", "shopkeepers")

    assert manifest["format"] == 1
    assert manifest["briefgen"] == __version__
    entry = manifest["artefacts"]["bus-lanes-shopkeepers.html"]
    assert {key: entry[key] for key in list(entry)[:10]} == {
        "dossier": "bus-lanes",
        "edition": "shopkeepers",
        "layout": "policy-brief",
        "paper": "A4",
        "length": "full",
        "format": "html",
        "copy": "",
        "version": "1.0",
        "issued": "2024-09",
        "status": "for-comment",
    }
    assert len(entry["data"]) == len(entry["sha256"]) == 64
    mix = entry["disclosure"]
    claims = load_project(bus_lanes).dossiers["bus-lanes"].dossier.claims
    assert mix["claims_used"] + mix["claims_unused"] == len(claims)
    assert mix["left_out"]["recommendations"] == ["early-green"]
    assert "split-committee" in mix["left_out"]["obstacles"]


def test_the_hash_of_the_data_changes_with_what_the_document_shows(
    bus_lanes: Path, tmp_path: Path, edit: Edit
) -> None:
    before = made(load_project(bus_lanes), tmp_path / "a", "overview")
    edit("actors.yaml", "Lindal Buses", "Lindal Coaches")  # no brief names them
    same = made(load_project(bus_lanes), tmp_path / "b", "overview")
    edit("areas.yaml", "faster than before", "quicker than before")
    after = made(load_project(bus_lanes), tmp_path / "c", "overview")

    data = [m["artefacts"]["bus-lanes-overview.html"]["data"] for m in (before, same, after)]
    assert data[0] == data[1] != data[2]


def test_nothing_is_made_of_data_with_mistakes(bus_lanes: Path, tmp_path: Path, edit: Edit) -> None:
    edit("areas.yaml", "stage:", "stag:")
    project = load_project(bus_lanes)

    with pytest.raises(ProblemsFound):
        refuse_problems(project)
    with pytest.raises(ProblemsFound):
        build(project, [], tmp_path / "out", silent)
    assert not (tmp_path / "out").exists()


def test_a_mistake_in_a_template_leaves_no_file(bus_lanes: Path, tmp_path: Path) -> None:
    layout = bus_lanes / "templates" / "policy-brief"
    shutil.copytree(Path(__file__).parents[2] / "templates" / "policy-brief", layout)
    (layout / "screen.css").unlink()

    with pytest.raises(ProblemsFound):
        made(load_project(bus_lanes), tmp_path / "out", "overview")
    assert not (tmp_path / "out").exists()


# --- What is asked of Word files ----------------------------------------------


def test_words_copies_say_in_their_names_which_they_are(bus_lanes: Path) -> None:
    targets = find_targets(load_project(bus_lanes), ["overview"])

    def names(**options: Any) -> list[str]:
        return [step.file_name for step in plan(targets, [], word=WordOptions(**options))]

    assert names() == [f"bus-lanes-overview.{end}" for end in ("pdf", "docx", "html")]
    assert names(final=True)[1] == "bus-lanes-overview-final.docx"
    assert names(annotate=True)[1] == "bus-lanes-overview-annotated.docx"
    assert names(final=True)[::2] == names()[::2]


def test_a_copy_for_publication_cannot_have_comments(bus_lanes: Path) -> None:
    targets = find_targets(load_project(bus_lanes), ["overview"])

    with pytest.raises(WrongUsage, match="--final and --annotate exclude each other"):
        plan(targets, [], word=WordOptions(final=True, annotate=True))


def test_an_organisations_style_has_its_own_faces(bus_lanes: Path) -> None:
    targets = find_targets(load_project(bus_lanes), ["overview"])
    options = WordOptions(reference=ReferenceDoc(Path("house.docx"), b""), embed_fonts=True)

    with pytest.raises(WrongUsage, match="--reference-doc and --embed-fonts exclude each other"):
        plan(targets, ["docx"], word=options)


def test_options_for_word_files_want_a_word_file(bus_lanes: Path) -> None:
    targets = find_targets(load_project(bus_lanes), ["overview"])

    with pytest.raises(WrongUsage, match="no Word file is asked for"):
        plan(targets, ["pdf"], word=WordOptions(final=True))
    with pytest.raises(WrongUsage, match="no Word file is asked for"):
        plan(targets, ["pdf", "html"], word=WordOptions(embed_fonts=True))
    assert plan(targets, ["pdf"])


def test_words_copies_are_built_beside_the_file_to_edit(bus_lanes: Path, tmp_path: Path) -> None:
    project = load_project(bus_lanes)
    targets = find_targets(project, ["overview"])
    for options in (WordOptions(), WordOptions(final=True), WordOptions(annotate=True)):
        build(project, plan(targets, ["docx"], word=options), tmp_path / "out", silent)

    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert {name: entry["copy"] for name, entry in manifest["artefacts"].items()} == {
        "bus-lanes-overview.docx": "",
        "bus-lanes-overview-final.docx": "final",
        "bus-lanes-overview-annotated.docx": "annotated",
    }


def test_faces_that_no_dependency_carries_cannot_be_embedded(
    bus_lanes: Path, tmp_path: Path
) -> None:
    mine = bus_lanes / "templates" / "mine"
    mine.mkdir(parents=True)
    theme = "extends: policy-brief\nfonts: {text: Papyrus}\n"
    (mine / "theme.yaml").write_text(theme, "utf-8")
    project = load_project(bus_lanes)
    targets = find_targets(project, ["overview"], "mine")
    embedding = WordOptions(embed_fonts=True)

    with pytest.raises(WrongUsage, match='"mine" is set in Papyrus, which cannot be embedded'):
        build(project, plan(targets, ["docx"], word=embedding), tmp_path / "out", silent)
    assert not (tmp_path / "out").exists()
    build(project, plan(targets, ["docx"]), tmp_path / "out", silent)

"""Characters that no typeface has: named with the field that says them, in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.build.engine import Engine
from briefgen.build.glyphs import glyph_problems
from briefgen.build.project import find_targets, load_project
from briefgen.edition.tailor import tailor
from briefgen.formats import east_asian

Edit = Callable[[str, str, str], None]
Found = Callable[[], list[str]]


@pytest.fixture
def found(bus_lanes: Path) -> Found:
    """The glyph problems of the overview as it is now."""

    def find() -> list[str]:
        project = load_project(bus_lanes)
        target = find_targets(project, ["overview"])[0]
        brief = tailor(target.dossier.dossier, target.edition, "full")
        problems = glyph_problems(Engine(project).compose(brief), target)
        return sorted(map(str, problems))

    return find


@pytest.mark.parametrize("file_format", ["pdf", "docx", "html"])
def test_a_character_that_no_face_has_stops_the_build(
    run_cli: Callable[..., object], edit: Edit, bus_lanes: Path, file_format: str
) -> None:
    edit("editions/overview.yaml", "Trade is disputed.", "Trade is 🚌 disputed.")

    said = str(run_cli("build", "overview", "--format", file_format))

    assert "code=1" in said
    assert "no typeface has 🚌 (U+1F68C) in editions/overview/key_messages/1/lead" in said
    assert not list(bus_lanes.glob("out/*"))


def test_nothing_is_wrong_with_letters_that_the_faces_have(found: Found, edit: Edit) -> None:
    edit("editions/overview.yaml", "Trade is disputed.", "Abe Shinzō’s 岸田 and Ω – Жук.")

    assert found() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("editions/overview.yaml", "label: Overview", "label: Overview ☃", "label"),
        ("editions/overview.yaml", "New members", "New ☃ members", "audience/name"),
        ("editions/overview.yaml", "Which obstacle", "Which ☃ obstacle", "figures/1/title"),
    ],
)
def test_cover_labels_and_captions_name_their_field(
    found: Found, edit: Edit, file: str, old: str, new: str, field: str
) -> None:
    new = new.replace("☃", "🚌")
    edit(file, old, new)

    (problem,) = found()

    assert f"error[BG052]: no typeface has 🚌 (U+1F68C) in editions/overview/{field}\n" in problem


@pytest.mark.parametrize(
    ("file", "old", "field"),
    [
        ("milestones.yaml", "Trial approved", "milestones/approval/short"),
        ("areas.yaml", "short: Buses", "areas/bus-journeys/short"),
        ("sources.yaml", "Bus priority on", "sources/council-report-2023/title"),
        ("sources.yaml", "family: Reddy", "sources/gazette-2024/author/1/family"),
        ("sources.yaml", "container-title: The", "sources/gazette-2024/container-title"),
        (
            "sources.yaml",
            "publisher-place: Harrowmere",
            "sources/council-report-2023/publisher-place",
        ),
        ("dossier.yaml", "title: Bus lanes", "dossier/title"),
    ],
)
def test_figures_notes_and_sources_name_the_record(
    found: Found, edit: Edit, file: str, old: str, field: str
) -> None:
    edit(file, old, f"{old} 🚌")

    (problem,) = found()

    assert problem.startswith(f"data/bus-lanes/{file}:")
    assert f"no typeface has 🚌 (U+1F68C) in {field}\n" in problem


def test_all_characters_of_a_field_are_said_at_once_at_the_first(found: Found, edit: Edit) -> None:
    edit("editions/overview.yaml", "Trade is disputed.", "שלום 👍.")

    (problem,) = found()

    assert problem == (
        "data/bus-lanes/editions/overview.yaml:23:11: error[BG052]: no typeface has ו (U+05D5), "
        "ל (U+05DC), ם (U+05DD), ש (U+05E9), 👍 (U+1F44D) in "
        "editions/overview/key_messages/1/lead\n"
        "  help: write it in Latin letters; text from right to left cannot be set; "
        "write a word in place of the sign"
    )


def test_a_character_of_the_layouts_own_words_is_laid_to_the_layout(
    found: Found, own_words: Path
) -> None:
    own_words.write_text(own_words.read_text("utf-8").replace("Contents", "Contents 🚌"), "utf-8")

    (problem,) = found()

    assert problem.startswith("templates/policy-brief:1:1: error[BG052]: no typeface has 🚌")


@pytest.fixture
def own_words(bus_lanes: Path) -> Path:
    """The words of a layout of the project's own."""
    import shutil

    from briefgen.resources import shipped

    to = bus_lanes / "templates" / "policy-brief"
    shutil.copytree(shipped("templates") / "policy-brief", to)
    return to / "locales" / "en-GB.yaml"


def test_where_the_extra_would_bring_the_face_the_remedy_says_so(
    found: Found, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("editions/overview.yaml", "Trade is disputed.", "岸田 disputes it.")
    monkeypatch.setattr(east_asian, "PACKAGE", "no_such_package")
    east_asian._characters.cache_clear()

    try:
        (problem,) = found()
    finally:
        east_asian._characters.cache_clear()

    assert "no typeface has 岸 (U+5CB8), 田 (U+7530) in editions/overview/key_messages/1/lead" in (
        problem
    )
    assert problem.endswith("help: pip install 'briefgen[cjk]' brings the letters of East Asia")

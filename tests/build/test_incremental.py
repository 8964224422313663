"""Only what changed is made anew, and what is left is what a build from nothing would make."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.build.build import BuildReport, build
from briefgen.build.output import OutputFolder
from briefgen.build.plan import plan
from briefgen.build.project import find_targets, load_project
from briefgen.build.stale import refuse_stale
from briefgen.edition.models import Format
from briefgen.formats.word_options import FOR_EDITING, WordOptions
from briefgen.problems import ArtefactsChanged, ProblemsFound

if TYPE_CHECKING:
    from conftest import Edit

OVERVIEW, SHOPKEEPERS = "bus-lanes-overview.html", "bus-lanes-shopkeepers.html"
HTML: list[Format] = ["html"]


def made(
    folder: Path,
    formats: list[Format] = HTML,
    out: Path | None = None,
    word: WordOptions = FOR_EDITING,
    editions: tuple[str, ...] = (),
) -> BuildReport:
    """A build of all editions, or what is left to do of it."""
    project = load_project(folder, loose_ends=False)
    steps = plan(find_targets(project, editions), formats, None, word)
    return build(project, steps, out or folder / "out", lambda *_: None)


def stale(folder: Path) -> dict[str, str]:
    """What `--check` says, by file."""
    project = load_project(folder, loose_ends=False)
    steps = plan(find_targets(project, []), HTML)
    try:
        refuse_stale(project, steps, folder / "out", Path("out"), 1)
    except ArtefactsChanged as found:
        return {Path(p.where.file).name: p.code for p in found.problems}
    return {}


def whole(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".json"}


def test_a_second_build_makes_nothing(bus_lanes: Path) -> None:
    assert made(bus_lanes).made == (OVERVIEW, SHOPKEEPERS)
    before = whole(bus_lanes / "out")
    assert made(bus_lanes).made == ()
    assert whole(bus_lanes / "out") == before
    assert stale(bus_lanes) == {}


def test_a_record_that_one_edition_shows_makes_that_one_anew(bus_lanes: Path, edit: Edit) -> None:
    made(bus_lanes)
    edit("editions/shopkeepers.yaml", "question:", "subtitle: A view from the shops\nquestion:")
    assert stale(bus_lanes) == {SHOPKEEPERS: "BG064"}
    assert made(bus_lanes).made == (SHOPKEEPERS,)


def test_a_record_that_none_shows_makes_none_anew(bus_lanes: Path, edit: Edit) -> None:
    made(bus_lanes)
    edit("actors.yaml", "Lindal Buses", "Lindal Coaches")
    assert stale(bus_lanes) == {}
    assert made(bus_lanes).made == ()


def test_a_layout_of_one_s_own_makes_its_editions_anew(bus_lanes: Path) -> None:
    made(bus_lanes)
    sheet = bus_lanes / "templates" / "policy-brief"
    shutil.copytree(Path(__file__).parents[2] / "templates" / "policy-brief", sheet)
    made(bus_lanes)
    css = sheet / "screen.css"
    css.write_text(css.read_text("utf-8") + "\n.new { color: #123456 }\n", "utf-8")
    assert set(stale(bus_lanes)) == {OVERVIEW, SHOPKEEPERS}
    assert made(bus_lanes).made == (OVERVIEW, SHOPKEEPERS)


@pytest.mark.parametrize("damage", [None, b"", b"\0" * 900])
def test_a_file_that_is_gone_or_damaged_is_made_anew(bus_lanes: Path, damage: bytes | None) -> None:
    made(bus_lanes)
    path = bus_lanes / "out" / OVERVIEW
    before = path.read_bytes()
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    assert stale(bus_lanes) == {OVERVIEW: "BG063"}
    assert made(bus_lanes).made == (OVERVIEW,)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("file_format", "cut"), [("pdf", 900), ("docx", 900)])
def test_a_file_that_was_cut_off_is_made_anew(
    bus_lanes: Path, file_format: Format, cut: int
) -> None:
    name = f"bus-lanes-overview.{file_format}"
    made(bus_lanes, [file_format], editions=("overview",))
    path = bus_lanes / "out" / name
    before = path.read_bytes()
    path.write_bytes(before[:-cut])
    assert made(bus_lanes, [file_format], editions=("overview",)).made == (name,)
    assert path.read_bytes() == before
    assert path.with_name(f"{name}.damaged-1").read_bytes() == before[:-cut]


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("bus-lanes-overview.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\1" * 900),
        ("bus-lanes-overview.pdf", b"%PDF-1.7 mine %%EOF" + b"\n" * 3_000),
        ("bus-lanes-overview.html", b"<p>mine"),
    ],
)
def test_what_a_person_saved_is_not_taken_for_damaged(
    bus_lanes: Path, name: str, saved: bytes
) -> None:
    """With a password a Word file is no archive; a PDF may end in blanks."""
    out = bus_lanes / "out"
    out.mkdir()
    (out / name).write_bytes(saved)
    with pytest.raises(ArtefactsChanged):
        made(bus_lanes, ["html", "pdf", "docx"], editions=("overview",))
    assert (out / name).read_bytes() == saved


def test_what_lies_ready_in_a_folder_of_data_is_not_tidied_away(dossier: Path) -> None:
    """Somebody may build into it."""
    ready = dossier / ".briefgen-areas.yaml.new"
    ready.write_text("words of a merge", "utf-8")
    left = dossier / ".briefgen-out-abc"
    left.touch()
    with OutputFolder.open(dossier, dossier):
        assert ready.read_text("utf-8") == "words of a merge"
        assert not left.exists()


def test_what_a_person_changed_is_not_made_anew(bus_lanes: Path) -> None:
    made(bus_lanes)
    path = bus_lanes / "out" / OVERVIEW
    path.write_bytes(path.read_bytes() + b"<!-- mine -->")
    assert stale(bus_lanes) == {OVERVIEW: "BG060"}
    with pytest.raises(ArtefactsChanged):
        made(bus_lanes)


@pytest.mark.parametrize("text", [None, "", "[]", '{"artefacts": {"x": 1}}', "\0"])
def test_without_a_manifest_that_can_be_read_what_was_built_is_built_again(
    bus_lanes: Path, text: str | None
) -> None:
    """Each file says of itself that nobody has edited it."""
    formats: list[Format] = ["html", "docx", "pdf"]
    made(bus_lanes, formats, editions=("overview",))
    before = whole(bus_lanes / "out")
    manifest = bus_lanes / "out" / "manifest.json"
    manifest.unlink()
    if text is not None:
        manifest.write_text(text, "utf-8")
    assert len(made(bus_lanes, formats, editions=("overview",)).made) == 3
    assert whole(bus_lanes / "out") == before


def test_without_a_manifest_what_a_person_edited_is_not_built_again(bus_lanes: Path) -> None:
    made(bus_lanes)
    (bus_lanes / "out" / "manifest.json").unlink()
    path = bus_lanes / "out" / OVERVIEW
    path.write_bytes(path.read_bytes().replace(b"faster than before", b"quicker than before"))
    with pytest.raises(ArtefactsChanged):
        made(bus_lanes)


EDITS = [
    ("areas.yaml", "faster than before", "quicker than before"),
    ("claims.yaml", "Such an order may last", "An order like this may last"),
    ("obstacles.yaml", "summary: >-\n    ", "summary: >-\n    Also, "),
    ("dossier.yaml", "title: ", "title: More of "),
    ("terms.yaml", "expansion: ", "expansion: The "),
]


def test_after_any_edit_the_files_are_what_a_build_from_nothing_makes(
    bus_lanes: Path, tmp_path: Path, dossier: Path
) -> None:
    """No edit is missed: what is not made anew would be the same."""
    made(bus_lanes)
    for number, (file, old, new) in enumerate(EDITS):
        path = dossier / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        try:
            made(bus_lanes)
        except ProblemsFound:  # the check of the dossier refuses it
            path.write_text(text, "utf-8")
            continue
        made(bus_lanes, out=tmp_path / str(number))
        assert whole(bus_lanes / "out") == whole(tmp_path / str(number)), file


def test_variants_of_a_word_file_never_stand_for_each_other(bus_lanes: Path) -> None:
    """Of those that have one name, the other is made anew."""
    options = [
        FOR_EDITING,
        replace(FOR_EDITING, final=True),
        replace(FOR_EDITING, annotate=True),
        replace(FOR_EDITING, embed_fonts=True),
        FOR_EDITING,
    ]
    for word in options:
        assert len(made(bus_lanes, ["docx"], word=word, editions=("overview",)).made) == 1
    names = {path.name for path in (bus_lanes / "out").glob("*overview*")}
    assert names == {f"bus-lanes-overview{copy}.docx" for copy in ("", "-final", "-annotated")}
    entries = json.loads((bus_lanes / "out" / "manifest.json").read_text("utf-8"))["artefacts"]
    assert len({entry["key"] for entry in entries.values()}) == len(entries)


def test_what_was_to_be_said_is_said_again(bus_lanes: Path) -> None:
    first = made(bus_lanes)
    assert made(bus_lanes).told == first.told

"""Page budgets: what is built has at most the pages that its length allows, in PDF and Word."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from briefgen.build.build import build
from briefgen.build.engine import Engine
from briefgen.build.fit import Fitted, fit
from briefgen.build.plan import plan
from briefgen.build.project import Project, find_targets, load_project
from briefgen.document.disclosure import disclose, mix_of_evidence
from briefgen.edition.lengths import LENGTHS
from briefgen.edition.models import Length
from briefgen.edition.tailor import Cut, tailor
from briefgen.problems import ProblemsFound

ROOT = Path(__file__).parents[2]
Edit = Callable[[str, str, str], None]
SHOPS = "editions/shopkeepers.yaml"
SENTENCE = "The association counts again and again what its tills say."
LONG = " ".join([SENTENCE] * 12)


@pytest.fixture
def all_lengths(bus_lanes: Path, edit: Edit) -> Path:
    """The project with editions of every length."""
    edit("editions/_base.yaml", "lengths: [full]", "lengths: [one-page, brief, full]")
    return bus_lanes


def fitted(project: Project, name: str, length: Any) -> Fitted:
    return fit(find_targets(project, [name])[0], length, Engine(project))


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages)


def silent(name: str, what: str) -> None:
    """Show no progress."""


# --- PDF ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["overview", "shopkeepers"])
@pytest.mark.parametrize("length", ["one-page", "brief", "full"])
def test_a_pdf_has_at_most_the_pages_of_its_length(
    all_lengths: Path, name: str, length: Any
) -> None:
    found = fitted(load_project(all_lengths), name, length)

    pages, paging = pages_of(found.laid_out.pdf()), found.laid_out.paging
    assert paging.pages <= LENGTHS[found.brief.length].pages
    assert pages > paging.pages if length == "full" else pages == paging.pages  # the annex
    assert found.layouts <= 2


def test_a_long_brief_is_cut_and_says_what_went(
    all_lengths: Path, edit: Edit, tmp_path: Path
) -> None:
    edit(SHOPS, "context: >-\n", f"context: >-\n  {' '.join([LONG] * 11)}\n\n\n")
    project = load_project(all_lengths)
    target = find_targets(project, ["shopkeepers"])

    report = build(project, plan(target, ["pdf"], "brief"), tmp_path / "out", silent)

    assert pages_of((tmp_path / "out" / "bus-lanes-shopkeepers.pdf").read_bytes()) <= 4
    [line] = report.told
    assert line.startswith("shopkeepers, brief: to fit 4 pages in Word too, shortened ")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    entry = manifest["artefacts"]["bus-lanes-shopkeepers.pdf"]
    assert entry["length"] == "brief"
    assert entry["cuts"]
    for cut in entry["cuts"]:
        assert cut["id"] in line
        assert cut["was"] > cut["tier"]


def with_a_context_of(project: Path, edit: Edit, sentences: int) -> tuple[Fitted, Fitted]:
    """The shopkeepers' brief as it is fitted, and as it would be laid out at first."""
    edit(SHOPS, "context: >-\n", f"context: >-\n  {' '.join([SENTENCE] * sentences)}\n\n\n")
    loaded = load_project(project)
    found = fitted(loaded, "shopkeepers", "brief")
    plain = tailor(loaded.dossiers["bus-lanes"].dossier, found.brief.edition, "brief")
    engine = Engine(loaded)
    document = engine.compose(plain)
    return found, Fitted(plain, document, engine.lay_out(document, "policy-brief"), 1)


def test_a_last_page_of_a_few_lines_is_saved_by_setting_blocks_closer(
    all_lengths: Path, edit: Edit
) -> None:
    found, plain = with_a_context_of(all_lengths, edit, 52)

    paging = plain.laid_out.paging
    assert paging.beyond(paging.pages - 1) < paging.page_height / 5
    assert found.laid_out.paging.pages == paging.pages - 1
    assert found.document.theme.space < plain.document.theme.space
    assert not found.brief.cuts


def test_blocks_are_set_closer_step_by_step_and_no_closer_than_it_takes(
    all_lengths: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.build.fit.CLOSER", (0.99, 0.88, 0.5))

    found, plain = with_a_context_of(all_lengths, edit, 52)

    assert found.layouts == 3
    assert found.document.theme.space == pytest.approx(plain.document.theme.space * 0.88)


def test_a_last_page_of_more_lines_is_saved_by_shorter_records(
    all_lengths: Path, edit: Edit
) -> None:
    found, plain = with_a_context_of(all_lengths, edit, 58)

    paging = plain.laid_out.paging
    assert paging.beyond(paging.pages - 1) < paging.page_height / 5
    assert found.laid_out.paging.pages == paging.pages - 1
    assert found.is_tidied
    assert found.document.theme.space == plain.document.theme.space
    assert all(cut.tier for cut in found.brief.cuts), "no record goes for the sake of white space"


def test_a_budget_that_cannot_be_met_names_the_smallest_that_can(
    all_lengths: Path, edit: Edit
) -> None:
    edit(SHOPS, "context: >-\n", f"context: >-\n  {' '.join([LONG] * 24)}\n\n\n")

    with pytest.raises(ProblemsFound) as found:
        fitted(load_project(all_lengths), "shopkeepers", "brief")

    [problem] = found.value.problems
    assert problem.code == "BG044"
    assert str(problem.where) == "data/bus-lanes/editions/_base.yaml:11:10"
    assert problem.what.startswith("shopkeepers: brief has 4 pages, and what cannot be cut takes ")
    assert problem.mend.startswith("the smallest length that holds it is `full`; ")


def test_a_page_that_is_too_small_for_an_edition_is_an_error(all_lengths: Path, edit: Edit) -> None:
    edit(SHOPS, "bottom_line: >-\n", f"bottom_line: >-\n  {LONG} {LONG}\n")

    with pytest.raises(ProblemsFound) as found:
        fitted(load_project(all_lengths), "shopkeepers", "one-page")

    assert [p.code for p in found.value.problems] == ["BG044"]
    assert "one-page has 1 page, and what cannot be cut takes 2 pages" in str(found.value)
    assert "`brief`" in found.value.problems[0].mend


def test_a_page_that_is_too_small_in_word_alone_says_so(
    all_lengths: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.build.fit.word_height", lambda paging, _: paging.page_height + 9)

    with pytest.raises(ProblemsFound) as found:
        fitted(load_project(all_lengths), "overview", "one-page")

    assert "one-page has 1 page, and what cannot be cut takes 2 pages in Word" in str(found.value)


def test_more_pins_than_the_edition_shows_are_reported(
    edit: Edit, problems: Callable[..., list[str]]
) -> None:
    edit(SHOPS, "extends: _base\n", "extends: _base\nat_most: {areas: 1}\n")
    edit(SHOPS, "pin: [", "pin: [trade, access, ")

    [problem] = [line for line in problems() if "BG044" in line]
    assert problem.endswith(
        "error[BG044]: 2 areas are pinned, and the edition shows at most 1\n"
        "  help: pin fewer, or raise `areas` in `at_most`"
    )


# --- What was cut is known ----------------------------------------------------


def test_the_disclosure_can_be_worked_out_again_from_the_manifest(
    all_lengths: Path, tmp_path: Path
) -> None:
    project = load_project(all_lengths)
    build(project, plan(find_targets(project, []), ["html"], "all"), tmp_path / "out", silent)
    entries = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["artefacts"]
    engine = Engine(project)

    assert len(entries) == 6
    for name, entry in entries.items():
        target = find_targets(project, [entry["edition"]])[0]
        cuts = [Cut(**cut) for cut in entry["cuts"]]
        brief = tailor(target.dossier.dossier, target.edition, entry["length"], cuts)
        assert {
            kind: [chosen.record.id for chosen in getattr(brief, kind)] for kind in entry["shown"]
        } == entry["shown"]
        assert mix_of_evidence(brief, entry["claims"]) == entry["disclosure"]
        words = engine.layout("policy-brief").locale("en-GB")
        page = " ".join((tmp_path / "out" / name).read_text("utf-8").split())
        for sentence in disclose(brief, words).sentences:
            assert " ".join(str(sentence).split()) in page
        mix = entry["disclosure"]
        passages = sum(mix["evidence_by_source"].values())
        told = f"it cites {mix['claims_used']}. They rest on {passages} passages: "
        assert (told in page) == (entry["length"] == "full")


# --- Word ---------------------------------------------------------------------


def japan_nato() -> Iterator[tuple[str, Length]]:
    """The short lengths of every edition that ships."""
    editions = load_project(ROOT, loose_ends=False).dossiers["japan-nato"].editions
    for name, loaded in editions.items():
        for length in loaded.edition.lengths:
            if LENGTHS[length].also_in_word:
                yield name, length


def test_short_lengths_meet_their_budget_in_word_too(tmp_path: Path) -> None:
    project = load_project(ROOT, loose_ends=False)
    out = tmp_path / "out"
    for length in ("one-page", "brief"):
        build(project, plan(find_targets(project, []), ["docx"], length), out, silent)
    files = sorted(out.glob("*.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files],
        check=True,
        capture_output=True,
    )

    entries = json.loads((out / "manifest.json").read_text("utf-8"))["artefacts"]
    pages = {path.name: pages_of((tmp_path / f"{path.stem}.pdf").read_bytes()) for path in files}
    budgets = {name: LENGTHS[entries[name]["length"]].pages for name in pages}
    assert len(pages) == len(list(japan_nato()))
    assert {name: n for name, n in pages.items() if n > budgets[name]} == {}

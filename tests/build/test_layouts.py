"""Layouts and paper: an edition in another layout than its own, on A4 and on Letter."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
import weasyprint
from lxml import etree

from briefgen.build.build import build
from briefgen.build.engine import Engine
from briefgen.build.fit import Fitted, fit
from briefgen.build.plan import plan
from briefgen.build.project import Target, find_targets, load_project
from briefgen.document.model import Document
from briefgen.edition.lengths import LENGTHS
from briefgen.problems import ProblemsFound, WrongUsage

ROOT = Path(__file__).parents[2]
Edit = Callable[[str, str, str], None]
LENGTH_NAMES = ["one-page", "brief", "full"]
LAYOUTS = ["policy-brief", "briefing-note"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def all_lengths(bus_lanes: Path, edit: Edit) -> Path:
    """The project with editions of every length."""
    edit("editions/_base.yaml", "lengths: [full]", "lengths: [one-page, brief, full]")
    return bus_lanes


def target_in(folder: Path, layout: str, name: str = "shopkeepers") -> tuple[Target, Engine]:
    project = load_project(folder)
    return find_targets(project, [name], layout)[0], Engine(project)


def fitted_in(folder: Path, layout: str, length: Any) -> tuple[Fitted, Engine]:
    target, engine = target_in(folder, layout)
    return fit(target, length, engine), engine


def silent(name: str, what: str) -> None:
    """Show no progress."""


def paragraphs_of(document: Document) -> list[etree._Element]:
    return [p for entries in document.tree.iter("ol") if entries.get("class") == "paragraphs"
            for p in entries.iterchildren("li")]  # fmt: skip


# --- The briefing note --------------------------------------------------------


@pytest.mark.parametrize("length", LENGTH_NAMES)
def test_the_note_has_the_parts_of_a_submission_in_its_order(
    all_lengths: Path, length: Any
) -> None:
    document = fitted_in(all_lengths, "briefing-note", length)[0].document
    heads = ["".join(map(str, head.itertext())) for head in document.tree.iter("h2")]
    labels = [str(term.text) for term in document.tree.iter("dt")]

    wanted = [
        "Issue",
        "Recommendation",
        "Background",
        "Lines to take",
        "The case against",
        "Next steps",
    ]
    kept = [w for w in wanted if length != "one-page" or w not in ("Background", "Next steps")]
    assert [head for head in heads if head in wanted] == kept
    assert labels[:3] == ["To", "From", "Date"]
    assert {"Edition", "Evidence to", "Stance"} <= set(labels)


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (
            "brief",
            "Walk the street with three traders and mark six places. Who:~Council; now.",
        ),
        (
            "full",
            "|Walk the street with three traders and mark six places.|Council|Now",
        ),
    ],
)
def test_each_next_step_of_the_note_says_who_does_what_and_when(
    all_lengths: Path, length: Any, told: str
) -> None:
    document = fitted_in(all_lengths, "briefing-note", length)[0].document
    steps = document.tree.find(".//section[@id='recommendations']")

    assert steps is not None
    rows = [
        "|".join("".join(map(str, cell.itertext())) for cell in row) for row in steps.iter("tr")
    ]
    paragraphs = ["".join(map(str, paragraph.itertext())) for paragraph in steps.iter("p")]
    texts = [text.replace("\u00a0", "~") for text in (*rows, *paragraphs)]
    title = "Paint loading bays for the evening"
    assert [text for text in texts if text.startswith(title) and told in text]


def test_the_note_letters_what_it_recommends_as_word_does(all_lengths: Path) -> None:
    found, engine = fitted_in(all_lengths, "briefing-note", "brief")
    data = engine.render(found.document, "briefing-note", "pdf", found.laid_out)

    read = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    word = zipfile.ZipFile(io.BytesIO(engine.render(found.document, "briefing-note", "docx")))

    assert b"(a)" in read.stdout
    assert b'w:lvlText w:val="(%2)"' in word.read("word/numbering.xml")


def test_the_head_of_the_note_says_its_handling_and_its_edition_once(all_lengths: Path) -> None:
    cover = fitted_in(all_lengths, "briefing-note", "full")[0].document.tree.find(".//header")

    assert cover is not None
    words = "".join(map(str, cover.itertext()))
    assert words.count("For the committee") == 1
    assert words.count("Shopkeepers’ edition") == 1


@pytest.mark.parametrize("length", LENGTH_NAMES)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_length_meets_its_budget_in_every_layout_on_either_paper(
    all_lengths: Path, edit: Edit, layout: str, length: Any, paper: str
) -> None:
    edit("editions/_base.yaml", "layout:", f"paper: {paper}\nlayout:")
    found, engine = fitted_in(all_lengths, layout, length)
    width = {"A4": 595.28, "Letter": 612.0}[paper]

    data = engine.render(found.document, layout, "pdf", found.laid_out)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) <= LENGTHS[length].pages
        assert {round(float(sheet.mediabox[2]), 1) for sheet in pdf.pages} == {round(width, 1)}
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert [failure.rule_id for failure in report.failures] == []
    word = zipfile.ZipFile(io.BytesIO(engine.render(found.document, layout, "docx")))
    size = re.search(rb'<w:pgSz w:w="(\d+)" w:h="(\d+)"', word.read("word/document.xml"))
    assert size
    assert [int(side) for side in size.groups()] == (
        [11906, 16838] if paper == "A4" else [12240, 15840]
    )


def test_a_theme_may_be_on_letter_itself(bus_lanes: Path) -> None:
    theme = bus_lanes / "templates" / "us" / "theme.yaml"
    theme.parent.mkdir(parents=True)
    theme.write_text("extends: briefing-note\npage: {size: Letter}\n", "utf-8")

    assert fitted_in(bus_lanes, "us", "full")[0].document.theme.page.size == "Letter"


def test_the_numbers_of_paragraphs_run_on_in_every_format(all_lengths: Path) -> None:
    found, engine = fitted_in(all_lengths, "briefing-note", "full")
    starts = [int(ol.get("start", 0)) for ol in found.document.tree.iter("ol") if ol.get("start")]
    count = len(paragraphs_of(found.document))
    html = engine.render(found.document, "briefing-note", "html").decode()
    word = zipfile.ZipFile(io.BytesIO(engine.render(found.document, "briefing-note", "docx")))
    written = etree.fromstring(word.read("word/document.xml"))
    marked = [
        p for p in written.iter(f"{W}p")
        if (style := p.find(f"{W}pPr/{W}pStyle")) is not None
        and style.get(f"{W}val") == "BriefgenParagraph"
    ]  # fmt: skip

    assert count > 12
    assert starts[0] == 1
    assert starts == sorted(set(starts))
    assert [int(n) for n in re.findall(r'<ol class="paragraphs" start="(\d+)"', html)] == starts
    # The style itself numbers, and none of its paragraphs names another list: one count for all.
    assert len(marked) == count
    assert all(p.find(f"{W}pPr/{W}numPr") is None for p in marked)


def test_origin_and_signs_close_a_recommendation(all_lengths: Path, edit: Edit) -> None:
    so_what = "    paint-bays:\n      so_what: Ask for it at once [@bays-wanted].\n"
    edit("editions/shopkeepers.yaml", "    count-together:\n", f"{so_what}    count-together:\n")
    document = fitted_in(all_lengths, "briefing-note", "full")[0].document
    records = [
        ["".join(map(str, p.itertext())) for p in section.iter("p")]
        for section in document.tree.iterfind(".//section[@id='recommendations']/section")
    ]
    with_body = [said for said in records if "Bays in Mill Lane alone" in "".join(said[1:])]

    assert len(with_body) == 1
    assert any(len(said) == 1 for said in records)
    for said in records:
        assert "Origin:" in said[-1]
        assert not any("Origin:" in paragraph for paragraph in said[:-1])


def test_the_note_keeps_the_case_against_in_one_box(all_lengths: Path) -> None:
    document = fitted_in(all_lengths, "briefing-note", "brief")[0].document
    (box,) = [a for a in document.tree.iter("aside") if "case" in (a.get("class") or "")]
    fields = {e.get("data-field", "").split("/", 2)[-1] for e in box.iter() if e.get("data-field")}

    assert {"counter_view", "stance/weakness"} <= fields
    assert sum(field.endswith("/counter") for field in fields) == 2
    assert "If pressed" in "".join(map(str, box.itertext()))


# --- Names --------------------------------------------------------------------


def test_another_layout_stands_in_the_files_name_and_the_editions_own_does_not(
    all_lengths: Path,
) -> None:
    project = load_project(all_lengths)

    def names(layout: str | None) -> list[str]:
        steps = plan(find_targets(project, ["overview"], layout), ["pdf"], "all")
        return [step.file_name for step in steps]

    own = [
        "bus-lanes-overview-one-page.pdf",
        "bus-lanes-overview.pdf",
        "bus-lanes-overview-full.pdf",
    ]
    assert names(None) == names("policy-brief") == own
    assert names("briefing-note") == [
        "bus-lanes-overview-briefing-note-one-page.pdf",
        "bus-lanes-overview-briefing-note.pdf",
        "bus-lanes-overview-briefing-note-full.pdf",
    ]


def test_the_manifest_names_layout_and_paper(bus_lanes: Path, tmp_path: Path) -> None:
    project = load_project(bus_lanes)
    targets = find_targets(project, ["overview"], "briefing-note")
    build(project, plan(targets, ["html"]), tmp_path / "out", silent)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))

    entry = manifest["artefacts"]["bus-lanes-overview-briefing-note.html"]
    assert (entry["layout"], entry["paper"]) == ("briefing-note", "A4")


def test_an_unknown_layout_is_refused_with_the_choices(bus_lanes: Path) -> None:
    with pytest.raises(WrongUsage) as found:
        find_targets(load_project(bus_lanes), [], "briefing-not")

    assert str(found.value) == (
        'unknown layout "briefing-not"\n'
        '  help: did you mean "briefing-note"? layouts: briefing-note, policy-brief'
    )


# --- Mistakes stop the build --------------------------------------------------


def test_a_layout_of_ones_own_with_a_wrong_sheet_is_not_built(
    bus_lanes: Path, tmp_path: Path
) -> None:
    mine = bus_lanes / "templates" / "mine"
    mine.mkdir(parents=True)
    (mine / "theme.yaml").write_text("extends: policy-brief\n", "utf-8")
    (mine / "screen.css").write_text("h2 { colr: red }\n", "utf-8")
    project = load_project(bus_lanes)
    steps = plan(find_targets(project, ["overview"], "mine"), ["html"])

    with pytest.raises(ProblemsFound, match=r"mine/screen\.css:1:6: error\[BG055\]"):
        build(project, steps, tmp_path / "out", silent)
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_an_accent_that_cannot_be_read_is_refused_where_the_edition_names_it(
    bus_lanes: Path, tmp_path: Path, edit: Edit
) -> None:
    edit("editions/overview.yaml", "id: overview\n", 'id: overview\naccent: "#7fb3c4"\n')
    project = load_project(bus_lanes)
    steps = plan(find_targets(project, ["overview"]), ["html"])

    with pytest.raises(ProblemsFound) as found:
        build(project, steps, tmp_path / "out", silent)

    assert str(found.value).startswith(
        "data/bus-lanes/editions/overview.yaml:2:9: error[BG056]: accent: #7fb3c4 has a contrast "
    )


def test_numbered_paragraphs_may_be_parted_from_what_stands_before() -> None:
    sheet = (ROOT / "templates" / "policy-brief" / "print.css").read_text(encoding="utf-8")
    numbered = "<section><ol class='paragraphs'><li><p>Numbered.</p></li></ol></section>"
    page = "@page { size: 100mm 60mm; margin: 5mm } p { font: 12pt serif }"
    html = f"<style>{sheet}{page}</style><p>Before.</p><div>{numbered * 40}</div>"

    first = weasyprint.HTML(string=html).render().pages[0]

    texts = [box.text for box in first._page_box.descendants() if hasattr(box, "text")]
    assert texts.count("Numbered.") > 1


def test_without_a_contact_the_note_names_its_edition_and_no_sender(
    all_lengths: Path, edit: Edit
) -> None:
    edit("editions/_base.yaml", "contact: clerk@harrowmere.example\n", "")
    document = fitted_in(all_lengths, "briefing-note", "one-page")[0].document

    assert [str(term.text) for term in document.tree.iter("dt")][:3] == ["To", "Date", "Edition"]

"""`briefgen trace`: from words in an artefact to their evidence."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from briefgen.build.engine import Engine
from briefgen.build.project import Project, find_targets, load_project
from briefgen.document.ledger import ledger_json
from briefgen.document.model import Document
from briefgen.edition.tailor import tailor
from briefgen.trace.carried import read_carried

if TYPE_CHECKING:
    from conftest import Edit, RunCli

MANY = 40
"""Passages of an edition in full, and characters of a passage that stands in few places."""
WORDS = "Mill Lane has 340 more vehicles"


@pytest.fixture(autouse=True)
def no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFGEN_SOURCES", raising=False)


@pytest.fixture
def brief(bus_lanes: Path) -> Path:
    """The Word file of the overview."""
    loaded = load_project(bus_lanes)
    path = bus_lanes / "overview.docx"
    path.write_bytes(Engine(loaded).render(overview(loaded), "policy-brief", "docx"))
    return path


def overview(project: Project) -> Document:
    target = find_targets(project, ["overview"])[0]
    return Engine(project).compose(tailor(target.dossier.dossier, target.edition, "full"))


def test_words_are_traced_to_field_claim_and_passage(run_cli: RunCli, brief: Path) -> None:
    ran = run_cli("trace", brief, WORDS, "--sources", "sources")

    assert (ran.code, ran.stderr) == (0, "")
    assert "\nareas/side-streets/summary (shared), note " in ran.stdout
    assert "\n  data/bus-lanes/areas.yaml:51:12\n" in ran.stdout
    assert "\n  claim mill-lane-traffic (fact, current, 2023-03)\n" in ran.stdout
    assert "“show 340 more vehicles a day than before”, credibility 2; " in ran.stdout
    assert "«show 340 more vehicles a day than before»" in " ".join(ran.stdout.split())
    assert "changed since" not in ran.stdout


def test_what_has_changed_in_the_project_since_is_said(
    run_cli: RunCli, brief: Path, edit: Edit
) -> None:
    edit("claims.yaml", "Mill Lane carries 340 more", "Mill Lane bears 340 more")

    ran = run_cli("trace", brief, WORDS)

    assert "\n    changed since: statement\n" in ran.stdout
    assert "Mill Lane carries 340 more" in ran.stdout.replace("\n      ", " ")


def test_a_claim_that_is_gone_is_said_to_be(run_cli: RunCli, brief: Path, edit: Edit) -> None:
    edit("claims.yaml", "id: mill-lane-traffic", "id: mill-lane-cars")

    assert "\n    changed since: the claim is gone\n" in run_cli("trace", brief, WORDS).stdout


def test_the_file_alone_is_enough(run_cli: RunCli, brief: Path, tmp_path: Path) -> None:
    alone = tmp_path / "elsewhere"
    alone.mkdir()
    brief.rename(alone / "found.docx")

    ran = run_cli("trace", "found.docx", WORDS, cwd=alone)

    assert ran.code == 0
    assert "claim mill-lane-traffic" in ran.stdout
    assert ".yaml" not in ran.stdout


def test_a_title_is_traced_to_what_its_record_cites(run_cli: RunCli, brief: Path) -> None:
    ran = run_cli("trace", brief, "Side streets")

    assert "\n  no claim is cited here; elsewhere in the same record or message:\n" in ran.stdout
    assert "\n  claim mill-lane-traffic (" in ran.stdout


def test_words_of_the_layout_are_called_so(run_cli: RunCli, brief: Path) -> None:
    ran = run_cli("trace", brief, "Abbreviations")

    assert ran.code == 0
    assert "words of the layout" in ran.stdout


def test_words_that_are_not_there_exit_with_one_and_suggest(run_cli: RunCli, brief: Path) -> None:
    ran = run_cli("trace", brief, "Mill Lane has 900 more vehicles")

    assert ran.code == 1
    assert "the words do not stand in it\nnearest, " in ran.stdout
    assert "340" in ran.stdout


def test_a_file_without_ledger_is_wrong_usage(run_cli: RunCli, bus_lanes: Path) -> None:
    (bus_lanes / "a.html").write_text("<html></html>")

    ran = run_cli("trace", "a.html", "words")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("briefgen: a.html: carries no ledger")


def test_json_holds_all_that_is_known(run_cli: RunCli, brief: Path) -> None:
    ran = run_cli("trace", brief, WORDS, "--sources", "sources", "--json")

    whole: dict[str, Any] = json.loads(ran.stdout)
    (place,) = whole["places"]
    assert (whole["dossier"], whole["edition"]) == ("bus-lanes", "overview")
    assert place["passages"][0]["field"] == "areas/side-streets/summary"
    assert place["passages"][0]["where"]["line"] == 51
    (claim,) = place["claims"]
    assert (claim["id"], claim["changed"]) == ("mill-lane-traffic", [])
    assert claim["evidence"][0]["passage"]["quote"] == "show 340 more vehicles a day than before"


def test_a_judgement_shows_what_it_is_inferred_from(run_cli: RunCli, brief: Path) -> None:
    claims = json.loads(run_cli("trace", brief, "the", "--json").stdout)["places"]
    judged = [c for place in claims for c in place["claims"] if c["kind"] == "judgement"]
    known = {c["id"] for place in claims for c in place["claims"]}

    assert judged
    assert all(name in known for claim in judged for name in claim["basis"])


def test_a_statement_in_the_annex_is_traced_to_its_claim(run_cli: RunCli, brief: Path) -> None:
    ran = run_cli("trace", brief, "Mill Lane carries 340 more vehicles a day than it did")

    assert "claims/mill-lane-traffic/statement (shared)" in ran.stdout
    assert "\n  claim mill-lane-traffic (fact, current, 2023-03)\n" in ran.stdout


def test_a_pdf_names_the_page(run_cli: RunCli, bus_lanes: Path) -> None:
    document = overview(load_project(bus_lanes))
    data = json.loads(ledger_json(document.ledger, document.about))
    for passage in data["passages"]:
        passage["page"] = 7
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["ledger.json"] = json.dumps(data).encode()
        pdf.save(bus_lanes / "brief.pdf")

    ran = run_cli("trace", "brief.pdf", WORDS)

    assert ran.code == 0
    assert "\npage 7: areas/side-streets/summary (shared), note " in ran.stdout


@pytest.fixture
def artefacts(run_cli: RunCli, bus_lanes: Path) -> list[Path]:
    """The overview as one build makes it, in its three formats."""
    assert run_cli("build", "overview", "--length", "full").code == 0
    return [bus_lanes / f"out/bus-lanes-overview.{ending}" for ending in ("pdf", "docx", "html")]


def test_the_three_formats_of_an_edition_carry_the_same_ledger(artefacts: list[Path]) -> None:
    pdf, word, html = (read_carried(file) for file in artefacts)

    assert all(passage.page for passage in pdf.ledger.passages)
    paged = [replace(passage, page=None) for passage in pdf.ledger.passages]
    assert replace(pdf.ledger, passages=tuple(paged)) == word.ledger == html.ledger
    assert replace(pdf, ledger=word.ledger) == word == html
    assert len(word.ledger.passages) > MANY
    assert len(word.ledger.claims) > len(word.ledger.sources) > 1


def test_trace_answers_alike_from_the_three_formats(
    run_cli: RunCli, artefacts: list[Path], bus_lanes: Path
) -> None:
    texts = [p.text for p in read_carried(artefacts[1]).ledger.passages if len(p.text) > MANY]

    for text in texts[:: len(texts) // 9]:
        answers = [answer(run_cli, file, text, bus_lanes) for file in artefacts]

        assert answers[0]["places"]
        assert answers[0] == answers[1] == answers[2]


def answer(run_cli: RunCli, file: Path, words: str, folder: Path) -> Any:
    """What `trace --json` says, but for the file's name and the pages that a PDF alone has."""
    ran = run_cli("trace", file, words, "--json", "--sources", folder / "sources")
    assert (ran.code, ran.stderr) == (0, "")
    return without(json.loads(ran.stdout), {"file", "page"})


def without(value: Any, keys: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: without(inner, keys) for key, inner in value.items() if key not in keys}
    return [without(item, keys) for item in value] if isinstance(value, list) else value

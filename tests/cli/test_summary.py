"""`briefgen summary`: what it says of a folder, and what a manifest from anyone cannot do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from briefgen.cli.summary_markdown import (
    LARGEST_MANIFEST,
    LARGEST_SUMMARY,
    LONGEST_WORD,
    Manifest,
    read_manifest,
    summary_markdown,
)
from briefgen.problems import WrongUsage

if TYPE_CHECKING:
    from conftest import RunCli

ENTRY = {
    "dossier": "bus-lanes",
    "edition": "overview",
    "length": "brief",
    "format": "pdf",
    "version": "1.0",
    "issued": "2024-09",
    "status": "final",
    "cuts": [{"kind": "areas", "id": "bus-journeys", "was": 2, "tier": 1}],
    "disclosure": {
        "claims_used": 3,
        "claims_unused": 4,
        "evidence_by_source": {"gazette-2024": 1, "traders-2024": 2},
        "evidence_by_role": {"supports": 3},
    },
    "sha256": "0" * 64,
}
NASTY = "`| <img src=x onerror=y> ![](https://x.example/y.png) @someone **b** www.x.example\n# h"


def write(folder: Path, artefacts: Any) -> Path:
    manifest = {"format": 1, "briefgen": "0.1.0", "artefacts": artefacts}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def summed_up(folder: Path) -> str:
    return summary_markdown(read_manifest(folder), folder)


def test_an_edition_has_its_files_evidence_and_cuts(run_cli: RunCli, tmp_path: Path) -> None:
    write(tmp_path, {"a.pdf": ENTRY, "a.docx": ENTRY})
    (tmp_path / "a.pdf").write_bytes(b"x" * 2049)

    ran = run_cli("summary", "--out", tmp_path)

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        "## Briefs: 2 files, by briefgen `0.1.0`\n\n"
        "### `overview` of `bus-lanes`\n\n"
        "| File | Size | Length | Version | Issued | Status |\n"
        "|---|---:|---|---|---|---|\n"
        "| `a.docx` | missing | `brief` | `1.0` | `2024-09` | `final` |\n"
        "| `a.pdf` | 3 KB | `brief` | `1.0` | `2024-09` | `final` |\n\n"
        "- Evidence at `brief`: 3 of 7 claims; 3 passages from 2 sources "
        "(`traders-2024` 2, `gazette-2024` 1), by role (`supports` 3)\n"
        "- Shortened at `brief`: `bus-journeys`\n"
    )


def test_what_is_left_out_is_told_from_what_is_shortened(tmp_path: Path) -> None:
    gone = {**ENTRY, "cuts": [{"kind": "areas", "id": "bus-journeys", "was": 1, "tier": 0}]}

    assert "- Left out at `brief`: `bus-journeys`" in summed_up(write(tmp_path, {"a.pdf": gone}))


def test_the_folder_is_that_of_the_project(run_cli: RunCli, bus_lanes: Path) -> None:
    (bus_lanes / "out").mkdir(exist_ok=True)
    write(bus_lanes / "out", {"a.pdf": ENTRY})

    assert run_cli("summary").stdout.startswith("## Briefs: 1 file,")


def test_a_folder_that_was_not_built_is_wrong_usage(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("summary", "--out", tmp_path)

    assert (ran.code, ran.stdout) == (2, "")
    assert "has no manifest.json\n  help: build first" in ran.stderr


# --- A manifest from anyone ---------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"artefacts": []}', '{"artefacts": {"a.pdf": 1}}', "\xff", "[" * 100_000,
     '{"artefacts": {"a": {"dossier": 1, "edition": "x"}}}',
     '{"artefacts": {"a": {"dossier": "x", "edition": "x", "disclosure": {"claims_used": -1}}}}'],
)  # fmt: skip
def test_a_manifest_of_another_make_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_bytes(text.encode("latin-1"))

    with pytest.raises(WrongUsage, match="is not as briefgen writes it"):
        read_manifest(tmp_path)


def test_a_manifest_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "manifest.json").open("wb") as file:
        file.truncate(LARGEST_MANIFEST + 1)

    with pytest.raises(WrongUsage):
        read_manifest(tmp_path)


def test_nothing_that_a_manifest_says_is_more_than_text(tmp_path: Path) -> None:
    words = ("dossier", "edition", "length", "version", "issued", "status")
    nasty = {
        **ENTRY,
        **dict.fromkeys(words, NASTY),
        "cuts": [{"id": NASTY, "tier": 0}],
        "disclosure": {"evidence_by_source": {NASTY: 1}, "evidence_by_role": {NASTY: 1}},
    }
    manifest = {"briefgen": NASTY, "artefacts": {NASTY: nasty}}
    text = summary_markdown(Manifest.model_validate(manifest), tmp_path)

    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)

    inline = [child for token in tokens for child in token.children or []]
    assert {child.type for child in inline} <= {"text", "code_inline", "softbreak"}
    assert {token.type for token in tokens if token.level == 0} <= {
        f"{kind}_{end}"
        for kind in ("heading", "paragraph", "table", "bullet_list")
        for end in ("open", "close")
    }
    outside = "".join(child.content for child in inline if child.type == "text")
    assert not set("@<![") & set(outside), outside
    assert "example" not in outside
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {7}


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "sub/x.pdf", "link", "a\0b"])
def test_names_do_not_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    (out / "sub").mkdir(parents=True)
    for file in (tmp_path / "secret", out / "sub" / "x.pdf"):
        file.write_text("x" * 5000)
    (out / "link").symlink_to(tmp_path / "secret")

    assert " KB |" not in summed_up(write(out, {name: ENTRY}))


def test_words_and_the_whole_are_bounded(tmp_path: Path) -> None:
    artefacts = {
        f"{n}.pdf": {**ENTRY, "edition": f"{n}-{'x' * 500}", "dossier": "y" * 500}
        for n in range(2000)
    }

    text = summed_up(write(tmp_path, artefacts))

    assert len(text.encode()) < LARGEST_SUMMARY + 1024
    assert text.splitlines()[-1].startswith("And ")
    assert "x" * LONGEST_WORD not in text

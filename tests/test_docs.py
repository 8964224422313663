"""The documentation says what the program does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from briefgen.build.project import load_project
from briefgen.cli.reference import pages
from briefgen.cli.schema import schemas
from briefgen.dossier.evidence import Claim, Source
from briefgen.formats.docx.controls import NAMES, SYNONYMS
from briefgen.problems import CODES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["data.md", "commands.md", "problems.md"])
def test_a_generated_page_is_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")

    assert written == pages()[name], "run `./run docs`"


@pytest.mark.parametrize("kind", sorted(schemas()))
def test_a_schema_is_up_to_date(kind: str) -> None:
    written = json.loads((ROOT / "docs" / "schemas" / f"{kind}.json").read_text(encoding="utf-8"))

    assert written == schemas()[kind], "run `./run docs`"


def test_every_file_of_the_dossier_names_its_schema() -> None:
    files = sorted((ROOT / "data" / "japan-nato").rglob("*.yaml"))

    assert files
    for path in files:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
        assert named, f"{path}: run `./run docs`"
        assert (path.parent / named[1]).is_file(), path


def test_the_controls_of_a_reference_file_are_those_of_the_page() -> None:
    page = (ROOT / "docs" / "word.md").read_text(encoding="utf-8")
    section = page.partition("## Controls")[2].partition("## Styles")[0]
    rows = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([a-z-]+)`", row)]

    assert sorted(named) == sorted([*NAMES, *SYNONYMS])


def test_the_claims_of_the_guide_are_those_of_the_dossier() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    records = [data for block in blocks for data in yaml.safe_load(block)]
    claims = load_project(ROOT).dossiers["japan-nato"].dossier.claims

    assert [record["id"] for record in records if "statement" not in record] == ["takahashi-2023"]
    Source.model_validate(records[0])
    for record in records[1:]:
        assert Claim.model_validate(record) == claims[record["id"]], record["id"]


def test_every_problem_code_is_used_by_the_program() -> None:
    sources = [p for p in (ROOT / "src").rglob("*.py") if p.name != "problems.py"]
    used = set(re.findall(r'"(BG\d{3})"', "".join(p.read_text(encoding="utf-8") for p in sources)))

    assert used == set(CODES)


def test_every_folder_and_page_that_the_documentation_names_exists() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text(encoding="utf-8")
        links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
        named = re.findall(r"`((?:src|docs|tests|templates|data/japan-nato)/[\w./-]*)`", text)
        for link in links:
            assert (page.parent / link).exists(), f"{page.name}: {link}"
        for name in named:
            assert (ROOT / name).exists(), f"{page.name}: {name}"


def test_the_readme_names_every_recipe_that_it_should() -> None:
    assert "./run build" in README
    assert "./run test" in README


def test_the_mistake_of_the_readme_is_reported_as_it_says(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    obstacles = tmp_path / "data" / "japan-nato" / "obstacles.yaml"
    text = obstacles.read_text(encoding="utf-8")
    obstacles.write_text(
        text.replace("    - maritime-security\n", "    - maritime-secrity\n", 1),
        encoding="utf-8",
    )

    done = subprocess.run(
        [sys.executable, "-m", "briefgen", "check"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    shown = [line.strip() for line in README.splitlines()]
    assert done.returncode == 1
    for line in done.stdout.splitlines():
        assert line.strip() in shown, "the data has moved: correct the README's example"

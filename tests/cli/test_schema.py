"""`briefgen schema`: schemas that fit the data, and the lines that name them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from briefgen.build.modeline import MODELINE
from briefgen.cli.schema import schemas
from briefgen.dossier.model import KINDS
from briefgen.dossier.yaml_places import read_yaml

if TYPE_CHECKING:
    from conftest import RunCli

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "data" / "japan-nato").rglob("*.yaml")) + sorted(
    (ROOT / "tests" / "projects").rglob("*.yaml")
)


def kind_of(path: Path) -> str:
    return path.stem if path.parent.name not in (*KINDS, "editions") else path.parent.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_of_the_dossiers_fits_its_schema(path: Path) -> None:
    schema = schemas()[kind_of(path)]

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(read_yaml(path, path.name).data, schema)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("claims", [{"id": "Not Kebab", "kind": "fact", "statement": "x", "as_of": "2024"}]),
        ("claims", [{"id": "a", "kind": "rumour", "statement": "x", "as_of": "2024"}]),
        ("claims", [{"id": "a", "kind": "fact", "statement": "x"}]),
        ("areas", [{"id": "a", "colour": "red"}]),
        ("editions", {"id": "a", "titel": "x"}),
    ],
)
def test_mistakes_do_not_fit(kind: str, data: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schemas()[kind])


def test_an_edition_may_leave_to_its_base_what_it_takes_from_there() -> None:
    jsonschema.validate({"id": "a", "extends": "_base"}, schemas()["editions"])


def test_a_year_needs_no_quotes() -> None:
    claim = {"id": "a", "kind": "fact", "statement": "x", "as_of": 2024}

    jsonschema.validate([claim], schemas()["claims"])


def test_the_keys_carry_their_meaning() -> None:
    claim = schemas()["claims"]["$defs"]["Claim"]

    assert claim["properties"]["as_of"]["description"].startswith("The date to which")


def test_a_file_is_written_for_each_kind(run_cli: RunCli, bus_lanes: Path) -> None:
    ran = run_cli("schema")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [f"schemas/{name}.json" for name in schemas()]
    for name, schema in schemas().items():
        assert json.loads((bus_lanes / "schemas" / f"{name}.json").read_text("utf-8")) == schema


def test_the_files_can_be_linked_and_stay_the_same_data(run_cli: RunCli, dossier: Path) -> None:
    before = {path: path.read_text("utf-8") for path in dossier.rglob("*.yaml")}
    crlf = dossier / "areas.yaml"
    crlf.write_bytes(before[crlf].replace("\n", "\r\n").encode())

    assert run_cli("schema", "--link").code == 0

    first = {path: path.read_bytes().split(b"\n")[0].decode() for path in before}
    assert first[dossier / "claims.yaml"] == f"{MODELINE}../../schemas/claims.json"
    assert first[dossier / "editions" / "_base.yaml"] == f"{MODELINE}../../../schemas/editions.json"
    assert first[crlf] == f"{MODELINE}../../schemas/areas.json\r"
    for path, text in before.items():
        assert yaml.safe_load(path.read_text("utf-8")) == yaml.safe_load(text)
    assert run_cli("check").code == 0


def test_linking_twice_changes_nothing_more(run_cli: RunCli, dossier: Path) -> None:
    run_cli("schema", "--link")
    once = {path: path.read_bytes() for path in dossier.rglob("*.yaml")}

    assert run_cli("schema", "--link").stderr == ""
    assert {path: path.read_bytes() for path in dossier.rglob("*.yaml")} == once


def test_a_file_that_is_no_schema_is_not_overwritten(run_cli: RunCli, bus_lanes: Path) -> None:
    (bus_lanes / "schemas").mkdir()
    (bus_lanes / "schemas" / "claims.json").write_text("{}")

    ran = run_cli("schema")

    assert ran.code == 2
    assert ran.stderr == (
        "briefgen: schemas/claims.json is no schema\n  help: name another folder with --out\n"
    )
    assert (bus_lanes / "schemas" / "claims.json").read_text() == "{}"


def test_without_data_there_is_nothing_to_link(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("schema", "--link", cwd=tmp_path)

    assert ran.code == 2
    assert "there is no data/ here to link" in ran.stderr


def test_a_link_is_renewed_and_what_somebody_wrote_stays(
    run_cli: RunCli, dossier: Path, tmp_path: Path
) -> None:
    run_cli("schema", "--link")
    own = "#  yaml-language-server:  $schema=mine.json\n"
    (dossier / "terms.yaml").write_text(own + (dossier / "terms.yaml").read_text("utf-8"))
    (dossier / "areas.yaml").write_bytes("[]".encode("utf-16"))

    ran = run_cli("schema", "--link", "--out", tmp_path / "with a space")

    assert ran.code == 0
    assert "passed over data/bus-lanes/areas.yaml: it is not UTF-8" in ran.stderr
    assert "passed over data/bus-lanes/terms.yaml: it names a schema already" in ran.stderr
    first, second = (dossier / "claims.yaml").read_text("utf-8").splitlines()[:2]
    assert first.endswith("/with%20a%20space/claims.json")
    assert second == "- id: trial-approved"
    assert (dossier / "areas.yaml").read_bytes() == "[]".encode("utf-16")


def test_folders_and_dangling_links_are_passed_over(run_cli: RunCli, dossier: Path) -> None:
    (dossier / "claims").mkdir()
    (dossier / "claims" / "broken.yaml").symlink_to("nowhere.yaml")
    (dossier / "claims" / "folder.yaml").mkdir()

    assert run_cli("schema", "--link").code == 0


def test_a_folder_in_the_place_of_a_schema_is_refused(run_cli: RunCli, bus_lanes: Path) -> None:
    (bus_lanes / "schemas" / "areas.json").mkdir(parents=True)

    ran = run_cli("schema")

    assert (ran.code, "schemas/areas.json is no schema" in ran.stderr) == (2, True)

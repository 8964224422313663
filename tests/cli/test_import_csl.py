"""`briefgen import csl`: sources from a reference manager, added and never overwritten."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.dossier.bibliography import make_source, read_items
from briefgen.dossier.yaml_places import read_yaml

if TYPE_CHECKING:
    from conftest import RunCli

ITEM: dict[str, Any] = {
    "id": "http://zotero.org/users/1/items/ABC",
    "type": "article-journal",
    "title": "NATO and <i>Japan</i>: A View from Tokyo",
    "author": [
        {"family": "Tsuruoka", "given": "Michito"},
        {"family": "Cruz", "non-dropping-particle": "de la", "given": "José", "suffix": "Jr."},
        {"literal": "World Bank"},
    ],
    "container-title": "RUSI Journal",
    "volume": 156,
    "issue": "6",
    "page": "62-69",
    "issued": {"date-parts": [["2011", 12]]},
    "accessed": {"date-parts": [[2024, 1, 2]]},
    "DOI": "10.1080/03071847.2011.642684",
    "URL": "https://example.org/a_b",
    "ISSN": "0307-1847",
    "note": "tagged",
    "call-number": "X1",
}
BIBTEX = r"""
@string{rusi = "RUSI Journal"}
@article{tsuruoka,
  author = {Tsuruoka, Michito and {World Bank} and de la Cruz, Jr., Jos{\'e}},
  title = {{NATO} and {J}apan: {\"U}ber 50\% \& more},
  journal = rusi, volume = 156, number = 6, year = 2011, month = dec,
  pages = {62--69}, doi = {10.1080/x_y}, keywords = {a, b}
}
@techreport{two, author = {M{\"u}ller, J{\"o}rg}, title = "A report", institution = {SWP},
  date = {2023-07-12}, address = {Berlin}, number = {7}, type = {Working Paper}}
@online{three, title = {No author}, url = {https://example.org}, urldate = {2024-01-02}}
"""


def write_json(folder: Path, items: Any) -> Path:
    path = folder / "library.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    return path


# --- From items to sources ----------------------------------------------------


def test_an_item_of_csl_json_becomes_a_source() -> None:
    imported = make_source(ITEM, ())

    assert imported.record == {
        "id": "tsuruoka-2011",
        "type": "article-journal",
        "title": "NATO and Japan: A View from Tokyo",
        "author": [
            {"family": "Tsuruoka", "given": "Michito"},
            {"family": "de la Cruz", "given": "José, Jr."},
            {"literal": "World Bank"},
        ],
        "issued": "2011-12",
        "accessed": "2024-01-02",
        "container-title": "RUSI Journal",
        "volume": "156",
        "issue": "6",
        "page": "62-69",
        "URL": "https://example.org/a_b",
        "DOI": "10.1080/03071847.2011.642684",
        "ISSN": "0307-1847",
    }
    assert imported.left_out == ("call-number", "note")


def test_bibtex_becomes_the_same() -> None:
    article, report, page = (make_source(item, ()) for item in read_items(BIBTEX)[0])

    assert article.record == {
        "id": "tsuruoka-2011",
        "type": "article-journal",
        "title": "NATO and Japan: Über 50% & more",
        "author": [
            {"family": "Tsuruoka", "given": "Michito"},
            {"literal": "World Bank"},
            {"family": "de la Cruz", "given": "José, Jr."},
        ],
        "issued": "2011-12",
        "container-title": "RUSI Journal",
        "volume": "156",
        "issue": "6",
        "page": "62-69",
        "DOI": "10.1080/x_y",
    }
    assert article.left_out == ("keywords",)
    assert report.id == "muller-2023"
    assert report.record["issued"] == "2023-07-12"
    assert (report.record["publisher"], report.record["publisher-place"]) == ("SWP", "Berlin")
    assert (report.record["number"], report.record["genre"]) == ("7", "Working Paper")
    assert page.id == "no-author"
    assert page.record["type"] == "webpage"
    assert page.record["accessed"] == "2024-01-02"


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2023]]}, "2023"),
        ({"date-parts": [[2023, 7, 3]]}, "2023-07-03"),
        ({"date-parts": [[2023, 7], [2024]]}, "2023-07/2024"),
        ({"date-parts": [[2023]], "circa": True}, "2023~"),
        ({"raw": "2023-07"}, "2023-07"),
        ({"literal": "spring"}, None),
        ({"raw": "n.d."}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [[2023, 13]]}, "2023"),
        ({"date-parts": [[2023.0, 5.0]]}, "2023-05"),
        ({"raw": "May 2020"}, "2020"),
        ({"raw": "2020-05-06T10:00:00Z"}, "2020-05-06"),
        ("2023", None),
        (None, None),
    ],
)
def test_dates_become_edtf_or_are_left_out(issued: Any, expected: str | None) -> None:
    imported = make_source({"title": "A", "issued": issued}, ())

    assert imported.record.get("issued") == expected


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert make_source(ITEM, {"tsuruoka-2011", "tsuruoka-2011-2"}).id == "tsuruoka-2011-3"


def test_an_unknown_type_is_a_document() -> None:
    assert make_source({"title": "A", "type": "song"}, ()).record["type"] == "document"


# --- The command --------------------------------------------------------------


def test_sources_are_added_and_what_is_missing_is_named(
    run_cli: RunCli, dossier: Path, tmp_path: Path
) -> None:
    before = (dossier / "sources.yaml").read_text("utf-8")

    ran = run_cli("import", "csl", write_json(tmp_path, [ITEM]))

    assert ran.code == 0
    assert ran.stdout == "tsuruoka-2011 (without call-number, note)\n"
    assert ran.stderr == "added to data/bus-lanes/sources.yaml\n"
    after = (dossier / "sources.yaml").read_text("utf-8")
    assert after.startswith(before + "\n- id: tsuruoka-2011\n")
    assert "by hand: note, reliability, viewpoint, licence;" in after
    missing = [line for line in run_cli("check").stdout.splitlines() if "BG005" in line]
    assert [line.split('"')[1] for line in missing] == [
        "licence",
        "note",
        "reliability",
        "viewpoint",
    ]


def test_what_is_there_already_is_passed_over_also_when_unfinished(
    run_cli: RunCli, dossier: Path, tmp_path: Path
) -> None:
    gazette = {"title": "Otherwise", "URL": "https://gazette.example/red-paint"}
    library = write_json(tmp_path, [ITEM, gazette])
    run_cli("import", "csl", library)
    before = (dossier / "sources.yaml").read_bytes()

    ran = run_cli("import", "csl", library)

    assert (ran.code, ran.stdout) == (0, "")
    assert ran.stderr == (
        "passed over: tsuruoka-2011 is there already\n"
        "passed over: gazette-2024 is there already\nnothing to add\n"
    )
    assert (dossier / "sources.yaml").read_bytes() == before


def test_two_items_of_one_author_and_year_get_two_ids(run_cli: RunCli, tmp_path: Path) -> None:
    other = {**ITEM, "title": "Another", "DOI": "10.1/2", "URL": "https://example.org/2"}

    ran = run_cli("import", "csl", write_json(tmp_path, [ITEM, other]))

    assert [line.split()[0] for line in ran.stdout.splitlines()] == [
        "tsuruoka-2011",
        "tsuruoka-2011-2",
    ]


def test_a_dossier_without_sources_gets_a_file(
    run_cli: RunCli, dossier: Path, tmp_path: Path
) -> None:
    (dossier / "sources.yaml").unlink()

    assert run_cli("import", "csl", write_json(tmp_path, [ITEM])).code == 0

    file = read_yaml(dossier / "sources.yaml", "sources.yaml")
    assert [record["id"] for record in file.data] == ["tsuruoka-2011"]


def test_line_ends_and_a_missing_last_one_are_kept(
    run_cli: RunCli, dossier: Path, tmp_path: Path
) -> None:
    path = dossier / "sources.yaml"
    old = path.read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n")
    path.write_bytes(old)

    run_cli("import", "csl", write_json(tmp_path, [ITEM]))

    new = path.read_bytes()
    assert new.startswith(old + b"\r\n\r\n- id: tsuruoka-2011\r\n")
    assert b"\n" not in new.replace(b"\r\n", b"")


def test_a_file_with_mistakes_of_form_is_left_alone(
    run_cli: RunCli, dossier: Path, tmp_path: Path
) -> None:
    (dossier / "sources.yaml").write_text("- id: [\n")

    ran = run_cli("import", "csl", write_json(tmp_path, [ITEM]))

    assert ran.code == 1
    assert "BG001" in ran.stderr
    assert (dossier / "sources.yaml").read_text() == "- id: [\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Dear Sir", "it is neither CSL-JSON nor BibTeX"),
        ("[{]", "it is not valid JSON: "),
        ('{"a": 1}', "it is JSON, but not a list of CSL items"),
        ("[1]", "it is JSON, but not a list of CSL items"),
        ('[{"title": "A", "volume": NaN}]', "NaN is no number of JSON"),
        ("@article{a, title = {b}", "syntax error in line 1"),
        ("[" * 100_000, "it is not valid JSON: "),
    ],
)
def test_what_is_no_export_is_refused(
    run_cli: RunCli, dossier: Path, tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "library.txt"
    path.write_text(text)
    before = (dossier / "sources.yaml").read_bytes()

    ran = run_cli("import", "csl", path)

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"briefgen: cannot import {path}: ")
    assert reason in ran.stderr
    assert (dossier / "sources.yaml").read_bytes() == before


def test_an_item_that_cannot_be_taken_does_not_keep_the_others_out(
    run_cli: RunCli, tmp_path: Path
) -> None:
    ran = run_cli("import", "csl", write_json(tmp_path, [{"id": "x\u001b[31m"}, ITEM]))

    assert ran.code == 0
    assert ran.stdout.startswith("tsuruoka-2011 ")
    assert ran.stderr.startswith('passed over: the item "x[31m" has no title\n')


def test_mistakes_of_bibtex_that_hide_nothing_are_told(run_cli: RunCli, tmp_path: Path) -> None:
    path = tmp_path / "library.bib"
    path.write_text(
        "@article{a, author = {Ode, Ann and others}, title = {\\textbf{A} title}, month = foo, "
        "year = 2020}\n@online{b, title = {B}, month = {6 May}, year = 2021}\n"
    )

    ran = run_cli("import", "csl", path)

    assert (ran.code, ran.stdout) == (0, "ode-2020\nb-2021\n")
    assert "passed over: " in ran.stderr
    assert "undefined string in line 1: foo" in ran.stderr
    first, second = (make_source(item, ()).record for item in read_items(path.read_text())[0])
    assert first["author"] == [{"family": "Ode", "given": "Ann"}]
    assert first["title"] == "A title"
    assert second["issued"] == "2021-05-06"


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Editorial", "DOI": "10.1/b", "issued": {"raw": "2020"}},
        {"title": "Editorial", "author": [{"family": "Other"}], "issued": {"raw": "2020"}},
        {"title": "Editorial", "issued": {"raw": "2021"}},
    ],
)
def test_works_of_one_title_stay_apart(
    run_cli: RunCli, tmp_path: Path, other: dict[str, Any]
) -> None:
    first = {
        "title": "Editorial",
        "DOI": "10.1/a",
        "author": [{"family": "One"}],
        "issued": {"raw": "2020"},
    }

    ran = run_cli("import", "csl", write_json(tmp_path, [first, other]))

    assert len(ran.stdout.splitlines()) == 2


def test_a_doi_is_the_same_as_its_address(run_cli: RunCli, tmp_path: Path) -> None:
    items = [{"title": "A", "DOI": "10.1/A"}, {"title": "B", "DOI": "https://doi.org/10.1/a"}]

    ran = run_cli("import", "csl", write_json(tmp_path, items))

    assert ran.stdout == "a\n"
    assert make_source(items[1], ()).record["DOI"] == "10.1/a"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing yet\n",
        "  - id: a\n    type: report\n",
        "- id: a\n  note: |+\n    kept\n\n\n",
    ],
)
def test_a_file_is_added_to_as_it_is_written(
    run_cli: RunCli, dossier: Path, tmp_path: Path, before: str
) -> None:
    path = dossier / "sources.yaml"
    path.write_text(before)

    ran = run_cli("import", "csl", write_json(tmp_path, [ITEM]))

    assert ran.code == 0, ran.stderr
    assert path.read_text().startswith(before)
    file = read_yaml(path, "sources.yaml")
    assert not file.problems
    assert file.data[-1]["id"] == "tsuruoka-2011"


@pytest.mark.parametrize("before", ["[]\n", "~\n", "[{id: a}]\n", "- id: a\n...\n"])
def test_a_file_that_would_not_read_as_it_should_afterwards_stays_as_it_is(
    run_cli: RunCli, dossier: Path, tmp_path: Path, before: str
) -> None:
    path = dossier / "sources.yaml"
    path.write_text(before)

    ran = run_cli("import", "csl", write_json(tmp_path, [ITEM]))

    assert ran.code == 2
    assert "nothing can be added at the end of" in ran.stderr
    assert path.read_text() == before


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(
    run_cli: RunCli, dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (dossier / "sources.yaml").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    ran = run_cli("import", "csl", write_json(tmp_path, [ITEM]))

    assert ran.code == 3
    assert "nothing was changed\n  help: free some space" in ran.stderr
    assert (dossier / "sources.yaml").read_bytes() == before
    assert not list(dossier.glob(".briefgen-*"))


def test_large_exports_and_hostile_markup_are_read(run_cli: RunCli, tmp_path: Path) -> None:
    items: list[dict[str, Any]] = [
        {"title": f"Same {n}", "author": [{"family": "One"}], "issued": {"raw": "2020"}}
        for n in range(2000)
    ]
    items.append({"title": "<i " * 100_000 + "x"})

    ran = run_cli("import", "csl", write_json(tmp_path, items))

    assert ran.code == 0
    assert "one-2020-2000\n" in ran.stdout


def test_control_characters_and_line_breaks_do_not_come_in(
    run_cli: RunCli, dossier: Path, tmp_path: Path
) -> None:
    item = {"title": "A\u0007 title:\n- id: evil", "abstract": "x\n\n# y\u2028z"}

    assert run_cli("import", "csl", write_json(tmp_path, [item])).code == 0

    records = read_yaml(dossier / "sources.yaml", "sources.yaml").data
    assert records[-1]["title"] == "A title: - id: evil"
    assert records[-1]["id"] == "a-title-id"


def test_where_there_are_several_dossiers_one_is_named(
    run_cli: RunCli, bus_lanes: Path, tmp_path: Path
) -> None:
    second = bus_lanes / "data" / "second"
    second.mkdir()
    (second / "dossier.yaml").write_text("title: Second\n")
    library = write_json(tmp_path, [ITEM])

    ran = run_cli("import", "csl", library)
    assert ran.code == 2
    assert "name one with --dossier: bus-lanes, second" in ran.stderr

    assert run_cli("import", "csl", library, "--dossier", "second").code == 0
    assert (second / "sources.yaml").is_file()

    ran = run_cli("import", "csl", library, "--dossier", "third")
    assert (ran.code, 'unknown dossier "third"' in ran.stderr) == (2, True)


def test_the_example_that_ships_takes_no_sources(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("import", "csl", write_json(tmp_path, [ITEM]), cwd=tmp_path)

    assert ran.code == 2
    assert "there is no data/ here" in ran.stderr

"""`briefgen explain`: why this is in and that is out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import RunCli

Edit = Callable[[str, str, str], None]
SHOPS = "editions/shopkeepers.yaml"
LONG = " ".join(["The association counts again and again what its tills say."] * 130)


def lines_of(text: str, kind: str) -> list[str]:
    """The lines on one kind, those that wrap joined."""
    part = re.split(r"\n\n", text[text.index(f"{kind}: ") :])[0]
    return re.sub(r"\n {6,}(?! *\d+ )", " ", part).split("\n")


def test_each_record_comes_with_its_place_and_what_decides_it(run_cli: RunCli) -> None:
    ran = run_cli("explain", "shopkeepers")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("shopkeepers, full: ")
    assert "of at most 16 pages\n" in ran.stdout
    areas = lines_of(ran.stdout, "areas")
    assert areas[0].startswith("areas: ")
    assert re.fullmatch(
        r" +1  deliveries +(pinned|weight 5); title, so-what, summary, body", areas[1]
    )
    assert ran.stdout.endswith(
        "Budget: shorter first, then figures, then whole records and messages, the least valuable "
        "first.\n"
    )


def test_what_is_left_out_comes_with_its_reason(run_cli: RunCli, edit: Edit) -> None:
    edit(SHOPS, "at_most: {areas: 3, obstacles: 3}", "at_most: {areas: 3, obstacles: 1}")

    text = run_cli("explain", "shopkeepers").stdout

    assert "weight 0; left out: its weight is 0" in text
    assert (
        "excluded: who votes how is for the ballot box" in text.replace("\n", " ").replace("  ", "")
        or "excluded: who votes how is" in text
    )
    assert "left out: the edition shows at most 1 obstacles" in " ".join(text.split())


def test_what_the_page_budget_took_is_told(run_cli: RunCli, edit: Edit) -> None:
    edit("editions/_base.yaml", "lengths: [full]", "lengths: [brief, full]")
    edit(SHOPS, "context: >-\n", f"context: >-\n  {LONG}\n\n\n")

    text = run_cli("explain", "shopkeepers").stdout

    assert "shopkeepers, brief: 4 of at most 4 pages" in text
    assert "summary cut to fit 4 pages" in " ".join(text.split())


def test_on_one_page_the_areas_are_out_for_its_length(run_cli: RunCli, edit: Edit) -> None:
    edit("editions/_base.yaml", "lengths: [full]", "lengths: [one-page, full]")

    text = run_cli("explain", "shopkeepers", "--length", "one-page").stdout

    assert "areas: a one-page document shows none of the 5\n" in text
    assert "recommendations: 3 of 5 shown, at most 3\n" in text
    assert "left out: ranked behind what a one-page document shows" in " ".join(text.split())
    assert "figures: none; not in a one-page document: " in text


def test_programs_get_all_of_it(run_cli: RunCli) -> None:
    found = json.loads(run_cli("explain", "shopkeepers", "--format", "json").stdout)

    assert (found["edition"], found["length"], found["at_most"]) == ("shopkeepers", "full", 16)
    assert len(found["records"]) == 15
    out = {one["id"]: one["why_not"] for one in found["records"] if one["why_not"]}
    assert out["split-committee"] == "excluded"
    shown = [one for one in found["records"] if one["tier"]]
    assert all(one["why_not"] is None for one in shown)


def test_a_length_that_the_edition_does_not_have_is_refused(run_cli: RunCli) -> None:
    ran = run_cli("explain", "shopkeepers", "--length", "brief")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        'briefgen: "shopkeepers" has no length "brief"\n  help: its lengths: full\n'
    )


def test_data_with_mistakes_is_not_explained(run_cli: RunCli, edit: Edit) -> None:
    edit(SHOPS, "weight: 5", "weight: 6")

    ran = run_cli("explain", "shopkeepers")

    assert ran.code == 1
    assert "error[BG006]" in ran.stderr

"""The dossier that ships: what it promises to hold, and that all of it can be checked."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from briefgen.build.loaded import LoadedDossier
from briefgen.build.project import load_project
from briefgen.dossier.quotes import find_quotes, read_texts
from briefgen.dossier.rules import disputes
from briefgen.edition.tailor import Brief, tailor

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "data" / "japan-nato"


@lru_cache(maxsize=1)
def japan_nato() -> LoadedDossier:
    return load_project(ROOT).dossiers["japan-nato"]


@lru_cache(maxsize=1)
def briefs() -> dict[str, Brief]:
    loaded = japan_nato()
    return {n: tailor(loaded.dossier, e.edition, "full") for n, e in loaded.editions.items()}


# --- Problems -----------------------------------------------------------------


def test_the_dossier_has_no_problems(sources_folder: Path | None) -> None:
    """Every quote is found in its text; where the texts are not at hand, the lock vouches."""
    assert load_project(ROOT, sources_folder).problems == []


def test_the_lock_vouches_for_every_quote() -> None:
    assert load_project(ROOT).problems == []


# --- What it holds ------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("sources", 5),
        ("claims", 700),
        ("areas", 35),
        ("obstacles", 20),
        ("recommendations", 50),
        ("instruments", 60),
        ("milestones", 60),
        ("actors", 60),
        ("tables", 1),
    ],
)
def test_there_are_as_many_records_as_promised(kind: str, least: int) -> None:
    assert len(japan_nato().dossier.records(kind)) >= least


@pytest.mark.parametrize(
    "area",
    [
        "arctic",
        "arms-control",
        "capacity-building",
        "civil-emergency-planning",
        "climate-security",
        "contingency-planning",
        "counter-piracy",
        "counter-terrorism",
        "cyber-defence",
        "development-aid",
        "disaster-relief",
        "disinformation",
        "emerging-technology",
        "energy-security",
        "fishing-and-sanctions",
        "global-south",
        "grey-zone",
        "human-security",
        "information-sharing",
        "interoperability",
        "logistics",
        "maritime-awareness",
        "maritime-security",
        "missile-defence",
        "peace-operations",
        "resilience",
        "space-security",
        "strategic-communication",
        "transnational-crime",
        "ukraine-lessons",
    ],
)
def test_every_field_that_the_texts_name_is_an_area_with_an_obstacle(area: str) -> None:
    dossier = japan_nato().dossier

    assert dossier.areas[area].claims
    assert any(area in obstacle.affects for obstacle in dossier.obstacles.values())


def test_disagreements_are_in_the_open() -> None:
    dossier = japan_nato().dossier
    by_status = Counter(claim.status for claim in dossier.claims.values())
    disputed = disputes(dossier)

    assert by_status["contested"] >= 40
    assert by_status["doubtful"] >= 50
    assert by_status["superseded"] >= 10
    for claim in dossier.claims.values():
        if claim.status == "contested":
            against = [e for e in claim.evidence if e.role == "contradicts"]
            assert disputed.get(claim.id) or against, claim.id
            assert claim.note, claim.id


def test_attributed_quotations_name_their_speaker() -> None:
    spoken = [
        evidence
        for claim in japan_nato().dossier.claims.values()
        for evidence in claim.evidence
        if evidence.speaker
    ]

    assert len({evidence.speaker for evidence in spoken}) >= 8
    assert sum(evidence.occasion is not None for evidence in spoken) >= 8


def test_a_changed_word_of_a_source_turns_exactly_the_claims_red_that_rest_on_it(
    sources_folder: Path | None,
) -> None:
    if sources_folder is None:  # tests/cli/test_check.py has a text of its own
        return
    dossier = japan_nato().dossier
    texts, missing = read_texts(dossier, sources_folder)
    assert not missing
    found, problems = find_quotes(dossier, texts)
    assert not problems

    for source, text in texts.items():
        words = list(re.finditer(r"\w+", text))
        for word in words[:: len(words) // 25]:
            changed = f"{text[: word.start()]}zzz{text[word.end() :]}"
            _, red = find_quotes(dossier, {**texts, source: changed})
            resting = {
                item.quoted.where
                for item in found
                if item.quoted.source.id == source and item.start <= word.start() < item.end
            }
            assert {problem.where for problem in red} == resting, (source, word[0])


def test_every_recommendation_has_an_owner_and_a_horizon() -> None:
    for step in japan_nato().dossier.recommendations.values():
        assert step.owner, step.id
        assert step.horizon, step.id


def test_eight_actors_hold_positions_that_a_claim_carries() -> None:
    actors = japan_nato().dossier.actors.values()

    assert sum(bool(actor.positions) for actor in actors) >= 8


def test_every_source_has_a_text_and_says_where_it_looks_from() -> None:
    for source in japan_nato().dossier.sources.values():
        assert source.text, source.id
        assert source.viewpoint, source.id
        assert source.reliability.why, source.id


def test_every_source_carries_claims() -> None:
    dossier = japan_nato().dossier
    used = {e.source for claim in dossier.claims.values() for e in claim.evidence}

    assert used == set(dossier.sources)


def test_every_claim_that_is_no_judgement_has_a_quote() -> None:
    for claim in japan_nato().dossier.claims.values():
        assert bool(claim.evidence) != (claim.kind == "judgement"), claim.id


# --- Table 1 ------------------------------------------------------------------


def table_of_the_study(sources: Path) -> list[list[str]]:
    """The rows of Table 1 as the text has them: name, task, year, members."""
    text = (sources / "orrashid-2014.txt").read_text("utf-8").split("Table 1: ")[1]
    rows = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines()]
    return [row for row in rows if len(row) == 4 and re.fullmatch(r"\d{4}", row[2])]


def test_table_1_is_complete() -> None:
    table = japan_nato().dossier.tables["operations-1991-2010"]

    assert [column.id for column in table.columns] == ["place", "label", "task", "year", "members"]
    assert len(table.rows) == 14
    assert all(all(row) for row in table.rows)
    assert (table.rows[0][3], table.rows[-1][3]) == ("1991", "2010")
    with (FOLDER / "tables" / "operations-1991-2010.csv").open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 1 + len(table.rows)


def test_table_1_has_the_years_labels_and_members_of_the_study(
    sources_folder: Path | None,
) -> None:
    if sources_folder is None:  # the lock vouches for what was read
        return
    study = table_of_the_study(sources_folder)
    rows = japan_nato().dossier.tables["operations-1991-2010"].rows

    assert len(study) == len(rows)
    for (name, _, year, members), row in zip(study, rows, strict=True):
        _, label, _, own_year, own_members = row
        assert own_year == year, name
        assert label == ("Non-UN" if "Non-UN" in name else "UN"), name
        assert count_of(own_members, ";") == count_of(members, ","), name


def count_of(members: str, separator: str) -> int:
    return len([member for member in members.split(separator) if member.strip()])


# --- The editions -------------------------------------------------------------


def test_the_editions_have_the_stances_that_they_declare_to_readers() -> None:
    roles = {name: e.edition.stance.role for name, e in japan_nato().editions.items()}

    assert roles["overview"] == "neutral"
    assert roles["european-sceptic"] == "sceptic"
    assert roles["india"] != "neutral"


def test_the_editions_differ_in_all_that_may_differ() -> None:
    editions = [e.edition for e in japan_nato().editions.values()]
    ordered = [
        [tuple(chosen.record.id for chosen in getattr(brief, kind)) for brief in briefs().values()]
        for kind in ("areas", "obstacles", "recommendations")
    ]

    differing: list[list[Any]] = [
        [e.question for e in editions],
        [e.title for e in editions],
        [e.bottom_line for e in editions],
        [e.audience.name for e in editions],
        *ordered,
    ]
    for values in differing:
        assert len(set(values)) == len(editions), values


def test_the_editions_recommend_different_things() -> None:
    advised = {
        name: {
            chosen.record.id
            for chosen in brief.recommendations
            if getattr(chosen.lens, "position", None) != "oppose"
        }
        for name, brief in briefs().items()
    }

    assert advised["india"] - advised["european-sceptic"]
    assert advised["european-sceptic"] - advised["india"]


def test_every_edition_shows_enough_and_says_what_it_leaves_out() -> None:
    for name, brief in briefs().items():
        assert len(brief.areas) >= 4, name
        assert len(brief.obstacles) >= 4, name
        assert len(brief.recommendations) >= 5, name
        assert brief.left_out, name

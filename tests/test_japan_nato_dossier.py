"""The dossier that ships: what it promises to hold, and that it copies nobody's prose."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from briefgen.build.project import LoadedDossier, load_project
from briefgen.dossier.evidence import Evidence, Source
from briefgen.dossier.model import KINDS
from briefgen.dossier.records import Table
from briefgen.edition.tailor import Brief, tailor

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "data" / "japan-nato"
TOO_LONG = 9
"""A run of so many words of a source, outside quotation marks, is copying."""
NOT_PROSE = {
    Source: {"title", "container_title", "publisher"},
    Evidence: {"quote"},
    Table: {"rows"},
}
"""Fields that repeat a source on purpose."""


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
        ("claims", 60),
        ("areas", 8),
        ("obstacles", 8),
        ("recommendations", 10),
        ("instruments", 8),
        ("milestones", 15),
        ("actors", 8),
        ("tables", 1),
    ],
)
def test_there_are_as_many_records_as_promised(kind: str, least: int) -> None:
    assert len(japan_nato().dossier.records(kind)) >= least


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


def test_there_are_three_editions_each_with_its_stance() -> None:
    roles = {name: e.edition.stance.role for name, e in japan_nato().editions.items()}

    assert roles["overview"] == "neutral"
    assert roles["european-sceptic"] == "sceptic"
    assert roles["india"] != "neutral"
    assert len(roles) == 3


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
        assert len(set(values)) == 3, values


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


# --- Our own words ------------------------------------------------------------


def test_our_prose_copies_no_run_of_words_from_a_source(sources_folder: Path | None) -> None:
    if sources_folder is None:  # checked wherever the texts are
        return
    runs = {
        run
        for source in japan_nato().dossier.sources.values()
        if source.text
        for run in runs_of((sources_folder / source.text.file).read_text("utf-8"))
    }
    assert len(runs) > 10_000

    copied = [
        f"{where}: {' '.join(run)}"
        for where, text in our_prose()
        for run in runs_of(without_quotations(text))
        if run in runs
    ]
    assert copied == []


def test_copied_words_would_be_found() -> None:
    copied = "one two three four five six seven eight nine"

    assert set(runs_of(f"He said: {copied}.")) & set(runs_of(copied.upper()))
    assert not set(runs_of(without_quotations(f"He said “{copied}”."))) & set(runs_of(copied))


def our_prose() -> Iterator[tuple[str, str]]:
    """Every text that we wrote, with the record that it stands in."""
    loaded = japan_nato()
    yield from ((f"dossier/{name}", text) for name, text in texts_of(loaded.dossier.about))
    for kind in KINDS:
        for record in loaded.dossier.records(kind).values():
            for name, text in texts_of(record):
                yield f"{kind}/{record.id}/{name}", text
    for edition in loaded.editions.values():
        for name, text in texts_of(edition.edition):
            yield f"editions/{edition.edition.id}/{name}", text


def texts_of(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            if field not in NOT_PROSE.get(type(value), ()):
                yield from texts_of(getattr(value, field), f"{name}.{field}".strip("."))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_of(item, f"{name}.{key}")
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item, name)
    elif isinstance(value, str):
        yield name, value


def without_quotations(text: str) -> str:
    return re.sub(r"“[^”]*”|\"[^\"]*\"", " | ", text)


def runs_of(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of nine words, in small letters, without marks and citations."""
    plain = re.sub(r"\[@[^\]]*\]|\u00ad", "", text).lower().replace("’", "'")
    words = re.findall(r"[\w']+|\|", plain)
    for i in range(len(words) - TOO_LONG + 1):
        yield tuple(words[i : i + TOO_LONG])

"""The watch: rounds for given wakes, so that nothing here waits for anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from starting import silent

from briefgen.build.build import build
from briefgen.build.plan import plan
from briefgen.build.project import find_targets, load_project
from briefgen.build.runs import Finished
from briefgen.build.watch import Round, Watched, rounds
from briefgen.problems import WrongEnvironment, WrongUsage

Edit = Callable[[str, str, str], None]
AREAS = "data/bus-lanes/areas.yaml"
OVERVIEW = "data/bus-lanes/editions/overview.yaml"


class Watch:
    """A watch of a project, woken as often as it is asked for a round."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        # More wakes than any test asks for: where nothing has changed, the test ends and fails.
        self.rounds = rounds(Watched(folder, self.out), range(20), self._make)

    def _make(self, _: Sequence[str]) -> Finished:
        project = load_project(self.folder, loose_ends=False)
        steps = plan(find_targets(project, ()), ["html"])
        report = build(project, steps, self.out, silent)
        return Finished(tuple(step.file_name for step in steps), report.told, report.made)

    def next(self) -> Round:
        return next(self.rounds)


def made(done: Round) -> list[str]:
    assert done.failure is None
    assert done.finished
    return [name.removeprefix("bus-lanes-") for name in done.finished.made]


def problems(done: Round) -> str:
    assert done.finished is None
    return str(done.failure)


@pytest.fixture
def watch(bus_lanes: Path) -> Watch:
    started = Watch(bus_lanes)
    assert made(started.next()) == ["overview.html", "shopkeepers.html"]
    return started


def test_only_the_editions_that_a_saved_file_touches_are_made(watch: Watch, edit: Edit) -> None:
    edit("editions/overview.yaml", "title: Market Street", "title: The Market Street")

    done = watch.next()

    assert done.changed == (OVERVIEW,)
    assert made(done) == ["overview.html"]


def test_a_mistake_is_told_with_its_place_and_mended_by_the_next_save(
    watch: Watch, edit: Edit
) -> None:
    edit("areas.yaml", "stage:", "stag:")
    assert f'{AREAS}:20:3: error[BG004]: unknown key "stag"' in problems(watch.next())

    edit("areas.yaml", "stag:", "stage:")
    edit("editions/overview.yaml", "title: Market Street", "title: The Market Street")

    done = watch.next()
    assert done.changed == (AREAS, OVERVIEW)
    assert made(done) == ["overview.html"]


def test_an_edition_may_come_and_go(watch: Watch, dossier: Path) -> None:
    text = (dossier / "editions" / "overview.yaml").read_text("utf-8")
    for old, new in (("id: overview", "id: second"), ("label: ", "label: Second "),
                     ("reference: ", "reference: 2-")):  # fmt: skip
        text = text.replace(old, new, 1)
    path = dossier / "editions" / "second.yaml"
    path.write_text(text, "utf-8")
    assert made(watch.next()) == ["second.html"]

    path.unlink()

    done = watch.next()
    assert done.changed == ("data/bus-lanes/editions/second.yaml",)
    assert made(done) == []


def test_an_edited_artefact_is_told_and_its_going_away_starts_a_round(
    watch: Watch, edit: Edit
) -> None:
    artefact = watch.out / "bus-lanes-overview.html"
    artefact.write_text("mine", "utf-8")
    edit("editions/overview.yaml", "title: Market Street", "title: The Market Street")
    assert "error[BG060]" in problems(watch.next())

    artefact.unlink()

    done = watch.next()
    assert done.changed == (artefact.as_posix(),)
    assert made(done) == ["overview.html"]


def test_neither_its_own_files_nor_leavings_of_editors_nor_an_equal_file_start_a_round(
    bus_lanes: Path, dossier: Path
) -> None:
    out = bus_lanes / "templates" / "out"
    running = rounds(Watched(bus_lanes, out), range(2), lambda _: _nothing())
    next(running)
    out.mkdir(parents=True)
    (out / "bus-lanes-overview.html").write_text("ours", "utf-8")
    for name in (".areas.yaml.swp", "areas.yaml~", "#areas.yaml#"):
        (dossier / name).write_text("half a fi", "utf-8")
    areas = dossier / "areas.yaml"
    shutil.copy(areas, dossier / ".areas")
    (dossier / ".areas").replace(areas)

    assert list(running) == []
    assert load_project(bus_lanes, loose_ends=False).problems == []


def _nothing() -> Finished:
    return Finished((), ())


def test_what_the_machine_lacks_is_tried_again_without_a_change(bus_lanes: Path) -> None:
    answers = iter([WrongEnvironment("the disk is full"), None])

    def make(_: Sequence[str]) -> Finished:
        if failure := next(answers):
            raise failure
        return _nothing()

    first, second = rounds(Watched(bus_lanes, bus_lanes / "out"), range(2), make)

    assert isinstance(first.failure, WrongEnvironment)
    assert second == Round((), _nothing())


def test_a_file_that_goes_away_while_it_is_read_ends_nothing(bus_lanes: Path) -> None:
    def make(_: Sequence[str]) -> Finished:
        (bus_lanes / "nowhere").read_text("utf-8")
        return _nothing()

    [done] = rounds(Watched(bus_lanes, bus_lanes / "out"), [], make)

    assert problems(done).startswith(f"cannot read {bus_lanes}/nowhere: ")


def test_what_is_saved_during_a_round_starts_the_next(bus_lanes: Path, edit: Edit) -> None:
    def make(changed: Sequence[str]) -> Finished:
        if not changed:
            edit("areas.yaml", "stage:", "stag:")
        return _nothing()

    done = list(rounds(Watched(bus_lanes, bus_lanes / "out"), range(2), make))

    assert [each.changed for each in done] == [(), (AREAS,)]


def test_without_the_folder_of_the_project_the_watch_ends(bus_lanes: Path) -> None:
    running = rounds(Watched(bus_lanes, bus_lanes / "out"), [None], lambda _: _nothing())
    next(running)
    shutil.rmtree(bus_lanes)

    with pytest.raises(WrongUsage, match="is gone"):
        next(running)

"""Layouts from strangers: no template takes the machine, and no file of it is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document import bounds
from briefgen.edition.tailor import tailor
from briefgen.problems import ProblemsFound
from briefgen.resources import shipped

DOCUMENT = (shipped("templates") / "policy-brief" / "document.html.j2").read_text("utf-8")
LAST_LINE = DOCUMENT[: DOCUMENT.index("</body>")].count("\n") + 1


def compose_with(project: Path, end: str = "", theme: str = "") -> None:
    """Compose in a layout whose page ends with this template text."""
    mine = project / "templates" / "mine"
    mine.mkdir(parents=True, exist_ok=True)
    (mine / "theme.yaml").write_text(f"extends: policy-brief\n{theme}", "utf-8")
    (mine / "document.html.j2").write_text(DOCUMENT.replace("</body>", f"{end}</body>"), "utf-8")
    loaded = load_project(project)
    target = find_targets(loaded, ["overview"], "mine")[0]
    Engine(loaded).compose(tailor(target.dossier.dossier, target.edition, "full"))


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "takes"),
        ('{% for a in range(99999) %}{{ "x" * 2000 }}{% endfor %}', "writes more than 5000000"),
        ('{{ "x" * 9999999999 }}', "a repetition"),
        ("{{ [1] * 9999999999 }}", "a repetition"),
        ("{{ 9 ** 99999999 }}", "a power too large"),
        ('{{ "%999999999d" % 1 }}', "% on a text"),
        ('{% include "document.html.j2" %}', "without end"),
        ('{% include "/etc/passwd" %}', "is missing"),
        ('{% include "../../data/bus-lanes/dossier.yaml" %}', "is missing"),
    ],
)
def test_a_template_without_end_or_with_a_path_is_refused(
    bus_lanes: Path, monkeypatch: pytest.MonkeyPatch, end: str, why: str
) -> None:
    if why == "takes":
        monkeypatch.setattr(bounds, "SECONDS", 1.5)

    with pytest.raises(ProblemsFound, match=r"error\[BG050\]") as found:
        compose_with(bus_lanes, end)

    assert why in str(found.value)
    assert "template" in str(found.value)


def test_a_template_within_bounds_is_not_refused(bus_lanes: Path) -> None:
    compose_with(bus_lanes, '<p>{{ "ab" * 3 }} {{ 2 ** 10 }} {{ 7 % 4 }} {{ 6 * 7 }}</p>')


def test_the_limit_of_time_is_lifted_behind_a_template() -> None:
    import signal

    before = signal.getsignal(signal.SIGVTALRM)
    with bounds.limited_time(), bounds.limited_time():
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0

    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0
    assert signal.getsignal(signal.SIGVTALRM) == before


def test_a_link_out_of_the_layout_is_refused_and_one_inside_is_not(
    bus_lanes: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", "utf-8")
    sections = bus_lanes / "templates" / "mine" / "sections"
    sections.mkdir(parents=True)
    (sections / "a.html.j2").write_text("kept", "utf-8")
    (sections / "b.html.j2").symlink_to(sections / "a.html.j2")
    compose_with(bus_lanes, '<p>{% include "sections/b.html.j2" %}</p>')

    (sections / "c.html.j2").symlink_to(secret)
    with pytest.raises(ProblemsFound) as found:
        compose_with(bus_lanes, '<p>{% include "sections/c.html.j2" %}</p>')

    assert str(found.value) == (
        "templates/mine/sections/c.html.j2:1:1: error[BG050]: the file is a link out of the "
        "layout\n  help: put the file itself here"
    )


@pytest.mark.parametrize(
    ("theme", "place"),
    [
        ("page: {margins: {left: nan}}", "2:24"),
        ("page: {margins: {left: .inf}}", "2:24"),
        ("page: {margins: {left: 1.0e+308}}", "2:24"),
        ("page: {margins: {left: -5}}", "2:24"),
        ("page: {margins: {left: 400}}", "2:24"),
        ("page: {hang: -1}", "2:14"),
        ("page: {hang: 60}", "2:14"),
        ("type: {body: {size: 0, line: 14}}", "2:21"),
        ("type: {body: {size: 10, line: 1.0e+300}}", "2:31"),
        ("space: -1", "2:8"),
        ("space: 1.0e+300", "2:8"),
    ],
)
def test_a_number_that_no_page_can_have_is_refused_at_its_place(
    bus_lanes: Path, theme: str, place: str
) -> None:
    with pytest.raises(ProblemsFound, match=rf"^templates/mine/theme\.yaml:{place}: error\[BG0"):
        compose_with(bus_lanes, theme=f"{theme}\n")


def test_numbers_at_the_edge_are_not_refused(bus_lanes: Path) -> None:
    compose_with(bus_lanes, theme="page: {hang: 0, margins: {left: 100}}\nspace: 0\n")

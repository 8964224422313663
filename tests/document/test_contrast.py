"""Contrast: the ratios of WCAG 2.2, and the nearest colour that has enough."""

from __future__ import annotations

import pytest

from briefgen.document.contrast import (
    LEAST,
    OF_TEXT,
    check_contrast,
    contrast,
    nearest_readable,
)
from briefgen.problems import Place

HERE = Place("templates/x/theme.yaml", 3, 9)
COLOURS = {
    "ink": "#1f2326",
    "soft": "#5b6469",
    "rule": "#c9cfd2",
    "accent": "#1d4f5c",
    "tint": "#eef3f4",
    "warm": "#a1462e",
}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_ratios_are_those_that_everyone_computes(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(
    ("colour", "ground"),
    [
        ("#9aa0a4", "#ffffff"),
        ("#777777", "#ffffff"),
        ("#ffee00", "#eef3f4"),
        ("#222222", "#111111"),
    ],
)
def test_the_nearest_readable_colour_can_just_be_read(colour: str, ground: str) -> None:
    found = nearest_readable(colour, ground)

    assert found
    assert LEAST <= contrast(found, ground) < LEAST + 0.15
    assert contrast(colour, ground) < LEAST


def test_a_readable_theme_has_no_problem() -> None:
    assert list(check_contrast(COLOURS, OF_TEXT, lambda _: HERE)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("name", OF_TEXT)
def test_a_pale_colour_of_text_is_reported_with_its_ratio_and_a_remedy(name: str) -> None:
    colours = {**COLOURS, name: "#9aa0a4"}

    (problem,) = check_contrast(colours, OF_TEXT, lambda _: HERE)  # type: ignore[arg-type]

    assert str(problem) == (
        f"templates/x/theme.yaml:3:9: error[BG056]: {name}: #9aa0a4 has a contrast of 2.36 on the "
        "tint of boxes (#eef3f4); text needs 4.5\n"
        '  help: the nearest colour that has it is "#6b6f72"'
    )


def test_a_colour_must_be_readable_in_boxes_too() -> None:
    colours = {**COLOURS, "soft": "#747474"}

    assert contrast("#747474", "#ffffff") > LEAST
    assert len(list(check_contrast(colours, OF_TEXT, lambda _: HERE))) == 1  # type: ignore[arg-type]

"""Labels as outlines: where the letters stand, how wide they are, and in which face."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from lxml import etree

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.edition.tailor import tailor
from briefgen.formats import east_asian
from briefgen.formats.outlines import _variable_font, outline_labels

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}">'
    '<g font-family="Source Sans Pro" font-size="10">{labels}</g></svg>'
)
BEARING = 0.12
"""Of an em: the air at the sides of letters."""

Element = etree._Element
Box = tuple[float, float, float, float]


def outlined(labels: str, width: float = 100) -> list[Element]:
    svg = etree.fromstring(DRAWING.format(labels=labels, width=width))
    return list(outline_labels(svg, "Source Sans Pro").iter(f"{SVG}path"))


def box(path: Element) -> Box:
    """What a path inks: left, top, right and bottom."""
    pen = BoundsPen(None)
    parse_path(path.get("d"), pen)
    assert pen.bounds is not None
    left, top, right, bottom = pen.bounds
    return left, top, right, bottom


def boxes(labels: str, width: float = 100) -> list[Box]:
    return [box(path) for path in outlined(labels, width)]


# --- Places --------------------------------------------------------------------


def test_letters_stand_on_their_baseline_from_their_start() -> None:
    ((left, top, _, bottom),) = boxes('<text x="20" y="50">H</text>')

    assert 20 < left < 20 + 10 * BEARING
    assert bottom == 50
    assert top == pytest.approx(50 - 6.6, abs=0.1)  # the height of capitals


@pytest.mark.parametrize("words", ["NATO", "24 February 2022", "Tōkyō"])
def test_an_anchor_sets_where_the_words_end(words: str) -> None:
    label = '<text x="50" y="50" text-anchor="{}">' + words + "</text>"
    (start,), (middle,), (end,) = (boxes(label.format(at)) for at in ("start", "middle", "end"))

    assert start[0] == pytest.approx(50, abs=10 * BEARING)
    assert end[2] == pytest.approx(50, abs=10 * BEARING)
    assert middle[0] == pytest.approx((start[0] + end[0]) / 2, abs=0.02)


def test_parts_follow_each_other_or_stand_where_they_are_set() -> None:
    one, two, three = boxes(
        '<text x="10" y="20">H<tspan font-weight="600">H</tspan>'
        '<tspan x="10" dy="1.5em">H</tspan></text>'
    )

    assert 0 < two[0] - one[2] < 10 * BEARING * 2
    assert two[3] == one[3]
    assert (three[0], three[3]) == (one[0], one[3] + 15)


def test_blanks_collapse_as_in_svg() -> None:
    plain = boxes('<text x="10" y="20" text-anchor="end">A B</text>')

    assert boxes('<text x="10" y="20" text-anchor="end">\n  A\n  B\n</text>') == plain


def test_a_pair_of_letters_is_kerned() -> None:
    ((left, _, right, _),) = boxes('<text x="0" y="0">To</text>')
    apart = boxes('<text x="0" y="0">T</text>') + boxes('<text x="0" y="0">o</text>')

    assert right - left < sum(one[2] for one in apart) - left


def test_coordinates_are_as_fine_as_the_drawing_needs() -> None:
    ((left, _, right, _),) = boxes('<text x="0" y="1" font-size="0.1">To</text>', width=1)
    ((large, _, wide, _),) = boxes('<text x="0" y="1000" font-size="100">To</text>', width=1000)

    assert (right - left) * 1000 == pytest.approx(wide - large, rel=0.01)


# --- What is kept --------------------------------------------------------------


def test_an_outline_keeps_colour_and_turn_and_says_its_words() -> None:
    (path,) = outlined(
        '<text x="1" y="2" fill="#1d4f5c" transform="rotate(90)" textLength="9" id="a" '
        'lengthAdjust="spacing" font-weight="600">Two words</text>'
    )

    assert {name: path.get(name) for name in path.attrib if name != "d"} == {
        "fill": "#1d4f5c",
        "transform": "rotate(90)",
        "aria-label": "Two words",
    }


def test_a_drawing_is_not_changed_by_drawing_it() -> None:
    svg = etree.fromstring(DRAWING.format(labels='<text x="1" y="2">A</text>', width=10))
    before = etree.tostring(svg)

    outline_labels(svg, "Source Sans Pro")

    assert etree.tostring(svg) == before


def test_an_empty_label_leaves_nothing() -> None:
    assert outlined('<text x="1" y="2"> </text>') == []


# --- Faces ---------------------------------------------------------------------


def test_weight_slope_and_family_choose_the_face() -> None:
    kinds = ['font-weight="600"', 'font-weight="bold"', 'font-style="italic"']
    kinds += ['font-family="Source Serif Pro, serif"', 'font-family="Comic Sans MS"', ""]
    drawn = [outlined(f'<text x="1" y="9" {kind}>a</text>')[0].get("d") for kind in kinds]

    semibold, bold, italic, serif, unknown, plain = drawn
    assert semibold == bold
    assert unknown == plain
    assert len({semibold, italic, serif, plain}) == 4


def test_east_asian_letters_take_the_form_of_their_language_and_weight() -> None:
    label = '<text x="1" y="9" lang="{}" font-weight="{}">直</text>'
    kinds = [(language, weight) for language in ("ja", "zh-Hans") for weight in (400, 600)]

    assert len({outlined(label.format(*kind))[0].get("d") for kind in kinds}) == 4


def test_the_language_may_be_said_around_the_drawing() -> None:
    page = '<figure lang="zh-Hans">' + DRAWING + "</figure>"
    label = '<text x="1" y="9">直</text>'
    svg = etree.fromstring(page.format(labels=label, width=100))[0]

    (path,) = outline_labels(svg, "Source Sans Pro").iter(f"{SVG}path")

    assert path.get("d") == outlined('<text x="1" y="9" lang="zh-Hans">直</text>')[0].get("d")
    assert path.get("d") != outlined(label)[0].get("d")


def test_mixed_labels_are_one_outline() -> None:
    (path,) = outlined('<text x="1" y="9">By 岸田 and 서.</text>')
    ((left, _, right, _),) = boxes('<text x="1" y="9">By 岸田 and 서.</text>')

    assert path.get("aria-label") == "By 岸田 and 서."
    assert right - left > 10 * 3  # three characters of an em each


def test_without_the_extra_there_are_boxes_where_letters_would_stand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(east_asian, "PACKAGE", "no_such_package")
    _variable_font.cache_clear()
    try:
        assert len(boxes('<text x="1" y="9">岸</text>')) == 1
    finally:
        _variable_font.cache_clear()


# --- The drawings that we ship ----------------------------------------------------


def shipped_labels() -> Iterator[tuple[Element, Element]]:
    """Each label of the editions' drawings, with its outline."""
    project = load_project(ROOT, loose_ends=False)
    engine = Engine(project)
    for target in find_targets(project, []):
        document = engine.compose(tailor(target.dossier.dossier, target.edition, "full"))
        for svg in document.tree.iter(f"{SVG}svg"):
            drawn = outline_labels(svg, document.theme.fonts.heading).iter(f"{SVG}path")
            said = [path for path in drawn if path.get("aria-label")]
            yield from zip(svg.iter(f"{SVG}text"), said, strict=True)


def test_every_outline_keeps_to_the_room_of_its_label() -> None:
    found = list(shipped_labels())

    assert len(found) > 200
    for label, path in found:
        width, x = float(label.get("textLength", "")), float(label.get("x", ""))
        share = {"middle": 0.5, "end": 1}.get(label.get("text-anchor", ""), 0)
        left, _, right, bottom = box(path)
        assert x - share * width - 0.1 <= left, label.text
        assert right <= x + (1 - share) * width + 0.1, label.text
        assert bottom == pytest.approx(float(label.get("y", "")), abs=0.8)

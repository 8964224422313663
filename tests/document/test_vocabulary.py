"""The vocabulary: every violation is reported, and the page of documentation lists the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from briefgen.document.vocabulary import (
    ANYWHERE,
    ATTRIBUTES,
    CLASSES,
    INLINE,
    ONLY_INLINE,
    SVG,
    SVG_ELEMENTS,
    check_vocabulary,
    says_nothing,
)
from briefgen.problems import Place

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "document.md"
HERE = Place("templates/x/document.html.j2", 4)


def problems(body: str) -> list[str]:
    tree = etree.fromstring(f'<html lang="en-GB"><body>{body}</body></html>')
    return [str(problem) for problem in check_vocabulary(tree, lambda _: HERE)]


def problem(what: str, mend: str) -> str:
    return (
        f"templates/x/document.html.j2:4:1: error[BG051]: the document has {what}\n  help: {mend}"
    )


SVG_START = '<svg xmlns="http://www.w3.org/2000/svg">'


@pytest.mark.parametrize(
    ("body", "what", "mend"),
    [
        ("<blink>x</blink>", "element <blink>", "see docs/document.md"),
        (
            "<sectoin/>",
            "element <sectoin>",
            'did you mean "section"? see docs/document.md',
        ),
        ("<script>x</script>", "element <script>", 'did you mean "cite"? see docs/document.md'),
        ('<p class="sowaht">x</p>', 'class "sowaht" on <p>', "classes here: {p}"),
        ('<em class="sowhat">x</em>', 'class "sowhat" on <em>', "classes here: none"),
        ('<p style="x">x</p>', 'attribute "style" on <p>', "see docs/document.md"),
        ('<p onclick="x">x</p>', 'attribute "onclick" on <p>', "see docs/document.md"),
        ('<p><a href="http://x.example">x</a></p>', 'href="http://x.example" on <a>', "{a}"),
        ('<p><a href="javascript:x">x</a></p>', 'href="javascript:x" on <a>', "{a}"),
        (
            '<img alt="x" src="https://x.example/x.png"/>',
            'src="https://x.example/x.png" on <img>',
            "put the picture in as a data: address",
        ),
        ('<img src="data:,"/>', "a picture without alt text", "describe it in `alt`"),
        (
            '<table><thead><tr><th scope="cell">x</th></tr></thead></table>',
            "a header cell without scope",
            'add scope="col" or scope="row"',
        ),
        ("<p>x<ul><li>y</li></ul></p>", "<ul> inside <p>", "close <p> first"),
        ("<p><span><p>x</p></span></p>", "<p> inside <span>", "close <span> first"),
        ("<!-- x -->", "a comment or processing instruction", "remove it"),
        ('<p id="x"/><ul id="x"/>', 'a second element with id "x"', "rename one"),
        ('<p><a href="#x">x</a></p>', 'a link to "#x", which is not there', "correct the link"),
        ("<h1>x</h1><h3>x</h3>", "<h3> where <h2> should come first", "write <h2>"),
        ("<h2>x</h2>", "<h2> where <h1> should come first", "write <h1>"),
        ("<h1>x</h1><h1>x</h1>", "a second <h1>", "write <h2>"),
        (f"{SVG_START}<g/></svg>", "a figure without title", "start the svg with <title>"),
        (
            f"{SVG_START}<title>x</title><image/></svg>",
            "SVG element <image>",
            "draw with shapes and text only",
        ),
        *(
            (
                f'{SVG_START}<title>x</title><rect {name}="{value}"/></svg>',
                f'SVG attribute "{name}" on <rect>',
                "remove it",
            )
            for name, value in (
                ("onload", "x"),
                ("href", "#x"),
                ("style", "fill:red"),
                ("fill", "url(https://x.example)"),
                ("fill", "URL(#x)"),
                ("filter", "src('x')"),
            )
        ),
        *(
            (
                f'{SVG_START}<title>x</title><g><text {name}="{value}">x</text></g></svg>',
                f'SVG attribute "{name}" on <text>',
                "place labels with x, y, dx, dy and text-anchor only: Word files keep no more",
            )
            for name, value in (("letter-spacing", "1"), ("dominant-baseline", "middle"))
        ),
        *(
            (
                f'{SVG_START}<title>x</title><{tag} {name}="{value}"/></svg>',
                f'SVG attribute {name}="{value}" on <{tag}>',
                "give one plain number: Word files keep no more",
            )
            for tag, name, value in (
                ("text", "x", "1 2 3"),
                ("tspan", "dy", "50%"),
                ("text", "y", "3mm"),
                ("g", "font-size", "1.2em"),
                ("text", "font-size", "-1"),
            )
        ),
    ],
)
def test_what_lies_outside_the_vocabulary_is_reported(body: str, what: str, mend: str) -> None:
    known = {"p": ", ".join(sorted(CLASSES["p"])), "a": "link to https:, mailto: or # only"}

    assert problems(body) == [problem(what, mend.format(**known))]


def test_all_violations_are_reported_together() -> None:
    assert len(problems('<blink/><p class="x" style="y"/><h2>z</h2>')) == 4


def test_what_lies_inside_the_vocabulary_passes() -> None:
    drawing = (
        f'{SVG_START}<title>x</title><g transform="translate(1, 2) rotate(90)">'
        '<rect x="1%" fill="rgb(1,2,3)"/><text x="-.5" y="1.px" dy="1.2em" font-size="9px">x</text>'
        "</g></svg>"
    )
    assert (
        problems(
            '<header class="cover"><h1>x</h1></header><p class="sowhat" data-field="f">x</p>'
            f'<section id="s"><h2>y</h2><h3>z</h3></section><h2>y</h2><figure>{drawing}</figure>'
            '<p><a href="#s">x</a><a href="https://x.example">x</a><a href="mailto:x">x</a></p>'
            '<img alt="x" src="data:image/png;base64,AA=="/>'
        )
        == []
    )


def test_the_place_is_asked_of_the_element_itself() -> None:
    tree = etree.fromstring("<html>\n<body>\n<p>\n<blink/></p></body></html>")

    found = check_vocabulary(tree, lambda e: Place("x", int(str(e.sourceline))))

    assert [problem.where.line for problem in found] == [4]


# --- Documentation ------------------------------------------------------------


def vocabulary() -> str:
    """The page up to what HTML adds."""
    return DOCUMENTATION.read_text("utf-8").partition("\n\n## Addresses in HTML")[0]


def rows() -> Iterator[tuple[list[str], list[str]]]:
    """For each row of the tables of elements: the names in its first and attribute columns."""
    text = vocabulary().split("## On any element")[0]
    column = 0
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| Element"):
            column = cells.index("Attributes")
        elif line.startswith("| `"):
            yield re.findall(r"`([^`]+)`", cells[0]), re.findall(r"`([^`]+)`", cells[column])


def test_the_documentation_lists_the_elements_and_their_classes() -> None:
    listed = {name for names, _ in rows() for name in names}

    has_class = {f"{name}.{css}" for name, classes in CLASSES.items() for css in classes}
    assert {name for name in listed if "." in name} == has_class
    assert {name for name in listed if "." not in name} == set(CLASSES)


def test_the_documentation_lists_the_attributes() -> None:
    listed: dict[str, set[str]] = {}
    for names, attributes in rows():
        for name in names:
            listed.setdefault(name.split(".")[0], set()).update(set(attributes) - ANYWHERE)

    assert {name: found for name, found in listed.items() if found} == ATTRIBUTES


def test_the_documentation_lists_what_any_element_may_carry() -> None:
    text = vocabulary().split("## On any element")[1]
    before, *table = text.split("\n|")

    in_table = {match[1] for row in table if (match := re.match(r" `([^`]+)`", row))}
    assert set(re.findall(r"`([^`]+)`", before)) | in_table == ANYWHERE


def test_the_documentation_lists_what_figures_are_drawn_with() -> None:
    text = vocabulary()
    sentence = text[text.index("SVG is drawn") :]

    assert set(re.findall(r"`([^`]+)`", sentence)) == SVG_ELEMENTS


def test_what_stands_in_a_line_is_part_of_the_vocabulary() -> None:
    assert set(CLASSES) >= ONLY_INLINE >= INLINE
    assert SVG == "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    "alt",
    [
        *("IMG_1234.png", "image", "figure1.svg", "Figure 2", "a picture", "DSC00012", "img-3"),
        *(
            "C:\\My pictures\\chart of buses.jpeg",
            "media/bus stop.webp",
            "data:image/png;base64,AA",
        ),
        *(
            "https://x.example/a",
            "Screenshot 2024-05-01 10.15.33",
            "PXL_20240501_101533",
            "alt text",
        ),
    ],
)
def test_alt_text_that_is_a_file_name_or_a_kind_of_picture_is_refused(alt: str) -> None:
    assert says_nothing(alt)
    found = problems(f'<figure><img alt="{alt}" src="data:,"/></figure>')

    mend = "say in `alt` what it shows, not what the file is called"
    assert found == [problem(f'a picture whose alt text is "{alt}"', mend)]


@pytest.mark.parametrize(
    "alt",
    [
        *("A bus in Market Street", "Chart of bus journeys, 2021 to 2025", "Map of the bus lanes"),
        *("The image of buses among traders", "Figures of speech", "Tokyo", "and/or: two signs"),
        *("Photograph by the clerk of Mill Lane", "Screen of the ticket machine", "Area 51"),
    ],
)
def test_alt_text_that_tells_what_a_picture_shows_is_accepted(alt: str) -> None:
    assert problems(f'<figure><img alt="{alt}" src="data:,"/></figure>') == []


def test_alt_text_that_repeats_the_address_is_refused_and_shown_in_short() -> None:
    address = "data:image/png;base64," + "A" * 100

    [found] = problems(f'<figure><img alt="{address}" src="{address}"/></figure>')

    assert f'"{address[:60]}…"' in found


def test_the_title_of_a_drawing_is_held_to_the_same() -> None:
    mend = "say in <title> what it shows, not what the file is called"

    assert problems(f"{SVG_START}<title>figure-1.svg</title></svg>") == [
        problem('a figure whose title is "figure-1.svg"', mend)
    ]
    assert problems(f"{SVG_START}<title> </title></svg>") == [
        problem("a figure without title", "start the svg with <title>")
    ]
    assert problems(f"{SVG_START}<title>Votes and promises</title></svg>") == []

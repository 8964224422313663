"""The vocabulary of documents: what a template may write, and nothing else.

`docs/document.md` explains it; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from briefgen.problems import Place, Problem, suggest

NO_BREAK_SPACE = "\u00a0"
WORD_JOINER = "\u2060"
"""What keeps the text before it and behind it on one line, without room of its own."""

SVG = "{http://www.w3.org/2000/svg}"

CLASSES: Mapping[str, frozenset[str]] = {
    "html": frozenset(),
    "head": frozenset(),
    "title": frozenset(),
    "meta": frozenset(),
    "body": frozenset(),
    "header": frozenset({"cover"}),
    "nav": frozenset({"toc"}),
    "section": frozenset({"annex", "bottom-line", "numbered"}),
    "h1": frozenset(),
    "h2": frozenset(),
    "h3": frozenset(),
    "h4": frozenset(),
    "p": frozenset({"series", "subtitle", "sowhat", "question", "particulars"}),
    "ul": frozenset({"sources"}),
    "ol": frozenset({"messages", "paragraphs"}),
    "li": frozenset(),
    "table": frozenset({"recommendations", "steps", "data", "evidence"}),
    "caption": frozenset(),
    "thead": frozenset(),
    "tbody": frozenset(),
    "tr": frozenset(),
    "th": frozenset(),
    "td": frozenset(),
    "figure": frozenset(),
    "figcaption": frozenset(),
    "img": frozenset(),
    "aside": frozenset({"box", "case", "note", "caveat", "disclosure"}),
    "blockquote": frozenset(),
    "dl": frozenset({"control", "memo", "abbreviations"}),
    "div": frozenset(),
    "dt": frozenset(),
    "dd": frozenset(),
    "strong": frozenset(),
    "em": frozenset(),
    "sup": frozenset(),
    "sub": frozenset(),
    "q": frozenset(),
    "cite": frozenset(),
    "a": frozenset({"ref"}),
    "abbr": frozenset(),
    "time": frozenset(),
    "span": frozenset({"footnote", "generated"}),
    "br": frozenset(),
}
"""Every HTML element that a document may hold, with its classes."""

ANYWHERE = frozenset(
    {"id", "lang", "class", "data-field", "data-copy", "data-generated", "data-claims"}
)
"""Attributes that every element may carry."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "meta": frozenset({"name", "content", "charset"}),
    "a": frozenset({"href"}),
    "abbr": frozenset({"title"}),
    "time": frozenset({"datetime"}),
    "th": frozenset({"scope"}),
    "ol": frozenset({"start"}),
    "blockquote": frozenset({"cite"}),
    "img": frozenset({"alt", "src"}),
}
"""Attributes of single elements."""

SVG_ELEMENTS = frozenset(
    {"svg", "title", "desc", "g", "line", "circle", "rect", "path", "text", "tspan", "polyline"}
)
"""What figures are drawn with: no script, no link, no picture, no outside reference."""

NOT_OF_LABELS = frozenset(
    {
        *("alignment-baseline", "baseline-shift", "direction", "dominant-baseline", "font"),
        *("letter-spacing", "rotate", "text-decoration", "word-spacing", "writing-mode"),
    }
)
"""Attributes that would set labels otherwise than their outlines in Word files are drawn."""
LABEL_PLACE = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:em|px)?")
LABEL_SIZE = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:px)?")


INLINE = frozenset({"strong", "em", "sup", "sub", "q", "cite", "a", "abbr", "time", "span", "br"})
"""Elements that stand in a line of text."""

ONLY_INLINE = INLINE | {"p", "h1", "h2", "h3", "h4", "caption", "dt", "title"}
"""Elements that hold text and inline elements, but no blocks."""

HEADINGS = ("h1", "h2", "h3", "h4")

ADDRESSES = {
    ("a", "href"): (("https:", "mailto:", "#"), "link to https:, mailto: or # only"),
    ("img", "src"): (("data:",), "put the picture in as a data: address"),
}
"""Addresses that are followed or fetched: how each may start, and the remedy."""

HARMLESS = re.compile(r"\b(?:translate|scale|rotate|rgba?|hsla?|matrix)\([-\d\s.,%]*\)")
"""The functions that values of SVG attributes may call; `url()` is none of them."""

NO_DESCRIPTIONS = (
    # The name of a file, with or without its folder.
    re.compile(r"\S*[^\s.]\.(?:avif|bmp|eps|gif|heic|jpe?g|pdf|png|svg|tiff?|webp)", re.IGNORECASE),
    re.compile(r".*[/\\].*\.\w{3,4}"),
    re.compile(r"(?:data|file|https?):\S*", re.IGNORECASE),
    # What cameras, scanners and programs call a file.
    re.compile(r"(?:dsc|img|mvi|pict|pxl|scan)[-_ ]?\d+(?:[-_ ]\d+)*", re.IGNORECASE),
    re.compile(r"(?:bildschirmfoto|screen ?shot|screen capture)\b[-_ .:\d]*", re.IGNORECASE),
    # A kind of picture, with or without a number.
    re.compile(
        r"(?:an? |the )?(?:alt(?:ernative)?(?: text)?|chart|diagram|drawing|figure|graph|graphic|"
        r"icon|illustration|image|img|logo|map|photo|photograph|pic|picture|placeholder|plot|"
        r"untitled)[-_ ]?[\d.]*",
        re.IGNORECASE,
    ),
)
"""Texts that tell nothing of a picture: WCAG 2.2, failure F30 of criterion 1.1.1."""

LONGEST_SHOWN = 60
"""Letters of an alt text that a message quotes."""

Fault = tuple[etree._Element, str, str]
"""The element, what is wrong with it, and the remedy."""


def check_vocabulary(
    tree: etree._Element, place_of: Callable[[etree._Element], Place]
) -> Iterator[Problem]:
    """What the document uses outside the vocabulary; `place_of` says where an element is from."""
    for element, what, mend in _faults(tree):
        yield Problem(place_of(element), "BG051", f"the document has {what}", mend)


def _faults(tree: etree._Element) -> Iterator[Fault]:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            yield element, "a comment or processing instruction", "remove it"
        elif element.tag.startswith(SVG):
            yield from _svg_faults(element)
        elif element.tag not in CLASSES:
            what = f"element <{element.tag}>"
            yield element, what, f"{suggest(element.tag, CLASSES)}see docs/document.md"
        else:
            yield from _class_faults(element)
            yield from _attribute_faults(element)
            yield from _content_faults(element)
    yield from _id_faults(tree)
    yield from _heading_faults(tree)


def _class_faults(element: etree._Element) -> Iterator[Fault]:
    name = str(element.tag)
    for css_class in (element.get("class") or "").split():
        if css_class not in CLASSES[name]:
            known = ", ".join(sorted(CLASSES[name])) or "none"
            yield element, f'class "{css_class}" on <{name}>', f"classes here: {known}"


def _attribute_faults(element: etree._Element) -> Iterator[Fault]:
    name = str(element.tag)
    allowed = ANYWHERE | ATTRIBUTES.get(name, frozenset())
    for attribute, value in ((str(k), str(v)) for k, v in element.attrib.items()):
        if attribute not in allowed:
            yield element, f'attribute "{attribute}" on <{name}>', "see docs/document.md"
        starts, mend = ADDRESSES.get((name, attribute), (("",), ""))
        if not value.startswith(starts):
            yield element, f'{attribute}="{value}" on <{name}>', mend
    if name == "img":
        yield from _alt_faults(element)
    if name == "th" and element.get("scope") not in ("col", "row"):
        yield element, "a header cell without scope", 'add scope="col" or scope="row"'


def _alt_faults(picture: etree._Element) -> Iterator[Fault]:
    alt = picture.get("alt", "").strip()
    if not alt:
        yield picture, "a picture without alt text", "describe it in `alt`"
    elif alt == picture.get("src", "").strip() or says_nothing(alt):
        shown = alt if len(alt) <= LONGEST_SHOWN else f"{alt[:LONGEST_SHOWN]}…"
        what = f'a picture whose alt text is "{shown}"'
        yield picture, what, "say in `alt` what it shows, not what the file is called"


def says_nothing(alt: str) -> bool:
    """Whether alt text names a file, an address or a kind of picture instead of what it shows."""
    return any(pattern.fullmatch(alt.strip()) for pattern in NO_DESCRIPTIONS)


def _content_faults(element: etree._Element) -> Iterator[Fault]:
    if element.tag in ONLY_INLINE:
        for child in element:
            if child.tag in CLASSES and child.tag not in INLINE:
                yield child, f"<{child.tag}> inside <{element.tag}>", f"close <{element.tag}> first"


def _svg_faults(element: etree._Element) -> Iterator[Fault]:
    name = str(element.tag).removeprefix(SVG)
    if name not in SVG_ELEMENTS:
        yield element, f"SVG element <{name}>", "draw with shapes and text only"
    for attribute, value in ((str(k), str(v)) for k, v in element.attrib.items()):
        is_active = attribute.startswith("on") or "href" in attribute or attribute == "style"
        if is_active or "(" in re.sub(HARMLESS, "", value):
            yield element, f'SVG attribute "{attribute}" on <{name}>', "remove it"
        elif attribute in NOT_OF_LABELS:
            mend = "place labels with x, y, dx, dy and text-anchor only: Word files keep no more"
            yield element, f'SVG attribute "{attribute}" on <{name}>', mend
        elif _is_odd_length(name, attribute, value):
            what = f'SVG attribute {attribute}="{value}" on <{name}>'
            yield element, what, "give one plain number: Word files keep no more"
    if name == "svg":
        yield from _title_faults(element)


def _is_odd_length(name: str, attribute: str, value: str) -> bool:
    """Whether a label is placed or sized by what cannot be kept as an outline."""
    if attribute == "font-size":
        return not LABEL_SIZE.fullmatch(value.strip())
    is_place = name in ("text", "tspan") and attribute in ("x", "y", "dx", "dy")
    return is_place and not LABEL_PLACE.fullmatch(value.strip())


def _title_faults(figure: etree._Element) -> Iterator[Fault]:
    # The title of a drawing is its alt text.
    title = figure.findtext(f"{SVG}title", "").strip()
    if not title:
        yield figure, "a figure without title", "start the svg with <title>"
    elif says_nothing(title):
        what = f'a figure whose title is "{title}"'
        yield figure, what, "say in <title> what it shows, not what the file is called"


def _id_faults(tree: etree._Element) -> Iterator[Fault]:
    ids: set[str] = set()
    for element in tree.iter():
        if element_id := element.get("id"):
            if element_id in ids:
                yield element, f'a second element with id "{element_id}"', "rename one"
            ids.add(element_id)
    for link in tree.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            yield link, f'a link to "{target}", which is not there', "correct the link"


def _heading_faults(tree: etree._Element) -> Iterator[Fault]:
    level = 0
    for heading in tree.iter(*HEADINGS):
        own = int(str(heading.tag)[1])
        if own > level + 1:
            missing = f"<h{level + 1}>"
            yield heading, f"<h{own}> where {missing} should come first", f"write {missing}"
        if own == 1 and level:
            yield heading, "a second <h1>", "write <h2>"
        level = own

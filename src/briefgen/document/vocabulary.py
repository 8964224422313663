"""The vocabulary of documents: what a template may write, and nothing else.

`docs/document.md` explains it; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from briefgen.problems import Place, Problem, suggest

SVG = "{http://www.w3.org/2000/svg}"

CLASSES: Mapping[str, frozenset[str]] = {
    "html": frozenset(),
    "head": frozenset(),
    "title": frozenset(),
    "meta": frozenset(),
    "body": frozenset(),
    "header": frozenset({"cover"}),
    "nav": frozenset({"toc"}),
    "section": frozenset({"bottom-line"}),
    "h1": frozenset(),
    "h2": frozenset(),
    "h3": frozenset(),
    "h4": frozenset(),
    "p": frozenset({"series", "subtitle", "sowhat", "question"}),
    "ul": frozenset({"sources"}),
    "ol": frozenset({"messages"}),
    "li": frozenset(),
    "table": frozenset({"recommendations", "data"}),
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
    "dl": frozenset({"control", "abbreviations"}),
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
    "blockquote": frozenset({"cite"}),
    "img": frozenset({"alt", "src"}),
}
"""Attributes of single elements."""

SVG_ELEMENTS = frozenset(
    {"svg", "title", "desc", "g", "line", "circle", "rect", "path", "text", "tspan", "polyline"}
)
"""What figures are drawn with: no script, no link, no picture, no outside reference."""


def check_vocabulary(tree: etree._Element, where: Place) -> Iterator[Problem]:
    """What the document uses outside the vocabulary."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            yield _problem(where, "a comment or processing instruction", "remove it")
        elif element.tag.startswith(SVG):
            yield from _check_svg(element, where)
        else:
            yield from _check_html(element, element.tag, where)
    yield from _check_ids(tree, where)


def _check_html(element: etree._Element, name: str, where: Place) -> Iterator[Problem]:
    if name not in CLASSES:
        yield _problem(where, f"element <{name}>", f"{suggest(name, CLASSES)}see docs/document.md")
        return
    for css_class in (element.get("class") or "").split():
        if css_class not in CLASSES[name]:
            known = ", ".join(sorted(CLASSES[name])) or "none"
            yield _problem(where, f'class "{css_class}" on <{name}>', f"classes here: {known}")
    allowed = ANYWHERE | ATTRIBUTES.get(name, frozenset())
    for attribute in map(str, element.attrib):
        if attribute not in allowed:
            yield _problem(where, f'attribute "{attribute}" on <{name}>', "see docs/document.md")
    if name == "img" and not element.get("alt", "").strip():
        yield _problem(where, "a picture without alt text", "describe it in `alt`")
    if name == "th" and element.get("scope") not in ("col", "row"):
        yield _problem(where, "a header cell without scope", 'add scope="col" or scope="row"')


def _check_svg(element: etree._Element, where: Place) -> Iterator[Problem]:
    name = str(element.tag).removeprefix(SVG)
    if name not in SVG_ELEMENTS:
        yield _problem(where, f"SVG element <{name}>", "draw with shapes and text only")
    for attribute, value in ((str(k), str(v)) for k, v in element.attrib.items()):
        if attribute.startswith("on") or "href" in attribute or "url(" in value:
            yield _problem(where, f'SVG attribute "{attribute}" on <{name}>', "remove it")
    if name == "svg" and element.find(f"{SVG}title") is None:
        yield _problem(where, "a figure without title", "start the svg with <title>")


def _check_ids(tree: etree._Element, where: Place) -> Iterator[Problem]:
    ids: set[str] = set()
    for element in tree.iter():
        if element_id := element.get("id"):
            if element_id in ids:
                yield _problem(where, f'a second element with id "{element_id}"', "rename one")
            ids.add(element_id)
    for link in tree.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            yield _problem(where, f'a link to "{target}", which is not there', "correct the link")


def _problem(where: Place, what: str, mend: str) -> Problem:
    return Problem(where, "BG051", f"the document has {what}", mend)

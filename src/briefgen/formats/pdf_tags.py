"""The tags of a PDF, written in place of WeasyPrint's own.

Repairs: WeasyPrint 70 makes a structure element of each box of each page. Therefore (each has a
test in tests/formats/test_pdf_tags.py that fails when upstream mends it):

- a paragraph, list or table that two pages share is tagged, and read, as two; the header row that
  is repeated on the next page is read again;
- notes are Spans at the end of a page, far from what they explain, instead of Notes with an ID;
- languages inside the document and scopes of header cells are lost;
- running heads are content that belongs to no element, instead of artifacts;
- `figure` and its drawing are two elements, the caption in neither; the description of a drawing
  is left out, and its box has the y axis upside down, in CSS pixels;
- definition lists are nested in a way that PDF/UA-1 forbids; a contents list is a list like others;
- the text of a link is the address or id that it leads to;
- each dot of a leader is an element.

Here the tree comes from the document's own elements (`pdf_structure`) and is put in through the
one private function that WeasyPrint calls for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from briefgen.formats.pdf_structure import ArtifactKind, Mark, Node, Structure, Target
from briefgen.problems import BriefgenError

POINTS: Final = 0.75
"""Points in a CSS pixel."""

COUNTING: Final = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
"""Names of ways to number by the first number in each; else it is decimal."""

ARTIFACTS: Final[dict[ArtifactKind, dict[str, str]]] = {
    "Header": {"Type": "/Pagination", "Subtype": "/Header"},
    "Footer": {"Type": "/Pagination", "Subtype": "/Footer"},
    "Repeat": {"Type": "/Pagination"},
    "Leader": {"Type": "/Layout"},
}
"""Property lists of artifacts: ISO 32000-1, table 330."""


class ContentOutsidePage(BriefgenError):
    """Text is painted in a group of its own, which tags of its page do not reach."""

    def __init__(self, page: int) -> None:
        super().__init__(
            f"on page {page} of the PDF, the print styles paint text that cannot be tagged\n"
            "  help: use a paler colour in place of `opacity`, and no blending or masks on text"
        )


@contextmanager
def our_tags(structure: Structure) -> Iterator[None]:
    """While it lasts, WeasyPrint tags what it writes with this structure.

    Raises:
        ContentOutsidePage: the styles paint text where tags cannot reach it.
    """
    import weasyprint.pdf

    def add_tags(pdf: Any, document: Any, _version: Any, streams: list[Any]) -> None:
        _Writer(pdf, document, streams).write(structure)

    theirs = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


class _Writer:
    """Writes one structure into a PDF whose pages are painted."""

    def __init__(self, pdf: Any, document: Any, streams: list[Any]) -> None:
        from weasyprint.pdf import pydyf

        self._pydyf = pydyf
        self._pdf = pdf
        self._document = document
        self._streams = streams
        self._parents: list[list[bytes]] = [[b"null"] * len(s._tags) for s in streams]  # noqa: SLF001
        """For each page, the structure elements of its marked content."""
        self._annotations: list[tuple[Any, bytes]] = []
        self._ids: list[Any] = []
        """Identifiers and the elements that have them."""

    def write(self, structure: Structure) -> None:
        """The structure tree, the parent tree, and what the catalogue says of them.

        Raises:
            ContentOutsidePage: the styles paint text where tags cannot reach it.
        """
        root = self._object({"Type": "/StructTreeRoot"})
        for mark, kind in structure.artifacts:
            self._streams[mark.page]._tags[mark.box]["artifact"] = kind  # noqa: SLF001
        document = self._element(structure.document, root.reference)
        root["K"] = self._array([document.reference])
        root["ParentTree"] = self._parent_tree()
        root["ParentTreeNextKey"] = len(self._streams) + len(self._annotations)
        if self._ids:
            names = self._object({"Names": self._array(self._ids)})
            root["IDTree"] = names.reference
        for page, stream in enumerate(self._streams):
            self._write_artifacts(stream, page)
        self._pdf.catalog["StructTreeRoot"] = root.reference
        self._pdf.catalog["MarkInfo"] = self._dictionary({"Marked": "true"})
        self._pdf.catalog["ViewerPreferences"] = self._dictionary({"DisplayDocTitle": "true"})

    def _element(self, node: Node, parent: bytes) -> Any:
        """The structure element of a node, with all that is in it."""
        element = self._object({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        if attributes := self._attributes(node):
            element["A"] = attributes
        if node.language:
            element["Lang"] = self._pydyf.String(node.language)
        if node.alt:
            element["Alt"] = self._pydyf.String(node.alt)
        if node.expansion:
            element["E"] = self._pydyf.String(node.expansion)
        if node.role == "Note":
            name = self._pydyf.String(f"note-{len(self._ids) // 2 + 1:05}")
            element["ID"] = name
            self._ids += [name, element.reference]
        page = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
        if page is not None:
            element["Pg"] = self._pdf.page_references[page]
        kids = [self._kid(kid, element.reference, page, node) for kid in node.kids]
        element["K"] = self._array([kid for kid in kids if kid is not None])
        return element

    def _kid(self, kid: Node | Mark | Target, parent: bytes, page: int | None, node: Node) -> Any:
        """How a node names one of the things in it; None for a link that was not drawn."""
        if isinstance(kid, Node):
            return self._element(kid, parent).reference
        if isinstance(kid, Mark):
            return self._marked_content(kid, parent, page)
        if (annotation := kid.box.link_annotation) is None:
            return None
        self._annotations.append((annotation, parent))
        annotation["Contents"] = self._pydyf.String(_text_of(node.element))
        page_reference = self._pdf.page_references[kid.page]
        reference = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": page_reference}
        return self._dictionary(reference)

    def _marked_content(self, mark: Mark, parent: bytes, page: int | None) -> Any:
        number = self._streams[mark.page]._tags[mark.box]["mcid"]  # noqa: SLF001
        self._parents[mark.page][number] = parent
        if mark.page == page:
            return number
        page_reference = self._pdf.page_references[mark.page]
        return self._dictionary({"Type": "/MCR", "Pg": page_reference, "MCID": number})

    def _attributes(self, node: Node) -> Any:
        """The attributes of a node, with their owner: ISO 32000-1, 14.8.5."""
        if node.role == "TH" and node.scope:
            return self._dictionary({"O": "/Table", "Scope": f"/{node.scope}"})
        if node.role == "L":
            return self._dictionary({"O": "/List", "ListNumbering": f"/{_numbering(node)}"})
        drawn = next((kid for kid in node.kids if isinstance(kid, Mark)), None)
        if node.role == "Figure" and drawn:
            corners = self._array(self._corners(drawn))
            return self._dictionary({"O": "/Layout", "Placement": "/Block", "BBox": corners})
        return None

    def _corners(self, mark: Mark) -> list[float]:
        """Left, bottom, right and top of a picture, in points from the page's lower left."""
        box, height = mark.box, self._document.pages[mark.page].height
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, height - top - box.height, left + box.width, height - top)
        return [round(edge * POINTS, 3) for edge in edges]

    def _parent_tree(self) -> bytes:
        """From marked content and annotations back to their structure elements."""
        numbers: list[Any] = []
        for page, parents in enumerate(self._parents):
            numbers += [page, self._array(parents)]
        for key, (annotation, parent) in enumerate(self._annotations, start=len(self._parents)):
            annotation["StructParent"] = key
            numbers += [key, parent]
        tree = self._object({"Nums": self._array(numbers)})
        reference: bytes = tree.reference
        return reference

    def _write_artifacts(self, stream: Any, page: int) -> None:
        """Make artifacts of what was set aside, in the page that is painted already.

        Raises:
            ContentOutsidePage: what is marked does not stand in the page itself.
        """
        kinds = {tag["mcid"]: tag.get("artifact") for tag in stream._tags.values()}  # noqa: SLF001
        # An operator stands behind its operands: the tag, the property list, BDC.
        items, found = stream.stream, 0
        for place, item in enumerate(items):
            if isinstance(item, self._pydyf.Dictionary) and "MCID" in item:
                found += 1
                if kind := kinds[item["MCID"]]:
                    items[place - 1] = "/Artifact"
                    items[place] = self._dictionary(ARTIFACTS[kind])
        if found != len(kinds):
            raise ContentOutsidePage(page + 1)

    def _object(self, values: dict[str, Any]) -> Any:
        made = self._dictionary(values)
        self._pdf.add_object(made)
        return made

    def _dictionary(self, values: dict[str, Any]) -> Any:
        return self._pydyf.Dictionary(values)

    def _array(self, values: list[Any]) -> Any:
        return self._pydyf.Array(values)


def _numbering(node: Node) -> str:
    """How a list numbers its items: ISO 32000-1, table 347."""
    labels = [kid for item in node.nodes() for kid in item.nodes() if kid.role == "Lbl"]
    if not labels or any(label.element is not None for label in labels):
        return "None"  # nothing before the items, or the terms that they explain
    if node.element.tag == "ul":
        return "Disc"
    first = "".join(kid.box.text for kid in labels[0].kids if isinstance(kid, Mark)).strip("(). ")
    return COUNTING.get(first, "Decimal")


def _text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())

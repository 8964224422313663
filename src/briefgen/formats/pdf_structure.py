"""The structure of a PDF: what is read in which order, and as what.

In: the pages that WeasyPrint laid out. Out: one tree with a node for each element of the
document, whichever pages its parts fall on. Structure types are those of ISO 32000-1, 14.8.4;
their use follows ISO 14289-1 (PDF/UA-1). Nothing here writes: `pdf_tags` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

SVG: Final = "{http://www.w3.org/2000/svg}"

ROLES: Final = {
    "header": "Div",
    "div": "Div",
    "nav": "Sect",
    "section": "Sect",
    "aside": "Sect",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P",
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    "thead": "THead",
    "tbody": "TBody",
    **{name: name.upper() for name in ("tr", "th", "td")},
    **dict.fromkeys(("figure", "img", f"{SVG}svg"), "Figure"),
    "blockquote": "BlockQuote",
    "q": "Quote",
    "a": "Link",
}
"""Structure types by element; any other element stands in the one around it."""

GROUPING: Final = frozenset({"Document", "Sect", "Div", "BlockQuote", "TOCI"})
"""Types that hold no text of their own: it gets a paragraph."""

SCOPES: Final = {"col": "Column", "row": "Row"}
LABELS: Final = frozenset({"marker", "before", "footnote-marker"})
"""Pseudo-elements that number or mark a list item or a note."""

ArtifactKind = Literal["Header", "Footer", "Repeat", "Leader"]


class Mark(NamedTuple):
    """A piece of marked content: a run of text on one line, or a picture."""

    page: int
    """Index of its page, from 0."""
    box: Any
    generated: bool = False
    """Whether a style sheet wrote it: a number, a bullet, a page reference."""


class Target(NamedTuple):
    """A box that may have got a link annotation."""

    page: int
    box: Any


@dataclass(eq=False)
class Node:
    """A structure element."""

    role: str
    """Its structure type, without the slash."""
    element: Any = None
    """The element of the document that it stands for; none where the structure asks for more."""
    language: str | None = None
    """BCP 47, where it is not that of what is around it."""
    alt: str | None = None
    expansion: str | None = None
    """The long form of an abbreviation."""
    scope: str | None = None
    kids: list[Node | Mark | Target] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """The nodes right in it."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def walk(self) -> Iterator[Node]:
        """The node and all in it, in reading order."""
        yield self
        for node in self.nodes():
            yield from node.walk()


@dataclass
class Structure:
    """What a reader's tools are given, and what they are to leave out."""

    document: Node
    artifacts: list[tuple[Mark, ArtifactKind]]
    """Running heads, header rows repeated on the next page, leaders."""

    def lost_notes(self) -> list[int]:
        """Numbers of the notes, from 1, whose mark is printed and whose text is not."""
        spans = (span for span in self.document.element.iter("span") if _is_note(span))
        numbers = {span: number for number, span in enumerate(spans, start=1)}
        notes = (node for node in self.document.walk() if node.role == "Note")
        return [numbers[note.element] for note in notes if not note.kids]


def read_structure(root: Any, page_boxes: list[Any]) -> Structure:
    """The structure of a document whose root element is `root`, from its pages in order."""
    reader = _Reader(root)
    for number, page_box in enumerate(page_boxes):
        reader.read_page(number, page_box)
    return Structure(reader.document, reader.artifacts)


class _Reader:
    """Gathers the boxes of all pages under the elements that they come from."""

    def __init__(self, root: Any) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        self._boxes = boxes
        self._placeholder = AbsolutePlaceholder
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self.document = Node("Document", root)
        self.artifacts: list[tuple[Mark, ArtifactKind]] = []
        body = root.find("body")
        self._nodes = {root: self.document, body: self.document}
        self._headers: dict[Any, int] = {}
        """Table headers by the first page that has them."""
        self._page = 0

    def read_page(self, number: int, page_box: Any) -> None:
        """Take in one page: its text, then its notes, which find their place by their marks."""
        self._page = number
        for box in page_box.children:
            self._read(box)

    def _read(self, box: Any) -> None:
        if isinstance(box, self._placeholder):
            box = box._box  # noqa: SLF001
        if kind := self._artifact_kind(box):
            self._set_aside(box, kind)
        elif isinstance(box, self._boxes.TextBox | self._boxes.ReplacedBox):
            self._place(box)
        else:
            self._note_links(box)
            for child in box.children:
                self._read(child)

    def _artifact_kind(self, box: Any) -> ArtifactKind | None:
        if isinstance(box, self._boxes.MarginBox):
            return "Header" if box.at_keyword.startswith("@top") else "Footer"
        if box.is_leader:
            return "Leader"
        if getattr(box, "is_header", False) and isinstance(box, self._boxes.TableRowGroupBox):
            # WeasyPrint copies the head of a table to each page; it is read once.
            first = self._headers.setdefault(box.element, self._page)
            return None if first == self._page else "Repeat"
        return None

    def _set_aside(self, box: Any, kind: ArtifactKind) -> None:
        if isinstance(box, self._placeholder):
            box = box._box  # noqa: SLF001
        if isinstance(box, self._boxes.TextBox | self._boxes.ReplacedBox):
            self.artifacts.append((Mark(self._page, box), kind))
        for child in getattr(box, "children", ()):
            self._set_aside(child, kind)

    def _note_links(self, box: Any) -> None:
        """Make the node of a box, even of an empty one such as a table cell, and keep its links."""
        is_pseudo = "::" in (box.element_tag or "")
        if box.element in self._parents and (not is_pseudo or box.element.tag == "a"):
            node = self._node(box.element)
            if box.element.tag == "a":
                node.kids.append(Target(self._page, box))

    def _place(self, box: Any) -> None:
        """Add a run of text or a picture to the node that it belongs to."""
        element, pseudo = box.element, (box.element_tag or "").partition("::")[2]
        mark = Mark(self._page, box, bool(pseudo))
        if pseudo == "footnote-call":
            call = Node("Reference", kids=[mark])
            self._holder(self._parents[element]).kids.append(call)
            self._node(element)
        elif pseudo in LABELS and self._node(element).role in ("LI", "TOCI", "Note"):
            self._label(self._node(element)).kids.append(mark)
        else:
            self._holder(element, for_text=True).kids.append(mark)

    @staticmethod
    def _label(node: Node) -> Node:
        """The label of a list item or a note; it comes first."""
        first = node.kids[0] if node.kids else None
        if isinstance(first, Node) and first.role == "Lbl":
            return first
        label = Node("Lbl")
        node.kids.insert(0, label)
        return label

    def _node(self, element: Any) -> Node:
        """The node of an element, made at first use; of what is around it where it has none."""
        if element not in self._nodes:
            self._nodes[element] = self._make(element)
        return self._nodes[element]

    def _make(self, element: Any) -> Node:
        parent = self._parents[element]
        around = self._node(parent)
        role = self._role(element, around)
        if role is None or (role == around.role == "Figure"):
            return around
        node = Node(
            role,
            element,
            language=self._own_language(element),
            alt=_alt(element) if role == "Figure" else None,
            expansion=_expansion(element),
            scope=SCOPES.get(element.get("scope", "")) if role == "TH" else None,
        )
        holder = around if role in ("Lbl", "LBody") else self._holder(parent)
        if role == "Link" and holder.role == "TOCI":
            holder.kids.append(Node("Reference", kids=[node]))
        else:
            holder.kids.append(node)
        return node

    def _role(self, element: Any, around: Node) -> str | None:
        """The structure type of an element; None where it needs none."""
        role = self._role_here(element, around) or ROLES.get(element.tag)
        if role is None and (self._own_language(element) or _expansion(element)):
            return "Span"
        return role

    def _role_here(self, element: Any, around: Node) -> str | None:
        """The structure type of an element that is something else in other places."""
        tag, classes = element.tag, _classes(element)
        in_item = tag == "div" and around.role == "LI"
        rules = (
            ("Note", tag == "span" and _is_note(element)),
            ("TOC", tag in ("ul", "ol") and self._parents[element].tag == "nav"),
            ("TOCI", tag == "li" and around.role == "TOC"),
            ("LI", tag == "div" and around.role == "L"),
            ("Lbl", in_item and "dt" in classes),
            ("LBody", in_item and "dd" in classes),
            ("Div", tag == "figure" and _drawing(element) is None),
        )
        return next((role for role, applies in rules if applies), None)

    def _holder(self, element: Any, *, for_text: bool = False) -> Node:
        """The node that takes in what stands right in an element."""
        node = self._node(element)
        if node.role == "LI":
            return _last(node, "LBody")
        if for_text and node.role in GROUPING:
            return _last(node, "P")
        return node

    def _own_language(self, element: Any) -> str | None:
        """The language of an element, where it differs from that around it."""
        own, around = element.get("lang"), self._parents.get(element)
        while around is not None and around.get("lang") is None:
            around = self._parents.get(around)
        return own if around is None or own != around.get("lang") else None


def _last(node: Node, role: str) -> Node:
    """The last node in another, if it has a type and stands for no element; else a new one."""
    last = node.kids[-1] if node.kids else None
    if isinstance(last, Node) and last.role == role and last.element is None:
        return last
    made = Node(role)
    node.kids.append(made)
    return made


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _is_note(span: Any) -> bool:
    return "footnote" in _classes(span)


def _expansion(element: Any) -> str | None:
    """The long form of an abbreviation."""
    return element.get("title") if element.tag == "abbr" else None


def _drawing(figure: Any) -> Any:
    """The picture in a figure."""
    return next((child for child in figure if child.tag in (f"{SVG}svg", "img")), None)


def _alt(element: Any) -> str:
    """What a picture shows, in words: title and description of a drawing, else `alt`."""
    drawing = _drawing(element) if element.tag == "figure" else element
    if drawing.tag == "img":
        return str(drawing.get("alt", ""))
    parts = (drawing.findtext(f"{SVG}{name}") for name in ("title", "desc"))
    texts = [" ".join(part.split()) for part in parts if part and part.strip()]
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in texts)

"""Edits a Word file as somebody does in Word: typing, tracked or not, moving, splitting, comments.

What Word writes is imitated over the file's XML: runs are split where somebody types, marks
(bookmarks and content controls) stay where Word leaves them.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

Element = etree._Element
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
WHEN = "2026-11-20T10:00:00Z"


def w(name: str) -> str:
    """The name in WordprocessingML's namespace."""
    return f"{{{W}}}{name}"


class WordFile:
    """An open Word file."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.root[0]
        self._number = 900_000

    @classmethod
    def open(cls, path: Path) -> WordFile:
        return cls(path.read_bytes())

    def bytes(self) -> bytes:
        """The file as it is saved."""
        self.parts["word/document.xml"] = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        return out.getvalue()

    def save(self, path: Path) -> Path:
        path.write_bytes(self.bytes())
        return path

    # --- Finding ---

    def paragraphs(self) -> list[Element]:
        return list(self.body.iter(w("p")))

    def find(self, words: str) -> Element:
        """The first paragraph whose text has the words; spaces stand for no-break ones, too."""
        found = [p for p in self.paragraphs() if words in _spaced(p)]
        assert found, words
        return found[0]

    def number(self) -> str:
        self._number += 1
        return str(self._number)

    # --- Typing ---

    def replace(
        self, words: str, new: str, author: str = "", in_paragraph: Element | None = None
    ) -> None:
        """Type over words; tracked where somebody's name is given."""
        paragraph = self.find(words) if in_paragraph is None else in_paragraph
        start = _spaced(paragraph).index(words)
        self.type(paragraph, start, start + len(words), new, author)

    def type(self, paragraph: Element, start: int, end: int, new: str, author: str = "") -> None:
        """Put text in the place of that between two offsets."""
        before = self._runs_to(paragraph, start)
        gone = self._runs_between(paragraph, start, end)
        model = gone[0] if gone else before
        fresh = [self._run(new, model)] if new else []
        if author and fresh:
            fresh = [self._tracked("ins", author, fresh)]
        spot = gone[-1] if gone else before
        for element in reversed(fresh):
            if spot is None:
                paragraph.insert(1 if paragraph.find(w("pPr")) is not None else 0, element)
            else:
                spot.addnext(element)
        for run in gone:
            if author:
                self._delete_tracked(run, author)
            else:
                take_out(run)

    def insert_after(self, words: str, new: str, author: str = "") -> None:
        paragraph = self.find(words)
        at = _spaced(paragraph).index(words) + len(words)
        self.type(paragraph, at, at, new, author)

    def type_over(self, paragraph: Element, new: str) -> None:
        """Type over a whole paragraph: its marks go with the text."""
        for child in list(paragraph):
            if child.tag != w("pPr"):
                paragraph.remove(child)
        paragraph.append(self._run(new, None))

    def format(self, words: str, name: str) -> None:
        """Make words italic (`i`) or bold (`b`)."""
        paragraph = self.find(words)
        start = _spaced(paragraph).index(words)
        for run in self._runs_between(paragraph, start, start + len(words)):
            properties = run.find(w("rPr"))
            if properties is None:
                properties = etree.Element(w("rPr"))
                run.insert(0, properties)
            properties.append(etree.Element(w(name)))

    # --- Paragraphs ---

    def split(self, paragraph: Element, at: int, author: str = "") -> Element:
        """Press Enter: the rest goes into a new paragraph; a bookmark spans both.

        What a content control holds behind the place leaves it, as plain runs.
        """
        fresh = etree.Element(w("p"))
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            fresh.append(deepcopy(properties))
        paragraph.addnext(fresh)
        self._runs_to(paragraph, at)
        position, first = 0, None
        for run in _runs(paragraph):
            if position >= at and (len(run) or _length(run)):
                first = run
                break
            position += _length(run)
        if first is not None:
            for element in [first, *_all_behind(first, paragraph)]:
                fresh.append(element)
        if author:
            self._mark(paragraph, "ins", author)
        return fresh

    def join(self, paragraph: Element) -> None:
        """Delete the end of a paragraph: the next one's text follows."""
        following = paragraph.getnext()
        assert following is not None
        assert following.tag == w("p")
        paragraph.append(self._run(" ", None))
        for child in list(following):
            if child.tag != w("pPr"):
                paragraph.append(child)
        take_out(following)

    def add_paragraph(self, after: Element, text: str) -> Element:
        """A new paragraph in the style of the one before it."""
        fresh = etree.Element(w("p"))
        properties = after.find(w("pPr"))
        if properties is not None:
            fresh.append(deepcopy(properties))
        fresh.append(self._run(text, None))
        after.addnext(fresh)
        return fresh

    def move(self, paragraph: Element, after: Element) -> None:
        after.addnext(paragraph)

    def remove(self, paragraph: Element) -> None:
        parent = parent_of(paragraph)
        if parent.tag == w("tc") and len(parent.findall(w("p"))) == 1:
            self.type_over(paragraph, "")
        else:
            parent.remove(paragraph)

    def remove_tracked(self, paragraph: Element, author: str) -> None:
        for run in list(_runs(paragraph)):
            self._delete_tracked(run, author)
        self._mark(paragraph, "del", author)

    # --- Notes and comments ---

    def note(self, words: str, text: str) -> None:
        """A footnote behind words."""
        notes = etree.fromstring(self.parts["word/footnotes.xml"])
        name = str(1 + max(int(n.attrib[w("id")]) for n in notes))
        note = etree.SubElement(notes, w("footnote"), {w("id"): name})
        paragraph = etree.SubElement(note, w("p"))
        etree.SubElement(etree.SubElement(paragraph, w("r")), w("footnoteRef"))
        paragraph.append(self._run(f" {text}", None))
        self.parts["word/footnotes.xml"] = etree.tostring(
            notes, xml_declaration=True, encoding="UTF-8"
        )
        target = self.find(words)
        at = _spaced(target).index(words) + len(words)
        run = etree.Element(w("r"))
        etree.SubElement(run, w("footnoteReference"), {w("id"): name})
        before = self._runs_to(target, at)
        assert before is not None
        before.addnext(run)

    def note_runs(self, paragraph: Element) -> list[Element]:
        """The runs of a paragraph that are marks of notes."""
        return [run for run in _runs(paragraph) if run.find(w("footnoteReference")) is not None]

    def comment(self, words: str, text: str, author: str, reply: str = "", by: str = "") -> None:
        """A comment on words, with an answer by somebody else."""
        comments = self._comments()
        names = [self._add_comment(comments, text, author)]
        if reply:
            names.append(self._add_comment(comments, reply, by))
            self._thread(comments, names)
        self.parts["word/comments.xml"] = etree.tostring(
            comments, xml_declaration=True, encoding="UTF-8"
        )
        paragraph = self.find(words)
        start = _spaced(paragraph).index(words)
        runs = self._runs_between(paragraph, start, start + len(words))
        for name in names:
            runs[0].addprevious(etree.Element(w("commentRangeStart"), {w("id"): name}))
            mark = etree.Element(w("r"))
            etree.SubElement(mark, w("commentReference"), {w("id"): name})
            runs[-1].addnext(mark)
            runs[-1].addnext(etree.Element(w("commentRangeEnd"), {w("id"): name}))

    def _comments(self) -> Element:
        if "word/comments.xml" in self.parts:
            return etree.fromstring(self.parts["word/comments.xml"])
        self._relate("comments", "comments.xml")
        self._type("/word/comments.xml", "comments")
        return etree.Element(w("comments"), nsmap={"w": W})

    def _add_comment(self, comments: Element, text: str, author: str) -> str:
        name = str(len(comments) + 50)
        comment = etree.SubElement(
            comments,
            w("comment"),
            {w("id"): name, w("author"): author, w("date"): WHEN, w("initials"): author[:1]},
        )
        paragraph = etree.SubElement(comment, w("p"))
        paragraph.set(
            "{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"{int(name):08X}"
        )
        paragraph.append(self._run(text, None))
        return name

    def _thread(self, comments: Element, names: list[str]) -> None:
        w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
        extended = etree.Element(f"{{{w15}}}commentsEx", nsmap={"w15": w15})
        for name in names:
            attributes = {f"{{{w15}}}paraId": f"{int(name):08X}", f"{{{w15}}}done": "0"}
            if name != names[0]:
                attributes[f"{{{w15}}}paraIdParent"] = f"{int(names[0]):08X}"
            etree.SubElement(extended, f"{{{w15}}}commentEx", attributes)
        del comments
        self.parts["word/commentsExtended.xml"] = etree.tostring(extended)
        kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        self._relate(kind, "commentsExtended.xml")
        self._type("/word/commentsExtended.xml", "commentsExtended")

    def _relate(self, kind: str, target: str) -> None:
        name = "word/_rels/document.xml.rels"
        relations = etree.fromstring(self.parts[name])
        kind = kind if kind.startswith("http") else f"{R}/{kind}"
        etree.SubElement(
            relations,
            f"{{{RELATIONS}}}Relationship",
            {"Id": f"rIdNew{len(relations)}", "Type": kind, "Target": target},
        )
        self.parts[name] = etree.tostring(relations, xml_declaration=True, encoding="UTF-8")

    def _type(self, name: str, kind: str) -> None:
        types = etree.fromstring(self.parts["[Content_Types].xml"])
        etree.SubElement(
            types,
            types[0].tag.rpartition("}")[0] + "}Override",
            {
                "PartName": name,
                "ContentType": "application/vnd.openxmlformats-officedocument"
                f".wordprocessingml.{kind}+xml",
            },
        )
        self.parts["[Content_Types].xml"] = etree.tostring(
            types, xml_declaration=True, encoding="UTF-8"
        )

    # --- Runs ---

    def _run(self, text: str, model: Element | None) -> Element:
        run = etree.Element(w("r"))
        properties = None if model is None else model.find(w("rPr"))
        if model is not None and properties is not None and model.find(w("t")) is not None:
            run.append(deepcopy(properties))
        element = etree.SubElement(run, w("t"), {SPACE: "preserve"})
        element.text = text
        return run

    def _tracked(self, kind: str, author: str, content: list[Element]) -> Element:
        attributes = {w("id"): self.number(), w("author"): author, w("date"): WHEN}
        change = etree.Element(w(kind), attributes)
        change.extend(content)
        return change

    def _delete_tracked(self, run: Element, author: str) -> None:
        change = self._tracked("del", author, [])
        run.addprevious(change)
        change.append(run)
        for text in run.findall(w("t")):
            text.tag = w("delText")

    def _mark(self, paragraph: Element, kind: str, author: str) -> None:
        """Say that the end of a paragraph is new or gone."""
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        of_mark = properties.find(w("rPr"))
        if of_mark is None:
            of_mark = etree.SubElement(properties, w("rPr"))
        of_mark.insert(0, self._tracked(kind, author, []))

    def _runs_to(self, paragraph: Element, at: int) -> Element | None:
        """Split so that a run ends at the offset; gives it."""
        position, last = 0, None
        for run in list(_runs(paragraph)):
            length = _length(run)
            if position < at < position + length:
                return self._cut(run, at - position)
            position += length
            if length and position <= at:
                last = run
            if position >= at and last is not None:
                return last
        return last

    def _runs_between(self, paragraph: Element, start: int, end: int) -> list[Element]:
        self._runs_to(paragraph, start)
        self._runs_to(paragraph, end)
        position, found = 0, []
        for run in list(_runs(paragraph)):
            length = _length(run)
            if length and start <= position and position + length <= end:
                found.append(run)
            position += length
        return found

    def _cut(self, run: Element, at: int) -> Element:
        """Split one run of text in two; gives the first."""
        rest = deepcopy(run)
        for half, place in ((run, slice(at)), (rest, slice(at, None))):
            [text] = half.findall(w("t"))
            text.text = (text.text or "")[place]
            text.set(SPACE, "preserve")
        run.addnext(rest)
        return run


def parent_of(element: Element) -> Element:
    """What holds an element; the root is asked for none."""
    parent = element.getparent()
    assert parent is not None
    return parent


def take_out(element: Element) -> None:
    parent_of(element).remove(element)


def text_of(paragraph: Element) -> str:
    """What stands in a paragraph's text elements."""
    return "".join(t.text or "" for run in _runs(paragraph) for t in run.findall(w("t")))


def _spaced(paragraph: Element) -> str:
    """The same with plain spaces."""
    return text_of(paragraph).replace("\u00a0", " ")


def _runs(paragraph: Element) -> Iterator[Element]:
    """The runs of a paragraph itself; what is deleted counts as none."""
    for run in paragraph.iter(w("r")):
        ancestors = list(run.iterancestors())
        if next(a for a in ancestors if a.tag == w("p")) is not paragraph:
            continue
        if any(a.tag == w("del") for a in ancestors):
            continue
        texts = run.findall(w("t"))
        if len(texts) > 1:
            for text in texts[1:]:
                extra = deepcopy(run)
                for other in extra.findall(w("t")):
                    extra.remove(other)
                extra.append(text)
                run.addnext(extra)
        yield run


def _length(run: Element) -> int:
    return sum(len(t.text or "") for t in run.findall(w("t")))


def _all_behind(element: Element, paragraph: Element) -> list[Element]:
    """What follows an element in its paragraph; of an element that holds it, only the rest."""
    found: list[Element] = []
    while element is not paragraph:
        found += element.itersiblings()
        element = parent_of(element)
        if element.tag == w("sdtContent"):
            element = parent_of(element)
    return found

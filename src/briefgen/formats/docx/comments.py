"""Comments (`word/comments.xml`): what an editor must know, where the claim is cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from lxml import etree

from briefgen.document.model import Caution
from briefgen.formats.docx.oxml import text_element, w
from briefgen.formats.docx.word_style import WordStyle

Element = etree._Element

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
AUTHOR = {"author": "briefgen", "initials": "bg"}


class Comments:
    """The comments of one file, numbered in the order of their places."""

    def __init__(
        self,
        word_document: WordDocument,
        word: WordStyle,
        cautions: Mapping[str, tuple[Caution, ...]],
        day: str,
    ) -> None:
        self._word = word
        self._cautions = cautions
        self._day = day
        self._said: set[str] = set()
        self._comments = w("comments")
        comments: Any = self._comments
        part = XmlPart(
            PackURI("/word/comments.xml"), CONTENT_TYPE, comments, word_document.part.package
        )
        word_document.part.relate_to(part, RT.COMMENTS)

    def on(self, claims: Iterable[str]) -> list[int]:
        """Comments on those of the claims that need care; gives their ids."""
        cautions = [c for name in claims for c in self._cautions.get(name, ())]
        return [self._add(caution) for caution in dict.fromkeys(cautions)]

    def _add(self, caution: Caution) -> int:
        number = len(self._comments)
        date = f"{self._day}T00:00:00Z"
        paragraphs = self._paragraphs(caution)
        self._comments.append(w("comment", *paragraphs, id=number, date=date, **AUTHOR))
        return number

    def _paragraphs(self, caution: Caution) -> list[Element]:
        """In full at the first citation; from then on what the claim is, and where to look."""
        texts = [caution.note, *caution.passages, caution.review_by]
        if caution.claim in self._said:
            texts = [self._word.labels.repeated]
        self._said.add(caution.claim)
        head = [
            self._mark(w("annotationRef")),
            w("r", w("rPr", w("b")), text_element(f"{caution.kind}. ")),
            w("r", text_element(f"{caution.statement} [{caution.claim}]")),
        ]
        style = self._word.id_of(self._word.style_of("comment"))
        rest = [[w("r", text_element(text))] for text in texts if text]
        return [w("p", w("pPr", w("pStyle", val=style)), *runs) for runs in (head, *rest)]

    def written(self) -> list[Element]:
        """The comments so far."""
        return list(self._comments)

    def start(self, number: int) -> Element:
        """Where the text begins that a comment is on."""
        return w("commentRangeStart", id=number)

    def end(self, number: int) -> list[Element]:
        """Where it ends, and the mark of the comment."""
        return [w("commentRangeEnd", id=number), self._mark(w("commentReference", id=number))]

    def _mark(self, content: Element) -> Element:
        style = self._word.id_of(self._word.style_of("comment mark"))
        return w("r", w("rPr", w("rStyle", val=style)), content)

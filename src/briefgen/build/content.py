"""What a document is made of, as hashes: the data that it shows, and all that shapes it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from briefgen.build.inputs import layouts_digest, program_digest
from briefgen.document.layout import Layout
from briefgen.document.model import Document
from briefgen.dossier.base import CHOSEN
from briefgen.edition.models import Format
from briefgen.edition.tailor import Brief
from briefgen.formats.word_options import WordOptions

WORD = ("final", "annotate", "embed_fonts", "create_styles")


@dataclass(frozen=True)
class Content:
    """Hashes of what a document says and of what it is made with, before it is cut to length.

    Cuts follow from the same: all that a cut document says is said by the whole one, by the
    edition or by the records that it has chosen.
    """

    data: str
    """Of the data alone that the document shows; it travels in the artefacts."""
    whole: str
    """Of the document, its layout and the program."""

    def key(self, file_format: Format, word: WordOptions) -> str:
        """The hash of one artefact of the document."""
        parts = [self.whole, file_format]
        if file_format == "docx":
            parts += [f"{name}={getattr(word, name)}" for name in WORD]
            parts += [word.reference.sha256, word.reference.path.name] if word.reference else []
        return _hash(iter(parts))


def content_of(brief: Brief, document: Document, layout: Layout) -> Content:
    """The hashes of an uncut brief and its document."""
    data = _hash(_data(brief, document))
    folders = [folder.path for folder in layout.folders]
    parts = [data, *_shown(document), layouts_digest(folders), program_digest()]
    return Content(data, _hash(iter(parts)))


def _data(brief: Brief, document: Document) -> Iterator[str]:
    """The edition, the records that it chooses, and the evidence of what is cited."""
    yield brief.length
    yield brief.edition.model_dump_json()
    yield brief.dossier.about.model_dump_json()
    for kind in CHOSEN:
        for chosen in getattr(brief, kind):
            yield f"{kind} {chosen.tier} {chosen.record.model_dump_json()}"
    for ground in document.ledger.claims:
        yield brief.dossier.claims[ground.id].model_dump_json()
    for source in document.ledger.sources:
        yield brief.dossier.sources[source.id].model_dump_json()
    for name, value in sorted(document.values.items()):
        yield f"{name} {value}"


def _shown(document: Document) -> Iterator[str]:
    """The document itself; values of all its fields are plain, so that their forms are stable."""
    yield etree.tostring(document.tree, encoding="unicode")
    for name, value in sorted(vars(document).items()):
        if name not in ("tree", "data"):
            yield f"{name} {value!r}"


def _hash(parts: Iterator[str]) -> str:
    """SHA-256, in hexadecimal, over texts that cannot run into each other."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogateescape")
        total.update(f"{len(data)}\n".encode())
        total.update(data)
    return total.hexdigest()

"""Edited copies made by hand: pieces of a body as Word writes them, files with parts changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx_sample import document_of, word_style
from lxml import etree

from briefgen.document.model import Caution, Document
from briefgen.formats.docx import render_docx
from briefgen.formats.docx.looks import Styles
from briefgen.formats.docx.oxml import MC, R, W
from briefgen.formats.docx.reading import ReadParagraph, View, read_paragraphs
from briefgen.formats.docx.revisions import Revision, find_revisions
from briefgen.formats.docx.threads import W14
from briefgen.formats.word_options import FOR_EDITING, WordOptions

Element = etree._Element
Accepts = Callable[[Revision], bool]

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
NAMES = {
    "w": W,
    "r": R,
    "mc": MC,
    "m": M,
    "w14": W14,
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
STYLES = f"""<w:styles {DECLARED}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
<w:style w:type="paragraph" w:styleId="Heading1"><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet">
<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Intense"><w:basedOn w:val="Strong"/>
<w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Emphasis"><w:rPr><w:i/><w:iCs/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>
</w:styles>"""


def r(text: str, properties: str = "") -> str:
    """A run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, mark: str = "", properties: str = "") -> str:
    """A paragraph; `mark` says that its end is tracked."""
    look = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}{look}</w:pPr>{''.join(content)}</w:p>"


def by(tag: str, author: str, *content: str, date: str = "2026-11-03T09:00:00Z") -> str:
    """A tracked change, round its content or in properties."""
    about = f'w:id="1" w:author="{author}" w:date="{date}"'
    return f"<w:{tag} {about}>{''.join(content)}</w:{tag}>"


def gone(text: str) -> str:
    """A run whose text is deleted."""
    return f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'


def body(*blocks: str) -> Element:
    """A body of these blocks."""
    xml = f"<w:document {DECLARED}><w:body>{''.join(blocks)}</w:body></w:document>"
    return etree.fromstring(xml)[0]


def read(*blocks: str, accepts: Accepts = lambda _: True) -> list[ReadParagraph]:
    """The blocks in a view."""
    story = body(*blocks)
    links = {"rId1": "https://example.org/"}
    styles = Styles.of(etree.fromstring(STYLES))
    view = View(styles, links, find_revisions([story]), accepts)
    return list(read_paragraphs(story, view=view))


def texts(*blocks: str, accepts: Accepts = lambda _: True) -> list[str]:
    """The texts of the blocks in a view."""
    return [paragraph.text for paragraph in read(*blocks, accepts=accepts)]


def changed(
    data: bytes,
    change: Callable[[str, bytes], bytes | None] = lambda _, content: content,
    more: Mapping[str, bytes] = {},
) -> bytes:
    """A file with its parts changed; one that becomes nothing is left out."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
        for name, content in more.items():
            new.writestr(name, content)
    return stream.getvalue()


def in_part(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A file with a piece of one part changed; the piece must be there."""

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert old in content
        return content.replace(old, new, 1)

    return changed(data, change)


TITLE = "areas/watch/title"
BODY = f"""
<section id="watch">
<h2><span data-field="{TITLE}">Watch</span></h2>
<p><span data-field="areas/watch/body#0">The league keeps <em>watch</em> at
<a href="https://example.org/sea">sea</a>.<span class="footnote" data-generated=""
data-claims="watch-kept">Nilsen, <em>Ports</em>.</span></span></p>
<ul><li data-field="areas/watch/body#1">Two stations.</li></ul>
</section>"""


def document() -> Document:
    """One that was composed from data."""
    caution = Caution(
        "watch-kept", "Contested", "The league keeps watch.", "Not all agree.", (), ""
    )
    return replace(
        document_of(BODY),
        dossier="harbours",
        edition="crews",
        layout="policy-brief",
        data="f00d",
        values={TITLE: "Watch", "areas/watch/body": "The league keeps *watch*.\n\n- Two stations."},
        cautions={"watch-kept": (caution,)},
    )


def exported(options: WordOptions = FOR_EDITING) -> bytes:
    """Its Word file."""
    return render_docx(document(), word_style(), options)


def snapshot_of(data: bytes) -> dict[str, Any]:
    """The snapshot in a file, as JSON."""
    found: dict[str, Any] = json.loads(_data_part(data)[1].text or "")
    return found


def with_snapshot(data: bytes, snapshot: Any) -> bytes:
    """The file with another snapshot: JSON, or the text of the part."""
    name, root = _data_part(data)
    root.text = snapshot if isinstance(snapshot, str) else json.dumps(snapshot)
    return changed(data, lambda n, c: etree.tostring(root) if n == name else c)


def _data_part(data: bytes) -> tuple[str, Element]:
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("customXml/item") and b"urn:briefgen:snapshot" in (
                xml := archive.read(name)
            ):
                root = etree.fromstring(xml)
                if root.tag == "{urn:briefgen:snapshot}snapshot":
                    return name, root
    raise AssertionError("no snapshot")

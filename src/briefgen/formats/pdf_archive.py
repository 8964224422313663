"""What PDF/A-3a asks for beside tags, and how one file declares that it meets PDF/UA-1 too.

Repairs of WeasyPrint 70 (each has a test in tests/formats/test_pdf_archive.py that fails when
upstream mends it):

- it declares one variant a file. PDF/UA-1 beside PDF/A-3a takes one property more, and PDF/A wants
  a property that it does not know described (ISO 19005-3, 6.6.2.3), so does the one of the seal;
- it compresses the metadata, which archives must be able to find without a PDF reader;
- it lets viewers smooth pictures, which PDF/A forbids (ISO 19005-3, 6.2.8);
- it associates an attachment with the document twice;
- it leaves the file of the colour profile open, and Python warns;
- it ends each stream with a line feed. Where the last byte happens to be a carriage return,
  checkers take both for the end of line and count a byte too few (ISO 19005-3, 6.1.7.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

from markupsafe import escape

from briefgen.formats.seal import PROPERTY, UNSEALED

VARIANT: Final = "pdf/a-3a"
"""Of WeasyPrint's variants, the one that the file is written as."""
INTENT: Final = "sRGB"
"""Our name of the colour profile that the colours of the file are meant in."""
PROFILE: Final = "sRGB2014.icc"
"""The profile of the International Color Consortium, as WeasyPrint brings it."""
PLAIN_PIXELS: Final = "img, svg { image-rendering: crisp-edges }"
"""A rule against smoothed pictures."""
END: Final = b"</rdf:RDF>"
STREAM_END: Final = b"\nendstream"

UA: Final = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file meets</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>Seal of briefgen</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>urn:briefgen:seal#</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>briefgen</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>seal</pdfaProperty:name>\
<pdfaProperty:valueType>Text</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Hash of the file before this took its place\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""The property of PDF/UA-1 (ISO 14289-1, 5), and descriptions of it and of our own."""

SEAL: Final = f"""\
<rdf:Description rdf:about="" xmlns:briefgen="urn:briefgen:seal#">\
<{PROPERTY}>{UNSEALED}</{PROPERTY}></rdf:Description>
"""
"""Room for the seal: this is the one part of the file that is written as it reads."""

LANGUAGE: Final = """\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language></rdf:Description>
"""


def declare_both(rendered: Any) -> None:
    """Have a document of WeasyPrint's declare PDF/UA-1 beside the variant that it is written as."""
    from weasyprint.document import DocumentMetadata

    class Metadata(DocumentMetadata):  # type: ignore[misc]
        """WeasyPrint's metadata, with PDF/UA-1 and the language."""

        def include_in_pdf(self, *args: Any) -> None:
            *others, _compress = args
            super().include_in_pdf(*others, compress=False)

        def generate_rdf_metadata(self, *args: Any) -> bytes:
            packet: bytes = super().generate_rdf_metadata(*args)
            more = UA + SEAL + (LANGUAGE.format(escape(self.lang)) if self.lang else "")
            return packet.replace(END, b"\n" + more.encode() + END)

    rendered.metadata = Metadata(**vars(rendered.metadata))


def associate_once(_document: Any, pdf: Any) -> None:
    """A finisher for `write_pdf`: associates each attachment with the document once."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


@contextmanager
def clear_stream_ends() -> Iterator[None]:
    """While it lasts, streams are written with a carriage return and a line feed behind them."""
    import pydyf

    theirs = pydyf.Stream.data

    def data(stream: Any) -> bytes:
        written: bytes = theirs.fget(stream)
        return written.removesuffix(STREAM_END) + b"\r" + STREAM_END

    pydyf.Stream.data = property(data)
    try:
        yield
    finally:
        pydyf.Stream.data = theirs


def colour_profiles() -> dict[str, Any]:
    """The profile of the output intent by its name, for one document."""
    from weasyprint.css import ColorProfile

    profile = BytesIO((files("weasyprint.pdf") / PROFILE).read_bytes())
    components = (["r"], ["g"], ["b"])
    return {INTENT: ColorProfile(profile, PROFILE, "relative-colorimetric", components)}

"""What archives ask for: faults of WeasyPrint that are still there, and mended in our files."""

from __future__ import annotations

import gc
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from briefgen.formats.pdf import _own_environment
from briefgen.formats.pdf_archive import (
    INTENT,
    PLAIN_PIXELS,
    VARIANT,
    associate_once,
    clear_stream_ends,
    colour_profiles,
    declare_both,
)

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAE"
    "AAH2FzhVAAAAAElFTkSuQmCC"
)
HTML = f'<html lang="en-GB"><head><title>T & U</title></head><body><img alt="A dot" src="{DOT}">'


@pytest.fixture(scope="module", autouse=True)
def _environment() -> Iterator[None]:
    with _own_environment("2024"):
        yield


def attachment() -> Any:
    import weasyprint

    return weasyprint.Attachment(string=b"{}", name="a.json", relationship="Data")


@pytest.fixture(scope="module")
def theirs() -> bytes:
    import weasyprint

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        data = weasyprint.HTML(string=HTML).write_pdf(
            pdf_variant=VARIANT, attachments=[attachment()]
        )
        gc.collect()
    return bytes(data)


@pytest.fixture(scope="module")
def ours() -> bytes:
    import weasyprint

    html = HTML.replace("<head>", f"<head><style>{PLAIN_PIXELS}</style>")
    rendered = weasyprint.HTML(string=html).render(
        pdf_variant=VARIANT, output_intent=INTENT, color_profiles=colour_profiles()
    )
    declare_both(rendered)
    data = rendered.write_pdf(
        pdf_variant=VARIANT,
        output_intent=INTENT,
        attachments=[attachment()],
        finisher=associate_once,
    )
    return bytes(data)


def metadata(data: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as found:
        return dict(found)


def test_one_file_declares_both_standards(theirs: bytes, ours: bytes) -> None:
    assert "{http://www.aiim.org/pdfua/ns/id/}part" not in metadata(theirs)
    found = metadata(ours)
    assert found["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert found["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
    assert found["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"


def test_the_language_is_declared(ours: bytes) -> None:
    assert metadata(ours)["{http://purl.org/dc/elements/1.1/}language"] == {"en-GB"}


def test_the_metadata_can_be_read_without_unpacking(theirs: bytes, ours: bytes) -> None:
    assert b"<?xpacket begin" not in theirs
    assert b"<?xpacket begin" in ours
    assert b"T &amp; U" in ours


def smoothed(data: bytes) -> list[bool]:
    """For each picture, whether viewers may smooth it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawn = dict(pdf.pages[0].Resources.XObject).values()
        return [bool(picture.Interpolate) for picture in drawn]


def test_pictures_are_not_smoothed(theirs: bytes, ours: bytes) -> None:
    assert smoothed(theirs) == [True]
    assert smoothed(ours) == [False]


def test_an_attachment_is_associated_once(theirs: bytes, ours: bytes) -> None:
    def associated(data: bytes) -> int:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            root: Any = pdf.Root
            return len(root.AF)

    assert associated(theirs) == 2
    assert associated(ours) == 1


def test_the_colour_profile_is_closed_after_use() -> None:
    import weasyprint

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        weasyprint.HTML(string="<p>x").write_pdf(pdf_variant=VARIANT)
        gc.collect()
    assert any("sRGB2014.icc" in str(warning.message) for warning in caught)


def test_the_colours_have_a_profile(ours: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(ours))
    root: Any = pdf.Root
    [intent] = root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert str(intent.OutputConditionIdentifier) == "IEC 61966-2-1 Default RGB Colour Space - sRGB"
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_an_independent_checker_tells_the_two_apart(theirs: bytes, ours: bytes) -> None:
    profile = page.ValidationProfile.PDF_A_3A

    assert page.validate_pdf_bytes(theirs, profile=profile).failures
    assert page.validate_pdf_bytes(ours, profile=profile).failures == []


def test_the_profile_is_the_one_that_weasyprint_brings() -> None:
    from weasyprint import pdf

    assert (Path(pdf.__file__).parent / "sRGB2014.icc").is_file()
    assert set(colour_profiles()) == {INTENT}


def stream_that_ends_with_a_carriage_return() -> bytes:
    """A stream as it stands in a file."""
    import pydyf

    stream = pydyf.Stream([b"x\r"])
    data: bytes = stream.data
    return data


def test_weasyprint_ends_streams_with_a_line_feed_alone() -> None:
    assert stream_that_ends_with_a_carriage_return().endswith(b"x\r\nendstream")


def test_a_carriage_return_at_the_end_of_a_stream_is_not_taken_for_the_end_of_line() -> None:
    with clear_stream_ends():
        assert stream_that_ends_with_a_carriage_return().endswith(b"x\r\r\nendstream")
    assert stream_that_ends_with_a_carriage_return().endswith(b"x\r\nendstream")

"""The faces: there, whole, and of the styles that layouts use."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from briefgen.formats.fonts import (
    FAMILIES,
    STYLES,
    _is_usual,
    _is_visible,
    font_faces,
    font_file,
    font_folder,
    missing_characters,
)

FACES = [(family, style) for family in FAMILIES for style, _, _ in STYLES]
NEEDED = "aÀéñőūŌßłŽ–—‘’“”…§£€×·•0123456789\u00a0"


@pytest.mark.parametrize(("family", "style"), FACES)
def test_every_face_has_the_letters_of_our_texts(family: str, style: str) -> None:
    with TTFont(font_file(family, style), lazy=True) as font:
        missing = [char for char in NEEDED if ord(char) not in font.getBestCmap()]

    assert missing == []


@pytest.mark.parametrize(("family", "style"), FACES)
def test_every_face_is_static(family: str, style: str) -> None:
    with TTFont(font_file(family, style), lazy=True) as font:
        assert "fvar" not in font


def test_each_face_is_declared_once_with_its_address() -> None:
    css = font_faces()

    assert css.count("@font-face") == len(FACES)
    for family, style in FACES:
        path = font_file(family, style)
        assert path.is_file()
        assert css.count(f'url("{path.as_uri()}")') == 1


def test_a_family_that_no_dependency_carries_is_unknown() -> None:
    with pytest.raises(KeyError):
        font_folder("Comic Sans")


def test_the_faces_of_a_family_lie_in_one_folder() -> None:
    assert {path.parent for path in (font_file("Source Sans Pro", s) for s, _, _ in STYLES)} == {
        Path(font_folder("Source Sans Pro"))
    }


def test_characters_that_no_face_shows_are_found() -> None:
    assert missing_characters("Abe Shinzō, 🚌ש\u2060\u200b\u00ad\n – 🚌") == ["ש", "🚌"]
    assert missing_characters("Aé\u2060\u00a0– Ω Ж\n") == []


def test_the_extra_shows_japanese_chinese_and_korean() -> None:
    assert missing_characters("岸田文雄 コスモス 髙橋孝介 们 們 서울") == []


@pytest.mark.parametrize(("family", "style"), FACES)
def test_what_counts_as_usual_is_in_every_face(family: str, style: str) -> None:
    usual = [
        chr(code) for code in range(0x10000) if _is_usual(chr(code)) and _is_visible(chr(code))
    ]
    with TTFont(font_file(family, style), lazy=True) as font:
        missing = [char for char in usual if ord(char) not in font.getBestCmap()]

    assert len(usual) > 200
    assert missing == []

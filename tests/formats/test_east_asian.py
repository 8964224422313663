"""East Asian faces: static, small, in two weights, and only where a document needs them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.model import Document
from briefgen.edition.tailor import tailor
from briefgen.formats import east_asian
from briefgen.formats.east_asian import (
    face_rules,
    faces_for,
    has_glyph,
    texts_by_language,
    variable_font,
)
from briefgen.formats.html import serialise
from briefgen.formats.pdf import render_pdf
from briefgen.formats.print_tree import print_tree
from briefgen.resources import shipped

PRINT = (shipped("templates") / "policy-brief" / "print.css").read_text("utf-8")
Edit = Callable[[str, str, str], None]


def composed(project: Path) -> Document:
    loaded = load_project(project)
    target = find_targets(loaded, ["overview"])[0]
    return Engine(loaded).compose(tailor(target.dossier.dossier, target.edition, "full"))


# --- The faces ----------------------------------------------------------------


def test_the_faces_are_static_and_hold_the_characters_asked_for() -> None:
    faces = faces_for({"ja": "岸田コ", "ko": "서"})

    assert [(face.family, face.weight) for face in faces] == [
        ("Noto Sans JP", 400),
        ("Noto Sans JP", 600),
        ("Noto Sans KR", 400),
        ("Noto Sans KR", 600),
    ]
    for face in faces:
        font = TTFont(BytesIO(face.data))
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == face.weight
        letters = {chr(code) for code in font.getBestCmap()} - {" ", "\u00a0", "\u2060"}
        assert letters == set("岸田コ" if face.language == "ja" else "서")


def test_the_two_weights_are_drawn_differently() -> None:
    regular, semibold = (TTFont(BytesIO(face.data)) for face in faces_for({"ja": "岸"}))
    name = regular.getBestCmap()[ord("岸")]

    assert regular["glyf"][name] != semibold["glyf"][name]


def test_han_characters_are_as_wide_as_figures_reckon() -> None:
    for text in ("岸", "コ", "髙"):
        font = TTFont(BytesIO(faces_for({"ja": text})[0].data))
        advance = font["hmtx"][font.getBestCmap()[ord(text)]][0]
        assert advance == font["head"].unitsPerEm


def test_the_same_characters_give_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib; from briefgen.formats.east_asian import faces_for;"
        "print(*(hashlib.sha256(f.data).hexdigest() for f in faces_for({'ja': '岸田'})))"
    )
    command = [sys.executable, "-c", program]
    first, second = (subprocess.run(command, check=True, capture_output=True) for _ in range(2))

    assert first.stdout == second.stdout
    assert len(first.stdout.split()) == 2


def test_without_the_extra_there_are_no_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(east_asian, "PACKAGE", "no_such_package")
    east_asian._characters.cache_clear()
    east_asian._faces.cache_clear()

    try:
        assert variable_font("ja") is None
        assert not has_glyph("岸")
        assert faces_for({"ja": "岸"}) == ()
    finally:
        east_asian._characters.cache_clear()
        east_asian._faces.cache_clear()


# --- Which of them a document needs -------------------------------------------


def test_characters_are_gathered_by_the_language_round_them() -> None:
    tree = etree.fromstring(
        '<html lang="en-GB"><p><span lang="ja">岸田</span> <b lang="zh-TW">北</b> '
        '<i lang="zh">京</i> 서</p></html>'
    )

    assert texts_by_language(tree, ["コ"]) == {
        "ja": "コ岸田",
        "ko": "서",
        "zh-Hans": "京",
        "zh-Hant": "北",
    }


def test_a_document_without_such_characters_asks_for_no_face(bus_lanes: Path) -> None:
    document = composed(bus_lanes)

    assert texts_by_language(document.tree) == {}
    assert face_rules((), "a", "b") == ""
    assert "Noto" not in serialise(print_tree(document, ""))


# --- On the page --------------------------------------------------------------


def test_a_pdf_shows_japanese_names_in_both_weights_with_their_language(
    bus_lanes: Path, edit: Edit
) -> None:
    edit("editions/overview.yaml", "Trade is disputed.", "岸田 disputes it.")
    edit("editions/overview.yaml", "Holm holds", "*髙橋* Holm holds")

    data = render_pdf(composed(bus_lanes), PRINT)

    pdf = pikepdf.open(BytesIO(data))
    fonts = {
        re.sub(r"^/\w+\+", "", str(obj.BaseFont))
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and "/BaseFont" in obj
    }
    assert {"Noto-Sans-JP", "Noto-Sans-JP-Semi-Bold"} <= fonts
    assert not any("Thin" in font for font in fonts)
    html = serialise(print_tree(composed(bus_lanes), ""))
    assert '<span lang="ja">岸田</span>' in html
    assert '<em><span lang="ja">髙橋</span></em>' in html

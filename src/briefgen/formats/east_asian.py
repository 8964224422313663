"""East Asian faces: static subsets, cut from the variable fonts of the extra `cjk`.

WeasyPrint 70 takes a variable font in its default weight, which for Noto Sans is thin.
So the characters of one document are cut out first, and their weights made from what is left:
a few kilobytes, where an instance of the whole font takes seconds. A document without such
characters asks for nothing here.

Source of the fonts: the package justmytype-intl-cjk (SIL Open Font License 1.1).
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from briefgen.document.languages import east_asian_runs
from briefgen.dossier.base import HanLanguage

PACKAGE = "justmytype_intl_cjk"
EXTRA = "pip install 'briefgen[cjk]'"
FAMILIES: dict[HanLanguage, tuple[str, str]] = {
    "ja": ("Noto Sans JP", "NotoSansJP"),
    "ko": ("Noto Sans KR", "NotoSansKR"),
    "zh-Hans": ("Noto Sans SC", "NotoSansSC"),
    "zh-Hant": ("Noto Sans TC", "NotoSansTC"),
}
"""For each language: the family that draws its forms, and the stem of its file."""
WEIGHTS = ((400, "Regular"), (600, "SemiBold"))
"""CSS weights of the layouts, as our static faces have them."""

SPACES = " \u00a0\u2060"
"""Pango draws a space behind a run in the run's own face."""


@dataclass(frozen=True)
class Face:
    """One weight of a family, with the characters of one document only."""

    language: HanLanguage
    family: str
    weight: int
    data: bytes
    """A static TrueType file; the same for the same characters."""


def variable_font(language: HanLanguage) -> Path | None:
    """The variable font for a language, or None where the extra `cjk` is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    stem = FAMILIES[language][1]
    path = Path(spec.origin).parent / "fonts" / "ofl" / stem.lower() / f"{stem}[wght].ttf"
    return path if path.is_file() else None


def has_glyph(char: str) -> bool:
    """Whether a face of the extra, as it is installed here, draws the character."""
    return any(ord(char) in _characters(language) for language in FAMILIES)


@lru_cache(maxsize=4)
def _characters(language: HanLanguage) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    path = variable_font(language)
    if path is None:
        return frozenset()
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def texts_by_language(tree: etree._Element, others: Iterable[str] = ()) -> dict[HanLanguage, str]:
    """The East Asian characters of a document by language, in order; none for most documents.

    `others` are texts that stand outside the tree, such as the running head's.
    """
    found: dict[HanLanguage, set[str]] = defaultdict(set)
    for element in tree.iter(etree.Element):
        for text, owner in ((element.text, element), (element.tail, element.getparent())):
            for language, run in east_asian_runs(text or "", nearest_language(owner)):
                found[language] |= set(run)
    for text in others:
        for language, run in east_asian_runs(text):
            found[language] |= set(run)
    return {
        language: "".join(sorted(found[language])) for language in FAMILIES if language in found
    }


def nearest_language(element: etree._Element | None) -> HanLanguage:
    """The East Asian language around a text; Japanese where none is said."""
    while element is not None:
        language = element.get("lang") or ""
        if language in FAMILIES:
            return language
        if language.startswith("zh"):
            is_traditional = language.endswith(("TW", "HK", "MO"))
            return "zh-Hant" if is_traditional else "zh-Hans"
        if language.startswith(("ja", "ko")):
            return "ja" if language.startswith("ja") else "ko"
        element = element.getparent()
    return "ja"


def faces_for(texts: dict[HanLanguage, str]) -> tuple[Face, ...]:
    """The faces that draw the characters, two weights for each language."""
    return tuple(face for language, text in texts.items() for face in _faces(language, text))


@lru_cache(maxsize=64)
def _faces(language: HanLanguage, text: str) -> tuple[Face, ...]:
    path = variable_font(language)
    if path is None:
        return ()
    small = _subset(path, text)
    family = FAMILIES[language][0]
    return tuple(
        Face(language, family, weight, _instance(small, family, weight, style))
        for weight, style in WEIGHTS
    )


def _subset(path: Path, text: str) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text + SPACES)
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        subsetter.subset(font)
        return _saved(font)


def _instance(variable: bytes, family: str, weight: int, style: str) -> bytes:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(BytesIO(variable), recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    # The names of the file are those of its thin default.
    full, post_script = f"{family} {style}", f"{family.replace(' ', '')}-{style}"
    names = {1: full, 2: "Regular", 3: post_script, 4: full, 6: post_script, 16: family, 17: style}
    font["name"].names = []
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    return _saved(font)


def _saved(font: Any) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def face_rules(faces: Iterable[Face], text: str, heading: str) -> str:
    """CSS with the faces inside: each family stands behind the layout's `text` and `heading`.

    A passage in one of the languages takes that language's form first. Slanted Han characters
    are no form of emphasis, so they stay upright.
    """
    faces = tuple(faces)
    if not faces:
        return ""
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: '
        f'url("data:font/ttf;base64,{base64.b64encode(face.data).decode()}") }}'
        for face in faces
    ]
    families = {face.language: f'"{face.family}"' for face in faces}
    stack = ", ".join(families.values())
    rules.append(
        f':root {{ --text-font: "{text}", {stack}, serif; '
        f'--heading-font: "{heading}", {stack}, sans-serif }}'
    )
    for language, family in families.items():
        rules.append(
            f'[lang="{language}"] {{ font-family: {family}, "{heading}"; font-style: normal }}'
        )
    return "\n".join(rules)

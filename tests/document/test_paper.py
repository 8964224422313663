"""Paper: what changes on Letter so that the page budgets hold there too."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.document.layout import layout_names, load_layout
from briefgen.document.theme import PAGE_SIZES, TYPE_ON, Theme
from briefgen.resources import shipped

FOLDERS = [(shipped("templates"), Path("templates"))]
THEMES = [load_layout(name, FOLDERS).theme for name in layout_names(FOLDERS)]


def text_area(theme: Theme) -> float:
    margins = theme.page.margins
    return theme.page.text_width * (PAGE_SIZES[theme.page.size][1] - margins.top - margins.bottom)


@pytest.mark.parametrize("theme", THEMES)
def test_the_text_block_keeps_its_area_on_letter(theme: Theme) -> None:
    letter = theme.on_paper("Letter")

    assert letter.page.size == "Letter"
    assert text_area(letter) == pytest.approx(text_area(theme), rel=0.001)
    assert letter.page.margins.top < theme.page.margins.top
    assert letter.type["body"].size == pytest.approx(theme.type["body"].size * TYPE_ON["Letter"])


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_changes_on_the_themes_own_a4(theme: Theme) -> None:
    assert theme.page.size == "A4"
    assert theme.on_paper(None) == theme.on_paper("A4") == theme


def test_a_theme_on_letter_looks_like_an_edition_on_letter() -> None:
    own = THEMES[0].model_copy(
        update={"page": THEMES[0].page.model_copy(update={"size": "Letter"})}
    )

    assert own.on_paper(None) == THEMES[0].on_paper("Letter")

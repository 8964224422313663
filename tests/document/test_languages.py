"""The languages of East Asian words, in prose, labels and behind drawings."""

from __future__ import annotations

import pytest
from lxml import etree

from briefgen.document.languages import east_asian_runs, language_of, mark_languages
from briefgen.dossier.base import HanLanguage

SVG = 'xmlns="http://www.w3.org/2000/svg"'


def marked(body: str, han: HanLanguage = "ja") -> str:
    tree = etree.fromstring(f"<html lang='en-GB'><body>{body}</body></html>")
    mark_languages(tree, han)
    return (
        str(etree.tostring(tree[0], encoding="unicode"))
        .removeprefix("<body>")
        .removesuffix("</body>")
    )


@pytest.mark.parametrize(
    ("run", "language"),
    [("コスモス", "ja"), ("市場通り", "ja"), ("서울", "ko"), ("ㄅㄆ", "zh-Hant"), ("岸田", "ja")],
)
def test_the_script_tells_the_language(run: str, language: str) -> None:
    assert language_of(run) == language


def test_han_characters_alone_are_in_the_language_that_the_dossier_says() -> None:
    assert language_of("北京", "zh-Hans") == "zh-Hans"
    assert language_of("すし", "zh-Hans") == "ja"


def test_a_run_takes_its_own_punctuation_and_nothing_of_the_sentence() -> None:
    text = "He (髙橋、孝介) and “「岸田」さん” left; Ōno did not, nor did 서울 시장."

    assert [run for _, run in east_asian_runs(text)] == ["髙橋、孝介", "「岸田」さん", "서울 시장"]
    assert list(east_asian_runs("Ōno – “no”…")) == []


def test_each_run_stands_in_a_span_with_its_language() -> None:
    assert marked("<p>By 岸田 and <em>서울</em> or 北京.</p>") == (
        '<p>By <span lang="ja">岸田</span> and <em><span lang="ko">서울</span></em> or '
        '<span lang="ja">北京</span>.</p>'
    )


def test_text_in_an_east_asian_language_already_stays_as_it_is() -> None:
    body = '<p lang="zh-TW">北京 <em>北京</em> 北京</p>'

    assert marked(body) == body


def test_other_text_stays_as_it_is() -> None:
    assert marked("<p>Abe Shinzō – <em>“no”</em></p>") == "<p>Abe Shinzō – <em>“no”</em></p>"


def test_a_label_carries_the_language_itself() -> None:
    assert marked(f"<figure><svg {SVG}><text>By 岸田</text></svg> 서울</figure>") == (
        f'<figure><svg {SVG}><text lang="ja">By 岸田</text></svg> '
        '<span lang="ko">서울</span></figure>'
    )

"""Languages: East Asian words in a text of another language, marked with their own.

Readers' tools speak a passage in its language, and the same Han character is drawn in another
form in Japan than in China: each run carries its `lang` in every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from briefgen.document.vocabulary import SVG
from briefgen.dossier.base import HanLanguage

EAST_ASIAN = ("ja", "zh", "ko")

_KANA = r"\u3041-\u309f\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = r"\u1100-\u11ff\u3131-\u318e\uac00-\ud7af"
_BOPOMOFO = r"\u3105-\u312f\u31a0-\u31bf"
_HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LETTER = f"[{_KANA}{_HANGUL}{_BOPOMOFO}{_HAN}]"
_MARK = r"[\u3000-\u303f\uff01-\uff65]"
RUN = re.compile(f"{_MARK}*{LETTER}(?:{LETTER}|{_MARK}| (?=[{_HANGUL}]))*")
"""Letters of Chinese, Japanese and Korean with the punctuation between and around them."""
BY_SCRIPT: tuple[tuple[re.Pattern[str], HanLanguage], ...] = (
    (re.compile(f"[{_KANA}]"), "ja"),
    (re.compile(f"[{_HANGUL}]"), "ko"),
    (re.compile(f"[{_BOPOMOFO}]"), "zh-Hant"),
)
"""Scripts that one language alone writes (bopomofo is that of Taiwan)."""
PLAIN_TEXT_ONLY = ("title", "style", "meta", "abbr", "time")
"""Elements in whose text no other may stand, or whose text is one word."""


def language_of(run: str, han: HanLanguage = "ja") -> HanLanguage:
    """The language of a run: what its script says, and `han` where all of it is Han characters."""
    return next((language for script, language in BY_SCRIPT if script.search(run)), han)


def east_asian_runs(text: str, han: HanLanguage = "ja") -> Iterator[tuple[HanLanguage, str]]:
    """The East Asian runs of a text, each with its language."""
    if not text.isascii():
        for match in RUN.finditer(text):
            yield language_of(match[0], han), match[0]


def mark_languages(tree: etree._Element, han: HanLanguage) -> None:
    """Put each East Asian run of the body into a `span` with its `lang`.

    Labels of drawings get it on the label itself. Where an East Asian language is set already,
    nothing changes.
    """
    body = tree.find("body")
    if body is None:
        return
    for element in list(body.iter(etree.Element)):
        if str(element.tag).startswith(SVG):
            _mark_label(element, han)
        elif not _is_marked(element):
            if element.tag not in PLAIN_TEXT_ONLY:
                _mark_text(element, han)
            else:
                _mark_label(element, han)
        parent = element.getparent()
        # What stands behind a drawing is text of the page.
        if parent is not None and element is not body and not _is_marked(parent):
            _mark_tail(element, parent, han)


def _is_marked(element: etree._Element) -> bool:
    around = (element, *element.iterancestors())
    language = next(filter(None, (one.get("lang") for one in around)), "")
    return language.split("-")[0] in EAST_ASIAN


def _mark_label(element: etree._Element, han: HanLanguage) -> None:
    language = next(east_asian_runs(element.text or "", han), None)
    if language and not element.get("lang"):
        element.set("lang", language[0])


def _mark_text(element: etree._Element, han: HanLanguage) -> None:
    before, spans = _spans(element.text, han)
    if spans:
        element.text = before
        element[:0] = spans


def _mark_tail(element: etree._Element, parent: etree._Element, han: HanLanguage) -> None:
    if str(parent.tag).startswith(SVG):
        return
    before, spans = _spans(element.tail, han)
    if spans:
        element.tail = before
        at = parent.index(element) + 1
        parent[at:at] = spans


def _spans(text: str | None, han: HanLanguage) -> tuple[str, list[etree._Element]]:
    """The text before the first run, and a span for each run with what follows it as its tail."""
    if not text or text.isascii():
        return text or "", []
    spans: list[etree._Element] = []
    matches = list(RUN.finditer(text))
    if not matches:
        return text, []
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=True):
        span = etree.Element("span", {"lang": str(language_of(match[0], han))})
        span.text, span.tail = match[0], text[match.end() : end]
        spans.append(span)
    return text[: matches[0].start()], spans

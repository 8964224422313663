"""Typography: no short word alone on the last line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefgen.formats.typography import (
    bind_last_words,
    keep_leads,
    keep_names_and_dates,
    keep_words_whole,
    let_long_words_break,
)

MARK = '<span class="footnote">A note of many words.</span>'


def bound(html: str) -> str:
    tree = etree.fromstring(f"<body>{html}</body>")
    bind_last_words(tree)
    text = etree.tostring(tree, encoding="unicode")
    return text.removeprefix("<body>").removesuffix("</body>").replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One two three four five six.</p>", "<p>One two three four~five~six.</p>"),
        (
            f"<p><span>One two three four five six.{MARK}</span></p>",
            f"<p><span>One two three four~five~six.{MARK}</span></p>",
        ),
        (
            "<p>One two three four <em>five six.</em></p>",
            "<p>One two three four~<em>five~six.</em></p>",
        ),
        (
            "<p>One two three four five <em>six.</em></p>",
            "<p>One two three four~five~<em>six.</em></p>",
        ),
        ("<p>One two three calls for it.</p>", "<p>One two three calls~for~it.</p>"),
        ("<p>One two three four for it</p>", "<p>One two three four~for~it</p>"),
        ("<p>One two three <em>four</em> for it</p>", "<p>One two three <em>four</em>~for~it</p>"),
        ("<li>One two three four five six</li>", "<li>One two three four~five~six</li>"),
        ("<p>One two three four or mid-year.</p>", "<p>One two three four or~mid-\u2060year.</p>"),
        ("<dd>2024; nothing later was read</dd>", "<dd>2024; nothing later~was~read</dd>"),
        ("<th>Keep these two apart in name</th>", "<th>Keep these two apart~in~name</th>"),
    ],
)
def test_a_short_last_word_is_tied_to_the_one_before(html: str, expected: str) -> None:
    assert bound(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>Two words</p>",
        "<dd>One two three four</dd>",
        "<p>One two three four five multidimensional.</p>",
        "<td>One two three four five six</td>",
        f"<p>{MARK}</p>",
    ],
)
def test_few_words_long_words_and_cells_stay_as_they_are(html: str) -> None:
    assert bound(html) == html


@given(st.lists(st.text("ab c", min_size=1), min_size=1, max_size=4))
def test_the_words_stay_the_same(texts: list[str]) -> None:
    html = "<p>" + "".join(f"<em>{text}</em> " for text in texts) + "</p>"

    assert bound(html).replace("~", " ") == html


@pytest.mark.parametrize(
    ("html", "breaks"),
    [
        (f"<p>a {'w' * 31} b</p>", True),
        (f"<p>a <em>{'w' * 31}</em> b</p>", True),
        (f"<p>a {'w' * 30} b</p>", False),
        (f"<td>{'w' * 15}</td>", True),
        (f"<td>{'w' * 14}</td>", False),
        (f"<h1>{'w' * 21}</h1>", True),
    ],
)
def test_only_words_that_may_be_too_wide_break_anywhere(html: str, *, breaks: bool) -> None:
    tree = etree.fromstring(f"<body>{html}</body>")

    let_long_words_break(tree)

    assert ("break-word" in (tree[0].get("style") or "")) == breaks


def kept_whole(html: str) -> list[str | None]:
    tree = etree.fromstring(f"<body>{html}</body>")
    text = "".join(map(str, tree.itertext()))
    keep_words_whole(tree)
    assert "".join(map(str, tree.itertext())) == text
    return [span.text for span in tree.iter("span") if span.get("style") == "hyphens: manual"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>So Takahashi of Afghanistan wrote.</p>", ["Takahashi", "Afghanistan"]),
        (f"<p>What drives the partnership.{MARK} </p>", ["partnership"]),
        ("<p>One <em>Takahashi</em> wrote, and Kishida\u2019s partnership.</p>",
         ["Takahashi", "partnership"]),
        ("<figcaption>Effort is our judgement.</figcaption>", ["judgement"]),
    ],
)  # fmt: skip
def test_names_and_the_last_word_of_a_paragraph_are_not_hyphenated(
    html: str, expected: list[str]
) -> None:
    assert kept_whole(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>A partnership of some years.</p>",
        f"<p>Abe spoke.{MARK}</p>",
        "<td>What Takahashi holds of the partnership</td>",
    ],
)
def test_other_words_may_be_hyphenated_as_before(html: str) -> None:
    assert kept_whole(html) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Md. Harun or-Rashid</p>", "<p>Md. Harun or-~Rashid</p>"),
        ("<p>(12 July 2022)</p>", "<p>(12_July 2022)</p>"),
        ("<td>1. Or-Rashid</td>", "<td>1. Or-~Rashid</td>"),
        ("<p>Japan-NATO, F-35, 12 years</p>", "<p>Japan-NATO, F-35, 12 years</p>"),
    ],
)
def test_a_line_ends_neither_behind_the_or_of_a_name_nor_behind_a_day(
    html: str, expected: str
) -> None:
    tree = etree.fromstring(html)
    keep_names_and_dates(tree)

    text = etree.tostring(tree, encoding="unicode")
    assert text.replace("\u2060", "~").replace("\u00a0", "_") == expected


@pytest.mark.parametrize(
    ("html", "keeps"),
    [
        ("<p>We advise:</p><ul><li>One.</li></ul>", True),
        ("<li><p>We advise:</p><ol><li>One.</li></ol></li>", True),
        ("<p>A remark.</p><p>Another.</p>", False),
        ("<ul><li>One.</li></ul><p>Behind it.</p>", False),
    ],
)
def test_a_paragraph_keeps_with_the_list_that_it_leads_into(html: str, *, keeps: bool) -> None:
    tree = etree.fromstring(f"<body>{html}</body>")

    keep_leads(tree)

    assert next(p.get("style") for p in tree.iter("p")) == ("break-after: avoid" if keeps else None)

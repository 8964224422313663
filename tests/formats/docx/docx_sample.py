"""A document with everything in it that the vocabulary has; all facts and people are invented."""

# ruff: noqa: E501 - the markup reads better in long lines

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from lxml import etree

from briefgen.document.layout import Layout, load_layout
from briefgen.document.model import Document
from briefgen.document.theme import Theme
from briefgen.formats.docx.word_style import WordStyle, load_word_style

LAYOUT = Path(__file__).parents[3] / "templates" / "policy-brief"

SVG = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 158 27" role="img">
<title>Four steps of the harbour league, 2011 to 2026</title>
<desc>A line of time with three points, one open circle and one bar.</desc>
<g font-family="Source Sans Pro" font-size="2.95" fill="#1f2326">
<line x1="0" y1="13" x2="158" y2="13" stroke="#c9cfd2" stroke-width=".4"/>
<g fill="#1d4f5c"><circle cx="4" cy="13" r="1.4"/><circle cx="16" cy="13" r="1.4"/>
<circle cx="84" cy="13" r="1.4"/><rect x="119" y="11.6" width="36" height="2.8" rx="1.4"/></g>
<circle cx="117" cy="13" r="1.3" fill="#fff" stroke="#a1462e" stroke-width=".6"/>
<g font-weight="600"><text x="2.6" y="20">2011</text><text x="14.6" y="4">2012</text>
<text x="82.6" y="20">2019</text><text x="115.6" y="4">2023 to 2026</text>
<text x="115.6" y="20" fill="#a1462e">2023</text></g>
<text x="2.6" y="24">Letter of intent</text><text x="14.6" y="8">First plan</text>
<text x="82.6" y="24">Renewed, nine fields</text><text x="115.6" y="8">Second plan, 16 tasks</text>
<text x="115.6" y="24" fill="#a1462e">Joint office stalls</text></g></svg>
"""


def _note(number: int) -> str:
    return (
        f'<span class="footnote" data-claims="claim-{number}">Ada Nilsen, ‘Harbours and Treaties, '
        f"part {number}’, <em>Review of Northern Ports</em> {number}/2024, "
        f'<a href="https://example.org/ports/{number}?a=1&amp;b=2">example.org/ports/{number}</a>.</span>'
    )


def _ledger_rows() -> str:
    return "\n".join(
        f'<tr><th scope="row">Exercise {number}</th><td>20{number:02}</td>'
        f"<td>{number * 3} ships</td><td>Search and rescue in sector {number}, with a review "
        f"by both staffs in the spring of the year after</td></tr>"
        for number in range(1, 27)
    )


BODY = f"""
<header class="cover">
  <p class="series">The harbour league <span>Island edition</span></p>
  <h1>Open harbours first</h1>
  <p class="subtitle">What a deeper league changes for the islands</p>
  <dl class="control">
    <div><dt>For</dt><dd>Planners of the island ministry</dd></div>
    <div><dt>Evidence to</dt><dd><time datetime="2024">2024</time></dd></div>
    <div><dt>Issued</dt><dd>November 2026, version 1.0</dd></div>
    <div><dt>Stance</dt><dd>Written from the islands’ interests; the case against is included</dd></div>
    <div><dt>Reference</dt><dd>HL-2026-07</dd></div>
    <div><dt>Status</dt><dd>For comment</dd></div>
    <div><dt>Handling</dt><dd>Open</dd></div>
    <div><dt>Contact</dt><dd><a href="https://example.org/contact">example.org/contact</a></dd></div>
    <div><dt>Rights</dt><dd>CC BY 4.0</dd></div>
  </dl>
</header>

<section class="bottom-line" id="bottom-line">
<p class="question">What does a deeper league change for the islands?</p>
<p data-field="edition/island/bottom_line#1">The islands gain more from shaping the practical end of
the league than from standing apart. Harbour watch, relief and pilotage can be joined task by task,
with no step towards a common fleet. The political end would cost them the distance that they keep
from both shores.</p>
</section>

<section id="messages">
<h2>Key messages</h2>
<ol class="messages">
<li><strong>The meeting place is south of the strait.</strong> The most that the islands can expect is
help with pilots and buoys; a common patrol is out of reach.{_note(1)}</li>
<li><strong>Others will bring the fleet into it.</strong> One observer sees room for both; the eastern
shore already calls the league a <q>navy in <q>plain clothes</q></q>.{_note(2)}</li>
<li><strong>Fisheries set the limit.</strong> The mainland closed its grounds; the islands did not.
Whatever is built must work across that gap.</li>
</ol>
</section>

<nav class="toc" id="contents"><h2>Contents</h2>
<ol>
<li><a href="#built">What is being built</a></li>
<li><a href="#interest">Where the islands’ interest lies</a>
  <ol><li><a href="#watch">Harbour watch</a></li><li><a href="#pilots">Pilots</a></li></ol></li>
<li><a href="#do">What the ministry can do</a></li>
<li><a href="#against">The case against</a></li>
<li><a href="#annex">Annex</a></li>
</ol></nav>

<section id="built">
<h2>What is being built</h2>
<p>The league signed its first plan in 2012, renewed it in 2019 with nine fields, and replaced it in
2023 with one that runs to 2026 and sets 16 tasks.{_note(3)} A joint office, expected in May, stalled
within two months. <span class="generated">See </span><a class="ref" href="#figure-steps">Figure 1</a>
and <a class="ref" href="#pilots">the part on pilots</a>. The <abbr title="Harbour League">HL</abbr>
calls this <em>steady</em> work; H<sub>2</sub>O and the 2<sup>nd</sup> plan aside, the Japanese
partner says <span lang="ja">港湾</span> and the French one <span lang="fr">port franc</span>.</p>
<figure id="figure-steps">
{SVG}
<figcaption>Figure 1. From letter to second plan. Open circle: announced, not carried out.</figcaption>
</figure>
<p>The breadth is real; the weight is not yet.{_note(4)} Three things<br/>are missing:</p>
<ul>
<li>a budget that outlives a year;</li>
<li>staff who speak both languages:
  <ul><li>for the watch,</li><li>for the courts;</li></ul></li>
<li><p>a rule on who may close a harbour.</p><p>Without one, each side will close its own.</p></li>
</ul>
<p>In this order:</p>
<ol><li>write the rule;{_note(5)}</li><li>name the staff:
  <ol><li>watch officers first,</li><li>lawyers next;</li></ol></li><li>vote the budget.</li></ol>
<p>And for the courts:</p>
<ol><li>choose a seat;</li><li>choose a language.</li></ol>
<blockquote cite="https://example.org/speech"><p>A harbour that is open to one is open to none.</p></blockquote>
</section>

<section id="interest">
<h2>Where the islands’ interest lies</h2>
<section id="watch">
<h3>Harbour watch</h3>
<p class="sowhat">The first work that the islands could join, and the cheapest to leave.</p>
<p>Storms sent ships round the cape and raised costs by a reported 40 to 60 per cent.{_note(6)} Both
shores depend on these lanes, and a shared picture of them is among the first trials proposed,
beside search and rescue.{_note(7)} None of these needs a treaty.</p>
<h4>Radar</h4>
<p>Two stations are enough.{_note(8)} A third would cover<!-- a comment --> the strait.{_note(9)}</p>
</section>
<section id="pilots">
<h3>Pilots</h3>
<p class="sowhat">Follow it from the guild’s side; the sources name no island part.</p>
<p>Licences and <strong>night <em>pilotage</em></strong> head the list.{_note(10)}</p>
<p class="particulars"><strong>Who:</strong> the guild, within a year.</p>
<aside class="note" id="note-licences"><p>Licences are issued by each port; the plan does not change
that.</p></aside>
<aside class="caveat"><p>Only one source speaks of night pilotage, and it is three years
old.{_note(11)}</p></aside>
</section>
</section>

<section id="do">
<h2>What the ministry can do</h2>
<table class="recommendations" id="table-do"><caption>Table 1. Recommendations, nearest first</caption>
<thead><tr><th scope="col">Do</th><th scope="col">Who</th><th scope="col">When</th>
<th scope="col">First step</th></tr></thead>
<tbody>
<tr><th scope="row">Set the agenda before others do: rescue, relief, watch</th>
<td>Ministry, with the guild</td><td>Within a year</td><td>A working paper for the next harbour
meeting</td></tr>
<tr><th scope="row">Keep league and fleet apart in name, together in <em>practice</em></th><td>Ministry</td>
<td>Standing</td><td>Agreed language before each summit</td></tr>
<tr><th scope="row">Put on record which access rights exist</th><td>Coast guard</td><td>Now</td>
<td>Publish the list; one source names a right that another does not{_note(12)}</td></tr>
</tbody></table>
<p>The order of <a class="ref" href="#table-do">Table 1</a> follows cost, not weight.</p>
</section>

<aside class="box case" id="against"><h2>The case against</h2>
<p>A quiet role may not stay quiet.{_note(13)} The eastern shore condemned the mere presence of
observers at a summit, and a careful reading of the first plan warns of pushing it into a
counterweight. On this view the cheapest course is to lend nothing.</p>
<ul><li>The watch can be read as a patrol.</li><li>Pilots report to their guild, and the guild has
members on both shores, so that no secret lasts.</li></ul>
<p><strong>Weakness of this edition.</strong> It says little of the mainland.</p></aside>

<aside class="disclosure" id="left-out"><p><strong>Left out.</strong> Of 24 fields this edition uses
6. The weightiest omissions are customs and cables, where the sources name no island part.</p></aside>

<aside class="box" id="method"><h3>How this was made</h3><p>Each sentence rests on a passage of a
source; judgements are marked as such.</p><ol><li>Read.</li><li>Check.</li></ol></aside>

<section id="annex">
<h2>Annex</h2>
<table class="data" id="table-exercises"><caption>Table 2. Exercises since the first plan</caption>
<thead><tr><th scope="col">Exercise</th><th scope="col">Year</th><th scope="col">Size</th>
<th scope="col">What was tried</th></tr></thead>
<tbody>
{_ledger_rows()}
</tbody></table>
<h3>Abbreviations</h3>
<section class="numbered"><h2>In numbers</h2>
<ol class="paragraphs" start="1"><li><p>A paragraph with its number.</p></li></ol>
<table class="steps" id="table-steps"><caption>Table 3. First steps</caption>
<thead><tr><th scope="col">Step</th><th scope="col">Who</th><th scope="col">When</th></tr></thead>
<tbody><tr><th scope="row">Sound a harbour</th><td>League</td><td>Now</td></tr></tbody></table>
<dl class="memo"><div><dt>To</dt><dd>The harbour master</dd></div></dl>
<ol class="paragraphs" start="2"><li><p>And the next one.</p></li></ol>
</section>
<dl class="abbreviations">
<div><dt>HL</dt><dd>Harbour League</dd></div>
<div><dt>SAR</dt><dd>search and rescue, <q>the quiet service</q></dd></div>
</dl>
<h3>Sources</h3>
<ul class="sources">
<li>Nilsen, Ada. ‘Harbours and Treaties’. <cite>Review of Northern Ports</cite>, 2024. Writes for
pilots and for those who license them, in a trade paper of long standing.{_note(14)}</li>
<li id="source-okoro">Okoro, Ben. <cite>The Price of Storms</cite>. Lagos Harbour Press, 2021.{_note(15)}</li>
</ul>
</section>

<section class="annex" id="evidence">
<h2>Evidence</h2>
<p>Each claim with the words that it rests on.</p>
<table class="evidence">
<caption>Claims</caption>
<thead><tr><th scope="col">No.</th><th scope="col">Claim</th><th scope="col">What the sources say</th></tr></thead>
<tbody>
<tr id="claim-storms"><th scope="row">1</th><td><p>Storms cost the league 40 days a year.</p><p><em>Fact, 2021</em></p></td><td><p>‘forty days lost to weather’, <a class="ref" href="#source-okoro">Okoro, <cite>Price of Storms</cite></a></p><p><strong>Against:</strong> ‘no more than thirty’, Nilsen</p></td></tr>
<tr id="claim-pays"><th scope="row">2</th><td><p>A joint pilot pays.</p><p><em>Judgement, 2024</em></p></td><td><p>Our inference from <a class="ref" href="#claim-storms">1</a>: fewer days are lost.</p></td></tr>
</tbody>
</table>
</section>
"""


def document_of(body: str, **changes: str | None) -> Document:
    """A document with this body and the sample's properties."""
    tree = etree.fromstring(
        f'<html lang="en-GB"><head><title>Open harbours first</title></head><body>{body}</body></html>'
    )
    properties: dict[str, str | None] = {
        "language": "en-GB",
        "length": "full",
        "title": "Open harbours first",
        "subject": "What a deeper league changes for the islands",
        "author": "Island desk",
        "series": "The harbour league",
        "edition_label": "Island edition",
        "version": "1.0",
        "issued": "2026-11",
        "issued_words": "November 2026",
        "status": "for-comment",
        "handling": "Open",
        **changes,
    }
    return Document(tree=tree, keywords=("harbours", "league"), theme=theme(), **properties)  # type: ignore[arg-type]


def sample() -> Document:
    """The whole sample."""
    return document_of(BODY)


@lru_cache(maxsize=1)
def theme() -> Theme:
    """The theme that ships with the layout."""
    text = (LAYOUT / "theme.yaml").read_text("utf-8")
    return Theme.model_validate(yaml.safe_load(text))


@lru_cache(maxsize=1)
def word_style() -> WordStyle:
    """The Word style that ships with the layout."""
    return load_word_style(layout_in(LAYOUT.parent))


def layout_in(folder: Path) -> Layout:
    """The layout policy-brief in a folder of layouts."""
    return load_layout("policy-brief", [(folder, Path("templates"))])

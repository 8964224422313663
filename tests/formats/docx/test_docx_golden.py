"""A tiny document and every part of its Word file, as they were when somebody last looked."""

from __future__ import annotations

from pathlib import Path

from docx_opened import Opened
from docx_sample import document_of, word_style
from lxml import etree

from briefgen.formats.docx.render import render_docx

GOLDEN = Path(__file__).parent / "golden"
TINY = """
<header class="cover"><p class="series">Harbours <span>Island edition</span></p>
<h1>Open</h1></header>
<section id="one"><h2>One</h2>
<p>A harbour<span class="footnote">Nilsen, <em>Ports</em>.</span> is <strong>open</strong>; see
<a class="ref" href="#two">Table 1</a>.</p>
<table id="two"><caption>Table 1. Ports</caption>
<thead><tr><th scope="col">Port</th><th scope="col">Ships</th></tr></thead>
<tbody><tr><th scope="row">North</th><td>3</td></tr></tbody></table></section>
"""
PARSER = etree.XMLParser(remove_blank_text=True)


def test_every_part_is_as_recorded(update_golden: bool) -> None:  # noqa: FBT001 - a fixture
    parts = normalised_parts()
    if update_golden:
        record(parts)
    recorded = {
        path.relative_to(GOLDEN).as_posix(): path.read_text("utf-8")
        for path in sorted(GOLDEN.rglob("*"))
        if path.is_file()
    }

    assert sorted(parts) == sorted(recorded)
    for name, text in parts.items():
        assert text == recorded[name], name


def normalised_parts() -> dict[str, str]:
    """The parts, indented, each under a name that file systems like."""
    opened = Opened(render_docx(document_of(TINY), word_style()))
    return {
        name.replace("[Content_Types]", "Content_Types").replace(
            "_rels/.rels", "_rels/package.rels"
        ): etree.tostring(
            etree.fromstring(opened.raw[name], PARSER), pretty_print=True, encoding="unicode"
        )
        for name in opened.names
    }


def record(parts: dict[str, str]) -> None:
    for path in sorted(GOLDEN.rglob("*"), reverse=True):
        if path.is_file():
            path.unlink()
    for name, text in parts.items():
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

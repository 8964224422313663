"""The steps from a document to its HTML page.

1. notes      each mark becomes a button; the notes stand at the end
2. evidence   each claim once, behind the notes, with an id of its own
3. figures    colours that follow light and dark, data; cells know their heads; wide things scroll
4. links      records, figures, tables and messages link to themselves
5. frame      one `main`; contents that fold
6. head       styles, policy, description, ledger
7. seal       the hash of all that
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from briefgen.document.model import Document
from briefgen.formats.css import css_variables, refuse_addresses
from briefgen.formats.html.colours import screen_colours
from briefgen.formats.html.evidence import Telling, add_evidence
from briefgen.formats.html.figures import add_data, frame_wide, label_cells, recolour
from briefgen.formats.html.head import write_head
from briefgen.formats.html.links import add_links
from briefgen.formats.html.notes import collect_notes
from briefgen.formats.html.serialise import serialise
from briefgen.formats.html.words import words_of
from briefgen.formats.seal import sealed


def render_html(document: Document, screen_css: str, date: Callable[[str], str] = str) -> bytes:
    """The document as one HTML5 file in UTF-8; notes and evidence stand at its end.

    `date` puts an EDTF date into words.

    Raises:
        RefusedAddress: the styles ask for an outside address.
    """
    refuse_addresses(screen_css)
    tree = deepcopy(document.tree)
    body = tree.find("body")
    assert body is not None
    words = words_of(document.language)
    telling = Telling(document.ledger, words, date)
    collect_notes(body, telling)
    add_evidence(body, telling)
    recolour(body, document.theme)
    add_data(body, document.figures, words["data"])
    label_cells(body)
    frame_wide(body)
    add_links(body, words)
    _frame(body)
    css = css_variables(document.theme) + screen_colours(document.theme) + screen_css
    write_head(tree, document, css)
    return sealed(serialise(tree).encode())


def _frame(body: etree._Element) -> None:
    """All of the page in its main landmark, and the contents so that they fold."""
    main = etree.Element("main")
    main.text, main[:] = body.text, list(body)
    body.text = None
    body.append(main)
    for nav in main.iterfind(".//nav"):
        heading = nav.find("h2")
        if heading is None:
            continue
        nav.set("aria-label", "".join(map(str, heading.itertext())))
        fold = etree.Element("details", {"open": ""})
        summary = etree.SubElement(fold, "summary")
        fold.extend(list(nav))
        summary.append(heading)
        nav.append(fold)

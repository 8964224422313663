"""The annex of evidence: the claims that a document cites, with their passages.

Which claims are cited is known only when all other sections are written, so the page is written
twice; then, when the notes stand, the rows are ordered by first citation and numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from lxml import etree
from markupsafe import Markup, escape

from briefgen.document.citations import short_note
from briefgen.document.ledger_of import with_basis
from briefgen.document.locale import Locale
from briefgen.document.prose import render_plain, typeset, typeset_quote
from briefgen.dossier.evidence import Claim, Evidence
from briefgen.dossier.model import Dossier

ROW, SOURCE = "claim-", "source-"
"""Starts of the ids of a claim's row and of a source's entry in the list."""
CITED = re.compile(r'data-claims="([^"]*)"')


@dataclass(frozen=True)
class ClaimRow:
    """A claim as the annex shows it; for templates."""

    claim: Claim
    dossier: Dossier
    locale: Locale

    @property
    def id(self) -> str:
        """Id of the claim."""
        return self.claim.id

    @property
    def statement(self) -> Markup:
        """The statement, with its field."""
        return render_plain(self.claim.statement, f"claims/{self.claim.id}/statement")

    @property
    def kind(self) -> str:
        """Kind, date and, where it is not current, status, in words."""
        words = self.locale.evidence
        parts = [words[self.claim.kind], self.locale.date(self.claim.as_of)]
        if self.claim.status != "current":
            parts.append(words[self.claim.status])
        return typeset(", ".join(parts))

    @cached_property
    def passages(self) -> tuple[Markup, ...]:
        """Its passages, those of one source and role together; the role is said if they dissent."""
        grouped = groupby(self.claim.evidence, lambda e: (e.role, e.source, e.speaker))
        return tuple(self._passages(list(group)) for _, group in grouped)

    @property
    def why(self) -> Markup | None:
        """For a judgement: what it is inferred from, by links whose numbers are filled in later."""
        if not self.claim.basis:
            return None
        links = (
            Markup('<a class="ref" href="#{}{}"></a>').format(ROW, n) for n in self.claim.basis
        )
        basis = Markup(self.locale.enumerate([*links]))
        said = escape(self.locale.evidence["inferred"]).format(claims=basis)
        return said + (Markup(": {}").format(typeset(self.claim.why)) if self.claim.why else "")

    def _passages(self, evidence: list[Evidence]) -> Markup:
        first = evidence[0]
        source = self.dossier.sources[first.source]
        quotes = Markup("; ").join(Markup("‘{}’").format(typeset_quote(e.quote)) for e in evidence)
        speaker = Markup(" ({})").format(typeset(first.speaker)) if first.speaker else Markup()
        link = Markup('<a class="ref" href="#{}{}">{}</a>').format(
            SOURCE, first.source, short_note(source, self.locale)
        )
        mark = Markup()
        if first.role != "supports":
            mark = Markup("<strong>{}</strong> ").format(self.locale.evidence[first.role])
        return Markup("{}{}{}, {}").format(mark, quotes, speaker, link)


def claim_rows(html: str, dossier: Dossier, locale: Locale) -> tuple[ClaimRow, ...]:
    """A row for each claim that a page cites, and for those that they are inferred from.

    Rows for all claims of a dossier would take longer to write than the page itself.
    """
    cited = [name for marks in CITED.findall(html) for name in marks.split()]
    names = with_basis((name for name in cited if name in dossier.claims), dossier)
    return tuple(ClaimRow(dossier.claims[name], dossier, locale) for name in names)


def order_claims(tree: etree._Element, cited: Iterable[str], dossier: Dossier) -> set[str]:
    """Keep the rows of the claims that are cited or that those are inferred from; number them.

    The number stands in the row's first cell and in every link to it. Gives the sources that the
    rows name.
    """
    rows = {str(row.get("id"))[len(ROW) :]: row for row in tree.iter("tr") if _is_row(row)}
    kept = [name for name in with_basis(cited, dossier) if name in rows]
    for name in rows.keys() - set(kept):
        _remove(rows[name])
    numbers = {f"#{ROW}{name}": str(number) for number, name in enumerate(kept, start=1)}
    for name in kept:
        row = rows[name]
        parent = row.getparent()
        assert parent is not None
        parent.append(row)
        row[0].text = numbers[f"#{ROW}{name}"]
        for link in row.iter("a"):
            link.text = numbers.get(link.get("href", ""), link.text)
    _remove_empty_tables(tree, rows)
    return _sources([rows[name] for name in kept])


def _is_row(row: etree._Element) -> bool:
    return str(row.get("id", "")).startswith(ROW)


def _sources(rows: Iterable[etree._Element]) -> set[str]:
    links = (link.get("href", "") for row in rows for link in row.iter("a"))
    return {href[len(SOURCE) + 1 :] for href in links if href.startswith(f"#{SOURCE}")}


def _remove_empty_tables(tree: etree._Element, rows: Iterable[str]) -> None:
    """A table without any of its claims would be a head and nothing below."""
    for table in list(tree.iter("table")) if rows else ():
        body = table.find("tbody")
        if table.get("class") == "evidence" and (body is None or not len(body)):
            _remove(table)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)

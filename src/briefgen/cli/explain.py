"""`briefgen explain`: why an edition shows this and leaves out that."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import (
    LengthChoice,
    ProjectOption,
    TableFormat,
    reporting_problems,
    say_if_example,
)
from briefgen.problems import WrongUsage, printable

if TYPE_CHECKING:
    from briefgen.build.fit import Fitted
    from briefgen.edition.explain import Explanation

WIDTH = 96
EXTENT = {
    1: "title and so-what",
    2: "title, so-what, summary",
    3: "title, so-what, summary, body",
}
ORDER = """\
Order: pins, then the edition's weight (1 where it says nothing), then severity or impact, then id.
Budget: shorter first, then figures, then whole records and messages, the least valuable first."""


def explain_command(
    edition: Annotated[
        str, typer.Argument(metavar="EDITION", help="Edition, as EDITION or DOSSIER/EDITION.")
    ],
    length: Annotated[
        LengthChoice | None,
        typer.Option("--length", help="Length to explain.", show_default="the usual one"),
    ] = None,
    form: Annotated[
        TableFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = TableFormat.text,
    project: ProjectOption = None,
) -> None:
    """Explain why an edition shows this and leaves out that, and what the page budget cut.

    The document is laid out as `build` does it, so that the cuts are those of the build.

    \b
    Examples:
      briefgen explain india
      briefgen explain india --length one-page
    """
    with reporting_problems():
        from briefgen.build.engine import Engine
        from briefgen.build.fit import fit
        from briefgen.build.folder import project_folder
        from briefgen.build.project import find_targets, load_project
        from briefgen.build.refuse import refuse_problems
        from briefgen.edition.explain import explain
        from briefgen.edition.lengths import usual_length

        loaded = load_project(project_folder(project), loose_ends=False)
        say_if_example(loaded.is_example)
        refuse_problems(loaded)
        target = find_targets(loaded, [edition])[0]
        chosen = length.value if length else usual_length(target.edition)
        if chosen not in target.edition.lengths:
            known = ", ".join(target.edition.lengths)
            raise WrongUsage(f'"{edition}" has no length "{chosen}"\n  help: its lengths: {known}')
        fitted = fit(target, chosen, Engine(loaded))
        found = explain(fitted.brief)
        if form is TableFormat.json:
            typer.echo(_json(fitted, found))
        else:
            typer.echo("\n".join(_lines(fitted, found)))


def _json(fitted: Fitted, found: Sequence[Explanation]) -> str:
    brief = fitted.brief
    facts = {
        "edition": brief.edition.id,
        "length": brief.length,
        "pages": fitted.laid_out.paging.pages,
        "at_most": brief.rule.pages,
        "records": [asdict(one) for one in found],
        "messages": [message.id for message in brief.messages],
        "figures": [figure.id for figure in brief.figures],
        "cuts": [asdict(cut) for cut in brief.cuts],
    }
    return json.dumps(facts, indent=1, ensure_ascii=False)


def _lines(fitted: Fitted, found: Sequence[Explanation]) -> Iterator[str]:
    from briefgen.dossier.base import CHOSEN

    brief, pages = fitted.brief, fitted.laid_out.paging.pages
    yield (
        f"{brief.edition.id}, {brief.length}: {pages} of at most {brief.rule.pages} "
        f"page{'s' * (brief.rule.pages != 1)}"
    )
    for kind in CHOSEN:
        yield ""
        yield from _kind(kind, fitted, [one for one in found if one.kind == kind])
    yield ""
    yield from _items(fitted, "messages", [m.id for m in brief.edition.key_messages])
    yield from _items(fitted, "figures", [f.id for f in brief.edition.figures])
    yield ""
    yield ORDER


def _kind(kind: str, fitted: Fitted, found: list[Explanation]) -> Iterator[str]:
    from briefgen.edition.explain import allowed

    most = allowed(kind, fitted.brief)
    shown = sum(one.why_not is None for one in found)
    if not most:
        yield f"{kind}: a {fitted.brief.length} document shows none of the {len(found)}"
        return
    yield f"{kind}: {shown} of {len(found)} shown, at most {most}"
    told = [one for one in found if one.is_weighed or one.is_pinned or one.why_not != "rank"]
    told = [one for one in told if one.is_weighed or one.is_pinned or one.why_not != "length"]
    width = max((len(one.id) for one in told), default=0)
    for one in told:
        said = _shown(one, fitted) if one.why_not is None else _left_out(one, fitted)
        head = f"  {one.place:>3}  {one.id:<{width}}  "
        yield from textwrap.wrap(
            head + _standing(one) + "; " + said,
            WIDTH,
            subsequent_indent=" " * len(head),
            break_on_hyphens=False,
            drop_whitespace=True,
        )
    others = [one.id for one in found if one not in told]
    if others:
        yield from textwrap.wrap(
            f"and {len(others)} others of which the edition says nothing: " + ", ".join(others),
            WIDTH,
            initial_indent="       ",
            subsequent_indent="       ",
            break_on_hyphens=False,
        )


def _standing(one: Explanation) -> str:
    standing = "pinned" if one.is_pinned else f"weight {one.weight}"
    return f"{standing}, {one.level}" if one.level else standing


def _shown(one: Explanation, fitted: Fitted) -> str:
    if one.was > one.tier:
        gone = "summary" if one.tier == 1 and one.was == 2 else "what is longer"  # noqa: PLR2004
        return f"{EXTENT[one.tier]}; {gone} cut to fit {_pages(fitted)}"
    return EXTENT[one.tier]


def _left_out(one: Explanation, fitted: Fitted) -> str:
    length, most = fitted.brief.length, getattr(fitted.brief.edition.at_most, one.kind)
    return {
        "excluded": f"excluded: {_plain(one.reason or '')}",
        "no weight": "left out: its weight is 0",
        "rank": f"left out: the edition shows at most {most} {one.kind}",
        "length": f"left out: ranked behind what a {length} document shows",
        "cut": f"left out to fit {_pages(fitted)}",
    }[one.why_not or "rank"]


def _items(fitted: Fitted, kind: str, names: list[str]) -> Iterator[str]:
    """What became of the messages or figures, in a line."""
    if not names:
        return
    shown = [item.id for item in getattr(fitted.brief, kind)]
    cut = [one.id for one in fitted.brief.cuts if one.kind == kind]
    parts = [f"{kind}: {', '.join(shown) or 'none'}"]
    if cut:
        parts.append(f"cut to fit {_pages(fitted)}: {', '.join(cut)}")
    if others := [name for name in names if name not in (*shown, *cut)]:
        parts.append(f"not in a {fitted.brief.length} document: {', '.join(others)}")
    yield "; ".join(parts)


def _pages(fitted: Fitted) -> str:
    pages = fitted.brief.rule.pages
    return f"{pages} page{'s' * (pages != 1)}"


def _plain(prose: str) -> str:
    return printable(" ".join(prose.split()))

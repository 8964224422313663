"""`briefgen merge`: what somebody edited in a Word file, into the data."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.common import ProjectOption, reporting_problems
from briefgen.cli.people import readable, signed
from briefgen.cli.review import FilesArgument, read_each
from briefgen.problems import ProblemsFound, WrongUsage

if TYPE_CHECKING:
    from briefgen.formats.docx.edited import EditedFile
    from briefgen.formats.docx.revisions import Revision
    from briefgen.review.decisions import Decisions, Side
    from briefgen.review.merge import MergePlan
    from briefgen.review.three_way import Conflict


PLURALS = {"unplaced": "unplaced"}


class Tracked(StrEnum):
    """How tracked changes are taken, as the command line offers it."""

    accept = "accept"
    reject = "reject"
    ask = "ask"


def merge_command(
    files: FilesArgument,
    ours: Annotated[
        bool, typer.Option("--ours", help="In conflicts keep what the data says.")
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="In conflicts take what the copy says.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Ask about each conflict.")
    ] = False,
    conflicts: Annotated[
        Path | None,
        typer.Option(
            "--conflicts",
            metavar="YAML",
            help="File of answers to conflicts; written where it is not there yet.",
        ),
    ] = None,
    tracked: Annotated[
        Tracked | None,
        typer.Option(
            "--tracked",
            help="Take tracked changes as accepted or as rejected, or ask about each.",
            show_default="ask on a terminal; elsewhere needed",
        ),
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option("--author", help="Take tracked changes of this author only; may be repeated."),
    ] = None,
    as_lens: Annotated[
        bool,
        typer.Option("--as-lens", help="Keep edits of shared records to the edition."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the patch and write nothing.")
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Merge edited Word files into the data, word by word.

    What the copy and the data have both changed is a conflict, and nothing is written until each
    is decided. An edit that would alter a fact is not written but becomes a proposal; so that
    nothing is lost, proposals, comments and all that the data cannot hold go to reviews/ in the
    dossier, where `briefgen list reviews` shows them until they are settled. In the YAML only the
    changed words change. Exits with 4 where conflicts are left.

    \b
    Examples:
      briefgen merge edited.docx --dry-run
      briefgen merge edited.docx --tracked accept
      briefgen merge edited.docx --tracked accept --author "A. Analyst" --as-lens
      briefgen merge from-anna.docx from-ben.docx --tracked accept --conflicts conflicts.yaml
    """
    with reporting_problems():
        from briefgen.build.folder import project_folder
        from briefgen.review.merge import ConflictsLeft, plan_merge, write_merge
        from briefgen.review.project import read_for_review
        from briefgen.review.review import review_edited

        folder = project_folder(project)
        if not (folder / "data").is_dir():
            raise WrongUsage(
                "there is no data/ here\n  help: go to your project, or name it with --project"
            )
        decisions = _decisions(conflicts, ours=ours, theirs=theirs, interactive=interactive)
        edited = read_each(files)
        names = {file.snapshot.dossier for file in edited}
        if len(names) > 1:
            raise WrongUsage(
                f"the files are of several dossiers: {', '.join(sorted(names))}\n"
                "  help: merge those of one at a time"
            )
        loaded = read_for_review(folder, names.pop())
        if loaded.problems:
            raise ProblemsFound(loaded.problems)
        reviews = [
            review_edited(file, loaded, _accepts(file, tracked, tuple(author or ())))
            for file in edited
        ]
        try:
            plan = plan_merge(reviews, decisions, to_lens=as_lens)
        except ConflictsLeft as left:
            if conflicts and conflicts.exists():
                typer.echo(_unanswered(conflicts), err=True)
            elif conflicts:
                _write_conflicts(conflicts, left.conflicts)
            raise
        if dry_run:
            _show_patch(plan, folder)
        else:
            write_merge(plan)
        for line in _summary(plan, dry_run=dry_run):
            typer.echo(line)


def _decisions(conflicts: Path | None, *, ours: bool, theirs: bool, interactive: bool) -> Decisions:
    from briefgen.review.conflicts_file import read_answers
    from briefgen.review.decisions import Decisions

    if ours + theirs + interactive > 1:
        raise WrongUsage(
            "--ours, --theirs and --interactive exclude each other\n  help: give one of them"
        )
    answers = read_answers(conflicts) if conflicts and conflicts.exists() else {}
    side: Side | None = "ours" if ours else "theirs" if theirs else None
    return Decisions(side, answers, _ask if interactive else None)


def _ask(name: str, conflict: Conflict) -> str | None:
    typer.echo(f"\n{name}")
    for label, words in (
        ("exported", conflict.base),
        ("data (ours)", conflict.ours),
        ("copy (theirs)", conflict.theirs),
    ):
        typer.echo(f"  {label:<13}  {readable(words) or '(nothing)'}")
    try:
        answer: str = typer.prompt(
            "  take ours, theirs, or other words; nothing leaves it open",
            default="",
            show_default=False,
        )
    except typer.Abort:
        raise _unasked("--ours, --theirs or --conflicts") from None
    if not answer.strip():
        return None
    return {"ours": conflict.ours, "theirs": conflict.theirs}.get(answer.strip(), answer)


def _accepts(
    file: EditedFile, tracked: Tracked | None, authors: Sequence[str]
) -> Callable[[Revision], bool]:
    """Which tracked changes are taken."""
    revisions = file.revisions
    unknown = set(authors) - {revision.author for revision in revisions}
    if authors and len(unknown) == len(set(authors)):
        known = ", ".join(sorted({revision.author for revision in revisions})) or "nobody"
        raise WrongUsage(
            f"{file.name} has no tracked changes by {', '.join(authors)}\n"
            f"  help: there are changes by {known}"
        )
    if not revisions:
        return lambda _: True
    if tracked is None and not authors:
        if not sys.stdin.isatty():
            raise WrongUsage(
                f"{file.name} has {_counted(len(revisions), 'tracked change')} that nobody has "
                "settled\n"
                "  help: give --tracked accept or --tracked reject, or name whose to take with "
                "--author"
            )
        tracked = Tracked.ask
    if tracked is Tracked.ask:
        taken = {r.number for r in revisions if _named(r.author, authors) and _is_taken(r)}
        return lambda revision: revision.number in taken
    if tracked is Tracked.reject and authors:
        return lambda revision: not _named(revision.author, authors)
    if tracked is Tracked.reject:
        return lambda _: False
    return lambda revision: _named(revision.author, authors)


def _named(author: str, authors: Sequence[str]) -> bool:
    return not authors or author in authors


def _is_taken(revision: Revision) -> bool:
    who = readable(signed(revision.author, revision.date))
    what = f"{who}: {revision.kind} “{readable(revision.text)}”: accept?"
    try:
        return typer.confirm(what, default=True)
    except typer.Abort:
        raise _unasked("--tracked accept, --tracked reject or --author") from None


def _unasked(instead: str) -> WrongUsage:
    return WrongUsage(
        f"no answer came, and nothing was written\n  help: answer each, or decide with {instead}"
    )


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _write_conflicts(path: Path, conflicts: Sequence[tuple[str, Conflict]]) -> None:
    from briefgen.build.files import write_whole
    from briefgen.review.conflicts_file import conflicts_text

    write_whole(path, conflicts_text(conflicts).encode())
    typer.echo(f"briefgen: answer the conflicts in {path}, then run this again", err=True)


def _unanswered(path: Path) -> str:
    return (
        f"briefgen: {path} leaves conflicts open\n"
        "  help: answer each after `take:`; one that is not in the file is new: give the name of a "
        "new file to have all written there"
    )


def _show_patch(plan: MergePlan, folder: Path) -> None:
    for path, (before, after) in sorted(plan.files.items()):
        name = path.relative_to(folder).as_posix()
        lines = unified_diff(
            before.decode().splitlines(keepends=True),
            after.decode().splitlines(keepends=True),
            f"a/{name}",
            f"b/{name}",
        )
        typer.echo("".join(lines), nl=False)


def _summary(plan: MergePlan, *, dry_run: bool) -> Iterator[str]:
    verb = "would change" if dry_run else "changed"
    for written in plan.written:
        shared = "" if written.landing.edition else " (shared)"
        also = f"; also shown by {', '.join(written.editions)}" if written.editions else ""
        landing = written.landing
        if landing.is_there:
            yield f"{landing.place}: {verb} {landing.field}{shared}{also}"
        else:
            yield f"{landing.place.file}: {'would add' if dry_run else 'added'} {landing.field}"
    for review in plan.reviews:
        kinds = Counter(entry.kind for entry in review.entries)
        told = ", ".join(_counted(n, kind, PLURALS.get(kind, "")) for kind, n in kinds.items())
        yield f"{plan.path_of(review)}: to settle: {told}"
    if plan.reviews:
        yield "`briefgen list reviews` shows what is to be settled" + (
            " once it is merged" if dry_run else ""
        )
    already = len({change.field for change in plan.already} - {w.field for w in plan.written})
    told = f"{_counted(len(plan.written), 'text')} {verb}"
    yield told + (f", {already} in the data already" if already else "")

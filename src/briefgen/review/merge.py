"""Merge: what the reviews of edited copies leave to write into the data, and what to settle.

1. settle   each field's change against what the data says now, copy by copy
2. write    the new values into the texts of the YAML files, in memory
3. check    what would break a rule of the dossier is taken back and noted
4. store    the files and what is to be settled, all of it or none
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from briefgen.build.files import write_all
from briefgen.build.loaded import LoadedDossier
from briefgen.dossier.reviews import REVIEWS, Review, add_entries, lacking
from briefgen.dossier.yaml_edit import Unwritable, add_text, set_text
from briefgen.dossier.yaml_places import parse_yaml
from briefgen.problems import Place, Problem, ProblemsFound
from briefgen.review.decisions import Decisions
from briefgen.review.entries import Entries
from briefgen.review.landing import Landing, as_lens, find_landing, other_editions
from briefgen.review.review import Change, Reviewed
from briefgen.review.three_way import Conflict, Merged, Own, merge, resolve
from briefgen.review.trial import new_problems


class ConflictsLeft(ProblemsFound):
    """The data and the copy say different things, and nobody has said which holds."""

    exit_code = 4

    def __init__(
        self, problems: Sequence[Problem], conflicts: Sequence[tuple[str, Conflict]]
    ) -> None:
        super().__init__(problems)
        self.conflicts = tuple(conflicts)
        """The same by the names of their fields."""


@dataclass(frozen=True)
class Written:
    """A text of the data that a merge changes."""

    field: str
    """The field of the copy."""
    landing: Landing
    value: str
    is_lens: bool = False
    """Whether the edition gets a wording of its own, and the shared text stays."""
    editions: tuple[str, ...] = ()
    """Other editions that show the text."""
    changes: tuple[Change, ...] = ()


@dataclass
class MergePlan:
    """What a merge would do; nothing is written yet."""

    loaded: LoadedDossier
    written: list[Written] = field(default_factory=list)
    files: dict[Path, tuple[bytes, bytes]] = field(default_factory=dict)
    """Content of each file before and after."""
    entries: list[Entries] = field(default_factory=list)
    """What is to be settled, copy by copy."""
    already: list[Change] = field(default_factory=list)

    @cached_property
    def reviews(self) -> list[Review]:
        """What is to be settled of each copy, without what stands in `reviews/` already."""
        known = list(self.loaded.read_reviews()[0].values())
        found: list[Review] = []
        for entries in self.entries:
            review = entries.review()
            new = lacking(review, [*known, *found]) if review else ()
            if review and new:
                found.append(review.model_copy(update={"entries": new}))
        return found

    def path_of(self, review: Review) -> Path:
        """The file of a review, as messages name it."""
        return self.loaded.shown / REVIEWS / f"{review.id}.yaml"


def plan_merge(
    reviews: Sequence[Reviewed], decisions: Decisions, *, to_lens: bool = False
) -> MergePlan:
    """What merging the copies would write.

    With `to_lens`, shared records stay as they are, and the edition gets its own wording.

    Raises:
        ConflictsLeft: conflicts that the decisions leave open.
    """
    plan = MergePlan(reviews[0].loaded)
    settled = _Settling(plan, decisions, to_lens)
    for review in reviews:
        entries = Entries(review)
        plan.entries.append(entries)
        for change in review.changes:
            settled.settle(change, review, entries)
        entries.add_rest()
    if settled.left:
        raise ConflictsLeft(settled.left, settled.open)
    plan.written = list(settled.written.values())
    _write(plan)
    return plan


def write_merge(plan: MergePlan) -> None:
    """Write the changed files and what is to be settled: all of it or nothing.

    Raises:
        WrongEnvironment: a file cannot be written.
        ProblemsFound: somebody has changed a file since it was read.
    """
    folder = plan.loaded.folder
    files: dict[Path, bytes] = {}
    before: dict[Path, bytes | None] = {}
    for path, (was, now) in plan.files.items():
        files[path], before[path] = now, was
    for review in plan.reviews:
        path = folder / REVIEWS / f"{review.id}.yaml"
        there = path.read_bytes() if path.is_file() else None
        added = add_entries(there.decode() if there is not None else None, review).encode()
        if added != there:
            files[path], before[path] = added, there
    if files:
        write_all(folder, files, before, plan.loaded.shown)


# --- Settle -------------------------------------------------------------------


@dataclass
class _Settling:
    """The changes of all copies, one after the other."""

    plan: MergePlan
    decisions: Decisions
    to_lens: bool
    written: dict[str, Written] = field(default_factory=dict)
    left: list[Problem] = field(default_factory=list)
    open: list[tuple[str, Conflict]] = field(default_factory=list)
    decided: set[tuple[str, str, str]] = field(default_factory=set)
    """Fields with the exported words and those of an earlier copy that were decided upon."""

    def settle(self, change: Change, review: Reviewed, entries: Entries) -> None:
        entries.add_change(change)
        if change.landing is None or change.merged is None:
            if change.outcome == "already":
                self.plan.already.append(change)
            return
        landing, is_lens = self._home(change.landing, review.edition)
        before = self.written.get(landing.field)
        current = before.value if before else landing.value
        merged = merge(change.exported, current, change.kept)
        value = self._resolved(change, landing, merged, entries)
        if value is None:
            return
        if value == current:
            if not change.alterations and not merged.conflicts:
                self.plan.already.append(change)
            return
        editions = () if is_lens else other_editions(review.loaded, landing, review.edition)
        changes = (*(before.changes if before else ()), change)
        self.written[landing.field] = Written(
            change.field, landing, value, is_lens, editions, changes
        )

    def _home(self, landing: Landing, edition: str) -> tuple[Landing, bool]:
        """Where the text goes: the edition's own wording, if that is asked for and it can."""
        own = as_lens(landing, edition) if self.to_lens else None
        loaded = self.plan.loaded
        if own is None or edition not in loaded.editions:
            return landing, False
        if existing := find_landing(loaded, own):
            return existing, True
        shown = loaded.shown / "editions" / f"{edition}.yaml"
        return (
            replace(
                landing,
                field=own,
                file=loaded.folder / "editions" / f"{edition}.yaml",
                path=tuple(own.split("/")[2:]),
                place=Place(shown.as_posix()),
                edition=edition,
                is_there=False,
            ),
            True,
        )

    def _resolved(
        self, change: Change, landing: Landing, merged: Merged, entries: Entries
    ) -> str | None:
        if not merged.conflicts:
            return merged.text
        answers: list[Own] = []
        for conflict in merged.conflicts:
            what = change.field, conflict.base, conflict.theirs
            if what in self.decided:
                answers.append(Own(conflict.ours))
                continue
            words = self.decisions.on(change.field, conflict)
            if words is None:
                if (change.field, conflict) not in self.open:
                    self.left.append(_left(landing, conflict))
                    self.open.append((change.field, conflict))
                continue
            self.decided.add(what)
            if words != conflict.theirs:
                entries.add_refused(change, conflict)
            answers.append(Own(words))
        return resolve(merged, answers) if len(answers) == len(merged.conflicts) else None


def _left(landing: Landing, conflict: Conflict) -> Problem:
    return Problem(
        landing.place,
        "BG091",
        f"{landing.field}: the data says {_quoted(conflict.ours)}, the copy"
        f" {_quoted(conflict.theirs)}",
        "choose with --ours, --theirs or --interactive, or one by one in a file with --conflicts",
    )


def _quoted(words: str) -> str:
    plain = " ".join(words.split())
    return f'"{plain}"' if plain else "nothing there"


# --- Write, in memory ---------------------------------------------------------


def _write(plan: MergePlan) -> None:
    """Fill in the files; edits that would break a rule are taken back until none is left."""
    plan.written = [written for written in plan.written if _can_be_written(plan, written)]
    while plan.written:
        broken = new_problems(plan.loaded, plan.written, _files_of)
        if not broken:
            break
        for written, problem in broken:
            _take_back(plan, written, f"{problem.code}: {problem.what}; {problem.mend}")
        fields = {written.landing.field for written, _ in broken}
        plan.written = [one for one in plan.written if one.landing.field not in fields]
    plan.files = _edited(plan.written)


def _can_be_written(plan: MergePlan, written: Written) -> bool:
    try:
        _edited([written])
    except Unwritable as reason:
        _take_back(plan, written, f"the YAML cannot hold it: {reason}")
        return False
    return True


def _edited(written: Sequence[Written]) -> dict[Path, tuple[bytes, bytes]]:
    """The files before and after these edits."""
    files: dict[Path, tuple[bytes, bytes]] = {}
    for one in written:
        _edit(files, one)
    return files


def _files_of(written: Sequence[Written]) -> dict[Path, bytes]:
    return {path: after for path, (_, after) in _edited(written).items()}


def _edit(files: dict[Path, tuple[bytes, bytes]], written: Written) -> None:
    """Put the new value into the text of its file.

    Raises:
        Unwritable: the file cannot hold it, or has another value by now.
    """
    landing = written.landing
    before, after = files.get(landing.file) or (landing.file.read_bytes(),) * 2
    text = after.decode("utf-8")
    if landing.is_there and not _holds(text, landing):
        raise Unwritable("somebody has changed it since the data was read")
    edit = set_text if landing.is_there else add_text
    files[landing.file] = before, edit(text, landing.path, written.value).encode()


def _holds(text: str, landing: Landing) -> bool:
    """Whether the value is still what it was when the data was read."""
    value: Any = parse_yaml(text, landing.place.file).data
    for step in landing.path:
        value = value[step]
    return str(value).strip() == landing.value


def _take_back(plan: MergePlan, written: Written, why: str) -> None:
    for entries in plan.entries:
        for change in written.changes:
            entries.add_broken(change, written, why)

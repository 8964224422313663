"""What came with edited Word files and is to be settled: comments, proposals, what has no place.

These are other people's words, and no document shows them. So they are held to no rule of prose or
evidence, and a mistake in such a file is a warning: it must not stop a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from briefgen.dossier.base import ID_PATTERN, SHA256, UNPRINTABLE, Model, id_mistake
from briefgen.dossier.validate import validate
from briefgen.dossier.yaml_edit import Unwritable, append
from briefgen.dossier.yaml_file import BOM
from briefgen.dossier.yaml_places import YamlFile, parse_yaml, read_yaml
from briefgen.dossier.yaml_scalar import CannotHold
from briefgen.dossier.yaml_write import Lines, mapping_lines
from briefgen.problems import Place, Problem, printable

REVIEWS = "reviews"
"""The folder of a dossier in which they stand."""
LONGEST_WORDS = 1_000_000
"""Characters of one text; a file of YAML may have five times as many bytes."""
SAME = ("kind", "field", "where", "by", "date", "old", "new", "text")
"""Keys by which an entry is known again when the same Word file is merged once more."""
HEAD = """\
# To be settled, from an edited Word file. When you have dealt with an entry, add a line to it:
#   settled: how
"""


def _shown(value: Any) -> Any:
    """Line ends as YAML has them, and U+FFFD for characters that it cannot hold."""
    if not isinstance(value, str):
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub(
        lambda found: "\n" if found[0] in "\x85\u2028\u2029" else "\ufffd", lines
    )


def _check_id(name: str) -> str:
    if mistake := id_mistake(name):
        raise ValueError("; ".join(mistake))
    return name


Words = Annotated[
    str, BeforeValidator(_shown), AfterValidator(str.strip), Field(max_length=LONGEST_WORDS)
]
"""Words of other people, as they stand; control characters are shown as U+FFFD."""
Id = Annotated[
    str,
    AfterValidator(_check_id),
    Field(json_schema_extra={"pattern": f"^{ID_PATTERN.pattern}$"}),
]


class Reply(Model):
    """An answer to a comment."""

    by: Words | None = None
    """Who wrote it, as the Word file says."""
    date: Words | None = None
    """When, as the Word file says."""
    text: Words
    """What it says."""


class Entry(Model):
    """One thing to settle."""

    id: Id
    """Kebab-case key, unique in the file."""
    kind: Literal["comment", "proposal", "problem", "conflict", "removal", "unplaced"]
    """What it is; the page on edited Word files says when each comes up."""
    field: Words | None = None
    """The field that it is about, as documents name it, such as areas/sea-lanes/summary."""
    where: Words | None = None
    """Words of the Word file that help to find the place."""
    by: Words | None = None
    """Who wrote it, as the Word file says."""
    date: Words | None = None
    """When, as the Word file says."""
    old: Words | None = None
    """The words as they were exported, or as the data has them."""
    new: Words | None = None
    """The words as they were edited."""
    text: Words | None = None
    """What a comment or a note says."""
    replies: tuple[Reply, ...] = ()
    """Answers to a comment, in their order."""
    claims: tuple[Words, ...] = ()
    """Ids of the claims that the words rest on; they may be gone by now."""
    why: Words | None = None
    """Why it was not written into the data."""
    needs: Words | None = None
    """What evidence or decision it needs."""
    settled: Words | None = None
    """How it was settled; left out until it is."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return not self.settled


class Review(Model):
    """What came with one edited Word file."""

    id: Id
    """Kebab-case key: the file's name without .yaml."""
    file: Words
    """Name of the Word file."""
    sha256: Annotated[str, Field(pattern=SHA256)]
    """Fingerprint of the Word file, in hexadecimal."""
    edition: Words
    """The edition that it was exported from."""
    length: Words | None = None
    """The length of the export."""
    version: Words | None = None
    """The edition's version in the export."""
    data: Words | None = None
    """Hash of the data that it shows."""
    entries: tuple[Entry, ...] = ()
    """What is to be settled, and what was."""


# --- Reading ------------------------------------------------------------------


def read_reviews(folder: Path, shown: Path) -> tuple[dict[str, Review], list[Problem]]:
    """The reviews in `folder` by id, in order, and what is wrong with its files, as warnings.

    `shown` is the folder as messages name it.
    """
    found: dict[str, Review] = {}
    problems: list[Problem] = []
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in paths:
        if path.name.startswith(".") or path.name == "README.md":
            continue
        name = (shown / path.name).as_posix()
        if path.suffix != ".yaml" or not path.is_file():
            what = f'"{path.name}" has no place in {REVIEWS}/'
            mend = "only files that end in .yaml are read here"
            problems.append(Problem(Place(name), "BG007", what, mend))
            continue
        file = read_yaml(path, name)
        if review := _read(file, path.stem):
            found[path.stem] = review
        problems += file.problems
    return found, [replace(problem, severity="warning") for problem in problems]


def _read(file: YamlFile, stem: str) -> Review | None:
    """The review of a file; mistakes are noted in the file."""
    if not file.is_whole:
        return None
    if not isinstance(file.data, dict):
        what = "the file should hold the keys of a review"
        file.add(Place(file.name), "BG006", what, "start it with `id: …`")
        return None
    review = validate(Review, file.data, file, ())
    if review and review.id != stem:
        what = f"id: should be {printable(stem)}, the name of the file"
        file.add(file.values["id",], "BG006", what, f"write `id: {printable(stem)}`")
    first: dict[str, Place] = {}
    for i, entry in enumerate(review.entries if review else ()):
        place = file.values["entries", i, "id"]
        if first.setdefault(entry.id, place) != place:
            what = f'id "{entry.id}" stands twice; first in {first[entry.id]}'
            file.add(place, "BG010", what, "give one of them another id")
    return review


# --- Writing ------------------------------------------------------------------


def add_entries(text: str | None, review: Review) -> str:
    """The text of the review's file with the entries that it lacks; None: there is no file yet.

    Every byte of what stands there stays, and merging the same Word file again adds nothing.

    Raises:
        Unwritable: the file there is no review, or its list of entries is written in brackets.
    """
    if text is None:
        return _whole(review)
    file = parse_yaml(text.removeprefix(BOM), "")
    data = file.data if isinstance(file.data, dict) else {}
    known = data.get("entries") or []
    if file.problems or "entries" not in data or not isinstance(known, list):
        raise Unwritable(
            f"{REVIEWS}/{review.id}.yaml cannot be read, so nothing is added to it\n"
            "  help: mend what `briefgen check` says of it, or move it away"
        )
    entries = [entry for entry in known if isinstance(entry, dict)]
    new = _lacking(entries, review.entries)
    return append(text, ("entries",), new) if new else text


def lacking(review: Review, others: Iterable[Review]) -> tuple[Entry, ...]:
    """The entries of a review that stand in none of the others, settled or not.

    A copy is passed on, or edited once more: then what was in it before comes again.
    """
    there = {_identity(_plain(entry)) for other in others for entry in other.entries}
    return tuple(entry for entry in review.entries if _identity(_plain(entry)) not in there)


def _lacking(known: Iterable[Mapping[str, Any]], entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries that are not known yet, with ids that are not taken."""
    known = list(known)
    there = {_identity(entry) for entry in known}
    ids = {str(entry.get("id")) for entry in known}
    lacking = []
    for entry in entries:
        plain = _plain(entry)
        if _identity(plain) in there:
            continue
        there.add(_identity(plain))
        plain["id"] = next(name for name in _names(entry) if name not in ids)
        ids.add(plain["id"])
        lacking.append(plain)
    return lacking


def _names(entry: Entry) -> Iterator[str]:
    yield entry.id
    yield from (f"{entry.kind}-{number}" for number in count(1))


def _identity(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(entry.get(key) or "").strip() for key in SAME)


def _plain(model: Model) -> dict[str, Any]:
    """The model as plain data, without what is empty."""
    dumped = model.model_dump(mode="json")
    return {key: _without_nothing(value) for key, value in dumped.items() if value}


def _without_nothing(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nothing(item) for item in value]
    if isinstance(value, dict):
        return {key: inner for key, inner in value.items() if inner}
    return value


def _whole(review: Review) -> str:
    plain = {**_plain(review), "entries": _lacking((), review.entries)}
    try:
        return HEAD + "".join(f"{line}\n" for line in mapping_lines(plain, 0, Lines()))
    except CannotHold as error:
        raise Unwritable("a text holds characters that YAML cannot hold") from error

"""What is wrong, where, and how to mend it.

The first stage of every other: all of them report mistakes with these types.
Raising has no side effects; only the command line prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]

CODES: dict[str, str] = {
    "BG001": "The file is not valid YAML.",
    "BG002": "The file cannot be read: encoding, size, or a YAML feature that is refused.",
    "BG003": "A key stands twice in one mapping.",
    "BG004": "A key is not part of the record.",
    "BG005": "A required key is missing.",
    "BG006": "A value has the wrong type or is not one of the choices.",
    "BG007": "A file that every dossier needs is missing, or a file has no place in it.",
    "BG010": "Two records have the same id.",
    "BG011": "An id is not in kebab-case, or is too long.",
    "BG012": "A reference names a record that does not exist.",
    "BG013": "A citation in prose names a claim that does not exist, or is malformed.",
    "BG014": "Prose uses Markdown that documents do not show.",
    "BG015": "A typed value differs from the value in its claim.",
    "BG016": "A CSV table does not fit its head.",
    "BG017": "Editions or claims refer to each other in a circle.",
    "BG020": "A quote is not in its source.",
    "BG021": "A quote stands more than once in its source.",
    "BG022": "A source's text is missing or is not the text that was verified.",
    "BG023": "Evidence is not in evidence.lock, so it was never verified.",
    "BG024": "A quote is shorter than 3 or longer than 12 words.",
    "BG025": "Our prose repeats a run of words of a source.",
    "BG026": "A statement says a number, date or name that its evidence does not carry.",
    "BG027": "Prose says a date, amount or count that no claim cited there carries.",
    "BG028": "Prose names an agreement, programme or law that is no record and no term, or that "
    "its claims do not name.",
    "BG030": "A claim breaks a rule of its status.",
    "BG031": "A claim lacks the ground that its kind needs.",
    "BG032": "The claims that supersede one another do not end in one current claim.",
    "BG033": "Prose cites a contested claim without its other side.",
    "BG034": "Prose cites a superseded claim without what came after it.",
    "BG035": "A source is later than the date to which the evidence is said to reach.",
    "BG040": "An edition with a stance lacks what honesty asks of it.",
    "BG041": "An edition says what it may not, or says nothing.",
    "BG042": "An edition's words turn a claim round.",
    "BG043": "The case against is longer than 120 words.",
    "BG044": "A page budget cannot be met.",
    "BG045": "An edition is final, and a placeholder of its draft is left in it.",
    "BG050": "A template is wrong.",
    "BG051": "The document uses an element, class or attribute outside the vocabulary.",
    "BG052": "A text holds a character that no typeface has.",
    "BG055": "A style sheet of a layout is wrong.",
    "BG056": "A colour of text stands out too little from the paper or from a box.",
    "BG057": "A layout does not print what honesty asks of every document.",
    "BG060": "An artefact was changed by hand and is not overwritten.",
    "BG061": "A file that was to be written has been changed since and is not overwritten.",
    "BG062": "What a killed run left behind is damaged.",
    "BG063": "An artefact is missing or damaged.",
    "BG064": "An artefact is not what the data, the layout or the program make by now.",
    "BG065": "The reference file cannot be read, or is no Word file that can be used.",
    "BG066": "The reference file is damaged or too large.",
    "BG067": "The reference file lacks a style.",
    "BG068": "Something that the reference file holds is left out, or will stand everywhere.",
    "BG069": "A content control of the reference file cannot be filled.",
    "BG070": "Nothing uses the record.",
    "BG071": "An actor has no position.",
    "BG072": "No obstacle affects an area.",
    "BG073": "A record cites a claim that it does not list.",
    "BG074": "A claim counts as confirmed by sources that lean on the same origin.",
    "BG080": "A sentence, or the average of an edition's, is too long to read at one go.",
    "BG081": "Too many sentences of an edition are in the passive voice.",
    "BG082": "An abbreviation is explained nowhere.",
    "BG083": "Two editions share a sentence or nearly one.",
    "BG091": "The data and an edited copy have changed the same words, differently.",
}
"""Every stable code and what it stands for; the reference page prints this table."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands; line and column count from 1, and are 0 for a file as a whole."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        file = printable(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake, ready to print."""

    where: Place
    code: str
    """Stable and searchable, one of `CODES`."""
    what: str
    """The fact, quoting the value found."""
    mend: str
    """The next action."""
    severity: Severity = "error"

    def __str__(self) -> str:
        said = f"{self.where}: {self.severity}[{self.code}]: {printable(self.what)}"
        return f"{said}\n  help: {printable(self.mend)}"


class BriefgenError(Exception):
    """Base of every mistake that is not our own bug; printed without a traceback."""

    exit_code = 1
    made: tuple[str, ...] = ()
    """Names of the artefacts of the same run that were made all the same."""


class ProblemsFound(BriefgenError):
    """The data has problems; all those found in one run."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class WrongUsage(BriefgenError):
    """The command was asked for something that is not there."""

    exit_code = 2


class WrongEnvironment(BriefgenError):
    """The machine lacks something; the message carries the command that mends it."""

    exit_code = 3


class ArtefactsChanged(ProblemsFound):
    """Files in the output folder were changed by a person and stay as they are."""

    exit_code = 5


def printable(text: str) -> str:
    """The text on one line, with control characters spelt out: data must not steer a terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def suggest(unknown: str, known: Iterable[str]) -> str:
    """`did you mean "x"? ` when a known word is near the unknown one, else nothing."""
    by_small_letters = {word.lower(): word for word in known}
    near = get_close_matches(unknown.lower(), by_small_letters, n=1, cutoff=0.6)
    return f'did you mean "{by_small_letters[near[0]]}"? ' if near else ""

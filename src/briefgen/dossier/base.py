"""The building blocks of all records: prose, references, dates, scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from briefgen.dossier.dates import check_edtf

SHA256 = r"^[0-9a-f]{64}$"
COLOUR = r"^#[0-9a-f]{6}$"
CHOSEN = ("areas", "obstacles", "recommendations")
"""Kinds of record that an edition chooses from, frames and orders."""
ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 100
"""Files in `out/` join the names of a dossier, an edition and a length; systems allow 255 bytes."""
UNPRINTABLE = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that YAML or XML cannot hold, and those that only some programs count as line ends."""
UNSEEN = re.compile(
    r"[\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    r"\uffa0\U000e0000-\U000e007f]|(?<=[\x00-\x7f])[\u200c\u200d\ufe00-\ufe0f]"
    r"|[\u200c\u200d](?=[\x00-\x7f])"
)
"""Characters that cannot be seen, or that turn the order of others: what is printed would not be
what was checked. Joiners have their place in other scripts, soft hyphens everywhere."""
MIXED = re.compile(r"[A-Za-z][\u0370-\u03bb\u03bd-\u052f]|[\u0370-\u03bb\u03bd-\u052f][A-Za-z]")
"""A Latin letter beside a Greek or Cyrillic one, which may look the same; but for the sign of
"micro"."""


LONGEST_TEXT = 20_000
"""Characters of one text; sixteen pages, the longest that a brief may be, hold some 50,000."""
MOST_LINES = 500
"""Lines of one text, of which a list has one an item."""


@dataclass(frozen=True, slots=True)
class RefTo:
    """Marks a string as the id of a record of one of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProseIn:
    """Marks a string as CommonMark prose with citations; `blocks` allows paragraphs and lists."""

    blocks: bool = False
    asserts: bool = True
    """Its dates and amounts must stand in the claims that it cites."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """Marks a string that people wrote to be read as it stands."""


def id_mistake(name: str) -> tuple[str, str] | None:
    """What is wrong with an id, and the remedy."""
    if not ID_PATTERN.fullmatch(name):
        how = "small letters, digits and single hyphens"
        return f'"{name}" is not in kebab-case', f"use {how}: sea-lanes"
    if len(name) > LONGEST_ID:
        return f"the id has {len(name)} characters", f"use at most {LONGEST_ID}"
    return None


def _check_text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write it, or leave the key out")
    for count, most, of in (
        (len(text), LONGEST_TEXT, "characters"),
        (text.count("\n") + 1, MOST_LINES, "lines"),
    ):
        if count > most:
            raise ValueError(f"has {count:,} {of}; a text may have {most:,}: shorten it")
    if unprintable := UNPRINTABLE.search(text):
        raise ValueError(f"holds the control character U+{ord(unprintable[0]):04X}; remove it")
    if deceit := next(deceits(text), None):
        raise ValueError(deceit[1])
    return text.strip()


def deceits(text: str) -> Iterator[tuple[int, str]]:
    """Where a text would not be read as it is written, and how: fact and remedy, "; " between."""
    if text.isascii():
        return
    for unseen in UNSEEN.finditer(text):
        yield unseen.start(), f"holds the unseen character U+{ord(unseen[0]):04X}; remove it"
    for mixed in MIXED.finditer(text):
        letter = next(char for char in mixed[0] if not char.isascii())
        word = _word_at(text, mixed.start())
        mend = f"write the Latin letter in place of U+{ord(letter):04X}"
        yield mixed.start(), f'"{word}" mixes two alphabets; {mend}'


def _word_at(text: str, at: int) -> str:
    return next(word[0] for word in re.finditer(r'[^\s",]+', text) if word.end() > at)


def _text_of_number(value: Any) -> Any:
    return str(value) if type(value) is int else value


Word = Annotated[str, AfterValidator(_check_text)]
"""A word for the program, which nobody reads as text: the name of a file, of a language."""

Text = Annotated[str, AfterValidator(_check_text), PlainText()]
"""Plain text, shown as it stands."""

Prose = Annotated[Text, ProseIn()]
"""One paragraph of CommonMark (inline) with citations `[@claim-id; @other]`."""

Body = Annotated[Text, ProseIn(blocks=True)]
"""Paragraphs and lists of CommonMark with citations `[@claim-id; @other]`."""

Proposal = Annotated[Text, ProseIn(asserts=False)]
"""Prose of our own making: its dates and amounts are proposed, not asserted."""

Description = Annotated[Text, ProseIn(asserts=False)]
"""Prose about sources and method, which is no evidence and needs none."""

Edtf = Annotated[
    str,
    BeforeValidator(_text_of_number),
    AfterValidator(check_edtf),
    WithJsonSchema({"type": ["string", "integer"]}),
]
"""A date in EDTF (ISO 8601-2): `1990-07`, `2023~` (about), `2023-07/2026`, `2023/..` (since)."""

SourceRef = Annotated[str, RefTo(("sources",))]
ClaimRef = Annotated[str, RefTo(("claims",))]
AreaRef = Annotated[str, RefTo(("areas",))]
ObstacleRef = Annotated[str, RefTo(("obstacles",))]
RecommendationRef = Annotated[str, RefTo(("recommendations",))]
ActorRef = Annotated[str, RefTo(("actors",))]
InstrumentRef = Annotated[str, RefTo(("instruments",))]
TableRef = Annotated[str, RefTo(("tables",))]
FigureRef = Annotated[str, RefTo(("milestones", "actors", *CHOSEN, "instruments"))]
"""What a figure may show."""
MilestoneRef = Annotated[str, RefTo(("milestones",))]
SubjectRef = Annotated[str, RefTo((*CHOSEN, "instruments"))]
ChosenRef = Annotated[str, RefTo(CHOSEN)]

Horizon = Literal["now", "one-year", "three-years", "long-term", "standing"]
"""By when a recommendation is to be carried out."""
Colour = Annotated[str, Field(pattern=COLOUR)]
"""A colour as # and six small hexadecimal digits."""

HanLanguage = Literal["ja", "zh-Hans", "zh-Hant", "ko"]
"""A language that is written in Han characters (BCP 47)."""

ShortLabel = Annotated[Text, Field(max_length=28)]

Level = Literal["low", "medium", "high"]
LEVELS: dict[Level, int] = {"low": 1, "medium": 2, "high": 3}


class Model(BaseModel):
    """Base of all data: an unknown key is a mistake, nothing changes after loading.

    What a field means stands in the docstring behind it; `dossier.meanings` reads it.
    """

    # Not `use_attribute_docstrings`: to read the source at each start takes 0.1 s.
    model_config = ConfigDict(extra="forbid", frozen=True)


class Record(Model):
    """One entry of a dossier."""

    id: Annotated[str, Field(json_schema_extra={"pattern": f"^{ID_PATTERN.pattern}$"})]
    """Kebab-case key, unique in the dossier; what other records refer to; never printed."""


class Score(Model):
    """The curators' judgement on a scale of three, with its reason."""

    level: Level
    """low, medium or high."""
    why: Text
    """The reason, in a sentence."""


class DatedValue(Model):
    """A date and the claim that carries it."""

    value: Edtf
    """The date in EDTF; `check` compares it with the claim's values."""
    claim: ClaimRef
    """The claim that asserts the date."""

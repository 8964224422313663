"""Where the citations of an edited text stand, as its notes have them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.document.prose import sentence_ends
from briefgen.review.prose_cells import Origins, Text, key_of
from briefgen.review.prose_source import Source, SourceCitation, Styles
from briefgen.review.shown import BREAK, Note

STOPS = ".!?…"
PAUSES = ",;:"
CLOSED_BY = STOPS + PAUSES + ")”’\"'"


@dataclass(frozen=True)
class Placed:
    """A citation in the edited text."""

    claims: tuple[str, ...]
    spelling: str = ""
    """As the source has it; nothing where it is written anew."""
    styles: Styles = ()


def groups_of(source: Source, was: Text) -> dict[int, list[SourceCitation]]:
    """The citations that each note of the export stands for; those without a note under -1."""
    found: defaultdict[int, list[SourceCitation]] = defaultdict(list)
    for citation in source.citations:
        found[_note_of(citation, source, was)].append(citation)
    return found


def _note_of(citation: SourceCitation, source: Source, was: Text) -> int:
    """The first note of the block behind the citation that names its claims."""
    first = bisect_left(was.notes, citation.at, key=lambda placed: placed[0])
    at = citation.at
    for number, (place, note) in enumerate(was.notes[first:], start=first):
        if any(atom.char == BREAK for atom in source.atoms[at:place]):
            return -1
        if set(citation.claims) <= set(note.claims):
            return number
        at = place
    return -1


class Placing:
    """The citations of the edited text while they are placed."""

    def __init__(self, source: Source, was: Text, now: Text, origins: Origins) -> None:
        self._source, self._was, self._now, self._origins = source, was, now, origins
        self._groups = groups_of(source, was)
        self._now_of = {u: t for t, u in enumerate(origins.chars) if u >= 0}
        self._ends = {
            start + end
            for start, stop in now.blocks()
            for end in sentence_ends("".join(now.chars[start:stop]))
        }
        self.placed: defaultdict[int, list[Placed]] = defaultdict(list)
        """By the number of characters before them."""
        self.loose: list[Note] = []
        """Notes that cite no claim."""

    def run(self) -> Placing:
        """Place all of them."""
        lower = -1
        for number, (at, note) in enumerate(self._now.notes):
            origin = self._origins.notes[number]
            if origin >= 0:
                cited = self._still_said(self._groups.get(origin, []))
                for citation in cited:
                    self._keep(citation, lower, at)
                lower = at if cited else lower
            elif note.claims:
                if claims := self._claims_of(note):
                    self.placed[self._before_stop(at)].append(Placed(claims))
                    lower = at
            else:
                self.loose.append(note)
        for citation in self._groups.get(-1, ()):
            if (place := self._anchor(citation)) is not None:
                self.placed[place].append(_as_it_was(citation))
        self._join()
        return self

    def _still_said(self, cited: list[SourceCitation]) -> list[SourceCitation]:
        """Those of a note's citations whose words are not all gone.

        One note often stands for several sentences. Where one of them was taken out whole, what
        it cited goes with it; where nothing else is left, the note keeps what it has.
        """
        said = [citation for citation in cited if not self._is_taken_out(citation)]
        return said or cited

    def _is_taken_out(self, citation: SourceCitation) -> bool:
        """Whether the words between the citation before and this one are gone, and none came."""
        before = [c.at for c in self._source.citations if c.at < citation.at]
        start = max(before, default=0)
        words = [u for u in range(start, citation.at) if self._source.atoms[u].char.isalnum()]
        if not words or any(u in self._now_of for u in words):
            return False
        left = max((t for u, t in self._now_of.items() if u < words[0]), default=-1)
        right = min(
            (t for u, t in self._now_of.items() if u > words[-1]), default=len(self._now.chars)
        )
        return not any(
            self._origins.chars[t] < 0 and self._now.chars[t].isalnum()
            for t in range(left + 1, right)
        )

    def _claims_of(self, note: Note) -> tuple[str, ...]:
        """What a new note cites: as much of a copied one as is this field's."""
        for number, (_, old) in enumerate(self._was.notes):
            if key_of(old) == key_of(note):
                claims = [name for c in self._groups.get(number, ()) for name in c.claims]
                return tuple(dict.fromkeys(claims))
        return note.claims

    def _keep(self, citation: SourceCitation, lower: int, upper: int) -> None:
        place = self._anchor(citation)
        if place is not None and lower < place <= upper and self._says_something(citation, place):
            self.placed[place].append(_as_it_was(citation))
        else:
            self.placed[self._before_stop(upper)].append(Placed(citation.claims))

    def _anchor(self, citation: SourceCitation) -> int | None:
        """Its place among the characters that are left of those around it."""
        left, right = self._now_of.get(citation.at - 1), self._now_of.get(citation.at)
        chars = self._now.chars
        if left is not None and self._source.atoms[citation.at - 1].char != BREAK:
            if right is not None and left + 1 < right and chars[right] in CLOSED_BY:
                inserted = self._origins.chars[left + 1 : right]
                if all(u < 0 for u in inserted) and BREAK not in chars[left + 1 : right]:
                    return self._leftwards(right)
            return self._leftwards(left + 1)
        if right is not None:
            return self._leftwards(right)
        return self._near(citation)

    def _near(self, citation: SourceCitation) -> int | None:
        """Behind what has replaced the words before it."""
        before = self._first_left(range(citation.at - 1, -1, -1))
        behind = self._first_left(range(citation.at, len(self._source.atoms)))
        if behind is not None and (before is None or before < behind):
            return self._leftwards(behind)
        return None if before is None else self._leftwards(self._behind_new(before + 1))

    def _behind_new(self, place: int) -> int:
        """The end of the new words that begin at a place."""
        chars, origins = self._now.chars, self._origins.chars
        while place < len(chars) and origins[place] < 0 and chars[place] != BREAK:
            place += 1
        return place

    def _first_left(self, places: range) -> int | None:
        for u in places:
            if self._source.atoms[u].char == BREAK:
                return None
            if u in self._now_of:
                return self._now_of[u]
        return None

    def _leftwards(self, place: int) -> int:
        """The place, or that before the blanks in front of it."""
        while place and self._now.chars[place - 1].isspace() and not self._starts(place):
            place -= 1
        return place

    def _starts(self, place: int) -> bool:
        return place == 0 or self._now.chars[place - 1] == BREAK

    def _says_something(self, citation: SourceCitation, place: int) -> bool:
        """Whether words stand between the sentence before and the citation."""
        if self._now_of.get(citation.at - 1, -2) + 1 == place:
            return True
        if place in self._ends:
            return False
        start = place
        while not self._starts(start) and start not in self._ends:
            start -= 1
        return bool(re.search(r"\w", "".join(self._now.chars[start:place])))

    def _before_stop(self, place: int) -> int:
        """Where the citations of a note are written: before the stop or comma in front of it."""
        chars = self._now.chars
        at = self._leftwards(place)
        marks = STOPS + PAUSES if at in self._ends else PAUSES
        while not self._starts(at) and chars[at - 1] in marks:
            at -= 1
        at = self._leftwards(at)
        if self._starts(at):
            later = sorted(end for end in self._ends if end > place)
            if later and BREAK not in chars[place : later[0]]:
                return self._before_stop(later[0])
            return place
        return at

    def _join(self) -> None:
        """Let what stands together at a new place be one citation."""
        for place, placed in self.placed.items():
            if len(placed) > 1 and not all(one.spelling for one in placed):
                claims = tuple(dict.fromkeys(name for one in placed for name in one.claims))
                self.placed[place] = [Placed(claims)]


def _as_it_was(citation: SourceCitation) -> Placed:
    return Placed(citation.claims, citation.spelling, citation.styles)


def written(claims: Sequence[str]) -> str:
    """A citation as our sources write it."""
    return f" [{'; '.join(f'@{name}' for name in claims)}]"

"""Keep facts out of edits: what changes a number, a date, a name or a denial is proposed instead.

An edit is looked at hunk by hunk. A hunk alters a fact where the sentences that it touches assert
other numbers or dates afterwards, name other agreements, deny more or less, or count in another
unit. To leave out a whole sentence alters none, nor does moving one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefgen.dossier.asserted import asserted
from briefgen.dossier.carried import Carriers
from briefgen.dossier.negation import NEGATIONS, NO_NEGATION
from briefgen.dossier.prose import CITATION, MARKS, cited_claims, paragraphs, sentences
from briefgen.dossier.quotes import normalise
from briefgen.review.three_way import Hunk, apply, hunks

_DENIALS = """
deny denies denied denying reject rejects rejected rejecting refuse refuses refused refusing oppose
opposes opposed opposing fail fails failed failing lack lacks lacked lacking prevent prevents
prevented forbid forbids forbade forbidden prohibit prohibits prohibited bar bars barred
"""
DENIALS = frozenset(_DENIALS.split())
"""Verbs by which a sentence denies something."""
_UNITS = """
dollar dollars yen euro euros pound pounds yuan rupee rupees won km kilometre kilometres mile miles
nautical tonne tonnes ton tons half twice double doubled triple tripled
"""
UNITS = frozenset(_UNITS.split())
"""What numbers count, and how many times over; `asserted` compares neither."""
Facts = Counter[tuple[str, str]]
"""What a text asserts, each with its sort, and how often."""
WORD = re.compile(r"[\w']+|[$£€¥]")


@dataclass(frozen=True)
class Alteration:
    """An edit that would alter a fact."""

    old: str
    """The sentences as they were exported, with their citations."""
    new: str
    """The same as edited."""
    what: tuple[str, ...]
    """What is other: `17 for 16`."""
    needs: str
    """What evidence it needs."""
    claims: tuple[str, ...]
    """The claims that carry what was said."""


@dataclass(frozen=True)
class Split:
    """An edit, parted into what may be written and what must be proposed."""

    kept: str
    """The exported text with all that alters no fact."""
    alterations: tuple[Alteration, ...]


def split_edit(source: str, edited: str, carriers: Carriers, claims: Sequence[str]) -> Split:
    """The parts of an edit; `claims` are those that a text without citations rests on."""
    every = hunks(source, edited)
    spans = list(_sentence_spans(source))
    left_out = {_bare(source[a:b]) for hunk in every for a, b in _left_out(hunk, spans)}
    told = [(hunk, _alters(source, hunk, spans, left_out, carriers)) for hunk in every]
    altering = [(hunk, what) for hunk, what in told if what]
    kept = apply(source, tuple(hunk for hunk, what in told if not what))
    if not altering and not _same_in_all(source, edited, every, spans, carriers):
        altering = [(hunk, "the facts of the sentence") for hunk in every]
        kept = source
    return Split(
        kept,
        tuple(
            _alteration(source, group, spans, carriers, claims)
            for group in _by_sentence(altering, spans)
        ),
    )


def whole_as_proposal(
    source: str, edited: str, carriers: Carriers, claims: Sequence[str], what: str
) -> Alteration:
    """An edit of a text all of which is a fact."""
    needs = _needs(_facts(source, carriers), _facts(edited, carriers))
    return Alteration(source, edited, (what,), needs, tuple(claims))


# --- Which hunks alter a fact -------------------------------------------------


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; the blanks behind it are not of it."""
    at = 0
    for paragraph in paragraphs(text):
        for sentence in sentences(paragraph):
            bare = sentence.strip()
            start = text.find(bare, at)
            if bare and start >= 0:
                at = start + len(bare)
                yield start, at


def _touched(hunk: Hunk, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences that a hunk reaches; one that inserts behind a sentence reaches that."""
    inside = [span for span in spans if span[0] < hunk.end and span[1] > hunk.start]
    if inside:
        return inside
    before = [span for span in spans if span[1] <= hunk.start]
    within = [span for span in spans if span[0] <= hunk.start < span[1]]
    return within[:1] or before[-1:] or list(spans[:1])


def _left_out(hunk: Hunk, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences that a hunk takes out whole."""
    return [(a, b) for a, b in spans if hunk.start <= a and b <= hunk.end]


def _alters(
    source: str,
    hunk: Hunk,
    spans: Sequence[tuple[int, int]],
    left_out: set[str],
    carriers: Carriers,
) -> str:
    """What a hunk alters, or nothing."""
    touched = _touched(hunk, spans)
    start = min([hunk.start, *(a for a, _ in touched)])
    end = max([hunk.end, *(b for _, b in touched)])
    window = source[start:end]
    after = window[: hunk.start - start] + hunk.replacement + window[hunk.end - start :]
    was = _facts(window, carriers)
    now = _facts(after, carriers)
    if not hunk.replacement.strip():
        for a, b in _left_out(hunk, spans):
            was -= _facts(source[a:b], carriers)
    for sentence in (s for p in paragraphs(hunk.replacement) for s in sentences(p)):
        if _bare(sentence) in left_out:
            now -= _facts(sentence, carriers)
    return _told(was, now)


def _same_in_all(
    source: str,
    edited: str,
    every: Sequence[Hunk],
    spans: Sequence[tuple[int, int]],
    carriers: Carriers,
) -> bool:
    """Whether no fact is other when all hunks are taken together."""
    was, now = _facts(source, carriers), _facts(edited, carriers)
    kept = {_bare(s) for p in paragraphs(edited) for s in sentences(p)}
    for hunk in every:
        for a, b in _left_out(hunk, spans) if not hunk.replacement.strip() else ():
            if _bare(source[a:b]) not in kept:
                was -= _facts(source[a:b], carriers)
    return now == was or not every


def _bare(sentence: str) -> str:
    return " ".join(CITATION.sub(" ", sentence).split()).replace(" .", ".")


def _facts(text: str, carriers: Carriers) -> Facts:
    """What a text asserts that a program can compare, each with its sort."""
    plain = CITATION.sub(" ", text)
    found = Counter(("name", name) for name in carriers.instrument_names.found_in(plain))
    masked = carriers.names.masked(plain)
    found.update(("value", item.value) for item in asserted(masked, carriers.language))
    words = WORD.findall(normalise(MARKS.sub("", plain)).lower())
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        if word in NEGATIONS or word.endswith("n't"):
            found["denial", "not"] += following not in NO_NEGATION
        elif word in DENIALS:
            found["denial", word] += 1
        elif word in UNITS or word in "$£€¥":
            found["unit", word] += 1
    return found


def _told(was: Facts, now: Facts) -> str:
    """In words what is other: `17 for 16`."""
    gone = [_word(fact) for fact in sorted((was - now).elements())]
    come = [_word(fact) for fact in sorted((now - was).elements())]
    if gone and come:
        return f"{', '.join(come)} for {', '.join(gone)}"
    if come:
        return f"{', '.join(come)} added"
    return f"{', '.join(gone)} taken out" if gone else ""


def _word(fact: tuple[str, str]) -> str:
    sort, word = fact
    if sort == "denial":
        return f'"{word}"'
    return word.lstrip("#")


# --- What is proposed ---------------------------------------------------------


def _by_sentence(
    altering: Iterable[tuple[Hunk, str]], spans: Sequence[tuple[int, int]]
) -> Iterator[list[tuple[Hunk, str]]]:
    """Hunks of one sentence are one proposal."""
    group: list[tuple[Hunk, str]] = []
    reach = -1
    for hunk, what in altering:
        touched = _touched(hunk, spans)
        start = min([hunk.start, *(a for a, _ in touched)])
        if group and start >= reach:
            yield group
            group = []
        group.append((hunk, what))
        reach = max([reach, hunk.end, *(b for _, b in touched)])
    if group:
        yield group


def _alteration(
    source: str,
    group: Sequence[tuple[Hunk, str]],
    spans: Sequence[tuple[int, int]],
    carriers: Carriers,
    claims: Sequence[str],
) -> Alteration:
    touched = [span for hunk, _ in group for span in _touched(hunk, spans)]
    start = min([group[0][0].start, *(a for a, _ in touched)])
    end = max([group[-1][0].end, *(b for _, b in touched)])
    old, at, new = source[start:end], start, ""
    for hunk, _ in group:
        new += source[at : hunk.start] + hunk.replacement
        at = hunk.end
    new += source[at:end]
    return Alteration(
        old.strip(),
        new.strip(),
        tuple(dict.fromkeys(what for _, what in group)),
        _needs(_facts(old, carriers), _facts(new, carriers)),
        _claims_of(source, start, end, carriers, claims),
    )


def _claims_of(
    source: str, start: int, end: int, carriers: Carriers, claims: Sequence[str]
) -> tuple[str, ...]:
    """The claims cited in the sentence, else near it, earlier first, else those given.

    Of several those that carry its numbers and dates.
    """
    here = _cited(source[start:end])
    head = source[:start].rpartition("\n\n")[2]
    names = here or _cited(head) or _cited(source) or list(claims)
    plain = carriers.names.masked(CITATION.sub(" ", source[start:end]))
    values = {item.value for item in asserted(plain, carriers.language)}
    carrying = [name for name in names if values & carriers.of_claim(name)]
    return tuple(dict.fromkeys(carrying or names))


def _cited(text: str) -> list[str]:
    return [name for _, name in cited_claims(text)]


def _needs(old: Facts, new: Facts) -> str:
    """What somebody must bring so that the edit can stand."""
    added, gone = new - old, old - new
    said = sorted(_word(fact) for fact in added if fact[0] != "denial")
    if said:
        return f"a passage of a source that says {', '.join(said)}, and a claim that quotes it"
    if any(fact[0] == "denial" for fact in added):
        return "a passage of a source that denies it, and a claim that quotes it"
    if any(fact[0] == "denial" for fact in gone):
        return "a passage of a source that says so, and a claim that quotes it"
    return "a passage of a source that bears the text without it"

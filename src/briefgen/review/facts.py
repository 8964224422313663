"""Keep facts out of edits: what changes a number, a date, a name or a denial is proposed instead.

An edit is looked at hunk by hunk. A hunk alters a fact where the sentences that it touches assert
other numbers or dates afterwards, name other agreements, deny more or less, or count in another
unit. To leave out a whole sentence alters none, nor does moving one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from briefgen.dossier.asserted import asserted
from briefgen.dossier.carried import Carriers
from briefgen.dossier.prose import CITATION, cited_claims, paragraphs, sentences
from briefgen.review.assertions import OPPOSITES, Fact, altered, facts_in
from briefgen.review.three_way import Hunk, apply, hunks

ORDERED = ("value", "name", "author", "who")
"""Sorts whose order in a sentence says what belongs to what."""
ALIKE = 0.6
"""How much of two sentences is the same, at least, where one is the other moved and edited."""
MOST_PAIRS = 2_500
"""Of sentences that went and others that came, to look at."""
Facts = Counter[Fact]
"""What a text asserts, and how often."""


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
    spans = list(_sentence_spans(source))
    moved = _Moved(edited)
    if len(spans) > 1:
        moved = _moved(source, edited, spans, carriers, claims)
    every = hunks(source, moved.edited)
    left_out = {_bare(source[a:b]) for hunk in every for a, b in _left_out(hunk, spans)}
    left_out |= moved.come
    told = [(hunk, _alters(source, hunk, spans, left_out, carriers)) for hunk in every]
    groups = list(_by_sentence(told, spans))
    altering = [group for group in groups if _is_altered(source, group, spans, carriers)]
    refused = {hunk for group in altering for hunk in _refused(group)}
    kept = apply(source, tuple(hunk for hunk in every if hunk not in refused))
    if not altering and not _same_in_all(source, moved, every, spans, carriers):
        altering, kept = groups, source
    found = (_alteration(source, group, spans, carriers, claims) for group in altering)
    return Split(kept, (*found, *moved.alterations))


def whole_as_proposal(
    source: str, edited: str, carriers: Carriers, claims: Sequence[str], what: str
) -> Alteration:
    """An edit of a text all of which is a fact."""
    needs = _needs(_facts(source, carriers), _facts(edited, carriers))
    return Alteration(source, edited, (what,), needs, tuple(claims))


# --- Sentences that are moved and edited --------------------------------------


@dataclass
class _Moved:
    """An edited text in which what moved says what it said."""

    edited: str
    gone: set[str] = field(default_factory=set)
    """The sentences as they were in the place that they left, bare."""
    come: set[str] = field(default_factory=set)
    """The same as they are where they came to."""
    alterations: list[Alteration] = field(default_factory=list)


def _moved(
    source: str,
    edited: str,
    spans: Sequence[tuple[int, int]],
    carriers: Carriers,
    claims: Sequence[str],
) -> _Moved:
    """The edited text, each sentence that moved and would alter a fact back in its own words."""
    every = hunks(source, edited)
    stays = {_bare(sentence) for sentence in _sentences(edited)}
    was = {_bare(source[a:b]) for a, b in spans}
    gone = [source[a:b] for hunk in every for a, b in _left_out(hunk, spans)]
    gone = [sentence for sentence in gone if _bare(sentence) not in stays]
    come = [s for hunk in every for s in _sentences(hunk.replacement) if _bare(s) in stays - was]
    found = _Moved(edited)
    if len(gone) * len(come) > MOST_PAIRS:
        return found
    for new in come:
        old = max(gone, key=lambda sentence: _likeness(sentence, new), default="")
        if _likeness(old, new) < ALIKE:
            continue
        gone.remove(old)
        split = split_edit(old, new, carriers, _cited(old) or claims)
        found.edited = found.edited.replace(new, split.kept, 1)
        found.gone.add(_bare(old))
        found.come.add(_bare(split.kept))
        found.alterations += split.alterations
    return found


def _likeness(old: str, new: str) -> float:
    """How alike two sentences are in their words, from 0 to 1."""
    return SequenceMatcher(None, _bare(old).split(), _bare(new).split(), autojunk=False).ratio()


def _sentences(text: str) -> Iterator[str]:
    for paragraph in paragraphs(text):
        for sentence in sentences(paragraph):
            if bare := sentence.strip():
                yield bare


# --- Which hunks alter a fact -------------------------------------------------


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; the blanks behind it are not of it."""
    at = 0
    for sentence in _sentences(text):
        start = text.find(sentence, at)
        if start >= 0:
            at = start + len(sentence)
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
    is_moving = False
    for sentence in _sentences(hunk.replacement):
        if _bare(sentence) in left_out:
            now -= _facts(sentence, carriers)
            is_moving = True
    if what := _told(was, now):
        return what
    gone = source[hunk.start : hunk.end]
    return "" if is_moving else _reordered(gone, hunk.replacement, carriers)


def _is_altered(
    source: str,
    group: Sequence[tuple[Hunk, str]],
    spans: Sequence[tuple[int, int]],
    carriers: Carriers,
) -> bool:
    """Whether hunks that touch the same sentences alter a fact, once they are looked at together.

    Within a sentence what one takes out another may put in again. Numbers and names keep their
    order there, and a denial its place: what belongs to what no program knows.
    """
    altering = [hunk for hunk, what in group if what]
    start, end = _reach(group, spans)
    if sum(start <= a and b <= end for a, b in spans) != 1:
        return bool(altering)
    old, new = source[start:end], _after(source, group, start, end)
    if _reordered(old, new, carriers):
        return True
    if _told(_facts(old, carriers), _facts(new, carriers)):
        return bool(altering)
    return any(
        _denials(source[hunk.start : hunk.end], carriers) != _denials(hunk.replacement, carriers)
        for hunk in altering
    )


def _refused(group: Sequence[tuple[Hunk, str]]) -> Iterator[Hunk]:
    """Of hunks that alter a fact together those that do not merge.

    Words that go or come without others for them hang together with the rest of their sentence:
    without it they would leave one that nobody has written.
    """
    is_joint = not any(what for _, what in group)
    for hunk, what in group:
        if is_joint or what or hunk.start == hunk.end or not hunk.replacement.strip():
            yield hunk


def _denials(text: str, carriers: Carriers) -> list[Fact]:
    return [fact for fact in facts_in(text, carriers) if fact[0] == "denial"]


def _same_in_all(
    source: str,
    moved: _Moved,
    every: Sequence[Hunk],
    spans: Sequence[tuple[int, int]],
    carriers: Carriers,
) -> bool:
    """Whether no fact is other when all hunks are taken together."""
    was, now = _facts(source, carriers), _facts(moved.edited, carriers)
    kept = {_bare(sentence) for sentence in _sentences(moved.edited)} | moved.gone
    for hunk in every:
        for a, b in _left_out(hunk, spans) if not hunk.replacement.strip() else ():
            if _bare(source[a:b]) not in kept:
                was -= _facts(source[a:b], carriers)
    return not every or not _told(was, now)


def _bare(sentence: str) -> str:
    return " ".join(CITATION.sub(" ", sentence).split()).replace(" .", ".")


def _facts(text: str, carriers: Carriers) -> Facts:
    return Counter(facts_in(text, carriers))


def _reordered(old: str, new: str, carriers: Carriers) -> str:
    """What has changed places where the same is asserted in other words."""
    was, now = facts_in(old, carriers), facts_in(new, carriers)
    if Counter(was) != Counter(now):
        return ""
    for sort in ORDERED:
        places = [[word for of, word in facts if of == sort] for facts in (was, now)]
        if places[0] != places[1]:
            return f"{', '.join(places[1])} for {', '.join(places[0])}"
    return ""


def _told(was: Facts, now: Facts) -> str:
    """In words what is other: `17 for 16`."""
    gone, come = ([_word(fact) for fact in facts] for facts in altered(was, now))
    if gone and come:
        return f"{', '.join(come)} for {', '.join(gone)}"
    if come:
        return f"{', '.join(come)} added"
    return f"{', '.join(gone)} taken out" if gone else ""


def _word(fact: Fact) -> str:
    sort, word = fact
    if sort in ("denial", "bound", *OPPOSITES):
        return f'"{word}"'
    return word.lstrip("#")


# --- What is proposed ---------------------------------------------------------


def _by_sentence(
    told: Iterable[tuple[Hunk, str]], spans: Sequence[tuple[int, int]]
) -> Iterator[list[tuple[Hunk, str]]]:
    """Hunks that touch the same sentences, together."""
    group: list[tuple[Hunk, str]] = []
    reach = -1
    for hunk, what in told:
        touched = _touched(hunk, spans)
        start = min([hunk.start, *(a for a, _ in touched)])
        if group and start >= reach:
            yield group
            group = []
        group.append((hunk, what))
        reach = max([reach, hunk.end, *(b for _, b in touched)])
    if group:
        yield group


def _what(
    old: str, new: str, group: Sequence[tuple[Hunk, str]], carriers: Carriers
) -> tuple[str, ...]:
    """What is other, hunk by hunk; of what no hunk alters alone, by the sentences."""
    found = tuple(dict.fromkeys(what for _, what in group if what))
    return found or (_reordered(old, new, carriers) or "the facts of the sentence",)


def _reach(group: Sequence[tuple[Hunk, str]], spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Start and end of the sentences that hunks touch."""
    touched = [span for hunk, _ in group for span in _touched(hunk, spans)]
    start = min([group[0][0].start, *(a for a, _ in touched)])
    return start, max([group[-1][0].end, *(b for _, b in touched)])


def _after(source: str, group: Sequence[tuple[Hunk, str]], start: int, end: int) -> str:
    """What hunks make of a stretch of the text."""
    moved = (Hunk(h.start - start, h.end - start, h.replacement) for h, _ in group)
    return apply(source[start:end], tuple(moved))


def _alteration(
    source: str,
    group: Sequence[tuple[Hunk, str]],
    spans: Sequence[tuple[int, int]],
    carriers: Carriers,
    claims: Sequence[str],
) -> Alteration:
    start, end = _reach(group, spans)
    old, new = source[start:end], _after(source, group, start, end)
    return Alteration(
        old.strip(),
        new.strip(),
        _what(old, new, group, carriers),
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
    gone, added = altered(old, new)
    said = sorted(_word(fact) for fact in added if fact[0] != "denial")
    if said:
        return f"a passage of a source that says {', '.join(said)}, and a claim that quotes it"
    if any(fact[0] == "denial" for fact in added):
        return "a passage of a source that denies it, and a claim that quotes it"
    if any(fact[0] == "denial" for fact in gone):
        return "a passage of a source that says so, and a claim that quotes it"
    return "a passage of a source that bears the text without it"

"""Prose with all its markup, and what people do to it where it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from briefgen.formats.docx.reading import OBJECT, Emphasis
from briefgen.review.shown import BREAK, Note, Shown

WORDS = [
    "Japan",
    "NATO",
    "the",
    "navy",
    "of",
    "and",
    "sails",
    "patrol's",
    "India's",
    "5",
    "2024",
    '"treaty"',
    "'pact'",
    "ships",
    "July",
    "per",
    "cent",
    "agreement",
    "-",
    "sea-lanes",
    "U.S.",
    "Dr.",
    "Abe",
    "(partly)",
    "R&D",
    "1,000",
    "3.5",
    "e.g.",
    "no",
    "co-operate",
    "naïve",
    "日本",
    "…",
]
NEW = [
    "new",
    "fleet’s",
    "“great”",
    "‘small’",
    "–",
    "don't",
    '"so"',
    "*star*",
    "_under_",
    "[sic]",
    "a_b_c",
    "back\\slash",
    "<tag>",
    "&amp;",
    "R&D",
    "1.",
    "-",
    "+",
    "#",
    ">",
    "12)",
    "tick`s",
    "~~~",
    "===",
    "[@x]",
    "x@y.org",
    "soft\xadhy",
    "non‑break",
    "5",
    "July",
    "2024",
]
NEW += ["7\u00a0ships", "two\nlines"]
PLAIN = Emphasis()
LINKS = ("https://example.org/a_(b)", "#area-x", "mailto:a@example.org")
MARKED = ("*{}*", "**{}**", "_{}_", "***{}***", "[{}](https://example.org/x)", "[{}](#y 'title')")
CLAIMS = [f"claim-{letter}" for letter in "abcdefgh"]


def sentence(random: Random) -> str:
    """A sentence of prose, cited or not."""
    words = ["The", *random.choices(WORDS, k=random.randint(2, 9))]
    if random.random() < 0.3:
        at = random.randrange(len(words))
        pattern = random.choice(MARKED)
        words[at : at + 2] = [
            pattern.format(" ".join(w.strip("-…") or "x" for w in words[at : at + 2]))
        ]
    if random.random() < 0.1:
        words.append(random.choice(["\\*", "&amp;", "\\[x\\]", "<https://example.org>", "a * b"]))
    if random.random() < 0.2:
        words.insert(random.randrange(1, len(words)), citation(random))
    if random.random() < 0.6:
        words.append(citation(random))
    text = words[0]
    for word in words[1:]:
        text += (random.choice("    \n") if word[:1] not in "-…1235" else " ") + word
    return text + random.choice(".....?!")


def citation(random: Random) -> str:
    """One to three claims."""
    return f"[{'; '.join(f'@{name}' for name in random.sample(CLAIMS, random.randint(1, 3)))}]"


def paragraph(random: Random) -> str:
    """One to four sentences."""
    return " ".join(sentence(random) for _ in range(random.randint(1, 4)))


def prose(random: Random) -> str:
    """Paragraphs and lists."""
    blocks = []
    for _ in range(random.randint(1, 4)):
        kind = random.random()
        if kind < 0.7:
            blocks.append(paragraph(random))
        else:
            gap = random.choice(["\n", "\n\n"])
            items = [sentence(random).replace("\n", " ") for _ in range(random.randint(1, 4))]
            marks = ["-"] * 4 if kind < 0.85 else ["1.", "2.", "3.", "4."]
            blocks.append(gap.join(f"{m} {i}" for m, i in zip(marks, items, strict=False)))
    return "\n\n".join(blocks)


Cell = tuple[str, Emphasis, Note | None]


@dataclass
class Sheet:
    """A showing while somebody edits it: characters with their look and note."""

    cells: list[Cell]
    items: list[bool]

    @classmethod
    def of(cls, shown: Shown) -> Sheet:
        looks = [Emphasis()] * len(shown.text)
        for start, end, look in shown.emphasis:
            looks[start:end] = [look] * (end - start)
        notes = {note.at: note for note in shown.notes}
        cells = [(c, looks[i], notes.get(i)) for i, c in enumerate(shown.text)]
        return cls(cells, [i in shown.items for i in range(shown.text.count(BREAK) + 1)])

    def shown(self) -> Shown:
        emphasis: list[tuple[int, int, Emphasis]] = []
        for i, (_, look, _note) in enumerate(self.cells):
            if look != Emphasis():
                emphasis.append((i, i + 1, look))
        return Shown(
            "".join(c for c, _, _ in self.cells),
            tuple(replace(n, at=i) for i, (_, _, n) in enumerate(self.cells) if n),
            tuple(emphasis),
            frozenset(i for i, is_item in enumerate(self.items) if is_item),
        )

    def words(self) -> list[tuple[int, int]]:
        """Start and end of each word."""
        found: list[tuple[int, int]] = []
        start = None
        for i, (c, _, _) in enumerate([*self.cells, (" ", Emphasis(), None)]):
            is_gap = c in (" ", BREAK, OBJECT, "\u00a0")
            if is_gap and start is not None:
                found.append((start, i))
            start = None if is_gap else i if start is None else start
        return found

    def blocks(self) -> list[tuple[list[Cell], bool]]:
        """The blocks, and of each whether it is an item."""
        starts = [0, *(at + 1 for at in self.breaks())]
        ends = [*self.breaks(), len(self.cells)]
        parts = [self.cells[a:b] for a, b in zip(starts, ends, strict=True)]
        return list(zip(parts, self.items, strict=True))

    def lay_out(self, blocks: list[tuple[list[Cell], bool]]) -> None:
        """Let these be the blocks."""
        self.cells = []
        for number, (cells, _) in enumerate(blocks):
            self.cells += [*([(BREAK, PLAIN, None)] if number else []), *cells]
        self.items = [is_item for _, is_item in blocks]

    def block_of(self, at: int) -> int:
        return sum(1 for c, _, _ in self.cells[:at] if c == BREAK)

    def breaks(self) -> list[int]:
        return [i for i, (c, _, _) in enumerate(self.cells) if c == BREAK]

    def notes(self) -> list[int]:
        """Where the notes stand."""
        return [i for i, (_, _, note) in enumerate(self.cells) if note]


def typed(text: str, look: Emphasis = PLAIN) -> list[Cell]:
    return [(char, look, None) for char in text]


def phrase(random: Random) -> str:
    return " ".join(random.choices(NEW, k=random.randint(1, 3)))


def stretch(sheet: Sheet, random: Random) -> tuple[int, int]:
    """Start and end of one to four words."""
    words = sheet.words()
    at = random.randrange(len(words))
    return words[at][0], words[min(len(words) - 1, at + random.randint(0, 3))][1]


def insert(sheet: Sheet, random: Random) -> None:
    start, _ = stretch(sheet, random)
    sheet.cells[start:start] = typed(phrase(random) + " ", sheet.cells[start][1])


def delete(sheet: Sheet, random: Random) -> None:
    start, end = stretch(sheet, random)
    sheet.cells[start:end] = [cell for cell in sheet.cells[start:end] if cell[0] in (BREAK, OBJECT)]


def rewrite(sheet: Sheet, random: Random) -> None:
    start, end = stretch(sheet, random)
    kept = [cell for cell in sheet.cells[start:end] if cell[0] in (BREAK, OBJECT)]
    sheet.cells[start:end] = [*typed(phrase(random)), *kept]


def emphasise(sheet: Sheet, random: Random) -> None:
    start, end = stretch(sheet, random)
    looks = [PLAIN, Emphasis(em=True), Emphasis(strong=True), *(Emphasis(href=h) for h in LINKS)]
    look = random.choice(looks)
    for i in range(start, end):
        char, _, note = sheet.cells[i]
        if char not in (BREAK, OBJECT):
            sheet.cells[i] = char, look, note


def drop_note(sheet: Sheet, random: Random) -> None:
    if notes := sheet.notes():
        del sheet.cells[random.choice(notes)]


def move_note(sheet: Sheet, random: Random) -> None:
    if notes := sheet.notes():
        cell = sheet.cells.pop(random.choice(notes))
        sheet.cells.insert(random.choice(sheet.words())[1], cell)


def add_note(sheet: Sheet, random: Random) -> None:
    claims = tuple(random.sample(["claim-x", "claim-y"], random.randint(0, 2)))
    note = Note(0, claims, "" if claims else "See the author.")
    sheet.cells.insert(random.choice(sheet.words())[1], (OBJECT, PLAIN, note))


def split(sheet: Sheet, random: Random) -> None:
    at = random.choice(sheet.words())[0]
    block = sheet.block_of(at)
    sheet.cells.insert(at, (BREAK, PLAIN, None))
    sheet.items.insert(block, sheet.items[block])


def join(sheet: Sheet, random: Random) -> None:
    if breaks := sheet.breaks():
        at = random.choice(breaks)
        del sheet.items[sheet.block_of(at) + 1]
        sheet.cells[at] = " ", PLAIN, None


def add_block(sheet: Sheet, random: Random) -> None:
    blocks = sheet.blocks()
    new = typed(phrase(random)), random.random() < 0.5
    blocks.insert(random.randrange(len(blocks) + 1), new)
    sheet.lay_out(blocks)


def drop_block(sheet: Sheet, random: Random) -> None:
    blocks = sheet.blocks()
    if len(blocks) > 1:
        del blocks[random.randrange(len(blocks))]
    sheet.lay_out(blocks)


def move_block(sheet: Sheet, random: Random) -> None:
    blocks = sheet.blocks()
    moved = blocks.pop(random.randrange(len(blocks)))
    blocks.insert(random.randrange(len(blocks) + 1), moved)
    sheet.lay_out(blocks)


INLINE = (insert, delete, rewrite, drop_note, move_note, emphasise, add_note)
BLOCKS = (split, join, move_block, drop_block, add_block)


def edit(sheet: Sheet, random: Random, *, blocks: bool = True) -> None:
    """Do one thing to the sheet."""
    change = random.choice([*INLINE, *(BLOCKS if blocks else ())])
    if sheet.words():
        change(sheet, random)


def with_merged_notes(shown: Shown, random: Random) -> Shown:
    """The showing with some notes let into the next of their block, as documents do."""
    sheet = Sheet.of(shown)
    at = [i for i, (_, _, n) in enumerate(sheet.cells) if n]
    for i, j in reversed([*pairwise(at)]):
        between = [c for c, _, _ in sheet.cells[i:j]]
        if BREAK not in between and random.random() < 0.4:
            first, second = sheet.cells[i][2], sheet.cells[j][2]
            assert first
            assert second
            claims = tuple(dict.fromkeys([*first.claims, *second.claims]))
            sheet.cells[j] = OBJECT, Emphasis(), replace(second, claims=claims)
            del sheet.cells[i]
            break
    return sheet.shown()

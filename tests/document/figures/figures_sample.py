"""What the tests of figures share: records, room, and the eye of a strict reader."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from hypothesis import strategies as st

from briefgen.document.figures.drawing import Box, Drawing, Label, Room
from briefgen.document.layout import load_layout
from briefgen.document.measure import Measure, font_measure
from briefgen.dossier.records import Actor, Area, Instrument, Milestone, Obstacle, Recommendation
from briefgen.formats.fonts import font_file
from briefgen.resources import shipped

LOCALE = load_layout("policy-brief", [(shipped("templates"), Path("templates"))]).locale("en-GB")
SANS = "Source Sans Pro"
MEASURE: Measure = font_measure(font_file(SANS, "Regular"), font_file(SANS, "Semibold"))
ROOM = Room(158.0, 158.0, LOCALE, MEASURE)
WORDS = st.sampled_from(
    [
        *("A", "NATO", "agreement", "Mitteilungsverordnung", "WWWWWWWWWWWW", "of", "Individually"),
        *("(2)", "日本", "「東京」、", "協力パートナーシップ", "한국어", "ﾊﾝｶｸ", "e\u0301"),
    ]
)
LONG = st.sampled_from(
    [
        *("W" * 28, "Donaudampfschifffahrtsamtes!", "W " * 13 + "W"),
        *(
            "語" * 28,
            "「" * 14 + "」" * 14,
            "日本国自衛隊と北大西洋条約機構の協力枠組に関する文書",
            "가" * 28,
        ),
    ]
)
SHORT = st.one_of(
    LONG, st.lists(WORDS, min_size=1, max_size=5).map(lambda words: " ".join(words)[:28].strip())
)
"""Labels of up to 28 characters, many of them of one word."""
ROOMS = st.sampled_from([80.0, 158.0, 170.0]).map(lambda width: Room(width, 158.0, LOCALE, MEASURE))
LEVELS = st.sampled_from(["low", "medium", "high"])


def milestone(number: int, date: str, short: str, outcome: str = "happened") -> Milestone:
    return Milestone.model_validate(
        {
            "id": f"m{number}",
            "title": short,
            "short": short,
            "date": {"value": date, "claim": "c"},
            "outcome": outcome,
            "claims": ["c"],
        }
    )


def area(number: int, short: str = "") -> Area:
    return Area.model_validate(
        {
            "id": f"a{number}",
            "title": "Area",
            "short": short or f"Area {number}",
            "summary": "It is.",
            "stage": "idea",
            "claims": ["c"],
        }
    )


def obstacle(number: int, *affects: int, short: str = "") -> Obstacle:
    return Obstacle.model_validate(
        {
            "id": f"o{number}",
            "title": "Obstacle",
            "short": short or f"Obstacle {number}",
            "kind": "legal",
            "summary": "It is.",
            "affects": [f"a{i}" for i in affects],
            "severity": {"level": ("low", "medium", "high")[number % 3], "why": "So."},
            "tractability": {"level": "low", "why": "So."},
            "claims": ["c"],
        }
    )


def step(number: int, effort: str, impact: str) -> Recommendation:
    return Recommendation.model_validate(
        {
            "id": f"r{number}",
            "title": "Do it",
            "summary": "It is.",
            "owner": ["who"],
            "horizon": "now",
            "advances": ["a0"],
            "effort": {"level": effort, "why": "So."},
            "impact": {"level": impact, "why": "So."},
            "first_step": "Begin.",
            "indicator": "Done.",
            "risk": "None.",
            "claims": ["c"],
        }
    )


def actor(number: int, stances: dict[str, str], short: str = "") -> Actor:
    return Actor.model_validate(
        {
            "id": f"who{number}",
            "name": "Actor",
            "short": short or f"Actor {number}",
            "kind": "state",
            "positions": [
                {"id": f"p-{on}", "on": on, "stance": stance, "claim": "c"}
                for on, stance in stances.items()
            ],
        }
    )


def instrument(
    number: int, date: str = "", short: str = "", ends: str = "", succeeds: tuple[int, ...] = ()
) -> Instrument:
    return Instrument.model_validate(
        {
            "id": f"i{number}",
            "title": "Instrument",
            "short": short or f"Instrument {number}",
            "kind": "agreement",
            "status": "in-force",
            "adopted": {"value": date, "claim": "c"} if date else None,
            "ends": {"value": ends, "claim": "c"} if ends else None,
            "succeeds": [f"i{old}" for old in succeeds],
            "summary": "It is.",
            "claims": ["c"],
        }
    )


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share ink, beyond what rounding makes of a touch."""
    return a[0] < b[2] - 0.01 and b[0] < a[2] - 0.01 and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01


def faults(drawing: Drawing) -> list[str]:
    """What a reader would see as untidy: overlaps, and ink outside the figure."""
    labels = [(label.text, label.box(MEASURE)) for label in drawing.labels]
    marks = [(f"{mark.shape} at {mark.x:.1f}, {mark.y:.1f}", mark.box) for mark in drawing.marks]
    lines = [
        (f"line {s}", (min(s.x1, s.x2), min(s.y1, s.y2), max(s.x1, s.x2), max(s.y1, s.y2)))
        for s in drawing.strokes
    ]
    thick = [(name, (a, b, c + 0.02, d + 0.02)) for name, (a, b, c, d) in lines]
    found = [
        f"outside: {name} {box}"
        for name, box in (*labels, *marks, *lines)
        if box[0] < -0.01
        or box[1] < -0.01
        or box[2] > drawing.width + 0.01
        or box[3] > drawing.height + 0.01
    ]
    found += [
        f"labels overlap: {one} / {other}"
        for (one, a), (other, b) in combinations(labels, 2)
        if overlap(a, b)
    ]
    found += [
        f"over a label: {name} / {label}"
        for name, box in (*marks, *thick)
        for label, around in labels
        if overlap(box, around)
    ]
    return found


def texts(drawing: Drawing) -> list[str]:
    return [label.text for label in drawing.labels]


def has(drawing: Drawing, text: str) -> Label:
    return next(label for label in drawing.labels if label.text == text)

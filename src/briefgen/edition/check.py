"""Checks of editions: names that lead somewhere, and honesty about their stance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefgen.dossier.base import CHOSEN
from briefgen.dossier.carried import Carriers
from briefgen.dossier.load import Reading
from briefgen.dossier.model import Path
from briefgen.dossier.prose import cited_claims
from briefgen.dossier.references import check_model, check_nested_ids
from briefgen.dossier.sides import Sides
from briefgen.edition.figures import check_figures
from briefgen.edition.honesty import check_honesty
from briefgen.edition.load import LoadedEdition
from briefgen.edition.tailor import tailor
from briefgen.edition.wording import check_wording
from briefgen.problems import Problem

PLACEHOLDER = re.compile(r"\bTo write(?: for\b|:)|\bSAMPLE\b")
"""What the drafts of `briefgen new` say where an author's words are to stand."""


def check_edition(
    loaded: LoadedEdition, reading: Reading, carriers: Carriers, sides: Sides
) -> Iterator[Problem]:
    """Everything wrong with one edition of the dossier."""
    yield from check_model(loaded.edition, loaded.place, reading)
    yield from check_nested_ids(loaded.edition, loaded.place)
    yield from check_wording(loaded, reading, carriers)
    yield from check_figures(loaded, reading)
    yield from _check_stance(loaded)
    yield from _check_counters(loaded)
    yield from _check_contradictory_choices(loaded)
    yield from _check_pins(loaded, reading)
    yield from _check_placeholders(loaded)
    yield from _check_adapted(loaded)
    yield from _check_judgements(loaded)
    yield from check_honesty(loaded, reading, sides)
    yield from _check_substance(loaded, reading)


def _check_stance(loaded: LoadedEdition) -> Iterator[Problem]:
    edition, place = loaded.edition, loaded.place
    stance = edition.stance
    if stance.role == "neutral":
        if stance.label:
            yield Problem(
                place.nearest(("stance", "label")),
                "BG040",
                "the stance is neutral, but a label says from where the edition looks",
                "take `label` out, or choose perspective, sceptic or advocate as the role",
            )
        return
    needed = {
        ("stance", "label"): (stance.label, "what the cover says of the stance"),
        ("stance", "weakness"): (stance.weakness, "what the edition is weakest at"),
        ("counter_view",): (edition.counter_view, "the strongest case against the stance"),
    }
    for path, (value, what) in needed.items():
        if not value:
            yield Problem(
                place.nearest(path[:-1] or ("stance",)),
                "BG040",
                f"the stance is {stance.role}, but `{'.'.join(path)}` is missing",
                f"add `{path[-1]}:`, {what}",
            )


def _check_counters(loaded: LoadedEdition) -> Iterator[Problem]:
    if loaded.edition.stance.role == "neutral":
        return
    for i, message in enumerate(loaded.edition.key_messages):
        where = loaded.place.nearest(("key_messages", i, "counter"))
        if not message.counter:
            yield Problem(
                where,
                "BG040",
                f'the message "{message.id}" has no counter',
                "add `counter:`, the best answer to it, citing a claim of its own",
            )
            continue
        own = {claim for _, claim in cited_claims(f"{message.lead} {message.text}")}
        if not {claim for _, claim in cited_claims(message.counter)} - own:
            yield Problem(
                where,
                "BG040",
                f'the counter to "{message.id}" cites no claim that the message does not',
                "cite the claim that speaks against the message",
            )


def _check_contradictory_choices(loaded: LoadedEdition) -> Iterator[Problem]:
    edition, place = loaded.edition, loaded.place
    lenses: Mapping[str, object] = {
        **edition.lens.areas,
        **edition.lens.obstacles,
        **edition.lens.recommendations,
    }
    for i, exclusion in enumerate(edition.exclude):
        if exclusion.id in edition.pin or exclusion.id in lenses:
            other = "pinned" if exclusion.id in edition.pin else "given a lens"
            yield Problem(
                place.nearest(("exclude", i, "id")),
                "BG041",
                f'"{exclusion.id}" is excluded and {other}',
                "keep one of the two",
            )


def _check_pins(loaded: LoadedEdition, reading: Reading) -> Iterator[Problem]:
    """What is pinned must have room; a short length shows the first of them."""
    edition = loaded.edition
    for kind in CHOSEN:
        pins = [name for name in edition.pin if name in reading.records[kind]]
        most: int = getattr(edition.at_most, kind)
        if len(pins) > most:
            yield Problem(
                loaded.place.nearest(("pin", edition.pin.index(pins[most]))),
                "BG044",
                f"{len(pins)} {kind} are pinned, and the edition shows at most {most}",
                f"pin fewer, or raise `{kind}` in `at_most`",
            )


def _check_placeholders(loaded: LoadedEdition) -> Iterator[Problem]:
    """A draft may wait for its words; what is final may not."""
    if loaded.edition.status != "final":
        return
    texts = _texts(loaded.edition.model_dump())
    waiting = [(path, text) for path, text in texts if PLACEHOLDER.search(text)]
    if waiting:
        path, text = waiting[0]
        begins = " ".join(text.split()[:6])
        others = f"; {len(waiting) - 1} more in this edition" if waiting[1:] else ""
        yield Problem(
            loaded.place.nearest(path),
            "BG045",
            f'the status is final, and a placeholder is left: "{begins} …"{others}',
            "write your own text, or set `status: draft`",
        )


def _texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text below a value, with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, tuple | list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number))


def _check_adapted(loaded: LoadedEdition) -> Iterator[Problem]:
    """Who acts, and by when, may differ only where the edition says that it changes the step."""
    for record_id, lens in loaded.edition.lens.recommendations.items():
        for name in ("owner", "horizon"):
            if getattr(lens, name) and lens.position != "adapt":
                yield Problem(
                    loaded.place.nearest(("lens", "recommendations", record_id, name)),
                    "BG041",
                    f"{name} of its own, but the position is {lens.position}",
                    f"write `position: adapt`, or take `{name}` out",
                )


def _check_judgements(loaded: LoadedEdition) -> Iterator[Problem]:
    edition = loaded.edition
    judgements: dict[Path, str] = {
        ("bottom_line",): edition.bottom_line,
        ("context",): edition.context,
    }
    judgements |= {("key_messages", i, "text"): m.text for i, m in enumerate(edition.key_messages)}
    if edition.counter_view:
        judgements["counter_view",] = edition.counter_view
    for kind in CHOSEN:
        for record_id, lens in getattr(edition.lens, kind).items():
            if lens.so_what:
                judgements["lens", kind, record_id, "so_what"] = lens.so_what
    for path, text in judgements.items():
        if not cited_claims(text):
            yield Problem(
                loaded.place.nearest(path),
                "BG041",
                f"{path[-1]}: the judgement cites no claim",
                "cite the claims that it rests on: `[@claim-id]`",
            )


def _check_substance(loaded: LoadedEdition, reading: Reading) -> Iterator[Problem]:
    brief = tailor(reading.dossier, loaded.edition, "full")
    for kind in CHOSEN:
        if reading.has_all(kind) and reading.records[kind] and not getattr(brief, kind):
            yield Problem(
                loaded.place.nearest(("exclude",)),
                "BG041",
                f"the edition shows none of the {kind}",
                "exclude fewer, or give one a weight of 1 or more",
            )

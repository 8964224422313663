"""A new edition of a dossier: a draft that cites the dossier's own claims and builds at once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from briefgen.build.files import write_whole
from briefgen.build.loaded import LoadedDossier
from briefgen.build.modeline import modeline_in
from briefgen.build.naming import as_title, as_words, check_name
from briefgen.build.starter import render_starter
from briefgen.dossier.asserted import asserted
from briefgen.dossier.base import CHOSEN, ID_PATTERN
from briefgen.dossier.model import Dossier
from briefgen.dossier.rules import disputes
from briefgen.dossier.yaml_places import read_yaml
from briefgen.edition.tailor import strength
from briefgen.problems import WrongUsage

Role = Literal["neutral", "perspective", "sceptic", "advocate"]
SHOWN = 3
"""So many records of each kind are enough to see how an edition is made."""
HIGHEST = 5
"""The weight of the first of them."""
NOUNS = {"areas": "area", "obstacles": "obstacle", "recommendations": "step"}
MESSAGES = {
    "areas": ("what-there-is", "what there is"),
    "obstacles": ("what-hinders", "what stands in the way"),
    "recommendations": ("what-to-do", "what to do"),
}
"""For each kind the id of a message on its weightiest record, and what its lead is about."""
SECTIONS = (
    "[contents, context, areas, obstacles, recommendations, case-against, left-out, "
    "abbreviations, sources, evidence]"
)


@dataclass(frozen=True)
class Pick:
    """A record that the draft shows."""

    kind: str
    id: str
    title: str
    """On one line."""
    weight: int
    claims: list[str]
    """Those that the draft cites of it, the safest first."""

    @property
    def noun(self) -> str:
        """What the record is, in a word."""
        return NOUNS[self.kind]


@dataclass(frozen=True)
class Message:
    """A key message of the draft and what may be said against it."""

    id: str
    lead: str
    claims: list[str]
    counter: list[str] = field(default_factory=list)


def new_edition(loaded: LoadedDossier, project: Path, name: str, role: Role, issued: str) -> Path:
    """Write `editions/NAME.yaml`, a draft on the dossier's weightiest records; gives the file.

    `issued` is the date of issue where no file that the draft extends has one.

    Raises:
        WrongUsage: the name cannot be one or is taken, or the dossier has nothing to cite.
        WrongEnvironment: the file cannot be written.
    """
    path = path_of_new(loaded, name)
    base, inherited = _base(loaded)
    needed = {"issued": f'"{issued}"', "version": '"1.0"', "sections": SECTIONS}
    values = {
        **_facts(loaded.dossier, role),
        "dossier": loaded.name,
        "id": name,
        "base": base,
        "label": label_of_new(loaded, name),
        "who": _who(loaded, name),
        "role": role,
        "reference": "reference" in inherited,
        "missing": {key: value for key, value in needed.items() if key not in inherited},
    }
    line = modeline_in(project, "editions", path)
    write_whole(path, (line + render_starter("edition.yaml.j2", **values)).encode())
    return path


def path_of_new(loaded: LoadedDossier, name: str) -> Path:
    """Where an edition of this name is to stand.

    Raises:
        WrongUsage: the name cannot be one, or something of this name is there.
    """
    check_name("edition", name)
    path = loaded.folder / "editions" / f"{name}.yaml"
    if os.path.lexists(path):
        raise WrongUsage(
            f"{path} is there already\n  help: choose another name, or move the file away"
        )
    return path


def label_of_new(loaded: LoadedDossier, name: str) -> str:
    """A label that no edition of the dossier has: `sea-lanes` gives "Sea lanes edition"."""
    taken = {edition.edition.label for edition in loaded.editions.values()}
    label = "New edition" if _asserts(loaded, name) else f"{as_title(name)} edition"
    while label in taken:
        label += " (new)"
    return label


def _who(loaded: LoadedDossier, name: str) -> str:
    """The readers as the draft calls them, by the edition's name: no two drafts speak alike."""
    return "this reader" if _asserts(loaded, name) else as_words(name)


def _asserts(loaded: LoadedDossier, name: str) -> bool:
    """Whether the name holds a number or a date, which no claim would carry."""
    language = loaded.dossier.about.language or "en"
    return bool(asserted(as_words(name), language))


def _base(loaded: LoadedDossier) -> tuple[str | None, Mapping[str, Any]]:
    """The file that most editions extend, if any, and all keys that come from it."""
    folder = loaded.folder / "editions"
    files = {path.stem for path in folder.glob("_*.yaml")}
    extended = Counter(edition.edition.extends for edition in loaded.editions.values())
    usual = [name for name, _ in extended.most_common() if name in files]
    base = usual[0] if usual else "_base" if "_base" in files else None
    return base, _keys_of(base, folder)


def _keys_of(base: str | None, folder: Path) -> Mapping[str, Any]:
    """The keys of the file and of those that it extends, as far as they can be read."""
    found: dict[str, Any] = {}
    seen: list[str] = []
    while base and base not in seen:
        seen.append(base)
        data = read_yaml(folder / f"{base}.yaml", base).data
        if not isinstance(data, dict):
            break
        found = {**data, **found}
        base = data.get("extends")
    return found


def _facts(dossier: Dossier, role: Role) -> dict[str, Any]:
    """What the draft shows and cites.

    Raises:
        WrongUsage: the dossier has too few claims to cite.
    """
    claims = _ranked_claims(dossier, dossier.claims)
    needed = 1 if role == "neutral" else 2  # a counter cites a claim that its message does not
    if len(claims) < needed:
        raise WrongUsage(
            f'the dossier "{dossier.name}" has too few claims for the edition to cite: it needs '
            f"{needed} and has {len(claims)}\n  help: add a source and its claims first, as "
            "docs/guide.md shows"
        )
    picks = {kind: found for kind in CHOSEN if (found := list(_picks(dossier, kind)))}
    by_kind = {kind: [c for pick in found for c in pick.claims] for kind, found in picks.items()}
    # What hinders speaks against an edition sooner than anything else does.
    against = _once(by_kind.get("obstacles", ()), *by_kind.values(), claims)
    against = _ranked_claims(dossier, against)
    messages = list(_messages(dossier, picks, against, with_counters=role != "neutral"))
    return {
        "picks": picks,
        "messages": messages,
        "bottom_line": _once(*(message.claims for message in messages[:2])),
        "context": messages[-1].claims,
        "weakness": _sides(dossier, against[:1]),
        "counter_view": messages[0].counter or _sides(dossier, against[:1]),
    }


def _once(*lists: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for names in lists for name in names))


def _picks(dossier: Dossier, kind: str) -> Iterator[Pick]:
    """The weightiest records of the kind, as far as they rest on claims that can be cited."""
    records: Iterable[Any] = dossier.records(kind).values()
    ranked = sorted(records, key=lambda r: (-strength(r), -len(r.claims), r.id))
    usable = [
        (record, claims)
        for record in ranked
        if ID_PATTERN.fullmatch(record.id) and (claims := _ranked_claims(dossier, record.claims))
    ]
    for i, (record, claims) in enumerate(usable[:SHOWN]):
        title = " ".join(record.title.split())
        yield Pick(kind, record.id, title, HIGHEST - i, _sides(dossier, claims))


def _ranked_claims(dossier: Dossier, names: Iterable[str]) -> list[str]:
    """Those of the claims that can be cited, the ones that hold without reserve first."""
    known = [n for n in names if n in dossier.claims and ID_PATTERN.fullmatch(n)]
    sure = _sure(dossier)
    return sorted(dict.fromkeys(known), key=lambda name: name not in sure)


def _sure(dossier: Dossier) -> set[str]:
    """The claims that hold without reserve."""
    disputed = disputes(dossier)
    claims = dossier.claims.values()
    return {c.id for c in claims if c.status == "current" and c.id not in disputed}


def _sides(dossier: Dossier, claims: Sequence[str]) -> list[str]:
    """Two of the claims that hold without reserve; else the first, with what disputes it."""
    sure = _sure(dossier)
    others = [c for c in disputes(dossier).get(claims[0], ()) if c in dossier.claims]
    return [c for c in claims if c in sure][:2] or [claims[0], *others]


def _messages(
    dossier: Dossier,
    picks: Mapping[str, Sequence[Pick]],
    cited: Sequence[str],
    *,
    with_counters: bool,
) -> Iterator[Message]:
    """A message on the weightiest record of each kind; on the first claim where there is none."""
    subjects = [(*MESSAGES[kind], found[0].claims) for kind, found in picks.items()]
    subjects = subjects or [(*MESSAGES["areas"], list(cited[:1]))]
    taken = {claim for *_, claims in subjects for claim in claims}
    for name, lead, claims in subjects:
        if not with_counters:
            yield Message(name, lead, claims)
            continue
        own = claims if set(cited) - set(claims) else claims[:1]
        others = [claim for claim in cited if claim not in own]
        counter = next((claim for claim in others if claim not in taken), others[0])
        taken.add(counter)
        yield Message(name, lead, own, _sides(dossier, [counter]))

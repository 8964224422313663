"""Read editions: from `editions/*.yaml`, with what they take over from others, to models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from briefgen.dossier.model import Path, PlaceOf
from briefgen.dossier.validate import validate
from briefgen.dossier.yaml_places import YamlFile, read_yaml
from briefgen.edition.models import Edition
from briefgen.problems import Place, Problem, suggest


@dataclass(frozen=True)
class LoadedEdition:
    """An edition and the places of its fields, in its own file or in one that it extends."""

    edition: Edition
    place: PlaceOf


@dataclass
class EditionsReading:
    """The editions of a dossier as far as they could be read."""

    editions: dict[str, LoadedEdition] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_editions(folder: FilePath, shown: FilePath) -> EditionsReading:
    """All editions in `folder`; a file whose name starts with `_` only serves others.

    `shown` is the folder as messages name it.
    """
    reading = EditionsReading()
    files = {
        path.stem: read_yaml(path, (shown / path.name).as_posix())
        for path in sorted(folder.glob("*.yaml"))
    }
    for file in files.values():
        reading.problems += file.problems
    for name, file in files.items():
        if name.startswith("_") or file.problems:
            continue
        if loaded := _load(name, files, reading):
            reading.editions[name] = loaded
    return reading


def _load(name: str, files: dict[str, YamlFile], reading: EditionsReading) -> LoadedEdition | None:
    own = files[name]
    if not isinstance(own.data, dict):
        own.add(
            Place(own.name),
            "BG006",
            "the file should hold the keys of an edition",
            "start it with `id: …`",
        )
        reading.problems += own.problems
        return None
    chain = list(_chain(name, files, reading))
    merged = YamlFile(own.name)
    for part in reversed(chain):
        _merge_over(merged, part)
    edition = None
    if own.data.get("id") != name:
        place = own.values.get(("id",), own.values[()])
        merged.add(
            place, "BG006", f"id: should be {name}, the name of the file", f"write `id: {name}`"
        )
    else:
        edition = validate(Edition, merged.data, merged, ())
    reading.problems += merged.problems
    if edition is None:
        return None
    texts = {part.name: part.text for part in chain}
    return LoadedEdition(edition, PlaceOf(merged.values, (), texts))


def _chain(name: str, files: dict[str, YamlFile], reading: EditionsReading) -> Iterator[YamlFile]:
    """The edition's file, then the ones that it extends, nearest first."""
    seen: list[str] = []
    while True:
        seen.append(name)
        file = files[name]
        yield file
        base = file.data.get("extends") if isinstance(file.data, dict) else None
        if not isinstance(base, str):
            return
        where = file.values[("extends",)]
        if base in seen:
            circle = " -> ".join([*seen, base])
            reading.problems.append(
                Problem(
                    where,
                    "BG017",
                    f"extends goes in a circle: {circle}",
                    "let one of them extend another edition or none",
                )
            )
            return
        if base not in files:
            near = suggest(base, files)
            reading.problems.append(
                Problem(
                    where,
                    "BG012",
                    f'unknown edition "{base}"',
                    f"{near}files here: {', '.join(sorted(files))}",
                )
            )
            return
        if not isinstance(files[base].data, dict):
            return
        name = base


def _merge_over(target: YamlFile, part: YamlFile) -> None:
    """Lay the keys of `part` over the target: mappings merge, everything else replaces."""
    target.data = _merged(target.data, part.data, (), target, part)


def _merged(below: Any, above: Any, path: Path, target: YamlFile, part: YamlFile) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        target.values[path] = part.values[path]
        result = dict(below)
        for key, value in above.items():
            target.keys[(*path, key)] = part.keys[(*path, key)]
            result[key] = _merged(below.get(key), value, (*path, key), target, part)
        return result
    depth = len(path)
    for places in (target.values, target.keys):
        for old in [p for p in places if p[:depth] == path and len(p) > depth]:
            del places[old]
    target.values.update((p, at) for p, at in part.values.items() if p[:depth] == path)
    target.keys.update((p, at) for p, at in part.keys.items() if p[:depth] == path)
    return above

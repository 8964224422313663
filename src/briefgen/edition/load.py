"""Read editions: from `editions/*.yaml`, with what they take over from others, to models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from briefgen.dossier.base import id_mistake
from briefgen.dossier.load import Broken
from briefgen.dossier.model import PlaceOf
from briefgen.dossier.validate import validate
from briefgen.dossier.yaml_merge import lay_over
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
    broken: list[Broken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_editions(folder: FilePath, shown: FilePath) -> EditionsReading:
    """All editions in `folder`; a file whose name starts with `_` only serves others.

    `shown` is the folder as messages name it.
    """
    reading = EditionsReading()
    files = {
        path.stem: read_yaml(path, (shown / path.name).as_posix())
        for path in sorted(folder.glob("*.yaml"))
        if path.is_file()
    }
    for name, file in files.items():
        reading.problems += file.problems
        if name.startswith("_") or not file.is_whole:
            continue
        if loaded := _load(name, files, reading):
            reading.editions[name] = loaded
    return reading


def _load(name: str, files: dict[str, YamlFile], reading: EditionsReading) -> LoadedEdition | None:
    own = files[name]
    merged = YamlFile(own.name)
    if not isinstance(own.data, dict):
        merged.add(
            Place(own.name),
            "BG006",
            "the file should hold the keys of an edition",
            "start it with `id: …`",
        )
        reading.problems += merged.problems
        return None
    chain = list(_chain(name, files, merged))
    knows_all_keys = not merged.problems and all(part.is_whole for part in chain)
    for part in reversed(chain):
        lay_over(merged, part)
    _check_id(name, own, merged)
    edition = validate(Edition, merged.data, merged, ())
    # A key that is missing here may stand in a file that could not be read.
    reading.problems += [p for p in merged.problems if knows_all_keys or p.code != "BG005"]
    place = PlaceOf(merged.values, merged.keys, (), {part.name: part.text for part in chain})
    if edition is None:
        reading.broken.append(Broken(Edition, merged.data, place))
        return None
    return LoadedEdition(edition, place)


def _check_id(name: str, own: YamlFile, merged: YamlFile) -> None:
    if own.data.get("id") != name:
        place = own.values.get(("id",), own.values[()])
        mend = f"write `id: {name}`"
        merged.add(place, "BG006", f"id: should be {name}, the name of the file", mend)
        merged.data["id"] = name
    if mistake := id_mistake(name):
        what, mend = mistake
        merged.add(Place(own.name), "BG011", what, f"rename the file; {mend}")


def _chain(name: str, files: dict[str, YamlFile], merged: YamlFile) -> Iterator[YamlFile]:
    """The edition's file, then the ones that it extends, nearest first.

    A base that is unknown, goes in a circle or holds no keys is noted in `merged`.
    """
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
            merged.add(
                where,
                "BG017",
                f"extends goes in a circle: {' -> '.join([*seen[seen.index(base) :], base])}",
                "let one of them extend another edition or none",
            )
            return
        if base not in files:
            merged.add(
                where,
                "BG012",
                f'unknown edition "{base}"',
                f"{suggest(base, files)}files here: {', '.join(sorted(files))}",
            )
            return
        name = base

"""A project: a folder with `data/`, its dossiers and their editions, all problems known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefgen.build.beside import beside
from briefgen.build.collector import paused_collector
from briefgen.build.files import finish_writing, write_whole
from briefgen.build.loaded import LoadedDossier
from briefgen.document.layout import layout_names
from briefgen.dossier.abbreviations import check_abbreviations
from briefgen.dossier.carried import Carriers, check_carried
from briefgen.dossier.copied import check_copied, check_copied_in, runs_in_texts
from briefgen.dossier.load import read_dossier
from briefgen.dossier.model import KINDS
from briefgen.dossier.orphans import check_orphans
from briefgen.dossier.plain_language import check_manner, check_sentences
from briefgen.dossier.quotes import (
    LOCK_NAME,
    check_fingerprints,
    check_lock,
    find_quotes,
    lock_text,
    read_texts,
)
from briefgen.dossier.references import check_broken, check_dossier_references
from briefgen.dossier.rules import check_rules
from briefgen.dossier.sides import check_sides, sides_of
from briefgen.edition.check import check_edition
from briefgen.edition.load import read_editions
from briefgen.edition.models import Edition
from briefgen.edition.overlap import check_overlap
from briefgen.problems import Problem, ProblemsFound, WrongUsage, suggest
from briefgen.resources import shipped


@dataclass
class Project:
    """A folder with `data/`, or the example that ships with the program."""

    folder: Path
    dossiers: dict[str, LoadedDossier]
    is_example: bool = False
    """The folder has no data of its own."""
    pending: Callable[[], list[list[Problem]]] | None = None
    """Waits for checks that are still being made, for their problems in each dossier."""

    @property
    def problems(self) -> list[Problem]:
        """All problems of all dossiers, in order of their places."""
        self._settle()
        return sorted({p for dossier in self.dossiers.values() for p in dossier.problems})

    def _settle(self) -> None:
        if self.pending:
            for loaded, found in zip(self.dossiers.values(), self.pending(), strict=True):
                loaded.problems += found
            self.pending = None

    @property
    def layouts(self) -> list[tuple[Path, Path]]:
        """Folders of layouts, the project's own first, each with its shown name."""
        return [
            (self.folder / "templates", Path("templates")),
            (shipped("templates"), Path("templates")),
        ]


@dataclass(frozen=True)
class Target:
    """An edition that is asked for."""

    dossier: LoadedDossier
    edition: Edition

    @property
    def own_layout(self) -> str:
        """The layout that the edition itself names, whatever is asked for."""
        return self.dossier.editions[self.edition.id].edition.layout

    def in_layout(self, layout: str) -> Target:
        """The same edition in another layout."""
        return replace(self, edition=self.edition.model_copy(update={"layout": layout}))


def load_project(folder: Path, sources: Path | None = None, *, loose_ends: bool = True) -> Project:
    """The project in `folder`, read and checked.

    With `sources`, quotes are looked up in the texts of that folder; without, they must be in
    each dossier's `evidence.lock`. A folder without `data/` stands for the shipped example.
    `loose_ends` are warnings, which nothing but a check needs.

    Raises:
        WrongUsage: the folder is not there, or `data/` holds no dossier.
        WrongEnvironment: a killed run left files written in part, and the rest cannot be written.
    """
    project = _read_project(folder)
    for loaded in project.dossiers.values():
        with paused_collector():
            loaded.problems += _checked(loaded, sources)
        if loose_ends and not loaded.problems:
            loaded.problems += _loose_ends(loaded)
        if loose_ends:  # they change no document, so nothing but a check reads them
            loaded.problems += loaded.read_reviews()[1]
    return project


def load_ahead(folder: Path) -> Project:
    """The same without loose ends, to go on with while it is checked: `Project.problems` waits.

    Data in which a mistake was found by reading it is checked before.

    Raises:
        WrongUsage, WrongEnvironment: as `load_project` does.
    """
    project = _read_project(folder)
    dossiers = project.dossiers.values()

    def check() -> list[list[Problem]]:
        with paused_collector():
            return [_checked(loaded, None) for loaded in dossiers]

    project.pending = check if any(loaded.problems for loaded in dossiers) else beside(check)
    return project


def _read_project(folder: Path) -> Project:
    if not folder.is_dir():
        raise WrongUsage(f"there is no folder {folder}")
    data = folder / "data"
    is_example = not data.is_dir()
    if is_example:
        data = shipped("data")
    with paused_collector():
        dossiers = _read_dossiers(data, Path("data"))
    if not dossiers:
        raise WrongUsage(
            f"{data} holds no dossier: a folder with a dossier.yaml\n"
            "  help: start one with `briefgen new dossier NAME`"
        )
    project = Project(folder, dossiers, is_example)
    for loaded in dossiers.values():
        loaded.problems += _check_layouts(loaded, project)
        loaded.problems += _check_twins(loaded)
    return project


def load_dossiers(data: Path, shown: str) -> dict[str, LoadedDossier]:
    """The dossiers in the folder `data`, which messages name `shown`, by name, checked.

    Raises:
        WrongEnvironment: a killed run left files written in part, and the rest cannot be written.
    """
    with paused_collector():
        dossiers = _read_dossiers(data, Path(shown))
        for loaded in dossiers.values():
            loaded.problems += _checked(loaded, None)
        return dossiers


def _read_dossiers(data: Path, shown: Path) -> dict[str, LoadedDossier]:
    return {
        path.name: _read_dossier(path, shown / path.name)
        for path in sorted(data.iterdir())
        if path.is_dir() and not path.name.startswith((".", "_"))
    }


def _loose_ends(loaded: LoadedDossier) -> Iterator[Problem]:
    """Warnings: what nothing uses, what is hard to read, and what two editions say alike."""
    dossier, editions = loaded.dossier, loaded.editions.values()
    yield from check_orphans(loaded.reading, (edition.edition for edition in editions))
    yield from check_sentences(dossier.about, dossier.places["dossier", ""])
    for kind in KINDS:
        for record in dossier.records(kind).values():
            yield from check_sentences(record, dossier.places[kind, record.id])
    for edition in editions:
        yield from check_sentences(edition.edition, edition.place)
        yield from check_manner(edition.edition, edition.place)
    readers = ((e.edition, e.place, e.edition.audience.knows) for e in editions)
    yield from check_abbreviations(dossier, readers)
    yield from check_overlap(tuple(editions))


def _check_layouts(loaded: LoadedDossier, project: Project) -> Iterator[Problem]:
    known = layout_names(project.layouts)
    for edition in loaded.editions.values():
        name = edition.edition.layout
        if name not in known:
            yield Problem(
                edition.place.nearest(("layout",)),
                "BG012",
                f'unknown layout "{name}"',
                f"{suggest(name, known)}layouts: {', '.join(known)}",
            )


def _check_twins(loaded: LoadedDossier) -> Iterator[Problem]:
    """Editions that a reader could not tell apart: a copy whose identity was left as it was."""
    for key in ("label", "reference"):
        first: dict[str, str] = {}
        for name, edition in loaded.editions.items():
            value = getattr(edition.edition, key)
            if value and first.setdefault(value, name) != name:
                yield Problem(
                    edition.place.nearest((key,)),
                    "BG041",
                    f'{key}: "{value}" is that of edition "{first[value]}" as well',
                    f"give each edition a {key} of its own",
                )


def _read_dossier(path: Path, shown: Path) -> LoadedDossier:
    unfinished = _finish_writing(path, shown)
    reading = read_dossier(path, shown)
    editions = read_editions(path / "editions", shown / "editions")
    files = {file.stem for file in path.glob("editions/*.yaml") if file.name[0] != "_"}
    unread = frozenset(files - editions.editions.keys())
    loaded = LoadedDossier(path, shown, reading, editions.editions, unread)
    loaded.problems += [
        *unfinished,
        *reading.problems,
        *editions.problems,
        *(p for broken in editions.broken for p in check_broken(broken, reading)),
    ]
    return loaded


def _checked(loaded: LoadedDossier, sources: Path | None) -> list[Problem]:
    """What is wrong with data that could be read."""
    reading, editions = loaded.reading, loaded.editions.values()
    carriers, sides = Carriers(reading.dossier), sides_of(reading.dossier)
    return [
        *check_dossier_references(reading),
        *check_rules(reading),
        *check_sides(reading, sides),
        *check_carried(reading, carriers),
        *(p for edition in editions for p in check_edition(edition, reading, carriers, sides)),
        *(_check_lock(loaded) if sources is None else _check_texts(loaded, sources)),
    ]


def _finish_writing(path: Path, shown: Path) -> tuple[Problem, ...]:
    """Finish what a killed run left; why that cannot be done without a person."""
    try:
        finish_writing(path, shown)
    except ProblemsFound as found:
        return found.problems
    return ()


def _check_lock(loaded: LoadedDossier) -> Iterator[Problem]:
    yield from check_lock(loaded.dossier, loaded.folder, loaded.shown)


def _check_texts(loaded: LoadedDossier, sources: Path) -> Iterator[Problem]:
    """Quotes that are not in their texts, texts that have changed, and prose that copies them."""
    dossier = loaded.dossier
    texts, missing = read_texts(dossier, sources)
    yield from missing
    yield from find_quotes(dossier, texts)[1]
    yield from check_fingerprints(dossier, sources)
    runs = runs_in_texts(texts)
    yield from check_copied(dossier, runs)
    for edition in loaded.editions.values():
        yield from check_copied_in(edition.edition, edition.place, runs)


def write_locks(project: Project, sources: Path) -> Iterator[Path]:
    """Write each dossier's `evidence.lock` from the texts; gives the files that changed.

    Only asked for where no problem was found.

    Raises:
        WrongEnvironment: the file cannot be written.
    """
    for loaded in project.dossiers.values():
        texts, _ = read_texts(loaded.dossier, sources)
        found, _ = find_quotes(loaded.dossier, texts)
        path = loaded.folder / LOCK_NAME
        data = lock_text(loaded.dossier, found).encode()
        if not path.is_file() or path.read_bytes() != data:
            write_whole(path, data)
            yield path


def find_targets(project: Project, names: Sequence[str], layout: str | None = None) -> list[Target]:
    """The editions named `EDITION` or `DOSSIER/EDITION`; all of them where none is named.

    Each in the given layout, or else in its own.

    Raises:
        WrongUsage: a name leads to no edition, or to editions of several dossiers; or there is no
            such layout.
    """
    everything = [
        Target(dossier, loaded.edition)
        for dossier in project.dossiers.values()
        for loaded in dossier.editions.values()
    ]
    if layout is not None:
        known = layout_names(project.layouts)
        if layout not in known:
            raise WrongUsage(
                f'unknown layout "{layout}"\n  help: {suggest(layout, known)}'
                f"layouts: {', '.join(known)}"
            )
        everything = [target.in_layout(layout) for target in everything]
    if not names:
        if not everything:
            raise WrongUsage(
                "no dossier has an edition\n  help: start one with `briefgen new edition NAME`"
            )
        return everything
    found = [_find_target(name, everything) for name in names]
    return list({(t.dossier.name, t.edition.id): t for t in found}.values())


def _find_target(name: str, everything: list[Target]) -> Target:
    matching = [
        target
        for target in everything
        if name in (target.edition.id, f"{target.dossier.name}/{target.edition.id}")
    ]
    if len(matching) == 1:
        return matching[0]
    choices = [f"{target.dossier.name}/{target.edition.id}" for target in everything]
    if matching:
        raise WrongUsage(
            f'several dossiers have an edition "{name}"\n  help: name one as DOSSIER/EDITION: '
            f"{', '.join(choices)}"
        )
    names = [target.edition.id for target in everything]
    raise WrongUsage(
        f'unknown edition "{name}"\n  help: {suggest(name, [*names, *choices])}'
        f"editions: {', '.join(names) or 'none'}"
    )

"""Build: from editions to finished files in the output folder."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefgen import __version__
from briefgen.build.engine import Engine
from briefgen.build.output import Artefact, OutputFolder
from briefgen.build.project import Project, Target
from briefgen.document.disclosure import mix_of_evidence
from briefgen.document.model import Document
from briefgen.edition.models import Format, Length
from briefgen.edition.tailor import Brief, tailor
from briefgen.formats.fonts import missing_characters
from briefgen.problems import ProblemsFound, WrongUsage


@dataclass(frozen=True)
class Step:
    """One artefact that is to be made."""

    target: Target
    length: Length
    format: Format

    @property
    def file_name(self) -> str:
        """`<dossier>-<edition>[-<length>].<format>`; the usual length goes unsaid."""
        usual = self.length == self.target.edition.lengths[0]
        length = "" if usual else f"-{self.length}"
        return f"{self.target.dossier.name}-{self.target.edition.id}{length}.{self.format}"


@dataclass(frozen=True)
class BuildReport:
    """What a run made."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...]
    """Ready to print."""


Progress = Callable[[int, int, str], None]
"""Told before each step: its number from 1, how many there are, and the file's name."""


def refuse_problems(project: Project) -> None:
    """Stop before anything is planned or made.

    Raises:
        ProblemsFound: the data has mistakes; an edition with one may not even be known by name.
    """
    errors = [problem for problem in project.problems if problem.severity == "error"]
    if errors:
        raise ProblemsFound(errors)


def plan(targets: Sequence[Target], formats: Sequence[Format]) -> list[Step]:
    """The artefacts to make, edition by edition, in all of its formats where none is named.

    Raises:
        WrongUsage: two editions would have files of the same name.
    """
    steps = [
        Step(target, target.edition.lengths[0], file_format)
        for target in targets
        for file_format in dict.fromkeys(formats or target.edition.formats)
    ]
    for name, count in Counter(step.file_name for step in steps).items():
        if count > 1:
            raise WrongUsage(
                f"two editions would both be written to {name}\n"
                "  help: build one at a time, each with its own `--out DIR`, or rename one"
            )
    return steps


def build(project: Project, steps: Sequence[Step], out: Path, progress: Progress) -> BuildReport:
    """Make the artefacts and put them into `out`.

    Raises:
        ProblemsFound: the data or a template has mistakes; nothing is written.
        ArtefactsChanged: a file in `out` was changed by a person; nothing is written.
        WrongEnvironment: the machine lacks something, or `out` cannot be written to.
    """
    refuse_problems(project)
    output = OutputFolder.open(out, out)
    output.refuse_changed(step.file_name for step in steps)
    engine = Engine(project)
    documents: dict[tuple[str, str, Length], tuple[Brief, Document]] = {}
    artefacts = []
    for number, step in enumerate(steps, start=1):
        progress(number, len(steps), step.file_name)
        brief, document = _document(step, engine, documents)
        data = engine.render(document, step.target.edition.layout, step.format)
        artefacts.append(Artefact(step.file_name, data, _facts(step, brief, document)))
    output.manifest["briefgen"] = __version__
    output.write(artefacts)
    warnings: list[str] = []
    for brief, document in documents.values():
        warnings += [f"warning: {line}" for line in document.warnings]
        warnings += _boxes(brief, document)
    return BuildReport(tuple(out / a.name for a in artefacts), tuple(warnings))


def _boxes(brief: Brief, document: Document) -> Iterator[str]:
    missing = missing_characters("".join(map(str, document.tree.itertext())))
    if missing:
        named = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing)
        yield f"warning: {brief.edition.id}: our faces have no letter for {named}"


def _document(
    step: Step, engine: Engine, documents: dict[tuple[str, str, Length], tuple[Brief, Document]]
) -> tuple[Brief, Document]:
    key = (step.target.dossier.name, step.target.edition.id, step.length)
    if key not in documents:
        brief = tailor(step.target.dossier.dossier, step.target.edition, step.length)
        documents[key] = brief, engine.compose(brief)
    return documents[key]


def _facts(step: Step, brief: Brief, document: Document) -> dict[str, object]:
    return {
        "dossier": step.target.dossier.name,
        "edition": brief.edition.id,
        "length": step.length,
        "format": step.format,
        "version": brief.edition.version,
        "issued": brief.edition.issued,
        "status": brief.edition.status,
        "data": _fingerprint(step.target.dossier.folder),
        "disclosure": mix_of_evidence(brief, document.claims),
    }


def _fingerprint(folder: Path) -> str:
    """One hash over all files of the dossier, by name and content."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{name}\0{content}\n".encode())
    return total.hexdigest()

"""Build: from editions to finished files in the output folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from briefgen import __version__
from briefgen.build.check import accent_problems, style_problems
from briefgen.build.engine import Engine
from briefgen.build.fit import Fitted, fit
from briefgen.build.glyphs import glyph_problems
from briefgen.build.output import Artefact, OutputFolder
from briefgen.build.project import Project, Target
from briefgen.document.disclosure import mix_of_evidence
from briefgen.dossier.base import CHOSEN
from briefgen.edition.lengths import usual_length
from briefgen.edition.models import Edition, Format, Length
from briefgen.formats.fonts import FAMILIES
from briefgen.formats.word_options import FOR_EDITING, WordOptions
from briefgen.problems import Problem, ProblemsFound, WrongUsage
from briefgen.resources import shipped


@dataclass(frozen=True)
class Step:
    """One artefact that is to be made."""

    target: Target
    length: Length
    format: Format
    word: WordOptions = FOR_EDITING
    """What is asked of it if it is a Word file."""

    @property
    def copy(self) -> str:
        """Which copy of a Word file it is; nothing for the one to edit and for other formats."""
        return self.word.suffix if self.format == "docx" else ""

    @property
    def file_name(self) -> str:
        """`<dossier>-<edition>[-<layout>][-<length>].<format>`; Word's copies say which they are.

        The edition's own layout and its usual length go unsaid.
        """
        edition = self.target.edition
        parts = [self.target.dossier.name, edition.id]
        parts += [edition.layout] * (edition.layout != self.target.own_layout)
        parts += [self.length] * (self.length != usual_length(edition))
        parts += [self.copy] * bool(self.copy)
        return f"{'-'.join(parts)}.{self.format}"


@dataclass(frozen=True)
class BuildReport:
    """What a run made."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...]
    """Ready to print."""
    cuts: tuple[str, ...]
    """What the page budgets took away, a line for each document; ready to print."""


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


def plan(
    targets: Sequence[Target],
    formats: Sequence[Format],
    length: Length | Literal["all"] | None = None,
    word: WordOptions = FOR_EDITING,
) -> list[Step]:
    """The artefacts to make, edition by edition.

    In the usual length and in all formats of the edition where nothing else is asked for.

    Raises:
        WrongUsage: no edition has the length, two would have files of the same name, or what is
            asked of Word files cannot be had.
    """
    _refuse_word_options(word)
    steps = [
        Step(target, each, file_format, word)
        for target in targets
        for each in _lengths(target.edition, length)
        for file_format in dict.fromkeys(formats or target.edition.formats)
    ]
    if targets and not steps:
        known = "; ".join(f"{t.edition.id}: {', '.join(t.edition.lengths)}" for t in targets)
        raise WrongUsage(f'no edition here has the length "{length}"\n  help: lengths: {known}')
    if steps and word != FOR_EDITING and all(step.format != "docx" for step in steps):
        raise WrongUsage(
            "no Word file is asked for, and the options are for Word files\n"
            "  help: add `--format docx`, or leave the options out"
        )
    for name, count in Counter(step.file_name for step in steps).items():
        if count > 1:
            raise WrongUsage(
                f"two editions would both be written to {name}\n"
                "  help: build one at a time, each with its own `--out DIR`, or rename one"
            )
    return steps


def _refuse_word_options(word: WordOptions) -> None:
    if word.final and word.annotate:
        raise WrongUsage(
            "a copy for publication has no comments: --final and --annotate exclude each other\n"
            "  help: build the one, then the other; their files have different names"
        )
    if word.reference and word.embed_fonts:
        raise WrongUsage(
            "the reference file says which typefaces are used: --reference-doc and --embed-fonts "
            "exclude each other\n"
            "  help: leave one out; Word embeds the typefaces of a file under File, Options, Save"
        )


def build(project: Project, steps: Sequence[Step], out: Path, progress: Progress) -> BuildReport:
    """Make the artefacts and put them into `out`.

    Raises:
        ProblemsFound: the data or a template has mistakes; nothing is written.
        ArtefactsChanged: a file in `out` was changed by a person; nothing is written.
        WrongEnvironment: the machine lacks something, or `out` cannot be written to.
        WrongUsage: faces are to be embedded that no dependency carries.
    """
    refuse_problems(project)
    output = OutputFolder.open(out, out)
    output.refuse_changed(step.file_name for step in steps)
    engine = Engine(project)
    _refuse_layout_mistakes(steps, engine)
    _refuse_foreign_faces(steps, engine)
    warnings: list[str] = [*map(str, _reference_warnings(steps, engine, out))]
    artefacts: list[Artefact] = []
    cuts: list[str] = []
    problems: list[Problem] = []
    numbered = enumerate(steps, start=1)
    for (target, length), group in groupby(numbered, lambda item: (item[1].target, item[1].length)):
        fitted: Fitted | None = None
        for number, step in group:
            progress(number, len(steps), step.file_name)
            if fitted is None:
                fitted = fit(target, length, engine)
                problems += glyph_problems(fitted.document, target)
            if problems:
                continue
            data = engine.render(
                fitted.document, target.edition.layout, step.format, fitted.laid_out, step.word
            )
            artefacts.append(Artefact(step.file_name, data, _facts(step, fitted)))
        if fitted:
            warnings += _warnings(fitted)
            cuts += _cut_line(fitted)
    if problems:
        raise ProblemsFound(problems)
    output.manifest["briefgen"] = __version__
    output.write(artefacts)
    return BuildReport(tuple(out / a.name for a in artefacts), tuple(warnings), tuple(cuts))


def _refuse_layout_mistakes(steps: Sequence[Step], engine: Engine) -> None:
    """Stop before colours that cannot be read, and before mistakes in layouts of one's own.

    Those that ship are known to be right.
    """
    targets = {step.file_name: step.target for step in steps}.values()
    problems: set[Problem] = set()
    for layout in {t.edition.layout: engine.layout(t.edition.layout) for t in targets}.values():
        if any(folder.path.parent != shipped("templates") for folder in layout.folders):
            problems |= set(style_problems(layout))
        for target in targets:
            if target.edition.layout == layout.name:
                loaded = target.dossier.editions[target.edition.id]
                problems |= set(accent_problems(loaded, layout))
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise ProblemsFound(errors)


def _refuse_foreign_faces(steps: Sequence[Step], engine: Engine) -> None:
    """Stop before faces are embedded that are not there."""
    layouts = {s.target.edition.layout for s in steps if s.format == "docx" and s.word.embed_fonts}
    for name in sorted(layouts):
        fonts = engine.layout(name).theme.fonts
        foreign = {fonts.text, fonts.heading} - FAMILIES.keys()
        if foreign:
            raise WrongUsage(
                f'the layout "{name}" is set in {" and ".join(sorted(foreign))}, which cannot be '
                f"embedded\n  help: name {' or '.join(FAMILIES)} under `fonts:` in its theme.yaml, "
                "or build without --embed-fonts"
            )


def _reference_warnings(steps: Sequence[Step], engine: Engine, out: Path) -> list[Problem]:
    """What the reference file of the run will lose, once it has been found to be usable."""
    steps = [step for step in steps if step.format == "docx" and step.word.reference]
    reference = steps[0].word.reference if steps else None
    if reference is None:
        return []
    if any(_is_same_file(out / step.file_name, reference.path) for step in steps):
        raise WrongUsage(
            f"{reference.path} is the reference file, and would be overwritten\n"
            "  help: build into another folder with `--out`, or move it"
        )
    layouts = dict.fromkeys(step.target.edition.layout for step in steps)
    found = engine.examine(reference, layouts, create_styles=steps[0].word.create_styles)
    if errors := [problem for problem in found if problem.severity == "error"]:
        raise ProblemsFound(errors)
    return found


def _is_same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _lengths(edition: Edition, asked: Length | Literal["all"] | None) -> tuple[Length, ...]:
    if asked == "all":
        return tuple(dict.fromkeys(edition.lengths))
    length = asked or usual_length(edition)
    return (length,) if length in edition.lengths else ()


def _warnings(fitted: Fitted) -> Iterator[str]:
    document = fitted.document
    yield from (f"warning: {line}" for line in document.warnings)


def _cut_line(fitted: Fitted) -> Iterator[str]:
    """What was cut from a document, in a line."""
    brief = fitted.brief
    shorter = [cut.id for cut in brief.cuts if cut.tier]
    gone = [cut.id for cut in brief.cuts if not cut.tier]
    parts = [f"shortened {', '.join(shorter)}"] * bool(shorter)
    parts += [f"left out {', '.join(gone)}"] * bool(gone)
    if parts:
        aim = f"to fit {brief.rule.pages} page{'s' * (brief.rule.pages != 1)}"
        if fitted.is_tidied:
            aim = f"to save a nearly empty page {fitted.laid_out.paging.pages + 1}"
        elif fitted.for_word:
            aim += " in Word too"
        yield f"{brief.edition.id}, {brief.length}: {aim}, {' and '.join(parts)}"


def _facts(step: Step, fitted: Fitted) -> dict[str, object]:
    brief = fitted.brief
    return {
        "dossier": step.target.dossier.name,
        "edition": brief.edition.id,
        "layout": brief.edition.layout,
        "paper": fitted.document.theme.page.size,
        "length": step.length,
        "format": step.format,
        "copy": step.copy,
        "version": brief.edition.version,
        "issued": brief.edition.issued,
        "status": brief.edition.status,
        "data": fitted.document.data,
        "shown": {kind: [chosen.record.id for chosen in getattr(brief, kind)] for kind in CHOSEN},
        "cuts": [asdict(cut) for cut in brief.cuts],
        "claims": sorted(fitted.document.claims),
        "disclosure": mix_of_evidence(brief, fitted.document.claims),
        **_reference_facts(step),
    }


def _reference_facts(step: Step) -> dict[str, object]:
    reference = step.word.reference
    if step.format != "docx" or reference is None:
        return {}
    return {"reference_doc": {"name": reference.path.name, "sha256": reference.sha256}}

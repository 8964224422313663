"""Jobs: one document at one length, in all formats that are asked for.

A job is plain data, so that any process can do it: it names its edition, and the artefacts that
are there already with the hash of what they were made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import groupby

from briefgen.build.beside import beside
from briefgen.build.content import Content, content_of
from briefgen.build.engine import Engine
from briefgen.build.fit import Fitted, fit
from briefgen.build.glyphs import glyph_problems
from briefgen.build.output import Artefact
from briefgen.build.plan import Step
from briefgen.build.project import Project, Target
from briefgen.document.disclosure import mix_of_evidence
from briefgen.dossier.base import CHOSEN
from briefgen.edition.models import Format, Length
from briefgen.edition.tailor import tailor
from briefgen.formats.word_options import WordOptions
from briefgen.problems import BriefgenError, Problem, ProblemsFound


@dataclass(frozen=True)
class Wanted:
    """One artefact of a job."""

    file_name: str
    format: Format
    copy: str
    """As `Step.copy`."""
    key: str | None = None
    """The hash of what the artefact that is there was made from; none where none is."""


@dataclass(frozen=True)
class Job:
    """A document, and the artefacts that are wanted of it."""

    dossier: str
    edition: str
    layout: str
    length: Length
    word: WordOptions
    wanted: tuple[Wanted, ...]

    def target(self, project: Project) -> Target:
        """Its edition, in its layout."""
        loaded = project.dossiers[self.dossier]
        return Target(loaded, loaded.editions[self.edition].edition).in_layout(self.layout)


@dataclass(frozen=True)
class Done:
    """What became of a job."""

    job: Job
    artefacts: tuple[Artefact, ...] = ()
    """Those that were made."""
    fresh: tuple[str, ...] = ()
    """Names of those that are as they would be made."""
    stale: tuple[str, ...] = ()
    """Names of those that are not, where none was to be made."""
    data: str = ""
    """The hash of the data that they show."""
    problems: tuple[Problem, ...] = ()
    failure: BriefgenError | None = None
    """What kept it from being done, where that is no problem of the data."""


Begun = Callable[[str], None]
"""Told the name of an artefact that is about to be made."""


def jobs_of(steps: Sequence[Step], known: Callable[[str], str | None]) -> list[Job]:
    """The steps, those of one document together; `known` gives the hash of what is there."""
    return [
        Job(
            target.dossier.name,
            target.edition.id,
            target.edition.layout,
            length,
            together[0].word,
            tuple(
                Wanted(step.file_name, step.format, step.copy, known(step.file_name))
                for step in together
            ),
        )
        for (target, length), group in groupby(steps, lambda step: (step.target, step.length))
        if (together := list(group))
    ]


def do_job(
    job: Job, engine: Engine, begun: Begun, *, only_check: bool = False, is_alone: bool = False
) -> Done:
    """Make the artefacts that are not as they would be made; none of them with `only_check`.

    A job that `is_alone` has another core, which writes the Word file beside the others.
    """
    try:
        return _do(job, engine, begun, only_check=only_check, is_alone=is_alone)
    except ProblemsFound as found:
        return Done(job, problems=tuple(found.problems))
    except BriefgenError as failure:
        return Done(job, failure=failure)


def _do(job: Job, engine: Engine, begun: Begun, *, only_check: bool, is_alone: bool) -> Done:
    target = job.target(engine.project)
    brief = tailor(target.dossier.dossier, target.edition, job.length)
    whole = engine.compose(brief)
    content = content_of(brief, whole, engine.layout(job.layout))
    keys = {one.file_name: content.key(one.format, job.word) for one in job.wanted}
    stale = [one for one in job.wanted if one.key != keys[one.file_name]]
    fresh = tuple(one.file_name for one in job.wanted if one not in stale)
    if only_check or not stale:
        names = tuple(one.file_name for one in stale)
        return Done(job, fresh=fresh, stale=names, data=content.data)
    begun(stale[0].file_name)
    fitted = fit(target, job.length, engine, replace(whole, data=content.data))
    if problems := tuple(glyph_problems(fitted.document, target)):
        return Done(job, fresh=fresh, problems=problems)
    made = []
    files = {one.file_name: _file(job, one, engine, fitted) for one in stale}
    if is_alone and len(stale) > 1:
        word = [one.file_name for one in stale if one.format == "docx"]
        files |= {name: beside(files[name]) for name in word}
    for number, one in enumerate(stale):
        if number:
            begun(one.file_name)
        data = files[one.file_name]()
        facts = {**_facts(job, one, fitted, content), "key": keys[one.file_name]}
        made.append(Artefact(one.file_name, data, facts))
    return Done(job, tuple(made), fresh, data=content.data)


def _file(job: Job, wanted: Wanted, engine: Engine, fitted: Fitted) -> Callable[[], bytes]:
    """What writes an artefact."""
    laid_out = fitted.laid_out
    return partial(engine.render, fitted.document, job.layout, wanted.format, laid_out, job.word)


# --- What is said of them -----------------------------------------------------


def _told(fitted: Fitted) -> Iterator[str]:
    yield from (f"warning: {line}" for line in fitted.document.warnings)
    yield from _cut_line(fitted)


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


def _facts(job: Job, wanted: Wanted, fitted: Fitted, content: Content) -> dict[str, object]:
    """What the manifest says of an artefact."""
    brief = fitted.brief
    return {
        "dossier": job.dossier,
        "edition": brief.edition.id,
        "layout": brief.edition.layout,
        "paper": fitted.document.theme.page.size,
        "length": job.length,
        "format": wanted.format,
        "copy": wanted.copy,
        "version": brief.edition.version,
        "issued": brief.edition.issued,
        "status": brief.edition.status,
        "data": content.data,
        "shown": {kind: [chosen.record.id for chosen in getattr(brief, kind)] for kind in CHOSEN},
        "cuts": [asdict(cut) for cut in brief.cuts],
        "claims": sorted(fitted.document.claims),
        "disclosure": mix_of_evidence(brief, fitted.document.claims),
        "told": list(_told(fitted)),
        **_reference_facts(job, wanted),
    }


def _reference_facts(job: Job, wanted: Wanted) -> dict[str, object]:
    reference = job.word.reference
    if wanted.format != "docx" or reference is None:
        return {}
    return {"reference_doc": {"name": reference.path.name, "sha256": reference.sha256}}

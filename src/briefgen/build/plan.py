"""Plan: which artefacts are to be made, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from briefgen.build.project import Target
from briefgen.edition.lengths import usual_length
from briefgen.edition.models import Edition, Format, Length
from briefgen.formats.word_options import FOR_EDITING, WordOptions
from briefgen.problems import WrongUsage


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


def _lengths(edition: Edition, asked: Length | Literal["all"] | None) -> tuple[Length, ...]:
    if asked == "all":
        return tuple(dict.fromkeys(edition.lengths))
    length = asked or usual_length(edition)
    return (length,) if length in edition.lengths else ()
